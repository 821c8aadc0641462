// SPDX-License-Identifier: BSL-1.0
#include <shearpin/rules/of_peak.hpp>

#include <shearpin/policy.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

#include <type_traits>

using namespace shearpin::literals;
using shearpin::count;
using shearpin::largest_count;
using shearpin::min_remaining;
using shearpin::policy;
using shearpin::pool;
using support::broken;
using support::described;
using support::explained;
using support::spelled;

namespace {
constexpr count limit(const min_remaining& rule, const pool& there) {
    return rule.limit({.pool = there});
}
constexpr count at_best(const min_remaining& rule, const pool& there) {
    return rule.at_best({.pool = there});
}
template <class Read>
concept is_read = requires(Read given) { min_remaining::from(given); };
static_assert(is_read<count> && is_read<shearpin::fraction>);
static_assert(!is_read<int> && !is_read<double>);  // it could be negative, or no whole number
static_assert(!std::is_default_constructible_v<min_remaining>);
static_assert(!std::is_constructible_v<shearpin::baseline, double> &&
              !std::is_constructible_v<shearpin::baseline, bool>);

}  // namespace

TEST_CASE("min_remaining: what serves, less the floor") {
    static_assert(limit(min_remaining(3), {10, 10}) == 7);
    CHECK(limit(min_remaining(3), {10, 5}) == 2);
    CHECK(limit(min_remaining(3), {10, 4}) == 1);
    CHECK(limit(min_remaining(3), {10, 3}) == 0);
    CHECK(limit(min_remaining(3), {10, 2}) == 0);  // below already
    CHECK(limit(min_remaining(3), {10, 0}) == 0);
    CHECK(limit(min_remaining(3), {0, 0}) == 0);
    CHECK(limit(min_remaining(3), {2, 5}) == 2);  // a number is no share of the size
}

TEST_CASE("min_remaining: at, below and above the limit") {
    constexpr policy rules{min_remaining(3)};
    CHECK(rules.admits({10, 10}, 6));
    CHECK(rules.admits({10, 10}, 7));
    CHECK_FALSE(rules.admits({10, 10}, 8));
    CHECK(rules.max_removable(pool{10, 10}) == 7);
    CHECK_FALSE(rules.admits({10, 3}, 1));
    CHECK_FALSE(rules.admits({10, 10}, 0));
}

TEST_CASE("min_remaining: the shortcut of a decision is the limit, for any numbers") {
    constexpr count ends[] = {
        0, 1, 2, 3, 4, 5, 9, 10, 11, 95, 96, 190, 193, 200, 201, 999, largest_count, ~count{0}};
    const min_remaining floors[] = {min_remaining(0),
                                    min_remaining(3),
                                    min_remaining(largest_count),
                                    min_remaining(0_pct),
                                    min_remaining(50_pct),
                                    min_remaining(95_pct),
                                    min_remaining(96.3_pct),
                                    min_remaining(100_pct),
                                    min_remaining(round_down(96.3_pct)),
                                    min_remaining(shearpin::fraction(4294967290, 4294967295)),
                                    *min_remaining::from(50_pct, shearpin::duration::hours(1))};
    for (const min_remaining& each : floors) {
        CAPTURE(spelled(each));
        for (const count size : ends)
            for (const count available : ends) {
                const shearpin::facts known{.pool = {size, available}};
                const count most = each.limit(known);
                for (const count asked : ends)
                    if (each.allows(known, asked) != (asked <= most))
                        FAIL(size, " ", available, " ", asked);
                CHECK(each.allows(known, most));
                if (most != ~count{0}) CHECK_FALSE(each.allows(known, most + 1));
            }
    }
}

TEST_CASE("min_remaining: a floor of zero lets all go") {
    CHECK(limit(min_remaining(0), {10, 10}) == 10);
    CHECK(limit(min_remaining(0_pct), {10, 10}) == 10);
    CHECK(limit(min_remaining(0), {10, 0}) == 0);
}

TEST_CASE("min_remaining: a share is of the size, so that repeated calls do not erode it") {
    CHECK(limit(min_remaining(95_pct), {200, 200}) == 10);
    CHECK(limit(min_remaining(95_pct), {200, 193}) == 3);
    CHECK(limit(min_remaining(95_pct), {200, 190}) == 0);
    CHECK(limit(min_remaining(95_pct), {200, 10}) == 0);
    CHECK(limit(min_remaining(100_pct), {200, 200}) == 0);
    CHECK(limit(min_remaining(100_pct), {200, 205}) == 5);  // more serve than are wanted
    pool there{200, 200};
    while (limit(min_remaining(95_pct), there) != 0) --there.available;
    CHECK(there.available == 190);
}

