// SPDX-License-Identifier: BSL-1.0
// How a text in code is read: how long it may be, and which of its mistakes the compiler is told.
#include <shearpin/policy_literal.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>

namespace {

namespace parts = shearpin::detail;
using shearpin::policy_mistake, shearpin::text_view;

/// The mistake that is told, and where it stands.
struct told {
    policy_mistake what;
    std::size_t at;
    friend constexpr bool operator==(const told&, const told&) = default;
};
template <class Read> constexpr told first_of() {
    const parts::text_mistake& first = Read::read.wrong.found[Read::read.wrong.first()];
    return {first.what, first.at};
}
template <shearpin::policy_text Text> constexpr told in_rules() {
    return first_of<parts::read_literal<Text>>();
}
template <shearpin::policy_text Text> constexpr told in_pools() {
    return first_of<parts::read_literals<Text>>();
}

// The first in the text, whenever it was found: that a pool stands there twice is known only when
// its rules were read.
static_assert(in_pools<"pool a {quorum()} pool a {quorun()}">() ==
              told{policy_mistake::this_pool_has_its_rules_already, 23});
static_assert(in_pools<"pool a {quorum()} pool a {quorun(), max_bach(5)}">() ==
              told{policy_mistake::this_pool_has_its_rules_already, 23});
static_assert(in_pools<"pool a {quorum()} pool a {quorum()} pool a {quorun()}">() ==
              told{policy_mistake::this_pool_has_its_rules_already, 23});
// Of two at one place the one that was found first.
static_assert(in_rules<"max_batch(5) max_batch(6)">() ==
              told{policy_mistake::rules_are_separated_by_a_comma_or_a_line_break, 13});
// Of more than twenty the last are not kept, and none that is not kept is the first.
using too_many = parts::read_literals<
    "pool a {xx,xx,xx,xx,xx,xx,xx,xx,xx,xx,xx,xx,xx,xx,xx,xx,xx,xx,xx,xx pool b {quorum()}">;
static_assert(too_many::read.wrong.number == 21);
static_assert(first_of<too_many>() == told{policy_mistake::there_is_no_such_rule, 8});
// There is room for the rules of a text that has more of them than signs between them.
static_assert(in_rules<"max_batch(5) max_targets(1) max_pools(1)">() ==
              told{policy_mistake::rules_are_separated_by_a_comma_or_a_line_break, 13});

/// What read_whole fills; few rules will do here.
struct contents {
    parts::bounded_list<parts::placed_rule, 4> rules{};
    parts::all_mistakes wrong{};
    [[nodiscard]] constexpr const auto& all() const noexcept { return rules; }
};
contents read(const std::string& text) {
    return parts::read_whole<contents>(text, [](contents& into, parts::text_cursor& from) {
        parts::read_rules_into(into.rules, from, true, false);
    });
}

}  // namespace

TEST_CASE("a text in code is as long as 65536 characters, and of a longer one nothing is read") {
    const std::string rule = "max_bach(5) #";
    const contents longest = read(rule + std::string(65536 - rule.size(), 'x'));
    REQUIRE(longest.wrong.number == 1);
    CHECK(longest.wrong.found[0].what == policy_mistake::there_is_no_such_rule);
    const contents too_long = read(rule + std::string(65537 - rule.size(), 'x'));
    REQUIRE(too_long.wrong.number == 1);
    CHECK(too_long.wrong.found[0].what == policy_mistake::the_text_is_too_long);
    CHECK(too_long.wrong.found[0].at == 0);
    CHECK(too_long.rules.size() == 0);
}

TEST_CASE("a text in code without a rule is a mistake, and one with rules is none") {
    const contents nothing = read("# no rule");
    REQUIRE(nothing.wrong.number == 1);
    CHECK(nothing.wrong.found[0].what == policy_mistake::there_is_no_rule_in_it);
    CHECK(nothing.wrong.found[0].at == 9);
    const contents two = read("max_batch(5), max_targets(3)");
    CHECK(two.wrong.number == 0);
    REQUIRE(two.rules.size() == 2);
    CHECK(two.rules[1].at == 14);
    CHECK(read("max_batch(1), max_targets(2), max_pools(3), quorum(), freeze()").rules.size() == 4);
}
