// SPDX-License-Identifier: BSL-1.0
// Freezes at the ends of time, and for ever, and what is proved of several of them together.
#include "policy_text_testing.hpp"

#include <shearpin/policy_text.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <cstdint>

using shearpin::at_least_as_strict, shearpin::dead_rules, shearpin::duration, shearpin::window;

namespace {

auto read(const char* text) { return shearpin::parse_policy(text).value(); }

struct own {
    static constexpr shearpin::text_view name = "own";
    [[nodiscard]] constexpr shearpin::count limit(const shearpin::facts&) const { return 1; }
};

}  // namespace

TEST_CASE("freezes together: up to the end of time") {
    // It ends on a Friday, before midnight.
    const auto last = shearpin::time_point::since_epoch(duration::nanoseconds(INT64_MAX));
    const auto end_of_all =
        policy_texts::made_of({{.kind = shearpin::detail::rule_kind::freeze,
                                .closed = *window::read(last - duration::hours(2), last)}});
    CHECK(at_least_as_strict(read("freeze(fri 08:00, sat 00:00)"), end_of_all));
    CHECK(at_least_as_strict(read("freeze(fri 08:00, fri 23:50)"), end_of_all));
    CHECK_FALSE(at_least_as_strict(read("freeze(fri 08:00, fri 23:40)"), end_of_all));
    CHECK(at_least_as_strict(read("freeze(fri 08:00, fri 23:40), freeze(fri 23:00, mon 08:00)"),
                             end_of_all));
    CHECK_FALSE(at_least_as_strict(
        read("freeze(fri 08:00, fri 23:40), freeze(fri 23:41, mon 08:00)"), end_of_all));
}

TEST_CASE("freezes together: one for ever closes all, with an override to lift it where that may") {
    const auto dates = read("freeze(2026-12-20, 2027-01-02)");
    const auto liftable = read("overridable(freeze(2026-12-20, 2027-01-02))");
    CHECK(at_least_as_strict(read("freeze()"), dates));
    CHECK(at_least_as_strict(read("freeze()"), liftable));
    CHECK(at_least_as_strict(read("overridable(freeze())"), liftable));
    CHECK_FALSE(at_least_as_strict(read("overridable(freeze())"), dates));
    CHECK(dead_rules(read("freeze(), freeze(2026-12-20, 2027-01-02)")) == 1);
    CHECK(dead_rules(read("freeze(2026-12-20, 2027-01-02), freeze()")) == 1);
}

