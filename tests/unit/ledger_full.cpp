// SPDX-License-Identifier: BSL-1.0
// A ledger that is full: at least 10^4 records fit, then removals are put together, then it
// refuses.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <type_traits>
#include <vector>

using namespace ledger_testing;
using shearpin::count;
using shearpin::resolution;
using shearpin::detail::ledger_changes;
using shearpin::detail::ledger_document;
using shearpin::detail::ledger_encoder;
using kind = settlement::kind;

namespace {

bool has(const shearpin::store_trouble& text, const char* part) {
    return std::string(text).find(part) != std::string::npos;
}

instant later(instant now) {
    now.wall = now.wall + minute;
    now.since_boot = now.since_boot + minute;
    return now;
}

/// A store that takes little, so that it is full soon.
struct tiny_store : byte_memory {
    static constexpr std::size_t capacity = 12'000;
};

/// One in which not even all that people may say has room.
struct small_store : byte_memory {
    static constexpr std::size_t capacity = 24'000;
};

}  // namespace

TEST_CASE("10^4 records fit into 1 MiB, with actors and reasons of their own") {
    ledger_changes changes;
    const shearpin::detail::process_identity process{1, 2, 3, 4, "db7.example.org"};
    dice random(6);
    for (std::uint64_t number = 0; number != 10'000; ++number) {
        const std::string pool = "pool-" + std::to_string(random.below(100));
        const std::string actor = "operator-" + std::to_string(random.below(50));
        const std::string reason = "change " + std::to_string(number) + ": take it out";
        one_pool asked(pool, 1 + random.below(1000), duration::days(365));
        asked.pool.asked.serving = random.below(500);
        asked.pool.asked.heads = random.below(10);
        asked.whole.actor = actor;
        asked.whole.reason = reason;
        const reservation_id id{random.next(), random.next()};
        const instant now = at(duration::nanoseconds(static_cast<std::int64_t>(
            number * 3'000'000'000'000 + random.below(1'000'000'000'000))));
        REQUIRE(changes.reserve(id, 2 * number + 1, now, {}, {}, asked.whole, process).empty());
        if (number < 9000)
            REQUIRE(changes.settle(id, 2 * number + 2, later(now), {}) ==
                    ledger_changes::settled::done);
    }
    CHECK(changes.document.log().size() == 9000);
    CHECK(changes.document.open().size() == 1000);
    const std::size_t size = ledger_encoder::encode(changes.document).size();
    MESSAGE("10^4 records take " << size << " bytes");
    CHECK(size <= std::size_t{1} << 20);
}

