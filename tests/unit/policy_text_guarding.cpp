// SPDX-License-Identifier: BSL-1.0
// Guards with policies that were read when the program ran.
#include <shearpin/any_guard.hpp>
#include <shearpin/policy_text.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "support.hpp"

using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::count, shearpin::parse_policies, shearpin::parse_policy, shearpin::pool;

namespace {

shearpin::read_policy read(const std::string& text) {
    const auto found = parse_policy(text);
    REQUIRE(found.has_value());
    return found.value();
}

constexpr auto ten = [] { return pool{10, 10}; };
constexpr auto remove_some = [](count number) { return number; };
const auto at = shearpin::place::here("tool.cpp", 12, "drop_rows");

/// What was broken: "rule" or "pool:rule".
std::vector<std::string> broken(const shearpin::decision& decision) {
    std::vector<std::string> found;
    if (!decision.admitted())
        for (const auto& each : decision.why().violations())
            found.push_back((each.pool().empty() ? "" : std::string(each.pool()) + ":") +
                            std::string(each.rule()));
    return found;
}
using names = std::vector<std::string>;

std::string why(const shearpin::decision& decision) {
    REQUIRE_FALSE(decision.admitted());
    return support::described(decision.why().violations()[0]);
}

}  // namespace

TEST_CASE("a guard with a policy that was read removes what it admits, and refuses the rest") {
    auto remove = shearpin::guard(read("min_remaining(60%)\nmax_batch(3)"), remove_some, ten);
    CHECK(remove(3U) == 3);
    CHECK(broken(remove.check(4U)) == names{"max_batch"});
    CHECK(broken(remove.check(5U)) == names{"min_remaining", "max_batch"});
    CHECK(broken(remove.check(0U)) == names{"empty_selection"});
    CHECK_THROWS_AS(remove(4U), shearpin::removal_refused);
    const auto refused = remove.try_call_from(at, 4U);
    REQUIRE_FALSE(refused.has_value());
    CHECK(std::string(refused.error().message()) ==
          "removal refused, nothing was removed: asked for 4, 3 may go now\n"
          "  - max_batch(3): one call may take 3; asked 4\n"
          "  waiting will not help; the request itself must change\n"
          "  called at tool.cpp:12 in drop_rows");
}

TEST_CASE("the guard keeps the policy, and one that was moved from admits nothing") {
    auto policy = read("max_batch(3)");
    auto remove = shearpin::guard(policy, remove_some, ten);
    const auto moved = std::move(policy);
    CHECK(remove(3U) == 3);
    CHECK(moved.max_removable(pool{10, 10}) == 3);
    // NOLINTNEXTLINE(bugprone-use-after-move)
    CHECK(policy.max_removable(pool{10, 10}) == 0);
    CHECK_FALSE(policy.admits(pool{10, 10}, 1));
    auto none = shearpin::guard(policy, remove_some, ten);
    CHECK(broken(none.check(1U)) == names{"freeze"});
}

TEST_CASE("a rule that needs a ledger, at a guard without one: it allows nothing, and says why") {
    for (const auto& each : std::map<std::string, std::string>{
             {"max_rate(20, 1h)",
              "max_rate(20, 1h): what was removed before is not known; give the guard a ledger; "
              "asked 1"},
             {"cooldown(5min)",
              "cooldown(5min): when something was last removed is not known; give the guard a "
              "ledger"},
             {"max_in_flight(5)",
              "max_in_flight(5): what others are removing is not known; give the guard a ledger; "
              "asked 1"},
             {"min_remaining(50%, of_peak(1d))",
              "min_remaining(50%, of_peak(1d)): the pool's largest size is not known; give the "
              "guard a ledger; asked 1"},
             {"freeze(fri 16:00, mon 08:00)",
              "freeze(fri 16:00, mon 08:00): the time is not known; give the guard a clock that "
              "knows it"},
             {"fresh_within(5min)",
              "fresh_within(5min): the observation says no time; look again"}}) {
        // Not a structured binding, which clang 14 does not let a lambda refer to.
        const std::string& text = each.first;
        const std::string& reason = each.second;
        CAPTURE(text);
        auto remove = shearpin::guard(read("max_batch(3)\n" + text), remove_some, ten);
        CHECK(why(remove.check(1U)) == reason);
        CHECK_THROWS_AS(remove(1U), shearpin::removal_refused);
        auto lifted = shearpin::guard(read("overridable(" + text + ")"), remove_some, ten);
        CHECK_FALSE(lifted.check(1U).admitted());
    }
    auto dated = shearpin::guard(read("fresh_within(5min)"), remove_some, [] {
        return shearpin::observation{{10, 10}, shearpin::time_point::since_epoch(1h), true};
    });
    CHECK(why(dated.check(1U)) ==
          "fresh_within(5min): the time is not known; give the guard a clock that knows it");
}

