// SPDX-License-Identifier: BSL-1.0
// fleet preview: what a removal would do and whether it would be refused. Writes nothing.
#include "../preview.hpp"

#include <iostream>
#include <memory>

#include "../report.hpp"
#include "options.hpp"

namespace fleet {

namespace {

struct request {
    file_request files;
    selection_request hosts;
    said_request words;
    output_request output;
};

exit_status run(const request& asked) {
    const fleet_files fleet = read_fleet(asked.files);
    const preview shown =
        make_preview(fleet, select_hosts(fleet.hosts, asked.hosts), said(asked.words));
    const shearpin::refusal* const why = shown.decision ? nullptr : &shown.decision.why();
    if (asked.output.json) {
        std::cout << preview_as_json(shown,
                                     why != nullptr ? "would_be_refused" : "would_be_removed", why);
    } else {
        print_preview(std::cout, shown, asked.output.all);
        if (why == nullptr) std::cout << "would be removed; this was a preview\n";
    }
    flush(std::cout);
    if (why == nullptr) return exit_status::done;
    if (!asked.output.json) print_refusal(std::cerr, shown, *why, asked.output.all);
    return exit_status::refused;
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    take_selection(takes, asked->hosts);
    take_files(takes, asked->files);
    take_words(takes, asked->words);
    take_output(takes, asked->output);
    return [asked] { return run(*asked); };
}

const command registered(
    20, "preview", "show what a removal would do to each pool, and whether it would be refused",
    add);

}  // namespace

}  // namespace fleet
