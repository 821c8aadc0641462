// SPDX-License-Identifier: BSL-1.0
#include "preview.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "removal.hpp"

namespace fleet {

preview make_preview(const fleet_files& fleet, std::vector<std::string> hosts, const said& words,
                     shearpin::place where) {
    preview made{.hosts = std::move(hosts)};
    made.decision = check_removal(fleet, made.hosts, words, where);

    std::map<std::string, pool_preview, std::less<>> pools;
    for (const std::string& each : std::set(made.hosts.begin(), made.hosts.end())) {
        const bool serves = fleet.hosts.is_available(each);
        if (!serves) made.out_already.push_back(each);
        for (const std::string& name : fleet.hosts.pools_of(each)) {
            pool_preview& pool =
                pools
                    .try_emplace(name, pool_preview{.name = name,
                                                    .now = fleet.hosts.state(name),
                                                    .limits = &fleet.policies.of(name)})
                    .first->second;
            if (serves) pool.would_lose += fleet.hosts.weight_of(each, name);
        }
    }
    // The pools that refuse come in the order of the refusal, which calls each by its first 63
    // characters.
    std::vector<std::string> refusing;
    if (!made.decision) {
        for (const shearpin::violation& each : made.decision.why().violations())
            for (auto& [name, pool] : pools)
                if (shearpin::fixed_text<63>(name) == each.pool()) {
                    if (pool.broken.empty()) refusing.push_back(name);
                    pool.broken.emplace_back(each.stated());
                }
    }
    for (auto& [name, pool] : pools)
        if (pool.broken.empty()) made.pools.push_back(std::move(pool));
    made.first_refused = made.pools.size();
    for (const std::string& name : refusing)
        made.pools.push_back(std::move(pools.find(name)->second));
    return made;
}

}  // namespace fleet
