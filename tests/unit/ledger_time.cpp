// SPDX-License-Identifier: BSL-1.0
// The design's paragraph on time, sentence by sentence, and the sums over a pool's past.
#include "ledger_testing.hpp"

#include <shearpin/detail/ledger_undated.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace ledger_testing;
using shearpin::age_of;
using shearpin::history;
using shearpin::measure;
using shearpin::past_removal;
using shearpin::past_size;

namespace {

instant moment(std::int64_t wall, std::int64_t since_boot, std::uint64_t boot) {
    return {time_point::since_epoch(duration::seconds(wall)), duration::seconds(since_boot), boot};
}
instant wall_only(std::int64_t wall) { return moment(wall, 0, 0); }
duration seconds(std::int64_t number) { return duration::seconds(number); }

/// A history of such removals, out of order or not, as a ledger hands it over.
struct past_of {
    std::vector<past_removal> removals;
    history::parts parts;

    past_of(const std::vector<std::pair<instant, shearpin::count>>& all, const instant& now,
            bool in_order) {
        amounts running{};
        for (const auto& [when, amount] : all) {
            running += amounts::of(amount);
            removals.push_back({when, amounts::of(amount), running});
        }
        parts.removals = removals.data();
        parts.number = removals.size();
        parts.in_order = in_order;
        parts.now = now;
    }
    [[nodiscard]] history get() const { return history(parts); }
};

}  // namespace

TEST_CASE("within one boot, age is the smaller of both clocks' differences") {
    CHECK(age_of(moment(100, 10, 1), moment(160, 70, 1), {}) == seconds(60));
    CHECK(age_of(moment(100, 10, 1), moment(190, 70, 1), {}) == seconds(60));  // put forward
    CHECK(age_of(moment(100, 10, 1), moment(130, 70, 1), {}) == seconds(30));  // put back
    CHECK(age_of(moment(100, 10, 1), moment(160, 70, 1), seconds(5)) == seconds(60));
}

