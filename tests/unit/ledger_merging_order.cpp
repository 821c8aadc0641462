// SPDX-License-Identifier: BSL-1.0
// Putting removals together, where a ledger is full: those that lie closest together go first.
#include "ledger_merging_testing.hpp"

#include <doctest/doctest.h>

#include <cstdint>

using namespace ledger_testing;

TEST_CASE("those go first that lie closest together, and no more of them than have to") {
    // In each of four places three removals within a 4096th of the window, which is a second.
    const auto made = [] {
        filled ledger;
        for (int place = 0; place != 4; ++place)
            for (const int milliseconds : {0, 500, 1000})
                ledger.add(at(duration::seconds(200 * place) +
                              duration::nanoseconds(milliseconds * std::int64_t{1'000'000})));
        ledger.add_young_ones(at(duration::seconds(1000)));
        return ledger;
    };
    for (const std::size_t goal : {11u, 4u}) {
        filled ledger = made();
        ledger.put_together(goal);
        REQUIRE(ledger.size() == 4);
        for (std::size_t place = 0; place != 4; ++place) {
            CHECK(ledger[place].merged == 3);
            CHECK(ledger[place].settled_at ==
                  at(duration::seconds(200 * static_cast<std::int64_t>(place) + 1)));
        }
    }
    filled all = made();
    all.put_together(12);
    CHECK(all.size() == 12);  // nothing had to be done
    // A nanosecond more than a 4096th, and it waits for the next turn.
    filled apart;
    apart.add(at({}));
    apart.add(at(duration::seconds(1) + duration::nanoseconds(1)));
    apart.add(at(duration::seconds(500)));
    apart.add(at(duration::seconds(501)));
    apart.add_young_ones(at(duration::seconds(1000)));
    apart.put_together(3);
    REQUIRE(apart.size() == 3);
    CHECK(apart[0].merged == 1);
    CHECK(apart[2].merged == 2);
    apart.put_together(2);
    REQUIRE(apart.size() == 2);
    CHECK(apart[0].merged == 2);
    CHECK(apart[0].settled_at == at(duration::seconds(1) + duration::nanoseconds(1)));
}

TEST_CASE("close together is a 4096th of the window, then a 1024th, and so on, up to all of it") {
    for (const int shift : {12, 10, 8, 6, 4, 2, 0}) {
        CAPTURE(shift);
        const std::int64_t part = window.in_nanoseconds() >> shift;
        const std::int64_t apart[] = {part + 1, part, part / 2};
        filled ledger;
        for (int pair = 0; pair != 3; ++pair) {
            const duration start = duration::hours(3 * pair);
            ledger.add(at(start));
            ledger.add(at(start + duration::nanoseconds(apart[pair])));
            ledger.changes.document.pools[0].window = duration::hours(10);  // so far, all is kept
        }
        ledger.add_young_ones(at(duration::hours(9)));
        ledger.changes.document.pools[0].window = window;
        REQUIRE(ledger.size() == 6);
        ledger.put_together(5);  // one less would do, and those that are as close go with it
        REQUIRE(ledger.size() == 4);
        CHECK(ledger[2].merged == 2);
        CHECK(ledger[2].settled_at == at(duration::hours(3) + duration::nanoseconds(apart[1])));
        CHECK(ledger[3].merged == 2);
    }
}

TEST_CASE("however far they are apart, every second one takes in the one before it") {
    filled ledger;
    for (int number = 0; number != 9; ++number) ledger.add(at(minute + duration::minutes(number)));
    ledger.add_young_ones(at(hour));
    // Nobody looks back so far any more, and nothing of it has been forgotten yet.
    ledger.changes.document.pools[0].window = second;
    REQUIRE(ledger.size() == 9);
    ledger.put_together(8);
    REQUIRE(ledger.size() == 5);
    for (std::size_t pair = 0; pair != 4; ++pair) {
        CHECK(ledger[pair].merged == 2);
        CHECK(ledger[pair].settled_at ==
              at(duration::minutes(2 * static_cast<std::int64_t>(pair) + 2)));
    }
    CHECK(ledger[4].merged == 1);
    ledger.put_together(1);
    REQUIRE(ledger.size() == 1);
    CHECK(ledger[0].merged == 9);
    ledger.put_together(0);  // which cannot be
    CHECK(ledger.size() == 1);
}

TEST_CASE("of several pools, that one says what is close that looks back furthest") {
    for (const bool is_turned_round : {false, true}) {
        filled ledger;
        ledger.pools = {"rows", "logs"};
        if (is_turned_round) ledger.pools = {"logs", "rows"};
        for (const int milliseconds : {0, 1000})
            ledger.add(at(duration::nanoseconds(milliseconds * std::int64_t{1'000'000})));
        ledger.pools = {"rows"};
        for (const int milliseconds : {0, 1500})
            ledger.add(at(minute + duration::nanoseconds(milliseconds * std::int64_t{1'000'000})));
        ledger.add_young_ones(at(minute + minute));
        ledger.changes.document.pools[ledger.changes.document.find_pool("logs")].window = second;
        ledger.put_together(3);
        REQUIRE(ledger.size() == 3);
        CHECK(ledger[0].merged == 2);
        CHECK(ledger[1].merged == 1);
    }
}

TEST_CASE("where nobody looks back at all, everything is close") {
    filled ledger;
    for (int number = 0; number != 6; ++number) ledger.add(at(duration::minutes(number)));
    ledger.add_young_ones(at(hour));
    ledger.changes.document.pools[0].window = {};
    ledger.put_together(5);
    CHECK(ledger.size() == 1);
}
