// SPDX-License-Identifier: BSL-1.0
// "Only the first N may go now": tried against the guard itself, on random inventories.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <map>
#include <random>
#include <span>
#include <string>
#include <vector>

using namespace shearpin::literals;

namespace {

struct item {
    std::vector<int> pools;
    bool known = true;
    bool guarded = false;
    bool serves = true;
    std::map<int, std::int64_t> weights;
};

struct world {
    std::vector<item> items;
    std::vector<shearpin::observation> pools;

    [[nodiscard]] const item& at(int id) const { return items[static_cast<std::size_t>(id)]; }
    [[nodiscard]] bool contains(int id) const { return at(id).known; }
    [[nodiscard]] bool is_protected(int id) const { return at(id).guarded; }
    [[nodiscard]] bool is_available(int id) const { return at(id).serves; }
    [[nodiscard]] std::span<const int> pools_of(int id) const { return at(id).pools; }
    [[nodiscard]] std::int64_t weight_of(int id, int pool) const { return at(id).weights.at(pool); }
    [[nodiscard]] shearpin::observation state(int pool) const {
        return pools[static_cast<std::size_t>(pool)];
    }
};

constexpr auto varied = shearpin::policies{
    shearpin::for_pool(0, shearpin::min_remaining(50_pct), shearpin::max_batch(9)),
    shearpin::for_pool(1, shearpin::max_targets(4), shearpin::min_remaining(2)),
    shearpin::for_pool(2, shearpin::unlimited),
    shearpin::for_pool(3, shearpin::max_unavailable(50_pct)),
    shearpin::for_pool(4, shearpin::max_batch(40_pct), shearpin::quorum()),
};  // none for pool 5
constexpr auto one_for_all = shearpin::policy{shearpin::min_remaining(30_pct),
                                              shearpin::max_batch(7), shearpin::max_targets(6)};
constexpr auto generous = shearpin::policy{shearpin::unlimited};

struct chance {
    std::mt19937 random;
    int number(int from, int to) { return std::uniform_int_distribution<int>(from, to)(random); }
    bool once_in(int times) { return number(1, times) == 1; }
};

/// Mostly ordinary, now and then a number that cannot be.
std::int64_t some_weight(chance& dice) {
    if (dice.once_in(150)) return -dice.number(1, 3);
    if (dice.once_in(150)) return std::int64_t{1} << 62;
    return dice.once_in(4) ? dice.number(0, 6) : 1;
}

world some_world(chance& dice, int pools) {
    world made;
    for (int pool = 0; pool != pools; ++pool) {
        shearpin::observation seen{.pool = {static_cast<shearpin::count>(dice.number(0, 40)), 0},
                                   .complete = true};
        seen.pool.available = static_cast<shearpin::count>(dice.number(0, 45));
        if (dice.once_in(60)) seen.pool.size = ~shearpin::count{0};
        if (dice.once_in(60)) seen.complete = false;
        made.pools.push_back(seen);
    }
    for (int id = 0; id != 80; ++id) {
        item each;
        each.known = !dice.once_in(60);
        each.guarded = dice.once_in(60);
        each.serves = !dice.once_in(4);
        const int number = dice.once_in(80) ? 0 : dice.number(1, 3);
        for (int pool = 0; pool != number; ++pool) {
            // pool 5 has no policy, so it is rare
            each.pools.push_back(dice.number(0, dice.once_in(40) ? pools - 1 : 4));
            each.weights[each.pools.back()] = some_weight(dice);
        }
        made.items.push_back(each);
    }
    return made;
}

/// Checks one refusal's promise, and counts what was seen.
template <class Guard>
void verify(const Guard& guarded, const std::vector<int>& list, std::map<std::string, int>& seen) {
    const std::span<const int> all(list);
    const shearpin::decision decision = guarded.check(all);
    if (decision.admitted()) {
        ++seen["admitted"];
        return;
    }
    const auto told = decision.why().max_removable();
    CHECK(!decision.why().violations().empty());
    REQUIRE(told < list.size() + (list.empty() ? 1 : 0));
    if (told != 0) CHECK(guarded.check(all.first(told)).admitted());
    if (told != list.size()) CHECK(!guarded.check(all.first(told + 1)).admitted());
    ++seen[told == 0 ? "none" : "some"];
    for (const auto& each : decision.why().violations()) ++seen[std::string(each.rule())];
}

template <class Guard> std::map<std::string, int> many_rounds(unsigned seed, Guard make_guard) {
    chance dice{std::mt19937(seed)};
    std::map<std::string, int> seen;
    for (int round = 0; round != 3000; ++round) {
        CAPTURE(round);
        const world there = some_world(dice, 6);
        std::vector<int> list(static_cast<std::size_t>(dice.number(0, dice.once_in(5) ? 60 : 14)));
        for (std::size_t at = 0; at != list.size(); ++at)
            list[at] = dice.once_in(100) ? dice.number(0, 79) : static_cast<int>(at * 37 % 80);
        verify(make_guard(there), list, seen);
    }
    // The promise was really tried.
    CHECK(seen["admitted"] > 50);
    CHECK(seen["some"] > 500);
    CHECK(seen["none"] > 100);
    for (const char* check :
         {"empty_selection", "named_twice", "unknown_target", "protected_target", "serves_no_pool",
          "impossible_pool", "incomplete_observation", "more_than_available",
          "impossible_request"}) {
        CAPTURE(check);
        CHECK(seen[check] > 0);
    }
    return seen;
}

constexpr auto nothing = [](std::span<const int>) {};

}  // namespace

