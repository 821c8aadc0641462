// SPDX-License-Identifier: BSL-1.0
// Worlds whose numbers are older than what the ledger remembers: a call and a plan ask them once
// more, and then say so.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <string>
#include <vector>

using namespace guard_ledger_testing;
using namespace std::chrono_literals;

namespace {

constexpr auto batches = shearpin::policy{shearpin::max_batch(5), shearpin::min_remaining(100)};
constexpr auto rated = shearpin::policy{shearpin::max_rate(10, 1h), shearpin::min_remaining(100)};

/// A world that says when it looked, and how often it was asked.
struct dated_world {
    shearpin::time_point looked_at{};
    int asked = 0;
    std::function<void()> in_look;

    shearpin::observation operator()() {
        ++asked;
        if (in_look) in_look();
        return {.pool = {1000, 1000}, .observed_at = looked_at, .complete = true};
    }
};

/// A ledger on which so much has happened this hour that it has forgotten the first of it.
template <class Store> struct busy_rig {
    rig<Store> on;
    dated_world world;
    int gone = 0;

    busy_rig() {
        world.looked_at = on.clock.now();
        on.clock.advance(30min);
        auto remove = on.template guard<batches>();
        for (int turn = 0; turn != 200; ++turn) remove(1);
        on.clock.advance(1min);
    }
    template <const auto& Policy> auto guard() {
        return shearpin::guard<Policy>([this](int number) { gone += number; }, world)
            .with_ledger(on.record, "rows")
            .with_clock(on.clock);
    }
};

std::string text(const shearpin::plan& made) {
    return made.why() == nullptr ? "" : std::string(made.why()->message());
}
std::string is_behind(int number) {
    return refused(number, "none of it",
                   "  - ledger_unavailable: the world's numbers are older than what the ledger "
                   "remembers, so that it cannot tell what they do not show yet; look again, "
                   "nearer to now\n",
                   unknown_wait);
}

}  // namespace

TEST_CASE_TEMPLATE("behind: a world that never catches up is asked once more, and told as such",
                   Store, BOTH_STORES) {
    busy_rig<Store> busy;
    auto remove = busy.template guard<batches>();
    CHECK(text(remove, 5) == is_behind(5));
    CHECK(busy.world.asked == 2);
    CHECK(tried(remove, 5) == is_behind(5));
    CHECK(busy.world.asked == 4);
    const auto made = remove.plan(50, {}, at);
    CHECK(text(made) == is_behind(50));
    CHECK_FALSE(made.sound());
    CHECK(made.waves().empty());
    CHECK(busy.world.asked == 6);
    const auto report =
        remove.in_waves(50, {.healthy = [] { return true; }, .look_again = 1min}, at);
    CHECK(report.stopped_because() == shearpin::stop_reason::refused);
    REQUIRE(report.why() != nullptr);
    CHECK(std::string(report.why()->message()) == is_behind(50));
    CHECK(busy.world.asked == 8);
    CHECK(busy.gone == 0);
}

TEST_CASE_TEMPLATE("behind: a world that catches up meanwhile is believed", Store, BOTH_STORES) {
    busy_rig<Store> busy;
    auto remove = busy.template guard<batches>();
    const auto old = busy.world.looked_at;
    const auto catch_up = [&] {
        if (busy.world.asked % 2 == 0) busy.world.looked_at = busy.on.clock.now();
    };
    busy.world.in_look = catch_up;
    CHECK(text(remove, 5).empty());
    CHECK(busy.world.asked == 2);
    busy.world.looked_at = old;
    const auto made = remove.plan(50);
    CHECK(made.complete());
    CHECK(made.waves().size() == 10);
    CHECK(busy.world.asked == 4);
    busy.world.looked_at = old;
    remove(5);
    CHECK(busy.world.asked == 6);
    CHECK(busy.gone == 5);
}

TEST_CASE_TEMPLATE("behind: who is refused anyway is told why", Store, BOTH_STORES) {
    busy_rig<Store> busy;
    auto remove = busy.template guard<batches>();
    CHECK(text(remove, 6).find("max_batch(5)") != std::string::npos);
    CHECK(tried(remove, 6).find("max_batch(5)") != std::string::npos);
    CHECK(busy.world.asked == 2);
    std::vector<heard> told;
    auto shadow = busy.template guard<batches>().with_observer(listener{&told}).in_shadow();
    CHECK(text(shadow, 6).find("max_batch(5)") != std::string::npos);
    CHECK(busy.world.asked == 3);
    // A plan goes around limits in time, but not around what is wrong with the selection.
    const auto none = remove.plan(0);
    CHECK_FALSE(none.sound());
    REQUIRE(none.why() != nullptr);
    CHECK(none.why()->violations()[0].rule() == "empty_selection");
    CHECK(busy.world.asked == 4);
}

TEST_CASE_TEMPLATE("behind: a ledger that forgets behind every look is busy, for a plan too", Store,
                   BOTH_STORES) {
    rig<Store> on;
    on.there = {20'000, 20'000};
    auto theirs = shearpin::guard<rated>([](int) {}, [&] { return on.there; })
                      .with_ledger(on.record, "rows")
                      .with_clock(on.clock);
    auto remove = on.template guard<rated>();
    int asked = 0;
    std::function<void()> much_happens = [&] {
        ++asked;
        for (int turn = 0; turn != 70; ++turn) {
            on.clock.advance(1h);
            theirs(1);
        }
        on.in_world = much_happens;
    };
    const std::string busy = refused(
        50, "none of it",
        "  - ledger_is_busy: others wrote to it all the time while this call looked; try again\n",
        unknown_wait);
    on.in_world = much_happens;
    CHECK(text(remove, 50) == busy);
    CHECK(asked == 64);
    on.in_world = much_happens;
    CHECK(text(remove.plan(50, {}, at)) == busy);
    CHECK(asked == 128);
}

TEST_CASE("behind: a ledger that cannot be read refuses a plan as it refuses a call") {
    bytes store;
    rig<bytes> on(store);
    auto remove = on.guard<batches>();
    remove(1);
    store.shared->bytes = "no ledger";
    ++store.shared->version;
    const std::string why = text(remove, 1);
    CHECK(why.find("ledger_unavailable") != std::string::npos);
    CHECK(text(remove.plan(1, {}, at)) == why);
    const auto refused = remove.check(1);
    CHECK(refused.why().violations()[0].limit() == 0);
    bool looked = false;  // at the world, for nothing
    on.in_world = [&] { looked = true; };
    CHECK(text(remove, 1) == why);
    CHECK(tried(remove, 1) == why);
    CHECK(!looked);
}
