// SPDX-License-Identifier: BSL-1.0
// Several pools on one target: all are judged, and the removal is all or nothing.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <map>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace shearpin::literals;

namespace {

using hosts = std::vector<std::string>;

struct fleet {
    std::map<std::string, std::vector<std::string>, std::less<>> serves;
    std::map<std::string, shearpin::pool, std::less<>> pools;
    std::set<std::string> keep;
    std::set<std::string> broken;
    std::map<std::string, long> weights;

    [[nodiscard]] const std::vector<std::string>& pools_of(const std::string& host) const {
        return serves.at(host);
    }
    [[nodiscard]] bool contains(const std::string& host) const { return serves.count(host) != 0; }
    [[nodiscard]] shearpin::pool state(const std::string& pool) const { return pools.at(pool); }
    [[nodiscard]] bool is_protected(const std::string& host) const { return keep.count(host) != 0; }
    [[nodiscard]] bool is_available(const std::string& host) const {
        return broken.count(host) == 0;
    }
    [[nodiscard]] long weight_of(const std::string& host, const std::string&) const {
        const auto found = weights.find(host);
        return found == weights.end() ? 1 : found->second;
    }
};

/// The billing subsystem of February 2017, half of whose servers also carry index and placement.
fleet february() {
    fleet made;
    for (int id = 0; id != 20; ++id) {
        const auto host = "b" + std::to_string(id);
        made.serves[host] = {"billing"};
        if (id >= 10) made.serves[host] = {"billing", "index", "placement"};
    }
    made.pools = {{"billing", {20, 20}}, {"index", {20, 20}}, {"placement", {40, 39}}};
    return made;
}

constexpr auto policies = shearpin::policies{
    shearpin::for_pool("billing", shearpin::min_remaining(50_pct), shearpin::max_batch(10)),
    shearpin::for_pool("index", shearpin::min_remaining(95_pct)),
    shearpin::for_pool("placement", shearpin::min_remaining(95_pct)),
};

std::vector<std::string> broken(const shearpin::decision& decision) {
    std::vector<std::string> found;
    if (!decision.admitted())
        for (const auto& each : decision.why().violations())
            found.push_back(std::string(each.pool()) + ":" + std::string(each.rule()));
    return found;
}
using names = std::vector<std::string>;

template <class... Rules>
concept can_be_for_every_pool =
    requires(const Rules&... rules) { shearpin::for_every_pool(rules...); };
static_assert(can_be_for_every_pool<shearpin::max_pools>);
static_assert(!can_be_for_every_pool<> && !can_be_for_every_pool<int>);

}  // namespace

TEST_CASE("February 2017: what billing would let go, index and placement do not") {
    const fleet all = february();
    hosts gone;
    auto remove = shearpin::guard<policies>(
        [&](const hosts& list) { gone.insert(gone.end(), list.begin(), list.end()); }, all);
    remove(hosts{"b1", "b2", "b3"});
    CHECK(gone.size() == 3);

    const auto decision = remove.check(hosts{"b4", "b10", "b11"});
    CHECK(broken(decision) == names{"index:min_remaining", "placement:min_remaining"});
    const auto& why = decision.why();
    CHECK(why.requested() == 3);
    CHECK(why.max_removable() == 2);
    CHECK(why.violations()[0].requested() == 2);
    CHECK(why.violations()[0].limit() == 1);
    CHECK(why.violations()[1].requested() == 2);
    CHECK(why.violations()[1].limit() == 1);
    CHECK(why.violations()[1].seen().pool == shearpin::pool{40, 39});
    CHECK_THROWS_AS(remove(hosts{"b4", "b10", "b11"}), shearpin::removal_refused);
    CHECK(!remove.try_call(hosts{"b4", "b10", "b11"}).has_value());
    CHECK(gone.size() == 3);  // not even b4

    remove(hosts{"b4", "b10"});
    CHECK(gone.size() == 5);
}

TEST_CASE("each pool's own measure and limit counts, and the names are those of the inventory") {
    const fleet all = february();
    auto remove = shearpin::guard<policies>([](const hosts&) {}, all);
    hosts eleven;
    for (int id = 0; id != 10; ++id) eleven.push_back("b" + std::to_string(id));
    CHECK(remove.check(eleven).admitted());
    eleven.emplace_back("b10");
    CHECK(broken(remove.check(eleven)) == names{"billing:min_remaining", "billing:max_batch"});
    CHECK(remove.check(eleven).why().max_removable() == 10);
}

