// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <optional>
#include <ostream>
#include <string>
#include <string_view>

#include "preview.hpp"

namespace fleet {

// For a person. Hosts, pools and broken rules are shortened to what fits on a screen, unless `all`.

/// Which hosts, and a table of what each pool would lose.
void print_preview(std::ostream& out, const preview& shown, bool all);
/// What is left to do where a pool refuses for now.
inline constexpr std::string_view serves_again =
    "it may pass later, when more of the pool serves again";
/// Why it is refused, what may go instead, and what is left to do where it is refused for now.
void print_refusal(std::ostream& out, const preview& shown, const shearpin::refusal& why, bool all,
                   std::string_view way_out = serves_again);
/// The same where the removal has gone on all the same.
void print_shadow(std::ostream& out, const preview& shown, const shearpin::refusal& why, bool all);

// For a program: one JSON object.

std::string preview_as_json(const preview& shown, std::string_view outcome,
                            const shearpin::refusal* why);
std::string pools_as_json(const fleet_files& fleet);

// What they are made of.

/// What must still serve by the strictest floor that is stated; nothing where none is.
std::optional<shearpin::count> floor_of(const pool_limits& limits, shearpin::count size);
/// "20 (50%)", "3", "none stated".
std::string floor_text(const pool_limits& limits, shearpin::count size);
/// What a person has to say before a removal from this pool: "approvals(2, above(3)),
/// needs_expected()". Empty where nothing.
std::string words_asked_for(const pool_limits& limits);
/// "index: min_remaining(90%): 30 of 30 serve and 27 must stay, so 3 may go; asked 6"
std::string line_of(const shearpin::violation& broken);
/// Whether it is refused by a rule, or a check, of this name.
bool has_rule(const shearpin::refusal& why, std::string_view rule);
/// Where the limit of this pool is stated that the violation is about: "pools.csv:3". Empty where
/// none is.
std::string stated_in(const pool_limits& limits, const shearpin::violation& broken);
/// The same for the pool that the violation names.
std::string stated_in(const preview& shown, const shearpin::violation& broken);

/// Makes sure that all of it has left the program. `meanwhile` says what has been done, for the
/// failure where it has not.
void flush(std::ostream& out, std::string_view meanwhile = {});

}  // namespace fleet
