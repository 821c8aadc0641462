// SPDX-License-Identifier: BSL-1.0
// Removals of more than was meant, as they were published: the guards that would have refused them.
#pragma once

#include <optional>
#include <vector>

#include "case_files.hpp"

namespace replay {

/// How many verdicts of the file came true, and how many are of no removal that can be judged.
struct incident_counts {
    std::size_t refused = 0, passed = 0, out_of_scope = 0;
    friend bool operator==(const incident_counts&, const incident_counts&) = default;
};

/// Judges all rows and prints what came of it. Nothing where a guard lets go what it must refuse,
/// or refuses what it would have let pass.
std::optional<incident_counts> replay_incidents(const std::vector<incident_row>& rows);

}  // namespace replay
