// SPDX-License-Identifier: BSL-1.0
#include <shearpin/rules/freeze.hpp>

#include <shearpin/policy.hpp>

#include "support.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <random>
#include <string>

#include <doctest/doctest.h>

namespace chrono = std::chrono;
using namespace std::chrono_literals;
using shearpin::count;
using shearpin::date;
using shearpin::duration;
using shearpin::facts;
using shearpin::freeze;
using shearpin::need;
using shearpin::policy;
using shearpin::time_point;
using shearpin::weekday;
using shearpin::window;
using support::broken;
using support::described;
using support::explained;
using support::spelled;

namespace {

constexpr count everything = ~count{0};

constexpr facts at(time_point when) { return {.pool = {10, 10}, .now = when}; }

constexpr time_point first = date(2026, 12, 20).begins();
constexpr time_point last = date(2027, 1, 4).begins();
constexpr freeze holidays(window::dates(date(2026, 12, 20), date(2027, 1, 4)));
constexpr freeze weekends(window::weekly(weekday::friday, 16h, weekday::monday, 8h));
constexpr freeze nights(window::weekly(weekday::tuesday, 1h, weekday::tuesday, 5h));
constexpr time_point monday = date(2026, 3, 2).begins();

/// Nanoseconds since the last Monday 00:00 UTC, as <chrono> sees it.
std::int64_t moment_of_week(chrono::sys_time<chrono::nanoseconds> when) {
    const auto day = chrono::floor<chrono::days>(when);
    const chrono::days since_monday(chrono::weekday(day).iso_encoding() - 1);
    return (when - day + since_monday).count();
}

constexpr std::int64_t week = chrono::nanoseconds(chrono::weeks(1)).count();

/// How long ago the last of these moments of the week was.
std::int64_t since(std::int64_t then, std::int64_t now) { return (now - then + week) % week; }

}  // namespace

TEST_CASE("freeze: dates, from the first moment up to and without the last") {
    static_assert(holidays.limit(at(first)) == 0);
    CHECK(holidays.limit(at(first - 1ns)) == everything);
    CHECK(holidays.limit(at(first + 1ns)) == 0);
    CHECK(holidays.limit(at(last - 1ns)) == 0);
    CHECK(holidays.limit(at(last)) == everything);
    CHECK(holidays.limit(at(date(2027, 12, 24).begins())) == everything);  // not every year
}

TEST_CASE("freeze: every week, from the first moment up to and without the last") {
    const time_point friday = monday + 96h;
    CHECK(weekends.limit(at(friday + 16h - 1ns)) == everything);
    CHECK(weekends.limit(at(friday + 16h)) == 0);
    CHECK(weekends.limit(at(friday + 40h)) == 0);
    CHECK(weekends.limit(at(friday + 72h)) == 0);  // over the end of the week
    CHECK(weekends.limit(at(friday + 80h - 1ns)) == 0);
    CHECK(weekends.limit(at(friday + 80h)) == everything);
    CHECK(weekends.limit(at(monday)) == 0);
    CHECK(nights.limit(at(monday + 24h)) == everything);
    CHECK(nights.limit(at(monday + 25h)) == 0);
    CHECK(nights.limit(at(monday + 29h)) == everything);
    CHECK(nights.limit(at(monday + 25h + 52 * 168h)) == 0);
    CHECK(nights.limit(at(time_point::since_epoch(duration::days(-2)) + 1h)) ==
          0);  // a Tuesday too
}

