// SPDX-License-Identifier: BSL-1.0
// An inventory: the user's own type, which knows what serves what. It must have
//   pools_of(target)   the pools that the target serves: a range of names, of any type with `==`
//   state(pool)        how a pool stands: a `pool` or an `observation`
//   contains(target)   whether there is such a target at all; asked before anything else of it
// and it may have
//   is_protected(target)       true: never to be removed
//   is_available(target)       false: it serves no longer, so it does not use up a floor
//   weight_of(target, pool)    how much of the pool it is; without it, one. Less than one counts
//                              one: what weighs nothing would pass every limit, a freeze too
// They are called for the targets of a removal, never for the whole fleet. One that is there but
// cannot be used (for another type, for a narrower number, not const in a const inventory) does not
// compile.
#pragma once

#include <shearpin/detail/static_errors.hpp>
#include <shearpin/detail/world.hpp>
#include <shearpin/targets.hpp>

namespace shearpin::inline v1::detail {

template <class I, class Target>
concept knows_targets = requires(I& fleet, const Target& target) {
    { fleet.contains(target) } -> converts_to<bool>;
};
template <class I, class Target>
concept knows_pools = requires(I& fleet, const Target& target) {
    *fleet.pools_of(target).begin();
    fleet.pools_of(target).end();
};
template <class I, class Target>
using pool_of = bare<decltype(*declval<I&>().pools_of(declval<const Target&>()).begin())>;

template <class I, class Pool>
concept dates_states = requires(I& fleet, const Pool& which) {
    { fleet.state(which) } -> converts_to<observation>;
};
template <class I, class Pool>
concept knows_states = dates_states<I, Pool> || requires(I& fleet, const Pool& which) {
    { fleet.state(which) } -> converts_to<shearpin::pool>;
};

template <class I, class Target>
concept knows_protected = requires(I& fleet, const Target& target) {
    { fleet.is_protected(target) } -> converts_to<bool>;
};
template <class I, class Target>
concept knows_available = requires(I& fleet, const Target& target) {
    { fleet.is_available(target) } -> converts_to<bool>;
};
template <class I, class Target, class Pool>
concept knows_weights = requires(I& fleet, const Target& target, const Pool& which) {
    requires integer<bare<decltype(fleet.weight_of(target, which))>>;
};

template <class I, class Target> constexpr bool is_protected(I& fleet, const Target& target) {
    if constexpr (knows_protected<I, Target>)
        return fleet.is_protected(target);
    else
        return false;
}
template <class I, class Target> constexpr bool is_available(I& fleet, const Target& target) {
    if constexpr (knows_available<I, Target>)
        return fleet.is_available(target);
    else
        return true;
}
constexpr count weighed(count weight) noexcept { return weight == 0 ? 1 : weight; }
template <class I, class Target, class Pool>
constexpr count weight_of(I& fleet, const Target& target, const Pool& which) {
    if constexpr (knows_weights<I, Target, Pool>)
        return weighed(counted(fleet.weight_of(target, which)));
    else
        return 1;
}

template <class I, class Pool>
constexpr facts state_of(I& fleet, const Pool& which, time_point now) {
    auto ask = [&] { return fleet.state(which); };
    return look_at(ask, now);
}

// A target that is a number must not be narrowed on its way into the inventory: another one would
// be judged than is removed. It is, where a member takes what converts to nothing but other types
// of numbers, and neither the target in braces nor just anything.
template <class T>
inline constexpr bool is_number =
    integer<T> || __is_enum(T) || one_of<T, bool, float, double, long double>;
template <class Target> struct another_number {
    template <class T>
        requires(is_number<T> && !is_same<T, Target>)
    operator T() const;
};
struct just_anything {};
template <class I, class Target, class Takes, class Braced> constexpr bool narrows(Takes, Braced) {
    if constexpr (!is_number<Target>)
        return false;
    else
        return !callable<Braced, I&, const Target&> &&
               callable<Takes, I&, const another_number<Target>&> &&
               !callable<Takes, I&, const just_anything&>;
}
template <class I, class Target> constexpr bool contains_narrows() {
    return narrows<I, Target>([](auto& fleet, const auto& target)
                                  requires requires { fleet.contains(target); }
                                           {},
                                           [](auto& fleet, const auto& target)
                                               requires requires { fleet.contains({target}); }
                              {});
}
template <class I, class Target> constexpr bool pools_of_narrows() {
    return narrows<I, Target>([](auto& fleet, const auto& target)
                                  requires requires { fleet.pools_of(target); }
                                           {},
                                           [](auto& fleet, const auto& target)
                                               requires requires { fleet.pools_of({target}); }
                              {});
}
template <class I, class Target> constexpr bool is_protected_narrows() {
    return narrows<I, Target>([](auto& fleet, const auto& target)
                                  requires requires { fleet.is_protected(target); }
                                           {},
                                           [](auto& fleet, const auto& target)
                                               requires requires { fleet.is_protected({target}); }
                              {});
}

// Whether a class has a member of this name at all, overloaded, a template, or taking whatever:
// then the name is ambiguous in a class that is derived from it and from one that has it too. A
// final class can only be asked for the address of the member, which finds no template and none
// that is overloaded.
struct has_all_names {
    int contains, pools_of, state, is_protected, is_available, weight_of;
};
template <class I> struct has_names_twice : I, has_all_names {};
template <class I, class Member> constexpr bool has_plain_member() {
    if constexpr (is_same<Member, member::contains>)
        return requires { &I::contains; };
    else if constexpr (is_same<Member, member::pools_of>)
        return requires { &I::pools_of; };
    else if constexpr (is_same<Member, member::state>)
        return requires { &I::state; };
    else if constexpr (is_same<Member, member::is_protected>)
        return requires { &I::is_protected; };
    else if constexpr (is_same<Member, member::is_available>)
        return requires { &I::is_available; };
    else
        return requires { &I::weight_of; };
}
template <class I, class Member> constexpr bool has_member() {
    if constexpr (!__is_class(I))
        return false;
    else if constexpr (__is_final(I))
        return has_plain_member<I, Member>();
    else if constexpr (is_same<Member, member::contains>)
        return !requires { &has_names_twice<I>::contains; };
    else if constexpr (is_same<Member, member::pools_of>)
        return !requires { &has_names_twice<I>::pools_of; };
    else if constexpr (is_same<Member, member::state>)
        return !requires { &has_names_twice<I>::state; };
    else if constexpr (is_same<Member, member::is_protected>)
        return !requires { &has_names_twice<I>::is_protected; };
    else if constexpr (is_same<Member, member::is_available>)
        return !requires { &has_names_twice<I>::is_available; };
    else
        return !requires { &has_names_twice<I>::weight_of; };
}

/// The inventory's member cannot be used for this: it is not there, or not for this type.
template <class I, class Member, class Argument> constexpr auto find_missing() {
    if constexpr (has_member<bare<I>, Member>())
        return tag<inventory_does_not_take<I, Member, Argument>>{};
    else
        return tag<inventory_lacks<I, Member, Argument>>{};
}

/// The first member that this kind of decision needs and the inventory lacks. A member that it may
/// have is not passed over where it is there but cannot be used: protection would be off in
/// silence.
template <class I, class Target> constexpr auto find_lacking() {
    if constexpr (!knows_targets<I, Target>)
        return find_missing<I, member::contains, Target>();
    else if constexpr (!knows_pools<I, Target>)
        return find_missing<I, member::pools_of, Target>();
    else if constexpr (contains_narrows<I, Target>())
        return tag<inventory_does_not_take<I, member::contains, Target>>{};
    else if constexpr (pools_of_narrows<I, Target>())
        return tag<inventory_does_not_take<I, member::pools_of, Target>>{};
    else if constexpr (is_protected_narrows<I, Target>())
        return tag<inventory_does_not_take<I, member::is_protected, Target>>{};
    else if constexpr (!knows_states<I, pool_of<I, Target>>)
        return find_missing<I, member::state, pool_of<I, Target>>();
    else if constexpr (!knows_protected<I, Target> && has_member<bare<I>, member::is_protected>())
        return tag<inventory_does_not_take<I, member::is_protected, Target>>{};
    else if constexpr (!knows_available<I, Target> && has_member<bare<I>, member::is_available>())
        return tag<inventory_does_not_take<I, member::is_available, Target>>{};
    else if constexpr (!knows_weights<I, Target, pool_of<I, Target>> &&
                       has_member<bare<I>, member::weight_of>())
        return tag<inventory_does_not_take<I, member::weight_of, Target>>{};
    else
        return tag<void>{};
}

}  // namespace shearpin::inline v1::detail
