// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/waves.hpp>

#include <string>
#include <utility>

namespace fleet {

/// The health check of a run: a command of the user's, run by sh. It is well if it ends with 0;
/// what it then leaves in the background goes on. What it prints goes to standard error; it reads
/// nothing. It finds in its environment FLEET_REMOVED, FLEET_OF and FLEET_WAVE: hosts removed, of
/// so many, and waves that are over.
class probe {
public:
    /// One that runs for longer than the limit has failed, and is killed with all that it started.
    probe(std::string command, shearpin::duration limit)
        : command_(std::move(command)), limit_(limit) {}

    /// Whether all is well; where not, why() says what became of the probe.
    [[nodiscard]] bool is_well(const shearpin::progress& so_far);
    [[nodiscard]] const std::string& why() const noexcept { return why_; }

private:
    std::string command_;
    shearpin::duration limit_;
    std::string why_;
};

}  // namespace fleet
