// SPDX-License-Identifier: BSL-1.0
// What paced a plan: the limit that was waited for the longest, else the one that held up most.
#include <shearpin/plan.hpp>
#include <shearpin/time.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace std::chrono_literals;
using shearpin::duration;
using shearpin::pace_setter;

namespace {

const pace_setter none;
const pace_setter rate{"rows", "max_rate(10, 1h)"};
const pace_setter rest{"rows", "cooldown(10min)"};
const pace_setter soak{"", "soak"};

struct wave {
    duration after;
    pace_setter waited_for;
    pace_setter held_up_by;
};

/// What paced a plan of these waves, of one target each.
std::string paced_by(const std::vector<wave>& waves) {
    shearpin::plan_maker maker(waves.size());
    for (const wave& each : waves)
        maker.add(maker.size(), 1, each.after, each.waited_for, each.held_up_by);
    return std::move(maker).finish().paced_by().text();
}

}  // namespace

TEST_CASE("what was waited for the longest in all paces a plan, as counted from wave to wave") {
    CHECK(paced_by({{0s, none, none}, {1h, rate, none}, {90min, rest, none}}) == rate.text());
    CHECK(paced_by({{0s, none, none}, {1h, rate, none}, {3h, rest, none}}) == rest.text());
    CHECK(paced_by(
              {{0s, none, none}, {50min, rest, none}, {80min, rate, none}, {90min, rest, none}}) ==
          rest.text());
    // The last of several.
    CHECK(paced_by({{0s, none, none}, {1h, rate, none}, {2h, rest, none}, {5h, soak, none}}) ==
          soak.text());
}

TEST_CASE("where nothing was waited for longer, what held up most waves paces a plan") {
    CHECK(paced_by({{0s, none, rate}, {0s, none, rest}, {0s, none, rest}, {0s, none, none}}) ==
          rest.text());
    CHECK(paced_by({{0s, none, rate}, {0s, none, rest}, {0s, none, none}}) == rate.text());
    CHECK(paced_by({{0s, none, none}}).empty());
    CHECK(paced_by({}).empty());
}

TEST_CASE("where no limit is stated, none paces a plan") {
    CHECK(paced_by({{0s, none, rate}, {0s, none, none}, {0s, none, none}}) == rate.text());
    CHECK(paced_by({{0s, none, rate}, {1min, rate, rate}, {1h, none, none}}) == rate.text());
}
