// SPDX-License-Identifier: BSL-1.0
// Property: a run beside others that remove from the same pool, whenever they like: between its
// waves, while it looks at the world, and while its own removal is under way. Every rule holds all
// the time, judged from outside by all that was really done, and each row goes at most once. With
// random policies, pools and others, and fixed seeds.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <vector>

using namespace waves_testing;
using guard_ledger_testing::bytes;
using shearpin::count;
using shearpin::duration;

namespace {

using rates = shearpin::policy<shearpin::min_remaining, shearpin::max_batch, shearpin::max_rate,
                               shearpin::max_rate>;
using rests = shearpin::policy<shearpin::min_remaining, shearpin::max_batch, shearpin::max_rate,
                               shearpin::cooldown>;
using flights =
    shearpin::policy<shearpin::min_remaining, shearpin::max_batch, shearpin::max_in_flight>;

struct dice {
    std::mt19937_64 random;
    count between(count least, count most) { return least + random() % (most - least + 1); }
    bool once_in(count times) { return between(1, times) == 1; }
    duration minutes(count least, count most) {
        return duration::minutes(static_cast<std::int64_t>(between(least, most)));
    }
    template <class R> R rule(count least, count most) { return *R::from(between(least, most)); }
    shearpin::max_rate rate(count least, count most, duration window) {
        return *shearpin::max_rate::from(between(least, most), window);
    }

    void roll(std::optional<rates>& rules) {
        rules = rates{rule<shearpin::min_remaining>(0, 20), rule<shearpin::max_batch>(1, 4),
                      rate(1, 4, minutes(1, 5)), rate(2, 7, minutes(3, 9))};
    }
    void roll(std::optional<rests>& rules) {
        rules = rests{rule<shearpin::min_remaining>(0, 20), rule<shearpin::max_batch>(1, 4),
                      rate(1, 6, minutes(1, 9)), *shearpin::cooldown::from(minutes(1, 4))};
    }
    void roll(std::optional<flights>& rules) {
        rules = flights{rule<shearpin::min_remaining>(0, 20), rule<shearpin::max_batch>(1, 4),
                        rule<shearpin::max_in_flight>(1, 6)};
    }
};

/// One removal, as somebody sees it who looks at the machines and at no ledger.
struct done {
    count number = 0;
    shearpin::time_point begun{};
    shearpin::time_point over{};
    bool is_over = false;
};

/// Whether one more removal may begin now beside all that was begun before, in plain words.
struct onlooker {
    const std::vector<done>& before;
    const done& next;

