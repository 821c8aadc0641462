// SPDX-License-Identifier: BSL-1.0
// What the compiler says of a call that can be refused while it is compiled. None of these is ever
// defined: such a call picks an overload whose return type is one of them, and all compilers then
// print just that type, at the line of the call. All are templates: of other types that are not
// defined clang prints the whole function first. What each means, with a broken line and a mended
// one: examples/errors.md.
#pragma once

#include <shearpin/count.hpp>

namespace shearpin::inline v1 {

/// How much the call asks for.
template <count> struct requested;
/// How much the rule lets through at the most.
template <count> struct allowed;
/// A limit as it is written, a number.
template <count> struct stated;
/// A limit as it is written, a numerator and a denominator.
template <count, count> struct stated_fraction;

/// A batch whose size is known when it is compiled, and which this rule never lets through.
template <class Rule, class Requested, class Allowed>
struct never_admitted;  // see examples/errors.md

/// A policy under which nothing could ever be removed, because of this rule.
template <class Rule, class... Stated> struct policy_can_never_admit;  // see examples/errors.md

/// The same kind of limit stands in the policy twice: which one is meant?
template <class Rule, class... Stated> struct rule_stated_twice;  // see examples/errors.md
/// `unlimited` beside a limit: which one is meant?
template <class Rule> struct unlimited_contradicts;  // see examples/errors.md

/// This rule looks at the clock: give the guard one, `.with_clock(clock)`.
template <class Rule> struct policy_needs_a_clock;  // see examples/errors.md
/// This rule looks at what was removed before: give the guard a ledger, `.with_ledger(ledger,
/// ...)`.
template <class Rule> struct policy_needs_a_ledger;  // see examples/errors.md
/// This rule asks how old the observation is: the world must return a shearpin::observation.
template <class Rule> struct policy_needs_an_observation;  // see examples/errors.md

/// A policy without rules is none; say policy{unlimited}.
template <class...> struct a_policy_needs_rules_say_unlimited;  // see examples/errors.md
/// A rule has a member `count limit(const facts&) const`.
template <class Rule> struct a_rule_needs_limit_of_facts_const;  // see examples/errors.md
/// It returns exactly shearpin::count: a signed result could turn into a huge one.
template <class Rule, class Returned>
struct limit_must_return_exactly_count;  // see examples/errors.md
/// A rule has a `static constexpr std::string_view name`.
template <class Rule> struct a_rule_needs_a_static_name;  // see examples/errors.md
/// Policies are made of for_pool(name, rules...) and for_other_pools(rules...).
template <class Entry> struct policies_are_made_of_for_pool;  // see examples/errors.md

/// The template argument of guard, or the first argument where there is none, is no policy.
template <class Policy> struct this_is_no_policy;  // see examples/errors.md
/// Policies of several pools can only be judged where the world tells which pools a target serves:
/// with pools_of(target), state(pool) and contains(target).
template <class World>
struct policies_of_several_pools_need_an_inventory;  // see examples/errors.md
/// Of the decision over several pools nothing is included: core.hpp guards one pool.
template <class World>
struct to_guard_an_inventory_include_shearpin_several_pools_hpp;  // see examples/errors.md
/// The second argument of guard is neither a callable that returns a pool or an observation, nor an
/// inventory with pools_of(target), state(pool) and contains(target).
template <class World> struct this_is_no_view_of_a_pool;  // see examples/errors.md
/// The second argument of guard can be called and has a member `contains`: is it a view of one
/// pool, or an inventory? Pass a lambda that calls it, or an inventory without operator().
template <class World> struct this_is_a_view_of_a_pool_and_an_inventory;  // see examples/errors.md
/// The inventory has no such member.
template <class Inventory, class Member, class Argument>
struct inventory_lacks;  // see examples/errors.md
/// It has, but not for this type: a target of another kind. Or the member is not const and the
/// inventory is, or it returns something else than inventory.hpp says.
template <class Inventory, class Member, class Argument>
struct inventory_does_not_take;  // see examples/errors.md
namespace member {
struct pools_of;
struct state;
struct contains;
struct is_protected;
struct is_available;
struct weight_of;
}  // namespace member

/// None of the policies is for a pool of this type.
template <class Pool> struct no_policy_names_pools_of_this_type;  // see examples/errors.md
/// Two policies are for the same pool: which one is meant? (Numbers count from 0.)
template <count First, count Second> struct two_policies_for_one_pool;  // see examples/errors.md

/// No argument is an integer or a sized range: mark one with targets(x), or say .counting(f).
template <class... Arguments>
struct no_argument_says_how_many_use_targets_or_counting;  // see examples/errors.md
/// Several arguments are: mark one with targets(x), or say .counting(f).
template <class... Arguments>
struct several_arguments_could_say_how_many_use_targets_or_counting;  // see examples/errors.md
/// A list of lists: is each list a target, or each that stands in one? Say it by .counting(f).
template <class List>
struct a_list_of_lists_could_mean_two_numbers_use_counting;  // see examples/errors.md
/// Text is no list of targets, and neither is what does not know its size.
template <class Marked>
struct targets_must_be_an_integer_or_a_sized_range;  // see examples/errors.md
/// The function given to .counting(f) cannot be called with these arguments.
template <class Function, class... Arguments>
struct counting_does_not_take;  // see examples/errors.md
/// It returns neither an integer nor a sized range.
template <class Returned>
struct counting_must_return_an_integer_or_targets;  // see examples/errors.md
/// A guard over an inventory must be told which targets: pass a sized range, or let .counting(f)
/// return one.
template <class Inventory>
struct an_inventory_needs_targets_not_a_number;  // see examples/errors.md

/// Targets of this type have no `<`, so those that are named twice cannot be found: order them, or
/// say .distinct_by_hash(h) or .known_distinct().
template <class Target>
struct targets_need_an_order_or_a_hash_or_known_distinct;  // see examples/errors.md
/// The function given to .distinct_by_hash(h) does not take targets of this type or does not return
/// a std::size_t, or they have no `==`.
template <class Target, class Hash>
struct distinct_by_hash_needs_this_hash_and_equality;  // see examples/errors.md

/// What is refused in shadow is only told: give the guard somebody to tell, .with_observer(f).
struct shadow_needs_an_observer;  // see examples/errors.md
/// A removal without the ledger is loudly recorded: give the guard .with_observer(f).
struct without_ledger_needs_an_observer;  // see examples/errors.md
/// A shadow that ends at a moment needs to know the time: give the guard .with_clock(clock).
struct shadow_until_needs_a_clock;  // see examples/errors.md
/// Over one pool, say the pool's name on the ledger: .with_ledger(ledger, "rows").
struct with_ledger_needs_the_name_of_the_pool;  // see examples/errors.md

/// The removal cannot be called with these arguments: a target of another kind?
template <class Removal, class... Arguments>
struct removal_does_not_take;  // see examples/errors.md
/// The removal takes a permit, but not one of this guard's policy: equal policies are not the same.
template <class Removal, class... Arguments>
struct removal_takes_a_permit_of_another_policy;  // see examples/errors.md
/// To reserve is to hold a place on a ledger until the removal is over: give the guard a ledger,
/// `.with_ledger(ledger, ...)`.
template <class Removal> struct reserve_needs_a_ledger;  // see examples/errors.md
/// The removal returns a future, an awaitable or a thread, or some of them: what it starts is not
/// done when the call returns. With a ledger, `reserve(...)` in place of the call holds the amount
/// until it is.
template <class Returned> struct removal_is_only_started;  // see examples/errors.md

/// Without exceptions a guard cannot refuse from operator(): use try_call, or give the guard
/// or_terminate() or on_refusal(f).
template <class Removal>
struct without_exceptions_use_try_call_or_or_terminate_or_on_refusal;  // see examples/errors.md
/// The same of a permit: use try_spend, which returns the refusal.
template <class What> struct without_exceptions_use_try_spend;  // see examples/errors.md
/// To spend a permit uses it up: std::move(permit).spend(what).
template <class What> struct say_std_move_of_the_permit_to_spend_it;  // see examples/errors.md

/// The function given to .removed_by(f) cannot be called with what the removal returns, or does not
/// return an integer.
template <class Function, class Returned>
struct removed_by_must_make_an_integer_of;  // see examples/errors.md
/// The function given to .on_refusal(f) cannot be called with a `const shearpin::refusal&`.
template <class Function> struct on_refusal_must_take_a_refusal;  // see examples/errors.md
/// The function given to .on_refusal(f) returns something else than the removal does; or a value
/// where the removal returns a reference, which would refer to what is gone. Return nothing where
/// the function does not come back.
template <class Returned, class Handled>
struct on_refusal_must_return_what_the_removal_returns;  // see examples/errors.md
/// What is given to override_once<...> is no rule: the type of one is asked for, such as max_batch.
template <class R> struct override_once_takes_the_type_of_a_rule;  // see examples/errors.md
/// An override is referred to, since it is used up once: give it a name, and then use it.
template <class...>
struct the_override_is_a_temporary_give_it_a_name_first;  // see examples/errors.md
/// What asking(...) and without_ledger(...) return refers to the guard: give the guard a name.
template <class...>
struct the_guard_is_a_temporary_give_it_a_name_before_asking;  // see examples/errors.md
/// A ledger is referred to, never copied, so it must outlive the guard: this one would not.
template <class Ledger>
struct the_ledger_is_a_temporary_and_would_not_outlive_the_guard;  // see examples/errors.md
/// A clock is referred to, never copied, so it must outlive the guard: this one would not.
template <class Clock>
struct the_clock_is_a_temporary_and_would_not_outlive_the_guard;  // see examples/errors.md
/// A name is referred to, never copied, so its text must outlive the guard: this string would not.
template <class String>
struct the_name_is_a_temporary_and_would_not_outlive_the_guard;  // see examples/errors.md
/// A plan or a run in waves takes all targets at once: a number, or a sized range. Text is none.
template <class Argument>
struct plans_and_waves_need_a_number_or_a_list_of_targets;  // see examples/errors.md
/// They take the targets apart, and so cannot leave it to a function how many there are.
template <class Counter>
struct plans_and_waves_cannot_count_by_a_function;  // see examples/errors.md
/// What goes without the ledger goes in single calls: waves would follow one another unseen.
template <class...> struct waves_need_the_ledger;  // see examples/errors.md
/// A list of what is to stay is no list of targets for plans and waves: it is compared anew in each
/// call.
template <class...> struct a_prune_goes_in_one_call;  // see examples/errors.md
/// What a run has removed is remembered by a ledger: give the guard one.
template <class...> struct resume_needs_a_ledger;  // see examples/errors.md
/// Only targets with names can be told from others: text, numbers, or a function to_text(target).
template <class Target> struct resume_needs_targets_with_names;  // see examples/errors.md
/// A clock has now(), which gives a time_point or a std::chrono time of the system clock.
template <class Clock> struct this_is_no_clock;  // see examples/errors.md

}  // namespace shearpin::inline v1
