// SPDX-License-Identifier: BSL-1.0
// Policies of several pools, compared, explained, and read from a file that may also have one.
#include <shearpin/policy_text.hpp>

#include <doctest/doctest.h>

#include "policy_text_testing.hpp"

#include <optional>
#include <string>
#include <type_traits>
#include <vector>

using namespace shearpin::literals;
using shearpin::at_least_as_strict, shearpin::parse_policy_file, shearpin::to_string;

namespace {

shearpin::read_policies read(const std::string& text) {
    const auto found = parse_policy_file(text);
    REQUIRE_MESSAGE(found.has_value(), found.error().message());
    return found.value();
}
std::string changed(const std::string& before, const std::string& after) {
    return diff(read(before), read(after));
}
std::string place(const shearpin::read_policies& all, const char* pool, const char* rule) {
    const std::optional<shearpin::text_place> found = all.place_of(pool, rule);
    return found ? std::to_string(found->line) + ":" + std::to_string(found->column) : "none";
}

using for_one = decltype(shearpin::policy{shearpin::max_batch(1)});
using for_some = decltype(shearpin::policies{shearpin::for_pool("a", shearpin::max_batch(1))});
template <class Left, class Right>
concept can_be_compared =
    requires(const Left& left, const Right& right) { at_least_as_strict(left, right); };
template <class Left, class Right>
concept can_be_equivalent =
    requires(const Left& left, const Right& right) { equivalent(left, right); };
static_assert(can_be_compared<for_some, shearpin::read_policies>);
static_assert(!can_be_compared<for_one, for_some> && !can_be_compared<for_some, for_one>);
static_assert(can_be_equivalent<for_some, shearpin::read_policies>);
static_assert(!can_be_equivalent<for_one, for_some> && !can_be_equivalent<for_some, for_one>);

}  // namespace

TEST_CASE("a file has the policies of pools, or one that is for whatever pool") {
    CHECK(to_string(read("# of all\nmax_batch(5)\nquorum()")) ==
          "other_pools {\n    max_batch(5)\n    quorum()\n}\n");
    CHECK(read("max_batch(5)") == read("other_pools { max_batch(5) }"));
    CHECK(read("# first\n\npool index { max_batch(5) }").find("index") != nullptr);
    CHECK(parse_policy_file("").error().message() ==
          "line 1, column 1: there is no rule here, and no rules are no policy; to allow "
          "everything write unlimited");
    CHECK(parse_policy_file("max_batch(5)\npool index { quorum() }").error().size() == 1);
    CHECK(parse_policy_file("max_batch(5) # { is no pool").has_value());
    CHECK(
        parse_policy_file("pol index { quorum() }").error().message() ==
        "line 1, column 1: \"pol\" stands outside of a pool; write pool NAME { ... }, other_pools "
        "{ ... } or every_pool { ... }; did you mean pool?");
    CHECK(parse_policy_file("max_bach(5)").error().message() ==
          "line 1, column 1: there is no rule \"max_bach\"; did you mean max_batch?");
    CHECK(parse_policy_file(std::string(65537, ' ')).error().message() ==
          "line 1, column 1: the text is longer than 65536 characters, so it was not read");
}

TEST_CASE("what holds for a pool are its own rules, and then those of every pool") {
    const auto all = read(
        "pool a { max_batch(5) }\nother_pools { quorum() }\nevery_pool { max_pools(1), "
        "cooldown(5min) }");
    CHECK(to_string(*all.rules_of("a")) == "max_batch(5), max_pools(1), cooldown(5min)");
    CHECK(to_string(*all.rules_of("b")) == "quorum(), max_pools(1), cooldown(5min)");
    CHECK_FALSE(read("pool a { quorum() } every_pool { max_pools(1) }").rules_of("b").has_value());
    const auto of_one_pool = []<class Rule>(const Rule&) {
        return !std::is_same_v<Rule, shearpin::max_pools>;
    };
    CHECK(to_string(*all.rules_of("a", of_one_pool)) == "max_batch(5), cooldown(5min)");
    CHECK(to_string(*read("max_pools(1)").rules_of("a", of_one_pool)) == "unlimited");
}

