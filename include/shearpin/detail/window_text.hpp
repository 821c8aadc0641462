// SPDX-License-Identifier: BSL-1.0
// A window of time in the text of a policy: what stands in freeze(...).
#pragma once

#include <shearpin/detail/read_values.hpp>
#include <shearpin/rules/freeze.hpp>

namespace shearpin::inline v1::detail {

inline constexpr text_view window_end = "a comma and when the window ends";

constexpr bool read_date(text_cursor& from, time_point& when) noexcept {
    constexpr text_view what =
        "a date or a moment in UTC that exists, such as 2026-12-20 or 2026-12-20T08:00Z";
    const text_view lump = from.take_lump();
    if (lump.empty()) return from.expected(what);
    const maybe<time_point> read = read_moment(lump);
    if (!read) return from.wrong(policy_mistake::this_is_no_moment_in_utc, lump, what);
    when = *read;
    return true;
}
constexpr bool read_dates(text_cursor& from, window& into) noexcept {
    time_point first;
    time_point after;
    if (!read_date(from, first) || !from.take_or_say(',', window_end)) return false;
    const text_view end = from.look();
    if (!read_date(from, after)) return false;
    const maybe<window> read = window::read(first, after);
    if (!read) return from.wrong(policy_mistake::a_window_ends_after_it_begins, end);
    into = *read;
    return true;
}

/// "fri 16:00".
constexpr bool read_day(text_cursor& from, weekday& day, duration& time) noexcept {
    constexpr text_view days[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    constexpr text_view what =
        "a date such as 2026-12-20, or a day of the week (mon, tue, wed, thu, fri, sat, sun) and a "
        "time such as fri 16:00";
    const text_view lump = from.look();
    std::size_t found = 0;
    while (found != 7 && !(days[found] == lump)) ++found;
    if (found == 7) return from.expected(what, nearest_word(lump, days));
    day = static_cast<weekday>(found);
    from.take_lump();
    const maybe<duration> read = read_time_of_day(from.look());
    if (!read) return from.expected("a time of day in UTC, such as 16:00, between 00:00 and 24:00");
    from.take_lump();
    time = *read;
    return true;
}
constexpr bool read_weekly(text_cursor& from, window& into) noexcept {
    weekday first_day{};
    weekday last_day{};
    duration first;
    duration last;
    if (!read_day(from, first_day, first) || !from.take_or_say(',', window_end) ||
        !read_day(from, last_day, last))
        return false;
    into = *window::read(first_day, first, last_day, last);  // read_day gives times of a day
    return true;
}

constexpr bool read_window(text_cursor& from, window& into) noexcept {
    const text_view found = from.look();
    return !found.empty() && is_digit(found.data()[0]) ? read_dates(from, into)
                                                       : read_weekly(from, into);
}

}  // namespace shearpin::inline v1::detail
