// SPDX-License-Identifier: BSL-1.0
// What a judge sees of a world that shows removals late, and how far back the ledger has to
// remember for it.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ledger_testing;
using shearpin::detail::ledger_changes;
using shearpin::detail::pool_past;
using kind = settlement::kind;

namespace {

constexpr duration nanosecond = duration::nanoseconds(1);

/// A world: when it looked, and after what time it shows a removal.
struct world {
    time_point observed_at{};
    duration shows_after{};
};

struct looking {
    ledger_changes changes;
    std::uint64_t version = 0;

    void remove(const instant& when, shearpin::count amount, settlement how = {},
                shearpin::text_view pool = "rows") {
        const one_pool asked(pool, amount, duration::days(10));
        const reservation_id id{1, ++version};
        REQUIRE(changes.reserve(id, version, when, {}, {}, asked.whole, {}).empty());
        REQUIRE(changes.settle(id, ++version, when, how) == ledger_changes::settled::done);
        changes.document.version = version;
    }
    /// By who looks at the ledger now.
    reserve_answer judge(const instant& now, duration margin, const world& given, pool_past& seen,
                         duration& looked_back, bool admits = true) {
        const one_pool asked("rows", 1);
        noted first;
        first.readable = true;
        first.version = version;
        auto judge = [&](const ledger_view& view) {
            seen = view.past(0, given.observed_at, given.shows_after);
            return admits;
        };
        return changes.judge(first, now, margin, asked.whole, judge, looked_back);
    }
    shearpin::count gone(const instant& now, const world& given, duration margin = {}) {
        pool_past seen;
        duration ignored;
        CHECK(judge(now, margin, given, seen, ignored).what == reserving::reserved);
        return seen.gone.amount;
    }
    duration looked_back(const instant& now, const world& given, duration margin = {}) {
        pool_past ignored;
        duration found;
        (void)judge(now, margin, given, ignored, found);
        return found;
    }
};

}  // namespace

TEST_CASE("a world that says when it looked has not seen what came after that, less the margin") {
    looking ledger;
    ledger.remove(at(hour), 7);
    const instant now = at(hour + minute);
    CHECK(ledger.gone(now, {}) == 0);
    CHECK(ledger.gone(now, {at(hour).wall, {}}) == 0);
    CHECK(ledger.gone(now, {at(hour - nanosecond).wall, {}}) == 7);
    CHECK(ledger.gone(now, {at(hour + second).wall, {}}, second) == 0);
    CHECK(ledger.gone(now, {at(hour + second - nanosecond).wall, {}}, second) == 7);
    ledger.remove({}, 5);  // of which nobody knows when: it may have been after that
    CHECK(ledger.gone(now, {at(hour + second).wall, {}}) == 5);
    CHECK(ledger.gone(now, {}) == 0);
}

TEST_CASE("a world that shows removals late has not seen the youngest") {
    looking ledger;
    ledger.remove(at(hour), 7);
    CHECK(ledger.gone(at(hour + minute), {{}, minute}) == 0);
    CHECK(ledger.gone(at(hour + minute), {{}, minute + nanosecond}) == 7);
    CHECK(ledger.gone(at(hour + minute), {{}, duration{}}) == 0);
    CHECK(ledger.gone(at(hour), {{}, nanosecond}) == 7);
    CHECK(ledger.gone(at(hour), {{}, duration{}}) == 0);
    // From another machine it may be younger, by the margin.
    CHECK(ledger.gone(at(hour + minute, 2), {{}, minute}, nanosecond) == 7);
    CHECK(ledger.gone(at(hour + minute), {{}, minute}, nanosecond) == 0);
    // Either is enough.
    CHECK(ledger.gone(at(hour + minute), {at(hour - second).wall, second}) == 7);
    CHECK(ledger.gone(at(hour + minute), {at(hour + second).wall, minute + nanosecond}) == 7);
    CHECK(ledger.gone(at(hour + minute), {at(hour + second).wall, minute}) == 0);
}

TEST_CASE("what a person has said counts from then on, of the pool that it was in") {
    looking ledger;
    ledger.remove(at(minute), 7, {kind::unknown, 0});
    ledger.remove(at(minute), 5, {kind::unknown, 0}, "logs");
    CHECK(ledger.gone(at(hour), {}) == 7);
    for (const std::uint64_t number : {1u, 3u})
        REQUIRE(ledger.changes.resolve({1, number}, ++ledger.version, at(hour), {}, "ann", "looked")
                    .empty());
    ledger.changes.document.version = ledger.version;
    CHECK(ledger.gone(at(hour + minute), {}) == 0);
    CHECK(ledger.gone(at(hour + minute), {{}, minute}) == 0);
    CHECK(ledger.gone(at(hour + minute), {{}, minute + nanosecond}) == 7);
    CHECK(ledger.gone(at(hour + minute), {at(hour - nanosecond).wall, {}}) == 7);
    --ledger.version;  // by who looked before the second of them was resolved
    CHECK(ledger.gone(at(hour + minute), {}) == 0);
    --ledger.version;
    CHECK(ledger.gone(at(hour + minute), {}) == 7);
}

