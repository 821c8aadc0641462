// SPDX-License-Identifier: BSL-1.0
// fleet policy check: whether a policy file can be used, and all that is wrong with it.
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <memory>

#include "../policy_findings.hpp"
#include "../report.hpp"
#include "../text_table.hpp"
#include "command.hpp"

namespace fleet {

namespace {

std::size_t number_of_rules(const shearpin::read_policies& all) {
    std::size_t number = 0;
    const auto add = [&](const shearpin::read_policy* rules) {
        if (rules != nullptr) rules->for_each([&](const auto&) { ++number; });
    };
    for (const auto& each : all.pools()) add(&each.rules);
    add(all.others());
    add(all.every());
    return number;
}

/// "for each pool", "for 2 pools and all others".
std::string for_which(const shearpin::read_policies& all) {
    if (all.pools().empty()) return "for each pool";
    return "for " + counted(all.pools().size(), "pool") +
           (all.others() != nullptr ? " and all others" : "; what touches any other is refused");
}

exit_status run(const std::string& path) {
    const policy_file file = policy_file::read(path);
    const auto findings = findings_in(file);
    for (const policy_finding& each : findings) {
        std::string where = path;
        if (each.place)
            where +=
                ":" + std::to_string(each.place->line) + ":" + std::to_string(each.place->column);
        std::fprintf(stderr, "%s: %s: %s\n", where.c_str(),
                     each.admits_nothing ? "error" : "warning", each.text.c_str());
    }
    const bool refuses_all = std::any_of(findings.begin(), findings.end(),
                                         [](const auto& each) { return each.admits_nothing; });
    if (refuses_all) return exit_status::refused;
    std::cout << path << ": " << counted(number_of_rules(file.pools), "rule") << ' '
              << for_which(file.pools) << '\n';
    flush(std::cout);
    return exit_status::done;
}

std::function<exit_status()> add(options& takes) {
    const auto path = std::make_shared<std::string>();
    takes.other("FILE", *path, "the policy file");
    takes.example(
        "In CI, before a changed file is used.\n"
        "  fleet policy check fleet.policy\n\n"
        "All mistakes are told at once, as FILE:LINE:COLUMN. Exit status:\n"
        "  0  it can be used; of rules that never matter, since others refuse all that they\n"
        "     refuse, it warns\n"
        "  1  it is well written, but of one of its pools, or of all others, nothing could ever\n"
        "     be removed\n"
        "  2  it cannot be read, or there are mistakes in it");
    return [path] { return run(*path); };
}

const command registered(71, "policy check", "tell all that is wrong with a policy file", add);

}  // namespace

}  // namespace fleet
