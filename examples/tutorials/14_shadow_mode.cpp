// SPDX-License-Identifier: BSL-1.0
// 14. Shadow mode: a guard in a running system that refuses nothing yet.
//
// Nobody wants to find out on the first evening that the new safeguard stops the nightly job. In
// shadow a guard judges every call, tells what it would have refused, and lets it go on. After two
// weeks the list of its refusals is read: which of them were false alarms? Then the numbers are
// set, and on a date that is in the code it begins to refuse.
#include <shearpin/shearpin.hpp>

#include <chrono>
#include <cstdio>
#include <string>

using namespace std::chrono_literals;

namespace {

constexpr auto job_policy = shearpin::policy{
    shearpin::max_batch(20),
    shearpin::min_remaining(50),
};

}  // namespace

int main() {
    shearpin::manual_clock clock(shearpin::date(2026, 3, 2).begins());
    unsigned would_have_refused = 0;
    unsigned serving = 100;

    // The observer is told everything. In a tool each event becomes a line of the log: to_json().
    const auto observe = [&](const shearpin::event& what) {
        switch (what.what) {
            case shearpin::event::kind::shadow_refused:
                ++would_have_refused;
                std::puts(what.why->message().c_str());
                break;
            case shearpin::event::kind::refused:  // the alert that somebody is to look at
                std::printf("%s\n", what.to_json().c_str());
                break;
            default:
                break;
        }
    };
    auto scale_down =
        shearpin::guard<job_policy>(
            [&](unsigned number) { serving -= number; },
            [&] { return shearpin::pool{.size = 100, .available = serving}; })
            .with_clock(clock)
            .with_observer(observe)
            .in_shadow(shearpin::date(2026, 3, 16).begins())  // from then on a refusal is one
            .named("workers");

    // Fourteen evenings. On Fridays the job takes 25, as it has always done.
    for (int day = 0; day != 14; ++day) {
        scale_down(day % 7 == 4 ? 25u : 10u);
        serving = 100;  // in the morning they are started again
        clock.advance(24h);
    }
    std::printf("in two weeks %u of 14 removals would have been refused\n\n", would_have_refused);

    // It is the sixteenth now. Nobody raised the limit for Fridays, so that it is told, loudly.
    if (const auto done = scale_down.try_call(25u); !done) std::puts("refused");
    std::printf("%u serve\n", serving);
}
