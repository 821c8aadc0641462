// SPDX-License-Identifier: BSL-1.0
// A run in waves: what it does, in which order, and what it says when it is over.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

#include <array>
#include <list>
#include <memory>
#include <set>
#include <span>
#include <stop_token>

using namespace waves_testing;
using namespace shearpin::literals;
using shearpin::progress;
using shearpin::stop_reason;

namespace {

constexpr auto floor_only = shearpin::policy{shearpin::min_remaining(98)};
constexpr auto one_an_hour = shearpin::policy{shearpin::max_rate(1, 1h)};
constexpr auto any = shearpin::policy{shearpin::unlimited};
constexpr auto twos = shearpin::policy{shearpin::max_batch(2)};
constexpr auto expecting = shearpin::policy{shearpin::needs_expected(), shearpin::max_batch(2)};
constexpr auto lifted = shearpin::policy{shearpin::overridable(shearpin::max_batch(2))};

}  // namespace

TEST_CASE_TEMPLATE("run: waves, soak, a look at the health, and a wait for the limit", Store,
                   BOTH_STORES) {
    table<Store> on;
    auto remove = on.template guard<hourly>();
    const auto report = remove.in_waves(
        numbered(12),
        {.soak = 5min,
         .healthy =
             [&] {
                 on.events.push_back(on.at_time() + "looked");
                 return true;
             },
         .on_progress =
             [&](const progress& p) {
                 on.events.push_back(on.at_time() + "told " + std::to_string(p.removed) + " of " +
                                     std::to_string(p.of) + " in " + std::to_string(p.wave) + " " +
                                     std::string(p.waits_for));
             }});
    CHECK(report.finished());
    CHECK(report.stopped_because() == stop_reason::finished);
    CHECK(on.gone == numbered(12));
    CHECK(on.events == words{"0s looked", "0s removed 5", "0s told 5 of 12 in 1 ", "5min looked",
                             "5min removed 5", "5min told 10 of 12 in 2 ", "10min looked",
                             "10min told 10 of 12 in 2 rows: max_rate(10, 1h)", "1h removed 2",
                             "1h told 12 of 12 in 3 ", "1h5min looked"});
    CHECK(report.removed() == 12);
    CHECK(report.remaining() == 0);
    CHECK(report.in_doubt() == 0);
    CHECK(report.asked() == 12);
    CHECK(report.waves() == 3);
    CHECK(report.next() == 12);
    CHECK(report.elapsed() == shearpin::duration(65min));
    CHECK(report.why() == nullptr);
    CHECK(report.error() == nullptr);
    CHECK(report.text() == "removed 12 of 12 targets in 3 waves, in 1h5min\n");
}

TEST_CASE("run: before it begins nothing is done") {
    const progress before;
    CHECK(before.removed == 0);
    CHECK(before.of == 0);
    CHECK(before.wave == 0);
    CHECK_FALSE(before.left.has_value());
    const shearpin::wave_report none;
    CHECK(none.asked() == 0);
    CHECK(none.next() == 0);
    CHECK(none.remaining() == 0);
}

TEST_CASE("run: tells how long it will take, as planned") {
    table on;
    auto remove = on.guard<hourly>();
    std::vector<shearpin::duration> left;
    std::vector<shearpin::duration> elapsed;
    const auto report = remove.in_waves(
        numbered(12), {.soak = 5min, .healthy = well, .on_progress = [&](const progress& p) {
                           REQUIRE(p.left.has_value());
                           left.push_back(*p.left);
                           elapsed.push_back(p.elapsed);
                       }});
    CHECK(report.finished());
    using shearpin::duration;
    CHECK(left == std::vector<duration>{60min, 55min, 50min, duration(0min)});
    CHECK(elapsed == std::vector<duration>{0min, 5min, 10min, 60min});
    bool known = true;
    (void)remove.in_waves(numbered(90), {.healthy = well, .on_progress = [&](const progress& p) {
                                             known = known && p.left.has_value();
                                         }});
    CHECK_FALSE(known);  // not all of it can go
    left.clear();
    table slow;
    (void)slow.guard<one_an_hour>().in_waves(
        numbered(3), {.healthy = well, .on_progress = [&](const progress& p) {
                          if (p.waits == duration()) left.push_back(*p.left);
                      }});
    CHECK(left == std::vector<duration>{2h, 1h, 0min});
}

