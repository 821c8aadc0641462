// SPDX-License-Identifier: BSL-1.0
// The calendar of <chrono> is the oracle.
#include <shearpin/calendar.hpp>
#include <shearpin/detail/read_values.hpp>

#include "support.hpp"

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <random>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>

namespace chrono = std::chrono;
using namespace std::chrono_literals;
using shearpin::date;
using shearpin::time_point;

namespace {

std::string spelled(time_point when) {
    return support::told([&](shearpin::writer& out) { shearpin::spell_utc(when, out); });
}

/// The same moment by <chrono> and printf.
std::string spelled_by_oracle(chrono::sys_time<chrono::nanoseconds> when) {
    const auto second = chrono::floor<chrono::seconds>(when);
    const auto day = chrono::floor<chrono::days>(second);
    const chrono::year_month_day ymd(day);
    const chrono::hh_mm_ss time(second - day);
    char text[64];
    int used = std::snprintf(text, sizeof(text), "%d-%02u-%02uT%02d:%02d", int{ymd.year()},
                             unsigned{ymd.month()}, unsigned{ymd.day()},
                             static_cast<int>(time.hours().count()),
                             static_cast<int>(time.minutes().count()));
    std::string all(text, static_cast<std::size_t>(used));
    // Not `when - second`, which does not fit where the first second has no beginning.
    const std::int64_t part = when.time_since_epoch().count() % 1'000'000'000;
    const int nanoseconds = static_cast<int>(part < 0 ? part + 1'000'000'000 : part);
    if (time.seconds() != 0s || nanoseconds != 0) {
        used = std::snprintf(text, sizeof(text), ":%02d", static_cast<int>(time.seconds().count()));
        all.append(text, static_cast<std::size_t>(used));
    }
    if (nanoseconds != 0) {
        used = std::snprintf(text, sizeof(text), ".%09d", nanoseconds);
        all.append(text, static_cast<std::size_t>(used));
        all.erase(all.find_last_not_of('0') + 1);
    }
    return all + "Z";
}

}  // namespace

TEST_CASE("calendar: every day of 1200 years has its number") {
    chrono::sys_days day = chrono::sys_days(chrono::year(1400) / 1 / 1);
    const chrono::sys_days end = chrono::sys_days(chrono::year(2600) / 1 / 1);
    std::string wrong;
    for (; day != end && wrong.empty(); day += chrono::days(1)) {
        const chrono::year_month_day ymd(day);
        if (shearpin::days_since_epoch(int{ymd.year()}, unsigned{ymd.month()},
                                       unsigned{ymd.day()}) != day.time_since_epoch().count())
            wrong = std::to_string(day.time_since_epoch().count());
    }
    CHECK(wrong == "");
}

TEST_CASE("calendar: far from today") {
    for (const int year : {-32767, -401, -400, -399, -1, 0, 1, 399, 400, 32767}) {
        CAPTURE(year);
        const chrono::sys_days first(chrono::year(year) / 1 / 1);
        const chrono::sys_days march(chrono::year(year) / 3 / 1);
        CHECK(shearpin::days_since_epoch(year, 1, 1) == first.time_since_epoch().count());
        CHECK(shearpin::days_since_epoch(year, 3, 1) == march.time_since_epoch().count());
    }
}

TEST_CASE("calendar: a date begins at midnight UTC") {
    static_assert(date(1970, 1, 1).begins() == time_point::since_epoch({}));
    static_assert(date(2000, 2, 29).begins() < date(2000, 3, 1).begins());
    CHECK(date(2017, 2, 28).begins() == time_point(chrono::sys_days(chrono::year(2017) / 2 / 28)));
    CHECK(date(2200, 12, 31).begins() ==
          time_point(chrono::sys_days(chrono::year(2200) / 12 / 31)));
    CHECK(date(2024, 3, 1).begins() - date(2024, 2, 28).begins() == shearpin::duration(48h));
    CHECK(date(2100, 3, 1).begins() - date(2100, 2, 28).begins() == shearpin::duration(24h));
}

TEST_CASE("calendar: a month has as many days as in <chrono>, and a year twelve months") {
    for (const int year : {1970, 2000, 2024, 2026, 2100, 2200})
        for (unsigned month = 0; month != 14; ++month)
            for (unsigned day = 0; day != 33; ++day) {
                CAPTURE(year);
                CAPTURE(month);
                CAPTURE(day);
                const chrono::year_month_day there{chrono::year(year), chrono::month(month),
                                                   chrono::day(day)};
                char text[64];
                std::snprintf(text, sizeof(text), "%d-%02u-%02u", year, month, day);
                const auto read = shearpin::detail::read_moment(std::string(text));
                REQUIRE(read.has_value() == there.ok());
                if (there.ok()) REQUIRE(*read == time_point(chrono::sys_days(there)));
            }
}

TEST_CASE("calendar: the weekdays are in order, from monday") {
    using shearpin::weekday;
    CHECK(static_cast<int>(weekday::monday) == 0);
    CHECK(static_cast<int>(weekday::tuesday) == 1);
    CHECK(static_cast<int>(weekday::wednesday) == 2);
    CHECK(static_cast<int>(weekday::thursday) == 3);
    CHECK(static_cast<int>(weekday::friday) == 4);
    CHECK(static_cast<int>(weekday::saturday) == 5);
    CHECK(static_cast<int>(weekday::sunday) == 6);
}

TEST_CASE("calendar: times as they are written") {
    CHECK(spelled(date(2026, 12, 24).begins()) == "2026-12-24T00:00Z");
    CHECK(spelled(date(2026, 12, 24).begins() + 8h) == "2026-12-24T08:00Z");
    CHECK(spelled(date(2026, 12, 24).begins() + 8h + 5s) == "2026-12-24T08:00:05Z");
    CHECK(spelled(date(1970, 1, 1).begins()) == "1970-01-01T00:00Z");
    CHECK(spelled(date(1970, 1, 1).begins() - 1s) == "1969-12-31T23:59:59Z");
    CHECK(spelled(date(1970, 1, 1).begins() - 1ns) == "1969-12-31T23:59:59.999999999Z");
    CHECK(spelled(date(1970, 1, 1).begins() + 20ms) == "1970-01-01T00:00:00.02Z");
    CHECK(spelled(date(2000, 2, 29).begins() + 23h + 59min) == "2000-02-29T23:59Z");
    CHECK(spelled(time_point()) == "unknown");
}

TEST_CASE("calendar: times in whole seconds, of one width, for a log") {
    CHECK(shearpin::utc_text(date(2026, 12, 24).begins()) == "2026-12-24T00:00:00Z");
    CHECK(shearpin::utc_text(date(2026, 12, 24).begins() + 8h + 5s + 999ms) ==
          "2026-12-24T08:00:05Z");
    CHECK(shearpin::utc_text(date(1970, 1, 1).begins() - 1ns) == "1969-12-31T23:59:59Z");
    CHECK(shearpin::utc_text(time_point()) == "unknown");
    static_assert(shearpin::utc_text(date(2026, 1, 2).begins()) == "2026-01-02T00:00:00Z");
    // The type is part of what is promised: a struct of the user's may hold such a text.
    static_assert(std::is_same_v<decltype(shearpin::utc_text({})), shearpin::fixed_text<31>>);
}

TEST_CASE("calendar: the first and the last day of each month are written as <chrono> sees them") {
    for (chrono::year year{1678}; year != chrono::year{2262}; ++year)
        for (unsigned month = 1; month <= 12; ++month)
            for (const chrono::sys_days day :
                 {chrono::sys_days(year / chrono::month{month} / 1),
                  chrono::sys_days(year / chrono::month{month} / chrono::last)})
                REQUIRE(spelled(day) == spelled_by_oracle(day));
}

TEST_CASE("calendar: times are written as <chrono> sees them, to both ends of the range") {
    std::mt19937_64 random(8);
    for (int round = 0; round != 50'000; ++round) {
        std::int64_t moment = static_cast<std::int64_t>(random());
        // Whole minutes and whole days are written shorter, so they need their share.
        if (round % 4 == 1) moment -= moment % 60'000'000'000;
        if (round % 4 == 2) moment -= moment % 86'400'000'000'000;
        if (round == 0) moment = std::numeric_limits<std::int64_t>::max();
        if (round == 1) moment = std::numeric_limits<std::int64_t>::min();
        const chrono::sys_time<chrono::nanoseconds> when{chrono::nanoseconds(moment)};
        const std::string written = spelled_by_oracle(when);
        REQUIRE(spelled(when) == written);
        REQUIRE(shearpin::utc_text(when, shearpin::utc_format::exact) == written);
        // Without the parts of a second; with ":00" where it is a whole minute.
        const std::string whole = shearpin::utc_text(when);
        REQUIRE(whole.size() == 20);
        REQUIRE(whole.substr(0, 16) == written.substr(0, 16));
        REQUIRE(whole.substr(16) == (written[16] == 'Z' ? ":00Z" : written.substr(16, 3) + "Z"));
        REQUIRE(shearpin::detail::read_moment(written) == time_point(when));
    }
}
