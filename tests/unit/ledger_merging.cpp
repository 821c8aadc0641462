// SPDX-License-Identifier: BSL-1.0
// Putting removals together, where a ledger is full: what may be one, what comes of it, and in
// which order it goes.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ledger_testing;
using shearpin::count;
using shearpin::largest_count;
using shearpin::detail::ledger_changes;
using shearpin::detail::ledger_decoder;
using shearpin::detail::ledger_document;
using shearpin::detail::ledger_encoder;
using shearpin::detail::ledger_record;
using shearpin::detail::merging;
using shearpin::detail::record_state;
using kind = settlement::kind;

namespace {

constexpr duration window = duration::seconds(4096);

/// A ledger on which removals are noted and settled at once.
struct filled {
    ledger_changes changes;
    std::uint64_t version = 0;
    amounts each = amounts::of(1);
    std::string actor = "ann";
    std::string reason = "CHG-17";
    std::vector<std::string> pools{"rows"};

    void add(const instant& when, settlement how = {}) {
        std::vector<pool_claim> claims(pools.size());
        for (std::size_t one = 0; one != pools.size(); ++one) {
            claims[one].pool = pools[one];
            claims[one].asked = each;
            claims[one].size = 1000;
            claims[one].window = window;
        }
        claim asked;
        asked.pools = claims.data();
        asked.number = claims.size();
        asked.actor = actor;
        asked.reason = reason;
        asked.heads = each.heads;
        const reservation_id id{1, ++version};
        REQUIRE(changes.reserve(id, version, when, {}, {}, asked, {}).empty());
        ++version;
        REQUIRE(changes.settle(id, version, when, how) == ledger_changes::settled::done);
        changes.document.version = version;
    }
    /// The youngest 64 stay as they are: these are they.
    void add_young_ones(const instant& when) {
        each = amounts::of(1);
        pools = {"young"};
        for (int number = 0; number != 64; ++number) add(when);
    }
    void put_together(std::size_t goal) { merging(changes.document).run(goal + 64); }

    /// Without the young ones.
    [[nodiscard]] std::size_t size() const { return changes.document.log().size() - 64; }
    [[nodiscard]] const ledger_record& operator[](std::size_t at) const {
        return changes.document.record(changes.document.log()[at]);
    }
    /// That it can be stored and read again.
    [[nodiscard]] bool is_whole() const {
        ledger_changes read;
        return ledger_decoder::decode(ledger_encoder::encode(changes.document), version, read)
            .empty();
    }
};

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
    const amounts small = amounts::of(1);
    for (const amounts& most : {amounts{largest_count, 1, 1, 1}, amounts{1, largest_count, 1, 1},
                                amounts{1, 1, largest_count, 1}}) {
        filled ledger;
        ledger.each = most;
        ledger.add(at(second));
        ledger.each = small;
        ledger.add(at(second));
        ledger.add_young_ones(at(second));
        ledger.put_together(1);
        CHECK(ledger.size() == 2);
        CHECK(ledger.is_whole());
    }
    // One less is just enough.
    const count less = largest_count - 1;
    for (const amounts& most :
         {amounts{less, 1, 1, 1}, amounts{1, less, 1, 1}, amounts{1, 1, less, 1}}) {
        filled ledger;
        ledger.each = most;
        ledger.add(at(second));
        ledger.each = small;
        ledger.add(at(second));
        ledger.add_young_ones(at(second));
        ledger.put_together(1);
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
