// SPDX-License-Identifier: BSL-1.0
// A run that has stopped is taken up again: what is settled is skipped, what is in doubt is asked
// about, and nothing is removed twice. One that was killed: waves_killed.cpp.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace waves_testing;
using shearpin::stop_reason;

namespace {

/// A target whose name is what to_text says, longer than a message shows.
struct server {
    int number = 0;
    friend bool operator<(server left, server right) { return left.number < right.number; }
    friend std::string to_text(server one) {
        return std::string(80, 's') + std::to_string(one.number);
    }
};

}  // namespace

TEST_CASE("resume: no other removal can be taken for a wave of a run") {
    table on;
    auto remove = on.guard<threes>();
    int looks = 0;
    const auto first = remove.in_waves(numbered(7), {.healthy = [&] { return ++looks < 2; }});
    CHECK(first.removed() == 3);
    const std::string reason = "run " + first.run() + " 4-6: CHG-17";
    const auto posing = remove.asking({.reason = reason}).try_call(rows{70});
    REQUIRE_FALSE(posing.has_value());
    CHECK(posing.error().violations()[0].rule() == "reason_of_a_wave");
    CHECK_FALSE(remove.asking({.reason = reason}).check(rows{70}).admitted());
    CHECK(std::string(posing.error().message())
              .find("  - reason_of_a_wave: the reason begins as the ledger notes a wave of a run; "
                    "say it in "
                    "other words, or whoever resumes that run would take this removal for a part "
                    "of it\n") != std::string::npos);
    for (const char* other : {"run 17 again", "run", "run ", "run @home", "run 17ab",
                              "run by ann@home", "runs 1@2", "cafe17@home"})
        CHECK(remove.asking({.reason = other}).try_call(rows{70}).has_value());
    // The run's own words may be anything.
    const auto rest =
        remove.asking({.reason = reason}).resume(first.run(), numbered(7), {.healthy = well});
    CHECK(rest.finished());
    CHECK(rest.removed() == 7);
}

TEST_CASE("resume: a process that still lives is not overtaken") {
    table on;
    auto remove = on.guard<threes>();
    std::string inside;
    on.in_removal = [&](const rows&) {
        if (!inside.empty()) return;
        const auto report = remove.resume(remove.plan(numbered(4)).made_from().text(), numbered(4),
                                          {.healthy = well});
        CHECK(report.stopped_because() == stop_reason::in_doubt);
        inside = report.doubts()[0];
    };
    CHECK(remove.in_waves(numbered(4), {.healthy = well}).finished());
    CHECK(inside.find("targets 1-3: being removed at this moment by process ") == 0);
}

TEST_CASE_TEMPLATE("resume: after an exception, a bad health and a stop", Store, BOTH_STORES) {
    table<Store> on;
    auto remove = on.template guard<threes>();
    on.in_removal = [&](const rows& some) {
        if (some[0] == 4) throw std::runtime_error("no");
    };
    const auto first = remove.in_waves(numbered(10), {.healthy = well});
    CHECK(first.stopped_because() == stop_reason::removal_failed);
    const auto doubtful = remove.resume(first.run(), numbered(10), {.healthy = well});
    CHECK(doubtful.stopped_because() == stop_reason::in_doubt);
    CHECK(doubtful.run() == first.run());
    CHECK(doubtful.removed() == 3);
    CHECK(doubtful.in_doubt() == 3);
    CHECK(doubtful.remaining() == 4);
    REQUIRE(doubtful.doubts().size() == 1);
    CHECK(doubtful.doubts()[0] ==
          "targets 4-6: ended with an exception, so perhaps some are gone; ledger entry " +
              on.record.entries().entries.back().id + ": find out, and resolve it on the ledger");
    CHECK(doubtful.next() == 6);
    // Nor does another run of the same targets begin meanwhile.
    const auto anew = remove.in_waves(numbered(10), {.healthy = well});
    CHECK(anew.stopped_because() == stop_reason::in_doubt);
    CHECK(anew.waves() == 0);
    REQUIRE(anew.doubts().size() == 1);
    CHECK(anew.doubts()[0] == doubtful.doubts()[0] + ", and then resume run " + first.run());
    const auto resolve = [&](const shearpin::resolution& how) {
        for (const auto& each : on.record.entries().entries)
            if (each.state == shearpin::entry_state::unknown)
                CHECK(on.record.resolve(each.id, how, "bob", "looked", {on.clock.now(), {}, 0})
                          .empty());
    };
    resolve(shearpin::resolution::nothing_removed);
    on.in_removal = nullptr;
    int looks = 0;
    const auto second =
        remove.resume(first.run(), numbered(10), {.healthy = [&] { return ++looks < 2; }});
    CHECK(second.stopped_because() == stop_reason::unhealthy);
    CHECK(second.removed() == 6);
    CHECK(on.gone == numbered(6));
    const auto third = remove.resume(first.run(), numbered(10), {.healthy = well});
    CHECK(third.finished());
    CHECK(third.removed() == 10);
    CHECK(third.waves() == 2);
    CHECK(third.removed_before() == 6);
    CHECK(third.text() == "removed 10 of 10 targets, 6 of them before, in 2 waves\n");
    CHECK(on.gone == numbered(10));
    CHECK(remove.resume(first.run(), numbered(10), {.healthy = well}).waves() == 0);
}

