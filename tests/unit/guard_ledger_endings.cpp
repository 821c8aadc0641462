// SPDX-License-Identifier: BSL-1.0
// How a removal on a ledger ends: what it tells, exceptions, refusals from inside, and what people
// say of it afterwards.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace guard_ledger_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::entry_state, shearpin::resolution, shearpin::removed;

namespace {

constexpr auto hundred_an_hour = shearpin::policy{shearpin::max_rate(100, 1h)};
constexpr auto keep_100 = shearpin::policy{shearpin::min_remaining(100)};
constexpr auto rest = shearpin::policy{shearpin::cooldown(5min)};
constexpr auto at_once = shearpin::policy{shearpin::max_in_flight(100)};
constexpr auto batch_of_3 = shearpin::policy{shearpin::max_batch(3)};
using permit = shearpin::permit<hundred_an_hour>;

template <class Rig> void fail(Rig& on, int number) {
    auto remove = on.template guard<hundred_an_hour>();
    on.in_removal = [&] {
        on.clock.advance(10min);
        throw std::runtime_error("the disk is gone");
    };
    CHECK_THROWS_AS(remove(number), std::runtime_error);
}
/// A guard on the rig's ledger with this removal.
template <const auto& Policy, class Rig, class Removal> auto over(Rig& on, Removal removal) {
    return shearpin::guard<Policy>(std::move(removal), [&] { return on.there; })
        .with_ledger(on.record, "rows")
        .with_clock(on.clock);
}

}  // namespace

TEST_CASE_TEMPLATE("an exception counts whole for a window from then on", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<hundred_an_hour>();
    fail(on, 60);  // ten minutes after it was reserved
    CHECK(on.last().state == entry_state::unknown);
    CHECK(on.last().pools.at(0).removed.amount == 60);
    CHECK(on.room(remove) == 40);
    on.clock.advance(1h - 1ns);
    CHECK(on.room(remove) == 40);
    on.clock.advance(1ns);
    CHECK(on.room(remove) == 100);  // a rate looks no further back
    CHECK(on.last().state == entry_state::unknown);
}

TEST_CASE_TEMPLATE("after an exception a rest begins, and nothing is under way", Store,
                   BOTH_STORES) {
    rig<Store> on;
    fail(on, 60);
    auto rested = on.template guard<rest>();
    auto busy = on.template guard<at_once>();
    CHECK(rested.check(1).why().retry_after() == 5min);
    CHECK(on.room(busy) == 100);
    on.clock.advance(5min);
    CHECK(rested.check(1).admitted());
}

TEST_CASE_TEMPLATE("an exception counts for floors until a person resolves it", Store,
                   BOTH_STORES) {
    rig<Store> on;
    on.there = {200, 200};
    auto remove = on.template guard<keep_100>();
    fail(on, 60);
    CHECK(on.room(remove) == 40);
    on.clock.advance(24000h);
    CHECK(on.room(remove) == 40);
    CHECK(text(remove, 41) ==
          refused(41, "40",
                  "  - rows: min_remaining(100): 140 of 200 serve (60 more are leaving) and 100 "
                  "must stay, so 40 may go; asked 41\n",
                  unknown_wait));

    const auto entry = on.last();
    CHECK(!entry.id.empty());
    CHECK(entry.state == entry_state::unknown);
    SUBCASE("all of it is gone, and the world shows it") {
        on.there.available = 140;
        CHECK(on.room(remove) == 0);  // it may be that the world shows it, and may be that not
        CHECK(on.resolve(entry.id, resolution::everything_removed).empty());
        CHECK(on.room(remove) == 40);  // not counted twice any more
    }
    SUBCASE("nothing is gone") {
        CHECK(on.resolve(entry.id, resolution::nothing_removed).empty());
        CHECK(on.room(remove) == 100);
        auto rate = on.template guard<hundred_an_hour>();
        CHECK(on.room(rate) == 100);
    }
    SUBCASE("some of it is gone") {
        on.there.available = 190;
        CHECK(on.resolve(entry.id, resolution::removed(10)).empty());
        CHECK(on.room(remove) == 90);
    }
    SUBCASE("it is resolved between the two looks: the world may not show it yet") {
        on.in_world = [&] { CHECK(on.resolve(entry.id, resolution::everything_removed).empty()); };
        CHECK(!remove.check(41).admitted());
        CHECK(on.room(remove) == 100);
    }
    CHECK(on.last().resolved_by == "bob");
    CHECK(on.last().resolved_why == "looked");
    CHECK(on.last().state == entry_state::resolved);
}

