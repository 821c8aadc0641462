// SPDX-License-Identifier: BSL-1.0
#include <shearpin/rules/fresh_within.hpp>

#include <shearpin/calendar.hpp>
#include <shearpin/policy.hpp>

#include "oracle.hpp"
#include "support.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <random>

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using shearpin::count;
using shearpin::duration;
using shearpin::facts;
using shearpin::fresh_within;
using shearpin::need;
using shearpin::policy;
using shearpin::time_point;
using support::broken;
using support::described;
using support::explained;
using support::spelled;

namespace {

constexpr count everything = ~count{0};
constexpr time_point noon = shearpin::date(2026, 3, 1).begins() + duration::hours(12);

/// Seen so long ago.
constexpr facts seen(duration age) {
    return {.pool = {10, 10}, .now = noon, .observed_at = noon - age};
}

}  // namespace

TEST_CASE("fresh_within: below, at and above the age") {
    constexpr fresh_within rule(5min);
    static_assert(rule.limit(seen(4min)) == everything);
    CHECK(rule.limit(seen(0s)) == everything);
    CHECK(rule.limit(seen(5min - 1ns)) == everything);
    CHECK(rule.limit(seen(5min)) == everything);  // exactly this old is fresh
    CHECK(rule.limit(seen(5min + 1ns)) == 0);
    CHECK(rule.limit(seen(1h)) == 0);
}

TEST_CASE(
    "fresh_within: from the future is the difference of two clocks, up to the same duration") {
    CHECK(fresh_within(1h).limit(seen(-1h)) == everything);
    CHECK(fresh_within(1h).limit(seen(-1h - 1ns)) == 0);
    CHECK(
        explained(fresh_within(1min), seen(-1h)) ==
        "the observation is 1h in the future, which is another clock or another unit; look again");
    CHECK(fresh_within(1ns).limit(seen(1ns)) == everything);
    CHECK(fresh_within(1ns).limit(seen(2ns)) == 0);
}

TEST_CASE("fresh_within: what is not known is not fresh") {
    constexpr fresh_within rule(5min);
    facts known = seen(1min);
    CHECK(rule.limit(known) == everything);
    known.complete = false;
    CHECK(rule.limit(known) == 0);
    CHECK(explained(rule, known) == "the observation is incomplete; look again");
    known = seen(1min);
    known.observed_at = {};
    CHECK(rule.limit(known) == 0);
    CHECK(explained(rule, known) == "the observation says no time; look again");
    known = seen(1min);
    known.now = {};
    CHECK(rule.limit(known) == 0);
    CHECK(explained(rule, known) == "the time is not known; give the guard a clock that knows it");
    CHECK(rule.limit(facts{.pool = {10, 10}}) == 0);
    // Nor is it seen at the epoch, on a machine whose clock has just started there.
    known = {.pool = {10, 10}, .now = time_point::since_epoch(1min), .observed_at = {}};
    CHECK(rule.limit(known) == 0);
    known.observed_at = time_point::since_epoch({});
    CHECK(rule.limit(known) == everything);
    // Both unknown are not the same moment.
    CHECK(rule.limit({.pool = {10, 10}, .now = {}, .observed_at = {}}) == 0);
}

TEST_CASE("fresh_within: an unknown time is none, also of what was seen in 1970; which is told") {
    constexpr fresh_within rule(5min);
    const facts old{.pool = {10, 10}, .observed_at = time_point::since_epoch(1min)};
    CHECK(rule.limit(old) == 0);
    CHECK(explained(rule, old) == "the time is not known; give the guard a clock that knows it");
    facts incomplete = old;
    incomplete.complete = false;
    CHECK(explained(rule, incomplete) == "the observation is incomplete; look again");
    CHECK(explained(rule, facts{.pool = {10, 10}}) == "the observation says no time; look again");
    incomplete.observed_at = {};
    CHECK(explained(rule, incomplete) == "the observation is incomplete; look again");
}

