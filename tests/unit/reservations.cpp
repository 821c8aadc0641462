// SPDX-License-Identifier: BSL-1.0
// Removals that only start in the call: what is reserved counts until it is settled.
#include "ledger_testing.hpp"

#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using namespace std::chrono_literals;
using shearpin::removed;

constexpr auto policy = shearpin::policy{shearpin::max_in_flight(5), shearpin::max_rate(8, 1h)};

struct fixture {
    shearpin::manual_clock clock;
    shearpin::ledger<shearpin::memory_store> ledger{shearpin::memory_store{}};
    std::vector<std::string> events;
    std::string id_told;  ///< with the last of them
    shearpin::count amount_told = 0;

    template <class Ledger> auto guarded_on(Ledger& noted_on) {
        return shearpin::guard<policy>(
                   [](int how_many) {
                       return std::async(std::launch::deferred, [how_many] { return how_many; });
                   },
                   [] { return shearpin::pool{.size = 100, .available = 100}; })
            .with_ledger(noted_on, "rows")
            .with_clock(clock)
            .with_observer([this](const shearpin::event& what) {
                events.push_back(std::string(what.kind_name()));
                id_told = std::string(what.reservation);
                amount_told = what.amount_removed;
            });
    }
    auto guarded() { return guarded_on(ledger); }
    std::string state_of(const std::string& id) {
        for (const auto& each : ledger.entries().entries)
            if (std::string(each.id) == id)
                return std::vector<std::string>{"open", "unknown", "settled",
                                                "resolved"}[static_cast<unsigned>(each.state)];
        return "none";
    }
};

std::string text(const auto& what) { return std::string(what); }

}  // namespace

TEST_CASE_FIXTURE(fixture, "a reservation is open on the ledger until it is settled") {
    auto remove = guarded();
    auto started = remove.reserve(3);
    REQUIRE(started.has_value());
    static_assert(std::is_same_v<decltype(started->result()), std::future<int>&>);
    CHECK(started->result().get() == 3);
    const std::string id = text(started->id());
    CHECK(id.size() == 32);
    CHECK(state_of(id) == "open");
    CHECK(remove.check(2).admitted());  // in flight: 3 of 5
    CHECK(!remove.check(3).admitted());
    clock.advance(2h);  // open ones count, however old
    CHECK(!remove.check(3).admitted());
    CHECK(std::move(*started).settle().empty());
    CHECK(state_of(id) == "settled");
    CHECK(remove.check(5).admitted());
    CHECK(!remove.check(6).admitted());
    clock.advance(1h);
    CHECK(events == std::vector<std::string>{"admitted", "checked", "checked", "checked", "removed",
                                             "checked", "checked"});
}

TEST_CASE_FIXTURE(fixture, "what is settled is what was told") {
    auto remove = guarded();
    auto some = remove.reserve(5);
    CHECK(std::move(*some).settle(removed{2}).empty());
    CHECK(remove.check(5).admitted());  // of 8 within the hour, 2 are used up
    auto rest = remove.reserve(5);
    CHECK(std::move(*rest).settle(removed{6}).empty());  // more than was reserved counts, too
    CHECK(!remove.check(1).admitted());
    CHECK(events.back() == "checked");
}

TEST_CASE_FIXTURE(fixture, "one that is dropped, in doubt, or whose start throws counts whole") {
    auto remove = guarded();
    std::string id;
    {
        auto dropped = remove.reserve(3);
        id = text(dropped->id());
    }
    CHECK(state_of(id) == "unknown");
    CHECK(events == std::vector<std::string>{"admitted", "in_doubt"});
    auto doubtful = remove.reserve(2);
    const std::string second = text(doubtful->id());
    CHECK(std::move(*doubtful).in_doubt().empty());
    CHECK(state_of(second) == "unknown");
    CHECK(!remove.check(4).admitted());  // 8 in an hour, less 5
    auto throws =
        shearpin::guard<policy>([](int) -> std::future<int> { throw std::runtime_error("no"); },
                                [] { return shearpin::pool{.size = 100, .available = 100}; })
            .with_ledger(ledger, "rows")
            .with_clock(clock);
    clock.advance(2h);
    CHECK_THROWS_AS(static_cast<void>(throws.reserve(1)), std::runtime_error);
    CHECK(ledger.entries().entries.size() == 3);
}

TEST_CASE_FIXTURE(fixture, "the observer is told which reservation has ended, and of how much") {
    auto remove = guarded();
    const auto told = [&](shearpin::count amount, auto end) {
        auto started = remove.reserve(2);
        REQUIRE(started.has_value());
        const std::string id = text(started->id());
        CHECK(end(std::move(*started)).empty());
        CHECK(id_told == id);
        CHECK(amount_told == amount);
    };
    told(2, [](auto&& all) { return std::move(all).settle(); });
    CHECK(events.back() == "removed");
    told(1, [](auto&& some) { return std::move(some).settle(removed{1}); });
    CHECK(events.back() == "removed");
    told(0, [](auto&& whatever) { return std::move(whatever).in_doubt(); });
    CHECK(events.back() == "in_doubt");
}

TEST_CASE_FIXTURE(fixture, "the largest amount is one, and is noted") {
    auto started = guarded().reserve(3);
    CHECK(std::move(*started).settle(removed{shearpin::largest_count}).empty());
    CHECK(ledger.entries().entries[0].state == shearpin::entry_state::settled);
    CHECK(ledger.entries().entries[0].targets == shearpin::largest_count);
}

