// SPDX-License-Identifier: BSL-1.0
// Batches whose size is known when they are compiled, and that no policy of theirs could ever let through.
// CASE array: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
// CASE with_its_place: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
// CASE const_array: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
// CASE c_array: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
// CASE span: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<7>, .*allowed<5> ?>
// CASE number_of_a_type: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
// CASE negative_number_of_a_type: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<18446744073709551611>, .*allowed<5> ?>
// CASE marked: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
// CASE beside_other_arguments: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
// CASE before_other_arguments: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
// CASE the_tightest_rule_is_named: error: [^']+'[^']*never_admitted<.*max_targets, .*requested<4>, .*allowed<3> ?>
// CASE own_rule: error: [^']+'[^']*never_admitted<two_at_best, .*requested<3>, .*allowed<2> ?>
// CASE shrinking_quorum: error: [^']+'[^']*never_admitted<.*quorum, .*requested<2>, .*allowed<1> ?>
// CASE try_call: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
// CASE call_from: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
// CASE try_call_from: error: [^']+'[^']*never_admitted<.*max_batch, .*requested<6>, .*allowed<5> ?>
#include "without_ledger.hpp"

#include <array>
#include <span>
#include <type_traits>
#include <vector>

using shearpin::guard, shearpin::max_batch, shearpin::policy;

struct two_at_best {
    static constexpr shearpin::text_view name = "two_at_best";
    constexpr shearpin::count limit(const shearpin::facts&) const { return 2; }
    constexpr shearpin::count at_best(const shearpin::facts&) const { return 2; }
};

inline constexpr auto five = policy{shearpin::min_remaining(2), max_batch(5)};
inline constexpr auto three_targets = policy{max_batch(5), shearpin::max_targets(3), shearpin::max_unavailable(4)};
inline constexpr auto mine = policy{two_at_best{}, max_batch(5)};
inline constexpr auto lifted = policy{shearpin::overridable(max_batch(5))};
inline constexpr auto members = policy{shearpin::quorum(shearpin::membership::shrinks)};

constexpr auto see = [] { return shearpin::pool{.size = 10, .available = 10}; };

void calls(std::array<int, 6>& six, const std::array<int, 5>& exactly_five, std::span<const int, 7> seven, const std::vector<int>& some) {
    constexpr auto here = shearpin::place::here();
    auto remove = guard<five>([](std::span<const int>) {}, see);
    auto remove_number = guard<five>([](int) {}, see);
    auto remove_from = guard<five>([](const char*, std::span<const int>) {}, see);
    auto remove_and = guard<five>([](std::span<const int>, bool) {}, see);
    auto remove_few = guard<three_targets>([](std::span<const int>) {}, see);
    auto remove_mine = guard<mine>([](std::span<const int>) {}, see);
    auto remove_lifted = guard<lifted>([](int) {}, see);
    auto remove_members = guard<members>([](std::span<const int>) {}, see);
    const int six_in_c[] = {1, 2, 3, 4, 5, 6};
    const int five_in_c[] = {1, 2, 3, 4, 5};

    remove(exactly_five);
    remove(exactly_five, here);
    remove(five_in_c);
    remove(seven.first<5>());
    remove(some);
    remove(std::span<const int>(six));
    remove_number(std::integral_constant<int, 5>());
    remove_number(6);
    remove_few(seven.first<3>());
    remove_mine(seven.first<2>());
    remove_members(seven.first<1>());
    // What an override may lift is no matter of the compiler's, however large: -1 is 2^64 - 1 here.
    remove_lifted(std::integral_constant<int, -1>());
    // Nor does a type tell how many where another argument says it, or a function of the user's.
    guard<five>([](int, std::span<const int>) {}, see)(shearpin::targets(5), six);
    guard<five>([](std::span<const int>) {}, see).counting([](const auto&) { return 5; })(six);
    // Advice is asked for at run time: what-if questions about too many are fair.
    (void)remove.check(six);
    (void)remove.check_from(here, six);

#if defined(CASE_array)
    remove(six);  // HERE array
#elif defined(CASE_with_its_place)
    remove(six, here);  // HERE with_its_place
#elif defined(CASE_const_array)
    remove(std::array<const int, 6>{1, 2, 3, 4, 5, 6});  // HERE const_array
#elif defined(CASE_c_array)
    remove(six_in_c);  // HERE c_array
#elif defined(CASE_span)
    remove(seven);  // HERE span
#elif defined(CASE_number_of_a_type)
    remove_number(std::integral_constant<int, 6>());  // HERE number_of_a_type
#elif defined(CASE_negative_number_of_a_type)
    remove_number(std::integral_constant<int, -5>());  // HERE negative_number_of_a_type
#elif defined(CASE_marked)
    remove(shearpin::targets(six));  // HERE marked
#elif defined(CASE_beside_other_arguments)
    remove_from("hosts", six);  // HERE beside_other_arguments
#elif defined(CASE_before_other_arguments)
    remove_and(six, true);  // HERE before_other_arguments
#elif defined(CASE_the_tightest_rule_is_named)
    remove_few(seven.first<4>());  // HERE the_tightest_rule_is_named
#elif defined(CASE_own_rule)
    remove_mine(seven.first<3>());  // HERE own_rule
#elif defined(CASE_shrinking_quorum)
    remove_members(seven.first<2>());  // HERE shrinking_quorum
#elif defined(CASE_try_call)
    (void)remove.try_call(six);  // HERE try_call
#elif defined(CASE_call_from)
    remove.call_from(here, six);  // HERE call_from
#elif defined(CASE_try_call_from)
    (void)remove.try_call_from(here, six);  // HERE try_call_from
#endif
    (void)six_in_c;
}