TEST_CASE("fresh_within: at the ends of time") {
    constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
    const auto at = [](std::int64_t ns) {
        return time_point::since_epoch(duration::nanoseconds(ns));
    };
    const auto limit = [&](std::int64_t now, std::int64_t then) {
        return fresh_within(5min).limit({.pool = {}, .now = at(now), .observed_at = at(then)});
    };
    CHECK(limit(top, top) == everything);
    CHECK(limit(top, -top) == 0);
    CHECK(limit(top, -top - 1) == 0);
    CHECK(limit(-top - 1, top) == 0);
    CHECK(limit(-top - 1, -top - 1) == everything);
    CHECK(limit(0, -top - 1) == 0);
}

TEST_CASE("fresh_within: like the difference in wide arithmetic") {
    std::mt19937_64 random(55);
    for (int round = 0; round != 20'000; ++round) {
        const auto now = static_cast<std::int64_t>(random()) >> (random() % 64);
        const auto then = round % 2 == 0 ? static_cast<std::int64_t>(random()) >> (random() % 64)
                                         : now - static_cast<std::int64_t>(random() % 9) / 2;
        const std::int64_t age = static_cast<std::int64_t>(random() >> (1 + random() % 63) | 1);
        const facts known{.pool = {},
                          .now = time_point::since_epoch(duration::nanoseconds(now)),
                          .observed_at = time_point::since_epoch(duration::nanoseconds(then))};
        const oracle::wide difference = oracle::wide{now} - then;
        const bool fresh = difference <= age && -difference <= age;
        CAPTURE(now);
        CAPTURE(then);
        CAPTURE(age);
        // The longest age there is stands for all that are longer.
        if (age == std::numeric_limits<std::int64_t>::max()) continue;
        REQUIRE(fresh_within::from(duration::nanoseconds(age))->limit(known) ==
                (fresh ? oracle::no_limit : 0));
    }
}

TEST_CASE("fresh_within: in a policy") {
    constexpr policy rules{fresh_within(5min)};
    const auto asked = shearpin::amounts::of(10);
    CHECK(rules.admits(seen(5min), asked));
    CHECK_FALSE(rules.admits(seen(6min), asked));
    CHECK_FALSE(rules.admits(seen(1min), shearpin::amounts::of(11)));
    CHECK(rules.max_removable(seen(5min)) == 10);
    CHECK(rules.max_removable(seen(6min)) == 0);
}

TEST_CASE("fresh_within: needs a clock and a time of the observation") {
    constexpr need needs = shearpin::detail::needs_of(fresh_within(1s));
    static_assert(includes(needs, need::clock) && includes(needs, need::observation_time));
    static_assert(fresh_within::once && fresh_within::all_or_nothing);
    static_assert(shearpin::detail::measure_of<fresh_within>() == shearpin::measure::amount);
}

TEST_CASE("fresh_within: from data") {
    CHECK(*fresh_within::from(5min) == fresh_within(5min));
    CHECK(*fresh_within::from(1ns) == fresh_within(1ns));
    CHECK_FALSE(fresh_within::from(duration()));
    CHECK_FALSE(fresh_within::from(-5min));
    CHECK(fresh_within(5min) != fresh_within(6min));
}

TEST_CASE("fresh_within: refuses for now, and a new look may help at once") {
    const auto found = broken(fresh_within(5min), seen(1h), 3);
    CHECK_FALSE(found.for_good());
    CHECK_FALSE(found.retry_after());
}

TEST_CASE("fresh_within: words") {
    CHECK(spelled(fresh_within(5min)) == "fresh_within(5min)");
    CHECK(spelled(fresh_within(90s)) == "fresh_within(1min30s)");
    CHECK(described(broken(fresh_within(5min), seen(62min), 3).in_pool("index")) ==
          "index: fresh_within(5min): the observation is 1h2min old; look again");
}
