// SPDX-License-Identifier: BSL-1.0
// What others do between a guard's first look at the ledger and its reservation, while it asks the
// world: all of it counts as gone, whether or not the world shows it yet. Also when so much happens
// that the ledger forgets a part of it in between.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ledger_testing;
using shearpin::count;
using shearpin::resolution;
using kind = settlement::kind;

#define BOTH_LEDGERS shearpin::memory_store, byte_memory

namespace {

/// What counts as gone for someone who looked then and reserves now.
template <class Ledger> count gone(Ledger& ledger, const noted& first_look) {
    const past seen = look(ledger, first_look, at(hour), "rows", {});
    REQUIRE(seen.what == reserving::reserved);
    return seen.gone.amount;
}
/// So much happens that all that is settled is forgotten.
template <class Ledger> void much_happens(Ledger& ledger) {
    for (int turn = 0; turn != 200; ++turn) REQUIRE(remove(ledger, at(hour), "rows", 0, {}));
}

}  // namespace

TEST_CASE_TEMPLATE("nothing happens in between", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    REQUIRE(remove(ledger, at(hour), "rows", 5, {}));
    CHECK(gone(ledger, ledger.note()) == 0);
}

TEST_CASE_TEMPLATE("open at the first look, and still open", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    (void)reserve(ledger, at(hour), "rows", 5, {});
    const noted first = ledger.note();
    CHECK(gone(ledger, first) == 5);
    much_happens(ledger);
    CHECK(look(ledger, first, at(hour), "rows", {}).what == reserving::look_again);
    CHECK(gone(ledger, ledger.note()) == 5);
}

TEST_CASE_TEMPLATE("open at the first look, and settled since", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto answer = reserve(ledger, at(hour), "rows", 5, {});
    const noted first = ledger.note();
    REQUIRE(ledger.settle(answer.id, at(hour), {}).empty());
    CHECK(gone(ledger, first) == 5);
    CHECK(gone(ledger, ledger.note()) == 0);
    much_happens(ledger);
    CHECK(look(ledger, first, at(hour), "rows", {}).what == reserving::look_again);
}

TEST_CASE_TEMPLATE("reserved since, and still open", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const noted first = ledger.note();
    (void)reserve(ledger, at(hour), "rows", 5, {});
    CHECK(gone(ledger, first) == 5);
}

TEST_CASE_TEMPLATE("reserved and settled since", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const noted first = ledger.note();
    REQUIRE(remove(ledger, at(hour), "rows", 5, {}));
    CHECK(gone(ledger, first) == 5);
    REQUIRE(remove(ledger, at(hour), "logs", 3, {}));
    CHECK(gone(ledger, first) == 5);
    much_happens(ledger);
    CHECK(look(ledger, first, at(hour), "rows", {}).what == reserving::look_again);
    const one_pool asked("rows", 1, {});
    CHECK(ledger.reserve(first, at(hour), asked.whole, yes).what == reserving::look_again);
    // What happened in other pools does not matter.
    CHECK(look(ledger, first, at(hour), "others", {}).what == reserving::reserved);
}

TEST_CASE_TEMPLATE("ended by an exception since, and resolved since", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto answer = reserve(ledger, at(hour), "rows", 5, {});
    const noted first = ledger.note();
    REQUIRE(ledger.settle(answer.id, at(hour), {kind::unknown, 0}).empty());
    const noted later_look = ledger.note();
    CHECK(gone(ledger, first) == 5);
    CHECK(gone(ledger, later_look) == 5);
    const std::string id(shearpin::detail::spell_id(answer.id));
    REQUIRE(ledger.resolve(id, resolution::removed(4), "ann", "counted", at(hour)).empty());
    CHECK(gone(ledger, first) == 4);
    CHECK(gone(ledger, later_look) == 4);
    CHECK(gone(ledger, ledger.note()) == 0);
    much_happens(ledger);
    CHECK(look(ledger, first, at(hour), "rows", {}).what == reserving::look_again);
    CHECK(look(ledger, later_look, at(hour), "rows", {}).what == reserving::look_again);
}

TEST_CASE_TEMPLATE("forgotten before the first look is no matter", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    much_happens(ledger);
    CHECK(gone(ledger, ledger.note()) == 0);
    const noted first = ledger.note();
    for (int turn = 0; turn != 10; ++turn) REQUIRE(remove(ledger, at(hour), "rows", 1, {}));
    CHECK(gone(ledger, first) == 10);
}

TEST_CASE_TEMPLATE("a judge that reserves on the same noted look twice counts the first", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const noted first = ledger.note();
    const one_pool asked("rows", 30);
    const auto at_most_100_of_200 = [](const ledger_view& view) {
        return 200 - view.past(0).gone.amount >= 100 + 30;
    };
    int admitted = 0;
    for (int turn = 0; turn != 10; ++turn)
        if (ledger.reserve(first, at(hour), asked.whole, at_most_100_of_200).what ==
            reserving::reserved)
            ++admitted;
    CHECK(admitted == 3);
}

