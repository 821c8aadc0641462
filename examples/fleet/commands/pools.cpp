// SPDX-License-Identifier: BSL-1.0
// fleet pools: how each pool stands, and how much of it may go now.
#include <iostream>
#include <memory>

#include "../report.hpp"
#include "../text_table.hpp"
#include "command.hpp"
#include "options.hpp"

namespace fleet {

namespace {

/// What the policy lets go now, of hosts that count one and serve; nothing where there is none.
std::optional<shearpin::count> may_go(const fleet_files& fleet, const pool_entry& pool) {
    std::optional<shearpin::count> limit;
    fleet.policies.judged_by().visit(
        pool.name, [&](const auto& rules) { limit = rules.max_removable(pool.numbers()); });
    return limit;
}

void print_text(const fleet_files& fleet, const file_request& files) {
    text_table table({"pool", "size", "serving", "floor", "may go", "floor stated in"});
    std::size_t without_floor = 0;
    for (const auto& [name, pool] : fleet.hosts.pools()) {
        const pool_limits& limits = fleet.policies.of(name);
        const auto limit = may_go(fleet, pool);
        if (!limit) ++without_floor;
        std::string where = limits.floor ? limits.floor->where : "";
        if (limits.floors > 1) where += ", the strictest of " + std::to_string(limits.floors);
        table.add({name, std::to_string(pool.numbers().size), std::to_string(pool.serving),
                   floor_text(limits, pool.numbers().size), limit ? std::to_string(*limit) : "0",
                   where});
    }
    table.print(std::cout);
    if (without_floor != 0)
        std::cout << counted(without_floor, "pool")
                  << " without a floor: what touches one is refused (see --floor-for-others)\n";
    if (!fleet.policies.unused_lines().empty())
        std::cout << counted(fleet.policies.unused_lines().size(), "line") << " of " << files.pools
                  << " names no pool of " << files.hosts << "; the first is line "
                  << fleet.policies.unused_lines().front() << '\n';
}

void print_as_json(const fleet_files& fleet) {
    nlohmann::ordered_json pools = nlohmann::ordered_json::array();
    for (const auto& [name, pool] : fleet.hosts.pools()) {
        const pool_limits& limits = fleet.policies.of(name);
        const auto limit = may_go(fleet, pool);
        nlohmann::ordered_json floor;
        if (limits.floor) floor = as_floor(limits.floor->value, pool.numbers().size);
        pools.push_back({{"pool", name},
                         {"size", pool.numbers().size},
                         {"serving", pool.serving},
                         {"floor", floor},
                         {"floor_stated", limit_as_json(limits.floor)},
                         {"max_batch_stated", limit_as_json(limits.max_batch)},
                         {"may_go", limit.value_or(0)}});
    }
    print_json(std::cout, {{"pools", pools}});
}

void add(CLI::App& program, exit_status& ends_with) {
    struct request {
        file_request files;
        bool json = false;
    };
    const auto asked = std::make_shared<request>();
    CLI::App& command =
        *program.add_subcommand("pools", "show how each pool stands and how much of it may go now");
    add_file_options(command, asked->files);
    command.add_flag("--json", asked->json, "one JSON object in place of text");
    command.callback([asked, &ends_with] {
        const fleet_files fleet = read_fleet(asked->files);
        if (asked->json)
            print_as_json(fleet);
        else
            print_text(fleet, asked->files);
        flush(std::cout, "nothing was to be removed");
        ends_with = exit_status::done;
    });
}

const command registered(10, add);

}  // namespace

}  // namespace fleet
