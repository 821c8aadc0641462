// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/decision.hpp>
#include <shearpin/place.hpp>
#include <shearpin/removed.hpp>
#include <shearpin/result.hpp>

#include <string>
#include <vector>

#include "files.hpp"
#include "fleet_files.hpp"

namespace fleet {

/// What would be answered now. Removes nothing.
shearpin::decision check_removal(const fleet_files& fleet, const std::vector<std::string>& hosts,
                                 shearpin::place where = shearpin::place::here());

/// Removes these hosts from the hosts file, which `fleet` was read from, or refuses. The only way
/// to write that file.
shearpin::result<shearpin::removed> remove_hosts(locked_file& file, const fleet_files& fleet,
                                                 const std::vector<std::string>& hosts,
                                                 shearpin::place where = shearpin::place::here());

}  // namespace fleet