TEST_CASE("a policy that was read, with a ledger and a clock") {
    shearpin::manual_clock clock;
    shearpin::ledger<shearpin::memory_store> record{shearpin::memory_store{}};
    count there = 1000;
    auto remove = shearpin::guard(
                      read("max_rate(20, 1h), cooldown(5min), min_remaining(98%, of_peak(1d), "
                           "baseline(1000))"),
                      [&](count number) { there -= number; }, [&] { return pool{there, there}; })
                      .with_ledger(record, "rows")
                      .with_clock(clock);
    remove(10U);
    CHECK(broken(remove.check(1U)) == names{"rows:cooldown"});
    clock.advance(5min);
    CHECK(broken(remove.check(11U)) == names{"rows:max_rate", "rows:min_remaining"});
    remove(10U);
    clock.advance(59min);
    CHECK(broken(remove.check(1U)) ==
          names{"rows:min_remaining"});  // the size has shrunk, the peak not
    clock.advance(24h);
    CHECK(remove.check(19U).admitted());
    CHECK(broken(remove.check(20U)) == names{"rows:min_remaining"});
}

TEST_CASE("overrides, approvals and expectations reach a policy that was read") {
    shearpin::manual_clock clock;
    auto remove =
        shearpin::guard(read("overridable(max_batch(3)), approvals(1, above(2))"), remove_some, ten)
            .with_clock(clock);
    CHECK(broken(remove.check(3U)) == names{"approvals"});
    CHECK(remove.asking({.actor = "ann", .approvers = {"bob"}})(3U) == 3);
    const auto lift = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 5, .until = clock.now() + 1h, .reason = "CHG-17"});
    CHECK(remove.asking({.actor = "ann", .approvers = {"bob"}}).overriding(lift)(5U) == 5);
    CHECK(lift.spent());
    CHECK_FALSE(remove.asking({.actor = "ann", .approvers = {"bob"}})
                    .overriding(lift)
                    .check(5U)
                    .admitted());
    auto hard = shearpin::guard(read("max_batch(3)"), remove_some, ten).with_clock(clock);
    const auto again = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 5, .until = clock.now() + 1h, .reason = "CHG-18"});
    CHECK_FALSE(hard.asking({.actor = "ann"}).overriding(again).check(5U).admitted());
    auto asked = shearpin::guard(read("needs_expected()"), remove_some, ten);
    CHECK(broken(asked.check(2U)) == names{"needs_expected"});
    CHECK(asked.asking({.expected = 2U, .actor = "ann"}).check(2U).admitted());
}

TEST_CASE("a guard with a policy that was read has a type that can be named") {
    shearpin::any_guard<count(count)> remove =
        shearpin::guard(read("max_batch(3)"), remove_some, ten);
    CHECK(remove(3U) == 3);
    CHECK(broken(remove.check(4U)) == names{"max_batch"});
}

namespace {

using hosts = std::vector<std::string>;

struct fleet {
    std::map<std::string, std::vector<std::string>, std::less<>> serves;
    std::map<std::string, pool, std::less<>> pools;
    [[nodiscard]] const std::vector<std::string>& pools_of(const std::string& host) const {
        return serves.at(host);
    }
    [[nodiscard]] bool contains(const std::string& host) const { return serves.count(host) != 0; }
    [[nodiscard]] pool state(const std::string& name) const { return pools.at(name); }
};

const fleet three_pools = {{{"h1", {"index"}},
                            {"h2", {"index", "north east"}},
                            {"h3", {"north east"}},
                            {"h4", {"logs"}},
                            {"h5", {"logs"}}},
                           {{"index", {10, 10}}, {"north east", {10, 10}}, {"logs", {10, 10}}}};

shearpin::read_policies read_pools(const std::string& text) {
    const auto found = parse_policies(text);
    if (!found.has_value()) FAIL(found.error().message());
    return found.value();
}

}  // namespace

TEST_CASE("the policies of several pools that were read") {
    const auto policies = read_pools(R"(
# of the billing incident
pool index { min_remaining(9) }
pool "north east" { max_batch(1), min_remaining(50%) }
other_pools { max_batch(1) }
)");
    auto remove =
        shearpin::guard(policies, [](const hosts& which) { return which.size(); }, three_pools);
    CHECK(remove(hosts{"h1", "h3", "h4"}) == 3);
    CHECK(broken(remove.check(hosts{"h1", "h2"})) == names{"index:min_remaining"});
    CHECK(broken(remove.check(hosts{"h2", "h3"})) == names{"north east:max_batch"});
    CHECK(broken(remove.check(hosts{"h4", "h5"})) == names{"logs:max_batch"});
    const auto capped = read_pools("every_pool { max_pools(1) } other_pools { max_batch(1) }");
    auto one = shearpin::guard(capped, [](const hosts&) {}, three_pools);
    CHECK(one.check(hosts{"h1"}).admitted());
    CHECK(broken(one.check(hosts{"h2"})) == names{"max_pools"});
}

TEST_CASE("a pool that no policy that was read speaks of is refused") {
    auto remove = shearpin::guard(
        read_pools("pool index { max_batch(5) }\nevery_pool { max_pools(2) }"), [](const hosts&) {},
        three_pools);
    CHECK(remove.check(hosts{"h1"}).admitted());
    CHECK(broken(remove.check(hosts{"h4"})) == names{"logs:no_policy"});
    CHECK(broken(remove.check(hosts{"h2"})) == names{"north east:no_policy"});
}

