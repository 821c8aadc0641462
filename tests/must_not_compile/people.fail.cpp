// SPDX-License-Identifier: BSL-1.0
// What a person says, overrides, shadow and observers: what is refused when it is compiled.
// CASE override_of_no_rule: error: [^']+'[^']*override_once_takes_the_type_of_a_rule<int>
// CASE override_of_a_misspelt_rule @own: max_bach
// CASE override_is_a_temporary: error: [^']+'[^']*the_override_is_a_temporary_give_it_a_name_first
// CASE asking_a_temporary_guard: error: [^']+'[^']*the_guard_is_a_temporary_give_it_a_name_before_asking
// CASE bypass_of_a_temporary_guard: error: [^']+'[^']*the_guard_is_a_temporary_give_it_a_name_before_asking
// CASE bypass_without_observer: error: [^']+'[^']*without_ledger_needs_an_observer
// CASE shadow_without_observer: error: [^']+'[^']*shadow_needs_an_observer
// CASE shadow_until_without_clock: error: [^']+'[^']*shadow_until_needs_a_clock
// CASE expected_list_is_a_temporary: unavailable: the expected list is a temporary: give it a name first
// CASE expected_is_floating_point @own: error: could not convert|error: no viable conversion
// CASE approvals_of_nobody [gcc] @context: approvals_of_nobody_are_none_leave_it_out\(\)
// CASE approvals_of_nobody [clang]: error: approvals of nobody are none; leave it out
// CASE approvals_of_nine [gcc] @context: approvals_are_at_most_8\(\)
// CASE approvals_of_nine [clang]: error: approvals: at most 8 people
// CASE approvals_negative [gcc] @context: a_limit_must_not_be_negative\(\) .with Rule = [a-z0-9:]*approvals]
// CASE approvals_negative [clang]: error: approvals: the number is negative
// CASE above_negative [gcc] @context: a_limit_must_not_be_negative\(\) .with Rule = [a-z0-9:]*above]
// CASE above_negative [clang]: error: above: the amount must not be negative
// CASE needs_expected_twice: error: [^']+'[^']*rule_stated_twice<[a-z0-9:]*needs_expected
// CASE overridable_twice: error: [^']+'[^']*rule_stated_twice<[a-z0-9:]*overridable<[a-z0-9:]*max_batch
// CASE hard_limit_below_the_soft: error: [^']+'[^']*never_admitted<[a-z0-9:]*max_batch, [a-z0-9:]*requested<8>, [a-z0-9:]*allowed<7>
// CASE override_is_copied: override_grant
#include "without_ledger.hpp"

#include <array>
#include <vector>

using shearpin::guard, shearpin::max_batch, shearpin::overridable, shearpin::policy;

inline constexpr auto five = policy{max_batch(5)};
inline constexpr auto soft = policy{overridable(max_batch(5)), max_batch(7)};
inline constexpr auto expected_twice = policy{shearpin::needs_expected(), shearpin::needs_expected()};
inline constexpr auto soft_twice = policy{overridable(max_batch(5)), overridable(max_batch(6))};
constexpr shearpin::approvals eight(8, shearpin::above(0));

constexpr auto see = [] { return shearpin::pool{}; };
constexpr auto remove_some = [](const std::vector<int>&) {};
constexpr auto remove_eight = [](const std::array<int, 8>&) {};
constexpr auto told = [](const shearpin::event&) {};

void calls(const std::vector<int>& some, const std::array<int, 8>& more, const std::array<int, 6>& six) {
    shearpin::manual_clock clock;
    auto remove = guard<five>(remove_some, see);
    auto soft_six = guard<soft>([](const std::array<int, 6>&) {}, see);
    auto watched = guard<five>(remove_some, see).with_observer(told);
    const auto lift = shearpin::override_once<max_batch>({.up_to = 6});
#ifdef CONTROL
    remove.asking({.expected = some}).overriding(lift)(some);
    soft_six(six);
    watched.without_ledger({.actor = "ann", .reason = "CHG-17"})(some);
    guard<five>(remove_some, see).with_observer(told).in_shadow()(some);
    guard<five>(remove_some, see).with_clock(clock).with_observer(told).in_shadow(clock.now())(some);
    guard<five>(remove_eight, see).with_observer(told).in_shadow()(more);
#endif

#if defined(CASE_override_of_no_rule)
    (void)shearpin::override_once<int>({.up_to = 6});  // HERE override_of_no_rule
#elif defined(CASE_override_of_a_misspelt_rule)
    (void)shearpin::override_once<shearpin::max_bach>({.up_to = 6});  // HERE override_of_a_misspelt_rule
#elif defined(CASE_override_is_a_temporary)
    remove.asking({}).overriding(shearpin::override_once<max_batch>({}))(some);  // HERE override_is_a_temporary
#elif defined(CASE_override_is_copied)
    auto again = lift;  // HERE override_is_copied
#elif defined(CASE_asking_a_temporary_guard)
    guard<five>(remove_some, see).asking({.expected = 1})(some);  // HERE asking_a_temporary_guard
#elif defined(CASE_bypass_of_a_temporary_guard)
    guard<five>(remove_some, see).without_ledger({.actor = "ann"})(some);  // HERE bypass_of_a_temporary_guard
#elif defined(CASE_bypass_without_observer)
    remove.without_ledger({.actor = "ann", .reason = "CHG-17"})(some);  // HERE bypass_without_observer
#elif defined(CASE_shadow_without_observer)
    guard<five>(remove_some, see).in_shadow()(some);  // HERE shadow_without_observer
#elif defined(CASE_shadow_until_without_clock)
    guard<five>(remove_some, see).with_observer(told).in_shadow(clock.now())(some);  // HERE shadow_until_without_clock
#elif defined(CASE_expected_list_is_a_temporary)
    const shearpin::request said{.expected = std::vector<int>{1}};  // HERE expected_list_is_a_temporary
#elif defined(CASE_expected_is_floating_point)
    const shearpin::request said{.expected = 2.5};  // HERE expected_is_floating_point
#elif defined(CASE_approvals_of_nobody)
    constexpr auto bad = shearpin::approvals(0, shearpin::above(3));  // HERE approvals_of_nobody
#elif defined(CASE_approvals_of_nine)
    constexpr auto bad = shearpin::approvals(9, shearpin::above(3));  // HERE approvals_of_nine
#elif defined(CASE_approvals_negative)
    constexpr auto bad = shearpin::approvals(-1, shearpin::above(3));  // HERE approvals_negative
#elif defined(CASE_above_negative)
    constexpr auto bad = shearpin::approvals(2, shearpin::above(-1));  // HERE above_negative
#elif defined(CASE_needs_expected_twice)
    auto bad = guard<expected_twice>(remove_some, see);  // HERE needs_expected_twice
#elif defined(CASE_overridable_twice)
    auto bad = guard<soft_twice>(remove_some, see);  // HERE overridable_twice
#elif defined(CASE_hard_limit_below_the_soft)
    guard<soft>(remove_eight, see)(more);  // HERE hard_limit_below_the_soft
#endif
}
