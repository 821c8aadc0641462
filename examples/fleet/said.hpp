// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/override.hpp>
#include <shearpin/request.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace fleet {

/// What the command line says beside the selection of hosts.
struct said_request {
    std::optional<shearpin::count> expected;
    std::string actor;
    std::vector<std::string> approvers;
    std::string reason;
    std::string environment;
    std::vector<std::string> overrides;  ///< "max_batch:web=8"
    std::string override_until;
    std::string shadow_until;
};

/// The same as the library takes it.
class said {
public:
    /// Nothing is said.
    said() = default;
    /// What cannot be understood is a failure; whether it is enough, a guard judges.
    explicit said(const said_request& from);

    [[nodiscard]] const shearpin::request& words() const noexcept { return words_; }
    /// Refusals are told, and the removal goes on, before this moment; unknown where not.
    [[nodiscard]] shearpin::time_point shadow_until() const noexcept { return shadow_until_; }
    [[nodiscard]] bool in_shadow() const noexcept { return shadow_until_.known(); }

    /// A guard with all that is said: `said.to(guard).check(hosts)`. Refers to both.
    template <class Guard> [[nodiscard]] auto to(const Guard& judged_by) const {
        auto asking = judged_by.asking(words_);
        for (const auto& each : overrides_) asking = asking.overriding(*each);
        return asking;
    }

private:
    shearpin::request words_;
    std::vector<std::unique_ptr<const shearpin::override_grant>> overrides_;
    shearpin::time_point shadow_until_;
};

}  // namespace fleet
