// SPDX-License-Identifier: BSL-1.0
// Rules as a file or the command line states them.
#pragma once

#include <shearpin/policy.hpp>
#include <shearpin/rules/overridable.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "numbers.hpp"

namespace fleet {

/// A floor or a cap, and where it is stated: "pools.csv:7", or an option of the command line.
struct stated_limit {
    amount value;
    std::string where;
};

/// A rule of which several may hold for one pool.
template <class Rule> struct stated_rule {
    Rule rule;
    bool may_be_lifted;
    std::string where;
};

/// Calls `with(policy)` for one rule.
template <class Rule, class F> void visit_rule(const Rule& rule, bool may_be_lifted, F& with) {
    if (may_be_lifted)
        with(shearpin::policy{shearpin::overridable(rule)});
    else
        with(shearpin::policy{rule});
}
template <class Rule, class F>
void visit_rules(const std::vector<stated_rule<Rule>>& rules, F& with) {
    for (const auto& each : rules) visit_rule(each.rule, each.may_be_lifted, with);
}

/// Adds one, unless the same is stated already.
template <class Rule>
void add_once(std::vector<stated_rule<Rule>>& to, const stated_rule<Rule>& stated) {
    const auto same = [&](const stated_rule<Rule>& other) {
        return other.rule == stated.rule && other.may_be_lifted == stated.may_be_lifted;
    };
    if (std::none_of(to.begin(), to.end(), same)) to.push_back(stated);
}

/// "approvals(2, above(3))", as a violation of it is stated.
template <class Rule> std::string spelled(const stated_rule<Rule>& which) {
    shearpin::fixed_text<96> text;
    text.write([&](shearpin::writer& out) {
        if (which.may_be_lifted)
            shearpin::overridable(which.rule).spell(out);
        else
            which.rule.spell(out);
    });
    return text;
}

/// Where the rule is stated that is spelled like this; empty where none is.
template <class Rule>
std::string stated_where(const std::vector<stated_rule<Rule>>& rules, std::string_view text) {
    for (const auto& each : rules)
        if (spelled(each) == text) return each.where;
    return {};
}

}  // namespace fleet
