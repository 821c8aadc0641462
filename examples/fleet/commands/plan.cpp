// SPDX-License-Identifier: BSL-1.0
// fleet plan: the waves in which a large removal could go, as a table, a picture and a file that
// others can approve. Removes nothing and reserves nothing.
#include <shearpin/clocks.hpp>
#include <shearpin/plan_text.hpp>

#include <iostream>
#include <memory>

#include "../course.hpp"
#include "../text_table.hpp"
#include "../times.hpp"
#include "../waves.hpp"
#include "waving.hpp"

namespace fleet {

namespace {

struct request {
    selection_request hosts;
    file_request files;
    said_request words;
    pace_request how;
    output_request output;
    std::string out;
    std::string svg;
};

exit_status run(const request& asked) {
    const pace how = read_pace(asked.how);
    need_no_file(asked.out);
    need_no_file(asked.svg);
    if (!asked.out.empty() && asked.out == asked.svg)
        bad_input("--out and --svg name one file; name two");
    const fleet_files fleet = read_fleet(asked.files);
    need_ledger(fleet);
    const std::vector<std::string> hosts = select_hosts(fleet.hosts, asked.hosts);
    const shearpin::plan planned = plan_removal(fleet, hosts, said(asked.words), how);
    const course shown = course_of(fleet, planned, hosts);
    if (asked.output.json) {
        std::cout << planned.to_json() << '\n';
    } else {
        std::cout << planned.text();
        constexpr std::size_t pictures = 2;  // what fits on a screen below the table
        draw_text(std::cout, shown, asked.output.all ? shown.pools.size() : pictures);
    }
    flush(std::cout);
    if (!planned.complete()) {
        if (!asked.out.empty() || !asked.svg.empty())
            std::cerr << "fleet: no file was written, since not all of them can go\n";
        return exit_status::refused;
    }
    const std::string made_at = time_text(shearpin::wall_clock.read().wall);
    if (!asked.out.empty()) {
        write_new_file(
            asked.out,
            plan_file_text(
                {.hosts = hosts, .how = asked.how, .made = planned, .made_at = made_at}));
        if (!asked.output.json)
            std::cout << "written to " << asked.out << "; to do it: fleet apply " << asked.out
                      << '\n';
    }
    if (!asked.svg.empty()) {
        write_new_file(asked.svg, draw_svg(shown, "Removal of " + counted(hosts.size(), "host") +
                                                      ", planned " + made_at));
        if (!asked.output.json) std::cout << "drawn in " << asked.svg << '\n';
    }
    flush(std::cout);
    return exit_status::done;
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    take_selection(takes, asked->hosts);
    take_files(takes, asked->files);
    take_ledger(takes, asked->files);
    take_words(takes, asked->words);
    takes.section("Pace");
    take_pace(takes, asked->how);
    take_output(takes, asked->output);
    takes.text("--out", "FILE", asked->out,
               "write the plan to a new file, for those who approve it and for apply");
    takes.text("--svg", "FILE.svg", asked->svg,
               "draw the pools over time in a new file, for a change ticket");
    takes.example(
        "What may go when, with five minutes to look after each wave.\n"
        "  fleet plan --hosts hosts.csv --pools pools.csv --ledger ledger --soak 5m \\\n"
        "    --out plan.json --svg plan.svg 'db-*'");
    return [asked] { return run(*asked); };
}

const command registered(50, "plan", "show the waves in which a large removal could go, and when",
                         add);

}  // namespace

}  // namespace fleet
