// SPDX-License-Identifier: BSL-1.0
// Days, windows and ages that there are not.
// CASE leap_day_of_another_year [gcc] @context: date\(2026, 2, 29\)'.*error: [^']+'constexpr' function '[^']*this_date_does_not_exist\(\)
// CASE leap_day_of_another_year [clang]: error: there is no such date; it is date\(year, month, day\)
// CASE leap_day_of_2100 [gcc] @context: date\(2100, 2, 29\)'.*error: [^']+'constexpr' function '[^']*this_date_does_not_exist\(\)
// CASE leap_day_of_2100 [clang]: error: there is no such date
// CASE april_31 [gcc] @context: date\(2026, 4, 31\)'.*error: [^']+'constexpr' function '[^']*this_date_does_not_exist\(\)
// CASE april_31 [clang]: error: there is no such date
// CASE month_13 [gcc] @context: error: [^']+'constexpr' function '[^']*this_date_does_not_exist\(\)
// CASE month_13 [clang]: error: there is no such date
// CASE month_0 [gcc] @context: error: [^']+'constexpr' function '[^']*this_date_does_not_exist\(\)
// CASE month_0 [clang]: error: there is no such date
// CASE day_0 [gcc] @context: error: [^']+'constexpr' function '[^']*this_date_does_not_exist\(\)
// CASE day_0 [clang]: error: there is no such date
// CASE day_first [gcc] @context: error: [^']+'constexpr' function '[^']*a_date_lies_in_the_years_1970_to_2200\(\)
// CASE day_first [clang]: error: a date lies in the years 1970 to 2200
// CASE year_1969 [gcc] @context: error: [^']+'constexpr' function '[^']*a_date_lies_in_the_years_1970_to_2200\(\)
// CASE year_1969 [clang]: error: a date lies in the years 1970 to 2200
// CASE year_2201 [gcc] @context: error: [^']+'constexpr' function '[^']*a_date_lies_in_the_years_1970_to_2200\(\)
// CASE year_2201 [clang]: error: a date lies in the years 1970 to 2200
// CASE window_ends_before_it_begins [gcc] @context: error: [^']+'constexpr' function '[^']*a_window_must_end_after_it_begins\(\)
// CASE window_ends_before_it_begins [clang]: error: a window must end after it begins
// CASE window_is_empty [gcc] @context: error: [^']+'constexpr' function '[^']*a_window_must_end_after_it_begins\(\)
// CASE window_is_empty [clang]: error: a window must end after it begins
// CASE moments_in_the_wrong_order [gcc] @context: error: [^']+'constexpr' function '[^']*a_window_must_end_after_it_begins\(\)
// CASE moments_in_the_wrong_order [clang]: error: a window must end after it begins
// CASE after_24h [gcc] @context: error: [^']+'constexpr' function '[^']*a_time_of_day_is_between_0h_and_24h\(\)
// CASE after_24h [clang]: error: a time of day is between 0h and 24h
// CASE before_0h [gcc] @context: error: [^']+'constexpr' function '[^']*a_time_of_day_is_between_0h_and_24h\(\)
// CASE before_0h [clang]: error: a time of day is between 0h and 24h
// CASE age_of_zero [gcc] @context: error: [^']+'constexpr' function '[^']*an_age_must_be_longer_than_zero\(\) .with Rule = [a-z0-9:]*fresh_within]
// CASE age_of_zero [clang]: error: fresh_within: the age must be longer than zero
// CASE negative_age [gcc] @context: error: [^']+'constexpr' function '[^']*an_age_must_be_longer_than_zero\(\) .with Rule = [a-z0-9:]*fresh_within]
// CASE negative_age [clang]: error: fresh_within: the age must be longer than zero
// CASE age_without_a_unit @own: error: [^']+'[^']*fresh_within
#include <shearpin/rules.hpp>

using shearpin::date, shearpin::duration, shearpin::fresh_within, shearpin::weekday, shearpin::window;

constexpr date leap_day(2024, 2, 29), another(2000, 2, 29), first(1970, 1, 1), last(2200, 12, 31);
constexpr window holidays = window::dates(date(2026, 12, 20), date(2027, 1, 4));
constexpr window one_day = window::dates(date(2026, 12, 20), date(2026, 12, 21));
constexpr window weekend =
    window::weekly(weekday::friday, duration::hours(0), weekday::sunday, duration::hours(24));
constexpr fresh_within shortest(duration::nanoseconds(1));

#if defined(CASE_leap_day_of_another_year)
constexpr date bad(2026, 2, 29);  // HERE leap_day_of_another_year
#elif defined(CASE_leap_day_of_2100)
constexpr date bad(2100, 2, 29);  // HERE leap_day_of_2100
#elif defined(CASE_april_31)
constexpr date bad(2026, 4, 31);  // HERE april_31
#elif defined(CASE_month_13)
constexpr date bad(2026, 13, 1);  // HERE month_13
#elif defined(CASE_month_0)
constexpr date bad(2026, 0, 1);  // HERE month_0
#elif defined(CASE_day_0)
constexpr date bad(2026, 1, 0);  // HERE day_0
#elif defined(CASE_day_first)
constexpr date bad(24, 12, 2026);  // HERE day_first
#elif defined(CASE_year_1969)
constexpr date bad(1969, 12, 31);  // HERE year_1969
#elif defined(CASE_year_2201)
constexpr date bad(2201, 1, 1);  // HERE year_2201
#elif defined(CASE_window_ends_before_it_begins)
constexpr window bad = window::dates(date(2026, 12, 20), date(2026, 1, 4));  // HERE window_ends_before_it_begins
#elif defined(CASE_window_is_empty)
constexpr window bad = window::dates(date(2026, 12, 20), date(2026, 12, 20));  // HERE window_is_empty
#elif defined(CASE_moments_in_the_wrong_order)
constexpr window bad = window::between(last.begins(), first.begins());  // HERE moments_in_the_wrong_order
#elif defined(CASE_after_24h)
constexpr window bad = window::weekly(weekday::friday, duration::hours(25), weekday::monday, {});  // HERE after_24h
#elif defined(CASE_before_0h)
constexpr window bad = window::weekly(weekday::friday, {}, weekday::monday, duration::hours(-1));  // HERE before_0h
#elif defined(CASE_age_of_zero)
constexpr fresh_within bad(duration::minutes(0));  // HERE age_of_zero
#elif defined(CASE_negative_age)
constexpr fresh_within bad(duration::minutes(-5));  // HERE negative_age
#elif defined(CASE_age_without_a_unit)
constexpr fresh_within bad(5);  // HERE age_without_a_unit
#endif