TEST_CASE("run: the first bad look at the health ends it, before the first wave too") {
    table on;
    auto remove = on.guard<hourly>();
    int looks = 0;
    const auto report =
        remove.in_waves(numbered(12), {.soak = 1min, .healthy = [&] { return ++looks < 3; }});
    CHECK_FALSE(report.finished());
    CHECK(report.stopped_because() == stop_reason::unhealthy);
    CHECK(report.removed() == 10);
    CHECK(report.remaining() == 2);
    CHECK(report.next() == 10);
    CHECK(report.text() ==
          "removed 10 of 12 targets in 2 waves, in 2min; stopped: the health check failed; left "
          "are 2\n  to go on with it later, resume run " +
              report.run() + "\n");

    const auto none = remove.in_waves(numbered(2), {.healthy = [] { return false; }});
    CHECK(none.stopped_because() == stop_reason::unhealthy);
    CHECK(none.waves() == 0);
    CHECK(none.removed() == 0);
    CHECK(none.next() == 0);
    CHECK(on.gone.size() == 10);

    // After the last wave, all is removed and yet not well.
    looks = 0;
    on.clock.advance(2h);
    const auto last = remove.in_waves(rows{21, 22}, {.healthy = [&] { return ++looks < 2; }});
    CHECK_FALSE(last.finished());
    CHECK(last.remaining() == 0);

    // One that throws says that it is not well.
    const auto thrown = remove.in_waves(
        rows{31}, {.healthy = []() -> bool { throw std::runtime_error("no route to host"); }});
    CHECK(thrown.stopped_because() == stop_reason::unhealthy);
    CHECK(thrown.text().find("  - thrown: no route to host\n") != std::string::npos);
    // It may take the progress.
    const auto told = remove.in_waves(
        rows{41, 42}, {.healthy = [](const progress& p) { return p.removed == 0; }});
    CHECK(told.stopped_because() == stop_reason::unhealthy);
    CHECK(told.removed() == 2);
}

TEST_CASE_TEMPLATE("run: a removal that throws ends it, and its wave is in doubt", Store,
                   BOTH_STORES) {
    table<Store> on;
    auto remove = on.template guard<hourly>();
    on.in_removal = [&](const rows& some) {
        if (some[0] == 6) throw std::runtime_error("half of it\nis gone");
    };
    const auto report = remove.in_waves(numbered(12), {.healthy = well});
    CHECK(report.stopped_because() == stop_reason::removal_failed);
    CHECK(report.removed() == 5);
    CHECK(report.in_doubt() == 5);
    CHECK(report.remaining() == 2);
    CHECK(report.waves() == 2);
    CHECK_THROWS_AS(std::rethrow_exception(report.error()), std::runtime_error);
    CHECK(report.text() ==
          "removed 5 of 12 targets in 2 waves; stopped: the removal threw, and how much of that "
          "wave is done is not known; in doubt are 5; left are 2\n"
          "  - thrown: half of it\\nis gone\n"
          "  to go on with it later, resume run " +
              report.run() + "\n");
    const auto entry = on.record.entries().entries.back();
    CHECK(entry.state == shearpin::entry_state::unknown);
    CHECK(entry.reason == "run " + report.run() + " 6-10");
    CHECK(entry.targets == 5);
}

TEST_CASE("run: a world that throws ends it, and that wave has not begun") {
    table on;
    auto remove = on.guard<hourly>();
    const auto report =
        remove.in_waves(numbered(12), {.healthy = well, .on_progress = [&] {
                                           on.in_world = [] { throw std::runtime_error("gone"); };
                                       }});
    CHECK(report.stopped_because() == stop_reason::failed);
    CHECK(report.removed() == 5);
    CHECK(report.in_doubt() == 0);
    CHECK(report.remaining() == 7);
    CHECK(report.text().find("something failed before a wave began") != std::string::npos);
    CHECK(report.text().find("  - thrown: gone\n") != std::string::npos);
}

