// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>

#include <optional>
#include <string>
#include <vector>

#include "inventory.hpp"

namespace fleet {

/// What the command line says of the hosts that are meant.
struct selection_request {
    std::vector<std::string> patterns{};      ///< names and globs, or
    std::string pool{};                       ///< a pool,
    std::optional<shearpin::count> number{};  ///< and how many of its hosts
    bool removed_too = false;                 ///< also hosts that are removed already
};

/// The hosts that are meant, in order; one that is named twice comes twice, and is then the
/// guard's to refuse. A name that is not there, a glob that matches nothing and a pool that has not
/// so many hosts are failures, and so is a request that says both or neither: to take what is left
/// of such a selection is to guess.
std::vector<std::string> select_hosts(const inventory& hosts, const selection_request& request);

}  // namespace fleet
