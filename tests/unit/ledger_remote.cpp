// SPDX-License-Identifier: BSL-1.0
// A store that is far away: one round trip for a reservation while nobody else writes, and not one
// decision less exact.
#include "ledger_testing.hpp"

#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace ledger_testing;
using shearpin::count;

namespace {

struct remote_memory : byte_memory {
    bool is_remote() const { return true; }
};

/// A guard's world, and others who use the same document meanwhile.
struct far_away {
    remote_memory store;
    shearpin::ledger<remote_memory> ledger{store};
    byte_memory others_store;
    shearpin::manual_clock clock;
    count available = 100;
    int asked = 0;
    std::function<void()> in_world;

    far_away() { others_store.shared = store.shared; }
    document& shared() { return *store.shared; }
    /// What was asked of the store since the last call.
    std::string trips() {
        const int loads = shared().loads - loads_;
        const int stores = shared().stores - stores_;
        loads_ = shared().loads;
        stores_ = shared().stores;
        return std::to_string(loads) + " loads, " + std::to_string(stores) + " stores";
    }
    auto world() {
        return [this] {
            ++asked;
            if (in_world) in_world();
            return shearpin::pool{.size = 100, .available = available};
        };
    }

private:
    int loads_ = 0;
    int stores_ = 0;
};

inline constexpr auto keep_90 = shearpin::policy{shearpin::min_remaining(90)};
inline constexpr auto ten_an_hour = shearpin::policy{shearpin::max_rate(10, hour)};

}  // namespace

TEST_CASE("while nobody else writes, a reservation is one round trip") {
    far_away on;
    auto start = shearpin::guard<ten_an_hour>([](unsigned) {}, on.world())
                     .with_ledger(on.ledger, "rows")
                     .with_clock(on.clock);
    std::vector<std::string> trips;
    for (int turn = 0; turn != 5; ++turn) {
        auto started = start.reserve(1u);
        REQUIRE(started.has_value());
        trips.push_back(on.trips());
        CHECK(std::move(*started).settle().empty());
        CHECK(on.trips() == "0 loads, 1 stores");
    }
    CHECK(trips == std::vector<std::string>{"1 loads, 1 stores", "1 loads, 1 stores",
                                            "0 loads, 1 stores", "0 loads, 1 stores",
                                            "0 loads, 1 stores"});
    CHECK(on.asked == 5);
    // A no is not told before it was looked for; a mere question as well.
    CHECK(!start.try_call(6u).has_value());
    CHECK(on.trips() == "1 loads, 0 stores");
    CHECK(start.check(5u).admitted());
    CHECK(on.trips() == "1 loads, 0 stores");
}

TEST_CASE("where the store itself knows that nobody else has written, the next look is a guess") {
    struct knowing : remote_memory {
        bool is_newest(std::uint64_t version) const { return version == shared->version; }
    };
    const knowing store;
    shearpin::ledger<knowing> ledger{store};
    shearpin::ledger<byte_memory> others{byte_memory{store.shared, {}, {}}};
    CHECK(remove(others, at(hour), "rows", 1));
    store.shared->loads = 0;
    CHECK(!ledger.note().is_guess);
    CHECK(!ledger.note().is_guess);
    CHECK(ledger.note().is_guess);
    CHECK(store.shared->loads == 1);
}

TEST_CASE("what others wrote meanwhile is found, and the world is asked again") {
    far_away on;
    shearpin::ledger others{on.others_store};
    auto remove =
        shearpin::guard<keep_90>([&](unsigned number) { on.available -= number; }, on.world())
            .with_ledger(on.ledger, "rows")
            .with_clock(on.clock);
    auto theirs =
        shearpin::guard<keep_90>([&](unsigned number) { on.available -= number; }, on.world())
            .with_ledger(others, "rows")
            .with_clock(on.clock);
    for (int turn = 0; turn != 3; ++turn) remove(1u);
    theirs(4u);  // so that what was seen last is old
    on.asked = 0;
    remove(3u);  // which is exactly what may go: nothing of theirs is counted twice
    CHECK(on.asked == 2);
    CHECK(on.available == 90);
    CHECK(!remove.try_call(1u).has_value());
}