TEST_CASE("run: a limit that waiting does not cure ends it") {
    table on;
    const auto report = on.guard<hourly>().in_waves(numbered(30), {.healthy = well});
    CHECK(report.stopped_because() == stop_reason::refused);
    CHECK(report.removed() == 20);
    CHECK(report.remaining() == 10);
    REQUIRE(report.why() != nullptr);
    CHECK(report.why()->violations()[0].rule() == "min_remaining");
    CHECK(report.text() ==
          "removed 20 of 30 targets in 4 waves, in 1h; stopped: a limit does not let the next one "
          "go; left are 10\n"
          "  - rows: min_remaining(80): 80 of 100 serve and 80 must stay, so none may go; asked "
          "1\n"
          "  - rows: max_rate(10, 1h): 10 may go in 1h and 10 have gone, so none may go; asked 1\n"
          "  to go on with it later, resume run " +
              report.run() + "\n");
}

TEST_CASE("run: where nobody knows how soon, it can look again") {
    table on;
    auto remove = on.guard<floor_only>();
    int waits = 0;
    const auto report =
        remove.in_waves(numbered(6), {.healthy = well,
                                      .on_progress =
                                          [&](const progress& p) {
                                              if (p.waits == shearpin::duration()) return;
                                              CHECK(p.waits == shearpin::duration(10min));
                                              CHECK(p.waits_for == "rows: min_remaining(98)");
                                              if (++waits % 2 == 0) on.there.available = 100;
                                          },
                                      .look_again = 10min});
    CHECK(report.finished());
    CHECK(report.waves() == 3);
    CHECK(waits == 4);
    CHECK(report.elapsed() == shearpin::duration(40min));
}

TEST_CASE("run: no wave begins at or after the deadline, and none is waited for in vain") {
    table on;
    auto remove = on.guard<hourly>();
    const auto report = remove.in_waves(
        numbered(12), {.soak = 5min, .healthy = well, .deadline = on.clock.now() + 40min});
    CHECK(report.stopped_because() == stop_reason::deadline);
    CHECK(report.removed() == 10);
    CHECK(report.elapsed() == shearpin::duration(10min));  // the hour would be too long
    REQUIRE(report.why() != nullptr);
    CHECK(report.why()->violations()[0].rule() == "max_rate");
    on.clock.advance(3h);
    const auto soaked = remove.in_waves(
        numbered(10), {.soak = 5min, .healthy = well, .deadline = on.clock.now() + 5min});
    CHECK(soaked.stopped_because() == stop_reason::deadline);
    CHECK(soaked.removed() == 5);
    const auto late = remove.in_waves(rows{91}, {.healthy = well, .deadline = on.clock.now()});
    CHECK(late.stopped_because() == stop_reason::deadline);
    CHECK(late.waves() == 0);
}

namespace {

/// A clock that is asked in short steps, so that somebody can stop in between.
struct stepping_clock {
    shearpin::time_point time = shearpin::date(2026, 1, 1).begins();
    static constexpr shearpin::duration longest_nap = 1min;
    std::function<void()> in_step;
    [[nodiscard]] shearpin::time_point now() const { return time; }
    void wait(shearpin::duration by) {
        time = time + by;
        if (in_step) in_step();
    }
};
struct standing_clock {
    [[nodiscard]] shearpin::time_point now() const { return shearpin::date(2026, 1, 1).begins(); }
    void wait(shearpin::duration) const {}
};

}  // namespace

