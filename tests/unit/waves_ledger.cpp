// SPDX-License-Identifier: BSL-1.0
// A run and its ledger, on which more stands than its own waves, and which may not be readable just
// then.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace waves_testing;
using shearpin::stop_reason;

namespace {

/// One look at the store fails.
struct one_failure {
    int looks = 0;
    int at = 0;
    [[nodiscard]] guard_ledger_testing::bytes store() {
        guard_ledger_testing::bytes made;
        made.on_load = [this](shearpin::loaded& answer) {
            answer = {{}, 0, false, "the disk is gone"};
            return ++looks == at;
        };
        return made;
    }
};

}  // namespace

TEST_CASE("resume: not where the ledger cannot be read") {
    one_failure failing;
    table on(failing.store());
    auto remove = on.guard<threes>();
    int looks = 0;
    const auto first = remove.in_waves(numbered(7), {.healthy = [&] { return ++looks < 2; }});
    CHECK(first.removed() == 3);
    failing.at = failing.looks + 1;
    const auto report = remove.resume(first.run(), numbered(7), {.healthy = well});
    CHECK(report.stopped_because() == stop_reason::no_such_run);
    CHECK(report.doubts() == words{"the ledger cannot be read: the disk is gone"});
    CHECK(on.gone == numbered(3));
    CHECK(remove.resume(first.run(), numbered(7), {.healthy = well}).finished());
}

TEST_CASE("run: none begins beside one in doubt, whichever look at the ledger fails") {
    bool was_unreadable = false;
    for (int bad = 1; bad != 12; ++bad) {
        CAPTURE(bad);
        one_failure failing;
        table on(failing.store());
        auto remove = on.guard<threes>();
        on.in_removal = [](const rows&) { throw std::runtime_error("no"); };
        CHECK(remove.in_waves(numbered(4), {.healthy = well}).in_doubt() == 3);
        on.in_removal = nullptr;
        failing.looks = 0;
        failing.at = bad;
        const auto report = remove.in_waves(numbered(4), {.healthy = well});
        CHECK(on.gone.empty());
        CHECK_FALSE(report.finished());
        CHECK(report.waves() == 0);
        if (report.stopped_because() != stop_reason::in_doubt) {
            CHECK(report.stopped_because() == stop_reason::refused);
            continue;
        }
        was_unreadable = was_unreadable || report.doubts() == words{
                                                                  "the ledger cannot be read: the "
                                                                  "disk is gone"};
    }
    CHECK(was_unreadable);
}

TEST_CASE("run: what else is in doubt on the ledger keeps no run from beginning") {
    table on;
    auto remove = on.guard<threes>();
    on.in_removal = [](const rows&) { throw std::runtime_error("no"); };
    CHECK_THROWS_AS(remove(rows{71}), std::runtime_error);
    const auto other = remove.in_waves(rows{81, 82}, {.healthy = well});
    CHECK(other.in_doubt() == 2);
    on.in_removal = nullptr;
    CHECK(remove.in_waves(numbered(4), {.healthy = well}).finished());
    CHECK(on.gone == numbered(4));
}

TEST_CASE("resume: by its plan, a run among others, and the last one by the ledger's order") {
    table on;
    auto remove = on.guard<threes>();
    int looks = 0;
    const auto first = remove.in_waves(numbered(7), {.healthy = [&] { return ++looks < 2; }});
    remove(rows{71});
    CHECK(remove.in_waves(rows{81, 82}, {.healthy = well}).finished());
    on.clock.advance(-1h);
    looks = 0;
    const auto set_back = remove.in_waves(numbered(7), {.healthy = [&] { return ++looks < 2; }});
    CHECK(set_back.run() < first.run());
    const auto by_plan = remove.plan(numbered(7)).made_from().text();
    const auto report = remove.resume(by_plan, numbered(7), {.healthy = well});
    CHECK(report.finished());
    CHECK(report.run() == set_back.run());
    CHECK(report.removed_before() == 3);
}

TEST_CASE("resume: by a name and nothing behind it") {
    table on;
    auto remove = on.guard<threes>();
    const auto first = remove.in_waves(numbered(3), {.healthy = well});
    for (const char* const more : {" ", "g", " 4-6", "@"}) {
        const auto report = remove.resume(first.run() + more, numbered(3), {.healthy = well});
        CHECK(report.stopped_because() == stop_reason::no_such_run);
        CHECK(report.doubts() ==
              words{"\"" + first.run() + more + "\" is no name of a run and no fingerprint"});
    }
}

TEST_CASE("resume: a wave that is under way is in doubt, however much others remove meanwhile") {
    table on;
    on.there = {10'000, 10'000};
    auto remove = on.guard<threes>();
    words inside;
    on.in_removal = [&](const rows& some) {
        if (some[0] != 1) return;
        for (int other = 0; other != 70; ++other) remove(rows{1000 + other});
        const auto by_plan = remove.plan(numbered(4)).made_from().text();
        const auto report = remove.resume(by_plan, numbered(4), {.healthy = well});
        CHECK(report.stopped_because() == stop_reason::in_doubt);
        CHECK(report.in_doubt() == 3);
        inside = report.doubts();
    };
    CHECK(remove.in_waves(numbered(4), {.healthy = well}).finished());
    REQUIRE(inside.size() == 1);
    CHECK(inside[0].find("targets 1-3: being removed at this moment by process ") == 0);
}

TEST_CASE("resume: what is in doubt twice is asked about twice, and what was done stays done") {
    table on;
    auto remove = on.guard<threes>();
    const auto fail_at = [&](int first_row) {
        on.in_removal = [=](const rows& some) {
            if (some[0] == first_row) throw std::runtime_error("no");
        };
    };
    const auto resolve = [&](shearpin::count number) {
        on.clock.advance(1min);
        for (const auto& each : on.record.entries().entries)
            if (each.state == shearpin::entry_state::unknown)
                CHECK(on.record
                          .resolve(each.id, shearpin::resolution::removed(number), "bob", "looked",
                                   {on.clock.now(), {}, 0})
                          .empty());
        on.clock.advance(1min);
    };
    fail_at(4);
    const auto first = remove.in_waves(numbered(9), {.healthy = well});
    CHECK(first.in_doubt() == 3);
    resolve(1);  // the fourth is gone
    on.gone.push_back(4);
    fail_at(5);
    std::vector<shearpin::count> asked;
    const auto resume = [&](auto is_gone) {
        asked.clear();
        return remove.resume(first.run(), numbered(9),
                             {.healthy = well, .is_gone = [&](shearpin::count place) {
                                  asked.push_back(place);
                                  return is_gone(place);
                              }});
    };
    const auto second =
        resume([&](shearpin::count place) { return place == 3 || on.gone.back() == 6; });
    CHECK(second.stopped_because() == stop_reason::removal_failed);
    CHECK(asked == std::vector<shearpin::count>{3, 4, 5});
    resolve(1);  // the sixth is, of two or more
    on.in_removal = nullptr;
    const auto third = resume([](shearpin::count place) { return place == 5; });
    CHECK(third.finished());
    CHECK(on.gone == rows{1, 2, 3, 4, 5, 7, 8, 9});
}
