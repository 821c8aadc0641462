// SPDX-License-Identifier: BSL-1.0
#include "options.hpp"

#include <algorithm>

#include "../failure.hpp"

namespace fleet {

namespace {

/// No host's name has a control character.
constexpr char bracket_mark = '\x1f';

}  // namespace

std::vector<std::string> arguments_for_cli11(int argc, char** argv) {
    std::vector<std::string> arguments(argv + 1, argv + argc);
    for (std::string& each : arguments)
        if (!each.empty() && each.front() == '[' && each.back() == ']') each += bracket_mark;
    std::reverse(arguments.begin(), arguments.end());  // it takes them from the end
    return arguments;
}

void add_file_options(CLI::App& command, file_request& request) {
    const auto group = command.add_option_group("Files");
    group->add_option("--hosts", request.hosts, "the hosts and the pools that they serve")
        ->option_text("HOSTS.csv")
        ->required();
    group->add_option("--pools", request.pools, "the floor of each pool")
        ->option_text("POOLS.csv")
        ->required();
    group
        ->add_option("--floor-for-others", request.floor_for_others,
                     "the floor of pools that POOLS.csv states none for: 3, 50% or 2/3;"
                     " without it, what touches such a pool is refused")
        ->option_text("FLOOR");
    group
        ->add_option("--max-batch", request.max_batch,
                     "one call may take so much of each pool at most: 3, 5% or 1/20")
        ->option_text("CAP");
}

void add_selection_options(CLI::App& command, selection_request& request) {
    command
        .add_option_function<std::vector<std::string>>(
            "host",
            [&request](const std::vector<std::string>& patterns) {
                for (std::string pattern : patterns) {
                    if (!pattern.empty() && pattern.back() == bracket_mark) pattern.pop_back();
                    request.patterns.push_back(pattern);
                }
            },
            "names of hosts, or globs in quotes ('db-0[1-3]'); each must match")
        ->option_text("HOST...");
    const auto group = command.add_option_group("In place of names");
    const auto pool = group
                          ->add_option("--pool", request.pool,
                                       "hosts of this pool: those that"
                                       " do not serve first, then those in the fewest pools")
                          ->option_text("POOL");
    const auto number =
        group->add_option("--count", request.number, "so many of them")->option_text("N");
    pool->needs(number);
    number->needs(pool);
}

void add_output_options(CLI::App& command, output_request& request) {
    const auto group = command.add_option_group("Output");
    group->add_flag("--json", request.json, "one JSON object in place of text");
    group->add_flag("--all", request.all, "all hosts, pools and broken rules, however many");
}

void check_selection(const selection_request& request) {
    if (request.patterns.empty() && request.pool.empty())
        bad_input(
            "no hosts are named, and nothing never means everything; name some, or say "
            "--pool POOL --count N");
    if (!request.patterns.empty() && !request.pool.empty())
        bad_input("name hosts, or say --pool and --count, but not both");
}

}  // namespace fleet
