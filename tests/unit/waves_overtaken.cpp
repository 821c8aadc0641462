// SPDX-License-Identifier: BSL-1.0
// Runs in a world that changes, or fails, between a look at it and the next one.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

#include <stdexcept>
#include <string>

using namespace waves_testing;
using shearpin::stop_reason;

namespace {

constexpr auto floor_90 = shearpin::policy{shearpin::min_remaining(90), shearpin::max_batch(2)};
constexpr auto two_agree = shearpin::policy{shearpin::approvals(2, shearpin::above(3))};
constexpr auto floor_99 = shearpin::policy{shearpin::min_remaining(99)};

}  // namespace

TEST_CASE("run: what may go again by the next look goes, and nobody waits") {
    // Whichever look it is that finds too few: the plan's, the run's, or the guarded call's.
    for (int bad = 1; bad != 6; ++bad) {
        CAPTURE(bad);
        table on;
        auto remove = on.guard<floor_90>();
        int looks = 0;
        on.in_world = [&] { on.there.available = ++looks == bad ? 90 : 100 - on.gone.size(); };
        const auto report = remove.in_waves(numbered(4), {.healthy = well, .look_again = 1h});
        CHECK(looks >= bad);
        CHECK(report.finished());
        CHECK(report.removed() == 4);
        CHECK(report.elapsed() == shearpin::duration());
        CHECK(on.gone == numbered(4));
    }
}

TEST_CASE("run: a world that cannot be seen before a wave ends it, and nothing is in doubt") {
    int failed = 0;
    for (int bad = 1; bad != 12; ++bad) {
        CAPTURE(bad);
        table on;
        auto remove = on.guard<floor_90>();
        int looks = 0;
        on.in_world = [&] {
            if (++looks == bad) throw std::runtime_error("no answer");
        };
        try {
            const auto report = remove.in_waves(numbered(4), {.healthy = well});
            if (report.finished()) continue;
            ++failed;
            CHECK(report.stopped_because() == stop_reason::failed);
            CHECK(report.text().find("  - thrown: no answer\n") != std::string::npos);
            CHECK(report.in_doubt() == 0);
            CHECK(report.removed() == on.gone.size());
            CHECK(looks == bad);  // nothing more is asked
        } catch (const std::runtime_error& error) {
            CHECK(error.what() == std::string("no answer"));
            CHECK(on.gone.empty());  // of the plan's look: no run has begun
        }
    }
    CHECK(failed >= 4);
}

TEST_CASE("run: who is always overtaken gives up, and says by what") {
    table on;
    auto remove = on.guard<floor_90>();
    int looks = 0;
    on.in_world = [&] { on.there.available = ++looks % 2 == 0 ? 100 : 90; };
    const auto even = remove.in_waves(numbered(4), {.healthy = well});
    CHECK(looks == 1 + 2 * 64);  // for the plan, and each time for the decision and the call
    looks = 1;
    const auto odd = remove.in_waves(numbered(4), {.healthy = well});
    CHECK(looks == 1 + 1 + 1 + 2 * 64);  // after one decision that found too few for all of them

    // In one of them each decision says yes and each guarded call says no.
    CHECK((even.stopped_because() == stop_reason::refused ||
           odd.stopped_because() == stop_reason::refused));
    for (const auto* each : {&even, &odd}) {
        if (each->finished()) continue;
        REQUIRE(each->why() != nullptr);
        CHECK(each->why()->violations()[0].rule() == "min_remaining");
    }
}

TEST_CASE("crop: who is overtaken asks again how many may go") {
    int finished = 0;
    for (int bad = 1; bad != 7; ++bad) {
        CAPTURE(bad);
        table on;
        auto remove = on.guard<floor_90>();
        int looks = 0;
        on.in_world = [&] { on.there.available = ++looks == bad ? 90 : 100 - on.gone.size(); };
        const auto report = remove.as_many_as_may_go(numbered(2));
        CHECK(report.removed() == on.gone.size());
        if (report.finished()) {
            ++finished;
            CHECK(on.gone == numbered(2));
        } else {
            CHECK(report.stopped_because() == stop_reason::cropped);
            CHECK(bad == 2);  // when all of it was asked about; then one alone may go
            CHECK(on.gone == numbered(1));
        }
    }
    CHECK(finished == 5);
}

TEST_CASE("crop: the last one, which may go when it is looked at again, leaves nothing cropped") {
    table on;
    auto remove = on.guard<floor_90>();
    int looks = 0;
    on.in_world = [&] { on.there.available = ++looks == 2 ? 90 : 100; };
    const auto report = remove.as_many_as_may_go(rows{1});
    CHECK(report.finished());
    CHECK(report.why() == nullptr);
    CHECK(on.gone == rows{1});
}

TEST_CASE("crop: as many go as may without a word, and nobody has to agree to all of them") {
    table on;
    const auto report = on.guard<two_agree>().as_many_as_may_go(numbered(5));
    CHECK(report.removed() == 3);
    CHECK(report.stopped_because() == stop_reason::cropped);
    CHECK(on.guard<two_agree>().in_waves(numbered(5), {.healthy = well}).waves() == 0);
}

TEST_CASE("crop: all of them are asked about, however many there are") {
    table on;
    on.there = {1000, 190};
    const auto report = on.guard<floor_99>().as_many_as_may_go(numbered(200));
    CHECK(report.removed() == 91);
    REQUIRE(report.why() != nullptr);
    CHECK(report.why()->violations()[0].requested() == 200);
}

TEST_CASE("run: it may wait any number of times, which is not to be overtaken") {
    table on;
    auto remove = on.guard<floor_90>();
    on.there.available = 90;
    int waits = 0;
    const auto report = remove.in_waves(rows{1, 2}, {.healthy = well,
                                                     .on_progress =
                                                         [&](const shearpin::progress& p) {
                                                             if (p.waits == shearpin::duration())
                                                                 return;
                                                             if (++waits == 200)
                                                                 on.there.available = 100;
                                                         },
                                                     .look_again = 1min});
    CHECK(report.finished());
    CHECK(waits == 200);
    CHECK(report.elapsed() == shearpin::duration(200min));
    CHECK(on.gone == rows{1, 2});
}

TEST_CASE("run: what waiting cannot help is not looked at again") {
    table on;
    on.there = {90, 90};
    auto remove = on.guard<floor_99>();
    const auto report = remove.in_waves(numbered(2), {.healthy = well, .look_again = 1min});
    CHECK(report.stopped_because() == stop_reason::refused);
    CHECK(report.elapsed() == shearpin::duration());
    CHECK(report.removed() == 0);
}

TEST_CASE("run: a health check that throws is a bad one") {
    table on;
    auto remove = on.guard<floor_90>();
    const auto report = remove.in_waves(
        numbered(2), {.healthy = []() -> bool { throw std::runtime_error("no metrics"); }});
    CHECK(report.stopped_because() == stop_reason::unhealthy);
    CHECK(report.text().find("no metrics") != std::string::npos);
    CHECK(on.gone.empty());
}
