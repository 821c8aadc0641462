// SPDX-License-Identifier: BSL-1.0
// The reports as JSON: the one file that includes nlohmann-json.
#include <nlohmann/json.hpp>

#include "report.hpp"

namespace fleet {

namespace {

nlohmann::ordered_json limit_as_json(const std::optional<stated_limit>& limit) {
    if (!limit) return nullptr;
    return {{"stated", spell(limit->value)}, {"where", limit->where}};
}

nlohmann::ordered_json violation_as_json(const preview& shown, const shearpin::violation& broken) {
    const std::string where = stated_in(shown, broken);
    return {{"rule", std::string(broken.rule())},
            {"stated", std::string(broken.stated())},
            {"where", where.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(where)},
            {"pool", std::string(broken.pool())},
            {"targets", std::string(broken.targets())},
            {"limit", broken.limit()},
            {"asked", broken.requested()},
            {"may_be_lifted", broken.can_be_lifted()},
            {"text", line_of(broken)}};
}

nlohmann::ordered_json refusal_as_json(const preview& shown, const shearpin::refusal& why) {
    nlohmann::ordered_json violations = nlohmann::ordered_json::array();
    for (const auto& each : why.violations()) violations.push_back(violation_as_json(shown, each));
    return {{"kind", why.kind() == shearpin::answer::refused_for_good ? "for_good" : "for_now"},
            {"nothing_removed", why.nothing_removed()},
            {"asked", why.requested()},
            {"may_go_first", why.max_removable()},
            {"violations", violations}};
}

/// What is no UTF-8 in a name is replaced, since JSON cannot hold it.
std::string text_of(const nlohmann::ordered_json& what) {
    return what.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string preview_as_json(const preview& shown, std::string_view outcome,
                            const shearpin::refusal* why) {
    nlohmann::ordered_json pools = nlohmann::ordered_json::array();
    for (const pool_preview& pool : shown.pools) {
        nlohmann::ordered_json floor;
        if (pool.limits->floor) floor = as_floor(pool.limits->floor->value, pool.now.size);
        pools.push_back({{"pool", pool.name},
                         {"size", pool.now.size},
                         {"serving", pool.now.available},
                         {"would_lose", pool.would_lose},
                         {"left", pool.left()},
                         {"floor", floor},
                         {"floor_stated", limit_as_json(pool.limits->floor)},
                         {"max_batch_stated", limit_as_json(pool.limits->max_batch)},
                         {"broken", pool.broken}});
    }
    nlohmann::ordered_json refusal;
    if (why != nullptr) refusal = refusal_as_json(shown, *why);
    return text_of(
        {{"outcome", outcome}, {"hosts", shown.hosts}, {"pools", pools}, {"refusal", refusal}});
}

std::string pools_as_json(const fleet_files& fleet) {
    nlohmann::ordered_json pools = nlohmann::ordered_json::array();
    for (const auto& [name, pool] : fleet.hosts.pools()) {
        const pool_limits& limits = fleet.policies.of(name);
        nlohmann::ordered_json floor;
        if (limits.floor) floor = as_floor(limits.floor->value, pool.numbers().size);
        pools.push_back({{"pool", name},
                         {"size", pool.numbers().size},
                         {"serving", pool.serving},
                         {"floor", floor},
                         {"floor_stated", limit_as_json(limits.floor)},
                         {"max_batch_stated", limit_as_json(limits.max_batch)},
                         {"asks_for", words_asked_for(limits)},
                         {"may_go", fleet.policies.may_go(pool).value_or(0)}});
    }
    return text_of({{"pools", pools}});
}

}  // namespace fleet