TEST_CASE("the always-on checks over several pools") {
    fleet all = february();
    all.keep = {"b0", "b19"};
    all.serves["spare"] = {};
    int calls = 0;
    auto remove = shearpin::guard<policies>([&](const hosts&) { ++calls; }, all);
    const auto tried = [&](const hosts& list) {
        CHECK(!remove.try_call(list).has_value());
        const auto decision = remove.check(list);
        for (const auto& each : decision.why().violations())
            if (each.pool().empty() || each.rule() == "no_policy") CHECK(each.limit() == 0);
        return broken(decision);
    };
    CHECK(tried({}) == names{":empty_selection"});
    CHECK(remove.check(hosts{}).why().violations()[0].requested() == 1);
    CHECK(tried({"x99", "spare"}) == names{":unknown_target", ":serves_no_pool"});
    CHECK(tried({"x99", "b0"}) == names{":unknown_target", ":protected_target"});
    CHECK(tried({"b5", "b5"}) == names{":named_twice"});
    CHECK(tried({"b5", "x99"}) == names{":unknown_target"});
    CHECK(tried({"x99", "x98"}) == names{":unknown_target"});
    CHECK(tried({"b0"}) == names{":protected_target"});
    CHECK(tried({"spare"}) == names{":serves_no_pool"});
    CHECK(tried({"b1", "x99", "b0", "spare", "b1"}) ==
          names{":named_twice", ":unknown_target", ":protected_target", ":serves_no_pool"});
    const auto all_at_once = remove.check(hosts{"b1", "x99", "b0", "spare", "b1"});
    CHECK(all_at_once.why().violations()[0].targets() == "b1");
    CHECK(all_at_once.why().violations()[1].targets() == "x99");
    CHECK(all_at_once.why().violations()[2].targets() == "b0");
    CHECK(all_at_once.why().violations()[3].targets() == "spare");
    CHECK(all_at_once.why().max_removable() == 1);

    all.serves["b6"] = {"billing", "archive"};
    all.pools["archive"] = {9, 9};
    CHECK(tried({"b6"}) == names{"archive:no_policy"});
    all.pools["index"] = {20, ~0ULL};
    CHECK(tried({"b10"}) == names{"index:impossible_pool"});
    all.pools["index"] = {20, 0};
    CHECK(tried({"b10"}) == names{"index:more_than_available", "index:min_remaining"});
    CHECK(calls == 0);
    CHECK(remove.check(hosts{"b1"}).admitted());
}

TEST_CASE("an unknown target is asked nothing but whether it is there") {
    struct strict {
        [[nodiscard]] bool contains(int id) const { return id < 10; }
        [[nodiscard]] std::vector<int> pools_of(int id) const { return known(id), std::vector{1}; }
        [[nodiscard]] bool is_protected(int id) const { return known(id), false; }
        [[nodiscard]] bool is_available(int id) const { return known(id), true; }
        [[nodiscard]] int weight_of(int id, int) const { return known(id), 1; }
        [[nodiscard]] shearpin::pool state(int) const { return {10, 10}; }
        static void known(int id) {
            if (id >= 10) throw std::out_of_range("asked of an unknown target");
        }
    };
    constexpr static auto policy = shearpin::policy{shearpin::unlimited};
    auto remove = shearpin::guard<policy>([](const std::vector<int>&) {}, strict{});
    CHECK(!remove.check(std::vector<int>{1, 11, 2}).admitted());
    CHECK(remove.check(std::vector<int>{1, 2}).admitted());
}

TEST_CASE("a pool that an inventory marks as incomplete is refused") {
    struct dated {
        bool complete = false;
        [[nodiscard]] bool contains(int) const { return true; }
        [[nodiscard]] std::vector<std::string> pools_of(int) const { return {"index"}; }
        [[nodiscard]] shearpin::observation state(const std::string&) const {
            return {.pool = {10, 10}, .observed_at = {}, .complete = complete};
        }
    } world;
    constexpr static auto policy = shearpin::policy{shearpin::unlimited};
    auto remove = shearpin::guard<policy>([](const std::vector<int>&) {}, world);
    CHECK(broken(remove.check(std::vector<int>{1})) == names{"index:incomplete_observation"});
    CHECK(remove.check(std::vector<int>{1}).why().max_removable() == 0);
    world.complete = true;
    CHECK(remove.check(std::vector<int>{1}).admitted());
}

