// SPDX-License-Identifier: BSL-1.0
#include <shearpin/policy.hpp>

#include <shearpin/rules.hpp>

#include "support.hpp"

#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

using namespace shearpin::literals;
using shearpin::amounts;
using shearpin::count;
using shearpin::facts;
using shearpin::largest_count;
using shearpin::max_batch;
using shearpin::max_targets;
using shearpin::max_unavailable;
using shearpin::measure;
using shearpin::min_remaining;
using shearpin::policy;
using shearpin::pool;

namespace {

constexpr count no_limit = ~count{0};

/// Says how often it was asked.
struct asked_often {
    static constexpr std::string_view name = "asked_often";
    count allowed;
    mutable int asked = 0;
    count limit(const facts&) const {
        ++asked;
        return allowed;
    }
};

constexpr policy of_each{min_remaining(95_pct), max_batch(5), max_targets(3)};

}  // namespace

TEST_CASE("policy: its limit is the smallest of its rules', in each measure") {
    constexpr amounts lowest = of_each.limits({.pool = {200, 193}});
    static_assert(lowest.serving == 3 && lowest.amount == 5 && lowest.heads == 3);
    constexpr policy two_floors{min_remaining(150), min_remaining(95_pct), max_unavailable(20)};
    CHECK(two_floors.limits({.pool = {200, 200}}).serving == 10);
    CHECK(two_floors.limits({.pool = {100, 160}}).serving == 10);
    CHECK(two_floors.limits({.pool = {400, 400}}).serving == 20);
}

TEST_CASE("policy: what looks back lets nothing go by facts that know of no past") {
    constexpr policy hourly{shearpin::max_rate(5, shearpin::duration::hours(1))};
    CHECK_FALSE(hourly.admits(facts{.pool = {9, 9}}, amounts::of(1)));
    CHECK(hourly.max_removable(facts{.pool = {9, 9}}) == 0);
}

TEST_CASE("policy: a measure of which no rule speaks has no limit") {
    constexpr policy batches{max_batch(5)};
    CHECK(batches.limits({}).serving == no_limit);
    CHECK(batches.limits({}).amount == 5);
    CHECK(batches.limits({}).heads == no_limit);
    CHECK(batches.limits({}).pools == no_limit);
    CHECK(policy{min_remaining(5)}.limits({}).amount == no_limit);
}

TEST_CASE(
    "policy: looks back as far as the longest window of its rules, wherever that one stands") {
    using shearpin::duration;
    constexpr shearpin::max_rate hourly(5, duration::hours(1));
    constexpr shearpin::max_rate daily(50, duration::days(1));
    CHECK(policy{hourly, max_batch(5), daily}.looks_back() == duration::days(1));
    CHECK(policy{daily, max_batch(5), hourly}.looks_back() == duration::days(1));
    CHECK(policy{hourly}.looks_back() == duration::hours(1));
    CHECK(policy{max_batch(5)}.looks_back() == duration{});
}

TEST_CASE("policy: equal where all of their rules are, in the same order") {
    const auto made = [](count kept, count batch) {
        return policy{*min_remaining::from(kept), *max_batch::from(batch)};
    };
    CHECK(made(195, 5) == made(195, 5));
    CHECK(made(195, 5) != made(194, 5));
    CHECK(made(195, 5) != made(195, 4));
    CHECK(made(5, 195) != made(195, 5));
}

TEST_CASE("policy: each rule is compared in its own measure") {
    const facts seen{.pool = {200, 200}};
    const auto admits = [&](count serving, count amount, count heads) {
        return of_each.admits(seen, {.serving = serving, .amount = amount, .heads = heads});
    };
    CHECK(admits(5, 5, 3));
    CHECK_FALSE(admits(5, 6, 3));
    CHECK_FALSE(admits(5, 5, 4));
    constexpr policy floor{min_remaining(195)};
    CHECK(floor.admits(seen, {.serving = 5, .amount = 100, .heads = 100}));  // 95 are broken
    CHECK_FALSE(floor.admits(seen, {.serving = 6, .amount = 100, .heads = 100}));
    CHECK(floor.admits(seen, {.serving = 0, .amount = 0, .heads = 1}));  // weighs nothing
}

TEST_CASE("policy: what is always checked, whatever the rules") {
    const auto one = amounts::of(1);
    const facts seen{.pool = {200, 200}};
    CHECK(of_each.admits(seen, one));
    CHECK_FALSE(of_each.admits(seen, amounts{}));
    CHECK_FALSE(of_each.admits(seen, {.serving = 1, .amount = 1, .heads = 0}));
    facts known = seen;
    known.complete = false;
    CHECK_FALSE(of_each.admits(known, one));
    known = seen;
    known.pool.size = largest_count + 1;
    CHECK_FALSE(of_each.admits(known, one));
    known = seen;
    known.pool.available = no_limit;
    CHECK_FALSE(of_each.admits(known, one));
    constexpr policy nothing_said{shearpin::unlimited};
    CHECK_FALSE(nothing_said.admits(seen, {.serving = 201, .amount = 201, .heads = 1}));
    CHECK(nothing_said.admits(seen, {.serving = 200, .amount = 201, .heads = 1}));
    CHECK(nothing_said.admits(seen, {.serving = 200, .amount = largest_count, .heads = 1}));
    CHECK_FALSE(
        nothing_said.admits(seen, {.serving = 200, .amount = largest_count + 1, .heads = 1}));
}

