// SPDX-License-Identifier: BSL-1.0
// How much room a store has to have for what is to be noted: as much as it may take there, to the
// byte, and what is spared for ending what is open and for people.
#include "gate.hpp"
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <future>
#include <string>
#include <thread>
#include <vector>

using namespace ledger_testing;
using shearpin::resolution;
using shearpin::detail::spent_override;
using kind = settlement::kind;

namespace {

constexpr std::size_t for_people = 8192;  // is left when a ledger is full
constexpr std::size_t for_an_end = 64;    // of each that is open

struct small_store : byte_memory {
    static constexpr std::size_t capacity = 12'000;
};
/// One with this document, that nobody else has.
small_store store_of(const document& given) {
    small_store made;
    *made.shared = given;
    return made;
}

bool is_full(const shearpin::store_trouble& why) {
    return std::string(why).find("the ledger is full") == 0;
}

/// How many bytes at most a reason may have, so that this is still noted on such a document, after
/// so many resolutions of what is not there.
std::size_t room_for_a_reason(const document& given, claim asked, int mistakes = 0) {
    const auto fits = [&](std::size_t length) {
        const std::string reason(length, 'r');
        asked.reason = reason;
        shearpin::ledger ledger{store_of(given)};
        const std::string none(32, '0');
        for (int turn = 0; turn != mistakes; ++turn)
            CHECK(!ledger.resolve(none, resolution::everything_removed, "ann", "x").empty());
        const reserve_answer answer = ledger.reserve(ledger.note(), at(hour), asked, yes);
        REQUIRE((answer.what == reserving::reserved || is_full(answer.why)));
        return answer.what == reserving::reserved;
    };
    std::size_t fitting = 0, too_long = small_store::capacity;
    while (fitting + 1 != too_long) {
        const std::size_t middle = (fitting + too_long) / 2;
        (fits(middle) ? fitting : too_long) = middle;
    }
    return fitting;
}

/// The document, with a removal more whose reason is so long, which is open or in doubt.
document with_one_more(const document& on, std::size_t number, std::size_t length,
                       bool is_in_doubt) {
    byte_memory store;
    *store.shared = on;
    shearpin::ledger ledger{store};
    const std::string reason = std::to_string(100 + number) + std::string(length, 'r');
    one_pool asked("rows", 1);
    asked.whole.reason = reason;
    const auto answer = reserve(ledger, at(hour), asked, yes);
    REQUIRE(answer.what == reserving::reserved);
    if (is_in_doubt) REQUIRE(ledger.settle(answer.id, at(hour), {kind::unknown}).empty());
    return *store.shared;
}

}  // namespace

TEST_CASE("a reservation finds room for itself, for the ends of all that is open, and for people") {
    byte_memory store;
    shearpin::ledger other{store};
    REQUIRE(reserve(other, at(hour), "rows", 1).what == reserving::reserved);
    const document one_open = *store.shared;
    REQUIRE(reserve(other, at(hour), "rows", 1).what == reserving::reserved);
    const document two_open = *store.shared;

    pool_claim pools[2];
    pools[0].pool = "rows";
    pools[1].pool = "records";
    claim asked;
    asked.pools = pools;
    asked.number = 1;
    const std::size_t one = room_for_a_reason(one_open, asked);
    CHECK(one_open.bytes.size() + 256 + 128 + std::string("rows").size() + one + 2 * for_an_end +
              for_people ==
          small_store::capacity);
    CHECK(two_open.bytes.size() + room_for_a_reason(two_open, asked) + for_an_end ==
          one_open.bytes.size() + one);
    // What was not noted in the end takes no room.
    CHECK(room_for_a_reason(one_open, asked, 100) == one);

    claim more = asked;
    more.actor = "ann";
    CHECK(room_for_a_reason(one_open, more) == one - 3);
    more = asked;
    more.number = 2;
    CHECK(room_for_a_reason(one_open, more) == one - 128 - std::string("records").size());
    const spent_override lifts[2] = {{"max_batch", "rows", "1", {}}, {"max_rate", "rows", "2", {}}};
    more = asked;
    more.overrides = lifts;
    more.overrides_number = 1;
    CHECK(room_for_a_reason(one_open, more) == one - 512);
    more.overrides_number = 2;
    CHECK(room_for_a_reason(one_open, more) == one - 2 * 512);
}

TEST_CASE("what a person says finds room for a name and a reason at their longest") {
    // Of nothing here it is known how it ended, so that nothing can be put together.
    const auto note = [](const document& on, std::size_t number, std::size_t length) {
        return with_one_more(on, number, length, true);
    };
    const std::size_t largest = small_store::capacity - (63 + 95 + 64) - for_an_end;
    document nearly, noted;
    for (std::size_t number = 0;
         noted = note(nearly, number, 10), noted.bytes.size() + 81 < largest; ++number)
        nearly = noted;
    REQUIRE(noted.bytes.size() <= largest);
    const std::size_t length = 10 + largest - noted.bytes.size();
    for (const std::size_t longer : {0u, 1u}) {
        const document full = note(nearly, 99, length + longer);
        REQUIRE(full.bytes.size() == largest + longer);
        shearpin::ledger ledger{store_of(full)};
        const std::string id = ledger.entries().entries[0].id;
        const shearpin::store_trouble trouble =
            ledger.resolve(id, resolution::everything_removed, "ann", "looked", at(hour));
        CHECK(is_full(trouble) == (longer == 1));
        CHECK(trouble.empty() == (longer == 0));
    }
}

