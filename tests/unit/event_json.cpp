// SPDX-License-Identifier: BSL-1.0
// What stands in the JSON of an event and what does not: fields of which there is nothing to say,
// seconds, pools. What is told when: people_events.cpp.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <string>

using namespace std::chrono_literals;
using nlohmann::json;
using shearpin::duration;

namespace {

constexpr auto batch_5 = shearpin::policy{shearpin::max_batch(5)};
constexpr auto hundred = [] { return shearpin::pool{100, 100}; };

json read(const shearpin::event& what) { return json::parse(what.to_json()); }

}  // namespace

TEST_CASE("an event of one's own, for the test of an observer") {
    shearpin::event made;
    CHECK(made.requested == 0);
    CHECK(made.amount_removed == 0);
    const json nothing = read(made);
    CHECK(nothing["event"] == "refused");
    for (const auto* key : {"time", "pool", "removed", "actor", "approvers", "reason", "expected",
                            "refusal", "override", "reservation", "trouble"})
        CHECK_FALSE(nothing.contains(key));
    const shearpin::request nobody;
    CHECK(nobody.expected.number() == 0);
    made.said = &nobody;
    for (const auto* key : {"actor", "approvers", "reason", "environment", "expected"})
        CHECK_FALSE(read(made).contains(key));
    const shearpin::request said{.approvers = {"bob"}};
    made.what = shearpin::event::kind::not_settled;
    made.said = &said;
    made.reservation = "17ab";
    made.trouble = "the disk is gone";
    const json told = read(made);
    CHECK(told["event"] == "not_settled");
    CHECK(told["approvers"] == json::array({"bob"}));
    CHECK(told["reservation"] == "17ab");
    CHECK(told["trouble"] == "the disk is gone");
}

TEST_CASE("how long to wait is told in seconds, rounded up") {
    const auto ending = shearpin::date(2026, 3, 1).begins();
    const auto closed = shearpin::window::read(ending - 24h, ending);
    REQUIRE(closed);
    const auto rules = shearpin::policy{shearpin::freeze(*closed)};
    shearpin::manual_clock clock;
    json told;
    auto remove = shearpin::guard(
                      rules, [](int) {}, hundred)
                      .named("index")
                      .with_clock(clock)
                      .with_observer([&](const shearpin::event& what) { told = read(what); });
    const auto seconds_before = [&](duration left) -> int {
        clock.set(ending - left);
        CHECK(!remove.check(1).admitted());
        return told["refusal"]["retry_after_s"];
    };
    CHECK(seconds_before(1ns) == 1);
    CHECK(seconds_before(1s) == 1);
    CHECK(seconds_before(1s + 1ns) == 2);
    CHECK(seconds_before(2s) == 2);
    CHECK(seconds_before(24h) == 86'400);
    CHECK(told["refusal"]["violations"][0]["pool"] == "index");
}

TEST_CASE("where nobody knows how long to wait, and of a guard without a name, nothing is told") {
    json told;
    auto remove = shearpin::guard<batch_5>([](int) {}, hundred)
                      .with_observer([&](const shearpin::event& what) { told = read(what); });
    CHECK(!remove.check(6).admitted());
    CHECK_FALSE(told["refusal"].contains("retry_after_s"));
    CHECK_FALSE(told["refusal"]["violations"][0].contains("pool"));
    CHECK_FALSE(told["refusal"]["violations"][0].contains("targets"));
}
