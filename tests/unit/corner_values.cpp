// SPDX-License-Identifier: BSL-1.0
// Values at the ends of what they hold, and texts that are not what they seem to be.
#include <shearpin/id.hpp>
#include <shearpin/policy_text.hpp>
#include <shearpin/ramp.hpp>
#include <shearpin/shearpin.hpp>
#include <shearpin/waves.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <chrono>
#include <cstdint>
#include <ratio>
#include <string>

using namespace shearpin::literals;
using nlohmann::json;
using shearpin::duration, shearpin::fraction;

namespace {

constexpr auto hundred = [] { return shearpin::pool{100, 100}; };
constexpr auto batch_5 = shearpin::policy{shearpin::max_batch(5)};

/// What the observer's line says of the actor.
std::string actor_told(const std::string& actor) {
    std::string line;
    auto remove = shearpin::guard<batch_5>([](unsigned) {}, hundred)
                      .with_observer([&](const shearpin::event& what) { line = what.to_json(); });
    remove.asking({.actor = actor})(1U);
    return json::parse(line)["actor"].get<std::string>();  // throws where it is no UTF-8
}

}  // namespace

TEST_CASE("text that is no UTF-8 is told as JSON that is, byte by byte") {
    const std::string no = "\xef\xbf\xbd";
    for (const char* const right :
         {"\xc2\x80", "\xdf\xbf", "\xe0\xa0\x80", "\xe1\x80\x80", "\xed\x9f\xbf", "\xef\xbf\xbf",
          "\xf0\x90\x80\x80", "\xf1\x80\x80\x80", "\xf4\x8f\xbf\xbf"})
        CHECK(actor_told(right) == right);
    struct wrong_text {
        const char* text;
        std::string told;
    };
    for (const wrong_text& each : {
             wrong_text{"a\x80", "a" + no},    // continues nothing
             wrong_text{"\xc1\x81", no + no},  // overlong
             wrong_text{"\xc2z", no + "z"},    // goes not on
             wrong_text{"\xe1\x80", no + no},  // ends
             wrong_text{"\xe1zz", no + "zz"},
             wrong_text{"\xe0\x9f\x80", no + no + no},  // overlong
             wrong_text{"\xed\xa0\x80", no + no + no},  // half of a pair
             wrong_text{"\xf1z", no + "z"},
             wrong_text{"\xf1\x80z", no + no + "z"},
             wrong_text{"\xf1\x80\x80z", no + no + no + "z"},
             wrong_text{"\xf1\x80z\x80", no + no + "z" + no},
             wrong_text{"\xf1z\x80\x80", no + "z" + no + no},
             wrong_text{"\xe1z\x80", no + "z" + no},
             wrong_text{"\xf0\x8f\x80\x80", no + no + no + no},  // overlong
             wrong_text{"\xf4\x90\x80\x80", no + no + no + no},  // above U+10FFFF
             wrong_text{"\xf5\x80\x80\x80", no + no + no + no},
         })
        CHECK(actor_told(each.text) == each.told);
}

TEST_CASE("the observer is told that a refusal is for now, and after how many whole seconds") {
    static constexpr auto calm = shearpin::policy{shearpin::cooldown(duration::seconds(10))};
    json refusal;
    shearpin::manual_clock clock;
    shearpin::ledger ledger{shearpin::memory_store{}};
    auto remove = shearpin::guard<calm>([](unsigned) {}, hundred)
                      .with_clock(clock)
                      .with_ledger(ledger, "rows")
                      .with_observer([&](const shearpin::event& what) {
                          const json read = json::parse(what.to_json());
                          if (read.contains("refusal")) refusal = read["refusal"];
                      });
    remove(1U);
    clock.advance(duration::nanoseconds(1));
    CHECK_FALSE(remove.try_call(1U).has_value());
    CHECK(refusal["kind"] == "refused_for_now");
    CHECK(refusal["retry_after_s"] == 10);
}

TEST_CASE("two names are one only where both fit") {
    using shearpin::spoken_word;
    const std::string longest(63, 'a');
    CHECK(spoken_word(longest) == spoken_word(longest));
    CHECK_FALSE(spoken_word(longest) == spoken_word("a"));
    CHECK_FALSE(spoken_word(longest + "a") == spoken_word(longest + "a"));
    CHECK_FALSE(spoken_word("") == spoken_word(longest + "a"));
    const spoken_word cut(longest + "b");
    const spoken_word same_text{shearpin::text_view(cut)};
    CHECK_FALSE(cut == same_text);
    CHECK_FALSE(same_text == cut);
}

TEST_CASE("a list of names that does not fit is not empty") {
    CHECK(shearpin::names{}.empty());
    CHECK_FALSE(shearpin::names{"ann"}.empty());
    CHECK_FALSE(shearpin::names{std::string(64, 'a')}.empty());
}