TEST_CASE(
    "freezes together: windows of the week close one another where no moment between is left") {
    const struct {
        const char* strict;
        const char* than;
        bool is_proved;
    } cases[] = {
        {"freeze(mon 08:00, tue 08:00)", "freeze(mon 08:00, tue 08:00)", true},
        {"freeze(mon 08:00, mon 12:00)", "freeze(mon 08:00, tue 08:00)", false},
        {"freeze(mon 12:00, tue 08:00)", "freeze(mon 08:00, tue 08:00)", false},
        {"freeze(mon 08:00, mon 12:00), freeze(mon 12:00, tue 08:00)",
         "freeze(mon 08:00, tue 08:00)", true},
        {"freeze(mon 12:00, tue 08:00), freeze(mon 08:00, mon 12:00)",
         "freeze(mon 08:00, tue 08:00)", true},
        {"freeze(mon 08:00, mon 12:00), freeze(mon 12:01, tue 08:00)",
         "freeze(mon 08:00, tue 08:00)", false},
        {"freeze(mon 08:00, mon 12:00), freeze(mon 11:00, tue 07:59)",
         "freeze(mon 08:00, tue 08:00)", false},
        // Over the end of a week.
        {"freeze(sat 00:00, mon 00:00), freeze(mon 00:00, mon 08:00)",
         "freeze(sun 12:00, mon 08:00)", true},
        {"freeze(sat 00:00, sun 23:59), freeze(mon 00:00, mon 08:00)",
         "freeze(sun 12:00, mon 08:00)", false},
        {"freeze(fri 00:00, mon 08:00)", "freeze(sun 12:00, mon 08:01)", false},
        // All of the week, however it is cut.
        {"freeze(mon 00:00, thu 00:00), freeze(thu 00:00, mon 00:00)", "freeze()", true},
        {"freeze(mon 00:00, thu 00:00), freeze(thu 00:00, sun 23:59)", "freeze()", false},
        {"freeze(mon 00:00, thu 00:00)", "freeze()", false},
        {"freeze()", "freeze(mon 08:00, tue 08:00)", true},
        {"freeze(2026-12-21, 2026-12-28)", "freeze(mon 08:00, tue 08:00)", false},
        {"max_batch(5)", "freeze(mon 08:00, tue 08:00)", false},
        // No date closes a week, not even the first there is.
        {"freeze(1970-01-01, 1970-02-01)", "freeze(mon 08:00, tue 08:00)", false},
        {"freeze(mon 00:00, tue 00:00), freeze(1970-01-01, 1970-02-01)",
         "freeze(mon 00:00, wed 00:00)", false},
        // One gap is enough, wherever it is.
        {"freeze(mon 00:00, tue 00:00), freeze(wed 00:00, sat 00:00), freeze(wed 00:00, thu 00:00)",
         "freeze(mon 00:00, fri 00:00)", false},
        // What an override may lift closes with others what one may lift, and nothing else.
        {"overridable(freeze(mon 00:00, tue 00:00)), overridable(freeze(tue 00:00, wed 00:00))",
         "overridable(freeze(mon 00:00, wed 00:00))", true},
        {"overridable(freeze(mon 00:00, tue 00:00)), freeze(tue 00:00, wed 00:00)",
         "freeze(mon 00:00, wed 00:00)", false},
        // Dates, by what ends within them: 2026-12-21 is a Monday.
        {"freeze(mon 00:00, tue 00:00)", "freeze(2026-12-21, 2026-12-22)", true},
        {"freeze(mon 00:00, mon 12:00)", "freeze(2026-12-21, 2026-12-22)", false},
        {"freeze(mon 00:00, tue 00:00)", "freeze(2026-12-21, 2026-12-23)", false},
        {"freeze(tue 00:00, wed 00:00)", "freeze(2026-12-21, 2026-12-22)", false},
        {"freeze(wed 00:00, tue 00:00)", "freeze(2026-12-23, 2026-12-30)", false},
        {"freeze(wed 00:00, tue 00:00), freeze(tue 00:00, wed 00:00)",
         "freeze(2026-12-23, 2026-12-30)", true},
        {"freeze(mon 00:00, mon 12:00), freeze(mon 18:00, tue 00:00), freeze(mon 19:00, mon 20:00)",
         "freeze(2026-12-21, 2026-12-22)", false},
        {"freeze(mon 00:00, tue 00:00), freeze(2026-12-22, 2026-12-23)",
         "freeze(2026-12-21, 2026-12-23)", true},
        {"freeze(2026-12-21, 2026-12-23), freeze(wed 00:00, thu 00:00)",
         "freeze(2026-12-21, 2026-12-24)", true},
        {"freeze(2026-12-21, 2026-12-22), freeze(2026-12-23, 2026-12-24)",
         "freeze(2026-12-21, 2026-12-24)", false},
        {"freeze(2026-12-21, 2026-12-23), freeze(2026-12-22, 2026-12-24)",
         "freeze(2026-12-21, 2026-12-24)", true},
        // Open at the beginning alone, and closed wherever one of them ends.
        {"freeze(2026-12-22, 2026-12-23), freeze(2026-12-22, 2026-12-24)",
         "freeze(2026-12-21, 2026-12-24)", false},
    };
    for (const auto& each : cases) {
        CAPTURE(each.strict);
        CAPTURE(each.than);
        CHECK(at_least_as_strict(read(each.strict), read(each.than)) == each.is_proved);
    }
}

TEST_CASE("freezes together: one of dates long past closes nothing of a week, also as a constant") {
    using shearpin::date, shearpin::weekday;
    static constexpr auto rules = shearpin::policy{
        shearpin::freeze(window::dates(date(1970, 1, 1), date(1971, 1, 1))),
        shearpin::freeze(window::weekly(weekday::monday, duration{}, weekday::friday, duration{}))};
    static_assert(!shearpin::admits_nothing(rules));
    shearpin::manual_clock clock;  // on a Thursday
    auto remove = shearpin::guard<rules>([](unsigned) {}, [] { return shearpin::pool{9, 9}; })
                      .with_clock(clock);
    CHECK_FALSE(remove.check(1U).admitted());
    clock.advance(duration::days(1));
    CHECK(remove.check(1U).admitted());
}

