// SPDX-License-Identifier: BSL-1.0
// A plan for 10^5 targets over 10^3 pools, each target in three of them.
#include <shearpin/shearpin.hpp>

#include <benchmark/benchmark.h>

#include <sys/resource.h>
#include <array>
#include <cstdint>
#include <vector>

using namespace shearpin::literals;

namespace {

struct fleet {
    std::vector<std::array<std::uint32_t, 3>> serves;
    std::uint32_t pools;

    fleet(std::uint32_t hosts, std::uint32_t number_of_pools)
        : serves(hosts), pools(number_of_pools) {
        for (std::uint32_t host = 0; host != hosts; ++host)
            serves[host] = {host % pools, (host * 7 + 1) % pools, (host * 13 + 2) % pools};
    }
    bool contains(std::uint32_t host) const { return host < serves.size(); }
    const std::array<std::uint32_t, 3>& pools_of(std::uint32_t host) const { return serves[host]; }
    shearpin::pool state(std::uint32_t) const { return {.size = 100'000, .available = 100'000}; }
};

inline constexpr auto policies = shearpin::policies{
    shearpin::for_other_pools(shearpin::min_remaining(95_pct), shearpin::max_batch(50),
                              shearpin::max_rate(100, shearpin::duration::hours(1)))};

void plan(benchmark::State& state) {
    const fleet hosts(static_cast<std::uint32_t>(state.range(0)),
                      static_cast<std::uint32_t>(state.range(1)));
    std::vector<std::uint32_t> all(hosts.serves.size());
    for (std::uint32_t at = 0; at != all.size(); ++at) all[at] = at;
    shearpin::ledger ledger{shearpin::memory_store{}};
    const auto guard = shearpin::guard<policies>([](const std::vector<std::uint32_t>&) {}, hosts)
                           .with_ledger(ledger)
                           .with_clock(shearpin::wall_clock);
    for (auto _ : state) {
        const shearpin::plan made = guard.plan(all);
        if (!made.complete()) state.SkipWithError("not complete");
        state.counters["waves"] = static_cast<double>(made.waves().size());
    }
    rusage used{};
    getrusage(RUSAGE_SELF, &used);
    state.counters["MB_of_process"] = static_cast<double>(used.ru_maxrss) / 1024;
}
BENCHMARK(plan)->Args({1'000, 1'000})->Args({100'000, 1'000})->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
