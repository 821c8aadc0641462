// SPDX-License-Identifier: BSL-1.0
// A removal that takes a permit cannot be reached but through its guard.
// CASE without_a_permit [gcc] @own: error: could not convert '[^']*' from '[^']*' to '[^']*permit<volumes>'
// CASE without_a_permit [clang] @own: error: no matching function for call to 'drop_volumes'.*to 'permit<volumes>'
// CASE made_from_nothing @own: error: no matching (function for call to|constructor for initialization of) '[^']*permit<volumes>
// CASE made_from_a_record [gcc] @own: error: '[^']*permit<Policy>::permit\(.*is private.*
// CASE made_from_a_record [clang] @own: error: calling a private constructor of class '[^']*permit<volumes>'
// CASE copied [gcc]: error: use of deleted function '[^']*permit<Policy>::permit\(const [^']*volumes
// CASE copied [clang]: error: call to deleted constructor of '[^']*permit<volumes>'
// CASE copy_assigned [gcc]: error: use of deleted function '[^']*permit<Policy>::operator=\(const [^']*volumes
// CASE copy_assigned [clang]: error: overload resolution selected deleted operator '='
// CASE handed_on_as_a_copy [gcc]: error: use of deleted function '[^']*permit<Policy>::permit\(const [^']*volumes
// CASE handed_on_as_a_copy [clang]: error: call to deleted constructor of '[^']*permit<volumes>'
// CASE of_an_equal_policy: error: [^']+'[^']*removal_takes_a_permit_of_another_policy<.*permit<equal>
// CASE spent_of_an_equal_policy [gcc] @own: error: could not convert [^*]*permit<volumes>[^*]*permit<equal>
// CASE spent_of_an_equal_policy [clang] @own: error: no matching function for call to 'drop_equal'.*permit<volumes>.*permit<equal>
// CASE spent_in_place: error: [^']+'[^']*say_std_move_of_the_permit_to_spend_it<
// CASE tried_in_place: error: [^']+'[^']*say_std_move_of_the_permit_to_spend_it<
// CASE spent_on_text: error: [^']+'[^']*targets_must_be_an_integer_or_a_sized_range<.*string
// CASE tried_on_text: error: [^']+'[^']*targets_must_be_an_integer_or_a_sized_range<.*char
// CASE try_spend_dropped @own: error: .*a refusal must not be lost
// CASE second_argument_is_the_permit: error: [^']+'[^']*removal_does_not_take<
#include "without_ledger.hpp"

#include <span>
#include <string>
#include <utility>
#include <vector>

inline constexpr auto volumes = shearpin::policy{shearpin::max_batch(3)};
inline constexpr auto equal = shearpin::policy{shearpin::max_batch(3)};
using shearpin::permit;

void drop_volumes(permit<volumes> admitted, std::span<const int> which) { std::move(admitted).spend(which); }
void drop_equal(permit<equal> admitted, std::span<const int> which) { std::move(admitted).spend(which); }
void drop_last(std::span<const int> which, permit<volumes> admitted) { std::move(admitted).spend(which); }

constexpr auto see = [] { return shearpin::pool{}; };

void calls(const std::vector<int>& some, shearpin::detail::permit_record& record) {
#ifdef CONTROL
    shearpin::guard<volumes>(drop_volumes, see)(some);
    shearpin::guard<equal>(drop_equal, see)(some);
    shearpin::guard<volumes>([](permit<volumes> first, const auto& which) { drop_volumes(std::move(first), which); }, see)(some);
#endif
    (void)record;

#if defined(CASE_without_a_permit)
    drop_volumes({}, some);  // HERE without_a_permit
#elif defined(CASE_made_from_nothing)
    permit<volumes> bad{};  // HERE made_from_nothing
#elif defined(CASE_made_from_a_record)
    permit<volumes> bad(&record);  // HERE made_from_a_record
#elif defined(CASE_copied)
    auto bad = [](permit<volumes> first, int) { permit<volumes> second(first); };  // HERE copied
#elif defined(CASE_copy_assigned)
    auto bad = [](permit<volumes> first, permit<volumes> second) { first = second; };  // HERE copy_assigned
#elif defined(CASE_handed_on_as_a_copy)
    auto bad = [](permit<volumes> first, std::span<const int> which) { drop_volumes(first, which); };  // HERE handed_on_as_a_copy
#elif defined(CASE_of_an_equal_policy)
    shearpin::guard<volumes>(drop_equal, see)(some);  // HERE of_an_equal_policy
#elif defined(CASE_spent_of_an_equal_policy)
    auto bad = [](permit<volumes> first, std::span<const int> which) { drop_equal(std::move(first), which); };  // HERE spent_of_an_equal_policy
#elif defined(CASE_spent_in_place)
    auto bad = [](permit<volumes> first, int number) { first.spend(number); };  // HERE spent_in_place
#elif defined(CASE_tried_in_place)
    auto bad = [](permit<volumes> first, int number) { (void)first.try_spend(number); };  // HERE tried_in_place
#elif defined(CASE_spent_on_text)
    auto bad = [](permit<volumes> first, const std::string& name) { std::move(first).spend(name); };  // HERE spent_on_text
#elif defined(CASE_tried_on_text)
    auto bad = [](permit<volumes> first) { (void)std::move(first).try_spend("volume"); };  // HERE tried_on_text
#elif defined(CASE_try_spend_dropped)
    auto bad = [](permit<volumes> first) { std::move(first).try_spend(1); };  // HERE try_spend_dropped
#elif defined(CASE_second_argument_is_the_permit)
    shearpin::guard<volumes>(drop_last, see)(some);  // HERE second_argument_is_the_permit
#endif
}
