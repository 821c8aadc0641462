// SPDX-License-Identifier: BSL-1.0
// What was found out about a selection of targets, and which policy speaks of which pool.
#pragma once

#include <shearpin/detail/seen.hpp>
#include <shearpin/detail/tally.hpp>
#include <shearpin/guard.hpp>
#include <shearpin/inventory.hpp>
#include <shearpin/policies.hpp>

namespace shearpin::inline v1::detail {

/// One policy for each pool alike, or the pool's own.
template <class... Rules, class Pool, class F>
constexpr bool visit_policy(const policy<Rules...>& for_every_pool, const Pool&, F&& with) {
    with(for_every_pool);
    return true;
}
template <class Source, class Pool, class F>
constexpr bool visit_policy(const Source& source, const Pool& pool_name, F&& with) {
    return source.visit(pool_name, with);
}

template <class Source>
concept policy_source = is_policy<Source> || requires(const Source& source) {
    source.visit(text_view(), [](const auto&) {});
} || requires { Source::template speaks_of<text_view>; };

template <class Source, class Pool> constexpr bool speaks_of() {
    if constexpr (is_policy<Source>)
        return true;
    else if constexpr (requires { Source::template speaks_of<Pool>; })
        return Source::template speaks_of<Pool>;
    else
        return true;
}

/// The text of a pool's name. `whole` becomes false where it has none or does not fit.
template <class Pool> fixed_text<63> pool_text(const Pool& pool_name, bool& whole) {
    fixed_text<63> text;
    text.write([&](writer& out) {
        const bool has_name = put_name(out, pool_name);
        if (!has_name) out.put("(a pool without a name)");
        if (!has_name || out.cut()) whole = false;
    });
    return text;
}
template <class Pool> fixed_text<63> pool_text(const Pool& pool_name) {
    bool whole = true;
    return pool_text(pool_name, whole);
}

/// A pool as the world shows it, where no ledger is asked and nobody says anything.
struct shown_pool {
    facts plain{};
    [[nodiscard]] const facts& told() const noexcept { return plain; }
};

/// What was found out about a selection; Seen is shown_pool or seen_pool.
template <class Pool, class Seen> struct selection {
    tally<Pool, Seen> pools;
    std::vector<fixed_text<63>> names;  // of the pools, where a ledger or an override asks for them
    bool all_named = true;              // each pool's name fits, so that no two become one
    culprits unknown;
    culprits guarded;
    culprits homeless;
    repeats repeated;
};

template <class Pool>
const seen_pool* find_seen(const selection<Pool, seen_pool>& seen, text_view pool_name) noexcept {
    for (std::size_t at = 0; at != seen.names.size(); ++at)
        if (seen.names[at] == pool_name) return &seen.pools.shares()[at].seen;
    return nullptr;
}

}  // namespace shearpin::inline v1::detail
