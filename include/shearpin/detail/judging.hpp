// SPDX-License-Identifier: BSL-1.0
// What the decisions over one pool and over several have in common: finding the reasons of a no.
#pragma once

#include <shearpin/checks/selection.hpp>
#include <shearpin/detail/repeats.hpp>
#include <shearpin/detail/static_errors.hpp>
#include <shearpin/policy.hpp>
#include <shearpin/violations.hpp>

namespace shearpin::inline v1::detail {

/// Targets that cannot be told apart.
template <class Options, class Asked> constexpr auto find_targets_flaw() {
    if constexpr (!Asked::has_targets)
        return tag<void>{};
    else if constexpr (Options::distinct_type::template takes<typename Asked::target>)
        return tag<void>{};
    else if constexpr (is_same<typename Options::distinct_type, by_order>)
        return tag<targets_need_an_order_or_a_hash_or_known_distinct<typename Asked::target>>{};
    else
        return tag<distinct_by_hash_needs_this_hash_and_equality<
            typename Asked::target, decltype(Options::distinct_type::hash)>>{};
}

/// Adds what is wrong with a pool's numbers, and each rule that `asked` breaks.
template <class... Rules, class List>
void add_broken(const policy<Rules...>& rules, const facts& seen, const amounts& asked,
                text_view pool_name, List& found) {
    const auto broken = [&](const auto& which, count limit_now, count how_much) {
        found.add(which, seen, limit_now, how_much, pool_name);
    };
    if (!believable(seen.pool)) {
        broken(checks::impossible_pool{}, 0, asked.amount);
        return;  // no limit of such numbers means anything
    }
    if (!seen.complete) broken(checks::incomplete_observation{}, 0, asked.amount);
    if (asked.amount > largest_count) broken(checks::impossible_request{}, 0, asked.amount);
    if (asked.serving > seen.pool.available)
        broken(checks::more_than_available{}, seen.pool.available, asked.serving);
    rules.for_each([&]<class R>(const R& each) {
        const count limit_now = limit_of(each, seen);
        const count how_much = asked[measure_of<R>()];
        if (how_much > limit_now) broken(each, limit_now, how_much);
    });
}

/// Adds the targets that are named twice. Returns how many stand before the first of them, and
/// none where they could not be compared.
template <class Asked, class List>
count add_repeated(const repeats& all, const Asked& asked, const facts& seen, List& found) {
    if (all.found == distinctness::repeated)
        found.add(violation(checks::named_twice{}, seen, 0, all.twice.number())
                      .with_targets(all.twice.text()));
    if (all.found == distinctness::miscounted) {
        found.add(checks::size_is_not_the_number{}, seen, 0, asked.heads());
        return 0;
    }
    if (all.found != distinctness::no_memory) return all.first;
    found.add(checks::not_compared{}, seen, 0, 1);
    return 0;
}

}  // namespace shearpin::inline v1::detail