    [[nodiscard]] bool is_kept(const shearpin::max_batch& cap) const {
        return next.number <= cap.stated().number();
    }
    [[nodiscard]] bool is_kept(const shearpin::max_rate& cap) const {
        count sum = next.number;
        for (const done& each : before)
            if (!each.is_over || next.begun - each.over < cap.looks_back()) sum += each.number;
        return sum <= cap.stated().number();
    }
    [[nodiscard]] bool is_kept(const shearpin::cooldown& rest) const {
        for (const done& each : before)
            if (!each.is_over || next.begun - each.over < rest.rest()) return false;
        return true;
    }
    [[nodiscard]] bool is_kept(const shearpin::max_in_flight& cap) const {
        count sum = next.number;
        for (const done& each : before)
            if (!each.is_over) sum += each.number;
        return sum <= cap.stated().number();
    }
    /// Of that the pool itself is the witness.
    [[nodiscard]] bool is_kept(const shearpin::min_remaining&) const { return true; }
};

/// A pool of rows with a ledger, a run, and others.
template <class Policy> struct scene {
    dice& roll;
    const Policy& rules;
    shearpin::pool there;
    shearpin::manual_clock clock{};
    bytes memory{};
    shearpin::ledger<bytes> record{bytes(memory)};
    shearpin::ledger<bytes> elsewhere{bytes(memory)};  // of another process, as it were
    std::vector<done> all{};
    std::vector<int> gone{};
    int depth = 0;
    int next_of_others = 100;
    int theirs = 0;
    int within_removals = 0;  // of theirs, while another one was under way

    scene(dice& with, const Policy& under, const shearpin::pool& start)
        : roll(with), rules(under), there(start) {}

    void remove(const rows& some) {
        const std::size_t place = all.size();
        done mine{some.size(), clock.now(), {}, false};
        rules.for_each([&](const auto& each) {
            CAPTURE(shearpin::detail::name_of<shearpin::detail::bare<decltype(each)>>().data());
            CHECK(onlooker{all, mine}.is_kept(each));
        });
        all.push_back(mine);
        take_time();
        others_may_remove();
        for (const int row : some) {
            gone.push_back(row);
            --there.available;
            CHECK(there.available >= rules.template at<0>().stated().number());
            if (roll.once_in(4)) others_may_remove();
        }
        take_time();
        all[place].over = clock.now();
        all[place].is_over = true;
    }
    shearpin::pool look() {
        const shearpin::pool seen = there;
        if (roll.once_in(4)) others_may_remove();  // after the look, so that it does not show
        return seen;
    }
    void take_time() {
        if (roll.once_in(3)) clock.advance(roll.minutes(1, 2));
    }
    void others_may_remove() {
        if (depth != 0 || !roll.once_in(2)) return;
        ++depth;
        auto& through = roll.once_in(2) ? record : elsewhere;
        rows some;
        for (count number = roll.between(1, 3); number != 0; --number)
            some.push_back(next_of_others++);
        const bool is_beside =
            std::any_of(all.begin(), all.end(), [](const done& each) { return !each.is_over; });
        if (guard(through).try_call(some)) {
            ++theirs;
            if (is_beside) ++within_removals;
        }
        --depth;
    }
    auto guard(shearpin::ledger<bytes>& on_ledger) {
        return shearpin::guard(
                   rules, [this](const rows& some) { remove(some); }, [this] { return look(); })
            .with_ledger(on_ledger, "rows")
            .with_clock(clock);
    }
};

struct sums {
    int finished = 0;
    int theirs = 0;
    int within_removals = 0;
};

template <class Policy> void run_beside_others(std::uint64_t seed, sums& so_far) {
    dice roll{std::mt19937_64(seed)};
    std::optional<Policy> rules;
    roll.roll(rules);
    const count available = roll.between(10, 40);
    scene<Policy> on(roll, *rules, {available + roll.between(0, 5), available});
    const auto report = on.guard(on.record).in_waves(
        numbered(12), {.soak = roll.minutes(0, 1),
                       .healthy =
                           [&] {
                               on.others_may_remove();
                               return true;
                           },
                       .on_progress = [&] { on.others_may_remove(); }});
    so_far.finished += report.finished() ? 1 : 0;
    so_far.theirs += on.theirs;
    so_far.within_removals += on.within_removals;
    CHECK(report.in_doubt() == 0);
    CHECK(report.removed() + report.remaining() == 12);
    std::sort(on.gone.begin(), on.gone.end());
    CHECK(std::adjacent_find(on.gone.begin(), on.gone.end()) == on.gone.end());
    const auto of_the_run = std::lower_bound(on.gone.begin(), on.gone.end(), 100);
    CHECK(rows(on.gone.begin(), of_the_run) == numbered(static_cast<int>(report.removed())));
}

}  // namespace

TEST_CASE("beside: others remove whenever they like, and every rule holds all the time") {
    sums of_rates;
    sums of_rests;
    sums of_flights;
    for (std::uint64_t seed = 0; seed != 150; ++seed) {
        CAPTURE(seed);
        run_beside_others<rates>(seed, of_rates);
        run_beside_others<rests>(seed, of_rests);
        run_beside_others<flights>(seed, of_flights);
    }
    // That there was something to see.
    for (const sums& each : {of_rates, of_rests, of_flights}) {
        CHECK(each.finished > 20);
        CHECK(each.theirs > 100);
    }
    CHECK(of_rates.within_removals > 20);
    CHECK(of_rests.within_removals == 0);  // a rest means that nothing else is under way
    CHECK(of_flights.within_removals > 100);
}
