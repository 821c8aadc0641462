// SPDX-License-Identifier: BSL-1.0
// When the limit of one rule is never above that of another, whatever the facts.
#pragma once

#include <shearpin/detail/stated_rule.hpp>
#include <shearpin/detail/stricter_limit.hpp>

namespace shearpin::inline v1::detail {

/// A rule that is silent where the ledger is left out by name.
constexpr bool looks_at_history(const stated_rule& each) noexcept {
    switch (each.kind) {
        case rule_kind::max_rate:
        case rule_kind::cooldown:
        case rule_kind::max_in_flight:
            return true;
        case rule_kind::min_remaining:
            return duration{} < each.time;
        default:
            return false;
    }
}

constexpr measure measure_of_kind(rule_kind kind) noexcept {
    switch (kind) {
        case rule_kind::min_remaining:
        case rule_kind::max_unavailable:
        case rule_kind::quorum:
            return measure::serving;
        case rule_kind::max_targets:
        case rule_kind::needs_expected:
            return measure::heads;
        case rule_kind::max_pools:
            return measure::pools;
        default:
            return measure::amount;
    }
}

/// It refuses nothing that is not always refused.
constexpr bool never_refuses(const stated_rule& each) noexcept {
    switch (each.kind) {
        case rule_kind::unlimited:
            return true;
        case rule_kind::min_remaining:  // more than serves is always refused
            return !looks_at_history(each) && is_always_zero(each.limit);
        case rule_kind::max_batch:  // an amount of 2^63 is always refused
        case rule_kind::approvals:
            return each.limit.of(0) >= largest_count;
        default:
            return false;
    }
}

/// Its limit is zero, whatever the facts.
constexpr bool allows_nothing(const stated_rule& each) noexcept {
    switch (each.kind) {
        case rule_kind::max_unavailable:
        case rule_kind::max_batch:
        case rule_kind::max_targets:
        case rule_kind::max_rate:
        case rule_kind::max_in_flight:
        case rule_kind::max_pools:
            return is_always_zero(each.limit);
        case rule_kind::freeze:
            return each.closed.ends_never();
        default:
            return false;
    }
}

constexpr bool floor_is_stricter(const stated_rule& left, const stated_rule& right) noexcept {
    if (!never_below(left.limit, right.limit)) return false;
    // Only floors of the peak have a time and a baseline: the right is one only with a shorter
    // time, and the left only where the right is, which was asked before. Without a baseline,
    // nothing goes of a pool that was never seen.
    return left.time >= right.time &&
           (left.number == 0 || (right.number != 0 && left.number >= right.number));
}

/// Of two rules about what serves.
constexpr bool serving_is_stricter(const stated_rule& left, const stated_rule& right) noexcept {
    const bool right_is_floor = right.kind == rule_kind::min_remaining && !looks_at_history(right);
    switch (left.kind) {
        case rule_kind::min_remaining:
            if (right.kind == rule_kind::min_remaining) return floor_is_stricter(left, right);
            return right.kind == rule_kind::quorum && !right.shrinks &&
                   never_below_majority(left.limit);
        case rule_kind::quorum:
            if (right.kind == rule_kind::quorum) return left.shrinks == right.shrinks;
            return right_is_floor && majority_is_never_below(right.limit);
        case rule_kind::max_unavailable:
            if (right.kind == rule_kind::max_unavailable)
                return never_above(left.limit, right.limit);
            if (right.kind == rule_kind::quorum)
                return !right.shrinks && leaves_majority(left.limit);
            return right_is_floor && leaves(left.limit, right.limit);
        default:
            return false;
    }
}

/// Of two rules about the amount, other than freezes, which are looked at together.
constexpr bool amount_is_stricter(const stated_rule& left, const stated_rule& right) noexcept {
    switch (left.kind) {
        case rule_kind::max_batch:
            if (right.kind == rule_kind::approvals)
                return most_of(left.limit) <= right.limit.number();
            return right.kind == rule_kind::max_batch && never_above(left.limit, right.limit);
        case rule_kind::max_rate:  // what is open counts in every window
            if (right.kind == rule_kind::max_in_flight) return never_above(left.limit, right.limit);
            return right.kind == rule_kind::max_rate && left.time >= right.time &&
                   never_above(left.limit, right.limit);
        case rule_kind::max_in_flight:
            return right.kind == rule_kind::max_in_flight && never_above(left.limit, right.limit);
        case rule_kind::cooldown:
            return right.kind == rule_kind::cooldown && left.time >= right.time;
        case rule_kind::fresh_within:
            return right.kind == rule_kind::fresh_within && left.time <= right.time;
        case rule_kind::approvals:
            return right.kind == rule_kind::approvals && left.number >= right.number &&
                   left.limit.number() <= right.limit.number();
        default:
            return false;
    }
}

/// left's limit is never above right's. True is a proof; where false, it may still be so.
constexpr bool is_stricter(const stated_rule& left, const stated_rule& right) noexcept {
    if (never_refuses(right)) return true;
    // An override may lift a rule; another that it lifts as far is never the stricter one of a
    // rule that no override reaches.
    if (left.liftable && (!right.liftable || left.kind != right.kind)) return false;
    if (looks_at_history(left) && !looks_at_history(right)) return false;
    if (measure_of_kind(left.kind) != measure_of_kind(right.kind)) return false;
    if (allows_nothing(left)) return true;
    switch (measure_of_kind(left.kind)) {
        case measure::serving:
            return serving_is_stricter(left, right);
        case measure::amount:
            return amount_is_stricter(left, right);
        case measure::heads:
            if (left.kind != right.kind) return false;
            return left.kind == rule_kind::needs_expected || never_above(left.limit, right.limit);
        case measure::pools:
            return left.limit.number() <= right.limit.number();
    }
    return false;
}

}  // namespace shearpin::inline v1::detail
