// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/policy.hpp>
#include <shearpin/policy_table.hpp>
#include <shearpin/rules/max_batch.hpp>
#include <shearpin/rules/min_remaining.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "csv_table.hpp"
#include "inventory.hpp"
#include "numbers.hpp"

namespace fleet {

/// A floor or a cap, and where it is stated: "pools.csv:7", or an option of the command line.
struct stated_limit {
    amount value;
    std::string where;
};

/// What is stated of one pool. Of several floors and caps, the strictest.
struct pool_limits {
    std::optional<stated_limit> floor;
    std::optional<stated_limit> max_batch;
    std::size_t floors = 0;  ///< how many were stated
};

/// What the command line states beside the pools file.
struct limits_for_all {
    std::optional<stated_limit> floor_for_others;
    std::optional<stated_limit> max_batch;
};

/// The policy of each pool of an inventory. A pool without a floor has none, so that a guard
/// refuses what touches it.
class pool_policies {
public:
    using policy = shearpin::policy<shearpin::min_remaining, shearpin::max_batch>;
    using table = shearpin::policy_table<std::string, policy>;

    /// Reads the pools file, and tells the inventory the sizes that it states.
    static pool_policies read(const csv_table& file, const limits_for_all& limits,
                              inventory& pools);

    /// What a guard takes.
    [[nodiscard]] const table& judged_by() const noexcept { return table_; }
    [[nodiscard]] const pool_limits& of(const std::string& pool_name) const;
    /// How much of a pool may go now, where every host counts one and serves; nothing where it has
    /// no policy.
    [[nodiscard]] std::optional<shearpin::count> may_go(const pool_entry& pool) const;
    /// The lines of the pools file that name a pool which no host serves.
    [[nodiscard]] const std::vector<std::size_t>& unused_lines() const noexcept { return unused_; }

private:
    table table_;
    std::map<std::string, pool_limits, std::less<>> limits_;
    std::vector<std::size_t> unused_;
};

}  // namespace fleet
