// SPDX-License-Identifier: BSL-1.0
// How much a ledger notes, to the last one that fits: records, pools, overrides.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ledger_testing;
using shearpin::detail::ledger_changes;
using shearpin::detail::ledger_document;
using shearpin::detail::spent_override;
using kind = settlement::kind;

namespace {

std::string why_not(ledger_changes& changes, std::uint64_t number, const instant& now,
                    const claim& asked, duration margin = {}) {
    return std::string(changes.reserve({1, number}, number, now, margin, {}, asked, {}));
}

}  // namespace

TEST_CASE("16384 removals fit; when one is settled and can be put together, one more") {
    ledger_changes changes;
    const one_pool asked("rows", 1, duration::days(1));
    for (std::uint64_t number = 1; number <= 16'384; ++number)
        REQUIRE(why_not(changes, number, at(hour), asked.whole) == "");
    CHECK(why_not(changes, 16'385, at(hour), asked.whole).find("the ledger is full") == 0);
    CHECK(changes.document.size() == 16'384);
    for (const std::uint64_t number : {1u, 2u})
        REQUIRE(changes.settle({1, number}, 20'000, at(hour), {}) == ledger_changes::settled::done);
    // The youngest of the log stay as they are, and these are the only ones.
    CHECK(why_not(changes, 16'385, at(hour), asked.whole).find("the ledger is full") == 0);
    for (std::uint64_t number = 3; number <= 70; ++number)
        REQUIRE(changes.settle({1, number}, 20'000, at(hour), {}) == ledger_changes::settled::done);
    // Nor is anything put together that could be forgotten soon, while most are open.
    CHECK(why_not(changes, 16'385, at(hour), asked.whole).find("the ledger is full") == 0);
    CHECK(why_not(changes, 16'385, at(hour + duration::days(1)), asked.whole) == "");
    CHECK(changes.document.log().size() == 64);
}

TEST_CASE("when more than three quarters are in the log, a quarter of it is put together") {
    for (const std::uint64_t settled_ones : {12'288u, 12'289u}) {
        ledger_changes changes;
        const one_pool asked("rows", 1, duration::days(1));
        for (std::uint64_t number = 1; number <= 16'384; ++number) {
            REQUIRE(why_not(changes, number, at(hour), asked.whole) == "");
            if (number <= settled_ones)
                REQUIRE(changes.settle({1, number}, number, at(hour), {}) ==
                        ledger_changes::settled::done);
        }
        const bool fits = settled_ones == 12'289;
        CHECK((why_not(changes, 16'385, at(hour), asked.whole) == "") == fits);
        CHECK(changes.document.pools[0].settled.size() == (fits ? 65 : settled_ones));
        shearpin::count sum = 0;
        for (std::size_t each = 0; each != changes.document.pools[0].settled.size(); ++each)
            sum += changes.document.pools[0].settled[each].removed.amount;
        CHECK(sum == settled_ones);
    }
}

TEST_CASE("a pool whose name begins another's is not that one") {
    ledger_changes changes;
    std::uint64_t number = 0;
    for (const char* name : {"rows of ann", "rows", "rows of", ""}) {
        const one_pool asked(name, 1);
        CHECK(changes.document.find_pool(name) == ledger_document::nowhere);
        REQUIRE(why_not(changes, ++number, at(hour), asked.whole) == "");
        CHECK(changes.document.find_pool(name) == number - 1);
    }
}

TEST_CASE("to make room, no more than a quarter is put together, where that lies closest") {
    constexpr duration part = duration::seconds(100);  // a 4096th of the window
    ledger_changes changes;
    std::uint64_t number = 0;
    const auto add = [&](int how_many, const std::string& pools, duration now, settlement how) {
        for (int turn = 0; turn != how_many; ++turn) {
            const std::string name = pools + (pools == "rows" ? "" : std::to_string(turn));
            const one_pool asked(name, 1, duration::seconds(409'600));
            REQUIRE(why_not(changes, ++number, at(now), asked.whole) == "");
            REQUIRE(changes.settle({1, number}, number, at(now), how) ==
                    ledger_changes::settled::done);
        }
    };
    add(2000, "rows", hour, {});
    add(1200, "closer ", hour, {});
    add(800, "close ", hour, {});
    add(1200, "closer ", hour + part + second, {});
    add(800, "close ", hour + part + part + part + part + second, {});
    add(12'289 - 6000, "rows", duration::hours(2), {kind::unknown});
    REQUIRE(changes.document.log().size() == 12'289);
    changes.shrink(at(duration::hours(2)));
    CHECK(changes.document.log().size() == 12'289 - 1999 - 1200);
}

TEST_CASE("4096 pools fit, however many of them a removal names") {
    ledger_changes changes;
    std::vector<std::string> names;
    for (int number = 0; number != 4097; ++number) names.push_back(std::to_string(number));
    for (std::size_t number = 0; number != 4095; ++number) {
        const one_pool asked(names[number], 1);
        const reservation_id id{1, number};
        REQUIRE(changes.reserve(id, 1, at(hour), {}, {}, asked.whole, {}).empty());
        REQUIRE(changes.settle(id, 1, at(hour), {}) == ledger_changes::settled::done);
    }
    const one_pool known(names[17], 1), new_one(names[4095], 1), another(names[4096], 1);
    const auto both = [&](const one_pool& one, const one_pool& other, std::uint64_t number) {
        const pool_claim pools[] = {one.pool, other.pool};
        claim asked;
        asked.pools = pools;
        asked.number = 2;
        return why_not(changes, number, at(hour), asked);
    };
    CHECK(both(new_one, another, 10'001).find("the ledger knows 4096 pools") == 0);
    CHECK(changes.document.pools.size() == 4095);
    CHECK(both(known, new_one, 10'002) == "");
    CHECK(changes.document.pools.size() == 4096);
    CHECK(both(known, new_one, 10'003) == "");
    CHECK(both(known, another, 10'004).find("the ledger knows 4096 pools") == 0);
    CHECK(both(another, known, 10'005).find("the ledger knows 4096 pools") == 0);
}

TEST_CASE("overrides that are spent are forgotten from 512 on, when no clock takes them as valid") {
    const auto spend = [](ledger_changes& changes, std::uint64_t number, const instant& now,
                          time_point until, duration margin = {}) {
        const std::string id = std::to_string(number);
        const spent_override lift{"max_batch", "rows", id, until};
        one_pool asked("rows", 1);
        asked.whole.overrides = &lift;
        asked.whole.overrides_number = 1;
        REQUIRE(why_not(changes, number, now, asked.whole, margin) == "");
        REQUIRE(changes.settle({1, number}, number, now, {}) == ledger_changes::settled::done);
    };
    const duration nanosecond = duration::nanoseconds(1);
    for (const duration margin : {duration{}, second}) {
        ledger_changes changes;
        spend(changes, 1, at(minute), {}, margin);  // without an end
        for (std::uint64_t number = 2; number <= 511; ++number)
            spend(changes, number, at(minute), at(hour).wall);
        const instant over = at(hour + margin + nanosecond);
        spend(changes, 512, over, over.wall);
        CHECK(changes.document.spent.size() == 512);
        spend(changes, 513, at(hour + margin), over.wall);
        CHECK(changes.document.spent.size() == 513);
        spend(changes, 514, {}, over.wall);  // by who has no clock
        CHECK(changes.document.spent.size() == 514);
        spend(changes, 515, over, over.wall);
        CHECK(changes.document.spent.size() == 5);
        CHECK(changes.document.is_spent("max_batch", "rows", "1"));
        CHECK_FALSE(changes.document.is_spent("max_batch", "rows", "2"));
        for (const char* id : {"512", "513", "514", "515"})
            CHECK(changes.document.is_spent("max_batch", "rows", id));
    }
}

TEST_CASE("what is forgotten, or came to nothing, leaves its room to others") {
    for (const bool came_to_nothing : {false, true}) {
        ledger_changes changes;
        const one_pool asked("rows", 1, minute);
        for (std::uint64_t number = 1; number != 500; ++number) {
            const instant now = at(duration::seconds(static_cast<std::int64_t>(number)));
            REQUIRE(why_not(changes, number, now, asked.whole) == "");
            if (came_to_nothing)
                REQUIRE(changes.resolve({1, number}, number, now, shearpin::count{0}, "ann", "x")
                            .empty());
            else
                REQUIRE(changes.settle({1, number}, number, now, {}) ==
                        ledger_changes::settled::done);
        }
        CHECK(changes.document.size() < 70);
        CHECK(changes.document.take_slot() < 70);
    }
}

TEST_CASE("of 512 overrides that are spent those are forgotten that are over") {
    for (const std::uint64_t number : {511u, 512u}) {
        ledger_changes changes;
        for (std::uint64_t each = 1; each <= number + 1; ++each) {
            const std::string id = std::to_string(each);
            const bool is_last = each == number + 1;
            const spent_override lift{"max_batch", "rows", id,
                                      at(is_last ? duration::hours(3) : hour).wall};
            one_pool asked("rows", 1);
            asked.whole.overrides = &lift;
            asked.whole.overrides_number = 1;
            const instant now = at(is_last ? duration::hours(2) : minute);
            REQUIRE(why_not(changes, each, now, asked.whole) == "");
        }
        CHECK(changes.document.spent.size() == (number == 511 ? 512 : 1));
    }
}

TEST_CASE("who has no clock forgets no override, also none that ended before 1970") {
    ledger_changes changes;
    const auto spend = [&](const instant& now) {
        const std::string id = std::to_string(changes.document.spent.size());
        const spent_override lift{"max_batch", "rows", id,
                                  time_point::since_epoch(duration{} - second)};
        one_pool asked("rows", 1);
        asked.whole.overrides = &lift;
        asked.whole.overrides_number = 1;
        const std::uint64_t number = changes.document.open().size() + 1;
        REQUIRE(why_not(changes, number, now, asked.whole) == "");
    };
    for (int turn = 0; turn != 600; ++turn) spend({});
    CHECK(changes.document.spent.size() == 600);
    spend(at(hour));
    CHECK(changes.document.spent.size() == 1);
}

TEST_CASE("a log is halved where it can be, and not made much shorter than that") {
    ledger_changes changes;
    const one_pool asked("rows", 1, hour);
    // Too far apart to be close, and with a margin that lets nothing be forgotten.
    const auto when = [](std::uint64_t number) {
        return at(duration::hours(2 * static_cast<std::int64_t>(number)));
    };
    for (std::uint64_t number = 1; number <= 264; ++number) {
        REQUIRE(why_not(changes, number, when(number), asked.whole, duration::days(100)) == "");
        REQUIRE(changes.settle({1, number}, number, when(number), {}) ==
                ledger_changes::settled::done);
    }
    REQUIRE(changes.document.log().size() == 264);
    changes.halve(when(264));
    // The youngest 64 stay; of the 200 others each pass puts two together: 164, then 114.
    CHECK(changes.document.log().size() == 114);
}

TEST_CASE("the names of an override fit to the last letter") {
    const std::string of_63(63, 'n'), of_64(64, 'n'), of_255(255, 'i'), of_256(256, 'i');
    const auto is_noted = [](const spent_override& lift) {
        ledger_changes changes;
        one_pool asked("rows", 1);
        asked.whole.overrides = &lift;
        asked.whole.overrides_number = 1;
        const std::string why = why_not(changes, 1, at(hour), asked.whole);
        CHECK((why == "" || why == "the id of an override is longer than 255 characters, or its "
                                   "rule or pool longer than 63"));
        CHECK(changes.document.is_spent(lift.rule, lift.pool, lift.id) == (why == ""));
        return why == "";
    };
    CHECK(is_noted({of_63, of_63, of_255, {}}));
    CHECK_FALSE(is_noted({of_64, of_63, of_255, {}}));
    CHECK_FALSE(is_noted({of_63, of_64, of_255, {}}));
    CHECK_FALSE(is_noted({of_63, of_63, of_256, {}}));
}

TEST_CASE("1024 overrides that are spent are noted, and no more before one of them is over") {
    const auto spend = [](ledger_changes& changes, std::uint64_t number, std::uint64_t how_many) {
        const std::string ids[] = {std::to_string(number), std::to_string(number) + " as well"};
        const spent_override lifts[] = {{"max_batch", "rows", ids[0], at(hour).wall},
                                        {"max_batch", "rows", ids[1], at(hour).wall}};
        one_pool asked("rows", 1);
        asked.whole.overrides = lifts;
        asked.whole.overrides_number = how_many;
        return why_not(changes, number, at(minute), asked.whole);
    };
    ledger_changes changes;
    for (std::uint64_t number = 1; number <= 1023; ++number)
        REQUIRE(spend(changes, number, 1) == "");
    CHECK(spend(changes, 2000, 2).find("the ledger holds 1024 spent overrides") == 0);
    CHECK(changes.document.spent.size() == 1023);
    CHECK(spend(changes, 2001, 1) == "");
    CHECK(changes.document.spent.size() == 1024);
    CHECK(spend(changes, 2002, 1).find("the ledger holds 1024 spent overrides") == 0);
    CHECK(spend(changes, 2003, 0) == "");
    CHECK(changes.document.spent.size() == 1024);
}

TEST_CASE("a reason of 95 letters is noted whole; of a longer one the end is cut") {
    const std::string of_95(95, 'w'), of_96(96, 'w'), cut = std::string(92, 'w') + "...";
    for (const std::string& reason : {of_95, of_96}) {
        ledger_changes changes;
        one_pool asked("rows", 1);
        asked.whole.reason = reason;
        REQUIRE(why_not(changes, 1, at(hour), asked.whole) == "");
        const std::uint32_t slot = changes.document.find({1, 1});
        REQUIRE(slot != ledger_document::nowhere);
        CHECK(changes.document.record(slot).reason == (reason == of_95 ? of_95 : cut));
        REQUIRE(changes.resolve({1, 1}, 2, at(hour), shearpin::count{1}, "ann", reason).empty());
        CHECK(changes.document.record(slot).resolved_why == (reason == of_95 ? of_95 : cut));
    }
}

TEST_CASE("who could not look at first is told why, and nothing is noted for him") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    const one_pool asked("rows", 1);
    noted first;
    first.why = "the first look failed";
    for (const reserve_answer& answer : {ledger.reserve(first, at(hour), asked.whole, yes),
                                         ledger.consult(first, at(hour), asked.whole, yes)}) {
        CHECK(answer.what == reserving::failed);
        CHECK(answer.why == "the first look failed");
    }
    // Nor for who has seen something newer, as before a backup was put back.
    first = ledger.note();
    ++first.version;
    const reserve_answer answer = ledger.reserve(first, at(hour), asked.whole, yes);
    CHECK(answer.what == reserving::failed);
    CHECK(std::string(answer.why).find("the ledger is older than what was read of it before") == 0);
    CHECK(ledger.entries().entries.empty());
}

TEST_CASE("the largest margin of all users is kept, and the longest window of each pool") {
    ledger_changes changes;
    std::uint64_t number = 0;
    for (const duration margin : {second, minute, second}) {
        const one_pool asked("rows", 1, margin);
        REQUIRE(why_not(changes, ++number, at(hour), asked.whole, margin) == "");
    }
    CHECK(changes.document.margin == minute);
    CHECK(changes.document.pools[0].window == minute);
}

TEST_CASE("where nobody said how many targets there are, they are as many as in the largest pool") {
    for (const bool is_turned_round : {false, true}) {
        ledger_changes changes;
        const one_pool rows("rows", is_turned_round ? 3 : 7);
        const one_pool logs("logs", is_turned_round ? 7 : 3);
        const pool_claim pools[] = {rows.pool, logs.pool};
        claim asked;
        asked.pools = pools;
        asked.number = 2;
        REQUIRE(why_not(changes, 1, at(hour), asked) == "");
        asked.heads = 5;
        REQUIRE(why_not(changes, 2, at(hour), asked) == "");
        CHECK(changes.document.record(changes.document.open()[0]).heads == 7);
        CHECK(changes.document.record(changes.document.open()[1]).heads == 5);
        // As many as were reserved are not more than that; one more is.
        CHECK(changes.settle({1, 1}, 3, at(hour), {kind::heads, 7}) ==
              ledger_changes::settled::done);
        CHECK(changes.settle({1, 2}, 4, at(hour), {kind::heads, 6}) ==
              ledger_changes::settled::larger);
    }
}
