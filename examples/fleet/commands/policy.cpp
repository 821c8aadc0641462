// SPDX-License-Identifier: BSL-1.0
// fleet policy: what can be asked of policy files. What stands below it is in files of its own.
#include "command.hpp"

namespace fleet {

namespace {

std::function<exit_status()> add(options& takes) {
    takes.example(
        "A policy file. Rules alone, without pools around them, are for each pool.\n"
        "  pool index {\n"
        "      min_remaining(95%)        # of its size; or a number: min_remaining(3)\n"
        "      max_batch(5%, at_least(1))\n"
        "      overridable(max_rate(20, 1h)), cooldown(5min)\n"
        "  }\n"
        "  other_pools { quorum() }      # not named above; without it, they are refused\n"
        "  every_pool { max_pools(1), freeze(fri 16:00, mon 08:00) }\n\n"
        "More rules: max_unavailable(2), max_targets(5), max_in_flight(3), needs_expected(),\n"
        "approvals(2, above(3)), min_remaining(80%, of_peak(7d)), freeze(2026-12-20, 2027-01-04),\n"
        "quorum(membership::shrinks), unlimited.");
    return {};
}

const command registered(70, "policy", "check, explain, compare and try policies that are files",
                         add);

}  // namespace

}  // namespace fleet
