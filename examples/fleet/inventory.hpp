// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/pool.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "csv_table.hpp"

namespace fleet {

/// Whether a host serves.
enum class host_state : unsigned char {
    in,       ///< it does
    out,      ///< it is meant to, but is broken or being worked on
    removed,  ///< fleet has removed it. Its row stays, so that its pools' sizes do not erode
};

struct host {
    std::string name{};
    host_state state = host_state::in;
    bool is_protected = false;
    std::vector<std::string> pools{};        ///< in the order of the file
    std::vector<shearpin::count> weights{};  ///< for each of them
    std::vector<std::size_t> rows{};         ///< for each of them, its row in the table
};

/// What serves one pool.
struct pool_entry {
    std::string name{};
    std::string dc{}, cluster{}, service{};  ///< what the name is made of; empty where it is not
    std::vector<std::size_t> hosts{};        ///< indices into inventory::hosts()
    shearpin::count listed = 0;              ///< the weight of all of them, also of those removed
    shearpin::count serving = 0;             ///< the weight of those that serve now
    std::optional<shearpin::count> size{};   ///< what it is meant to hold, where that is stated

    [[nodiscard]] shearpin::pool numbers() const noexcept {
        return {.size = size.value_or(listed), .available = serving};
    }
};

/// The hosts and the pools that they serve, as the hosts file says; in the form in which a guard
/// asks for them.
class inventory {
public:
    /// Reads the hosts file; what is wrong with it is a failure with its line.
    static inventory read(const csv_table& table);
    /// Pools of which nothing is known but their names, and no hosts.
    static inventory of_pools(const std::vector<std::string>& names);

    [[nodiscard]] const std::vector<host>& hosts() const noexcept { return hosts_; }
    [[nodiscard]] const std::map<std::string, pool_entry, std::less<>>& pools() const noexcept {
        return pools_;
    }
    [[nodiscard]] const host* find(const std::string& host_name) const;
    /// False where pools have a name of their own, and are not made of dc, cluster and service.
    [[nodiscard]] bool pools_by_service() const noexcept { return by_service_; }

    /// Says what a pool is meant to hold. The pool must be there.
    void state_size(const std::string& pool_name, shearpin::count size);

    // What shearpin::guard asks of an inventory. A host that was removed already is not there.
    [[nodiscard]] bool contains(const std::string& host_name) const;
    [[nodiscard]] const std::vector<std::string>& pools_of(const std::string& host_name) const;
    [[nodiscard]] shearpin::pool state(const std::string& pool_name) const;
    [[nodiscard]] bool is_protected(const std::string& host_name) const;
    [[nodiscard]] bool is_available(const std::string& host_name) const;
    /// What the file says that these hosts are: "production". Empty where it does not.
    [[nodiscard]] const std::string& environment() const noexcept { return environment_; }
    [[nodiscard]] shearpin::count weight_of(const std::string& host_name,
                                            const std::string& pool_name) const;

private:
    std::vector<host> hosts_;
    std::map<std::string, std::size_t, std::less<>> host_index_;
    std::map<std::string, pool_entry, std::less<>> pools_;
    std::string environment_;
    bool by_service_ = false;
};

}  // namespace fleet
