// SPDX-License-Identifier: BSL-1.0
#include "text_limits.hpp"

#include <algorithm>

#include "failure.hpp"

namespace fleet {

namespace {

template <class Rule> bool needs(const Rule& rule, shearpin::need what) {
    if constexpr (requires { rule.needs_now(); })
        return includes(rule.needs_now(), what);
    else if constexpr (requires { Rule::needs; })
        return includes(Rule::needs, what);
    else
        return false;
}

/// What a person says is asked for elsewhere.
template <class Rule> bool counts_targets_or_pools(const Rule& rule) {
    if (needs(rule, shearpin::need::request)) return false;
    if constexpr (requires { Rule::measures; })
        return Rule::measures == shearpin::measure::heads ||
               Rule::measures == shearpin::measure::pools;
    else
        return false;
}

std::string joined(const std::vector<stated_text>& rules, bool stated_text::* those) {
    std::string all;
    for (const stated_text& each : rules)
        if (each.*those) all += (all.empty() ? "" : ", ") + each.rule;
    return all;
}

}  // namespace

text_limits::text_limits(const policy_file& from, const std::string& pool)
    : file_(from.path.substr(from.path.rfind('/') + 1)),
      rules_(from.pools.rules_of(pool)),
      without_words_(from.pools.rules_of(
          pool, [](const auto& each) { return !needs(each, shearpin::need::request); })) {
    if (!rules_) return;
    rules_->for_each([&](const auto& each) {
        const auto place = from.pools.place_of(pool, stated_.size());
        const std::string line = place ? ":" + std::to_string(place->line) : "";
        const std::string text = to_string(shearpin::policy{each});
        if (needs(each, shearpin::need::observation_time))
            bad_input(from.path + line + ": " + text + undated);
        stated_.push_back({text, file_ + line, needs(each, shearpin::need::history),
                           needs(each, shearpin::need::request), counts_targets_or_pools(each)});
    });
}

std::string text_limits::where(std::string_view rule) const {
    for (const stated_text& each : stated_)
        if (each.rule == rule) return each.where;
    return {};
}

const stated_text* text_limits::first_with_history() const {
    const auto found = std::find_if(stated_.begin(), stated_.end(),
                                    [](const stated_text& each) { return each.looks_back; });
    return found == stated_.end() ? nullptr : &*found;
}

std::string text_limits::words() const { return joined(stated_, &stated_text::asks_for_words); }
std::string text_limits::of_calls() const { return joined(stated_, &stated_text::is_of_calls); }

}  // namespace fleet
