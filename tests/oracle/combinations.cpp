// SPDX-License-Identifier: BSL-1.0
// Every combination of up to three rules against the oracle:
//     oracle_combinations [ROUNDS [SEED]]         a sample: some pools and requests for each
//     oracle_combinations --all SWEEPS [SEED]     all pools up to a size of 40, with each
//                                                 availability and each request
// A sweep gives each rule of each combination other numbers; 101 sweeps give it each percentage.
// Prints how many decisions were compared; the first that differs is told whole, and ends it
// with 1.
#include "scene_facts.hpp"

#include <shearpin/parse_policy.hpp>

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

std::vector<combination> all_combinations() {
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
    return all;
}

/// Numbers for a rule; `percent` is its percentage.
rule any_rule(numbers& random, form what, u64 percent, bool small) {
    rule made{.what = what};
    made.number = small ? random.up_to(42) : random.large();
    made.part = {percent, 100};
    if (!small && random.one_in(2)) {
        made.part.under = 1 + random.up_to(0xffff'fffe);
        made.part.over = random.up_to(made.part.under);
    }
    made.least = small ? random.up_to(5) : random.large();
    if (what == form::batch_share_or || what == form::floor_peak_baseline) {
        made.least += made.least == 0;
        made.number += made.number == 0;
    }
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

scene any_scene(numbers& random, bool small) {
    static const char* const people[] = {"ann", "bob", "Ann", " bob ", "carol", "", "dan"};
    scene s;
    if (small) {
        s.pool.size = random.up_to(40);
        s.pool.available = random.up_to(s.pool.size + 2);
    } else {
        s.pool = {random.large(), random.large()};
        if (random.one_in(3)) s.pool.available = s.pool.size;
        if (random.one_in(20)) s.pool.size = no_limit - random.up_to(9);
        if (random.one_in(20)) s.pool.available = largest + 1 + random.up_to(9);
    }
    s.now = 1'700'000'010 * second + static_cast<i64>(random.up_to(20)) * second / 2;
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
    return s;
}

class comparison {
public:
    u64 decisions = 0;
    u64 admitted = 0;

    explicit comparison(std::vector<rule> rules) : rules_(std::move(rules)) {
        for (const rule& each : rules_) written_ += (written_.empty() ? "" : ", ") + text(each);
        const auto read = shearpin::parse_policy(shearpin::text_view(written_));
        if (!read.has_value()) {
            std::printf("not read as a policy: %s\n", written_.c_str());
            std::exit(1);
        }
        policy_ = read.value();
        for (const rule& each : rules_) measures_.push_back(measure_of(each.what));
    }
    /// One scene, with its pool and these requests; at its edges too: what the oracle says is the
    /// limit, and one more.
    void judge(const scene& s, shown& as_shown, std::vector<asked> requests, bool edges) {
        const shearpin::facts& known = as_shown.with(s.pool);
        u64 limits[3];
        u64 most = s.pool.available;
        bool none = !s.complete || s.pool.size > largest || s.pool.available > largest;
        for (std::size_t at = 0; at != rules_.size(); ++at) {
            limits[at] = limit(s, rules_[at]);
            if (measures_[at] == 3)
                none = none || limits[at] == 0;
            else if (limits[at] < most)
                most = limits[at];
        }
        if (none) most = 0;
        if (edges) {
            requests.push_back({most, most, most, 1});
            for (std::size_t at = 0; at != rules_.size(); ++at)
                for (const u64 edge : {limits[at], limits[at] + 1})
                    requests.push_back({edge, edge, edge, 1});
        }
        const u64 found_most = policy_.max_removable(known);
        ++decisions;
        if (found_most != most) differs(s, "the most that may go", found_most, most);
        for (const asked& request : requests) {
            bool admits = !none_of(s) && request.heads != 0 && request.amount <= largest &&
                          request.serving <= s.pool.available;
            for (std::size_t at = 0; at != rules_.size(); ++at) {
                const u64 parts[] = {request.serving, request.amount, request.heads, request.pools};
                admits = admits && parts[measures_[at]] <= limits[at];
            }
            const bool found = policy_.admits(
                known,
                shearpin::amounts{request.serving, request.amount, request.heads, request.pools});
            ++decisions;
            admitted += found;
            if (found != admits) differs(s, "whether so much may go", found, admits, &request);
        }
    }

private:
    static bool none_of(const scene& s) {
        return !s.complete || s.pool.size > largest || s.pool.available > largest;
    }
    static std::size_t measure_of(form what) {
        const asked each{0, 1, 2, 3};
        return measured(each, what);
    }
    void differs(const scene& s, const char* what, u64 found, u64 expected,
                 const asked* request = nullptr) {
        std::printf("%s\n  pool of %llu, %llu available", written_.c_str(), ull(s.pool.size),
                    ull(s.pool.available));
        if (request != nullptr)
            std::printf("; asked: %llu serving, %llu in all, %llu heads, %llu pools",
                        ull(request->serving), ull(request->amount), ull(request->heads),
                        ull(request->pools));
        std::printf("\n  %s: %llu, and the oracle says %llu\n", what, ull(found), ull(expected));
        std::exit(1);
    }
    static unsigned long long ull(u64 number) { return number; }

    std::vector<rule> rules_;
    std::vector<std::size_t> measures_;
    std::string written_;
    shearpin::read_policy policy_{shearpin::detail::read_rules{}};
};

u64 decisions = 0;
u64 admitted = 0;

std::vector<rule> rules_of(const combination& forms_of_it, numbers& random, u64 sweep, bool small) {
    std::vector<rule> rules;
    for (std::size_t at = 0; at != forms_of_it.size(); ++at)
        rules.push_back(
            any_rule(random, forms_of_it[at], (sweep * (at * 2 + 1) + at * 37) % 101, small));
    return rules;
}

void sample(const combination& which, numbers& random, u64 round) {
    const bool small = round % 2 == 0;
    comparison compare(rules_of(which, random, random.up_to(100), small));
    for (int turn = 0; turn != 4; ++turn) {
        const scene s = any_scene(random, small);
        shown as_shown(s);
        std::vector<asked> requests;
        for (int each = 0; each != 4; ++each) {
            const u64 some = small ? random.up_to(s.pool.size + 3) : random.large();
            requests.push_back({some, some, some, 1});
            if (each == 0) requests.back() = {some / 2, some, some / 3 + 1, 1 + random.up_to(2)};
        }
        compare.judge(s, as_shown, requests, true);
    }
    decisions += compare.decisions;
    admitted += compare.admitted;
}

void sweep_small_pools(const combination& which, numbers& random, u64 sweep) {
    comparison compare(rules_of(which, random, sweep, true));
    scene s = any_scene(random, true);
    shown as_shown(s);
    std::vector<asked> requests;
    for (u64 some = 0; some <= 43; ++some) requests.push_back({some, some, some, 1});
    for (s.pool.size = 0; s.pool.size <= 40; ++s.pool.size)
        for (s.pool.available = 0; s.pool.available <= s.pool.size + 2; ++s.pool.available)
            compare.judge(s, as_shown, requests, false);
    decisions += compare.decisions;
    admitted += compare.admitted;
}

}  // namespace

int main(int argc, char** argv) {
    const bool all = argc > 1 && std::strcmp(argv[1], "--all") == 0;
    const int first = all ? 2 : 1;
    const u64 rounds = argc > first ? std::strtoull(argv[first], nullptr, 10) : (all ? 1 : 4);
    numbers random(argc > first + 1 ? std::strtoull(argv[first + 1], nullptr, 10) : 20'170'228);
    const std::vector<combination> combinations = all_combinations();
    for (u64 round = 0; round != rounds; ++round)
        for (const combination& each : combinations)
            if (all)
                sweep_small_pools(each, random, round);
            else
                sample(each, random, round);
    std::printf(
        "%zu combinations of up to 3 of %d forms of rules: %llu decisions as the oracle says, %llu "
        "of them "
        "admitted\n",
        combinations.size(), forms, static_cast<unsigned long long>(decisions),
        static_cast<unsigned long long>(admitted));
    return admitted * 50 > decisions ? 0 : 1;  // or it would have compared little but refusals
}
