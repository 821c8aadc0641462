// SPDX-License-Identifier: BSL-1.0
// Several pools on one ledger: a removal is reserved in all that it touches, or in none.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace guard_ledger_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;

namespace {

using hosts = std::vector<std::string>;

struct fleet {
    std::map<std::string, hosts> serves;
    std::map<std::string, shearpin::pool> pools;
    std::set<std::string> broken;
    std::map<std::pair<std::string, std::string>, int> weights;
    std::function<void()> in_state;  // runs once, after the numbers were read

    [[nodiscard]] const hosts& pools_of(const std::string& host) const { return serves.at(host); }
    [[nodiscard]] bool contains(const std::string& host) const { return serves.count(host) != 0; }
    [[nodiscard]] shearpin::pool state(const std::string& pool) {
        const auto seen = pools.at(pool);
        if (const auto now = std::exchange(in_state, nullptr)) now();
        return seen;
    }
    [[nodiscard]] bool is_available(const std::string& host) const {
        return broken.count(host) == 0;
    }
    [[nodiscard]] int weight_of(const std::string& host, const std::string& pool) const {
        const auto found = weights.find({host, pool});
        return found == weights.end() ? 1 : found->second;
    }
};

constexpr auto policies = shearpin::policies{
    shearpin::for_pool("billing", shearpin::max_rate(4, 1h)),
    shearpin::for_pool("index", shearpin::min_remaining(18), shearpin::max_in_flight(2)),
};
constexpr auto rates = shearpin::policies{
    shearpin::for_other_pools(shearpin::max_rate(100, 1h), shearpin::max_targets(50)),
};
constexpr auto rows_rate = shearpin::policy{shearpin::max_rate(100, 1h)};

template <class Store> struct several {
    shearpin::manual_clock clock;
    shearpin::ledger<Store> record{Store{}};
    fleet all;
    std::function<void()> in_removal;
    hosts gone;

    several() {
        all.serves = {{"b1", {"billing"}},
                      {"b2", {"billing"}},
                      {"b3", {"billing"}},
                      {"b4", {"billing"}},
                      {"b5", {"billing"}},
                      {"i1", {"index"}},
                      {"i2", {"index"}},
                      {"i3", {"index"}},
                      {"x1", {"billing", "index"}},
                      {"x2", {"billing", "index"}},
                      {"x3", {"billing", "index"}}};
        all.pools = {{"billing", {20, 20}}, {"index", {20, 20}}};
    }
    template <const auto& Policies> auto guard() {
        return shearpin::guard<Policies>(
                   [this](const hosts& list) {
                       if (const auto now = std::exchange(in_removal, nullptr)) now();
                       gone.insert(gone.end(), list.begin(), list.end());
                   },
                   all)
            .with_ledger(record)
            .with_clock(clock);
    }
    /// What the ledger has of a pool, over all entries.
    [[nodiscard]] shearpin::amounts held(const std::string& pool) {
        shearpin::amounts sum;
        for (const auto& each : record.entries().entries)
            for (const auto& share : each.pools)
                if (share.pool == pool) sum += share.removed;
        return sum;
    }
};
template <class Guard> std::string message(const Guard& guarded, const hosts& list) {
    const auto decided = guarded.check(list, at);
    return decided.admitted() ? "" : std::string(decided.why().message());
}

}  // namespace

TEST_CASE_TEMPLATE("a removal is on the ledger for every pool that it touches", Store,
                   BOTH_STORES) {
    several<Store> on;
    auto remove = on.template guard<policies>();
    std::string inside;
    on.in_removal = [&] {
        CHECK(on.held("billing") == shearpin::amounts::of(3));
        CHECK(on.held("index") == shearpin::amounts::of(1));
        CHECK(on.record.entries().entries.size() == 1);
        inside = message(remove, {"b3", "i1", "i2", "b4"});
        CHECK(message(remove, {"b3", "i1"}).empty());
    };
    remove(hosts{"b1", "b2", "x1"});
    CHECK(inside ==
          "removal refused, nothing was removed: asked for 4, only the first 2 may go now\n"
          "  - billing: max_rate(4, 1h): 4 may go in 1h and 0 have gone, 3 more are going, so 1 "
          "may go; asked 2\n"
          "  - index: min_remaining(18): 19 of 20 serve (1 more are leaving) and 18 must stay, so "
          "1 may go; asked 2\n"
          "  - index: max_in_flight(2): 1 are being removed and 2 may be at a time, so 1 may go; "
          "asked 2\n"
          "  it may pass later; how soon is not known\n"
          "  called at tool.cpp:12 in drop_rows");
    CHECK(on.gone.size() == 3);
    CHECK(message(remove, {"b3", "b4"}) ==
          "removal refused, nothing was removed: asked for 2, only the first may go now\n"
          "  - billing: max_rate(4, 1h): 4 may go in 1h and 3 have gone, so 1 may go; asked 2\n"
          "  try again in 1h\n"
          "  called at tool.cpp:12 in drop_rows");
    on.clock.advance(1h);
    CHECK(message(remove, {"b3", "b4"}).empty());
}