TEST_CASE("where a rule stands that holds for a pool") {
    const auto all = read(
        "pool zebra {\n  max_batch(5), cooldown( 300s )\n}\npool ant { quorum() }\n"
        "every_pool {\n  max_pools(1), max_batch(5)\n}\nother_pools { unlimited }");
    CHECK(place(all, "zebra", "max_batch(5)") == "2:3");
    CHECK(place(all, "zebra", "cooldown(5min)") == "2:17");
    CHECK(place(all, "ant", "quorum()") == "4:12");
    CHECK(place(all, "ant", "max_batch(5)") == "6:17");
    CHECK(place(all, "ant", "max_pools(1)") == "6:3");
    CHECK(place(all, "bee", "unlimited") == "8:15");
    CHECK(place(all, "ant", "cooldown(5min)") == "none");
    CHECK(place(read("pool a { quorum() }"), "b", "quorum()") == "none");
    CHECK(place(read("pool a { quorum() }"), "a", "quorum()") == "1:10");
    CHECK(place(read("\n pool a { quorum() }"), "a", "quorum()") == "2:11");
    // By their numbers among all that hold for the pool, its own first.
    CHECK(all.place_of("ant", std::size_t{0}) == shearpin::text_place{4, 12});
    CHECK(all.place_of("ant", std::size_t{2}) == shearpin::text_place{6, 17});
    CHECK_FALSE(all.place_of("ant", std::size_t{3}).has_value());
}

TEST_CASE("policies of pools are stricter where they are for each pool") {
    const auto stricter = [](const char* one, const char* than) {
        return at_least_as_strict(read(one), read(than));
    };
    CHECK(stricter("pool a { max_batch(5) }", "pool a { max_batch(8) }"));
    CHECK_FALSE(stricter("pool a { max_batch(8) }", "pool a { max_batch(5) }"));
    // What is not stated may not go, so to leave a pool out is stricter, and to add one is looser.
    CHECK(stricter("pool a { max_batch(5) }", "pool a { max_batch(5) } pool b { quorum() }"));
    CHECK_FALSE(stricter("pool a { max_batch(5) } pool b { quorum() }", "pool a { max_batch(5) }"));
    CHECK(stricter("pool a { max_batch(5) } pool b { freeze() }", "pool a { max_batch(5) }"));
    CHECK_FALSE(stricter("pool a { quorum() } other_pools { quorum() }", "pool a { quorum() }"));
    // A pool that is not named any more has the rules of other_pools.
    CHECK_FALSE(stricter("other_pools { max_batch(8) }",
                         "pool a { max_batch(5) } other_pools { max_batch(8) }"));
    CHECK(stricter("other_pools { max_batch(3) }",
                   "pool a { max_batch(5) } other_pools { max_batch(8) }"));
    // Rules of every pool count for each, wherever they stand.
    CHECK(stricter("pool a { quorum() } every_pool { max_batch(5) }",
                   "pool a { quorum(), max_batch(5) }"));
    CHECK(equivalent(read("pool a { quorum() } every_pool { max_batch(5) }"),
                     read("pool a { quorum(), max_batch(5) }")));
    for (const char* other : {"pool a { quorum(), max_batch(4) }", "pool a { quorum() }"}) {
        const auto five = read("pool a { quorum(), max_batch(5) }");
        CHECK_FALSE(equivalent(five, read(other)));
    }
    CHECK_FALSE(stricter("pool a { quorum() }", "pool a { quorum() } every_pool { max_pools(1) }"));
    // They alone speak of no pool.
    CHECK(stricter("every_pool { max_batch(5) }", "pool a { max_batch(1) }"));
    CHECK_FALSE(stricter("pool a { max_batch(1) }", "every_pool { max_batch(5) }"));
}

