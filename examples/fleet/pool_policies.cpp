// SPDX-License-Identifier: BSL-1.0
#include "pool_policies.hpp"

#include <algorithm>

namespace fleet {

void pool_limits::tighten_batch(const stated_limit& other, shearpin::count size) {
    if (max_batch) {
        const auto now = as_cap(max_batch->value, size);
        const auto then = as_cap(other.value, size);
        if (then > now || (then == now && !(share_of(other.value) < share_of(max_batch->value))))
            return;
    }
    max_batch = other;
}

void pool_policies::add(const limits_for_all& limits, const inventory& hosts) {
    for (const auto& [name, entry] : hosts.pools()) {
        pool_limits& kept = limits_[name];
        if (!kept.floor) kept.floor = limits.floor_for_others;
        kept.lacks_floor = floors_needed_ && !kept.floor;
        if (!limits.max_batch) continue;
        kept.tighten_batch(*limits.max_batch, entry.numbers().size);
        // Who says so on the command line means it there.
        kept.batch_may_be_lifted = false;
    }
}

void pool_policies::add(const policy_file& file, const inventory& hosts) {
    for (const auto& [name, entry] : hosts.pools()) limits_[name].text = text_limits(file, name);
    for (const auto& each : file.pools.pools())
        if (hosts.pools().find(each.pool) == hosts.pools().end())
            unused_names_.push_back(each.pool);
}

std::optional<shearpin::count> pool_policies::may_go(const pool_entry& pool) const {
    const pool_limits& limits = of(pool.name);
    if (!limits.floor) return {};
    shearpin::count most = shearpin::largest_count;
    limits.visit_numbers([&](const auto& rules) {
        most = std::min<shearpin::count>(most, rules.max_removable(pool.numbers()));
    });
    return most;
}

std::optional<needy_pool> pool_policies::first_with_history() const {
    for (const auto& [name, limits] : limits_) {
        if (limits.history.any())
            return needy_pool{name, limits.history.first(), limits.history.first_where()};
        if (const stated_text* const found = limits.text.first_with_history())
            return needy_pool{name, found->rule, found->where};
    }
    return {};
}

const pool_limits& pool_policies::of(const std::string& pool_name) const {
    return limits_.find(pool_name)->second;
}

}  // namespace fleet
