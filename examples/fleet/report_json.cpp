// SPDX-License-Identifier: BSL-1.0
// The reports as JSON.
#include <nlohmann/json.hpp>

#include "headroom.hpp"
#include "history.hpp"
#include "report.hpp"
#include "run_report.hpp"
#include "times.hpp"

namespace fleet {

namespace {

nlohmann::ordered_json limit_as_json(const std::optional<stated_limit>& limit) {
    if (!limit) return nullptr;
    return {{"stated", spell(limit->value)}, {"where", limit->where}};
}

nlohmann::ordered_json text_as_json(const text_limits& limits) {
    nlohmann::ordered_json rules = nlohmann::ordered_json::array();
    for (const stated_text& each : limits.stated())
        rules.push_back({{"stated", each.rule}, {"where", each.where}});
    return rules;
}

/// Whole seconds, and never too few.
std::int64_t in_seconds(shearpin::duration wait) {
    return (wait.in_nanoseconds() + 999'999'999) / 1'000'000'000;
}

nlohmann::ordered_json text_or_null(const std::string& text) {
    return text.empty() ? nlohmann::ordered_json() : nlohmann::ordered_json(text);
}

nlohmann::ordered_json time_or_null(shearpin::time_point when) {
    return when.known() ? nlohmann::ordered_json(time_text(when)) : nlohmann::ordered_json();
}

/// `where`: where its limit is stated.
nlohmann::ordered_json violation_as_json(const shearpin::violation& broken,
                                         const std::string& where) {
    return {{"rule", std::string(broken.rule())},
            {"stated", std::string(broken.stated())},
            {"where", text_or_null(where)},
            {"pool", std::string(broken.pool())},
            {"targets", std::string(broken.targets())},
            {"limit", broken.limit()},
            {"asked", broken.requested()},
            {"may_be_lifted", broken.can_be_lifted()},
            {"text", line_of(broken)}};
}

/// `shown`: the preview, or the fleet, in whose files the limits are stated.
template <class Shown>
nlohmann::ordered_json refusal_as_json(const Shown& shown, const shearpin::refusal& why) {
    nlohmann::ordered_json violations = nlohmann::ordered_json::array();
    for (const auto& each : why.violations())
        violations.push_back(violation_as_json(each, stated_in(shown, each)));
    nlohmann::ordered_json wait;
    if (const auto known = why.retry_after()) wait = in_seconds(*known);
    return {{"kind", why.kind() == shearpin::answer::refused_for_good ? "for_good" : "for_now"},
            {"nothing_removed", why.nothing_removed()},
            {"asked", why.requested()},
            {"may_go_first", why.max_removable()},
            {"retry_after_s", wait},
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
        if (const auto stated = floor_of(*pool.limits, pool.now.size)) floor = *stated;
        pools.push_back({{"pool", pool.name},
                         {"size", pool.now.size},
                         {"serving", pool.now.available},
                         {"would_lose", pool.would_lose},
                         {"left", pool.left()},
                         {"floor", floor},
                         {"floor_stated", limit_as_json(pool.limits->floor)},
                         {"max_batch_stated", limit_as_json(pool.limits->max_batch)},
                         {"broken", pool.broken}});
        if (!pool.limits->text.file().empty())
            pools.back()["policy_stated"] = text_as_json(pool.limits->text);
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
                         {"over_time", limits.history.text()},
                         {"may_go", fleet.policies.may_go(pool).value_or(0)}});
    }
    return text_of({{"pools", pools}});
}

namespace {

/// The same words as the library's, for a program to compare with.
const char* stop_word(shearpin::stop_reason why) {
    constexpr const char* words[] = {
        "finished", "unhealthy",      "refused",      "removal_failed", "failed",
        "deadline", "stop_requested", "removed_less", "removed_more",   "cropped",
        "changed",  "in_doubt",       "no_such_run",  "clock_stands"};
    return words[static_cast<std::size_t>(why)];
}

}  // namespace

std::string refused_run_as_json(const std::string& why, const shearpin::plan* planned) {
    nlohmann::ordered_json plan;
    if (planned != nullptr) plan = nlohmann::ordered_json::parse(planned->to_json());
    return text_of({{"outcome", "refused"}, {"why", why}, {"plan", plan}});
}

std::string run_as_json(const run_report& shown) {
    const shearpin::wave_report& report = shown.outcome.report;
    const bool is_done = report.finished() && !shown.has_failed();
    nlohmann::ordered_json refusal;
    if (report.why() != nullptr) refusal = refusal_as_json(shown.fleet, *report.why());
    return text_of({{"outcome", is_done ? "removed" : "stopped"},
                    {"stopped_because", stop_word(report.stopped_because())},
                    {"why", text_or_null(is_done ? std::string() : shown.why())},
                    {"asked", report.asked()},
                    {"removed", report.removed()},
                    {"removed_before", report.removed_before()},
                    {"in_doubt", report.in_doubt()},
                    {"left", report.remaining()},
                    {"waves", report.waves()},
                    {"elapsed_s", report.elapsed().in_nanoseconds() / 1'000'000'000},
                    {"run", text_or_null(report.run())},
                    {"changes", report.changes()},
                    {"doubts", report.doubts()},
                    {"refusal", refusal}});
}

std::string history_as_json(const std::vector<shearpin::ledger_entry>& entries) {
    nlohmann::ordered_json removals = nlohmann::ordered_json::array();
    for (const auto& each : entries) {
        nlohmann::ordered_json pools = nlohmann::ordered_json::array();
        for (const auto& share : each.pools)
            pools.push_back({{"pool", share.pool},
                             {"amount", share.removed.amount},
                             {"serving", share.removed.serving},
                             {"hosts", share.removed.heads}});
        nlohmann::ordered_json resolved;
        if (each.state == shearpin::entry_state::resolved)
            resolved = {{"at", time_or_null(each.resolved_at)},
                        {"by", each.resolved_by},
                        {"why", each.resolved_why}};
        removals.push_back({{"id", each.id},
                            {"state", state_text(each)},
                            {"reserved_at", time_or_null(each.reserved_at)},
                            {"settled_at", time_or_null(each.settled_at)},
                            {"pools", pools},
                            {"actor", text_or_null(each.actor)},
                            {"reason", text_or_null(each.reason)},
                            {"process", each.process},
                            {"process_life", life_text(each)},
                            {"stands_for", each.removals},
                            {"resolved", resolved}});
    }
    return text_of({{"removals", removals}});
}

std::string headroom_as_json(const std::vector<pool_headroom>& pools) {
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const auto& each : pools) {
        nlohmann::ordered_json rules = nlohmann::ordered_json::array();
        for (const auto& rule : each.set_by)
            rules.push_back({{"rule", rule.stated}, {"where", text_or_null(rule.where)}});
        nlohmann::ordered_json wait;
        if (each.more_in) wait = in_seconds(*each.more_in);
        all.push_back({{"pool", each.pool},
                       {"size", each.now.size},
                       {"serving", each.now.available},
                       {"may_go", each.may_go},
                       {"set_by", rules},
                       {"more_in_s", wait},
                       {"more", text_or_null(each.more)}});
        if (!each.of_calls.empty()) all.back()["in_each_call"] = each.of_calls;
    }
    return text_of({{"pools", all}});
}

}  // namespace fleet
