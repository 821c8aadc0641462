// SPDX-License-Identifier: BSL-1.0
// What can be proved about the policies of several pools before anybody runs them.
#pragma once

#include <shearpin/policies.hpp>
#include <shearpin/rules/freeze.hpp>
#include <shearpin/strictness.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

namespace detail {

/// The policies of pools that were read: parse_policies.hpp.
template <class T>
concept read_pool_table = requires(const T& all) {
    all.pools();
    all.others();
    all.every();
};
template <class T>
concept pool_table = is_policies<T> || read_pool_table<T>;

/// All the rules that hold for one pool. Refers to the table.
template <class Table, class Pool> class rules_for {
public:
    constexpr rules_for(const Table& table, const Pool& pool_name)
        : table_(table), pool_(pool_name) {}

    /// Whether it has any: else nothing of it may go.
    [[nodiscard]] constexpr bool any() const {
        return table_.visit(pool_, [](const auto&) {});
    }
    template <class F> constexpr void for_each(F&& each) const {
        table_.visit(pool_, [&](const auto& rules) { rules.for_each(each); });
    }

private:
    const Table& table_;
    const Pool& pool_;
};

/// Calls `with(name)` for each pool that is named.
template <class... Entries, class F>
constexpr void for_each_named_pool(const policies<Entries...>& all, F with) {
    const auto one = [&]<class Key, class... Rules>(const pool_policy<Key, Rules...>& entry) {
        if constexpr (!is_same<Key, every_other_pool> && !is_same<Key, every_pool>)
            with(entry.pool);
    };
    [&]<std::size_t... Is>(indexes<Is...>) {
        (one(all.template at<Is>()), ...);
    }(make_indexes<sizeof...(Entries)>{});
}
template <class Table, class F> constexpr void for_each_named_pool(const Table& all, F with) {
    for (const auto& each : all.pools()) with(text_view(each.pool));
}

/// Proved of all facts, also where more serves than a pool's size, which never_admits is not.
template <class Rules> constexpr bool always_refuses(const Rules& rules) {
    return is_stricter_policy(rules, policy{freeze{}});
}

template <class Strict, class Baseline, class Pool>
constexpr bool is_stricter_for(const Strict& strict, const Baseline& baseline,
                               const Pool& pool_name) {
    const rules_for mine(strict, pool_name);
    const rules_for than(baseline, pool_name);
    if (!mine.any()) return true;
    return than.any() ? is_stricter_policy(mine, than) : always_refuses(mine);
}

}  // namespace detail

/// Whether the first policies never admit what the second refuse, of whatever pool: of each that
/// one of them names, and of any other. See at_least_as_strict for two policies; this is the same
/// of each pool, for `policies` and for read_policies. A pool that the second do not speak of is
/// looser, unless the first refuse all of it as freeze() does (which is all, but what counts
/// nothing of the pool).
template <detail::pool_table Strict, detail::pool_table Baseline>
[[nodiscard]] constexpr bool at_least_as_strict(const Strict& strict, const Baseline& baseline) {
    bool all = detail::is_stricter_for(strict, baseline, detail::every_other_pool{});
    const auto look_at = [&](const auto& pool_name) {
        all = all && detail::is_stricter_for(strict, baseline, pool_name);
    };
    detail::for_each_named_pool(strict, look_at);
    detail::for_each_named_pool(baseline, look_at);
    return all;
}

/// Whether both admit the same of every pool, whatever the facts. True is a proof.
template <detail::pool_table Left, detail::pool_table Right>
[[nodiscard]] constexpr bool equivalent(const Left& left, const Right& right) {
    return shearpin::at_least_as_strict(left, right) && shearpin::at_least_as_strict(right, left);
}

}  // namespace shearpin::inline v1
