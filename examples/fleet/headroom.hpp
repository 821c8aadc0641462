// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/pool.hpp>
#include <shearpin/time.hpp>

#include <optional>
#include <string>
#include <vector>

#include "fleet_files.hpp"

namespace fleet {

/// How much of a pool may go now, and what stands in the way of more.
struct pool_headroom {
    struct setter {
        std::string stated;  ///< "max_rate(20, 1h)"
        std::string where;   ///< "pools.csv:3"; empty where it is stated nowhere
    };

    std::string pool;
    shearpin::pool now{};
    shearpin::count may_go = 0;                   ///< of what serves
    std::vector<setter> set_by{};                 ///< the rules of which none allows more
    std::optional<shearpin::duration> more_in{};  ///< when more may go, where that is known
    std::string more{};                           ///< the same in words; empty where all may go
    std::string of_calls{};  ///< rules that count hosts or pools of a call, whatever they weigh
};

/// The headroom of each pool of the inventory, by all rules but those that ask for words. The guard
/// is only asked: nothing is reserved, and the ledger stays as it is.
std::vector<pool_headroom> headroom_of(const fleet_files& fleet);

std::string headroom_as_json(const std::vector<pool_headroom>& pools);

}  // namespace fleet
