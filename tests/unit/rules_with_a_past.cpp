// SPDX-License-Identifier: BSL-1.0
// Rules that look at what was removed before, on a past that is handed to them. (What a ledger
// hands to them is tested in guard_ledger_rates.cpp.)
#include <shearpin/rules/cooldown.hpp>
#include <shearpin/rules/max_in_flight.hpp>
#include <shearpin/rules/max_rate.hpp>

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
