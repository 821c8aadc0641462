// SPDX-License-Identifier: BSL-1.0
// How a guard tells its observer. The event's type is looked up at the call, so that only guards
// with an observer need event.hpp.
#pragma once

#include <shearpin/detail/claims.hpp>
#include <shearpin/detail/guard_options.hpp>
#include <shearpin/detail/seen.hpp>
#include <shearpin/place.hpp>

namespace shearpin::inline v1::detail {

template <class Observer> struct event_for;  // in event.hpp

/// Tells the observer, if there is one. One that throws changes nothing.
template <class Options, class Said, class Fill>
void tell(const Options& options, const Said& said, place here, count requested, time_point now,
          Fill fill) {
    if constexpr (Options::observer_type::given) {
        using event_type = typename event_for<typename Options::observer_type>::type;
        event_type what;
        what.where = here;
        what.pool = options.pool_name;
        what.requested = requested;
        what.when = now;
        if constexpr (Said::any) what.said = said.words;
        fill(what);
#if defined(__cpp_exceptions)
        try {
            options.observer.function(static_cast<const event_type&>(what));
        } catch (...) {  // an observer is told, not asked
        }
#else
        options.observer.function(static_cast<const event_type&>(what));
#endif
    }
}

/// Tells what was decided, and each override that is used up by it.
template <class Options, class Said, class Verdict>
void tell_decision(const Options& options, const Said& said, const Verdict& found, count requested,
                   place here, bool only_asked) {
    if constexpr (Options::observer_type::given) {
        const auto id = spell_id(found.id);
        tell(options, said, here, requested, found.now, [&]<class Event>(Event& what) {
            using kind = typename Event::kind;
            if (!found.outcome.admitted()) what.why = &found.outcome.why();
            what.what = only_asked                 ? kind::checked
                        : found.outcome.admitted() ? kind::admitted
                        : found.in_shadow          ? kind::shadow_refused
                                                   : kind::refused;
            if (found.on_ledger) what.reservation = id;
        });
        if (only_asked) return;
        for (std::size_t at = 0; at != found.used_number && found.outcome.admitted(); ++at)
            tell(options, said, here, requested, found.now, [&]<class Event>(Event& what) {
                what.what = Event::kind::overridden;
                what.lifted = found.used[at];
                if (found.on_ledger) what.reservation = id;
            });
        if constexpr (Said::past_the_ledger)
            if (found.outcome.admitted())
                tell(options, said, here, requested, found.now,
                     []<class Event>(Event& what) { what.what = Event::kind::without_ledger; });
    }
}

}  // namespace shearpin::inline v1::detail
