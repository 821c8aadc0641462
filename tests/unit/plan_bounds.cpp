// SPDX-License-Identifier: BSL-1.0
// What a policy means over time, as constants: compared with every schedule that there is, of small
// pools and short windows, under the rules themselves.
#include <shearpin/bounds.hpp>

#include "schedules.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <random>
#include <string>

using namespace shearpin::literals;
using namespace std::chrono_literals;
using namespace schedules;
using shearpin::comes_back;
using shearpin::max_removed_within;
using shearpin::pool;
using shearpin::shortest_time_to_remove;

namespace {

constexpr auto rows = shearpin::policy{
    shearpin::min_remaining(80_pct),
    shearpin::max_batch(5),
    shearpin::max_rate(10, 1h),
};
constexpr pool hundred{100, 100};

static_assert(shortest_time_to_remove(rows, hundred, 0) == 0s);
static_assert(shortest_time_to_remove(rows, hundred, 10) == 0s);
static_assert(shortest_time_to_remove(rows, hundred, 11) == 1h);
static_assert(shortest_time_to_remove(rows, hundred, 20) == 1h);
static_assert(!shortest_time_to_remove(rows, hundred, 21));
static_assert(!shortest_time_to_remove(rows, hundred, -1));
static_assert(max_removed_within(rows, hundred, 0s) == 0);
static_assert(max_removed_within(rows, hundred, -1h) == 0);
static_assert(max_removed_within(rows, hundred, 1ns) == 10);
static_assert(max_removed_within(rows, hundred, 1h) == 10);  // exactly one window later is out
static_assert(max_removed_within(rows, hundred, 1h + 1ns) == 20);
static_assert(max_removed_within(rows, hundred, 24h) == 20);
static_assert(max_removed_within(rows, hundred, 24h, comes_back{30}) == 50);
static_assert(max_removed_within(rows, hundred, 24h, comes_back{shearpin::unlimited}) == 240);

template <class N>
concept is_amount = requires(N number) { shortest_time_to_remove(rows, hundred, number); };
static_assert(is_amount<int> && is_amount<shearpin::count>);
static_assert(!is_amount<bool> && !is_amount<double>);

// Numbers that no simulation would ever get through in a constant expression.
constexpr auto nested = shearpin::policy{shearpin::max_rate(100, 1h), shearpin::max_rate(1000, 24h),
                                         shearpin::max_rate(3000, 168h)};
constexpr pool rows_of_a_table{2'000'000'000, 2'000'000'000};
static_assert(max_removed_within(nested, rows_of_a_table, 8766h) == 157'600);
static_assert(shortest_time_to_remove(nested, rows_of_a_table, 3001) == 168h);
static_assert(shortest_time_to_remove(nested, rows_of_a_table, 1'000'000'000) == 55'999'953h);

constexpr auto frozen = shearpin::policy{shearpin::max_batch(5), shearpin::freeze()};
static_assert(max_removed_within(frozen, hundred, 24h) == 0);
static_assert(!shortest_time_to_remove(frozen, hundred, 1));
constexpr auto free_for_all = shearpin::policy{shearpin::unlimited};
static_assert(max_removed_within(free_for_all, hundred, 1s) == 100);
static_assert(max_removed_within(free_for_all, hundred, 1s, comes_back{shearpin::unlimited}) ==
              shearpin::unlimited);
static_assert(shortest_time_to_remove(free_for_all, hundred, 100) == 0s);
static_assert(max_removed_within(free_for_all, {~shearpin::count{0}, 5}, 1s) == 0);  // no pool

struct half_at_once {
    static constexpr shearpin::text_view name = "half_at_once";
    constexpr shearpin::count limit(const shearpin::facts& known) const {
        return known.pool.available / 2;
    }
};
/// Stops at numbers that only small steps come to.
struct stops_at_seven {
    static constexpr shearpin::text_view name = "stops_at_seven";
    constexpr shearpin::count limit(const shearpin::facts& known) const {
        return known.pool.available == 7 ? 0 : 3;
    }
};
/// Of the size, which goes down with the membership.
struct half_of_all_stays {
    static constexpr shearpin::text_view name = "half_of_all_stays";
    constexpr shearpin::count limit(const shearpin::facts& known) const {
        return known.pool.available > known.pool.size / 2 ? 1 : 0;
    }
};
/// Nothing can be known of it but what it says of itself.
struct whim {
    static constexpr shearpin::text_view name = "whim";
    static constexpr shearpin::need needs = shearpin::need::clock;
    constexpr shearpin::count limit(const shearpin::facts&) const { return 1; }
    constexpr shearpin::count at_best(const shearpin::facts&) const { return 4; }
};
constexpr auto halves = shearpin::policy{half_at_once{}};
static_assert(max_removed_within(halves, hundred, 1s) == 99);
static_assert(!shortest_time_to_remove(halves, hundred, 100));
static_assert(max_removed_within(shearpin::policy{stops_at_seven{}, shearpin::max_batch(1)},
                                 hundred, 1s) == 93);
static_assert(max_removed_within(shearpin::policy{whim{}, shearpin::cooldown(1h)}, hundred, 2h) ==
              8);
static_assert(max_removed_within(shearpin::policy{whim{}}, hundred, 1s) == 100);
// Of too many numbers nothing is asked, and everything is believed possible.
static_assert(max_removed_within(halves, rows_of_a_table, 1s) == 2'000'000'000);

/// The most of all schedules is never more than the bound, and no schedule is faster.
struct verdict {
    bool sound = true;
    bool tight = true;
    std::string where;
};
template <class Policy> verdict compare(const Policy& rules, const pool& there, int ticks) {
    verdict found;
    const auto most = best_by_tick(rules, there, ticks);
    const auto differs = [&](const char* what, std::uint64_t at, std::uint64_t real,
                             std::uint64_t bound) {
        found.where += std::string(what) + " " + std::to_string(at) + ": really " +
                       std::to_string(real) + ", bound " + std::to_string(bound) + "\n";
    };
    for (int tick = 1; tick <= ticks; ++tick) {
        const std::uint64_t real = most[static_cast<std::size_t>(tick - 1)];
        const std::uint64_t bound = max_removed_within(rules, there, tick * 1min);
        if (bound < real) found.sound = false;
        if (bound != real) found.tight = false;
        if (bound != real) differs("within", static_cast<std::uint64_t>(tick), real, bound);
    }
    for (std::uint64_t number = 1; number <= there.available + 1; ++number) {
        std::uint64_t real = 0;
        while (real != most.size() && most[real] < number) ++real;
        const auto bound = shortest_time_to_remove(rules, there, number);
        const std::uint64_t time =
            bound ? static_cast<std::uint64_t>(bound->in_nanoseconds() / 60'000'000'000) : ~0ULL;
        const bool reached = real != most.size();
        if (reached && time > real) found.sound = false;
        const bool agrees = reached ? time == real : time >= static_cast<std::uint64_t>(ticks);
        if (!agrees) found.tight = false;
        if (!agrees) differs("time of", number, real, time);
    }
    return found;
}

template <class Policy> std::string spelled(const Policy& rules, const pool& there) {
    std::string all = std::to_string(there.available) + " of " + std::to_string(there.size);
    rules.for_each([&](const auto& each) {
        shearpin::fixed_text<99> text;
        text.write([&](shearpin::writer& out) { shearpin::detail::spell(each, out); });
        all += ", " + std::string(text);
    });
    return all;
}
template <class... Rules> void check_tight(const pool& there, int ticks, const Rules&... rules) {
    const verdict found = compare(shearpin::policy{rules...}, there, ticks);
    const std::string what = spelled(shearpin::policy{rules...}, there);
    INFO(what);
    INFO(found.where);
    CHECK(found.sound);
    CHECK(found.tight);
}
template <class... Rules> bool check_sound(const pool& there, int ticks, const Rules&... rules) {
    const verdict found = compare(shearpin::policy{rules...}, there, ticks);
    const std::string what = spelled(shearpin::policy{rules...}, there);
    INFO(what);
    INFO(found.where);
    CHECK(found.sound);
    return found.tight;
}

auto rate(std::uint64_t most, std::uint64_t minutes) {
    return *shearpin::max_rate::from(most, shearpin::duration::minutes(static_cast<long>(minutes)));
}
auto batch(std::uint64_t most) { return *shearpin::max_batch::from(most); }
auto floor_of(std::uint64_t least) { return *shearpin::min_remaining::from(least); }
auto rest(std::uint64_t minutes) {
    return *shearpin::cooldown::from(shearpin::duration::minutes(static_cast<long>(minutes)));
}

}  // namespace

TEST_CASE("bounds: of floors and caps, for every small pool") {
    for (std::uint64_t size = 0; size != 8; ++size)
        for (std::uint64_t available = 0; available != 9; ++available) {
            const pool there{size, available};
            CAPTURE(size);
            CAPTURE(available);
            check_tight(there, 2, floor_of(3), batch(2));
            check_tight(there, 2, shearpin::min_remaining(60_pct));
            check_tight(there, 2, shearpin::max_unavailable(2));
            check_tight(there, 2, shearpin::max_unavailable(50_pct), batch(1));
            check_tight(there, 2, shearpin::quorum());
            const auto members = shearpin::quorum(shearpin::membership::shrinks);
            const bool tight = check_sound(there, 2, members);
            if (available <= size) CHECK(tight);
            const bool with_floor = check_sound(there, 2, members, floor_of(2));
            if (available <= size) CHECK(with_floor);
            check_sound(there, 2, shearpin::quorum(shearpin::membership::shrinks),
                        shearpin::min_remaining(70_pct));
            check_sound(there, 2, shearpin::quorum(shearpin::membership::shrinks),
                        shearpin::max_unavailable(2));
            check_tight(there, 2, shearpin::max_in_flight(2), shearpin::max_targets(3));
            check_tight(there, 2, batch(0));
            check_tight(there, 2, half_at_once{});
            check_tight(there, 2, stops_at_seven{}, batch(2));
            check_tight(there, 2, shearpin::overridable(floor_of(3)));
        }
}

TEST_CASE("bounds: of any number of rates, with every schedule tried") {
    std::mt19937_64 random(5);
    const auto up_to = [&](std::uint64_t most) { return random() % (most + 1); };
    for (int round = 0; round != 40; ++round) {
        const pool there{9, 4 + up_to(3)};
        const auto one = rate(1 + up_to(4), 1 + up_to(5));
        const auto two = rate(1 + up_to(5), 2 + up_to(6));
        const auto three = rate(2 + up_to(5), 3 + up_to(7));
        CAPTURE(round);
        check_tight(there, 11, one);
        check_tight(there, 11, one, two, batch(1 + up_to(3)));
        check_tight(there, 11, one, two, three, floor_of(up_to(3)));
        check_tight(there, 11, one, half_at_once{});
    }
}

TEST_CASE("bounds: of a cooldown, reached without a rate beside it, and never too small with one") {
    std::mt19937_64 random(6);
    const auto up_to = [&](std::uint64_t most) { return random() % (most + 1); };
    for (int round = 0; round != 60; ++round) {
        const pool there{9, 4 + up_to(3)};
        const auto pause = rest(1 + up_to(4));
        const auto call = batch(1 + up_to(3));
        const auto one = rate(1 + up_to(4), 2 + up_to(6));
        CAPTURE(round);
        check_tight(there, 11, pause, call);
        check_tight(there, 11, pause);
        check_tight(there, 11, pause, stops_at_seven{});
        check_tight(there, 11, pause, floor_of(2), shearpin::max_in_flight(2));
        check_sound(there, 11, pause, half_at_once{}, call);
        check_sound(there, 11, pause, call, one);
        check_sound(there, 11, pause, call, one, rate(2 + up_to(5), 3 + up_to(7)));
    }
    // Three now leave one for the call in seven minutes, and ten later three may go again.
    CHECK_FALSE(check_sound({12, 12}, 22, rest(7), batch(3), rate(4, 10)));
}

TEST_CASE("bounds: a peak is a bound of its own, whether the size shrinks or stays") {
    for (std::uint64_t available = 1; available != 10; ++available) {
        const pool there{9, available};
        const auto peak = *shearpin::min_remaining::from(shearpin::fraction(2, 3),
                                                         shearpin::duration::minutes(3), 1);
        check_sound(there, 9, peak);
        check_sound(there, 9, peak, batch(2));
        sizes_shrink = true;
        check_sound(there, 9, peak);
        check_sound(there, 9, peak, batch(2));
        sizes_shrink = false;
    }
}

TEST_CASE("bounds: what comes back is on top of what the floor leaves, at any time") {
    for (std::uint64_t back = 0; back != 4; ++back) {
        for (std::uint64_t available = 0; available != 8; ++available) {
            const pool there{6, available};
            CAPTURE(back);
            CAPTURE(available);
            const auto check = [&](const auto& rules) {
                const std::uint64_t real = best_with_returns(rules, there, 5, back);
                const std::uint64_t bound =
                    max_removed_within(rules, there, 5min, comes_back{back});
                CHECK(bound >= real);
            };
            check(shearpin::policy{floor_of(3)});
            check(shearpin::policy{floor_of(3), rate(2, 2)});
            check(shearpin::policy{shearpin::max_unavailable(2)});
            check(shearpin::policy{shearpin::max_unavailable(1), batch(1)});
            check(shearpin::policy{shearpin::quorum()});
            check(shearpin::policy{half_at_once{}, rest(2)});
            check(shearpin::policy{stops_at_seven{}});
        }
    }
}

TEST_CASE("bounds: a rule of one's own is asked of up to 2048 numbers") {
    const shearpin::policy rules{half_at_once{}};
    CHECK(max_removed_within(rules, {2048, 2048}, 1s) == 2047);
    CHECK(max_removed_within(rules, {2049, 2049}, 1s) == 2049);
}

TEST_CASE("bounds: a rule of one's own is asked of no size that the pool will not have") {
    const shearpin::quorum members(shearpin::membership::shrinks);
    CHECK(max_removed_within(shearpin::policy{half_of_all_stays{}}, {10, 10}, 1s) == 5);
    CHECK(max_removed_within(shearpin::policy{half_of_all_stays{}, members}, {10, 10}, 1s) ==
          max_removed_within(shearpin::policy{members}, {10, 10}, 1s));
    CHECK(max_removed_within(shearpin::policy{members}, {10, 10}, 1s) > 5);
}

TEST_CASE("bounds: one call in each rest takes no more than any rate lets go at once") {
    const shearpin::policy rules{rate(3, 10), rest(60)};
    CHECK(max_removed_within(rules, hundred, 60min) == 3);
    CHECK(max_removed_within(rules, hundred, 61min) == 6);
    CHECK(*shortest_time_to_remove(rules, hundred, 7) == shearpin::duration(2h));
}

TEST_CASE("bounds: the first one takes no time, however many rates there are") {
    const shearpin::policy rules{rate(2, 1), rate(3, 5), rate(5, 20)};
    CHECK(*shortest_time_to_remove(rules, hundred, 1) == shearpin::duration());
    CHECK(*shortest_time_to_remove(rules, hundred, 2) == shearpin::duration());
    CHECK(*shortest_time_to_remove(rules, hundred, 3) == shearpin::duration(1min));
    CHECK(*shortest_time_to_remove(rules, hundred, 4) == shearpin::duration(5min));
    CHECK(*shortest_time_to_remove(rules, hundred, 6) == shearpin::duration(20min));
}

TEST_CASE("bounds: of a freeze without an end nothing goes, and of a pool that goes alone all") {
    CHECK(max_removed_within(shearpin::policy{shearpin::freeze()}, hundred, 24h) == 0);
    CHECK(max_removed_within(shearpin::policy{shearpin::max_pools(1)}, hundred, 24h) == 100);
    CHECK(max_removed_within(shearpin::policy{*shearpin::max_pools::from(shearpin::count{0})},
                             hundred, 24h) == 0);
}

TEST_CASE("bounds: more ways than can be tried leave them sound") {
    const shearpin::policy rules{rate(20011, 60), rate(30011, 91), rate(70001, 203)};
    const pool there{100'000'000, 100'000'000};
    // One rate alone already says so much.
    CHECK(max_removed_within(rules, there, 1000h) <= 20011ULL * 1000);
    CHECK(max_removed_within(rules, there, 1000h) > 0);
    const auto found = shortest_time_to_remove(rules, there, 50'000'000);
    REQUIRE(found);
    CHECK(*found >= shearpin::duration::minutes(60) + shearpin::duration::hours(2497));
}

TEST_CASE("bounds: a search ends, however many ways there are") {
    const auto rate_of = [](shearpin::count most, int nanoseconds) {
        return *shearpin::max_rate::from(most, shearpin::duration::nanoseconds(nanoseconds));
    };
    constexpr shearpin::count many = shearpin::count{1} << 40;
    const shearpin::policy rules{rate_of(many, 10), rate_of(2 * many, 27), rate_of(3 * many, 59)};
    const pool there{shearpin::largest_count, shearpin::largest_count};
    CHECK(max_removed_within(rules, there, 1h) == shearpin::largest_count);
    CHECK(shortest_time_to_remove(rules, there, there.size).has_value());
}