TEST_CASE("resume: of some that are gone, each is asked about") {
    table on;
    auto remove = on.guard<threes>();
    on.in_removal = [&](const rows& some) {
        if (some[0] == 4) throw std::runtime_error("no");
    };
    const auto first = remove.in_waves(numbered(7), {.healthy = well});
    const auto entry = on.record.entries().entries.back();
    CHECK(on.record
              .resolve(entry.id, shearpin::resolution::removed(1), "bob", "looked",
                       {on.clock.now(), {}, 0})
              .empty());
    on.in_removal = nullptr;
    std::vector<shearpin::count> asked;
    const auto report = remove.resume(first.run(), numbered(7),
                                      {.healthy = well, .is_gone = [&](shearpin::count place) {
                                           asked.push_back(place);
                                           return place == 4;
                                       }});
    CHECK(report.finished());
    CHECK(asked == std::vector<shearpin::count>{3, 4, 5});
    CHECK(on.gone == rows{1, 2, 3, 4, 6, 7});
    // What was taken up again is not asked about any more.
    asked.clear();
    CHECK(remove
              .resume(first.run(), numbered(7),
                      {.healthy = well,
                       .is_gone =
                           [&](shearpin::count) {
                               asked.push_back(0);
                               return false;
                           }})
              .waves() == 0);
    CHECK(asked.empty());
}

TEST_CASE("resume: nothing of another run, and nothing that the ledger may have forgotten") {
    table on;
    on.there = {100'000, 100'000};
    auto remove = on.guard<threes>();
    int looks = 0;
    const auto stopped = remove.in_waves(numbered(9), {.healthy = [&] { return ++looks < 3; }});
    CHECK(stopped.removed() == 6);
    CHECK(remove.resume(stopped.run(), numbered(8), {.healthy = well}).changes() ==
          words{"the targets, or the name of their pool: not those of the run " + stopped.run()});
    CHECK(remove.resume("CHG-17", numbered(9), {.healthy = well}).doubts() ==
          words{"\"CHG-17\" is no name of a run and no fingerprint"});
    const std::string other = stopped.run().substr(0, 17) + "00000001";
    const auto unknown = remove.resume(other, numbered(9), {.healthy = well});
    CHECK(unknown.stopped_because() == stop_reason::no_such_run);
    CHECK(unknown.text().find("the ledger does not remember the last wave of the run " + other) !=
          std::string::npos);
    // The same removal in another week is another run; a plan's text means the youngest.
    on.clock.advance(shearpin::duration::days(7));
    looks = 0;
    const auto later = remove.in_waves(numbered(9), {.healthy = [&] { return ++looks < 2; }});
    CHECK(later.removed() == 3);
    CHECK(later.run() != stopped.run());
    const auto by_plan = remove.plan(numbered(9)).made_from().text();
    int begun = 0;
    const auto youngest =
        remove.resume(by_plan, numbered(9), {.healthy = [&] { return ++begun < 2; }});
    CHECK(youngest.run() == later.run());
    CHECK(youngest.removed() == 6);
    // The ledger keeps the youngest 64 whatever happens.
    for (int other_one = 0; other_one != 63; ++other_one) remove(rows{1000 + other_one});
    begun = 0;
    const auto kept =
        remove.resume(later.run(), numbered(9), {.healthy = [&] { return ++begun < 1; }});
    CHECK(kept.stopped_because() == stop_reason::unhealthy);
    CHECK(kept.removed() == 6);
    // One more, and it may have forgotten the last wave, and then nothing goes.
    remove(rows{2000});
    const auto forgotten = remove.resume(later.run(), numbered(9), {.healthy = well});
    CHECK(forgotten.stopped_because() == stop_reason::no_such_run);
    CHECK(forgotten.waves() == 0);
}

