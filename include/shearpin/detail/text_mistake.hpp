// SPDX-License-Identifier: BSL-1.0
// What can be wrong with the text of a policy, and how a person is told.
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/text.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

/// Named as sentences, since clang 14 prints no text in an error but prints these names.
enum class policy_mistake : unsigned char {
    there_is_no_rule_in_it,
    there_is_no_such_rule,
    something_else_is_expected_here,
    rules_are_separated_by_a_comma_or_a_line_break,
    a_limit_is_not_negative,
    a_number_is_below_9223372036854775808,
    a_percentage_is_at_most_100,
    a_fraction_is_at_most_1_with_a_denominator_of_at_most_4294967295,
    a_cap_of_zero_removes_nothing_write_freeze,
    at_least_belongs_to_a_plain_percentage,
    at_least_0_adds_nothing_leave_it_out,
    a_baseline_of_0_is_none_leave_it_out,
    of_peak_belongs_to_a_plain_percentage,
    this_is_no_length_of_time,
    a_length_of_time_is_longer_than_zero_and_at_most_292_years,
    this_is_no_moment_in_utc,
    a_window_ends_after_it_begins,
    approvals_are_of_1_to_8_people,
    overridable_once_is_enough,
    it_is_stated_twice,
    unlimited_contradicts_another_rule,
    the_text_is_too_long,
    there_are_too_many_rules,
    this_pool_has_its_rules_already,
    rules_stand_in_a_pool_here,
    pools_need_parse_policies,
};

/// A place in a text, counted from 1; a character of several bytes is one column.
struct text_place {
    count line = 1;    ///< its lines end with a line feed
    count column = 1;  ///< in that line
    friend constexpr bool operator==(text_place, text_place) noexcept = default;
};

