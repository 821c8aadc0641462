// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <nlohmann/json.hpp>

#include <ostream>
#include <string_view>

#include "preview.hpp"

namespace fleet {

/// For a person: which hosts, and a table of what each pool would lose.
void print_preview(std::ostream& out, const preview& shown, bool all);

/// For a person: why it is refused and what may go instead.
void print_refusal(std::ostream& out, const preview& shown, const shearpin::refusal& why, bool all);

/// For a program: the same as one JSON object.
nlohmann::ordered_json preview_as_json(const preview& shown, std::string_view outcome,
                                       const shearpin::refusal* why);

/// Prints JSON; what is no UTF-8 in a name is replaced, since JSON cannot hold it.
void print_json(std::ostream& out, const nlohmann::ordered_json& what);

/// {"stated": "66%", "where": "pools.csv:7"}, or null.
nlohmann::ordered_json limit_as_json(const std::optional<stated_limit>& limit);

/// "20 (50%)", "3", "none stated".
std::string floor_text(const pool_limits& limits, shearpin::count size);

/// Makes sure that all of it has left the program. `meanwhile` says what has been done, for the
/// failure where it has not.
void flush(std::ostream& out, std::string_view meanwhile);

}  // namespace fleet
