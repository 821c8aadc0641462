// SPDX-License-Identifier: BSL-1.0
// What the tests of policies as text share: rules and policies of all kinds, at random.
#pragma once

#include <shearpin/override.hpp>
#include <shearpin/policy_text.hpp>
#include <shearpin/request.hpp>

#include "support.hpp"

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace policy_texts {

using shearpin::detail::rule_kind;
using shearpin::detail::stated_rule;
using shearpin::detail::threshold;

/// The policy of these rules, as if it had been read.
inline shearpin::read_policy made_of(const std::vector<stated_rule>& rules) {
    shearpin::detail::read_rules all;
    for (const stated_rule& each : rules) all.add(each);
    return shearpin::read_policy(all);
}

/// All forms that a rule of the library can take, with numbers up to `most`.
class any_rules {
public:
    any_rules(std::uint64_t seed, std::uint64_t most) : random_(seed), most_(most) {}

    std::uint64_t up_to(std::uint64_t last) {
        return last == ~std::uint64_t{0} ? random_() : random_() % (last + 1);
    }

    stated_rule any_rule() {
        stated_rule made = plain_rule(static_cast<rule_kind>(up_to(13)));
        made.liftable = up_to(5) == 0;
        return made;
    }
    stated_rule plain_rule(rule_kind kind) {
        stated_rule made{.kind = kind};
        switch (kind) {
            case rule_kind::min_remaining:
                made.limit = limit(threshold::rounding::up);
                if (made.limit.is_share() && made.limit.rounds_up() && up_to(2) == 0) {
                    made.time = length();
                    if (up_to(1) == 0) made.number = 1 + up_to(most_ - 1);
                }
                break;
            case rule_kind::max_unavailable:
            case rule_kind::max_batch:
            case rule_kind::max_targets:
            case rule_kind::max_in_flight:
                made.limit = cap();
                break;
            case rule_kind::max_rate:
                made.limit = cap();
                made.time = length();
                break;
            case rule_kind::max_pools:
                made.limit = threshold::number(number());
                break;
            case rule_kind::cooldown:
            case rule_kind::fresh_within:
                made.time = length();
                break;
            case rule_kind::quorum:
                made.shrinks = up_to(1) == 0;
                break;
            case rule_kind::freeze:
                made.closed = window();
                break;
            case rule_kind::approvals:
                made.number = 1 + up_to(7);
                made.limit = threshold::number(number());
                break;
            case rule_kind::needs_expected:
            case rule_kind::unlimited:
                break;
        }
        return made;
    }
    /// Rules that a guard takes beside one another.
    std::vector<stated_rule> any_policy(std::size_t at_most) {
        std::vector<stated_rule> rules;
        for (std::size_t left = 1 + up_to(at_most - 1); left != 0; --left) {
            const stated_rule next = any_rule();
            bool fits = true;
            for (const stated_rule& each : rules)
                if (shearpin::detail::says_the_same_kind(each, next) ||
                    shearpin::detail::is_plainly_unlimited(each) ||
                    shearpin::detail::is_plainly_unlimited(next))
                    fits = false;
            if (fits) rules.push_back(next);
        }
        return rules;
    }

    std::uint64_t number() {
        return most_ < 1000 ? up_to(most_) : (random_() >> up_to(63)) & shearpin::largest_count;
    }
    shearpin::fraction share() {
        if (most_ < 1000) {
            const std::uint64_t under = 1 + up_to(4);
            return *shearpin::fraction::from(up_to(under), under);
        }
        const std::uint64_t under =
            up_to(2) == 0 ? 100 : ((random_() & 0xffff'ffff) >> up_to(31)) | 1;
        return *shearpin::fraction::from(up_to(under), under);
    }
    threshold limit(threshold::rounding safe_side) {
        if (up_to(1) == 0) return threshold::number(number());
        const bool turned = up_to(4) == 0;
        const bool up = (safe_side == threshold::rounding::up) != turned;
        return threshold::share(share(), up ? threshold::rounding::up : threshold::rounding::down);
    }
    threshold cap() {
        threshold made = limit(threshold::rounding::down);
        if (made.is_share() && !made.rounds_up() && up_to(2) == 0)
            made = threshold::share(made.share(), threshold::rounding::down, 1 + up_to(most_ - 1));
        return made;
    }
    shearpin::duration length() {
        if (most_ < 1000)
            return shearpin::duration::seconds(1 + static_cast<std::int64_t>(up_to(4)));
        const auto any = static_cast<std::int64_t>(random_() >> (1 + up_to(62)));
        constexpr std::int64_t units[] = {1, 1'000'000'000, 60'000'000'000, 3'600'000'000'000};
        const std::int64_t unit = units[up_to(3)];
        return shearpin::duration::nanoseconds(any < unit ? unit : any - any % unit);
    }
    shearpin::window window() {
        using shearpin::duration;
        if (up_to(5) == 0) return shearpin::window::always();
        constexpr std::int64_t parts[] = {86'400'000'000'000, 3'600'000'000'000, 60'000'000'000,
                                          1'000'000'000,      1'000'000,         1};
        if (up_to(1) == 0) {
            const auto time = [&] {
                const std::int64_t part = parts[1 + up_to(4)];
                return duration::nanoseconds(
                    static_cast<std::int64_t>(
                        up_to(static_cast<std::uint64_t>(86'400'000'000'000 / part))) *
                    part);
            };
            return *shearpin::window::read(static_cast<shearpin::weekday>(up_to(6)), time(),
                                           static_cast<shearpin::weekday>(up_to(6)), time());
        }
        const std::int64_t part = parts[up_to(5)];
        const auto moment = [&] {
            const auto any = static_cast<std::int64_t>(random_());
            return shearpin::time_point::since_epoch(duration::nanoseconds(any - any % part));
        };
        shearpin::time_point first = moment();
        shearpin::time_point after = moment();
        while (first == after) after = moment();
        if (after < first) std::swap(first, after);
        return *shearpin::window::read(first, after);
    }

private:
    std::mt19937_64 random_;
    std::uint64_t most_;
};

/// All that rules may look at, at random: what a ledger remembers, what a person says, the time.
/// Small worlds have few different values, so that limits are met exactly.
class any_facts {
public:
    any_facts(std::uint64_t seed, std::uint64_t most) : random_(seed, most), most_(most) {}

    /// Made anew; refers to this object.
    const shearpin::facts& next() {
        using shearpin::duration, shearpin::time_point;
        const auto count = [&] { return random_.up_to(most_ < 1000 ? most_ : random_.number()); };
        known_ = {};
        known_.pool = {count(), count()};
        if (random_.up_to(3) == 0) known_.pool.available = known_.pool.size;
        known_.complete = random_.up_to(9) != 0;
        known_.past_the_ledger = random_.up_to(9) == 0;
        if (random_.up_to(9) != 0) known_.now = moment();
        if (random_.up_to(4) != 0) known_.observed_at = moment();
        if (random_.up_to(2) != 0) known_.request = &said();
        if (random_.up_to(4) != 0) known_.history = &remembered();
        if (random_.up_to(1) == 0) known_.lifted = &lifted();
        return known_;
    }
    /// In the measures as a guard asks: what serves is a part of the amount.
    shearpin::amounts asked() {
        const auto count = [&] {
            return random_.up_to(most_ < 1000 ? most_ + 1 : random_.number());
        };
        if (random_.up_to(1) == 0) return shearpin::amounts::of(count());
        shearpin::amounts made{count(), count(), count(), 1 + random_.up_to(2)};
        if (made.amount < made.serving) made.amount = made.serving;
        return made;
    }

private:
    shearpin::time_point moment() {
        // In small worlds around a Monday in 2026, in large ones anywhere.
        if (most_ < 1000)
            return shearpin::time_point::since_epoch(shearpin::duration::seconds(
                1'795'478'400 + static_cast<std::int64_t>(random_.up_to(6)) +
                (random_.up_to(3) == 0 ? 86'400 * static_cast<std::int64_t>(random_.up_to(8))
                                       : 0)));
        return shearpin::time_point::since_epoch(shearpin::duration::nanoseconds(
            static_cast<std::int64_t>(random_.up_to(~std::uint64_t{0}))));
    }
    const shearpin::lifted_limits& lifted() {
        using namespace shearpin;
        static const override_grant all[] = {override_once<min_remaining>({.up_to = 1}),
                                             override_once<min_remaining>({.up_to = 4}),
                                             override_once<max_unavailable>({.up_to = 1}),
                                             override_once<max_unavailable>({.up_to = 4}),
                                             override_once<quorum>({.up_to = 3}),
                                             override_once<max_batch>({.up_to = 2}),
                                             override_once<max_batch>({.up_to = 9}),
                                             override_once<max_targets>({.up_to = 3}),
                                             override_once<max_pools>({.up_to = 2}),
                                             override_once<max_rate>({.up_to = 5}),
                                             override_once<cooldown>({.up_to = 2}),
                                             override_once<max_in_flight>({.up_to = 3}),
                                             override_once<freeze>({.up_to = 2}),
                                             override_once<fresh_within>({.up_to = 4}),
                                             override_once<approvals>({.up_to = 4}),
                                             override_once<needs_expected>({.up_to = 3})};
        lifted_ = {};
        for (std::uint64_t left = 1 + random_.up_to(3); left != 0; --left)
            lifted_.add(all[random_.up_to(15)]);
        return lifted_;
    }
    const shearpin::request& said() {
        request_ = {};
        constexpr const char* people[] = {"ann", "bob", "cy", "dee"};
        if (random_.up_to(2) != 0) request_.actor = people[random_.up_to(3)];
        std::vector<std::string> agreed;
        for (std::uint64_t left = random_.up_to(4); left != 0; --left)
            agreed.emplace_back(people[random_.up_to(3)]);
        request_.approvers = agreed;
        if (random_.up_to(1) == 0) request_.expected = random_.up_to(most_ < 1000 ? most_ : 9);
        return request_;
    }
    const shearpin::history& remembered() {
        shearpin::history::parts parts;
        const std::size_t number = random_.up_to(3);
        for (std::size_t at = 0; at != number; ++at) {
            const std::uint64_t gone = random_.up_to(most_ < 1000 ? most_ : random_.number());
            removals_[at] = {{moment(), {}, 0}, shearpin::amounts::of(gone), {}};
        }
        parts.removals = removals_;
        parts.number = number;
        parts.sizes_number = random_.up_to(2);
        for (std::size_t at = 0; at != parts.sizes_number; ++at)
            sizes_[at] = {{moment(), {}, 0},
                          random_.up_to(most_ < 1000 ? most_ : random_.number())};
        parts.sizes = sizes_;
        if (random_.up_to(1) == 0)
            parts.open =
                shearpin::amounts::of(random_.up_to(most_ < 1000 ? most_ : random_.number()));
        parts.now = {known_.now, {}, 0};
        parts.has_forgotten = random_.up_to(3) == 0;
        parts.forgotten_at = {moment(), {}, 0};
        history_ = shearpin::history(parts);
        return history_;
    }

    any_rules random_;
    std::uint64_t most_;
    shearpin::facts known_{};
    shearpin::request request_{};
    shearpin::history history_;
    shearpin::lifted_limits lifted_;
    shearpin::past_removal removals_[4]{};
    shearpin::past_size sizes_[3]{};
};

}  // namespace policy_texts
