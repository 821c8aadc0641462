// SPDX-License-Identifier: BSL-1.0
// Pools, and policies, that are known only when the program runs.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace shearpin::literals;

namespace {

using hosts = std::vector<std::string>;

struct fleet {
    std::map<std::string, std::vector<std::string>, std::less<>> serves;
    std::map<std::string, shearpin::pool, std::less<>> pools;
    [[nodiscard]] const std::vector<std::string>& pools_of(const std::string& host) const {
        return serves.at(host);
    }
    [[nodiscard]] bool contains(const std::string& host) const { return serves.count(host) != 0; }
    [[nodiscard]] shearpin::pool state(const std::string& pool) const { return pools.at(pool); }
};

fleet three_pools() {
    return {{{"h1", {"index"}},
             {"h2", {"index", "web"}},
             {"h3", {"web"}},
             {"h4", {"logs"}},
             {"h5", {"logs"}}},
            {{"index", {10, 10}}, {"web", {10, 10}}, {"logs", {10, 10}}}};
}

std::vector<std::string> broken(const shearpin::decision& decision) {
    std::vector<std::string> found;
    if (!decision.admitted())
        for (const auto& each : decision.why().violations())
            found.push_back(std::string(each.pool()) + ":" + std::string(each.rule()));
    return found;
}
using names = std::vector<std::string>;

constexpr auto with_others = shearpin::policies{
    shearpin::for_pool("index", shearpin::min_remaining(9)),
    shearpin::for_other_pools(shearpin::max_batch(1)),
};
constexpr auto others_first = shearpin::policies{
    shearpin::for_other_pools(shearpin::max_batch(1)),
    shearpin::for_pool("index", shearpin::max_batch(2)),
};
constexpr auto without_others = shearpin::policies{
    shearpin::for_pool("index", shearpin::min_remaining(9)),
};

using floors = shearpin::policy_table<std::string, shearpin::policy<shearpin::min_remaining>>;

}  // namespace

TEST_CASE("for_other_pools is for every pool that is not named") {
    const fleet all = three_pools();
    auto remove = shearpin::guard<with_others>([](const hosts&) {}, all);
    CHECK(remove.check(hosts{"h1", "h3", "h4"}).admitted());
    CHECK(broken(remove.check(hosts{"h1", "h2"})) == names{"index:min_remaining"});
    CHECK(broken(remove.check(hosts{"h4", "h5"})) == names{"logs:max_batch"});
    CHECK(broken(remove.check(hosts{"h2", "h3", "h4", "h5"})) ==
          names{"web:max_batch", "logs:max_batch"});
}

TEST_CASE("a named policy is found even where for_other_pools stands before it") {
    const fleet all = three_pools();
    auto remove = shearpin::guard<others_first>([](const hosts&) {}, all);
    CHECK(broken(remove.check(hosts{"h1", "h2"})).empty());
    CHECK(broken(remove.check(hosts{"h2", "h3"})) == names{"web:max_batch"});
}

TEST_CASE("without for_other_pools, a pool without a policy is refused") {
    const fleet all = three_pools();
    auto remove = shearpin::guard<without_others>([](const hosts&) {}, all);
    CHECK(remove.check(hosts{"h1"}).admitted());
    CHECK(broken(remove.check(hosts{"h2"})) == names{"web:no_policy"});
    CHECK(broken(remove.check(hosts{"h4"})) == names{"logs:no_policy"});
    CHECK(remove.check(hosts{"h1", "h4"}).why().max_removable() == 1);
}

