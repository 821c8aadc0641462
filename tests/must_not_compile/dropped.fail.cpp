// SPDX-License-Identifier: BSL-1.0
// A refusal cannot be lost: answers that nobody looks at.
// CASE try_call_of_nothing @own: error: ignoring return.*nodiscard.*a refusal must not be lost
// CASE try_call_of_a_number @own: error: ignoring return.*nodiscard.*a refusal must not be lost
// CASE try_call_from @own: error: ignoring return.*nodiscard.*a refusal must not be lost
// CASE check @own: error: ignoring return.*nodiscard.*it only decides and removes nothing
// CASE check_from @own: error: ignoring return.*nodiscard.*it only decides and removes nothing
// CASE why @own: error: ignoring return.*nodiscard.*a refusal must not be lost
// CASE error @own: error: ignoring return.*nodiscard.*a refusal must not be lost
// CASE has_value @own: error: ignoring return.*has_value|error: ignoring return.*nodiscard
// CASE admitted @own: error: ignoring return.*admitted|error: ignoring return.*nodiscard
// CASE own_function @own: error: ignoring return.*nodiscard.*a refusal must not be lost
// CASE guard_that_is_not_called @own: error: ignoring return.*nodiscard.*a guard removes nothing until it is called
// CASE option_of_a_guard_that_is_not_called @own: error: ignoring return.*nodiscard.*a guard removes nothing until it is called
// CASE rule_that_is_read @own: error: ignoring return.*nodiscard
#include <shearpin/core.hpp>

inline constexpr auto five = shearpin::policy{shearpin::max_batch(5)};
constexpr auto see = [] { return shearpin::pool{}; };

shearpin::result<void> remove_all();

void calls(shearpin::count read) {
    constexpr auto here = shearpin::place::here();
    auto remove = shearpin::guard<five>([](int) {}, see);
    auto remove_number = shearpin::guard<five>([](int n) { return n; }, see);
    remove(3);
    remove_number(3);
    if (!remove.try_call(3)) return;
    if (const auto decision = remove.check(3); !decision) (void)decision.why();
    const auto outcome = remove_number.try_call(3);
    (void)read, (void)outcome;
    const auto decided = remove.check(3);

#if defined(CASE_try_call_of_nothing)
    remove.try_call(3);  // HERE try_call_of_nothing
#elif defined(CASE_try_call_of_a_number)
    remove_number.try_call(3);  // HERE try_call_of_a_number
#elif defined(CASE_try_call_from)
    remove.try_call_from(here, 3);  // HERE try_call_from
#elif defined(CASE_check)
    remove.check(3);  // HERE check
#elif defined(CASE_check_from)
    remove.check_from(here, 3);  // HERE check_from
#elif defined(CASE_why)
    decided.why();  // HERE why
#elif defined(CASE_error)
    outcome.error();  // HERE error
#elif defined(CASE_has_value)
    outcome.has_value();  // HERE has_value
#elif defined(CASE_admitted)
    decided.admitted();  // HERE admitted
#elif defined(CASE_own_function)
    remove_all();  // HERE own_function
#elif defined(CASE_guard_that_is_not_called)
    shearpin::guard<five>([](int) {}, see);  // HERE guard_that_is_not_called
#elif defined(CASE_option_of_a_guard_that_is_not_called)
    shearpin::guard<five>([](int) {}, see).named("index");  // HERE option_of_a_guard_that_is_not_called
#elif defined(CASE_rule_that_is_read)
    shearpin::max_batch::from(read);  // HERE rule_that_is_read
#endif
    (void)decided, (void)here;
}
