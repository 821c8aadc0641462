// SPDX-License-Identifier: BSL-1.0
// Several pools on one ledger: what is remembered of each reaches as far back as any of its rules,
// and what has no name is not remembered.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

using namespace guard_ledger_testing;
using namespace std::chrono_literals;
using shearpin::max_rate;

namespace {

// A pool's own policy is asked before that of every pool; of either the window may be the longer.
constexpr auto windows = shearpin::policies{shearpin::for_pool("billing", max_rate(3, 1h)),
                                            shearpin::for_pool("index", max_rate(6, 24h)),
                                            shearpin::for_every_pool(max_rate(4, 2h))};

struct hosts {
    [[nodiscard]] bool contains(int) const { return true; }
    [[nodiscard]] std::vector<std::string> pools_of(int id) const {
        return {id < 100 ? "billing" : "index"};
    }
    [[nodiscard]] shearpin::pool state(const std::string&) const { return {1000, 1000}; }
};

struct coordinates {  // neither text nor a number
    int x;
    friend bool operator==(const coordinates&, const coordinates&) = default;
};
struct places {
    [[nodiscard]] bool contains(int) const { return true; }
    [[nodiscard]] std::vector<coordinates> pools_of(int id) const { return {{id / 10}}; }
    [[nodiscard]] shearpin::pool state(const coordinates&) const { return {1000, 1000}; }
};
constexpr auto anything = shearpin::policy{max_rate(1000, 1h)};
constexpr auto everywhere = shearpin::policy{max_rate(4, 1h)};

template <class Guard> std::string why(const Guard& guarded, const std::vector<int>& targets) {
    const auto decided = guarded.check(targets);
    return decided.admitted() ? "" : std::string(decided.why().violations()[0].stated());
}

}  // namespace

TEST_CASE_TEMPLATE("several pools: what the longest window of a pool looks back at is remembered",
                   Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = shearpin::guard<windows>([](const std::vector<int>&) {}, hosts{})
                      .with_ledger(on.record)
                      .with_clock(on.clock);
    auto others = on.template guard<anything>();
    // Of so many that come later, a ledger forgets the oldest that no rule can see.
    const auto much_happens = [&] {
        for (int turn = 0; turn != 70; ++turn) others(1);
    };
    remove(std::vector<int>{1, 2, 101, 102});
    on.clock.advance(90min);
    much_happens();
    remove(std::vector<int>{3, 103});
    on.clock.advance(1min);
    CHECK(why(remove, {4}).empty());
    CHECK(why(remove, {4, 5}) == "max_rate(4, 2h)");
    on.clock.advance(10h);
    much_happens();
    remove(std::vector<int>{104, 6});
    on.clock.advance(1min);
    CHECK(why(remove, {105, 106}).empty());
    CHECK(why(remove, {105, 106, 107}) == "max_rate(6, 1d)");
    CHECK(why(remove, {7, 8}).empty());
    CHECK(why(remove, {7, 8, 9}) == "max_rate(3, 1h)");
}

TEST_CASE_TEMPLATE("several pools: what has no name cannot be told apart on a ledger", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto remove = shearpin::guard<everywhere>([](const std::vector<int>&) {}, places{})
                      .with_ledger(on.record)
                      .with_clock(on.clock);
    const auto refused = remove.check(std::vector<int>{1});
    REQUIRE(!refused.admitted());
    CHECK(refused.why().violations()[0].rule() == "pool_without_a_name");
    CHECK(refused.why().violations()[0].limit() == 0);
    CHECK(!remove.try_call(std::vector<int>{1}));
}
