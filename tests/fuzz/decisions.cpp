// SPDX-License-Identifier: BSL-1.0
// Decisions of all kinds against the oracle: the bytes are a world, a policy and a selection.
//   decisions INPUTS [SEED]
//       so many inputs: the same ones for the same seed
//   decisions --corpus FILE...
//       these inputs
//   with -fsanitize=fuzzer -DSHEARPIN_LIBFUZZER
//       a target of libFuzzer
// Half of the inputs are one pool with a past, judged by a policy. The others are targets in
// several pools, with weights, some of them broken, protected or unknown, judged by a guard:
// whether they may go, and which rules of which pools say no, must be what the oracle says.
#include "corpus.hpp"

#include "../oracle/scene_facts.hpp"

#include <shearpin/policy_text.hpp>
#include <shearpin/shearpin.hpp>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <random>

namespace {

using namespace oracle;

[[noreturn]] void fail(const std::string& what, const std::string& policy) {
    std::fprintf(stderr, "%s, by this policy:\n%s\n", what.c_str(), policy.c_str());
    std::abort();
}

/// Numbers from bytes; zeros where they have ended.
class bytes {
public:
    bytes(const unsigned char* data, std::size_t size) : data_(data), size_(size) {}
    u64 up_to(u64 most) {
        const u64 some = take(most < 256 ? 1 : most < 65'536 ? 2 : 8);
        return most == no_limit ? some : some % (most + 1);
    }
    bool one_in(u64 many) { return up_to(many - 1) == 0; }
    /// Small, or at an end of what there is, or anything.
    u64 number() {
        const u64 kind = up_to(7);
        if (kind < 5) return up_to(40);
        if (kind == 5) return largest - up_to(3);
        if (kind == 6) return up_to(no_limit);
        return up_to(no_limit) & largest;
    }
    bool empty() const { return at_ >= size_; }

private:
    u64 take(int many) {
        u64 sum = 0;
        for (; many != 0; --many) sum = sum << 8 | (at_ < size_ ? data_[at_++] : 0);
        return sum;
    }
    const unsigned char* data_;
    std::size_t size_;
    std::size_t at_ = 0;
};

constexpr i64 some_moment = 1'700'000'010 * second;

rule any_rule(bytes& from) {
    rule made{.what = static_cast<form>(from.up_to(forms - 1))};
    made.number = from.number() & largest;
    made.part.under = from.one_in(3) ? 1 + from.up_to(0xffff'fffe) : 100;
    made.part.over = from.up_to(made.part.under);
    made.least = from.number() & largest;
    if (made.what == form::batch_share_or) made.least += made.least == 0;
    if (made.what == form::floor_peak_baseline) made.number += made.number == 0;
    if (made.what == form::approvals) made.number = 1 + from.up_to(7);
    made.time = static_cast<i64>(1 + from.up_to(5)) * second;
    made.from = from.one_in(2) ? static_cast<i64>(from.up_to(604'799))
                               : 166'400 + static_cast<i64>(from.up_to(20));
    made.until = from.one_in(2) ? static_cast<i64>(from.up_to(604'799))
                                : 166'400 + static_cast<i64>(from.up_to(20));
    if (made.what == form::freeze_dates) {
        made.from = 1'700'000'000 + static_cast<i64>(from.up_to(20));
        made.until = made.from + 1 + static_cast<i64>(from.up_to(20));
    }
    return made;
}
std::vector<rule> any_rules(bytes& from) {
    std::vector<rule> rules;
    for (u64 left = 1 + from.up_to(3); left != 0; --left) {
        const rule next = any_rule(from);
        bool fits = true;
        for (const rule& each : rules)
            fits = fits && name(each.what) != name(next.what) && each.what != form::unlimited &&
                   next.what != form::unlimited;
        if (fits) rules.push_back(next);
    }
    return rules;
}
std::string text(const std::vector<rule>& rules) {
    std::string written;
    for (const rule& each : rules) written += (written.empty() ? "" : ", ") + oracle::text(each);
    return written;
}

void say_words(bytes& from, scene& s) {
    static const char* const people[] = {"ann", "bob", "Ann", " bob ", "carol", "", "dan", "\tann"};
    s.has_words = !from.one_in(4);
    if (!s.has_words) return;
    s.actor = people[from.up_to(7)];
    for (u64 left = from.up_to(4); left != 0; --left) s.approvers.push_back(people[from.up_to(7)]);
}
i64 some_time(bytes& from) {
    return some_moment - (static_cast<i64>(from.up_to(8)) - 2) * second +
           static_cast<i64>(from.up_to(2)) - 1;
}

/// One pool with a past. Whether it was admitted.
bool judge_one_pool(bytes& from) {
    const std::vector<rule> rules = any_rules(from);
    scene s;
    s.pool = {from.number(), from.number()};
    if (from.one_in(2)) s.pool.available = s.pool.size;
    s.now = some_moment + static_cast<i64>(from.up_to(20)) * second / 2;
    s.has_observed = !from.one_in(8);
    s.observed_at = some_time(from);
    s.complete = !from.one_in(16);
    s.has_ledger = !from.one_in(8);
    if (from.one_in(3)) s.open = from.number();
    for (u64 left = from.up_to(4); left != 0; --left)
        s.removals.push_back({some_time(from), from.number()});
    for (u64 left = from.up_to(2); left != 0; --left)
        s.sizes.push_back({some_time(from), from.number()});
    s.has_forgotten = from.one_in(6);
    s.forgotten_at = some_time(from);
    say_words(from, s);
    s.says_expected = s.has_words && from.one_in(2);
    asked request{from.number(), from.number(), from.number(), 1 + from.up_to(2)};
    if (from.one_in(2)) request = {request.amount, request.amount, request.amount, 1};
    if (from.one_in(2)) {  // at the edge of a rule, where a limit that is one off shows
        const u64 edge = limit(s, rules[from.up_to(rules.size() - 1)]) + from.up_to(1);
        request = {edge, edge, edge, request.pools};
    }

    const std::string written = text(rules);
    const auto read = shearpin::parse_policy(written);
    if (!read.has_value()) fail("not read", written);
    const shown as_shown(s);
    bool expected = s.complete && s.pool.size <= largest && s.pool.available <= largest &&
                    request.heads != 0 && request.amount <= largest &&
                    request.serving <= s.pool.available;
    for (const rule& each : rules)
        expected = expected && measured(request, each.what) <= limit(s, each);
    const shearpin::amounts what{request.serving, request.amount, request.heads, request.pools};
    const bool found = read->admits(as_shown.facts(), what);
    if (found != expected)
        fail(found ? "admitted, and the oracle refuses" : "refused, and the oracle admits",
             written);
    return found;
}

/// Targets in several pools.
struct target {
    bool known = true;
    bool broken = false;
    bool is_protected = false;
    std::vector<std::string> pools;
    std::vector<u64> weights;
};
struct fleet {
    std::vector<target> all;
    std::vector<scene> states;
    static std::size_t number(const std::string& pool) {
        return static_cast<std::size_t>(pool.back() - '0');
    }

    bool contains(int which) const { return all[static_cast<std::size_t>(which)].known; }
    const std::vector<std::string>& pools_of(int which) const {
        return all[static_cast<std::size_t>(which)].pools;
    }
    bool is_available(int which) const { return !all[static_cast<std::size_t>(which)].broken; }
    bool is_protected(int which) const { return all[static_cast<std::size_t>(which)].is_protected; }
    u64 weight_of(int which, const std::string& pool) const {
        return all[static_cast<std::size_t>(which)].weights[number(pool)];
    }
    shearpin::observation state(const std::string& pool) const {
        const scene& s = states[number(pool)];
        return {{s.pool.size, s.pool.available},
                s.has_observed ? time_of(s.observed_at) : shearpin::time_point{},
                s.complete};
    }
};

bool judge_several_pools(bytes& from) {
    constexpr std::size_t pools = 3;
    fleet world;
    scene common;
    common.now = some_moment + static_cast<i64>(from.up_to(20)) * second / 2;
    common.has_ledger = false;
    say_words(from, common);
    std::string written;
    std::vector<std::vector<rule>> rules(pools);
    for (std::size_t at = 0; at != pools; ++at) {
        scene s = common;
        s.pool = {from.number(), from.number()};
        if (from.one_in(2)) s.pool.available = s.pool.size;
        s.has_observed = !from.one_in(8);
        s.observed_at = some_time(from);
        s.complete = !from.one_in(24);
        world.states.push_back(s);
        if (at != 0 && from.one_in(16)) continue;  // no policy speaks of it
        rules[at] = any_rules(from);
        written += "pool p" + std::to_string(at) + " {" + text(rules[at]) + "}\n";
    }
    for (int number = 0; number != 8; ++number) {
        target one;
        one.known = !from.one_in(32);
        one.broken = from.one_in(4);
        one.is_protected = from.one_in(48);
        const u64 in = 1 + from.up_to(6);
        for (std::size_t at = 0; at != pools; ++at) {
            if ((in >> at & 1) != 0) one.pools.push_back("p" + std::to_string(at));
            one.weights.push_back(from.one_in(2) ? 1 : from.number());
        }
        world.all.push_back(one);
    }
    std::vector<int> selected;
    for (u64 left = from.up_to(6); left != 0; --left)
        selected.push_back(static_cast<int>(from.up_to(7)));
    shearpin::request said;
    if (common.has_words) {
        said.actor = shearpin::spoken_word(common.actor);
        said.approvers = shearpin::names(common.approvers);
        if (from.one_in(3)) {
            said.expected = shearpin::expectation(selected.size() + (from.one_in(8) ? 1 : 0));
            for (scene& each : world.states) each.says_expected = true;
        }
    }

    // What the oracle says.
    bool admits = !selected.empty();
    std::set<int> once(selected.begin(), selected.end());
    if (once.size() != selected.size()) admits = false;
    if (said.expected.given() && said.expected.number() != selected.size()) admits = false;
    for (const int each : selected)
        admits = admits && world.contains(each) && !world.is_protected(each);
    const bool plain = admits;  // nothing but the pools can speak against it
    std::set<std::string> breaks;
    wide serving[pools] = {}, amount[pools] = {}, heads[pools] = {};
    u64 touched = 0;
    for (const int each : selected)
        for (const std::string& pool : world.pools_of(each)) {
            const std::size_t at = fleet::number(pool);
            if (heads[at] == 0) ++touched;
            const u64 weight = world.weight_of(each, pool) == 0 ? 1 : world.weight_of(each, pool);
            heads[at] += 1;
            amount[at] += weight;
            if (world.is_available(each)) serving[at] += weight;
        }
    const auto saturate = [](wide number) {
        return number > wide{no_limit} ? no_limit : static_cast<u64>(number);
    };
    for (std::size_t at = 0; at != pools; ++at) {
        if (heads[at] == 0) continue;
        const scene& s = world.states[at];
        const std::string pool = "p" + std::to_string(at) + ":";
        if (rules[at].empty()) {
            breaks.insert(pool + "no_policy");
            continue;
        }
        if (s.pool.size > largest || s.pool.available > largest) {
            breaks.insert(pool + "impossible_pool");
            continue;
        }
        const asked what{saturate(serving[at]), saturate(amount[at]), saturate(heads[at]), touched};
        if (!s.complete) breaks.insert(pool + "incomplete_observation");
        if (what.amount > largest) breaks.insert(pool + "impossible_request");
        if (what.serving > s.pool.available) breaks.insert(pool + "more_than_available");
        for (const rule& each : rules[at])
            if (measured(what, each.what) > limit(s, each))
                breaks.insert((each.what == form::pools_number ? ":" : pool) + name(each.what));
    }
    admits = admits && breaks.empty();

    // And the library.
    const auto read = shearpin::parse_policies(written);
    if (!read.has_value()) fail("not read", written);
    shearpin::manual_clock clock(time_of(common.now));
    auto guarded =
        shearpin::guard(read.value(), [](const std::vector<int>&) {}, world).with_clock(clock);
    const auto decided =
        common.has_words ? guarded.asking(said).check(selected) : guarded.check(selected);
    if (decided.admitted() != admits)
        fail(admits ? "refused, and the oracle admits" : "admitted, and the oracle refuses",
             written);
    if (plain && !admits) {
        std::set<std::string> found;
        for (const auto& each : decided.why().violations())
            found.insert(std::string(each.pool()) + ":" + std::string(each.rule()));
        if (found != breaks) {
            std::string both = "the refusal names";
            for (const std::string& each : found) both += " " + each;
            both += ", and the oracle";
            for (const std::string& each : breaks) both += " " + each;
            fail(both, written);
        }
    }
    return admits;
}

bool check(const unsigned char* data, std::size_t size) {
    bytes from(data, size);
    return from.one_in(2) ? judge_one_pool(from) : judge_several_pools(from);
}

}  // namespace

#if defined(SHEARPIN_LIBFUZZER)

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    check(data, size);
    return 0;
}

#else

int main(int number, char** arguments) {
    if (fuzz::is_asked_for_corpus(number, arguments))
        return fuzz::check_corpus(number, arguments, [](const std::string& input) {
            check(reinterpret_cast<const unsigned char*>(input.data()), input.size());
        });
    const u64 inputs = number > 1 ? std::strtoull(arguments[1], nullptr, 10) : 100'000;
    std::mt19937_64 random(number > 2 ? std::strtoull(arguments[2], nullptr, 10) : 1);
    u64 admitted = 0;
    std::vector<unsigned char> input(240);
    for (u64 done = 0; done != inputs; ++done) {
        for (unsigned char& each : input) each = static_cast<unsigned char>(random());
        admitted += check(input.data(), input.size());
    }
    std::printf("%llu decisions as the oracle says, %llu of them admitted\n",
                static_cast<unsigned long long>(inputs), static_cast<unsigned long long>(admitted));
    return inputs >= 1'000 && admitted * 200 < inputs ? 1 : 0;
}

#endif
