// SPDX-License-Identifier: BSL-1.0
// 10. Waves with a health check: more than may go at once, and meant.
//
// 40 nodes are to be replaced, and the policy lets 5 go in a call. A loop around the call would ask
// for the next five as soon as it may, and would go on while the service is falling over. A run in
// waves waits after each wave, looks whether all is well, and stops at the first bad look.
#include <shearpin/shearpin.hpp>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

using namespace shearpin::literals;
using namespace std::chrono_literals;

namespace {

constexpr auto node_policy = shearpin::policy{
    shearpin::min_remaining(50_pct),
    shearpin::max_batch(5),
    shearpin::max_rate(15, 1h),
};
// What the schedule must be at best can be asked before there is any: 40 need two full hours.
static_assert(shearpin::shortest_time_to_remove(node_policy, {.size = 100, .available = 100}, 40) ==
              2h);

}  // namespace

int main() {
    shearpin::manual_clock clock;  // hours that pass at once; a tool takes shearpin::wall_clock
    shearpin::ledger ledger{shearpin::memory_store{}};
    std::vector<std::string> nodes;
    for (int number = 10; number != 50; ++number) nodes.push_back("node" + std::to_string(number));

    shearpin::count serving = 100;
    double errors = 0.1;  // per cent of all answers, from the monitoring
    auto drain = shearpin::guard<node_policy>(
                     [&](const std::vector<std::string>& wave) {
                         serving -= wave.size();
                         // Something is about node31 that nobody knew.
                         for (const std::string& each : wave)
                             if (each == "node31") errors = 7.5;
                     },
                     [&] { return shearpin::pool{.size = 100, .available = serving}; })
                     .with_ledger(ledger, "nodes")
                     .with_clock(clock);

    // The plan removes nothing. It is what those who approve it read.
    const shearpin::plan plan = drain.plan(nodes, {.soak = 10min, .ramp = {1, 2}});
    std::fputs(plan.text().c_str(), stdout);

    std::puts("\n--- applied ---");
    const auto report = drain.apply(plan, nodes,
                                    {.soak = 10min,
                                     .healthy = [&] { return errors < 1; },
                                     .on_progress =
                                         [](const shearpin::progress& now) {
                                             if (now.waits_for.empty())
                                                 std::printf("%ju of %ju\n", now.removed, now.of);
                                         },
                                     .ramp = {1, 2}});
    std::fputs(report.text().c_str(), stdout);

    std::puts("\n--- next day, when node31 has been repaired ---");
    errors = 0.1;
    clock.advance(24h);
    const auto rest =
        drain.resume(report.run(), nodes, {.soak = 10min, .healthy = [&] { return errors < 1; }});
    std::fputs(rest.text().c_str(), stdout);
    return rest.finished() ? 0 : 1;
}
