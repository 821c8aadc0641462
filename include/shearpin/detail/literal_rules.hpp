// SPDX-License-Identifier: BSL-1.0
// The text of a policy that is read when the program is compiled. A Source has a static constexpr
// `text_view text`, which stands somewhere as long as the program runs.
#pragma once

#include <shearpin/detail/policies_reader.hpp>
#include <shearpin/policies.hpp>

namespace shearpin::inline v1::detail {

/// A list of at most N; what a constant expression can fill. More comes only after a mistake, and
/// is left out.
template <class T, std::size_t N> class bounded_list {
public:
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr const T& operator[](std::size_t at) const noexcept {
        return items_[at];
    }
    constexpr void push_back(const T& next) noexcept {
        if (size_ != N) items_[size_++] = next;
    }

private:
    T items_[N]{};
    std::size_t size_ = 0;
};

/// No rule stands without a comma, a line break or a brace before it.
constexpr std::size_t most_rules_in(text_view text) noexcept {
    std::size_t bound = 1;
    for (const char letter : text)
        if (letter == ',' || letter == '\n' || letter == '{') ++bound;
    return bound;
}
constexpr std::size_t most_pools_in(text_view text) noexcept {
    std::size_t bound = 1;
    for (const char letter : text)
        if (letter == '{') ++bound;
    return bound;
}

struct all_mistakes {
    /// One more than there may be: compilers look at the type of a mistake that is not there.
    text_mistake found[mistake_list::most + 1]{};
    std::size_t number = 0;
    /// The one that stands first.
    [[nodiscard]] constexpr std::size_t first() const noexcept {
        std::size_t least = 0;
        for (std::size_t at = 1; at < number && at < mistake_list::most; ++at)
            if (found[at].at < found[least].at) least = at;
        return least;
    }
};

/// Lets `into` be filled by `read(from)`, and notes what is wrong with the text.
template <class Contents, class Read>
constexpr Contents read_whole(text_view text, Read read) noexcept {
    Contents into;
    mistake_list wrong(into.wrong.found, mistake_list::most);
    text_cursor from(text, wrong);
    if (text.size() > longest_text)
        wrong.add({policy_mistake::the_text_is_too_long, 0, {}, {}, {}, 0});
    else
        read(into, from);
    if (into.all().size() == 0 && wrong.number() == 0)
        wrong.add({policy_mistake::there_is_no_rule_in_it, from.at(), {}, {}, {}, 0});
    into.wrong.number = wrong.number();
    return into;
}

/// One policy, read.
template <class Source> struct literal_policy {
    static constexpr text_view text = Source::text;
    struct contents {
        bounded_list<placed_rule, most_rules_in(text)> rules{};
        all_mistakes wrong{};
        [[nodiscard]] constexpr const auto& all() const noexcept { return rules; }
    };
    static constexpr contents read = read_whole<contents>(
        text,
        [](contents& into, text_cursor& from) { read_rules_into(into.rules, from, true, false); });
    static constexpr std::size_t size = read.rules.size();
};

/// The policies of several pools, read.
template <class Source> struct literal_policies {
    static constexpr text_view text = Source::text;
    struct contents {
        bounded_list<placed_pool, most_pools_in(text)> pools{};
        bounded_list<placed_rule, most_rules_in(text)> rules{};
        all_mistakes wrong{};
        [[nodiscard]] constexpr const auto& all() const noexcept { return pools; }
    };
    static constexpr contents read =
        read_whole<contents>(text, [](contents& into, text_cursor& from) {
            read_pools_into(into.pools, into.rules, from, true);
        });
    static constexpr std::size_t size = read.pools.size();
};

template <class Read>
concept well_written = Read::read.wrong.number == 0;

template <class Read, std::size_t I> constexpr auto literal_rule() {
    constexpr const stated_rule& stated = Read::read.rules[I].rule;
    return detail::made_rule<stated.kind, stated.liftable>(stated);
}
template <class Read, std::size_t First, std::size_t... Is>
constexpr auto literal_rules(indexes<Is...>) {
    return policy{detail::literal_rule<Read, First + Is>()...};
}
template <class Read, std::size_t I> constexpr auto literal_pool() {
    constexpr placed_pool from = Read::read.pools[I];
    return [&]<class... Rules>(const policy<Rules...>& own) {
        if constexpr (from.kind == pool_kind::others)
            return pool_policy<every_other_pool, Rules...>{{}, own};
        else if constexpr (from.kind == pool_kind::every)
            return pool_policy<every_pool, Rules...>{{}, own};
        else
            return pool_policy<text_view, Rules...>{Read::read.pools[I].name, own};
    }(detail::literal_rules<Read, from.first>(make_indexes<std::size_t{from.size}>{}));
}
template <class Read, std::size_t... Is> constexpr auto literal_pools(indexes<Is...>) {
    return policies{detail::literal_pool<Read, Is>()...};
}

}  // namespace shearpin::inline v1::detail
