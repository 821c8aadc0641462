// SPDX-License-Identifier: BSL-1.0
// Limits that are no limits, for each rule that is made of a number or a fraction.
// CASE max_batch_of_zero [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(\) .with Rule = [a-z0-9:]*max_batch]
// CASE max_batch_of_zero [clang]: error: max_batch: a cap of zero removes nothing; say freeze
// CASE max_batch_of_zero_percent [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(\) .with Rule = [a-z0-9:]*max_batch]
// CASE max_batch_of_zero_percent [clang]: error: max_batch: a cap of zero removes nothing; say freeze
// CASE max_batch_of_zero_rounded_up [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(\) .with Rule = [a-z0-9:]*max_batch]
// CASE max_batch_of_zero_rounded_up [clang]: error: max_batch: a cap of zero removes nothing; say freeze
// CASE max_batch_negative [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_not_be_negative\(\) .with Rule = [a-z0-9:]*max_batch]
// CASE max_batch_negative [clang]: error: max_batch: the limit is negative
// CASE max_batch_overflowing [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_be_below_9223372036854775808\(\) .with Rule = [a-z0-9:]*max_batch]
// CASE max_batch_overflowing [clang]: error: max_batch: the limit must be below 9223372036854775808
// CASE max_batch_of_floating_point: (error|unavailable): max_batch takes a whole number, such as [0-9], or a fraction
// CASE max_targets_of_zero [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(\) .with Rule = [a-z0-9:]*max_targets]
// CASE max_targets_of_zero [clang]: error: max_targets: a cap of zero removes nothing; say freeze
// CASE max_targets_of_zero_percent [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(\) .with Rule = [a-z0-9:]*max_targets]
// CASE max_targets_of_zero_percent [clang]: error: max_targets: a cap of zero removes nothing; say freeze
// CASE max_targets_of_zero_rounded_up [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(\) .with Rule = [a-z0-9:]*max_targets]
// CASE max_targets_of_zero_rounded_up [clang]: error: max_targets: a cap of zero removes nothing; say freeze
// CASE max_targets_negative [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_not_be_negative\(\) .with Rule = [a-z0-9:]*max_targets]
// CASE max_targets_negative [clang]: error: max_targets: the limit is negative
// CASE max_targets_overflowing [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_be_below_9223372036854775808\(\) .with Rule = [a-z0-9:]*max_targets]
// CASE max_targets_overflowing [clang]: error: max_targets: the limit must be below 9223372036854775808
// CASE max_targets_of_floating_point: (error|unavailable): max_targets takes a whole number, such as [0-9], or a fraction
// CASE max_unavailable_of_zero [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(\) .with Rule = [a-z0-9:]*max_unavailable]
// CASE max_unavailable_of_zero [clang]: error: max_unavailable: a cap of zero removes nothing; say freeze
// CASE max_unavailable_of_zero_percent [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(\) .with Rule = [a-z0-9:]*max_unavailable]
// CASE max_unavailable_of_zero_percent [clang]: error: max_unavailable: a cap of zero removes nothing; say freeze
// CASE max_unavailable_of_zero_rounded_up [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(\) .with Rule = [a-z0-9:]*max_unavailable]
// CASE max_unavailable_of_zero_rounded_up [clang]: error: max_unavailable: a cap of zero removes nothing; say freeze
// CASE max_unavailable_negative [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_not_be_negative\(\) .with Rule = [a-z0-9:]*max_unavailable]
// CASE max_unavailable_negative [clang]: error: max_unavailable: the limit is negative
// CASE max_unavailable_overflowing [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_be_below_9223372036854775808\(\) .with Rule = [a-z0-9:]*max_unavailable]
// CASE max_unavailable_overflowing [clang]: error: max_unavailable: the limit must be below 9223372036854775808
// CASE max_unavailable_of_floating_point: (error|unavailable): max_unavailable takes a whole number, such as [0-9], or a fraction
// CASE min_remaining_negative [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_not_be_negative\(\) .with Rule = [a-z0-9:]*min_remaining]
// CASE min_remaining_negative [clang]: error: min_remaining: the limit is negative
// CASE min_remaining_overflowing [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_be_below_9223372036854775808\(\) .with Rule = [a-z0-9:]*min_remaining]
// CASE min_remaining_overflowing [clang]: error: min_remaining: the limit must be below 9223372036854775808
// CASE min_remaining_of_floating_point: (error|unavailable): min_remaining takes a whole number, such as [0-9], or a fraction
// CASE cap_of_bool: (error|unavailable): max_batch takes a whole number, such as 5, or a fraction
// CASE cap_of_char: (error|unavailable): max_batch takes a whole number, such as 5, or a fraction
// CASE cap_of_enumerator: (error|unavailable): max_batch takes a whole number, such as 5, or a fraction
// CASE cap_of_scoped_enumerator: (error|unavailable): max_batch takes a whole number, such as 5, or a fraction
// CASE cap_of_text: (error|unavailable): max_batch takes a whole number, such as 5, or a fraction
// CASE cap_of_another_rule: (error|unavailable): max_batch takes a whole number, such as 5, or a fraction
// CASE cap_of_two_numbers: (error|unavailable): max_batch takes a whole number, such as 5, or a fraction
// CASE cap_of_number_and_at_least: (error|unavailable): max_batch takes a whole number, such as 5, or a fraction
// CASE cap_rounded_down_by_name: (error|unavailable): max_batch takes a whole number, such as 5, or a fraction
// CASE floor_rounded_up_by_name: (error|unavailable): min_remaining takes a whole number, such as 3, or a fraction
// CASE floor_of_bool: (error|unavailable): min_remaining takes a whole number, such as 3, or a fraction
// CASE peak_is_a_time: (error|unavailable): min_remaining takes a whole number, such as 3, or a fraction
// CASE peak_is_a_time_beside_a_baseline: (error|unavailable): min_remaining takes a whole number, such as 3, or a fraction
// CASE baseline_is_a_number: (error|unavailable): min_remaining takes a whole number, such as 3, or a fraction
// CASE of_nothing @own: error: no matching [^']+'[^']*max_batch
// CASE at_least_zero [gcc] @context: error: [^']+'constexpr' function '[^']*at_least_0_adds_nothing\(\)
// CASE at_least_zero [clang]: error: at_least\(0\) adds nothing; leave it out
// CASE at_least_negative [gcc] @context: error: [^']+'constexpr' function '[^']*a_limit_must_not_be_negative\(\) .with Rule = [a-z0-9:]*at_least]
// CASE at_least_negative [clang]: error: at_least must not be negative
// CASE at_least_floating_point: (error|unavailable): at_least takes a whole number, such as 1
// CASE of_a_variable [gcc] @own: error: the value of 'number' is not usable in a constant expression
// CASE of_a_variable [clang] @own: error: call to consteval function '[^']*max_batch.*read of non-const variable 'number'
// CASE rate_in_no_time [gcc] @context: error: [^']+'constexpr' function '[^']*a_window_of_time_must_be_longer_than_zero\(\) .with Rule = [a-z0-9:]*max_rate]
// CASE rate_in_no_time [clang]: error: max_rate: the window must be longer than zero
// CASE rest_of_zero [gcc] @context: error: [^']+'constexpr' function '[^']*a_window_of_time_must_be_longer_than_zero\(\) .with Rule = [a-z0-9:]*cooldown]
// CASE rest_of_zero [clang]: error: cooldown: the time must be longer than zero
// CASE negative_peak [gcc] @context: error: [^']+'constexpr' function '[^']*a_window_of_time_must_be_longer_than_zero\(\) .with Rule = [a-z0-9:]*of_peak]
// CASE negative_peak [clang]: error: of_peak: the window must be longer than zero
#include <shearpin/rules.hpp>

