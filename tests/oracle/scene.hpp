// SPDX-License-Identifier: BSL-1.0
// All that a rule may look at, in plain numbers, and the limits of all rules once more, written
// from the table of the design in wider arithmetic. Shares no code with the library;
// scene_facts.hpp shows the library the same scene.
#pragma once

#include "../unit/oracle.hpp"

#include <cctype>
#include <ctime>
#include <set>
#include <string>
#include <vector>

namespace oracle {

using i64 = std::int64_t;
inline constexpr i64 second = 1'000'000'000;

struct settled {
    i64 at;  ///< nanoseconds since 1970
    u64 amount;
};
struct seen_size {
    i64 at;
    u64 size;
};
/// An override that is valid here and now: to what it lifts the limits of rules of this name.
struct lift {
    std::string rule;
    u64 up_to;
};

struct scene {
    world pool{};
    i64 now = 0;
    bool has_observed = false;
    i64 observed_at = 0;
    bool complete = true;
    bool has_ledger = true;
    u64 open = 0;
    std::vector<settled> removals;  ///< in the order in which they were settled
    std::vector<seen_size> sizes;
    bool has_forgotten = false;
    i64 forgotten_at = 0;
    bool has_words = false;
    bool says_expected = false;
    std::string actor;
    std::vector<std::string> approvers;
    std::vector<lift> lifts;
};

/// What is asked for, in each measure.
struct asked {
    u64 serving;
    u64 amount;
    u64 heads;
    u64 pools;
};

enum class form {
    floor_number,
    floor_share,
    floor_share_down,
    floor_peak,
    floor_peak_baseline,
    out_number,
    out_share,
    out_share_or,
    out_share_up,
    quorum_stays,
    quorum_shrinks,
    batch_number,
    batch_share,
    batch_share_or,
    batch_share_up,
    targets_number,
    targets_share,
    targets_share_or,
    targets_share_up,
    pools_number,
    rate_number,
    rate_share,
    rate_share_or,
    rate_share_up,
    cooldown,
    flight_number,
    flight_share,
    flight_share_or,
    flight_share_up,
    freeze_always,
    freeze_dates,
    freeze_weekly,
    fresh,
    approvals,
    expected,
    unlimited
};
inline constexpr int forms = static_cast<int>(form::unlimited) + 1;

/// A rule: its form, and numbers that mean what the form says.
struct rule {
    form what;
    u64 number = 0;  ///< a count; a baseline; people
    share part{0, 1};
    u64 least = 0;  ///< at_least; above
    i64 time = 0;   ///< a window, a rest, an age
    i64 from = 0;   ///< a freeze: seconds since 1970, or of the week from Monday on
    i64 until = 0;
    bool liftable = false;  ///< overridable(...)
};

/// A cap with at_least(...), of which there is none of 0.
inline bool has_least(form what) {
    return what == form::out_share_or || what == form::batch_share_or ||
           what == form::targets_share_or || what == form::rate_share_or ||
           what == form::flight_share_or;
}

inline std::string text(i64 nanoseconds) { return std::to_string(nanoseconds) + "ns"; }
inline std::string text(share part) {
    return std::to_string(part.over) + "/" + std::to_string(part.under);
}
inline std::string two(i64 number) { return (number < 10 ? "0" : "") + std::to_string(number); }
inline std::string moment(i64 seconds) {
    const std::time_t when = seconds;
    std::tm parts{};
    char written[40];
    std::strftime(written, sizeof written, "%Y-%m-%dT%H:%M:%SZ", gmtime_r(&when, &parts));
    return written;
}
inline std::string of_week(i64 seconds) {
    static const char* const days[] = {"mon ", "tue ", "wed ", "thu ", "fri ", "sat ", "sun "};
    return days[seconds / 86'400] + two(seconds / 3600 % 24) + ":" + two(seconds / 60 % 60) + ":" +
           two(seconds % 60);
}

inline std::string plain_text(const rule& r) {
    const std::string n = std::to_string(r.number);
    const std::string s = text(r.part);
    const std::string s_or = s + ", at_least(" + std::to_string(r.least) + ")";
    const std::string s_up = "round_up(" + s + ")";
    switch (r.what) {
        case form::floor_number:
            return "min_remaining(" + n + ")";
        case form::floor_share:
            return "min_remaining(" + s + ")";
        case form::floor_share_down:
            return "min_remaining(round_down(" + s + "))";
        case form::floor_peak:
            return "min_remaining(" + s + ", of_peak(" + text(r.time) + "))";
        case form::floor_peak_baseline:
            return "min_remaining(" + s + ", of_peak(" + text(r.time) + "), baseline(" + n + "))";
        case form::out_number:
            return "max_unavailable(" + n + ")";
        case form::out_share:
            return "max_unavailable(" + s + ")";
        case form::out_share_or:
            return "max_unavailable(" + s_or + ")";
        case form::out_share_up:
            return "max_unavailable(" + s_up + ")";
        case form::quorum_stays:
            return "quorum()";
        case form::quorum_shrinks:
            return "quorum(membership::shrinks)";
        case form::batch_number:
            return "max_batch(" + n + ")";
        case form::batch_share:
            return "max_batch(" + s + ")";
        case form::batch_share_or:
            return "max_batch(" + s_or + ")";
        case form::batch_share_up:
            return "max_batch(" + s_up + ")";
        case form::targets_number:
            return "max_targets(" + n + ")";
        case form::targets_share:
            return "max_targets(" + s + ")";
        case form::targets_share_or:
            return "max_targets(" + s_or + ")";
        case form::targets_share_up:
            return "max_targets(" + s_up + ")";
        case form::pools_number:
            return "max_pools(" + n + ")";
        case form::rate_number:
            return "max_rate(" + n + ", " + text(r.time) + ")";
        case form::rate_share:
            return "max_rate(" + s + ", " + text(r.time) + ")";
        case form::rate_share_or:
            return "max_rate(" + s_or + ", " + text(r.time) + ")";
        case form::rate_share_up:
            return "max_rate(" + s_up + ", " + text(r.time) + ")";
        case form::cooldown:
            return "cooldown(" + text(r.time) + ")";
        case form::flight_number:
            return "max_in_flight(" + n + ")";
        case form::flight_share:
            return "max_in_flight(" + s + ")";
        case form::flight_share_or:
            return "max_in_flight(" + s_or + ")";
        case form::flight_share_up:
            return "max_in_flight(" + s_up + ")";
        case form::freeze_always:
            return "freeze()";
        case form::freeze_dates:
            return "freeze(" + moment(r.from) + ", " + moment(r.until) + ")";
        case form::freeze_weekly:
            return "freeze(" + of_week(r.from) + ", " + of_week(r.until) + ")";
        case form::fresh:
            return "fresh_within(" + text(r.time) + ")";
        case form::approvals:
            return "approvals(" + n + ", above(" + std::to_string(r.least) + "))";
        case form::expected:
            return "needs_expected()";
        case form::unlimited:
            return "unlimited";
    }
    return "";
}
/// As the grammar of policies has it.
inline std::string text(const rule& r) {
    return r.liftable ? "overridable(" + plain_text(r) + ")" : plain_text(r);
}
/// Two rules of one name do not stand in one policy.
inline const std::string& name(form what) {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> names;
        for (int each = 0; each != forms; ++each) {
            const std::string whole = text(rule{.what = form(each), .part = {1, 2}});
            names.push_back(whole.substr(0, whole.find('(')));
        }
        return names;
    }();
    return all[static_cast<std::size_t>(what)];
}

/// "Age is ...; entries from the future have age 0".
inline wide age(const scene& s, i64 then) {
    return wide{s.now} > wide{then} ? wide{s.now} - wide{then} : 0;
}

/// R(w): all open permits, and what was settled in the last w, half-open.
inline wide removed_within(const scene& s, i64 window) {
    wide sum = s.open;
    for (const settled& each : s.removals)
        if (age(s, each.at) < window) sum += each.amount;
    return sum;
}
inline bool remembers(const scene& s, i64 window) {
    return s.has_ledger && !(s.has_forgotten && age(s, s.forgotten_at) < window);
}

inline std::string one_name(const std::string& said) {
    std::string kept;
    const std::size_t first = said.find_first_not_of(" \t");
    if (first == std::string::npos) return kept;
    for (std::size_t at = first; at <= said.find_last_not_of(" \t"); ++at)
        kept += static_cast<char>(std::tolower(static_cast<unsigned char>(said[at])));
    return kept;
}
/// Distinct approvers, none of them the actor; where nobody says who the actor is, none.
inline u64 agreed(const scene& s) {
    if (!s.has_words || one_name(s.actor).empty()) return 0;
    std::set<std::string> people;
    for (const std::string& each : s.approvers)
        if (!one_name(each).empty() && one_name(each) != one_name(s.actor))
            people.insert(one_name(each));
    return people.size();
}

inline bool is_frozen(const scene& s, const rule& r) {
    if (r.what == form::freeze_always) return true;
    if (r.what == form::freeze_dates)
        return wide{s.now} >= wide{r.from} * second && wide{s.now} < wide{r.until} * second;
    // The calendar of the C library says which day of the week it is.
    i64 whole = s.now / second - (s.now % second < 0 ? 1 : 0);
    const std::time_t when = whole;
    std::tm parts{};
    gmtime_r(&when, &parts);
    const i64 of_the_week =
        ((parts.tm_wday + 6) % 7 * 24 + parts.tm_hour) * 3600 + parts.tm_min * 60 + parts.tm_sec;
    if (r.from < r.until) return of_the_week >= r.from && of_the_week < r.until;
    return of_the_week >= r.from || of_the_week < r.until;
}

inline u64 peak_floor(const scene& s, const rule& r) {
    if (!remembers(s, r.time)) return 0;
    u64 size = s.pool.size;
    if (s.sizes.empty()) {
        if (r.what == form::floor_peak || r.number == 0) return 0;
        if (size < r.number) size = r.number;
    }
    for (const seen_size& each : s.sizes)
        if (age(s, each.at) < r.time && size < each.size) size = each.size;
    return min_remaining(s.pool, ceiling_of(r.part, size));
}

/// What a cap comes to, written as a number or as a share of the pool's size.
inline u64 cap_of(const scene& s, const rule& r) {
    const u64 down = static_cast<u64>(floor_of(r.part, s.pool.size));
    switch (r.what) {
        case form::out_number:
        case form::batch_number:
        case form::targets_number:
        case form::pools_number:
        case form::rate_number:
        case form::flight_number:
            return r.number;
        case form::out_share_up:
        case form::batch_share_up:
        case form::targets_share_up:
        case form::rate_share_up:
        case form::flight_share_up:
            return static_cast<u64>(ceiling_of(r.part, s.pool.size));
        default:
            return has_least(r.what) && down < r.least ? r.least : down;
    }
}

/// The limit of a rule to which no override is given.
inline u64 own_limit(const scene& s, const rule& r) {
    switch (r.what) {
        case form::floor_number:
            return min_remaining(s.pool, r.number);
        case form::floor_share:
            return min_remaining(s.pool, ceiling_of(r.part, s.pool.size));
        case form::floor_share_down:
            return min_remaining(s.pool, floor_of(r.part, s.pool.size));
        case form::floor_peak:
        case form::floor_peak_baseline:
            return peak_floor(s, r);
        case form::out_number:
        case form::out_share:
        case form::out_share_or:
        case form::out_share_up:
            return max_unavailable(s.pool, cap_of(s, r));
        case form::quorum_stays:
            return quorum(s.pool);
        case form::quorum_shrinks:
            return quorum_of_what_is_left(s.pool);
        case form::batch_number:
        case form::batch_share:
        case form::batch_share_or:
        case form::batch_share_up:
        case form::targets_number:
        case form::targets_share:
        case form::targets_share_or:
        case form::targets_share_up:
        case form::pools_number:
            return cap_of(s, r);
        case form::rate_number:
        case form::rate_share:
        case form::rate_share_or:
        case form::rate_share_up:
            if (!remembers(s, r.time)) return 0;
            return saturated(wide{cap_of(s, r)} - removed_within(s, r.time));
        case form::cooldown: {
            if (!s.has_ledger || s.open != 0) return 0;
            bool rested = !(s.has_forgotten && age(s, s.forgotten_at) < r.time);
            for (const settled& each : s.removals) rested = rested && age(s, each.at) >= r.time;
            return rested ? no_limit : 0;
        }
        case form::flight_number:
        case form::flight_share:
        case form::flight_share_or:
        case form::flight_share_up:
            if (!s.has_ledger) return 0;
            return saturated(wide{cap_of(s, r)} - wide{s.open});
        case form::freeze_always:
        case form::freeze_dates:
        case form::freeze_weekly:
            return is_frozen(s, r) ? 0 : no_limit;
        case form::fresh: {
            if (!s.complete || !s.has_observed) return 0;
            const wide apart = wide{s.now} - wide{s.observed_at};
            // As far in the future is another clock.
            return (apart < 0 ? -apart : apart) <= r.time ? no_limit : 0;
        }
        case form::approvals:
            return agreed(s) >= r.number ? no_limit : r.least;
        case form::expected:
            return s.has_words && s.says_expected ? no_limit : 0;
        case form::unlimited:
            return no_limit;
    }
    return 0;
}

/// "Up to what an override lifts, its own limit holds", and of an overridable rule alone.
inline u64 limit(const scene& s, const rule& r) {
    u64 highest = own_limit(s, r);
    if (r.liftable)
        for (const lift& each : s.lifts)
            if (highest < each.up_to && each.rule == name(r.what)) highest = each.up_to;
    return highest;
}

/// What of it a rule's limit is compared with.
inline u64 measured(const asked& what, form by) {
    const std::string& called = name(by);
    if (called == "min_remaining" || called == "max_unavailable" || called == "quorum")
        return what.serving;
    if (called == "max_targets" || called == "needs_expected") return what.heads;
    if (called == "max_pools") return what.pools;
    return what.amount;
}

}  // namespace oracle