TEST_CASE("run: a request to stop is seen before a wave and in every wait, and halves no wave") {
    std::stop_source source;
    table on;
    auto remove = on.guard<hourly>();
    const auto report =
        remove.in_waves(numbered(12), {.healthy = well,
                                       .on_progress = [&] { source.request_stop(); },
                                       .stop = source.get_token()});
    CHECK(report.stopped_because() == stop_reason::stop_requested);
    CHECK(report.removed() == 5);
    CHECK(report.waves() == 1);

    stepping_clock clock;
    shearpin::ledger ledger{shearpin::memory_store{}};
    rows gone;
    auto slow = shearpin::guard<hourly>([&](const rows& some) { gone = some; },
                                        [] { return shearpin::pool{100, 100}; })
                    .with_ledger(ledger, "rows")
                    .with_clock(clock);
    bool stop = false;
    int steps = 0;
    clock.in_step = [&] { stop = ++steps == 7; };
    int looks = 0;
    const auto in_soak = slow.in_waves(numbered(12), {.soak = 10min,
                                                      .healthy =
                                                          [&] {
                                                              ++looks;
                                                              return true;
                                                          },
                                                      .stop = [&] { return stop; }});
    CHECK(looks == 1);  // not in the midst of a soak
    CHECK(in_soak.stopped_because() == stop_reason::stop_requested);
    CHECK(in_soak.removed() == 5);
    CHECK(in_soak.elapsed() == shearpin::duration(7min));
    stop = true;
    CHECK(slow.in_waves(numbered(2), {.healthy = well, .stop = [&] { return stop; }}).waves() == 0);
}

TEST_CASE("run: a clock that does not go ends it") {
    standing_clock clock;
    shearpin::ledger ledger{shearpin::memory_store{}};
    auto remove =
        shearpin::guard<hourly>([](const rows&) {}, [] { return shearpin::pool{100, 100}; })
            .with_ledger(ledger, "rows")
            .with_clock(clock);
    const auto report = remove.in_waves(numbered(12), {.healthy = well});
    CHECK(report.stopped_because() == stop_reason::clock_stands);
    CHECK(report.removed() == 10);
}

TEST_CASE("run: on the machine's clock, and without one") {
    auto remove = shearpin::guard<twos>([](const rows&) {}, [] { return shearpin::pool{9, 9}; })
                      .with_clock(shearpin::wall_clock);
    CHECK(remove.in_waves(numbered(4), {.soak = 1ms, .healthy = well}).finished());
    auto timeless = shearpin::guard<twos>([](const rows&) {}, [] { return shearpin::pool{9, 9}; });
    const auto report = timeless.in_waves(numbered(4), {.soak = 1ms, .healthy = well});
    CHECK(report.finished());
    CHECK(report.run().empty());
    CHECK(report.elapsed() >= shearpin::duration(2ms));
}

TEST_CASE("run: what is wrong with the selection is found before the first wave") {
    table on;
    auto remove = on.guard<hourly>();
    auto twice = numbered(12);
    twice.push_back(3);
    const auto report = remove.in_waves(twice, {.healthy = well});
    CHECK(report.stopped_because() == stop_reason::refused);
    CHECK(report.waves() == 0);
    REQUIRE(report.why() != nullptr);
    CHECK(report.why()->violations()[0].rule() == "named_twice");
    CHECK(on.gone.empty());
    CHECK(remove.in_waves(rows{}, {.healthy = well}).stopped_because() == stop_reason::refused);
}

TEST_CASE("run: what a person says is said in every wave") {
    table on;
    auto remove = on.guard<expecting>();
    CHECK(remove.in_waves(numbered(4), {.healthy = well}).stopped_because() ==
          stop_reason::refused);
    const auto other = remove.asking({.expected = 5}).in_waves(numbered(4), {.healthy = well});
    CHECK(other.stopped_because() == stop_reason::refused);
    // All that is wrong is told at once.
    const auto twice = remove.asking({.expected = 5}).in_waves(rows{1, 2, 2}, {.healthy = well});
    REQUIRE(twice.why() != nullptr);
    words broken;
    for (const auto& each : twice.why()->violations()) broken.push_back(std::string(each.rule()));
    CHECK(broken == words{"unexpected_number", "named_twice"});
    CHECK(on.gone.empty());
    const auto report = remove.asking({.expected = 4, .actor = "ann", .reason = "CHG-17"})
                            .in_waves(numbered(4), {.healthy = well});
    CHECK(report.finished());
    const auto entries = on.record.entries().entries;
    REQUIRE(entries.size() == 2);
    CHECK(entries[1].reason == "run " + report.run() + " 3-4: CHG-17");
    CHECK(entries[1].actor == "ann");
}