TEST_CASE("a refusal by what was seen last is never told, where others have made room") {
    for (const bool only_asks : {true, false}) {
        far_away on;
        shearpin::ledger others{on.others_store};
        const one_pool asked("rows", 1);
        const auto held = reserve(others, at(hour), "rows", 10);
        REQUIRE(held.what == reserving::reserved);
        const auto nothing_open = [](const ledger_view& view) {
            return view.past(0).history.open().amount == 0;
        };
        const auto put = [&](const noted& first) {
            return only_asks ? on.ledger.consult(first, at(hour), asked.whole, nothing_open).what
                             : on.ledger.reserve(first, at(hour), asked.whole, nothing_open).what;
        };
        // Looked at twice, so that the next look is a guess.
        CHECK(!on.ledger.note().is_guess);
        CHECK(!on.ledger.note().is_guess);
        noted first = on.ledger.note();
        REQUIRE(first.is_guess);
        CHECK(put(first) == reserving::refused);

        first = on.ledger.note();
        REQUIRE(first.is_guess);
        CHECK(others.settle(held.id, at(hour), {}).empty());
        CHECK(put(first) == reserving::look_again);
        first = on.ledger.note();
        CHECK(!first.is_guess);
        CHECK(put(first) == reserving::reserved);
    }
}

TEST_CASE("a yes by what was seen last is none, where others were faster") {
    far_away on;
    shearpin::ledger others{on.others_store};
    const one_pool asked("rows", 6);
    const auto at_most_10 = [](const ledger_view& view) {
        return view.past(0).history.removed_within(hour).amount + 6 <= 10;
    };
    (void)on.ledger.note();
    (void)on.ledger.note();
    const noted first = on.ledger.note();
    REQUIRE(first.is_guess);
    CHECK(remove(others, at(hour), "rows", 6));
    CHECK(on.ledger.reserve(first, at(hour), asked.whole, at_most_10).what ==
          reserving::look_again);
    const noted next = on.ledger.note();
    CHECK(!next.is_guess);
    CHECK(on.ledger.reserve(next, at(hour), asked.whole, at_most_10).what == reserving::refused);
}

TEST_CASE("an answer that is lost after a guess is looked for, and reserved once") {
    for (const bool is_done : {true, false}) {
        far_away on;
        bool is_lossy = false;
        remote_memory lossy;
        lossy.shared = on.store.shared;
        lossy.on_store = [&](const std::string& bytes, std::uint64_t expected,
                             shearpin::stored& answer) {
            if (!is_lossy) return false;
            is_lossy = false;
            if (is_done) (void)lossy.replace(bytes, expected);
            answer.what = shearpin::stored::outcome::unknown;
            return true;
        };
        shearpin::ledger ledger{lossy};
        (void)ledger.note();
        (void)ledger.note();
        const noted first = ledger.note();
        REQUIRE(first.is_guess);
        is_lossy = true;
        const one_pool asked("rows", 6);
        CHECK(ledger.reserve(first, at(hour), asked.whole, yes).what == reserving::reserved);
        CHECK(look(ledger, at(hour), "rows").open.amount == 6);
    }
}

TEST_CASE("a guess whose store comes through late, just before the next try, is reserved once") {
    far_away on;
    remote_memory slow;
    slow.shared = on.store.shared;
    bool is_slow = false;
    std::string late;
    std::uint64_t late_expects = 0;
    slow.on_store = [&](const std::string& bytes, std::uint64_t expected,
                        shearpin::stored& answer) {
        if (!late.empty()) {
            (void)slow.replace(late, late_expects);
            late.clear();
        }
        if (!is_slow) return false;
        is_slow = false;
        late = bytes;
        late_expects = expected;
        answer.what = shearpin::stored::outcome::unknown;
        return true;
    };
    shearpin::ledger ledger{slow};
    (void)ledger.note();
    (void)ledger.note();
    const noted first = ledger.note();
    REQUIRE(first.is_guess);
    is_slow = true;
    const one_pool asked("rows", 6);
    CHECK(ledger.reserve(first, at(hour), asked.whole, yes).what == reserving::reserved);
    CHECK(look(ledger, at(hour), "rows").open.amount == 6);
}

