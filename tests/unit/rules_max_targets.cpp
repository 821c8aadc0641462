// SPDX-License-Identifier: BSL-1.0
#include <shearpin/rules/max_targets.hpp>

#include <shearpin/policy.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <type_traits>

using namespace shearpin::literals;
using shearpin::count;
using shearpin::facts;
using shearpin::largest_count;
using shearpin::max_targets;
using shearpin::policy;
using shearpin::pool;
using support::broken;
using support::described;
using support::spelled;

namespace {
constexpr count limit(const max_targets& rule, const pool& there) {
    return rule.limit({.pool = there});
}
template <class Read>
concept is_read = requires(Read given) { max_targets::from(given); };
static_assert(is_read<count> && is_read<shearpin::fraction>);
static_assert(!is_read<int> && !is_read<double>);  // it could be negative, or no whole number
static_assert(!std::is_default_constructible_v<max_targets>);

}  // namespace

TEST_CASE("max_targets: a number of targets, whatever is there") {
    static_assert(limit(max_targets(5), {10, 10}) == 5);
    CHECK(limit(max_targets(5), {0, 0}) == 5);
    CHECK(limit(max_targets(largest_count), {10, 10}) == largest_count);
}

TEST_CASE("max_targets: at, below and above the limit") {
    constexpr policy rules{max_targets(5)};
    CHECK(rules.admits({10, 10}, 4));
    CHECK(rules.admits({10, 10}, 5));
    CHECK_FALSE(rules.admits({10, 10}, 6));
    CHECK_FALSE(rules.admits({10, 10}, 0));
    CHECK(policy{max_targets(largest_count)}.admits({largest_count, largest_count}, largest_count));
    CHECK_FALSE(policy{max_targets(largest_count - 1)}.admits({largest_count, largest_count},
                                                              largest_count));
}

TEST_CASE("max_targets: counts heads, whatever each of them weighs") {
    constexpr policy rules{max_targets(2)};
    const facts seen{.pool = {1000, 1000}};
    CHECK(rules.admits(seen, {.serving = 900, .amount = 900, .heads = 2}));
    CHECK(rules.admits(seen, {.serving = 0, .amount = 0, .heads = 2}));
    CHECK_FALSE(rules.admits(seen, {.serving = 1, .amount = 1, .heads = 3}));
    static_assert(max_targets::measures == shearpin::measure::heads);
    static_assert(shearpin::detail::needs_of(max_targets(1)) == shearpin::need::nothing);
}

TEST_CASE("max_targets: a share rounds down, and up only by name") {
    CHECK(limit(max_targets(10_pct), {19, 19}) == 1);
    CHECK(limit(max_targets(round_up(10_pct)), {19, 19}) == 2);
    CHECK(limit(max_targets(10_pct, shearpin::at_least(1)), {3, 3}) == 1);
    CHECK(limit(max_targets(10_pct), {3, 3}) == 0);
}

TEST_CASE("max_targets: from data, where zero is zero") {
    CHECK(*max_targets::from(count{5}) == max_targets(5));
    CHECK(*max_targets::from(10_pct) == max_targets(10_pct));
    CHECK(limit(*max_targets::from(count{0}), {10, 10}) == 0);
    CHECK_FALSE(max_targets::from(largest_count + 1));
}

TEST_CASE("max_targets: refuses for good") {
    CHECK(broken(max_targets(5), pool{10, 10}, 6).for_good());
    CHECK_FALSE(broken(max_targets(5), pool{10, 10}, 6).retry_after());
    CHECK(max_targets(10_pct).at_best({.pool = {50, 0}}) == 5);
}

TEST_CASE("max_targets: words") {
    CHECK(spelled(max_targets(5)) == "max_targets(5)");
    CHECK(spelled(max_targets(10_pct)) == "max_targets(10%)");
    CHECK(spelled(max_targets(round_up(10_pct))) == "max_targets(round_up(10%))");
    CHECK(described(broken(max_targets(5), pool{10, 10}, 6)) ==
          "max_targets(5): one call may name 5; asked 6");
    CHECK(max_targets(5) != max_targets(6));
}