TEST_CASE("broken targets do not use up a floor, but count for batches and heads") {
    fleet all;
    for (const char* host : {"a", "b", "c", "d", "e"}) all.serves[host] = {"index"};
    all.pools["index"] = {5, 3};
    all.broken = {"d", "e"};
    constexpr static auto floor_only = shearpin::policy{shearpin::min_remaining(2)};
    auto remove = shearpin::guard<floor_only>([](const hosts&) {}, all);
    CHECK(remove.check(hosts{"a", "d", "e"}).admitted());
    CHECK(!remove.check(hosts{"a", "b"}).admitted());
    CHECK(remove.check(hosts{"a", "d", "b"}).why().max_removable() == 2);
    CHECK(remove.check(hosts{"a", "d", "b"}).why().violations()[0].requested() == 2);

    constexpr static auto batch = shearpin::policy{shearpin::max_batch(2)};
    CHECK(!shearpin::guard<batch>([](const hosts&) {}, all).check(hosts{"a", "d", "e"}).admitted());
    constexpr static auto heads = shearpin::policy{shearpin::max_targets(2)};
    CHECK(!shearpin::guard<heads>([](const hosts&) {}, all).check(hosts{"a", "d", "e"}).admitted());
    constexpr static auto out = shearpin::policy{shearpin::max_unavailable(2)};
    auto within = shearpin::guard<out>([](const hosts&) {}, all);
    CHECK(within.check(hosts{"d", "e"}).admitted());
    CHECK(!within.check(hosts{"a", "d"}).admitted());

    all.pools["index"] = {5, 0};  // nothing serves: only what is broken may go
    constexpr static auto all_of_it = shearpin::policy{shearpin::unlimited};
    auto clean = shearpin::guard<all_of_it>([](const hosts&) {}, all);
    CHECK(clean.check(hosts{"d", "e"}).admitted());
    CHECK(!clean.check(hosts{"a"}).admitted());
}

TEST_CASE("weights: a target takes as much of a pool as the inventory says") {
    fleet all;
    for (const char* host : {"small", "large", "huge"}) all.serves[host] = {"index"};
    all.pools["index"] = {100, 100};
    all.weights = {{"small", 1}, {"large", 10}, {"huge", 41}};
    constexpr static auto policy = shearpin::policy{
        shearpin::max_batch(11), shearpin::min_remaining(60), shearpin::max_targets(2)};
    auto remove = shearpin::guard<policy>([](const hosts&) {}, all);
    CHECK(remove.check(hosts{"small", "large"}).admitted());
    CHECK(broken(remove.check(hosts{"huge"})) == names{"index:max_batch", "index:min_remaining"});
    CHECK(remove.check(hosts{"huge"}).why().violations()[0].requested() == 41);
    CHECK(remove.check(hosts{"huge"}).why().requested() == 1);  // one target
    all.weights["small"] = 2;
    CHECK(broken(remove.check(hosts{"small", "large"})) == names{"index:max_batch"});
    all.weights["small"] = 0;
    all.weights["huge"] = 0;
    CHECK(broken(remove.check(hosts{"small", "large", "huge"})) ==
          names{"index:max_batch", "index:max_targets"});  // 1 + 10 + 1: nothing weighs nothing
    CHECK(remove.check(hosts{"small", "huge"}).admitted());
}

TEST_CASE("what weighs nothing counts one, so that no freeze lets it pass") {
    fleet all;
    for (const char* host : {"a", "b"}) all.serves[host] = {"index"};
    all.pools["index"] = {10, 10};
    all.weights = {{"a", 0}, {"b", 0}};
    constexpr static auto frozen =
        shearpin::policies{shearpin::for_pool("index", shearpin::freeze()),
                           shearpin::for_other_pools(shearpin::unlimited)};
    auto thaw = shearpin::guard<frozen>([](const hosts&) {}, all);
    CHECK(broken(thaw.check(hosts{"a", "b"})) == names{"index:freeze"});
    constexpr static auto one = shearpin::policy{shearpin::max_batch(1)};
    auto remove = shearpin::guard<one>([](const hosts&) {}, all);
    CHECK(remove.check(hosts{"a"}).admitted());
    CHECK(!remove.check(hosts{"a", "b"}).admitted());
}

