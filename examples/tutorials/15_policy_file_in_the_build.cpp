// SPDX-License-Identifier: BSL-1.0
// 15. A policy file in the build: reviewed as text, checked by the compiler.
//
// The file workers.policy lies beside this one. A line of CMake makes it a part
// of the program:
//
//     shearpin_embed_policy(your_tool workers.policy)
//
// A mistake in the file fails the build, and the error names the file's own line. What comes out is
// a constant of the same type as if it had been written in code, so everything that is proved of a
// policy can be proved of a file: above all that nobody made it looser than the house allows.
#include <shearpin/core.hpp>
#include <shearpin/policy_text.hpp>

#include <cstdio>
#include <vector>

#include "workers.policy.hpp"

using namespace shearpin::literals;

namespace {

constexpr auto& worker_policy = embedded::workers;

// Nobody may state less than this, in any file. It is proved for all pools, at all times. (With
// max_batch(20%) alone it would not compile: 20 % of a pool of four is none, and the file lets one
// go.)
constexpr auto house_rules = "min_remaining(50%), max_batch(20%, at_least(1))"_policy;
static_assert(shearpin::at_least_as_strict(worker_policy, house_rules));

}  // namespace

int main() {
    // In words, for whoever has to agree to it.
    std::fputs(explain(worker_policy).c_str(), stdout);

    auto stop = shearpin::guard<worker_policy>(
        [](const std::vector<int>& workers) { std::printf("stopped %zu\n", workers.size()); },
        [] { return shearpin::pool{.size = 60, .available = 58}; });
    stop(std::vector<int>{1, 2, 3});
    if (const auto done = stop.try_call(std::vector<int>{1, 2, 3, 4, 5, 6, 7}); !done)
        std::puts(done.error().message().c_str());

    // The same language is read when the program runs. Of a file that is wrong nothing is used, and
    // all that is wrong with it is told.
    const auto read = shearpin::parse_policy("min_remaining(80)%\nmax_batch(10%, at_lest(1))");
    if (!read) std::puts(read.error().in_file("workers.policy").c_str());

    // What a change means is told in numbers, for the pools that there are.
    const auto proposed =
        shearpin::parse_policy("min_remaining(70%), max_batch(10%), max_targets(25)");
    if (!proposed) return 1;
    const shearpin::sized_pool pools[] = {{"workers", 60}};
    std::fputs(diff(worker_policy, *proposed, pools).c_str(), stdout);
}
