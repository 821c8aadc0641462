// SPDX-License-Identifier: BSL-1.0
// Overrides that are spent on the ledger, once for all its users; and removals that go on without
// the ledger, by name.
#include "guard_ledger_testing.hpp"

#include <shearpin/policy_table.hpp>

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace guard_ledger_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::max_batch, shearpin::max_rate, shearpin::overridable, shearpin::override_once;

namespace {

constexpr auto soft = shearpin::policy{overridable(max_batch(5))};
constexpr auto soft_rate = shearpin::policy{overridable(max_rate(10, 1h)), max_batch(50)};
constexpr auto mixed =
    shearpin::policy{max_rate(10, 1h), shearpin::cooldown(5min), shearpin::max_in_flight(3),
                     max_batch(50), shearpin::min_remaining(960)};
constexpr auto peak = shearpin::policy{shearpin::min_remaining(80_pct, shearpin::of_peak(24h))};
constexpr auto pools =
    shearpin::policies{shearpin::for_other_pools(max_rate(1, 1h), overridable(max_batch(2)))};

constexpr std::string_view batch_line =
    "  - rows: overridable(max_batch(5)): one call may take 5; asked 8\n";
constexpr std::string_view spent_line =
    "  - override_unusable: the override of max_batch is spent; give another, with an id or a "
    "reason of its own\n";

template <class Rig> shearpin::override_terms terms(const Rig& on, shearpin::count up_to) {
    return {.up_to = up_to, .until = on.clock.now() + 1h, .reason = "CHG-17"};
}

/// A rule that looks at nothing, while something else happens once.
struct interrupted {
    static constexpr std::string_view name = "interrupted";
    static inline std::function<void()> meanwhile;
    static shearpin::count limit(const shearpin::facts&) {
        if (const auto happens = std::exchange(meanwhile, nullptr)) happens();
        return shearpin::largest_count;
    }
};
constexpr auto soft_interrupted = shearpin::policy{overridable(max_batch(5)), interrupted{}};

}  // namespace

TEST_CASE_TEMPLATE("an override is spent for all who share the ledger", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<soft>();
    auto same = on.template guard<soft>();
    const auto mine = override_once<max_batch>(terms(on, 8));
    const auto theirs = override_once<max_batch>(terms(on, 8));  // the same ticket, elsewhere
    CHECK(remove.asking({}).overriding(mine).check(8).admitted());
    CHECK(same.asking({}).overriding(theirs).check(8).admitted());
    CHECK(!mine.spent());  // to ask uses nothing up
    remove.asking({}).overriding(mine)(8);
    CHECK(mine.spent());
    CHECK(!theirs.spent());  // but the ledger knows better
    CHECK(text(same.asking({}).overriding(theirs), 8) ==
          refused(8, "5", std::string(batch_line) + std::string(spent_line), never));
    CHECK(tried(same.asking({}).overriding(theirs), 8) ==
          text(same.asking({}).overriding(theirs), 8));
    CHECK(on.gone == 8);

    // Another ticket, and another pool, are others.
    auto other_terms = terms(on, 8);
    other_terms.id = "CHG-18";
    const auto other = override_once<max_batch>(other_terms);
    CHECK(same.asking({}).overriding(other).check(8).admitted());
    auto logs = shearpin::guard<soft>([](int) {}, [&] { return on.there; })
                    .with_ledger(on.record, "logs")
                    .with_clock(on.clock);
    logs.asking({}).overriding(theirs)(8);
    CHECK(theirs.spent());
}

