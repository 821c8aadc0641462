// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/detail/refused.hpp>
#include <shearpin/fraction.hpp>
#include <shearpin/maybe.hpp>
#include <shearpin/text.hpp>

namespace shearpin::inline v1 {

/// The least that a fractional cap comes to, for pools so small that the fraction rounds to zero:
/// max_batch(5_pct, at_least(1)). Without it, zero is zero.
struct at_least {
    count value;  ///< at least 1
    template <detail::integer N>
    consteval at_least(N number)
        SHEARPIN_REFUSED_IF(detail::is_zero(number), "at_least(0) adds nothing; leave it out")
            SHEARPIN_REFUSED_IF(detail::is_negative(number), "at_least must not be negative");
    template <class N>
        requires(!detail::integer<N> && !detail::is_same<N, at_least>)
    consteval at_least(N number)
        SHEARPIN_REFUSED("at_least takes a whole number, such as 1", number);
};

namespace detail {

// Never defined: the names are the compiler's messages.
template <class Rule> void a_limit_must_not_be_negative();               // see examples/errors.md
template <class Rule> void a_limit_must_be_below_9223372036854775808();  // see examples/errors.md
template <class Rule> void a_cap_of_zero_removes_nothing_say_freeze();   // see examples/errors.md
template <class Rule> void at_least_0_adds_nothing();                    // see examples/errors.md

/// Checks a number that is written in code, and makes a count of it.
template <class Rule, integer N> consteval count written_count(N number) {
    if constexpr (signed_integer<N>)
        if (number < 0) a_limit_must_not_be_negative<Rule>();
    if (static_cast<count>(number) > largest_count)
        a_limit_must_be_below_9223372036854775808<Rule>();
    return static_cast<count>(number);
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

    /// part >= of(size), in fewer steps.
    [[nodiscard, gnu::always_inline]] constexpr bool is_reached_by(count part,
                                                                   count size) const noexcept {
        if (!is_share_ || !up_) return part >= of(size);
        return part >= number_ && share_.is_reached_by(part, size);
    }

    [[nodiscard]] constexpr bool is_share() const noexcept { return is_share_; }
    [[nodiscard]] constexpr count number() const noexcept { return number_; }
    [[nodiscard]] constexpr fraction share() const noexcept { return share_; }
    /// Of a share: whether it is rounded up.
    [[nodiscard]] constexpr bool rounds_up() const noexcept { return up_; }

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

/// What the limit of a rule is made of where it comes from data.
template <class T>
concept readable_limit = one_of<T, count, fraction, threshold>;

// What a rule's constructor takes, checked: written_floor and written_cap for what stands in code,
// read_threshold for what comes from data.

template <class... Given> inline constexpr bool says_floor = false;
template <class N>
inline constexpr bool says_floor<N> = integer<N> || one_of<N, fraction, rounded_down_fraction>;
template <class... Given> inline constexpr bool says_cap = false;
template <class N>
inline constexpr bool says_cap<N> = integer<N> || one_of<N, fraction, rounded_up_fraction>;
template <> inline constexpr bool says_cap<fraction, at_least> = true;

/// Given to the constructor of Rule; nothing is told by these, or not what the rule needs.
template <class Rule, class... Given>
concept no_floor = sizeof...(Given) != 0 && !says_floor<Given...> && !(is_same<Rule, Given> || ...);
template <class Rule, class... Given>
concept no_cap = sizeof...(Given) != 0 && !says_cap<Given...> && !(is_same<Rule, Given> || ...);

template <class Rule, integer N> consteval threshold written_floor(N number) {
    return threshold::number(written_count<Rule>(number));
}
template <class Rule> consteval threshold written_floor(fraction share) {
    return threshold::share(share, threshold::rounding::up);
}
template <class Rule> consteval threshold written_floor(rounded_down_fraction share) {
    return threshold::share(share.value, threshold::rounding::down);
}

template <class Rule, integer N> consteval threshold written_cap(N number) {
    if (number == 0) a_cap_of_zero_removes_nothing_say_freeze<Rule>();
    return threshold::number(written_count<Rule>(number));
}
template <class Rule> consteval threshold written_cap(fraction share, count least = 0) {
    if (share.numerator() == 0) a_cap_of_zero_removes_nothing_say_freeze<Rule>();
    return threshold::share(share, threshold::rounding::down, least);
}
template <class Rule> consteval threshold written_cap(fraction share, at_least least) {
    return written_cap<Rule>(share, least.value);
}
template <class Rule> consteval threshold written_cap(rounded_up_fraction share) {
    if (share.value.numerator() == 0) a_cap_of_zero_removes_nothing_say_freeze<Rule>();
    return threshold::share(share.value, threshold::rounding::up);
}

// What clang says of a number that does not fit; see refused.hpp.
#define SHEARPIN_REFUSED_FLOOR(RULE, ...)                                                 \
    SHEARPIN_REFUSED_IF(detail::is_negative(__VA_ARGS__), RULE ": the limit is negative") \
    SHEARPIN_REFUSED_IF(detail::is_too_large(__VA_ARGS__), RULE                           \
                        ": the limit must be below "                                      \
                        "9223372036854775808")
#define SHEARPIN_REFUSED_CAP(RULE, ...)                    \
    SHEARPIN_REFUSED_IF(detail::is_zero(__VA_ARGS__), RULE \
                        ": a cap of zero removes "         \
                        "nothing; say freeze()")           \
    SHEARPIN_REFUSED_FLOOR(RULE, __VA_ARGS__)

constexpr maybe<threshold> read_threshold(const threshold& made, threshold::rounding) noexcept {
    if (made.number() > largest_count) return {};
    return made;
}
constexpr maybe<threshold> read_threshold(count number, threshold::rounding safe_side) noexcept {
    return read_threshold(threshold::number(number), safe_side);
}
constexpr maybe<threshold> read_threshold(fraction share, threshold::rounding safe_side) noexcept {
    return threshold::share(share, safe_side);
}

}  // namespace detail

template <detail::integer N>
consteval at_least::at_least(N number) : value(detail::written_count<at_least>(number)) {
    if (number == 0) detail::at_least_0_adds_nothing<at_least>();
}

}  // namespace shearpin::inline v1
