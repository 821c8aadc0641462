// SPDX-License-Identifier: BSL-1.0
// Whether a removal of a pool takes from its size, too: members that leave for good.
#pragma once

#include <shearpin/policy.hpp>
#include <shearpin/rules/overridable.hpp>
#include <shearpin/rules/quorum.hpp>

namespace shearpin::inline v1::detail {

template <class R> constexpr bool takes_from_size(const R& each) noexcept {
    if constexpr (is_overridable<R>)
        return takes_from_size(each.within());
    else if constexpr (is_same<R, quorum>)
        return each.shrinks();
    else
        return false;
}

/// One rule that says so is enough, wherever it stands.
template <class... Rules> constexpr bool size_shrinks(const policy<Rules...>& rules) noexcept {
    bool found = false;
    rules.for_each([&](const auto& each) { found = found || detail::takes_from_size(each); });
    return found;
}

}  // namespace shearpin::inline v1::detail
