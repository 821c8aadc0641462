// SPDX-License-Identifier: BSL-1.0
// The policies of several pools in plain sentences.
#pragma once

#include <shearpin/explain_policy.hpp>
#include <shearpin/policy_spelling.hpp>
#include <shearpin/pools_strictness.hpp>

#include <string>

namespace shearpin::inline v1 {

/// Writes what the policies of pools mean: of each pool, and of all that are not named, its
/// sentences as `explain` writes them for one policy, those of every_pool included. Pools must be
/// named by text.
template <detail::pool_table Table> constexpr void explain(const Table& all, writer& out) {
    bool some = false;
    detail::for_each_named_pool(all, [&](const auto& name) {
        some = true;
        detail::spell_pool_name(text_view(name), out.put("pool "));
        out.put(":\n");
        detail::say_policy(detail::rules_for(all, name), out, "  ");
    });
    const detail::every_other_pool other;
    const detail::rules_for others(all, other);
    out.put(some ? "all other pools:\n" : "all pools:\n");
    if (others.any())
        detail::say_policy(others, out, "  ");
    else
        out.put("  No policy is stated for them, so nothing of them may be removed.\n");
}

/// The same as a string.
template <detail::pool_table Table> [[nodiscard]] std::string explain(const Table& all) {
    return detail::all_written([&](writer& out) { shearpin::explain(all, out); });
}

}  // namespace shearpin::inline v1
