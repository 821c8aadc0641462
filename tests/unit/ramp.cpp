// SPDX-License-Identifier: BSL-1.0
#include <shearpin/ramp.hpp>

#include <array>
#include <string>
#include <type_traits>
#include <vector>

#include <doctest/doctest.h>

using namespace shearpin::literals;
using shearpin::count;
using shearpin::ramp;
using step = shearpin::ramp::step;

namespace {

constexpr count no_limit = ~count{0};

/// What the first four waves of `all` may take at most.
std::vector<count> of(const ramp& steps, count all) {
    return {steps.most(0, all), steps.most(1, all), steps.most(2, all), steps.most(3, all)};
}
template <class Steps> std::string wrong(const Steps& steps) {
    CHECK(ramp::from(steps).has_value() == ramp::wrong_with(steps).empty());
    return ramp::wrong_with(steps);
}
constexpr bool is(const shearpin::maybe<step>& read, count of_200) {
    return read && read->of(200) == of_200;
}

static_assert(std::is_constructible_v<step, int> && !std::is_constructible_v<step, bool>);
static_assert(std::is_constructible_v<ramp, int, shearpin::fraction>);
static_assert(!std::is_constructible_v<ramp, const char*> && !std::is_constructible_v<ramp, bool>);
static_assert(std::is_constructible_v<ramp, int, int, int, int, int, int, int, int>);
static_assert(!std::is_constructible_v<ramp, int, int, int, int, int, int, int, int, int>);

}  // namespace

TEST_CASE("ramp: made of a list of steps, it is the one that is written with the same steps") {
    const std::vector<step> mixed{1, 10_pct, shearpin::fraction(1, 1)};
    REQUIRE(ramp::from(mixed));
    CHECK(of(*ramp::from(mixed), 200) == std::vector<count>{1, 20, 200, no_limit});
    CHECK(of(*ramp::from(mixed), 200) == of(ramp{1, 10_pct, 100_pct}, 200));
    CHECK(of(*ramp::from(mixed), 5) == std::vector<count>{1, 1, 5, no_limit});
    CHECK(of(*ramp::from(std::vector<int>{2, 7}), 9) ==
          std::vector<count>{2, 7, no_limit, no_limit});
    const shearpin::fraction shares[] = {1_pct, 50_pct};
    CHECK(of(*ramp::from(shares), 200) == std::vector<count>{2, 100, no_limit, no_limit});
    constexpr std::array<step, 2> known{1, 50_pct};
    static_assert(ramp::from(known)->most(1, 10) == 5);
}

TEST_CASE("ramp: as many steps as there is room for, and no more") {
    const std::vector<step> eight(ramp::room, 3);
    REQUIRE(ramp::from(eight));
    CHECK(ramp::from(eight)->most(7, 100) == 3);
    CHECK(ramp::from(eight)->most(8, 100) == no_limit);
    CHECK(ramp{shearpin::largest_count}.most(0, 100) == shearpin::largest_count);
    CHECK(ramp{-5}.most(0, 100) == 1);  // no wave is of none
    CHECK(wrong(eight).empty());
    CHECK(wrong(std::vector<step>(9, 3)) == "a ramp has at most 8 steps, and these are 9");
    CHECK(wrong(std::vector<step>(1000, 3)) == "a ramp has at most 8 steps, and these are 1000");
}

TEST_CASE("ramp: what is no list of steps makes none, and what is wrong is told") {
    CHECK(wrong(std::vector<step>{}) == "a ramp has at least one step; without any, leave it out");
    CHECK(wrong(std::vector<step>{1, 0, 0}) ==
          "step 2 of the ramp is 0; a wave takes at least one");
    CHECK(wrong(std::vector<step>{0_pct}) == "step 1 of the ramp is 0; a wave takes at least one");
    CHECK(wrong(std::vector<int>{1, 2, -5}) == "step 3 of the ramp is negative, or no amount");
    CHECK(wrong(std::vector<count>{shearpin::largest_count}).empty());
    CHECK(wrong(std::vector<count>{shearpin::largest_count + 1}) ==
          "step 1 of the ramp is negative, or no amount");
    CHECK(wrong(std::vector<count>{1, shearpin::largest_count + 1, no_limit}) ==
          "step 2 of the ramp is negative, or no amount");  // the first of several
    // The longest that can be said is not cut.
    std::vector<step> many(100'000, 1);
    many.emplace_back(0);
    CHECK(wrong(many) == "step 100001 of the ramp is 0; a wave takes at least one");
}

TEST_CASE("ramp: a step is read from text as it is written in code") {
    static_assert(is(step::parse("1"), 1));
    CHECK(is(step::parse("10%"), 20));
    CHECK(is(step::parse("100%"), 200));
    CHECK(is(step::parse("2/4"), 100));
    CHECK(is(step::parse("0.5%"), 1));
    CHECK(is(step::parse("007"), 7));
    CHECK(is(step::parse("9223372036854775807"), shearpin::largest_count));
    const std::vector<step> zeros{*step::parse("0%"), *step::parse("0")};
    CHECK(wrong(zeros) == "step 1 of the ramp is 0; a wave takes at least one");
}

TEST_CASE("ramp: text that is no step, or that could be meant as two, is none") {
    for (const char* const each : {"",
                                   " ",
                                   "%",
                                   "/",
                                   "-1",
                                   "+1",
                                   "1 ",
                                   " 1",
                                   "1,2",
                                   "all",
                                   "0.5",
                                   "1.0",
                                   "110%",
                                   "100.1%",
                                   "3/2",
                                   "1/0",
                                   "1'000",
                                   "10%%",
                                   "1e3",
                                   ":",
                                   "1:",
                                   "0x10",
                                   "9223372036854775808",
                                   "18446744073709551617",
                                   "99999999999999999999999",
                                   "99999999999999999999999%"})
        CHECK_MESSAGE(!step::parse(each), each);
}
