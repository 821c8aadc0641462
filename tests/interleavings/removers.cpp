// SPDX-License-Identifier: BSL-1.0
// Real guards with real ledgers on one store, as several processes have, in every order of their
// steps:
//     interleavings [--long | --longer [ORDERS]]
// A step is a load, a store, a question to the world, the beginning of a removal, or the removal
// itself. In every order no rule is broken, and all that was removed stands on the ledger; with
// faults, also where one of them dies at some step, or a store does not say whether it has stored.
// Errors that are planted must be found, and no order may be left out that could end otherwise.
//
// --long takes minutes and comes to its end; --longer tries so many orders of the largest shapes,
// which may have more.
#include "orders.hpp"

#include <shearpin/shearpin.hpp>

#include <array>
#include <cstdlib>
#include <cstring>
#include <map>
#include <set>
#include <string>
#include <tuple>

namespace {

using namespace shearpin::literals;
using orders::faults_of;
using orders::scheduler;
using orders::step;
using orders::way;

inline constexpr auto floor_policy = shearpin::policy{shearpin::min_remaining(2)};
inline constexpr auto rate_policy =
    shearpin::policy{shearpin::max_rate(2, shearpin::duration::hours(1))};
inline constexpr auto flight_policy =
    shearpin::policy{shearpin::max_in_flight(1), shearpin::min_remaining(2)};

/// What all have in common: the document, and the world.
struct common {
    std::string bytes;
    std::uint64_t version = 0;
    bool is_blind = false;              // planted: stores over whatever is there
    bool hides_open = false;            // planted: what is open is read as settled
    std::array<std::string, 3> seen{};  // what the world and the store told each remover
    int serving = 0;
    int removed = 0;
    int under_way = 0;
    int most_under_way = 0;
    int least_serving = 0;
};

/// The document, without a step.
struct plain_store {
    std::string* bytes;
    std::uint64_t* version;

    shearpin::loaded load() { return {*bytes, *version, true, {}}; }
    shearpin::stored store(const std::string& given, std::uint64_t) {
        *bytes = given;
        return {shearpin::stored::outcome::done, ++*version, {}};
    }
};

/// The document in which everything that was open is settled, a few versions later.
shearpin::loaded without_open(std::string bytes, std::uint64_t version) {
    shearpin::ledger ledger{plain_store{&bytes, &version}};
    for (const auto& each : ledger.entries().entries)
        if (each.state == shearpin::entry_state::open)
            (void)ledger.resolve(each.id, shearpin::resolution::everything_removed, "a plant",
                                 "planted");
    return {bytes, version, true, {}};
}

void note(common& all, char what, std::uint64_t told) {
    all.seen[scheduler::current()] += what + std::to_string(told);
}

struct stepping_store {
    common* all;

