// SPDX-License-Identifier: BSL-1.0
// fleet headroom: how much of each pool may go now, what stands in the way of more, and how long.
// Reserves nothing.
#include "../headroom.hpp"

#include <algorithm>
#include <iostream>
#include <memory>

#include "../history.hpp"
#include "../ledger_file.hpp"
#include "../report.hpp"
#include "../text_table.hpp"
#include "options.hpp"

namespace fleet {

namespace {

/// "max_rate(20, 1h) [pools.csv:3]: more in 42min"
std::string explained(const pool_headroom& pool) {
    std::string text;
    for (const auto& each : pool.set_by) {
        text += (text.empty() ? "" : ", ") + each.stated;
        if (!each.where.empty()) text += " [" + each.where + "]";
    }
    if (text.empty()) return pool.more.empty() ? "all of it may go" : pool.more;
    return text + ": " + pool.more;
}

void print_text(const fleet_files& fleet, const file_request& files,
                const std::vector<pool_headroom>& pools) {
    text_table table({"pool", "size", "serving", "may go", "what keeps the rest, and how long"});
    for (const auto& each : pools)
        table.add({each.pool, std::to_string(each.now.size), std::to_string(each.now.available),
                   std::to_string(each.may_go), explained(each)});
    table.print(std::cout);
    for (const auto& each : pools) {
        const std::string words = words_asked_for(fleet.policies.of(each.pool));
        if (!words.empty()) std::cout << each.pool << " asks also for: " << words << '\n';
    }
    for (const auto& each : pools)
        if (!each.of_calls.empty())
            std::cout << each.pool << ", in each call also: " << each.of_calls << '\n';
    if (!fleet.policies.unused_names().empty())
        std::cout << "pools of " << files.policy
                  << " that no host serves: " << fleet.policies.unused_names().size()
                  << " (the first: " << fleet.policies.unused_names().front() << ")\n";
    if (!fleet.ledger) return;
    const auto entries = fleet.ledger->entries();
    const auto unsettled = std::count_if(entries.begin(), entries.end(), is_unsettled);
    if (unsettled != 0)
        std::cout << counted(static_cast<std::size_t>(unsettled), "removal")
                  << " not settled, counted as removed; see: fleet history --ledger "
                  << files.ledger << '\n';
}

std::function<exit_status()> add(options& takes) {
    struct request {
        file_request files;
        bool json = false;
    };
    const auto asked = std::make_shared<request>();
    take_files(takes, asked->files);
    take_ledger(takes, asked->files);
    take_json(takes, asked->json);
    return [asked] {
        const fleet_files fleet = read_fleet(asked->files);
        need_ledger(fleet);
        const auto pools = headroom_of(fleet);
        if (asked->json)
            std::cout << headroom_as_json(pools);
        else
            print_text(fleet, asked->files, pools);
        flush(std::cout);
        return exit_status::done;
    };
}

const command registered(15, "headroom", "show how much of each pool may go now, and when more may",
                         add);

}  // namespace

}  // namespace fleet