TEST_CASE("of a pool that was not spoken of, only what always refuses is as strict") {
    const auto before = read("pool a { quorum() }");
    for (const char* const always : {"freeze()", "max_batch(0)", "quorum(), freeze()",
                                     "freeze(mon 00:00, fri 00:00), freeze(thu 00:00, mon 00:00)"})
        CHECK(at_least_as_strict(read(std::string("pool a { quorum() } pool b { ") + always + " }"),
                                 before));
    // Where more serves than the size, something may go; and one that can be lifted does not hold.
    for (const char* const not_always :
         {"min_remaining(100%)", "overridable(freeze())", "approvals(8, above(0))"})
        CHECK_FALSE(at_least_as_strict(
            read(std::string("pool a { quorum() } pool b { ") + not_always + " }"), before));
}

TEST_CASE("what is proved about policies of pools holds, whatever the facts") {
    policy_texts::any_rules random(51, 5);
    policy_texts::any_facts world(52, 5);
    const auto any_pools = [&] {
        std::string text;
        for (const char* const section : {"pool a", "pool b", "other_pools", "every_pool"})
            if (random.up_to(2) != 0)
                text += std::string(section) + " { " +
                        to_string(policy_texts::made_of(random.any_policy(2))) + " }\n";
        return text.empty() ? read("pool a { freeze() }") : read(text);
    };
    const auto admits = [&](const shearpin::read_policies& all, const char* pool,
                            const shearpin::facts& known, const shearpin::amounts& asked) {
        bool every = true;
        const bool spoken_of = all.visit(std::string(pool), [&](const auto& rules) {
            every = every && rules.admits(known, asked);
        });
        return spoken_of && every;
    };
    std::size_t proved = 0;
    for (int round = 0; round != 40'000; ++round) {
        const auto strict = any_pools();
        const auto loose = any_pools();
        if (!at_least_as_strict(strict, loose)) continue;
        ++proved;
        for (int look = 0; look != 100; ++look) {
            const shearpin::facts& known = world.next();
            const shearpin::amounts asked = world.asked();
            if (asked.amount == 0) continue;
            for (const char* const pool : {"a", "b", "c"})
                if (admits(strict, pool, known, asked) && !admits(loose, pool, known, asked))
                    FAIL("admitted of ", pool, " by\n", to_string(strict), "and not by\n",
                         to_string(loose));
        }
    }
    CHECK(proved > 300);
}

TEST_CASE("the same as constants, and a read one against a constant") {
    constexpr auto baseline = "other_pools { max_batch(8) }"_policies;
    constexpr auto ours =
        "pool index { max_batch(5), quorum() } other_pools { max_batch(8) }"_policies;
    static_assert(at_least_as_strict(ours, baseline));
    static_assert(!at_least_as_strict(baseline, ours));
    static_assert(!equivalent(baseline, ours));
    CHECK(at_least_as_strict(read("max_batch(7)"), baseline));
    CHECK_FALSE(at_least_as_strict(read("max_batch(9)"), baseline));
    enum class pool { index, billing };
    static_assert(at_least_as_strict(
        shearpin::policies{shearpin::for_pool(pool::index, shearpin::max_batch(3))},
        shearpin::policies{shearpin::for_pool(pool::index, shearpin::max_batch(5)),
                           shearpin::for_pool(pool::billing, shearpin::quorum())}));
}

