// SPDX-License-Identifier: BSL-1.0
#include <shearpin/fraction.hpp>

#include "oracle.hpp"
#include "support.hpp"

#include <random>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>

using namespace shearpin::literals;
using shearpin::count;
using shearpin::fraction;
using shearpin::maybe;
using support::spelled;

namespace {

constexpr count largest_denominator = 0xffff'ffff;

bool is(const maybe<fraction>& read, count over, count under) {
    return read && read->numerator() == over && read->denominator() == under;
}

/// Whether the fraction is reached exactly from `least` on.
bool reached_from(const fraction& made, count whole, count least) {
    return made.is_reached_by(least, whole) && made.is_reached_by(~count{0}, whole) &&
           (least == 0 || (!made.is_reached_by(least - 1, whole) && !made.is_reached_by(0, whole)));
}

/// Both roundings of over/under of `whole`, and what reaches it, against the oracle.
bool exact(count over, count under, count whole) {
    const auto made = fraction::from(over, under);
    const count ceiling = oracle::saturated(oracle::ceiling_of({over, under}, whole));
    return made && made->of_rounded_up(whole) == ceiling && reached_from(*made, whole, ceiling) &&
           made->of_rounded_down(whole) ==
               oracle::saturated(oracle::floor_of({over, under}, whole));
}

template <class Over, class Under>
concept can_be_read = requires(Over over, Under under) { fraction::from(over, under); };
static_assert(can_be_read<int, count>);
static_assert(!can_be_read<double, int> && !can_be_read<bool, int>);
static_assert(!can_be_read<int, double> && !can_be_read<int, bool>);

}  // namespace

TEST_CASE("fraction: in lowest terms") {
    static_assert(fraction(2, 4).numerator() == 1 && fraction(2, 4).denominator() == 2);
    static_assert(fraction(2, 4) == fraction(1, 2));
    static_assert(fraction(0, 9) == fraction() && fraction(0, 9).denominator() == 1);
    static_assert(fraction(9, 9) == fraction(1, 1));
    static_assert(fraction(1, 3) != fraction(1, 2));
    CHECK(is(fraction(), 0, 1));
    CHECK(is(fraction::from(95, 100), 19, 20));
    // What counts is the denominator in lowest terms.
    CHECK(is(fraction::from(shearpin::largest_count, shearpin::largest_count), 1, 1));
    CHECK(is(fraction::from(count{1} << 40, count{1} << 41), 1, 2));
}

TEST_CASE("fraction: from data, only between 0 and 1 and exact in 32 bits") {
    CHECK_FALSE(fraction::from(0, 0));
    CHECK_FALSE(fraction::from(1, 0));
    CHECK_FALSE(fraction::from(2, 1));
    CHECK_FALSE(fraction::from(4, 3));
    CHECK(is(fraction::from(3, 3), 1, 1));
    CHECK(is(fraction::from(0, 3), 0, 1));
    CHECK(is(fraction::from(1, largest_denominator), 1, largest_denominator));
    CHECK(is(fraction::from(largest_denominator - 1, largest_denominator), largest_denominator - 1,
             largest_denominator));
    CHECK_FALSE(fraction::from(1, largest_denominator + 1));
    CHECK_FALSE(fraction::from(1, ~count{0}));
    CHECK_FALSE(fraction::from(~count{0} - 1, ~count{0}));
}

TEST_CASE("fraction: neither a negative number nor a floating one becomes a fraction") {
    CHECK_FALSE(fraction::from(-1, -1));
    CHECK_FALSE(fraction::from(-1, 2));
    CHECK_FALSE(fraction::from(-2, -1));
    CHECK_FALSE(fraction::from(0, -1));
    CHECK_FALSE(fraction::from(-1, ~count{0}));  // which would be 1, were it read as unsigned
    // That fraction(0.5, 1) does not compile is tested in must_not_compile/fractions.fail.cpp.
    static_assert(std::is_constructible_v<fraction, int, unsigned long long>);
}

