// SPDX-License-Identifier: BSL-1.0
// When shadow ends; what is told of it: people_events.cpp.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <chrono>

using namespace std::chrono_literals;

namespace {

constexpr auto batch_5 = shearpin::policy{shearpin::max_batch(5)};
constexpr auto hundred = [] { return shearpin::pool{100, 100}; };

}  // namespace

TEST_CASE("shadow ends at its moment") {
    shearpin::manual_clock clock;
    int calls = 0;
    auto remove = shearpin::guard<batch_5>([&](int) { ++calls; }, hundred)
                      .with_clock(clock)
                      .with_observer([](const shearpin::event&) {})
                      .in_shadow(clock.now() + 1h);
    clock.advance(1h - 1ns);
    remove(6);
    CHECK(calls == 1);
    CHECK(remove.check(6).why().nothing_removed());  // of what is only asked nothing goes on
    clock.advance(1ns);
    CHECK_THROWS_AS(remove(6), shearpin::removal_refused);
    const auto after = remove.try_call(6);
    REQUIRE(!after.has_value());
    CHECK(after.error().nothing_removed());  // and nothing goes on
    auto never = shearpin::guard<batch_5>([&](int) { ++calls; }, hundred)
                     .with_clock(clock)
                     .with_observer([](const shearpin::event&) {})
                     .in_shadow(shearpin::time_point{});  // an unknown end has passed
    CHECK_THROWS_AS(never(6), shearpin::removal_refused);
    clock.set(shearpin::time_point::since_epoch(-1h));  // and is not the beginning of 1970
    CHECK_THROWS_AS(never(6), shearpin::removal_refused);
    CHECK(calls == 1);
}

TEST_CASE("whether shadow has ended is not known where the time is not: then it has") {
    struct {
        bool knows = true;
        shearpin::time_point now() const {
            return knows ? shearpin::date(2026, 1, 1).begins() : shearpin::time_point{};
        }
    } clock;
    int calls = 0;
    auto remove = shearpin::guard<batch_5>([&](int) { ++calls; }, hundred)
                      .with_clock(clock)
                      .with_observer([](const shearpin::event&) {})
                      .in_shadow(clock.now() + 1h);
    remove(6);
    CHECK(calls == 1);
    clock.knows = false;
    CHECK_THROWS_AS(remove(6), shearpin::removal_refused);
    CHECK(calls == 1);
}

TEST_CASE("of two clocks, and of two ends of shadow, the one that is stated last holds") {
    shearpin::manual_clock other;
    shearpin::manual_clock clock;
    int calls = 0;
    auto remove = shearpin::guard<batch_5>([&](int) { ++calls; }, hundred)
                      .with_clock(other)
                      .with_clock(clock)
                      .with_observer([](const shearpin::event&) {})
                      .in_shadow(clock.now() + 2h)
                      .in_shadow(clock.now() + 1h);
    other.advance(3h);
    remove(6);
    CHECK(calls == 1);
    clock.advance(1h);
    CHECK_THROWS_AS(remove(6), shearpin::removal_refused);
    CHECK(calls == 1);
}
