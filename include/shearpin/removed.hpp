// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/detail/meta.hpp>

namespace shearpin::inline v1 {

/// What a removal returns to tell how much it really removed: `return shearpin::removed{n};`.
/// A returned integer is never taken for it (0 often means success).
struct removed {
    count amount = 0;  ///< how many targets
    friend constexpr bool operator==(const removed&, const removed&) noexcept = default;
};

namespace detail {

/// Nobody tells, unless the removal returns `removed`.
struct told_by_result {
    template <class R> static constexpr bool tells = is_same<bare<R>, removed>;
    template <class R> static constexpr count told(const R& returned) noexcept {
        return returned.amount;
    }
};

/// F says how much, from what a removal returned. (In two steps: there are no references to void.)
template <class F, class R>
concept tells_of = (!is_same<R, void>) && requires(const F& function, const R& returned) {
    { function(returned) } -> converts_to<count>;
    requires integer<bare<decltype(function(returned))>>;
};

/// The user's function tells, from what the removal returned: .removed_by(f).
template <class F> struct told_by {
    template <class R> static constexpr bool tells = tells_of<F, R>;
    template <class R> constexpr count told(const R& returned) const {
        return counted(function(returned));
    }

    [[no_unique_address]] F function;
};

}  // namespace detail

}  // namespace shearpin::inline v1
