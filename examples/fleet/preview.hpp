// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/decision.hpp>
#include <shearpin/pool.hpp>

#include <string>
#include <vector>

#include "fleet_files.hpp"
#include "said.hpp"

namespace fleet {

/// What a removal means for one pool.
struct pool_preview {
    std::string name{};
    shearpin::pool now{};
    shearpin::count would_lose = 0;  ///< of what serves now
    const pool_limits* limits = nullptr;
    std::vector<std::string>
        broken{};  ///< the rules of this pool that refuse it: "min_remaining(66%)"

    [[nodiscard]] shearpin::count left() const noexcept { return now.available - would_lose; }
};

/// A removal before it happens: the hosts, the pools that they serve, and the guard's answer.
struct preview {
    std::vector<std::string> hosts{};
    std::vector<std::string> out_already{};  ///< those of them that do not serve anyway
    std::size_t first_refused = 0;           ///< index of the first pool that refuses
    std::vector<pool_preview> pools{};       ///< those that would be refused come last
    shearpin::decision decision{};
};

preview make_preview(const fleet_files& fleet, std::vector<std::string> hosts, const said& words,
                     shearpin::place where = shearpin::place::here());

}  // namespace fleet
