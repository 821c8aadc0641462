// SPDX-License-Identifier: BSL-1.0
// Policies that are written as text in code, and checked when it is compiled; the grammar stands in
// policy_text.hpp.
#pragma once

#include <shearpin/detail/literal_flaw.hpp>

namespace shearpin::inline v1 {

namespace detail {
template <policy_text Text> using read_literal = literal_policy<literal_source<Text>>;
template <policy_text Text> using read_literals = literal_policies<literal_source<Text>>;
}  // namespace detail

inline namespace literals {

/// A policy of the same type as the code would give, and equal to it:
///
///     inline constexpr auto rows = "min_remaining(95%), max_batch(5), max_rate(20, 1h)"_policy;
///
/// A mistake in the text does not compile; the message says what, and the line and the column in
/// the text. As in code, a cap of zero is a mistake.
template <policy_text Text>
    requires detail::well_written<detail::read_literal<Text>>
consteval auto operator""_policy() {
    // Of this type alone, and not of the whole text, are the rules then made: that is compiled
    // faster.
    struct rules_here : detail::read_literal<Text> {};
    return detail::literal_rules<rules_here, 0>(detail::make_indexes<rules_here::size>{});
}
template <policy_text Text>
    requires(!detail::well_written<detail::read_literal<Text>>)
detail::first_literal_flaw<detail::read_literal<Text>> operator""_policy();

/// The policies of several pools, of the same type as `policies{for_pool("index", ...), ...}`.
template <policy_text Text>
    requires detail::well_written<detail::read_literals<Text>>
consteval auto operator""_policies() {
    struct rules_here : detail::read_literals<Text> {};
    return detail::literal_pools<rules_here>(detail::make_indexes<rules_here::size>{});
}
template <policy_text Text>
    requires(!detail::well_written<detail::read_literals<Text>>)
detail::first_literal_flaw<detail::read_literals<Text>> operator""_policies();

}  // namespace literals

}  // namespace shearpin::inline v1
