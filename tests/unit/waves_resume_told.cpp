// SPDX-License-Identifier: BSL-1.0
// A run that is taken up again, by what its ledger and a person tell of it: all of a wave is gone,
// less than all, or nothing.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace waves_testing;
using shearpin::resolution;
using shearpin::stop_reason;

namespace {

/// A run of nine, by threes, whose removal throws at this target; a person finds out what is gone.
struct broken_off {
    table<guard_ledger_testing::bytes> on;
    std::string run;

    broken_off(int at, const resolution& found) {
        on.there = {100'000, 100'000};
        on.in_removal = [at](const rows& some) {
            if (some[0] == at) throw std::runtime_error("no");
        };
        const auto first = on.guard<threes>().in_waves(numbered(9), {.healthy = well});
        CHECK(first.stopped_because() == stop_reason::removal_failed);
        run = first.run();
        on.in_removal = nullptr;
        const std::string id = on.record.entries().entries.back().id;
        CHECK(on.record.resolve(id, found, "bob", "looked", {on.clock.now(), {}, 0}).empty());
    }
};

}  // namespace

TEST_CASE("resume: of a wave of which a person says that all is gone nothing is asked") {
    broken_off all(4, resolution::everything_removed);
    int asked = 0;
    const auto report = all.on.guard<threes>().resume(
        all.run, numbered(9), {.healthy = well, .is_gone = [&](shearpin::count) {
                                   ++asked;
                                   return false;
                               }});
    CHECK(asked == 0);
    CHECK(report.finished());
    CHECK(report.removed_before() == 6);
    CHECK(all.on.gone == rows{1, 2, 3, 7, 8, 9});
    // Nor where nobody could be asked.
    broken_off alone(4, resolution::removed(3));
    CHECK(alone.on.guard<threes>().resume(alone.run, numbered(9), {.healthy = well}).finished());
    CHECK(alone.on.gone == rows{1, 2, 3, 7, 8, 9});
}

TEST_CASE("resume: of some that are gone nobody can tell which, where nobody can be asked") {
    broken_off some(4, resolution::removed(2));
    const auto report = some.on.guard<threes>().resume(some.run, numbered(9), {.healthy = well});
    CHECK(report.stopped_because() == stop_reason::in_doubt);
    CHECK(report.removed_before() == 3);
    CHECK(report.in_doubt() == 3);
    CHECK(report.remaining() == 3);
    CHECK(report.next() == 6);
    CHECK(report.doubts() ==
          words{"targets 4-6: a person says that some are gone, and not which; ledger entry " +
                some.on.record.entries().entries.back().id + ": say which, by .is_gone"});
    CHECK(some.on.gone == numbered(3));
}

TEST_CASE("resume: what waves have left goes in the order of the targets, whichever wave left it") {
    broken_off some(1, resolution::removed(1));
    auto remove = some.on.guard<threes>();
    const auto second_is_gone = [](shearpin::count place) { return place == 1; };
    // The first one, taken up again by itself, comes to nothing.
    some.on.in_removal = [](const rows&) { throw std::runtime_error("no"); };
    CHECK(remove.resume(some.run, numbered(9), {.healthy = well, .is_gone = second_is_gone})
              .stopped_because() == stop_reason::removal_failed);
    some.on.in_removal = nullptr;
    const std::string id = some.on.record.entries().entries.back().id;
    CHECK(
        some.on.record
            .resolve(id, resolution::nothing_removed, "bob", "looked", {some.on.clock.now(), {}, 0})
            .empty());
    const auto report =
        remove.resume(some.run, numbered(9), {.healthy = well, .is_gone = second_is_gone});
    CHECK(report.finished());
    CHECK(report.removed_before() == 1);
    CHECK(some.on.gone == rows{1, 3, 4, 5, 6, 7, 8, 9});
}

TEST_CASE("resume: the first that is left is told, where it goes on no further") {
    broken_off none(4, resolution::nothing_removed);
    const auto report =
        none.on.guard<threes>().resume(none.run, numbered(9), {.healthy = [] { return false; }});
    CHECK(report.stopped_because() == stop_reason::unhealthy);
    CHECK(report.next() == 3);
    CHECK(none.on.guard<threes>().resume(none.run, numbered(9), {.healthy = well}).next() == 9);
    // And where nothing is left, all have been taken.
    CHECK(none.on.guard<threes>().resume(none.run, numbered(9), {.healthy = well}).next() == 9);
}

TEST_CASE("resume: a wave that the ledger keeps is enough, also before one that came to nothing") {
    broken_off none(4, resolution::nothing_removed);
    auto remove = none.on.guard<threes>();
    for (int other = 0; other != 63; ++other) remove(rows{1000 + other});
    const auto report = remove.resume(none.run, numbered(9), {.healthy = well});
    CHECK(report.finished());
    CHECK(report.removed_before() == 3);
}

TEST_CASE("resume: what a run had left is told with what it leaves now") {
    table on;
    auto remove =
        shearpin::guard<threes>([](const rows& some) { return shearpin::removed{some.size() - 1}; },
                                [&] { return on.there; })
            .with_ledger(on.record, "rows")
            .with_clock(on.clock);
    int looks = 0;
    const auto first = remove.in_waves(numbered(6), {.healthy = [&] { return ++looks < 2; }});
    CHECK(first.removed() == 2);
    const auto second = remove.resume(first.run(), numbered(6), {.healthy = well});
    CHECK(second.stopped_because() == stop_reason::removed_less);
    CHECK(second.removed() == 4);
    CHECK(second.remaining() == 2);
}

