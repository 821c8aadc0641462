// SPDX-License-Identifier: BSL-1.0
// Percentages and fractions that are none.
// CASE over_100_percent: error: [^']+'[^']*a_percentage_is_at_most_100<.*percent_written<101> ?>
// CASE over_100_percent_by_a_little: error: [^']+'[^']*a_percentage_is_at_most_100<.*percent_written<100001, 1000> ?>
// CASE hexadecimal_percent: a_percentage_is_written_in_decimal_digits<'0', 'x', '5', 'f'>
// CASE percent_with_exponent: a_percentage_is_written_in_decimal_digits<'1', 'e', '1'>
// CASE more_than_one [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_must_not_be_more_than_1\(\)
// CASE more_than_one [clang]: error: a fraction must not be more than 1
// CASE zero_denominator [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_needs_a_denominator_of_at_least_1\(\)
// CASE zero_denominator [clang]: error: a fraction needs a denominator of at least 1
// CASE zero_of_zero [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_needs_a_denominator_of_at_least_1\(\)
// CASE zero_of_zero [clang]: error: a fraction needs a denominator of at least 1
// CASE negative_numerator [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_must_not_be_negative\(\)
// CASE negative_numerator [clang]: error: a fraction must not be negative
// CASE negative_denominator [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_must_not_be_negative\(\)
// CASE negative_denominator [clang]: error: a fraction must not be negative
// CASE huge_denominator [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_has_a_denominator_of_at_most_4294967295\(\)
// CASE huge_denominator [clang]: error: in lowest terms a fraction has a denominator of at most 4294967295
// CASE of_floating_point: (error|unavailable): a fraction is made of two whole numbers, such as fraction\(1, 3\)
// CASE of_bool: (error|unavailable): a fraction is made of two whole numbers, such as fraction\(1, 3\)
// CASE with_a_floating_point_below: (error|unavailable): a fraction is made of two whole numbers, such as fraction\(1, 3\)
#include <shearpin/fraction.hpp>

using namespace shearpin::literals;
using shearpin::fraction;

constexpr fraction all = 100_pct;
constexpr fraction most = 99.9_pct;
constexpr fraction third(1, 3);
constexpr fraction long_half(5'000'000'000, 10'000'000'000);  // it is the lowest terms that count

#if defined(CASE_over_100_percent)
constexpr auto bad = 101_pct;  // HERE over_100_percent
#elif defined(CASE_over_100_percent_by_a_little)
constexpr auto bad = 100.001_pct;  // HERE over_100_percent_by_a_little
#elif defined(CASE_hexadecimal_percent)
constexpr auto bad = 0x5f_pct;  // HERE hexadecimal_percent
#elif defined(CASE_percent_with_exponent)
constexpr auto bad = 1e1_pct;  // HERE percent_with_exponent
#elif defined(CASE_more_than_one)
constexpr fraction bad(3, 2);  // HERE more_than_one
#elif defined(CASE_zero_denominator)
constexpr fraction bad(1, 0);  // HERE zero_denominator
#elif defined(CASE_zero_of_zero)
constexpr fraction bad(0, 0);  // HERE zero_of_zero
#elif defined(CASE_negative_numerator)
constexpr fraction bad(-1, 2);  // HERE negative_numerator
#elif defined(CASE_negative_denominator)
constexpr fraction bad(1, -2);  // HERE negative_denominator
#elif defined(CASE_huge_denominator)
constexpr fraction bad(1, 4'294'967'296);  // HERE huge_denominator
#elif defined(CASE_of_floating_point)
constexpr fraction bad(0.5, 1);  // HERE of_floating_point
#elif defined(CASE_of_bool)
constexpr fraction bad(true, 2);  // HERE of_bool
#elif defined(CASE_with_a_floating_point_below)
constexpr fraction bad(1, 2.0);  // HERE with_a_floating_point_below
#endif
