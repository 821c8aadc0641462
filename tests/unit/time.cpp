// SPDX-License-Identifier: BSL-1.0
#include <shearpin/time.hpp>

#include "oracle.hpp"
#include "support.hpp"

#include <chrono>
#include <cstdint>
#include <limits>
#include <random>
#include <ratio>
#include <string>
#include <type_traits>

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using shearpin::duration;
using shearpin::time_point;
using support::spelled;

namespace {

constexpr std::int64_t top = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t bottom = std::numeric_limits<std::int64_t>::min();

using picoseconds = std::chrono::duration<std::int64_t, std::pico>;
using thirds = std::chrono::duration<std::int64_t, std::ratio<1, 3>>;

constexpr std::int64_t ns(duration given) { return given.in_nanoseconds(); }

/// What the oracle makes of `number` periods of num/den seconds, or the end of the range.
std::int64_t in_wide(std::int64_t number, std::int64_t num, std::int64_t den) {
    const oracle::wide all = oracle::wide{number} * num * 1'000'000'000 / den;
    return all > top ? top : all < -oracle::wide{top} ? -top : static_cast<std::int64_t>(all);
}

/// A number of no unit, and a unit of which nobody says how many.
struct unitless {
    using rep = std::int64_t;
    explicit unitless(std::int64_t) {}
    [[nodiscard]] std::int64_t count() const { return 1; }
};
struct uncounted : unitless {
    using unitless::unitless;
    using period = std::ratio<1>;
    std::int64_t count() const = delete;
};

}  // namespace