TEST_CASE("policy: the most that may go is what is admitted and not one more") {
    const auto agree = [](const auto& rules, const facts& seen) {
        const count most = rules.max_removable(seen);
        const bool all = most == 0 || rules.admits(seen, amounts::of(most));
        return all && !rules.admits(seen, amounts::of(most + 1));
    };
    for (const count available : {count{0}, count{1}, count{190}, count{191}, count{200},
                                  count{250}, largest_count - 1, largest_count})
        for (const count size : {count{0}, count{1}, count{200}, largest_count}) {
            CAPTURE(available);
            CAPTURE(size);
            CHECK(agree(of_each, {.pool = {size, available}}));
            CHECK(agree(policy{shearpin::unlimited}, {.pool = {size, available}}));
            CHECK(agree(policy{max_batch(largest_count)}, {.pool = {size, available}}));
        }
    CHECK(of_each.max_removable({.size = 200, .available = 193}) == 3);
    CHECK(of_each.max_removable({.size = 200, .available = 2}) == 0);
    CHECK(of_each.max_removable(facts{.pool = {200, 200}, .complete = false}) == 0);
    CHECK(of_each.max_removable({.size = no_limit, .available = 200}) == 0);
    CHECK(of_each.max_removable({.size = 200, .available = no_limit}) == 0);
}

TEST_CASE("policy: asks every rule for its limits, and for an answer none after a no") {
    const policy rules{asked_often{5}, asked_often{2}, asked_often{9}};
    CHECK(rules.limits({}).amount == 2);
    CHECK(rules.at<0>().asked == 1);
    CHECK(rules.at<2>().asked == 1);
    CHECK(rules.admits(pool{9, 9}, 2));
    CHECK(rules.at<2>().asked == 2);
    CHECK_FALSE(rules.admits(pool{9, 9}, 3));
    CHECK(rules.at<1>().asked == 3);
    CHECK(rules.at<2>().asked == 2);
}

TEST_CASE("policy: its rules, in the order in which they were written") {
    std::vector<std::string> written;
    const auto collect = [&](const auto& each) { written.push_back(support::spelled(each)); };
    of_each.for_each(collect);
    CHECK(written ==
          std::vector<std::string>{"min_remaining(95%)", "max_batch(5)", "max_targets(3)"});
    static_assert(of_each.size == 3);
    CHECK(of_each.at<0>() == min_remaining(95_pct));
    CHECK(of_each.at<1>() == max_batch(5));
    CHECK(of_each.at<2>() == max_targets(3));
    written.clear();
    policy{max_batch(5), max_batch(10_pct)}.for_each(collect);  // two of the same type
    CHECK(written == std::vector<std::string>{"max_batch(5)", "max_batch(10%)"});
}

TEST_CASE("policy: equal when all rules are, in their order") {
    CHECK(of_each == policy{min_remaining(95_pct), max_batch(5), max_targets(3)});
    CHECK(of_each != policy{min_remaining(95_pct), max_batch(5), max_targets(4)});
    CHECK(of_each != policy{min_remaining(94_pct), max_batch(5), max_targets(3)});
    CHECK(policy{max_batch(5), max_batch(6)} != policy{max_batch(6), max_batch(5)});
    const auto one = policy{max_batch(5), max_batch(6)};
    const auto other = policy{max_batch(5), max_batch(7)};
    CHECK_FALSE(one == other);
}

TEST_CASE("policy: is one, and nothing else is") {
    static_assert(shearpin::detail::is_policy<policy<max_batch>>);
    static_assert(!shearpin::detail::is_policy<max_batch> && !shearpin::detail::is_policy<int>);
    static_assert(!std::is_default_constructible_v<policy<max_batch>>);  // no default cap
}

TEST_CASE("facts: amounts by their measure") {
    constexpr amounts some{.serving = 1, .amount = 2, .heads = 3};
    static_assert(some[measure::serving] == 1 && some[measure::amount] == 2 &&
                  some[measure::heads] == 3);
    CHECK(amounts::of(7)[measure::serving] == 7);
    CHECK(amounts::of(7)[measure::amount] == 7);
    CHECK(amounts::of(7)[measure::heads] == 7);
}

TEST_CASE("facts: needs") {
    using shearpin::need;
    CHECK(includes(need::clock | need::observation_time, need::clock));
    CHECK(includes(need::clock | need::observation_time, need::observation_time));
    CHECK_FALSE(includes(need::clock, need::observation_time));
    CHECK_FALSE(includes(need::nothing, need::clock));
}

TEST_CASE("pool: empty until it is told, and an observation incomplete") {
    CHECK(pool{} == pool{0, 0});
    CHECK(pool{1, 2} != pool{2, 1});
    CHECK_FALSE(shearpin::observation{}.complete);
    CHECK_FALSE(shearpin::observation{}.observed_at.known());
}