TEST_CASE_TEMPLATE("when full, removals are put together, so that they count for longer", Store,
                   shearpin::memory_store, tiny_store) {
    shearpin::ledger<Store> ledger{Store{}};
    const duration window = duration::hours(10);
    const int turns = 20'000;
    count total = 0;
    std::vector<std::pair<duration, count>> truth;
    dice random(7);
    for (int turn = 0; turn != turns; ++turn) {
        const duration now = duration::seconds(turn);
        const count amount = 1 + random.below(3);
        REQUIRE(remove(ledger, at(now), "rows", amount, window));
        truth.emplace_back(now, amount);
        total += amount;
        if (turn % 1000 != 999) continue;
        const past seen = look(ledger, at(now), "rows", window);
        CHECK(seen.within.amount == total);  // nothing is lost
        for (const int minutes : {1, 10, 60, 300}) {
            count exact = 0;
            for (const auto& [when, how_much] : truth)
                if (now - when < duration::minutes(minutes)) exact += how_much;
            CHECK(look(ledger, at(now), "rows", duration::minutes(minutes)).within.amount >= exact);
        }
    }
    const std::size_t remembered = ledger.entries().entries.size();
    CHECK(remembered < 16'384);
    count stands_for = 0;
    for (const auto& each : ledger.entries().entries) stands_for += each.removals;
    CHECK(stands_for == turns);
    // Later than they were by a small part of the window, where there is room for 16384.
    if (std::is_same_v<Store, shearpin::memory_store>) {
        const duration later = duration::seconds(turns) + window;
        CHECK(look(ledger, at(later + duration::minutes(1)), "rows", window).within.amount == 0);
        count exact = 0;
        const duration then = duration::seconds(turns / 2) + window;
        for (const auto& [when, how_much] : truth)
            if (then - when < window) exact += how_much;
        const count found = look(ledger, at(then), "rows", window).within.amount;
        CHECK(found >= exact);
        CHECK(found <= exact + exact / 50);
    }
}

TEST_CASE("removals of other pools are not put together") {
    shearpin::ledger ledger{tiny_store{}};
    const char* pools[] = {"a", "b", "c"};
    for (int turn = 0; turn != 3000; ++turn)
        REQUIRE(remove(ledger, at(duration::seconds(turn)), pools[turn % 3],
                       static_cast<count>(turn % 3 + 1), duration::days(10)));
    for (int each = 0; each != 3; ++each)
        CHECK(look(ledger, at(duration::seconds(3000)), pools[each], duration::days(10))
                  .within.amount == static_cast<count>(1000 * (each + 1)));
    for (const auto& each : ledger.entries().entries) {
        REQUIRE(each.pools.size() == 1);
        if (each.removals != 1) CHECK(each.pools[0].removed.amount % each.removals == 0);
    }
}

TEST_CASE_TEMPLATE("what is open or unknown is never put together: then it is full", Store,
                   shearpin::memory_store, tiny_store) {
    shearpin::ledger<Store> ledger{Store{}};
    std::vector<reservation_id> open;
    shearpin::store_trouble why;
    for (int turn = 0; turn != 17'000; ++turn) {
        const auto answer = reserve(ledger, at(hour), "rows", 1);
        if (answer.what == reserving::reserved) {
            open.push_back(answer.id);
            if (turn % 3 == 0)
                REQUIRE(ledger.settle(answer.id, at(hour), {kind::unknown, 0}).empty());
            continue;
        }
        CHECK(answer.what == reserving::failed);
        why = answer.why;
        break;
    }
    CHECK(has(why, "is full"));
    CHECK(has(why, "resolve"));
    CHECK(open.size() > (std::is_same_v<Store, tiny_store> ? 30 : 16'000));
    CHECK(look(ledger, at(hour), "rows").gone.amount == open.size());
    // All that is open can still be settled and resolved, and then there is room again.
    for (const auto& each : ledger.entries().entries)
        if (each.state == shearpin::entry_state::unknown) {
            const auto trouble =
                ledger.resolve(each.id, resolution::everything_removed, std::string(63, 'b'),
                               std::string(95, 'w'), at(hour + minute));
            if (!trouble.empty()) {
                CHECK(has(trouble, "is full"));
                break;
            }
        }
    for (std::size_t each = 0; each != open.size(); ++each)
        if (each % 3 != 0) REQUIRE(ledger.settle(open[each], at(hour + minute), {}).empty());
    CHECK(remove(ledger, at(hour + minute), "rows", 1));
}

TEST_CASE("so full that not all can be resolved: what cannot is told, and stays as it was") {
    shearpin::ledger ledger{small_store{}};
    for (;;) {
        const auto answer = reserve(ledger, at(hour), "rows", 1);
        if (answer.what != reserving::reserved) break;
        REQUIRE(ledger.settle(answer.id, at(hour), {kind::unknown, 0}).empty());
    }
    const auto all = ledger.entries().entries;
    std::size_t resolved = 0;
    const auto resolve_next = [&](const instant& now) {
        const std::string number = std::to_string(1000 + resolved);  // each says something else
        return ledger.resolve(all[resolved].id, resolution::everything_removed,
                              number + std::string(59, 'b'), number + std::string(91, 'w'), now);
    };
    shearpin::store_trouble trouble;
    for (; resolved != all.size(); ++resolved)
        if (trouble = resolve_next(at(hour)); !trouble.empty()) break;
    CHECK(has(trouble, "is full"));
    REQUIRE(resolved != 0);
    REQUIRE(resolved != all.size());
    const auto listing = ledger.entries();
    REQUIRE(listing.entries.size() == all.size());
    for (std::size_t each = 0; each != all.size(); ++each)
        CHECK((listing.entries[each].state == shearpin::entry_state::resolved) ==
              (each < resolved));
    CHECK(look(ledger, at(hour), "rows").within.amount == all.size());
    // When what was resolved is forgotten, there is room again.
    CHECK(resolve_next(at(duration::days(100))).empty());
}

TEST_CASE_TEMPLATE("what is settled is forgotten when nobody can see it", Store,
                   shearpin::memory_store, byte_memory) {
    shearpin::ledger<Store> ledger{Store{}};
    for (int turn = 0; turn != 1000; ++turn)
        REQUIRE(remove(ledger, at(duration::seconds(turn)), "rows", 1, minute));
    CHECK(ledger.entries().entries.size() <= 70);
    CHECK(look(ledger, at(duration::seconds(999)), "rows", minute).within.amount == 60);
    CHECK(look(ledger, at(duration::seconds(999)), "rows", minute).remembers);
    CHECK(!look(ledger, at(duration::seconds(999)), "rows", hour).remembers);
    CHECK(look(ledger, at(duration::seconds(999 + 3600)), "rows", hour).remembers);
    // A longer window of one user keeps it for all.
    for (int turn = 0; turn != 1000; ++turn)
        REQUIRE(remove(ledger, at(duration::hours(10) + duration::seconds(turn)), "rows", 1,
                       turn % 100 == 0 ? hour : duration{}));
    CHECK(look(ledger, at(duration::hours(10) + duration::seconds(999)), "rows", hour)
              .within.amount == 1000);
    CHECK(look(ledger, at(duration::hours(10) + duration::seconds(999)), "rows", hour).remembers);
}

TEST_CASE_TEMPLATE("what has to stay at the old end does not keep the rest", Store,
                   shearpin::memory_store, byte_memory) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto answer = reserve(ledger, at(hour), "rows", 7, minute);
    REQUIRE(ledger.settle(answer.id, at(hour), {kind::unknown, 0}).empty());
    for (int turn = 0; turn != 5000; ++turn)
        REQUIRE(remove(ledger, at(hour + duration::seconds(turn)), "rows", 1, minute));
    CHECK(ledger.entries().entries.size() < 400);
    CHECK(look(ledger, at(hour + duration::seconds(4999)), "rows", minute).gone.amount == 7);
}

TEST_CASE("more pools than a ledger knows") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    for (int number = 0; number != 4096; ++number)
        REQUIRE(remove(ledger, at(hour), std::to_string(number), 1));
    const auto answer = reserve(ledger, at(hour), "one more", 1);
    CHECK(answer.what == reserving::failed);
    CHECK(has(answer.why, "4096 pools"));
    CHECK(remove(ledger, at(hour), "17", 1));
    CHECK(look(ledger, at(hour), "17").within.amount == 2);
}
