// SPDX-License-Identifier: BSL-1.0
#include "incident_guards.hpp"

#include <shearpin/policy_text.hpp>
#include <shearpin/prune.hpp>

#include <chrono>
#include <utility>

namespace replay {

namespace {

using namespace shearpin::literals;

shearpin::pool whole(const incident_row& row) {
    return {row.number(row.total), row.number(row.total)};
}

/// "max_batch" of "max_batch(5)".
std::string_view rule_in(std::string_view text) { return text.substr(0, text.find('(')); }

/// Whether the call was refused, by this rule and by no other. One that was refused and ran, or the
/// other way round, would be no guard at all.
template <class Outcome>
bool was_refused(const incident_row& row, const Outcome& outcome, bool has_run,
                 std::string_view rule) {
    if (outcome.has_value() != has_run)
        bad_case(row.where, "the removal did another thing than the guard said");
    if (outcome.has_value()) return false;
    for (const shearpin::violation& each : outcome.error().violations())
        if (each.rule() != rule)
            bad_case(row.where, "refused for another reason than " + std::string(rule) + ":\n" +
                                    std::string(outcome.error().message()));
    return true;
}

/// All that was removed, in one call.
bool refuses_amount(const incident_row& row, const std::string& text) {
    const auto read = shearpin::parse_policy(text);
    if (!read.has_value()) bad_case(row.where, read.error().in_file(row.id));
    bool has_run = false;
    const shearpin::pool there = whole(row);
    const auto remove =
        shearpin::guard(read.value(), [&](count) { has_run = true; }, [&] { return there; });
    const auto outcome = remove.try_call(row.number(row.actual));
    return was_refused(row, outcome, has_run, rule_in(text));
}
bool refuses_more_than_one_less(const incident_row& row) {
    return refuses_amount(row, "max_batch(" + std::to_string(row.number(row.actual) - 1) + ")");
}

/// As many as were meant are expected, and others selected.
bool refuses_other_number(const incident_row& row, count expected) {
    constexpr static shearpin::policy policy{shearpin::needs_expected()};
    bool has_run = false;
    const shearpin::pool there = whole(row);
    const auto remove =
        shearpin::guard<policy>([&](count) { has_run = true; }, [&] { return there; });
    const auto outcome = remove.asking({.expected = expected}).try_call(row.number(row.actual));
    return was_refused(row, outcome, has_run, "unexpected_number");
}
bool refuses_unexpected(const incident_row& row) {
    return refuses_other_number(row, row.number(row.intended));
}

struct target {
    count id;
    friend auto operator<=>(const target&, const target&) = default;
};
struct other_target {
    count id;
};
template <class T> std::vector<T> numbered(count how_many) {
    std::vector<T> made;
    for (count id = 0; id != how_many; ++id) made.push_back({id});
    return made;
}

/// What the members of an inventory have in common here.
struct inventory {
    shearpin::pool there;
    [[nodiscard]] bool contains(const target&) const { return true; }
    [[nodiscard]] std::vector<std::string_view> pools_of(const target&) const { return {"all"}; }
    [[nodiscard]] shearpin::pool state(std::string_view) const { return there; }
};
struct with_a_protected_one : inventory {
    [[nodiscard]] bool is_protected(const target& which) const { return which.id == 0; }
};
/// The credential is also all that production has.
struct with_dependents : inventory {
    [[nodiscard]] std::vector<std::string_view> pools_of(const target&) const {
        return {"credentials", "production"};
    }
};
/// Each of those that were removed carries as much as all the others over their number, so that
/// together they carry a half.
struct with_weights : inventory {
    count heavy;
    count others;
    [[nodiscard]] count weight_of(const target&, std::string_view) const { return others; }
    [[nodiscard]] shearpin::pool state(std::string_view) const {
        return {heavy * others * 2, heavy * others * 2};
    }
};

template <const auto& Policy, class World>
bool refuses_targets(const incident_row& row, const World& world, std::string_view rule) {
    bool has_run = false;
    const auto remove =
        shearpin::guard<Policy>([&](const std::vector<target>&) { has_run = true; }, world);
    const auto outcome = remove.try_call(numbered<target>(row.number(row.actual)));
    return was_refused(row, outcome, has_run, rule);
}

constexpr shearpin::policy no_limit{shearpin::unlimited};
bool refuses_protected(const incident_row& row) {
    return refuses_targets<no_limit>(row, with_a_protected_one{{whole(row)}}, "protected_target");
}
bool refuses_dependents(const incident_row& row) {
    constexpr static shearpin::policies both{
        shearpin::for_pool("credentials", shearpin::unlimited),
        shearpin::for_pool("production", shearpin::min_remaining(1))};
    return refuses_targets<both>(row, with_dependents{{whole(row)}}, "min_remaining");
}
bool refuses_weight(const incident_row& row) {
    constexpr static shearpin::policy floor{shearpin::min_remaining(90_pct)};
    const count heavy = row.number(row.actual);
    return refuses_targets<floor>(row, with_weights{{}, heavy, row.number(row.total) - heavy},
                                  "min_remaining");
}

/// Ids of one kind are given where those of another are meant, and the call takes both.
bool refuses_other_kind(const incident_row& row) {
    const std::vector<other_target> meant = numbered<other_target>(row.number(row.actual));
    bool has_run = false;
    const auto remove = shearpin::guard<no_limit>(
        [&](const std::vector<target>&) { has_run = true; }, inventory{whole(row)});
    const auto outcome =
        remove.asking({.expected = meant}).try_call(numbered<target>(row.number(row.actual)));
    return was_refused(row, outcome, has_run, "expectation_of_another_kind");
}

/// What is in no list is removed, and the list came empty.
bool refuses_empty_list(const incident_row& row) {
    const std::vector<target> there = numbered<target>(row.number(row.actual));
    const std::vector<target> listed;
    bool has_run = false;
    const auto prune = shearpin::prune_guard<no_limit>(
        [&](const std::vector<target>&) { has_run = true; }, [&] { return there; });
    const auto outcome = prune.try_call(shearpin::complete_listing(listed));
    return was_refused(row, outcome, has_run, "empty_listing");
}

/// A policy that takes this reading of the world for what it is, and no more than that.
template <const auto& Policy>
bool refuses_reading(const incident_row& row, const shearpin::observation& seen,
                     const shearpin::manual_clock& clock, std::string_view rule) {
    bool has_run = false;
    const auto remove =
        shearpin::guard<Policy>([&](count) { has_run = true; }, [&] { return seen; })
            .with_clock(clock);
    const auto outcome = remove.try_call(row.number(row.actual));
    return was_refused(row, outcome, has_run, rule);
}
/// A copy of which nobody knows how old it is; the same, taken now, would have passed.
bool refuses_undated(const incident_row& row) {
    constexpr static shearpin::policy policy{shearpin::fresh_within(std::chrono::hours(24))};
    const shearpin::manual_clock clock;
    shearpin::observation seen{.pool = whole(row), .complete = true};
    const bool refused = refuses_reading<policy>(row, seen, clock, "fresh_within");
    seen.observed_at = clock.now();
    return refused && !refuses_reading<policy>(row, seen, clock, "fresh_within");
}
/// A listing that has not all come yet; a whole one would have passed.
bool refuses_incomplete(const incident_row& row) {
    const shearpin::manual_clock clock;
    shearpin::observation seen{.pool = whole(row), .observed_at = clock.now()};
    const bool refused = refuses_reading<no_limit>(row, seen, clock, "incomplete_observation");
    seen.complete = true;
    return refused && !refuses_reading<no_limit>(row, seen, clock, "incomplete_observation");
}

/// The person who removes it has approved it.
bool refuses_own_approval(const incident_row& row) {
    constexpr static shearpin::policy policy{shearpin::approvals(1, shearpin::above(0))};
    bool has_run = false;
    const shearpin::pool there = whole(row);
    const auto remove =
        shearpin::guard<policy>([&](count) { has_run = true; }, [&] { return there; });
    const auto outcome =
        remove.asking({.actor = "ann", .approvers = {"ann"}}).try_call(row.number(row.actual));
    return was_refused(row, outcome, has_run, "approvals");
}

/// One by one over the window, none coming back: the first that is refused, counted from 1; 0
/// where none is.
count first_refused(const incident_row& row, const std::string& text) {
    const auto read = shearpin::parse_policy(text);
    if (!read.has_value()) bad_case(row.where, read.error().in_file(row.id));
    shearpin::manual_clock clock;
    shearpin::ledger ledger{shearpin::memory_store{}};
    shearpin::pool there = whole(row);
    bool has_run = false;
    const auto remove_one = [&](count) {
        --there.available;
        has_run = true;
    };
    const auto remove = shearpin::guard(read.value(), remove_one, [&] { return there; })
                            .with_ledger(ledger, "all")
                            .with_clock(clock);
    const count steps = row.number(row.actual);
    const std::chrono::milliseconds pause(row.number(row.window) * 1000 / steps);
    for (count step = 1; step <= steps; ++step) {
        has_run = false;
        const auto outcome = remove.try_call(count{1});
        if (was_refused(row, outcome, has_run, rule_in(text))) return step;
        clock.advance(pause);
    }
    return 0;
}
bool refuses_rate(const incident_row& row) {
    const std::string most = std::to_string(row.number(row.actual) - 1);
    return first_refused(row, "max_rate(" + most + ", " + row.window + "s)") != 0;
}

/// The file's words say that seven were declared, and two of them went.
bool refuses_declared_voters(const incident_row& row) {
    constexpr static shearpin::policy policy{shearpin::quorum()};
    bool has_run = false;
    const auto remove = shearpin::guard<policy>([&](count) { has_run = true; },
                                                [] { return shearpin::pool{7, 7}; });
    const auto outcome = remove.try_call(count{2});
    return was_refused(row, outcome, has_run, "quorum");
}

/// A call about the server: one of one, whatever lies on it.
bool refuses_one_server(const incident_row& row) {
    constexpr static shearpin::policy policy{shearpin::max_batch(1)};
    bool has_run = false;
    const auto remove = shearpin::guard<policy>([&](count) { has_run = true; },
                                                [] { return shearpin::pool{1, 1}; });
    const auto outcome = remove.try_call(count{1});
    return was_refused(row, outcome, has_run, "max_batch");
}

constexpr auto floor_1 = [](const incident_row& row) {
    return refuses_amount(row, "min_remaining(1%)");
};
constexpr auto floor_50 = [](const incident_row& row) {
    return refuses_amount(row, "min_remaining(50%)");
};
constexpr auto floor_90 = [](const incident_row& row) {
    return refuses_amount(row, "min_remaining(90%)");
};
constexpr auto floor_99 = [](const incident_row& row) {
    return refuses_amount(row, "min_remaining(99%)");
};
constexpr auto one_at_once = [](const incident_row& row) {
    return refuses_amount(row, "max_batch(1)");
};

}  // namespace

const std::vector<incident_guard>& incident_guards() {
    static const std::vector<incident_guard> all{
        {"ATLASSIAN-2022", "resource kind (proposed)", "expected ids of another kind",
         refuses_other_kind},
        {"ATLASSIAN-2022", "max_batch<883", "max_batch(882)", refuses_more_than_one_less},
        {"ATLASSIAN-2022", "max_rate", "max_rate(882, 1380s), one by one", refuses_rate},
        {"ATLASSIAN-2022", "min_fraction any", "min_remaining(99%)", floor_99},
        {"ATLASSIAN-2022", "intent_match on count", "expected 883",
         [](const incident_row& row) { return refuses_other_number(row, row.number(row.actual)); }},
        {"AZDO-2023", "protected", "is_protected(a database)", refuses_protected},
        {"AZDO-2023", "min_fraction with cascade", "min_remaining(1%) of the databases", floor_1},
        {"AZDO-2023", "intent_match with cascade", "expected 0 of the databases",
         refuses_unexpected},
        {"AZDO-2023", "max_batch on servers (1)", "max_batch(1) of the servers",
         refuses_one_server},
        {"SPOTIFY-2018B", "min_fraction 0.5", "min_remaining(50%)", floor_50},
        {"SPOTIFY-2018B", "protected", "is_protected(a cluster)", refuses_protected},
        {"WMF-2020", "min_fraction 0.5 at the 5th host", "min_remaining(50%), one by one",
         [](const incident_row& row) { return first_refused(row, "min_remaining(50%)") == 5; }},
        {"WMF-2020", "0.66 at the 3rd", "min_remaining(66%), one by one",
         [](const incident_row& row) { return first_refused(row, "min_remaining(66%)") == 3; }},
        {"WMF-2020", "max_batch 1", "max_batch(1), one by one",
         [](const incident_row& row) { return first_refused(row, "max_batch(1)") != 0; }},
        {"WMF-2020", "max_rate 1 per hour", "max_rate(1, 1h), one by one",
         [](const incident_row& row) { return first_refused(row, "max_rate(1, 1h)") != 0; }},
        {"WMF-2024", "protected active master", "is_protected(a master)", refuses_protected},
        {"WMF-2024", "quorum on live voters", "how many voters were live is not published"},
        {"WMF-2024", "min_fraction 0.5", "min_remaining(50%)", floor_50},
        {"WMF-2024", "quorum on declared list (7-2=5>=4)", "quorum() of the 7 declared, of which 2",
         refuses_declared_voters},
        {"SKYSCANNER-2021", "selector", "an empty list prunes nothing", refuses_empty_list},
        {"SKYSCANNER-2021", "min_fraction", "min_remaining(1%)", floor_1},
        {"SKYSCANNER-2021", "intent_match", "expected 0", refuses_unexpected},
        {"KPMG-2020", "intent_match", "expected 1", refuses_unexpected},
        {"KPMG-2020", "max_batch", "max_batch(144999)", refuses_more_than_one_less},
        {"KPMG-2020", "min_fraction", "min_remaining(1%)", floor_1},
        {"123REG-2016", "selector (zero records)", "an empty list prunes nothing",
         refuses_empty_list},
        {"123REG-2016", "max_batch<67", "max_batch(66)", refuses_more_than_one_less},
        {"123REG-2016", "min_fraction any", "min_remaining(99%)", floor_99},
        {"CBA-2012", "protected servers if listed", "is_protected(a server)", refuses_protected},
        {"GMUSIC-2012", "stale_inventory", "fresh_within(24h), and the copy has no date",
         refuses_undated},
        {"GOOG-DISKERASE-2014", "selector", "an empty list prunes nothing", refuses_empty_list},
        {"GOOG-DISKERASE-2014", "max_batch", "how many there were is not published"},
        {"GOOG-DISKERASE-2014", "max_rate", "how many there were is not published"},
        {"CA-446", "stale_inventory", "an observation that is not complete", refuses_incomplete},
        {"CA-446", "min_fraction", "min_remaining(1%)", floor_1},
        {"CA-446", "max_batch 10", "how many there were is not published"},
        {"VERTIS-2012", "max_batch<600", "max_batch(599)", refuses_more_than_one_less},
        {"AWS-S3-2017", "dependents_floor",
         "how many there were, and how many were removed, is not published"},
        {"AWS-S3-2017", "max_rate", "how many were removed is not published"},
        {"CF-R2-2025A", "protected", "is_protected(the gateway)", refuses_protected},
        {"CF-R2-2025A", "two_person", "approvals(1, above(0)), approved by the actor",
         refuses_own_approval},
        {"CF-R2-2025A", "resource kind", "expected ids of another kind", refuses_other_kind},
        {"CF-R2-2025A", "max_batch 1", "max_batch(1)", one_at_once},
        {"CF-R2-2025B", "min_count 1", "min_remaining(1)",
         [](const incident_row& row) { return refuses_amount(row, "min_remaining(1)"); }},
        {"CF-R2-2025B", "dependents_floor", "min_remaining(1) of the pool production",
         refuses_dependents},
        {"CF-R2-2025B", "max_batch 1", "max_batch(1)", one_at_once},
        {"CF-2022", "weighted floor (19 carry 50 % of requests)", "min_remaining(90%), weight_of",
         refuses_weight},
        {"CF-2022", "min_fraction 0.9 by count", "min_remaining(90%)", floor_90},
    };
    return all;
}

}  // namespace replay
