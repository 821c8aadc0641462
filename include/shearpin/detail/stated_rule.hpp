// SPDX-License-Identifier: BSL-1.0
// A rule of the library as data: what a text says of it. It judges nothing: to judge, the rule
// itself is made of it, so that a policy that was read decides by the code of one in code.
#pragma once

#include <shearpin/rules.hpp>

namespace shearpin::inline v1::detail {

/// In the order in which they are offered to somebody who wrote none of them.
enum class rule_kind : unsigned char {
    min_remaining,
    max_unavailable,
    quorum,
    max_batch,
    max_targets,
    max_pools,
    max_rate,
    cooldown,
    max_in_flight,
    freeze,
    fresh_within,
    approvals,
    needs_expected,
    unlimited
};

struct stated_rule {
    rule_kind kind = rule_kind::unlimited;
    bool liftable = false;  ///< overridable(...)
    bool shrinks = false;   ///< quorum(membership::shrinks)
    threshold limit{};      ///< what stated() is; of approvals, what goes without
    duration time{};        ///< a window, an age, a rest; of min_remaining, of_peak
    count number = 0;       ///< approvals: people; min_remaining: the baseline
    window closed = window::always();

    friend constexpr bool operator==(const stated_rule&, const stated_rule&) noexcept = default;
};

template <rule_kind K> constexpr auto rule_of(const stated_rule& from) noexcept {
    if constexpr (K == rule_kind::min_remaining) {
        if (duration{} < from.time)
            return *min_remaining::from(from.limit.share(), from.time, from.number);
        return *min_remaining::from(from.limit);
    } else if constexpr (K == rule_kind::max_unavailable) {
        return *max_unavailable::from(from.limit);
    } else if constexpr (K == rule_kind::quorum) {
        return quorum(from.shrinks ? membership::shrinks : membership::stays);
    } else if constexpr (K == rule_kind::max_batch) {
        return *max_batch::from(from.limit);
    } else if constexpr (K == rule_kind::max_targets) {
        return *max_targets::from(from.limit);
    } else if constexpr (K == rule_kind::max_pools) {
        return *max_pools::from(from.limit.number());
    } else if constexpr (K == rule_kind::max_rate) {
        return *max_rate::from(from.limit, from.time);
    } else if constexpr (K == rule_kind::cooldown) {
        return *cooldown::from(from.time);
    } else if constexpr (K == rule_kind::max_in_flight) {
        return *max_in_flight::from(from.limit);
    } else if constexpr (K == rule_kind::freeze) {
        return freeze(from.closed);
    } else if constexpr (K == rule_kind::fresh_within) {
        return *fresh_within::from(from.time);
    } else if constexpr (K == rule_kind::approvals) {
        return *approvals::from(from.number, from.limit.number());
    } else if constexpr (K == rule_kind::needs_expected) {
        return needs_expected{};
    } else {
        return unlimited;
    }
}

/// The rule, in its own type.
template <rule_kind K, bool Liftable> constexpr auto made_rule(const stated_rule& from) noexcept {
    const auto made = detail::rule_of<K>(from);
    if constexpr (Liftable)
        return overridable<bare<decltype(made)>>(made);
    else
        return made;
}

/// Calls `with(rule)` with the rule, in its own type.
template <class F> constexpr decltype(auto) visit_rule(const stated_rule& from, F&& with) {
    // The type is not made of `from` itself: clang 19 would crash where it looks for that in a
    // lambda.
    const auto as =
        [&]<rule_kind K>(tag<bare<decltype(detail::rule_of<K>(declval<const stated_rule&>()))>>) {
            if (from.liftable) return with(detail::made_rule<K, true>(from));
            return with(detail::made_rule<K, false>(from));
        };
#define SHEARPIN_VISIT_RULE(KIND) \
    case rule_kind::KIND:         \
        return as.template operator()<rule_kind::KIND>({});
    switch (from.kind) {
        SHEARPIN_VISIT_RULE(min_remaining)
        SHEARPIN_VISIT_RULE(max_unavailable)
        SHEARPIN_VISIT_RULE(quorum)
        SHEARPIN_VISIT_RULE(max_batch)
        SHEARPIN_VISIT_RULE(max_targets)
        SHEARPIN_VISIT_RULE(max_pools)
        SHEARPIN_VISIT_RULE(max_rate)
        SHEARPIN_VISIT_RULE(cooldown)
        SHEARPIN_VISIT_RULE(max_in_flight)
        SHEARPIN_VISIT_RULE(freeze)
        SHEARPIN_VISIT_RULE(fresh_within)
        SHEARPIN_VISIT_RULE(approvals)
        SHEARPIN_VISIT_RULE(needs_expected)
        case rule_kind::unlimited:
            break;
    }
#undef SHEARPIN_VISIT_RULE
    return as.template operator()<rule_kind::unlimited>({});
}

// And back: what a rule states.
template <class R> constexpr stated_rule state_limit(rule_kind kind, const R& given) noexcept {
    return {.kind = kind, .limit = given.stated(), .time = detail::window_of(given)};
}
constexpr stated_rule state(const min_remaining& given) noexcept {
    stated_rule made = state_limit(rule_kind::min_remaining, given);
    made.number = given.stated_baseline();
    return made;
}
constexpr stated_rule state(const max_unavailable& given) noexcept {
    return state_limit(rule_kind::max_unavailable, given);
}
constexpr stated_rule state(const quorum& given) noexcept {
    return {.kind = rule_kind::quorum, .shrinks = given.shrinks()};
}
constexpr stated_rule state(const max_batch& given) noexcept {
    return state_limit(rule_kind::max_batch, given);
}
constexpr stated_rule state(const max_targets& given) noexcept {
    return state_limit(rule_kind::max_targets, given);
}
constexpr stated_rule state(const max_pools& given) noexcept {
    return {.kind = rule_kind::max_pools, .limit = threshold::number(given.stated_number())};
}
constexpr stated_rule state(const max_rate& given) noexcept {
    return state_limit(rule_kind::max_rate, given);
}
constexpr stated_rule state(const cooldown& given) noexcept {
    return {.kind = rule_kind::cooldown, .time = given.rest()};
}
constexpr stated_rule state(const max_in_flight& given) noexcept {
    return state_limit(rule_kind::max_in_flight, given);
}
constexpr stated_rule state(const freeze& given) noexcept {
    return {.kind = rule_kind::freeze, .closed = given.closed()};
}
constexpr stated_rule state(const fresh_within& given) noexcept {
    return {.kind = rule_kind::fresh_within, .time = given.longest_age()};
}
constexpr stated_rule state(const approvals& given) noexcept {
    return {.kind = rule_kind::approvals,
            .limit = threshold::number(given.without()),
            .number = given.people()};
}
constexpr stated_rule state(const needs_expected&) noexcept {
    return {.kind = rule_kind::needs_expected};
}
constexpr stated_rule state(const unlimited_rule&) noexcept { return {}; }
template <class R>
constexpr stated_rule state(const overridable<R>& given) noexcept
    requires requires { detail::state(given.within()); }
{
    stated_rule made = detail::state(given.within());
    made.liftable = true;
    return made;
}

/// A rule of the library, and so one that can be written in a text; a user's own is none.
template <class R>
concept textual = requires(const R& given) { detail::state(given); } &&
                  !requires(const R& given) { given.within().within(); };

}  // namespace shearpin::inline v1::detail
