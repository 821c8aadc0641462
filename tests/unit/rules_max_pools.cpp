// SPDX-License-Identifier: BSL-1.0
// One zone at a time: how many pools a removal may touch, and what of it may go.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <random>
#include <string>
#include <string_view>
#include <vector>

using namespace shearpin::literals;

namespace {

/// Hosts are numbers; `serves` says which zones each is in.
struct fleet {
    std::vector<std::vector<int>> serves;
    std::vector<shearpin::pool> zones;
    [[nodiscard]] const std::vector<int>& pools_of(int host) const {
        return serves.at(static_cast<std::size_t>(host));
    }
    [[nodiscard]] bool contains(int host) const {
        return host >= 0 && static_cast<std::size_t>(host) < serves.size();
    }
    [[nodiscard]] shearpin::pool state(int zone) const {
        return zones.at(static_cast<std::size_t>(zone));
    }
};

constexpr auto at = shearpin::place::here("tool.cpp", 12, "drain");
constexpr auto one_zone = shearpin::policy{shearpin::max_pools(1)};
constexpr auto two_zones = shearpin::policy{shearpin::max_pools(2), shearpin::max_targets(3)};
constexpr auto with_baseline = shearpin::policies{
    shearpin::for_pool(0, shearpin::min_remaining(8)),
    shearpin::for_other_pools(shearpin::max_batch(2)),
    shearpin::for_every_pool(shearpin::max_pools(2)),
};
constexpr auto baseline_alone = shearpin::policies{
    shearpin::for_pool(0, shearpin::min_remaining(8)),
    shearpin::for_every_pool(shearpin::max_pools(2)),
};
constexpr auto some_of_its_own = shearpin::policies{
    shearpin::for_pool(0, shearpin::max_pools(1)),
    shearpin::for_other_pools(shearpin::max_pools(3), shearpin::max_batch(3)),
};

fleet three_zones() {
    return {{{0}, {0}, {1}, {1}, {2}, {0, 1}, {}}, {{10, 10}, {10, 10}, {10, 10}}};
}

template <const auto& Policy> shearpin::decision ask(const fleet& all, std::vector<int> hosts) {
    auto remove = shearpin::guard<Policy>([](const std::vector<int>&) {}, all);
    return remove.check(hosts, at);
}
template <const auto& Policy> std::string refused(const fleet& all, std::vector<int> hosts) {
    const auto decision = ask<Policy>(all, hosts);
    return decision.admitted() ? "" : std::string(decision.why().message());
}

/// How many from the front may go: the longest prefix up to which every prefix is admitted.
template <const auto& Policy>
std::size_t longest_by_trying(const fleet& all, const std::vector<int>& hosts) {
    std::size_t most = 0;
    while (most != hosts.size() &&
           ask<Policy>(all, {hosts.begin(), hosts.begin() + static_cast<std::ptrdiff_t>(most) + 1})
               .admitted())
        ++most;
    return most;
}

template <const auto& Policy> void compare_with_trying(unsigned seed) {
    std::mt19937 random(seed);
    const auto below = [&](int end) {
        return static_cast<int>(random() % static_cast<unsigned>(end));
    };
    int refusals = 0;
    for (int round = 0; round != 400; ++round) {
        fleet all{{}, {{10, 10}, {10, 9}, {10, 10}, {3, 3}}};
        for (int host = 0; host != 12; ++host) {
            std::vector<int> in{below(4)};
            if (below(3) == 0) in.push_back(below(4));  // the same zone twice, too
            all.serves.push_back(in);
        }
        std::vector<int> hosts;
        for (int host = 0; host != 12; ++host)
            if (below(2) == 0) hosts.push_back(host);
        if (!hosts.empty() && below(8) == 0) hosts.push_back(hosts.front());
        if (hosts.empty()) continue;
        const auto decision = ask<Policy>(all, hosts);
        const std::size_t most = longest_by_trying<Policy>(all, hosts);
        CAPTURE(round);
        CHECK(decision.admitted() == (most == hosts.size()));
        if (decision.admitted()) continue;
        ++refusals;
        CHECK(decision.why().max_removable() == most);
    }
    CHECK(refusals > 100);
}

}  // namespace

TEST_CASE("a removal that stays in one zone may go, one that touches two may not") {
    const fleet all = three_zones();
    CHECK(ask<one_zone>(all, {0, 1}).admitted());
    CHECK(ask<one_zone>(all, {2, 3}).admitted());
    CHECK_FALSE(ask<one_zone>(all, {0, 2}).admitted());
    CHECK_FALSE(ask<one_zone>(all, {5}).admitted());  // one host, two zones
    CHECK(ask<two_zones>(all, {0, 5, 2}).admitted());
    CHECK_FALSE(ask<two_zones>(all, {0, 2, 4}).admitted());
}

