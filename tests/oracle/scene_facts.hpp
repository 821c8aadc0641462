// SPDX-License-Identifier: BSL-1.0
// A scene of the oracle as the library sees it.
#pragma once

#include "scene.hpp"

#include <shearpin/history.hpp>
#include <shearpin/override.hpp>
#include <shearpin/request.hpp>
#include <shearpin/rules.hpp>

#include <cstdlib>
#include <memory>

namespace oracle {

inline shearpin::time_point time_of(i64 nanoseconds) {
    return shearpin::time_point::since_epoch(shearpin::duration::nanoseconds(nanoseconds));
}
inline shearpin::instant instant_of(i64 nanoseconds) { return {time_of(nanoseconds), {}, 0}; }

using grant = std::unique_ptr<const shearpin::override_grant>;

/// An override of the rules of this name.
inline grant grant_of(const std::string& rule, const shearpin::override_terms& terms) {
#define SHEARPIN_GRANT_OF(RULE) \
    if (rule == #RULE)          \
        return grant(new shearpin::override_grant(shearpin::override_once<shearpin::RULE>(terms)));
    SHEARPIN_GRANT_OF(min_remaining)
    SHEARPIN_GRANT_OF(max_unavailable)
    SHEARPIN_GRANT_OF(quorum)
    SHEARPIN_GRANT_OF(max_batch)
    SHEARPIN_GRANT_OF(max_targets)
    SHEARPIN_GRANT_OF(max_pools)
    SHEARPIN_GRANT_OF(max_rate)
    SHEARPIN_GRANT_OF(cooldown)
    SHEARPIN_GRANT_OF(max_in_flight)
    SHEARPIN_GRANT_OF(freeze)
    SHEARPIN_GRANT_OF(fresh_within)
    SHEARPIN_GRANT_OF(approvals)
    SHEARPIN_GRANT_OF(needs_expected)
#undef SHEARPIN_GRANT_OF
    std::abort();  // of no rule
}

/// Refers to itself, so it stays where it is.
class shown {
public:
    explicit shown(const scene& s) {
        for (const settled& each : s.removals) {
            running_ += shearpin::amounts::of(each.amount);
            removals_.push_back(
                {instant_of(each.at), shearpin::amounts::of(each.amount), running_});
        }
        for (const seen_size& each : s.sizes) sizes_.push_back({instant_of(each.at), each.size});
        shearpin::history::parts parts;
        parts.removals = removals_.data();
        parts.number = removals_.size();
        parts.sizes = sizes_.data();
        parts.sizes_number = sizes_.size();
        parts.open = shearpin::amounts::of(s.open);
        parts.now = instant_of(s.now);
        parts.has_forgotten = s.has_forgotten;
        if (s.has_forgotten) parts.forgotten_at = instant_of(s.forgotten_at);
        wide sum = s.open;
        parts.in_order = true;
        for (std::size_t at = 0; at != s.removals.size(); ++at) {
            sum += s.removals[at].amount;
            if (at != 0 && s.removals[at].at < s.removals[at - 1].at) parts.in_order = false;
        }
        if (sum > wide{no_limit}) parts.in_order = false;
        history_ = shearpin::history(parts);
        said_.actor = shearpin::spoken_word(s.actor);
        said_.approvers = shearpin::names(s.approvers);
        if (s.says_expected) said_.expected = shearpin::expectation(1);
        facts_.pool = {s.pool.size, s.pool.available};
        facts_.now = time_of(s.now);
        if (s.has_observed) facts_.observed_at = time_of(s.observed_at);
        facts_.complete = s.complete;
        if (s.has_ledger) facts_.history = &history_;
        if (s.has_words) facts_.request = &said_;
        for (const lift& each : s.lifts) {
            grants_.push_back(grant_of(each.rule, {.up_to = each.up_to}));
            lifted_.add(*grants_.back());
        }
        if (!s.lifts.empty()) facts_.lifted = &lifted_;
    }
    shown(const shown&) = delete;
    shown& operator=(const shown&) = delete;

    const shearpin::facts& facts() const { return facts_; }
    /// The same past with another pool.
    const shearpin::facts& with(world pool) {
        facts_.pool = {pool.size, pool.available};
        return facts_;
    }

private:
    std::vector<shearpin::past_removal> removals_;
    std::vector<shearpin::past_size> sizes_;
    shearpin::amounts running_{};
    shearpin::history history_;
    shearpin::request said_;
    std::vector<grant> grants_;
    shearpin::lifted_limits lifted_;
    shearpin::facts facts_;
};

}  // namespace oracle