TEST_CASE("min_remaining: a share rounds up, and down only by name") {
    CHECK(limit(min_remaining(50_pct), {5, 5}) == 2);
    CHECK(limit(min_remaining(round_down(50_pct)), {5, 5}) == 3);
    CHECK(limit(min_remaining(shearpin::fraction(2, 3)), {10, 10}) == 3);
    CHECK(limit(min_remaining(round_down(shearpin::fraction(2, 3))), {10, 10}) == 4);
    CHECK(limit(min_remaining(95_pct), {1, 1}) == 0);
    CHECK(limit(min_remaining(7_pct), {100, 100}) == 93);  // 0.07 * 100 is 7.000000000000001
}

TEST_CASE("min_remaining: at the largest integers") {
    constexpr pool full{largest_count, largest_count};
    CHECK(limit(min_remaining(0), full) == largest_count);
    CHECK(limit(min_remaining(1), full) == largest_count - 1);
    CHECK(limit(min_remaining(largest_count), full) == 0);
    CHECK(limit(min_remaining(largest_count - 1), full) == 1);
    CHECK(limit(min_remaining(50_pct), full) == largest_count / 2);
    CHECK(limit(min_remaining(100_pct), full) == 0);
    CHECK(limit(min_remaining(shearpin::fraction(1, 4294967295)), full) ==
          largest_count - 2147483649);
    CHECK(limit(min_remaining(5), {largest_count, 0}) == 0);
    CHECK(policy{min_remaining(1)}.admits(full, largest_count - 1));
    CHECK_FALSE(policy{min_remaining(1)}.admits(full, largest_count));
}

TEST_CASE("min_remaining: measures what serves") {
    static_assert(min_remaining::measures == shearpin::measure::serving);
    static_assert(shearpin::detail::needs_of(min_remaining(1)) == shearpin::need::nothing);
}

TEST_CASE("min_remaining: from data") {
    CHECK(*min_remaining::from(count{3}) == min_remaining(3));
    CHECK(*min_remaining::from(95_pct) == min_remaining(95_pct));
    CHECK(*min_remaining::from(count{0}) == min_remaining(0));
    CHECK(*min_remaining::from(largest_count) == min_remaining(largest_count));
    CHECK_FALSE(min_remaining::from(largest_count + 1));
    CHECK_FALSE(min_remaining::from(~count{0}));
}

TEST_CASE("min_remaining: for good only where even the full pool has not enough") {
    CHECK(at_best(min_remaining(3), {10, 4}) == 7);
    CHECK(at_best(min_remaining(3), {10, 12}) == 9);
    CHECK(at_best(min_remaining(3), {2, 0}) == 0);
    CHECK(at_best(min_remaining(95_pct), {200, 0}) == 10);
    CHECK_FALSE(broken(min_remaining(95_pct), pool{200, 190}, 10).for_good());
    CHECK(broken(min_remaining(95_pct), pool{200, 190}, 11).for_good());
    CHECK_FALSE(broken(min_remaining(3), pool{10, 3}, 7).for_good());
    CHECK(broken(min_remaining(3), pool{10, 10}, 8).for_good());
    CHECK_FALSE(broken(min_remaining(3), pool{10, 3}, 7).retry_after());  // who knows when
}

TEST_CASE("min_remaining: as it is written") {
    CHECK(spelled(min_remaining(3)) == "min_remaining(3)");
    CHECK(spelled(min_remaining(95_pct)) == "min_remaining(95%)");
    CHECK(spelled(min_remaining(round_down(95_pct))) == "min_remaining(round_down(95%))");
    CHECK(spelled(min_remaining(shearpin::fraction(2, 3))) == "min_remaining(2/3)");
    CHECK(min_remaining(3).stated().number() == 3);
}

TEST_CASE("min_remaining: explains itself") {
    CHECK(explained(min_remaining(95_pct), pool{20, 20}) ==
          "20 of 20 serve and 19 must stay, so 1 may go");
    CHECK(explained(min_remaining(3), pool{20, 2}) ==
          "2 of 20 serve and 3 must stay, so none may go");
    CHECK(described(broken(min_remaining(95_pct), pool{20, 20}, 2).in_pool("index")) ==
          "index: min_remaining(95%): 20 of 20 serve and 19 must stay, so 1 may go; asked 2");
}

TEST_CASE("min_remaining: equal when floor and rounding are") {
    CHECK(min_remaining(3) == min_remaining(3u));
    CHECK(min_remaining(3) != min_remaining(4));
    CHECK(min_remaining(50_pct) != min_remaining(round_down(50_pct)));
}
