// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/time.hpp>

#include <time.h>

namespace shearpin::inline v1 {

/// Anything with now(), which gives a time_point or a std::chrono time of the system clock.
template <class C>
concept clock_like = requires(C& given) {
    { given.now() } -> detail::converts_to<time_point>;
};

/// The machine's wall clock, in UTC (CLOCK_REALTIME). Unknown where it cannot be read, and then
/// every rule that needs the time allows nothing. Use the one that is there:
/// `.with_clock(shearpin::wall_clock)`.
struct system_clock {
    [[nodiscard]] time_point now() const noexcept {
        struct timespec read {};
        if (::clock_gettime(CLOCK_REALTIME, &read) != 0) return {};
        return time_point::since_epoch(duration::seconds(read.tv_sec) + duration::nanoseconds(read.tv_nsec));
    }
};
inline constexpr system_clock wall_clock{};

/// A clock for tests: it stands still until it is moved. Not for use by several threads at once
/// while it is moved.
class manual_clock {
public:
    manual_clock() noexcept : now_(date(2026, 1, 1).begins()) {}
    explicit manual_clock(time_point start) noexcept : now_(start) {}

    [[nodiscard]] time_point now() const noexcept { return now_; }
    void advance(duration by) noexcept { now_ = now_ + by; }
    void set(time_point to) noexcept { now_ = to; }

private:
    time_point now_;
};

namespace detail {

/// A guard without a clock.
struct no_clock {
    static constexpr bool given = false;
    [[nodiscard]] constexpr time_point now() const noexcept { return {}; }
};

/// A guard's clock: referred to, never copied.
template <class C> struct clock_reference {
    static constexpr bool given = true;
    C* clock;
    [[nodiscard]] time_point now() const { return clock->now(); }
};

}  // namespace detail

}  // namespace shearpin::inline v1
