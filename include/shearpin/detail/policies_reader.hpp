// SPDX-License-Identifier: BSL-1.0
// A text with the rules of several pools.
#pragma once

#include <shearpin/detail/policy_reader.hpp>

namespace shearpin::inline v1::detail {

enum class pool_kind : unsigned char { named, others, every };

/// The rules of one pool, and where its name or word stands.
struct placed_pool {
    pool_kind kind = pool_kind::named;
    text_view name{};
    std::size_t first = 0;  ///< the number of its first rule among all
    std::size_t size = 0;
    std::size_t at = 0;
};

/// The rules of one pool among those of all, for a reader that looks at the earlier ones.
template <class List> struct rules_of_pool {
    List* all;
    std::size_t first;
    [[nodiscard]] constexpr std::size_t size() const noexcept { return all->size() - first; }
    [[nodiscard]] constexpr const placed_rule& operator[](std::size_t at) const noexcept {
        return (*all)[first + at];
    }
    constexpr void push_back(const placed_rule& next) { all->push_back(next); }
};

template <class Pools>
constexpr bool is_another_pool(text_cursor& from, const Pools& before,
                               const placed_pool& next) noexcept {
    for (std::size_t at = 0; at != before.size(); ++at) {
        const placed_pool& earlier = before[at];
        if (earlier.kind != next.kind || !(earlier.name == next.name)) continue;
        const text_view word =
            next.kind == pool_kind::named ? next.name : pool_words[static_cast<int>(next.kind)];
        return from.wrong(
            {policy_mistake::this_pool_has_its_rules_already, next.at, word, {}, {}, earlier.at});
    }
    return true;
}

/// "pool NAME {", "other_pools {" or "every_pool {"; false where there is a mistake in it.
constexpr bool read_pool_start(text_cursor& from, placed_pool& next) noexcept {
    const text_view word = from.look();
    next.at = from.at();
    if (!begins_pool(word)) {
        if (word.size() < 2) return from.expected("pool NAME {, other_pools { or every_pool {");
        return from.wrong(policy_mistake::rules_stand_in_a_pool_here, word, {},
                          nearest_word(word, pool_words));
    }
    from.take_lump();
    if (word == pool_words[0]) {
        constexpr text_view what = "the name of a pool, such as index or \"north east\"";
        from.skip_blanks();
        next.at = from.at();
        if (from.letter() != '"')
            next.name = from.take_lump();
        else if (!from.take_quoted(next.name))
            return from.wrong({policy_mistake::something_else_is_expected_here,
                               from.at(),
                               from.look(),
                               "\" at the end of the pool's name, in the same line",
                               {},
                               0});
        if (next.name.empty()) return from.expected(what);
        for (const char letter : next.name)
            if (static_cast<unsigned char>(letter) < ' ' || letter == '\x7f')
                return from.wrong(policy_mistake::something_else_is_expected_here, next.name, what);
    } else {
        next.kind = word == pool_words[1] ? pool_kind::others : pool_kind::every;
    }
    return from.take_or_say('{', "{ and the pool's rules");
}

/// Goes over what cannot be read as the rules of a pool: to behind its }, or to where another pool
/// begins on a line.
constexpr void recover_pool(text_cursor& from) noexcept {
    bool line_begins = false;
    for (; !from.at_end(); from.step()) {
        if (from.letter() == '}') {
            from.step();
            return;
        }
        if (from.letter() == '\n') {
            line_begins = true;
        } else if (line_begins && from.letter() != ' ' && from.letter() != '\t') {
            line_begins = false;
            if (begins_pool(from.lump_here())) return;
        }
    }
}

/// Whether the first word of a text begins the rules of a pool: then it has those of several.
constexpr bool begins_with_pool(text_view text) noexcept {
    mistake_list ignored;
    return begins_pool(text_cursor(text, ignored).look());
}

/// Whether a text is to be read as that of several pools. Where its first word begins neither a
/// pool nor a rule it is wrong in any case, and a { tells which of the two was meant.
constexpr bool is_of_pools(text_view text) noexcept {
    if (begins_with_pool(text)) return true;
    mistake_list ignored;
    if (begins_rule(text_cursor(text, ignored).look())) return false;
    for (const char letter : text)
        if (letter == '{') return true;
    return false;
}

/// Reads the rules of pools into the two lists. Pools has size(), operator[] and
/// push_back(placed_pool); see read_rules_into for Rules.
template <class Pools, class Rules>
constexpr void read_pools_into(Pools& pools, Rules& rules, text_cursor& from,
                               bool written_in_code) {
    bool comma_may_come = false;
    while (!from.has_enough_mistakes()) {
        from.skip_blanks();
        if (comma_may_come && from.take(',')) {
            comma_may_come = false;
            continue;
        }
        if (from.at_end()) return;
        if (pools.size() == most_pools) {
            from.wrong({policy_mistake::there_are_too_many_rules, from.at(), {}, {}, {}, 0});
            return;
        }
        placed_pool next;
        comma_may_come = true;
        next.first = rules.size();
        if (!read_pool_start(from, next)) {
            recover_pool(from);
            continue;
        }
        const std::size_t mistakes = from.mistakes();
        rules_of_pool<Rules> own{&rules, next.first};
        read_rules_into(own, from, written_in_code, true);
        next.size = own.size();
        const std::size_t end = from.at();
        if (!from.take('}')) from.expected("} after the rules of the pool");
        if (next.size == 0 && mistakes == from.mistakes())
            from.wrong({policy_mistake::there_is_no_rule_in_it, end, {}, {}, {}, 0});
        if (is_another_pool(from, pools, next)) pools.push_back(next);
    }
}

}  // namespace shearpin::inline v1::detail
