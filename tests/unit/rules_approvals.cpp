// SPDX-License-Identifier: BSL-1.0
// approvals(k, above(n)): who counts, and who is told not to.
#include <shearpin/request.hpp>
#include <shearpin/rules/approvals.hpp>

#include "support.hpp"

#include <string>
#include <string_view>
#include <type_traits>

#include <doctest/doctest.h>

using shearpin::approvals;
using shearpin::count;
using shearpin::facts;
using shearpin::request;
using support::explained;

namespace {

constexpr count everything = ~count{0};
constexpr approvals one_other(1, shearpin::above(3));
constexpr approvals two_others(2, shearpin::above(3));

facts said(const request& words) { return {.pool = {100, 100}, .request = &words}; }

using shearpin::above;
static_assert(!std::is_constructible_v<above, double> && !std::is_constructible_v<above, bool>);
static_assert(!std::is_constructible_v<approvals, double, above> &&
              !std::is_constructible_v<approvals, bool, above>);

}  // namespace

TEST_CASE("approvals: where nobody says anything, nobody has approved") {
    const facts nothing{.pool = {100, 100}};
    CHECK(one_other.limit(nothing) == 3);
    CHECK(two_others.limit(nothing) == 3);
    CHECK(explained(one_other, nothing) == "more than 3 needs 1 other person, and nobody approved");
    const request silent;
    CHECK(one_other.limit(said(silent)) == 3);
    CHECK(explained(two_others, said(silent)) ==
          "more than 3 needs 2 other people, and nobody approved");
}

TEST_CASE("approvals: one's own is not counted, and said twice it is not told twice") {
    const request own{.actor = "ann", .approvers = {"ann", "Ann "}};
    CHECK(one_other.limit(said(own)) == 3);
    CHECK(
        explained(one_other, said(own)) ==
        "more than 3 needs 1 other person, and 0 approved (not counting ann, whose removal it is)");
}

TEST_CASE("approvals: blanks are nobody, however often") {
    const request blanks{.actor = "ann", .approvers = {" ", " ", "bob"}};
    CHECK(one_other.limit(said(blanks)) == everything);
    CHECK(two_others.limit(said(blanks)) == 3);
    CHECK(explained(two_others, said(blanks)) ==
          "more than 3 needs 2 other people, and 1 approved");
    const request nobody{.actor = "\t ", .approvers = {"bob", "eve"}};
    CHECK(two_others.limit(said(nobody)) == 3);
    CHECK(one_other.limit(said(nobody)) == 3);
    const std::string too_long(64, 'b');
    const request cut{.actor = "ann", .approvers = {std::string_view(too_long)}};
    CHECK(one_other.limit(said(cut)) == 3);
    CHECK(
        explained(two_others, said(nobody)) ==
        "more than 3 needs 2 other people; say whose removal it is, before others can approve it");
}

TEST_CASE("approvals: the same person counts once, however the name is written") {
    const request twice{.actor = "ann", .approvers = {"bob", " BOB"}};
    CHECK(one_other.limit(said(twice)) == everything);
    CHECK(two_others.limit(said(twice)) == 3);
    CHECK(explained(two_others, said(twice)) ==
          "more than 3 needs 2 other people, and 1 approved ( BOB counts once)");
}
