// SPDX-License-Identifier: BSL-1.0
// Runs by clocks that stand still, go back or do not know the time.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

using namespace waves_testing;
using shearpin::duration;
using shearpin::progress;
using shearpin::stop_reason;

namespace {

constexpr auto twos = shearpin::policy{shearpin::max_batch(2)};

struct standing_clock {
    shearpin::time_point time = shearpin::date(2026, 1, 1).begins();
    [[nodiscard]] shearpin::time_point now() const { return time; }
    void wait(duration) const {}
};

/// Notes how it is waited by.
struct noting_clock {
    shearpin::time_point time = shearpin::date(2026, 1, 1).begins();
    std::vector<duration> waits;
    static constexpr duration longest_nap = 1min;
    [[nodiscard]] shearpin::time_point now() const { return time; }
    void wait(duration by) {
        waits.push_back(by);
        time = time + by;
    }
};

auto two_by_two(const standing_clock& clock, rows& gone) {
    return shearpin::guard<twos>(
               [&](const rows& some) { gone.insert(gone.end(), some.begin(), some.end()); },
               [] { return shearpin::pool{100, 100}; })
        .with_clock(clock);
}

}  // namespace

TEST_CASE("run: it waits in steps of the longest nap, and then for the rest") {
    const auto waits = [](duration soak) {
        noting_clock clock;
        CHECK(shearpin::guard<twos>([](const rows&) {}, [] { return shearpin::pool{9, 9}; })
                  .with_clock(clock)
                  .in_waves(rows{1}, {.soak = soak, .healthy = well})
                  .finished());
        return clock.waits;
    };
    using shorts = std::vector<duration>;
    CHECK(waits(150s) == shorts{1min, 1min, 30s});
    CHECK(waits(2min) == shorts{1min, 1min});
    CHECK(waits(1s) == shorts{1s});
    CHECK(waits(0s) == shorts{});
}

TEST_CASE("run: where nobody knows the time, a deadline lets no wave begin") {
    standing_clock clock{.time = {}};
    rows gone;
    const auto deadline = shearpin::date(2026, 1, 2).begins();
    const auto report =
        two_by_two(clock, gone).in_waves(numbered(4), {.healthy = well, .deadline = deadline});
    CHECK(report.stopped_because() == stop_reason::deadline);
    CHECK(report.waves() == 0);
    CHECK(gone.empty());
    // Nor one more where it is lost on the way.
    clock.time = shearpin::date(2026, 1, 1).begins();
    const auto half = two_by_two(clock, gone)
                          .in_waves(numbered(4), {.healthy = well,
                                                  .on_progress = [&] { clock.time = {}; },
                                                  .deadline = deadline});
    CHECK(half.stopped_because() == stop_reason::deadline);
    CHECK(gone == numbered(2));
    CHECK(two_by_two(clock, gone).in_waves(rows{3, 4}, {.healthy = well}).finished());
}

TEST_CASE("run: a clock does not go if it is the same after two seconds and more") {
    rows gone;
    const auto soaking = [&](const standing_clock& clock, duration soak) {
        return two_by_two(clock, gone)
            .in_waves(numbered(4), {.soak = soak, .healthy = well})
            .stopped_because();
    };
    const standing_clock stands;
    CHECK(soaking(stands, duration::seconds(2)) == stop_reason::clock_stands);
    // One may tell seconds alone.
    CHECK(soaking(stands, duration::seconds(2) - duration::nanoseconds(1)) ==
          stop_reason::finished);
    // Of one that does not know the time that is not said.
    CHECK(soaking({.time = {}}, 1h) == stop_reason::finished);
}

TEST_CASE("run: when all waves are begun no time is left, wherever the clock is set meanwhile") {
    table on;
    std::vector<duration> left;
    on.in_removal = [&](const rows& some) {
        if (some[0] == 3) on.clock.advance(-5min);
    };
    const auto report = on.guard<twos>().in_waves(
        numbered(4), {.soak = 10min, .healthy = well, .on_progress = [&](const progress& p) {
                          left.push_back(*p.left);
                      }});
    CHECK(report.finished());
    CHECK(left == std::vector<duration>{10min, 0min});
    // Nor less than none, where a wave takes longer than all were to take.
    left.clear();
    table slow;
    slow.in_removal = [&](const rows& some) {
        if (some[0] == 1) slow.clock.advance(1h);
    };
    const auto later = slow.guard<twos>().in_waves(
        numbered(6), {.soak = 10min, .healthy = well, .on_progress = [&](const progress& p) {
                          left.push_back(*p.left);
                      }});
    CHECK(later.finished());
    CHECK(left == std::vector<duration>{0min, 10min, 0min});
}