TEST_CASE("weights that cannot be never admit anything, whatever the rules") {
    fleet all;
    for (const char* host : {"a", "b", "c", "d"}) all.serves[host] = {"index"};
    all.pools["index"] = {10, 10};
    all.broken = {"a", "b", "c", "d"};  // so that only the amount could complain
    constexpr static auto policy = shearpin::policy{shearpin::unlimited};
    auto remove = shearpin::guard<policy>([](const hosts&) {}, all);
    all.weights = {{"a", -1}};
    CHECK(broken(remove.check(hosts{"a"})) == names{"index:impossible_request"});
    CHECK(remove.check(hosts{"a"}).why().max_removable() == 0);
    CHECK(remove.check(hosts{"a"}).why().violations()[0].limit() == 0);
    CHECK(remove.check(hosts{"b", "a"}).why().max_removable() == 1);
    // sums do not wrap round
    constexpr long half = 1L << 62;
    all.weights = {{"a", half}, {"b", half}, {"c", half}, {"d", half}};
    CHECK(remove.check(hosts{"a"}).admitted());
    CHECK(broken(remove.check(hosts{"a", "b", "c", "d"})) == names{"index:impossible_request"});
    CHECK(remove.check(hosts{"a", "b", "c", "d"}).why().max_removable() == 1);
    all.weights = {{"a", -1}, {"b", 2}};
    CHECK(!remove.check(hosts{"a", "b"}).admitted());
    all.broken = {};
    CHECK(!remove.check(hosts{"a", "b"}).admitted());
}

TEST_CASE("a pool that one target names twice counts once") {
    fleet all = february();
    all.serves["b10"] = {"index", "billing", "index", "index"};
    auto remove = shearpin::guard<policies>([](const hosts&) {}, all);
    CHECK(remove.check(hosts{"b10"}).admitted());
    const auto two = remove.check(hosts{"b10", "b11"});
    CHECK(two.why().violations()[0].requested() == 2);
    CHECK(two.why().max_removable() == 1);
}

TEST_CASE("pools that are named by C strings are one pool, wherever the text stands") {
    struct c_fleet {
        char first[6] = "index";
        char second[6] = "index";
        [[nodiscard]] bool contains(int) const { return true; }
        [[nodiscard]] std::vector<const char*> pools_of(int id) const {
            return {id == 1 ? first : second};
        }
        [[nodiscard]] shearpin::pool state(const char*) const { return {20, 20}; }
    } world;
    auto remove = shearpin::guard<policies>([](const std::vector<int>&) {}, world);
    CHECK(remove.check(std::vector<int>{1}).admitted());
    const auto two = remove.check(std::vector<int>{1, 2});
    REQUIRE(!two.admitted());  // one was admitted of each once
    CHECK(broken(two) == names{"index:min_remaining"});
    CHECK(two.why().violations()[0].requested() == 2);
    CHECK(two.why().max_removable() == 1);
}

namespace {
enum class zone : unsigned char { north = 1, south = 2 };
struct coordinates {  // neither text nor hashable
    int x;
    int y;
    friend bool operator==(const coordinates&, const coordinates&) = default;
};
template <class Pool> struct simple_fleet {
    std::map<int, std::vector<Pool>> serves;
    [[nodiscard]] bool contains(int id) const { return serves.count(id) != 0; }
    [[nodiscard]] const std::vector<Pool>& pools_of(int id) const { return serves.at(id); }
    [[nodiscard]] shearpin::pool state(const Pool&) const { return {3, 3}; }
};
constexpr auto zones = shearpin::policies{
    shearpin::for_pool(zone::north, shearpin::min_remaining(2)),
    shearpin::for_pool(zone::south, shearpin::min_remaining(1)),
};
constexpr auto numbers = shearpin::policies{
    shearpin::for_pool(-5, shearpin::min_remaining(2)),
    shearpin::for_other_pools(shearpin::min_remaining(1)),
};
constexpr auto everywhere = shearpin::policy{shearpin::min_remaining(2)};
}  // namespace

TEST_CASE("pools named by enumerations, numbers and types that can only be compared") {
    const simple_fleet<zone> by_zone{
        {{1, {zone::north}}, {2, {zone::north, zone::south}}, {3, {zone::south}}}};
    auto in_zones = shearpin::guard<zones>([](const std::vector<int>&) {}, by_zone);
    CHECK(in_zones.check(std::vector<int>{1, 3}).admitted());
    CHECK(in_zones.check(std::vector<int>{2, 3}).admitted());
    CHECK(broken(in_zones.check(std::vector<int>{1, 2})) == names{"1:min_remaining"});

    const simple_fleet<int> by_number{{{1, {-5}}, {2, {-5, 7}}, {3, {7}}, {4, {7}}}};
    auto in_numbers = shearpin::guard<numbers>([](const std::vector<int>&) {}, by_number);
    CHECK(in_numbers.check(std::vector<int>{1, 3, 4}).admitted());
    CHECK(broken(in_numbers.check(std::vector<int>{1, 2})) == names{"-5:min_remaining"});
    CHECK(broken(in_numbers.check(std::vector<int>{2, 3, 4})) == names{"7:min_remaining"});

    const simple_fleet<coordinates> by_place{{{1, {{0, 0}}}, {2, {{0, 1}}}, {3, {{0, 0}}}}};
    auto in_places = shearpin::guard<everywhere>([](const std::vector<int>&) {}, by_place);
    CHECK(in_places.check(std::vector<int>{1, 2}).admitted());
    CHECK(broken(in_places.check(std::vector<int>{1, 2, 3})) ==
          names{"(a pool without a name):min_remaining"});
}

