// SPDX-License-Identifier: BSL-1.0
// The checks of numbers by themselves, without the sentences that clang is made to say (refused.hpp): those come first
// elsewhere, and would hide that a check is gone.
// CASE negative_cap [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_not_be_negative\(
// CASE negative_cap [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_limit_must_not_be_negative
// CASE negative_floor [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_not_be_negative\(
// CASE negative_floor [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_limit_must_not_be_negative
// CASE overflowing_cap [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_be_below_9223372036854775808\(
// CASE overflowing_cap [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_limit_must_be_below_9223372036854775808
// CASE cap_of_zero [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(
// CASE cap_of_zero [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_cap_of_zero_removes_nothing_say_freeze
// CASE cap_of_zero_percent [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(
// CASE cap_of_zero_percent [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_cap_of_zero_removes_nothing_say_freeze
// CASE cap_of_zero_at_least_one [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(
// CASE cap_of_zero_at_least_one [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_cap_of_zero_removes_nothing_say_freeze
// CASE cap_of_zero_rounded_up [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(
// CASE cap_of_zero_rounded_up [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_cap_of_zero_removes_nothing_say_freeze
// CASE cap_of_floating_point [gcc] @own: error: '[^']*max_batch[^']*double[^']*' used before its definition
// CASE cap_of_floating_point [clang] @own: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*undefined constructor 'max_batch
// CASE at_least_zero [gcc] @context: error: [^']+'constexpr' function '[^']*at_least_0_adds_nothing\(
// CASE at_least_zero [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'at_least_0_adds_nothing
// CASE at_least_negative [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_not_be_negative\(
// CASE at_least_negative [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_limit_must_not_be_negative
// CASE fraction_over_one [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_must_not_be_more_than_1\(
// CASE fraction_over_one [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_fraction_must_not_be_more_than_1
// CASE fraction_by_zero [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_needs_a_denominator_of_at_least_1\(
// CASE fraction_by_zero [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_fraction_needs_a_denominator_of_at_least_1
// CASE negative_fraction [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_must_not_be_negative\(
// CASE negative_fraction [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_fraction_must_not_be_negative
// CASE fraction_by_negative [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_must_not_be_negative\(
// CASE fraction_by_negative [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_fraction_must_not_be_negative
// CASE fraction_by_too_much [gcc] @context: error: [^']+'constexpr' function '[^']*a_fraction_has_a_denominator_of_at_most_4294967295\(
// CASE fraction_by_too_much [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_fraction_has_a_denominator_of_at_most_4294967295
// CASE no_such_date [gcc] @context: error: [^']+'constexpr' function '[^']*this_date_does_not_exist\(
// CASE no_such_date [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'this_date_does_not_exist
// CASE no_such_year [gcc] @context: error: [^']+'constexpr' function '[^']*a_date_lies_in_the_years_1970_to_2200\(
// CASE no_such_year [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_date_lies_in_the_years_1970_to_2200
// CASE too_late_a_year [gcc] @context: error: [^']+'constexpr' function '[^']*a_date_lies_in_the_years_1970_to_2200\(
// CASE too_late_a_year [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_date_lies_in_the_years_1970_to_2200
// CASE window_of_dates [gcc] @context: error: [^']+'constexpr' function '[^']*a_window_must_end_after_it_begins\(
// CASE window_of_dates [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_window_must_end_after_it_begins
// CASE window_between [gcc] @context: error: [^']+'constexpr' function '[^']*a_window_must_end_after_it_begins\(
// CASE window_between [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_window_must_end_after_it_begins
// CASE time_of_day [gcc] @context: error: [^']+'constexpr' function '[^']*a_time_of_day_is_between_0h_and_24h\(
// CASE time_of_day [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'a_time_of_day_is_between_0h_and_24h
// CASE age [gcc] @context: error: [^']+'constexpr' function '[^']*an_age_must_be_longer_than_zero\(
// CASE age [clang]: error: (constexpr variable 'bad' must be initialized by|call to consteval function [^ ]+ is not) a constant expression.*non-constexpr function 'an_age_must_be_longer_than_zero
#include <shearpin/detail/refused.hpp>

#undef SHEARPIN_REFUSED
#undef SHEARPIN_REFUSED_IF
#define SHEARPIN_REFUSED(sentence, ...)
#define SHEARPIN_REFUSED_IF(condition, sentence)
#include <shearpin/rules.hpp>

using namespace shearpin;
using namespace shearpin::literals;

constexpr date day(2026, 12, 20), later(2027, 1, 4);
constexpr max_batch fine(5), share(5_pct, at_least(1));
constexpr window holidays = window::dates(day, later);

#if defined(CASE_negative_cap)
constexpr max_batch bad(-1);  // HERE negative_cap
#elif defined(CASE_negative_floor)
constexpr min_remaining bad(-1);  // HERE negative_floor
#elif defined(CASE_overflowing_cap)
constexpr max_targets bad(9'223'372'036'854'775'808u);  // HERE overflowing_cap
#elif defined(CASE_cap_of_zero)
constexpr max_batch bad(0);  // HERE cap_of_zero
#elif defined(CASE_cap_of_zero_percent)
constexpr max_targets bad(0_pct);  // HERE cap_of_zero_percent
#elif defined(CASE_cap_of_zero_at_least_one)
constexpr max_batch bad(0_pct, at_least(1));  // HERE cap_of_zero_at_least_one
#elif defined(CASE_cap_of_zero_rounded_up)
constexpr max_unavailable bad(round_up(0_pct));  // HERE cap_of_zero_rounded_up
#elif defined(CASE_cap_of_floating_point)
constexpr max_batch bad(2.5);  // HERE cap_of_floating_point
#elif defined(CASE_at_least_zero)
constexpr at_least bad(0);  // HERE at_least_zero
#elif defined(CASE_at_least_negative)
constexpr at_least bad(-1);  // HERE at_least_negative
#elif defined(CASE_fraction_over_one)
constexpr fraction bad(3, 2);  // HERE fraction_over_one
#elif defined(CASE_fraction_by_zero)
constexpr fraction bad(1, 0);  // HERE fraction_by_zero
#elif defined(CASE_negative_fraction)
constexpr fraction bad(-1, 2);  // HERE negative_fraction
#elif defined(CASE_fraction_by_negative)
constexpr fraction bad(1, -2);  // HERE fraction_by_negative
#elif defined(CASE_fraction_by_too_much)
constexpr fraction bad(1, 4'294'967'296);  // HERE fraction_by_too_much
#elif defined(CASE_no_such_date)
constexpr date bad(2026, 2, 29);  // HERE no_such_date
#elif defined(CASE_no_such_year)
constexpr date bad(1969, 12, 31);  // HERE no_such_year
#elif defined(CASE_too_late_a_year)
constexpr date bad(2201, 1, 1);  // HERE too_late_a_year
#elif defined(CASE_window_of_dates)
constexpr window bad = window::dates(later, day);  // HERE window_of_dates
#elif defined(CASE_window_between)
constexpr window bad = window::between(later.begins(), day.begins());  // HERE window_between
#elif defined(CASE_time_of_day)
constexpr window bad = window::weekly(weekday::friday, duration::hours(25), weekday::monday, {});  // HERE time_of_day
#elif defined(CASE_age)
constexpr fresh_within bad(duration::hours(0));  // HERE age
#endif
