// SPDX-License-Identifier: BSL-1.0
// 12. Two people, and an override: what a person knows that the numbers do not.
//
// Most removals that go wrong are within every number. What helps is to ask the person: how many
// did you expect, in which environment, who else has looked? And for the day on which the limit
// itself is wrong there is an exception that is bounded, expires, and bears a name.
#include <shearpin/shearpin.hpp>

#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

using namespace shearpin::literals;
using namespace std::chrono_literals;

namespace {

constexpr auto shard_policy = shearpin::policy{
    shearpin::min_remaining(50_pct),                // hard: no exception reaches it
    shearpin::overridable(shearpin::max_batch(2)),  // may be lifted, once, by name
    shearpin::approvals(1, shearpin::above(1)),     // more than one needs somebody else's eyes
    shearpin::needs_expected(),                     // "how many?" is always asked
};

void show(const auto& done) {
    if (!done) std::puts(done.error().message().c_str());
}

}  // namespace

int main() {
    shearpin::manual_clock clock;
    const auto drop_shards = [](const std::vector<std::string>& chosen) {
        std::printf("dropped %zu shards\n", chosen.size());
    };
    auto drop = shearpin::guard<shard_policy>(
                    drop_shards, [] { return shearpin::pool{.size = 12, .available = 12}; })
                    .with_clock(clock)
                    .in_environment("production")
                    .named("shards");
    const std::vector<std::string> two{"s1", "s2"};
    const std::vector<std::string> five{"s1", "s2", "s3", "s4", "s5"};

    std::puts("--- nothing is said ---");
    show(drop.try_call(two));

    std::puts("--- the right command in the wrong window, and ann approves herself ---");
    const shearpin::request hasty{
        .expected = 1, .actor = "ann", .approvers = {"ann"}, .environment = "staging"};
    show(drop.asking(hasty).try_call(two));

    std::puts("--- bob has looked, too ---");
    const shearpin::request careful{.expected = 2,
                                    .actor = "ann",
                                    .approvers = {"bob"},
                                    .reason = "CHG-17",
                                    .environment = "production"};
    show(drop.asking(careful).try_call(two));

    std::puts("--- five at once, by an exception ---");
    auto lift = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 5, .until = clock.now() + 1h, .reason = "CHG-18: the rack loses power at noon"});
    const shearpin::request urgent{.expected = 5, .actor = "ann", .approvers = {"bob"}};
    show(drop.asking(urgent).overriding(lift).try_call(five));

    std::puts("--- and the same exception once more ---");
    show(drop.asking(urgent).overriding(lift).try_call(five));

    std::puts("--- the floor is hard, whatever is said ---");
    auto everything = shearpin::override_once<shearpin::min_remaining>(
        {.up_to = 12, .until = clock.now() + 1h, .reason = "CHG-19"});
    const std::vector<std::string> eight{"s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8"};
    const shearpin::request bold{.expected = 8, .actor = "ann", .approvers = {"bob"}};
    show(drop.asking(bold).overriding(everything).try_call(eight));
}
