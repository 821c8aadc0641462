// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/calendar.hpp>
#include <shearpin/time.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "failure.hpp"
#include "numbers.hpp"

namespace fleet {

/// "2026-11-24T18:00Z", also with seconds; in UTC, so that nobody must know where it was written.
/// Nothing where the text is anything else, or no moment of the calendar.
inline std::optional<shearpin::time_point> read_time(std::string_view text) {
    constexpr std::string_view shapes[] = {"dddd-dd-ddTdd:ddZ", "dddd-dd-ddTdd:dd:ddZ"};
    const std::string_view shape = shapes[text.size() == shapes[1].size() ? 1 : 0];
    if (text.size() != shape.size()) return {};
    for (std::size_t at = 0; at != text.size(); ++at) {
        const bool fits =
            shape[at] == 'd' ? text[at] >= '0' && text[at] <= '9' : text[at] == shape[at];
        if (!fits) return {};
    }
    const auto number = [&](std::size_t begin, std::size_t digits) {
        unsigned value = 0;
        for (const char digit : text.substr(begin, digits))
            value = value * 10 + static_cast<unsigned>(digit - '0');
        return value;
    };
    const std::chrono::year_month_day day(std::chrono::year(static_cast<int>(number(0, 4))),
                                          std::chrono::month(number(5, 2)),
                                          std::chrono::day(number(8, 2)));
    const unsigned seconds = shape == shapes[1] ? number(17, 2) : 0;
    if (!day.ok() || number(11, 2) > 23 || number(14, 2) > 59 || seconds > 59) return {};
    const auto since = std::chrono::sys_days(day).time_since_epoch() +
                       std::chrono::hours(number(11, 2)) + std::chrono::minutes(number(14, 2)) +
                       std::chrono::seconds(seconds);
    return shearpin::time_point::since_epoch(since);
}

/// What is said of a text that is none.
inline constexpr auto no_duration =
    "no length of time, such as 90s, 15m, 1h or 7d, from one second to ten years";

/// "90s", "15m" (or "15min"), "1h", "7d", "1h30m": parts from the longest unit to the shortest.
/// Nothing where the text is anything else, or not between a second and ten years.
inline std::optional<shearpin::duration> read_duration(std::string_view text) {
    constexpr struct {
        std::string_view name;
        shearpin::count seconds;
    } units[] = {{"d", 86400}, {"h", 3600}, {"min", 60}, {"m", 60}, {"s", 1}};
    constexpr shearpin::count most = shearpin::count{3653} * 86400;
    shearpin::count total = 0;
    shearpin::count shortest = most;
    while (!text.empty()) {
        const std::size_t digits = text.find_first_not_of("0123456789");
        const auto number = read_count(text.substr(0, digits));
        if (digits == std::string_view::npos || !number || *number > most) return {};
        text.remove_prefix(digits);
        const std::size_t letters = std::min(text.find_first_of("0123456789"), text.size());
        shearpin::count unit = 0;
        for (const auto& each : units)
            if (text.substr(0, letters) == each.name) unit = each.seconds;
        if (unit == 0 || unit >= shortest) return {};
        shortest = unit;
        total += *number * unit;
        if (total > most) return {};
        text.remove_prefix(letters);
    }
    if (total == 0) return {};
    return shearpin::duration::seconds(static_cast<std::int64_t>(total));
}

/// The same of what stands behind an option; anything else is a failure that names it.
inline shearpin::duration read_length(const char* option, const std::string& text) {
    const auto length = read_duration(text);
    if (!length) bad_input(std::string(option) + ": `" + text + "` is " + no_duration);
    return *length;
}

/// "2026-11-24T18:00:07Z"; "unknown" where it is.
inline std::string time_text(shearpin::time_point when) { return shearpin::utc_text(when); }

/// "1h30min", in whole seconds where it is longer than one.
inline std::string duration_text(shearpin::duration length) {
    shearpin::fixed_text<63> text;
    text.write([&](shearpin::writer& out) { length.readable().spell(out); });
    return text;
}

/// How long something took, in whole seconds that are over.
inline std::string elapsed_text(shearpin::duration length) {
    const auto seconds = length.in_nanoseconds() / 1'000'000'000;
    return duration_text(shearpin::duration::seconds(std::max<std::int64_t>(seconds, 0)));
}

}  // namespace fleet