TEST_CASE("fraction: percentages written in code are exact") {
    static_assert(95_pct == fraction(19, 20));
    static_assert(99.9_pct == fraction(999, 1000));
    static_assert(99.99_pct == fraction(9999, 10000));
    static_assert(0_pct == fraction(0, 1));
    static_assert(100_pct == fraction(1, 1) && 100.0_pct == fraction(1, 1));
    static_assert(0.1_pct == fraction(1, 1000) && .1_pct == fraction(1, 1000));
    static_assert(5._pct == fraction(1, 20));
    static_assert(0.000001_pct == fraction(1, 100'000'000));
    static_assert(1'0_pct == 10_pct);
    CHECK(shearpin::detail::read_decimal("1'0").digits == 10);
    static_assert(33.3_pct < fraction(1, 3));
    CHECK((7_pct).of_rounded_up(100) == 7);      // binary floating point says 8
    CHECK((29_pct).of_rounded_down(100) == 29);  // and here 28
}

TEST_CASE("fraction: read from text") {
    CHECK(is(fraction::parse("95%"), 19, 20));
    CHECK(is(fraction::parse("99.9%"), 999, 1000));
    CHECK(is(fraction::parse("0%"), 0, 1));
    CHECK(is(fraction::parse("100%"), 1, 1));
    CHECK(is(fraction::parse("100.000%"), 1, 1));
    CHECK(is(fraction::parse("0.66"), 33, 50));
    CHECK(is(fraction::parse(".5"), 1, 2));
    CHECK(is(fraction::parse("1"), 1, 1));
    CHECK(is(fraction::parse("1.0"), 1, 1));
    CHECK(is(fraction::parse("0"), 0, 1));
    CHECK(is(fraction::parse("2/3"), 2, 3));
    CHECK(is(fraction::parse("4/6"), 2, 3));
    CHECK(is(fraction::parse("0/5"), 0, 1));
    CHECK(is(fraction::parse("1/4294967295"), 1, largest_denominator));
    CHECK(is(fraction::parse(std::string("12.5%")), 1, 8));
    // As many digits as there may be.
    CHECK(is(fraction::parse("9999999990/9999999990"), 1, 1));
    CHECK(is(fraction::parse("0.999999999"), 999'999'999, 1'000'000'000));
}

TEST_CASE("fraction: what is not a fraction is not read as one") {
    for (const char* written : {"",
                                "%",
                                ".",
                                ".%",
                                "/",
                                "1/",
                                "/2",
                                "1/2/3",
                                "1.5/2",
                                "1/2.5",
                                "1//2",
                                "0/0",
                                "1/0",
                                "3/2",
                                "1.1",
                                "2",
                                "101%",
                                "100.1%",
                                "-5%",
                                "+5%",
                                "-0",
                                "1e-1",
                                "5e1%",
                                "0x1",
                                "5 %",
                                " 5%",
                                "5% ",
                                "50%%",
                                "%50",
                                "1/2%",
                                "1..0",
                                "1.0.0",
                                "1'0%",
                                "nan",
                                "inf",
                                "half",
                                "0,5",
                                "5%\n",
                                "1/4294967296",
                                "1/18446744073709551617",
                                "18446744073709551617/18446744073709551617",
                                "0.12345678901",
                                "0.1000000000",             // ten decimals
                                "10000000000/10000000000",  // eleven digits
                                "0.1/2",
                                ":%",  // what stands behind 9
                                "0.0a",
                                "1/a",
                                "0.3333333333"}) {
        CAPTURE(written);
        CHECK_FALSE(fraction::parse(written).has_value());
    }
    CHECK_FALSE(fraction::parse(shearpin::text_view("5\0%", 3)).has_value());
    // When compiled, a look in front of the text is an error.
    static_assert(!fraction::parse("").has_value() && !fraction::parse("%").has_value());
    static_assert(!fraction::parse({}).has_value());
}

TEST_CASE("fraction: every percentage with one decimal is read exactly") {
    for (count tenths = 0; tenths <= 1000; ++tenths) {
        const std::string written =
            std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "%";
        CAPTURE(written);
        REQUIRE(fraction::parse(written) == *fraction::from(tenths, 1000));
    }
}

TEST_CASE("fraction: written as percent where that is exact, else as a quotient") {
    CHECK(spelled(95_pct) == "95%");
    CHECK(spelled(99.9_pct) == "99.9%");
    CHECK(spelled(0_pct) == "0%");
    CHECK(spelled(100_pct) == "100%");
    CHECK(spelled(0.05_pct) == "0.05%");
    CHECK(spelled(0.000001_pct) == "0.000001%");
    CHECK(spelled(10.00001_pct) == "10.00001%");
    CHECK(spelled(fraction(1, 8)) == "12.5%");
    CHECK(spelled(fraction(1, 3)) == "1/3");
    CHECK(spelled(fraction(1, 7)) == "1/7");
    CHECK(spelled(fraction(4294967294, 4294967295)) == "4294967294/4294967295");
    CHECK(spelled(fraction(1, 200'000'000)) == "1/200000000");  // seven decimals
}

TEST_CASE("fraction: what is written is read back as the same") {
    for (count under = 1; under <= 150; ++under)
        for (count over = 0; over <= under; ++over) {
            const fraction made = *fraction::from(over, under);
            CAPTURE(over);
            CAPTURE(under);
            REQUIRE(fraction::parse(spelled(made)) == made);
        }
}

TEST_CASE("fraction: ordered by value, up to the largest denominators") {
    CHECK(fraction(1, 3) < fraction(1, 2));
    CHECK_FALSE(fraction(1, 2) < fraction(1, 3));
    CHECK_FALSE(fraction(1, 2) < fraction(1, 2));
    CHECK(fraction(4294967293, 4294967294) < fraction(4294967294, 4294967295));
    CHECK_FALSE(fraction(4294967294, 4294967295) < fraction(4294967293, 4294967294));
    CHECK(0_pct < fraction(1, 4294967295));
    CHECK(fraction(4294967294, 4294967295) < 100_pct);
}

TEST_CASE("fraction: both roundings are exact, everywhere in the small") {
    std::string wrong;
    for (count under = 1; under <= 60 && wrong.empty(); ++under)
        for (count over = 0; over <= under; ++over)
            for (count whole = 0; whole <= 130; ++whole)
                if (!exact(over, under, whole))
                    wrong = std::to_string(over) + "/" + std::to_string(under) + " of " +
                            std::to_string(whole);
    CHECK(wrong == "");
}

TEST_CASE("fraction: both roundings are exact at the ends of the integers") {
    const count wholes[] = {0,
                            1,
                            2,
                            largest_denominator - 1,
                            largest_denominator,
                            largest_denominator + 1,
                            shearpin::largest_count - 1,
                            shearpin::largest_count,
                            shearpin::largest_count + 1,
                            ~count{0} - 1,
                            ~count{0}};
    const count numbers[] = {1, 2, 3, 99, 100, 65535, 65536, 0x7fff'ffff, 0x8000'0000};
    for (const count whole : wholes) {
        CAPTURE(whole);
        for (const count number : numbers) {
            CAPTURE(number);
            CHECK(exact(0, number, whole));
            CHECK(exact(1, number, whole));
            CHECK(exact(number - 1, number, whole));
            CHECK(exact(number, number, whole));
            CHECK(exact(number, largest_denominator, whole));
            CHECK(exact(largest_denominator - number, largest_denominator, whole));
            CHECK(exact(largest_denominator - 1 - number, largest_denominator - 1, whole));
        }
    }
}

TEST_CASE("fraction: both roundings are exact at random") {
    std::mt19937_64 random(20170228);
    std::string wrong;
    for (int round = 0; round != 200'000 && wrong.empty(); ++round) {
        const count under = (random() & largest_denominator) >> (random() % 32) | 1;
        const count over = random() % (under + 1);
        const count whole = random() >> (random() % 64);
        if (!exact(over, under, whole))
            wrong =
                std::to_string(over) + "/" + std::to_string(under) + " of " + std::to_string(whole);
    }
    CHECK(wrong == "");
}

TEST_CASE("fraction: the other rounding exists only by name") {
    static_assert(std::is_same_v<decltype(round_up(5_pct)), shearpin::rounded_up_fraction>);
    static_assert(std::is_same_v<decltype(round_down(5_pct)), shearpin::rounded_down_fraction>);
    static_assert(!std::is_convertible_v<shearpin::rounded_up_fraction, fraction>);
    CHECK(round_up(5_pct).value == 5_pct);
    CHECK(round_down(5_pct).value == 5_pct);
}
