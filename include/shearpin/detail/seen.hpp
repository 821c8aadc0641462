// SPDX-License-Identifier: BSL-1.0
// What a decision has seen of a pool beyond its numbers, and what the person said.
#pragma once

#include <shearpin/detail/repeats.hpp>
#include <shearpin/facts.hpp>
#include <shearpin/history.hpp>
#include <shearpin/override.hpp>
#include <shearpin/policy.hpp>
#include <shearpin/request.hpp>

#include <cstddef>

namespace shearpin::inline v1::detail {

/// What a person said beside the selection. Refers to it.
struct spoken {
    static constexpr bool any = true;
    static constexpr bool past_the_ledger = false;
    static constexpr bool in_a_wave = false;
    const request* words = nullptr;
    const override_grant* const* grants = nullptr;
    std::size_t grants_number = 0;
    const override_grant* beyond = nullptr;  ///< one for which there was no room
};

/// The same for a removal that must go although the ledger cannot be asked.
struct spoken_past_the_ledger : spoken {
    static constexpr bool past_the_ledger = true;
};

/// A pool as it was seen, with what the rules may look at beside it. Facts point into it, so it
/// must outlive them.
struct seen_pool {
    facts plain{};
    shearpin::history past{};
    bool has_past = false;
    lifted_limits lifts{};
    bool is_the_only_one = false;
    repeats repeated;

    [[nodiscard]] facts told() const noexcept {
        facts known = plain;
        known.history = has_past ? &past : nullptr;
        known.lifted = lifts.size() != 0 ? &lifts : nullptr;
        return known;
    }

    /// What a ledger knows: what is leaving is not there any more. Of a pool that cannot be nothing
    /// is taken off, lest it look like one that can.
    void remember(const shearpin::history& what_was, const amounts& gone,
                  const instant& now) noexcept {
        past = what_was;
        has_past = true;
        plain.now = now.wall;
        if (!believable(plain.pool)) return;
        plain.leaving = smaller(gone.serving, plain.pool.available);
        plain.pool.available = minus(plain.pool.available, gone.serving);
    }
    /// The overrides that may be used on this pool; `spent(grant)` says which a ledger knows as
    /// used.
    template <class Said, class Spent>
    void lift(const Said& said, text_view pool_name, bool is_the_only_pool, Spent spent) {
        is_the_only_one = is_the_only_pool;
        if constexpr (Said::any)
            for (std::size_t at = 0; at != said.grants_number; ++at) {
                const override_grant& each = *said.grants[at];
                if (each.valid(pool_name, is_the_only_pool, plain.now) && !spent(each))
                    lifts.add(each);
            }
    }
};

/// What was seen of the pool of this name; null where it was not looked at.
inline const seen_pool* find_seen(const seen_pool& only, text_view) noexcept { return &only; }

inline facts as_facts(const seen_pool& seen) noexcept { return seen.told(); }

}  // namespace shearpin::inline v1::detail
