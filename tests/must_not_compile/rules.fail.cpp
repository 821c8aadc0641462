// SPDX-License-Identifier: BSL-1.0
// What is no rule, and policies without one.
// CASE no_rules: error: [^']+'[^']*policy<.*a_policy_needs_rules_say_unlimited<
// CASE a_number: error: [^']+'[^']*policy<.*a_rule_needs_limit_of_facts_const<int> ?>
// CASE second_is_no_rule: error: [^']+'[^']*policy<.*a_rule_needs_limit_of_facts_const<int> ?>
// CASE limit_is_not_const: error: [^']+'[^']*policy<.*a_rule_needs_limit_of_facts_const<changes> ?>
// CASE limit_takes_no_facts: error: [^']+'[^']*policy<.*a_rule_needs_limit_of_facts_const<factless> ?>
// CASE limit_is_signed: error: [^']+'[^']*policy<.*limit_must_return_exactly_count<signed_limit, int> ?>
// CASE limit_is_floating_point: error: [^']+'[^']*policy<.*limit_must_return_exactly_count<rough, double> ?>
// CASE limit_is_unlimited_itself: error: [^']+'[^']*policy<.*limit_must_return_exactly_count<lax, .*unlimited_rule> ?>
// CASE no_name: error: [^']+'[^']*policy<.*a_rule_needs_a_static_name<nameless> ?>
// CASE name_is_no_text: error: [^']+'[^']*policy<.*a_rule_needs_a_static_name<numbered> ?>
// CASE for_pool_without_rules: error: [^']+'[^']*a_policy_needs_rules_say_unlimited<
// CASE for_pool_of_a_number: error: [^']+'[^']*a_rule_needs_limit_of_facts_const<int>
// CASE for_other_pools_without_rules: error: [^']+'[^']*a_policy_needs_rules_say_unlimited<
// CASE policies_of_a_rule [gcc] @own: error: [^']+'[^']*policies<.*policies_are_made_of_for_pool<.*max_batch>
// CASE policies_of_a_rule [clang]: error: [^']+'[^']*policies<.*policies_are_made_of_for_pool<.*max_batch>
#include "without_ledger.hpp"

using shearpin::count, shearpin::facts, shearpin::for_other_pools, shearpin::for_pool, shearpin::max_batch,
    shearpin::policies, shearpin::policy, shearpin::text_view;

struct mine {
    static constexpr text_view name = "mine";
    constexpr count limit(const facts&) const { return shearpin::unlimited; }
};
struct changes {
    static constexpr text_view name = "changes";
    constexpr count limit(const facts&) { return 1; }
};
struct factless {
    static constexpr text_view name = "factless";
    constexpr count limit() const { return 1; }
};
struct signed_limit {
    static constexpr text_view name = "signed_limit";
    constexpr int limit(const facts&) const { return -1; }
};
struct rough {
    static constexpr text_view name = "rough";
    constexpr double limit(const facts&) const { return 2.5; }
};
struct lax {
    static constexpr text_view name = "lax";
    constexpr auto limit(const facts&) const { return shearpin::unlimited; }
};
struct nameless {
    constexpr count limit(const facts&) const { return 1; }
};
struct numbered {
    static constexpr int name = 1;
    constexpr count limit(const facts&) const { return 1; }
};

constexpr auto fine = policy{mine{}, max_batch(5)};
constexpr auto fine_for_pools = policies{for_pool("a", mine{}), for_other_pools(max_batch(5))};

#if defined(CASE_no_rules)
constexpr auto bad = policy{};  // HERE no_rules
#elif defined(CASE_a_number)
constexpr auto bad = policy{5};  // HERE a_number
#elif defined(CASE_second_is_no_rule)
constexpr auto bad = policy{max_batch(5), 5};  // HERE second_is_no_rule
#elif defined(CASE_limit_is_not_const)
constexpr auto bad = policy{changes{}};  // HERE limit_is_not_const
#elif defined(CASE_limit_takes_no_facts)
constexpr auto bad = policy{factless{}};  // HERE limit_takes_no_facts
#elif defined(CASE_limit_is_signed)
constexpr auto bad = policy{max_batch(5), signed_limit{}};  // HERE limit_is_signed
#elif defined(CASE_limit_is_floating_point)
constexpr auto bad = policy{rough{}};  // HERE limit_is_floating_point
#elif defined(CASE_limit_is_unlimited_itself)
constexpr auto bad = policy{lax{}};  // HERE limit_is_unlimited_itself
#elif defined(CASE_no_name)
constexpr auto bad = policy{nameless{}};  // HERE no_name
#elif defined(CASE_name_is_no_text)
constexpr auto bad = policy{numbered{}};  // HERE name_is_no_text
#elif defined(CASE_for_pool_without_rules)
constexpr auto bad = policies{for_pool("a")};  // HERE for_pool_without_rules
#elif defined(CASE_for_pool_of_a_number)
constexpr auto bad = policies{for_pool("a", 5)};  // HERE for_pool_of_a_number
#elif defined(CASE_for_other_pools_without_rules)
constexpr auto bad = policies{for_other_pools()};  // HERE for_other_pools_without_rules
#elif defined(CASE_policies_of_a_rule)
constexpr auto bad = policies{for_pool("a", mine{}), max_batch(5)};  // HERE policies_of_a_rule
#endif
