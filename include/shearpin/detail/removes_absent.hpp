// SPDX-License-Identifier: BSL-1.0
// The removal of a prune, and the guard around it.
#pragma once

#include <shearpin/detail/pruning.hpp>
#include <shearpin/guard.hpp>
#include <shearpin/listing.hpp>

namespace shearpin::inline v1::detail {

template <class A> inline constexpr bool is_listing = false;
template <class R> inline constexpr bool is_listing<listing<R>> = true;

/// What a prune returns where nothing is to go: nothing, zero, or the empty value of a class.
template <class R>
concept empty_answer = is_same<R, void> || integer<R> || (__is_class(R) && requires { R(); });

/// The user's removal, given what is absent. It is not called where nothing is.
template <class Removal> class removes_absent {
public:
    constexpr explicit removes_absent(Removal removal)
        : removal_(static_cast<Removal&&>(removal)) {}

    template <class D>
        requires callable<Removal, decltype((declval<const D&>().absent))>
    decltype(auto) operator()(const D& difference) const {
        return hand_over<decltype(detail::call(removal_, difference.absent))>(difference);
    }
    template <class Permit, class D>
        requires callable<Removal, Permit, decltype((declval<const D&>().absent))>
    decltype(auto) operator()(Permit permit, const D& difference) const {
        return hand_over<decltype(detail::call(removal_, static_cast<Permit&&>(permit),
                                               difference.absent))>(difference,
                                                                    static_cast<Permit&&>(permit));
    }

private:
    template <class R, class D, class... Permit>
    R hand_over(const D& difference, Permit&&... permit) const {
        if constexpr (empty_answer<R>)
            if (difference.absent.empty()) return R();
        return detail::call(removal_, static_cast<Permit&&>(permit)..., difference.absent);
    }
    [[no_unique_address]] mutable Removal removal_;
};

template <class Policy, class Removal>
constexpr auto guard_of_prune(Policy judged_by, Removal removal) {
    using options = default_options<default_response>;
    return basic_guard<Policy, removes_absent<Removal>, pruned_world, options>(
        static_cast<Policy&&>(judged_by), removes_absent<Removal>(static_cast<Removal&&>(removal)),
        kept<pruned_world>(pruned_world{}), options{});
}

}  // namespace shearpin::inline v1::detail
