// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/waves.hpp>

#include <chrono>
#include <string>

namespace fleet {

/// Shows how far a run is, on standard error: as a bar that moves where that is a terminal, and
/// elsewhere as a line for each wave and each wait, which reads well in a log.
class progress_view {
public:
    progress_view();
    ~progress_view() { end_bar(); }
    progress_view(const progress_view&) = delete;
    progress_view& operator=(const progress_view&) = delete;

    /// What on_progress of a run is told.
    void tell(const shearpin::progress& so_far);
    /// That time goes by; only a bar shows it.
    void tick(const shearpin::progress& so_far);
    /// Leaves the line of the bar, so that something else can be printed.
    void end_bar();

private:
    void draw(const shearpin::progress& so_far);

    bool is_terminal_;
    bool bar_is_there_ = false;
    std::string waits_for_;
    shearpin::count removed_ = 0;
    shearpin::duration waits_until_{};  // since the run began
    std::chrono::steady_clock::time_point drawn_{};
};

/// "[#######.............] 10 of 40 hosts", in so many columns and no more.
std::string bar_text(const shearpin::progress& so_far, const std::string& waits_for,
                     shearpin::duration waits, std::size_t columns);

}  // namespace fleet