TEST_CASE_TEMPLATE("what one pool refuses is reserved in none", Store, BOTH_STORES) {
    several<Store> on;
    auto remove = on.template guard<policies>();
    CHECK_THROWS_AS(remove(hosts{"b1", "i1", "i2", "i3"}), shearpin::removal_refused);
    CHECK(on.record.entries().entries.empty());
    CHECK(message(remove, {"b1", "b2", "b3", "b4"}).empty());
    remove(hosts{"b1", "b2", "b3", "b4"});
    CHECK_THROWS_AS(remove(hosts{"i1", "b5"}), shearpin::removal_refused);
    CHECK(on.held("index").amount == 0);
    CHECK(on.gone.size() == 4);
}

TEST_CASE_TEMPLATE("what others remove of one of the pools meanwhile counts", Store, BOTH_STORES) {
    several<Store> on;
    auto remove = on.template guard<policies>();
    on.all.in_state = [&] { remove(hosts{"i1"}); };  // after a first pool was read
    CHECK_THROWS_AS(remove(hosts{"x1", "x2"}), shearpin::removal_refused);
    CHECK(on.gone == hosts{"i1"});
    on.all.in_state = [&] { remove(hosts{"i2"}); };
    remove(hosts{"x1"});
    CHECK(on.gone == hosts{"i1", "i2", "x1"});
}

TEST_CASE_TEMPLATE("a guard of one pool and one of several share the pool by its name", Store,
                   BOTH_STORES) {
    several<Store> on;
    auto remove = on.template guard<rates>();
    remove(hosts{"b1", "x1"});
    auto one = shearpin::guard<rows_rate>([](int) {}, [] { return shearpin::pool{200, 200}; })
                   .with_ledger(on.record, "billing")
                   .with_clock(on.clock);
    CHECK(one.check(98).admitted());
    CHECK(!one.check(99).admitted());
    one(98);
    CHECK(!remove.check(hosts{"b2"}).admitted());
    CHECK(remove.check(hosts{"i1"}).admitted());
}

TEST_CASE_TEMPLATE("an exception counts in every pool until it is resolved", Store, BOTH_STORES) {
    several<Store> on;
    auto remove = on.template guard<policies>();
    on.in_removal = [] { throw 7; };
    CHECK_THROWS_AS(remove(hosts{"x1", "x2"}), int);
    CHECK(message(remove, {"i1"}).find("18 of 20 serve (2 more are leaving)") != std::string::npos);
    CHECK(message(remove, {"b1", "b2", "b3"}).find("2 have gone") != std::string::npos);
    on.clock.advance(48h);
    CHECK(!remove.check(hosts{"i1"}).admitted());
    CHECK(remove.check(hosts{"b1", "b2", "b3", "b4"}).admitted());
    const auto entry = on.record.entries().entries.at(0);
    CHECK(entry.pools.size() == 2);
    CHECK(on.record.resolve(entry.id, shearpin::resolution::nothing_removed, "bob", "looked")
              .empty());
    CHECK(remove.check(hosts{"i1", "i2"}).admitted());
}