    shearpin::loaded load() {
        if (scheduler::before(step::load) == way::dies)
            return {{}, 0, false, shearpin::text_view("dead")};
        note(*all, 'l', all->version);
        if (all->hides_open) return without_open(all->bytes, all->version);
        return {all->bytes, all->version, true, {}};
    }
    shearpin::stored store(const std::string& bytes, std::uint64_t expected) {
        using outcome = shearpin::stored::outcome;
        const way how = scheduler::before(step::store);
        if (how == way::dies) return {outcome::failed, 0, shearpin::text_view("dead")};
        if (how == way::not_stored_but_unknown) {
            note(*all, 'u', 0);
            return {outcome::unknown, 0, {}};
        }
        if (all->hides_open && expected > all->version) all->version = expected;
        if (expected != all->version && !all->is_blind) {
            note(*all, 'c', all->version);
            return {outcome::conflict, all->version, {}};
        }
        all->bytes = bytes;
        ++all->version;
        note(*all, 's', all->version);
        if (how == way::stored_but_unknown) return {outcome::unknown, 0, {}};
        return {outcome::done, all->version, {}};
    }
};

shearpin::pool look(common& all, int size) {
    if (scheduler::before(step::ask_the_world) == way::dies)
        return {static_cast<shearpin::count>(size), 0};
    note(all, 'w', static_cast<std::uint64_t>(all.serving));
    return {static_cast<shearpin::count>(size), static_cast<shearpin::count>(all.serving)};
}
void remove_one(common& all) {
    if (scheduler::before(step::start) == way::dies) return;
    ++all.under_way;
    if (all.most_under_way < all.under_way) all.most_under_way = all.under_way;
    if (scheduler::before(step::remove) == way::dies) return;
    --all.serving;
    ++all.removed;
    --all.under_way;
    if (all.serving < all.least_serving) all.least_serving = all.serving;
}

using number = unsigned long long;

struct shape {
    const char* said;
    int removers = 3;
    int turns = 1;
    int serving = 4;
    int floor = 2;
    int most = 2;  // so many can go at all
    int most_at_once = 99;
    int faults = 0;
    faults_of kind = faults_of::everything;
    bool reduces = true;
    bool is_blind = false;
    bool hides_open = false;
    orders::overlooked overlooked{};
    number most_orders = ~number{0};
};

/// An error that is planted in the reduction.
struct mistaken {
    const char* said;
    orders::overlooked steps;
};

struct tried {
    std::string broken;              // what is, and by which order it was found first
    std::map<int, number> removed;   // how many were removed, in how many orders
    std::set<std::string> outcomes;  // what each remover was told, and how it ended
    number orders = 0;
    number steps = 0;
    bool is_exhausted = false;
};

bool failed = false;
void complain(const shape& of, const std::string& what) {
    std::printf("%s: %s\n", of.said, what.c_str());
    failed = true;
}

/// What is broken when all have come to an end; empty where nothing is.
template <bool reserves> std::string judge(const shape& of, common& all, int faults) {
    if (all.most_under_way > of.most_at_once)
        return std::to_string(all.most_under_way) + " were under way at once";
    if (all.least_serving < of.floor)
        return "only " + std::to_string(all.least_serving) + " are left";
    if (all.removed > of.most) return std::to_string(all.removed) + " went";
    if (faults == 0 && all.removed == 0)
        return "nothing went, although nothing spoke against the first";
    if constexpr (reserves) {
        shearpin::ledger reader{plain_store{&all.bytes, &all.version}};
        int open = 0;
        int on_ledger = 0;
        for (const auto& each : reader.entries().entries) {
            on_ledger += static_cast<int>(each.targets);
            if (each.state == shearpin::entry_state::open) open += static_cast<int>(each.targets);
        }
        if (on_ledger < all.removed)
            return std::to_string(all.removed) + " went, and the ledger knows of " +
                   std::to_string(on_ledger);
        if (faults == 0 && (on_ledger != all.removed || open != 0))
            return "the ledger has more than what went";
    }
    return {};
}

/// All orders of removers with this policy; with `reserves` false they have no ledger. Ends at the
/// first that breaks something. With `keeps` it keeps the outcomes.
template <const auto& Policy, bool reserves = true>
tried try_orders(const shape& of, bool keeps = false) {
    scheduler schedule;
    schedule.faults = of.faults;
    schedule.kind = of.kind;
    schedule.reduces = of.reduces;
    schedule.planted = of.overlooked;
    schedule.most_runs = of.most_orders;
    shearpin::manual_clock clock;
    common all;
    tried found;
    schedule.explore(
        [&] {
            all = {};
            all.serving = all.least_serving = of.serving;
            all.is_blind = of.is_blind;
            all.hides_open = of.hides_open;
            std::vector<std::function<void()>> bodies;
            for (int each = 0; each != of.removers; ++each)
                bodies.push_back([&] {
                    shearpin::ledger ledger{stepping_store{&all}};
                    for (int turn = 0; turn != of.turns; ++turn) {
                        const auto remove = [&](int) { remove_one(all); };
                        const auto world = [&] { return look(all, of.serving); };
                        if constexpr (reserves)
                            (void)shearpin::guard<Policy>(remove, world)
                                .with_ledger(ledger, "rows")
                                .with_clock(clock)
                                .try_call(1);
                        else
                            (void)shearpin::guard<Policy>(remove, world).try_call(1);
                        if (scheduler::is_drained()) break;
                    }
                });
            return bodies;
        },
        [&](int faults) {
            ++found.removed[all.removed];
            found.broken = judge<reserves>(of, all, faults);
            if (keeps) {
                std::string outcome;
                for (const std::string& each : all.seen) outcome += each + '|';
                for (const int each :
                     {all.removed, all.least_serving, all.under_way, all.most_under_way})
                    outcome += std::to_string(each) + ' ';
                found.outcomes.insert(outcome + found.broken);
            }
            return found.broken.empty();
        });
    found.orders = schedule.runs;
    found.steps = schedule.steps;
    found.is_exhausted = schedule.is_exhausted;
    return found;
}

void print(const shape& of, const tried& found) {
    std::printf("%s: %llu orders%s, %llu steps;", of.said, found.orders,
                found.is_exhausted ? "" : ", not exhausted", found.steps);
    for (const auto& [removed, orders] : found.removed)
        std::printf(" %d went in %llu", removed, orders);
    std::printf("\n");
    std::fflush(stdout);
}

/// Nothing is broken, and in at least so many orders so many went: where fewer are tried than were
/// on the day when that was written, that is not told as if it were all.
template <const auto& Policy> void holds(const shape& of, const std::map<int, number>& at_least) {
    const tried found = try_orders<Policy>(of);
    print(of, found);
    if (!found.broken.empty()) return complain(of, found.broken);
    if (!found.is_exhausted && found.orders < of.most_orders)
        complain(of, "it ended before its end");
    for (const auto& [removed, orders] : at_least) {
        const auto those = found.removed.find(removed);
        if (those == found.removed.end() || those->second < orders)
            complain(of, std::to_string(removed) + " went in " + std::to_string(orders) +
                             " orders or more until now; where that is meant, write it anew");
    }
}

/// The orders that are left out end as others do: what each remover was told, how many were under
/// way at once, and what is left. It is noticed where the reduction is told that two of these steps
/// may change places, which may not.
template <const auto& Policy>
void leaves_out_nothing(shape of, number orders, const std::vector<mistaken>& mistakes) {
    of.reduces = false;
    const tried whole = try_orders<Policy>(of, true);
    of.reduces = true;
    for (const auto& [said, steps] : mistakes) {
        of.overlooked = steps;
        const tried reduced = try_orders<Policy>(of, true);
        if (whole.outcomes == reduced.outcomes)
            complain(of, std::string("planted, and not found: ") + said);
        else
            std::printf("planted, and found: %s: %zu of %zu outcomes\n", said,
                        reduced.outcomes.size(), whole.outcomes.size());
    }
    of.overlooked = {};
    const tried reduced = try_orders<Policy>(of, true);
    std::printf("%s: %llu orders, %llu of them not equal, with the same %zu outcomes\n", of.said,
                whole.orders, reduced.orders, whole.outcomes.size());
    std::fflush(stdout);
    if (!whole.broken.empty() || !whole.is_exhausted)
        complain(of, "without reduction: " + whole.broken);
    if (whole.orders < orders)
        complain(of, "there were " + std::to_string(orders) + " orders until now");
    if (whole.outcomes != reduced.outcomes)
        complain(of, "there are " + std::to_string(reduced.outcomes.size()) + " outcomes of those");
    if (reduced.orders >= whole.orders) complain(of, "nothing is left out");
}

/// It is found, and what is broken is that.
template <const auto& Policy, bool reserves = true>
void is_convicted(const shape& of, const char* broken) {
    const tried found = try_orders<Policy, reserves>(of);
    if (found.broken != broken)
        complain(of, "planted, and not found: " +
                         (found.broken.empty() ? "nothing is broken" : found.broken));
    else
        std::printf("planted, and found: %s: %s\n", of.said, broken);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string how = argc > 1 ? argv[1] : "";
    const bool is_long = how == "--long";
    const bool is_longer = how == "--longer";
    if (!how.empty() && !is_long && !is_longer) {
        std::fputs("usage: interleavings [--long | --longer [ORDERS]]\n", stderr);
        return 2;
    }
    const number most = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 10'000'000;
    if (most == 0) return std::fputs("at least one order\n", stderr), 2;
    // The errors that are planted come first: what is not able to find them says nothing below.
    is_convicted<floor_policy, false>({.said = "no reservation"}, "only 1 are left");
    is_convicted<floor_policy>({.said = "a floor, a store that does not compare", .is_blind = true},
                               "only 1 are left");
    is_convicted<rate_policy>(
        {.said = "a rate, a store that does not compare", .floor = 0, .is_blind = true}, "3 went");
    is_convicted<floor_policy>(
        {.said = "a floor, a ledger that ignores what is open", .hides_open = true},
        "only 1 are left");
    is_convicted<flight_policy>({.said = "one at a time, a ledger that ignores what is open",
                                 .floor = 0,
                                 .most = 3,
                                 .most_at_once = 1,
                                 .hides_open = true},
                                "2 were under way at once");
    leaves_out_nothing<floor_policy>(
        {.said = "a floor, 2 removers", .removers = 2}, 22'000,
        {{"two stores may change places", {step::store, step::store}},
         {"a store and a load may change places", {step::store, step::load}},
         {"a removal and a look may change places", {step::remove, step::ask_the_world}},
         {"a removal and a beginning may change places", {step::remove, step::start}}});
    leaves_out_nothing<rate_policy>({.said = "a rate, 2 removers", .removers = 2, .floor = 0},
                                    23'120, {});
    leaves_out_nothing<flight_policy>(
        {.said = "one at a time, 2 removers", .removers = 2, .most_at_once = 1}, 920, {});

    holds<floor_policy>({.said = "a floor, 3 removers"}, {{1, 99}, {2, 23'976}});
    holds<floor_policy>(
        {.said = "a floor, 2 removers, a fault anywhere", .removers = 2, .faults = 1},
        {{1, 142}, {2, 1'166}});
    holds<rate_policy>(
        {.said = "a rate, 2 removers, a fault anywhere", .removers = 2, .floor = 0, .faults = 1},
        {{1, 122}, {2, 1'630}});
    holds<flight_policy>({.said = "one at a time, 2 removers, a fault anywhere",
                          .removers = 2,
                          .most_at_once = 1,
                          .faults = 1},
                         {{0, 8}, {1, 132}, {2, 88}});
    if (is_long) {
        holds<rate_policy>({.said = "a rate, 3 removers", .floor = 0}, {{2, 55'320}});
        holds<flight_policy>({.said = "one at a time, 3 removers", .most_at_once = 1},
                             {{1, 210}, {2, 984}});
        holds<flight_policy>(
            {.said = "one at a time, 3 removers, a fault anywhere", .most_at_once = 1, .faults = 1},
            {{0, 54}, {1, 3'750}, {2, 19'128}});
        holds<floor_policy>({.said = "a floor, 2 removers twice each", .removers = 2, .turns = 2},
                            {{2, 624}});
        holds<floor_policy>(
            {.said = "a floor, 2 removers, two faults anywhere", .removers = 2, .faults = 2},
            {{0, 53}, {1, 1'174}, {2, 11'062}});
        holds<floor_policy>({.said = "a floor, 3 removers, one dies anywhere",
                             .faults = 1,
                             .kind = faults_of::removers},
                            {{1, 7'740}, {2, 70'344}});
    }
    if (is_longer) {
        holds<floor_policy>({.said = "a floor, 3 removers, one store does not say how it ended",
                             .faults = 1,
                             .kind = faults_of::stores,
                             .most_orders = most},
                            {});
        holds<floor_policy>(
            {.said = "a floor, 3 removers, a fault anywhere", .faults = 1, .most_orders = most},
            {});
        holds<rate_policy>({.said = "a rate, 3 removers, a fault anywhere",
                            .floor = 0,
                            .faults = 1,
                            .most_orders = most},
                           {});
    }
    return failed ? 1 : 0;
}