TEST_CASE("freezes together: dates at the ends of time beside those of a week, also as constants") {
    using shearpin::date, shearpin::weekday, shearpin::freeze, shearpin::policy;
    constexpr auto first = shearpin::time_point::since_epoch(duration::nanoseconds(INT64_MIN + 1));
    constexpr auto last = shearpin::time_point::since_epoch(duration::nanoseconds(INT64_MAX));
    constexpr auto week = [](weekday from, weekday to) {
        return freeze(*window::read(from, duration{}, to, duration{}));
    };
    static constexpr auto all =
        policy{freeze(window::between(first, first + duration::hours(1))),
               freeze(window::between(last - duration::hours(1), last)),
               week(weekday::monday, weekday::wednesday), week(weekday::tuesday, weekday::friday)};
    static_assert(at_least_as_strict(all, policy{week(weekday::monday, weekday::thursday)}));
    static_assert(!at_least_as_strict(all, policy{week(weekday::monday, weekday::saturday)}));
    static_assert(at_least_as_strict(  // from a Tuesday to a Thursday
        all, policy{freeze(window::dates(date(2026, 12, 22), date(2026, 12, 24)))}));
    // From 1970 to the end of time, which is a Friday, leaves the Mondays before open.
    static_assert(
        !shearpin::admits_nothing(policy{freeze(window::between(date(1970, 1, 1).begins(), last)),
                                         week(weekday::friday, weekday::saturday)}));
}

TEST_CASE("freezes together: of those that are alike the first is not dead, and all others are") {
    // Found by looking at what no test noticed: of equal ones none was, of two for ever all were.
    CHECK(dead_rules(read("freeze(mon 00:00, tue 00:00), freeze(mon 00:00, tue 00:00)")) == 1);
    CHECK(dead_rules(read("freeze(2026-12-20, 2027-01-02), freeze(mon 00:00, tue 00:00), "
                          "freeze(2026-12-20, 2027-01-02), freeze(mon 00:00, tue 00:00)")) == 2);
    CHECK(dead_rules(read("freeze(mon 00:00, mon 00:00), freeze()")) == 1);
    CHECK(dead_rules(read("freeze(), freeze(mon 00:00, mon 00:00)")) == 1);
    CHECK(dead_rules(read("freeze(mon 00:00, mon 00:00), freeze(tue 00:00, tue 00:00)")) == 1);
    CHECK(dead_rules(read("freeze(), overridable(freeze()), freeze(wed 00:00, wed 00:00)")) == 2);
    // One that an override may lift is never alike to one that none may.
    CHECK(dead_rules(read("overridable(freeze(mon 00:00, tue 00:00)), "
                          "freeze(mon 00:00, tue 00:00)")) == 1);
    CHECK(dead_rules(read("freeze(mon 00:00, tue 00:00), "
                          "overridable(freeze(mon 00:00, tue 00:00))")) == 1);
    // Rules of one's own stand between.
    using shearpin::weekday;
    constexpr auto monday =
        shearpin::freeze(*window::read(weekday::monday, duration{}, weekday::tuesday, duration{}));
    CHECK(dead_rules(shearpin::policy{own{}, monday}) == 0);
    CHECK(dead_rules(shearpin::policy{monday, own{}, monday}) == 1);
    CHECK(dead_rules(shearpin::policy{own{}, monday, monday}) == 1);
}

TEST_CASE("freezes together: one that the others close is dead, and for ever nothing goes") {
    CHECK(dead_rules(read("freeze(mon 00:00, tue 00:00), freeze(tue 00:00, wed 00:00), "
                          "freeze(mon 12:00, tue 12:00)")) == 1);
    CHECK(dead_rules(read("freeze(mon 00:00, tue 00:00), freeze(tue 00:00, wed 00:00), "
                          "freeze(tue 12:00, wed 12:00)")) == 0);
    CHECK(shearpin::admits_nothing(read("freeze()")));
    CHECK(shearpin::admits_nothing(
        read("freeze(mon 00:00, thu 00:00), freeze(thu 00:00, mon 00:00)")));
    CHECK_FALSE(shearpin::admits_nothing(read("freeze(mon 00:00, thu 00:00)")));
    CHECK_FALSE(shearpin::admits_nothing(read("overridable(freeze())")));
}
