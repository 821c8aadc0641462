// SPDX-License-Identifier: BSL-1.0
#include "fleet_files.hpp"

#include <utility>

#include "failure.hpp"
#include "files.hpp"
#include "ledger_file.hpp"

namespace fleet {

namespace {

std::optional<stated_limit> read_option(const std::string& text, const char* option) {
    if (text.empty()) return {};
    const auto value = read_amount(text);
    if (!value)
        bad_input(std::string(option) + ": `" + text +
                  "` is neither a number of hosts (3) nor a fraction (95%, 0.95, 2/3)");
    return stated_limit{*value, option};
}

}  // namespace

fleet_files read_fleet(const file_request& request) {
    return read_fleet(request, read_file(request.hosts));
}

fleet_files read_again(const file_request& request, const std::string& hosts_text,
                       std::shared_ptr<ledger_file> ledger) {
    if (request.pools.empty() && request.policy.empty())
        bad_input("which limits hold? give --pools POOLS.csv, --policy FILE, or both");
    const limits_for_all limits{
        .floor_for_others = read_option(request.floor_for_others, "--floor-for-others"),
        .max_batch = read_option(request.max_batch, "--max-batch")};
    csv_table table = csv_table::parse(request.hosts, hosts_text);
    inventory hosts = inventory::read(table);
    pool_policies policies;
    if (!request.pools.empty())
        policies =
            pool_policies::read(csv_table::parse(request.pools, read_file(request.pools)), hosts);
    policies.add(limits, hosts);
    if (!request.policy.empty()) policies.add(policy_file::read(request.policy), hosts);
    return {std::move(table), std::move(hosts), std::move(policies), std::move(ledger)};
}

fleet_files read_fleet(const file_request& request, const std::string& hosts_text) {
    fleet_files read = read_again(request, hosts_text, nullptr);
    if (!request.ledger.empty()) {
        // Opening it would wait for the lock that this program itself has on the hosts file.
        if (is_same_file(request.ledger, request.hosts))
            bad_input("--ledger: " + request.ledger +
                      " is the hosts file; the ledger is a file of its own: fleet create-ledger");
        read.ledger = ledger_file::open(request.ledger);
    }
    return read;
}

inventory read_hosts(const file_request& request) {
    inventory hosts = inventory::read(csv_table::parse(request.hosts, read_file(request.hosts)));
    if (!request.pools.empty())
        pool_policies::read(csv_table::parse(request.pools, read_file(request.pools)), hosts);
    return hosts;
}

void need_ledger(const fleet_files& fleet) {
    if (fleet.ledger) return;
    if (const auto found = fleet.policies.first_with_history())
        bad_input(found->where + ": the pool " + found->pool + " has " + found->rule +
                  ", which looks at what was removed before: give --ledger FILE");
}

}  // namespace fleet
