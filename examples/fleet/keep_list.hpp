// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/fraction.hpp>
#include <shearpin/place.hpp>
#include <shearpin/result.hpp>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "inventory.hpp"
#include "said.hpp"
#include "watch.hpp"

namespace fleet {

/// What the command line says of the list of hosts that are to stay.
struct keep_request {
    std::string list;
    bool complete = false;
    std::string end_marker;
    std::string shrunk_at_most;
    std::optional<shearpin::count> held_before;
    std::string unknown_at_most;
};

/// The hosts that are to stay, and what is known of the list itself.
struct keep_list {
    /// Reads it. A line that is no name, or one that was not finished, is a failure; whether the
    /// list is evidence that the other hosts may go, a guard judges.
    static keep_list read(const keep_request& from);

    std::vector<std::string> lines;
    bool complete;           ///< somebody gave their word
    std::string end_marker;  ///< or it is complete where it ends with this; empty without
    shearpin::fraction shrunk_at_most;
    std::optional<shearpin::count> held_before;
    shearpin::fraction unknown_at_most;
};

/// The hosts that are not removed yet.
std::vector<std::string> standing(const inventory& hosts);
/// Those of them that the list does not name; for a preview.
std::vector<std::string> absent_from(const keep_list& list, const inventory& hosts);

/// Calls `remove` with these, unless the list is no evidence; not at all where there are none. What
/// refuses the list is told.
shearpin::result<void> prune_by(const keep_list& list, const inventory& hosts, const said& words,
                                watch& told,
                                const std::function<void(const std::vector<std::string>&)>& remove,
                                shearpin::place where = shearpin::place::here());

}  // namespace fleet