TEST_CASE("run: one that began by a clock that nobody has set is found by its plan") {
    table on;
    on.clock.set(shearpin::date(1970, 1, 1).begins());
    auto remove = on.guard<threes>();
    const std::string planned = remove.plan(numbered(4)).made_from().text();
    int looks = 0;
    const auto first = remove.in_waves(numbered(4), {.healthy = [&] { return ++looks < 2; }});
    CHECK(first.run().substr(16) == "@00000000");
    const auto rest = remove.resume(planned, numbered(4), {.healthy = well});
    CHECK(rest.finished());
    CHECK(rest.removed_before() == 3);
}

TEST_CASE("run: a clock that is set back makes no time less than none") {
    table on;
    std::vector<duration> elapsed;
    const auto report = on.guard<twos>().in_waves(
        numbered(6), {.soak = 10min, .healthy = well, .on_progress = [&](const progress& p) {
                          elapsed.push_back(p.elapsed);
                          if (p.wave == 1) on.clock.advance(-1h);
                      }});
    CHECK(report.finished());
    CHECK(elapsed == std::vector<duration>{0min, 0min, 0min});
    CHECK(report.elapsed() == duration());
}

TEST_CASE("resume: by a plan's fingerprint the last run goes on, though the clock was set back") {
    table on;
    auto remove = on.guard<threes>();
    const auto first = remove.in_waves(numbered(9), {.healthy = well});
    on.clock.advance(-1h);
    int looks = 0;
    const auto second = remove.in_waves(numbered(9), {.healthy = [&] { return ++looks < 2; }});
    CHECK(second.stopped_because() == stop_reason::unhealthy);
    CHECK(second.run() != first.run());
    const auto by_plan = remove.plan(numbered(9)).made_from().text();
    const auto third = remove.resume(by_plan, numbered(9), {.healthy = well});
    CHECK(third.run() == second.run());
    CHECK(third.removed_before() == 3);
    CHECK(third.finished());
    // What is not settled is of the last one, too.
    on.clock.advance(-1h);
    on.in_removal = [](const rows&) { throw std::runtime_error("no"); };
    const auto fourth = remove.in_waves(numbered(9), {.healthy = well});
    on.clock.advance(2h);
    const auto fifth = remove.resume(by_plan, numbered(9), {.healthy = well});
    CHECK(fifth.stopped_because() == stop_reason::in_doubt);
    CHECK(fifth.run() == fourth.run());
}

TEST_CASE("resume: by a plan's fingerprint, and not the run whose waves have all been annulled") {
    table on;
    auto remove = on.guard<threes>();
    on.in_removal = [](const rows&) { throw std::runtime_error("no"); };
    const auto by_plan = remove.plan(numbered(9)).made_from().text();
    const auto first = remove.in_waves(numbered(9), {.healthy = well});
    CHECK(first.stopped_because() == stop_reason::removal_failed);
    const auto id = on.record.entries().entries[0].id;
    CHECK(on.record
              .resolve(id, shearpin::resolution::nothing_removed, "bob", "looked",
                       {on.clock.now(), {}, 0})
              .empty());
    // Nobody else has begun: it is the last one.
    CHECK(remove.resume(by_plan, numbered(9), {.healthy = [] { return false; }}).run() ==
          first.run());
    on.in_removal = nullptr;
    on.clock.advance(1h);
    int looks = 0;
    const auto second = remove.in_waves(numbered(9), {.healthy = [&] { return ++looks < 3; }});
    CHECK(second.removed() == 6);
    const auto third = remove.resume(by_plan, numbered(9), {.healthy = well});
    CHECK(third.run() == second.run());
    CHECK(third.removed_before() == 6);
    CHECK(on.gone == numbered(9));
}