TEST_CASE("the prefix that is told may go, and one more may not: a policy for each pool") {
    auto seen =
        many_rounds(1, [](const world& there) { return shearpin::guard<varied>(nothing, there); });
    for (const char* rule :
         {"min_remaining", "max_batch", "max_targets", "max_unavailable", "quorum", "no_policy"}) {
        CAPTURE(rule);
        CHECK(seen[rule] > 0);
    }
}

TEST_CASE("the same with one policy for all pools, and with no limits") {
    many_rounds(2, [](const world& there) { return shearpin::guard<one_for_all>(nothing, there); });
    many_rounds(3, [](const world& there) { return shearpin::guard<generous>(nothing, there); });
}

TEST_CASE("the same with policies that are known at run time, and targets told apart by a hash") {
    shearpin::policy_table<int, shearpin::policy<shearpin::min_remaining, shearpin::max_batch>>
        table;
    for (int pool = 0; pool != 5; ++pool)
        CHECK(table.add(pool, shearpin::policy{*shearpin::min_remaining::from(
                                                   shearpin::count(static_cast<unsigned>(pool))),
                                               *shearpin::max_batch::from(shearpin::count{8})}));
    many_rounds(4, [&](const world& there) {
        return shearpin::guard(table, nothing, there).distinct_by_hash(std::hash<int>{});
    });
}

TEST_CASE("over one pool: so many from the front") {
    constexpr static auto policy =
        shearpin::policy{shearpin::min_remaining(50_pct), shearpin::max_batch(9)};
    chance dice{std::mt19937(5)};
    std::map<std::string, int> seen;
    for (int round = 0; round != 3000; ++round) {
        CAPTURE(round);
        const shearpin::pool there{static_cast<shearpin::count>(dice.number(0, 40)),
                                   static_cast<shearpin::count>(dice.number(0, 40))};
        std::vector<int> list(static_cast<std::size_t>(dice.number(0, 50)));
        for (int& each : list) each = dice.number(0, 400);
        const auto guarded = shearpin::guard<policy>(nothing, [=] { return there; });
        const auto decision = guarded.check(std::span<const int>(list));
        if (decision.admitted()) continue;
        const auto told = decision.why().max_removable();
        const std::span<const int> all(list);
        if (told != 0 && told <= list.size()) CHECK(guarded.check(all.first(told)).admitted());
        if (told < list.size()) CHECK(!guarded.check(all.first(told + 1)).admitted());
        for (const auto& each : decision.why().violations()) ++seen[std::string(each.rule())];
    }
    CHECK(seen["named_twice"] > 100);
    CHECK(seen["max_batch"] > 100);
    CHECK(seen["min_remaining"] > 100);
}
