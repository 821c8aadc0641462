// SPDX-License-Identifier: BSL-1.0
// One rule of the text of a policy; the grammar stands in policy_text.hpp.
#pragma once

#include <shearpin/detail/stated_rule.hpp>
#include <shearpin/detail/window_text.hpp>

namespace shearpin::inline v1::detail {

/// In the order of rule_kind, and then the word that makes a rule overridable.
inline constexpr text_view rule_names[] = {
    "min_remaining", "max_unavailable", "quorum",         "max_batch",     "max_targets",
    "max_pools",     "max_rate",        "cooldown",       "max_in_flight", "freeze",
    "fresh_within",  "approvals",       "needs_expected", "unlimited",     "overridable"};
/// What is expected after such a word, by example.
inline constexpr text_view rule_examples[] = {"( as in min_remaining(95%)",
                                              "( as in max_unavailable(2)",
                                              "( as in quorum()",
                                              "( as in max_batch(5)",
                                              "( as in max_targets(5)",
                                              "( as in max_pools(1)",
                                              "( as in max_rate(20, 1h)",
                                              "( as in cooldown(5min)",
                                              "( as in max_in_flight(5)",
                                              "( as in freeze(fri 16:00, mon 08:00)",
                                              "( as in fresh_within(5min)",
                                              "( as in approvals(2, above(3))",
                                              "( as in needs_expected()",
                                              "",
                                              "( as in overridable(max_batch(5))"};
inline constexpr std::size_t overridable_word = 14;
inline constexpr std::size_t no_word = 15;

constexpr std::size_t find_rule_word(text_view word) noexcept {
    std::size_t at = 0;
    while (at != no_word && !(rule_names[at] == word)) ++at;
    return at;
}
constexpr bool begins_rule(text_view word) noexcept { return find_rule_word(word) != no_word; }

class rule_reader {
public:
    /// In code a cap of zero is a mistake; in a text that is read when the program runs it is zero.
    constexpr rule_reader(text_cursor& from, bool written_in_code) noexcept
        : from_(from), in_code_(written_in_code) {}

    /// Reads one rule; false where there is a mistake in it, which is noted.
    constexpr bool read(stated_rule& into) noexcept {
        const text_view word = from_.look();
        const std::size_t found = find_rule_word(word);
        if (found == no_word) return no_such_rule(word);
        from_.take_lump();
        if (found != overridable_word) return read_rule(found, into);
        if (!open(rule_examples[overridable_word])) return false;
        const text_view inner = from_.look();
        const std::size_t inner_found = find_rule_word(inner);
        if (inner_found == overridable_word)
            return from_.wrong(policy_mistake::overridable_once_is_enough, inner);
        if (inner_found == no_word) return no_such_rule(inner);
        from_.take_lump();
        if (!read_rule(inner_found, into)) return false;
        into.liftable = true;
        return close();
    }

private:
    constexpr bool no_such_rule(text_view word) noexcept {
        if (word.empty() || word.size() == 1) return from_.expected("a rule, such as max_batch(5)");
        return from_.wrong(policy_mistake::there_is_no_such_rule, word, {},
                           nearest_word(word, rule_names));
    }
    constexpr bool open(text_view as_in) noexcept { return from_.take_or_say('(', as_in); }
    constexpr bool close() noexcept { return from_.take_or_say(')', ")"); }
    constexpr bool comma(text_view what) noexcept { return from_.take_or_say(',', what); }

    constexpr bool read_rule(std::size_t word, stated_rule& into) noexcept {
        into.kind = static_cast<rule_kind>(word);
        if (into.kind == rule_kind::unlimited) return true;
        return open(rule_examples[word]) && read_arguments(into) && close();
    }

    constexpr bool read_arguments(stated_rule& into) noexcept {
        switch (into.kind) {
            case rule_kind::min_remaining:
                return read_limit(into, "round_down", true) && read_peak(into);
            case rule_kind::max_unavailable:
            case rule_kind::max_batch:
            case rule_kind::max_targets:
            case rule_kind::max_in_flight:
                return read_cap(into) && read_at_least(into);
            case rule_kind::max_rate:
                if (!read_cap(into) || !comma(window_of_rate)) return false;
                if (from_.look() == "at_least" && (!read_least(into) || !comma(window_of_rate)))
                    return false;
                return read_duration(from_, into.time);
            case rule_kind::max_pools: {
                count number = 0;
                const text_view found = from_.look();
                if (!read_number(from_, number, "a whole number, such as 1")) return false;
                into.limit = threshold::number(number);
                return is_some(into, found);
            }
            case rule_kind::cooldown:
            case rule_kind::fresh_within:
                return read_duration(from_, into.time);
            case rule_kind::quorum:
                return read_membership(into);
            case rule_kind::freeze:
                return from_.look() == ")" || read_window(from_, into.closed);
            case rule_kind::approvals:
                return read_approvals(into);
            case rule_kind::needs_expected:
            case rule_kind::unlimited:
                return true;
        }
        return true;
    }