TEST_CASE("across boots and machines it is that of the wall clocks, less the margin") {
    CHECK(age_of(moment(100, 10, 1), moment(160, 70'000, 2), {}) == seconds(60));
    CHECK(age_of(moment(100, 10, 1), moment(160, 11, 2), seconds(5)) == seconds(55));
    CHECK(age_of(moment(100, 10, 1), moment(103, 11, 2), seconds(5)) == seconds(0));
    // Where a boot is not known, they may be two machines.
    CHECK(age_of(wall_only(100), wall_only(160), {}) == seconds(60));
    CHECK(age_of(wall_only(100), wall_only(160), seconds(5)) == seconds(55));
    CHECK(age_of(wall_only(100), moment(160, 1, 2), seconds(5)) == seconds(55));
    CHECK(age_of(moment(100, 1, 2), wall_only(160), seconds(5)) == seconds(55));
}

TEST_CASE("entries from the future have age zero") {
    CHECK(age_of(moment(200, 10, 1), moment(160, 70, 1), {}) == seconds(0));
    CHECK(age_of(moment(100, 90, 1), moment(160, 70, 1), {}) == seconds(0));
    CHECK(age_of(moment(200, 10, 1), moment(160, 70, 2), {}) == seconds(0));
    CHECK(age_of(wall_only(161), wall_only(160), {}) == seconds(0));
}

TEST_CASE("what has no time has age zero, on either side") {
    CHECK(age_of(instant{}, moment(160, 70, 1), {}) == seconds(0));
    CHECK(age_of(moment(100, 10, 1), instant{}, {}) == seconds(0));
    CHECK(age_of(instant{}, instant{}, {}) == seconds(0));
}

TEST_CASE("differences at the ends of the range do not overflow") {
    const auto lowest = time_point::since_epoch(duration::nanoseconds(INT64_MIN));
    const auto highest = time_point::since_epoch(duration::nanoseconds(INT64_MAX));
    CHECK(highest - lowest == duration::nanoseconds(INT64_MAX));
    CHECK(lowest - highest == duration::nanoseconds(-INT64_MAX));
    CHECK(duration::nanoseconds(5) - duration::nanoseconds(INT64_MIN) ==
          duration::nanoseconds(INT64_MAX));
    CHECK(age_of({lowest, {}, 0}, {highest, {}, 0}, seconds(1)) ==
          duration::nanoseconds(INT64_MAX - 1'000'000'000));
    CHECK(age_of({highest, {}, 0}, {lowest, {}, 0}, seconds(1)) == seconds(0));
}

TEST_CASE("a later moment is not older than either for anybody") {
    dice random(1);
    for (int turn = 0; turn != 20'000; ++turn) {
        const auto any = [&] {
            instant made = moment(static_cast<std::int64_t>(random.below(50)),
                                  static_cast<std::int64_t>(random.below(50)), 1);
            if (random.one_in(8)) made = instant{};
            return made;
        };
        const instant one = any();
        const instant other = any();
        const instant later = shearpin::detail::later_of(one, other);
        instant now = any();
        if (random.one_in(3)) now.boot = 2;
        const duration margin = seconds(static_cast<std::int64_t>(random.below(3)));
        CHECK(age_of(later, now, margin) <= age_of(one, now, margin));
        CHECK(age_of(later, now, margin) <= age_of(other, now, margin));
    }
}

TEST_CASE("a window is half-open: exactly so long ago is out") {
    for (const bool in_order : {true, false}) {
        CAPTURE(in_order);
        const past_of past({{moment(100, 100, 1), 1}, {moment(110, 110, 1), 10}},
                           moment(160, 160, 1), in_order);
        CHECK(past.get().settled_within(seconds(61)).amount == 11);
        CHECK(past.get().settled_within(seconds(60)).amount == 10);
        CHECK(past.get().settled_within(seconds(50)).amount == 0);
        CHECK(past.get().settled_within(seconds(50) + duration::nanoseconds(1)).amount == 10);
        CHECK(past.get().settled_within({}).amount == 0);
        CHECK(*past.get().since_last() == seconds(50));
    }
}

TEST_CASE("open permits count whatever the window") {
    past_of past({{moment(100, 100, 1), 1}}, moment(160, 160, 1), true);
    past.parts.open = amounts::of(5);
    CHECK(past.get().removed_within(seconds(10)).amount == 5);
    CHECK(past.get().removed_within(seconds(100)).amount == 6);
    CHECK(!past.get().until_within(seconds(10), measure::amount, 4));
    CHECK(*past.get().until_within(seconds(10), measure::amount, 5) == seconds(0));
}

TEST_CASE("when no more than so much is within a window") {
    for (const bool in_order : {true, false}) {
        CAPTURE(in_order);
        const past_of past({{moment(100, 100, 1), 1},
                            {moment(110, 110, 1), 10},
                            {moment(110, 110, 1), 5},
                            {moment(150, 150, 1), 2}},
                           moment(160, 160, 1), in_order);
        const auto until = [&](shearpin::count amount) {
            return *past.get().until_within(seconds(100), measure::amount, amount);
        };
        CHECK(until(18) == seconds(0));
        CHECK(until(17) == seconds(40));
        CHECK(until(16) == seconds(50));
        CHECK(until(2) == seconds(50));
        CHECK(until(1) == seconds(90));
        CHECK(until(0) == seconds(90));
    }
}

TEST_CASE("what comes from the future is waited for until it is old enough") {
    const past_of past({{moment(200, 200, 1), 3}}, moment(160, 160, 1), false);
    CHECK(past.get().settled_within(seconds(10)).amount == 3);
    CHECK(*past.get().until_within(seconds(10), measure::amount, 0) == seconds(50));
    past_of across({{moment(150, 3, 2), 3}}, moment(160, 160, 1), false);
    across.parts.margin = seconds(7);
    CHECK(*across.get().until_within(seconds(10), measure::amount, 0) == seconds(7));
}

TEST_CASE("what has no time is not waited for") {
    const past_of past({{instant{}, 3}}, moment(160, 160, 1), false);
    CHECK(past.get().settled_within(duration::nanoseconds(1)).amount == 3);
    CHECK(!past.get().until_within(seconds(10), measure::amount, 2));
    const past_of now_unknown({{moment(100, 100, 1), 3}}, instant{}, false);
    CHECK(now_unknown.get().settled_within(seconds(1)).amount == 3);
    CHECK(!now_unknown.get().until_within(seconds(10), measure::amount, 2));
}

TEST_CASE("what was forgotten makes longer windows unknown, until it is old enough") {
    past_of past({{moment(150, 150, 1), 3}}, moment(160, 160, 1), true);
    CHECK(past.get().remembers(seconds(1000)));
    past.parts.has_forgotten = true;
    past.parts.forgotten_at = moment(130, 130, 1);
    CHECK(past.get().remembers(seconds(30)));
    CHECK(!past.get().remembers(seconds(31)));
    CHECK(past.get().until_it_remembers(seconds(30)) == seconds(0));
    CHECK(past.get().until_it_remembers(seconds(31)) == seconds(1));
    CHECK(*past.get().since_last() == seconds(10));
    CHECK(*past.get().until_within(seconds(40), measure::amount, 3) == seconds(10));
    CHECK(*past.get().until_within(seconds(40), measure::amount, 0) == seconds(30));
    past.parts.forgotten_at = instant{};
    CHECK(!past.get().until_within(seconds(40), measure::amount, 3));
    past.parts.number = 0;
    past.parts.forgotten_at = moment(130, 130, 1);
    CHECK(*past.get().since_last() == seconds(30));
}

TEST_CASE("the largest size in a window") {
    const std::vector<past_size> sizes{{moment(100, 100, 1), 50}, {moment(150, 150, 1), 20}};
    history::parts parts;
    parts.now = moment(160, 160, 1);
    CHECK(!history(parts).seen());
    CHECK(!history(parts).largest_size(seconds(100)));
    parts.sizes = sizes.data();
    parts.sizes_number = 2;
    CHECK(history(parts).seen());
    CHECK(*history(parts).largest_size(seconds(61)) == 50);
    CHECK(*history(parts).largest_size(seconds(60)) == 20);
    CHECK(!history(parts).largest_size(seconds(10)));
}

TEST_CASE("sums saturate, and running sums that wrapped around do not matter") {
    const shearpin::count huge = shearpin::largest_count;
    const past_of past(
        {{moment(100, 100, 1), huge}, {moment(110, 110, 1), huge}, {moment(120, 120, 1), huge}},
        moment(160, 160, 1), false);
    CHECK(past.get().settled_within(seconds(1000)).amount == ~shearpin::count{0});

    shearpin::detail::pool_sequence sequence;
    for (std::uint64_t at_second = 1; at_second != 100; ++at_second) {
        sequence.push(at(seconds(static_cast<std::int64_t>(at_second))), amounts::of(huge),
                      at_second, true);
        CHECK(sequence.in_order() == (at_second <= 2));  // three of them are more than 2^64
        if (at_second > 2) sequence.pop_front();
        CHECK(sequence.in_order());
        history::parts parts;
        parts.removals = sequence.data();
        parts.number = sequence.size();
        parts.before = sequence.before();
        parts.in_order = true;
        parts.now = at(seconds(static_cast<std::int64_t>(at_second)));
        CHECK(history(parts).settled_within(seconds(1)).amount == huge);
    }
}

TEST_CASE("sums by search are those by adding up, whatever was taken from the front") {
    dice random(2);
    for (int run = 0; run != 200; ++run) {
        shearpin::detail::pool_sequence sequence;
        std::vector<std::pair<instant, shearpin::count>> all;
        std::int64_t clock = 0;
        for (std::uint64_t turn = 0; turn != 60; ++turn) {
            const bool goes_back = random.one_in(run % 2 == 0 ? 1'000'000 : 10);
            clock += goes_back ? -static_cast<std::int64_t>(random.below(20))
                               : static_cast<std::int64_t>(random.below(5));
            const instant when = random.one_in(40) ? at(seconds(clock), 2) : at(seconds(clock));
            const shearpin::count amount = random.below(10);
            sequence.push(when, amounts::of(amount), turn + 1, !random.one_in(5));
            all.emplace_back(when, amount);
            if (random.one_in(3)) {
                sequence.pop_front();
                all.erase(all.begin());
            }
            history::parts parts;
            parts.removals = sequence.data();
            parts.number = sequence.size();
            parts.before = sequence.before();
            parts.in_order = sequence.in_order();
            parts.now = at(seconds(clock + static_cast<std::int64_t>(random.below(10))));
            parts.margin = seconds(static_cast<std::int64_t>(random.below(4)));
            const duration window = seconds(static_cast<std::int64_t>(random.below(40)));
            shearpin::count expected = 0;
            for (const auto& [settled, removed] : all)
                if (age_of(settled, parts.now, parts.margin) < window) expected += removed;
            CHECK(history(parts).settled_within(window).amount == expected);
            parts.in_order = false;
            CHECK(history(parts).settled_within(window).amount == expected);
        }
    }
}

TEST_CASE("a past is summed in each measure, by search and by adding up") {
    const past_removal removals[] = {{wall_only(10), {1, 2, 1}, {1, 2, 1}},
                                     {wall_only(20), {0, 5, 2}, {1, 7, 3}},
                                     {wall_only(30), {4, 40, 3}, {5, 47, 6}}};
    history::parts parts;
    parts.removals = removals;
    parts.number = 3;
    parts.open = {100, 200, 300};
    parts.now = wall_only(35);
    for (const bool in_order : {true, false}) {
        parts.in_order = in_order;
        const history past(parts);
        CHECK(past.settled_within(seconds(20)) == amounts{4, 45, 5});
        CHECK(past.settled_within(seconds(100)) == amounts{5, 47, 6});
        CHECK(past.settled_within(seconds(5)) == amounts{});
        CHECK(past.removed_within(seconds(20)) == amounts{104, 245, 305});
        CHECK(past.until_within(seconds(20), measure::heads, 303) == seconds(5));
        CHECK(past.until_within(seconds(20), measure::serving, 103) == seconds(15));
    }
}

TEST_CASE("a removal is one of one pool, unless it says otherwise") {
    CHECK(amounts{}.pools == 1);
    CHECK(amounts::of(7) == amounts{7, 7, 7, 1});
}

TEST_CASE("a past of which nothing was said is one in which nothing happened") {
    const history past;
    CHECK(past.open() == amounts{});
    CHECK(past.settled_within(hour) == amounts{});
    CHECK(past.removed_within(hour) == amounts{});
    CHECK(past.remembers(hour));
    CHECK_FALSE(past.since_last().has_value());
    CHECK_FALSE(past.largest_size(hour).has_value());
    CHECK_FALSE(past.seen());
    CHECK(past.until_rested(hour) == duration{});
    CHECK(past.until_within(hour, measure::amount, 0) == duration{});
}

TEST_CASE("that removals stand in order is believed only where it is said") {
    const past_removal removals[] = {{wall_only(30), amounts::of(3), amounts::of(3)},
                                     {wall_only(10), amounts::of(5), amounts::of(8)}};
    history::parts parts;
    parts.removals = removals;
    parts.number = 2;
    parts.now = wall_only(35);
    CHECK(history(parts).settled_within(seconds(10)) == amounts::of(3));
    CHECK(history(parts).since_last() == seconds(5));
}

TEST_CASE("within no time at all nothing was removed, also nothing that comes from the future") {
    for (const bool in_order : {true, false}) {
        const past_of past({{wall_only(100), 7}}, wall_only(90), in_order);
        CHECK(past.get().settled_within({}) == amounts{});
        CHECK(past.get().settled_within(seconds(-1)) == amounts{});
        CHECK(past.get().settled_within(duration::nanoseconds(1)) == amounts::of(7));
    }
}

TEST_CASE("how long until a rest is over is not known where a time is not known") {
    const duration rest = seconds(60);
    CHECK(past_of({{wall_only(90), 7}}, wall_only(100), true).get().until_rested(rest) ==
          seconds(50));
    CHECK_FALSE(past_of({{instant{}, 7}}, wall_only(100), true).get().until_rested(rest));
    CHECK_FALSE(past_of({{wall_only(90), 7}}, instant{}, true).get().until_rested(rest));
    const past_of mixed({{wall_only(90), 7}, {instant{}, 7}, {wall_only(95), 7}}, wall_only(100),
                        false);
    CHECK_FALSE(mixed.get().until_rested(rest));
}

TEST_CASE("a rest is from the last removal, wherever in the list it stands") {
    for (const auto& [one, other] : {std::pair{90, 95}, std::pair{95, 90}}) {
        const past_of past({{wall_only(one), 7}, {wall_only(other), 7}}, wall_only(100), false);
        CHECK(past.get().until_rested(seconds(60)) == seconds(55));
        CHECK(past.get().since_last() == seconds(5));
    }
    CHECK_FALSE(past_of({}, wall_only(100), true).get().since_last().has_value());
}

TEST_CASE("the largest size is the largest, wherever in the list it stands") {
    const past_size sizes[] = {{wall_only(80), 5}, {wall_only(85), 9}, {wall_only(90), 7}};
    history::parts parts;
    parts.sizes = sizes;
    parts.sizes_number = 3;
    parts.now = wall_only(100);
    CHECK(history(parts).largest_size(seconds(60)) == 9);
    CHECK(history(parts).largest_size(seconds(12)) == 7);
}

TEST_CASE("a rest is from what was forgotten, too") {
    history::parts parts;
    parts.now = wall_only(100);
    parts.has_forgotten = true;
    parts.forgotten_at = wall_only(95);
    CHECK(history(parts).since_last() == seconds(5));
    CHECK(history(parts).until_rested(seconds(60)) == seconds(55));
    CHECK(history(parts).until_rested(seconds(5)) == duration{});
    parts.forgotten_at = instant{};
    CHECK_FALSE(history(parts).until_rested(seconds(60)));
    CHECK_FALSE(history(parts).until_rested(duration{}));
    // And nobody knows when all of a window will be remembered.
    const duration never = duration::nanoseconds(INT64_MAX);
    CHECK(history(parts).until_it_remembers(seconds(60)) == never);
    parts.forgotten_at = wall_only(95);
    CHECK(history(parts).until_it_remembers(seconds(60)) == seconds(55));
    parts.now = instant{};
    CHECK(history(parts).until_it_remembers(seconds(60)) == never);
}

// --- The same through a ledger ---

TEST_CASE("a clock that is put forward frees nothing while the machine runs") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    CHECK(remove(ledger, at(hour), "rows", 7));
    instant later = at(hour + minute);
    later.wall = later.wall + duration::days(365);
    CHECK(look(ledger, later, "rows").within.amount == 7);
    CHECK(look(ledger, at(hour + hour), "rows").within.amount == 0);
}

TEST_CASE("a clock that is put back makes entries younger, and frees nothing") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    CHECK(remove(ledger, at(hour), "rows", 7));
    instant later = at(duration::hours(3));
    later.wall = later.wall - duration::hours(2);
    CHECK(look(ledger, later, "rows").within.amount == 7);
}

TEST_CASE(
    "a call that read its clock before others noted theirs is not refused for what they forgot") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    for (int turn = 0; turn != 80; ++turn)
        CHECK(remove(ledger, at(hour + duration::seconds(turn)), "rows", 1));
    // By the next one's clock the first ten are an hour old, and they are forgotten.
    const instant read_before = at(hour + hour + duration::seconds(9) + duration::nanoseconds(1));
    CHECK(remove(ledger, at(hour + hour + duration::seconds(10)), "rows", 1));
    bool remembers = false;
    shearpin::count within = 0;
    const one_pool asked("rows", 1);
    const auto judge = [&](const ledger_view& view) {
        const auto past = view.past(0);
        remembers = past.history.remembers(hour);
        within = past.history.settled_within(hour).amount;
        CHECK(view.now() == at(hour + hour + duration::seconds(10)));
        return true;
    };
    const reserve_answer reserved = reserve(ledger, read_before, asked, judge);
    CHECK(reserved.what == reserving::reserved);
    CHECK(remembers);
    CHECK(within == 70);
    // It is settled no sooner than what was settled before it.
    CHECK(ledger.settle(reserved.id, read_before, {}).empty());
    CHECK(ledger.entries().entries.back().settled_at ==
          at(hour + hour + duration::seconds(10)).wall);

    // Of another boot nobody can say how the clocks compare; so its own counts, less the margin.
    CHECK(look(ledger, at(hour + hour, 2), "rows").within.amount != 0);
}

TEST_CASE(
    "of a clock of which the boot or the time of day is not known, nobody says that it is behind") {
    const auto noted_at = [](const instant& before, const instant& now) {
        shearpin::ledger ledger{shearpin::memory_store{}};
        CHECK(remove(ledger, before, "rows", 1));
        instant seen;
        const one_pool asked("rows", 1);
        const auto answer = reserve(ledger, now, asked, [&](const ledger_view& view) {
            seen = view.now();
            return true;
        });
        CHECK(ledger.settle(answer.id, now, {}).empty());
        CHECK(ledger.entries().entries.back().settled_at == seen.wall);
        return seen;
    };
    CHECK(noted_at(moment(200, 100, 1), moment(190, 90, 1)) == moment(200, 100, 1));
    CHECK(noted_at(moment(200, 100, 0), moment(190, 90, 0)) == moment(190, 90, 0));
    const instant without_day{{}, seconds(90), 1};
    CHECK(noted_at(moment(200, 100, 1), without_day) == without_day);
    CHECK(noted_at({{}, seconds(100), 1}, moment(190, 90, 1)) == moment(190, 90, 1));
    // Nor of one that was read at the very same moment.
    CHECK(noted_at(moment(200, 100, 1), moment(190, 100, 1)) == moment(190, 100, 1));
}

TEST_CASE(
    "nothing is forgotten that another machine, by its clock and the margin, still looks for") {
    shearpin::ledger ledger{shearpin::memory_store{}, {.margin = minute}};
    for (int turn = 0; turn != 200; ++turn) {
        const instant now = at(hour + duration::minutes(turn));
        CHECK(remove(ledger, now, "rows", 1));
        instant elsewhere = at(now.since_boot, 2);
        elsewhere.wall = elsewhere.wall - minute;  // its clock is behind, as far as it may be
        const one_pool asked("rows", 1);
        bool remembers = false;
        const auto judge = [&](const ledger_view& view) {
            remembers = view.past(0).history.remembers(hour);
            return true;
        };
        CHECK(ledger.consult(ledger.note(), elsewhere, asked.whole, judge).what ==
              reserving::reserved);
        CHECK(remembers);
    }
    CHECK(ledger.entries().entries.size() < 80);  // it forgets all the same
}

TEST_CASE("after a reboot the wall clock alone tells, less the margin") {
    shearpin::ledger strict{shearpin::memory_store{}};
    shearpin::ledger with_margin{shearpin::memory_store{}, {.margin = minute}};
    CHECK(remove(strict, at(hour), "rows", 7));
    CHECK(remove(with_margin, at(hour), "rows", 7));
    instant later = at(hour + hour);
    later.boot = 2;
    later.since_boot = second;
    CHECK(look(strict, later, "rows").within.amount == 0);
    CHECK(look(with_margin, later, "rows").within.amount == 7);
    later.wall = later.wall + minute;
    CHECK(look(with_margin, later, "rows").within.amount == 0);
}

TEST_CASE("a margin below zero is none: no window becomes shorter") {
    shearpin::ledger ledger{shearpin::memory_store{}, {.margin = duration{} - minute}};
    CHECK(remove(ledger, at(hour), "rows", 7));
    instant later = at(hour + hour - second);
    later.boot = 2;
    CHECK(look(ledger, later, "rows").within.amount == 7);
    later.wall = later.wall + second;
    CHECK(look(ledger, later, "rows").within.amount == 0);
}

TEST_CASE(
    "not promised: a host whose clock is ahead by more than the margin, without a clock of the "
    "store") {
    // Its neighbour's removal looks an hour old to it, and it is let go on.
    shearpin::ledger ledger{shearpin::memory_store{}, {.margin = second}};
    CHECK(remove(ledger, at(hour, 1), "rows", 7));
    instant ahead = at(hour, 2);
    ahead.wall = ahead.wall + hour + second;
    CHECK(look(ledger, ahead, "rows").within.amount == 0);
}

TEST_CASE("a store's clock is used in place of the guard's: it is the same for all hosts") {
    clocked_byte_memory store;
    const auto clock = store.clock;
    shearpin::ledger ledger{store};
    static_assert(decltype(ledger)::has_clock);
    static_assert(!shearpin::ledger<shearpin::memory_store>::has_clock);
    static_assert(!shearpin::ledger<byte_memory>::has_clock);
    CHECK(remove(ledger, at(duration::days(300)), "rows", 7));
    *clock = at(hour + hour - second);
    CHECK(look(ledger, at(duration::days(900)), "rows").within.amount == 7);
    *clock = at(hour + hour);
    CHECK(look(ledger, instant{}, "rows").within.amount == 0);
}

TEST_CASE("what was noted without a clock ages from when one is there") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    CHECK(remove(ledger, instant{}, "rows", 7));
    CHECK(look(ledger, at(hour), "rows").within.amount == 7);
    CHECK(look(ledger, at(hour + hour - second), "rows").within.amount == 7);
    CHECK(look(ledger, at(hour + hour), "rows").within.amount == 0);
}

TEST_CASE("what others noted without a clock ages from when it is read by who has one") {
    byte_memory store;
    shearpin::ledger without{store};
    CHECK(remove(without, instant{}, "rows", 7));
    shearpin::ledger ledger{store};
    CHECK(look(ledger, at(hour), "rows").within.amount == 7);
    CHECK(look(ledger, at(hour + hour - second), "rows").within.amount == 7);
    CHECK(look(ledger, at(hour + hour), "rows").within.amount == 0);
}

TEST_CASE("what is left of what was forgotten without a clock, and sizes, age from then on, too") {
    const instant then = at(hour, 1);
    const instant now = at(hour + hour, 2);
    shearpin::detail::ledger_document document;
    shearpin::detail::ledger_pool& rows = document.pools[document.pool_of("rows")];
    rows.forgotten = {instant{}, then};
    rows.sizes = {{instant{}, 5}, {then, 4}};
    rows.forgotten_size = instant{};
    shearpin::detail::date_all(document, now);
    CHECK(rows.forgotten == std::vector<instant>{now, then});
    CHECK(rows.sizes[0].seen_at == now);
    CHECK(rows.sizes[0].size == 5);
    CHECK(rows.sizes[1].seen_at == then);
    CHECK(*rows.forgotten_size == now);
    // And no later: what has a time keeps it.
    shearpin::detail::date_all(document, at(duration::hours(3), 3));
    CHECK(rows.forgotten == std::vector<instant>{now, then});
    CHECK(*rows.forgotten_size == now);
}
