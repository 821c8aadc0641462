// SPDX-License-Identifier: BSL-1.0
// Rules that look at what was removed before, on a past that is handed to them. (What a ledger
// hands to them is tested in guard_ledger_rates.cpp.)
#include <shearpin/policy.hpp>
#include <shearpin/rules/cooldown.hpp>
#include <shearpin/rules/max_in_flight.hpp>
#include <shearpin/rules/max_rate.hpp>
#include <shearpin/rules/of_peak.hpp>

#include "support.hpp"

#include <chrono>

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using shearpin::amounts;
using shearpin::count;
using shearpin::duration;
using shearpin::history;
using support::explained;

namespace {

constexpr count everything = ~count{0};
constexpr shearpin::instant now{shearpin::time_point::since_epoch(1h), {}, 0};

history with_open(const amounts& open) {
    history::parts parts;
    parts.open = open;
    parts.now = now;
    return history(parts);
}
shearpin::facts facts_of(const history& past) {
    return {.pool = {100, 100}, .now = now.wall, .history = &past};
}

constexpr shearpin::cooldown rest_5min(5min);
constexpr shearpin::max_rate rate_20(20, 1h);
constexpr shearpin::max_in_flight flight_3(3);

}  // namespace

TEST_CASE("cooldown: from data, only a time that is longer than zero") {
    CHECK_FALSE(shearpin::cooldown::from(duration{}));
    CHECK_FALSE(shearpin::cooldown::from(duration::nanoseconds(-1)));
    const auto shortest = shearpin::cooldown::from(duration::nanoseconds(1));
    REQUIRE(shortest);
    CHECK(shortest->rest() == duration::nanoseconds(1));
}

TEST_CASE("max_rate: from data, only a window that is longer than zero") {
    CHECK_FALSE(shearpin::max_rate::from(count{5}, duration{}));
    CHECK_FALSE(shearpin::max_rate::from(count{5}, duration::nanoseconds(-1)));
    CHECK(shearpin::max_rate::from(count{5}, duration::nanoseconds(1)));
    CHECK_FALSE(shearpin::max_rate::from(everything, 1h));
}

TEST_CASE(
    "rules with a past: a fraction from data is rounded to the safe side, and told as it is") {
    const auto half = *shearpin::fraction::from(1, 2);
    const auto rate = shearpin::max_rate::from(half, 1h);
    const auto flight = shearpin::max_in_flight::from(half);
    REQUIRE(rate);
    REQUIRE(flight);
    const history nothing = with_open({});
    shearpin::facts known = facts_of(nothing);
    known.pool = {5, 5};
    CHECK(rate->limit(known) == 2);
    CHECK(flight->limit(known) == 2);
    CHECK(support::spelled(*rate) == "max_rate(50%, 1h)");
    CHECK(support::spelled(*flight) == "max_in_flight(50%)");
}

TEST_CASE(
    "min_remaining of a peak: from data, a window longer than zero and a baseline that can be") {
    using shearpin::min_remaining;
    const auto half = *shearpin::fraction::from(1, 2);
    CHECK_FALSE(min_remaining::from(half, duration{}));
    CHECK_FALSE(min_remaining::from(half, duration::nanoseconds(-1)));
    CHECK_FALSE(min_remaining::from(half, 1h, shearpin::largest_count + 1));
    CHECK_FALSE(min_remaining::from(half, duration{}, shearpin::largest_count + 1));
    const auto shortest = min_remaining::from(half, duration::nanoseconds(1));
    REQUIRE(shortest);
    CHECK(shortest->stated_baseline() == 0);
    CHECK(shortest->looks_back() == duration::nanoseconds(1));
    const auto largest = min_remaining::from(half, 1h, shearpin::largest_count);
    REQUIRE(largest);
    CHECK(largest->stated_baseline() == shearpin::largest_count);
    const auto five_at_first = min_remaining::from(half, 1h, 5);
    REQUIRE(five_at_first);
    CHECK(support::spelled(*five_at_first) == "min_remaining(50%, of_peak(1h), baseline(5))");
    const history nothing = with_open({});
    shearpin::facts known = facts_of(nothing);
    known.pool = {5, 5};
    CHECK(five_at_first->limit(known) == 2);
    known.pool = {3, 3};
    CHECK(five_at_first->limit(known) == 0);
}

TEST_CASE("cooldown: nothing while a removal is under way, of whatever it is") {
    // What is broken does not serve, and what is told in heads may weigh nothing.
    for (const amounts& open : {amounts{1, 1, 1}, amounts{0, 1, 1}, amounts{0, 0, 1},
                                amounts{0, 1, 0}, amounts{1, 0, 0}}) {
        const history past = with_open(open);
        CHECK(rest_5min.limit(facts_of(past)) == 0);
        CHECK_FALSE(rest_5min.retry_after(facts_of(past), 1));
        CHECK(explained(rest_5min, facts_of(past)) ==
              "a removal is under way, or was never settled; see the ledger's open entries");
    }
}

TEST_CASE("cooldown: everything where nothing was removed, or long ago") {
    const history nothing = with_open({});
    CHECK(rest_5min.limit(facts_of(nothing)) == everything);
    CHECK(explained(rest_5min, facts_of(nothing)) == "nothing was removed that is remembered");
    const shearpin::past_removal removals[] = {
        {{now.wall - 5min, {}, 0}, amounts::of(7), amounts::of(7)}};
    history::parts parts;
    parts.removals = removals;
    parts.number = 1;
    parts.now = now;
    CHECK(rest_5min.limit(facts_of(history(parts))) == everything);
    parts.now.wall = now.wall - 1ns;
    CHECK(rest_5min.limit(facts_of(history(parts))) == 0);
    CHECK(*rest_5min.retry_after(facts_of(history(parts)), 1) == 1ns);
}

