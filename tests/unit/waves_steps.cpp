// SPDX-License-Identifier: BSL-1.0
// How a run finds out how many may go, and that nothing comes after what ends it.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

using namespace waves_testing;
using shearpin::duration;
using shearpin::stop_reason;

namespace {

constexpr auto hundreds = shearpin::policy{shearpin::max_batch(100)};
constexpr auto thousands = shearpin::policy{shearpin::max_batch(1000)};
constexpr auto floor_98 = shearpin::policy{shearpin::min_remaining(98)};

struct standing_clock {
    [[nodiscard]] shearpin::time_point now() const { return shearpin::date(2026, 1, 1).begins(); }
    void wait(duration) const {}
};

}  // namespace

TEST_CASE("run: where more than a few may go, and not all, as many go as may") {
    table on;
    on.there = {1000, 1000};
    const auto report = on.guard<hundreds>().in_waves(numbered(250), {.healthy = well});
    CHECK(report.finished());
    CHECK(on.events == words{"0s removed 100", "0s removed 100", "0s removed 50"});
}

TEST_CASE("run: after a large wave as many are asked about at once as may go again") {
    table on;
    on.there = {10'000, 10'000};
    int looks = 0;
    on.in_world = [&] { ++looks; };
    std::vector<int> of_each;
    const auto report =
        on.guard<thousands>().in_waves(numbered(3000), {.healthy = well, .on_progress = [&] {
                                                            of_each.push_back(looks);
                                                            looks = 0;
                                                        }});
    CHECK(report.finished());
    REQUIRE(of_each.size() == 3);
    CHECK(of_each[0] > 2);  // a few, and then twice as many each time
    CHECK(of_each[1] == 2);
    CHECK(of_each[2] == 2);
}

TEST_CASE("run: one that need not wait is not asked to stop behind its last wave") {
    table on;
    bool stop = false;
    on.in_removal = [&](const rows&) { stop = true; };
    const auto report =
        on.guard<threes>().in_waves(numbered(3), {.healthy = well, .stop = [&] { return stop; }});
    CHECK(report.finished());
    CHECK(report.removed() == 3);
}

TEST_CASE("run: behind a soak that ends it nothing is asked any more") {
    shearpin::count available = 100;
    int looks = 0;
    const standing_clock clock;
    auto remove = shearpin::guard<floor_98>([&](const rows& some) { available -= some.size(); },
                                            [&] {
                                                ++looks;
                                                return shearpin::pool{100, available};
                                            })
                      .with_clock(clock);
    int looks_before = 0;
    const auto report = remove.in_waves(
        numbered(4), {.soak = 1h, .healthy = well, .on_progress = [&] { looks_before = looks; }});
    // And not that the floor is reached.
    CHECK(report.stopped_because() == stop_reason::clock_stands);
    CHECK(report.why() == nullptr);
    CHECK(report.removed() == 2);
    CHECK(looks == looks_before);
}