TEST_CASE_FIXTURE(fixture, "a negative amount is no amount: all of it counts") {
    auto remove = guarded();
    auto started = remove.reserve(3);
    const std::string id = text(started->id());
    CHECK(std::move(*started).settle(removed{static_cast<shearpin::count>(-1)}).empty());
    CHECK(state_of(id) == "unknown");
}

TEST_CASE_FIXTURE(fixture, "a second settlement says so and changes nothing") {
    auto remove = guarded();
    auto started = remove.reserve(3);
    CHECK(std::move(*started).settle(removed{1}).empty());
    CHECK(text(std::move(*started).settle()) == "this removal has been settled already");
    CHECK(remove.check(5).admitted());
}

TEST_CASE_FIXTURE(fixture,
                  "what starts the removal may take a permit, which ends when it has started") {
    using permit = shearpin::permit<policy>;
    permit* left = nullptr;
    auto remove = shearpin::guard<policy>(
                      [&](permit given, const std::vector<int>& ids) {
                          CHECK(given.count() == 2);
                          for (const int id : {7, 9}) CHECK(given.covers(id));
                          CHECK(!given.covers(8));
                          left = new permit(std::move(given));
                          return ids.size();
                      },
                      [] { return shearpin::pool{.size = 100, .available = 100}; })
                      .with_ledger(ledger, "rows")
                      .with_clock(clock);
    auto started = remove.reserve(std::vector<int>{7, 9});
    REQUIRE(started.has_value());
    CHECK(started->result() == 2);
    const std::unique_ptr<permit> too_late(left);
    const auto spent = std::move(*too_late).try_spend(2);
    REQUIRE(!spent.has_value());
    CHECK(text(spent.error().violations()[0].rule()) == "spent_late");
    const std::string id = text(started->id());
    CHECK(state_of(id) == "open");  // what it was admitted for goes on
    CHECK(!remove.check(std::vector<int>{1, 2, 3, 4}).admitted());
    CHECK(std::move(*started).settle(removed{1}).empty());
    CHECK(state_of(id) == "settled");
}

TEST_CASE_FIXTURE(fixture, "a refusal starts nothing") {
    bool started = false;
    auto remove = shearpin::guard<policy>(
                      [&](int) {
                          started = true;
                          return std::future<void>();
                      },
                      [] { return shearpin::pool{.size = 100, .available = 100}; })
                      .with_ledger(ledger, "rows")
                      .with_clock(clock);
    const auto answer = remove.reserve_from(shearpin::place::here("tool.cpp", 7, "main"), 6);
    REQUIRE(!answer.has_value());
    CHECK(!started);
    CHECK(ledger.entries().entries.empty());
    CHECK(text(answer.error().message()) ==
          "removal refused, nothing was removed: asked for 6, 5 may go now\n"
          "  - rows: max_in_flight(5): 0 are being removed and 5 may be at a time, so 5 may go; "
          "asked 6\n"
          "  waiting will not help; the request itself must change\n"
          "  called at tool.cpp:7 in main");
}

TEST_CASE_FIXTURE(fixture, "it moves, outlives its guard, and may be settled in another thread") {
    auto start = [&] {
        auto remove = guarded();
        return remove.asking({.actor = "ann"}).reserve(4);
    };
    auto started = start();
    REQUIRE(started.has_value());
    auto moved = std::move(*started);
    static_assert(!std::is_copy_constructible_v<decltype(moved)>);
    const std::string id = text(moved.id());
    CHECK(state_of(id) == "open");
    std::async(std::launch::async, [&] { static_cast<void>(std::move(moved).settle()); }).get();
    CHECK(state_of(id) == "settled");
}

TEST_CASE_FIXTURE(fixture, "in shadow, what is on no ledger that can be read has no id on one") {
    ledger_testing::byte_memory store;
    bool is_away = true;
    store.on_load = [&](shearpin::loaded& what) {
        what.why = shearpin::text_view("no route to host");
        return is_away;
    };
    const auto document = store.shared;
    shearpin::ledger far_away{store};
    auto remove = guarded_on(far_away).in_shadow();
    auto started = remove.reserve(3);
    REQUIRE(started.has_value());
    CHECK(started->result().get() == 3);
    CHECK(text(started->id()).empty());
    CHECK(std::move(*started).settle().empty());
    CHECK(document->stores == 0);
    CHECK(events.back() == "removed");
    is_away = false;
    auto noted = remove.reserve(3);
    CHECK(text(noted->id()).size() == 32);
}

TEST_CASE("a settlement that cannot be noted is told, to the caller and to the observer") {
    ledger_testing::byte_memory store;
    bool is_full = false;
    store.on_store = [&](const std::string&, std::uint64_t, shearpin::stored& answer) {
        answer.why = shearpin::text_view("no space left on device");
        return is_full;
    };
    shearpin::ledger ledger{store};
    shearpin::manual_clock clock;
    std::vector<std::string> events;
    auto remove =
        shearpin::guard<policy>([](int) { return std::future<void>(); },
                                [] { return shearpin::pool{.size = 100, .available = 100}; })
            .with_ledger(ledger, "rows")
            .with_clock(clock)
            .with_observer([&](const shearpin::event& what) {
                events.push_back(std::string(what.kind_name()) + ": " + std::string(what.trouble));
            });
    auto started = remove.reserve(3);
    REQUIRE(started.has_value());
    is_full = true;
    CHECK(text(std::move(*started).settle()) == "no space left on device");
    CHECK(events == std::vector<std::string>{"admitted: ", "not_settled: no space left on device",
                                             "removed: "});
    CHECK(!remove.check(3).admitted());  // it stays open, and counts whole
    CHECK(remove.check(2).admitted());
}