TEST_CASE("how far a world looked back, for which the ledger has to remember, a day at most") {
    looking ledger;
    const instant now = at(duration::days(5));
    const auto ago = [&](duration how_long) { return now.wall - how_long; };
    CHECK(ledger.looked_back(now, {}) == duration{});
    CHECK(ledger.looked_back(now, {{}, second}) == second);
    CHECK(ledger.looked_back(now, {ago(minute), {}}) == minute);
    CHECK(ledger.looked_back(now, {ago(minute), {}}, second) == minute + second);
    CHECK(ledger.looked_back(now, {{}, second}, second) == second);
    CHECK(ledger.looked_back(now, {ago(minute), minute + second}) == minute + second);
    CHECK(ledger.looked_back(now, {ago(minute + second), minute}) == minute + second);
    CHECK(ledger.looked_back(now, {ago(minute), minute}, second) == minute + second);
    CHECK(ledger.looked_back({}, {ago(minute), second}) == second);
    CHECK(ledger.looked_back({}, {time_point::since_epoch(duration::days(-1)), second}) == second);
    CHECK(ledger.looked_back(now, {ago(duration::days(1)), {}}) == duration::days(1));
    CHECK(ledger.looked_back(now, {ago(duration::days(2)), {}}) == duration::days(1));
    CHECK(ledger.looked_back(now, {{}, duration::days(2)}) == duration::days(1));
    CHECK(ledger.looked_back(now, {ago(duration::minutes(-1)), {}}) == duration{});
    // Of two worlds that further one, whichever is asked first.
    for (const bool is_turned_round : {false, true}) {
        const one_pool asked("rows", 1);
        duration found;
        auto judge = [&](const ledger_view& view) {
            (void)view.past(0, {}, is_turned_round ? minute : second);
            (void)view.past(0, {}, is_turned_round ? second : minute);
            return true;
        };
        noted first;
        first.readable = true;
        CHECK(ledger.changes.judge(first, now, {}, asked.whole, judge, found).what ==
              reserving::reserved);
        CHECK(found == minute);
    }
}

TEST_CASE("a world that is further behind than the ledger remembers is asked again, if admitted") {
    looking ledger;
    const instant when = at(hour);
    ledger.remove(when, 7);
    auto& pool = ledger.changes.document.pools[0];
    pool.forget(when);
    pool_past seen;
    duration ignored;
    const auto judged = [&](const world& given, bool admits = true) {
        return ledger.judge(at(hour + minute), {}, given, seen, ignored, admits);
    };
    CHECK(judged({}).what == reserving::reserved);
    CHECK(judged({at(hour).wall, minute}).what == reserving::reserved);
    CHECK(seen.history.remembers(minute));
    CHECK_FALSE(seen.history.remembers(minute + nanosecond));
    for (const world& behind :
         {world{at(hour - nanosecond).wall, {}}, world{{}, minute + nanosecond}}) {
        const reserve_answer answer = judged(behind);
        CHECK(answer.what == reserving::look_again);
        CHECK(answer.world_is_behind);
        CHECK(std::string(answer.why) ==
              "the world's numbers are older than what the ledger remembers, so that it cannot "
              "tell what they do not show yet; look again, nearer to now");
        CHECK(judged(behind, false).what == reserving::refused);
    }
    // What was forgotten since the first look is another reason, and stands before the judge.
    pool.forgotten_version = ledger.version + 1;
    bool is_asked = false;
    const one_pool asked("rows", 1);
    auto judge = [&](const ledger_view&) { return is_asked = true; };
    noted first;
    first.readable = true;
    first.version = ledger.version;
    const reserve_answer answer =
        ledger.changes.judge(first, at(hour), {}, asked.whole, judge, ignored);
    CHECK(answer.what == reserving::look_again);
    CHECK_FALSE(answer.world_is_behind);
    CHECK(std::string(answer.why).find("it has forgotten a part of it; look again") !=
          std::string::npos);
    CHECK_FALSE(is_asked);
}
