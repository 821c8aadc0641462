// SPDX-License-Identifier: BSL-1.0
// What a policy means over time, as constants: for a static_assert beside the policy.
#pragma once

#include <shearpin/detail/pace.hpp>

namespace shearpin::inline v1 {

// Both functions speak of *every* schedule that keeps the policy, not only of one that takes as
// much as it may as soon as it may; of one pool, of targets that count one each and serve, of
// removals that are over at once, and of what goes without an override. The size of the pool stays
// as it is given, but where quorum(membership::shrinks) says that it does not.
//
// They are bounds: no schedule removes more in the time, and none is faster, whatever the ledger
// remembers at the beginning. Some schedule reaches them, with a ledger that remembers nothing,
// where the policy has
//   - floors, caps on one call and any number of rates, as long as the rates are so few and so
//     small that at most 8192 ways to combine them have to be tried (one rate always; of two those
//     of which the slower, or the first where they are equally slow, lets at most 8192 go in its
//     window), or
//   - floors, caps on one call and a cooldown.
// They may not be reached where a cooldown stands beside a rate or beside a rule of the user's own;
// of a peak (of_peak); and where membership shrinks beside other floors than numbers, or of a pool
// of which more serve than its size says. Of freeze only freeze() is looked at, of
// fresh_within, approvals and needs_expected nothing: those can but make a removal slower.
//
// A rule of the user's own that needs nothing but the pool is asked of every number that can be
// reached, up to 2048 of them; of all others only its at_best() is believed, as a cap on one call.

/// How much may come back to the pool while something is removed from it: comes_back{30}; where
/// nobody knows, comes_back{unlimited}.
struct comes_back {
    count at_most;  ///< in the unit of the pool, over the whole time that is asked about
};

/// How long after the first of so many the last one can go at the soonest; 0s where all can go at
/// once. Empty where so many may never go of this pool, if nothing comes back to it.
///
///     static_assert(shearpin::shortest_time_to_remove(policy, {.size = 100, .available = 100},
///                                                     20) == 1h);
template <class... Rules, detail::integer N>
[[nodiscard]] constexpr maybe<duration> shortest_time_to_remove(const policy<Rules...>& rules,
                                                                const pool& there, N so_many) {
    const auto pace = detail::find_pace(rules, there, {});
    const count number = detail::counted(so_many);
    if (number > pace.in_all) return {};
    return pace.shortest(number);
}

/// The most that can go in any stretch of time of this length, its last moment excluded, if nothing
/// comes back to the pool meanwhile: at most what the floor leaves.
template <class... Rules>
[[nodiscard]] constexpr count max_removed_within(const policy<Rules...>& rules, const pool& there,
                                                 duration horizon) {
    return detail::find_pace(rules, there, {}).most_within(horizon);
}

/// The same if so much may come back meanwhile. 2^64 - 1 where nothing limits it.
template <class... Rules>
[[nodiscard]] constexpr count max_removed_within(const policy<Rules...>& rules, const pool& there,
                                                 duration horizon, comes_back meanwhile) {
    return detail::find_pace(rules, there, {meanwhile.at_most}).most_within(horizon);
}

}  // namespace shearpin::inline v1
