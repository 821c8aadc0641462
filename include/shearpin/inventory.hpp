// SPDX-License-Identifier: BSL-1.0
// An inventory: the user's own type, which knows what serves what. It must have
//   pools_of(target)   the pools that the target serves: a range of names, of any type with `==`
//   state(pool)        how a pool stands: a `pool` or an `observation`
//   contains(target)   whether there is such a target at all; asked before anything else of it
// and it may have
//   is_protected(target)       true: never to be removed
//   is_available(target)       false: it serves no longer, so it does not use up a floor
//   weight_of(target, pool)    how much of the pool it is; without it, one
// They are called for the targets of a removal, never for the whole fleet.
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

template <class I, class Target> constexpr bool is_protected(I& fleet, const Target& target) {
    if constexpr (requires {
                      { fleet.is_protected(target) } -> converts_to<bool>;
                  })
        return fleet.is_protected(target);
    else
        return false;
}
template <class I, class Target> constexpr bool is_available(I& fleet, const Target& target) {
    if constexpr (requires {
                      { fleet.is_available(target) } -> converts_to<bool>;
                  })
        return fleet.is_available(target);
    else
        return true;
}
template <class I, class Target, class Pool>
constexpr count weight_of(I& fleet, const Target& target, const Pool& which) {
    if constexpr (requires { fleet.weight_of(target, which); }) {
        static_assert(integer<bare<decltype(fleet.weight_of(target, which))>>,
                      "weight_of(target, pool) returns an integer");
        return counted(fleet.weight_of(target, which));
    } else {
        return 1;
    }
}

template <class I, class Pool>
constexpr facts state_of(I& fleet, const Pool& which, time_point now) {
    auto ask = [&] { return fleet.state(which); };
    return look_at(ask, now);
}

/// The first member that this kind of decision needs and the inventory lacks.
template <class I, class Target> constexpr auto find_lacking() {
    if constexpr (!knows_targets<I, Target>)
        return tag<inventory_lacks<bare<I>, member::contains, Target>>{};
    else if constexpr (!knows_pools<I, Target>)
        return tag<inventory_lacks<bare<I>, member::pools_of, Target>>{};
    else if constexpr (!knows_states<I, pool_of<I, Target>>)
        return tag<inventory_lacks<bare<I>, member::state, pool_of<I, Target>>>{};
    else
        return tag<void>{};
}

}  // namespace shearpin::inline v1::detail
