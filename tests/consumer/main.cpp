// SPDX-License-Identifier: BSL-1.0
// A program of somebody else: a removal that the guard lets through, and one that it stops.
#include <shearpin/shearpin.hpp>

#include <cstdio>
#include <span>
#include <vector>

inline constexpr auto policy = shearpin::policy{shearpin::max_batch(2), shearpin::min_remaining(3)};

int main() {
    std::vector<int> volumes{1, 2, 3, 4, 5, 6};
    auto drop = shearpin::guard<policy>(
        [&](std::span<const int> chosen) {
            for (const int volume : chosen) std::erase(volumes, volume);
        },
        [&] { return shearpin::pool{.size = 6, .available = volumes.size()}; });

    drop(std::vector<int>{5, 6});
    try {
        drop(std::vector<int>{1, 2, 3});
    } catch (const shearpin::removal_refused& refused) {
        std::puts(refused.what());
        return volumes.size() == 4 ? 0 : 1;
    }
    std::puts("three of four volumes were dropped");
    return 1;
}
