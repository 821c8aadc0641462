// SPDX-License-Identifier: BSL-1.0
#include <shearpin/rules/max_batch.hpp>

#include <shearpin/policy.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <type_traits>

using namespace shearpin::literals;
using shearpin::at_least;
using shearpin::count;
using shearpin::largest_count;
using shearpin::max_batch;
using shearpin::policy;
using shearpin::pool;
using support::broken;
using support::described;
using support::explained;
using support::spelled;

namespace {
constexpr count limit(const max_batch& rule, const pool& there) {
    return rule.limit({.pool = there});
}
template <class Read>
concept is_read = requires(Read given) { max_batch::from(given); };
static_assert(is_read<count> && is_read<shearpin::fraction>);
static_assert(!is_read<int> && !is_read<double>);  // it could be negative, or no whole number
static_assert(!std::is_default_constructible_v<max_batch>);

}  // namespace

TEST_CASE("max_batch: the same number whatever is there") {
    static_assert(limit(max_batch(5), {10, 10}) == 5);
    CHECK(limit(max_batch(5), {10, 2}) == 5);
    CHECK(limit(max_batch(5), {0, 0}) == 5);
    CHECK(limit(max_batch(1), {0, 0}) == 1);
}

TEST_CASE("max_batch: at, below and above the limit") {
    constexpr policy rules{max_batch(5)};
    CHECK(rules.admits({10, 10}, 1));
    CHECK(rules.admits({10, 10}, 4));
    CHECK(rules.admits({10, 10}, 5));
    CHECK_FALSE(rules.admits({10, 10}, 6));
    CHECK_FALSE(rules.admits({10, 10}, 0));
    CHECK_FALSE(rules.admits({10, 4}, 5));  // no more than is there
    CHECK(rules.max_removable(pool{10, 10}) == 5);
    CHECK(rules.max_removable(pool{10, 4}) == 4);
}

TEST_CASE("max_batch: a share of the size rounds down, and up only by name") {
    CHECK(limit(max_batch(5_pct), {100, 100}) == 5);
    CHECK(limit(max_batch(5_pct), {119, 119}) == 5);
    CHECK(limit(max_batch(5_pct), {120, 7}) == 6);  // of the size, not of what serves
    CHECK(limit(max_batch(5_pct), {19, 19}) == 0);  // zero is zero
    CHECK(limit(max_batch(round_up(5_pct)), {19, 19}) == 1);
    CHECK(limit(max_batch(round_up(5_pct)), {20, 20}) == 1);
    CHECK(limit(max_batch(round_up(5_pct)), {21, 21}) == 2);
    CHECK(limit(max_batch(round_up(5_pct)), {0, 0}) == 0);
    CHECK(limit(max_batch(29_pct), {100, 100}) == 29);  // 0.29 * 100 is 28.999999999999996
}

TEST_CASE("max_batch: at least so much for small pools, by name") {
    CHECK(limit(max_batch(5_pct, at_least(1)), {0, 0}) == 1);
    CHECK(limit(max_batch(5_pct, at_least(1)), {19, 19}) == 1);
    CHECK(limit(max_batch(5_pct, at_least(1)), {39, 39}) == 1);
    CHECK(limit(max_batch(5_pct, at_least(1)), {40, 40}) == 2);
    CHECK(limit(max_batch(5_pct, at_least(3)), {40, 40}) == 3);
    CHECK_FALSE(policy{max_batch(5_pct, at_least(1))}.admits({0, 0}, 1));
}

TEST_CASE("max_batch: at the largest integers") {
    constexpr pool full{largest_count, largest_count};
    CHECK(limit(max_batch(largest_count), full) == largest_count);
    CHECK(limit(max_batch(100_pct), full) == largest_count);
    CHECK(limit(max_batch(50_pct), full) == largest_count / 2);
    CHECK(limit(max_batch(round_up(50_pct)), full) == largest_count / 2 + 1);
    CHECK(policy{max_batch(largest_count)}.admits(full, largest_count));
    CHECK_FALSE(policy{max_batch(largest_count)}.admits(full, largest_count + 1));
    CHECK_FALSE(policy{max_batch(largest_count - 1)}.admits(full, largest_count));
}

TEST_CASE("max_batch: measures the amount") {
    static_assert(max_batch::measures == shearpin::measure::amount);
    static_assert(shearpin::detail::needs_of(max_batch(1)) == shearpin::need::nothing);
}

TEST_CASE("max_batch: from data, where zero is zero") {
    CHECK(*max_batch::from(count{5}) == max_batch(5));
    CHECK(*max_batch::from(5_pct) == max_batch(5_pct));
    CHECK(limit(*max_batch::from(count{0}), {10, 10}) == 0);
    CHECK(limit(*max_batch::from(0_pct), {10, 10}) == 0);
    CHECK(*max_batch::from(largest_count) == max_batch(largest_count));
    CHECK_FALSE(max_batch::from(largest_count + 1));
    CHECK_FALSE(max_batch::from(~count{0}));
}

TEST_CASE("max_batch: refuses for good, since waiting changes nothing") {
    const auto found = broken(max_batch(5), pool{10, 10}, 6);
    CHECK(found.for_good());
    CHECK_FALSE(found.retry_after());
    CHECK(broken(max_batch(5_pct), pool{100, 3}, 6).for_good());
    CHECK(max_batch(5_pct).at_best({.pool = {100, 3}}) == 5);
}

TEST_CASE("max_batch: as it is written") {
    CHECK(spelled(max_batch(5)) == "max_batch(5)");
    CHECK(spelled(max_batch(5_pct)) == "max_batch(5%)");
    CHECK(spelled(max_batch(round_up(5_pct))) == "max_batch(round_up(5%))");
    CHECK(spelled(max_batch(5_pct, at_least(1))) == "max_batch(5%, at_least(1))");
}

TEST_CASE("max_batch: explains itself") {
    CHECK(explained(max_batch(5), pool{20, 20}) == "one call may take 5");
    CHECK(explained(max_batch(5_pct), pool{40, 20}) == "one call may take 2 of a pool of 40");
    CHECK(described(broken(max_batch(5), pool{200, 200}, 37)) ==
          "max_batch(5): one call may take 5; asked 37");
    CHECK(described(broken(max_batch(5_pct), pool{3, 3}, 1).in_pool("eu/rows")) ==
          "eu/rows: max_batch(5%): one call may take 0 of a pool of 3; asked 1");
}
