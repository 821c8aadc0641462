// SPDX-License-Identifier: BSL-1.0
// 2. A policy that is proved: what it means is asked of the compiler.
//
// "95 % must remain" reads well. Does it let anything go of a pool of ten? Does "at most 10 %" keep
// two of three? Such questions are asked in the night when a safeguard is in the way. A limit is a
// number that is computed from the pool, so the compiler can answer them while the policy is being
// reviewed, for every pool that the team has.
#include <shearpin/core.hpp>

#include <cstdio>

using namespace shearpin::literals;

namespace {

constexpr auto policy = shearpin::policy{
    shearpin::min_remaining(75_pct),
    shearpin::max_batch(10_pct, shearpin::at_least(1)),  // of a small pool one may go, by name
};

// --- What the policy says of a pool of 200 ---
static_assert(policy.max_removable({.size = 200, .available = 200}) == 20);
static_assert(policy.max_removable({.size = 200, .available = 155}) == 5);  // down to the floor
static_assert(policy.max_removable({.size = 200, .available = 150}) == 0);
static_assert(!policy.admits({.size = 200, .available = 155}, 6));

// --- A promise to somebody else, over all sizes: two of three always stay ---
consteval bool keeps_two_of_three() {
    for (shearpin::count size = 1; size <= 60; ++size)
        for (shearpin::count available = 0; available <= size; ++available) {
            const auto may_go = policy.max_removable({.size = size, .available = available});
            if (may_go != 0 && 3 * (available - may_go) < 2 * size) return false;
        }
    return true;
}
static_assert(keeps_two_of_three());

// --- The pools that there are: a policy under which one of them could never be served ---
struct team_pool {
    const char* name;
    shearpin::count size;
};
constexpr team_pool pools[] = {{"web", 200}, {"api", 24}, {"queue", 6}, {"leader", 3}};

consteval int pools_of_which_none_may_go() {
    int stuck = 0;
    for (const team_pool& each : pools)
        if (policy.max_removable({.size = each.size, .available = each.size}) == 0) ++stuck;
    return stuck;
}
// Three quarters of three, rounded to the side that keeps more, are three. "leader" cannot be
// served under this policy: better known now than at the first replacement of a disk.
static_assert(pools_of_which_none_may_go() == 1);

}  // namespace

int main() {
    std::puts("pool    size  one call  in all  then stay");
    for (const team_pool& each : pools) {
        shearpin::pool state{.size = each.size, .available = each.size};
        const auto one_call = policy.max_removable(state);
        while (const auto now = policy.max_removable(state)) state.available -= now;
        std::printf("%-6s  %4ju  %8ju  %6ju  %9ju\n", each.name, each.size, one_call,
                    each.size - state.available, state.available);
    }
}
