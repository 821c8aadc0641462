// SPDX-License-Identifier: BSL-1.0
// Putting removals together, where a ledger is full: what may be one, and what comes of it.
#include "ledger_merging_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ledger_testing;
using shearpin::largest_count;
using kind = settlement::kind;

namespace {

/// One of these amounts and one of 1, where one would do.
void put_together_with_one(filled& ledger, const amounts& most) {
    ledger.each = most;
    ledger.add(at(second));
    ledger.each = amounts::of(1);
    ledger.add(at(second));
    ledger.add_young_ones(at(second));
    ledger.put_together(1);
}

}  // namespace

TEST_CASE("what is put together counts for all of them, as of the last one") {
    filled ledger;
    ledger.each = {1, 20, 3, 1};
    for (const int when : {10, 20, 15, 12}) ledger.add(at(duration::seconds(when)));
    ledger.add_young_ones(at(minute));
    ledger.put_together(1);
    REQUIRE(ledger.size() == 1);
    CHECK(ledger[0].parts.at(0).all() == amounts{4, 80, 12, 1});
    CHECK(ledger[0].heads == 12);
    CHECK(ledger[0].merged == 4);
    CHECK(ledger[0].settled_at == at(duration::seconds(20)));
    CHECK(ledger[0].settled_version == 8);
    CHECK(ledger[0].id == reservation_id{1, 7});
    CHECK(ledger[0].actor == "ann");
    CHECK(ledger[0].reason == "CHG-17");
    CHECK(ledger.is_whole());
    CHECK(ledger.changes.document.size() == 65);
}

TEST_CASE("by a clock that was put back, the later time is that of the one before") {
    filled ledger;
    const auto wall_only = [](duration when) { return instant{at(when).wall, {}, 0}; };
    for (const int when : {10, 20, 15}) ledger.add(wall_only(duration::seconds(when)));
    ledger.add_young_ones(wall_only(minute));
    ledger.put_together(1);
    REQUIRE(ledger.size() == 1);
    CHECK(ledger[0].settled_at == wall_only(duration::seconds(20)));
}

TEST_CASE("what was put together gives its place to the next one") {
    filled ledger;
    for (int number = 0; number != 10; ++number) ledger.add(at(second));
    ledger.add_young_ones(at(second));
    ledger.put_together(1);
    for (int number = 0; number != 9; ++number) CHECK(ledger.changes.document.take_slot() < 74);
    CHECK(ledger.changes.document.take_slot() == 74);
}

TEST_CASE("what is noted in the place of what was put together stands for one removal") {
    filled ledger;
    for (int number = 0; number != 10; ++number) ledger.add(at(second));
    ledger.add_young_ones(at(second));
    ledger.put_together(1);
    REQUIRE(ledger.changes.document.log().size() == 65);
    for (int number = 0; number != 9; ++number) ledger.add(at(second));
    REQUIRE(ledger.changes.document.log().size() == 74);
    for (std::size_t at = 1; at != 74; ++at) CHECK(ledger[at].merged == 1);
}

TEST_CASE("whose it was and what for is kept where all say the same") {
    for (const bool is_other_actor : {false, true}) {
        filled ledger;
        ledger.add(at(second));
        (is_other_actor ? ledger.actor : ledger.reason) = "other";
        ledger.add(at(second));
        ledger.add_young_ones(at(second));
        ledger.put_together(1);
        REQUIRE(ledger.size() == 1);
        CHECK(ledger[0].actor == (is_other_actor ? "" : "ann"));
        CHECK(ledger[0].reason == (is_other_actor ? "CHG-17" : ""));
    }
}

TEST_CASE("nothing comes of it that a ledger would not believe: it could not be read again") {
    for (const amounts& most : {amounts{largest_count, 1, 1, 1}, amounts{1, largest_count, 1, 1},
                                amounts{1, 1, largest_count, 1}}) {
        filled ledger;
        put_together_with_one(ledger, most);
        CHECK(ledger.size() == 2);
        CHECK(ledger.is_whole());
    }
    // One less is just enough.
    const count less = largest_count - 1;
    for (const amounts& most :
         {amounts{less, 1, 1, 1}, amounts{1, less, 1, 1}, amounts{1, 1, less, 1}}) {
        filled ledger;
        put_together_with_one(ledger, most);
        REQUIRE(ledger.size() == 1);
        CHECK(ledger[0].parts[0].serving == most.serving + 1);
        CHECK(ledger[0].parts[0].amount == most.amount + 1);
        CHECK(ledger[0].parts[0].heads == most.heads + 1);
        CHECK(ledger.is_whole());
    }
}

