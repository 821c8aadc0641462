// SPDX-License-Identifier: BSL-1.0
// One of the things that are noted of a removal has no time, as there was no clock just then: it is
// taken to be of the moment at which there is one, and ages from then on.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ledger_testing;
using shearpin::resolution;
using kind = settlement::kind;

#define BOTH_LEDGERS shearpin::memory_store, byte_memory

namespace {
constexpr duration two_hours = duration::hours(2);
}  // namespace

TEST_CASE_TEMPLATE("a size that was seen without a clock", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const one_pool asked("rows", 1, hour, 2000);
    const auto answer = reserve(ledger, instant{}, asked, yes);
    REQUIRE(answer.what == reserving::reserved);
    CHECK(look(ledger, at(hour), "rows").largest == 2000);
    REQUIRE(ledger.settle(answer.id, at(hour), {}).empty());
    CHECK(look(ledger, at(two_hours - second), "rows").largest == 2000);
    CHECK(look(ledger, at(two_hours + second), "rows").largest == 0);
}

TEST_CASE_TEMPLATE("a settlement without a clock", Store, BOTH_LEDGERS) {
    for (const bool has_person : {false, true}) {
        shearpin::ledger<Store> ledger{Store{}};
        const auto answer = reserve(ledger, at(minute), "rows", 7);
        REQUIRE(answer.what == reserving::reserved);
        if (has_person) {
            const std::string id(shearpin::detail::spell_id(answer.id));
            REQUIRE(ledger.resolve(id, resolution::everything_removed, "ann", "x").empty());
        } else {
            REQUIRE(ledger.settle(answer.id, instant{}, {}).empty());
        }
        // Who has no clock either dates nothing, and does not keep others from it.
        CHECK(look(ledger, instant{}, "rows").within.amount == 7);
        CHECK(look(ledger, at(hour), "rows").within.amount == 7);
        CHECK(look(ledger, at(two_hours - second), "rows").within.amount == 7);
        CHECK(look(ledger, at(two_hours), "rows").within.amount == 0);
    }
}

TEST_CASE_TEMPLATE("what was forgotten without a clock, of removals and of sizes", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    for (shearpin::count turn = 0; turn != 600; ++turn) {
        const instant no_day{{}, second, 1 + turn % 20};  // of many boots, which are kept apart
        const one_pool asked("rows", 1, {}, 2000 - turn);
        const auto answer = reserve(ledger, no_day, asked, yes);
        REQUIRE(ledger.settle(answer.id, no_day, {}).empty());
    }
    CHECK(!look(ledger, at(hour), "rows", minute).remembers);
    const one_pool asked("rows", 1, minute, 500);
    REQUIRE(reserve(ledger, at(hour + minute - second), asked, yes).what == reserving::reserved);
    CHECK(!look(ledger, at(hour + minute - second), "rows", minute).remembers);
    CHECK(look(ledger, at(hour + minute + second), "rows", minute).remembers);
    CHECK(look(ledger, at(hour + minute + second), "rows", minute).largest == 500);
}

TEST_CASE_TEMPLATE("what a person says without a clock of a removal that had one", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto answer = reserve(ledger, at(hour), "rows", 7);
    REQUIRE(ledger.settle(answer.id, at(hour), {kind::unknown}).empty());
    const std::string id(shearpin::detail::spell_id(answer.id));
    REQUIRE(ledger.resolve(id, resolution::everything_removed, "ann", "x").empty());
    REQUIRE(reserve(ledger, at(two_hours), "logs", 1).what == reserving::reserved);
    // A world that has looked later shows it, and none that has looked before.
    const auto gone = [&](duration observed) {
        return look(ledger, ledger.note(), at(two_hours + hour), "rows", hour, at(observed).wall)
            .gone.amount;
    };
    CHECK(gone(two_hours - second) == 7);
    CHECK(gone(two_hours + second) == 0);
    CHECK(ledger.entries().entries.back().resolved_at == at(two_hours).wall);
}
