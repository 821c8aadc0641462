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
#include "said.hpp"
#include "watch.hpp"

namespace fleet {

/// What would be answered now. Removes nothing, uses up no override, and knows of no shadow.
shearpin::decision check_removal(const fleet_files& fleet, const std::vector<std::string>& hosts,
                                 const said& words,
                                 shearpin::place where = shearpin::place::here());

/// Removes these hosts from the hosts file, which `fleet` was read from, or refuses. The only way
/// to write that file. `told` gets all events; where one of them cannot be written before the
/// removal, nothing is removed, and that is a failure.
shearpin::result<shearpin::removed> remove_hosts(locked_file& file, const fleet_files& fleet,
                                                 const std::vector<std::string>& hosts,
                                                 const said& words, watch& told,
                                                 shearpin::place where = shearpin::place::here());

}  // namespace fleet
