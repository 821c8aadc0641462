// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

#include "failure.hpp"

namespace fleet {

/// Reads the command line and runs the subcommand that it names. `about` stands at the top of the
/// help, `manual` at its end.
exit_status run_command_line(int argc, char** argv, const std::string& about,
                             const std::string& manual);

}  // namespace fleet