TEST_CASE("a policy table: each pool has its own numbers, read when the program runs") {
    const fleet all = three_pools();
    floors table;
    CHECK(table.add("index", shearpin::policy{*shearpin::min_remaining::from(shearpin::count{9})}));
    CHECK(table.add("web", shearpin::policy{*shearpin::min_remaining::from(
                               *shearpin::fraction::parse("0.66"))}));
    CHECK(table.size() == 2);
    auto remove = shearpin::guard(table, [](const hosts&) {}, all);
    CHECK(remove.check(hosts{"h1", "h3"}).admitted());
    CHECK(broken(remove.check(hosts{"h1", "h2"})) == names{"index:min_remaining"});
    CHECK(broken(remove.check(hosts{"h4"})) == names{"logs:no_policy"});
    // The guard has a copy: what is added later is for guards that are made later.
    CHECK(table.add("logs", shearpin::policy{*shearpin::min_remaining::from(shearpin::count{9})}));
    CHECK(!remove.check(hosts{"h4"}).admitted());
    CHECK(shearpin::guard(table, [](const hosts&) {}, all).check(hosts{"h4"}).admitted());
}

TEST_CASE("a policy table keeps the first of two policies for one pool, and says so") {
    floors table;
    CHECK(table.add("index", shearpin::policy{*shearpin::min_remaining::from(shearpin::count{9})}));
    CHECK(
        !table.add("index", shearpin::policy{*shearpin::min_remaining::from(shearpin::count{0})}));
    CHECK(table.size() == 1);
    const fleet all = three_pools();
    CHECK(!shearpin::guard(table, [](const hosts&) {}, all).check(hosts{"h1", "h2"}).admitted());
    CHECK(table.add("a", shearpin::policy{*shearpin::min_remaining::from(shearpin::count{1})}));
    CHECK(table.add("z", shearpin::policy{*shearpin::min_remaining::from(shearpin::count{2})}));
    CHECK(!table.add("a", shearpin::policy{*shearpin::min_remaining::from(shearpin::count{2})}));
    CHECK(!table.add("z", shearpin::policy{*shearpin::min_remaining::from(shearpin::count{3})}));
    CHECK(table.size() == 3);
    const auto floor_of = [&](std::string_view pool) {
        shearpin::count floor = 99;
        const bool found = table.visit(pool, [&](const auto& rules) {
            floor = 10 - rules.max_removable(shearpin::pool{10, 10});
        });
        CHECK(found == (floor != 99));
        return floor;
    };
    CHECK(floor_of("a") == 1);
    CHECK(floor_of("index") == 9);
    CHECK(floor_of("z") == 2);
    CHECK(floor_of("") == 99);
    CHECK(floor_of("b") == 99);
    CHECK(floor_of("zz") == 99);
}

TEST_CASE("policies keep the names of pools that were made when the program runs") {
    // Longer than what fits into the strings themselves, so that a lost one is seen.
    const std::string index = "the-index-of-the-second-region-in-the-north";
    const std::string web = "the-web-servers-of-the-second-region-in-the-north";
    const fleet all = {{{"h1", {index}}, {"h2", {index, web}}, {"h3", {web}}},
                       {{index, {10, 10}}, {web, {10, 10}}}};
    const auto entry = [](const std::string& region, shearpin::count floor) {
        return shearpin::for_pool(region + "-of-the-second-region-in-the-north",
                                  *shearpin::min_remaining::from(floor));
    };
    const auto read = shearpin::policies{entry("the-index", 9), entry("the-web-servers", 10)};
    auto remove = shearpin::guard(read, [](const hosts&) {}, all);
    CHECK(remove.check(hosts{"h1"}).admitted());
    CHECK(broken(remove.check(hosts{"h3"})) == names{web + ":min_remaining"});
    CHECK(broken(remove.check(hosts{"h1", "h2"})) ==
          names{index + ":min_remaining", web + ":min_remaining"});
}

TEST_CASE("a pool's name that is a literal or a view costs no string") {
    const auto rule = shearpin::max_batch(1);
    const std::string_view seen = "index";
    CHECK(std::is_trivially_copyable_v<decltype(shearpin::for_pool("index", rule))>);
    CHECK(std::is_trivially_copyable_v<decltype(shearpin::for_pool(seen, rule))>);
    const fleet all = three_pools();
    auto remove = shearpin::guard(
        shearpin::policies{shearpin::for_pool(seen, rule)}, [](const hosts&) {}, all);
    CHECK(remove.check(hosts{"h1"}).admitted());
    CHECK(broken(remove.check(hosts{"h1", "h2"})) == names{"index:max_batch", "web:no_policy"});
}

