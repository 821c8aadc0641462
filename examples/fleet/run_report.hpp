// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "failure.hpp"
#include "waves.hpp"

namespace fleet {

/// A run that is over, and what is needed to tell of it.
struct run_report {
    const run_outcome& outcome;
    const std::vector<std::string>& hosts;  ///< all that it was to remove, in their order
    const fleet_files& fleet;               ///< as it was read last,
    bool is_read_again = false;             ///< which was after the run
    const watch& told;
    std::string hosts_file{};
    std::string ledger_file{};  ///< empty without one
    bool is_resumed = false;
    std::string probe_said{};  ///< "ended with 1", where that is what ended it

    /// Whether something could not be written, or told to the ledger.
    [[nodiscard]] bool has_failed() const noexcept {
        return outcome.failed != nullptr || !outcome.not_durable.empty() ||
               !told.unsettled().empty() || !told.trouble().empty();
    }
    /// Whether a run that was over is taken up again, of hosts that have come back since.
    [[nodiscard]] bool are_back() const;
    [[nodiscard]] exit_status ends_with() const;
    /// Why it ended, in words.
    [[nodiscard]] std::string why() const;
};

/// What is done, what is left and how to go on with it: for a person.
void print_run(std::ostream& done, std::ostream& trouble, const run_report& shown);
/// The same as one JSON object.
std::string run_as_json(const run_report& shown);
/// A run that is not begun: why, and the plan where there is one.
std::string refused_run_as_json(const std::string& why, const shearpin::plan* planned);

/// Where a violation's limit is stated: "pools.csv:3". Empty where it is not stated in a file.
std::string stated_in(const fleet_files& fleet, const shearpin::violation& broken);

}  // namespace fleet
