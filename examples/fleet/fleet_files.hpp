// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string>

#include "csv_table.hpp"
#include "inventory.hpp"
#include "pool_policies.hpp"

namespace fleet {

class ledger_file;

/// What the command line says of the files and their limits.
struct file_request {
    std::string hosts;
    std::string pools;
    std::string policy;
    std::string floor_for_others;
    std::string max_batch;
    std::string ledger;
};

/// The files, read and understood.
struct fleet_files {
    csv_table table;  ///< the hosts file
    inventory hosts;
    pool_policies policies;
    std::shared_ptr<ledger_file> ledger{};  ///< null without --ledger
};

/// Reads them, and opens the ledger where one is named. Takes no lock: another fleet that writes
/// replaces the hosts file as one step.
fleet_files read_fleet(const file_request& request);
/// The same with the text of a hosts file that is locked.
fleet_files read_fleet(const file_request& request, const std::string& hosts_text);
/// The same with a ledger that is open already.
fleet_files read_again(const file_request& request, const std::string& hosts_text,
                       std::shared_ptr<ledger_file> ledger);
/// Only the hosts, with the sizes of their pools that the pools file states, where one is named.
inventory read_hosts(const file_request& request);
/// A failure where there are rules that look at what was removed before, and no ledger is
/// named that could tell it.
void need_ledger(const fleet_files& fleet);

}  // namespace fleet