TEST_CASE("resume: a wave of one that is in doubt is in doubt") {
    table on;
    auto remove = on.guard<threes>();
    on.in_removal = [](const rows& some) {
        if (some[0] == 7) throw std::runtime_error("no");
    };
    const auto first = remove.in_waves(numbered(7), {.healthy = well});
    on.in_removal = nullptr;
    const auto report = remove.resume(first.run(), numbered(7), {.healthy = well});
    CHECK(report.stopped_because() == stop_reason::in_doubt);
    CHECK(report.in_doubt() == 1);
}

TEST_CASE("resume: of several runs it is the one that is named, or the plan's last") {
    table on;
    auto remove = on.guard<threes>();
    const auto stop_after = [](int waves) {
        return [left = waves]() mutable { return left-- != 0; };
    };
    const std::string planned = remove.plan(numbered(9)).made_from().text();
    const auto older = remove.in_waves(numbered(9), {.healthy = stop_after(2)});
    CHECK(older.removed() == 6);
    CHECK(older.run().substr(16) == "@6955b900");  // the first second of 2026
    on.clock.advance(1h);
    const auto younger = remove.in_waves(numbered(9), {.healthy = stop_after(1)});
    CHECK(younger.removed() == 3);
    on.clock.advance(1h);
    // A run of others is not taken for it.
    CHECK(remove.in_waves(rows{21, 22, 23, 24}, {.healthy = stop_after(1)}).removed() == 3);
    CHECK(remove.resume(planned, numbered(9), {.healthy = [] { return false; }}).run() ==
          younger.run());
    const auto none = remove.resume(older.run() + "x", numbered(9), {.healthy = well});
    CHECK(none.stopped_because() == stop_reason::no_such_run);
    CHECK(none.doubts() ==
          words{"\"" + older.run() + "x\" is no name of a run and no fingerprint"});
    const auto rest = remove.resume(older.run(), numbered(9), {.healthy = well});
    CHECK(rest.finished());
    CHECK(rest.run() == older.run());
    CHECK(rest.removed_before() == 6);
}

TEST_CASE("run: what others left in doubt does not hold up a run") {
    table on;
    auto remove = on.guard<threes>();
    on.in_removal = [](const rows&) { throw std::runtime_error("no"); };
    CHECK(remove.in_waves(rows{21, 22}, {.healthy = well}).stopped_because() ==
          stop_reason::removal_failed);
    on.in_removal = nullptr;
    on.clock.advance(1h);
    CHECK(remove.in_waves(numbered(2), {.healthy = well}).finished());
    CHECK(remove.in_waves(rows{21, 22}, {.healthy = well}).stopped_because() ==
          stop_reason::in_doubt);
}

TEST_CASE("resume: without a clock, too, what was taken up again does not go twice") {
    shearpin::ledger record{shearpin::memory_store{}};
    constexpr static auto by_threes = shearpin::policy{shearpin::max_batch(3)};
    rows gone;
    int breaks_at = 4;
    auto remove = shearpin::guard<by_threes>(
                      [&](const rows& some) {
                          if (some[0] == breaks_at) throw std::runtime_error("no");
                          gone.insert(gone.end(), some.begin(), some.end());
                      },
                      [] { return shearpin::pool{100, 100}; })
                      .with_ledger(record, "rows");
    const auto first = remove.in_waves(numbered(9), {.healthy = well});
    const shearpin::instant now{shearpin::date(2026, 1, 1).begins(), {}, 0};
    const std::string id = record.entries().entries.back().id;
    CHECK(record.resolve(id, resolution::nothing_removed, "bob", "looked", now).empty());
    breaks_at = 0;
    int looks = 0;
    CHECK(remove.resume(first.run(), numbered(9), {.healthy = [&] { return ++looks < 2; }})
              .removed() == 6);
    const auto rest = remove.resume(first.run(), numbered(9), {.healthy = well});
    CHECK(rest.finished());
    CHECK(rest.removed_before() == 6);
    CHECK(gone == numbered(9));
}

TEST_CASE(
    "resume: what is taken up again at this moment is not asked about, and nobody else begins") {
    table on;
    auto remove = on.guard<threes>();
    on.in_removal = [](const rows& some) {
        if (some[0] == 4) throw std::runtime_error("no");
    };
    const auto first = remove.in_waves(numbered(9), {.healthy = well});
    const auto id = on.record.entries().entries.back().id;
    CHECK(on.record.resolve(id, resolution::removed(1), "bob", "looked", {on.clock.now(), {}, 0})
              .empty());
    std::vector<shearpin::count> asked;
    const auto resume = [&] {
        return remove.resume(first.run(), numbered(9),
                             {.healthy = well, .is_gone = [&](shearpin::count place) {
                                  asked.push_back(place);
                                  return place == 4;
                              }});
    };
    stop_reason beside{};
    on.in_removal = [&](const rows& some) {
        if (some[0] != 4) return;
        asked.clear();
        beside = resume().stopped_because();
        CHECK(asked == std::vector<shearpin::count>{4, 5});  // and not 3, of target 4
    };
    CHECK(resume().finished());
    CHECK(beside == stop_reason::in_doubt);
    CHECK(on.gone == rows{1, 2, 3, 4, 6, 7, 8, 9});
}
