// SPDX-License-Identifier: BSL-1.0
// The clocks that the library brings.
#pragma once

#include <shearpin/calendar.hpp>
#include <shearpin/clock.hpp>
#include <shearpin/detail/machine_clock.hpp>

namespace shearpin::inline v1 {

/// The machine's wall clock, in UTC (CLOCK_REALTIME). Unknown where it cannot be read, and then
/// every rule that needs the time allows nothing. Use the one that is there:
/// `.with_clock(shearpin::wall_clock)`.
struct system_clock {
    /// The wall clock; unknown where it cannot be read.
    [[nodiscard]] time_point now() const noexcept {
        duration elapsed;
        if (!detail::read_clock(CLOCK_REALTIME, elapsed)) return {};
        return time_point::since_epoch(elapsed);
    }
    /// The wall clock together with the time since this machine was booted (CLOCK_BOOTTIME) and
    /// which boot that was, as far as the machine tells.
    [[nodiscard]] instant read() const noexcept { return detail::read_machine_clocks(); }

    /// Sleeps. A signal does not end it.
    void wait(duration length) const noexcept { detail::sleep_for(length); }
    /// So often a wait that is longer looks whether it is to stop.
    static constexpr duration longest_nap = duration::nanoseconds(200'000'000);
};
/// The machine's clock, to be handed to a guard: .with_clock(wall_clock).
inline constexpr system_clock wall_clock{};

/// A clock for tests: it stands still until it is moved; who waits by it moves it. Not for use by
/// several threads at once while it is moved.
class manual_clock {
public:
    manual_clock() noexcept : now_(date(2026, 1, 1).begins()) {}
    explicit manual_clock(time_point start) noexcept : now_(start) {}

    /// The moment that it stands at.
    [[nodiscard]] time_point now() const noexcept { return now_; }
    /// Moves it on, or back where `by` is below zero.
    void advance(duration by) noexcept { now_ = now_ + by; }
    /// Moves it there, wherever it stood.
    void set(time_point to) noexcept { now_ = to; }
    /// Moves it on at once: a test does not sleep.
    void wait(duration length) noexcept { advance(length); }

private:
    time_point now_;
};

}  // namespace shearpin::inline v1
