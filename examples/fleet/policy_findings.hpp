// SPDX-License-Identifier: BSL-1.0
// What is odd about policies that are well written.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "policy_file.hpp"

namespace fleet {

struct policy_finding {
    std::optional<shearpin::text_place> place;  ///< none where no rule is to blame
    std::string text;
    bool admits_nothing = false;  ///< else it is only a warning
};

/// Rules that never matter since others refuse all that they do, and pools of which nothing could
/// ever be removed, here at least; in the order of the file. What the library can prove of them is
/// found.
std::vector<policy_finding> findings_in(const policy_file& file);

}  // namespace fleet
