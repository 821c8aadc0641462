// SPDX-License-Identifier: BSL-1.0
// fleet remove: removes hosts, or refuses.
#include <memory>
#include <utility>

#include "waving.hpp"

namespace fleet {

namespace {

struct request {
    selection_request hosts;
    removing_request how;
    bool in_waves = false;
    bool as_many_as_may_go = false;
    pace_request pace;
    waving_request waving;
};

exit_status run(const request& asked) {
    if (asked.in_waves && asked.as_many_as_may_go)
        bad_input("--in-waves removes all of them, and --as-many-as-may-go only some: say which");
    if (!asked.in_waves &&
        (asked.waving.is_any() || !asked.pace.soak.empty() || !asked.pace.ramp.empty()))
        bad_input("a soak, a ramp, a probe, a deadline and --look-again are for --in-waves");
    if (asked.in_waves || asked.as_many_as_may_go) {
        fleet_files fleet = read_fleet(asked.how.files);
        const auto hosts = select_hosts(fleet.hosts, asked.hosts);
        if (asked.as_many_as_may_go) return crop_selected(asked.how, std::move(fleet), hosts);
        return wave_selected(asked.how, asked.waving, std::move(fleet),
                             {.hosts = hosts, .how = asked.pace});
    }
    const said words(asked.how.words);
    watch told(asked.how.events);
    locked_file file = lock_hosts(asked.how);
    const fleet_files fleet = read_fleet(asked.how.files, file.text());
    return remove_selected(asked.how, file, fleet, select_hosts(fleet.hosts, asked.hosts), words,
                           told);
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    take_selection(takes, asked->hosts);
    take_removing(takes, asked->how);
    takes.section("More than may go at once");
    takes.flag("--as-many-as-may-go", asked->as_many_as_may_go,
               "from the front as many as may go now, and leave the others");
    takes.flag("--in-waves", asked->in_waves,
               "all of them, in waves as large as the policy allows; `fleet plan`\n"
               "shows them first. It needs a probe:");
    take_waving(takes, asked->waving);
    take_pace(takes, asked->pace);
    takes.section("Trying a policy");
    takes.text("--shadow", "UNTIL", asked->how.words.shadow_until,
               "TELLS WHAT WOULD BE REFUSED, AND REMOVES IT, before this time\n"
               "(2026-11-24T18:00Z); from then on it refuses. Where a policy is new\n"
               "and must not yet stop anything; try `preview` first");
    takes.example(
        "Three hosts, said twice over: by their names and by their number.\n"
        "  fleet remove --hosts hosts.csv --pools pools.csv --environment production --expect 3 "
        "\\\n"
        "    --actor ann --approve bob --reason CHG-17 'bill-0[1-3]'");
    return [asked] { return nothing_removed_on_bad_input([&] { return run(*asked); }); };
}

const command registered(30, "remove",
                         "remove hosts, or refuse where a pool would fall below its floor", add);

}  // namespace

}  // namespace fleet
