// SPDX-License-Identifier: BSL-1.0
// What is told of a policy that became another where the two hardly differ, and of the places and
// the sections of a text with several pools.
#include <shearpin/policy_text.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace shearpin::literals;
using shearpin::diff, shearpin::parse_policies, shearpin::policy;

namespace {

struct own_rule {
    static constexpr std::string_view name = "own_rule";
    constexpr shearpin::count limit(const shearpin::facts&) const { return 3; }
};

using for_one = decltype(policy{shearpin::max_batch(1)});
using for_some = decltype(shearpin::policies{shearpin::for_pool("a", shearpin::max_batch(1))});
using sizes = std::vector<shearpin::sized_pool>;
template <class Old, class New, class... Pools>
concept have_a_diff = requires(const Old& before, const New& after, const Pools&... pools) {
    diff(before, after, pools...);
};
static_assert(have_a_diff<for_one, for_one> && have_a_diff<for_some, for_some>);
static_assert(!have_a_diff<for_one, for_some> && !have_a_diff<for_some, for_one>);
static_assert(have_a_diff<for_some, for_some, sizes>);
static_assert(!have_a_diff<for_one, for_some, sizes> && !have_a_diff<for_some, for_one, sizes>);

}  // namespace

TEST_CASE("rules that are written in two ways and mean the same") {
    CHECK(diff(policy{shearpin::min_remaining(0)}, policy{shearpin::min_remaining(0_pct)}) ==
          "min_remaining(0) → min_remaining(0%): means the same\nBoth policies admit the same.\n");
}

TEST_CASE("a rule that could refuse nothing has become stricter, whatever else has changed in it") {
    CHECK(
        diff("approvals(2, above(9223372036854775807))"_policy, "approvals(1, above(5))"_policy) ==
        "approvals(2, above(9223372036854775807)) → approvals(1, above(5)): stricter\n"
        "The new policy is at least as strict as the old one.\n");
}

TEST_CASE("a rule of the user's own becomes no rule of the library's") {
    const std::string last =
        "The new policy is not proved to be at least as strict as the old one.\n";
    CHECK(diff(policy{own_rule{}}, policy{shearpin::max_batch(3)}) ==
          "gone: own_rule\nnew: max_batch(3)\n" + last);
    CHECK(diff(policy{shearpin::max_batch(3)}, policy{own_rule{}}) ==
          "gone: max_batch(3)\nnew: own_rule\n" + last);
    CHECK(diff(policy{own_rule{}}, policy{own_rule{}}) == "No rule has changed.\n");
    const policy liftable{shearpin::overridable(own_rule{})};
    CHECK(diff(liftable, liftable) == "No rule has changed.\n");
    CHECK(diff(policy{own_rule{}}, policy{shearpin::unlimited}) ==
          "gone: own_rule\nnew: unlimited\n"
          "The old policy is at least as strict: the new one is looser.\n");
    CHECK(diff(policy{shearpin::unlimited}, policy{own_rule{}}) ==
          "gone: unlimited\nnew: own_rule\n"
          "The new policy is at least as strict as the old one.\n");
}

TEST_CASE("a rule becomes the one that is most alike, and each is told once") {
    const auto changes = [](const auto& before, const auto& after) {
        const std::string all = diff(before, after);
        return all.substr(0, all.find("The "));
    };
    CHECK(changes("max_rate(20, 1h), max_rate(50, 1d)"_policy,
                  "max_rate(60, 1d), max_rate(10, 1h)"_policy) ==
          "max_rate(20, 1h) → max_rate(10, 1h): stricter\n"
          "max_rate(50, 1d) → max_rate(60, 1d): looser\n");
    CHECK(changes("max_batch(5)"_policy, "overridable(max_batch(9)), max_batch(4)"_policy) ==
          "max_batch(5) → max_batch(4): stricter\nnew: overridable(max_batch(9))\n");
    CHECK(changes("max_pools(5), max_pools(6)"_policy, "max_pools(7)"_policy) ==
          "max_pools(5) → max_pools(7): looser\ngone: max_pools(6)\n");
    CHECK(changes("max_pools(7)"_policy, "max_pools(5), max_pools(6)"_policy) ==
          "max_pools(7) → max_pools(5): stricter\nnew: max_pools(6)\n");
}

TEST_CASE("what no rule asks for has no floor") {
    CHECK(shearpin::numbers_of("max_batch(5)"_policy, 200) == shearpin::policy_numbers{5, 0});
    CHECK(shearpin::numbers_of("min_remaining(95%)"_policy, 200) ==
          shearpin::policy_numbers{10, 190});
}

TEST_CASE("where a rule of a pool stands, also one of every pool, and one that stands nowhere") {
    const auto read = parse_policies(
        "pool a { max_batch(5) }\nevery_pool { max_targets(9) }\nother_pools { quorum() }");
    REQUIRE(read.has_value());
    CHECK(read->place_of("a", 0)->line == 1);
    CHECK(read->place_of("a", 1)->line == 2);
    CHECK_FALSE(read->place_of("a", 2).has_value());
    CHECK(read->place_of("a", "max_targets(9)")->line == 2);
    CHECK_FALSE(read->place_of("a", "max_targets(8)").has_value());
    CHECK(read->place_of("b", "quorum()")->line == 3);
    CHECK(read->find("a") != nullptr);
    CHECK(read->find("b") == nullptr);
    const auto twice =
        parse_policies("pool a {\n freeze(mon 00:00, tue 00:00)\n freeze(mon 00:00, tue 00:00)\n}");
    CHECK(twice->place_of("a", "freeze(mon 00:00, tue 00:00)")->line == 2);
    const auto none = [](const auto&) { return false; };
    CHECK(shearpin::to_string(*read->rules_of("a", none)) == "unlimited");
    const auto alone = parse_policies("pool a { max_batch(5) }");
    REQUIRE(alone.has_value());
    CHECK_FALSE(alone->place_of("a", 1).has_value());
    CHECK_FALSE(alone->place_of("a", "max_targets(9)").has_value());
    CHECK_FALSE(alone->place_of("b", 0).has_value());
    CHECK_FALSE(alone->place_of("b", "max_batch(5)").has_value());
}

TEST_CASE("policies of several pools are the same where each section is") {
    const auto of = [](const std::string& text) { return parse_policies(text).value(); };
    const std::string a = "pool a {\n    max_batch(5)\n}\n";
    const std::string others = "other_pools {\n    quorum()\n}\n";
    const std::string every = "every_pool {\n    max_targets(9)\n}\n";
    CHECK(of(a) == of(a));
    CHECK(of(a + others + every) == of(a + others + every));
    CHECK_FALSE(of(a + others) == of(a));
    CHECK_FALSE(of(a) == of(a + others));
    CHECK_FALSE(of(a + every) == of(a));
    CHECK_FALSE(of(a) == of(a + every));
    CHECK_FALSE(of(a + others) == of(a + "other_pools { quorum(), max_batch(1) }"));
    CHECK_FALSE(of(a) == of("pool b { max_batch(5) }"));
    for (const std::string& text : {a, a + others, a + every, a + others + every})
        CHECK(shearpin::to_string(of(text)) == text);
}
