// SPDX-License-Identifier: BSL-1.0
// Prunes and type-erased guards that cannot mean what was written.
// CASE bare_list: error: [^']*'[^']*a_prune_takes_one_listing<
// CASE list_and_more: error: [^']*'[^']*a_prune_takes_one_listing<
// CASE list_of_another_kind: error: [^']*'[^']*the_list_is_of_another_kind_than_the_inventory<int, [^>]*string
// CASE age_without_a_clock: error: [^']*'[^']*listed_within_needs_a_clock
// CASE answer_of_nothing: error: [^']*'[^']*a_prune_cannot_return_this_where_nothing_is_to_go<bool>
// CASE inventory_of_a_number: error: [^']*'[^']*an_inventory_to_prune_returns_its_entries<
// CASE removal_of_another_kind: error: [^']*'[^']*removal_does_not_take<
// CASE in_waves: error: [^']*'[^']*a_prune_goes_in_one_call<
// CASE policy_without_a_ledger: error: [^']*'[^']*policy_needs_a_ledger<
// CASE other_signature @context: error: .*this_guard_does_not_have_this_signature<
// CASE other_result @context: error: .*this_guard_does_not_have_this_signature<
// CASE other_answer @context: error: .*this_guard_does_not_have_this_signature<
// CASE any_guard_dropped @own: error: .*it only decides and removes nothing
// CASE any_permit_for_one_policy: error: [^']*'[^']*removal_takes_a_permit_of_another_policy<
// CASE any_permit_of_nothing @own: error: no matching (function for call to|constructor for initialization of)
#include "with_ledger.hpp"

#include <string>
#include <vector>

using namespace shearpin::literals;
using texts = std::vector<std::string>;

inline constexpr auto few = shearpin::policy{shearpin::max_batch(3)};
inline constexpr auto slowly = shearpin::policy{shearpin::max_rate(3, shearpin::duration::hours(1))};
const texts zone{"a", "b"};
constexpr auto see = [] { return zone; };
constexpr auto drop = [](const texts&) {};
constexpr auto pool = [] { return shearpin::pool{9, 9}; };
template <class R> using any = shearpin::any_guard<R(int)>;

void calls(const texts& wanted, const std::vector<int>& numbers) {
    const auto prune = shearpin::prune_guard<few>(drop, see);
    const auto aged = shearpin::prune_guard<few>(drop, see).listed_within(shearpin::duration::hours(1));
    const auto told = shearpin::prune_guard<few>([](const texts&) { return true; }, see);
    prune(shearpin::complete_listing(wanted));
    (void)told.check(shearpin::complete_listing(wanted));
    any<int> held = shearpin::guard<few>([](int number) { return number; }, pool);
    const auto read = shearpin::policy{*shearpin::max_batch::from(shearpin::count{1})};
    shearpin::guard(read, [](shearpin::any_permit, int) {}, pool)(1);
    (void)numbers;
    (void)aged;

#if defined(CASE_bare_list)
    prune(wanted);  // HERE bare_list
#elif defined(CASE_in_waves)
    prune.asking({.actor = "ann"}).plan(wanted);  // HERE in_waves
#elif defined(CASE_list_and_more)
    prune(shearpin::complete_listing(wanted), 3);  // HERE list_and_more
#elif defined(CASE_list_of_another_kind)
    prune(shearpin::complete_listing(numbers));  // HERE list_of_another_kind
#elif defined(CASE_age_without_a_clock)
    aged(shearpin::complete_listing(wanted));  // HERE age_without_a_clock
#elif defined(CASE_answer_of_nothing)
    told(shearpin::complete_listing(wanted));  // HERE answer_of_nothing
#elif defined(CASE_inventory_of_a_number)
    shearpin::prune_guard<few>(drop, [] { return 7; });  // HERE inventory_of_a_number
#elif defined(CASE_removal_of_another_kind)
    shearpin::prune_guard<few>([](const std::vector<int>&) {}, see)(shearpin::complete_listing(wanted));  // HERE removal_of_another_kind
#elif defined(CASE_policy_without_a_ledger)
    shearpin::prune_guard<slowly>(drop, see)(shearpin::complete_listing(wanted));  // HERE policy_without_a_ledger
#elif defined(CASE_other_signature)
    any<void> bad = shearpin::guard<few>([](const texts&) {}, pool);  // HERE other_signature
#elif defined(CASE_other_result)
    any<texts> bad(shearpin::guard<few>([](int) { return 7; }, pool));  // HERE other_result
#elif defined(CASE_other_answer)
    any<int> bad(shearpin::guard<few>([](int) { return 7; }, pool).on_refusal([](const auto&) { return texts{}; }));  // HERE other_answer
#elif defined(CASE_any_guard_dropped)
    held.check(1);  // HERE any_guard_dropped
#elif defined(CASE_any_permit_for_one_policy)
    shearpin::guard(read, [](shearpin::permit<few>, int) {}, pool)(1);  // HERE any_permit_for_one_policy
#elif defined(CASE_any_permit_of_nothing)
    shearpin::any_permit bad{};  // HERE any_permit_of_nothing
#endif
}
