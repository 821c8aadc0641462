// SPDX-License-Identifier: BSL-1.0
// A guarded call with a ledger, a request, an observer or in shadow: reserve, act, settle.
#pragma once

#include <shearpin/detail/claims.hpp>
#include <shearpin/detail/open_removal.hpp>
#include <shearpin/detail/performing.hpp>
#include <shearpin/detail/request_checks.hpp>

namespace shearpin::inline v1::detail {

/// What was decided of a call, and what is on the ledger for it.
struct verdict {
    decision outcome;
    reservation_id id{};
    bool on_ledger = false;
    bool in_shadow = false;
    time_point now{};
    const override_grant* used[lifted_limits::room] = {};
    std::size_t used_number = 0;
};

/// A call that looks at the ledger again this often finds others writing to it all the time.
inline constexpr int looks_at_most = 64;

/// Why an override did not help against a broken limit of its rule; nothing where it did all that
/// it says, and that was too little.
inline maybe<checks::override_unusable::reason> why_unusable(const override_grant& given,
                                                             const violation& broken,
                                                             const seen_pool* seen,
                                                             time_point now) noexcept {
    using reason = checks::override_unusable::reason;
    const override_terms& terms = given.terms();
    if (given.spent()) return reason::spent;
    if (terms.reason.empty()) return reason::no_reason;
    if (!terms.id.fits() || !terms.pool.fits()) return reason::too_long;
    if (!terms.until.known()) return reason::no_end;
    if (!now.known()) return reason::no_time;
    if (!(now < terms.until)) return reason::expired;
    if (!broken.can_be_lifted()) return reason::hard;
    if (seen != nullptr && seen->lifts.has(given)) return {};
    if (terms.pool.empty()) {
        if (!broken.pool().empty() && seen != nullptr && !seen->is_the_only_one)
            return reason::pool_not_named;
    } else if (!(terms.pool == broken.pool())) {
        return reason::other_pool;
    }
    return reason::spent;  // as the ledger says: by somebody else
}

/// Says of each override that was given why it did not help, where the refusal is of its rule.
template <class Said, class Seen, class Report>
void add_unusable_overrides(const Said& said, time_point now, const Seen& seen,
                            const violations_list& broken, Report report) {
    using check = checks::override_unusable;
    const facts known{.request = said.words};  // so that the words are made now
    for (std::size_t at = 0; at != said.grants_number; ++at) {
        const override_grant& each = *said.grants[at];
        for (const violation& one : broken) {
            if (!(one.rule() == each.rule())) continue;
            const auto why = why_unusable(each, one, find_seen(seen, one.pool()), now);
            if (!why) continue;
            report(violation(check(each.rule(), *why, each.terms().pool), known, 0, 1));
            break;
        }
    }
    if (said.beyond != nullptr)
        report(violation(check(said.beyond->rule(), check::reason::beyond_four), known, 0, 1));
}

/// Judges what is seen, with what the person said. Fills in the reasons, and the overrides that are
/// needed.
template <class Judge, class Source, class World, class Options, class Seen, class Asked,
          class Said>
bool judge_seen(const Source& rules, World& world, const Options& options, const Seen& seen,
                const Asked& asked, const Said& said, place here, verdict& found) {
    found.used_number = 0;
    bool meant = true;
    if constexpr (Said::any) {
        add_unmeant(*said.words, world, options, asked, [&](const violation&) { meant = false; });
        if constexpr (Said::past_the_ledger)
            meant = meant && !said.words->actor.empty() && !said.words->reason.empty();
    }
    if (Judge::admits(rules, options, seen, asked) && meant) {
        found.outcome = decision();
        if constexpr (Said::any)
            Judge::used_overrides(rules, options, seen, asked,
                                  [&](const override_grant& each, text_view) {
                                      for (std::size_t at = 0; at != found.used_number; ++at)
                                          if (found.used[at] == &each) return;
                                      found.used[found.used_number++] = &each;
                                  });
        return true;
    }
    refusal why = Judge::refuse(rules, world, options, seen, asked, here);
    if constexpr (Said::any) {
        // What the person said comes before the reason that went away while it was looked for.
        violations_list all;
        const auto add = [&](const violation& each) {
            if constexpr (requires { Judge::lists_many; })
                all.add_any(each);
            else
                all.add(each);
        };
        add_unmeant(*said.words, world, options, asked, add);
        if (Said::past_the_ledger && (said.words->actor.empty() || said.words->reason.empty()))
            add(violation(checks::unexplained_bypass{}, {}, 0, asked.heads()));
        const bool only_unmeant = !all.empty() && why.violations().size() == 1 &&
                                  why.violations()[0].rule() == checks::reason_gone::name;
        if (!all.empty()) why.may_go(0);
        if (!only_unmeant)
            for (const violation& each : why.violations()) add(each);
        all.add_left_out(why.violations());
        add_unusable_overrides(said, found.now, seen, why.violations(), add);
        why.found() = all;
    }
    found.outcome = decision(why);
    return false;
}

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
    const instant moment = options_.clock.read();
    found.now = moment.wall;
    if constexpr (Options::mode_type::shadow) found.in_shadow = options_.mode.now(found.now);
    const auto& rules = policy_.get();
    if constexpr (!Options::ledger_type::given || Said::past_the_ledger) {
        const auto seen = judge::observe(rules, world_.get(), options_, asked, said);
        judge_seen<judge>(rules, world_.get(), options_, seen, asked, said, here, found);
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
                found.outcome = refused_by_ledger<checks::ledger_unavailable>(asked.heads(), here,
                                                                              first_look.why);
                return found;
            }
            const auto seen = judge::observe(rules, world_.get(), options_, asked, said);
            const auto taken = judge::claims(rules, options_, seen, asked);
            if (!taken.all_named()) {
                found.outcome =
                    refused_by_ledger<checks::pool_without_a_name>(asked.heads(), here, "");
                return found;
            }
            spent_override spent[lifted_limits::room] = {};
            claim wanted{.pools = taken.data(), .number = taken.size(), .actor = {}, .reason = {}};
            if constexpr (Said::any) {
                wanted.actor = said.words->actor;
                wanted.reason = said.words->reason;
            }
            const auto judging = [&](const auto& view) {
                auto remembered = seen;
                judge::remember(remembered, view, options_, said);
                found.now = view.now().wall;
                bool admitted = judge_seen<judge>(rules, world_.get(), options_, remembered, asked,
                                                  said, here, found);
                wanted.overrides_number = 0;
                if constexpr (Said::any)
                    judge::used_overrides(rules, options_, remembered, asked,
                                          [&](const override_grant& each, text_view pool_name) {
                                              if (wanted.overrides_number == lifted_limits::room) {
                                                  admitted = false;
                                                  return;
                                              }
                                              spent[wanted.overrides_number++] = {
                                                  each.rule(), pool_name, each.identity(),
                                                  each.terms().until};
                                          });
                wanted.overrides = spent;
                return admitted || (How != calling::checking && found.in_shadow);
            };
            const reserve_answer answer = How == calling::checking
                                              ? ledger.consult(first_look, moment, wanted, judging)
                                              : ledger.reserve(first_look, moment, wanted, judging);
            if (answer.what == reserving::look_again) continue;
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
        return hand_over<How, answered>(asked, here, open, static_cast<Args&&>(arguments)...);
    }
}

}  // namespace shearpin::inline v1::detail
