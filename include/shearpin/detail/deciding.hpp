// SPDX-License-Identifier: BSL-1.0
// The decision on one call, of what the world, the ledger and the person say. Where there is a
// ledger the world is asked between two looks at it, so that what others remove meanwhile counts.
#pragma once

#include <shearpin/detail/call_site.hpp>
#include <shearpin/detail/claims.hpp>
#include <shearpin/detail/reasons.hpp>

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

/// One call: what is asked for, where and under which rules, and what the person says of it.
template <class Judge, class Source, class World, class Options, class Said, class Asked>
class deciding {
public:
    static constexpr bool asks_ledger = Options::ledger_type::given && !Said::past_the_ledger;

    deciding(const Source& rules, World& world, const Options& options, const Said& said,
             const Asked& asked, place here)
        : rules_(rules),
          world_(world),
          options_(options),
          said_(said),
          asked_(asked),
          here_(here) {}

    [[nodiscard]] auto observe() const {
        return Judge::observe(rules_, world_, options_, asked_, said_);
    }
    [[nodiscard]] violations_list find_unmeant() const {
        return detail::find_unmeant(world_, options_, asked_, said_);
    }
    template <class Check> [[nodiscard]] decision refused_for(text_view why_not) const {
        return refused_by_ledger<Check>(asked_.heads(), here_, why_not);
    }

    /// Looks at the ledger, then at the world, then at the clock, which `read_time` does, and has
    /// `ask(first look, moment, seen, unmeant, claim)` put the claim to the ledger. Does so again
    /// while the ledger answers that it cannot tell any more what came after the first look. A
    /// refusal where it comes to no answer, or where there is nothing to ask of; else admitted, and
    /// `ask` has dealt with the answer.
    template <class ReadTime, class Ask>
    [[nodiscard]] decision look_until_answered(ReadTime read_time, Ask ask) const {
        for (int look = 0; look != looks_at_most; ++look) {
            const noted first_look = options_.ledger.ledger->note(look == 0);
            if (!first_look.readable) {
                static_cast<void>(read_time());
                return refused_for<checks::ledger_unavailable>(first_look.why);
            }
            const auto seen = observe();
            const violations_list unmeant = find_unmeant();
            const instant moment = read_time();  // after the world, which may have taken its time
            const auto taken = Judge::memory::claims(rules_, options_, seen, asked_);
            if (!taken.all_named()) return refused_for<checks::pool_without_a_name>("");
            claim wanted = claim_of(taken);
            const reserve_answer answer = ask(first_look, moment, seen, unmeant, wanted);
            if (answer.what != reserving::look_again) return decision();
            // To ask a world that is behind once more is worth it; it is no question of how busy
            // the ledger is.
            if (answer.world_is_behind && look != 0)
                return refused_for<checks::ledger_unavailable>(answer.why);
        }
        return refused_for<checks::ledger_is_busy>("");
    }

    /// Decides, and reserves unless only asked.
    template <calling How> [[nodiscard]] verdict decide() const {
        verdict found;
        const auto read_time = [&] {
            const instant moment = options_.clock.read();
            found.now = moment.wall;
            if constexpr (Options::mode_type::shadow)
                found.in_shadow = options_.mode.now(found.now);
            return moment;
        };
        if constexpr (asks_ledger) {
            const decision answered = look_until_answered(
                read_time, [&](const noted& first_look, const instant& moment, const auto& seen,
                               const violations_list& unmeant, claim& wanted) {
                    return put_to_ledger<How>(first_look, moment, seen, unmeant, wanted, found);
                });
            if (!answered.admitted()) found.outcome = answered;
        } else {
            static_cast<void>(read_time());
            decide_alone(found);
            if constexpr (How != calling::checking) spend_or_refuse(found);
        }
        return found;
    }

private:
    template <class Seen>
    using reasons_of_no = decltype(find_reasons<Judge>(
        detail::declval<const Source&>(), detail::declval<const Options&>(),
        detail::declval<const Seen&>(), detail::declval<const Asked&>(),
        detail::declval<const Said&>(), detail::declval<place>(), time_point{}));

