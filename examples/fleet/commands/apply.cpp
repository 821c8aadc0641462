// SPDX-License-Identifier: BSL-1.0
// fleet apply: does what a plan says, unless what it was made from has changed.
#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include "../history.hpp"
#include "../run_report.hpp"
#include "../text_table.hpp"
#include "waving.hpp"

namespace fleet {

namespace {

struct request {
    std::string plan;
    removing_request how;
    waving_request waving;
};

exit_status run(const request& asked) {
    const plan_file plan = read_plan_file(asked.plan);
    fleet_files fleet = read_fleet(asked.how.files);
    const auto removed = std::count_if(plan.hosts.begin(), plan.hosts.end(), [&](const auto& each) {
        const host* const found = fleet.hosts.find(each);
        return found != nullptr && found->state == host_state::removed;
    });
    if (removed != 0) {
        const bool all = static_cast<std::size_t>(removed) == plan.hosts.size();
        const std::string why = (all ? std::string("all") : std::to_string(removed)) + " of the " +
                                counted(plan.hosts.size(), "host") +
                                " of this plan are removed already";
        if (asked.how.output.json) std::cout << refused_run_as_json(why, nullptr);
        flush(std::cout, "nothing was removed");
        std::cerr << "fleet: nothing was removed: " << why << '\n';
        if (!all)
            std::cerr << "  if a run of it ended early, go on with that: fleet resume --plan "
                      << asked.plan << "; if not, make the plan anew: fleet plan\n";
        return exit_status::refused;
    }
    if (!asked.how.output.json) std::cout << "a plan of " << printable(plan.made_at) << '\n';
    return wave_selected(asked.how, asked.waving, std::move(fleet),
                         {.hosts = plan.hosts, .how = plan.how, .approved = &plan.made});
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    takes.other("PLAN", asked->plan, "what fleet plan --out has written");
    take_removing(takes, asked->how, exceptions::none);
    takes.section("The run");
    take_waving(takes, asked->waving);
    takes.example(
        "What plan.json says, as long as the probe finds all well.\n"
        "  fleet apply plan.json --hosts hosts.csv --pools pools.csv --ledger ledger \\\n"
        "    --actor ann --reason CHG-17 --probe './healthy'");
    return [asked] { return nothing_removed_on_bad_input([&] { return run(*asked); }); };
}

const command registered(52, "apply", "remove hosts as a plan says, unless its ground has changed",
                         add);

}  // namespace

}  // namespace fleet
