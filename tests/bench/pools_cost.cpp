// SPDX-License-Identifier: BSL-1.0
// One decision over several pools, `pools_cost <hosts in the fleet> <batch> <times>`: the instructions
// must grow with the batch and not with the fleet. Every host serves three of the 300 pools.
#include <shearpin/shearpin.hpp>

#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

using namespace shearpin::literals;

namespace {

struct fleet {
    std::vector<std::array<std::uint32_t, 3>> serves;

    explicit fleet(std::uint32_t hosts) : serves(hosts) {
        for (std::uint32_t host = 0; host != hosts; ++host)
            serves[host] = {host % 100, 100 + host % 99, 200 + host % 97};
    }
    bool contains(std::uint32_t host) const { return host < serves.size(); }
    const std::array<std::uint32_t, 3>& pools_of(std::uint32_t host) const { return serves[host]; }
    shearpin::pool state(std::uint32_t) const { return {.size = 1'000'000, .available = 1'000'000}; }
};

inline constexpr auto policies =
    shearpin::policies{shearpin::for_other_pools(shearpin::min_remaining(95_pct), shearpin::max_batch(100'000))};

}  // namespace

int main(int argc, char** argv) {
    if (argc != 4) return 2;
    const auto number = [&](int at) { return static_cast<std::uint32_t>(std::strtoul(argv[at], nullptr, 10)); };
    const fleet hosts(number(1));
    const auto guard = shearpin::guard<policies>([](const std::vector<std::uint32_t>&) {}, hosts);
    std::vector<std::uint32_t> batch(number(2));
    for (std::uint32_t at = 0; at != batch.size(); ++at) batch[at] = at;
    for (std::uint32_t turn = 0; turn != number(3); ++turn)
        if (!guard.check(batch)) std::abort();
    std::puts("admitted");
}