TEST_CASE("run: an override lifts one wave") {
    table on;
    auto remove = on.guard<lifted>();
    const auto lift = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 4, .until = on.clock.now() + 1h, .reason = "CHG-18"});
    const auto report =
        remove.asking({.actor = "ann"}).overriding(lift).in_waves(numbered(8), {.healthy = well});
    CHECK(report.finished());
    CHECK(on.events == words{"0s removed 4", "0s removed 2", "0s removed 2"});
}

TEST_CASE("run: what the removal tells is what is reported") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    shearpin::count tells = 2;
    auto remove = shearpin::guard<twos>([&](const rows&) { return shearpin::removed{tells}; },
                                        [] { return shearpin::pool{100, 100}; })
                      .with_ledger(ledger, "rows");
    CHECK(remove.in_waves(numbered(4), {.healthy = well}).finished());
    tells = 1;
    const auto less = remove.in_waves(numbered(4), {.healthy = well});
    CHECK(less.stopped_because() == stop_reason::removed_less);
    CHECK(less.removed() == 2);
    CHECK(less.remaining() == 2);
    tells = 3;
    const auto more = remove.in_waves(numbered(4), {.healthy = well});
    CHECK(more.stopped_because() == stop_reason::removed_more);
    CHECK(more.removed() == 3);
    REQUIRE(more.why() != nullptr);
    CHECK(more.why()->violations()[0].rule() == "removed_too_much");
    tells = ~shearpin::count{0};
    const auto nonsense = remove.in_waves(numbered(4), {.healthy = well});
    CHECK(nonsense.stopped_because() == stop_reason::removed_more);
    CHECK(nonsense.in_doubt() == 2);
}

TEST_CASE("crop: as many as may go now, by its own name") {
    table on;
    auto remove = on.guard<hourly>();
    const auto report = remove.as_many_as_may_go(numbered(12));
    CHECK(report.stopped_because() == stop_reason::cropped);
    CHECK(report.removed() == 5);
    CHECK(report.remaining() == 7);
    CHECK(report.next() == 5);
    CHECK(on.gone == numbered(5));
    REQUIRE(report.why() != nullptr);
    CHECK(report.why()->violations()[0].rule() == "max_batch");
    CHECK(report.text() ==
          "removed 5 of 12 targets in 1 wave; stopped: no more may go now; left are 7\n"
          "  - rows: max_batch(5): one call may take 5; asked 12\n"
          "  - rows: max_rate(10, 1h): 10 may go in 1h and 0 have gone, so 10 may go; asked 12\n");
    CHECK(report.elapsed() == shearpin::duration());
    CHECK(remove.as_many_as_may_go(rows{6, 7}).finished());
    CHECK(remove.as_many_as_may_go(rows{8, 9, 10, 11}).removed() == 3);
    const auto none = remove.as_many_as_may_go(rows{12});
    CHECK(none.stopped_because() == stop_reason::cropped);
    CHECK(none.removed() == 0);
    CHECK(remove.as_many_as_may_go(rows{12, 12}).stopped_because() == stop_reason::refused);
}

TEST_CASE("run: a ramp, in which a person sees what the first one does") {
    table on;
    const auto report =
        on.guard<any>().in_waves(numbered(30), {.soak = 1h, .healthy = well, .ramp = {1, 10_pct}});
    CHECK(report.finished());
    CHECK(on.events == words{"0s removed 1", "1h removed 3", "2h removed 26"});
}

TEST_CASE("run: a few are asked about at first, however many there are") {
    table on;
    on.there = {100'000, 100'000};
    for (const int number : {63, 64, 65, 100, 128, 129, 5000}) {
        on.gone.clear();
        const auto report = on.guard<any>().in_waves(numbered(number), {.healthy = well});
        CHECK(report.waves() == 1);
        CHECK(on.gone == numbered(number));
    }
}

