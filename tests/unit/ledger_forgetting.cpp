// SPDX-License-Identifier: BSL-1.0
// What a ledger forgets, and when: to the nanosecond, and never what somebody may still look for.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace ledger_testing;
using shearpin::count;
using shearpin::detail::ledger_changes;
using shearpin::detail::ledger_pool;
using shearpin::detail::ledger_record;
using kind = settlement::kind;

namespace {

constexpr duration nanosecond = duration::nanoseconds(1);

/// A ledger on which removals are noted and settled at once.
struct noting {
    ledger_changes changes;
    std::uint64_t version = 0;
    duration window = minute;
    duration margin{};
    duration looked_back{};
    std::string pool = "rows";

    reservation_id add(const instant& when, settlement how = {}) {
        const one_pool asked(pool, 1, window);
        const reservation_id id{1, ++version};
        REQUIRE(changes.reserve(id, version, when, margin, looked_back, asked.whole, {}).empty());
        ++version;
        REQUIRE(changes.settle(id, version, when, how) == ledger_changes::settled::done);
        return id;
    }
    /// The youngest 64 are kept however old they are.
    void add_young_ones(const instant& when, const std::string& where = "young") {
        const duration before = window;
        window = {};
        pool = where;
        for (int number = 0; number != 64; ++number) add(when);
        window = before;
        pool = "rows";
    }
    [[nodiscard]] bool knows(const reservation_id& id) const {
        return changes.document.find(id) != shearpin::detail::ledger_document::nowhere;
    }
    [[nodiscard]] const ledger_pool& rows() const {
        return changes.document.pools[changes.document.find_pool("rows")];
    }
};

}  // namespace

TEST_CASE(
    "what is exactly as old as the window and two margins is forgotten, and nothing younger") {
    for (const duration margin : {duration{}, second}) {
        for (const duration missing : {duration{}, nanosecond}) {
            noting ledger;
            ledger.margin = margin;
            const reservation_id old = ledger.add(at(hour));
            ledger.add_young_ones(at(hour + minute + margin + margin - missing));
            CHECK(ledger.knows(old) == (missing != duration{}));
            CHECK(ledger.changes.document.log().size() == (missing != duration{} ? 65 : 64));
        }
    }
}

TEST_CASE("how far worlds were behind keeps as much as a window does, in powers of two seconds") {
    for (const auto& [behind, kept] :
         {std::pair{duration::seconds(65), duration::seconds(128)},
          std::pair{duration::seconds(128), duration::seconds(128)},
          std::pair{duration::seconds(128) + nanosecond, duration::seconds(256)},
          std::pair{nanosecond, minute}}) {
        for (const duration missing : {duration{}, nanosecond}) {
            noting ledger;
            ledger.looked_back = behind;
            const reservation_id old = ledger.add(at(hour));
            ledger.looked_back = {};
            ledger.add_young_ones(at(hour + kept - missing));
            CHECK(ledger.knows(old) == (missing != duration{}));
        }
    }
}

TEST_CASE("a world that is behind at all is taken to be a second behind, or two, or four") {
    for (const auto& [behind, kept] :
         {std::pair{nanosecond, second}, std::pair{second, second},
          std::pair{second + nanosecond, second + second},
          std::pair{second + second + nanosecond, duration::seconds(4)}}) {
        for (const duration missing : {duration{}, nanosecond}) {
            noting ledger;
            ledger.window = {};
            ledger.looked_back = behind;
            const reservation_id old = ledger.add(at(hour));
            ledger.looked_back = {};
            ledger.add_young_ones(at(hour + kept - missing));
            CHECK(ledger.knows(old) == (missing != duration{}));
        }
    }
}

