// SPDX-License-Identifier: BSL-1.0
// fleet policy try: what a policy would have said of what was removed in the past.
#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include "../files.hpp"
#include "../fleet_files.hpp"
#include "../report.hpp"
#include "../times.hpp"
#include "../trial_report.hpp"
#include "command.hpp"
#include "options.hpp"

namespace fleet {

namespace {

struct request {
    std::string log;
    file_request files;
    std::vector<std::string> sizes;
    std::string back_after;
    bool json = false;
    bool all = false;
};

/// "web=200"
std::pair<std::string, shearpin::count> read_size(const std::string& text) {
    const std::size_t end = text.rfind('=');
    const std::string number = end == std::string::npos ? "" : text.substr(end + 1);
    const auto size = read_count(number);
    if (!size && end != 0 && !number.empty() && is_all_digits(number))
        bad_input("--size: `" + text + "`: a pool holds at most " +
                  std::to_string(shearpin::largest_count));
    if (!size || end == 0) bad_input("--size: `" + text + "` is no POOL=NUMBER, such as web=200");
    return {text.substr(0, end), *size};
}

std::vector<std::string> pools_in(const removal_log& log) {
    std::vector<std::string> names;
    for (const logged_removal& each : log.removals)
        for (const auto& [name, stood] : each.pools) names.push_back(name);
    return names;
}

/// The limits, and what HOSTS.csv and POOLS.csv say of the sizes.
struct limits_and_sizes {
    removal_log log;
    pool_policies policies;
    trial_terms terms;
};

limits_and_sizes read(const request& asked) {
    const csv_table table = csv_table::parse(asked.log, read_file(asked.log));
    if (!asked.files.hosts.empty()) {
        fleet_files fleet = read_again(asked.files, read_file(asked.files.hosts), nullptr);
        limits_and_sizes found{
            removal_log::read(table, &fleet.hosts), std::move(fleet.policies), {}};
        for (const auto& [name, pool] : fleet.hosts.pools())
            found.terms.sizes[name] = pool.numbers().size;
        return found;
    }
    if (!asked.files.pools.empty())
        bad_input("--pools: give --hosts, too; it speaks of the pools of a HOSTS.csv");
    if (asked.files.policy.empty())
        bad_input("which policy is to be tried? give --policy FILE, or --hosts and --pools");
    limits_and_sizes found{removal_log::read(table, nullptr), {}, {}};
    found.policies.add(policy_file::read(asked.files.policy),
                       inventory::of_pools(pools_in(found.log)));
    return found;
}

exit_status run(const request& asked) {
    limits_and_sizes with = read(asked);
    const std::vector<std::string> known = pools_in(with.log);
    for (const std::string& each : asked.sizes) {
        const auto [pool, size] = read_size(each);
        if (std::find(known.begin(), known.end(), pool) == known.end())
            bad_input("--size: nothing was removed from a pool `" + pool + "` in " + asked.log);
        with.terms.sizes[pool] = size;
    }
    if (!asked.back_after.empty())
        with.terms.back_after = read_length("--back-after", asked.back_after);
    const trial_result found = try_policy(with.policies, with.log, with.terms);

    if (asked.json) {
        std::cout << trial_as_json(with.log, found);
    } else {
        std::string judged_by = asked.files.policy;
        if (!asked.files.pools.empty())
            judged_by += (judged_by.empty() ? "" : " and ") + asked.files.pools;
        print_trial(std::cout, with.log, found, judged_by, asked.all);
    }
    flush(std::cout);
    using kind = trial_verdict::kind;
    const bool is_right =
        found.number(kind::refused, false) == 0 && found.number(kind::admitted, true) == 0;
    return is_right ? exit_status::done : exit_status::refused;
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    takes.other("LOG.csv", asked->log, "what was removed, a line for each removal, or several");
    takes.section("The policy that is tried");
    takes.text("--policy", "FILE", asked->files.policy,
               "a policy as text; see `fleet policy --help`");
    takes.text("--pools", "POOLS.csv", asked->files.pools,
               "floors and caps of the pools of HOSTS.csv; beside --policy or in its\n"
               "place");
    takes.section("How large the pools are, where LOG.csv does not say it");
    takes.text("--hosts", "HOSTS.csv", asked->files.hosts,
               "its pools, and what each host serves; as large as they are today");
    takes.texts("--size", "POOL=NUMBER", asked->sizes, "one pool, each with one --size: web=200");
    takes.text("--back-after", "DURATION", asked->back_after,
               "what was removed, or another in its place, serves again so much later\n"
               "(90s, 15m, 1h, 7d). Else a pool is whole again before each removal,\n"
               "unless the log says how much of it served");
    take_json(takes, asked->json);
    takes.flag("--all", asked->all, "each removal that would have been refused, however many");
    takes.example(
        "Choose numbers that would not have been in the way, before a guard refuses anything.\n"
        "  fleet policy try removals.csv --policy fleet.policy --size web=200\n\n"
        "LOG.csv is in the order of time. Columns, found by their names:\n"
        "  time                   when, in UTC: 2026-11-24T18:00Z, or with seconds\n"
        "  pool, amount           of which pool, and how much (1 without the column)\n"
        "  host       (optional)  the host; amount is then its weight in that pool. With --hosts "
        "it\n"
        "                         can stand without a pool, and is taken as HOSTS.csv has it\n"
        "  call       (optional)  lines with the same text are one removal, and have the same "
        "time;\n"
        "                         else each line is one\n"
        "  size, available\n"
        "             (optional)  what the pool was meant to hold, and what served just before;\n"
        "                         the same in all lines of a call, or empty\n"
        "  mistake    (optional)  yes: it happened and should not have\n"
        "Limits over time look back on the removals of the log, at their times. A mistake that "
        "would\n"
        "have been refused is not looked back on. A removal has no length here: max_in_flight\n"
        "sees only itself. What a rule asks people for (approvals, needs_expected) is told as "
        "asked\n"
        "and not as refused, since the log does not have their words. Of a rule it is told how "
        "often\n"
        "it would have refused, how often no other would have (it alone), and how much was "
        "asked.\n\n"
        "Exit status:\n"
        "  0  no false alarm, and no mistake that is missed\n"
        "  1  something that was meant would have been refused, or a mistake would not.\n"
        "     One that is only asked about (approvals, needs_expected) is not missed: whoever "
        "makes "
        "it\n"
        "     has to say something first\n"
        "  2  one of the files cannot be read, or there are mistakes in it");
    return [asked] { return run(*asked); };
}

const command registered(74, "policy try", "judge past removals by a policy: count false alarms",
                         add);

}  // namespace

}  // namespace fleet
