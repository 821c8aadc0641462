// SPDX-License-Identifier: BSL-1.0
// The values in the text of a policy: numbers, percentages, lengths of time, moments.
#pragma once

#include <shearpin/calendar.hpp>
#include <shearpin/detail/nearest_word.hpp>
#include <shearpin/detail/text_cursor.hpp>
#include <shearpin/fraction.hpp>

namespace shearpin::inline v1::detail {

/// All digits of `text` from `at` on, as a number; false where there are none or they are too many.
constexpr bool read_digits(text_view text, std::size_t& at, count& number) noexcept {
    const std::size_t first = at;
    number = 0;
    for (; at != text.size() && is_digit(text.data()[at]); ++at) {
        const auto digit = static_cast<count>(text.data()[at] - '0');
        if (number > (largest_count - digit) / 10) return false;
        number = number * 10 + digit;
    }
    return at != first;
}
constexpr bool is_all_digits(text_view text) noexcept {
    for (const char letter : text)
        if (!is_digit(letter)) return false;
    return !text.empty();
}

/// A whole number.
constexpr bool read_number(text_cursor& from, count& number, text_view what) noexcept {
    const text_view next = from.look();
    const char first = next.empty() ? '\0' : next.data()[0];
    if (!is_digit(first) && (first != '-' || next.size() == 1)) return from.expected(what);
    const text_view lump = from.take_lump();
    std::size_t at = 0;
    if (lump.data()[0] == '-') return from.wrong(policy_mistake::a_limit_is_not_negative, lump);
    if (read_digits(lump, at, number) && at == lump.size()) return true;
    if (is_all_digits(lump))
        return from.wrong(policy_mistake::a_number_is_below_9223372036854775808, lump);
    return from.wrong(policy_mistake::something_else_is_expected_here, lump, what);
}

/// "95%", "99.9%" or "2/3".
constexpr bool read_share(text_cursor& from, fraction& share) noexcept {
    constexpr text_view what = "a percentage or a fraction, such as 95%, 99.9% or 2/3";
    const text_view lump = from.take_lump();
    if (lump.empty()) return from.expected(what);
    const bool is_percentage = lump.data()[lump.size() - 1] == '%';
    bool is_ratio = false;
    for (const char letter : lump) is_ratio = is_ratio || letter == '/';
    if (const maybe<fraction> parsed = fraction::parse(lump);
        parsed && (is_percentage || is_ratio)) {
        share = *parsed;
        return true;
    }
    if (lump.data()[0] == '-') return from.wrong(policy_mistake::a_limit_is_not_negative, lump);
    const decimal number = read_decimal({lump.data(), lump.size() - (is_percentage ? 1 : 0)});
    constexpr auto no_fraction =
        policy_mistake::a_fraction_is_at_most_1_with_a_denominator_of_at_most_4294967295;
    if (is_percentage && number.valid)
        return from.wrong(number.digits > 100 * number.scale
                              ? policy_mistake::a_percentage_is_at_most_100
                              : no_fraction,
                          lump);
    if (is_ratio && is_digit(lump.data()[0])) return from.wrong(no_fraction, lump);
    return from.wrong(policy_mistake::something_else_is_expected_here, lump, what);
}

struct time_unit {
    text_view name;
    std::int64_t nanoseconds;
};
inline constexpr time_unit time_units[] = {{"d", 86'400'000'000'000},
                                           {"h", 3'600'000'000'000},
                                           {"min", 60'000'000'000},
                                           {"s", 1'000'000'000},
                                           {"ms", 1'000'000},
                                           {"us", 1'000},
                                           {"ns", 1}};

/// "1h30min": each unit at most once, longest first. False, and no mistake noted, where it is none.
/// It begins with a digit.
constexpr bool read_time_lump(text_view lump, std::int64_t& sum, bool& fits) noexcept {
    std::size_t at = 0;
    std::size_t unit = 0;
    sum = 0;
    fits = true;
    while (at != lump.size()) {
        count number = 0;
        if (!read_digits(lump, at, number)) {
            fits = false;
            while (at != lump.size() && is_digit(lump.data()[at])) ++at;
        }
        const std::size_t first = at;
        while (at != lump.size() && !is_digit(lump.data()[at])) ++at;
        const text_view name{lump.data() + first, at - first};
        while (unit != 7 && !(time_units[unit].name == name)) ++unit;
        if (unit == 7) return false;
        std::int64_t part = 0;
        if (__builtin_mul_overflow(static_cast<std::int64_t>(number), time_units[unit].nanoseconds,
                                   &part) ||
            __builtin_add_overflow(sum, part, &sum))
            fits = false;
        ++unit;
    }
    return true;
}

/// The unit that was probably meant by what stands after the digits.
constexpr text_view nearest_unit(text_view name) noexcept {
    if (name == "m" || name == "M") return "min";
    if (name.size() < 2) return {};
    for (const char letter : name)
        if (is_digit(letter)) return {};
    constexpr text_view longer[] = {"days", "hours", "minutes", "seconds", "secs"};
    constexpr text_view shorter[] = {"d", "h", "min", "s", "s"};
    for (std::size_t at = 0; at != 5; ++at)
        if (!nearest_word(name, {longer[at]}).empty()) return shorter[at];
    return nearest_word(name,
                        {text_view("min"), text_view("ms"), text_view("us"), text_view("ns")});
}

/// A length of time that is longer than zero.
constexpr bool read_duration(text_cursor& from, duration& length) noexcept {
    constexpr text_view what = "a length of time, such as 1h30min";
    if (from.look().empty() || !is_digit(from.look().data()[0])) return from.expected(what);
    const text_view lump = from.take_lump();
    std::int64_t sum = 0;
    bool fits = true;
    if (!read_time_lump(lump, sum, fits)) {
        std::size_t unit = 0;
        while (unit != lump.size() && is_digit(lump.data()[unit])) ++unit;
        return from.wrong(policy_mistake::this_is_no_length_of_time, lump, {},
                          nearest_unit({lump.data() + unit, lump.size() - unit}));
    }
    if (sum == 0 || !fits)
        return from.wrong(
            policy_mistake::a_length_of_time_is_longer_than_zero_and_at_most_292_years, lump);
    length = duration::nanoseconds(sum);
    return true;
}

/// "16:00", with seconds and parts of them where they are wanted, up to 24:00; nothing of anything
/// else.
constexpr maybe<duration> read_time_of_day(text_view lump) noexcept {
    const auto two = [&](std::size_t at, count most, std::int64_t& number) {
        if (at + 2 > lump.size() || !is_digit(lump.data()[at]) || !is_digit(lump.data()[at + 1]))
            return false;
        number = (lump.data()[at] - '0') * 10 + (lump.data()[at + 1] - '0');
        return static_cast<count>(number) <= most;
    };
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t part = 0;
    if (!two(0, 24, hour) || lump.size() < 5 || lump.data()[2] != ':' || !two(3, 59, minute))
        return {};
    if (lump.size() > 5 && (lump.data()[5] != ':' || !two(6, 59, second))) return {};
    if (lump.size() > 8) {
        if (lump.data()[8] != '.' || lump.size() == 9 || lump.size() > 18) return {};
        std::int64_t unit = 100'000'000;
        for (std::size_t at = 9; at != lump.size(); ++at, unit /= 10) {
            if (!is_digit(lump.data()[at])) return {};
            part += (lump.data()[at] - '0') * unit;
        }
    }
    const auto all =
        duration::nanoseconds(((hour * 60 + minute) * 60 + second) * 1'000'000'000 + part);
    if (all > duration::days(1)) return {};
    return all;
}

/// "2026-12-20", its first moment in UTC, or "2026-12-20T08:00Z".
constexpr maybe<time_point> read_moment(text_view lump) noexcept {
    const auto number = [&](std::size_t at, std::size_t digits) {
        int value = 0;
        for (std::size_t end = at + digits; at != end; ++at) {
            if (!is_digit(lump.data()[at])) return -1;
            value = value * 10 + (lump.data()[at] - '0');
        }
        return value;
    };
    if (lump.size() < 10 || lump.data()[4] != '-' || lump.data()[7] != '-') return {};
    const int year = number(0, 4);
    const int month = number(5, 2);
    const int day = number(8, 2);
    if (!is_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day))) return {};
    duration of_day;
    if (lump.size() != 10) {
        if (lump.data()[10] != 'T' || lump.data()[lump.size() - 1] != 'Z') return {};
        const auto read = read_time_of_day({lump.data() + 11, lump.size() - 12});
        if (!read) return {};
        of_day = *read;
    }
    constexpr std::int64_t day_length = 86'400'000'000'000;
    std::int64_t days =
        days_since_epoch(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
    std::int64_t rest = of_day.in_nanoseconds();
    if (days < 0) {  // so that the first day that there is of the range does not overflow halfway
        ++days;
        rest -= day_length;
    }
    // Of nanoseconds 64 bits are 292 years on either side of 1970.
    std::int64_t moment = 0;
    if (__builtin_mul_overflow(days, day_length, &moment) ||
        __builtin_add_overflow(moment, rest, &moment))
        return {};
    return time_point::since_epoch(duration::nanoseconds(moment));
}

}  // namespace shearpin::inline v1::detail