TEST_CASE_TEMPLATE("a world that says when it looked", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}, {.margin = second}};
    REQUIRE(remove(ledger, at(hour), "rows", 5));
    const auto gone_for = [&](duration observed, duration shows_after = {}) {
        return look(ledger, ledger.note(), at(hour + minute), "rows", hour, at(observed).wall,
                    shows_after)
            .gone.amount;
    };
    CHECK(gone_for(hour + minute) == 0);
    CHECK(gone_for(hour + second) == 0);
    CHECK(gone_for(hour + second - duration::nanoseconds(1)) == 5);  // within the margin
    CHECK(gone_for(hour) == 5);
    CHECK(gone_for(hour + minute, minute) == 0);
    CHECK(gone_for(hour + minute, minute + duration::nanoseconds(1)) == 5);
    // Where there is no time to compare, it may not have seen the removal.
    CHECK(look(ledger, ledger.note(), instant{}, "rows", hour, {}, second).gone.amount == 5);
    shearpin::ledger<Store> undated{Store{}};
    REQUIRE(remove(undated, instant{}, "rows", 5));
    CHECK(look(undated, undated.note(), instant{}, "rows", hour, at(hour).wall).gone.amount == 5);
}

TEST_CASE_TEMPLATE("a world that looked before what the ledger remembers", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    much_happens(ledger);
    const auto ask = [&](duration observed) {
        return look(ledger, ledger.note(), at(hour + minute), "rows", {}, at(observed).wall);
    };
    CHECK(ask(hour + second).what == reserving::reserved);
    const past behind = ask(hour - second);
    CHECK(behind.what == reserving::look_again);
    CHECK(behind.why.find("older than what the ledger remembers") != std::string::npos);
    // Who refuses anyway is told so.
    const one_pool asked("rows", 1, {});
    CHECK(ledger
              .consult(ledger.note(), at(hour + minute), asked.whole,
                       [&](const ledger_view& view) {
                           return view.past(0, at(hour - second).wall).gone.amount > 1000;
                       })
              .what == reserving::refused);
}

TEST_CASE_TEMPLATE("the ledger remembers for as long as its users' worlds are behind", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    for (int turn = 0; turn != 400; ++turn) {
        const instant now = at(hour + duration::seconds(turn));
        const one_pool asked("rows", 1, {});
        count seen = 0;
        const auto answer =
            ledger.reserve(ledger.note(), now, asked.whole, [&](const ledger_view& view) {
                seen = view.past(0, now.wall - duration::seconds(100)).gone.amount;
                return true;
            });
        REQUIRE(answer.what == reserving::reserved);
        REQUIRE(ledger.settle(answer.id, now, {}).empty());
        CHECK(seen == static_cast<count>(turn < 100 ? turn : 99));
    }
    CHECK(ledger.entries().entries.size() < 400);
}

TEST_CASE("two ledgers on one store, as two processes have") {
    const byte_memory store;
    shearpin::ledger one{store};
    shearpin::ledger two{store};
    const noted first = one.note();
    const auto answer = reserve(two, at(hour), "rows", 5);
    REQUIRE(answer.what == reserving::reserved);
    CHECK(gone(one, first) == 0);  // only advice, from what it has read
    const one_pool asked("rows", 1);
    count seen = 0;
    CHECK(one.reserve(first, at(hour), asked.whole,
                      [&](const ledger_view& view) {
                          seen = view.past(0).gone.amount;
                          return seen + 1 <= 5;
                      })
              .what == reserving::refused);
    CHECK(seen == 5);  // it was asked again, as somebody was faster
    REQUIRE(two.settle(answer.id, at(hour), {}).empty());
    CHECK(gone(one, first) == 5);
    CHECK(gone(one, one.note()) == 0);
    CHECK(!one.settle(answer.id, at(hour), {}).empty());
}

TEST_CASE("the decision is exact where nothing happened in between: one look and one store") {
    const byte_memory store;
    shearpin::ledger ledger{store};
    const noted first = ledger.note();
    CHECK(store.shared->loads == 1);
    const one_pool asked("rows", 1);
    int judged = 0;
    const auto answer = ledger.reserve(first, at(hour), asked.whole, [&](const ledger_view&) {
        ++judged;
        return true;
    });
    CHECK(answer.what == reserving::reserved);
    CHECK(judged == 1);
    CHECK(store.shared->loads == 1);
    CHECK(store.shared->stores == 1);
    CHECK(ledger.settle(answer.id, at(hour), {}).empty());
    CHECK(store.shared->loads == 1);
    CHECK(store.shared->stores == 2);
}
