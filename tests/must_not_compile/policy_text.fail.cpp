// SPDX-License-Identifier: BSL-1.0
// Mistakes in policies that are text in code: what the compiler says of them, and of which line and column.
// CASE no_such_rule [gcc]: error: [^']+'.*policy_text_error<.*at_line<1>, .*at_column<1>, .*"there is no rule ."max_bach."; did you mean max_batch\?"}>
// CASE no_such_rule [clang]: error: [^']+'[^']*policy_text_error<.*at_line<1>, .*at_column<1>, (.*there_is_no_such_rule, .*did_you_mean<'m', 'a', 'x', '_', 'b', 'a', 't', 'c', 'h'>|policy_text<33>{"there is no rule ."max_bach."; did"}, policy_text<21>{" you mean max_batch\?"})>
// CASE a_long_word [gcc]: error: [^']+'.*policy_text_error<.*at_line<1>, .*at_column<1>, .*"there is no rule ."what_is_to_remain_of_every_pool_of_all."; the rules are min_remaining
// CASE a_long_word [clang]: error: [^']+'[^']*policy_text_error<.*at_line<1>, .*at_column<1>, (.*there_is_no_such_rule, |policy_text<17>{"there is no rule"}, policy_text<[0-9]+>{" ."what_i"}, policy_text<[0-9]+>{"s_to_rem"})
// CASE in_the_second_line [gcc]: error: [^']+'.*policy_text_error<.*at_line<3>, .*at_column<15>, .*"."101%." is more than all of it; a percentage is between 0% and 100%"}>
// CASE in_the_second_line [clang]: error: [^']+'[^']*policy_text_error<.*at_line<3>, .*at_column<15>, (.*a_percentage_is_at_most_100, .*did_you_mean<>|policy_text<[0-9]+>{"."101%." is more than all of it; a"}.*)>
// CASE cap_of_zero [gcc]: error: [^']+'.*policy_text_error<.*at_line<1>, .*at_column<11>, .*"max_batch: a cap of zero removes nothing; write freeze\(\)"}>
// CASE cap_of_zero [clang]: error: [^']+'[^']*policy_text_error<.*at_line<1>, .*at_column<11>, (.*a_cap_of_zero_removes_nothing_write_freeze, .*|policy_text<33>{"max_batch: a cap of zero removes"}, policy_text<25>{" nothing; write freeze\(\)"})>
// CASE rate_of_zero_percent [gcc]: error: [^']+'.*policy_text_error<.*"max_rate: a cap of zero removes nothing
// CASE rate_of_zero_percent [clang]: error: [^']+'[^']*policy_text_error<.*(a_cap_of_zero_removes_nothing_write_freeze|"max_rate: a cap of zero removes")
// CASE no_pools_may_go [gcc]: error: [^']+'.*policy_text_error<.*"max_pools: a cap of zero removes nothing
// CASE no_pools_may_go [clang]: error: [^']+'[^']*policy_text_error<.*(a_cap_of_zero_removes_nothing_write_freeze|"max_pools: a cap of zero removes")
// CASE no_rules [gcc]: error: [^']+'.*policy_text_error<.*at_line<1>, .*at_column<1>, .*"there is no rule here, and no rules are no policy; to allow everything write unlimited"}>
// CASE no_rules [clang]: error: [^']+'[^']*policy_text_error<.*at_line<1>, .*at_column<1>, (.*there_is_no_rule_in_it|policy_text<[0-9]+>{"there is no rule here, and no"})
// CASE stated_twice [gcc]: error: [^']+'.*policy_text_error<.*at_line<1>, .*at_column<15>, .*"max_batch stands already in line 1; which of the two is meant\?"}>
// CASE stated_twice [clang]: error: [^']+'[^']*policy_text_error<.*at_line<1>, .*at_column<15>, (.*it_is_stated_twice|policy_text<[0-9]+>{"max_batch stands already in)
// CASE the_first_of_several [gcc]: error: [^']+'.*policy_text_error<.*at_line<1>, .*at_column<11>, .*"."-1." is negative, and a limit is not"}>
// CASE the_first_of_several [clang]: error: [^']+'[^']*policy_text_error<.*at_line<1>, .*at_column<11>, (.*a_limit_is_not_negative|policy_text<[0-9]+>{"."-1." is negative, and a limit)
// CASE pools_as_one [gcc]: error: [^']+'.*policy_text_error<.*"."pool." begins the rules of a pool
// CASE pools_as_one [clang]: error: [^']+'[^']*policy_text_error<.*(pools_need_parse_policies|"."pool." begins the rules of a)
// CASE one_as_pools [gcc]: error: [^']+'.*policy_text_error<.*"."max_batch." stands outside of a pool
// CASE one_as_pools [clang]: error: [^']+'[^']*policy_text_error<.*(rules_stand_in_a_pool_here|"."max_batch." stands outside of a)
// CASE in_a_pool [gcc]: error: [^']+'.*policy_text_error<.*at_line<1>, .*at_column<10>, .*"there is no rule ."quorun."; did you mean quorum\?"}>
// CASE in_a_pool [clang]: error: [^']+'[^']*policy_text_error<.*at_line<1>, .*at_column<10>, (.*there_is_no_such_rule, .*did_you_mean<'q', 'u', 'o', 'r', 'u', 'm'>|policy_text<[0-9]+>{"there is no rule ."quorun.";)
// CASE cap_of_zero_in_a_pool [gcc]: error: [^']+'.*policy_text_error<.*"max_batch: a cap of zero removes nothing
// CASE cap_of_zero_in_a_pool [clang]: error: [^']+'[^']*policy_text_error<.*(a_cap_of_zero_removes_nothing_write_freeze|"max_batch: a cap of zero removes")
// CASE more_mistakes_than_are_told [gcc]: error: [^']+'.*policy_text_error<.*at_line<1>, .*at_column<1>, .*"expected a rule, such as
// CASE more_mistakes_than_are_told [clang]: error: [^']+'[^']*policy_text_error<.*at_line<1>, .*at_column<1>, (.*something_else_is_expected_here|policy_text<[0-9]+>{"expected a rule, such as)
// CASE never_admits: error: [^']+'[^']*policy_can_never_admit<.*freeze ?>
// CASE no_ledger: error: [^']+'[^']*policy_needs_a_ledger<.*max_rate ?>
#include "without_ledger.hpp"
#include <shearpin/policy_literal.hpp>

