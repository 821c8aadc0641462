// SPDX-License-Identifier: BSL-1.0
// The rules of one policy, and what contradicts itself among them.
#pragma once

#include <shearpin/detail/rule_text.hpp>

namespace shearpin::inline v1::detail {

inline constexpr std::size_t longest_text = 65'536;
inline constexpr std::size_t most_rules = 256;  // of one policy
inline constexpr std::size_t most_pools = 1024;

/// A rule and where it begins in the text.
struct placed_rule {
    stated_rule rule;
    std::size_t at = 0;
};

/// Whether a guard would not take both: two limits of one kind, of which nobody knows which is
/// meant. A number and a percentage are two kinds, and so are windows of different length.
constexpr bool says_the_same_kind(const stated_rule& left, const stated_rule& right) noexcept {
    if (left.kind != right.kind || left.liftable != right.liftable) return false;
    switch (left.kind) {
        case rule_kind::min_remaining:
        case rule_kind::max_unavailable:
        case rule_kind::max_batch:
        case rule_kind::max_targets:
        case rule_kind::max_rate:
        case rule_kind::max_in_flight:
            return left.limit.is_share() == right.limit.is_share() && left.time == right.time;
        case rule_kind::quorum:
        case rule_kind::cooldown:
        case rule_kind::fresh_within:
        case rule_kind::needs_expected:
        case rule_kind::unlimited:
            return true;
        case rule_kind::max_pools:
        case rule_kind::freeze:
        case rule_kind::approvals:
            return false;
    }
    return false;
}

constexpr bool is_plainly_unlimited(const stated_rule& rule) noexcept {
    return rule.kind == rule_kind::unlimited && !rule.liftable;
}

/// What this rule contradicts among those before it; noted as a mistake.
template <class List>
constexpr bool contradicts(text_cursor& from, const List& before,
                           const placed_rule& next) noexcept {
    const text_view word = rule_names[static_cast<std::size_t>(next.rule.kind)];
    for (std::size_t at = 0; at != before.size(); ++at) {
        const placed_rule& earlier = before[at];
        if (says_the_same_kind(earlier.rule, next.rule)) {
            from.wrong({policy_mistake::it_is_stated_twice, next.at, word, {}, {}, earlier.at});
            return true;
        }
        if (is_plainly_unlimited(earlier.rule) || is_plainly_unlimited(next.rule)) {
            from.wrong({policy_mistake::unlimited_contradicts_another_rule,
                        next.at,
                        word,
                        {},
                        {},
                        earlier.at});
            return true;
        }
    }
    return false;
}

/// The words that begin the rules of a pool, where a text has several.
inline constexpr text_view pool_words[] = {"pool", "other_pools", "every_pool"};
constexpr bool begins_pool(text_view word) noexcept {
    return word == pool_words[0] || word == pool_words[1] || word == pool_words[2];
}

/// Reads rules into the list, up to the end or to a } that ends a pool's. List has size(),
/// operator[] and push_back(placed_rule).
template <class List>
constexpr void read_rules_into(List& into, text_cursor& from, bool written_in_code, bool in_pool) {
    rule_reader reader(from, written_in_code);
    bool after_rule = false;  // and nothing that separates has come since
    bool comma_may_come = false;
    while (!from.has_enough_mistakes()) {
        from.skip_blanks_of_line();
        if (from.letter() == '#' || from.letter() == '\n') {
            from.skip_blanks();
            after_rule = false;
        }
        if (from.at_end() || (in_pool && from.letter() == '}')) return;
        if (comma_may_come && from.take(',')) {
            after_rule = comma_may_come = false;
            continue;
        }
        if (into.size() == most_rules) {
            from.wrong({policy_mistake::there_are_too_many_rules, from.at(), {}, {}, {}, 0});
            return;
        }
        const text_view word = from.look();
        const bool is_rule = begins_rule(word);
        if (after_rule && is_rule) {
            from.wrong(policy_mistake::rules_are_separated_by_a_comma_or_a_line_break, word);
            after_rule = false;
            continue;
        }
        if (in_pool && begins_pool(word)) return;  // the } is missing, and the caller says so
        if (!after_rule && begins_pool(word)) {
            from.wrong(policy_mistake::pools_need_parse_policies, word);
            return;
        }
        placed_rule next{{}, from.at()};
        bool fine = false;
        const bool was_fine = after_rule;
        if (after_rule)
            from.expected("a comma or a line break after the rule");
        else
            fine = reader.read(next.rule);
        after_rule = comma_may_come = true;
        if (fine) {
            if (!contradicts(from, into, next)) into.push_back(next);
            continue;
        }
        // What ended the rule before was another sign; told once is enough.
        if (from.recover(begins_rule) || was_fine) after_rule = false;
        if (from.letter() == '{' || (!in_pool && from.letter() == '}')) {
            from.step();
            after_rule = false;
        }
    }
}

}  // namespace shearpin::inline v1::detail