TEST_CASE("duration: from the durations of <chrono>") {
    static_assert(ns(5min) == 300'000'000'000);
    static_assert(ns(1h) == 3'600'000'000'000);
    static_assert(ns(1500ms) == 1'500'000'000);
    static_assert(ns(7us) == 7'000 && ns(7ns) == 7 && ns(0s) == 0);
    static_assert(ns(-5s) == -5'000'000'000);
    static_assert(ns(std::chrono::weeks(1)) == 604'800'000'000'000);
    CHECK(ns(std::chrono::duration<short>(3)) == 3'000'000'000);
    CHECK(ns(std::chrono::nanoseconds::max()) == top);
    CHECK(ns(std::chrono::nanoseconds::min()) == bottom);
}

TEST_CASE("duration: units that a nanosecond is no whole number of, towards zero") {
    CHECK(ns(thirds(1)) == 333'333'333);
    CHECK(ns(thirds(2)) == 666'666'666);
    CHECK(ns(thirds(3)) == 1'000'000'000);
    CHECK(ns(thirds(-1)) == -333'333'333);
    CHECK(ns(picoseconds(999)) == 0);
    CHECK(ns(picoseconds(1000)) == 1);
    CHECK(ns(picoseconds(-1999)) == -1);
    // A tenth of a second. If this were the end of the range, an observation would always be fresh.
    CHECK(ns(picoseconds(100'000'000'000)) == 100'000'000);
    CHECK(ns(picoseconds(top)) == top / 1000);
    CHECK(ns(thirds(20'000'000'000)) == 6'666'666'666'666'666'666);
}

TEST_CASE("duration: what does not fit ends at the end of the range, on its side") {
    CHECK(ns(std::chrono::hours(std::int64_t{1} << 40)) == top);
    CHECK(ns(std::chrono::hours(-(std::int64_t{1} << 40))) == -top);
    CHECK(ns(std::chrono::duration<std::int64_t, std::ratio<top>>(2)) == top);
    CHECK(ns(duration::seconds(top)) == top);
    CHECK(ns(duration::minutes(-top)) == -top);
    CHECK(ns(duration::days(106751)) == 106751 * 86'400'000'000'000);
    CHECK(ns(duration::days(106752)) == top);
    CHECK(ns(thirds(top)) == top);
    // The whole seconds alone would fit; with the sevenths they do not.
    using sevenths = std::chrono::duration<std::int64_t, std::ratio<1, 7>>;
    CHECK(ns(sevenths(9'223'372'036 * 7 + 5)) == in_wide(9'223'372'036 * 7 + 5, 1, 7));
    CHECK(ns(sevenths(9'223'372'036 * 7 + 6)) == top);
    CHECK(ns(sevenths(-(9'223'372'036 * 7 + 6))) == -top);
    // Where the steps of the calculation do not fit, a time is never shorter than it was.
    using odd = std::chrono::duration<std::int64_t, std::ratio<1'000'000'007, 1'000'000'009>>;
    CHECK(ns(odd(1'000'000'000)) == top);
    CHECK(ns(odd(-1'000'000'000)) == -top);
    CHECK(ns(odd(0)) == 0);
    CHECK(ns(std::chrono::duration<std::int64_t, std::ratio<top>>(0)) == 0);
    CHECK(ns(odd(1'000'000'009)) == 1'000'000'007'000'000'000);
}

TEST_CASE("duration: an unsigned count is never taken for a negative one") {
    using unsigned_seconds = std::chrono::duration<std::uint64_t>;
    using unsigned_nanoseconds = std::chrono::duration<std::uint64_t, std::nano>;
    CHECK(ns(unsigned_seconds(3)) == 3'000'000'000);
    CHECK(ns(unsigned_seconds(~std::uint64_t{0})) == top);
    CHECK(ns(unsigned_nanoseconds(~std::uint64_t{0})) == top);
    CHECK(ns(unsigned_nanoseconds(std::uint64_t{1} << 63)) == top);
    CHECK(ns(std::chrono::duration<unsigned>(4'000'000'000u)) == 4'000'000'000'000'000'000);
}

TEST_CASE("duration: floating point is not converted") {
    static_assert(!std::is_convertible_v<std::chrono::duration<double>, duration>);
    static_assert(!std::is_constructible_v<duration, std::chrono::duration<float, std::milli>>);
    static_assert(!std::is_constructible_v<std::chrono::duration<double>, duration>);
    static_assert(!std::is_constructible_v<duration, int>);  // five what?
    static_assert(!std::is_constructible_v<duration, unitless>);
    static_assert(!std::is_constructible_v<duration, uncounted>);
    static_assert(!std::is_constructible_v<uncounted, duration>);
}

TEST_CASE("duration: by name of the unit") {
    CHECK(duration::nanoseconds(5) == duration(5ns));
    CHECK(duration::seconds(5) == duration(5s));
    CHECK(duration::minutes(5) == duration(5min));
    CHECK(duration::hours(5) == duration(5h));
    CHECK(duration::days(5) == duration(120h));
    CHECK(duration() == duration(0s));
}

TEST_CASE("duration: back to <chrono>, when asked, towards zero") {
    static_assert(!std::is_convertible_v<duration, std::chrono::seconds>);
    CHECK(std::chrono::nanoseconds(duration(1500ms)) == 1'500'000'000ns);
    CHECK(std::chrono::milliseconds(duration(1500us)) == 1ms);
    CHECK(std::chrono::seconds(duration(1s)) == 1s);
    CHECK(std::chrono::seconds(duration(999'999'999ns)) == 0s);
    CHECK(std::chrono::seconds(duration(1999ms)) == 1s);
    CHECK(std::chrono::seconds(duration(-1999ms)) == -1s);
    CHECK(std::chrono::hours(duration(119min)) == 1h);
    CHECK(std::chrono::years(duration::days(366)) == std::chrono::years(1));
    CHECK(std::chrono::nanoseconds(duration::nanoseconds(bottom)).count() == bottom);
    using millennia = std::chrono::duration<std::int64_t, std::ratio<31'556'952'000>>;
    CHECK(millennia(duration::nanoseconds(top)).count() == 0);
    // Units that are no whole number of nanoseconds would not come back as they went in.
    static_assert(!std::is_constructible_v<picoseconds, duration>);
    static_assert(!std::is_constructible_v<thirds, duration>);
}

TEST_CASE("duration: conversions are exact at random, for all kinds of units") {
    std::mt19937_64 random(1);
    for (int round = 0; round != 20'000; ++round) {
        const auto number = static_cast<std::int64_t>(random()) >> (random() % 64);
        CAPTURE(number);
        REQUIRE(ns(thirds(number)) == in_wide(number, 1, 3));
        REQUIRE(ns(picoseconds(number)) == in_wide(number, 1, 1'000'000'000'000));
        REQUIRE(ns(std::chrono::milliseconds(number)) == in_wide(number, 1, 1000));
        REQUIRE(ns(std::chrono::minutes(number)) == in_wide(number, 60, 1));
        using odd = std::chrono::duration<std::int64_t, std::ratio<1001, 30000>>;  // frames of film
        REQUIRE(ns(odd(number)) == in_wide(number, 1001, 30000));
    }
}

TEST_CASE("duration: order") {
    CHECK(duration(1s) < duration(2s));
    CHECK_FALSE(duration(2s) < duration(2s));
    CHECK(duration(2s) <= duration(2s));
    CHECK(duration(2s) >= duration(2s));
    CHECK(duration(2s) > duration(1s));
    CHECK_FALSE(duration(2s) > duration(2s));
    CHECK_FALSE(duration(1s) >= duration(2s));
    CHECK_FALSE(duration(2s) <= duration(1s));
    CHECK(duration(-1s) < duration());
    CHECK(duration(1s) != duration(2s));
}

TEST_CASE("duration: sums and differences stop at the ends of the range") {
    const auto of = [](std::int64_t number) { return duration::nanoseconds(number); };
    CHECK(of(2) + of(3) == of(5));
    CHECK(of(2) - of(3) == of(-1));
    CHECK(of(top) + of(1) == of(top));
    CHECK(of(top) + of(top) == of(top));
    CHECK(of(-top) + of(-5) == of(-top));
    CHECK(of(-top) - of(5) == of(-top));
    CHECK(of(top) - of(-1) == of(top));
    CHECK(of(top) - of(top) == of(0));
    CHECK(of(0) - of(bottom) == of(top));  // -bottom is no number
    CHECK(of(-5) - of(bottom) == of(top - 4));
    CHECK(of(bottom) - of(bottom) == of(0));
    CHECK(of(bottom) - of(1) == of(-top));
}

TEST_CASE("duration: as a person writes it") {
    CHECK(spelled(duration(0s)) == "0s");
    CHECK(spelled(duration(5min)) == "5min");
    CHECK(spelled(duration(90min)) == "1h30min");
    CHECK(spelled(duration(1500ms)) == "1s500ms");
    CHECK(spelled(duration(24h)) == "1d");
    CHECK(spelled(duration(49h + 1s)) == "2d1h1s");
    CHECK(spelled(duration(7us)) == "7us");
    CHECK(spelled(duration(1ns)) == "1ns");
    CHECK(spelled(duration(-90s)) == "-1min30s");
    CHECK(spelled(duration::nanoseconds(top)) == "106751d23h47min16s854ms775us807ns");
    CHECK(spelled(duration::nanoseconds(bottom)) == "-106751d23h47min16s854ms775us808ns");
}

TEST_CASE("duration: to be read, what is longer than a second is rounded up to whole ones") {
    for (const duration short_one : {duration(0s), duration(1ns), duration(999ms), duration(1s)})
        CHECK(short_one.readable() == short_one);
    CHECK(duration(1s + 1ns).readable() == duration(2s));
    CHECK(duration(1500ms).readable() == duration(2s));
    CHECK(duration(2s).readable() == duration(2s));
    CHECK(duration(1h + 999'999'999ns).readable() == duration(1h + 1s));
    CHECK(duration(-1500ms).readable() == duration(-1500ms));
    CHECK(duration::nanoseconds(top).readable() == duration::nanoseconds(top));
}

TEST_CASE("time_point: unknown unless it is given") {
    static_assert(!time_point().known());
    static_assert(time_point::since_epoch(duration()).known());
    CHECK(time_point() != time_point::since_epoch(duration()));
    CHECK(time_point() == time_point());
    CHECK_FALSE((time_point() + duration(1s)).known());
    CHECK_FALSE((time_point() - duration(1s)).known());
}

TEST_CASE("time_point: from the system clock's times, and from no other clock's") {
    const std::chrono::sys_time<std::chrono::seconds> then(1'488'299'820s);
    CHECK(time_point(then).known());
    CHECK(time_point(then).since_epoch() == duration(1'488'299'820s));
    CHECK(time_point(std::chrono::sys_days(std::chrono::days(2))).since_epoch() == duration(48h));
    CHECK(time_point(std::chrono::system_clock::time_point(5ms)).since_epoch() == duration(5ms));
    static_assert(std::is_convertible_v<std::chrono::system_clock::time_point, time_point>);
    static_assert(!std::is_constructible_v<time_point, std::chrono::steady_clock::time_point>);
    static_assert(!std::is_constructible_v<time_point, std::chrono::local_seconds>);
    static_assert(!std::is_constructible_v<time_point, duration>);
    static_assert(!std::is_constructible_v<time_point, std::int64_t>);
}

TEST_CASE("time_point: order and distance") {
    const auto at = [](duration given) { return time_point::since_epoch(given); };
    CHECK(at(1s) < at(2s));
    CHECK_FALSE(at(2s) < at(2s));
    CHECK(at(2s) <= at(2s));
    CHECK_FALSE(at(2s) <= at(1s));
    CHECK(at(5s) - at(2s) == duration(3s));
    CHECK(at(2s) - at(5s) == duration(-3s));
    CHECK(at(5s) + duration(2s) == at(7s));
    CHECK(at(5s) - duration(7s) == at(-2s));
    CHECK(at(duration::nanoseconds(top)) + duration(1s) == at(duration::nanoseconds(top)));
    CHECK(at(duration::nanoseconds(-top)) - duration(1s) == at(duration::nanoseconds(-top)));
    CHECK(at(duration::nanoseconds(top)) - at(duration::nanoseconds(bottom)) ==
          duration::nanoseconds(top));
}
