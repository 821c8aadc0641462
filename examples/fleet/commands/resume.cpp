// SPDX-License-Identifier: BSL-1.0
// fleet resume: goes on with a run in waves that has ended early, by whatever.
#include <memory>

#include "waving.hpp"

namespace fleet {

namespace {

struct request {
    std::vector<std::string> hosts;
    std::string run;
    std::string plan;
    pace_request pace;
    removing_request how;
    waving_request waving;
};

exit_status run(const request& asked) {
    if (asked.how.files.ledger.empty())
        bad_input("to go on with a run, its ledger is needed: give --ledger FILE");
    const fleet_files fleet = read_fleet(asked.how.files);
    if (asked.plan.empty() == asked.run.empty())
        bad_input("say which run: --plan FILE for that of a plan, or --run RUN and its hosts");
    if (!asked.plan.empty()) {
        if (!asked.hosts.empty())
            bad_input("the plan names the hosts; no others can be given beside --plan");
        if (!asked.pace.soak.empty() || !asked.pace.ramp.empty())
            bad_input("the plan says the soak and the ramp; they cannot be given beside --plan");
        const plan_file plan = read_plan_file(asked.plan);
        return wave_selected(
            asked.how, asked.waving, fleet,
            {.hosts = plan.hosts, .how = plan.how, .resumes = plan.made.made_from().text()});
    }
    return wave_selected(
        asked.how, asked.waving, fleet,
        {.hosts = select_hosts(fleet.hosts, {.patterns = asked.hosts, .removed_too = true}),
         .how = asked.pace,
         .resumes = asked.run});
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    takes.others("HOST", asked->hosts, "with --run: names, or globs in quotes ('db-0[1-3]')");
    take_removing(takes, asked->how, exceptions::none);
    takes.section("The run");
    takes.text("--plan", "PLAN", asked->plan, "go on with the last run of this plan; or");
    takes.text("--run", "RUN", asked->run,
               "with this one, as it was told at its end and as `fleet history` has\n"
               "it. All hosts must be named that it was begun with, in their order");
    take_pace(takes, asked->pace);
    take_waving(takes, asked->waving);
    takes.example(
        "What is done is skipped. Where it is not known how a wave ended, nothing goes\n"
        "before a person has found out: fleet resolve.\n"
        "  fleet resume --plan plan.json --hosts hosts.csv --pools pools.csv --ledger ledger \\\n"
        "    --actor ann --reason CHG-17 --probe './healthy'");
    return [asked] { return nothing_removed_on_bad_input([&] { return run(*asked); }); };
}

const command registered(54, "resume", "go on with a run in waves that has ended early", add);

}  // namespace

}  // namespace fleet
