// SPDX-License-Identifier: BSL-1.0
#include "headroom.hpp"

#include <shearpin/shearpin.hpp>

#include <algorithm>
#include <string_view>

#include "failure.hpp"
#include "ledger_file.hpp"
#include "report.hpp"
#include "times.hpp"

namespace fleet {

namespace {

/// An inventory of one pool and one target, which weighs as much as is asked about.
struct one_target {
    std::vector<std::string> pools;
    shearpin::pool numbers;
    shearpin::count weight;

    [[nodiscard]] bool contains(const std::string&) const { return true; }
    [[nodiscard]] const std::vector<std::string>& pools_of(const std::string&) const {
        return pools;
    }
    [[nodiscard]] shearpin::pool state(const std::string&) const { return numbers; }
    [[nodiscard]] shearpin::count weight_of(const std::string&, const std::string&) const {
        return weight;
    }
};

/// What a guard says of so much of this pool.
shearpin::decision ask(const fleet_files& fleet, const pool_entry& pool, shearpin::count amount) {
    const one_target world{{pool.name}, pool.numbers(), amount};
    const std::vector<std::string> target{pool.name};
    auto guarded =
        shearpin::guard(
            fleet.policies.judged_without_words(), [](const std::vector<std::string>&) {}, world)
            .with_clock(shearpin::wall_clock);
    if (!fleet.ledger) return guarded.check(target);
    return std::move(guarded).with_ledger(fleet.ledger->removals()).check(target);
}

/// What the ledger could not answer is no limit of a pool.
void need_answer(const shearpin::refusal& why) {
    for (const shearpin::violation& each : why.violations())
        if (each.rule() == "ledger_unavailable" || each.rule() == "ledger_is_busy")
            bad_input(line_of(each));
}

/// When more may go, in words, where this rule does not say how long that takes.
std::string words_of(const pool_limits& limits, const shearpin::violation& broken) {
    const std::string_view rule = broken.rule();
    if (rule == "no_policy")
        return limits.lacks_floor ? "more when a floor is stated; see --floor-for-others"
                                  : "more when " + limits.text.file() + " speaks of this pool";
    if (rule == "max_batch" || rule == "max_targets") return "more in another call";
    if (rule == "freeze" || rule == "max_pools") return "nothing, as long as that is stated";
    if (rule == "max_rate" && broken.for_good()) return "more over time, in other calls";
    if (rule == "max_in_flight" && broken.for_good()) return "more in another call";
    if (rule == "quorum" && broken.limit() != 0 && broken.requested() == broken.limit() + 1 &&
        broken.stated() == "quorum(membership::shrinks)")
        return "more in another call";
    if (rule == "min_remaining" || rule == "max_unavailable" || rule == "quorum")
        return broken.for_good() ? "no more, the rest must stay" : "more when more of it serves";
    return "more when removals that are open on the ledger have ended; see fleet history";
}

pool_headroom headroom_of(const fleet_files& fleet, const pool_entry& pool) {
    const pool_limits& limits = fleet.policies.of(pool.name);
    pool_headroom found{
        .pool = pool.name, .now = pool.numbers(), .of_calls = limits.text.of_calls()};
    if (found.now.available == 0) {
        found.more = "nothing of it serves";
        return found;
    }
    const shearpin::decision all = ask(fleet, pool, found.now.available);
    if (all) {
        found.may_go = found.now.available;
        return found;
    }
    need_answer(all.why());
    found.may_go = found.now.available - 1;
    for (const shearpin::violation& each : all.why().violations())
        found.may_go = std::min<shearpin::count>(found.may_go, each.limit());
    const shearpin::decision more = ask(fleet, pool, found.may_go + 1);
    if (more) return found;  // the world has moved on meanwhile: a moment ago it was so
    need_answer(more.why());
    for (const shearpin::violation& each : more.why().violations()) {
        if (each.rule() == "more_than_available") continue;  // so says the floor, too
        const std::string stated(std::string_view(each.stated()));
        // What two files state alike is broken twice, and told once.
        if (std::none_of(found.set_by.begin(), found.set_by.end(),
                         [&](const auto& other) { return other.stated == stated; }))
            found.set_by.push_back({stated, stated_in(limits, each)});
        // Where one says when and another cannot, the other decides.
        if (found.more.empty() && !each.retry_after()) found.more = words_of(limits, each);
    }
    if (const auto wait = more.why().retry_after()) {
        found.more_in = *wait;
        found.more = "more in " + duration_text(*wait);
    }
    return found;
}

}  // namespace

std::vector<pool_headroom> headroom_of(const fleet_files& fleet) {
    std::vector<pool_headroom> all;
    for (const auto& [name, pool] : fleet.hosts.pools()) all.push_back(headroom_of(fleet, pool));
    return all;
}

}  // namespace fleet
