// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/policies.hpp>

#include <cstddef>
#include <vector>

namespace shearpin::inline v1 {

namespace detail {

/// The order of pools: C strings by their text, wherever it stands, and all else by its own `<`.
template <class Left, class Right>
concept compared_as_text =
    (c_string<Left> || c_string<Right>) && converts_to<const Left&, text_view> &&
    converts_to<const Right&, text_view>;
template <class Left, class Right>
concept orderable_pools = compared_as_text<Left, Right> ||
                          requires(const Left& left, const Right& right) { left < right; };

template <class Left, class Right>
constexpr bool pool_before(const Left& left, const Right& right) {
    if constexpr (compared_as_text<Left, Right>)
        return text_before(text_view(left), text_view(right));
    else
        return left < right;
}

}  // namespace detail

/// Policies of pools that are known only when the program runs, all of the same shape:
///
///     shearpin::policy_table<std::string, shearpin::policy<shearpin::min_remaining>> table;
///     table.add("index", shearpin::policy{*shearpin::min_remaining::from(floor)});
///     auto remove = shearpin::guard(table, decommission, inventory);
///
/// Pools are ordered by `<`, and C strings, which are referred to, by their text. Finding one takes
/// log n comparisons.
template <class Pool, class Policy> class policy_table {
    static_assert(detail::is_policy<Policy>, "policy_table<Pool, policy<Rules...>>");

public:
    /// False, and nothing changed, where the pool has a policy already.
    [[nodiscard]] bool add(Pool pool_name, const Policy& rules) {
        const std::size_t at = position(pool_name);
        if (at != entries_.size() && !detail::pool_before(pool_name, entries_[at].pool))
            return false;
        entries_.insert(entries_.begin() + static_cast<std::ptrdiff_t>(at),
                        entry{static_cast<Pool&&>(pool_name), rules});
        return true;
    }

    /// Calls `with(policy)` with the policy of this pool; false where there is none.
    template <class Name, class F> bool visit(const Name& pool_name, F&& with) const {
        const std::size_t at = position(pool_name);
        if (at == entries_.size() || detail::pool_before(pool_name, entries_[at].pool))
            return false;
        with(entries_[at].rules);
        return true;
    }

    /// How many pools have a policy.
    [[nodiscard]] std::size_t size() const noexcept { return entries_.size(); }

    /// Whether a pool of this type can be looked up: the two types can be put in order.
    template <class Other>
    static constexpr bool speaks_of =
        detail::orderable_pools<Pool, Other> && detail::orderable_pools<Other, Pool>;

private:
    struct entry {
        Pool pool;
        Policy rules;
    };

    template <class Name> [[nodiscard]] std::size_t position(const Name& pool_name) const {
        std::size_t low = 0;
        for (std::size_t high = entries_.size(); low != high;) {
            const std::size_t middle = low + (high - low) / 2;
            if (detail::pool_before(entries_[middle].pool, pool_name))
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    std::vector<entry> entries_;
};

}  // namespace shearpin::inline v1
