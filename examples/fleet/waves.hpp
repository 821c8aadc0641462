// SPDX-License-Identifier: BSL-1.0
// A removal that is larger than its pools allow at once: planned, and done in waves.
#pragma once

#include <shearpin/place.hpp>
#include <shearpin/waves.hpp>

#include <exception>
#include <functional>
#include <string>
#include <vector>

#include "live_fleet.hpp"
#include "plan_file.hpp"
#include "said.hpp"
#include "watch.hpp"

namespace fleet {

/// The waves in which these hosts could go now. Removes nothing and reserves nothing.
shearpin::plan plan_removal(const fleet_files& fleet, const std::vector<std::string>& hosts,
                            const said& words, const pace& how,
                            shearpin::place where = shearpin::place::here());

/// What a run in waves is told.
struct run_request {
    pace how{};
    shearpin::time_point deadline{};
    shearpin::duration look_again{};
    std::function<bool(const shearpin::progress&)> healthy = [](const auto&) { return true; };
    std::function<void(const shearpin::progress&)> on_progress = [](const auto&) {
    };  ///< after a wave, before a wait
    std::function<bool(const shearpin::progress&)> stop = [](const auto&) {
        return false;
    };                                         ///< often, also while the run waits
    const shearpin::plan* approved = nullptr;  ///< the plan that it keeps to, or
    std::string resumes{};                     ///< the run that it goes on with, or
    bool only_what_may_go_now = false;         ///< as many as may go at once, and no second wave
};

/// What became of it.
struct run_outcome {
    shearpin::wave_report report{};
    std::exception_ptr failed{};  ///< the hosts file could not be replaced: a failure
    std::string not_durable{};    ///< or it was, and may not outlast a power cut
};

/// Removes them in waves, each judged on the fleet as it is then. The run ends early where the
/// hosts file or the events cannot be written, or the ledger cannot be told the end of a wave.
run_outcome remove_in_waves(live_fleet& fleet, const std::vector<std::string>& hosts,
                            const said& words, const run_request& asked, watch& told,
                            shearpin::place where = shearpin::place::here());

}  // namespace fleet
