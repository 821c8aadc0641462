// SPDX-License-Identifier: BSL-1.0
// Bounds of what may go in a time, where numbers and times are as large as they can be, and where
// rules stand together that look at the pool in different ways: a bound is never below what can be.
#include <shearpin/bounds.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string_view>

using namespace shearpin::literals;
using shearpin::count, shearpin::duration, shearpin::policy, shearpin::pool;
using shearpin::max_removed_within, shearpin::shortest_time_to_remove;

namespace {

constexpr count beyond = count{1} << 63;
constexpr pool hundred{.size = 100, .available = 100};
constexpr pool ten{.size = 10, .available = 10};

struct one_at_once {
    static constexpr std::string_view name = "one_at_once";
    constexpr count limit(const shearpin::facts&) const { return 1; }
};
/// Half of what serves.
struct half {
    static constexpr std::string_view name = "half";
    constexpr count limit(const shearpin::facts& known) const { return known.pool.available / 2; }
};
/// The same, said of what changes beside the pool: by the clock, or in a window of the ledger.
struct half_by_the_clock : half {
    static constexpr shearpin::need needs = shearpin::need::clock;
};
struct half_in_a_window : half {
    static constexpr duration looks_back() { return duration::hours(1); }
};
struct in_few_pools {
    static constexpr std::string_view name = "in_few_pools";
    static constexpr shearpin::measure measures = shearpin::measure::pools;
    constexpr count limit(const shearpin::facts&) const { return 1; }
};

}  // namespace

TEST_CASE("of a pool that nobody can believe nothing goes") {
    const policy rules{shearpin::max_batch(5)};
    for (const pool& there :
         {pool{.size = beyond, .available = 10}, pool{.size = 10, .available = beyond}}) {
        CHECK(max_removed_within(rules, there, duration::hours(1)) == 0);
        CHECK_FALSE(shortest_time_to_remove(rules, there, 1).has_value());
        CHECK(shortest_time_to_remove(rules, there, 0) == duration{});
    }
}

TEST_CASE("in no time nothing goes, and nothing takes no time") {
    const policy rules{shearpin::max_rate(5, duration::hours(1))};
    CHECK(max_removed_within(rules, hundred, duration{}) == 0);
    CHECK(max_removed_within(rules, hundred, duration::hours(-1)) == 0);
    CHECK(max_removed_within(rules, hundred, duration::nanoseconds(1)) == 5);
    CHECK(shortest_time_to_remove(rules, hundred, 0) == duration{});
    CHECK(shortest_time_to_remove(rules, hundred, 6) == duration::hours(1));
}

