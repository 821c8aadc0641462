// SPDX-License-Identifier: BSL-1.0
#include <shearpin/rules/quorum.hpp>

#include <shearpin/policy.hpp>

#include "support.hpp"

#include <doctest/doctest.h>

using shearpin::count;
using shearpin::largest_count;
using shearpin::membership;
using shearpin::policy;
using shearpin::pool;
using shearpin::quorum;
using support::broken;
using support::described;
using support::explained;
using support::spelled;

namespace {
constexpr count limit(const quorum& rule, const pool& there) { return rule.limit({.pool = there}); }
constexpr quorum shrinking(membership::shrinks);
}  // namespace

TEST_CASE("quorum: members are taken down, more than half of all must serve") {
    static_assert(limit(quorum(), {5, 5}) == 2);
    CHECK(limit(quorum(), {5, 4}) == 1);
    CHECK(limit(quorum(), {5, 3}) == 0);
    CHECK(limit(quorum(), {5, 2}) == 0);
    CHECK(limit(quorum(), {4, 4}) == 1);  // two of four are no majority
    CHECK(limit(quorum(), {4, 3}) == 0);
    CHECK(limit(quorum(), {3, 3}) == 1);
    CHECK(limit(quorum(), {2, 2}) == 0);
    CHECK(limit(quorum(), {1, 1}) == 0);
    CHECK(limit(quorum(), {0, 0}) == 0);
}

TEST_CASE("quorum: at, below and above the limit") {
    constexpr policy rules{quorum()};
    CHECK(rules.admits({7, 7}, 2));
    CHECK(rules.admits({7, 7}, 3));
    CHECK_FALSE(rules.admits({7, 7}, 4));
    CHECK_FALSE(rules.admits({7, 7}, 0));
}

TEST_CASE("quorum: members are removed for good, one at a time, judged on what is left") {
    static_assert(limit(shrinking, {3, 3}) == 1);
    CHECK(limit(shrinking, {5, 5}) == 1);  // one at a time
    CHECK(limit(shrinking, {100, 100}) == 1);
    CHECK(limit(shrinking, {5, 4}) == 1);  // three of four
    CHECK(limit(shrinking, {5, 3}) == 0);  // two of four
    CHECK(limit(shrinking, {4, 3}) == 1);  // two of three: quorum() would say no
    CHECK(limit(shrinking, {4, 2}) == 0);
    CHECK(limit(shrinking, {3, 2}) == 0);  // one of two
    CHECK(limit(shrinking, {2, 2}) == 1);  // one of one
    CHECK(limit(shrinking, {2, 1}) == 0);
    CHECK(limit(shrinking, {1, 1}) == 0);  // the last stays
    CHECK(limit(shrinking, {0, 0}) == 0);
    CHECK(limit(quorum(membership::stays), {5, 5}) == 2);
    constexpr policy rules{shrinking};
    CHECK(rules.admits({5, 5}, 1));
    CHECK_FALSE(rules.admits({5, 5}, 2));
}

TEST_CASE("quorum: at the largest integers") {
    CHECK(limit(quorum(), {largest_count, largest_count}) == largest_count / 2);
    CHECK(limit(quorum(), {largest_count, largest_count / 2 + 2}) == 1);
    CHECK(limit(quorum(), {largest_count, largest_count / 2 + 1}) == 0);
    CHECK(limit(quorum(), {largest_count, 0}) == 0);
    CHECK(limit(shrinking, {largest_count, largest_count}) == 1);
    CHECK(limit(shrinking, {largest_count, largest_count / 2 + 2}) == 1);
    CHECK(limit(shrinking, {largest_count, largest_count / 2 + 1}) == 0);
    CHECK(limit(shrinking, {largest_count, 0}) == 0);
}

TEST_CASE("quorum: measures what serves, and is stated once") {
    static_assert(quorum::measures == shearpin::measure::serving);
    static_assert(quorum::once);
    static_assert(shearpin::detail::needs_of(quorum()) == shearpin::need::nothing);
}

TEST_CASE("quorum: for good only where all members together would not do") {
    CHECK_FALSE(broken(quorum(), pool{5, 3}, 2).for_good());
    CHECK(broken(quorum(), pool{5, 3}, 3).for_good());
    CHECK(broken(quorum(), pool{2, 2}, 1).for_good());
    CHECK(quorum().at_best({.pool = {5, 7}}) == 4);
    CHECK_FALSE(broken(shrinking, pool{3, 2}, 1).for_good());
    CHECK(broken(shrinking, pool{3, 3}, 2).for_good());
    CHECK(broken(shrinking, pool{1, 1}, 1).for_good());
    CHECK_FALSE(broken(quorum(), pool{5, 3}, 2).retry_after());
}

TEST_CASE("quorum: words") {
    CHECK(spelled(quorum()) == "quorum()");
    CHECK(spelled(shrinking) == "quorum(membership::shrinks)");
    CHECK(explained(quorum(), pool{5, 4}) ==
          "4 of 5 members serve and 3 are a majority, so 1 may go");
    CHECK(explained(shrinking, pool{3, 2}) ==
          "2 of 3 members serve and the 2 that are left need 2, so none may go");
    CHECK(explained(shrinking, pool{4, 4}) ==
          "4 of 4 members serve and the 3 that are left need 2, so 1 may go");
    CHECK(described(broken(quorum(), pool{5, 3}, 1).in_pool("etcd")) ==
          "etcd: quorum(): 3 of 5 members serve and 3 are a majority, so none may go; asked 1");
    CHECK(quorum() == quorum(membership::stays));
    CHECK(quorum() != shrinking);
}
