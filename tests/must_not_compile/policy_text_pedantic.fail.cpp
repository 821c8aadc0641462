// SPDX-License-Identifier: BSL-1.0
// A mistake in a text is told first also where the compiler takes nothing but the standard: a text without a brace has no
// room for pools, and yet the library makes no array without elements of it.
// FLAGS: -pedantic-errors
// CASE no_brace [gcc]: error: [^']+'.*policy_text_error<.*"."max_batch." stands outside of a pool
// CASE no_brace [clang]: error: [^']+'[^']*policy_text_error<.*(rules_stand_in_a_pool_here|"."max_batch." stands outside of a)
#include <shearpin/policy_literal.hpp>

using namespace shearpin::literals;

inline constexpr auto one = "max_batch(5)"_policy;
inline constexpr auto pools = "pool a { quorum() }"_policies;

#if defined(CASE_no_brace)
inline constexpr auto bad = "max_batch(5)"_policies;  // HERE no_brace
#endif
