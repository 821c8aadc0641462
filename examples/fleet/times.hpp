// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/time.hpp>

#include <chrono>
#include <optional>
#include <string_view>

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

}  // namespace fleet
