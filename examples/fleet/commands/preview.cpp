// SPDX-License-Identifier: BSL-1.0
// fleet preview: what a removal would do and whether it would be refused. Writes nothing.
#include <memory>

#include "removing.hpp"

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
    need_ledger(fleet);
    return show_preview(asked.output, make_preview(fleet, select_hosts(fleet.hosts, asked.hosts),
                                                   said(asked.words)));
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    take_selection(takes, asked->hosts);
    take_files(takes, asked->files);
    take_ledger(takes, asked->files);
    take_words(takes, asked->words);
    take_exceptions(takes, asked->words);
    take_output(takes, asked->output);
    return [asked] { return run(*asked); };
}

const command registered(
    20, "preview", "show what a removal would do to each pool, and whether it would be refused",
    add);

}  // namespace

}  // namespace fleet
