// SPDX-License-Identifier: BSL-1.0
#include <shearpin/rules/unlimited.hpp>

#include <shearpin/policy.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

using shearpin::count;
using shearpin::facts;
using shearpin::largest_count;
using shearpin::policy;
using shearpin::pool;
using shearpin::unlimited;

TEST_CASE("unlimited: no limit, but what is there") {
    static_assert(unlimited.limit({}) == ~count{0});
    constexpr policy rules{unlimited};
    CHECK(rules.admits({10, 10}, 1));
    CHECK(rules.admits({10, 10}, 10));
    CHECK(rules.max_removable(pool{10, 7}) == 7);
    CHECK(rules.max_removable(pool{0, 0}) == 0);
    CHECK(rules.admits({largest_count, largest_count}, largest_count));
}

TEST_CASE("unlimited: what is always checked still is") {
    constexpr policy rules{unlimited};
    CHECK_FALSE(rules.admits({10, 10}, 0));
    CHECK_FALSE(rules.admits({10, 10}, 11));
    CHECK_FALSE(rules.admits({0, 0}, 1));
    CHECK_FALSE(rules.admits({largest_count + 1, 10}, 1));
    CHECK_FALSE(rules.admits({10, largest_count + 1}, 1));
    CHECK(rules.max_removable(pool{largest_count + 1, 10}) == 0);
    CHECK_FALSE(rules.admits(facts{.pool = {10, 10}, .complete = false}, shearpin::amounts::of(1)));
    CHECK(rules.max_removable(facts{.pool = {10, 10}, .complete = false}) == 0);
}

TEST_CASE("unlimited: what a rule of one's own returns") {
    const count returned = unlimited;
    CHECK(returned == ~count{0});
}

TEST_CASE("unlimited: words") {
    CHECK(support::told([](shearpin::writer& out) { shearpin::detail::spell(unlimited, out); }) ==
          "unlimited");
    CHECK(support::explained(unlimited, facts{}) == "");
    CHECK(unlimited == shearpin::unlimited_rule{});
}
