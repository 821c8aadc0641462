// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <CLI/CLI.hpp>

#include "../failure.hpp"

namespace fleet {

/// A subcommand of the program. Each is one file in this folder, which adds itself:
///
///     const command registered(30, [](CLI::App& program, exit_status& ends_with) { ... });
///
/// CMake builds every file that is here, so a new one changes no other.
class command {
public:
    /// Adds the subcommand with its options, and a callback that sets what the program ends with.
    using adder = void (*)(CLI::App& program, exit_status& ends_with);

    /// Subcommands stand in the help in the order of these numbers.
    command(int place_in_help, adder add);
    command(const command&) = delete;
    command& operator=(const command&) = delete;

    /// Adds all that there are.
    static void add_all(CLI::App& program, exit_status& ends_with);

private:
    static command* first_;
    int place_;
    adder add_;
    command* next_ = nullptr;
};

}  // namespace fleet