TEST_CASE_TEMPLATE("weights go to the ledger, and broken targets use up no floor", Store,
                   BOTH_STORES) {
    several<Store> on;
    on.all.weights = {{{"b1", "billing"}, 60}, {{"b2", "billing"}, 30}, {{"x1", "index"}, 5}};
    on.all.pools = {{"billing", {900, 900}}, {"index", {900, 900}}};
    on.all.broken = {"b2"};
    auto remove = on.template guard<rates>();
    remove(hosts{"b1", "b2", "x1"});
    CHECK(on.held("billing") == shearpin::amounts{61, 91, 3});
    CHECK(on.held("index") == shearpin::amounts{5, 5, 1});
    on.all.weights[{"b3", "billing"}] = 10;
    const auto decided = remove.check(hosts{"b3"}, at);
    REQUIRE(!decided.admitted());
    CHECK(std::string(decided.why().message())
              .find("billing: max_rate(100, 1h): 100 may go in 1h and 91 have gone, so 9 may go; "
                    "asked 10\n  try again in 1h") != std::string::npos);
    CHECK(remove.check(hosts{"b4"}).admitted());
}

TEST_CASE_TEMPLATE("where fewer targets were removed, nobody knows of which pool or weight", Store,
                   BOTH_STORES) {
    several<Store> on;
    on.all.pools = {{"billing", {900, 900}}, {"index", {900, 900}}};
    const auto removing = [&](shearpin::count told, const hosts& list) {
        shearpin::guard<rates>([told](const hosts&) { return shearpin::removed{told}; }, on.all)
            .with_ledger(on.record)
            .with_clock(on.clock)(list);
    };
    SUBCASE("no pool loses more than was removed in all") {
        removing(2, {"b1", "b2", "b3", "x1", "i1"});
        CHECK(on.held("billing") == shearpin::amounts::of(2));
        CHECK(on.held("index") == shearpin::amounts::of(2));
    }
    SUBCASE("as long as all of a pool's may be among them, they count") {
        removing(4, {"b1", "b2", "b3", "x1", "i1"});
        CHECK(on.held("billing") == shearpin::amounts::of(4));
        CHECK(on.held("index") == shearpin::amounts::of(2));
    }
    SUBCASE("all of them are no more than there were of each pool") {
        removing(5, {"b1", "b2", "b3", "x1", "i1"});
        CHECK(on.held("billing") == shearpin::amounts::of(4));
        CHECK(on.held("index") == shearpin::amounts::of(2));
    }
    SUBCASE("of weights, the whole weight may be gone with one of them") {
        on.all.weights = {{{"b1", "billing"}, 60}};
        removing(1, {"b1", "b2", "x1"});
        CHECK(on.held("billing").heads == 1);
        CHECK(on.held("billing").amount == 62);
        CHECK(on.held("index") == shearpin::amounts::of(1));
    }
    SUBCASE("nothing is nothing, of every pool") {
        on.all.weights = {{{"b1", "billing"}, 60}};
        removing(0, {"b1", "b2", "x1"});
        CHECK(on.held("billing") == shearpin::amounts::of(0));
        CHECK(on.held("index") == shearpin::amounts::of(0));
    }
}

TEST_CASE_TEMPLATE("a pool whose name a ledger cannot tell from others is refused", Store,
                   BOTH_STORES) {
    several<Store> on;
    const std::string longest(63, 'p');
    const std::string too_long(64, 'p');
    on.all.serves = {{"a", {longest}}, {"b", {too_long}}};
    on.all.pools = {{longest, {20, 20}}, {too_long, {20, 20}}};
    auto remove = on.template guard<rates>();
    CHECK(message(remove, {"a"}).empty());
    CHECK(message(remove, {"a", "b"}) ==
          "removal refused, nothing was removed: asked for 2, none of it may go now\n"
          "  - pool_without_a_name: a ledger knows pools by name, of at most 63 characters\n"
          "  waiting will not help; the request itself must change\n"
          "  called at tool.cpp:12 in drop_rows");
    CHECK(message(remove, {"b", "a"}) == message(remove, {"a", "b"}));
    CHECK_THROWS_AS(remove(hosts{"b"}), shearpin::removal_refused);
    CHECK(on.record.entries().entries.empty());

    const auto one_of = [&](const std::string& name) {
        return shearpin::guard<rows_rate>([](int) {}, [] { return shearpin::pool{20, 20}; })
            .with_ledger(on.record, name.c_str())
            .with_clock(on.clock);
    };
    auto short_enough = one_of(longest);
    CHECK(text(short_enough, 1).empty());
    auto one = one_of(too_long);
    CHECK(text(one, 1).find("pool_without_a_name: a ledger knows pools by name, of at most 63 "
                            "characters") != std::string::npos);
}
