// SPDX-License-Identifier: BSL-1.0
// What the subcommands that remove in waves have in common.
#pragma once

#include "../plan_file.hpp"
#include "removing.hpp"

namespace fleet {

/// How a run goes, beside what every removal is told.
struct waving_request {
    std::string probe;
    std::string probe_limit;
    std::string deadline;
    std::string look_again;
    bool without_probe = false;

    [[nodiscard]] bool is_any() const noexcept {
        return !probe.empty() || !probe_limit.empty() || !deadline.empty() || !look_again.empty() ||
               without_probe;
    }
};

void take_pace(options& takes, pace_request& request);
void take_waving(options& takes, waving_request& request);

/// Which run it is.
struct run_of_hosts {
    std::vector<std::string> hosts{};
    pace_request how{};
    const shearpin::plan* approved = nullptr;  ///< keeps to this plan, or
    std::string resumes{};                     ///< goes on with this run, or is a new one
};

/// Shows the plan, asks the person where one is there, and removes all of them in waves; refuses
/// where the plan already says that not all may go. Returns what the program ends with.
exit_status wave_selected(const removing_request& asked, const waving_request& waving,
                          fleet_files fleet, const run_of_hosts& which,
                          shearpin::place where = shearpin::place::here());

/// Removes as many from the front as may go now, and says which are left.
exit_status crop_selected(const removing_request& asked, fleet_files fleet,
                          const std::vector<std::string>& hosts,
                          shearpin::place where = shearpin::place::here());

/// A failure where something is said that is said of one call alone.
void refuse_exceptions_in_waves(const said_request& words);

}  // namespace fleet