TEST_CASE_TEMPLATE("an override is spent for the pool that needed it, of the several of a removal",
                   Store, BOTH_STORES) {
    struct zones {
        std::string web = "the pool that the web servers serve";
        std::string db = "the pool that the databases serve";
        static bool contains(int) { return true; }
        [[nodiscard]] std::vector<std::string> pools_of(int) const { return {web, db}; }
        static shearpin::pool state(const std::string&) { return {100, 100}; }
    };
    const zones fleet;
    rig<Store> on;
    shearpin::policy_table<std::string, shearpin::policy<overridable<max_batch>>> table;
    CHECK(
        table.add(fleet.web, shearpin::policy{overridable(*max_batch::from(shearpin::count{2}))}));
    CHECK(
        table.add(fleet.db, shearpin::policy{overridable(*max_batch::from(shearpin::count{50}))}));
    const auto over = [&] {
        return shearpin::guard(
                   table, [](const std::vector<int>&) {}, fleet)
            .with_ledger(on.record)
            .with_clock(on.clock);
    };
    auto remove = over();
    auto same = over();
    auto of_web = terms(on, 8);
    of_web.pool = fleet.web;
    auto of_db = terms(on, 80);
    of_db.pool = fleet.db;
    const auto mine = override_once<max_batch>(of_web);
    const auto theirs = override_once<max_batch>(of_web);
    const auto not_needed = override_once<max_batch>(of_db);
    remove.asking({}).overriding(mine).overriding(not_needed)(std::vector<int>{1, 2, 3});
    CHECK(mine.spent());
    CHECK(!not_needed.spent());
    const shearpin::decision again =
        same.asking({}).overriding(theirs).check(std::vector<int>{4, 5, 6});
    REQUIRE(!again);
    REQUIRE(again.why().violations().size() == 2);
    CHECK(again.why().violations()[0].pool() == fleet.web);
    CHECK(again.why().violations()[1].rule() == "override_unusable");
    const std::string told = again.why().message();
    CHECK(told.find(spent_line) != std::string::npos);
    std::vector<int> many;
    for (int each = 0; each != 60; ++each) many.push_back(each);
    auto other = terms(on, 80);
    other.pool = fleet.web;
    other.id = "CHG-18";
    const auto more = override_once<max_batch>(other);
    CHECK(same.asking({}).overriding(more).overriding(not_needed).check(many).admitted());
}

TEST_CASE_TEMPLATE("an override is not spent by what was refused or did not need it", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<soft_rate>();
    auto needs = on.template guard<soft>();
    const auto lift = override_once<max_batch>(terms(on, 8));
    needs.asking({}).overriding(lift)(5);
    CHECK(!lift.spent());
    CHECK_THROWS_AS(needs.asking({}).overriding(lift)(9), shearpin::removal_refused);
    CHECK_THROWS_AS(needs.asking({.expected = 7}).overriding(lift)(8), shearpin::removal_refused);
    CHECK(!lift.spent());

    const auto faster = override_once<max_rate>(terms(on, 40));
    CHECK(text(remove.asking({}).overriding(faster), 41) ==
          refused(41, "40",
                  "  - rows: overridable(max_rate(10, 1h)): 10 may go in 1h and 5 have gone, so 5 "
                  "may go, lifted to 40 by an override; asked 41\n",
                  never));
    remove.asking({}).overriding(faster)(5);
    CHECK(!faster.spent());
    remove.asking({}).overriding(faster)(40);
    CHECK(faster.spent());
    CHECK(on.gone == 50);
}

TEST_CASE("an override is once for two ledgers over one document, as of two processes") {
    rig<bytes> here;
    bytes shared;
    shearpin::ledger<bytes> first{shared};
    shearpin::ledger<bytes> second{shared};
    const auto over = [&](auto& record) {
        return shearpin::guard<soft>([](int) {}, [&] { return here.there; })
            .with_ledger(record, "rows")
            .with_clock(here.clock);
    };
    auto mine = over(first);
    auto theirs = over(second);
    const auto one = override_once<max_batch>(terms(here, 8));
    const auto other = override_once<max_batch>(terms(here, 8));
    CHECK(theirs.check(5).admitted());
    mine.asking({}).overriding(one)(8);
    CHECK(text(theirs.asking({}).overriding(other), 8) ==
          refused(8, "5", std::string(batch_line) + std::string(spent_line), never));
}