TEST_CASE("one policy that was read, for every pool alike") {
    auto remove = shearpin::guard(read("max_batch(1)"), [](const hosts&) {}, three_pools);
    CHECK(remove.check(hosts{"h1", "h3", "h4"}).admitted());
    CHECK(broken(remove.check(hosts{"h4", "h5"})) == names{"logs:max_batch"});
}

TEST_CASE("the policies of pools are written as they are read, ordered by name") {
    const std::string text =
        "pool \"a pool\" {\n    quorum()\n}\n"
        "pool index {\n    min_remaining(95%)\n    max_batch(5%, at_least(1))\n}\n"
        "pool z/1:8080 {\n    unlimited\n}\n"
        "other_pools {\n    max_batch(1)\n}\n"
        "every_pool {\n    max_pools(1)\n}\n";
    CHECK(to_string(read_pools(text)) == text);
    CHECK(read_pools(to_string(read_pools(text))) == read_pools(text));
    CHECK(read_pools("pool b{max_batch(1)}pool a{max_batch(2)}") ==
          read_pools("pool a { max_batch(2) }, pool b { max_batch(1) },"));
    CHECK_FALSE(read_pools("pool a{max_batch(1)}") == read_pools("pool a{max_batch(2)}"));
    CHECK_FALSE(read_pools("pool a{max_batch(1)}") == read_pools("pool b{max_batch(1)}"));
    CHECK_FALSE(read_pools("pool a{max_batch(1)}") ==
                read_pools("pool a{max_batch(1)} other_pools{max_batch(1)}"));
    CHECK(read_pools("pool pool { quorum() } pool other_pools { quorum() }").pools().size() == 2);
}

TEST_CASE("what is wrong with a text of several pools") {
    const auto wrong = [](const char* text) {
        const auto found = parse_policies(text);
        return found.has_value() ? std::string("nothing") : found.error().in_file("f");
    };
    CHECK(wrong("") ==
          "f:1:1: there is no rule here, and no rules are no policy; to allow everything write "
          "unlimited");
    CHECK(wrong("pool a { }") ==
          "f:1:10: there is no rule here, and no rules are no policy; to allow everything write "
          "unlimited");
    CHECK(wrong("max_batch(5)") ==
          "f:1:1: \"max_batch\" stands outside of a pool; write pool NAME { ... }, other_pools { "
          "... } or every_pool { ... }");
    CHECK(wrong("polo a { max_batch(5) }").find("; did you mean pool?") != std::string::npos);
    CHECK(wrong("others { max_batch(5) }").find("; did you mean other_pools?") !=
          std::string::npos);
    CHECK(wrong("pool { max_batch(5) }") ==
          "f:1:6: expected the name of a pool, such as index or \"north east\", and found \"{\"");
    CHECK(wrong("pool \"a { max_batch(5) }\n") ==
          "f:1:25: expected \" at the end of the pool's name, in the same line, and found "
          "nothing");
    CHECK(wrong("pool a\x06 { max_batch(5) }") ==
          "f:1:6: expected the name of a pool, such as index or \"north east\", and found "
          "\"a\\x06\"");
    CHECK(wrong("pool a max_batch(5)") ==
          "f:1:7: expected { and the pool's rules, and found \"max_batch\"");
    CHECK(wrong("pool a { max_batch(5)\npool b { quorum() }") ==
          "f:2:1: expected } after the rules of the pool, and found \"pool\"");
    CHECK(wrong("pool a { max_batch(5) }\npool a { max_batch(6) }") ==
          "f:2:6: the pool \"a\" has its rules already, in line 1");
    CHECK(wrong("other_pools { quorum() } other_pools { quorum() }") ==
          "f:1:26: the pool \"other_pools\" has its rules already, in line 1");
    CHECK(wrong("pool a { max_bach(5) }\n\npool b { max_batch(101%), cooldown(0s) }") ==
          "f:1:10: there is no rule \"max_bach\"; did you mean max_batch?\n"
          "f:3:20: \"101%\" is more than all of it; a percentage is between 0% and 100%\n"
          "f:3:36: \"0s\": a length of time is longer than zero, and at most 292 years");
    CHECK(wrong("pool a { max_batch(5) } }") ==
          "f:1:25: expected pool NAME {, other_pools { or every_pool {, and found \"}\"");
    CHECK(wrong("pool a { max_batch(5), max_batch(6) } pool b { max_batch(5) }") ==
          "f:1:24: max_batch stands already in line 1; which of the two is meant?");
    std::string many;
    for (int number = 0; number != 1025; ++number)
        many += "pool p" + std::to_string(number) + " {max_batch(1)}\n";
    CHECK(wrong(many.c_str()) ==
          "f:1025:1: there are more than 256 rules, or more than 1024 pools; what follows was not "
          "read");
}
