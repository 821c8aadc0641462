// SPDX-License-Identifier: BSL-1.0
// What a plan makes of the past and of the clocks: it foresees just what a run then does.
#include "plan_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

using namespace guard_ledger_testing;
using namespace plan_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::policy;

namespace {

constexpr auto well = [] { return true; };
constexpr auto hourly = policy{shearpin::max_batch(5), shearpin::max_rate(10, 1h)};
constexpr auto two_rates = policy{shearpin::max_rate(2, 1h), shearpin::max_rate(2, 2h)};
constexpr auto two_rates_turned = policy{shearpin::max_rate(2, 2h), shearpin::max_rate(2, 1h)};
constexpr auto fresh = policy{shearpin::fresh_within(1min), shearpin::max_rate(2, 1h)};
constexpr auto shrinking_peaks =
    policy{shearpin::quorum(shearpin::membership::shrinks), shearpin::max_rate(1, 10min),
           shearpin::min_remaining(90_pct, shearpin::of_peak(1h))};

/// A clock of a machine that tells one boot from another, as the machine's own does.
struct booted_clock {
    shearpin::time_point wall = shearpin::date(2026, 1, 1).begins();
    shearpin::duration since_boot = 5h;
    std::uint64_t boot = 7;
    [[nodiscard]] shearpin::time_point now() const { return wall; }
    [[nodiscard]] shearpin::instant read() const { return {wall, since_boot, boot}; }
    void wait(shearpin::duration by) {
        wall = wall + by;
        since_boot = since_boot + by;
    }
};

/// Notes what a run does, as a plan says it.
template <class Clock> struct noted_run {
    Clock& clock;
    shearpin::pool there{1000, 1000};
    bool shrinks = false;
    shearpin::time_point start = clock.now();
    std::string done{};

    void remove(int number) {
        there.available -= static_cast<shearpin::count>(number);
        if (shrinks) there.size = there.available;
        done +=
            (done.empty() ? "" : " ") + std::to_string(number) + "@" + spelled(clock.now() - start);
    }
};

}  // namespace

TEST_CASE("foresight: of several limits the one that is waited for the longest is named") {
    rig on;
    const auto made = on.guard<two_rates>().plan(4);
    CHECK(waves(made) == "2@0s 2@2h");
    CHECK(made.waves()[1].waited_for().text() == "rows: max_rate(2, 2h)");
    rig other;
    const auto turned = other.guard<two_rates_turned>().plan(4);
    CHECK(waves(turned) == "2@0s 2@2h");
    CHECK(turned.waves()[1].waited_for().text() == "rows: max_rate(2, 2h)");
}

TEST_CASE("foresight: on a clock that knows the boot") {
    for (const std::uint64_t boot : {7U, 1U}) {
        booted_clock clock;
        clock.boot = boot;
        shearpin::ledger record{shearpin::memory_store{}};
        noted_run<booted_clock> run{clock};
        auto remove = shearpin::guard<hourly>([&](int number) { run.remove(number); },
                                              [&] { return run.there; })
                          .with_ledger(record, "rows")
                          .with_clock(clock);
        const auto made = remove.plan(18);
        CHECK(waves(made) == "5@0s 5@0s 5@1h 3@1h");
        CHECK(remove.in_waves(18, {.healthy = well}).finished());
        CHECK(run.done == waves(made));
    }
}

TEST_CASE("foresight: the world is looked at anew for each wave") {
    shearpin::manual_clock clock;
    shearpin::ledger record{shearpin::memory_store{}};
    const auto world = [&] {
        return shearpin::observation{
            .pool = {100, 100}, .observed_at = clock.now() - 30s, .complete = true};
    };
    auto remove =
        shearpin::guard<fresh>([](int) {}, world).with_ledger(record, "rows").with_clock(clock);
    CHECK(waves(remove.plan(5)) == "2@0s 2@1h 1@2h");
}

TEST_CASE("foresight: of a pool that was not wholly seen nothing is planned") {
    shearpin::manual_clock clock;
    shearpin::ledger record{shearpin::memory_store{}};
    const auto world = [] { return shearpin::observation{.pool = {100, 100}, .complete = false}; };
    const auto made = shearpin::guard<hourly>([](int) {}, world)
                          .with_ledger(record, "rows")
                          .with_clock(clock)
                          .plan(5);
    CHECK(waves(made) == "");
    CHECK(why(made) == "rows: incomplete_observation: not all of the pool was seen; look again\n");
}

TEST_CASE("foresight: the sizes that a pool has on the way are its peaks later") {
    shearpin::manual_clock clock;
    shearpin::ledger record{shearpin::memory_store{}};
    noted_run<shearpin::manual_clock> run{clock, {20, 20}, true};
    auto remove = shearpin::guard<shrinking_peaks>([&](int number) { run.remove(number); },
                                                   [&] { return run.there; })
                      .with_ledger(record, "rows")
                      .with_clock(clock);
    // A pool that was never seen has no peak.
    constexpr static auto any = policy{shearpin::max_batch(1)};
    shearpin::guard<any>([](int) {}, [&] { return run.there; })
        .with_ledger(record, "rows")
        .with_clock(clock)(1);
    clock.advance(59min);
    run.start = clock.now();
    const auto made = remove.plan(4);
    const auto report = remove.in_waves(4, {.healthy = well});
    CHECK(report.finished() == made.complete());
    CHECK(run.done == waves(made));
    CHECK(run.done == "1@0s 1@10min");  // 18 of the 20 that were there in the last hour
}