namespace detail {

/// One mistake. It refers to the text.
struct text_mistake {
    policy_mistake what{};
    std::size_t at = 0;       ///< where in the text
    text_view found{};        ///< what stands there
    text_view expected{};     ///< what should, in words
    text_view nearest{};      ///< the word that was probably meant
    std::size_t earlier = 0;  ///< where what it contradicts stands
};

/// The place of the character `at`; where an earlier one and its place are known, from there on.
constexpr text_place place_in(text_view text, std::size_t at, std::size_t known_at = 0,
                              text_place place = {}) noexcept {
    for (std::size_t before = known_at; before != at && before != text.size(); ++before) {
        const char letter = text.data()[before];
        if (letter == '\n') {
            ++place.line;
            place.column = 1;
        } else if ((static_cast<unsigned char>(letter) & 0xc0) != 0x80) {
            ++place.column;
        }
    }
    return place;
}

/// At most 40 characters of what was found, in quotation marks, in one line.
constexpr void put_found(writer& out, text_view found) {
    if (found.empty()) {
        out.put("nothing");
        return;
    }
    std::size_t shown = found.size() <= 40 ? found.size() : 37;
    while (shown != 0 && shown != found.size() &&
           (static_cast<unsigned char>(found.data()[shown]) & 0xc0) == 0x80)
        --shown;  // no half of a character
    out.put("\"");
    out.put_line([&](writer& to) { to.put(text_view(found.data(), shown)); });
    out.put(shown == found.size() ? "\"" : "...\"");
}

/// The sentence: "there is no rule \"max_bach\"; did you mean max_batch?".
constexpr void say(const text_mistake& wrong, text_view text, writer& out) {
    using enum policy_mistake;
    const auto found = [&](text_view before, text_view after) {
        out.put(before);
        put_found(out, wrong.found);
        out.put(after);
    };
    const auto meant = [&](text_view otherwise) {
        if (wrong.nearest.empty())
            out.put(otherwise);
        else
            out.put("; did you mean ").put(wrong.nearest).put("?");
    };
    switch (wrong.what) {
        case there_is_no_rule_in_it:
            out.put(
                "there is no rule here, and no rules are no policy; to allow everything write "
                "unlimited");
            return;
        case there_is_no_such_rule:
            found("there is no rule ", "");
            meant(
                "; the rules are min_remaining, max_unavailable, quorum, max_batch, max_targets, "
                "max_pools, max_rate, cooldown, max_in_flight, freeze, fresh_within, approvals, "
                "needs_expected, overridable, unlimited");
            return;
        case something_else_is_expected_here:
            out.put("expected ").put(wrong.expected);
            found(", and found ", "");
            meant("");
            return;
        case rules_are_separated_by_a_comma_or_a_line_break:
            found("expected a comma or a line break before ", ", which begins another rule");
            return;
        case a_limit_is_not_negative:
            found("", " is negative, and a limit is not");
            return;
        case a_number_is_below_9223372036854775808:
            found("", " is too large; a number is below 9223372036854775808 (2^63)");
            return;
        case a_percentage_is_at_most_100:
            found("", " is more than all of it; a percentage is between 0% and 100%");
            return;
        case a_fraction_is_at_most_1_with_a_denominator_of_at_most_4294967295:
            found("",
                  " is no fraction of a pool; it is between 0 and 1, and its denominator "
                  "between 1 and 4294967295");
            return;
        case a_cap_of_zero_removes_nothing_write_freeze:
            out.put(wrong.expected).put(": a cap of zero removes nothing; write freeze()");
            return;
        case at_least_belongs_to_a_plain_percentage:
            out.put(
                "at_least(n) goes with a percentage or a fraction, such as 5%, at_least(1); a "
                "number, and what is rounded up, never needs it");
            return;
        case at_least_0_adds_nothing_leave_it_out:
            out.put("at_least(0) adds nothing; leave it out");
            return;
        case a_baseline_of_0_is_none_leave_it_out:
            out.put(
                "baseline(0) is none; leave it out, or state the size of a pool that the "
                "ledger has never seen");
            return;
        case of_peak_belongs_to_a_plain_percentage:
            out.put(
                "of_peak(time) goes with a percentage or a fraction, such as 80%, "
                "of_peak(24h)");
            return;
        case this_is_no_length_of_time:
            found("",
                  " is no length of time; it is whole numbers with d, h, min, s, ms, us or ns, "
                  "longest first, such as 1h30min");
            meant("");
            return;
        case a_length_of_time_is_longer_than_zero_and_at_most_292_years:
            found("", ": a length of time is longer than zero, and at most 292 years");
            return;
        case this_is_no_moment_in_utc:
            found("", " is not ");
            out.put(wrong.expected);
            return;
        case a_window_ends_after_it_begins:
            found("the window ends with ", ", and must end after it begins");
            return;
        case approvals_are_of_1_to_8_people:
            found("", " is not a number of people who approve; it is between 1 and 8");
            return;
        case overridable_once_is_enough:
            out.put("this rule is overridable already; write it once");
            return;
        case it_is_stated_twice:
            out.put(wrong.found).put(" stands already in line ");
            out.put(place_in(text, wrong.earlier).line).put("; which of the two is meant?");
            return;
        case unlimited_contradicts_another_rule:
            out.put("unlimited, and another rule in line ");
            out.put(place_in(text, wrong.earlier).line).put("; which of the two is meant?");
            return;
        case the_text_is_too_long:
            out.put("the text is longer than 65536 characters, so it was not read");
            return;
        case there_are_too_many_rules:
            out.put(
                "there are more than 256 rules, or more than 1024 pools; what follows was not "
                "read");
            return;
        case this_pool_has_its_rules_already:
            found("the pool ", " has its rules already, in line ");
            out.put(place_in(text, wrong.earlier).line);
            return;
        case rules_stand_in_a_pool_here:
            found("",
                  " stands outside of a pool; write pool NAME { ... }, other_pools { ... } or "
                  "every_pool { ... }");
            meant("");
            return;
        case pools_need_parse_policies:
            found("",
                  " begins the rules of a pool, and this is read as one policy; read it with "
                  "parse_policies, or write the rules alone");
            return;
    }
}

/// Where mistakes go: those for which there is room, and the number of all.
class mistake_list {
public:
    constexpr mistake_list() noexcept = default;
    constexpr mistake_list(text_mistake* items, std::size_t room) noexcept
        : items_(items), room_(room) {}

    constexpr void add(const text_mistake& one) noexcept {
        if (number_ < room_) items_[number_] = one;
        ++number_;
    }
    [[nodiscard]] constexpr std::size_t number() const noexcept { return number_; }
    /// Nobody reads more at once, and to find the nearest word takes time.
    [[nodiscard]] constexpr bool enough() const noexcept { return number_ >= most; }
    static constexpr std::size_t most = 20;

private:
    text_mistake* items_ = nullptr;
    std::size_t room_ = 0;
    std::size_t number_ = 0;
};

}  // namespace detail

}  // namespace shearpin::inline v1