TEST_CASE("run: hands on parts of any list of targets") {
    const auto see = [] { return shearpin::pool{99, 99}; };
    std::string got;
    const auto note = [&](const auto& some) {
        for (const auto& each : some) got += std::to_string(each);
        got += ' ';
    };
    const auto run = [&](const auto& guarded, const auto& all) {
        got.clear();
        CHECK(guarded.in_waves(all, {.healthy = well}).finished());
        return got;
    };
    auto span = shearpin::guard<twos>([&](std::span<const int> some) { note(some); }, see);
    const std::array<int, 3> array{1, 2, 3};
    const int bare[] = {4, 5, 6};
    CHECK(run(span, array) == "12 3 ");
    CHECK(run(span, bare) == "45 6 ");
    CHECK(run(span, std::vector<int>{7, 8, 9}) == "78 9 ");
    CHECK(run(span, std::span<const int>(array)) == "12 3 ");
    auto set = shearpin::guard<twos>([&](const std::set<int>& some) { note(some); }, see);
    CHECK(run(set, std::set<int>{3, 1, 2}) == "12 3 ");
    auto list = shearpin::guard<twos>([&](std::list<int>& some) { note(some); }, see);
    CHECK(run(list, std::list<int>{1, 2, 3}) == "12 3 ");
    // A part of an array has numbers, too.
    auto by_number = shearpin::guard<twos>(
        [&](shearpin::targets_view<int> some) {
            for (std::size_t at = some.size(); at != 0; --at) got += std::to_string(some[at - 1]);
            got += ' ';
        },
        see);
    CHECK(run(by_number, array) == "21 3 ");
    CHECK(run(by_number, bare) == "54 6 ");
    auto number =
        shearpin::guard<twos>([&](unsigned some) { got += std::to_string(some) + " "; }, see);
    CHECK(run(number, 5U) == "2 2 1 ");
    // What cannot be copied is handed on where it stands.
    std::vector<std::unique_ptr<int>> owners;
    for (int at = 0; at != 3; ++at) owners.push_back(std::make_unique<int>(at));
    auto unique = shearpin::guard<twos>(
        [&](const auto& some) {
            for (const auto& each : some) got += std::to_string(*each);
            got += ' ';
        },
        see);
    CHECK(run(unique, owners) == "01 2 ");
}

TEST_CASE("run: others are faster, and every rule holds all the same") {
    table on;
    auto remove = on.guard<hourly>();
    auto other = on.guard<hourly>();
    rows theirs = {91, 92, 93};
    int looks = 0;
    const auto report =
        remove.in_waves(numbered(12), {.healthy = well, .on_progress = [&](const progress& p) {
                                           if (p.waits == shearpin::duration() && ++looks == 1)
                                               other(theirs);
                                       }});
    CHECK(report.finished());
    CHECK(on.events == words{"0s removed 5", "0s removed 3", "0s removed 2", "1h removed 5"});
}

TEST_CASE("run: somebody who is always faster ends it, after 64 times in vain") {
    table on;
    int looks = 0;
    int faster = 0;  // how often between the question and the removal
    on.in_world = [&] {
        ++looks;
        // The plan's look is the first one; then it is asked and done in turn.
        const bool is_in_removal = looks > 1 && looks % 2 == 1;
        on.there.available = is_in_removal && faster-- > 0 ? 98 : 100;
    };
    auto remove = on.guard<floor_only>();
    const auto is_endless = [&] { return looks > 1000; };
    faster = 64;
    const auto in_vain = remove.in_waves(rows{1, 2}, {.healthy = well, .stop = is_endless});
    CHECK(in_vain.stopped_because() == stop_reason::refused);
    CHECK(in_vain.removed() == 0);
    CHECK(in_vain.waves() == 0);
    REQUIRE(in_vain.why() != nullptr);
    CHECK(in_vain.why()->violations()[0].rule() == "min_remaining");
    CHECK(looks == 1 + 2 * 64);
    // 63 times for each wave is no matter.
    looks = 0;
    faster = 63;
    const auto report = remove.in_waves(numbered(4), {.healthy =
                                                          [&] {
                                                              faster = 63;
                                                              return true;
                                                          },
                                                      .stop = is_endless});
    CHECK(report.finished());
    CHECK(report.waves() == 2);
    CHECK(looks == 1 + 2 * 64 * 2);
    CHECK(on.gone == numbered(4));
}
