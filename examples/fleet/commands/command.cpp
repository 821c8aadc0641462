// SPDX-License-Identifier: BSL-1.0
#include "command.hpp"

namespace fleet {

// Set before any constructor runs, in whatever order those of the other files do.
constinit command* command::first_ = nullptr;

command::command(int place_in_help, adder add) : place_(place_in_help), add_(add) {
    command** at = &first_;
    while (*at != nullptr && (*at)->place_ < place_) at = &(*at)->next_;
    next_ = *at;
    *at = this;
}

void command::add_all(CLI::App& program, exit_status& ends_with) {
    for (const command* each = first_; each != nullptr; each = each->next_)
        each->add_(program, ends_with);
}

}  // namespace fleet
