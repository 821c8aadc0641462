// SPDX-License-Identifier: BSL-1.0
#include <shearpin/rules/max_unavailable.hpp>

#include <shearpin/policy.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <type_traits>

using namespace shearpin::literals;
using shearpin::at_least;
using shearpin::count;
using shearpin::largest_count;
using shearpin::max_unavailable;
using shearpin::policy;
using shearpin::pool;
using support::broken;
using support::described;
using support::explained;
using support::spelled;

namespace {
constexpr count limit(const max_unavailable& rule, const pool& there) {
    return rule.limit({.pool = there});
}
template <class Read>
concept is_read = requires(Read given) { max_unavailable::from(given); };
static_assert(is_read<count> && is_read<shearpin::fraction>);
static_assert(!is_read<int> && !is_read<double>);  // it could be negative, or no whole number
static_assert(!std::is_default_constructible_v<max_unavailable>);

}  // namespace

TEST_CASE("max_unavailable: the cap, less what is out already") {
    static_assert(limit(max_unavailable(3), {10, 10}) == 3);
    CHECK(limit(max_unavailable(3), {10, 9}) == 2);
    CHECK(limit(max_unavailable(3), {10, 8}) == 1);
    CHECK(limit(max_unavailable(3), {10, 7}) == 0);
    CHECK(limit(max_unavailable(3), {10, 6}) == 0);  // above already
    CHECK(limit(max_unavailable(3), {10, 0}) == 0);
    CHECK(limit(max_unavailable(3), {0, 0}) == 3);
    CHECK(limit(max_unavailable(3), {10, 15}) == 3);  // a surplus is not added to the cap
}

TEST_CASE("max_unavailable: at, below and above the limit") {
    constexpr policy rules{max_unavailable(3)};
    CHECK(rules.admits({10, 9}, 1));
    CHECK(rules.admits({10, 9}, 2));
    CHECK_FALSE(rules.admits({10, 9}, 3));
    CHECK_FALSE(rules.admits({10, 7}, 1));
    CHECK_FALSE(rules.admits({10, 10}, 0));
    CHECK_FALSE(rules.admits({0, 0}, 1));
}

TEST_CASE("max_unavailable: a share of the size rounds down, and up only by name") {
    CHECK(limit(max_unavailable(25_pct), {7, 7}) == 1);
    CHECK(limit(max_unavailable(25_pct), {8, 8}) == 2);
    CHECK(limit(max_unavailable(25_pct), {3, 3}) == 0);
    CHECK(limit(max_unavailable(round_up(25_pct)), {3, 3}) == 1);  // as Kubernetes rounds
    CHECK(limit(max_unavailable(round_up(25_pct)), {5, 4}) == 1);
    CHECK(limit(max_unavailable(25_pct, at_least(1)), {3, 3}) == 1);
    CHECK(limit(max_unavailable(25_pct, at_least(1)), {3, 2}) == 0);
    CHECK(limit(max_unavailable(100_pct), {3, 2}) == 2);
}

TEST_CASE("max_unavailable: at the largest integers") {
    constexpr pool full{largest_count, largest_count};
    CHECK(limit(max_unavailable(largest_count), full) == largest_count);
    CHECK(limit(max_unavailable(largest_count), {largest_count, 1}) == 1);
    CHECK(limit(max_unavailable(largest_count), {largest_count, 0}) == 0);
    CHECK(limit(max_unavailable(largest_count - 1), {largest_count, 1}) == 0);
    CHECK(limit(max_unavailable(1), {largest_count, 0}) == 0);
    CHECK(limit(max_unavailable(1), {0, largest_count}) == 1);
    CHECK(limit(max_unavailable(50_pct), full) == largest_count / 2);
}

TEST_CASE("max_unavailable: measures what serves") {
    static_assert(max_unavailable::measures == shearpin::measure::serving);
    static_assert(shearpin::detail::needs_of(max_unavailable(1)) == shearpin::need::nothing);
}

TEST_CASE("max_unavailable: from data, where zero is zero") {
    CHECK(*max_unavailable::from(count{3}) == max_unavailable(3));
    CHECK(*max_unavailable::from(25_pct) == max_unavailable(25_pct));
    CHECK(limit(*max_unavailable::from(count{0}), {10, 10}) == 0);
    CHECK(limit(*max_unavailable::from(0_pct), {10, 10}) == 0);
    CHECK_FALSE(max_unavailable::from(largest_count + 1));
}

TEST_CASE("max_unavailable: for good only where the cap itself is too small") {
    CHECK_FALSE(broken(max_unavailable(3), pool{10, 7}, 3).for_good());
    CHECK(broken(max_unavailable(3), pool{10, 7}, 4).for_good());
    CHECK(broken(max_unavailable(25_pct), pool{3, 3}, 1).for_good());
    CHECK_FALSE(broken(max_unavailable(3), pool{10, 7}, 3).retry_after());
    CHECK(max_unavailable(25_pct).at_best({.pool = {8, 0}}) == 2);
}

TEST_CASE("max_unavailable: words") {
    CHECK(spelled(max_unavailable(3)) == "max_unavailable(3)");
    CHECK(spelled(max_unavailable(25_pct)) == "max_unavailable(25%)");
    CHECK(spelled(max_unavailable(round_up(25_pct))) == "max_unavailable(round_up(25%))");
    CHECK(spelled(max_unavailable(25_pct, at_least(1))) == "max_unavailable(25%, at_least(1))");
    CHECK(explained(max_unavailable(3), pool{10, 9}) ==
          "1 of 10 are out already and 3 may be, so 2 may go");
    CHECK(described(broken(max_unavailable(3), pool{10, 7}, 1)) ==
          "max_unavailable(3): 3 of 10 are out already and 3 may be, so none may go; asked 1");
    CHECK(explained(max_unavailable(3), pool{10, 15}) ==
          "0 of 10 are out already and 3 may be, so 3 may go");
    CHECK(max_unavailable(3) != max_unavailable(4));
}
