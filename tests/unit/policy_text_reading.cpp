// SPDX-License-Identifier: BSL-1.0
// What can be written, and that what is written is read as what it was.
#include <shearpin/policy_text.hpp>

#include <doctest/doctest.h>

#include "policy_text_testing.hpp"

#include <chrono>
#include <string>

using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::parse_policy, shearpin::policy, shearpin::to_string;

namespace {

/// How this text is written once it was read; what is wrong with it, where something is.
std::string again(const std::string& text) {
    const auto read = parse_policy(text);
    return read.has_value() ? to_string(read.value()) : "wrong: " + read.error().message();
}

}  // namespace

TEST_CASE("each form of each rule is written as it is read") {
    for (const char* const text : {
             "min_remaining(3)",
             "min_remaining(0)",
             "min_remaining(95%)",
             "min_remaining(99.999999%)",
             "min_remaining(2/3)",
             "min_remaining(round_down(95%))",
             "min_remaining(80%, of_peak(1d))",
             "min_remaining(80%, of_peak(1d), baseline(200))",
             "max_unavailable(2)",
             "max_unavailable(25%)",
             "max_unavailable(25%, at_least(1))",
             "max_unavailable(round_up(25%))",
             "quorum()",
             "quorum(membership::shrinks)",
             "max_batch(5)",
             "max_batch(9223372036854775807)",
             "max_batch(5%, at_least(1))",
             "max_batch(round_up(5%))",
             "max_targets(5)",
             "max_targets(1/4294967295)",
             "max_pools(1)",
             "max_rate(20, 1h)",
             "max_rate(5%, 1h30min)",
             "max_rate(5%, at_least(1), 1d)",
             "max_rate(round_up(5%), 1d2h3min4s5ms6us7ns)",
             "cooldown(5min)",
             "cooldown(106751d23h47min16s854ms775us807ns)",
             "max_in_flight(5)",
             "max_in_flight(5%, at_least(2))",
             "freeze()",
             "freeze(2026-12-20T00:00Z, 2027-01-04T08:00Z)",
             "freeze(2026-12-20T23:59:59.999999999Z, 2027-01-04T00:00:01Z)",
             "freeze(1677-09-21T00:12:43.145224193Z, 2262-04-11T23:47:16.854775807Z)",
             "freeze(fri 16:00, mon 08:00)",
             "freeze(mon 00:00:00.5, mon 00:00:01)",
             "fresh_within(30s)",
             "approvals(2, above(3))",
             "approvals(8, above(0))",
             "needs_expected()",
             "unlimited",
             "overridable(max_batch(5))",
             "overridable(min_remaining(80%, of_peak(1d), baseline(200)))",
             "overridable(freeze(fri 16:00, mon 08:00))",
             "overridable(unlimited)",
             "min_remaining(3), min_remaining(95%), max_batch(5), max_batch(5%)",
         }) {
        CAPTURE(text);
        CHECK(again(text) == text);
    }
}

TEST_CASE("another way to write it is read as the same, and written in the one way") {
    const auto written_as = [](const char* text, const char* expected) {
        CAPTURE(text);
        CHECK(again(text) == expected);
    };
    written_as("max_batch(005)", "max_batch(5)");
    written_as("min_remaining(95.0%)", "min_remaining(95%)");
    written_as("min_remaining(50/100)", "min_remaining(50%)");
    written_as("min_remaining(100%)", "min_remaining(100%)");
    written_as("min_remaining(0%)", "min_remaining(0%)");
    written_as("cooldown(90min)", "cooldown(1h30min)");
    written_as("cooldown(24h)", "cooldown(1d)");
    written_as("cooldown(1500ms)", "cooldown(1s500ms)");
    written_as("freeze(2026-12-20, 2027-01-04)", "freeze(2026-12-20T00:00Z, 2027-01-04T00:00Z)");
    written_as("freeze(2026-12-20T24:00Z, 2027-01-04)",
               "freeze(2026-12-21T00:00Z, 2027-01-04T00:00Z)");
    written_as("freeze(sun 24:00, mon 08:00)", "freeze(mon 00:00, mon 08:00)");
    written_as("quorum(membership::stays)", "quorum()");
    written_as(" max_batch ( 5% , at_least ( 1 ) ) ", "max_batch(5%, at_least(1))");
    written_as("max_batch(5),\nmax_targets(6)", "max_batch(5), max_targets(6)");
    written_as("max_batch(5)\n\n\nmax_targets(6)\n", "max_batch(5), max_targets(6)");
    written_as("max_batch(5)\r\nmax_targets(6)\r\n", "max_batch(5), max_targets(6)");
    written_as("max_batch(5), max_targets(6),", "max_batch(5), max_targets(6)");
    written_as("max_batch(5)\n, max_targets(6)", "max_batch(5), max_targets(6)");
    written_as("# why, when, who\nmax_batch(5)# no more\n#, and\nmax_targets(6)#",
               "max_batch(5), max_targets(6)");
    written_as("freeze(\n  fri 16:00,  # after tea\n  mon 08:00\n)",
               "freeze(fri 16:00, mon 08:00)");
    written_as("\xef\xbb\xbfmax_batch(5)", "max_batch(5)");
    written_as("\tmax_batch(5)\t", "max_batch(5)");
}