TEST_CASE("foresight: after a clock was set back, what is on the ledger counts as just now") {
    for (const auto back : {0min, 1min, 20min, 90min}) {
        CAPTURE(back.count());
        rig on;
        auto before = on.guard<hourly>();
        before(4);
        on.clock.advance(30min);
        before(5);
        on.clock.set(on.clock.now() - back);
        noted_run<shearpin::manual_clock> run{on.clock};
        auto remove = shearpin::guard<hourly>([&](int number) { run.remove(number); },
                                              [&] { return run.there; })
                          .with_ledger(on.record, "rows")
                          .with_clock(on.clock);
        const auto made = remove.plan(18);
        const auto report = remove.in_waves(18, {.healthy = well});
        CHECK(report.finished() == made.complete());
        CHECK(run.done == waves(made));
    }
}

TEST_CASE("foresight: whatever became of the clock since, a run does what was planned") {
    const std::function<void(booted_clock&)> changes[] = {
        [](booted_clock& clock) { clock.boot = 8; }, [](booted_clock& clock) { clock.boot = 0; },
        [](booted_clock& clock) { clock = {.wall = {}, .since_boot = 1h}; },
        [](booted_clock& clock) { clock.wall = clock.wall + (-1h); },
        [](booted_clock& clock) { clock.wall = shearpin::date(2026, 1, 2).begins(); }};
    constexpr static auto timeless = policy{shearpin::max_batch(9)};
    for (const auto& change : changes)
        for (const bool was_known : {true, false}) {
            booted_clock clock;
            shearpin::ledger record{shearpin::memory_store{}};
            noted_run<booted_clock> run{clock};
            const auto known = clock.wall;
            if (!was_known) clock.wall = {};
            auto before = shearpin::guard<timeless>([](int) {}, [&] { return run.there; })
                              .with_ledger(record, "rows")
                              .with_clock(clock);
            before(3);
            clock.wall = known;
            clock.wait(10min);
            change(clock);
            run.start = clock.now();
            auto remove = shearpin::guard<hourly>([&](int number) { run.remove(number); },
                                                  [&] { return run.there; })
                              .with_ledger(record, "rows")
                              .with_clock(clock);
            CAPTURE(was_known);
            const auto made = remove.plan(18);
            const auto report = remove.in_waves(18, {.healthy = well});
            CHECK(report.finished() == made.complete());
            CHECK(run.done == waves(made));
            CHECK(made.planned() >= 7);
        }
}

namespace {

/// What a ledger has shown of a pool: that 7 were removed then, and that it had 90 at that time.
struct shown {
    shearpin::past_removal removal;
    shearpin::past_size size;
    shearpin::detail::seen_pool seen;

    shown(const shearpin::instant& then, const shearpin::instant& now)
        : removal{then, shearpin::amounts::of(7), shearpin::amounts::of(7)}, size{then, 90} {
        shearpin::history::parts parts;
        parts.removals = &removal;
        parts.number = 1;
        parts.in_order = true;
        parts.sizes = &size;
        parts.sizes_number = 1;
        parts.now = now;
        parts.margin = 1min;
        seen.plain.pool = {100, 100};
        seen.remember(shearpin::history(parts), shearpin::amounts::of(0), now);
    }
};

shearpin::instant moment(shearpin::duration wall, shearpin::duration since_boot,
                         std::uint64_t boot) {
    return {shearpin::time_point::since_epoch(wall), since_boot, boot};
}

}  // namespace

TEST_CASE("foresight: a forecast has its own copy of what the ledger has shown") {
    shown past(moment(0s, 0s, 1), moment(30s, 30s, 1));
    const shearpin::detail::forecast_pool rows(past.seen, {100, 100}, "rows");
    past.removal.removed = past.removal.running = shearpin::amounts::of(50);
    past.size.size = 70;
    const shearpin::facts known = rows.told();
    CHECK(known.history->settled_within(1h).amount == 7);
    REQUIRE(known.history->largest_size(1h).has_value());
    CHECK(*known.history->largest_size(1h) == 90);
}

TEST_CASE("foresight: what is thought of after what the ledger has shown, by whatever clocks") {
    // In each of these the older one stays within the hour for longer than the younger one.
    const struct {
        const char* what;
        shearpin::instant then;
        shearpin::instant now;
        shearpin::duration later;
    } cases[] = {
        {"of another boot, and so within the margin for longer", moment(0s, 5s, 1),
         moment(30s, 10s, 2), 1h + 10s},
        {"of no time, and so as if it were now", {}, moment(30s, 0s, 0), 1h + 1min},
        {"of a later time since the boot", moment(0s, 100s, 1), moment(30s, 50s, 1), 1h},
        {"of a later wall clock, which was put back", moment(100s, 0s, 1), moment(50s, 30s, 1), 1h},
    };
    for (const auto& each : cases) {
        CAPTURE(each.what);
        const shown past(each.then, each.now);
        shearpin::detail::forecast_pool rows(past.seen, {100, 100}, "rows");
        rows.remove(shearpin::amounts::of(3), false);
        CHECK(rows.told().history->settled_within(1h).amount == 10);
        rows.move_on(each.later);
        CHECK(rows.told().history->settled_within(1h).amount == 7);
    }
}