TEST_CASE_TEMPLATE("who is overtaken on the way to the ledger has no override any more", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<soft>();
    const auto one = override_once<max_batch>(terms(on, 8));
    const auto other = override_once<max_batch>(terms(on, 8));
    on.in_world = [&] { remove.asking({}).overriding(other)(8); };
    CHECK(tried(remove.asking({}).overriding(one), 8) ==
          refused(8, "5", std::string(batch_line) + std::string(spent_line), never));
    CHECK(on.gone == 8);
    // The same object from two places.
    auto again = terms(on, 8);
    again.id = "CHG-18";
    const auto both = override_once<max_batch>(again);
    on.in_world = [&] { remove.asking({}).overriding(both)(8); };
    CHECK(tried(remove.asking({}).overriding(both), 8) ==
          refused(8, "5", std::string(batch_line) + std::string(spent_line), never));
    CHECK(on.gone == 16);
}

TEST_CASE_TEMPLATE("of threads with the same override one gets it", Store, BOTH_STORES) {
    rig<Store> on;
    for (int turn = 0; turn != 20; ++turn) {
        auto now = terms(on, 8);
        now.id = std::to_string(turn);
        std::atomic<int> gone{0};
        std::vector<std::thread> threads;
        for (int which = 0; which != 3; ++which)
            threads.emplace_back([&] {
                const auto mine = override_once<max_batch>(now);
                auto remove = shearpin::guard<soft>([&](int) { ++gone; },
                                                    [] { return shearpin::pool{1000, 1000}; })
                                  .with_ledger(on.record, "rows")
                                  .with_clock(on.clock);
                static_cast<void>(remove.asking({}).overriding(mine).try_call(8));
            });
        for (auto& each : threads) each.join();
        CHECK(gone == 1);
    }
}

TEST_CASE_TEMPLATE("an override that was used is told with the reservation", Store, BOTH_STORES) {
    rig<Store> on;
    std::vector<heard> told;
    auto remove = on.template guard<soft>().with_observer(listener{&told});
    const auto lift = override_once<max_batch>(terms(on, 8));
    remove.asking({.actor = "ann"}).overriding(lift)(8);
    CHECK(kinds(told) == words{"admitted", "overridden", "removed"});
    REQUIRE(on.last().id.size() == 32);
    for (const auto& each : told) CHECK(each.reservation == on.last().id);
    told.clear();
    CHECK(!remove.asking({.actor = "ann"}).overriding(lift).try_call(8));
    CHECK(!remove.asking({.actor = "ann"}).check(8).admitted());
    CHECK(kinds(told) == words{"refused", "checked"});
    CHECK(told[0].why == "max_batch;override_unusable;");
    CHECK(told[0].reservation.empty());
    CHECK(told[1].reservation.empty());
}

TEST_CASE_TEMPLATE("without the ledger, rules over time are silent and all others judge", Store,
                   BOTH_STORES) {
    rig<Store> on;
    std::vector<heard> told;
    auto remove = on.template guard<mixed>().with_observer(listener{&told});
    remove(3);
    told.clear();
    CHECK(!remove.check(4).admitted());
    told.clear();
    const shearpin::request ann{.actor = "ann", .reason = "the ledger is down"};
    CHECK(remove.without_ledger(ann).check(40).admitted());
    CHECK(kinds(told) == words{"checked"});
    told.clear();
    remove.without_ledger(ann)(40);
    CHECK(on.gone == 43);
    CHECK(kinds(told) == words{"admitted", "without_ledger", "removed"});
    for (const auto& each : told) CHECK(each.reservation.empty());
    CHECK(on.record.entries().entries.size() == 1);  // it is not on the ledger
    CHECK(text(remove.without_ledger(ann), 51) ==
          refused(51, "40",
                  "  - rows: max_batch(50): one call may take 50; asked 51\n"
                  "  - rows: min_remaining(960): 1000 of 1000 serve and 960 must stay, so 40 may "
                  "go; asked 51\n",
                  never));
    auto of_peak = on.template guard<peak>().with_observer(listener{&told});
    CHECK(on.template guard<peak>().check(500).admitted() == false);
    CHECK(of_peak.without_ledger(ann).check(500).admitted());
}

