// SPDX-License-Identifier: BSL-1.0
// The sizes that a pool had: a peak is kept for as long as somebody looks for it, hardly longer,
// and in little room.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>
#include <vector>

using namespace ledger_testing;
using shearpin::count;
using shearpin::history;
using shearpin::past_size;
using shearpin::detail::ledger_pool;

namespace {

constexpr duration nanosecond = duration::nanoseconds(1);
constexpr duration window = duration::seconds(3200);
constexpr duration step = duration::seconds(100);  // a 32nd

ledger_pool watched() {
    ledger_pool pool;
    pool.window = window;
    return pool;
}
count largest(const ledger_pool& pool, const instant& now, duration within) {
    history::parts parts;
    parts.sizes = pool.sizes.data();
    parts.sizes_number = pool.sizes.size();
    parts.now = now;
    const auto found = history(parts).largest_size(within);
    return found ? *found : 0;
}
std::vector<std::pair<instant, count>> sizes_of(const ledger_pool& pool) {
    std::vector<std::pair<instant, count>> all;
    for (const past_size& each : pool.sizes) all.emplace_back(each.seen_at, each.size);
    return all;
}

}  // namespace

TEST_CASE("a size that is no smaller than the last ones takes their place") {
    ledger_pool pool = watched();
    pool.see_size(at(hour), 9, {});
    pool.see_size(at(minute), 10, {});  // by a clock that is behind: this may be older
    CHECK(pool.sizes.size() == 2);
    pool = watched();
    const instant times[] = {at(second), at(minute), at(hour)};
    pool.see_size(times[0], 9, {});
    pool.see_size(times[1], 8, {});
    CHECK(sizes_of(pool) == std::vector<std::pair<instant, count>>{{times[0], 9}, {times[1], 8}});
    pool.see_size(times[2], 8, {});
    CHECK(sizes_of(pool) == std::vector<std::pair<instant, count>>{{times[0], 9}, {times[2], 8}});
    pool.see_size(times[2], 10, {});
    CHECK(sizes_of(pool) == std::vector<std::pair<instant, count>>{{times[2], 10}});
    // In another boot nobody can say which is the later one.
    pool.see_size(at(hour, 2), 11, {});
    CHECK(pool.sizes.size() == 2);
}

TEST_CASE("what lies within a 32nd of the window is one, and no more than that") {
    for (const duration apart : {step, step + nanosecond}) {
        ledger_pool pool = watched();
        pool.see_size(at(hour), 9, {});
        pool.see_size(at(hour + second), 8, {});
        pool.see_size(at(hour + apart), 7, {});
        if (apart == step)
            CHECK(sizes_of(pool) ==
                  std::vector<std::pair<instant, count>>{{at(hour), 9}, {at(hour + step), 8}});
        else
            CHECK(sizes_of(pool) == std::vector<std::pair<instant, count>>{{at(hour), 9},
                                                                           {at(hour + second), 8},
                                                                           {at(hour + apart), 7}});
    }
    // Of its own boot: what was seen in others in between is none of them.
    ledger_pool pool = watched();
    for (const std::uint64_t boot : {1u, 2u}) pool.see_size(at(hour, boot), 9, {});
    for (const std::uint64_t boot : {1u, 2u}) pool.see_size(at(hour + second, boot), 8, {});
    for (const std::uint64_t boot : {1u, 2u}) pool.see_size(at(hour + minute, boot), 7, {});
    CHECK(sizes_of(pool) == std::vector<std::pair<instant, count>>{{at(hour, 1), 9},
                                                                   {at(hour, 2), 9},
                                                                   {at(hour + minute, 1), 8},
                                                                   {at(hour + minute, 2), 8}});
}

TEST_CASE("eight are kept for ever; of the others, those that nobody looks for are dropped") {
    for (const duration margin : {duration{}, second}) {
        for (const duration missing : {duration{}, nanosecond}) {
            ledger_pool pool = watched();
            for (int number = 0; number != 9; ++number)
                pool.see_size(at(duration::seconds(200 * number)), static_cast<count>(100 - number),
                              {});
            REQUIRE(pool.sizes.size() == 9);
            CHECK_FALSE(pool.forgotten_size.has_value());
            pool.see_size(at(window + margin + margin - missing), 1, margin);
            CHECK(pool.forgotten_size.has_value() == (missing == duration{}));
            CHECK(pool.sizes.size() == (missing == duration{} ? 9 : 10));
            if (missing == duration{}) CHECK(*pool.forgotten_size == at({}));
            pool.see_size(at(duration::days(100)), 0, margin);
            CHECK(pool.sizes.size() == 9);
            REQUIRE(pool.forgotten_size.has_value());
            CHECK(*pool.forgotten_size == at(duration::seconds(200)));
        }
    }
}