TEST_CASE("a store that is gone is noticed when it is stored to") {
    far_away on;
    bool is_away = false;
    remote_memory store;
    store.on_load = [&](shearpin::loaded& what) {
        what.why = shearpin::text_view("no route");
        return is_away;
    };
    store.on_store = [&](const std::string&, std::uint64_t, shearpin::stored& what) {
        what.why = shearpin::text_view("no route");
        return is_away;
    };
    shearpin::ledger ledger{store};
    (void)ledger.note();
    (void)ledger.note();
    is_away = true;
    const noted first = ledger.note();
    REQUIRE(first.is_guess);
    const one_pool asked("rows", 6);
    const auto question = ledger.consult(first, at(hour), asked.whole, no);
    CHECK(question.what == reserving::failed);
    CHECK(std::string(question.why) == "no route");
    is_away = false;
    (void)ledger.note();
    (void)ledger.note();
    is_away = true;
    REQUIRE(ledger.note().is_guess);
    const auto yes_answer = ledger.reserve(first, at(hour), asked.whole, yes);
    CHECK(yes_answer.what == reserving::failed);
    CHECK(std::string(yes_answer.why) == "no route");
    const auto no_answer = ledger.consult(ledger.note(), at(hour), asked.whole, no);
    CHECK(no_answer.what == reserving::failed);
    CHECK(std::string(no_answer.why) == "no route");
}

TEST_CASE("after a store that failed nothing is guessed") {
    bool is_away = false;
    remote_memory store;
    store.on_store = [&](const std::string&, std::uint64_t, shearpin::stored&) { return is_away; };
    shearpin::ledger<remote_memory> ledger{store};
    (void)ledger.note();
    (void)ledger.note();
    const noted first = ledger.note();
    REQUIRE(first.is_guess);
    is_away = true;
    const one_pool asked("rows", 6);
    CHECK(ledger.reserve(first, at(hour), asked.whole, yes).what == reserving::failed);
    CHECK(!ledger.note().is_guess);
}

TEST_CASE("a no after a guess is the policy's, also where the world itself uses the ledger") {
    far_away on;
    on.available = 92;
    auto other = shearpin::guard<ten_an_hour>(
                     [](unsigned) {}, [] { return shearpin::pool{.size = 100, .available = 100}; })
                     .with_ledger(on.ledger, "others")
                     .with_clock(on.clock);
    auto remove =
        shearpin::guard<keep_90>([](unsigned) {}, on.world()).with_ledger(on.ledger, "rows");
    remove(1u);
    remove(1u);
    on.available = 90;
    on.asked = 0;
    int turn = 0;
    on.in_world = [&] {
        if (++turn <= 8) other(1u);
    };
    const auto answer = remove.try_call(5u);
    REQUIRE(!answer.has_value());
    CHECK(std::string(answer.error().violations()[0].rule()) == "min_remaining");
    CHECK(on.asked <= 3);
}

TEST_CASE("a no after a guess does not rest on what another thread has not stored in the end") {
    far_away on;
    remote_memory store;
    store.shared = on.store.shared;
    bool is_lost = false;
    std::function<void()> while_storing;
    store.on_store = [&](const std::string&, std::uint64_t, shearpin::stored& what) {
        if (!is_lost) return false;
        if (while_storing) std::exchange(while_storing, nullptr)();
        what.what = shearpin::stored::outcome::failed;
        what.why = shearpin::text_view("disk full");
        return true;
    };
    shearpin::ledger ledger{store};
    (void)ledger.note();
    (void)ledger.note();
    const noted first = ledger.note();
    REQUIRE(first.is_guess);
    const auto at_most_10 = [](const ledger_view& view) {
        return view.past(0).history.removed_within(hour).amount + 6 <= 10;
    };
    // While the other's reservation is being stored, this one is judged on top of it.
    std::thread late;
    reserving outcome = reserving::failed;
    is_lost = true;
    while_storing = [&] {
        is_lost = false;
        late = std::thread([&] {
            const one_pool asked("rows", 6);
            outcome = ledger.reserve(first, at(hour), asked.whole, at_most_10).what;
        });
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    };
    const one_pool asked("rows", 6);
    CHECK(ledger.reserve(first, at(hour), asked.whole, at_most_10).what == reserving::failed);
    late.join();
    CHECK(outcome == reserving::reserved);
}