TEST_CASE("what is more than 64 bits hold is the most that there is") {
    constexpr pool vast{.size = beyond - 1, .available = beyond - 1};
    const policy fast{shearpin::max_rate(beyond / 2, duration::seconds(1))};
    CHECK(max_removed_within(fast, vast, duration::seconds(1)) == beyond / 2);
    CHECK(max_removed_within(fast, vast, duration::seconds(10)) == beyond - 1);
    const policy slow{shearpin::max_batch(1), shearpin::cooldown(duration::days(100'000))};
    CHECK(shortest_time_to_remove(slow, hundred, 2) == duration::days(100'000));
    CHECK(shortest_time_to_remove(slow, hundred, 3) == duration::nanoseconds(INT64_MAX));
    // More than so many of them as fit into a signed number: as long as there is time.
    const policy drop_by_drop{shearpin::max_rate(1, duration::nanoseconds(1))};
    CHECK(shortest_time_to_remove(drop_by_drop, vast, beyond - 1) ==
          duration::nanoseconds(INT64_MAX - 1));
}

TEST_CASE("of two cooldowns the longer one counts, wherever it stands") {
    const policy first{shearpin::cooldown(duration::hours(2)),
                       shearpin::overridable(shearpin::cooldown(duration::hours(1))),
                       shearpin::max_batch(1)};
    const policy last{shearpin::overridable(shearpin::cooldown(duration::hours(1))),
                      shearpin::cooldown(duration::hours(2)), shearpin::max_batch(1)};
    CHECK(shortest_time_to_remove(first, hundred, 3) == duration::hours(4));
    CHECK(shortest_time_to_remove(last, hundred, 3) == duration::hours(4));
}

TEST_CASE("a cap on what is out is no cap on all where members leave for good") {
    const policy stays{shearpin::max_unavailable(2)};
    CHECK(max_removed_within(stays, hundred, duration::hours(1)) == 2);
    const policy leaves{shearpin::max_unavailable(2),
                        shearpin::quorum(shearpin::membership::shrinks)};
    CHECK(max_removed_within(leaves, hundred, duration::hours(1)) >= 50);
    CHECK(max_removed_within(leaves, hundred, duration::hours(1)) < 100);
}

TEST_CASE("a quorum that an override may lift takes from the size like any other") {
    constexpr auto leave = shearpin::quorum(shearpin::membership::shrinks);
    // Half of a size that goes down with each of them holds none of them up.
    const auto check = [&](const auto& rules, count goes) {
        pool there = ten;
        for (; rules.limits(shearpin::facts{.pool = there}).serving != 0; --there.size)
            --there.available;
        const count gone = ten.size - there.size;
        CHECK(gone == goes);
        CHECK(max_removed_within(rules, ten, duration::hours(1)) >= gone);
        CHECK(shortest_time_to_remove(rules, ten, gone).has_value());
    };
    check(policy{leave, shearpin::min_remaining(50_pct)}, 9);
    check(policy{shearpin::overridable(leave), shearpin::min_remaining(50_pct)}, 9);
    check(policy{shearpin::min_remaining(50_pct), shearpin::overridable(leave)}, 9);
    check(policy{leave, shearpin::overridable(shearpin::quorum())}, 8);
    check(policy{shearpin::overridable(leave), shearpin::quorum()}, 8);
}

TEST_CASE("a rest where anything may come back is no limit to a call") {
    const policy rests{shearpin::cooldown(duration::hours(1))};
    const shearpin::comes_back any{~count{0}};
    CHECK(max_removed_within(rests, hundred, duration::hours(9), any) == ~count{0});
    CHECK(max_removed_within(rests, hundred, duration::hours(9)) == 100);
    CHECK(max_removed_within(policy{shearpin::cooldown(duration::hours(1)), shearpin::max_batch(3)},
                             hundred, duration::hours(9), any) == 27);
}

TEST_CASE(
    "a rule of the user's own is asked of each number that can be reached, while they are few") {
    // 100, 50, 25, 13, 7, 4, 2 and then 1, of which half is nothing.
    CHECK(max_removed_within(policy{half{}}, hundred, duration::hours(1)) == 99);
    constexpr pool large{.size = 5000, .available = 5000};
    CHECK(max_removed_within(policy{one_at_once{}}, large, duration::hours(1)) == 5000);
    const policy floored{one_at_once{}, shearpin::min_remaining(4000)};
    CHECK(max_removed_within(floored, large, duration::hours(1)) == 1000);
    // What it says of pools in one call is nothing of time.
    const policy few{in_few_pools{}, shearpin::max_batch(5), half{}};
    CHECK(max_removed_within(few, hundred, duration::hours(1)) == 99);
    // Nor is what it says of one moment or one past: then only its best is believed, which is all.
    CHECK(max_removed_within(policy{half_by_the_clock{}}, hundred, duration::hours(1)) == 100);
    CHECK(max_removed_within(policy{half_in_a_window{}}, hundred, duration::hours(1)) == 100);
    CHECK(max_removed_within(policy{half{}, one_at_once{}}, hundred, duration::hours(1)) == 99);
    // Where members leave, or something comes back, its word holds for one call alone.
    const policy leaving{half{}, shearpin::quorum(shearpin::membership::shrinks)};
    CHECK(max_removed_within(leaving, hundred, duration::hours(1)) == 99);
    CHECK(max_removed_within(policy{half{}}, hundred, duration::hours(1),
                             shearpin::comes_back{10}) == 110);
}

TEST_CASE("of two rates, of which the slower lets 8192 go in its window, every way is tried") {
    constexpr pool vast{.size = beyond - 1, .available = beyond - 1};
    constexpr std::int64_t each = 1'000'000;
    const auto rates = [](std::int64_t slow) {
        return policy{*shearpin::max_rate::from(static_cast<count>(slow),
                                                duration::nanoseconds(slow * each + 1)),
                      *shearpin::max_rate::from(static_cast<count>(slow + 1),
                                                duration::nanoseconds((slow + 1) * each))};
    };
    // Of the faster one's windows all but one of so many: they fill it to the last target.
    const auto goes = [](std::int64_t slow) { return static_cast<count>((slow - 1) * (slow + 1)); };
    const auto takes = [](std::int64_t slow) {
        return duration::nanoseconds((slow - 1) * (slow + 1) * each);
    };
    CHECK(shortest_time_to_remove(rates(8192), vast, goes(8192) + 1) == takes(8192));
    CHECK(max_removed_within(rates(8192), vast, takes(8192)) == goes(8192));
    // Of one more the last way is not, and what is said holds all the same.
    CHECK(*shortest_time_to_remove(rates(8193), vast, goes(8193) + 1) < takes(8193));
    CHECK(max_removed_within(rates(8193), vast, takes(8193)) > goes(8193));
}

TEST_CASE(
    "of two rates that are equally slow a small one that stands first leaves few ways to try") {
    constexpr pool vast{.size = beyond - 1, .available = beyond - 1};
    const policy rules{shearpin::max_rate(5, duration::nanoseconds(5)),
                       shearpin::max_rate(beyond - 1, duration::nanoseconds(INT64_MAX))};
    CHECK(shortest_time_to_remove(rules, vast, beyond - 1) == duration::nanoseconds(INT64_MAX - 2));
}

TEST_CASE("of many rates only as many ways are tried as the slowest lets go, and they are enough") {
    constexpr pool vast{.size = beyond - 1, .available = beyond - 1};
    const auto rate = [](count most, std::int64_t length) {
        return *shearpin::max_rate::from(most, duration::nanoseconds(length));
    };
    const policy first{rate(2, 1000),  rate(5, 2355),  rate(37, 17020), rate(39, 17901),
                       rate(13, 5967), rate(7, 3311),  rate(17, 7837),  rate(17, 8296),
                       rate(3, 1374),  rate(25, 12125)};
    CHECK(shortest_time_to_remove(first, vast, 486) == duration::nanoseconds(242'374));
    const policy second{rate(2, 1000),   rate(35, 16485), rate(7, 3339),   rate(31, 14508),
                        rate(43, 20296), rate(17, 7905),  rate(43, 21156), rate(3, 1359),
                        rate(5, 2290),   rate(33, 16137)};
    CHECK(max_removed_within(second, vast, duration::nanoseconds(209'353)) == 419);
}

TEST_CASE("where nothing limits it as much may go as numbers can say") {
    const shearpin::comes_back any{~count{0}};
    const auto fast = [](std::int64_t length) {
        return *shearpin::max_rate::from(beyond - 1, duration::nanoseconds(length));
    };
    const duration long_time = duration::hours(9);
    CHECK(max_removed_within(policy{fast(1)}, hundred, long_time, any) == ~count{0});
    CHECK(max_removed_within(policy{fast(1), fast(2)}, hundred, long_time, any) == ~count{0});
    const policy rests{shearpin::cooldown(duration::hours(1)), shearpin::max_batch(beyond - 1)};
    CHECK(max_removed_within(rests, hundred, duration::minutes(30), any) == beyond - 1);
}

TEST_CASE("where one call takes nothing, or no time goes by, nothing goes whatever else is said") {
    const policy none{*shearpin::max_batch::from(count{0}),
                      shearpin::max_rate(3, duration::hours(1))};
    CHECK(max_removed_within(none, hundred, duration::hours(9)) == 0);
    CHECK_FALSE(shortest_time_to_remove(none, hundred, 1).has_value());
    CHECK(max_removed_within(policy{shearpin::max_batch(5)}, hundred, duration{}) == 0);
}

TEST_CASE("a peak lets so much go in each of its windows, and members leave one at a time") {
    const policy peak{shearpin::min_remaining(90_pct, shearpin::of_peak(duration::hours(1)))};
    CHECK(max_removed_within(peak, hundred, duration::hours(1)) == 10);
    CHECK(max_removed_within(peak, hundred, duration::hours(2)) == 20);
    CHECK(shortest_time_to_remove(peak, hundred, 11) == duration::hours(1));
    const shearpin::quorum leave(shearpin::membership::shrinks);
    CHECK(max_removed_within(policy{leave, shearpin::cooldown(duration::hours(1))}, hundred,
                             duration::hours(3)) == 3);
    // Three come back first, and then nine of ten can leave.
    CHECK(max_removed_within(policy{leave}, pool{.size = 10, .available = 7}, duration::hours(24),
                             shearpin::comes_back{3}) >= 9);
}

TEST_CASE("of rules of the user's own only those that look at the pool alone are asked") {
    constexpr duration hour = duration::hours(1);
    // What one says of pools caps no call, nor does what one says of one moment.
    CHECK(max_removed_within(policy{half{}, in_few_pools{}, shearpin::cooldown(hour)}, hundred,
                             hour) == 50);
    CHECK(max_removed_within(policy{half_by_the_clock{}, one_at_once{}}, hundred, hour) == 100);
    CHECK(max_removed_within(policy{half{}, half_by_the_clock{}}, hundred, hour) == 99);
    // Below a floor nothing is asked, so that few numbers are.
    constexpr pool large{.size = 5000, .available = 5000};
    CHECK(max_removed_within(
              policy{one_at_once{}, shearpin::min_remaining(4000), shearpin::cooldown(hour)}, large,
              hour) == 1);
}
