// SPDX-License-Identifier: BSL-1.0
// PodDisruptionBudgets and the limits of deployments. The disruption controller computes how many
// disruptions are allowed now; here that is how much a guard lets go of the pool.
#include <algorithm>

#include "peers.hpp"

using namespace shearpin::literals;

namespace replay {

namespace {

/// Where the controller expects no pods it allows no disruption, whatever is running: it does not
/// know what the pods belong to.
struct some_expected {
    static constexpr std::string_view name = "some_expected";
    [[nodiscard]] constexpr count limit(const shearpin::facts& known) const {
        return known.pool.size == 0 ? 0 : ~count{0};
    }
};
constexpr shearpin::policy safe_when_unknown{some_expected{}};

// Both percentages round up there: that is the safe side of a floor, and the permissive one of a
// cap, which has to be said by name.
constexpr shearpin::policy thirty_percent_out{
    shearpin::max_unavailable(shearpin::round_up(30_pct))};
static_assert(thirty_percent_out.max_removable({.size = 7, .available = 7}) == 3);
static_assert(thirty_percent_out.max_removable({.size = 3, .available = 3}) == 1);
static_assert(shearpin::policy{shearpin::max_unavailable(30_pct)}.max_removable({.size = 3,
                                                                                 .available = 3}) ==
              0);

outcome allowed_now(const peer_row& row, const std::string& text) {
    const shearpin::pool there = row.pool();
    return outcome::of(
        std::min(may_go(read_policy(row, text), there), may_go(safe_when_unknown, there)));
}
std::string floor_of(const peer_row& row) { return "min_remaining(" + row.parameter + ")"; }
std::string cap_of(const peer_row& row) { return "max_unavailable(" + row.parameter + ")"; }
std::string cap_rounded_up(const peer_row& row) {
    return "max_unavailable(round_up(" + row.parameter + "))";
}

/// How much may go of a pool that is whole.
count of_whole_pool(const peer_row& row, const std::string& text) {
    const count total = row.number(row.total);
    return may_go(read_policy(row, text), {total, total});
}
/// What must stay of a pool that is whole.
outcome kept(const peer_row& row, const std::string& text) {
    return outcome::of(row.number(row.total) - of_whole_pool(row, text));
}

/// "39%", or nothing where nothing is said; no fraction where it is none.
shearpin::maybe<shearpin::fraction> share(const std::string& text) {
    return shearpin::fraction::parse(text == "nil" ? "0%" : text);
}

/// A deployment whose surge and cap both come to zero could never roll out, so that its controller
/// lets one go. What cannot be read lets nothing go, there and here.
outcome fencepost(const peer_row& row) {
    auto said = row.words({"maxSurge", "maxUnavailable"});
    const auto surge = share(said["maxSurge"]);
    const auto cap = share(said["maxUnavailable"]);
    if (!surge || !cap) return outcome::admitted(false);
    const count total = row.number(row.total);
    const bool stands_still = surge->of_rounded_up(total) == 0 && cap->of_rounded_down(total) == 0;
    const std::string text = said["maxUnavailable"] == "nil"
                                 ? "max_unavailable(0)"
                                 : "max_unavailable(" + said["maxUnavailable"] + ")";
    return outcome::of(of_whole_pool(row, stands_still ? "max_unavailable(1)" : text));
}

outcome recreated(const peer_row& row) {
    if (row.words({"strategy"})["strategy"] != "Recreate")
        bad_case(row.where, "only the strategy Recreate is known");
    return outcome::of(of_whole_pool(row, "max_unavailable(0)"));
}

}  // namespace

std::vector<peer_rule> kubernetes_rules() {
    return {
        {.name = "k8s.pdb.minAvailable.int",
         .policy = "min_remaining(n), and none where none is expected",
         .says = [](const peer_row& row) { return allowed_now(row, floor_of(row)); }},
        {.name = "k8s.pdb.minAvailable.pct",
         .policy = "min_remaining(p%), and none where none is expected",
         .says = [](const peer_row& row) { return allowed_now(row, floor_of(row)); }},
        {.name = "k8s.pdb.maxUnavailable.int",
         .policy = "max_unavailable(n), and none where none is expected",
         .says = [](const peer_row& row) { return allowed_now(row, cap_of(row)); }},
        {.name = "k8s.pdb.maxUnavailable.pct",
         .policy = "max_unavailable(round_up(p%)), and none where none is expected",
         .says = [](const peer_row& row) { return allowed_now(row, cap_rounded_up(row)); }},
        {.name = "k8s.pdb.desiredHealthy.minAvailable.pct",
         .policy = "min_remaining(p%): what stays",
         .says = [](const peer_row& row) { return kept(row, floor_of(row)); },
         .number_is_floor = true},
        {.name = "k8s.pdb.desiredHealthy.maxUnavailable.int",
         .policy = "max_unavailable(n): what stays",
         .says = [](const peer_row& row) { return kept(row, cap_of(row)); },
         .number_is_floor = true},
        {.name = "k8s.pdb.desiredHealthy.maxUnavailable.pct",
         .policy = "max_unavailable(round_up(p%)): what stays",
         .says = [](const peer_row& row) { return kept(row, cap_rounded_up(row)); },
         .number_is_floor = true},
        {.name = "k8s.deployment.fencepost.unavailable",
         .policy = "max_unavailable(p%), and max_unavailable(1) where it could never roll out",
         .says = fencepost,
         .stricter = {{"the deployment is to have no pods: one may be out there, and here there "
                       "is none that could go",
                       [](const peer_row& row) { return row.number(row.total) == 0; }}}},
        {.name = "k8s.deployment.fencepost.surge", .policy = "a surge adds pods, and removes none"},
        {.name = "k8s.deployment.maxUnavailable",
         .policy = "max_unavailable(n or p%)",
         .says = [](const peer_row& row) { return outcome::of(of_whole_pool(row, cap_of(row))); }},
        {.name = "k8s.deployment.maxUnavailable.recreate",
         .policy = "max_unavailable(0)",
         .says = recreated},
    };
}

}  // namespace replay
