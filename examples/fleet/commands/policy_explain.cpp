// SPDX-License-Identifier: BSL-1.0
// fleet policy explain: what a policy file means, for people who do not write it.
#include <shearpin/explain_policies.hpp>

#include <iostream>
#include <memory>

#include "../policy_file.hpp"
#include "../report.hpp"
#include "command.hpp"

namespace fleet {

namespace {

std::function<exit_status()> add(options& takes) {
    const auto path = std::make_shared<std::string>();
    takes.other("FILE", *path, "the policy file");
    takes.example(
        "What may go, in sentences, for whoever has to agree.\n"
        "  fleet policy explain fleet.policy");
    return [path] {
        std::cout << explain(policy_file::read(*path).pools);
        flush(std::cout);
        return exit_status::done;
    };
}

const command registered(72, "policy explain", "tell in plain sentences what a policy file means",
                         add);

}  // namespace

}  // namespace fleet
