// SPDX-License-Identifier: BSL-1.0
// Deciding on a selection, against what one writes with the standard library's sets and maps: for
// batches of 10 to 10^5 targets in fleets of 10^3 to 10^7. Each host serves three of 300 pools. The
// fleet itself is the user's, and lies there before the clock runs. Memory is what the decision
// asks of the heap at most, of one decision.
#include <shearpin/shearpin.hpp>

#include <benchmark/benchmark.h>

#include <malloc.h>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <memory>
#include <new>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <vector>

using namespace shearpin::literals;

namespace {

std::size_t in_use = 0;
std::size_t most_in_use = 0;

void* counted(void* memory) {
    if (memory == nullptr) std::abort();
    in_use += malloc_usable_size(memory);
    if (most_in_use < in_use) most_in_use = in_use;
    return memory;
}
void forget(void* memory) {
    if (memory == nullptr) return;
    in_use -= malloc_usable_size(memory);
    std::free(memory);
}

}  // namespace

void* operator new(std::size_t bytes) { return counted(std::malloc(bytes)); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept {
    return counted(std::malloc(bytes));
}
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept {
    return counted(std::malloc(bytes));
}
void operator delete(void* memory) noexcept { forget(memory); }
void operator delete(void* memory, std::size_t) noexcept { forget(memory); }
void operator delete[](void* memory) noexcept { forget(memory); }
void operator delete[](void* memory, std::size_t) noexcept { forget(memory); }

namespace {

constexpr std::uint32_t never_selected = 8;

struct fleet {
    std::vector<std::array<std::uint32_t, 3>> serves;

    explicit fleet(std::uint32_t hosts) : serves(hosts) {
        for (std::uint32_t host = 0; host != hosts; ++host)
            serves[host] = {host % 100, 100 + host % 99, 200 + host % 97};
    }
    bool contains(std::uint32_t host) const { return host < serves.size(); }
    bool is_protected(std::uint32_t host) const { return host + never_selected >= serves.size(); }
    shearpin::count weight_of(std::uint32_t host, std::uint32_t) const { return 1 + host % 3; }
    const std::array<std::uint32_t, 3>& pools_of(std::uint32_t host) const { return serves[host]; }
    shearpin::pool state(std::uint32_t) const {
        return {.size = 100'000'000, .available = 100'000'000};
    }
};

/// The last one is kept: to make the largest takes longer than to judge.
const fleet& fleet_of(std::uint32_t hosts) {
    static std::unique_ptr<fleet> kept;
    if (!kept || kept->serves.size() != hosts) kept = std::make_unique<fleet>(hosts);
    return *kept;
}

inline constexpr auto policies = shearpin::policies{
    shearpin::for_other_pools(shearpin::min_remaining(95_pct), shearpin::max_batch(4'000'000))};

/// Spread over the fleet, in no order.
std::vector<std::uint32_t> select(std::uint32_t hosts, std::uint32_t number) {
    std::vector<std::uint32_t> batch(number);
    for (std::uint32_t at = 0; at != number; ++at)
        batch[at] =
            static_cast<std::uint32_t>(std::uint64_t{at} * 7'919 % (hosts - never_selected));
    return batch;
}

void note_memory(benchmark::State& state, std::size_t before) {
    state.counters["bytes"] = static_cast<double>(most_in_use - before);
    state.counters["bytes/target"] =
        static_cast<double>(most_in_use - before) / static_cast<double>(state.range(1));
}

void guarded(benchmark::State& state) {
    const fleet& hosts = fleet_of(static_cast<std::uint32_t>(state.range(0)));
    const auto batch = select(static_cast<std::uint32_t>(state.range(0)),
                              static_cast<std::uint32_t>(state.range(1)));
    const auto guard = shearpin::guard<policies>([](const std::vector<std::uint32_t>&) {}, hosts);
    const std::size_t before = most_in_use = in_use;
    for (auto _ : state)
        if (!guard.check(batch)) state.SkipWithError("refused");
    note_memory(state, before);
}

/// The same checks, as one writes them: no host twice, all known, none protected, every pool
/// judged.
bool judged_with_sets(const fleet& hosts, const std::vector<std::uint32_t>& batch) {
    std::unordered_set<std::uint32_t> seen;
    std::unordered_map<std::uint32_t, std::uint64_t> taken;
    for (const std::uint32_t host : batch) {
        if (!seen.insert(host).second || !hosts.contains(host) || hosts.is_protected(host))
            return false;
        for (const std::uint32_t pool : hosts.pools_of(host))
            taken[pool] += hosts.weight_of(host, pool);
    }
    for (const auto& [pool, amount] : taken) {
        const shearpin::pool there = hosts.state(pool);
        if (amount > 4'000'000 || amount > there.available) return false;
        __extension__ using wide = unsigned __int128;
        if (wide{there.available - amount} * 100 < wide{there.size} * 95) return false;
    }
    return !batch.empty();
}
void with_sets(benchmark::State& state) {
    const fleet& hosts = fleet_of(static_cast<std::uint32_t>(state.range(0)));
    const auto batch = select(static_cast<std::uint32_t>(state.range(0)),
                              static_cast<std::uint32_t>(state.range(1)));
    const std::size_t before = most_in_use = in_use;
    for (auto _ : state)
        if (!judged_with_sets(hosts, batch)) state.SkipWithError("refused");
    note_memory(state, before);
}

void sizes(benchmark::internal::Benchmark* all) {
    for (const int hosts : {2'000, 200'000, 10'000'000})
        for (const int batch : {10, 1'000, 100'000})
            if (batch < hosts) all->Args({hosts, batch});
}
BENCHMARK(guarded)->Apply(sizes)->Unit(benchmark::kMicrosecond);
BENCHMARK(with_sets)->Apply(sizes)->Unit(benchmark::kMicrosecond);

}  // namespace

BENCHMARK_MAIN();