TEST_CASE("of several pools the one that looks back furthest keeps it") {
    noting ledger;
    const one_pool rows("rows", 1, minute);
    const one_pool logs("logs", 1, hour);
    const pool_claim both[] = {logs.pool, rows.pool};
    claim asked;
    asked.pools = both;
    asked.number = 2;
    REQUIRE(ledger.changes.reserve({7, 7}, 1, at(hour), {}, {}, asked, {}).empty());
    REQUIRE(ledger.changes.settle({7, 7}, 2, at(hour), {}) == ledger_changes::settled::done);
    ledger.version = 2;
    ledger.add_young_ones(at(hour + hour - nanosecond));
    CHECK(ledger.knows({7, 7}));
    ledger.pool = "young";
    ledger.window = {};
    ledger.add(at(hour + hour));
    CHECK_FALSE(ledger.knows({7, 7}));
    for (const char* name : {"rows", "logs"}) {
        const auto& pool = ledger.changes.document.pools[ledger.changes.document.find_pool(name)];
        CHECK(pool.forgotten_version == 2);
        REQUIRE(pool.forgotten.size() == 1);
        CHECK(pool.forgotten[0] == at(hour));
        CHECK(pool.settled.size() == 0);
    }
}

TEST_CASE("of what was forgotten the version and the time are noted, the newest of each") {
    noting ledger;
    ledger.add(at(hour));
    const reservation_id last = ledger.add(at(hour + second));
    ledger.add_young_ones(at(hour + hour));
    CHECK_FALSE(ledger.knows(last));
    CHECK(ledger.rows().forgotten_version == 4);
    REQUIRE(ledger.rows().forgotten.size() == 1);
    CHECK(ledger.rows().forgotten[0] == at(hour + second));
    // Who looked before that has to look again; who looked then has not.
    const one_pool asked("rows", 1);
    CHECK(ledger.changes.has_forgotten_since(3, asked.whole));
    CHECK_FALSE(ledger.changes.has_forgotten_since(4, asked.whole));
    const one_pool other("young", 1);
    CHECK_FALSE(ledger.changes.has_forgotten_since(0, other.whole));
    const one_pool unknown("unknown", 1);
    CHECK_FALSE(ledger.changes.has_forgotten_since(0, unknown.whole));
    const pool_claim all[] = {other.pool, unknown.pool, asked.pool};
    claim several;
    several.pools = all;
    several.number = 3;
    CHECK(ledger.changes.has_forgotten_since(3, several));
}

TEST_CASE("what a person said how it ended is as young as that") {
    for (const duration missing : {duration{}, nanosecond}) {
        noting ledger;
        const reservation_id doubtful = ledger.add(at(hour), {kind::unknown, 0});
        const instant then = at(hour + second);
        REQUIRE(
            ledger.changes.resolve(doubtful, ++ledger.version, then, {}, "ann", "looked").empty());
        ledger.add_young_ones(at(hour + second + minute - missing));
        CHECK(ledger.knows(doubtful) == (missing != duration{}));
        CHECK(ledger.changes.document.resolved().size() == (missing != duration{} ? 1 : 0));
        if (missing != duration{}) continue;
        CHECK(ledger.rows().forgotten_version == 3);
        REQUIRE(ledger.rows().forgotten.size() == 1);
        CHECK(ledger.rows().forgotten[0] == then);
    }
}

TEST_CASE("what was settled later than a person said so, by a clock that was put back, stays") {
    noting ledger;
    const reservation_id doubtful = ledger.add(at(hour), {kind::unknown, 0});
    REQUIRE(
        ledger.changes.resolve(doubtful, ++ledger.version, at(hour - minute), {}, "ann", "looked")
            .empty());
    ledger.add_young_ones(at(hour + minute - nanosecond));
    CHECK(ledger.knows(doubtful));
}

TEST_CASE("the newest version that was forgotten is noted, in whatever order that was said") {
    noting ledger;
    const reservation_id doubtful = ledger.add(at(hour), {kind::unknown, 0});
    ledger.add(at(hour));
    REQUIRE(ledger.changes.resolve(doubtful, 99, at(hour), {}, "ann", "looked").empty());
    ledger.add_young_ones(at(hour + hour));
    CHECK(ledger.changes.document.log().size() == 64);
    CHECK(ledger.rows().forgotten_version == 99);
}

