// SPDX-License-Identifier: BSL-1.0
// When one number or fraction is never larger than another, for every size of a pool.
#pragma once

#include <shearpin/threshold.hpp>

namespace shearpin::inline v1::detail {

/// left + right <= 1, exactly.
constexpr bool together_at_most_all(fraction left, fraction right) noexcept {
    const count rest = right.denominator() - right.numerator();
    return left.numerator() * right.denominator() <= rest * left.denominator();  // each below 2^64
}
constexpr bool is_all(fraction share) noexcept { return share.numerator() == share.denominator(); }

/// cap(size) is zero for every size.
constexpr bool is_always_zero(const threshold& cap) noexcept {
    return cap.number() == 0 && (!cap.is_share() || cap.share().numerator() == 0);
}
/// The most that it comes to, for the largest size.
constexpr count most_of(const threshold& cap) noexcept { return cap.of(largest_count); }

/// left(size) <= right(size) for every size, of two caps: shares are rounded down unless they say
/// otherwise, and may have a least.
constexpr bool never_above(const threshold& left, const threshold& right) noexcept {
    if (most_of(left) <= right.of(0)) return true;  // both grow with the size
    if (!left.is_share() || !right.is_share() || left.number() > right.number()) return false;
    if (right.share() < left.share()) return false;
    // Rounded up, one of 1 is 1; rounded down it is 0 unless it is all.
    return !left.rounds_up() || right.rounds_up() || is_all(right.share());
}

/// left(size) >= right(size) for every size, of two floors.
constexpr bool never_below(const threshold& left, const threshold& right) noexcept {
    if (left.of(0) >= most_of(right)) return true;
    if (!left.is_share() || !right.is_share()) return false;
    if (left.share() < right.share()) return false;
    return left.rounds_up() || !right.rounds_up() || is_all(left.share());
}

/// What must stay under quorum() and, where a member leaves, under quorum(membership::shrinks): a
/// majority. Of such a size it is more than, or as much as, half.
constexpr bool majority_is_never_below(const threshold& floor) noexcept {
    if (!floor.is_share()) return floor.number() <= 1;
    return together_at_most_all(floor.share(), floor.share());
}
/// size / 2 + 1 is never above this floor.
constexpr bool never_below_majority(const threshold& floor) noexcept {
    return !floor.is_share() && floor.number() >= largest_count / 2 + 1;
}

/// cap(size) + floor(size) <= size wherever cap(size) is not zero: what may be out and what must
/// stay go together, so that a cap on what is out keeps the floor.
constexpr bool leaves(const threshold& cap, const threshold& floor) noexcept {
    if (is_always_zero(cap)) return true;
    if (!cap.is_share() || cap.number() != 0) return false;  // it is not zero for a size of zero
    if (floor.is_share()) {
        if (cap.rounds_up() && floor.rounds_up()) return floor.share().numerator() == 0;
        return together_at_most_all(cap.share(), floor.share());
    }
    // What stays grows with the size; so it is least where one may be out for the first time.
    const fraction share = cap.share();
    const count first = cap.rounds_up()
                            ? 1
                            : share.denominator() / share.numerator() +
                                  (share.denominator() % share.numerator() != 0 ? 1 : 0);
    return floor.number() < first;
}
/// cap(size) + (size / 2 + 1) <= size wherever cap(size) is not zero.
constexpr bool leaves_majority(const threshold& cap) noexcept {
    if (is_always_zero(cap)) return true;
    if (!cap.is_share() || cap.number() != 0 || cap.rounds_up()) return false;
    return 2 * cap.share().numerator() < cap.share().denominator();
}

}  // namespace shearpin::inline v1::detail
