// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/time.hpp>

namespace shearpin::inline v1 {

struct instant;  // in instant.hpp

/// Anything with now(), which gives a time_point or a std::chrono time of the system clock. It may
/// also have `instant read()` (instant.hpp), which tells the time since the machine was booted with
/// it; and `wait(duration)`, which comes back when it is so much later: a removal in waves waits by
/// it, in steps of `static constexpr duration longest_nap` where it has that, and else all at once.
/// Where it has no wait(), the machine waits.
template <class C>
concept clock_like = requires(C& given) {
    { given.now() } -> detail::converts_to<time_point>;
};

namespace detail {

/// A guard without a clock.
struct no_clock {
    static constexpr bool given = false;
    [[nodiscard]] constexpr time_point now() const noexcept { return {}; }
    template <class Instant = instant> [[nodiscard]] constexpr Instant read() const noexcept {
        return {};
    }
};

/// A guard's clock: referred to, never copied.
template <class C> struct clock_reference {
    static constexpr bool given = true;
    C* clock;
    [[nodiscard]] time_point now() const { return clock->now(); }
    template <class Instant = instant> [[nodiscard]] Instant read() const {
        if constexpr (requires {
                          { clock->read() } -> same_as<Instant>;
                      })
            return clock->read();
        else
            return {.wall = clock->now(), .since_boot = {}, .boot = 0};
    }
};

}  // namespace detail

}  // namespace shearpin::inline v1
