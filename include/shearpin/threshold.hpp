// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/fraction.hpp>
#include <shearpin/maybe.hpp>
#include <shearpin/text.hpp>

namespace shearpin::inline v1 {

/// The least that a fractional cap comes to, for pools so small that the fraction rounds to zero:
/// max_batch(5_pct, at_least(1)). Without it, zero is zero.
struct at_least {
    count value;
    template <detail::integer N> consteval at_least(N number);
};

namespace detail {

// Never defined: the names are the compiler's messages.
void a_limit_must_be_a_whole_number();
void a_limit_must_not_be_negative();
void a_limit_must_be_below_9223372036854775808();
void a_cap_of_zero_removes_nothing_say_freeze();

/// Checks a number that is written in code, and makes a count of it.
template <class N> consteval count written_count(N number) {
    if constexpr (!integer<N>) {
        // The condition keeps g++ from complaining of this function and not of the call below.
        if (sizeof(number) != 0) a_limit_must_be_a_whole_number();
    } else {
        if constexpr (signed_integer<N>)
            if (number < 0) a_limit_must_not_be_negative();
        if (static_cast<count>(number) > largest_count) a_limit_must_be_below_9223372036854775808();
        return static_cast<count>(number);
    }
    return 0;
}

/// A number, or a fraction of a pool's size: what most rules are made of. It is exact; the rule
/// says which way a fraction is rounded.
class threshold {
public:
    enum class rounding : unsigned char { down, up };

    constexpr threshold() noexcept = default;
    static constexpr threshold number(count value) noexcept {
        threshold made;
        made.number_ = value;
        return made;
    }
    static constexpr threshold share(fraction value, rounding direction,
                                     count floor_at = 0) noexcept {
        threshold made;
        made.share_ = value;
        made.is_share_ = true;
        made.up_ = direction == rounding::up;
        made.number_ = floor_at;
        return made;
    }

    /// What it comes to for a pool of this size.
    [[nodiscard]] constexpr count of(count size) const noexcept {
        if (!is_share_) return number_;
        return larger(up_ ? share_.of_rounded_up(size) : share_.of_rounded_down(size), number_);
    }

    [[nodiscard]] constexpr bool is_share() const noexcept { return is_share_; }
    [[nodiscard]] constexpr count number() const noexcept { return number_; }
    [[nodiscard]] constexpr fraction share() const noexcept { return share_; }

    /// "5", "95%", "round_up(40%)", "5%, at_least(1)".
    constexpr void spell(writer& out, rounding safe_side) const noexcept {
        if (!is_share_) {
            out.put(number_);
            return;
        }
        const bool by_name = up_ != (safe_side == rounding::up);
        if (by_name) out.put(up_ ? "round_up(" : "round_down(");
        share_.spell(out);
        if (by_name) out.put(")");
        if (number_ != 0) out.put(", at_least(").put(number_).put(")");
    }

    friend constexpr bool operator==(const threshold&, const threshold&) noexcept = default;

private:
    fraction share_;
    count number_ = 0;  // the number, or the least that the share comes to
    bool is_share_ = false;
    bool up_ = false;
};

// What a rule's constructor takes, checked: written_floor and written_cap for what stands in code,
// read_threshold for what comes from data.

template <class N> consteval threshold written_floor(N number) {
    return threshold::number(written_count(number));
}
consteval threshold written_floor(fraction share) {
    return threshold::share(share, threshold::rounding::up);
}
consteval threshold written_floor(rounded_down_fraction share) {
    return threshold::share(share.value, threshold::rounding::down);
}

consteval threshold not_zero(threshold cap) {
    if (cap.is_share() ? cap.share().numerator() == 0 && cap.number() == 0 : cap.number() == 0)
        a_cap_of_zero_removes_nothing_say_freeze();
    return cap;
}
template <class N> consteval threshold written_cap(N number) {
    return not_zero(threshold::number(written_count(number)));
}
consteval threshold written_cap(fraction share) {
    return not_zero(threshold::share(share, threshold::rounding::down));
}
consteval threshold written_cap(fraction share, at_least least) {
    return threshold::share(share, threshold::rounding::down, least.value);
}
consteval threshold written_cap(rounded_up_fraction share) {
    return not_zero(threshold::share(share.value, threshold::rounding::up));
}

constexpr maybe<threshold> read_threshold(count number, threshold::rounding) noexcept {
    if (number > largest_count) return {};
    return threshold::number(number);
}
constexpr maybe<threshold> read_threshold(fraction share, threshold::rounding safe_side) noexcept {
    return threshold::share(share, safe_side);
}

}  // namespace detail

template <detail::integer N>
consteval at_least::at_least(N number) : value(detail::written_cap(number).number()) {}

}  // namespace shearpin::inline v1
