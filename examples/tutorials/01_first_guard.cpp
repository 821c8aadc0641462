// SPDX-License-Identifier: BSL-1.0
// 1. A first guard: the call that takes too much fails at its own line.
//
// A tool takes servers out of service. It is right a thousand times, and then somebody types 37
// where 3 was meant. Nothing about the call is wrong but the number, so the check has to stand
// where the number arrives: around the function that removes.
#include <shearpin/core.hpp>

#include <cstdio>

using namespace shearpin::literals;

namespace {

// What the tool has had all along: how many serve, and the function that takes some out.
unsigned serving = 200;
void take_out(unsigned servers) {
    serving -= servers;
    std::printf("took out %u, %u serve\n", servers, serving);
}

// The policy is a constant beside the code, read by whoever reviews it.
constexpr auto web_policy = shearpin::policy{
    shearpin::min_remaining(95_pct),  // of 200, 190 stay in service: 5 % may be out, by all calls
    shearpin::max_batch(5),           // and no single call takes more than 5
};

}  // namespace

int main() {
    // Three parts: the policy, your function, and how the pool stands. `size` is what the pool is
    // meant to hold, and not what it holds today: otherwise 95 % of less and less would stay.
    auto guarded_take_out = shearpin::guard<web_policy>(
        take_out, [] { return shearpin::pool{.size = 200, .available = serving}; });

    guarded_take_out(3u);  // goes through to take_out

    try {
        guarded_take_out(37u);  // take_out is never called
    } catch (const shearpin::removal_refused& refused) {
        // Every rule that it breaks, what may go instead, and whose call it was.
        std::puts(refused.what());
    }

    guarded_take_out(5u);
    // Each call was small. The floor counts what is out already, so the third one is too much.
    if (const auto done = guarded_take_out.try_call(4u); !done)  // as a value, without exceptions
        std::puts(done.error().message().c_str());
    std::printf("%u serve\n", serving);
}
