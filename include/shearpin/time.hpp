// SPDX-License-Identifier: BSL-1.0
// Time without <chrono>, which alone would cost ten times what the core costs to include. Durations
// and time points convert from and to the user's std::chrono types where those are included.
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/text.hpp>

#include <cstdint>

namespace shearpin::inline v1 {

namespace detail {

template <class D>
concept chrono_duration = requires(const D& given) {
    typename D::rep;
    { D::period::num } -> converts_to<std::intmax_t>;
    { D::period::den } -> converts_to<std::intmax_t>;
    { given.count() } -> same_as<typename D::rep>;
};

/// Only the system clock counts from the Unix epoch; it is known by its to_time_t.
template <class T>
concept chrono_system_time = requires(const T& given) {
    { given.time_since_epoch() } -> chrono_duration;
    typename T::clock;
    T::clock::to_time_t(typename T::clock::time_point{});
};

inline constexpr std::int64_t end_of_time = 0x7fff'ffff'ffff'ffff;

/// A duration's number of units; one that is too large to be signed as the largest that is not.
template <integer N> constexpr std::int64_t units(N number) noexcept {
    if constexpr (unsigned_integer<N>)
        if (number > static_cast<count>(end_of_time)) return end_of_time;
    return static_cast<std::int64_t>(number);
}

/// number * num / den seconds in nanoseconds, towards zero; the end of the range where it does not
/// fit. Exact where the unit in lowest terms, num * 10^9 / den nanoseconds, has factors whose
/// product is below 2^63, which is so from attoseconds to millennia.
constexpr std::int64_t in_nanoseconds(std::int64_t number, std::int64_t num,
                                      std::int64_t den) noexcept {
    std::int64_t shared = 1'000'000'000;
    for (std::int64_t other = den; other != 0;) {
        const std::int64_t rest = shared % other;
        shared = other;
        other = rest;
    }
    const std::int64_t parts = den / shared;
    std::int64_t unit = 0;
    std::int64_t whole = 0;
    std::int64_t rest = 0;
    std::int64_t sum = 0;
    if (number == 0) return 0;
    if (__builtin_mul_overflow(num, 1'000'000'000 / shared, &unit) ||
        __builtin_mul_overflow(number / parts, unit, &whole) ||
        __builtin_mul_overflow(number % parts, unit, &rest) ||
        __builtin_add_overflow(whole, rest / parts, &sum))
        return number < 0 ? -end_of_time : end_of_time;
    return sum;
}

}  // namespace detail

/// A length of time in whole nanoseconds, up to 292 years. Converts from any integral
/// std::chrono::duration (5min, 1h) and, when asked explicitly, back.
class duration {
public:
    constexpr duration() noexcept = default;
    template <detail::chrono_duration D>
        requires(detail::integer<typename D::rep>)
    constexpr duration(const D& given) noexcept
        : ns_(detail::in_nanoseconds(detail::units(given.count()), D::period::num,
                                     D::period::den)) {}

    /// So many; below zero, backwards.
    [[nodiscard]] static constexpr duration nanoseconds(std::int64_t number) noexcept {
        duration made;
        made.ns_ = number;
        return made;
    }
    /// So many; what does not fit is the end of the range, as with the next three.
    [[nodiscard]] static constexpr duration seconds(std::int64_t number) noexcept {
        return nanoseconds(detail::in_nanoseconds(number, 1, 1));
    }
    /// Of 60 seconds each.
    [[nodiscard]] static constexpr duration minutes(std::int64_t number) noexcept {
        return nanoseconds(detail::in_nanoseconds(number, 60, 1));
    }
    /// Of 3600 seconds each.
    [[nodiscard]] static constexpr duration hours(std::int64_t number) noexcept {
        return nanoseconds(detail::in_nanoseconds(number, 3600, 1));
    }
    /// Of 24 hours each.
    [[nodiscard]] static constexpr duration days(std::int64_t number) noexcept {
        return nanoseconds(detail::in_nanoseconds(number, 86400, 1));
    }

    /// How many nanoseconds it is long; below zero, backwards.
    [[nodiscard]] constexpr std::int64_t in_nanoseconds() const noexcept { return ns_; }

