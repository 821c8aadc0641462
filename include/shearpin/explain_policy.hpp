// SPDX-License-Identifier: BSL-1.0
// A policy in plain sentences, for people who review it and do not write C++.
#pragma once

#include <shearpin/policy_spelling.hpp>
#include <shearpin/strictness.hpp>

#include <string>

namespace shearpin::inline v1 {

namespace detail {

/// "5", "5% of the pool's size (rounded down, but at least 1)".
constexpr void say_limit(const threshold& limit, writer& out) {
    if (!limit.is_share()) {
        out.put(limit.number());
        return;
    }
    limit.share().spell(out);
    out.put(" of the pool's size (rounded ").put(limit.rounds_up() ? "up" : "down");
    if (limit.number() != 0) out.put(", but at least ").put(limit.number());
    out.put(")");
}

constexpr void say_floor(const stated_rule& rule, writer& out) {
    out.put("After a removal, at least ");
    if (!(duration{} < rule.time)) {
        say_limit(rule.limit, out);
        out.put(" must still serve.");
        return;
    }
    rule.limit.share().spell(out);
    out.put(" (rounded up) of the largest size that the pool had in the last ");
    rule.time.spell(out);
    out.put(" must still serve. Of a pool that the ledger has never seen, ");
    if (rule.number == 0)
        out.put("nothing may go.");
    else
        out.put("the size is taken to be at least ").put(rule.number).put(".");
}

constexpr void say_freeze(const window& closed, writer& out) {
    out.put("Nothing may be removed");
    if (closed.ends_never()) {
        out.put(", ever.");
        return;
    }
    if (closed.is_weekly()) out.put(" in any week");
    out.put(" from ");
    fixed_text<127> both;
    both.write([&](writer& to) { closed.spell(to); });
    std::size_t comma = 0;
    while (both.data()[comma] != ',') ++comma;
    out.put(text_view(both.data(), comma)).put(" until ");
    out.put(text_view(both.data() + comma + 2, both.size() - comma - 2));
    out.put(closed.is_weekly() ? " (UTC)." : ".");
}

constexpr void say_rule(const stated_rule& rule, writer& out) {
    const auto with_limit = [&](text_view before, text_view after) {
        out.put(before);
        say_limit(rule.limit, out);
        out.put(after);
    };
    const auto with_time = [&](text_view before, text_view after) {
        out.put(before);
        rule.time.spell(out);
        out.put(after);
    };
    switch (rule.kind) {
        case rule_kind::min_remaining:
            say_floor(rule, out);
            break;
        case rule_kind::max_unavailable:
            with_limit("At most ", " may be out at the same time, counting what is out already.");
            break;
        case rule_kind::quorum:
            out.put(rule.shrinks
                        ? "Members leave for good one at a time, and only while more than half of "
                          "those that are then left serve."
                        : "More than half of the members must still serve.");
            break;
        case rule_kind::max_batch:
            with_limit("One call may remove at most ", ".");
            break;
        case rule_kind::max_targets:
            with_limit("One call may name at most ", " targets, whatever each of them counts.");
            break;
        case rule_kind::max_pools:
            with_limit("One call may touch at most ", " of the pools.");
            break;
        case rule_kind::max_rate:
            with_limit("At most ", "");
            with_time(" may go within any ", "; what is being removed counts from the start.");
            break;
        case rule_kind::cooldown:
            with_time("Nothing may go while a removal is under way, nor within ",
                      " after the last one ended.");
            break;
        case rule_kind::max_in_flight:
            with_limit("At most ", " may be under way at the same time, by everyone together.");
            break;
        case rule_kind::freeze:
            say_freeze(rule.closed, out);
            break;
        case rule_kind::fresh_within:
            with_time("What is known of the pool must be complete, and no older than ", ".");
            break;
        case rule_kind::approvals:
            with_limit("More than ", " may go only if ");
            out.put(rule.number);
            out.put(rule.number == 1 ? " other person agrees." : " other people agree.");
            break;
        case rule_kind::needs_expected:
            out.put("The request must say how many targets, or which, it expects to remove.");
            break;
        case rule_kind::unlimited:
            out.put("There is no limit but what is always checked.");
            break;
    }
    if (rule.liftable) out.put(" An override may lift this once, by name, for a reason.");
}

/// One rule: the sentence, or for one of the user's own that it is one.
template <class R> constexpr void say_any_rule(const R& rule, writer& out) {
    if constexpr (textual<R>) {
        say_rule(detail::state(rule), out);
    } else {
        detail::spell(rule, out);
        out.put(": a rule of this program's own.");
    }
}

/// The rule at this place in a policy, as it is written.
template <class Policy>
constexpr void spell_rule_at(const Policy& rules, std::size_t which, writer& out) {
    std::size_t at = 0;
    rules.for_each([&](const auto& each) {
        if (at++ == which) detail::spell(each, out);
    });
}

/// All of a policy, each line behind `indent`: see `explain`.
template <class Policy>
constexpr void say_policy(const Policy& rules, writer& out, text_view indent = "") {
    rules.for_each([&](const auto& each) {
        detail::say_any_rule(each, out.put(indent));
        out.put("\n");
    });
    detail::find_dead_rules(rules, [&](const dead_rule& found) {
        out.put(indent).put("Note: ");
        detail::spell_rule_at(rules, found.which, out);
        out.put(" never matters");
        if (found.stricter != found.which) {
            out.put(": ");
            detail::spell_rule_at(rules, found.stricter, out);
            out.put(" is always at least as strict");
        } else {
            out.put(": what it refuses is refused anyway");
        }
        out.put(".\n");
    });
    if (detail::never_admits(rules))
        out.put(indent).put("Warning: under this policy nothing can ever be removed.\n");
}

}  // namespace detail

/// Writes what a policy means, one sentence in a line for each rule; and then, where there is such
/// a thing, which rules never matter and that the policy admits nothing.
template <class... Rules> constexpr void explain(const policy<Rules...>& rules, writer& out) {
    detail::say_policy(rules, out);
}

/// The same as a string, a line for each sentence.
template <class... Rules> [[nodiscard]] std::string explain(const policy<Rules...>& rules) {
    return detail::all_written([&](writer& out) { shearpin::explain(rules, out); });
}

}  // namespace shearpin::inline v1
