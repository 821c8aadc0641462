// SPDX-License-Identifier: BSL-1.0
// What a change of a policy means, rule by rule and in numbers, for whoever reviews it.
#pragma once

#include <shearpin/detail/one_line.hpp>
#include <shearpin/policy_spelling.hpp>
#include <shearpin/strictness.hpp>

#include <string>
#include <vector>

namespace shearpin::inline v1 {

/// A pool of which a diff tells the numbers. It refers to the name.
struct sized_pool {
    text_view name;  ///< as it is written in the diff
    count size = 0;  ///< what it is meant to hold
};

/// What a policy means for a pool in numbers; see numbers_of.
struct policy_numbers {
    count largest_batch = 0;  ///< the most that one call could ever take
    count floor = 0;          ///< what must then still serve; 0 where no rule asks for it
    friend constexpr bool operator==(policy_numbers, policy_numbers) noexcept = default;
};

namespace detail {

struct rule_in_diff {
    std::string text;
    stated_rule stated{};
    bool known = false;  ///< a rule of the library, which can be compared
    bool paired = false;
};

template <class Policy> std::vector<rule_in_diff> rules_for_diff(const Policy& rules) {
    std::vector<rule_in_diff> all;
    rules.for_each([&]<class R>(const R& each) {
        rule_in_diff one;
        one.text = all_written([&](writer& out) { detail::spell(each, out); });
        if constexpr (textual<R>) {
            one.stated = detail::state(each);
            one.known = true;
        }
        all.push_back(one);
    });
    return all;
}

/// How alike two rules are, so that one can have become the other: 3 the same, 2 of one kind with
/// other numbers, 1 of one name; 0 not at all. A window of a freeze is another rule, not a number.
inline int likeness(const rule_in_diff& left, const rule_in_diff& right) {
    if (left.text == right.text) return 3;
    if (!left.known || !right.known || left.stated.kind != right.stated.kind) return 0;
    if (left.stated.kind == rule_kind::freeze) return 0;
    const bool same_form = left.stated.liftable == right.stated.liftable &&
                           left.stated.limit.is_share() == right.stated.limit.is_share() &&
                           left.stated.time == right.stated.time;
    return same_form ? 2 : 1;
}

/// "stricter", "looser", ... of one rule that became another.
inline std::string how_it_changed(const stated_rule& before, const stated_rule& after) {
    const bool stricter = is_stricter(after, before);
    const bool looser = is_stricter(before, after);
    if (stricter && looser) return "means the same";
    if (stricter) return "stricter";
    return looser ? "looser" : "stricter for some pools or times, looser for others";
}

template <class Policy> constexpr policy_numbers find_numbers(const Policy& rules, count size) {
    const facts full{.pool = {size, size}};
    policy_numbers found{size, 0};
    rules.for_each([&]<class R>(const R& each) {
        if constexpr (measure_of<R>() != measure::pools) {
            const count most = detail::at_best(each, full);
            found.largest_batch = smaller(found.largest_batch, most);
            if constexpr (measure_of<R>() == measure::serving)
                found.floor = larger(found.floor, minus(size, most));
        }
    });
    return found;
}

inline std::string changed_number(const char* what, count before, count after) {
    std::string all = std::string(what) + " " + std::to_string(before);
    if (before != after) all += " → " + std::to_string(after);
    return all;
}

/// "largest batch 5 → 8, floor 190 → 180".
inline std::string changed_numbers(const policy_numbers& was, const policy_numbers& is) {
    return changed_number("largest batch", was.largest_batch, is.largest_batch) + ", " +
           changed_number("floor", was.floor, is.floor);
}

/// The lines of `diff` for two sets of rules.
template <class Old, class New> std::string changed_rules(const Old& before, const New& after) {
    auto old_rules = detail::rules_for_diff(before);
    auto new_rules = detail::rules_for_diff(after);
    std::string changes;
    for (int wanted = 3; wanted != 0; --wanted)
        for (auto& gone : old_rules)
            for (auto& come : new_rules) {
                if (gone.paired || come.paired || detail::likeness(gone, come) != wanted) continue;
                gone.paired = come.paired = true;
                if (wanted != 3)
                    changes += gone.text + " → " + come.text + ": " +
                               detail::how_it_changed(gone.stated, come.stated) + "\n";
            }
    for (const auto& gone : old_rules)
        if (!gone.paired) changes += "gone: " + gone.text + "\n";
    for (const auto& come : new_rules)
        if (!come.paired) changes += "new: " + come.text + "\n";
    const bool stricter = is_stricter_policy(after, before);
    const bool looser = is_stricter_policy(before, after);
    if (changes.empty()) return "No rule has changed.\n";
    if (stricter && looser) return changes + "Both policies admit the same.\n";
    if (stricter) return changes + "The new policy is at least as strict as the old one.\n";
    if (looser) return changes + "The old policy is at least as strict: the new one is looser.\n";
    return changes + "The new policy is not proved to be at least as strict as the old one.\n";
}

}  // namespace detail

/// The most that one call could ever take of a pool of this size where all of it serves, and what
/// must then stay. Overrides, approvals and the number of pools are left out: they are for one
/// call.
template <class... Rules>
[[nodiscard]] constexpr policy_numbers numbers_of(const policy<Rules...>& rules, count size) {
    return detail::find_numbers(rules, size);
}

/// A line for each rule that is new, gone or changed, and whether that is stricter; then what is
/// proved of the two policies as a whole:
///
///     max_batch(5) → max_batch(8): looser
///     gone: cooldown(5min)
///     new: quorum()
///     The new policy is not proved to be at least as strict as the old one.
template <class... Old, class... New>
[[nodiscard]] std::string diff(const policy<Old...>& before, const policy<New...>& after) {
    return detail::changed_rules(before, after);
}

/// The same, and then what it means in numbers for these pools, given as a range of sized_pool:
///
///     index: largest batch 5 → 8, floor 190 → 180
///
/// See numbers_of for what they are.
template <class... Old, class... New, class Pools>
[[nodiscard]] std::string diff(const policy<Old...>& before, const policy<New...>& after,
                               const Pools& pools) {
    std::string all = shearpin::diff(before, after);
    for (const sized_pool& each : pools)
        all += detail::in_one_line(each.name) + ": " +
               detail::changed_numbers(shearpin::numbers_of(before, each.size),
                                       shearpin::numbers_of(after, each.size)) +
               "\n";
    return all;
}

}  // namespace shearpin::inline v1