TEST_CASE("targets without a name are told by their place in the selection") {
    struct somewhere {
        [[nodiscard]] bool contains(const coordinates& at) const { return at.x == 0; }
        [[nodiscard]] std::vector<int> pools_of(const coordinates&) const { return {1}; }
        [[nodiscard]] shearpin::pool state(int) const { return {10, 10}; }
    };
    auto remove = shearpin::guard<everywhere>([](const std::vector<coordinates>&) {}, somewhere{})
                      .known_distinct();
    const auto refused = remove.check(std::vector<coordinates>{{0, 1}, {7, 0}, {0, 2}, {8, 0}});
    REQUIRE(!refused.admitted());
    CHECK(refused.why().violations()[0].rule() == "unknown_target");
    CHECK(refused.why().violations()[0].targets() == "#2, #4");
}

TEST_CASE("pool by pool: many pools, each found again (more than the table starts with)") {
    simple_fleet<int> many;
    for (int id = 0; id != 500; ++id) many.serves[id] = {id / 2, 1000 + id / 3};
    auto remove = shearpin::guard<everywhere>([](const std::vector<int>&) {}, many);
    std::vector<int> apart;
    for (int id = 0; id < 500; id += 3) apart.push_back(id);
    CHECK(remove.check(apart).admitted());
    apart.push_back(1);  // pool 0 already has one of these
    const auto refused = remove.check(apart);
    CHECK(broken(refused) == names{"0:min_remaining", "1000:min_remaining"});
    CHECK(refused.why().max_removable() == apart.size() - 1);
}

TEST_CASE("what an inventory throws passes through, and nothing is removed") {
    const fleet all = february();
    int calls = 0;
    auto remove = shearpin::guard<policies>([&](const hosts&) { ++calls; }, all);
    fleet without_state = all;
    without_state.pools.erase("index");
    auto blind = shearpin::guard<policies>([&](const hosts&) { ++calls; }, without_state);
    CHECK_THROWS_AS(blind(hosts{"b10"}), std::out_of_range);
    CHECK_THROWS_AS(static_cast<void>(blind.check(hosts{"b10"})), std::out_of_range);
    CHECK(calls == 0);
    remove(hosts{"b10"});
    CHECK(calls == 1);
}

TEST_CASE("an inventory that is an lvalue is referred to, and one that is an rvalue owned") {
    fleet all = february();
    auto refers = shearpin::guard<policies>([](const hosts&) {}, all);
    auto owns = shearpin::guard<policies>([](const hosts&) {}, february());
    CHECK(refers.check(hosts{"b10"}).admitted());
    CHECK(owns.check(hosts{"b10"}).admitted());
    all.pools["index"] = {20, 19};
    CHECK(!refers.check(hosts{"b10"}).admitted());
    CHECK(owns.check(hosts{"b10"}).admitted());
}

TEST_CASE("counting(f) may say which targets, and a permit is for those") {
    const fleet all = february();
    constexpr static auto own = shearpin::policies{
        shearpin::for_pool("billing", shearpin::min_remaining(50_pct)),
        shearpin::for_pool("index", shearpin::min_remaining(95_pct)),
        shearpin::for_pool("placement", shearpin::min_remaining(95_pct)),
    };
    int removed = 0;
    auto remove = shearpin::guard<own>(
                      [&](shearpin::permit<own> given, const std::string& glob) {
                          CHECK(given.count() == 2);
                          CHECK(given.covers(std::string("b1")));
                          CHECK(!given.covers(std::string("b3")));
                          std::move(given).spend(hosts{glob + "1", glob + "2"});
                          ++removed;
                      },
                      all)
                      .counting([](const std::string& glob) {
                          return glob == "b" ? hosts{"b1", "b2"} : hosts{"b10", "b11"};
                      });
    remove(std::string("b"));
    CHECK(removed == 1);
    CHECK_THROWS_AS(remove(std::string("index")), shearpin::removal_refused);
    CHECK(removed == 1);
}
