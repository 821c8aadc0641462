// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/rule.hpp>

namespace shearpin::inline v1 {

/// "No limit", written out: as a rule, policy{unlimited}; in a rule of one's own, return unlimited.
/// What is always checked (an empty selection, more than is there, ...) still is.
struct unlimited_rule {
    static constexpr text_view name = "unlimited";
    static constexpr bool once = true;
    [[nodiscard]] constexpr count limit(const facts&) const noexcept { return ~count{0}; }
    constexpr void explain(const facts&, writer&) const noexcept {}
    constexpr operator count() const noexcept { return ~count{0}; }
    friend constexpr bool operator==(const unlimited_rule&,
                                     const unlimited_rule&) noexcept = default;
};
/// The rule itself: policy{unlimited}.
inline constexpr unlimited_rule unlimited{};

}  // namespace shearpin::inline v1
