// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/time.hpp>

#include <cstdint>

namespace shearpin::inline v1 {

/// One look at the clocks: the wall clock, and the time since the machine was booted, which does
/// not jump and goes on in sleep (CLOCK_BOOTTIME). `boot` tells one boot of one machine from every
/// other; 0 where that is not known, and then only the wall clock counts.
struct instant {
    time_point wall{};       ///< the wall clock; unknown where it could not be read
    duration since_boot{};   ///< how long after that boot; zero where the boot is not known
    std::uint64_t boot = 0;  ///< which boot of which machine; 0: not known

    friend constexpr bool operator==(const instant&, const instant&) noexcept = default;
};

namespace detail {

/// age_of, and below zero for what comes from the future. Where a time is not known: zero.
[[nodiscard]] constexpr duration lag_of(const instant& then, const instant& now,
                                        duration margin) noexcept {
    if (!then.wall.known() || !now.wall.known()) return {};
    const duration by_wall = now.wall - then.wall;
    if (then.boot == 0 || then.boot != now.boot) return by_wall - margin;
    const duration by_boot = now.since_boot - then.since_boot;
    return by_boot < by_wall ? by_boot : by_wall;
}

/// A moment that nobody can take for earlier than either of the two, and so not for older. Of one
/// boot, or where the boot of both is not known, it is exact; otherwise it is the later by the wall
/// clock, with no boot.
[[nodiscard]] constexpr instant later_of(const instant& one, const instant& other) noexcept {
    if (!one.wall.known()) return one;
    if (!other.wall.known()) return other;
    instant later = one.wall < other.wall ? other : one;
    later.since_boot = one.since_boot < other.since_boot ? other.since_boot : one.since_boot;
    if (one.boot != other.boot) later.boot = 0;
    if (later.boot == 0) later.since_boot = {};
    return later;
}

}  // namespace detail

/// How long ago `then` was, and never more than that. Where both are known to be of one boot, the
/// smaller of both clocks' differences; else that of the wall clocks less `margin` (by how much the
/// clocks of two machines may differ). What comes from the future, or whose time is not known on
/// either side, has age zero: it counts as if it were of this moment.
[[nodiscard]] constexpr duration age_of(const instant& then, const instant& now,
                                        duration margin) noexcept {
    const duration lag = detail::lag_of(then, now, margin);
    return lag < duration{} ? duration{} : lag;
}

}  // namespace shearpin::inline v1
