// SPDX-License-Identifier: BSL-1.0
// The options that several subcommands have, so that they are called and explained alike.
#pragma once

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

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

/// Both or neither of names and a pool are no selection.
void check_selection(const selection_request& request);

/// The command line in the form in which CLI11 takes it. CLI11 reads an argument such as
/// "[ab]*[1,3]" as a list and takes its brackets and commas away; here it gets a mark that prevents
/// this, which add_selection_options takes off.
std::vector<std::string> arguments_for_cli11(int argc, char** argv);

}  // namespace fleet
