// SPDX-License-Identifier: BSL-1.0
// Guards with rules over time: how much in a window, how long a rest, how much at once.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <type_traits>
#include <vector>

using namespace guard_ledger_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::max_rate;

namespace {

constexpr auto ten_an_hour = shearpin::policy{max_rate(10, 1h)};
constexpr auto tenth_a_day = shearpin::policy{max_rate(10_pct, 24h)};
constexpr auto hour_and_day = shearpin::policy{max_rate(10, 1h), max_rate(15, 24h)};
constexpr auto rest = shearpin::policy{shearpin::cooldown(5min)};
constexpr auto five_at_once = shearpin::policy{shearpin::max_in_flight(5)};
constexpr auto share_at_once = shearpin::policy{shearpin::max_in_flight(1_pct)};

using shearpin::duration, shearpin::max_in_flight;
template <class Read>
concept is_rate = requires(Read most) { max_rate::from(most, duration()); };
template <class Read>
concept is_in_flight = requires(Read most) { max_in_flight::from(most); };
static_assert(is_rate<shearpin::count> && is_rate<shearpin::fraction>);
static_assert(is_in_flight<shearpin::count> && is_in_flight<shearpin::fraction>);
static_assert(!is_rate<int> && !is_rate<double> && !is_in_flight<int> && !is_in_flight<double>);
static_assert(!std::is_constructible_v<max_rate, max_rate, duration>);
static_assert(!std::is_default_constructible_v<max_in_flight>);

}  // namespace

TEST_CASE_TEMPLATE("a rate is a sliding window, half open", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<ten_an_hour>();
    remove(6);
    CHECK(on.gone == 6);
    CHECK(text(remove, 4).empty());
    CHECK(text(remove, 5) ==
          refused(5, "4",
                  "  - rows: max_rate(10, 1h): 10 may go in 1h and 6 have gone, so 4 may go; asked "
                  "5\n",
                  "try again in 1h"));
    CHECK(tried(remove, 5) == text(remove, 5));
    CHECK(on.gone == 6);

    on.clock.advance(1h - 1ns);
    CHECK(on.room(remove) == 4);
    CHECK(remove.check(5).why().retry_after() == 1ns);
    on.clock.advance(1ns);  // exactly one window ago is out
    CHECK(on.room(remove) == 10);
    remove(10);
    CHECK(on.gone == 16);
}

TEST_CASE_TEMPLATE("there is no boundary at which twice as much may go", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<ten_an_hour>();
    remove(3);
    on.clock.advance(59min);
    remove(7);
    CHECK(on.room(remove) == 0);
    on.clock.advance(1min);
    CHECK(on.room(remove) == 3);
    CHECK(remove.check(3).admitted());
    CHECK(text(remove, 4) ==
          refused(4, "3",
                  "  - rows: max_rate(10, 1h): 10 may go in 1h and 7 have gone, so 3 may go; asked "
                  "4\n",
                  "try again in 59min"));
    on.clock.advance(59min);
    CHECK(on.room(remove) == 10);
}

TEST_CASE_TEMPLATE("what was removed is as old as its settlement", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<ten_an_hour>();
    on.in_removal = [&] { on.clock.advance(30min); };
    remove(10);
    on.clock.advance(1h - 1ns);  // an hour and a half since it was reserved
    CHECK(on.room(remove) == 0);
    on.clock.advance(1ns);
    CHECK(on.room(remove) == 10);
}

TEST_CASE_TEMPLATE("what is being removed counts however old it is", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<ten_an_hour>();
    std::string inside;
    on.in_removal = [&] {
        on.clock.advance(240h);
        inside = text(remove, 5);
        CHECK(text(remove, 4).empty());
        CHECK(!remove.check(5).why().retry_after());  // nobody knows when it is over
    };
    remove(6);
    CHECK(inside ==
          refused(5, "4",
                  "  - rows: max_rate(10, 1h): 10 may go in 1h and 0 have gone, 6 more are going, "
                  "so 4 may go; asked 5\n",
                  unknown_wait));
    on.clock.advance(1h);
    CHECK(on.room(remove) == 10);
}

TEST_CASE_TEMPLATE("a removal inside a removal uses the same budget", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<ten_an_hour>();
    on.in_removal = [&] {
        remove(4);
        CHECK_THROWS_AS(remove(1), shearpin::removal_refused);
    };
    remove(6);
    CHECK(on.gone == 10);
    CHECK(on.room(remove) == 0);
}

TEST_CASE_TEMPLATE("a rate that is a share is of the size, rounded down", Store, BOTH_STORES) {
    rig<Store> on;
    on.there = {1009, 500};
    auto remove = on.template guard<tenth_a_day>();
    CHECK(on.room(remove) == 100);
    remove(40);
    CHECK(text(remove, 61) ==
          refused(61, "60",
                  "  - rows: max_rate(10%, 1d): 100 may go in 1d and 40 have gone, so 60 may go; "
                  "asked 61\n",
                  "try again in 1d"));
    on.there = {509, 409};  // the size of now
    CHECK(on.room(remove) == 10);
    // More than the share of it can never go in one call.
    CHECK(text(remove, 51) ==
          refused(51, "10",
                  "  - rows: max_rate(10%, 1d): 50 may go in 1d and 40 have gone, so 10 may go; "
                  "asked 51\n",
                  never));
}

