// SPDX-License-Identifier: BSL-1.0
// The decision over several pools: every pool that a target serves is judged, and the removal is
// all or nothing.
#pragma once

#include <shearpin/checks/inventory.hpp>
#include <shearpin/detail/longest_prefix.hpp>
#include <shearpin/detail/many_violations.hpp>
#include <shearpin/detail/remembered_pool.hpp>
#include <shearpin/detail/several_pools_flaws.hpp>

namespace shearpin::inline v1::detail {

template <class Source, class World>
    requires(policy_source<Source> && !pool_view<World>)
struct judge<Source, World> : several_pools_flaws<Source, World> {
    static constexpr bool exists = true;
    using memory = judge;
    static constexpr bool lists_many = true;  // all that is broken is kept, however much it is

    template <class Options, class Asked, class Said>
    static auto observe(const Source&, World& fleet, const Options& options, const Asked& asked,
                        const Said& said) {
        using pool_type = pool_of<World, typename Asked::target>;
        constexpr bool with_names = Options::ledger_type::given || Said::any;
        selection<pool_type, choose<with_names, seen_pool, shown_pool>> seen;
        count position = 0;
        for (auto at = list_begin(asked.targets()); at != list_end(asked.targets());
             ++at, ++position) {
            const auto& target = *at;
            if (!fleet.contains(target)) {
                seen.unknown.add(target, position);
                continue;
            }
            if (is_protected(fleet, target)) seen.guarded.add(target, position);
            const bool serves = is_available(fleet, target);
            bool some = false;
            for (const auto& pool_name : fleet.pools_of(target)) {
                some = true;
                auto& share = seen.pools.of(pool_name);
                if (share.last_target == position + 1) continue;
                share.last_target = position + 1;
                const count weight = weight_of(fleet, target, pool_name);
                share.asked.heads = plus(share.asked.heads, 1);
                share.asked.amount = plus(share.asked.amount, weight);
                if (serves) share.asked.serving = plus(share.asked.serving, weight);
            }
            if (!some) seen.homeless.add(target, position);
        }
        for (auto& share : seen.pools.shares()) {
            share.asked.pools = seen.pools.shares().size();
            share.seen.plain = state_of(fleet, share.pool, options.clock.now());
            share.seen.plain.past_the_ledger = Said::past_the_ledger;
            if constexpr (Said::any) share.seen.plain.request = said.words;
            if constexpr (with_names) {
                bool whole = true;
                seen.names.push_back(pool_text(share.pool, whole));
                seen.all_named = seen.all_named && whole;
                if constexpr (!Options::ledger_type::given || Said::past_the_ledger)
                    // Two names that are cut may look the same: no override is for such a pool.
                    share.seen.lift(said, whole ? text_view(seen.names.back()) : text_view(), false,
                                    [](const auto&) { return false; });
            }
        }
        seen.repeated = find_repeated(options, asked);
        return seen;
    }

    template <class Options, class Pool, class Asked, class Seen>
    static bool admits(const Source& source, const Options&, const selection<Pool, Seen>& seen,
                       const Asked& asked) {
        if (asked.heads() == 0 || seen.repeated.found != distinctness::distinct) return false;
        if (seen.unknown.number() + seen.guarded.number() + seen.homeless.number() != 0)
            return false;
        for (const auto& share : seen.pools.shares()) {
            bool within = true;
            const facts known = share.seen.told();
            const bool spoken_of = visit_policy(source, share.pool, [&](const auto& rules) {
                within = within && rules.admits(known, share.asked);
            });
            if (!spoken_of || !within) return false;
        }
        return true;
    }

    /// What a reservation takes of the pools, for the ledger.
    struct claimed {
        std::vector<pool_claim> each;
        bool named = true;
        [[nodiscard]] const pool_claim* data() const noexcept { return each.data(); }
        [[nodiscard]] std::size_t size() const noexcept { return each.size(); }
        [[nodiscard]] bool all_named() const noexcept { return named; }
    };
    template <class Options, class Pool, class Asked, class Seen>
    static claimed claims(const Source& source, const Options&, const selection<Pool, Seen>& seen,
                          const Asked&) {
        claimed all{{}, seen.all_named};
        for (std::size_t at = 0; at != seen.names.size(); ++at) {
            const auto& share = seen.pools.shares()[at];
            duration longest;
            visit_policy(source, share.pool, [&](const auto& rules) {
                const duration window = rules.looks_back();
                if (longest < window) longest = window;
            });
            all.each.push_back({seen.names[at], share.asked, share.seen.plain.pool.size, longest});
        }
        return all;
    }
    /// Adds what the ledger knows, which a view of it tells.
    template <class Pool, class Options, class Said, class View, class Seen>
    static void remember(selection<Pool, Seen>& seen, const View& ledger, const Options& options,
                         const Said& said) {
        for (std::size_t at = 0; at != seen.names.size(); ++at) {
            seen_pool& each = seen.pools.shares()[at].seen;
            const auto past = ledger.past(at, each.plain.observed_at, options.habits.shown_after);
            each.remember(past.history, past.gone, ledger.now());
            each.lift(said, seen.names[at], false, [&](const override_grant& given) {
                return ledger.spent(given.rule(), seen.names[at], given.identity());
            });
        }
    }
    /// Reports each override that was needed, and of which pool.
    template <class Options, class Pool, class Asked, class Report, class Seen>
    static void used_overrides(const Source& source, const Options&,
                               const selection<Pool, Seen>& seen, const Asked&, Report report) {
        for (std::size_t at = 0; at != seen.names.size(); ++at) {
            const auto& share = seen.pools.shares()[at];
            visit_policy(source, share.pool, [&](const auto& rules) {
                add_used_overrides(rules, share.seen, share.asked, [&](const override_grant& each) {
                    report(each, text_view(seen.names[at]));
                });
            });
        }
    }

    template <class Options, class Pool, class Asked, class Seen>
    static refused_selection<Pool> refuse(const Source& source, const Options&,
                                          const selection<Pool, Seen>& seen, const Asked& asked,
                                          place here) {
        refused_selection<Pool> found{refusal(here, asked.heads())};
        refusal& why = found.why;
        several_reasons reasons(why.found());
        const auto add_culprits = [&](const auto& which, const culprits& those) {
            if (those.number() != 0)
                reasons.add(violation(which, {}, 0, those.number()).with_targets(those.text()));
        };
        if (asked.heads() == 0) reasons.add(checks::empty_selection{}, {}, 0, 1);
        found.distinct = add_repeated(seen.repeated, asked, facts{}, reasons);
        add_culprits(checks::unknown_target{}, seen.unknown);
        add_culprits(checks::protected_target{}, seen.guarded);
        add_culprits(checks::serves_no_pool{}, seen.homeless);
        for (const auto& share : seen.pools.shares()) {
            const auto name = pool_text(share.pool);
            const facts known = share.seen.told();
            const bool spoken_of = visit_policy(source, share.pool, [&](const auto& rules) {
                add_broken(rules, known, share.asked, name, reasons);
            });
            if (!spoken_of) reasons.add(checks::no_policy{}, known, 0, share.asked.amount, name);
        }
        if (why.violations().empty()) reasons.add(checks::reason_gone{}, {}, 0, asked.heads());
        found.left = what_may_go(source, seen);
        return found;
    }
    template <class Pool, class Asked>
    static refusal finish(refused_selection<Pool>& found, World& fleet, const Asked& asked) {
        found.why.may_go_first(longest_prefix(fleet, found.left, asked, found.distinct));
        return found.why;
    }
};

}  // namespace shearpin::inline v1::detail
