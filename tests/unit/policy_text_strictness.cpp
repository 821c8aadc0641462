// SPDX-License-Identifier: BSL-1.0
// What is proved about policies: never wrong, and found where it is said to be found.
#include <shearpin/policy_text.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include "policy_text_testing.hpp"

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

using namespace shearpin::literals;
using namespace std::chrono_literals;
using namespace shearpin;
using policy_texts::rule_kind, policy_texts::stated_rule, policy_texts::threshold;

namespace {

static_assert(at_least_as_strict("min_remaining(95%), max_batch(5), max_rate(20, 1h)"_policy,
                                 "min_remaining(90%), max_batch(10)"_policy));
static_assert(!at_least_as_strict("min_remaining(90%), max_batch(10)"_policy,
                                  "min_remaining(95%), max_batch(5), max_rate(20, 1h)"_policy));
static_assert(equivalent("max_batch(5), quorum()"_policy, "quorum(), max_batch(5)"_policy));
static_assert(!equivalent("max_batch(5)"_policy, "max_batch(5), quorum()"_policy));
static_assert(!equivalent("max_batch(5), quorum()"_policy, "max_batch(5)"_policy));
static_assert(equivalent("unlimited"_policy, "min_remaining(0)"_policy));
static_assert(dead_rules("max_batch(5), max_targets(5)"_policy) == 0);
static_assert(dead_rules("max_batch(5), overridable(max_batch(9))"_policy) == 1);
static_assert(dead_rules("unlimited"_policy) == 0);
static_assert(admits_nothing(policy{freeze()}));
static_assert(!admits_nothing(policy{max_batch(1)}));
static_assert(!admits_nothing(
    "freeze(mon 00:00, thu 00:00), overridable(freeze(wed 00:00, mon 01:00))"_policy));

std::string spelled(const stated_rule& rule) {
    return detail::visit_rule(rule, [](const auto& made) { return support::spelled_rule(made); });
}

/// Each form of each rule, with small numbers.
std::vector<stated_rule> small_rules() {
    std::vector<stated_rule> all;
    const auto add = [&](stated_rule one) {
        all.push_back(one);
        one.liftable = true;
        all.push_back(one);
    };
    std::vector<fraction> shares;
    for (const count under : {1U, 2U, 3U, 4U})
        for (count over = 0; over <= under; ++over) {
            const fraction share = *fraction::from(over, under);
            bool is_new = true;
            for (const fraction& each : shares) is_new = is_new && !(each == share);
            if (is_new) shares.push_back(share);
        }
    std::vector<threshold> floors;
    std::vector<threshold> caps;
    for (const count number : {count{0}, count{1}, count{2}, count{3}, count{5}, largest_count}) {
        floors.push_back(threshold::number(number));
        caps.push_back(threshold::number(number));
    }
    for (const fraction& share : shares)
        for (const auto rounding : {threshold::rounding::up, threshold::rounding::down}) {
            floors.push_back(threshold::share(share, rounding));
            caps.push_back(threshold::share(share, rounding));
            if (rounding == threshold::rounding::down)
                for (const count least : {1U, 2U, 5U})
                    caps.push_back(threshold::share(share, rounding, least));
        }
    for (const threshold& each : floors) {
        add({.kind = rule_kind::min_remaining, .limit = each});
        if (!each.is_share() || !each.rounds_up()) continue;
        for (const int seconds : {1, 3})
            for (const count baseline : {0U, 2U, 4U})
                add({.kind = rule_kind::min_remaining,
                     .limit = each,
                     .time = duration::seconds(seconds),
                     .number = baseline});
    }
    for (const threshold& each : caps) {
        for (const rule_kind kind : {rule_kind::max_unavailable, rule_kind::max_batch,
                                     rule_kind::max_targets, rule_kind::max_in_flight})
            add({.kind = kind, .limit = each});
        for (const int seconds : {1, 3})
            add({.kind = rule_kind::max_rate, .limit = each, .time = duration::seconds(seconds)});
    }
    for (const count number : {0U, 1U, 2U})
        add({.kind = rule_kind::max_pools, .limit = threshold::number(number)});
    for (const int seconds : {1, 2, 5}) {
        add({.kind = rule_kind::cooldown, .time = duration::seconds(seconds)});
        add({.kind = rule_kind::fresh_within, .time = duration::seconds(seconds)});
    }
    for (const count people : {1U, 2U})
        for (const count without : {count{0}, count{2}, largest_count})
            add({.kind = rule_kind::approvals,
                 .limit = threshold::number(without),
                 .number = people});
    add({.kind = rule_kind::quorum});
    add({.kind = rule_kind::quorum, .shrinks = true});
    add({.kind = rule_kind::needs_expected});
    add({.kind = rule_kind::unlimited});
    add({.kind = rule_kind::freeze});
    const auto second = [](int number) {
        return time_point::since_epoch(duration::seconds(1'795'478'400 + number));
    };
    add({.kind = rule_kind::freeze, .closed = *window::read(second(0), second(3))});
    add({.kind = rule_kind::freeze, .closed = *window::read(second(1), second(3))});
    add({.kind = rule_kind::freeze, .closed = *window::read(second(2), second(9))});
    for (const int from : {0, 1, 2})
        for (const int to : {0, 3})
            add({.kind = rule_kind::freeze,
                 .closed = *window::read(weekday::tuesday, duration::seconds(from),
                                         weekday::tuesday, duration::seconds(to))});
    return all;
}

/// The limits of one rule for many facts, as far as they matter: what is always refused is cut off.
struct judged_rule {
    stated_rule rule;
    measure measured{};
    std::vector<count> limits;
};

template <class F> void for_many_facts(F with) {
    // All small pools, and large ones, at rest.
    for (const count size :
         {count{0}, count{1}, count{2}, count{3}, count{4}, count{5}, count{6}, count{7}, count{8},
          count{9}, count{10}, count{11}, count{12}, count{13}, count{24}, count{25},
          count{1} << 40, largest_count - 1, largest_count}) {
        for (count less = 0; less <= 14; ++less) {
            if (less <= size) with(facts{.pool = {size, size - less}});
            if (less <= largest_count - size) with(facts{.pool = {size, size + less}});
        }
        with(facts{.pool = {size, largest_count}});
    }
    policy_texts::any_facts world(1, 9);
    for (int number = 0; number != 6'000; ++number) with(world.next());
}

std::vector<judged_rule> judge(const std::vector<stated_rule>& rules) {
    std::vector<judged_rule> all;
    for (const stated_rule& each : rules)
        detail::visit_rule(each, [&]<class R>(const R& made) {
            judged_rule one{each, detail::measure_of<R>(), {}};
            for_many_facts([&](const facts& known) {
                if (!known.complete) return;
                const count most = one.measured == measure::serving ? known.pool.available
                                   : one.measured == measure::pools ? ~count{0}
                                                                    : largest_count;
                one.limits.push_back(detail::smaller(detail::limit_of(made, known), most));
            });
            all.push_back(std::move(one));
        });
    return all;
}

/// What at_least_as_strict does not say that it finds.
bool may_be_missed(const stated_rule& left, const stated_rule& right) {
    const auto unusual = [](const stated_rule& each) {
        const bool is_floor = each.kind == rule_kind::min_remaining;
        return each.liftable || detail::looks_at_history(each) || each.shrinks ||
               each.limit.number() == largest_count ||
               (each.limit.is_share() && each.limit.rounds_up() != is_floor);
    };
    if (unusual(left) || unusual(right)) return true;
    switch (right.kind) {
        case rule_kind::min_remaining:
        case rule_kind::max_unavailable:
        case rule_kind::max_batch:
        case rule_kind::max_targets:
        case rule_kind::max_pools:
        case rule_kind::quorum:
            return false;
        default:
            return true;
    }
}

template <class Left, class Right>
std::string counterexample(const Left& strict, const Right& loose, policy_texts::any_facts& world,
                           int rounds) {
    for (int round = 0; round != rounds; ++round) {
        const facts& known = world.next();
        const amounts asked = world.asked();
        if (strict.admits(known, asked) && !loose.admits(known, asked))
            return "admitted by " + to_string(strict) + ", not by " + to_string(loose);
    }
    return {};
}

}  // namespace

TEST_CASE("one rule is proved stricter than another: never wrongly, and whenever it is said") {
    const auto rules = judge(small_rules());
    CHECK(rules.size() > 300);
    std::size_t proved = 0;
    for (const judged_rule& left : rules)
        for (const judged_rule& right : rules) {
            bool holds = left.measured == right.measured;
            for (std::size_t at = 0; holds && at != left.limits.size(); ++at)
                holds = left.limits[at] <= right.limits[at];
            holds = holds || detail::never_refuses(right.rule);
            const bool claimed = detail::is_stricter(left.rule, right.rule);
            if (claimed) ++proved;
            if (claimed == holds || (!claimed && may_be_missed(left.rule, right.rule))) continue;
            CAPTURE(spelled(left.rule));
            CAPTURE(spelled(right.rule));
            CHECK(claimed == holds);
        }
    CHECK(proved > 20'000);
}

TEST_CASE("what never refuses admits all that is not always refused") {
    for (const stated_rule& each : small_rules()) {
        if (!detail::never_refuses(each)) continue;
        CAPTURE(spelled(each));
        const auto made = policy_texts::made_of({each});
        policy_texts::any_facts world(3, 9);
        CHECK(counterexample(policy{unlimited}, made, world, 2'000) == "");
    }
}

TEST_CASE("what is proved about policies holds, whatever the facts") {
    policy_texts::any_rules random(11, 6);
    policy_texts::any_facts world(12, 6);
    std::size_t proved = 0;
    for (int round = 0; round != 60'000; ++round) {
        const auto strict = policy_texts::made_of(random.any_policy(4));
        const auto loose = policy_texts::made_of(random.any_policy(2));
        if (!at_least_as_strict(strict, loose)) continue;
        ++proved;
        REQUIRE(counterexample(strict, loose, world, 300) == "");
    }
    CHECK(proved > 1'500);
    // And of large numbers.
    policy_texts::any_rules large(13, largest_count);
    policy_texts::any_facts large_world(14, largest_count);
    proved = 0;
    for (int round = 0; round != 60'000; ++round) {
        const auto strict = policy_texts::made_of(large.any_policy(4));
        const auto loose = policy_texts::made_of(large.any_policy(2));
        if (!at_least_as_strict(strict, loose)) continue;
        ++proved;
        REQUIRE(counterexample(strict, loose, large_world, 200) == "");
    }
    CHECK(proved > 500);
}

TEST_CASE("a policy is as strict as itself, and stays so with another rule") {
    policy_texts::any_rules random(21, largest_count);
    for (int round = 0; round != 5'000; ++round) {
        auto rules = random.any_policy(6);
        const auto one = policy_texts::made_of(rules);
        REQUIRE(at_least_as_strict(one, one));
        REQUIRE(equivalent(one, one));
        rules.push_back(random.any_rule());
        const auto more = policy_texts::made_of(rules);
        REQUIRE(at_least_as_strict(more, one));
    }
}

TEST_CASE(
    "policies are equivalent where each is as strict as the other, and not where only one is") {
    const auto both = policy{max_batch(5), quorum()};
    const auto one = policy{max_batch(5)};
    CHECK(equivalent(both, policy{quorum(), max_batch(5)}));
    CHECK_FALSE(equivalent(both, one));
    CHECK_FALSE(equivalent(one, both));
}

TEST_CASE("a rule that is said never to matter does not") {
    policy_texts::any_rules random(31, 6);
    policy_texts::any_facts world(32, 6);
    std::size_t dead = 0;
    for (int round = 0; round != 20'000; ++round) {
        const auto rules = random.any_policy(5);
        const auto all = policy_texts::made_of(rules);
        for_each_dead_rule(all, [&](const dead_rule& found) {
            ++dead;
            REQUIRE(found.which < rules.size());
            auto others = rules;
            others.erase(others.begin() + static_cast<std::ptrdiff_t>(found.which));
            REQUIRE_FALSE(others.empty());
            REQUIRE(counterexample(policy_texts::made_of(others), all, world, 200) == "");
            if (found.stricter != found.which)
                REQUIRE(at_least_as_strict(policy_texts::made_of({rules[found.stricter]}),
                                           policy_texts::made_of({rules[found.which]})));
        });
    }
    CHECK(dead > 1'000);
}

TEST_CASE("a policy that is said to admit nothing admits nothing") {
    policy_texts::any_rules random(41, 4);
    policy_texts::any_facts world(42, 4);
    std::size_t nothing = 0;
    for (int round = 0; round != 10'000; ++round) {
        const auto rules = policy_texts::made_of(random.any_policy(4));
        if (!admits_nothing(rules)) continue;
        ++nothing;
        for (int look = 0; look != 100; ++look) {
            facts known = world.next();
            known.lifted = nullptr;
            known.past_the_ledger = false;
            if (known.pool.available > known.pool.size) known.pool.available = known.pool.size;
            CAPTURE(to_string(rules));
            REQUIRE(rules.max_removable(known) == 0);
        }
    }
    CHECK(nothing > 500);
    const auto says_so = [](const char* text) {
        return admits_nothing(parse_policy(text).value());
    };
    CHECK(says_so("max_batch(0)"));
    CHECK(says_so("quorum(), min_remaining(100%)"));
    CHECK(says_so("max_pools(0)"));
    CHECK(says_so("freeze(mon 00:00, thu 00:00), freeze(wed 00:00, mon 01:00)"));
    CHECK_FALSE(says_so("freeze(mon 00:00, thu 00:00), freeze(thu 00:01, mon 01:00)"));
    CHECK_FALSE(says_so("overridable(max_batch(0))"));
    CHECK_FALSE(says_so("overridable(freeze())"));
    CHECK_FALSE(says_so("freeze(mon 00:00, thu 00:00), overridable(freeze(wed 00:00, mon 01:00))"));
    CHECK_FALSE(says_so("min_remaining(99%)"));
}

TEST_CASE("freezes together: nothing of a window is open exactly where no moment of it is") {
    policy_texts::any_rules random(51, 9);
    // Windows whose ends are whole hours of three weeks, weekly ones and dates mixed.
    const auto hour = [&] { return static_cast<std::int64_t>(random.up_to(21 * 24)); };
    const auto any_window = [&](bool weekly) {
        if (weekly)
            return *window::read(static_cast<weekday>(random.up_to(6)),
                                 duration::hours(static_cast<std::int64_t>(random.up_to(24))),
                                 static_cast<weekday>(random.up_to(6)),
                                 duration::hours(static_cast<std::int64_t>(random.up_to(24))));
        std::int64_t first = hour();
        std::int64_t last = hour();
        while (first == last) last = hour();
        if (last < first) std::swap(first, last);
        return *window::read(time_point::since_epoch(duration::hours(first)),
                             time_point::since_epoch(duration::hours(last)));
    };
    std::size_t closed = 0;
    for (int round = 0; round != 20'000; ++round) {
        std::vector<stated_rule> rules;
        for (std::uint64_t left = 1 + random.up_to(4); left != 0; --left)
            rules.push_back(
                {.kind = rule_kind::freeze, .closed = any_window(random.up_to(2) != 0)});
        const auto all = policy_texts::made_of(rules);
        const bool weekly = random.up_to(2) == 0;
        const window asked = any_window(weekly);
        // Of what comes every week, look where no dates are: in the sixth and seventh week.
        const std::int64_t last = std::int64_t{weekly ? 7 : 3} * 7 * 24;
        bool expected = true;
        for (std::int64_t at = weekly ? 5 * 7 * 24 : 0; expected && at != last; ++at) {
            const auto moment = time_point::since_epoch(duration::hours(at));
            if (!asked.contains(moment)) continue;
            bool frozen = false;
            for (const stated_rule& each : rules) frozen = frozen || each.closed.contains(moment);
            expected = frozen;
        }
        const auto one = policy_texts::made_of({{.kind = rule_kind::freeze, .closed = asked}});
        CAPTURE(to_string(all));
        CAPTURE(to_string(one));
        REQUIRE(at_least_as_strict(all, one) == expected);
        if (expected) ++closed;
    }
    CHECK(closed > 1'000);
}

namespace {
struct mine {
    static constexpr text_view name = "mine";
    count most = 0;
    [[nodiscard]] constexpr count limit(const facts&) const { return most; }
    friend constexpr bool operator==(const mine&, const mine&) = default;
};
struct without_equal {
    static constexpr text_view name = "without_equal";
    [[nodiscard]] constexpr count limit(const facts&) const { return 1; }
};
}  // namespace

TEST_CASE("rules of one's own are as strict as their equals") {
    CHECK(at_least_as_strict(policy{mine{3}, max_batch(5)}, policy{mine{3}}));
    CHECK_FALSE(at_least_as_strict(policy{mine{3}}, policy{mine{4}}));  // nobody knows
    CHECK_FALSE(at_least_as_strict(policy{mine{3}}, policy{max_batch(5)}));
    CHECK_FALSE(at_least_as_strict(policy{max_batch(1)}, policy{mine{4}}));
    CHECK_FALSE(at_least_as_strict(policy{without_equal{}}, policy{without_equal{}}));
    // One that has its equal makes up for none that has not, and one equal is enough.
    CHECK_FALSE(at_least_as_strict(policy{mine{3}}, policy{mine{4}, mine{3}}));
    CHECK_FALSE(at_least_as_strict(policy{mine{3}}, policy{mine{3}, mine{4}}));
    CHECK(at_least_as_strict(policy{mine{3}, mine{4}, mine{3}}, policy{mine{3}}));
    CHECK(dead_rules(policy{mine{3}, max_batch(5), max_batch(7)}) == 1);
    CHECK(dead_rules(policy{mine{3}, mine{3}, max_batch(5)}) == 0);
    CHECK_FALSE(admits_nothing(policy{mine{0}}));
}