TEST_CASE("names of targets are told whole, as long as they and what is between them fit") {
    const auto told = [](std::size_t first, std::size_t second) {
        shearpin::detail::culprits all;
        all.add(std::string(first, 'a'), 0);
        all.add(std::string(second, 'b'), 1);
        return std::string(all.text());
    };
    const std::string of_20(20, 'a');
    CHECK(told(20, 24) == of_20 + ", " + std::string(24, 'b'));
    CHECK(told(20, 25) == of_20 + " and 1 more");
    CHECK(told(46, 1) == std::string(46, 'a') + " and 1 more");
}

TEST_CASE("a value that may be none is equal to what it is") {
    CHECK(shearpin::maybe<int>(3) == 3);
    CHECK_FALSE(shearpin::maybe<int>(3) == 4);
    CHECK_FALSE(shearpin::maybe<int>() == 0);
}

TEST_CASE("lengths of time in units that 64 bits hardly hold") {
    using shearpin::detail::in_nanoseconds;
    constexpr std::int64_t end = INT64_MAX;
    CHECK(duration(std::chrono::duration<std::int64_t, std::ratio<1'000'000'000'000>>(1)) ==
          duration::nanoseconds(end));
    CHECK(duration(std::chrono::duration<std::int64_t, std::ratio<1'000'000'000'000>>(-1)) <
          duration::nanoseconds(-end + 1));
    CHECK(duration(std::chrono::duration<std::int64_t, std::ratio<9'000'000'000>>(2)) ==
          duration::nanoseconds(end));
    // The whole parts fit and their rest does not, or only not their sum.
    CHECK(in_nanoseconds(2, 9'000'000'019, 3'000'000'000) > 0);
    CHECK(in_nanoseconds(end, 1, 1'000'000'000) == end);
}

TEST_CASE("policies of text that were read, and their mistakes as a range") {
    const auto read = shearpin::parse_policy("max_batch(5)");
    REQUIRE(bool(read));
    CHECK((*read).max_removable(shearpin::pool{9, 9}) == 5);
    const auto wrong = shearpin::parse_policy("max_bach(5), qorum()");
    REQUIRE_FALSE(bool(wrong));
    std::size_t number = 0;
    for (const auto& each : wrong.error()) number += each.line();
    CHECK(number == 2);
    CHECK_FALSE(wrong.error().may_be_more());
}

TEST_CASE("a pool's name that cannot be written is written so that nobody takes it for another") {
    static constexpr auto all = shearpin::policies{
        shearpin::for_pool("a\"b", shearpin::max_batch(5)),
        shearpin::for_pool("c\x01", shearpin::max_batch(6)),
        shearpin::for_pool("", shearpin::max_batch(7)),
    };
    CHECK(shearpin::to_string(all) ==
          "pool \"a?b\" {\n    max_batch(5)\n}\npool \"c?\" {\n    max_batch(6)\n}\npool \"\" {\n"
          "    max_batch(7)\n}\n");
}

TEST_CASE("limits that are read: what is no number of anything is none") {
    constexpr shearpin::count beyond = shearpin::count{1} << 63;
    CHECK_FALSE(shearpin::max_in_flight::from(beyond).has_value());
    CHECK(shearpin::max_in_flight::from(beyond - 1).has_value());
    const fraction most = 80_pct;
    CHECK_FALSE(shearpin::min_remaining::from(most, duration{}).has_value());
    CHECK_FALSE(shearpin::min_remaining::from(most, duration::hours(1), beyond).has_value());
    CHECK(shearpin::min_remaining::from(most, duration::hours(1), beyond - 1).has_value());
}

TEST_CASE("numbers of an id that its type cannot hold, and letters that no terminal shows") {
    using port = shearpin::id<"port", std::uint16_t>;
    CHECK(port::parse("65535")->number() == 65535);
    CHECK_FALSE(port::parse("65536").has_value());
    CHECK_FALSE(port::parse("-1").has_value());
    using host = shearpin::id<"host">;
    const auto held = host::parse("a");
    CHECK(*held == host("a"));
    const std::string why = host::parse("a\x7f").why().c_str();
    CHECK(why.find("(byte 127)") != std::string::npos);
}

TEST_CASE("who counts once is told of people who count at all") {
    static constexpr auto two = shearpin::policy{shearpin::approvals(2, shearpin::above(0))};
    const auto said_of = [](const shearpin::request& said) {
        const auto remove = shearpin::guard<two>([](unsigned) {}, hundred);
        return std::string(remove.asking(said).check(1U).why().message());
    };
    CHECK(said_of({.actor = "ann", .approvers = {"bob", "bob"}}).find("(bob counts once)") !=
          std::string::npos);
    CHECK(said_of({.actor = "ann", .approvers = {"ann", "ann"}}).find("counts once") ==
          std::string::npos);
    CHECK(said_of({.actor = "ann", .approvers = {"", ""}}).find("counts once") ==
          std::string::npos);
}

TEST_CASE("a step of a ramp that is no number of targets takes one") {
    using step = shearpin::ramp::step;
    CHECK(step(~shearpin::count{0}).of(100) == 1);
    CHECK(step(0U).of(100) == 1);
    CHECK(step(7U).of(100) == 7);
    CHECK(step(10_pct).of(100) == 10);
    CHECK(step(10_pct).of(5) == 1);
}
