// SPDX-License-Identifier: BSL-1.0
// The past of one pool, ready to be searched, against a list that is added up: whatever was taken
// from its front, however its times go, and what waits to be stored.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <initializer_list>
#include <vector>

using namespace ledger_testing;
using shearpin::count;
using shearpin::detail::not_stored_yet;
using shearpin::detail::pool_sequence;

namespace {

__extension__ using wide = unsigned __int128;

struct noted_removal {
    instant settled_at;
    amounts removed;
    std::uint64_t version;
    bool counts_for_floors;
};

count clamped(wide sum) { return sum >> 64 == 0 ? static_cast<count>(sum) : ~count{0}; }

/// All of them, one by one.
template <class F> amounts added_up(const std::vector<noted_removal>& all, F counts) {
    wide serving = 0, amount = 0, heads = 0;
    for (const noted_removal& each : all) {
        if (!counts(each)) continue;
        serving += each.removed.serving;
        amount += each.removed.amount;
        heads += each.removed.heads;
    }
    return {clamped(serving), clamped(amount), clamped(heads), 1};
}
bool is_in_order(const std::vector<noted_removal>& all) {
    for (std::size_t each = 1; each < all.size(); ++each) {
        const instant& before = all[each - 1].settled_at;
        const instant& after = all[each].settled_at;
        if (before.boot != after.boot || before.wall.known() != after.wall.known() ||
            after.wall < before.wall || after.since_boot < before.since_boot)
            return false;
    }
    // A sum that does not fit is not searched for, either.
    wide serving = 0, amount = 0, heads = 0;
    for (const noted_removal& each : all) {
        serving += each.removed.serving;
        amount += each.removed.amount;
        heads += each.removed.heads;
    }
    return serving >> 64 == 0 && amount >> 64 == 0 && heads >> 64 == 0;
}

}  // namespace

// Sums that do not fit are the largest number, and no others are.
constexpr amounts sum_of(std::initializer_list<count> all) {
    shearpin::detail::wide_amounts sum;
    for (const count each : all) sum.add(amounts::of(each));
    return sum.clamped();
}
constexpr count most = shearpin::largest_count;  // two of them and 1 are all that fits
static_assert(sum_of({most, most}) == amounts::of(2 * most));
static_assert(sum_of({most, most, 1}) == amounts::of(~count{0}));
static_assert(sum_of({most, most, 2}) == amounts::of(~count{0}));
static_assert(sum_of({most, most, most}) == amounts::of(~count{0}));

TEST_CASE("what is gone since a version or a time is the sum of all that is") {
    dice random(31);
    int in_order = 0, disordered = 0;
    for (int run = 0; run != 300; ++run) {
        CAPTURE(run);
        pool_sequence sequence;
        std::vector<noted_removal> all;
        duration clock = hour;
        std::uint64_t version = 0;
        const std::uint64_t disorder = run % 3 == 0 ? 1'000'000 : run % 3 == 1 ? 40 : 6;
        for (int turn = 0; turn != 60; ++turn) {
            clock = clock + duration::seconds(static_cast<std::int64_t>(random.below(4)));
            instant when = at(clock);
            if (random.one_in(disorder)) when.wall = when.wall - duration::seconds(7);
            if (random.one_in(disorder)) when.since_boot = when.since_boot - duration::seconds(7);
            if (random.one_in(disorder)) when.boot = 2;
            if (random.one_in(disorder)) when.wall = {};
            if (random.one_in(disorder)) when = instant{};
            const auto any = [&] {
                return random.one_in(disorder) ? shearpin::largest_count : random.below(10);
            };
            const noted_removal next{
                when, {any(), any(), any(), 1}, version += random.below(3), !random.one_in(4)};
            // Some are stored later than they are noted, all at once.
            const bool waits = random.one_in(3);
            sequence.push(when, next.removed, waits ? not_stored_yet : next.version,
                          next.counts_for_floors);
            all.push_back(next);
            if (waits) {
                const auto newest = [](const instant&) { return false; };
                const amounts waiting = sequence.gone_since(not_stored_yet - 1, false, newest);
                CHECK(waiting.amount == (next.counts_for_floors ? next.removed.amount : 0));
                sequence.stamp(next.version);
            }
            while (!all.empty() && random.one_in(3)) {
                sequence.pop_front();
                all.erase(all.begin());
            }
            if (random.one_in(100)) {
                sequence.clear();
                all.clear();
            }
            REQUIRE(sequence.size() == all.size());
            CHECK(sequence.in_order() == is_in_order(all));
            ++(sequence.in_order() ? in_order : disordered);

            const std::uint64_t since = random.below(version + 2);
            const instant then =
                at(clock - duration::seconds(static_cast<std::int64_t>(random.below(30))));
            const auto is_recent = [&](const instant& settled_at) {
                return then.wall < settled_at.wall;
            };
            for (const bool by_time : {false, true})
                CHECK(sequence.gone_since(since, by_time, is_recent) ==
                      added_up(all, [&](const noted_removal& each) {
                          return each.counts_for_floors &&
                                 (each.version > since || (by_time && is_recent(each.settled_at)));
                      }));
        }
    }
    CHECK(in_order > 3000);
    CHECK(disordered > 1000);
}

TEST_CASE("once all are taken from the front, the order of what follows is looked at anew") {
    pool_sequence sequence;
    const auto push = [&](duration when) { sequence.push(at(when), amounts::of(1), 1, true); };
    // When eight of its places are free, the list closes up, with one out of order at its front.
    for (int number = 0; number != 16; ++number) push(number == 9 ? second : minute);
    CHECK(!sequence.in_order());
    for (int number = 0; number != 9; ++number) sequence.pop_front();
    CHECK(sequence.in_order());
    push(minute);
    while (sequence.size() != 0) sequence.pop_front();
    CHECK(sequence.in_order());
    push(minute);
    CHECK(sequence.in_order());
    push(second);
    CHECK(!sequence.in_order());
}