TEST_CASE("what was settled since the document was read takes its room") {
    byte_memory begun;
    shearpin::ledger<byte_memory> other{begun};
    std::vector<reservation_id> open;
    for (int number = 0; number != 30; ++number)
        open.push_back(reserve(other, at(hour), "rows", 1).id);
    const auto settle_all = [&](auto& ledger) {
        for (const reservation_id& id : open) CHECK(ledger.settle(id, at(hour), {}).empty());
    };
    byte_memory settled;
    *settled.shared = *begun.shared;
    shearpin::ledger<byte_memory> ledger{settled};
    settle_all(ledger);
    one_pool asked("rows", 1);
    const std::size_t room = room_for_a_reason(*settled.shared, asked.whole);
    for (const std::size_t longer : {0u, 1u}) {
        shearpin::ledger<small_store> small{store_of(*begun.shared)};
        const noted first = small.note();
        settle_all(small);
        const std::string reason(room + longer, 'r');
        asked.whole.reason = reason;
        const auto answer = small.reserve(first, at(hour), asked.whole, yes);
        CHECK(is_full(answer.why) == (longer == 1));
        CHECK((answer.what == reserving::reserved) == (longer == 0));
    }
}

TEST_CASE("what threads note at the same time finds room together") {
    gate the_gate;
    byte_memory watched;
    watched.on_store = [&](const std::string&, std::uint64_t, shearpin::stored&) {
        the_gate.pass();
        return false;
    };
    shearpin::ledger<small_store> ledger{small_store{watched}};
    const noted first = ledger.note();
    const auto reserve_one = [&](int number) {
        const std::string reason = std::to_string(100 + number) + std::string(92, 'r');
        one_pool asked("rows", 1);
        asked.whole.reason = reason;
        return ledger.reserve(first, at(hour), asked.whole, yes);
    };
    // While the first one is stored, the others come, one after the other.
    std::vector<std::future<reserve_answer>> all;
    shearpin::count open = 0, told = 0;
    for (int number = 0; number != 40; ++number) {
        all.push_back(std::async(std::launch::async, reserve_one, number));
        if (number == 0) the_gate.wait_for(1);
        while (open + told != all.size()) {
            open = look(ledger, first, at(hour), "rows").open.amount;
            told = 0;
            for (const auto& each : all)
                if (each.wait_for(std::chrono::seconds(0)) == std::future_status::ready) ++told;
        }
    }
    the_gate.open_for(100);
    std::size_t reserved = 0;
    for (auto& each : all) {
        const reserve_answer answer = each.get();
        if (answer.what == reserving::reserved)
            ++reserved;
        else
            CHECK(is_full(answer.why));
    }
    CHECK(watched.shared->stores == 2);
    CHECK(reserved > 4);
    CHECK(reserved < 40);
    CHECK(watched.shared->bytes.size() + for_people + for_an_end * reserved <=
          small_store::capacity);
}

TEST_CASE("a document may be as long as its store takes, to the byte") {
    // All are open, so that nothing can be put together.
    const auto note = [](const document& on, std::size_t number, std::size_t length) {
        return with_one_more(on, number, length, false);
    };
    byte_memory begun;
    shearpin::ledger other{begun};
    const reservation_id id = reserve(other, at(hour), "rows", 1).id;
    const auto settled_size = [&](const document& on) {
        byte_memory store;
        *store.shared = on;
        shearpin::ledger ledger{store};
        REQUIRE(ledger.settle(id, at(hour), {}).empty());
        return store.shared->bytes.size();
    };
    document nearly = *begun.shared, noted;
    for (std::size_t number = 0;
         noted = note(nearly, number, 10), settled_size(noted) + 81 < small_store::capacity;
         ++number)
        nearly = noted;
    const std::size_t length = 10 + small_store::capacity - settled_size(noted);
    for (const std::size_t longer : {0u, 1u}) {
        const document full = note(nearly, 899, length + longer);
        REQUIRE(settled_size(full) == small_store::capacity + longer);
        const small_store store = store_of(full);
        shearpin::ledger<small_store> ledger{store};
        const auto trouble = ledger.settle(id, at(hour), {});
        CHECK(trouble.empty() == (longer == 0));
        CHECK(is_full(trouble) == (longer == 1));
        CHECK((store.shared->bytes.size() == small_store::capacity) == (longer == 0));
    }
}

TEST_CASE("where there is no room removals are put together, and say for how many they stand") {
    shearpin::ledger ledger{small_store{}};
    for (int turn = 0; turn != 300; ++turn)
        REQUIRE(remove(ledger, at(duration::seconds(turn)), "rows", 1, duration::hours(10)));
    CHECK(look(ledger, at(duration::seconds(300)), "rows", duration::hours(10)).within.amount ==
          300);
    const auto entries = ledger.entries().entries;
    CHECK(entries.size() < 200);
    shearpin::count stand_for = 0;
    for (const auto& each : entries) {
        stand_for += each.removals;
        REQUIRE(each.pools.size() == 1);
        CHECK(each.pools[0].removed.amount == each.removals);
    }
    CHECK(stand_for == 300);
}
