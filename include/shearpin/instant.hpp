// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/time.hpp>

#include <cstdint>

namespace shearpin::inline v1 {

/// One look at the clocks: the wall clock, and the time since the machine was booted, which does
/// not jump and goes on in sleep (CLOCK_BOOTTIME). `boot` tells one boot of one machine from every
/// other; 0 where that is not known, and then only the wall clock counts.
struct instant {
    time_point wall{};
    duration since_boot{};
    std::uint64_t boot = 0;

    friend constexpr bool operator==(const instant&, const instant&) noexcept = default;
};

/// How long ago `then` was, and never more than that: within one boot the smaller of both clocks'
/// differences, across boots and machines that of the wall clocks less `margin` (by how much the
/// clocks of two machines may differ). What comes from the future, or whose time is not known on
/// either side, has age zero: it counts as if it were of this moment.
[[nodiscard]] constexpr duration age_of(const instant& then, const instant& now,
                                        duration margin) noexcept {
    if (!then.wall.known() || !now.wall.known()) return {};
    duration age = now.wall - then.wall;
    if (then.boot != 0 && then.boot == now.boot) {
        const duration by_boot = now.since_boot - then.since_boot;
        if (by_boot < age) age = by_boot;
    } else if (then.boot != now.boot) {
        age = age - margin;
    }
    return age < duration{} ? duration{} : age;
}

}  // namespace shearpin::inline v1
