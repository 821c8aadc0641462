// SPDX-License-Identifier: BSL-1.0
// The judge of one pool with a ledger, or where a person says something.
#pragma once

#include <shearpin/detail/claims.hpp>
#include <shearpin/detail/one_pool.hpp>
#include <shearpin/detail/seen.hpp>

namespace shearpin::inline v1::detail {

/// Reports the overrides without which a removal of so much would not have gone.
template <class Rules, class Report>
void add_used_overrides(const Rules& rules, const seen_pool& seen, const amounts& asked,
                        Report report) {
    if (seen.lifts.size() == 0) return;
    const facts known = seen.told();
    rules.for_each([&]<class R>(const R& each) {
        if constexpr (is_overridable<R>) {
            const count how_much = asked[measure_of<R>()];
            if (how_much <= limit_of(each.within(), known)) return;
            for (std::size_t at = 0; at != seen.lifts.size(); ++at)
                if (seen.lifts[at].template is_for<typename R::base>() &&
                    seen.lifts[at].terms().up_to >= how_much) {
                    report(seen.lifts[at]);
                    return;
                }
        }
    });
}

/// What it sees and knows of the pool; see judge.
template <class Policy> struct remembered_pool {
    template <class Options, class Asked, class Said>
    static seen_pool observe(const facts& plain, const Options& options, const Asked& asked,
                             const Said& said) {
        seen_pool seen;
        seen.plain = plain;
        if constexpr (Asked::has_targets) seen.repeated = find_repeated(options, asked);
        if constexpr (Said::any) seen.plain.request = said.words;
        seen.plain.past_the_ledger = Said::past_the_ledger;
        if constexpr (!Options::ledger_type::given || Said::past_the_ledger)
            seen.lift(said, options.pool_name, true, [](const auto&) { return false; });
        return seen;
    }

    /// What a reservation takes of the pools, for the ledger: one claim.
    struct claimed {
        pool_claim one;
        [[nodiscard]] const pool_claim* data() const noexcept { return &one; }
        [[nodiscard]] std::size_t size() const noexcept { return 1; }
        [[nodiscard]] bool all_named() const noexcept { return one.pool.size() <= 63; }
    };
    template <class Options, class Asked>
    static claimed claims(const Policy& rules, const Options& options, const seen_pool& seen,
                          const Asked& asked) {
        return {{.pool = options.pool_name,
                 .asked = amounts::of(asked.heads()),
                 .size = seen.plain.pool.size,
                 .window = rules.looks_back()}};
    }
    /// Adds what the ledger knows, which a view of it tells.
    template <class Options, class Said, class View>
    static void remember(seen_pool& seen, const View& ledger, const Options& options,
                         const Said& said) {
        const auto past = ledger.past(0, seen.plain.observed_at, options.habits.shown_after);
        seen.remember(past.history, past.gone, ledger.now());
        seen.lift(said, options.pool_name, true, [&](const override_grant& each) {
            return ledger.spent(each.rule(), options.pool_name, each.identity());
        });
    }
    /// Reports each override that was needed, and of which pool.
    template <class Options, class Asked, class Report>
    static void used_overrides(const Policy& rules, const Options& options, const seen_pool& seen,
                               const Asked& asked, Report report) {
        add_used_overrides(rules, seen, amounts::of(asked.heads()),
                           [&](const override_grant& each) { report(each, options.pool_name); });
    }
};

}  // namespace shearpin::inline v1::detail
