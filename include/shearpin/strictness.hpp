// SPDX-License-Identifier: BSL-1.0
// What can be proved about policies before anybody runs them. All of it is constexpr: state in a
// static_assert what must hold.
#pragma once

#include <shearpin/detail/frozen_time.hpp>
#include <shearpin/detail/policy_check.hpp>
#include <shearpin/detail/stricter_rule.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

namespace detail {

/// A rule of the policy is stricter than this one, or its freezes together are.
template <class Policy>
constexpr bool some_rule_is_stricter(const Policy& rules, const stated_rule& than) {
    if (never_refuses(than)) return true;
    bool found = false;
    detail::for_each_stated(rules, [&](const stated_rule& each, std::size_t) {
        found = found || detail::is_stricter(each, than);
    });
    if (!found && than.kind == rule_kind::freeze)
        found = frozen_time(rules, than.liftable).closes(than.closed);
    return found;
}
/// A rule of the user's own is as strict as one that is equal to it, and of nothing else is known.
template <class Policy, class R> constexpr bool has_its_equal(const Policy& rules, const R& own) {
    bool found = false;
    rules.for_each([&]<class Q>(const Q& each) {
        if constexpr (is_same<Q, R> && requires { each == own; }) found = found || each == own;
    });
    return found;
}

template <class Strict, class Baseline>
constexpr bool is_stricter_policy(const Strict& strict, const Baseline& baseline) {
    bool all = true;
    baseline.for_each([&]<class R>(const R& each) {
        if constexpr (textual<R>)
            all = all && detail::some_rule_is_stricter(strict, detail::state(each));
        else
            all = all && detail::has_its_equal(strict, each);
    });
    return all;
}

}  // namespace detail

/// Whether the first policy never admits what the second refuses, whatever the pool, the history,
/// the time and what the person says, also where the ledger is left out by name or an override
/// lifts a limit:
///
///     static_assert(shearpin::at_least_as_strict(index_policy, company_baseline));
///
/// True is a proof. False means that none was found. It is looked for rule by rule: each of the
/// second's must have one of the first's whose limit is never above it; freezes are looked at
/// together. So a proof is found whenever there is one if the second's rules are of these kinds:
///   - freeze, whatever the first states;
///   - min_remaining (not of_peak), max_unavailable, max_batch, max_targets, max_pools, quorum(),
///     where the first states at most one rule of the same measure (serving, amount, targets,
///     pools), and that is one of these kinds too. Not always where a share is rounded to the
///     permissive side by name, a number is 2^63 - 1, or the denominators of two fractions have a
///     product of 2^63 or more.
/// Else, what holds only of several rules together may not be seen; nor that a rule of the user's
/// own is stricter than any but its equal.
template <class... Strict, class... Baseline>
[[nodiscard]] constexpr bool at_least_as_strict(const policy<Strict...>& strict,
                                                const policy<Baseline...>& baseline) {
    return detail::is_stricter_policy(strict, baseline);
}

/// Whether two policies admit the same, whatever the facts: each is at least as strict as the
/// other. True is a proof.
template <class... Left, class... Right>
[[nodiscard]] constexpr bool equivalent(const policy<Left...>& left,
                                        const policy<Right...>& right) {
    return shearpin::at_least_as_strict(left, right) && shearpin::at_least_as_strict(right, left);
}

/// A rule that never matters: whatever it refuses is refused anyway.
struct dead_rule {
    std::size_t which = 0;  ///< its place in the policy, from 0
    /// The place of a rule that is always at least as strict; its own place where several freezes
    /// together are, or where it refuses nothing that is not always refused.
    std::size_t stricter = 0;
};

namespace detail {

/// What makes the rule at this place pointless; nothing where it matters.
template <class Policy>
constexpr maybe<dead_rule> what_is_stricter(const Policy& rules, const stated_rule& weak,
                                            std::size_t which) {
    maybe<dead_rule> found;
    std::size_t at = 0;
    std::size_t others = 0;
    rules.for_each([&]<class Q>(const Q& other) {
        if (at != which) {
            ++others;
            if constexpr (textual<Q>) {
                const stated_rule strong = detail::state(other);
                const bool is_later_of_two_alike = at > which && detail::is_stricter(weak, strong);
                if (!found && !never_refuses(weak) && detail::is_stricter(strong, weak) &&
                    !is_later_of_two_alike)
                    found = dead_rule{which, at};
            }
        }
        ++at;
    });
    if (found || others == 0) return found;
    const bool is_pointless =
        never_refuses(weak) ||
        (weak.kind == rule_kind::freeze && frozen_time(rules, weak, which).closes(weak.closed));
    return is_pointless ? maybe<dead_rule>(dead_rule{which, which}) : maybe<dead_rule>();
}

/// `unlimited` says that there are to be no limits, and is not told to be pointless.
template <class Policy, class F> constexpr void find_dead_rules(const Policy& rules, F each) {
    std::size_t which = 0;
    rules.for_each([&]<class R>(const R& one) {
        if constexpr (textual<R> && !is_same<R, unlimited_rule>) {
            const auto found = what_is_stricter(rules, detail::state(one), which);
            if (found) each(*found);
        }
        ++which;
    });
}

}  // namespace detail

/// Calls `each(dead_rule)` for every rule that the others make pointless. Of two that are alike,
/// the later is. That another rule is stricter is proved as at_least_as_strict proves it; a rule of
/// the user's own is never found to be pointless.
template <class... Rules, class F>
constexpr void for_each_dead_rule(const policy<Rules...>& rules, F each) {
    detail::find_dead_rules(rules, each);
}
/// How many rules of the policy never matter.
template <class... Rules>
[[nodiscard]] constexpr std::size_t dead_rules(const policy<Rules...>& rules) {
    std::size_t number = 0;
    shearpin::for_each_dead_rule(rules, [&](const dead_rule&) { ++number; });
    return number;
}

namespace detail {

template <class Policy> constexpr bool never_admits(const Policy& rules) {
    bool nothing = frozen_time(rules, false).closes(window::always());
    rules.for_each([&](const auto& each) { nothing = nothing || ever(each, fullest) == 0; });
    return nothing;
}

}  // namespace detail

/// Whether nothing can ever be removed under this policy, where no more serves than a pool's size
/// and each target counts one: a cap of zero, min_remaining(100%), freeze(), freezes that together
/// leave nothing of the week open. A guard of a constant policy that admits nothing does not
/// compile; a policy that was read may, and should be asked. True is a proof.
template <class... Rules>
[[nodiscard]] constexpr bool admits_nothing(const policy<Rules...>& rules) {
    return detail::never_admits(rules);
}

}  // namespace shearpin::inline v1
