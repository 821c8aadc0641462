// SPDX-License-Identifier: BSL-1.0
#include <shearpin/threshold.hpp>

#include "support.hpp"

#include <string>

#include <doctest/doctest.h>

using namespace shearpin::literals;
using shearpin::at_least;
using shearpin::count;
using shearpin::detail::read_threshold;
using shearpin::detail::threshold;
using shearpin::detail::written_cap;
using shearpin::detail::written_floor;

struct a_rule;  // for whom the checks speak; its name only stands in their messages

namespace {

using rounding = threshold::rounding;

std::string spelled(const threshold& given, rounding safe_side) {
    return support::told([&](shearpin::writer& out) { given.spell(out, safe_side); });
}

}  // namespace

TEST_CASE("threshold: a number is itself for every pool") {
    constexpr threshold five = written_floor<a_rule>(5);
    static_assert(!five.is_share() && five.number() == 5);
    CHECK(five.of(0) == 5);
    CHECK(five.of(shearpin::largest_count) == 5);
    CHECK(written_floor<a_rule>(0).of(7) == 0);  // a floor of zero is fine
    CHECK(written_cap<a_rule>(1).of(7) == 1);
    CHECK(written_cap<a_rule>(9223372036854775807u).of(7) == shearpin::largest_count);
    CHECK(written_floor<a_rule>(std::int64_t{9223372036854775807}).of(7) ==
          shearpin::largest_count);
}

TEST_CASE("threshold: floors round up and caps round down") {
    CHECK(written_floor<a_rule>(50_pct).of(5) == 3);
    CHECK(written_cap<a_rule>(50_pct).of(5) == 2);
    CHECK(written_floor<a_rule>(round_down(50_pct)).of(5) == 2);
    CHECK(written_cap<a_rule>(round_up(50_pct)).of(5) == 3);
    CHECK(written_floor<a_rule>(50_pct).of(0) == 0);
    CHECK(written_cap<a_rule>(50_pct).of(1) == 0);  // zero is zero
    CHECK(written_cap<a_rule>(100_pct).of(shearpin::largest_count) == shearpin::largest_count);
}

TEST_CASE("threshold: a cap for small pools, by name") {
    constexpr threshold cap = written_cap<a_rule>(5_pct, at_least(2));
    CHECK(cap.of(0) == 2);
    CHECK(cap.of(39) == 2);
    CHECK(cap.of(40) == 2);
    CHECK(cap.of(59) == 2);
    CHECK(cap.of(60) == 3);
}

TEST_CASE("threshold: from data") {
    CHECK(*read_threshold(count{5}, rounding::down) == threshold::number(5));
    CHECK(read_threshold(count{0}, rounding::down)->of(10) == 0);  // zero is zero
    CHECK(read_threshold(shearpin::largest_count, rounding::up)->of(1) == shearpin::largest_count);
    CHECK_FALSE(read_threshold(shearpin::largest_count + 1, rounding::up));
    CHECK_FALSE(read_threshold(~count{0}, rounding::up));
    CHECK(read_threshold(50_pct, rounding::up)->of(5) == 3);
    CHECK(read_threshold(50_pct, rounding::down)->of(5) == 2);
}

TEST_CASE("threshold: spelled as it was written") {
    CHECK(spelled(written_cap<a_rule>(5), rounding::down) == "5");
    CHECK(spelled(written_floor<a_rule>(0), rounding::up) == "0");
    CHECK(spelled(written_floor<a_rule>(95_pct), rounding::up) == "95%");
    CHECK(spelled(written_cap<a_rule>(5_pct), rounding::down) == "5%");
    CHECK(spelled(written_cap<a_rule>(round_up(40_pct)), rounding::down) == "round_up(40%)");
    CHECK(spelled(written_floor<a_rule>(round_down(40_pct)), rounding::up) == "round_down(40%)");
    CHECK(spelled(written_cap<a_rule>(5_pct, at_least(1)), rounding::down) == "5%, at_least(1)");
    CHECK(spelled(written_cap<a_rule>(9223372036854775807u), rounding::down) ==
          "9223372036854775807");
}

TEST_CASE("threshold: equal when number, share, rounding and least are") {
    CHECK(written_cap<a_rule>(5) == written_cap<a_rule>(5u));
    CHECK(written_cap<a_rule>(5) != written_cap<a_rule>(6));
    CHECK(written_cap<a_rule>(50_pct) == written_cap<a_rule>(shearpin::fraction(1, 2)));
    CHECK(written_cap<a_rule>(50_pct) != written_cap<a_rule>(51_pct));
    CHECK(written_cap<a_rule>(50_pct) != written_cap<a_rule>(round_up(50_pct)));
    CHECK(written_cap<a_rule>(5_pct) != written_cap<a_rule>(5_pct, at_least(1)));
    CHECK(written_floor<a_rule>(0) != written_floor<a_rule>(0_pct));
    CHECK(threshold() == threshold::number(0));
}

TEST_CASE("threshold: a part reaches it where the part is as large as what it comes to") {
    for (const rounding direction : {rounding::up, rounding::down})
        for (const shearpin::count least : {0u, 1u, 3u})
            for (const shearpin::fraction share : {0_pct, 5_pct, 50_pct, 99_pct, 100_pct}) {
                const auto all = threshold::share(share, direction, least);
                for (shearpin::count size = 0; size != 45; ++size)
                    for (shearpin::count part = 0; part != 45; ++part)
                        REQUIRE(all.is_reached_by(part, size) == (part >= all.of(size)));
            }
}
