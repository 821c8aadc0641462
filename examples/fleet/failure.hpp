// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <stdexcept>
#include <string>

namespace fleet {

/// What the program ends with.
enum class exit_status : int {
    done = 0,
    refused = 1,      ///< by a safeguard: nothing was removed
    bad_input = 2,    ///< the command line, or a file that is read
    not_written = 3,  ///< the inventory or the output could not be written
    stopped = 4,      ///< a run in waves ended before all was removed
};

/// What ends the program early, in words for the person who called it.
class failure : public std::runtime_error {
public:
    failure(exit_status ends_with, const std::string& message)
        : std::runtime_error(message), status_(ends_with) {}
    [[nodiscard]] exit_status status() const noexcept { return status_; }

private:
    exit_status status_;
};

[[noreturn]] inline void bad_input(const std::string& message) {
    throw failure(exit_status::bad_input, message);
}
/// "hosts.csv:7: ..."
[[noreturn]] inline void bad_input(const std::string& file, std::size_t line,
                                   const std::string& message) {
    bad_input(file + ":" + std::to_string(line) + ": " + message);
}
[[noreturn]] inline void not_written(const std::string& message) {
    throw failure(exit_status::not_written, message);
}

}  // namespace fleet