TEST_CASE_TEMPLATE("who looked before the exception counts it once", Store, BOTH_STORES) {
    rig<Store> on;
    on.there = {200, 200};
    auto remove = on.template guard<keep_100>();
    on.in_world = [&] { fail(on, 60); };
    CHECK(!remove.check(41).admitted());
    CHECK(on.resolve(on.last().id, resolution::nothing_removed).empty());
    on.in_world = [&] { fail(on, 60); };
    CHECK(remove.check(40).admitted());
}

TEST_CASE_TEMPLATE("where an exception means the end, a later look at the world decides", Store,
                   BOTH_STORES) {
    rig<Store> on;
    on.there = {200, 200};
    std::vector<heard> told;
    auto fails = over<hundred_an_hour>(on,
                                       [&](int) {
                                           on.clock.advance(10min);
                                           throw 7;
                                       })
                     .exception_means_ended()
                     .with_observer(listener{&told});
    auto remove = on.template guard<keep_100>();
    auto rate = on.template guard<hundred_an_hour>();
    on.in_world = [&] { CHECK_THROWS_AS(fails(60), int); };
    CHECK(!remove.check(41).admitted());  // this look was before it
    CHECK(on.room(remove) == 100);
    CHECK(on.last().state == entry_state::settled);
    CHECK(on.last().pools.at(0).removed.amount == 60);
    CHECK(on.room(rate) == 40);  // whole, and for a window from the exception on
    on.clock.advance(1h - 1ns);
    CHECK(on.room(rate) == 40);
    on.clock.advance(1ns);
    CHECK(on.room(rate) == 100);
    CHECK(kinds(told) == words{"admitted", "in_doubt"});
}

TEST_CASE_TEMPLATE("what was really removed is what counts", Store, BOTH_STORES) {
    rig<Store> on;
    auto rate = on.template guard<hundred_an_hour>();
    over<hundred_an_hour>(on, [](int) { return removed{10}; })(60);
    CHECK(on.room(rate) == 90);
    CHECK(on.last().pools.at(0).removed == shearpin::amounts::of(10));
    over<hundred_an_hour>(on, [](int) { return removed{0}; })(60);
    CHECK(on.room(rate) == 90);
    over<hundred_an_hour>(on, [](int) {
        return std::pair{5, "rows"};
    }).removed_by([](const auto& told) { return told.first; })(60);
    CHECK(on.room(rate) == 85);
    over<hundred_an_hour>(on, [](int) { return 0; })(60);  // zero often means success
    CHECK(on.room(rate) == 25);
}

TEST_CASE_TEMPLATE("the permit tells how much was removed", Store, BOTH_STORES) {
    rig<Store> on;
    auto rate = on.template guard<hundred_an_hour>();
    over<hundred_an_hour>(on, [](permit given, int) { std::move(given).spend(7); })(60);
    CHECK(on.room(rate) == 93);
    over<hundred_an_hour>(on, [](permit given, int) { std::move(given).spend(0); })(60);
    CHECK(on.room(rate) == 93);
    SUBCASE("what was not spent may be gone all the same") {
        over<hundred_an_hour>(on, [](const permit&, int) {})(60);
        CHECK(on.room(rate) == 33);
    }
    SUBCASE("what the removal tells itself goes first") {
        over<hundred_an_hour>(on, [](permit given, int) {
            std::move(given).spend(7);
            return removed{5};
        })(60);
        CHECK(on.room(rate) == 88);
    }
    SUBCASE("after an exception nobody knows, whatever was spent") {
        auto throws = over<hundred_an_hour>(on, [](permit given, int) {
            std::move(given).spend(7);
            throw 7;
        });
        CHECK_THROWS_AS(throws(60), int);
        CHECK(on.room(rate) == 33);
        CHECK(on.last().state == entry_state::unknown);
    }
}

