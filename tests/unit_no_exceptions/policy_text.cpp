// SPDX-License-Identifier: BSL-1.0
// Policies as text where there are no exceptions: what is wrong is a value.
#include <shearpin/policy_text.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace shearpin::literals;

namespace {

constexpr auto baseline = "min_remaining(50%), max_batch(10)"_policy;

struct hosts {
    std::vector<std::string> pools{"index"};
    [[nodiscard]] const std::vector<std::string>& pools_of(const std::string&) const {
        return pools;
    }
    [[nodiscard]] bool contains(const std::string&) const { return true; }
    [[nodiscard]] shearpin::pool state(const std::string&) const { return {10, 10}; }
};

}  // namespace

TEST_CASE("policy text without exceptions: one that was read guards, and mistakes are told") {
    const auto read = shearpin::parse_policy("min_remaining(70%)\nmax_batch(8)");
    REQUIRE(read.has_value());
    auto remove = shearpin::guard(
        read.value(), [](unsigned) {}, [] { return shearpin::pool{.size = 10, .available = 10}; });
    CHECK(remove.try_call(3U).has_value());
    const auto refused = remove.try_call(4U);
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().violations()[0].stated() == "min_remaining(70%)");

    const auto wrong = shearpin::parse_policy("max_bach(5)\nmin_remaining(101%)");
    REQUIRE_FALSE(wrong.has_value());
    CHECK(wrong.error().in_file("a.policy") ==
          "a.policy:1:1: there is no rule \"max_bach\"; did you mean max_batch?\n"
          "a.policy:2:15: \"101%\" is more than all of it; a percentage is between 0% and 100%");
}

TEST_CASE("policy text without exceptions: several pools, compared and explained") {
    const auto read =
        shearpin::parse_policy_file("pool index { max_batch(2), min_remaining(60%) }");
    REQUIRE(read.has_value());
    auto remove = shearpin::guard(read.value(), [](const std::vector<std::string>&) {}, hosts{});
    CHECK(remove.try_call(std::vector<std::string>{"a", "b"}).has_value());
    CHECK_FALSE(remove.try_call(std::vector<std::string>{"a", "b", "c"}).has_value());

    const auto after =
        shearpin::parse_policy_file("pool index { max_batch(3), min_remaining(60%) }");
    REQUIRE(after.has_value());
    CHECK_FALSE(shearpin::at_least_as_strict(after.value(), read.value()));
    CHECK(shearpin::at_least_as_strict(*read->rules_of("index"), baseline));
    CHECK(diff(read.value(), after.value()) ==
          "pool index:\n"
          "  max_batch(2) → max_batch(3): looser\n"
          "  The old policy is at least as strict: the new one is looser.\n");
    CHECK(explain(read.value()) ==
          "pool index:\n"
          "  One call may remove at most 2.\n"
          "  After a removal, at least 60% of the pool's size (rounded up) must still serve.\n"
          "all other pools:\n"
          "  No policy is stated for them, so nothing of them may be removed.\n");
}
