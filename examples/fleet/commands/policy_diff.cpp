// SPDX-License-Identifier: BSL-1.0
// fleet policy diff: what a change of a policy file lets go that was refused before.
#include <shearpin/policies_diff.hpp>

#include <iostream>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "../fleet_files.hpp"
#include "../policy_file.hpp"
#include "../report.hpp"
#include "command.hpp"

namespace fleet {

namespace {

struct request {
    std::string before, after;
    file_request files;
};

/// How large the pools are, of which the numbers are told; none without --hosts.
std::map<std::string, shearpin::count> sizes(const file_request& files) {
    std::map<std::string, shearpin::count> found;
    if (files.hosts.empty()) {
        if (!files.pools.empty())
            bad_input("--pools: give --hosts, too; the pools that are compared in numbers are its");
        return found;
    }
    const inventory hosts = read_hosts(files);
    for (const auto& [name, pool] : hosts.pools()) found[name] = pool.numbers().size;
    return found;
}

exit_status run(const request& asked) {
    const shearpin::read_policies before = policy_file::read(asked.before).pools;
    const shearpin::read_policies after = policy_file::read(asked.after).pools;
    const auto sized = sizes(asked.files);
    std::vector<shearpin::sized_pool> pools;
    for (const auto& [name, size] : sized) pools.push_back({name, size});
    std::cout << diff(before, after, pools);
    const bool stricter = at_least_as_strict(after, before);
    const bool looser = at_least_as_strict(before, after);
    if (stricter && looser)
        std::cout << "Both admit the same.\n";
    else if (stricter)
        std::cout << asked.after << " is at least as strict as " << asked.before << ".\n";
    else if (looser)
        std::cout << "LOOSER: " << asked.after << " lets go what " << asked.before << " refuses.\n";
    else
        std::cout << "NOT PROVED TO BE AS STRICT: " << asked.after << " may let go what "
                  << asked.before << " refuses.\n";
    flush(std::cout);
    return stricter ? exit_status::done : exit_status::refused;
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    takes.other("BEFORE", asked->before, "the policy file as it was");
    takes.other("AFTER", asked->after, "the policy file as it is to be");
    takes.section("In numbers, too, for these pools");
    takes.text("--hosts", "HOSTS.csv", asked->files.hosts,
               "what one call could take of each pool of it where all of the pool\n"
               "serves, and what must then stay, before and after");
    takes.text("--pools", "POOLS.csv", asked->files.pools,
               "only for the sizes that it states; its limits are not looked at");
    takes.example(
        "In CI, so that nobody loosens a policy by accident.\n"
        "  fleet policy diff main.policy fleet.policy --hosts hosts.csv\n\n"
        "Exit status:\n"
        "  0  AFTER is at least as strict: it lets nothing go that BEFORE refuses. That is proved\n"
        "  1  AFTER is looser for some pool, at some time; also where it is only not proved that "
        "it\n"
        "     is not. What a new pool or other_pools lets go was refused before: that is looser\n"
        "  2  one of the files cannot be read, or there are mistakes in it");
    return [asked] { return run(*asked); };
}

const command registered(73, "policy diff", "tell what a change of a policy file means", add);

}  // namespace

}  // namespace fleet