using namespace shearpin::literals;
using shearpin::max_batch, shearpin::max_targets, shearpin::max_unavailable, shearpin::min_remaining;

enum small { five = 5 };
enum class scoped { five = 5 };

constexpr max_batch batch(5), batch_share(5_pct), batch_at_least(5_pct, shearpin::at_least(1));
constexpr max_batch largest(9'223'372'036'854'775'807), rounded(shearpin::round_up(5_pct));
constexpr max_targets targets(5u);
constexpr shearpin::cooldown rest(shearpin::duration::hours(1));
constexpr max_unavailable unavailable(2);
constexpr min_remaining none(0), floor_share(0_pct), rounded_down(shearpin::round_down(5_pct));

#if defined(CASE_max_batch_of_zero)
constexpr auto bad = max_batch(0);  // HERE max_batch_of_zero
#elif defined(CASE_max_batch_of_zero_percent)
constexpr auto bad = max_batch(0_pct);  // HERE max_batch_of_zero_percent
#elif defined(CASE_max_batch_of_zero_rounded_up)
constexpr auto bad = max_batch(shearpin::round_up(0_pct));  // HERE max_batch_of_zero_rounded_up
#elif defined(CASE_max_batch_negative)
constexpr auto bad = max_batch(-1);  // HERE max_batch_negative
#elif defined(CASE_max_batch_overflowing)
constexpr auto bad = max_batch(9'223'372'036'854'775'808u);  // HERE max_batch_overflowing
#elif defined(CASE_max_batch_of_floating_point)
constexpr auto bad = max_batch(2.5);  // HERE max_batch_of_floating_point
#elif defined(CASE_max_targets_of_zero)
constexpr auto bad = max_targets(0);  // HERE max_targets_of_zero
#elif defined(CASE_max_targets_of_zero_percent)
constexpr auto bad = max_targets(0_pct);  // HERE max_targets_of_zero_percent
#elif defined(CASE_max_targets_of_zero_rounded_up)
constexpr auto bad = max_targets(shearpin::round_up(0_pct));  // HERE max_targets_of_zero_rounded_up
#elif defined(CASE_max_targets_negative)
constexpr auto bad = max_targets(-1);  // HERE max_targets_negative
#elif defined(CASE_max_targets_overflowing)
constexpr auto bad = max_targets(9'223'372'036'854'775'808u);  // HERE max_targets_overflowing
#elif defined(CASE_max_targets_of_floating_point)
constexpr auto bad = max_targets(2.5);  // HERE max_targets_of_floating_point
#elif defined(CASE_max_unavailable_of_zero)
constexpr auto bad = max_unavailable(0);  // HERE max_unavailable_of_zero
#elif defined(CASE_max_unavailable_of_zero_percent)
constexpr auto bad = max_unavailable(0_pct);  // HERE max_unavailable_of_zero_percent
#elif defined(CASE_max_unavailable_of_zero_rounded_up)
constexpr auto bad = max_unavailable(shearpin::round_up(0_pct));  // HERE max_unavailable_of_zero_rounded_up
#elif defined(CASE_max_unavailable_negative)
constexpr auto bad = max_unavailable(-1);  // HERE max_unavailable_negative
#elif defined(CASE_max_unavailable_overflowing)
constexpr auto bad = max_unavailable(9'223'372'036'854'775'808u);  // HERE max_unavailable_overflowing
#elif defined(CASE_max_unavailable_of_floating_point)
constexpr auto bad = max_unavailable(2.5);  // HERE max_unavailable_of_floating_point
#elif defined(CASE_min_remaining_negative)
constexpr auto bad = min_remaining(-1);  // HERE min_remaining_negative
#elif defined(CASE_min_remaining_overflowing)
constexpr auto bad = min_remaining(9'223'372'036'854'775'808u);  // HERE min_remaining_overflowing
#elif defined(CASE_min_remaining_of_floating_point)
constexpr auto bad = min_remaining(2.5);  // HERE min_remaining_of_floating_point
#elif defined(CASE_cap_of_bool)
constexpr auto bad = max_batch(true);  // HERE cap_of_bool
#elif defined(CASE_cap_of_char)
constexpr auto bad = max_batch('5');  // HERE cap_of_char
#elif defined(CASE_cap_of_enumerator)
constexpr auto bad = max_batch(five);  // HERE cap_of_enumerator
#elif defined(CASE_cap_of_scoped_enumerator)
constexpr auto bad = max_batch(scoped::five);  // HERE cap_of_scoped_enumerator
#elif defined(CASE_cap_of_text)
constexpr auto bad = max_batch("5");  // HERE cap_of_text
#elif defined(CASE_cap_of_another_rule)
constexpr auto bad = max_batch(max_targets(5));  // HERE cap_of_another_rule
#elif defined(CASE_cap_of_two_numbers)
constexpr auto bad = max_batch(1, 2);  // HERE cap_of_two_numbers
#elif defined(CASE_cap_of_number_and_at_least)
constexpr auto bad = max_batch(5, shearpin::at_least(1));  // HERE cap_of_number_and_at_least
#elif defined(CASE_cap_rounded_down_by_name)
constexpr auto bad = max_batch(shearpin::round_down(5_pct));  // HERE cap_rounded_down_by_name
#elif defined(CASE_floor_rounded_up_by_name)
constexpr auto bad = min_remaining(shearpin::round_up(5_pct));  // HERE floor_rounded_up_by_name
#elif defined(CASE_floor_of_bool)
constexpr auto bad = min_remaining(true);  // HERE floor_of_bool
#elif defined(CASE_peak_is_a_time)
constexpr auto bad = min_remaining(80_pct, shearpin::duration::hours(24));  // HERE peak_is_a_time
#elif defined(CASE_peak_is_a_time_beside_a_baseline)
constexpr auto day = shearpin::duration::hours(24);
constexpr auto bad = min_remaining(80_pct, day, shearpin::baseline(200));  // HERE peak_is_a_time_beside_a_baseline
#elif defined(CASE_baseline_is_a_number)
constexpr auto day = shearpin::duration::hours(24);
constexpr auto bad = min_remaining(80_pct, shearpin::of_peak(day), 200);  // HERE baseline_is_a_number
#elif defined(CASE_of_nothing)
constexpr auto bad = max_batch();  // HERE of_nothing
#elif defined(CASE_at_least_zero)
constexpr auto bad = max_batch(5_pct, shearpin::at_least(0));  // HERE at_least_zero
#elif defined(CASE_at_least_negative)
constexpr auto bad = max_batch(5_pct, shearpin::at_least(-1));  // HERE at_least_negative
#elif defined(CASE_at_least_floating_point)
constexpr auto bad = max_batch(5_pct, shearpin::at_least(0.5));  // HERE at_least_floating_point
#elif defined(CASE_of_a_variable)
int number = 5;
auto bad = max_batch(number);  // HERE of_a_variable
#elif defined(CASE_rate_in_no_time)
constexpr auto bad = shearpin::max_rate(5, shearpin::duration::hours(0));  // HERE rate_in_no_time
#elif defined(CASE_rest_of_zero)
constexpr auto bad = shearpin::cooldown(shearpin::duration::hours(0));  // HERE rest_of_zero
#elif defined(CASE_negative_peak)
constexpr auto bad = shearpin::of_peak(shearpin::duration::hours(-1));  // HERE negative_peak
#endif