TEST_CASE_TEMPLATE("without the ledger, somebody must say who and why", Store, BOTH_STORES) {
    rig<Store> on;
    std::vector<heard> told;
    auto remove = on.template guard<mixed>().with_observer(listener{&told});
    const std::string unexplained = refused(
        3, "none of it",
        "  - unexplained_bypass: a removal without the ledger needs an actor and a reason\n",
        never);
    CHECK(text(remove.without_ledger({}), 3) == unexplained);
    CHECK(remove.without_ledger({}).check(3).why().violations()[0].limit() == 0);
    CHECK(text(remove.without_ledger({.actor = "ann"}), 3) == unexplained);
    CHECK(text(remove.without_ledger({.reason = "down"}), 3) == unexplained);
    told.clear();
    CHECK(tried(remove.without_ledger({.reason = "down"}), 3) == unexplained);
    CHECK(kinds(told) == words{"refused"});
    CHECK(text(remove.without_ledger({.actor = "ann", .reason = "down"}), 3).empty());
    CHECK(on.gone == 0);
}

TEST_CASE_TEMPLATE("without the ledger an override is spent for its object alone", Store,
                   BOTH_STORES) {
    rig<Store> on;
    std::vector<heard> told;
    auto remove = on.template guard<soft_interrupted>().with_observer(listener{&told});
    const shearpin::request ann{.actor = "ann", .reason = "down"};
    const auto one = override_once<max_batch>(terms(on, 8));
    remove.without_ledger(ann).overriding(one)(8);
    CHECK(one.spent());
    CHECK(kinds(told) == words{"admitted", "overridden", "without_ledger", "removed"});
    CHECK(text(remove.without_ledger(ann).overriding(one), 8) ==
          refused(8, "5", std::string(batch_line) + std::string(spent_line), never));
    const auto two = override_once<max_batch>(terms(on, 8));
    interrupted::meanwhile = [&] { remove.without_ledger(ann).overriding(two)(8); };
    CHECK(tried(remove.without_ledger(ann).overriding(two), 8) ==
          refused(8, "none of it",
                  "  - override_spent_meanwhile: another call used the override at this moment\n",
                  never));
    CHECK(on.gone == 16);
    // A limit that is not looked at needs no override.
    auto fast = on.template guard<soft_rate>().with_observer(listener{&told});
    const auto three = override_once<max_rate>(terms(on, 40));
    fast.without_ledger(ann).overriding(three)(30);
    CHECK(!three.spent());
}

TEST_CASE_TEMPLATE("several pools: what an override is used for is spent of that pool", Store,
                   BOTH_STORES) {
    struct world {
        [[nodiscard]] std::vector<std::string> pools_of(int host) const {
            return {host < 10 ? "low" : "high"};
        }
        [[nodiscard]] shearpin::pool state(const std::string&) const { return {100, 100}; }
        [[nodiscard]] bool contains(int) const { return true; }
    };
    rig<Store> on;
    std::vector<heard> told;
    int gone = 0;
    auto remove = shearpin::guard<pools>([&](const std::vector<int>&) { ++gone; }, world{})
                      .with_ledger(on.record)
                      .with_clock(on.clock)
                      .with_observer(listener{&told});
    const shearpin::request ann{.actor = "ann", .reason = "down"};
    CHECK(!remove.check(std::vector{1, 2}).admitted());  // the rate
    CHECK(remove.without_ledger(ann).check(std::vector{1, 2}).admitted());
    CHECK(!remove.without_ledger(ann).check(std::vector{1, 2, 3}).admitted());
    auto low = terms(on, 5);
    low.pool = "low";
    const auto lift = override_once<max_batch>(low);
    CHECK(!remove.without_ledger(ann).overriding(lift).check(std::vector{11, 12, 13}).admitted());
    told.clear();
    remove.without_ledger(ann).overriding(lift)(std::vector{1, 2, 3, 11});
    CHECK(gone == 1);
    CHECK(lift.spent());
    CHECK(kinds(told) == words{"admitted", "overridden", "without_ledger", "removed"});
}
