// SPDX-License-Identifier: BSL-1.0
// fleet policy: what can be asked of policy files. What stands below it is in files of its own.
#include "command.hpp"

namespace fleet {

namespace {

std::function<exit_status()> add(options&) { return {}; }

const command registered(70, "policy", "check, explain and compare policies that are files", add);

}  // namespace

}  // namespace fleet
