// SPDX-License-Identifier: BSL-1.0
// The guards of the incidents: each says whether it refuses the removal as it was.
#pragma once

#include <string_view>

#include "case_files.hpp"

namespace replay {

/// What a row of incident_cases.csv says of one guard, and that guard.
struct incident_guard {
    std::string_view id;     ///< the incident's
    std::string_view words;  ///< the file's: "min_fraction 0.5"
    std::string_view
        policy;  ///< in Shearpin's terms; where `refuses` is null, why it is not judged
    bool (*refuses)(const incident_row&) = nullptr;
};

const std::vector<incident_guard>& incident_guards();

}  // namespace replay
