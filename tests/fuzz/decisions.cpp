// SPDX-License-Identifier: BSL-1.0
// Decisions of all kinds against the oracle: the bytes are a world, a policy and a selection.
//   decisions INPUTS [SEED]
//       so many inputs: the same ones for the same seed
//   decisions --corpus FILE...
//       these inputs
//   with -fsanitize=fuzzer -DSHEARPIN_LIBFUZZER
//       a target of libFuzzer
// Half of the inputs are one pool with a past, judged by a policy. The others are targets in
// several pools, with weights, some of them broken, protected or unknown, and with overrides,
// judged by a guard: whether they may go, and which rules of which pools say no, must be what the
// oracle says. Half of these guards have a ledger, on which others reserve and settle first: the
// oracle keeps its own list of that.
// Prints how many of which kind were admitted, and how many answers would have been other ones
// without what stands on the ledger, or without overrides; ends with 1 where these are few.
#include "corpus.hpp"

#include "../oracle/scene_facts.hpp"

#include <shearpin/policy_text.hpp>
#include <shearpin/shearpin.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <random>
#include <type_traits>
#include <utility>

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
    if (has_least(made.what)) made.least += made.least == 0;
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
    made.liftable = made.what != form::unlimited && from.one_in(3);
    return made;
}
std::vector<rule> any_rules(bytes& from, u64 most) {
    std::vector<rule> rules;
    for (u64 left = 1 + from.up_to(most - 1); left != 0; --left) {
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
    const std::vector<rule> rules = any_rules(from, 4);
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
    for (const rule& each : rules)
        if (each.what != form::unlimited && from.one_in(4))
            s.lifts.push_back({name(each.what), from.number()});
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

constexpr std::size_t pools = 3;
std::string pool_of(std::size_t at) { return "p" + std::to_string(at); }

/// An override, as it is given and as the oracle keeps it; one rule of one pool has one at most.
struct given_override {
    std::string rule;
    std::string pool;  ///< "" where none is named
    std::string reason;
    u64 up_to;
    i64 until;
    bool used = false;
};

/// What stands on the ledger of one removal, in the oracle's list.
struct noted_removal {
    enum { open, over, in_doubt } state = open;
    i64 settled_at = 0;
    u64 heads_in_all = 0;
    bool touches[pools] = {};
    asked of[pools] = {};
};

/// All that an oracle of a guard needs to know.
struct story {
    /// Of numbers and weights as they mostly are, so that it is the rules and the past that decide.
    bool is_common = false;
    fleet world;
    std::vector<std::vector<rule>> rules = std::vector<std::vector<rule>>(pools);
    std::string written;
    i64 now = 0;
    bool has_ledger = false;
    std::vector<noted_removal> removals;  ///< in the order in which they were reserved
    std::vector<std::size_t> settled;     ///< in the order in which they were settled
    std::vector<seen_size> sizes[pools];
    std::set<std::string> spent;  ///< overrides: rule, pool and reason
};
struct call {
    std::vector<int> selected;
    bool has_words = false;
    scene words;  ///< who says what
    bool says_number = false;
    u64 number = 0;
    std::vector<given_override> overrides;
};
struct answer {
    bool admits = false;
    bool by_pools = false;  ///< nothing but the pools can speak against it
    std::set<std::string> breaks;
    noted_removal takes;
    std::vector<std::string> uses;  ///< overrides: rule, pool and reason
};

u64 saturate(wide number) { return number > wide{no_limit} ? no_limit : static_cast<u64>(number); }

void stand_anew(bytes& from, const story& told, scene& s) {
    if (told.is_common) {
        s.pool.size = 8 + from.up_to(56);
        s.pool.available = s.pool.size - (from.one_in(3) ? from.up_to(4) : 0);
        s.has_observed = !from.one_in(16);
        s.observed_at = told.now - static_cast<i64>(from.up_to(3)) * second / 2;
        s.complete = !from.one_in(64);
        return;
    }
    s.pool = {from.number(), from.number()};
    if (from.one_in(2)) s.pool.available = s.pool.size;
    s.has_observed = !from.one_in(8);
    s.observed_at = told.now + some_time(from) - some_moment;
    s.complete = !from.one_in(24);
}
std::vector<int> some_targets(bytes& from, bool each_once) {
    std::vector<int> selected;
    u64 next = from.up_to(7);
    for (u64 left = from.up_to(each_once ? 4 : 6); left != 0; --left) {
        selected.push_back(static_cast<int>(next));
        next = each_once ? (next + 1) % 8 : from.up_to(7);
    }
    return selected;
}

story begin(bytes& from, bool has_ledger) {
    story told;
    told.has_ledger = has_ledger;
    told.is_common = !from.one_in(4);
    told.now = some_moment + static_cast<i64>(from.up_to(20)) * second / 2;
    for (std::size_t at = 0; at != pools; ++at) {
        told.world.states.emplace_back();
        stand_anew(from, told, told.world.states.back());
        if (at != 0 && from.one_in(16)) continue;  // no policy speaks of it
        told.rules[at] = any_rules(from, told.is_common ? 2 : 4);
        told.written += "pool " + pool_of(at) + " {" + text(told.rules[at]) + "}\n";
    }
    for (int number = 0; number != 8; ++number) {
        target one;
        one.known = told.is_common || !from.one_in(32);
        one.broken = from.one_in(4);
        one.is_protected = !told.is_common && from.one_in(48);
        const u64 in = 1 + from.up_to(6);
        for (std::size_t at = 0; at != pools; ++at) {
            if ((in >> at & 1) != 0) one.pools.push_back(pool_of(at));
            one.weights.push_back(from.one_in(2)   ? 1
                                  : told.is_common ? from.up_to(3)
                                                   : from.number());
        }
        told.world.all.push_back(one);
    }
    return told;
}

call any_call(bytes& from, const story& told) {
    call made;
    say_words(from, made.words);
    made.has_words = made.words.has_words;
    made.selected = some_targets(from, told.is_common);
    if (!made.has_words) return made;
    if (from.one_in(3)) {
        made.says_number = true;
        made.number = made.selected.size() + (from.one_in(8) ? 1 : 0);
    }
    if (from.one_in(2)) return made;
    for (std::size_t at = 0; at != pools; ++at)
        for (const rule& each : told.rules[at]) {
            if (each.what == form::unlimited || made.overrides.size() == 4 || from.one_in(2))
                continue;
            given_override lift{name(each.what), pool_of(at), "", 0, 0};
            if (from.one_in(12)) lift.pool = "";
            static const char* const reasons[] = {"CHG-1", "CHG-2", "CHG-3", ""};
            lift.reason = reasons[from.one_in(12) ? 3 : from.up_to(2)];
            lift.up_to = from.number();
            lift.until = told.now + (static_cast<i64>(from.up_to(8)) - 1) * second;
            made.overrides.push_back(lift);
        }
    return made;
}

std::string identity(const given_override& lift, const std::string& pool) {
    return lift.rule + " of " + pool + ": " + lift.reason;
}

/// One pool as a call finds it, with what is leaving it and what has left it.
scene seen(const story& told, const call& asks, std::size_t at) {
    scene s = told.world.states[at];
    s.now = told.now;
    s.has_ledger = told.has_ledger;
    s.has_words = asks.has_words;
    s.actor = asks.words.actor;
    s.approvers = asks.words.approvers;
    s.says_expected = asks.says_number;
    s.sizes = told.sizes[at];
    wide open = 0;
    wide gone = 0;
    for (const noted_removal& each : told.removals) {
        if (!each.touches[at]) continue;
        if (each.state == noted_removal::open) open += each.of[at].amount;
        // Whether the numbers of the world show it already, nobody knows: of what is not over, and
        // of what was over after the world had looked.
        if (each.state != noted_removal::over ||
            (s.has_observed && s.observed_at < each.settled_at))
            gone += each.of[at].serving;
    }
    s.open = saturate(open);
    for (const std::size_t each : told.settled)
        if (told.removals[each].touches[at])
            s.removals.push_back(
                {told.removals[each].settled_at, told.removals[each].of[at].amount});
    if (s.pool.available <= largest) s.pool.available = saturated(wide{s.pool.available} - gone);
    for (const given_override& each : asks.overrides)
        if (each.pool == pool_of(at) && !each.reason.empty() && !each.used &&
            told.now < each.until && told.spent.count(identity(each, each.pool)) == 0)
            s.lifts.push_back({each.rule, each.up_to});
    return s;
}

answer oracle_says(const story& told, const call& asks) {
    answer said;
    said.by_pools = !asks.selected.empty();
    const std::set<int> once(asks.selected.begin(), asks.selected.end());
    if (once.size() != asks.selected.size()) said.by_pools = false;
    if (asks.says_number && asks.number != asks.selected.size()) said.by_pools = false;
    for (const int each : asks.selected)
        said.by_pools =
            said.by_pools && told.world.contains(each) && !told.world.is_protected(each);
    wide serving[pools] = {}, amount[pools] = {}, heads[pools] = {};
    u64 touched = 0;
    for (const int each : asks.selected)
        for (const std::string& pool : told.world.pools_of(each)) {
            const std::size_t at = fleet::number(pool);
            if (heads[at] == 0) ++touched;
            const u64 said_weight = told.world.weight_of(each, pool);
            const u64 weight = said_weight == 0 ? 1 : said_weight;
            heads[at] += 1;
            amount[at] += weight;
            if (told.world.is_available(each)) serving[at] += weight;
        }
    said.takes.heads_in_all = asks.selected.size();
    for (std::size_t at = 0; at != pools; ++at) {
        if (heads[at] == 0) continue;
        const scene s = seen(told, asks, at);
        const std::string pool = pool_of(at) + ":";
        const asked what{saturate(serving[at]), saturate(amount[at]), saturate(heads[at]), touched};
        said.takes.touches[at] = true;
        said.takes.of[at] = what;
        if (told.rules[at].empty()) {
            said.breaks.insert(pool + "no_policy");
            continue;
        }
        if (s.pool.size > largest || s.pool.available > largest) {
            said.breaks.insert(pool + "impossible_pool");
            continue;
        }
        if (!s.complete) said.breaks.insert(pool + "incomplete_observation");
        if (what.amount > largest) said.breaks.insert(pool + "impossible_request");
        if (what.serving > s.pool.available) said.breaks.insert(pool + "more_than_available");
        for (const rule& each : told.rules[at]) {
            const u64 much = measured(what, each.what);
            if (much > limit(s, each))
                said.breaks.insert((each.what == form::pools_number ? ":" : pool) +
                                   name(each.what));
            else if (much > own_limit(s, each))
                for (const given_override& lift : asks.overrides)
                    if (lift.rule == name(each.what) && lift.pool == pool_of(at))
                        said.uses.push_back(identity(lift, lift.pool));
        }
    }
    said.admits = said.by_pools && said.breaks.empty();
    return said;
}

void compare(const story& told, const answer& expected, bool admitted,
             const shearpin::refusal* why) {
    if (admitted != expected.admits)
        fail(
            expected.admits ? "refused, and the oracle admits" : "admitted, and the oracle refuses",
            told.written);
    if (admitted || !expected.by_pools) return;
    std::set<std::string> found;
    for (const auto& each : why->violations())
        // Why an override was of no use is said beside what is broken.
        if (!(each.rule() == shearpin::checks::override_unusable::name))
            found.insert(std::string(each.pool()) + ":" + std::string(each.rule()));
    if (found == expected.breaks) return;
    std::string both = "the refusal names";
    for (const std::string& each : found) both += " " + each;
    both += ", and the oracle";
    for (const std::string& each : expected.breaks) both += " " + each;
    fail(both, told.written);
}

/// Calls `with(guard that is asked, selection)`, with what the call says.
template <class Guard, class F>
void asking(const Guard& guarded, const call& asks, std::vector<grant>& grants, F with) {
    if (!asks.has_words) {
        with(guarded);
        return;
    }
    shearpin::request said;
    said.actor = shearpin::spoken_word(asks.words.actor);
    said.approvers = shearpin::names(asks.words.approvers);
    if (asks.says_number) said.expected = shearpin::expectation(asks.number);
    for (const given_override& each : asks.overrides)
        grants.push_back(grant_of(each.rule, {.up_to = each.up_to,
                                              .until = time_of(each.until),
                                              .reason = shearpin::fixed_text<159>(each.reason),
                                              .pool = shearpin::spoken_word(each.pool)}));
    const auto saying = guarded.asking(said);
    switch (grants.size()) {
        case 0:
            return with(saying);
        case 1:
            return with(saying.overriding(*grants[0]));
        case 2:
            return with(saying.overriding(*grants[0]).overriding(*grants[1]));
        case 3:
            return with(
                saying.overriding(*grants[0]).overriding(*grants[1]).overriding(*grants[2]));
        default:
            return with(saying.overriding(*grants[0])
                            .overriding(*grants[1])
                            .overriding(*grants[2])
                            .overriding(*grants[3]));
    }
}

struct tally {
    u64 judged = 0;
    u64 admitted = 0;
};
tally of_one_pool;
tally of_several_pools;
tally with_a_ledger;
u64 turned_by_the_ledger = 0;
u64 turned_by_an_override = 0;

/// Whether so much is answered otherwise where nobody has removed anything, or nothing is lifted.
void count_turned(const story& told, const call& asks, bool admits) {
    if (!asks.overrides.empty()) {
        call without = asks;
        without.overrides.clear();
        turned_by_an_override += oracle_says(told, without).admits != admits;
    }
    if (told.removals.empty()) return;
    story forgotten = told;
    forgotten.removals.clear();
    forgotten.settled.clear();
    for (auto& each : forgotten.sizes) each.clear();
    forgotten.spent.clear();
    turned_by_the_ledger += oracle_says(forgotten, asks).admits != admits;
}

/// Checks, and compares with the oracle. Whether it was admitted.
template <class Guard> bool check_by(const Guard& guarded, const story& told, const call& asks) {
    const answer expected = oracle_says(told, asks);
    std::vector<grant> grants;
    asking(guarded, asks, grants, [&](const auto& call_site) {
        const auto decided = call_site.check(asks.selected);
        compare(told, expected, decided.admitted(), decided.admitted() ? nullptr : &decided.why());
    });
    count_turned(told, asks, expected.admits);
    return expected.admits;
}

auto policies_of(const std::string& written) {
    auto read = shearpin::parse_policies(written);
    if (!read.has_value()) fail("not read", written);
    return read.value();
}

bool judge_several_pools(bytes& from) {
    story told = begin(from, false);
    const call asks = any_call(from, told);
    shearpin::manual_clock clock(time_of(told.now));
    const auto guarded = shearpin::guard(
                             policies_of(told.written), [](const std::vector<int>&) {}, told.world)
                             .with_clock(clock);
    return check_by(guarded, told, asks);
}

/// Reserves, and compares with the oracle, which notes it. Whether it used up an override.
template <class Guard, class Open>
bool reserve_by(const Guard& guarded, story& told, const call& asks, Open& open) {
    const answer expected = oracle_says(told, asks);
    std::vector<grant> grants;
    asking(guarded, asks, grants, [&](const auto& call_site) {
        auto started = call_site.reserve(asks.selected);
        compare(told, expected, started.has_value(),
                started.has_value() ? nullptr : &started.error());
        if (started.has_value()) {
            using reservation = std::remove_reference_t<decltype(*started)>;
            open.emplace_back(told.removals.size(),
                              std::make_unique<reservation>(std::move(*started)));
        }
    });
    count_turned(told, asks, expected.admits);
    if (!expected.admits) return false;
    told.removals.push_back(expected.takes);
    told.spent.insert(expected.uses.begin(), expected.uses.end());
    for (std::size_t at = 0; at != pools; ++at)
        if (expected.takes.touches[at])
            told.sizes[at].push_back({told.now, told.world.states[at].pool.size});
    return !expected.uses.empty();
}

/// Ends one of the open removals: all of it, some of it, or nobody knows.
template <class Open> void settle_one(bytes& from, story& told, Open& open) {
    const std::size_t which = from.up_to(open.size() - 1);
    noted_removal& removal = told.removals[open[which].first];
    auto& reservation = *open[which].second;
    shearpin::store_trouble trouble;
    removal.state = noted_removal::over;
    removal.settled_at = told.now;
    told.settled.push_back(open[which].first);
    if (from.one_in(4)) {
        removal.state = noted_removal::in_doubt;
        trouble = std::move(reservation).in_doubt();
    } else if (removal.heads_in_all > 1 && from.one_in(3)) {
        // So many went, and nobody knows in which pools. Where they do not weigh one each, it may
        // have been the heaviest.
        const u64 went = 1 + from.up_to(removal.heads_in_all - 2);
        for (asked& each : removal.of)
            if (each.amount == each.heads) {
                each.amount = std::min(each.amount, went);
                each.serving = std::min(each.serving, went);
            }
        trouble = std::move(reservation).settle(shearpin::removed{went});
    } else {
        trouble = std::move(reservation).settle();
    }
    if (!trouble.empty()) fail("not settled: " + std::string(trouble), told.written);
    open.erase(open.begin() + static_cast<std::ptrdiff_t>(which));
}

bool judge_with_a_ledger(bytes& from) {
    story told = begin(from, true);
    shearpin::manual_clock clock(time_of(told.now));
    shearpin::ledger ledger{shearpin::memory_store{}};
    const auto with_all = [&](const std::string& written) {
        return shearpin::guard(
                   policies_of(written), [](const std::vector<int>&) {}, told.world)
            .with_clock(clock)
            .with_ledger(ledger);
    };
    // What others remove first is mostly admitted by rules that hardly ever refuse, and that look
    // back as far as any other does: what no rule can see a ledger need not remember.
    const std::vector<std::vector<rule>> strict = told.rules;
    const std::string strictly = told.written;
    std::vector<std::vector<rule>> lax(pools);
    std::string laxly;
    for (std::size_t at = 0; at != pools; ++at) {
        lax[at] = {{.what = form::rate_number, .number = largest, .time = 6 * second}};
        laxly += "pool " + pool_of(at) + " {" + text(lax[at]) + "}\n";
    }
    const auto lax_guard = with_all(laxly);
    const auto strict_guard = with_all(strictly);
    call asks = any_call(from, told);
    using reservation = std::remove_reference_t<decltype(*lax_guard.reserve(asks.selected))>;
    using asked_reservation =
        std::remove_reference_t<decltype(*lax_guard.asking({}).reserve(asks.selected))>;
    static_assert(std::is_same_v<reservation, asked_reservation>);
    std::vector<std::pair<std::size_t, std::unique_ptr<reservation>>> open;
    for (u64 left = 1 + from.up_to(4); left != 0; --left) {
        told.now += static_cast<i64>(from.up_to(4)) * second / 2;
        clock.set(time_of(told.now));
        for (scene& each : told.world.states)
            if (from.one_in(4)) stand_anew(from, told, each);
        if (!open.empty() && from.one_in(2)) {
            settle_one(from, told, open);
            continue;
        }
        const bool is_lax = from.one_in(2);
        told.rules = is_lax ? lax : strict;
        told.written = is_lax ? laxly : strictly;
        const call first = any_call(from, told);
        // What an override let go once is asked for again, with the same one.
        if (reserve_by(is_lax ? lax_guard : strict_guard, told, first, open)) asks = first;
    }
    told.now += static_cast<i64>(from.up_to(4)) * second / 2;
    clock.set(time_of(told.now));
    told.rules = strict;
    told.written = strictly;
    return check_by(strict_guard, told, asks);
}

bool check(const unsigned char* data, std::size_t size) {
    bytes from(data, size);
    const u64 kind = from.up_to(3);
    tally& of_this_kind = kind < 2 ? of_one_pool : kind == 2 ? of_several_pools : with_a_ledger;
    const bool admitted = kind < 2    ? judge_one_pool(from)
                          : kind == 2 ? judge_several_pools(from)
                                      : judge_with_a_ledger(from);
    ++of_this_kind.judged;
    of_this_kind.admitted += admitted;
    return admitted;
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
    std::vector<unsigned char> input(400);
    for (u64 done = 0; done != inputs; ++done) {
        for (unsigned char& each : input) each = static_cast<unsigned char>(random());
        check(input.data(), input.size());
    }
    bool too_few = false;
    const auto tell = [&](u64 found, u64 of, u64 at_least_one_in, const char* what) {
        std::printf("%llu%s", static_cast<unsigned long long>(found), what);
        too_few = too_few || found * at_least_one_in < of;
    };
    const u64 all = of_one_pool.admitted + of_several_pools.admitted + with_a_ledger.admitted;
    tell(inputs, 0, 1, " decisions as the oracle says, ");
    tell(all, 0, 1, " of them admitted: ");
    tell(of_one_pool.admitted, of_one_pool.judged, 20, " of one pool, ");
    tell(of_several_pools.admitted, of_several_pools.judged, 20, " of several, ");
    tell(with_a_ledger.admitted, with_a_ledger.judged, 10, " with a ledger; ");
    tell(turned_by_the_ledger, with_a_ledger.judged, 30, " other ones for what stood on it, ");
    tell(turned_by_an_override, inputs, 1000, " for an override\n");
    return inputs >= 2'000 && too_few ? 1 : 0;
}

#endif
