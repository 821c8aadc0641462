// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/time.hpp>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "csv_table.hpp"
#include "inventory.hpp"

namespace fleet {

/// Targets of a past removal that are alike: one host that is named, with its weight in each of its
/// pools; or so many of one pool.
struct logged_targets {
    std::string host{};  ///< empty where the line has only how many
    std::vector<std::string> pools{};
    std::vector<shearpin::count> weights{};
    std::uint32_t number = 1;
};

/// How a pool stood before a removal, as far as the log says it.
struct logged_pool {
    std::optional<shearpin::count> size{}, available{};
};

/// One call that removed something, in one line of the log or in several.
struct logged_removal {
    std::size_t line = 0;  ///< the first of them
    shearpin::time_point when{};
    bool was_a_mistake = false;
    std::vector<logged_targets> targets{};
    shearpin::count number = 0;                  ///< of the targets, each host once
    std::map<std::string, logged_pool> pools{};  ///< all that it touched
};

/// What was removed in the past, in the order in which it was.
struct removal_log {
    /// Reads it; what is wrong with it is a failure with its line. `hosts` knows which pools a host
    /// served; null where there is no such file, and then the log must name the pools.
    static removal_log read(const csv_table& table, const inventory* hosts);

    std::string name;
    std::vector<logged_removal> removals{};
    bool tells_mistakes = false;  ///< there is a column for them
};

}  // namespace fleet
