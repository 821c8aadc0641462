// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <vector>

#include "fleet_files.hpp"

namespace fleet {

/// The hosts file with these hosts' state set to `removed`. Every other byte stays as it is; a file
/// that has no column `state` gets one.
std::string mark_removed(const fleet_files& fleet, const std::vector<std::string>& hosts);

}  // namespace fleet
