// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace fleet {

/// While it lives, Ctrl-C (SIGINT), SIGTERM and SIGHUP do not end the program: a run asks whether
/// somebody wants it to stop, and stops between two waves, with nothing half done. There is one at
/// a time.
class interrupt {
public:
    interrupt();
    ~interrupt();
    interrupt(const interrupt&) = delete;
    interrupt& operator=(const interrupt&) = delete;

    /// Whether somebody has asked to stop.
    [[nodiscard]] static bool requested() noexcept;
    /// Whether somebody has asked twice: then no probe is waited for any more.
    [[nodiscard]] static bool is_urgent() noexcept;
};

}  // namespace fleet
