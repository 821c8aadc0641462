// SPDX-License-Identifier: BSL-1.0
// The options that several subcommands have, so that they are called and explained alike.
#pragma once

#include <CLI/CLI.hpp>

#include "../fleet_files.hpp"
#include "../selection.hpp"

namespace fleet {

/// How the answer is shown.
struct output_request {
    bool json = false;
    bool all = false;
};

void add_file_options(CLI::App& command, file_request& request);
void add_selection_options(CLI::App& command, selection_request& request);
void add_output_options(CLI::App& command, output_request& request);

/// What has no short form in CLI11: neither names nor a pool, or a half of the latter.
void check_selection(const selection_request& request);

}  // namespace fleet
