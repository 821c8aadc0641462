// SPDX-License-Identifier: BSL-1.0
#include <shearpin/clocks.hpp>

#include <chrono>

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using shearpin::clock_like;
using shearpin::date;
using shearpin::manual_clock;
using shearpin::time_point;

namespace {

struct chrono_clock {
    std::chrono::system_clock::time_point now() const { return std::chrono::system_clock::now(); }
};
struct steady {
    std::chrono::steady_clock::time_point now() const { return std::chrono::steady_clock::now(); }
};
struct seconds_as_a_number {
    long now() const { return 0; }
};
struct timeless {};
struct not_const {
    time_point now() { return {}; }
};

}  // namespace

TEST_CASE("clock: anything with now() that gives a wall clock's time") {
    static_assert(clock_like<shearpin::system_clock> && clock_like<const shearpin::system_clock>);
    static_assert(clock_like<manual_clock> && clock_like<std::chrono::system_clock>);
    static_assert(clock_like<chrono_clock> && clock_like<not_const>);
    static_assert(!clock_like<const not_const>);
    static_assert(!clock_like<steady> && !clock_like<std::chrono::steady_clock>);
    static_assert(!clock_like<seconds_as_a_number> && !clock_like<timeless> && !clock_like<int>);
}

TEST_CASE("clock: a guard without one does not know the time") {
    CHECK_FALSE(shearpin::detail::no_clock{}.now().known());
    static_assert(!shearpin::detail::no_clock::given);
    static_assert(shearpin::detail::clock_reference<manual_clock>::given);
}

TEST_CASE("clock: a guard's clock is referred to, so that it moves") {
    manual_clock clock;
    const shearpin::detail::clock_reference<manual_clock> seen{&clock};
    const time_point before = seen.now();
    clock.advance(5min);
    CHECK(seen.now() - before == shearpin::duration(5min));
}

TEST_CASE("wall_clock: is the system's") {
    const time_point before = std::chrono::system_clock::now();
    const time_point now = shearpin::wall_clock.now();
    const time_point after = std::chrono::system_clock::now();
    CHECK(now.known());
    // Not exactly between the two, since somebody may set the clock meanwhile.
    CHECK(before - 1h <= now);
    CHECK(now <= after + 1h);
}

TEST_CASE("manual_clock: stands still until it is moved") {
    manual_clock clock;
    CHECK(clock.now() == date(2026, 1, 1).begins());
    CHECK(clock.now() == clock.now());
    clock.advance(90min);
    CHECK(clock.now() == date(2026, 1, 1).begins() + 90min);
    clock.advance(-90min);  // clocks are set back
    CHECK(clock.now() == date(2026, 1, 1).begins());
    clock.set(date(2017, 2, 28).begins());
    CHECK(clock.now() == date(2017, 2, 28).begins());
    clock.set({});
    CHECK_FALSE(clock.now().known());
    clock.advance(1h);
    CHECK_FALSE(clock.now().known());
    CHECK(manual_clock(date(2020, 2, 29).begins()).now() == date(2020, 2, 29).begins());
}

TEST_CASE("clocks: who waits by a manual clock moves it, and the machine's sleeps") {
    manual_clock clock;
    const time_point before = clock.now();
    clock.wait(1h);
    CHECK(clock.now() - before == shearpin::duration(1h));
    const shearpin::instant start = shearpin::wall_clock.read();
    shearpin::wall_clock.wait(3ms);
    shearpin::wall_clock.wait(0s);
    shearpin::wall_clock.wait(-1h);
    if (start.boot != 0)
        CHECK(shearpin::wall_clock.read().since_boot - start.since_boot >= shearpin::duration(3ms));
}