TEST_CASE("resume: what the removal had left stays left, and is told") {
    table on;
    auto remove =
        shearpin::guard<threes>(
            [&](const rows& some) { return shearpin::removed{some[0] == 4 ? 2U : some.size()}; },
            [&] { return on.there; })
            .with_ledger(on.record, "rows")
            .with_clock(on.clock);
    int looks = 0;
    const auto first = remove.in_waves(numbered(9), {.healthy = [&] { return ++looks < 3; }});
    CHECK(first.removed() == 5);
    const auto second = remove.resume(first.run(), numbered(9), {.healthy = well});
    CHECK(second.stopped_because() == stop_reason::removed_less);
    CHECK(second.removed() == 8);
    CHECK(second.remaining() == 1);
    const auto third = remove.resume(first.run(), numbered(9), {.healthy = well});
    CHECK(third.stopped_because() == stop_reason::removed_less);
    CHECK(third.removed() == 8);
    CHECK(third.waves() == 0);
}

TEST_CASE("resume: targets are those of the run where their names are, as to_text says them") {
    table on;
    int last = 0;
    auto remove =
        shearpin::guard<threes>([&](const std::vector<server>& some) { last = some.back().number; },
                                [&] { return on.there; })
            .with_ledger(on.record, "servers")
            .with_clock(on.clock);
    const std::vector<server> four{{1}, {2}, {3}, {4}};
    int looks = 0;
    const auto first = remove.in_waves(four, {.healthy = [&] { return ++looks < 2; }});
    CHECK(first.removed() == 3);
    for (const auto& others : {std::vector<server>{{1}, {2}, {3}, {5}}, {{1}, {2}, {4}, {3}}}) {
        const auto other = remove.resume(first.run(), others, {.healthy = well});
        CHECK(other.waves() == 0);
        CHECK(other.changes() ==
              words{"the targets, or the name of their pool: not those of the run " + first.run()});
    }
    CHECK(remove.resume(first.run(), four, {.healthy = well}).finished());
    CHECK(last == 4);
}

TEST_CASE("resume: a number, of which the first so many are done") {
    rows gone;
    table on;
    auto remove =
        shearpin::guard<threes>([&](int some) { gone.push_back(some); }, [&] { return on.there; })
            .with_ledger(on.record, "rows")
            .with_clock(on.clock);
    int looks = 0;
    const auto first = remove.in_waves(8, {.healthy = [&] { return ++looks < 2; }});
    CHECK(remove.resume(first.run(), 8, {.healthy = well}).finished());
    CHECK(gone == rows{3, 3, 2});
}

TEST_CASE("resume: of two runs that began in the same second, each is taken up for itself") {
    table on;
    auto remove = on.guard<threes>();
    const rows others{21, 22, 23, 24, 25, 26, 27, 28, 29};
    int looks = 0;
    const auto stopped = remove.in_waves(numbered(9), {.healthy = [&] { return ++looks < 3; }});
    const auto finished = remove.in_waves(others, {.healthy = well});
    CHECK(finished.finished());
    CHECK(stopped.run().substr(16) == finished.run().substr(16));
    const auto report = remove.resume(stopped.run(), numbered(9), {.healthy = well});
    CHECK(report.finished());
    CHECK(report.removed_before() == 6);
    CHECK(report.waves() == 1);
    CHECK(on.gone.size() == 18);
}

TEST_CASE("resume: a wave of which nothing was removed counts as none that the ledger keeps") {
    for (const int others : {62, 63, 64}) {
        CAPTURE(others);
        table on;
        on.there = {100'000, 100'000};
        auto remove = on.guard<threes>();
        const auto annul_next = [&](const rows& some) {
            on.in_removal = [](const rows&) { throw std::runtime_error("no"); };
            const auto failed = remove.in_waves(some, {.healthy = well});
            on.in_removal = nullptr;
            for (const auto& each : on.record.entries().entries)
                if (each.state == shearpin::entry_state::unknown)
                    CHECK(on.record
                              .resolve(each.id, shearpin::resolution::nothing_removed, "bob",
                                       "looked", {on.clock.now(), {}, 0})
                              .empty());
            return failed;
        };
        const auto failed = annul_next(numbered(4));
        CHECK(failed.stopped_because() == stop_reason::removal_failed);
        for (int other = 0; other != others; ++other) remove(rows{1000 + other});
        // Nor do those of others push anything out.
        for (int other = 0; other != 5; ++other) (void)annul_next(rows{2000 + other});
        const auto report = remove.resume(failed.run(), numbered(4), {.healthy = well});
        if (others == 64) {
            CHECK(report.stopped_because() == stop_reason::no_such_run);
            CHECK(report.waves() == 0);
        } else {
            CHECK(report.finished());
            CHECK(report.removed_before() == 0);
        }
    }
}
