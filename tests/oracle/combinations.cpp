// SPDX-License-Identifier: BSL-1.0
// Every combination of up to three rules against the oracle:
//     oracle_combinations [--no-fewer C D A L] [ROUNDS [SEED]]
//         a sample: some pools and requests for each, of all magnitudes
//     oracle_combinations [--no-fewer C D A L] --all SWEEPS [SEED]
//         all pools up to a size of 40, with each availability and each request
// In each sweep a combination stands in two policies: with percentages that 101 sweeps lead through
// all there are, and with some that hardly ever come out even, of rules that an override may lift.
// Of what else rules look at there is first a scene in which nothing speaks against a removal, then
// one for each rule in which it does, then what chance has it. Whatever the numbers, each
// combination must have admitted something, and each rule of it must have been the only one that
// refused: where a sweep did not come to that, more follow, and where these do not, it ends with 1.
// Prints how many combinations, decisions and admissions there were, and how many of these by
// an override; with --no-fewer it ends with 1 where one of them is less than that. The first
// decision that differs is told whole, and aborts it.
#include "scene_facts.hpp"

#include <shearpin/parse_policy.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

namespace {

using namespace oracle;
using combination = std::vector<form>;

class numbers {
public:
    explicit numbers(u64 seed) : engine_(seed) {}
    u64 up_to(u64 most) { return most == no_limit ? engine_() : engine_() % (most + 1); }
    bool one_in(u64 many) { return up_to(many - 1) == 0; }
    /// Of all magnitudes, and the ends of the range more often than chance has it.
    u64 large() {
        if (one_in(4)) return largest - up_to(2);
        return (engine_() & largest) >> up_to(62);
    }

private:
    std::mt19937_64 engine_;
};

unsigned long long ull(u64 number) { return number; }

/// Numbers for a rule, of which `part` is the share.
rule any_rule(numbers& random, form what, share part, bool small) {
    rule made{.what = what};
    made.number = small ? random.up_to(42) : random.large();
    made.part = part;
    made.least = small ? random.up_to(5) : random.large();
    if (has_least(what)) made.least += made.least == 0;
    if (what == form::floor_peak_baseline) made.number += made.number == 0;
    if (what == form::approvals) made.number = 1 + random.up_to(3);
    made.time = static_cast<i64>(1 + random.up_to(5)) * second;
    if (what == form::freeze_weekly) {
        // The scenes play around that second of a week.
        const auto moment = [&] {
            return static_cast<i64>(random.one_in(3) ? random.up_to(604'799)
                                                     : 166'400 + random.up_to(20));
        };
        made.from = moment();
        made.until = moment();
    } else {
        made.from = 1'700'000'000 + static_cast<i64>(random.up_to(20));
        made.until = made.from + 1 + static_cast<i64>(random.up_to(20));
    }
    return made;
}

void lift_some(numbers& random, const std::vector<rule>& rules, bool small, scene& s) {
    for (const rule& each : rules)
        if (each.liftable && random.one_in(2))
            s.lifts.push_back({name(each.what), small ? random.up_to(42) : random.large()});
}

world any_pool(numbers& random, bool small) {
    if (small) {
        const u64 size = random.up_to(40);
        return {size, random.one_in(2) ? size : random.up_to(size + 2)};
    }
    world pool{random.large(), random.large()};
    if (random.one_in(3)) pool.available = pool.size;
    if (random.one_in(20)) pool.size = no_limit - random.up_to(9);
    if (random.one_in(20)) pool.available = largest + 1 + random.up_to(9);
    return pool;
}

constexpr i64 begins = 1'700'000'010 * second;

scene any_scene(numbers& random, const std::vector<rule>& rules, bool small) {
    static const char* const people[] = {"ann", "bob", "Ann", " bob ", "carol", "", "dan"};
    scene s;
    s.pool = any_pool(random, small);
    s.now = begins + static_cast<i64>(random.up_to(20)) * second / 2;
    if (random.one_in(2)) s.now += static_cast<i64>(random.up_to(604'800)) * second;
    const auto some_time =
        [&] {  // mostly whole seconds ago, so that windows are met exactly; some in the future
            return s.now - (static_cast<i64>(random.up_to(8)) - 1) * second +
                   static_cast<i64>(random.up_to(2)) - 1;
        };
    s.has_observed = !random.one_in(8);
    s.observed_at = some_time();
    s.complete = !random.one_in(12);
    s.has_ledger = !random.one_in(8);
    if (random.one_in(3)) s.open = small ? random.up_to(6) : random.large();
    for (u64 left = random.up_to(3); left != 0; --left)
        s.removals.push_back({some_time(), small ? random.up_to(6) : random.large()});
    if (random.one_in(2))
        for (u64 left = 1 + random.up_to(2); left != 0; --left)
            s.sizes.push_back({some_time(), small ? random.up_to(60) : random.large()});
    if (random.one_in(6)) {
        s.has_forgotten = true;
        s.forgotten_at = some_time();
    }
    s.has_words = !random.one_in(4);
    s.says_expected = random.one_in(2);
    s.actor = people[random.up_to(6)];
    for (u64 left = random.up_to(4); left != 0; --left)
        s.approvers.push_back(people[random.up_to(6)]);
    lift_some(random, rules, small, s);
    return s;
}

/// Everything is known, and but for numbers nothing speaks against a removal, where that can be.
scene calm_scene(numbers& random, const std::vector<rule>& rules, bool small) {
    const i64 longest = 6 * second;  // no rule looks back further
    scene s;
    s.pool = any_pool(random, small);
    for (int tries = 0; tries != 200; ++tries) {
        s.now = begins + static_cast<i64>(random.up_to(20)) * second / 2;
        if (random.one_in(2)) s.now += static_cast<i64>(random.up_to(604'800)) * second;
        if (std::none_of(rules.begin(), rules.end(), [&](const rule& each) {
                return name(each.what) == "freeze" && is_frozen(s, each);
            }))
            break;
    }
    s.has_observed = true;
    s.observed_at = s.now - static_cast<i64>(random.up_to(1)) * second;
    s.removals = {{s.now - longest - static_cast<i64>(random.up_to(2)) * second,
                   small ? random.up_to(6) : random.large()}};
    s.sizes = {{s.now - static_cast<i64>(random.up_to(7)) * second,
                small ? random.up_to(20) : random.large()}};
    s.has_forgotten = random.one_in(2);
    s.forgotten_at = s.now - longest;
    s.has_words = true;
    s.says_expected = true;
    s.actor = "ann";
    s.approvers = {"bob", "carol", " Dan", "eve", "frank"};
    lift_some(random, rules, small, s);
    return s;
}

/// Has what this rule looks at beside the pool speak against the removal, and as little else as can
/// be.
void spoil(numbers& random, const rule& r, scene& s, bool small) {
    const auto some = [&] { return small ? 1 + random.up_to(5) : 1 + random.large(); };
    const i64 within = s.now - static_cast<i64>(random.up_to(static_cast<u64>(r.time) - 1));
    const std::string& rule_name = name(r.what);
    if (r.what == form::floor_peak) {
        if (random.one_in(4))
            s.sizes.clear();
        else
            s.sizes = {{within, small ? 20 + random.up_to(40) : random.large()}};
    } else if (r.what == form::floor_peak_baseline) {
        s.sizes.clear();
    } else if (rule_name == "max_rate" || rule_name == "cooldown") {
        s.removals.push_back({within, some()});
    } else if (rule_name == "max_in_flight") {
        s.open = some();
    } else if (rule_name == "freeze") {
        for (int tries = 0; tries != 200 && !is_frozen(s, r); ++tries) {
            const i64 before = s.now;
            s.now = begins + (static_cast<i64>(random.up_to(60)) - 20) * second / 2;
            for (i64* each : {&s.observed_at, &s.removals[0].at, &s.sizes[0].at, &s.forgotten_at})
                *each += s.now - before;
        }
    } else if (r.what == form::fresh) {
        s.observed_at = s.now + (random.one_in(2) ? 1 : -1) * (r.time + 1);
        s.has_observed = !random.one_in(4);
    } else if (r.what == form::approvals) {
        s.approvers = {"Ann", "bob", " bob", ""};
        if (r.number == 1) s.approvers = {"ANN"};
    } else if (r.what == form::expected) {
        s.says_expected = false;
    }
}

/// A combination, and what has been tried of it so far.
struct tried {
    combination which;
    /// Percentages: 101 steps lead each position through all of them, each in an order of its own.
    u64 first[3];
    u64 step[3];
    u64 sweeps = 0;
    u64 admitted = 0;
    bool refused_alone[3] = {};
    bool is_done() const {
        for (std::size_t at = 0; at != which.size(); ++at)
            if (!refused_alone[at] && which[at] != form::unlimited) return false;
        return admitted != 0;
    }
};

std::vector<tried> all_combinations(numbers& random) {
    std::vector<combination> all;
    const auto fits = [](form one, form other) {
        return name(one) != name(other) && one != form::unlimited && other != form::unlimited;
    };
    for (int a = 0; a != forms; ++a) {
        all.push_back({form(a)});
        for (int b = a + 1; b != forms; ++b) {
            if (!fits(form(a), form(b))) continue;
            all.push_back({form(a), form(b)});
            for (int c = b + 1; c != forms; ++c)
                if (fits(form(a), form(c)) && fits(form(b), form(c)))
                    all.push_back({form(a), form(b), form(c)});
        }
    }
    std::vector<tried> none_yet;
    for (const combination& each : all) {
        tried one;
        one.which = each;
        for (u64& from : one.first) from = random.up_to(100);
        for (u64& step : one.step) step = 1 + random.up_to(99);  // 101 is prime
        none_yet.push_back(one);
    }
    return none_yet;
}

u64 decisions = 0;
u64 admitted = 0;
u64 by_override = 0;

class comparison {
public:
    comparison(tried& counts, std::vector<rule> rules) : counts_(counts), rules_(std::move(rules)) {
        for (const rule& each : rules_) written_ += (written_.empty() ? "" : ", ") + text(each);
        const auto read = shearpin::parse_policy(shearpin::text_view(written_));
        if (!read.has_value()) {
            std::fprintf(stderr, "not read as a policy: %s\n", written_.c_str());
            std::abort();
        }
        policy_ = read.value();
        for (const rule& each : rules_) measures_.push_back(measure_of(each.what));
    }
    const std::vector<rule>& rules() const { return rules_; }

    /// One scene, with its pool and these requests; and at its edges: all that may go at once in
    /// each measure, and what exactly one rule refuses.
    void judge(const scene& s, shown& as_shown, const std::vector<asked>& requests) {
        const shearpin::facts& known = as_shown.with(s.pool);
        const bool believed = s.complete && s.pool.size <= largest && s.pool.available <= largest;
        u64 limits[3] = {};
        asked most{s.pool.available, largest, no_limit, no_limit};
        for (std::size_t at = 0; at != rules_.size(); ++at) {
            limits[at] = limit(s, rules_[at]);
            u64& least = part(most, measures_[at]);
            if (limits[at] < least) least = limits[at];
        }
        u64 in_all = std::min({most.serving, most.amount, most.heads});
        if (!believed || most.pools == 0) in_all = 0;
        ++decisions;
        const u64 found_most = policy_.max_removable(known);
        if (found_most != in_all) {
            std::fprintf(stderr, "%llu may go, and the oracle says %llu, ", ull(found_most),
                         ull(in_all));
            by_this_policy(s, nullptr);
        }
        const auto ask = [&](const asked& request) {
            compare(s, known, believed, limits, request);
        };
        for (const asked& request : requests) ask(request);
        ask(most);
        ask({in_all, in_all, in_all, 1});
        for (std::size_t at = 0; at != rules_.size(); ++at)
            for (const u64 more : {u64{0}, u64{1}}) {
                asked request = most;
                part(request, measures_[at]) = limits[at] + more;
                ask(request);
            }
    }

private:
    static u64& part(asked& what, std::size_t measure) {
        return measure == 0   ? what.serving
               : measure == 1 ? what.amount
               : measure == 2 ? what.heads
                              : what.pools;
    }
    static std::size_t measure_of(form what) {
        const asked each{0, 1, 2, 3};
        return measured(each, what);
    }
    void compare(const scene& s, const shearpin::facts& known, bool believed, const u64* limits,
                 const asked& request) {
        const bool can_be = believed && request.heads != 0 && request.amount <= largest &&
                            request.serving <= s.pool.available;
        const u64 parts[] = {request.serving, request.amount, request.heads, request.pools};
        std::size_t refusing = 0;
        std::size_t last = 0;
        for (std::size_t at = 0; at != rules_.size(); ++at)
            if (parts[measures_[at]] > limits[at]) {
                ++refusing;
                last = at;
            }
        const bool expected = can_be && refusing == 0;
        const bool found = policy_.admits(known, shearpin::amounts{request.serving, request.amount,
                                                                   request.heads, request.pools});
        ++decisions;
        if (found != expected) {
            std::fputs(
                found ? "admitted, and the oracle refuses, " : "refused, and the oracle admits, ",
                stderr);
            by_this_policy(s, &request);
        }
        if (can_be && refusing == 1) counts_.refused_alone[last] = true;
        // A removal is of something; that nothing may go is no admission.
        if (!found || request.amount == 0 || request.pools == 0) return;
        ++admitted;
        ++counts_.admitted;
        if (!s.lifts.empty())
            by_override += std::any_of(rules_.begin(), rules_.end(), [&](const rule& each) {
                return each.liftable && measured(request, each.what) > own_limit(s, each);
            });
    }
    [[noreturn]] void by_this_policy(const scene& s, const asked* request) const {
        std::fprintf(stderr, "by this policy:\n%s\n  pool of %llu, %llu available",
                     written_.c_str(), ull(s.pool.size), ull(s.pool.available));
        for (const lift& each : s.lifts)
            std::fprintf(stderr, "; %s lifted to %llu", each.rule.c_str(), ull(each.up_to));
        if (request != nullptr)
            std::fprintf(stderr, "; asked: %llu serving, %llu in all, %llu heads, %llu pools",
                         ull(request->serving), ull(request->amount), ull(request->heads),
                         ull(request->pools));
        std::fputs("\n", stderr);
        std::abort();
    }

    tried& counts_;
    std::vector<rule> rules_;
    std::vector<std::size_t> measures_;
    std::string written_;
    shearpin::read_policy policy_{shearpin::detail::read_rules{}};
};

/// Requests of so many: of one that counts one in each measure, and of one that does not.
void add_requests(numbers& random, u64 some, bool small, std::vector<asked>& requests) {
    requests.push_back({some, some, some, 1});
    const u64 serving = small ? random.up_to(some) : some >> random.up_to(62);
    requests.push_back({serving, some, 1 + (some - serving) / 2, 1 + random.up_to(2)});
}

/// With the share of each rule, and whether an override may lift some of them.
std::vector<rule> rules_of(const tried& which, numbers& random, const share* parts, bool liftable,
                           bool small) {
    std::vector<rule> rules;
    for (std::size_t at = 0; at != which.which.size(); ++at) {
        rules.push_back(any_rule(random, which.which[at], parts[at], small));
        rule& made = rules.back();
        // Under freeze() nothing goes but by an override.
        made.liftable = liftable && made.what != form::unlimited &&
                        (made.what == form::freeze_always || random.one_in(2));
    }
    return rules;
}

void sample(tried& which, numbers& random) {
    const bool small = which.sweeps % 2 == 0;
    share parts[3];
    for (share& each : parts) {
        each = {random.up_to(100), 100};
        if (!small && random.one_in(2)) {
            each.under = 1 + random.up_to(0xffff'fffe);
            each.over = random.up_to(each.under);
        }
    }
    comparison compare(which, rules_of(which, random, parts, random.one_in(2), small));
    for (u64 turn = 0; turn != 4; ++turn) {
        scene s = turn == 0 || turn == 1 ? calm_scene(random, compare.rules(), small)
                                         : any_scene(random, compare.rules(), small);
        if (turn == 1)
            spoil(random, compare.rules()[random.up_to(which.which.size() - 1)], s, small);
        shown as_shown(s);
        std::vector<asked> requests;
        for (int each = 0; each != 2; ++each)
            add_requests(random, small ? random.up_to(s.pool.size + 3) : random.large(), small,
                         requests);
        compare.judge(s, as_shown, requests);
    }
    ++which.sweeps;
}

void judge_all_pools(comparison& compare, scene s, const std::vector<asked>& requests) {
    shown as_shown(s);
    for (s.pool.size = 0; s.pool.size <= 40; ++s.pool.size)
        for (s.pool.available = 0; s.pool.available <= s.pool.size + 2; ++s.pool.available)
            compare.judge(s, as_shown, requests);
}
void judge_some_pools(comparison& compare, numbers& random, scene s,
                      const std::vector<asked>& requests) {
    shown as_shown(s);
    for (int left = 16; left != 0; --left) {
        s.pool = any_pool(random, true);
        compare.judge(s, as_shown, requests);
    }
}

void sweep_small_pools(tried& which, numbers& random) {
    std::vector<asked> each_request;
    for (u64 some = 0; some <= 43; ++some) each_request.push_back({some, some, some, 1});
    std::vector<asked> some_requests;
    for (int left = 4; left != 0; --left)
        add_requests(random, random.up_to(43), true, some_requests);
    for (const bool liftable : {false, true}) {
        share parts[3];
        for (std::size_t at = 0; at != 3; ++at) {
            static const u64 uneven[] = {33, 67, 95};
            parts[at] = {liftable ? uneven[random.up_to(2)]
                                  : (which.first[at] + which.sweeps * which.step[at]) % 101,
                         100};
        }
        comparison compare(which, rules_of(which, random, parts, liftable, true));
        const std::vector<rule>& rules = compare.rules();
        judge_all_pools(compare, calm_scene(random, rules, true),
                        liftable ? some_requests : each_request);
        for (const rule& each : rules) {
            scene s = calm_scene(random, rules, true);
            spoil(random, each, s, true);
            judge_some_pools(compare, random, s, some_requests);
        }
        for (int left = 2; left != 0; --left)
            judge_some_pools(compare, random, any_scene(random, rules, true), some_requests);
    }
    ++which.sweeps;
}

/// Where a number is less than it may be; says so.
bool is_fewer(const char* what, u64 found, u64 expected) {
    if (found >= expected) return false;
    std::fprintf(stderr, "%llu %s, and %llu are the least\n", ull(found), what, ull(expected));
    return true;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> words(argv + 1, argv + argc);
    u64 least[4] = {};
    const auto next = [&](u64 otherwise) {
        if (words.empty()) return otherwise;
        const u64 number = std::strtoull(words[0].c_str(), nullptr, 10);
        words.erase(words.begin());
        return number;
    };
    const auto is_next = [&](const char* word) {
        const bool is = !words.empty() && words[0] == word;
        if (is) words.erase(words.begin());
        return is;
    };
    if (is_next("--no-fewer"))
        for (u64& each : least) each = next(0);
    const bool all = is_next("--all");
    const u64 rounds = next(all ? 1 : 4);
    numbers random(next(20'170'228));
    std::vector<tried> combinations = all_combinations(random);
    const auto try_once = [&](tried& which) {
        if (all)
            sweep_small_pools(which, random);
        else
            sample(which, random);
    };
    for (u64 round = 0; round != rounds; ++round)
        for (tried& each : combinations) try_once(each);
    bool failed = false;
    for (tried& each : combinations) {
        for (u64 more = all ? 20 : 400; more != 0 && !each.is_done(); --more) try_once(each);
        if (each.is_done()) continue;
        failed = true;
        std::string whole;
        for (const form one : each.which)
            whole += (whole.empty() ? "" : ", ") + text(rule{.what = one});
        std::fprintf(stderr, "%s: %llu admitted\n", whole.c_str(), ull(each.admitted));
        for (std::size_t at = 0; at != each.which.size(); ++at)
            if (!each.refused_alone[at])
                std::fprintf(stderr, "  %s never was the only one to refuse\n",
                             name(each.which[at]).c_str());
    }
    std::printf(
        "%zu combinations of up to 3 of %d forms of rules: %llu decisions as the oracle says, %llu "
        "of them admitted, %llu by an override\n",
        combinations.size(), forms, ull(decisions), ull(admitted), ull(by_override));
    failed = is_fewer("combinations", combinations.size(), least[0]) || failed;
    failed = is_fewer("decisions", decisions, least[1]) || failed;
    failed = is_fewer("admitted", admitted, least[2]) || failed;
    failed = is_fewer("by an override", by_override, least[3]) || failed;
    return failed ? 1 : 0;
}