using namespace shearpin::literals;

constexpr auto remove_some = [](int) {};
constexpr auto see = [] { return shearpin::pool{}; };

inline constexpr auto fine = R"(
# what looks alike and is fine
max_batch(5), min_remaining(100%)
min_remaining(0))"_policy;
inline constexpr auto fine_pools = "pool a { quorum() } other_pools { freeze() }"_policies;
inline constexpr auto closed = "freeze()"_policy;
inline constexpr auto rated = "max_rate(20, 1h)"_policy;

#if defined(CASE_no_such_rule)
inline constexpr auto bad = "max_bach(5)"_policy;  // HERE no_such_rule
#elif defined(CASE_a_long_word)
inline constexpr auto bad = "what_is_to_remain_of_every_pool_of_all(5)"_policy;  // HERE a_long_word
#elif defined(CASE_in_the_second_line)
inline constexpr auto bad = "# rules\nmax_batch(5)\nmin_remaining(101%)\n"_policy;  // HERE in_the_second_line
#elif defined(CASE_cap_of_zero)
inline constexpr auto bad = "max_batch(0)"_policy;  // HERE cap_of_zero
#elif defined(CASE_rate_of_zero_percent)
inline constexpr auto bad = "max_rate(0%, 1h)"_policy;  // HERE rate_of_zero_percent
#elif defined(CASE_no_pools_may_go)
inline constexpr auto bad = "max_pools(0)"_policy;  // HERE no_pools_may_go
#elif defined(CASE_no_rules)
inline constexpr auto bad = ""_policy;  // HERE no_rules
#elif defined(CASE_stated_twice)
inline constexpr auto bad = "max_batch(5), max_batch(6)"_policy;  // HERE stated_twice
#elif defined(CASE_the_first_of_several)
inline constexpr auto bad = "max_batch(-1), max_bach(5), cooldown(0s)"_policy;  // HERE the_first_of_several
#elif defined(CASE_pools_as_one)
inline constexpr auto bad = "pool a { quorum() }"_policy;  // HERE pools_as_one
#elif defined(CASE_one_as_pools)
inline constexpr auto bad = "max_batch(5)"_policies;  // HERE one_as_pools
#elif defined(CASE_in_a_pool)
inline constexpr auto bad = "pool a { quorun() }"_policies;  // HERE in_a_pool
#elif defined(CASE_cap_of_zero_in_a_pool)
inline constexpr auto bad = "pool a { max_batch(0) }"_policies;  // HERE cap_of_zero_in_a_pool
#elif defined(CASE_more_mistakes_than_are_told)
inline constexpr auto bad = "a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a(),a()"_policy;  // HERE more_mistakes_than_are_told
#elif defined(CASE_never_admits)
auto bad = shearpin::guard<closed>(remove_some, see);  // HERE never_admits
#elif defined(CASE_no_ledger)
auto guarded = shearpin::guard<rated>(remove_some, see);
void call() { guarded(1); }  // HERE no_ledger
#endif
