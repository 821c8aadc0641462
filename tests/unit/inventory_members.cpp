// SPDX-License-Identifier: BSL-1.0
// Whether a target that is a number would become another one on its way into an inventory.
#include <shearpin/detail/several_pools.hpp>

#include <doctest/doctest.h>

#include <initializer_list>
#include <string>
#include <vector>

namespace {

namespace detail = shearpin::detail;
using names = std::vector<std::string>;

struct of_shorts {
    [[nodiscard]] bool contains(short) const { return true; }
    [[nodiscard]] names pools_of(short) const { return {}; }
    [[nodiscard]] bool is_protected(short) const { return false; }
};
struct of_anything {
    [[nodiscard]] bool contains(auto) const { return true; }
    [[nodiscard]] names pools_of(auto) const { return {}; }
    [[nodiscard]] bool is_protected(auto) const { return false; }
};

/// One id, or in braces a list of them, where that is said.
struct ids {
    ids(int) {}
    explicit ids(std::initializer_list<int>) {}
};
struct of_ids {
    [[nodiscard]] bool contains(const ids&) const { return true; }
    [[nodiscard]] names pools_of(const ids&) const { return {}; }
    [[nodiscard]] bool is_protected(const ids&) const { return false; }
};

template <class Inventory, class Target>
constexpr bool all_narrow = detail::contains_narrows<Inventory, Target>() &&
                            detail::pools_of_narrows<Inventory, Target>() &&
                            detail::is_protected_narrows<Inventory, Target>();
template <class Inventory, class Target>
constexpr bool some_narrow = detail::contains_narrows<Inventory, Target>() ||
                             detail::pools_of_narrows<Inventory, Target>() ||
                             detail::is_protected_narrows<Inventory, Target>();

}  // namespace

TEST_CASE("a number is narrowed by members that take no more than other numbers") {
    static_assert(all_narrow<const of_shorts, int> && all_narrow<const of_shorts, double>);
    static_assert(!some_narrow<const of_shorts, short>);
    static_assert(!some_narrow<const of_shorts, std::string>);
    static_assert(!some_narrow<const of_anything, int>);
    static_assert(!some_narrow<const of_ids, int>);
    CHECK(some_narrow<const of_shorts, long>);
}
