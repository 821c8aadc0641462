// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/meta.hpp>

#include <cstdint>

namespace shearpin::inline v1 {

/// How many, or how much: of targets, of capacity. A plain unsigned integer, so that ordinary code
/// stays ordinary; what enters from outside as a signed number is checked where it enters.
using count = std::uint64_t;

/// The largest count that is believed. A size or an availability above it (2^63 or more) is taken
/// for a negative number that lost its sign, and refused.
inline constexpr count largest_count = (count{1} << 63) - 1;

namespace detail {

constexpr count smaller(count left, count right) noexcept { return left < right ? left : right; }
constexpr count larger(count left, count right) noexcept { return left < right ? right : left; }

/// left - right, and zero where that would be below zero.
constexpr count minus(count left, count right) noexcept { return left > right ? left - right : 0; }

/// left + right, and the largest value there is where that would be above it.
constexpr count plus(count left, count right) noexcept {
    const count sum = left + right;
    return sum < left ? ~count{0} : sum;
}

/// An integer of any type as a count; a negative one becomes one that is never believed.
template <integer N> constexpr count counted(N number) noexcept {
    return static_cast<count>(number);
}

template <integer N> constexpr bool negative(N number) noexcept {
    if constexpr (signed_integer<N>)
        return number < 0;
    else
        return false;
}

}  // namespace detail

}  // namespace shearpin::inline v1
