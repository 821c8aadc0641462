// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/request.hpp>
#include <shearpin/rule.hpp>

namespace shearpin::inline v1 {

/// Nothing may go unless the request says how many targets are expected, or which. That the
/// selection is then just that is always checked.
struct needs_expected {
    static constexpr text_view name = "needs_expected";
    static constexpr measure measures = measure::heads;
    static constexpr bool once = true;
    static constexpr bool all_or_nothing = true;
    static constexpr bool asks_for_words = true;
    static constexpr need needs = need::request;

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        return known.request != nullptr && known.request->expected.given() ? ~count{0} : 0;
    }
    constexpr void spell(writer& out) const noexcept { out.put("needs_expected()"); }
    constexpr void explain(const facts&, writer& out) const noexcept {
        out.put("say how many targets you expect to remove, or which");
    }
    friend constexpr bool operator==(const needs_expected&,
                                     const needs_expected&) noexcept = default;
};

}  // namespace shearpin::inline v1