    template <class Seen> [[nodiscard]] bool admits(const Seen& seen) const {
        return Judge::admits(rules_, options_, seen, asked_);
    }
    template <class Seen>
    [[nodiscard]] reasons_of_no<Seen> why_not(const Seen& seen, time_point now) const {
        return find_reasons<Judge>(rules_, options_, seen, asked_, said_, here_, now);
    }
    template <class Reasons>
    [[nodiscard]] decision refused_because(Reasons& why, const violations_list& unmeant) const {
        return decision(put_together<Judge>(why, unmeant, world_, asked_));
    }

    /// By the world and the person alone.
    void decide_alone(verdict& found) const {
        const auto seen = observe();
        const violations_list unmeant = find_unmeant();
        if (unmeant.empty() && admits(seen)) {  // found.outcome says so from the start
            note_used<Judge>(rules_, options_, seen, asked_, said_, found);
        } else {
            auto why = why_not(seen, found.now);
            found.outcome = refused_because(why, unmeant);
        }
    }
    /// An override that no ledger keeps is spent in memory.
    void spend_or_refuse(verdict& found) const {
        for (std::size_t at = 0; at != found.used_number; ++at)
            if (!found.used[at]->spend())  // by another thread, at this moment
                found.outcome = refused_for<checks::override_spent_meanwhile>("");
    }

    template <class Taken> [[nodiscard]] claim claim_of(const Taken& taken) const {
        claim wanted{.pools = taken.data(), .number = taken.size(), .actor = {}, .reason = {}};
        wanted.heads = asked_.heads();
        if constexpr (Said::any) {
            wanted.actor = said_.words->actor;
            wanted.reason = said_.words->reason;
        }
        return wanted;
    }

    /// Has the ledger judge the claim with all that it remembers, and reserve it unless only asked.
    /// Notes the outcome, unless the answer is to look again.
    template <calling How, class Seen>
    reserve_answer put_to_ledger(const noted& first_look, const instant& moment, const Seen& seen,
                                 const violations_list& unmeant, claim& wanted,
                                 verdict& found) const {
        auto& ledger = *options_.ledger.ledger;
        spent_override spent[lifted_limits::room] = {};
        wanted.overrides = spent;
        set_later<reasons_of_no<Seen>> why;
        const auto judging = [&](const auto& view) {
            auto remembered = seen;
            Judge::memory::remember(remembered, view, options_, said_);
            found.now = view.now().wall;
            why.clear();
            found.used_number = 0;  // of a judgement that was overtaken
            wanted.overrides_number = 0;
            if (!unmeant.empty() || !admits(remembered)) {
                why.set(why_not(remembered, found.now));
                return How != calling::checking && found.in_shadow;
            }
            note_used<Judge>(rules_, options_, remembered, asked_, said_, found);
            note_spent(remembered, wanted, spent);
            return true;
        };
        reserve_answer answer = How == calling::checking
                                    ? ledger.consult(first_look, moment, wanted, judging)
                                    : ledger.reserve(first_look, moment, wanted, judging);
        wanted.overrides = nullptr;  // they end here
        if (answer.what == reserving::look_again) return answer;
        auto* const reasons_found = why.get();
        found.outcome =
            reasons_found != nullptr ? refused_because(*reasons_found, unmeant) : decision();
        if (answer.what == reserving::failed)
            found.outcome = refused_for<checks::ledger_unavailable>(answer.why);
        if (answer.what == reserving::reserved && How != calling::checking) {
            found.id = answer.id;
            found.on_ledger = true;
            for (std::size_t at = 0; at != found.used_number; ++at)
                static_cast<void>(found.used[at]->spend());
        }
        return answer;
    }

    /// The overrides that the removal uses up, for the ledger.
    template <class Seen>
    void note_spent(const Seen& seen, claim& wanted, spent_override* spent) const {
        if constexpr (Said::any)
            Judge::memory::used_overrides(
                rules_, options_, seen, asked_,
                [&](const override_grant& each, text_view pool_name) {
                    // The judgement's own copy of the name ends with it.
                    for (std::size_t at = 0; at != wanted.number; ++at)
                        if (wanted.pools[at].pool == pool_name) pool_name = wanted.pools[at].pool;
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
    }

    const Source& rules_;
    World& world_;
    const Options& options_;
    const Said& said_;
    const Asked& asked_;
    place here_;
};

}  // namespace shearpin::inline v1::detail
