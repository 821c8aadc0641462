// SPDX-License-Identifier: BSL-1.0
// Requests, overrides, shadow and observers where there are neither exceptions nor RTTI.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this is built with -fno-exceptions -fno-rtti"
#endif

using namespace std::chrono_literals;

namespace {
constexpr auto policy = shearpin::policy{shearpin::overridable(shearpin::max_batch(5)),
                                         shearpin::approvals(1, shearpin::above(3))};
constexpr auto hundred = [] { return shearpin::pool{100, 100}; };
using words = std::vector<std::string>;
}  // namespace

TEST_CASE("what the person says is judged, and everything is told") {
    shearpin::manual_clock clock;
    words told;
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](const std::vector<int>&) { ++calls; }, hundred)
                      .with_clock(clock)
                      .in_environment("production")
                      .with_observer([&](const shearpin::event& what) {
                          told.push_back(std::string(what.kind_name()));
                          CHECK(what.to_json().find("\"schema\":1") != std::string::npos);
                      });
    const std::vector<int> three{1, 2, 3};
    const std::vector<int> six{1, 2, 3, 4, 5, 6};
    CHECK(remove.asking({.expected = three, .environment = "production"})
              .try_call(three)
              .has_value());
    CHECK(!remove.asking({.expected = six}).try_call(three).has_value());
    CHECK(told == words{"admitted", "removed", "refused"});

    told.clear();
    const auto lift = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 6, .until = clock.now() + 1h, .reason = "CHG-17"});
    const shearpin::request one_agrees{.actor = "ann", .approvers = {"bob"}};
    CHECK(!remove.asking({.actor = "ann"}).overriding(lift).try_call(six).has_value());
    CHECK(remove.asking(one_agrees).overriding(lift).try_call(six).has_value());
    CHECK(!remove.asking(one_agrees).overriding(lift).try_call(six).has_value());
    CHECK(told == words{"refused", "admitted", "overridden", "removed", "refused"});
    CHECK(calls == 2);
}

TEST_CASE("shadow goes on, also from operator()") {
    words told;
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](int) { return ++calls; }, hundred)
                      .or_terminate()
                      .with_observer([&](const shearpin::event& what) {
                          told.push_back(std::string(what.kind_name()));
                      })
                      .in_shadow();
    CHECK(remove(9) == 1);
    CHECK(remove.try_call(9).value() == 2);
    CHECK(told == words{"shadow_refused", "removed", "shadow_refused", "removed"});
}