TEST_CASE("freeze: whole days, and the whole week") {
    constexpr freeze sundays(window::weekly(weekday::sunday, 0h, weekday::sunday, 24h));
    CHECK(sundays.limit(at(monday - 1ns)) == 0);
    CHECK(sundays.limit(at(monday - 24h)) == 0);
    CHECK(sundays.limit(at(monday - 24h - 1ns)) == everything);
    CHECK(sundays.limit(at(monday)) == everything);
    constexpr freeze always(window::weekly(weekday::monday, 5h, weekday::monday, 5h));
    static_assert(always.closed().ends_never());
    CHECK(always.limit(at(monday)) == 0);
    CHECK(always.limit(at(monday + 5h)) == 0);
    constexpr freeze whole(window::weekly(weekday::monday, 0h, weekday::sunday, 24h));
    static_assert(whole.closed().ends_never());
    CHECK(whole.limit(at(monday + 3h)) == 0);
}

TEST_CASE("freeze: for ever") {
    static_assert(freeze().limit(at(first)) == 0);
    CHECK(freeze().limit({}) == 0);
    CHECK(freeze().at_best({}) == 0);
    CHECK(broken(freeze(), at(first), 1).for_good());
    CHECK_FALSE(broken(freeze(), at(first), 1).retry_after());
    CHECK_FALSE(broken(freeze(), facts{}, 1).retry_after());
    CHECK(freeze() == freeze(window::always()));
    CHECK(window::always().contains(first));
    CHECK(window::always().contains({}));
}

TEST_CASE("freeze: where the time is not known, nothing may go") {
    CHECK(holidays.limit({}) == 0);
    CHECK(weekends.limit({}) == 0);
    CHECK_FALSE(broken(holidays, facts{}, 1).retry_after());
    CHECK_FALSE(broken(weekends, facts{}, 1).retry_after());
    CHECK_FALSE(broken(weekends, facts{}, 1).for_good());
    CHECK(explained(weekends, facts{}) ==
          "the time is not known; give the guard a clock that knows it");
}

TEST_CASE("freeze: at the ends of time") {
    constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
    const auto far = [](std::int64_t ns) {
        return time_point::since_epoch(duration::nanoseconds(ns));
    };
    CHECK(holidays.limit(at(far(top))) == everything);
    CHECK(holidays.limit(at(far(-top - 1))) == everything);
    const freeze long_one(*window::read(far(-top - 1), far(top)));
    CHECK(long_one.limit(at(far(-top - 1))) == 0);
    CHECK(long_one.limit(at(far(top - 1))) == 0);
    CHECK(long_one.limit(at(far(top))) == everything);
    CHECK(long_one.retry_after(at(far(-top - 1)), 1) == duration::nanoseconds(top));
    CHECK(long_one.retry_after(at(far(top - 1)), 1) == duration::nanoseconds(1));
    // The last moment is on a Friday, 23:47:16, and the first one on a Tuesday, 00:12:43.
    CHECK(weekends.limit(at(far(top))) == 0);
    CHECK(nights.limit(at(far(top))) == everything);
    CHECK(weekends.limit(at(far(-top - 1))) == everything);
    constexpr freeze early(window::weekly(weekday::tuesday, 0h, weekday::tuesday, 1h));
    CHECK(early.limit(at(far(-top - 1))) == 0);
    CHECK(early.limit(at(far(-top))) == 0);
}

TEST_CASE("freeze: says how long it lasts, and then it is over") {
    CHECK(*holidays.retry_after(at(first), 1) == duration(15 * 24h));
    CHECK(*holidays.retry_after(at(last - 1ns), 1) == duration(1ns));
    const time_point friday = monday + 96h;
    CHECK(*weekends.retry_after(at(friday + 16h), 1) == duration(64h));
    CHECK(*weekends.retry_after(at(monday + 7h), 1) == duration(1h));
    CHECK(*weekends.retry_after(at(monday - 1ns), 1) == duration(8h + 1ns));
    CHECK(*nights.retry_after(at(monday + 25h), 1) == duration(4h));
    const auto found = broken(weekends, at(friday + 16h), 10);
    CHECK_FALSE(found.for_good());
    CHECK(*found.retry_after() == duration(64h));
    CHECK(weekends.limit(at(friday + 16h + *found.retry_after())) == everything);
    CHECK(weekends.limit(at(friday + 16h + *found.retry_after() - duration(1ns))) == 0);
}

