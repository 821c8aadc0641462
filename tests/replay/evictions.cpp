// SPDX-License-Identifier: BSL-1.0
// The eviction of one pod by Kubernetes' API. The budget has been computed; pods that do not serve
// use none of it. A pod is named with the version in which it was seen, as the API deletes it only
// in that version.
#include <limits>

#include "peers.hpp"

namespace replay {

namespace {

struct pod {
    std::string name;
    count version;
    friend auto operator<=>(const pod&, const pod&) = default;
};

/// The pod as it is now, and the pods of its budget.
struct cluster {
    pod now{"web-1", 1};
    bool serves = true;
    bool in_budget = true;
    shearpin::pool healthy;

    [[nodiscard]] bool contains(const pod& which) const { return which == now; }
    [[nodiscard]] bool is_available(const pod&) const { return serves; }
    [[nodiscard]] std::vector<std::string_view> pools_of(const pod&) const {
        return {in_budget ? "budget" : "elsewhere"};
    }
    [[nodiscard]] shearpin::pool state(std::string_view which) const {
        return which == "budget" ? healthy : shearpin::pool{1, 1};
    }
};

struct deletion_failed {};

/// A call that asks for the eviction, and all that happens around it.
struct eviction {
    cluster world;
    count desired = 1;
    bool pending = false;
    bool turns_running = false;  ///< at the first change
    count changes = 0;           ///< of the pod, each between the look at it and the call
    bool dry_run = false;
    bool names_another = false;
    bool precondition_is_stale = false;
    bool deletion_fails = false;
};

bool refused_for(const shearpin::refusal& why, std::string_view rule) {
    for (const shearpin::violation& each : why.violations())
        if (each.rule() == rule) return true;
    return false;
}

/// Says whether the pod is evicted; or, of a dry run, whether it would be.
bool evicts(eviction how) {
    cluster& world = how.world;
    bool evicted = false;
    auto remove = shearpin::guard(
        shearpin::policies{
            shearpin::for_pool("budget", *shearpin::min_remaining::from(how.desired)),
            shearpin::for_pool("elsewhere", shearpin::unlimited)},
        [&](const std::vector<pod>&) {
            if (how.deletion_fails) throw deletion_failed();
            evicted = true;
        },
        world);
    // Kubernetes, too, tries so often.
    for (int tries = 0; tries != 20; ++tries) {
        std::vector<pod> seen{world.now};
        if (how.precondition_is_stale) --seen[0].version;
        const std::vector<pod> named = how.names_another ? std::vector<pod>{{"web-2", 1}} : seen;
        const auto asked = remove.asking({.expected = named});
        if (how.dry_run) return asked.check(seen).admitted();
        if (how.changes != 0) {
            --how.changes;
            ++world.now.version;
            if (how.turns_running) {
                how.pending = false;
                world.serves = true;
            }
        }
        const bool was_pending = how.pending || how.turns_running;
        try {
            const auto outcome = asked.try_call(seen);
            if (outcome.has_value()) return evicted;
            // A caller who names the version himself means that one; and one that may have become
            // healthy is not tried again.
            if (how.precondition_is_stale || !was_pending ||
                !refused_for(outcome.error(), "unknown_target"))
                return false;
        } catch (const deletion_failed&) {
            return false;
        }
    }
    return false;
}

bool yes(const peer_row& row, const std::string& word) {
    if (word != "true" && word != "false")
        bad_case(row.where, "\"" + word + "\" is neither true nor false");
    return word == "true";
}

outcome evict(const peer_row& row) {
    const auto said = row.words({"disruptionsAllowed", "phase", "matches", "nameMismatch", "dryRun",
                                 "conflicts", "userPrecondition", "terminating", "currentHealthy",
                                 "desiredHealthy", "podReady", "deleteError"});
    const auto word = [&](const char* name, const char* otherwise) {
        const auto found = said.find(name);
        return found == said.end() ? std::string(otherwise) : found->second;
    };
    const auto is = [&](const char* name, const char* otherwise) {
        return yes(row, word(name, otherwise));
    };
    if (row.number(row.requested) != 1) bad_case(row.where, "an eviction is of one pod");

    eviction how;
    how.desired = row.number(word("desiredHealthy", "1"));
    const count allowed = row.number(word("disruptionsAllowed", "0"));
    const std::string current = word("currentHealthy", "");
    const count healthy = current.empty() ? how.desired + allowed : row.number(current);
    if (healthy != how.desired + allowed)
        bad_case(row.where, "disruptionsAllowed is not what the healthy pods come to");

    const std::string phase = word("phase", "Running");
    how.turns_running = phase == "Pending->Running";
    how.pending = phase == "Pending" || how.turns_running;
    const bool ended = phase == "Succeeded" || phase == "Failed";
    if (!how.pending && !ended && phase != "Running")
        bad_case(row.where, "the phase \"" + phase + "\" is not known");
    how.world.serves = phase == "Running" && is("podReady", "true") && !is("terminating", "false");
    how.world.in_budget = is("matches", "true");
    how.world.healthy = {healthy, healthy};

    const std::string conflicts = word("conflicts", how.turns_running ? "1" : "0");
    how.changes = conflicts == "inf" ? std::numeric_limits<count>::max() : row.number(conflicts);
    how.names_another = is("nameMismatch", "false");
    how.dry_run = is("dryRun", "false");
    how.deletion_fails = is("deleteError", "false");
    const std::string precondition = word("userPrecondition", "");
    if (!precondition.empty() && precondition != "stale")
        bad_case(row.where, "the precondition \"" + precondition + "\" is not known");
    how.precondition_is_stale = !precondition.empty();
    return outcome::admitted(evicts(how));
}

/// How much is left of a budget while one eviction is granted and nobody has seen it yet.
outcome left_after_one(const peer_row& row) {
    const count allowed = row.number(row.words({"disruptionsAllowed"})["disruptionsAllowed"]);
    constexpr static shearpin::policy budget{shearpin::min_remaining(1)};
    shearpin::ledger ledger{shearpin::memory_store{}};
    const auto evict_some =
        shearpin::guard<budget>([](count) {},
                                [&] { return shearpin::pool{allowed + 1, allowed + 1}; })
            .with_ledger(ledger, "budget");
    auto granted = evict_some.reserve(row.number(row.requested));
    if (!granted) return outcome::admitted(false);
    const shearpin::decision more = evict_some.check(allowed + 2);
    if (more.admitted()) return outcome::admitted(true);
    const count left = more.why().max_removable();
    return std::move(*granted).settle().empty() ? outcome::of(left) : outcome::admitted(false);
}

}  // namespace

std::vector<peer_rule> eviction_rules() {
    return {
        {.name = "k8s.evict",
         .policy = "min_remaining(desiredHealthy), is_available(pod), and the versioned pod",
         .says = evict},
        {.name = "k8s.evict.after",
         .policy = "min_remaining(n) with a ledger, after reserve(1)",
         .says = left_after_one},
    };
}

}  // namespace replay
