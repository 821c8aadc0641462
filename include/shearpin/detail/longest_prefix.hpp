// SPDX-License-Identifier: BSL-1.0
// How much of the front of a refused selection may go now.
#pragma once

#include <shearpin/detail/selection.hpp>
#include <shearpin/refusal.hpp>

namespace shearpin::inline v1::detail {

struct nothing_seen {};

/// A refusal that does not say yet how many targets from the front may go. That needs the world,
/// which must not be asked while a ledger is locked; and the limits, which may need the ledger.
template <class Pool> struct refused_selection {
    refusal why;
    tally<Pool, nothing_seen> left{};  // how much may still go of each pool
    count distinct = 0;                // targets that stand before the first that is named twice
};

/// How much may go of each pool that was seen.
template <class Source, class Pool, class Seen>
tally<Pool, nothing_seen> what_may_go(const Source& source, const selection<Pool, Seen>& seen) {
    tally<Pool, nothing_seen> left;
    for (const auto& share : seen.pools.shares()) {
        amounts& limits = left.of(share.pool).asked;
        const facts known = share.seen.told();
        limits = {known.pool.available, largest_count, ~count{0}, ~count{0}};
        const bool spoken_of = visit_policy(source, share.pool, [&](const auto& rules) {
            const amounts own = rules.limits(known);
            for (const measure which :
                 {measure::serving, measure::amount, measure::heads, measure::pools})
                limits[which] = smaller(limits[which], own[which]);
        });
        if (!spoken_of || !believable(known.pool) || !known.complete) limits = {};
    }
    return left;
}

/// How many targets from the front of the selection may go now, one pool's limits used up after
/// another's. The world is asked again which pools they serve; what it said of the pools stands.
template <class World, class Pool, class Asked>
count longest_prefix(World& fleet, tally<Pool, nothing_seen>& left, const Asked& asked,
                     count distinct) {
    count touched = 0;
    count may_touch = ~count{0};
    count position = 0;
    for (auto at = list_begin(asked.targets()); at != list_end(asked.targets()); ++at, ++position) {
        const auto& target = *at;
        if (position == distinct || !fleet.contains(target) || is_protected(fleet, target)) break;
        const count serves = is_available(fleet, target) ? 1 : 0;
        bool fits = false;
        for (const auto& pool_name : fleet.pools_of(target)) {
            auto& budget = left.of(pool_name);  // of a pool that was not seen: nothing
            const count weight = weight_of(fleet, target, pool_name);
            if (budget.last_target == position + 1) continue;
            if (budget.last_target == 0) {
                ++touched;
                may_touch = smaller(may_touch, budget.asked.pools);
            }
            budget.last_target = position + 1;
            fits = touched <= may_touch && budget.asked.heads >= 1 &&
                   budget.asked.amount >= weight && budget.asked.serving >= weight * serves;
            if (!fits) break;
            budget.asked.heads -= 1;
            budget.asked.amount -= weight;
            budget.asked.serving -= weight * serves;
        }
        if (!fits) break;
    }
    return position;
}

}  // namespace shearpin::inline v1::detail
