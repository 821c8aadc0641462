// SPDX-License-Identifier: BSL-1.0
// fleet remove: removes hosts, or refuses.
#include "../removal.hpp"

#include <iostream>
#include <memory>

#include "../preview.hpp"
#include "../report.hpp"
#include "../text_table.hpp"
#include "options.hpp"

namespace fleet {

namespace {

struct request {
    file_request files;
    selection_request hosts;
    output_request output;
    std::optional<shearpin::count> wait_seconds;
};

exit_status refuse(const request& asked, const preview& shown, const shearpin::refusal& why) {
    if (asked.output.json) {
        std::cout << preview_as_json(shown, "refused", &why);
        flush(std::cout, "nothing was removed");
    } else {
        print_refusal(std::cerr, shown, why, asked.output.all);
    }
    return exit_status::refused;
}

exit_status run(const request& asked) {
    locked_file file(asked.files.hosts, asked.wait_seconds.value_or(10));
    const fleet_files fleet = read_fleet(asked.files, file.text());
    const preview shown = make_preview(fleet, select_hosts(fleet.hosts, asked.hosts));
    if (!asked.output.json) {
        print_preview(std::cout, shown, asked.output.all);
        // A removal that nobody is told of is worse than none.
        flush(std::cout, "nothing was removed");
    }
    const auto outcome = remove_hosts(file, fleet, shown.hosts);
    if (!outcome) return refuse(asked, shown, outcome.error());
    if (asked.output.json)
        std::cout << preview_as_json(shown, "removed", nullptr);
    else
        std::cout << "removed " << counted(outcome.value().amount, "host") << " in "
                  << asked.files.hosts << '\n';
    flush(std::cout, "but the hosts are removed");
    return exit_status::done;
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    take_selection(takes, asked->hosts);
    take_files(takes, asked->files);
    takes.section("Lock");
    takes.number("--wait", "SECONDS", asked->wait_seconds,
                 "wait so long for another fleet that has HOSTS.csv locked; 10 if not given");
    take_output(takes, asked->output);
    return [asked] {
        try {
            return run(*asked);
        } catch (const failure& failed) {
            if (failed.status() != exit_status::bad_input) throw;
            bad_input(failed.what() + std::string("\nfleet: nothing was removed"));
        }
    };
}

const command registered(30, "remove",
                         "remove hosts, or refuse where a pool would fall below its floor", add);

}  // namespace

}  // namespace fleet