TEST_CASE("of two policies for one pool that were read when the program runs, both hold") {
    const fleet all = three_pools();
    const auto wide = shearpin::max_batch(5);
    const auto narrow = shearpin::max_batch(1);
    const auto check = [&](const auto& read, const hosts& which) {
        return broken(shearpin::guard(read, [](const hosts&) {}, all).check(which));
    };
    const hosts both_of_index = {"h1", "h2"};
    CHECK(check(shearpin::policies{shearpin::for_pool(std::string("index"), wide),
                                   shearpin::for_pool(std::string("index"), narrow),
                                   shearpin::for_other_pools(wide)},
                both_of_index) == names{"index:max_batch"});
    CHECK(check(shearpin::policies{shearpin::for_pool(std::string("index"), narrow),
                                   shearpin::for_pool("index", wide),
                                   shearpin::for_other_pools(wide)},
                both_of_index) == names{"index:max_batch"});
    CHECK(check(shearpin::policies{shearpin::for_other_pools(wide),
                                   shearpin::for_other_pools(narrow)},
                both_of_index) == names{"index:max_batch"});
    // And no more may go than the narrower of them allows.
    CHECK(
        shearpin::guard(
            shearpin::policies{shearpin::for_other_pools(wide), shearpin::for_other_pools(narrow)},
            [](const hosts&) {}, all)
            .check(both_of_index)
            .why()
            .max_removable() == 1);
}

TEST_CASE("a policy table compares the text of C strings, not where they stand") {
    using table = shearpin::policy_table<const char*, shearpin::policy<shearpin::max_batch>>;
    const char first[] = "index";
    const char second[] = "index";
    const char other[] = "web";
    table read;
    CHECK(read.add(other, shearpin::policy{shearpin::max_batch(2)}));
    CHECK(read.add(first, shearpin::policy{shearpin::max_batch(1)}));
    CHECK(!read.add(second, shearpin::policy{shearpin::max_batch(9)}));
    CHECK(read.size() == 2);
    const fleet all = three_pools();
    auto remove = shearpin::guard(read, [](const hosts&) {}, all);
    CHECK(broken(remove.check(hosts{"h1", "h2"})) == names{"index:max_batch"});
    CHECK(broken(remove.check(hosts{"h4"})) == names{"logs:no_policy"});
}

TEST_CASE("an empty policy table admits nothing") {
    const fleet all = three_pools();
    CHECK(broken(shearpin::guard(
                     floors{}, [](const hosts&) {}, all)
                     .check(hosts{"h1"})) == names{"index:no_policy"});
}

TEST_CASE("one policy for all pools, known at run time") {
    const fleet all = three_pools();
    auto remove = shearpin::guard(
        shearpin::policy{*shearpin::max_batch::from(shearpin::count{1})},
        [](const hosts& list) { return list.size(); }, all);
    CHECK(remove(hosts{"h1", "h3", "h4"}) == 3);
    CHECK(broken(remove.check(hosts{"h4", "h5"})) == names{"logs:max_batch"});
}

TEST_CASE("over one pool, a policy that is known at run time") {
    for (const shearpin::count cap : {0U, 1U, 5U}) {
        auto remove = shearpin::guard(
            shearpin::policy{*shearpin::max_batch::from(cap)}, [](auto) {},
            [] { return shearpin::pool{10, 10}; });
        CHECK(remove.check(cap + 1).why().max_removable() == cap);
        if (cap != 0) CHECK(remove.check(cap).admitted());
        CHECK(!remove.check(0).admitted());
    }
}