TEST_CASE("in a text zero is zero") {
    for (const char* const text : {"max_batch(0)", "max_batch(0%)", "max_targets(0)",
                                   "max_unavailable(0)", "max_unavailable(round_up(0%))"}) {
        CAPTURE(text);
        const auto read = parse_policy(text);
        REQUIRE(read.has_value());
        CHECK(read->max_removable(shearpin::pool{100, 100}) == 0);
        CHECK_FALSE(read->admits(shearpin::pool{100, 100}, 1));
        CHECK(again(text) == text);
    }
}

TEST_CASE("a policy in code is written in the same spelling") {
    CHECK(to_string(policy{shearpin::min_remaining(95_pct), shearpin::max_batch(5),
                           shearpin::max_rate(20, 1h)}) ==
          "min_remaining(95%), max_batch(5), max_rate(20, 1h)");
    CHECK(to_string(policy{shearpin::overridable(shearpin::max_batch(5_pct, shearpin::at_least(1))),
                           shearpin::freeze(shearpin::window::weekly(
                               shearpin::weekday::friday, 16h, shearpin::weekday::monday, 8h)),
                           shearpin::quorum(shearpin::membership::shrinks),
                           shearpin::approvals(2, shearpin::above(3))}) ==
          "overridable(max_batch(5%, at_least(1))), freeze(fri 16:00, mon 08:00), "
          "quorum(membership::shrinks), approvals(2, above(3))");
}

namespace {
struct half_at_once {
    static constexpr std::string_view name = "half_at_once";
    [[nodiscard]] constexpr shearpin::count limit(const shearpin::facts& known) const {
        return known.pool.available / 2;
    }
};
}  // namespace

TEST_CASE("a rule of one's own is written by its name, and not read") {
    CHECK(to_string(policy{shearpin::max_batch(5), half_at_once{}}) ==
          "max_batch(5), half_at_once");
    CHECK_FALSE(parse_policy("max_batch(5), half_at_once").has_value());
}

TEST_CASE("a policy that is long is written whole") {
    std::string text;
    for (int number = 1; number <= 256; ++number) {
        if (number != 1) text += ", ";
        text += "freeze(" + std::to_string(1700 + number) + "-01-01T00:00Z, " +
                std::to_string(1700 + number) + "-01-02T00:00Z)";
    }
    CHECK(again(text) == text);
}

TEST_CASE("what is written is read as the policy that it was: all kinds, at random") {
    policy_texts::any_rules random(20'261'124, shearpin::largest_count);
    for (int round = 0; round != 20'000; ++round) {
        const auto rules = random.any_policy(12);
        const auto made = policy_texts::made_of(rules);
        const std::string text = to_string(made);
        CAPTURE(text);
        const auto read = parse_policy(text);
        REQUIRE(read.has_value());
        REQUIRE(read.value() == made);
        REQUIRE(to_string(read.value()) == text);
    }
}

TEST_CASE("what is written fits where refusals write it") {
    policy_texts::any_rules random(7, shearpin::largest_count);
    std::size_t longest = 0;
    for (int round = 0; round != 20'000; ++round) {
        const auto rule = random.any_rule();
        shearpin::detail::visit_rule(rule, [&](const auto& made) {
            const auto size = support::spelled_rule(made).size();
            if (longest < size) longest = size;
        });
    }
    CHECK(longest > 96);
    CHECK(longest <= 127);  // violation::stated()
}
