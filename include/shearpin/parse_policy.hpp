// SPDX-License-Identifier: BSL-1.0
// Policies that are read when the program runs; the grammar stands in policy_text.hpp.
#pragma once

#include <shearpin/detail/policy_reader.hpp>
#include <shearpin/detail/read_rules.hpp>
#include <shearpin/policy_errors.hpp>

#include <vector>

namespace shearpin::inline v1 {

namespace detail {

/// A text without a single rule is no policy: one that admits everything would be a bad surprise.
inline void read_one_policy(text_view text, std::vector<placed_rule>& rules, mistake_list& wrong) {
    if (text.size() > longest_text) {
        wrong.add({policy_mistake::the_text_is_too_long, 0, {}, {}, {}, 0});
        return;
    }
    text_cursor from(text, wrong);
    detail::read_rules_into(rules, from, false, false);
    if (rules.empty() && wrong.number() == 0)
        wrong.add({policy_mistake::there_is_no_rule_in_it, from.at(), {}, {}, {}, 0});
}

}  // namespace detail

/// Reads a policy from a file's text or a flag's:
///
///     const auto read = shearpin::parse_policy(text);
///     if (!read.has_value()) fail(read.error().in_file("index.policy"));
///     auto remove = shearpin::guard(read.value(), decommission, state);
///
/// Either all of the text is a policy, or there is none and `error()` tells all mistakes, up to
/// twenty of them. In a text zero is zero: max_batch(0) admits nothing. A text has at most 65536
/// characters and 256 rules. Costs as many steps as there are characters, and for each rule one
/// comparison with each before it; allocates.
[[nodiscard]] inline parsed<read_policy> parse_policy(text_view text) {
    detail::text_mistake found[detail::mistake_list::most];
    detail::mistake_list wrong(found, detail::mistake_list::most);
    std::vector<detail::placed_rule> rules;
    detail::read_one_policy(text, rules, wrong);
    if (wrong.number() != 0) return policy_errors(text, found, wrong.number());
    detail::read_rules read;
    for (const detail::placed_rule& each : rules) read.add(each.rule);
    return read_policy(read);
}

}  // namespace shearpin::inline v1
