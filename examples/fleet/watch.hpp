// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/event.hpp>

#include <optional>
#include <string>

#include "files.hpp"

namespace fleet {

/// What a guard tells of a removal: kept for the report, and written to a file of events where one
/// is asked for.
class watch {
public:
    /// Writes no file where the path is empty. One that cannot be opened is a failure, before
    /// anything is decided.
    explicit watch(const std::string& events_path);

    /// Takes one event: its line is written at once, as one write, so that those of several
    /// programs stay whole. Does not throw; see trouble().
    void tell(const shearpin::event& what) noexcept;

    /// Why a line could not be written; empty where all were.
    [[nodiscard]] const std::string& trouble() const noexcept { return trouble_; }
    /// What would have refused the removal, where it went on in shadow.
    [[nodiscard]] const shearpin::refusal* shadow_refusal() const noexcept {
        return shadow_refusal_ ? &*shadow_refusal_ : nullptr;
    }

    /// What the ledger could not be told at the end of the removal: its id there, and why. Empty
    /// where it could.
    [[nodiscard]] const std::string& unsettled() const noexcept { return unsettled_; }
    [[nodiscard]] const std::string& unsettled_why() const noexcept { return unsettled_why_; }

private:
    std::string path_;
    descriptor file_{-1};
    std::string trouble_;
    std::string unsettled_;
    std::string unsettled_why_;
    std::optional<shearpin::refusal> shadow_refusal_;
};

}  // namespace fleet
