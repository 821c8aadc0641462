// SPDX-License-Identifier: BSL-1.0
// What the compiler says of a call that can be refused while it is compiled. None of these is ever
// defined: such a call picks an overload whose return type is one of them, and all compilers then
// print just that type, at the line of the call.
#pragma once

#include <shearpin/count.hpp>

namespace shearpin::inline v1 {

template <count> struct requested;
template <count> struct allowed;
template <count...> struct stated;  ///< a number, or a numerator and a denominator

/// A batch whose size is known when it is compiled, and which this rule never lets through.
template <class Rule, class Requested, class Allowed> struct never_admitted;

/// A policy under which nothing could ever be removed, because of this rule.
template <class Rule> struct policy_can_never_admit;

/// The same kind of limit stands in the policy twice: which one is meant?
template <class Rule, class First, class Second> struct rule_stated_twice;
/// `unlimited` beside a limit: which one is meant?
template <class Rule> struct unlimited_contradicts;

/// This rule looks at the clock: give the guard one, `.with_clock(clock)`.
template <class Rule> struct policy_needs_a_clock;
/// This rule asks how old the observation is: the world must return a shearpin::observation.
template <class Rule> struct policy_needs_an_observation;

/// The second argument of guard is neither a callable that returns a pool or an observation, nor an
/// inventory with pools_of(target), state(pool) and contains(target).
template <class World> struct this_is_no_view_of_a_pool;
/// The inventory has no such member for this type of target or pool. Where it has one for another
/// type, the target is of the wrong kind.
template <class Inventory, class Member, class Argument> struct inventory_lacks;
namespace member {
struct pools_of;
struct state;
struct contains;
}  // namespace member

/// None of the policies is for a pool of this type.
template <class Pool> struct no_policy_names_pools_of_this_type;
/// Two policies are for the same pool: which one is meant? (Numbers count from 0.)
template <count First, count Second> struct two_policies_for_one_pool;

/// No argument is an integer or a sized range: mark one with targets(x), or say .counting(f).
struct no_argument_says_how_many_use_targets_or_counting;
/// Several arguments are: mark one with targets(x), or say .counting(f).
struct several_arguments_could_say_how_many_use_targets_or_counting;
/// The function given to .counting(f) cannot be called with these arguments, or returns neither an
/// integer nor a sized range.
template <class Counter> struct counting_must_return_an_integer_or_targets;
/// A guard over an inventory must be told which targets: pass a sized range, or let .counting(f)
/// return one.
struct an_inventory_needs_targets_not_a_number;

/// Targets of this type have no `<`, so those that are named twice cannot be found: order them, or
/// say .distinct_by_hash(h) or .known_distinct().
template <class Target> struct targets_need_an_order_or_a_hash_or_known_distinct;

/// The removal cannot be called with these arguments: a target of another kind?
template <class Removal, class... Arguments> struct removal_does_not_take;
/// The removal returns a future or an awaitable: what it starts is not done when the call returns.
template <class Returned> struct removal_is_only_started;

/// The function given to .removed_by(f) cannot be called with what the removal returns, or does not
/// return an integer.
template <class Returned> struct removed_by_must_return_an_integer_for;

/// Without exceptions a guard cannot refuse from operator(): use try_call, or give the guard
/// or_terminate() or on_refusal(f).
struct without_exceptions_use_try_call_or_or_terminate_or_on_refusal;

}  // namespace shearpin::inline v1
