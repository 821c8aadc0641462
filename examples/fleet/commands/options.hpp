// SPDX-License-Identifier: BSL-1.0
// The options that several subcommands have, so that they are called and explained alike.
#pragma once

#include "../fleet_files.hpp"
#include "../said.hpp"
#include "../selection.hpp"
#include "command.hpp"

namespace fleet {

/// How the answer is shown.
struct output_request {
    bool json = false;
    bool all = false;
};

void take_files(options& takes, file_request& request);
/// The same without a policy file.
void take_tables(options& takes, file_request& request);
void take_ledger(options& takes, file_request& request);
void take_selection(options& takes, selection_request& request);
/// What a person says beside the selection.
void take_words(options& takes, said_request& request);
/// What lifts a limit, in one call.
void take_exceptions(options& takes, said_request& request);
void take_json(options& takes, bool& json);
void take_output(options& takes, output_request& request);

}  // namespace fleet
