// SPDX-License-Identifier: BSL-1.0
// fleet remove: removes hosts, or refuses.
#include "../removal.hpp"

#include <iostream>
#include <memory>

#include "../preview.hpp"
#include "../report.hpp"
#include "../text_table.hpp"
#include "command.hpp"
#include "options.hpp"

namespace fleet {

namespace {

struct request {
    file_request files;
    selection_request hosts;
    output_request output;
    unsigned wait_seconds = 10;
};

exit_status refuse(const request& asked, const preview& shown, const shearpin::refusal& why) {
    if (asked.output.json) {
        print_json(std::cout, preview_as_json(shown, "refused", &why));
        flush(std::cout, "nothing was removed");
    } else {
        print_refusal(std::cerr, shown, why, asked.output.all);
    }
    return exit_status::refused;
}

exit_status run(const request& asked) {
    check_selection(asked.hosts);
    locked_file file(asked.files.hosts, asked.wait_seconds);
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
        print_json(std::cout, preview_as_json(shown, "removed", nullptr));
    else
        std::cout << "removed " << counted(outcome.value().amount, "host") << " in "
                  << asked.files.hosts << '\n';
    flush(std::cout, "the hosts are removed");
    return exit_status::done;
}

void add(CLI::App& program, exit_status& ends_with) {
    const auto asked = std::make_shared<request>();
    CLI::App& command = *program.add_subcommand(
        "remove", "remove hosts, or refuse where a pool would fall below its floor");
    add_selection_options(command, asked->hosts);
    add_file_options(command, asked->files);
    add_output_options(command, asked->output);
    command
        .add_option("--wait", asked->wait_seconds,
                    "how long to wait for another fleet that has HOSTS.csv locked (10)")
        ->option_text("SECONDS");
    command.callback([asked, &ends_with] {
        try {
            ends_with = run(*asked);
        } catch (const failure& failed) {
            if (failed.status() != exit_status::bad_input) throw;
            bad_input(failed.what() + std::string("; nothing was removed"));
        }
    });
}

const command registered(30, add);

}  // namespace

}  // namespace fleet
