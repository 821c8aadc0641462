// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ostream>
#include <string>

#include "policy_trial.hpp"

namespace fleet {

/// For a person: how many would have been refused, by which rules, and which; with `all`, however
/// many. `judged_by` is what the policy is called.
void print_trial(std::ostream& out, const removal_log& log, const trial_result& found,
                 const std::string& judged_by, bool all);
/// For a program: one JSON object.
std::string trial_as_json(const removal_log& log, const trial_result& found);

}  // namespace fleet