TEST_CASE("of several pools each is looked at before any is changed") {
    filled ledger;
    ledger.pools = {"rows", "logs"};
    ledger.add(at(second));
    ledger.add(at(second));
    auto& second_one = ledger.changes.document.record(ledger.changes.document.log()[1]);
    second_one.parts[1].amount = largest_count;
    ledger.add_young_ones(at(second));
    ledger.put_together(1);
    CHECK(ledger.size() == 2);
    CHECK(ledger[1].parts[0].all() == amounts::of(1));
    CHECK(ledger.is_whole());
}

TEST_CASE("removals of other pools, or settled in another boot, are not put together") {
    filled ledger;
    const std::vector<std::vector<std::string>> sets{
        {"rows"}, {"logs"}, {"rows", "logs"}, {"logs", "rows"}, {"rows", "young"}};
    for (int turn = 0; turn != 3; ++turn)
        for (const auto& pools : sets)
            for (const std::uint64_t boot : {1u, 2u}) {
                ledger.pools = pools;
                ledger.add(at(second, boot));
            }
    ledger.add_young_ones(at(second));
    ledger.put_together(1);
    CHECK(ledger.size() == 10);
    for (std::size_t one = 0; one != ledger.size(); ++one) CHECK(ledger[one].merged == 3);
    CHECK(ledger.is_whole());
}

TEST_CASE("of however many pools and boots, each is put together with its own") {
    filled ledger;
    for (int turn = 0; turn != 2; ++turn)
        for (int pool = 0; pool != 300; ++pool) {
            const std::string name = "pool" + std::to_string(pool);
            const bool is_of_many_boots = pool % 3 == 2;
            ledger.pools = {is_of_many_boots ? "all" : name};
            if (pool % 3 == 1) ledger.pools.push_back("all");
            ledger.each = amounts::of(static_cast<count>(pool));
            ledger.add(at(second, is_of_many_boots ? 1000 + static_cast<unsigned>(pool) : 1));
        }
    ledger.add_young_ones(at(second));
    ledger.put_together(1);
    REQUIRE(ledger.size() == 300);
    for (std::size_t pool = 0; pool != 300; ++pool) {
        CHECK(ledger[pool].merged == 2);
        CHECK(ledger[pool].parts.size() == (pool % 3 == 1 ? 2 : 1));
        CHECK(ledger[pool].parts.at(0).amount == 2 * pool);
    }
    CHECK(ledger.is_whole());
}

TEST_CASE("what took of one pool is not put together with what took of another one, too") {
    filled ledger;
    for (int turn = 0; turn != 2; ++turn) {
        ledger.pools = {"rows"};
        ledger.add(at(second));
        ledger.pools = {"rows", "logs"};
        ledger.add(at(second));
    }
    ledger.add_young_ones(at(second));
    // Of some boots both are looked for in the same place.
    for (std::uint64_t boot = 1; boot != 2000; ++boot) {
        filled of_boot = ledger;
        for (std::size_t one = 0; one != 4; ++one) {
            auto& document = of_boot.changes.document;
            document.record(document.log()[one]).settled_at.boot = boot;
        }
        of_boot.put_together(1);
        REQUIRE(of_boot.size() == 2);
        REQUIRE(of_boot[0].parts.size() == 1);
        REQUIRE(of_boot[1].parts.size() == 2);
    }
}

TEST_CASE("what a person has said or has to say is not put together, nor are the youngest 64") {
    filled ledger;
    for (int turn = 0; turn != 4; ++turn) ledger.add(at(second), {kind::unknown, 0});
    for (int turn = 0; turn != 2; ++turn)
        REQUIRE(ledger.changes
                    .resolve(ledger[static_cast<std::size_t>(turn)].id, ledger.version, at(second),
                             {}, "bob", "looked")
                    .empty());
    ledger.add_young_ones(at(second));
    ledger.put_together(1);
    CHECK(ledger.size() == 4);
    ledger.add(at(second));  // now one of those that were young is not any more
    ledger.add(at(second));
    ledger.put_together(1);
    CHECK(ledger.size() == 5);
    CHECK(ledger[4].merged == 2);
}

TEST_CASE("what is not stored yet is not put together with what is") {
    filled ledger;
    ledger.add(at(second));
    ledger.add(at(second));
    ledger.changes.document.record(ledger.changes.document.log()[1]).settled_version =
        shearpin::detail::not_stored_yet;
    ledger.add_young_ones(at(second));
    ledger.put_together(1);
    CHECK(ledger.size() == 2);
}
