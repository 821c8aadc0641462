// SPDX-License-Identifier: BSL-1.0
// fleet pools: how each pool stands, and how much of it may go now.
#include <iostream>
#include <memory>

#include "../report.hpp"
#include "../text_table.hpp"
#include "options.hpp"

namespace fleet {

namespace {

void print_text(const fleet_files& fleet, const file_request& files) {
    text_table table({"pool", "size", "serving", "floor", "may go", "floor stated in"});
    std::size_t without_floor = 0;
    for (const auto& [name, pool] : fleet.hosts.pools()) {
        const pool_limits& limits = fleet.policies.of(name);
        const auto limit = fleet.policies.may_go(pool);
        if (!limit) ++without_floor;
        std::string where = limits.floor ? limits.floor->where : "";
        if (limits.floors > 1) where += ", the strictest of " + std::to_string(limits.floors);
        table.add({name, std::to_string(pool.numbers().size), std::to_string(pool.serving),
                   floor_text(limits, pool.numbers().size), limit ? std::to_string(*limit) : "0",
                   where});
    }
    table.print(std::cout);
    for (const auto& [name, pool] : fleet.hosts.pools()) {
        const std::string over_time = fleet.policies.of(name).history.text();
        if (!over_time.empty())
            std::cout << name << " has limits over time, see fleet headroom: " << over_time << '\n';
        const std::string words = words_asked_for(fleet.policies.of(name));
        if (!words.empty()) std::cout << name << " asks also for: " << words << '\n';
    }
    if (without_floor != 0)
        std::cout << counted(without_floor, "pool")
                  << " without a floor: what touches one is refused (see --floor-for-others)\n";
    if (!fleet.policies.unused_lines().empty())
        std::cout << "lines of " << files.pools
                  << " about pools that no host serves: " << fleet.policies.unused_lines().size()
                  << " (the first: line " << fleet.policies.unused_lines().front() << ")\n";
}

std::function<exit_status()> add(options& takes) {
    struct request {
        file_request files;
        bool json = false;
    };
    const auto asked = std::make_shared<request>();
    take_tables(takes, asked->files);
    take_json(takes, asked->json);
    return [asked] {
        const fleet_files fleet = read_fleet(asked->files);
        if (asked->json)
            std::cout << pools_as_json(fleet);
        else
            print_text(fleet, asked->files);
        flush(std::cout);
        return exit_status::done;
    };
}

const command registered(10, "pools", "show how each pool stands and how much of it may go now",
                         add);

}  // namespace

}  // namespace fleet