TEST_CASE("what has changed, pool by pool") {
    CHECK(changed("max_batch(5)", "other_pools { max_batch(5) }") ==
          "No rule of any pool has changed.\n");
    CHECK(changed("max_batch(5)", "max_batch(4)") ==
          "all pools:\n"
          "  max_batch(5) → max_batch(4): stricter\n"
          "  The new policy is at least as strict as the old one.\n");
    CHECK(changed("pool index { max_batch(5) } pool b { quorum() }",
                  "pool b { quorum() } pool index { max_batch(8) }") ==
          "pool index:\n"
          "  max_batch(5) → max_batch(8): looser\n"
          "  The old policy is at least as strict: the new one is looser.\n");
    CHECK(changed("pool a { quorum() }", "pool a { quorum() } pool \"b c\" { max_batch(1) }") ==
          "pool \"b c\":\n"
          "  new: max_batch(1)\n"
          "  The new policy is looser: before, none was stated, and nothing could go.\n");
    CHECK(changed("pool a { quorum() }", "pool a { quorum() } other_pools { freeze() }") ==
          "all other pools:\n"
          "  new: freeze()\n"
          "  Before, nothing could go, and now nothing can.\n");
    CHECK(changed("pool a { quorum() } pool b { quorum() }", "pool a { quorum() }") ==
          "pool b:\n"
          "  No policy is stated any more, so nothing may go: this is stricter.\n");
    CHECK(changed("pool b { max_batch(1) } pool a { max_batch(1) } other_pools { max_batch(1) }",
                  "pool b { max_batch(1) } pool a { max_batch(1) } other_pools { max_batch(1) } "
                  "every_pool { max_pools(1) }") ==
          "pool a, pool b, all other pools:\n"
          "  new: max_pools(1)\n"
          "  The new policy is at least as strict as the old one.\n");
    CHECK(changed("pool a { max_batch(1) } other_pools { max_batch(9) }",
                  "other_pools { max_batch(9) }") ==
          "pool a:\n"
          "  max_batch(1) → max_batch(9): looser\n"
          "  The old policy is at least as strict: the new one is looser.\n");
    constexpr auto before = "pool a { max_batch(1) }"_policies;
    CHECK(diff(before, read("pool a { max_batch(1) }")) == "No rule of any pool has changed.\n");
}

TEST_CASE("what has changed in numbers, of the pools for which it has") {
    const std::vector<shearpin::sized_pool> pools = {{"a", 200}, {"b", 10}, {"c", 30}};
    CHECK(diff(read("pool a { min_remaining(95%), max_batch(5) } pool b { quorum() }"),
               read("pool a { min_remaining(90%), max_batch(8) } other_pools { quorum() }"),
               pools) ==
          "pool a:\n"
          "  min_remaining(95%) → min_remaining(90%): looser\n"
          "  max_batch(5) → max_batch(8): looser\n"
          "  The old policy is at least as strict: the new one is looser.\n"
          "all other pools:\n"
          "  new: quorum()\n"
          "  The new policy is looser: before, none was stated, and nothing could go.\n"
          "a: largest batch 5 → 8, floor 190 → 180\n"
          "c: largest batch 0 → 14, floor 30 → 16\n");
    const std::vector<shearpin::sized_pool> strange = {{"a\nb\x1b[2J", 4}};
    CHECK(diff(read("max_batch(1)"), read("max_batch(2)"), strange).find("\na\\nb\\x1b[2J: ") !=
          std::string::npos);
    CHECK(diff("max_batch(1)"_policy, "max_batch(2)"_policy, strange).find("\na\\nb\\x1b[2J: ") !=
          std::string::npos);
    static_assert(shearpin::numbers_of("min_remaining(95%), max_batch(5)"_policy, 200) ==
                  shearpin::policy_numbers{5, 190});
}

TEST_CASE("policies of pools in plain sentences") {
    CHECK(explain(read("max_batch(5)")) == "all pools:\n  One call may remove at most 5.\n");
    CHECK(explain(read("pool b { max_batch(5) } pool \"a x\" { unlimited }\n"
                       "every_pool { max_batch(3) }")) ==
          "pool \"a x\":\n"
          "  There is no limit but what is always checked.\n"
          "  One call may remove at most 3.\n"
          "pool b:\n"
          "  One call may remove at most 5.\n"
          "  One call may remove at most 3.\n"
          "  Note: max_batch(5) never matters: max_batch(3) is always at least as strict.\n"
          "all other pools:\n"
          "  No policy is stated for them, so nothing of them may be removed.\n");
    CHECK(explain("pool a { freeze(mon 00:00, fri 00:00) } every_pool { freeze(thu 00:00, sun "
                  "24:00) } other_pools { quorum() }"_policies) ==
          "pool a:\n"
          "  Nothing may be removed in any week from mon 00:00 until fri 00:00 (UTC).\n"
          "  Nothing may be removed in any week from thu 00:00 until mon 00:00 (UTC).\n"
          "  Warning: under this policy nothing can ever be removed.\n"
          "all other pools:\n"
          "  More than half of the members must still serve.\n"
          "  Nothing may be removed in any week from thu 00:00 until mon 00:00 (UTC).\n");
}