TEST_CASE("it is told once, and of no pool: it is the same for each of them") {
    const fleet all = three_zones();
    CHECK(refused<one_zone>(all, {0, 1, 2, 3, 4}) ==
          "removal refused, nothing was removed: asked for 5, only the first 2 may go now\n"
          "  - max_pools(1): one call may touch 1 pool; asked 3\n"
          "  waiting will not help; the request itself must change\n"
          "  called at tool.cpp:12 in drain");
    CHECK(refused<two_zones>(all, {0, 2, 4}) ==
          "removal refused, nothing was removed: asked for 3, only the first 2 may go now\n"
          "  - max_pools(2): one call may touch 2 pools; asked 3\n"
          "  waiting will not help; the request itself must change\n"
          "  called at tool.cpp:12 in drain");
    const auto decision = ask<one_zone>(all, {0, 2, 4});
    REQUIRE(decision.why().violations().size() == 1);
    const shearpin::violation told = decision.why().violations()[0];
    CHECK(told.pool().empty());
    CHECK(told.measured() == shearpin::measure::pools);
    CHECK(told.limit() == 1);
    CHECK(told.requested() == 3);
    CHECK(told.for_good());
}

TEST_CASE("a host in two zones: of it alone nothing may go") {
    CHECK(refused<one_zone>(three_zones(), {5, 0}) ==
          "removal refused, nothing was removed: asked for 2, none of it may go now\n"
          "  - max_pools(1): one call may touch 1 pool; asked 2\n"
          "  waiting will not help; the request itself must change\n"
          "  called at tool.cpp:12 in drain");
}

TEST_CASE("for_every_pool holds beside each pool's own rules") {
    const fleet all = three_zones();
    CHECK(ask<with_baseline>(all, {0, 1, 2, 3}).admitted());
    CHECK(refused<with_baseline>(all, {0, 2, 4}).find("max_pools(2)") != std::string::npos);
    const auto decision = ask<with_baseline>(all, {0, 1, 2, 3, 5, 4});
    REQUIRE_FALSE(decision.admitted());
    std::vector<std::string> broken;
    for (const auto& each : decision.why().violations())
        broken.push_back(std::string(each.pool()) + ":" + std::string(each.rule()));
    CHECK(broken == std::vector<std::string>{"0:min_remaining", ":max_pools", "1:max_batch"});
}

TEST_CASE("for_every_pool, of a number that is known when the program runs") {
    for (const shearpin::count most : {1U, 2U}) {
        const shearpin::policies read{shearpin::for_other_pools(shearpin::max_batch(2)),
                                      shearpin::for_every_pool(*shearpin::max_pools::from(most))};
        CHECK(read.visit(7, [](const auto&) {}));
        shearpin::count least = 9;
        CHECK(read.visit(7, [&](const auto& rules) {
            least = std::min(least, rules.limits({.pool = {10, 10}}).pools);
        }));
        CHECK(least == most);
    }
}

TEST_CASE("for_every_pool speaks of no pool by itself") {
    const auto decision = ask<baseline_alone>(three_zones(), {2});
    REQUIRE_FALSE(decision.admitted());
    CHECK(decision.why().violations()[0].rule() == "no_policy");
    CHECK(ask<baseline_alone>(three_zones(), {0}).admitted());
}

TEST_CASE("what may go from the front is what trying finds") {
    compare_with_trying<one_zone>(1);
    compare_with_trying<two_zones>(2);
    compare_with_trying<with_baseline>(3);
    compare_with_trying<some_of_its_own>(4);
}

TEST_CASE("over one pool it always holds, and zero of data is zero") {
    auto remove = shearpin::guard<one_zone>([](int) {}, [] { return shearpin::pool{10, 10}; });
    CHECK(remove.check(10).admitted());
    const auto none = shearpin::policy{*shearpin::max_pools::from(0)};
    CHECK(none.max_removable(shearpin::pool{10, 10}) == 0);
    CHECK_FALSE(none.admits(shearpin::pool{10, 10}, 1));
    CHECK_FALSE(shearpin::max_pools::from(shearpin::count{1} << 63).has_value());
    CHECK(shearpin::max_pools::from(shearpin::largest_count).has_value());
    static_assert(shearpin::max_pools(2) == *shearpin::max_pools::from(2));
    static_assert(shearpin::max_pools(2).stated_number() == 2);
}
