// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/policy.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

namespace detail {

/// Pools are named by text, or by any type that can be compared: an enumeration, a number. A
/// literal is referred to; a string is kept as it is, so that it may be a temporary.
template <class Pool> using pool_key = choose<c_string<Pool>, text_view, Pool>;

template <class Left, class Right>
concept comparable = requires(const Left& left, const Right& right) {
    { left == right } -> converts_to<bool>;
};

template <class Left, class Right>
concept same_kind_of_pool =
    (converts_to<const Left&, text_view> && converts_to<const Right&, text_view>) ||
    comparable<Left, Right>;

template <class Left, class Right> constexpr bool same_pool(const Left& left, const Right& right) {
    if constexpr (converts_to<const Left&, text_view> && converts_to<const Right&, text_view>)
        return text_view(left) == text_view(right);
    else if constexpr (comparable<Left, Right>)
        return left == right;
    else
        return false;
}

struct every_other_pool {
    friend constexpr bool operator==(every_other_pool, every_other_pool) noexcept = default;
};

struct every_pool {
    friend constexpr bool operator==(every_pool, every_pool) noexcept = default;
};

/// A policy and the pool that it is for.
template <class Key, class... Rules> struct pool_policy {
    Key pool;
    policy<Rules...> rules;
};
template <class T> inline constexpr bool is_pool_policy = false;
template <class Key, class... Rules>
inline constexpr bool is_pool_policy<pool_policy<Key, Rules...>> = true;

}  // namespace detail

/// The rules of one pool, for `policies`. A pool's name is a literal, or a value of the type that
/// the inventory uses for pools, of which a copy is kept.
template <class Pool, class... Rules>
    requires detail::all_rules<Rules...>
[[nodiscard]] constexpr auto for_pool(Pool pool_name, const Rules&... rules) {
    using key = detail::pool_key<Pool>;
    return detail::pool_policy<key, Rules...>{static_cast<Pool&&>(pool_name),
                                              policy<Rules...>(rules...)};
}

/// The rules of each pool that is not named, for pools that are known only when the program runs.
/// Without it, a removal that touches such a pool is refused.
template <class... Rules>
    requires detail::all_rules<Rules...>
[[nodiscard]] constexpr auto for_other_pools(const Rules&... rules) {
    return detail::pool_policy<detail::every_other_pool, Rules...>{{}, policy<Rules...>(rules...)};
}

/// Rules of every pool, beside its own: a baseline, or max_pools(1). They speak of no pool by
/// themselves: one that has no policy of its own is still refused.
template <class... Rules>
    requires detail::all_rules<Rules...>
[[nodiscard]] constexpr auto for_every_pool(const Rules&... rules) {
    return detail::pool_policy<detail::every_pool, Rules...>{{}, policy<Rules...>(rules...)};
}

/// What is wrong with the rules is the compiler's message.
template <class Pool, class... Rules, class Flaw = detail::rules_flaw<Rules...>>
    requires(!detail::all_rules<Rules...>)
Flaw for_pool(Pool pool_name, const Rules&... rules);
/// The same.
template <class... Rules, class Flaw = detail::rules_flaw<Rules...>>
    requires(!detail::all_rules<Rules...>)
Flaw for_other_pools(const Rules&... rules);

/// The policies of several pools, judged together for every removal:
///
///     inline constexpr auto policies = shearpin::policies{
///         shearpin::for_pool("index", shearpin::min_remaining(95_pct)),
///         shearpin::for_pool("billing", shearpin::min_remaining(50_pct), shearpin::max_batch(10)),
///     };
template <class... Entries> class policies {  // see examples/errors.md
    static_assert((detail::is_pool_policy<Entries> && ...),
                  "policies are made of for_pool(name, rules...) and for_other_pools(rules...)");

public:
    /// How many entries, those of other pools and of every pool among them.
    static constexpr std::size_t size = sizeof...(Entries);

    constexpr policies(const Entries&... given_entries) : entries_(given_entries...) {}

    /// The entry of this number, counted from 0 in the order in which they were written, with its
    /// `pool` and its `rules`.
    template <std::size_t I> [[nodiscard]] constexpr const auto& at() const noexcept {
        return detail::rule_at<I>(entries_);
    }

    /// Calls `with(policy)` with the policy of this pool, and then with that of every pool where
    /// one is stated; false, without a call, where the pool has none of its own. Where the program
    /// has read several for one pool, all of them hold.
    template <class Pool, class F> constexpr bool visit(const Pool& pool_name, F&& with) const {
        bool found = false;
        entries_.visit(
            [&]<class Key, class... Rules>(const detail::pool_policy<Key, Rules...>& entry) {
                if (detail::same_pool(entry.pool, pool_name)) {
                    found = true;
                    with(entry.rules);
                }
            });
        const bool is_named = found;
        if (!is_named)
            entries_.visit(
                [&]<class Key, class... Rules>(const detail::pool_policy<Key, Rules...>& entry) {
                    if constexpr (detail::is_same<Key, detail::every_other_pool>) {
                        with(entry.rules);
                        found = true;
                    }
                });
        if (found)
            entries_.visit(
                [&]<class Key, class... Rules>(const detail::pool_policy<Key, Rules...>& entry) {
                    if constexpr (detail::is_same<Key, detail::every_pool>) with(entry.rules);
                });
        return found;
    }

    /// Whether one of the policies can be for a pool of this type.
    template <class Pool>
    static constexpr bool speaks_of =
        ((detail::is_same<decltype(Entries::pool), detail::every_other_pool> ||
          detail::same_kind_of_pool<decltype(Entries::pool), Pool>) ||
         ...);

private:
    detail::rule_pack<detail::make_indexes<sizeof...(Entries)>, Entries...> entries_;
};

template <class... Entries>
    requires(!(detail::is_pool_policy<Entries> && ...))
policies(const Entries&...) -> policies<policies_are_made_of_for_pool<Entries>...>;
template <class First, class... Rest>
class policies<policies_are_made_of_for_pool<First>, Rest...>;  // see examples/errors.md

namespace detail {
template <class T> inline constexpr bool is_policies = false;
template <class... Entries> inline constexpr bool is_policies<policies<Entries...>> = true;
}  // namespace detail

}  // namespace shearpin::inline v1