TEST_CASE_TEMPLATE("every rate that is broken is told, and the longest wait", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<hour_and_day>();
    remove(8);
    on.clock.advance(2h);
    CHECK(on.room(remove) == 7);
    remove(5);
    CHECK(text(remove, 6) ==
          refused(6, "2",
                  "  - rows: max_rate(10, 1h): 10 may go in 1h and 5 have gone, so 5 may go; asked "
                  "6\n"
                  "  - rows: max_rate(15, 1d): 15 may go in 1d and 13 have gone, so 2 may go; "
                  "asked 6\n",
                  "try again in 22h"));
    on.clock.advance(22h);
    CHECK(text(remove, 6).empty());
}

TEST_CASE_TEMPLATE("two pools on one ledger have two budgets, two guards of one pool one", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<ten_an_hour>();
    auto same = on.template guard<ten_an_hour>();
    auto logs = shearpin::guard<ten_an_hour>([](int) {}, [&] { return on.there; })
                    .with_ledger(on.record, "logs")
                    .with_clock(on.clock);
    remove(6);
    CHECK(on.room(same) == 4);
    CHECK(on.room(logs) == 10);
    logs(9);
    CHECK(on.room(remove) == 4);
}

TEST_CASE_TEMPLATE("a rest begins when the removal is settled", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<rest>();
    std::string inside;
    on.in_removal = [&] {
        on.clock.advance(1h);
        inside = text(remove, 1);
        CHECK(!remove.check(1).why().retry_after());
    };
    remove(500);
    CHECK(inside ==
          refused(1, "none of it",
                  "  - rows: cooldown(5min): a removal is under way, or was never settled; see the "
                  "ledger's open entries\n",
                  unknown_wait));
    on.clock.advance(2min);
    CHECK(text(remove, 1) == refused(1, "none of it",
                                     "  - rows: cooldown(5min): the last removal was 2min ago\n",
                                     "try again in 3min"));
    CHECK(remove.check(1).why().retry_after() == 3min);
    on.clock.advance(3min - 1ns);
    CHECK(!remove.check(1).admitted());
    on.clock.advance(1ns);
    CHECK(remove.check(1000).admitted());
}

TEST_CASE_TEMPLATE("how long ago is told in whole seconds, and never as long as the rest", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<rest>();
    remove(1);
    on.clock.advance(1ns);
    CHECK(text(remove, 1) ==
          refused(1, "none of it",
                  "  - rows: cooldown(5min): the last removal was less than 1s ago\n",
                  "try again in 5min"));
    on.clock.advance(5min - 2ns);
    CHECK(text(remove, 1) == refused(1, "none of it",
                                     "  - rows: cooldown(5min): the last removal was 4min59s ago\n",
                                     "try again in 1ns"));
}

TEST_CASE_TEMPLATE("what is under way at once is bounded, and needs no clock", Store, BOTH_STORES) {
    shearpin::ledger<Store> record{Store{}};
    std::string inside;
    std::function<void()> in_removal;
    auto remove = shearpin::guard<five_at_once>([&](int) { std::exchange(in_removal, nullptr)(); },
                                                [] { return shearpin::pool{1000, 1000}; })
                      .with_ledger(record, "rows");
    in_removal = [&] {
        inside = text(remove, 3);
        in_removal = [&] { CHECK(!remove.check(1).admitted()); };
        remove(2);
        CHECK(text(remove, 2).empty());  // that one is over
    };
    remove(3);
    CHECK(
        inside ==
        refused(3, "2",
                "  - rows: max_in_flight(5): 3 are being removed and 5 may be at a time, so 2 may "
                "go; asked 3\n",
                unknown_wait));
    CHECK(text(remove, 5).empty());
    CHECK(
        text(remove, 6) ==
        refused(6, "5",
                "  - rows: max_in_flight(5): 0 are being removed and 5 may be at a time, so 5 may "
                "go; asked 6\n",
                never));
}

TEST_CASE_TEMPLATE("what is under way at once may be a share of the size", Store, BOTH_STORES) {
    rig<Store> on;
    on.there = {299, 299};
    auto remove = on.template guard<share_at_once>();
    CHECK(on.room(remove) == 2);
    on.in_removal = [&] { CHECK(on.room(remove) == 1); };
    remove(1);
}

TEST_CASE_TEMPLATE("at random: a rate allows what a list of all removals says", Store,
                   BOTH_STORES) {
    struct past {
        shearpin::time_point when;
        int number;
    };
    for (std::uint64_t seed = 1; seed != 9; ++seed) {
        ledger_testing::dice dice(seed);
        rig<Store> on;
        auto remove = on.template guard<ten_an_hour>();
        std::vector<past> all;
        for (int step = 0; step != 60; ++step) {
            on.clock.advance(shearpin::duration::minutes(static_cast<long>(dice.below(4)) * 10));
            int within = 0;
            for (const auto& each : all)
                if (on.clock.now() - each.when < 1h) within += each.number;
            CHECK(on.room(remove, 20) == 10 - within);
            const int asked = 1 + static_cast<int>(dice.below(6));
            if (remove.try_call(asked)) all.push_back({on.clock.now(), asked});
        }
        CHECK(all.size() > 10);
    }
}
