// SPDX-License-Identifier: BSL-1.0
// What a change of several pools' policies means, for whoever reviews it.
#pragma once

#include <shearpin/policy_diff.hpp>
#include <shearpin/pools_strictness.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

namespace shearpin::inline v1 {

namespace detail {

/// "pool index", as it stands in a text.
inline std::string pool_heading(text_view name) {
    return all_written([&](writer& out) { detail::spell_pool_name(name, out.put("pool ")); });
}

/// What has changed for one pool; empty where nothing has.
template <class Old, class New> std::string changed_pool(const Old& before, const New& after) {
    if (!before.any() && !after.any()) return {};
    if (!before.any()) {
        std::string all;
        for (const rule_in_diff& each : rules_for_diff(after)) all += "new: " + each.text + "\n";
        if (always_refuses(after)) return all + "Before, nothing could go, and now nothing can.\n";
        return all + "The new policy is looser: before, none was stated, and nothing could go.\n";
    }
    if (!after.any()) return "No policy is stated any more, so nothing may go: this is stricter.\n";
    const std::string rules = changed_rules(before, after);
    return rules == "No rule has changed.\n" ? "" : rules;
}

/// Pools for which the same has changed are told together.
class pool_changes {
public:
    void add(const std::string& heading, const std::string& changes) {
        if (changes.empty()) return;
        const auto same = std::find_if(all_.begin(), all_.end(),
                                       [&](const auto& each) { return each.changes == changes; });
        if (same == all_.end())
            all_.push_back({heading, changes});
        else
            same->heading += ", " + heading;
    }
    [[nodiscard]] std::string text() const {
        std::string all;
        for (const auto& [heading, changes] : all_) {
            all += heading + ":\n";
            for (std::size_t at = 0; at != changes.size();) {
                const std::size_t end = changes.find('\n', at) + 1;
                all += "  " + changes.substr(at, end - at);
                at = end;
            }
        }
        return all.empty() ? "No rule of any pool has changed.\n" : all;
    }

private:
    struct change {
        std::string heading;
        std::string changes;
    };
    std::vector<change> all_;
};

/// What one call could ever take of a pool; nothing of one of which no policy speaks.
template <class Rules> policy_numbers numbers_for(const Rules& rules, count size) {
    return rules.any() ? find_numbers(rules, size) : policy_numbers{0, size};
}

}  // namespace detail

/// What has changed for each pool that either of them names, and for all others, as `diff` tells it
/// of two policies, with the rules of other_pools and every_pool where they hold:
///
///     pool index:
///       max_batch(5) → max_batch(8): looser
///       The old policy is at least as strict: the new one is looser.
///
/// Pools must be named by text. Whether all of it is at least as strict, at_least_as_strict says.
template <detail::pool_table Old, detail::pool_table New>
[[nodiscard]] std::string diff(const Old& before, const New& after) {
    std::vector<std::string> names;
    const auto add = [&](text_view name) { names.emplace_back(name); };
    detail::for_each_named_pool(before, add);
    detail::for_each_named_pool(after, add);
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    detail::pool_changes found;
    const auto look_at = [&](const std::string& heading, const auto& pool_name) {
        found.add(heading, detail::changed_pool(detail::rules_for(before, pool_name),
                                                detail::rules_for(after, pool_name)));
    };
    for (const std::string& each : names) look_at(detail::pool_heading(each), text_view(each));
    look_at(names.empty() ? "all pools" : "all other pools", detail::every_other_pool{});
    return found.text();
}

/// The same, and then what it means in numbers for those of these pools (a range of sized_pool) of
/// which they have changed: "index: largest batch 5 → 8, floor 190 → 180"; see numbers_of. Of a
/// pool that no policy speaks of, nothing may go and all must stay.
template <detail::pool_table Old, detail::pool_table New, class Pools>
[[nodiscard]] std::string diff(const Old& before, const New& after, const Pools& pools) {
    std::string all = shearpin::diff(before, after);
    for (const sized_pool& each : pools) {
        const auto was = detail::numbers_for(detail::rules_for(before, each.name), each.size);
        const auto is = detail::numbers_for(detail::rules_for(after, each.name), each.size);
        if (!(was == is))
            all += detail::in_one_line(each.name) + ": " + detail::changed_numbers(was, is) + "\n";
    }
    return all;
}

}  // namespace shearpin::inline v1