TEST_CASE("of the sizes that were dropped the latest time is kept, in whatever order they stood") {
    for (const bool is_turned_round : {false, true}) {
        ledger_pool pool = watched();
        const instant early = at(second), late = at(minute);
        pool.see_size(is_turned_round ? late : early, 100, {});
        pool.see_size(is_turned_round ? early : late, is_turned_round ? 101 : 99, {});
        for (int number = 2; number != 10; ++number)
            pool.see_size(at(duration::seconds(200 * number)), static_cast<count>(90 - number), {});
        REQUIRE(pool.sizes.size() == 10);
        pool.see_size(at(minute + window), 1, {});
        REQUIRE(pool.sizes.size() == 9);
        REQUIRE(pool.forgotten_size.has_value());
        CHECK(*pool.forgotten_size == late);
    }
}

TEST_CASE("a peak is found for as long as the window, and a 32nd of it longer at most") {
    dice random(21);
    for (int run = 0; run != 60; ++run) {
        ledger_pool pool = watched();
        std::vector<std::pair<instant, count>> truth;
        duration clock = hour;
        for (int turn = 0; turn != 300; ++turn) {
            clock = clock + duration::seconds(static_cast<std::int64_t>(random.below(60)));
            if (random.one_in(50)) clock = clock + duration::seconds(2000);
            const count size = random.below(run % 2 == 0 ? 1000 : 10);
            pool.see_size(at(clock), size, {});
            truth.emplace_back(at(clock), size);
            const duration within =
                duration::seconds(static_cast<std::int64_t>(1 + random.below(3200)));
            count exact = 0, at_most = 0;
            for (const auto& [when, was] : truth) {
                if (age_of(when, at(clock), {}) < within) exact = std::max(exact, was);
                if (age_of(when, at(clock), {}) < within + step) at_most = std::max(at_most, was);
            }
            CHECK(largest(pool, at(clock), within) >= exact);
            CHECK(largest(pool, at(clock), within) <= at_most);
            CHECK(pool.sizes.size() <= 80);
        }
    }
}

TEST_CASE("of 257 machines' sizes the oldest is put to the next one, as of that one's time") {
    const auto seen_by = [](int machine) {
        return at(duration::seconds(machine), static_cast<std::uint64_t>(machine));
    };
    for (const bool is_growing : {false, true}) {
        ledger_pool pool = watched();
        const auto size_of = [&](int machine) {
            return static_cast<count>(is_growing && machine == 2 ? 2000 : 1000 - machine);
        };
        for (int machine = 1; machine <= 257; ++machine)
            pool.see_size(seen_by(machine), size_of(machine), {});
        const auto sizes = sizes_of(pool);
        REQUIRE(sizes.size() == 256);
        // Of two boots, whose clocks nobody compares, it is the later by the wall clock.
        CHECK(sizes[0].first == instant{seen_by(2).wall, {}, 0});
        CHECK(sizes[0].second == (is_growing ? 2000 : 999));
        CHECK(sizes[1] == std::pair<instant, count>{seen_by(3), 997});
        CHECK(sizes[255] == std::pair<instant, count>{seen_by(257), 743});
    }
}

TEST_CASE("however many machines look, no more than 256 are kept, and no peak is lost") {
    dice random(22);
    ledger_pool pool = watched();
    std::vector<std::pair<instant, count>> truth;
    std::size_t most = 0;
    for (int turn = 0; turn != 2000; ++turn) {
        // It shrinks, so that the oldest are the largest; and clocks differ.
        const std::uint64_t boot = 1 + random.below(40);
        const instant now =
            at(hour + duration::seconds(turn + 20 * static_cast<int>(boot % 3)), boot);
        const count size = 100'000 - 40 * static_cast<count>(turn) + random.below(1000);
        pool.see_size(now, size, {});
        truth.emplace_back(now, size);
        most = std::max(most, pool.sizes.size());
        if (turn % 10 != 0) continue;
        const duration within = duration::seconds(static_cast<std::int64_t>(random.below(3200)));
        count exact = 0;
        for (const auto& [when, was] : truth)
            if (age_of(when, now, {}) < within) exact = std::max(exact, was);
        CHECK(largest(pool, now, within) >= exact);
    }
    CHECK(most == 256);
}