TEST_CASE("freeze: weekly windows as <chrono> sees them, at random moments of three centuries") {
    const auto check = [](const freeze& rule, std::int64_t begin, std::int64_t end) {
        std::mt19937_64 random(4);
        for (int round = 0; round != 5'000; ++round) {
            std::int64_t ns = static_cast<std::int64_t>(random());
            if (round % 2 == 0) ns -= ns % 3'600'000'000'000;  // the ends are on whole hours
            const std::int64_t now =
                moment_of_week(chrono::sys_time<chrono::nanoseconds>(chrono::nanoseconds(ns)));
            const bool closed = since(begin, now) < since(begin, end);
            const facts known = at(time_point::since_epoch(duration::nanoseconds(ns)));
            CAPTURE(ns);
            REQUIRE(rule.limit(known) == (closed ? 0 : everything));
            if (closed) REQUIRE(rule.retry_after(known, 1)->in_nanoseconds() == since(now, end));
        }
    };
    constexpr std::int64_t hour = 3'600'000'000'000;
    check(weekends, (4 * 24 + 16) * hour, 8 * hour);
    check(nights, 25 * hour, 29 * hour);
    check(freeze(window::weekly(weekday::thursday, 0h, weekday::thursday, 1h)), 72 * hour,
          73 * hour);
    check(freeze(window::weekly(weekday::sunday, 23h, weekday::monday, 0h)), 167 * hour, 0);
    check(freeze(window::weekly(weekday::saturday, 12h, weekday::saturday, 11h)), 132 * hour,
          131 * hour);
}

TEST_CASE("freeze: in a policy, beside others") {
    constexpr policy rules{holidays, weekends};
    CHECK(rules.max_removable(at(monday + 12h)) == 10);
    CHECK(rules.max_removable(at(monday + 7h)) == 0);
    CHECK(rules.max_removable(at(first + 48h)) == 0);  // a Tuesday in the holidays
    CHECK_FALSE(rules.admits(at(monday + 7h), shearpin::amounts::of(1)));
    CHECK(rules.admits(at(monday + 8h), shearpin::amounts::of(10)));
}

TEST_CASE("freeze: a window from data") {
    CHECK(*window::read(first, last) == holidays.closed());
    CHECK_FALSE(window::read(last, first));
    CHECK_FALSE(window::read(first, first));
    CHECK_FALSE(window::read({}, last));
    CHECK_FALSE(window::read(first, {}));
    CHECK_FALSE(window::read({}, {}));
    constexpr window exact = window::between(first + duration::hours(1), last);
    CHECK_FALSE(exact.contains(first));
    CHECK(exact.contains(first + 1h));
}

TEST_CASE("freeze: no window from an unknown moment, or to one") {
    CHECK_FALSE(window::read(time_point{}, last));
    CHECK_FALSE(window::read(time_point::since_epoch(-1h), time_point{}));
}

TEST_CASE("freeze: the whole week holds every moment of it") {
    constexpr window all = window::weekly(weekday::friday, 16h, weekday::friday, 16h);
    for (const auto& moment : {monday, monday + 4 * 24h + 16h, monday + 4 * 24h + 16h - 1ns})
        CHECK(all.contains(moment));
    CHECK(window::always().contains(monday));
    CHECK(window::always().contains(monday - 1ns));
    CHECK(broken(freeze(), at(monday), 1).for_good());
    CHECK(broken(freeze(all), at(monday), 1).for_good());
    CHECK(weekends.at_best(at(monday)) == everything);
}