    /// Towards zero where D is coarser than a nanosecond. D has an integer for its number, and a
    /// unit that is a whole number of nanoseconds.
    template <detail::chrono_duration D>
        requires(detail::integer<typename D::rep> && 1'000'000'000 % D::period::den == 0)
    [[nodiscard]] constexpr explicit operator D() const noexcept {
        // One division after the other, since the product of the two may not fit.
        return D(
            static_cast<typename D::rep>(ns_ / (1'000'000'000 / D::period::den) / D::period::num));
    }

    friend constexpr bool operator==(duration, duration) noexcept = default;
    friend constexpr bool operator<(duration left, duration right) noexcept {
        return left.ns_ < right.ns_;
    }
    friend constexpr bool operator>(duration left, duration right) noexcept { return right < left; }
    friend constexpr bool operator<=(duration left, duration right) noexcept {
        return !(right < left);
    }
    friend constexpr bool operator>=(duration left, duration right) noexcept {
        return !(left < right);
    }
    friend constexpr duration operator+(duration left, duration right) noexcept {
        std::int64_t sum = 0;
        if (__builtin_add_overflow(left.ns_, right.ns_, &sum))
            sum = left.ns_ < 0 ? -detail::end_of_time : detail::end_of_time;
        return nanoseconds(sum);
    }
    friend constexpr duration operator-(duration left, duration right) noexcept {
        std::int64_t difference = 0;
        if (__builtin_sub_overflow(left.ns_, right.ns_, &difference))
            difference = left.ns_ < 0 ? -detail::end_of_time : detail::end_of_time;
        return nanoseconds(difference);
    }

    /// What is longer than a second, rounded up to whole seconds: enough for a person to read.
    [[nodiscard]] constexpr duration readable() const noexcept {
        constexpr std::int64_t second = 1'000'000'000;
        if (ns_ <= second || ns_ % second == 0) return *this;
        return nanoseconds(ns_ - ns_ % second) + nanoseconds(second);
    }

    /// "1h30min", "5min", "0s", "1s500ms".
    constexpr void spell(writer& out) const noexcept {
        if (ns_ < 0) out.put("-");
        count rest = ns_ < 0 ? ~static_cast<count>(ns_) + 1 : static_cast<count>(ns_);
        if (rest == 0) {
            out.put("0s");
            return;
        }
        constexpr struct {
            count size;
            text_view name;
        } units[] = {{86'400'000'000'000, "d"},
                     {3'600'000'000'000, "h"},
                     {60'000'000'000, "min"},
                     {1'000'000'000, "s"},
                     {1'000'000, "ms"},
                     {1'000, "us"},
                     {1, "ns"}};
        for (const auto& unit : units) {
            if (rest < unit.size) continue;
            out.put(rest / unit.size).put(unit.name);
            rest %= unit.size;
        }
    }

private:
    std::int64_t ns_ = 0;
};

namespace detail {

// Never defined: the name is the compiler's message.
template <class Rule> void a_window_of_time_must_be_longer_than_zero();  // see examples/errors.md

/// Checks a length of time that is written in code.
template <class Rule> consteval duration written_window(duration length) {
    if (length <= duration{}) a_window_of_time_must_be_longer_than_zero<Rule>();
    return length;
}

}  // namespace detail

/// A moment: nanoseconds since 1970-01-01T00:00Z on a wall clock, or unknown.
class time_point {
public:
    /// Unknown. A rule that needs the time and does not have it allows nothing.
    constexpr time_point() noexcept = default;
    template <detail::chrono_system_time T>
    constexpr time_point(const T& given) noexcept
        : time_point(duration(given.time_since_epoch())) {}

    /// So long after 1970-01-01T00:00Z.
    [[nodiscard]] static constexpr time_point since_epoch(duration elapsed) noexcept {
        return time_point(elapsed);
    }

    /// Whether it is a moment, and not unknown.
    [[nodiscard]] constexpr bool known() const noexcept { return known_; }
    /// How long after 1970-01-01T00:00Z it is; zero where it is unknown.
    [[nodiscard]] constexpr duration since_epoch() const noexcept { return since_; }

    friend constexpr bool operator==(time_point, time_point) noexcept = default;
    friend constexpr bool operator<(time_point left, time_point right) noexcept {
        return left.since_ < right.since_;
    }
    friend constexpr bool operator<=(time_point left, time_point right) noexcept {
        return left.since_ <= right.since_;
    }
    friend constexpr duration operator-(time_point left, time_point right) noexcept {
        return left.since_ - right.since_;
    }
    friend constexpr time_point operator+(time_point start, duration later) noexcept {
        return start.known_ ? time_point(start.since_ + later) : start;
    }
    friend constexpr time_point operator-(time_point start, duration earlier) noexcept {
        return start.known_ ? time_point(start.since_ - earlier) : start;
    }

private:
    constexpr explicit time_point(duration elapsed) noexcept : since_(elapsed), known_(true) {}
    duration since_;
    bool known_ = false;
};

}  // namespace shearpin::inline v1