TEST_CASE("what has to stay at the old end is passed over, once the log has doubled") {
    noting ledger;
    const reservation_id stuck = ledger.add(at(hour), {kind::unknown, 0});
    const reservation_id old = ledger.add(at(hour));
    ledger.add_young_ones(at(hour + hour));
    CHECK(ledger.knows(stuck));
    CHECK(ledger.knows(old));
    ledger.pool = "young";
    ledger.window = {};
    for (int number = 66; number != 128; ++number) {
        CHECK(ledger.knows(old));
        ledger.add(at(hour + hour));
    }
    CHECK_FALSE(ledger.knows(old));
    CHECK(ledger.knows(stuck));
    CHECK(ledger.changes.document.log().size() == 65);  // with the youngest 64
    for (int number = 0; number != 63; ++number)        // the others gave their places back
        CHECK(ledger.changes.document.take_slot() < 128);
    CHECK(ledger.rows().unresolved.clamped() == amounts::of(1));
    CHECK(ledger.rows().forgotten_version == 4);
}

TEST_CASE("what is not stored yet is not forgotten: its version is not known") {
    noting ledger;
    const reservation_id old = ledger.add(at(hour));
    ledger.changes.document.record(ledger.changes.document.log()[0]).settled_version =
        shearpin::detail::not_stored_yet;
    ledger.add_young_ones(at(hour + hour));
    CHECK(ledger.knows(old));
}

// --- Of which boots ---

TEST_CASE(
    "of eight boots the time of what was forgotten is known, and never too old of any other") {
    dice random(11);
    for (int run = 0; run != 40; ++run) {
        ledger_pool pool;
        std::vector<instant> all;
        for (int turn = 0; turn != 60; ++turn) {
            const std::uint64_t boot = random.below(14);
            const auto wall = static_cast<std::int64_t>(random.below(10'000));
            // Each machine was booted at some time of its own, and its clock was never set.
            instant when{time_point::since_epoch(duration::seconds(100'000 + wall)), {}, boot};
            if (boot != 0)
                when.since_boot =
                    duration::seconds(50'000 + wall - static_cast<std::int64_t>(boot) * 1000);
            pool.forget(when);
            all.push_back(when);
            CHECK(pool.forgotten.size() <= ledger_pool::most_boots);
            const std::uint64_t here = random.below(14);
            instant now{time_point::since_epoch(duration::seconds(120'000)), {}, here};
            if (here != 0)
                now.since_boot = duration::seconds(70'000 - static_cast<std::int64_t>(here) * 1000);
            const duration margin = duration::seconds(static_cast<std::int64_t>(random.below(3)));
            duration least = age_of(all[0], now, margin);
            for (const instant& each : all)
                if (age_of(each, now, margin) < least) least = age_of(each, now, margin);
            const instant* const youngest = pool.youngest_forgotten(now, margin);
            REQUIRE(youngest != nullptr);
            CHECK(age_of(*youngest, now, margin) <= least);
            CHECK(least - age_of(*youngest, now, margin) <= margin);
        }
    }
}

TEST_CASE("of nine boots those two lose their own clocks of which was heard the longest time ago") {
    // Two, as of no boot at all is one of the eight from then on.
    for (const int first : {1, 3, 5, 9}) {
        CAPTURE(first);
        ledger_pool pool;
        for (int number = 0; number != 9; ++number) {
            const int boot = 1 + (first - 1 + number) % 9;
            pool.forget(at(duration::seconds(boot), static_cast<std::uint64_t>(boot)));
        }
        REQUIRE(pool.forgotten.size() == 8);
        CHECK(pool.forgotten.back() == instant{at(duration::seconds(2)).wall, {}, 0});
        for (int boot = 3; boot != 10; ++boot) {
            const instant own = at(duration::seconds(boot), static_cast<std::uint64_t>(boot));
            int found = 0;
            for (const instant& each : pool.forgotten) found += each == own ? 1 : 0;
            CHECK(found == 1);
        }
    }
}

TEST_CASE("a size that was forgotten is the youngest that was, where it is") {
    ledger_pool pool;
    const instant now = at(hour);
    CHECK(pool.youngest_forgotten(now, {}) == nullptr);
    pool.forgotten_size = at(minute);
    REQUIRE(pool.youngest_forgotten(now, {}) != nullptr);
    CHECK(*pool.youngest_forgotten(now, {}) == at(minute));
    pool.forget(at(second));
    CHECK(*pool.youngest_forgotten(now, {}) == at(minute));
    pool.forget(at(minute + second));
    CHECK(*pool.youngest_forgotten(now, {}) == at(minute + second));
}
