// SPDX-License-Identifier: BSL-1.0
// What a ledger remembers, in the form in which it is shown.
#pragma once

#include <shearpin/ledger_entry.hpp>

#include <optional>
#include <string>
#include <vector>

namespace fleet {

/// Which removals are shown.
struct history_request {
    std::string ledger;
    std::string pool;
    std::string since;
};

/// Those that were asked for, the newest last. One that is not settled is among them however old it
/// is, since it still counts.
std::vector<shearpin::ledger_entry> read_history(const history_request& asked);

/// Whether it is open or in doubt: it counts as removed until that is settled or resolved.
bool is_unsettled(const shearpin::ledger_entry& entry);
/// When it ended; where it has not, when it began.
shearpin::time_point time_of(const shearpin::ledger_entry& entry);
/// "settled", "open", "in doubt", "resolved".
std::string state_text(const shearpin::ledger_entry& entry);
/// "lives", "ended", "not known".
std::string life_text(const shearpin::ledger_entry& entry);
/// "web 3, db 1": how much of which pools.
std::string pools_text(const shearpin::ledger_entry& entry);
/// The same text in one line, with control characters shown as \n or \x1b.
std::string printable(const std::string& text);

std::string history_as_json(const std::vector<shearpin::ledger_entry>& entries);

}  // namespace fleet
