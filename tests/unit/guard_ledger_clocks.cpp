// SPDX-License-Identifier: BSL-1.0
// Guards with a ledger and clocks that differ, jump, or are the store's.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

using namespace guard_ledger_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;
using ledger_testing::clocked_byte_memory;

namespace {

constexpr auto ten_an_hour = shearpin::policy{shearpin::max_rate(10, 1h)};
constexpr auto rest = shearpin::policy{shearpin::cooldown(5min)};
constexpr auto keep_100 = shearpin::policy{shearpin::min_remaining(100)};
constexpr auto soft = shearpin::policy{shearpin::overridable(shearpin::max_batch(5))};
constexpr auto full = [] { return shearpin::pool{1000, 1000}; };

/// A ledger between hosts whose clocks differ by up to two seconds.
template <class Store> struct apart {
    shearpin::manual_clock clock;
    shearpin::ledger<Store> record{Store{}, {.margin = 2s}};
    shearpin::observation seen{{200, 200}, clock.now(), true};

    template <const auto& Policy> auto guard() {
        return shearpin::guard<Policy>([](int) {}, [this] { return seen; })
            .with_ledger(record, "rows")
            .with_clock(clock);
    }
};

/// A clock of one boot of a machine, which tells so.
struct booted_clock {
    shearpin::duration since_boot = 5h;
    [[nodiscard]] shearpin::time_point now() const {
        return shearpin::date(2026, 1, 1).begins() + since_boot;
    }
    [[nodiscard]] shearpin::instant read() const { return {now(), since_boot, 7}; }
};

}  // namespace

TEST_CASE_TEMPLATE("between two looks at the clock of one boot there is no margin", Store,
                   BOTH_STORES) {
    booted_clock clock;
    shearpin::ledger<Store> record{Store{}, {.margin = 2s}};
    auto remove = shearpin::guard<ten_an_hour>([](int) {}, full)
                      .with_ledger(record, "rows")
                      .with_clock(clock);
    remove(10);
    clock.since_boot = clock.since_boot + 1h - 1ns;
    CHECK(!remove.check(1).admitted());
    clock.since_boot = clock.since_boot + 1ns;
    CHECK(remove.check(10).admitted());
}

TEST_CASE_TEMPLATE("a margin makes windows and rests longer", Store, BOTH_STORES) {
    apart<Store> on;
    auto remove = on.template guard<ten_an_hour>();
    remove(10);
    CHECK(text(remove, 1).find("  try again in 1h2s\n") != std::string::npos);
    on.clock.advance(1h + 2s - 1ns);
    CHECK(!remove.check(1).admitted());
    on.clock.advance(1ns);
    CHECK(remove.check(10).admitted());

    auto rested = on.template guard<rest>();
    on.clock.advance(1h);
    remove(1);
    CHECK(rested.check(1).why().retry_after() == 5min + 2s);
    on.clock.advance(5min + 2s - 1ns);
    CHECK(!rested.check(1).admitted());
    on.clock.advance(1ns);
    CHECK(rested.check(1).admitted());
}

TEST_CASE_TEMPLATE("a margin makes a look at the world older", Store, BOTH_STORES) {
    apart<Store> on;
    auto remove = on.template guard<keep_100>();
    on.clock.advance(1min);
    on.seen.observed_at = on.clock.now();
    remove(30);
    on.clock.advance(1min);
    on.seen.observed_at = on.seen.observed_at + 1s;  // by a clock that may be two seconds ahead
    CHECK(!remove.check(71).admitted());
    CHECK(remove.check(70).admitted());
    on.seen.observed_at = on.seen.observed_at + 1s + 1ns;
    CHECK(remove.check(100).admitted());
}

TEST_CASE_TEMPLATE("a clock that is put back lets nothing more go", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<ten_an_hour>();
    remove(4);
    on.clock.advance(-24h);
    auto rested = on.template guard<rest>();
    CHECK(rested.check(1).why().retry_after() == 24h + 5min);
    CHECK(remove.check(7).why().retry_after() == 25h);
    CHECK(on.room(remove) == 6);  // what comes from the future is of now
    remove(6);
    CHECK(on.room(remove) == 0);
    on.clock.advance(1h);
    CHECK(on.room(remove) == 6);
    on.clock.advance(23h + 1h);  // the four have had their hour, by whatever clock
    CHECK(on.room(remove) == 10);
}

TEST_CASE_TEMPLATE("where the time is not known, rules over time allow what is safe", Store,
                   BOTH_STORES) {
    rig<Store> on;
    on.clock.set({});
    auto remove = on.template guard<ten_an_hour>();
    auto rested = on.template guard<rest>();
    CHECK(on.room(remove) == 10);
    remove(6);
    CHECK(on.room(remove) == 4);
    CHECK(!remove.check(5).why().retry_after());  // it does not age
    CHECK(text(rested, 1) == refused(1, "none of it",
                                     "  - rows: cooldown(5min): the last removal was 0s ago\n",
                                     unknown_wait));
    const auto start = shearpin::date(2026, 2, 1).begins();
    on.clock.set(start);  // from now on it is known, and so it ages from now on
    remove(1);
    CHECK(on.room(remove) == 3);
    on.clock.advance(1h);
    CHECK(on.room(remove) == 10);
}

TEST_CASE("a store with a clock needs no other, and its clock decides") {
    clocked_byte_memory store;
    shearpin::ledger<clocked_byte_memory> record{store};
    auto remove = shearpin::guard<ten_an_hour>([](int) {}, full).with_ledger(record, "rows");
    const auto later = [&](shearpin::duration by) {
        store.clock->wall = store.clock->wall + by;
        store.clock->since_boot = store.clock->since_boot + by;
    };
    remove(10);
    CHECK(text(remove, 1) ==
          refused(1, "none of it",
                  "  - rows: max_rate(10, 1h): 10 may go in 1h and 10 have gone, so none may go; "
                  "asked 1\n",
                  "try again in 1h"));
    later(1h - 1ns);
    CHECK(!remove.check(1).admitted());
    later(1ns);
    CHECK(remove.check(10).admitted());

    // A guard whose own clock is a day ahead is not believed.
    shearpin::manual_clock ahead(store.clock->wall + 24h);
    std::vector<heard> told;
    auto other = shearpin::guard<ten_an_hour>([](int) {}, full)
                     .with_ledger(record, "rows")
                     .with_clock(ahead);
    other(10);
    CHECK(!other.check(1).admitted());
    CHECK(record.entries().entries.back().settled_at == store.clock->wall);

    // An override ends by the store's clock, too.
    auto lifted = shearpin::guard<soft>([](int) {}, full).with_ledger(record, "rows");
    const auto lift = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 8, .until = store.clock->wall + 1h, .reason = "CHG-17"});
    CHECK(lifted.asking({}).overriding(lift).check(8).admitted());
    later(1h);
    CHECK(text(lifted.asking({}).overriding(lift), 8).find("has expired") != std::string::npos);
}
