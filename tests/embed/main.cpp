// SPDX-License-Identifier: BSL-1.0
#include <shearpin/shearpin.hpp>

#include "index.policy.hpp"
#include "pools.policy.hpp"

using namespace shearpin::literals;

static_assert(rules::index ==
              shearpin::policy{shearpin::min_remaining(95_pct),
                               shearpin::max_batch(5_pct, shearpin::at_least(1)),
                               shearpin::freeze(shearpin::window::weekly(
                                   shearpin::weekday::friday, shearpin::duration::hours(16),
                                   shearpin::weekday::monday, shearpin::duration::hours(8)))});
static_assert(rules::pools.at<1>().pool == "north east; or [west]");

int main() {
    shearpin::manual_clock clock;
    auto remove =
        shearpin::guard<rules::index>([](unsigned number) { return number; },
                                      [] { return shearpin::pool{.size = 100, .available = 100}; })
            .with_clock(clock);
    return remove.check(5U).admitted() && !remove.check(6U).admitted() ? 0 : 1;
}
