// SPDX-License-Identifier: BSL-1.0
// Waiting by the clock that a guard was given.
#pragma once

#include <shearpin/clocks.hpp>

namespace shearpin::inline v1::detail {

/// The clock of a run: the guard's, or the machine's where it has none.
template <class Clock> class run_clock {
public:
    explicit run_clock(const Clock& given_clock) : clock_(given_clock), start_(read()) {}

    [[nodiscard]] instant read() const {
        if constexpr (Clock::given)
            return clock_.read();
        else
            return wall_clock.read();
    }
    [[nodiscard]] duration elapsed() const {
        const instant now = read();
        const duration since = lag_of(start_, now, {});
        return since < duration{} ? duration{} : since;
    }
    [[nodiscard]] const instant& start() const noexcept { return start_; }

    /// Waits, and asks meanwhile whether to stop; false where it was told so. The guard's clock
    /// waits where it has wait(duration), in steps of longest_nap where it has that; where it has
    /// none, the machine's does.
    template <class Stop> bool wait(duration length, Stop stop) const {
        for (duration left = length; duration{} < left;) {
            if (stop()) return false;
            const duration step = nap() < left ? nap() : left;
            sleep(step);
            left = left - step;
        }
        return !stop();
    }

private:
    [[nodiscard]] static constexpr duration nap() noexcept {
        if constexpr (!waits)
            return system_clock::longest_nap;
        else if constexpr (requires { bare<decltype(*Clock::clock)>::longest_nap; })
            return bare<decltype(*Clock::clock)>::longest_nap;
        else
            return duration::nanoseconds(end_of_time);
    }
    void sleep(duration step) const {
        if constexpr (waits)
            clock_.clock->wait(step);
        else
            wall_clock.wait(step);
    }
    static constexpr bool waits = requires(const Clock& given) { given.clock->wait(duration{}); };

    Clock clock_;
    instant start_;
};

}  // namespace shearpin::inline v1::detail