TEST_CASE("freeze: a weekly one lasts up to its last nanosecond, and is told to the nanosecond") {
    CHECK(*weekends.retry_after(at(monday + 8h - 1ns), 1) == duration(1ns));
    CHECK(*weekends.retry_after(at(monday + 8h - 2ns), 1) == duration(2ns));
    const auto told = [](duration from, duration to) {
        return spelled(*window::read(weekday::sunday, from, weekday::monday, to));
    };
    CHECK(told(23h + 59min, 1h) == "sun 23:59, mon 01:00");
    CHECK(told(23h + 59min + 59s, 500ms) == "sun 23:59:59, mon 00:00:00.5");
    CHECK(told(23h + 59min + 59s + 999'999'999ns, 10h + 1ns) ==
          "sun 23:59:59.999999999, mon 10:00:00.000000001");
}

TEST_CASE("freeze: a time of day from data is from 0h to 24h, on either side of the window") {
    const duration too_long = duration(24h) + duration::nanoseconds(1);
    const duration negative = duration::nanoseconds(-1);
    for (const duration none : {too_long, negative}) {
        CHECK_FALSE(window::read(weekday::friday, none, weekday::monday, 8h));
        CHECK_FALSE(window::read(weekday::friday, 16h, weekday::monday, none));
    }
    CHECK(*window::read(weekday::friday, 16h, weekday::monday, 8h) == weekends.closed());
    CHECK(*window::read(weekday::saturday, 0h, weekday::sunday, 24h) ==
          *window::read(weekday::friday, 24h, weekday::monday, 0h));
}

TEST_CASE("freeze: all the time is a window, too") {
    CHECK(window::always().contains(monday));
    CHECK(window::always().ends_never());
    CHECK(window::always().is_always());
    CHECK_FALSE(weekends.closed().is_always());
    CHECK_FALSE(window::always().remaining(monday));
}

TEST_CASE("freeze: needs a clock, but for one that never ends") {
    CHECK(shearpin::detail::needs_of(holidays) == need::clock);
    CHECK(shearpin::detail::needs_of(weekends) == need::clock);
    CHECK(shearpin::detail::needs_of(freeze()) == need::nothing);
    static_assert(freeze::all_or_nothing);
    static_assert(shearpin::detail::measure_of<freeze>() == shearpin::measure::amount);
    CHECK(weekends.closed().is_weekly());
    CHECK_FALSE(holidays.closed().is_weekly());
    CHECK(weekends.closed().end_of_week_moment() == duration(8h));
}

TEST_CASE("freeze: words") {
    CHECK(spelled(freeze()) == "freeze()");
    CHECK(spelled(holidays) == "freeze(2026-12-20T00:00Z, 2027-01-04T00:00Z)");
    CHECK(spelled(weekends) == "freeze(fri 16:00, mon 08:00)");
    CHECK(spelled(freeze(window::weekly(weekday::wednesday, 9h + 5min, weekday::thursday,
                                        10h + 30min))) == "freeze(wed 09:05, thu 10:30)");
    CHECK(spelled(freeze(window::weekly(weekday::saturday, 0h, weekday::sunday, 24h))) ==
          "freeze(sat 00:00, mon 00:00)");
    CHECK(spelled(freeze(window::weekly(weekday::tuesday, 59s, weekday::tuesday, 1h + 7s))) ==
          "freeze(tue 00:00:59, tue 01:00:07)");
    CHECK(spelled(window::always()) == "always");
    CHECK(described(broken(freeze(), at(monday), 1)) == "freeze(): nothing may ever be removed");
    CHECK(described(broken(weekends, at(monday), 1).in_pool("index")) ==
          "index: freeze(fri 16:00, mon 08:00): nothing may be removed in this window");
    CHECK(described(broken(weekends, facts{}, 1)) ==
          "freeze(fri 16:00, mon 08:00): the time is not known; give the guard a clock that knows "
          "it");
}

TEST_CASE("freeze: equal when the windows are") {
    CHECK(weekends == freeze(window::weekly(weekday::friday, 16h, weekday::monday, 8h)));
    CHECK(weekends != nights);
    CHECK(weekends != holidays);
    CHECK(freeze() != weekends);
}
