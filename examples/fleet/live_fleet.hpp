// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files.hpp"
#include "fleet_files.hpp"

namespace fleet {

/// The fleet of a run that takes hours: read anew for each decision, since others remove as well,
/// and the policy may be tightened meanwhile. What a decision was made from is locked until its
/// hosts are removed, and nothing is locked while the run waits or looks at the health.
class live_fleet {
public:
    /// `first` is what was read so far; its ledger is kept for the whole run.
    live_fleet(const file_request& from, shearpin::count wait_seconds, fleet_files first)
        : from_(from), wait_seconds_(wait_seconds), files_(std::move(first)) {}

    /// What was read last.
    [[nodiscard]] const fleet_files& last_read() const noexcept { return files_; }
    [[nodiscard]] const std::shared_ptr<ledger_file>& ledger() const noexcept {
        return files_.ledger;
    }

    /// Lets others remove. What was read stays as it is until something is asked again.
    void release() noexcept { lock_.reset(); }

    /// Reads the fleet without its lock, to tell how it stands; false where it cannot be read.
    [[nodiscard]] bool look();

    /// Removes these hosts, of the fleet as it was judged, and releases it. After a failure nothing
    /// is removed. What is returned is empty, or says why it may not outlast a power cut.
    [[nodiscard]] std::string remove(const std::vector<std::string>& hosts);

    /// What a guard takes as its policies: those of each pool, as the pools file has them now.
    class policies {
    public:
        explicit policies(const live_fleet& of) noexcept : fleet_(&of) {}
        template <class F> bool visit(std::string_view pool_name, F&& with) const {
            return fleet_->now().policies.judged_by().visit(pool_name, with);
        }

    private:
        const live_fleet* fleet_;
    };

    // What shearpin::guard asks of an inventory. Each of these locks the fleet and reads it where
    // it is not locked. A lock that is not to be had, and files that cannot be read, are failures.
    [[nodiscard]] bool contains(const std::string& host_name) const {
        return now().hosts.contains(host_name);
    }
    [[nodiscard]] const std::vector<std::string>& pools_of(const std::string& host_name) const {
        return now().hosts.pools_of(host_name);
    }
    [[nodiscard]] shearpin::pool state(const std::string& pool_name) const {
        return now().hosts.state(pool_name);
    }
    [[nodiscard]] bool is_protected(const std::string& host_name) const {
        return now().hosts.is_protected(host_name);
    }
    [[nodiscard]] bool is_available(const std::string& host_name) const {
        return now().hosts.is_available(host_name);
    }
    [[nodiscard]] const std::string& environment() const { return now().hosts.environment(); }
    [[nodiscard]] shearpin::count weight_of(const std::string& host_name,
                                            const std::string& pool_name) const {
        return now().hosts.weight_of(host_name, pool_name);
    }

private:
    const fleet_files& now() const;

    file_request from_;
    shearpin::count wait_seconds_;
    mutable fleet_files files_;
    mutable std::optional<locked_file> lock_;
};

}  // namespace fleet
