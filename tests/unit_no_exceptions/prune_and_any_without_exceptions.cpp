// SPDX-License-Identifier: BSL-1.0
// Prunes, type-erased guards and permits, and ids, where there are no exceptions.
#include <shearpin/any_guard.hpp>
#include <shearpin/any_permit.hpp>
#include <shearpin/id.hpp>
#include <shearpin/prune.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this is built with -fno-exceptions -fno-rtti"
#endif

using namespace shearpin::literals;

namespace {

using host_id = shearpin::id<"host">;
using hosts = std::vector<host_id>;
constexpr auto floor_50 = shearpin::policy{shearpin::min_remaining(50_pct)};

}  // namespace

TEST_CASE("a prune answers by try_call and check") {
    hosts zone{host_id("a"), host_id("b"), host_id("c"), host_id("d")};
    int calls = 0;
    auto prune = shearpin::prune_guard<floor_50>(
        [&](const hosts& gone) {
            ++calls;
            for (const auto& each : gone) std::erase(zone, each);
            return gone.size();
        },
        [&] { return zone; });
    CHECK_FALSE(prune.try_call(shearpin::complete_listing(hosts{})));
    CHECK_FALSE(prune.check(shearpin::complete_listing(hosts{host_id("a")})).admitted());
    CHECK(prune.try_call(shearpin::complete_listing(zone)).value() == 0);
    CHECK(calls == 0);
    CHECK(prune.try_call(shearpin::complete_listing(hosts{host_id("d"), host_id("a")})).value() ==
          2);
    CHECK(zone == hosts{host_id("a"), host_id("d")});
    CHECK_FALSE(
        prune.asking({.expected = 2}).try_call(shearpin::complete_listing(hosts{host_id("a")})));
}

TEST_CASE("a prune answers a direct call by on_refusal") {
    const hosts zone{host_id("a"), host_id("b")};
    int refused = 0;
    auto prune = shearpin::prune_guard<floor_50>([](const hosts&) {}, [&] { return zone; })
                     .on_refusal([&](const shearpin::refusal&) { ++refused; });
    prune(shearpin::partial_listing(zone));
    CHECK(refused == 1);
}

TEST_CASE("an any_guard answers by try_call and check, and an any_permit by try_spend") {
    shearpin::count spent = 0;
    const shearpin::any_guard<void(const hosts&)> remove = shearpin::guard(
        shearpin::policy{*shearpin::max_batch::from(shearpin::count{1})},
        [&](shearpin::any_permit permit, const hosts& which) {
            if (std::move(permit).try_spend(which)) spent += which.size();
        },
        [] { return shearpin::pool{10, 10}; });
    CHECK(remove.try_call({host_id("a")}));
    CHECK_FALSE(remove.try_call({host_id("a"), host_id("b")}));
    CHECK(remove.check({host_id("a")}).admitted());
    CHECK(spent == 1);
}

TEST_CASE("text that is no id says why") {
    CHECK(std::string(host_id::parse("site:a").why()) ==
          R"("site:a" is of the kind "site"; the kind host is wanted here)");
}