TEST_CASE_TEMPLATE("a refusal from inside leaves the removal in doubt", Store, BOTH_STORES) {
    rig<Store> on;
    auto rate = on.template guard<hundred_an_hour>();
    SUBCASE("more is spent than was admitted") {
        auto remove =
            over<hundred_an_hour>(on, [](permit given, int) { std::move(given).spend(61); });
        try {
            remove(60);
            FAIL("not refused");
        } catch (const shearpin::removal_refused& refusal) {
            CHECK(!refusal.why().nothing_removed());
        }
    }
    SUBCASE("another guard refuses") {
        auto inner = over<batch_of_3>(on, [](int) {});
        auto remove = over<hundred_an_hour>(on, [&](int number) { inner(number); });
        CHECK_THROWS_AS(remove(60), shearpin::removal_refused);
        CHECK(on.record.entries().entries.size() == 1);  // the inner one reserved nothing
    }
    CHECK(on.last().state == entry_state::unknown);
    CHECK(on.room(rate) == 40);
}

TEST_CASE_TEMPLATE("more removed than admitted is told, and counts", Store, BOTH_STORES) {
    rig<Store> on;
    std::vector<heard> told;
    auto remove = over<hundred_an_hour>(on, [](int number) {
                      return removed{static_cast<shearpin::count>(number) + 30};
                  }).with_observer(listener{&told});
    const auto outcome = remove.try_call(60, at);
    REQUIRE(!outcome);
    CHECK(std::string(outcome.error().message()) ==
          "more was removed than was admitted: asked for 60\n"
          "  - removed_too_much: 60 were admitted, and the removal says that it removed 90\n"
          "  called at tool.cpp:12 in drop_rows");
    CHECK(on.room(remove) == 10);
    CHECK(on.last().state == entry_state::settled);
    CHECK(on.last().pools.at(0).removed.amount == 90);
    CHECK(told.at(1).kind == "removed");
    CHECK(told.at(1).removed == 90);
}

TEST_CASE_TEMPLATE("an amount that is none leaves the removal in doubt", Store, BOTH_STORES) {
    rig<Store> on;
    std::vector<heard> told;
    auto remove = over<hundred_an_hour>(on, [](int) {
                      return -1;
                  }).removed_by([](int number) {
                        return number;
                    }).with_observer(listener{&told});
    CHECK(!remove.try_call(60));
    CHECK(kinds(told) == words{"admitted", "in_doubt"});
    CHECK(on.last().state == entry_state::unknown);
    CHECK(on.room(remove) == 40);
}

TEST_CASE_TEMPLATE("where the one who tells throws, the removal is in doubt", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove =
        over<hundred_an_hour>(on, [](int) { return 1; }).removed_by([](int number) -> int {
            if (number == 1) throw 7;
            return number;
        });
    CHECK_THROWS_AS(remove(60), int);
    CHECK(on.last().state == entry_state::unknown);
    CHECK(on.room(remove) == 40);
}

TEST_CASE_TEMPLATE("what a removal tells of an open entry agrees with what people see", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<hundred_an_hour>();
    std::string id;
    on.in_removal = [&] {
        const auto entry = on.last();
        id = entry.id;
        CHECK(entry.state == entry_state::open);
        CHECK(entry.life == shearpin::process_life::lives);
        // Nobody can say that it ended with less while it may be removing.
        CHECK(on.resolve(id, resolution::nothing_removed).find("still runs") != std::string::npos);
    };
    remove.asking({.actor = "ann", .reason = "CHG-17"})(6);
    const auto entry = on.last();
    CHECK(entry.id == id);
    CHECK(entry.state == entry_state::settled);
    CHECK(entry.actor == "ann");
    CHECK(entry.reason == "CHG-17");
    CHECK(entry.pools.at(0).pool == "rows");
    CHECK(entry.settled_at == on.clock.now());
    CHECK(on.resolve(id, resolution::nothing_removed).find("known already") != std::string::npos);
}