    /// A number, a share, or a share that is rounded the other way by name.
    constexpr bool read_limit(stated_rule& into, text_view turned, bool safe_is_up) noexcept {
        const text_view what =
            safe_is_up ? "a whole number, or a percentage such as 95% or round_down(95%)"
                       : "a whole number, or a percentage such as 5% or round_up(5%)";
        const text_view found = from_.look();
        fraction share;
        if (found == turned) {
            from_.take_lump();
            if (!open("( and a percentage") || !read_share(from_, share) || !close()) return false;
            into.limit = threshold::share(
                share, safe_is_up ? threshold::rounding::down : threshold::rounding::up);
            return true;
        }
        const char first = found.empty() ? '\0' : found.data()[0];
        bool is_share = false;
        for (const char letter : found) is_share = is_share || letter == '%' || letter == '/';
        if (!is_share) {
            count number = 0;
            if (first != '-' && !is_digit(first))
                return from_.expected(what, nearest_turn(found, turned));
            if (!read_number(from_, number, what)) return false;
            into.limit = threshold::number(number);
            return true;
        }
        if (!read_share(from_, share)) return false;
        into.limit = threshold::share(
            share, safe_is_up ? threshold::rounding::up : threshold::rounding::down);
        return true;
    }
    static constexpr text_view nearest_turn(text_view found, text_view turned) noexcept {
        return nearest_word(found, {turned});
    }
    constexpr bool read_cap(stated_rule& into) noexcept {
        const text_view found = from_.look();
        return read_limit(into, "round_up", false) && is_some(into, found);
    }
    constexpr bool is_some(const stated_rule& into, text_view found) noexcept {
        const bool zero =
            into.limit.is_share() ? into.limit.share().numerator() == 0 : into.limit.number() == 0;
        if (!zero || !in_code_) return true;
        return from_.wrong(policy_mistake::a_cap_of_zero_removes_nothing_write_freeze, found,
                           rule_names[static_cast<std::size_t>(into.kind)]);
    }

    /// "name(", or a mistake with the words that could stand here.
    constexpr bool named(text_view word, text_view what) noexcept {
        if (from_.look() == word) {
            from_.take_lump();
            return open("(");
        }
        return from_.expected(what, nearest_word(from_.look(), {word}));
    }

    constexpr bool read_at_least(stated_rule& into) noexcept {
        if (!from_.take(',')) return true;
        return read_least(into);
    }
    constexpr bool read_least(stated_rule& into) noexcept {
        const text_view found = from_.look();
        if (!named("at_least", "at_least(n) or )")) return false;
        count least = 0;
        const text_view number = from_.look();
        if (!read_number(from_, least, "a whole number, such as 1") || !close()) return false;
        if (!into.limit.is_share() || into.limit.rounds_up())
            return from_.wrong(policy_mistake::at_least_belongs_to_a_plain_percentage, found);
        if (least == 0)
            return from_.wrong(policy_mistake::at_least_0_adds_nothing_leave_it_out, number);
        into.limit = threshold::share(into.limit.share(), threshold::rounding::down, least);
        return true;
    }

    constexpr bool read_peak(stated_rule& into) noexcept {
        if (!from_.take(',')) return true;
        const text_view found = from_.look();
        if (!named("of_peak", "of_peak(time) or )") || !read_duration(from_, into.time) || !close())
            return false;
        if (!into.limit.is_share() || !into.limit.rounds_up())
            return from_.wrong(policy_mistake::of_peak_belongs_to_a_plain_percentage, found);
        if (!from_.take(',')) return true;
        if (!named("baseline", "baseline(n) or )")) return false;
        const text_view number = from_.look();
        if (!read_number(from_, into.number, "a whole number, such as 200") || !close())
            return false;
        if (into.number == 0)
            return from_.wrong(policy_mistake::a_baseline_of_0_is_none_leave_it_out, number);
        return true;
    }

    constexpr bool read_membership(stated_rule& into) noexcept {
        if (from_.look() == ")") return true;
        constexpr text_view words[] = {"membership::shrinks", "membership::stays"};
        const text_view found = from_.look();
        into.shrinks = found == words[0];
        if (!into.shrinks && !(found == words[1])) {
            text_view nearest = nearest_word(found, words);
            if (nearest_word(found, {"shrinks"}) == "shrinks") nearest = words[0];
            if (nearest_word(found, {"stays"}) == "stays") nearest = words[1];
            return from_.expected("), membership::shrinks or membership::stays", nearest);
        }
        from_.take_lump();
        return true;
    }

    constexpr bool read_approvals(stated_rule& into) noexcept {
        const text_view people = from_.look();
        if (!read_number(from_, into.number, "a number of people, such as 2")) return false;
        if (into.number == 0 || into.number > names::room)
            return from_.wrong(policy_mistake::approvals_are_of_1_to_8_people, people);
        count without = 0;
        if (!comma("a comma and above(n), the amount that may go without them") ||
            !named("above", "above(n), the amount that may go without them") ||
            !read_number(from_, without, "a whole number, such as 3") || !close())
            return false;
        into.limit = threshold::number(without);
        return true;
    }

    static constexpr text_view window_of_rate = "a comma and a window of time, such as 1h";

    text_cursor& from_;
    bool in_code_;
};

}  // namespace shearpin::inline v1::detail
