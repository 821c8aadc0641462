// SPDX-License-Identifier: BSL-1.0
// Removals of more than was meant, as they were published: the guards that would have refused them.
#pragma once

#include <vector>

#include "case_files.hpp"

namespace replay {

/// Judges all rows and prints what came of it. False where a guard lets go what it must refuse, or
/// refuses what it would have let pass.
bool replay_incidents(const std::vector<incident_row>& rows);

}  // namespace replay
