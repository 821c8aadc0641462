// SPDX-License-Identifier: BSL-1.0
// A guarded call with a ledger, a request, an observer or in shadow: reserve, act, settle.
#pragma once

#include <shearpin/detail/deciding.hpp>
#include <shearpin/detail/open_removal.hpp>
#include <shearpin/detail/performing.hpp>
#include <shearpin/detail/remembered_pool.hpp>
#include <shearpin/detail/reserve_site.hpp>
#include <shearpin/reservation.hpp>

namespace shearpin::inline v1::detail {

template <class Policy, class Removal, class World, class Options>
template <class Said, class Asked>
auto performing<Policy, Removal, World, Options>::decider(const Said& said, const Asked& asked,
                                                          place here) const {
    const auto& rules = policy_.get();
    return deciding<judge, bare<decltype(rules)>, bare_reference<World>, Options, Said, Asked>(
        rules, world_.get(), options_, said, asked, here);
}

template <class Policy, class Removal, class World, class Options>
template <calling How, class Said, class... Args>
decltype(auto) performing<Policy, Removal, World, Options>::perform_fully(
    const Said& said, place here, Args&&... arguments) const {
    const auto asked = options_.counter(arguments...);
    verdict found = decider(said, asked, here).template decide<How>();
    if constexpr (Options::mode_type::shadow && How != calling::checking)
        if (found.in_shadow && !found.outcome.admitted()) {
            refusal why = found.outcome.why();
            why.goes_on_in_shadow();  // it must not say that nothing was removed
            found.outcome = decision(why);
        }
    tell_decision(options_, said, found, asked.heads(), here, How == calling::checking);
    if constexpr (How == calling::checking) {
        decision answer = found.outcome;
        return answer;
    } else {
        using answered = answer_of<How, Args...>;
        if (!found.outcome.admitted() && !found.in_shadow)
            return refuse<How, answered>(found.outcome.why());
        open_removal<Options, Said, verdict> open(options_, said, found, asked.heads(), here);
        if constexpr (How == calling::reserving)
            return start<answered>(asked, here, found, open, static_cast<Args&&>(arguments)...);
        else
            return hand_over<How, answered>(asked, here, open, static_cast<Args&&>(arguments)...);
    }
}

/// Starts a removal whose amount is reserved, and hands the reservation to the caller. A permit is
/// good until the function that starts it has returned.
template <class Policy, class Removal, class World, class Options>
template <class Answered, class Asked, class Verdict, class Open, class... Args>
Answered performing<Policy, Removal, World, Options>::start(const Asked& asked, place here,
                                                            const Verdict& found, Open& open,
                                                            Args&&... arguments) const {
    using returned = returned_by<Policy, Removal, Args...>;
    const auto begin = [&](auto&&... given) {
        const auto answer = [&](started_result<returned>&& started) {
            open.goes_on();
            return Answered(as_returned{},
                            reservation<returned, Options>(
                                options_, found.id, found.on_ledger, asked.heads(), here,
                                static_cast<started_result<returned>&&>(started)));
        };
        if constexpr (is_same<returned, void>) {
            detail::call(removal_, static_cast<decltype(given)&&>(given)...);
            return answer({});
        } else {
            return answer({detail::call(removal_, static_cast<decltype(given)&&>(given)...)});
        }
    };
    if constexpr (takes_permit<Policy, Removal, Args...>) {
        const permit_desk<Policy::constant> desk(asked, amounts::of(asked.heads()));
        if (!desk.has_memory()) {
            open.nothing_removed();
            return no_permit<calling::reserving, Answered>(asked.heads(), here);
        }
        return begin(desk.issue(), hand_on<Args>(arguments)...);
    } else {
        return begin(hand_on<Args>(arguments)...);
    }
}

}  // namespace shearpin::inline v1::detail
