// SPDX-License-Identifier: BSL-1.0
// Real guards with real ledgers on one store, as several processes have, in every order of their
// steps:
//     interleavings [--long]
// A step is a load, a store, a question to the world, or the removal itself. In every order no rule
// is broken, and all that was removed stands on the ledger; with faults, also where one of them
// dies at some step, or a store does not say whether it has stored. Errors that are planted must be
// found.
#include "orders.hpp"

#include <shearpin/shearpin.hpp>

#include <cstring>
#include <map>
#include <string>

namespace {

using namespace shearpin::literals;
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
    bool is_blind = false;  // planted: stores over whatever is there
    int serving = 0;
    int removed = 0;
    int under_way = 0;
    int most_under_way = 0;
    int least_serving = 0;
};

struct stepping_store {
    common* all;

    shearpin::loaded load() {
        if (scheduler::before(step::load) == way::dies)
            return {{}, 0, false, shearpin::text_view("dead")};
        return {all->bytes, all->version, true, {}};
    }
    shearpin::stored store(const std::string& bytes, std::uint64_t expected) {
        using outcome = shearpin::stored::outcome;
        const way how = scheduler::before(step::store);
        if (how == way::dies) return {outcome::failed, 0, shearpin::text_view("dead")};
        if (how == way::not_stored_but_unknown) return {outcome::unknown, 0, {}};
        if (expected != all->version && !all->is_blind)
            return {outcome::conflict, all->version, {}};
        all->bytes = bytes;
        ++all->version;
        if (how == way::stored_but_unknown) return {outcome::unknown, 0, {}};
        return {outcome::done, all->version, {}};
    }
};

shearpin::pool look(const common& all, int size) {
    if (scheduler::before(step::ask_the_world) == way::dies)
        return {static_cast<shearpin::count>(size), 0};
    return {static_cast<shearpin::count>(size), static_cast<shearpin::count>(all.serving)};
}
void remove_one(common& all) {
    if (!scheduler::is_drained()) {
        ++all.under_way;
        if (all.most_under_way < all.under_way) all.most_under_way = all.under_way;
    }
    if (scheduler::before(step::remove) == way::dies) return;
    --all.serving;
    ++all.removed;
    --all.under_way;
    if (all.serving < all.least_serving) all.least_serving = all.serving;
}

struct shape {
    const char* said;
    int removers = 3;
    int turns = 1;
    int serving = 4;
    int floor = 2;
    int most = 2;  // so many can go at all
    int most_at_once = 99;
    int faults = 0;
    bool reduces = true;
    bool is_blind = false;
};

bool failed = false;
void complain(const shape& of, const std::string& what) {
    std::printf("%s: %s\n", of.said, what.c_str());
    failed = true;
}

/// All orders of removers with this policy; with `reserves` false they have no ledger. Returns what
/// was broken.
template <const auto& Policy, bool reserves> std::string try_orders(const shape& of, bool tells) {
    scheduler schedule;
    schedule.faults = of.faults;
    schedule.reduces = of.reduces;
    shearpin::manual_clock clock;
    common all;
    std::string broken;
    std::map<int, unsigned long long> outcomes;  // how many were removed, in how many orders
    schedule.explore(
        [&] {
            all = {};
            all.serving = all.least_serving = of.serving;
            all.is_blind = of.is_blind;
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
            ++outcomes[all.removed];
            if (all.least_serving < of.floor)
                broken = "only " + std::to_string(all.least_serving) + " are left";
            else if (all.removed > of.most)
                broken = std::to_string(all.removed) + " went";
            else if (all.most_under_way > of.most_at_once)
                broken = std::to_string(all.most_under_way) + " were under way at once";
            else if (faults == 0 && all.removed == 0)
                broken = "nothing went, although nothing spoke against the first";
            if constexpr (reserves) {
                struct plain_store {
                    common* all;
                    shearpin::loaded load() { return {all->bytes, all->version, true, {}}; }
                    shearpin::stored store(const std::string&, std::uint64_t) { return {}; }
                };
                shearpin::ledger reader{plain_store{&all}};
                int open = 0;
                int on_ledger = 0;
                for (const auto& each : reader.entries().entries) {
                    on_ledger += static_cast<int>(each.targets);
                    if (each.state == shearpin::entry_state::open)
                        open += static_cast<int>(each.targets);
                }
                if (on_ledger < all.removed)
                    broken = std::to_string(all.removed) + " went, and the ledger knows of " +
                             std::to_string(on_ledger);
                else if (faults == 0 && (on_ledger != all.removed || open != 0))
                    broken = "the ledger has more than what went";
            }
            return broken.empty();
        });
    if (tells) {
        std::printf("%s: %llu orders, %llu steps;", of.said, schedule.runs, schedule.steps);
        for (const auto& [removed, number] : outcomes)
            std::printf(" %d went in %llu", removed, number);
        std::printf("\n");
        if (broken.empty() && outcomes.rbegin()->first != of.most)
            broken = "never did all go that could";
    }
    std::fflush(stdout);
    return broken;
}

template <const auto& Policy> void holds(const shape& of) {
    const std::string broken = try_orders<Policy, true>(of, true);
    if (!broken.empty()) complain(of, broken);
}
template <const auto& Policy, bool reserves> void is_convicted(const shape& of) {
    const std::string broken = try_orders<Policy, reserves>(of, false);
    if (broken.empty())
        complain(of, "planted, and not found");
    else
        std::printf("planted, and found: %s: %s\n", of.said, broken.c_str());
}

}  // namespace

int main(int argc, char** argv) {
    const bool is_long = argc > 1 && std::strcmp(argv[1], "--long") == 0;
    holds<floor_policy>({.said = "a floor, 2 removers, all orders without reduction",
                         .removers = 2,
                         .reduces = false});
    holds<floor_policy>({.said = "a floor, 2 removers", .removers = 2});
    holds<floor_policy>({.said = "a floor, 3 removers"});
    holds<rate_policy>({.said = "a rate, 2 removers", .removers = 2, .floor = 0});
    holds<flight_policy>({.said = "one at a time, 2 removers", .removers = 2, .most_at_once = 1});
    holds<floor_policy>(
        {.said = "a floor, 2 removers, a fault anywhere", .removers = 2, .faults = 1});
    if (is_long) {
        holds<rate_policy>({.said = "a rate, 3 removers", .floor = 0});
        holds<floor_policy>({.said = "a floor, 2 removers twice each", .removers = 2, .turns = 2});
        holds<flight_policy>({.said = "one at a time, 3 removers", .most_at_once = 1});
        holds<floor_policy>(
            {.said = "a floor, 2 removers, two faults anywhere", .removers = 2, .faults = 2});
        holds<rate_policy>(
            {.said = "a rate, 3 removers, a fault anywhere", .floor = 0, .faults = 1});
        holds<floor_policy>({.said = "a floor, 3 removers, a fault anywhere", .faults = 1});
    }
    is_convicted<floor_policy, false>({.said = "no reservation"});
    is_convicted<floor_policy, true>({.said = "a store that does not compare", .is_blind = true});
    return failed ? 1 : 0;
}
