// SPDX-License-Identifier: BSL-1.0
// Without exceptions a guard cannot refuse from operator(), and a permit not from spend().
// FLAGS: -fno-exceptions -fno-rtti
// CASE call: error: [^']+'[^']*without_exceptions_use_try_call_or_or_terminate_or_on_refusal<
// CASE call_from: error: [^']+'[^']*without_exceptions_use_try_call_or_or_terminate_or_on_refusal<
// CASE call_of_a_member: error: [^']+'[^']*without_exceptions_use_try_call_or_or_terminate_or_on_refusal<
// CASE spend: error: [^']+'[^']*without_exceptions_use_try_spend<int
// CASE spend_on_text: error: [^']+'[^']*targets_must_be_an_integer_or_a_sized_range<.*char
// CASE dropped @own: error: ignoring return.*nodiscard.*a refusal must not be lost
// CASE zero_cap [gcc] @context: error: [^']+'constexpr' function '[^']*a_cap_of_zero_removes_nothing_say_freeze\(\) .with Rule = [a-z0-9:]*max_batch]
// CASE zero_cap [clang]: error: max_batch: a cap of zero removes nothing; say freeze
#include "without_ledger.hpp"

#include <utility>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "the flags are not there"
#endif

inline constexpr auto five = shearpin::policy{shearpin::max_batch(5)};
constexpr auto see = [] { return shearpin::pool{}; };
using permit = shearpin::permit<five>;
struct table {
    void drop(int) {}
};

void calls(table orders) {
    auto remove = shearpin::guard<five>([](int) {}, see);
    auto drop = shearpin::guard<five>(&table::drop, orders, see);
    if (!remove.try_call(3) || !drop.try_call(3) || !remove.check(3)) return;
    shearpin::guard<five>([](int) {}, see).or_terminate()(3);
    shearpin::guard<five>([](int) {}, see).on_refusal([](const auto&) {})(3);
    auto spend = [](permit first) { return std::move(first).try_spend(3).has_value(); };
    (void)spend;

#if defined(CASE_call)
    remove(3);  // HERE call
#elif defined(CASE_call_from)
    remove.call_from(shearpin::place::here(), 3);  // HERE call_from
#elif defined(CASE_call_of_a_member)
    drop(3);  // HERE call_of_a_member
#elif defined(CASE_spend)
    auto bad = [](permit first) { std::move(first).spend(3); };  // HERE spend
#elif defined(CASE_spend_on_text)
    auto bad = [](permit first) { std::move(first).spend("all"); };  // HERE spend_on_text
#elif defined(CASE_dropped)
    remove.try_call(3);  // HERE dropped
#elif defined(CASE_zero_cap)
    constexpr shearpin::max_batch bad(0);  // HERE zero_cap
#endif
}
