// SPDX-License-Identifier: BSL-1.0
// Policies, each with what a careful person writes by hand for it: every check that the guard makes
// (nothing asked for, more than is there, negative numbers in disguise), and no product that could
// overflow.
#pragma once

#include <shearpin/core.hpp>
#include <shearpin/rules/quorum.hpp>

#include <cstdint>

namespace shapes {

using namespace shearpin::literals;
using number = std::uint64_t;
__extension__ typedef unsigned __int128 wide;

[[gnu::always_inline]] inline bool sound(number size, number available, number asked) {
    return asked != 0 && ((size | available) >> 63) == 0 && asked <= available;
}

struct floor_95 {
    static constexpr auto policy =
        shearpin::policy{shearpin::min_remaining(95_pct), shearpin::max_batch(5)};
    [[gnu::always_inline]] static bool careful(number size, number available, number asked) {
        if (asked > 5 || !sound(size, available, asked)) return false;
        return wide{available - asked} * 100 >= wide{size} * 95;
    }
};
struct floor_96_3 {
    static constexpr auto policy =
        shearpin::policy{shearpin::min_remaining(96.3_pct), shearpin::max_batch(5)};
    [[gnu::always_inline]] static bool careful(number size, number available, number asked) {
        if (asked > 5 || !sound(size, available, asked)) return false;
        return wide{available - asked} * 1000 >= wide{size} * 963;
    }
};
struct floor_150 {
    static constexpr auto policy =
        shearpin::policy{shearpin::min_remaining(150), shearpin::max_batch(5)};
    [[gnu::always_inline]] static bool careful(number size, number available, number asked) {
        if (asked > 5 || !sound(size, available, asked)) return false;
        return available - asked >= 150;
    }
};
struct floor_two_thirds {
    static constexpr auto policy =
        shearpin::policy{shearpin::min_remaining(shearpin::fraction(2, 3))};
    [[gnu::always_inline]] static bool careful(number size, number available, number asked) {
        if (!sound(size, available, asked)) return false;
        return wide{available - asked} * 3 >= wide{size} * 2;
    }
};
struct batch_5 {
    static constexpr auto policy = shearpin::policy{shearpin::max_batch(5)};
    [[gnu::always_inline]] static bool careful(number size, number available, number asked) {
        return asked <= 5 && sound(size, available, asked);
    }
};
struct batch_5_percent {
    static constexpr auto policy = shearpin::policy{shearpin::max_batch(5_pct)};
    [[gnu::always_inline]] static bool careful(number size, number available, number asked) {
        if (!sound(size, available, asked)) return false;
        return wide{asked} * 100 <= wide{size} * 5;
    }
};
struct unavailable_10_percent {
    static constexpr auto policy = shearpin::policy{shearpin::max_unavailable(10_pct)};
    [[gnu::always_inline]] static bool careful(number size, number available, number asked) {
        if (!sound(size, available, asked)) return false;
        if (available - asked >= size) return true;
        return wide{size - (available - asked)} * 10 <= wide{size};
    }
};
struct unavailable_3 {
    static constexpr auto policy = shearpin::policy{shearpin::max_unavailable(3)};
    [[gnu::always_inline]] static bool careful(number size, number available, number asked) {
        if (!sound(size, available, asked)) return false;
        return available - asked >= size || size - (available - asked) <= 3;
    }
};
struct majority {
    static constexpr auto policy = shearpin::policy{shearpin::quorum()};
    [[gnu::always_inline]] static bool careful(number size, number available, number asked) {
        return sound(size, available, asked) && available - asked >= size / 2 + 1;
    }
};
struct four_rules {
    static constexpr auto policy =
        shearpin::policy{shearpin::min_remaining(90_pct), shearpin::min_remaining(20),
                         shearpin::max_batch(5), shearpin::max_batch(5_pct)};
    [[gnu::always_inline]] static bool careful(number size, number available, number asked) {
        if (asked > 5 || !sound(size, available, asked)) return false;
        const number left = available - asked;
        return left >= 20 && wide{left} * 10 >= wide{size} * 9 &&
               wide{asked} * 100 <= wide{size} * 5;
    }
};

}  // namespace shapes

#define FOR_EACH_SHAPE(SHAPE)     \
    SHAPE(floor_95)               \
    SHAPE(floor_96_3)             \
    SHAPE(floor_150)              \
    SHAPE(floor_two_thirds)       \
    SHAPE(batch_5)                \
    SHAPE(batch_5_percent)        \
    SHAPE(unavailable_10_percent) \
    SHAPE(unavailable_3)          \
    SHAPE(majority)               \
    SHAPE(four_rules)