TEST_CASE("cooldown: how long ago the last removal was, rounded down, and never to nothing") {
    const auto told = [](duration ago) {
        const shearpin::past_removal removals[] = {
            {{now.wall - ago, {}, 0}, amounts::of(7), amounts::of(7)}};
        history::parts parts;
        parts.removals = removals;
        parts.number = 1;
        parts.now = now;
        return explained(rest_5min, facts_of(history(parts)));
    };
    CHECK(told(duration{}) == "the last removal was 0s ago");
    CHECK(told(1ns) == "the last removal was less than 1s ago");
    CHECK(told(1s - 1ns) == "the last removal was less than 1s ago");
    CHECK(told(1s) == "the last removal was 1s ago");
    CHECK(told(5min - 1ns) == "the last removal was 4min59s ago");
}

TEST_CASE("without a ledger, nothing may go by what is not known, and the rule says so") {
    const shearpin::facts known{.pool = {100, 100}, .now = now.wall};
    CHECK(rest_5min.limit(known) == 0);
    CHECK(rate_20.limit(known) == 0);
    CHECK(flight_3.limit(known) == 0);
    CHECK_FALSE(rest_5min.retry_after(known, 1));
    CHECK_FALSE(rate_20.retry_after(known, 1));
    CHECK(explained(rest_5min, known) ==
          "when something was last removed is not known; give the guard a ledger");
    CHECK(explained(rate_20, known) ==
          "what was removed before is not known; give the guard a ledger");
    CHECK(explained(flight_3, known) ==
          "what others are removing is not known; give the guard a ledger");
}

TEST_CASE("max_rate and max_in_flight count the amount that is open, whatever of it serves") {
    const history past = with_open({1, 2, 3});
    CHECK(rate_20.limit(facts_of(past)) == 18);
    CHECK(flight_3.limit(facts_of(past)) == 1);
    const history more = with_open(amounts::of(21));
    CHECK(rate_20.limit(facts_of(more)) == 0);
    CHECK(flight_3.limit(facts_of(more)) == 0);
}

TEST_CASE("max_rate: nothing where a part of its window is forgotten, and it says so") {
    history::parts parts;
    parts.now = now;
    parts.has_forgotten = true;
    parts.forgotten_at = {now.wall - 59min, {}, 0};
    const history past(parts);
    CHECK(rate_20.limit(facts_of(past)) == 0);
    CHECK(explained(rate_20, facts_of(past)) == "the ledger has forgotten a part of the last 1h");
    CHECK(*rate_20.retry_after(facts_of(past), 20) == duration(1min));
    CHECK_FALSE(rate_20.retry_after(facts_of(past), 21));  // more than the rate ever allows
}

TEST_CASE(
    "min_remaining of a peak: of the largest size in the window, and nothing where none is known") {
    const auto rule = *shearpin::min_remaining::from(*shearpin::fraction::from(1, 2), 1h);
    const shearpin::past_size sizes[] = {{{now.wall - 30min, {}, 0}, 10}};
    history::parts parts;
    parts.now = now;
    parts.sizes = sizes;
    parts.sizes_number = 1;
    const history larger_once(parts);
    shearpin::facts known = facts_of(larger_once);
    known.pool = {6, 6};
    CHECK(rule.limit(known) == 1);
    CHECK(explained(rule, known) ==
          "6 of 6 serve, it has been 10 large, and 5 must stay, so 1 may go");
    known.pool = {10, 6};
    CHECK(explained(rule, known) == "6 of 10 serve and 5 must stay, so 1 may go");
    known.leaving = 2;
    CHECK(explained(rule, known) ==
          "6 of 10 serve (2 more are leaving) and 5 must stay, so 1 may go");
    const history unseen = with_open({});
    known = facts_of(unseen);
    CHECK(rule.limit(known) == 0);
    CHECK(explained(rule, known) == "the ledger has never seen this pool; state a baseline(n)");
    known.history = nullptr;
    CHECK(rule.limit(known) == 0);
    CHECK(explained(rule, known) ==
          "the pool's largest size is not known; give the guard a ledger");
}

TEST_CASE("min_remaining of a peak: nothing where a part of its window is forgotten") {
    const auto rule = *shearpin::min_remaining::from(*shearpin::fraction::from(1, 2), 1h, 10);
    const shearpin::past_size sizes[] = {{{now.wall - 30min, {}, 0}, 10}};
    history::parts parts;
    parts.now = now;
    parts.sizes = sizes;
    parts.sizes_number = 1;
    parts.has_forgotten = true;
    parts.forgotten_at = {now.wall - 59min, {}, 0};
    const history past(parts);
    CHECK(rule.limit(facts_of(past)) == 0);
    CHECK(explained(rule, facts_of(past)) == "the ledger has forgotten a part of this time");
    // Where it does not even know the pool, a baseline does not stand in for what is forgotten.
    parts.sizes_number = 0;
    const history unseen(parts);
    CHECK(rule.limit(facts_of(unseen)) == 0);
    CHECK(explained(rule, facts_of(unseen)) ==
          "the ledger has never seen this pool; state a baseline(n)");
}

TEST_CASE("past the ledger a rule that needs it has no limit") {
    const shearpin::policy rate{shearpin::max_rate(5, 1h)};
    const shearpin::facts known{.pool = {100, 100}, .past_the_ledger = true};
    CHECK(rate.limits(known).amount == everything);
    CHECK(rate.max_removable(known) == 100);
}
