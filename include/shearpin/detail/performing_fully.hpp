// SPDX-License-Identifier: BSL-1.0
// A guarded call with a ledger, a request, an observer or in shadow: reserve, act, settle.
#pragma once

#include <shearpin/detail/claims.hpp>
#include <shearpin/detail/open_removal.hpp>
#include <shearpin/detail/performing.hpp>
#include <shearpin/detail/reasons.hpp>
#include <shearpin/reservation.hpp>

namespace shearpin::inline v1::detail {

/// A call that looks at the ledger again this often finds others writing to it all the time.
inline constexpr int looks_at_most = 64;

/// A refusal for the one reason that lies in the ledger.
template <class Check> decision refused_by_ledger(count asked, place here, text_view why_not) {
    refusal why(here, asked);
    violation each(Check{}, {}, 0, asked);
    if (!why_not.empty()) each.saying(why_not);
    why.found().add(each);
    return decision(why);
}

/// Decides, between two looks at the ledger where there is one, and reserves unless only asked.
template <class Policy, class Removal, class World, class Options>
template <calling How, class Said, class Asked>
auto performing<Policy, Removal, World, Options>::decide_fully(const Said& said, const Asked& asked,
                                                               place here) const {
    verdict found;
    instant moment;
    const auto read_time = [&] {
        moment = options_.clock.read();
        found.now = moment.wall;
        if constexpr (Options::mode_type::shadow) found.in_shadow = options_.mode.now(found.now);
    };
    const auto& rules = policy_.get();
    if constexpr (!Options::ledger_type::given || Said::past_the_ledger) {
        read_time();
        const auto seen = judge::observe(rules, world_.get(), options_, asked, said);
        const violations_list unmeant = find_unmeant(world_.get(), options_, asked, said);
        if (unmeant.empty() && judge::admits(rules, options_, seen, asked)) {
            found.outcome = decision();
            note_used<judge>(rules, options_, seen, asked, said, found);
        } else {
            auto why = find_reasons<judge>(rules, options_, seen, asked, said, here, found.now);
            found.outcome = decision(put_together<judge>(why, unmeant, world_.get(), asked));
        }
        if constexpr (How != calling::checking)
            for (std::size_t at = 0; at != found.used_number; ++at)
                if (!found.used[at]->spend())  // by another thread, at this moment
                    found.outcome = refused_by_ledger<checks::override_spent_meanwhile>(
                        asked.heads(), here, "");
        return found;
    } else {
        auto& ledger = *options_.ledger.ledger;
        for (int look = 0; look != looks_at_most; ++look) {
            const noted first_look = ledger.note();
            if (!first_look.readable) {
                read_time();
                found.outcome = refused_by_ledger<checks::ledger_unavailable>(asked.heads(), here,
                                                                              first_look.why);
                return found;
            }
            const auto seen = judge::observe(rules, world_.get(), options_, asked, said);
            const violations_list unmeant = find_unmeant(world_.get(), options_, asked, said);
            read_time();  // after the world, which may have taken its time
            const auto taken = judge::claims(rules, options_, seen, asked);
            if (!taken.all_named()) {
                found.outcome =
                    refused_by_ledger<checks::pool_without_a_name>(asked.heads(), here, "");
                return found;
            }
            spent_override spent[lifted_limits::room] = {};
            claim wanted{.pools = taken.data(), .number = taken.size(), .actor = {}, .reason = {}};
            wanted.heads = asked.heads();
            if constexpr (Said::any) {
                wanted.actor = said.words->actor;
                wanted.reason = said.words->reason;
            }
            set_later<decltype(find_reasons<judge>(rules, options_, seen, asked, said, here,
                                                   found.now))>
                why;
            const auto judging = [&](const auto& view) {
                auto remembered = seen;
                judge::remember(remembered, view, options_, said);
                found.now = view.now().wall;
                why.clear();
                found.used_number = 0;  // of a judgement that was overtaken
                wanted.overrides_number = 0;
                if (!unmeant.empty() || !judge::admits(rules, options_, remembered, asked)) {
                    why.set(find_reasons<judge>(rules, options_, remembered, asked, said, here,
                                                found.now));
                    return How != calling::checking && found.in_shadow;
                }
                note_used<judge>(rules, options_, remembered, asked, said, found);
                if constexpr (Said::any)
                    judge::used_overrides(
                        rules, options_, remembered, asked,
                        [&](const override_grant& each, text_view pool_name) {
                            // The judgement's own copy of the name ends with it.
                            for (std::size_t at = 0; at != wanted.number; ++at)
                                if (wanted.pools[at].pool == pool_name)
                                    pool_name = wanted.pools[at].pool;
                            const spent_override use{each.rule(), pool_name, each.identity(),
                                                     each.terms().until};
                            for (std::size_t at = 0; at != wanted.overrides_number; ++at)
                                if (spent[at].rule == use.rule && spent[at].pool == use.pool &&
                                    spent[at].id == use.id)
                                    return;
                            // No more than there are grants: each is for one pool.
                            if (wanted.overrides_number != lifted_limits::room)
                                spent[wanted.overrides_number++] = use;
                        });
                wanted.overrides = spent;
                return true;
            };
            const reserve_answer answer = How == calling::checking
                                              ? ledger.consult(first_look, moment, wanted, judging)
                                              : ledger.reserve(first_look, moment, wanted, judging);
            if (answer.what == reserving::look_again) {
                if (!answer.world_is_behind || look == 0) continue;
                // To ask it once more is worth it; it is no question of how busy the ledger is.
                found.outcome =
                    refused_by_ledger<checks::ledger_unavailable>(asked.heads(), here, answer.why);
                return found;
            }
            if (auto* const found_reasons = why.get())
                found.outcome =
                    decision(put_together<judge>(*found_reasons, unmeant, world_.get(), asked));
            else
                found.outcome = decision();
            if (answer.what == reserving::failed)
                found.outcome =
                    refused_by_ledger<checks::ledger_unavailable>(asked.heads(), here, answer.why);
            if (answer.what == reserving::reserved && How != calling::checking) {
                found.id = answer.id;
                found.on_ledger = true;
                for (std::size_t at = 0; at != found.used_number; ++at)
                    static_cast<void>(found.used[at]->spend());
            }
            return found;
        }
        found.outcome = refused_by_ledger<checks::ledger_is_busy>(asked.heads(), here, "");
        return found;
    }
}

template <class Policy, class Removal, class World, class Options>
template <calling How, class Said, class... Args>
decltype(auto) performing<Policy, Removal, World, Options>::perform_fully(
    const Said& said, place here, Args&&... arguments) const {
    const auto asked = options_.counter(arguments...);
    verdict found = decide_fully<How>(said, asked, here);
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
        const permit_desk<Policy::constant> desk(asked, amounts::of(asked.heads()), here);
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
