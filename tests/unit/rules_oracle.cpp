// SPDX-License-Identifier: BSL-1.0
// Every rule that is made of numbers against the oracle: all small pools, and random large ones.
// A loop counts what differs and keeps the first; one CHECK for each of millions would be slow.
#include "oracle.hpp"

#include <shearpin/policy.hpp>
#include <shearpin/rules.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <random>
#include <sstream>
#include <string>
#include <utility>

namespace {

using oracle::u64;
using oracle::wide;

constexpr u64 largest_size = 40;

/// What differed from the oracle.
struct differences {
    u64 compared = 0;
    u64 number = 0;
    std::string first;

    template <class R>
    void limit(const R& rule, oracle::world seen, wide expected_wide, const char* form, u64 part) {
        const u64 expected = static_cast<u64>(expected_wide);
        const u64 found = rule.limit({.pool = {seen.size, seen.available}});
        ++compared;
        if (found == expected) return;
        note(form, part, seen, "limit", found, expected);
    }
    template <class R>
    void admits(const R& rule, oracle::world seen, u64 limit, u64 asked, const char* form,
                u64 part) {
        const bool expected = oracle::admits(seen, limit, asked);
        const bool found = shearpin::policy{rule}.admits({seen.size, seen.available}, asked);
        ++compared;
        if (found == expected) return;
        note(form, part, seen, "admits", asked, expected);
    }
    void note(const char* form, u64 part, oracle::world seen, const char* what, u64 found,
              u64 expected) {
        if (number++ != 0) return;
        std::ostringstream out;
        out << form << " " << part << ", size " << seen.size << ", available " << seen.available
            << ": " << what << " " << found << ", oracle " << expected;
        first = out.str();
    }
    /// Nothing differed, and the loop did run.
    void conclude(u64 at_least_compared) const {
        MESSAGE(compared << " answers as the oracle says");
        CHECK_MESSAGE(number == 0, first);
        CHECK(compared >= at_least_compared);
    }
};

/// All pools up to `largest_size`, those with more available than wanted too.
template <class F> void for_small_pools(F each) {
    for (u64 size = 0; size <= largest_size; ++size)
        for (u64 available = 0; available <= size + 2; ++available)
            each(oracle::world{size, available});
}

/// A rule of which the oracle knows the limit, in all small pools, for all requests.
template <class R, class Oracle>
void small_pools(differences& differ, const R& rule, Oracle limit, const char* form, u64 part) {
    for_small_pools([&](oracle::world seen) {
        const wide expected = limit(seen);
        differ.limit(rule, seen, expected, form, part);
        for (u64 asked = 0; asked <= seen.size + 2; ++asked)
            differ.admits(rule, seen, static_cast<u64>(expected), asked, form, part);
    });
}

// Forms that exist only when written in code, for each percentage of 1 to 100.
template <std::size_t P> struct written {
    static constexpr shearpin::fraction share{P, 100};
    static constexpr shearpin::min_remaining floor_down{shearpin::round_down(share)};
    static constexpr shearpin::max_batch batch_up{shearpin::round_up(share)};
    static constexpr shearpin::max_batch batch_of_2{share, shearpin::at_least(2)};
    static constexpr shearpin::max_unavailable out_up{shearpin::round_up(share)};
    static constexpr shearpin::max_unavailable out_of_1{share, shearpin::at_least(1)};
    static constexpr shearpin::max_targets targets{share};
};
/// Calls each(percentage, written<percentage>{}).
template <class F, std::size_t... Is> void for_each_percentage(F each, std::index_sequence<Is...>) {
    (each(u64{Is + 1}, written<Is + 1>{}), ...);
}

/// Numbers of all magnitudes, the ends of the range more often than chance would have it.
class numbers {
public:
    explicit numbers(u64 seed) : engine_(seed) {}
    u64 up_to(u64 most) {
        const u64 kind = engine_() % 8;
        if (kind == 0) return most - smaller(engine_() % 3, most);
        if (kind == 1) return smaller(engine_() % 3, most);
        const u64 some = engine_() >> (engine_() % 64);
        return most == ~u64{0} ? some : some % (most + 1);
    }
    u64 near(u64 middle) {
        const u64 distance = engine_() % 5;
        if (distance >= 2)
            return middle > ~u64{0} - (distance - 2) ? middle : middle + distance - 2;
        return middle >= 2 - distance ? middle - (2 - distance) : 0;
    }

private:
    static u64 smaller(u64 left, u64 right) { return left < right ? left : right; }
    std::mt19937_64 engine_;
};

}  // namespace

TEST_CASE("rules that are read, in every small pool, for every percentage and every request") {
    differences differ;
    for (u64 part = 0; part <= 100; ++part) {
        const oracle::share share{part, 100};
        const auto read = *shearpin::fraction::from(part, 100);
        small_pools(
            differ, *shearpin::min_remaining::from(read),
            [&](oracle::world w) {
                return oracle::min_remaining(w, oracle::ceiling_of(share, w.size));
            },
            "min_remaining %", part);
        small_pools(
            differ, *shearpin::max_unavailable::from(read),
            [&](oracle::world w) {
                return oracle::max_unavailable(w, oracle::floor_of(share, w.size));
            },
            "max_unavailable %", part);
        small_pools(
            differ, *shearpin::max_batch::from(read),
            [&](oracle::world w) { return oracle::max_batch(oracle::floor_of(share, w.size)); },
            "max_batch %", part);
        small_pools(
            differ, *shearpin::max_targets::from(read),
            [&](oracle::world w) { return oracle::max_batch(oracle::floor_of(share, w.size)); },
            "max_targets %", part);
    }
    differ.conclude(4'000'000);
}

TEST_CASE("the forms that only code can write, in every small pool") {
    differences differ;
    const auto compare = [&]<class Written>(u64 part, Written) {
        const oracle::share share{part, 100};
        const auto up = [&](u64 of) { return oracle::ceiling_of(share, of); };
        const auto down = [&](u64 of) { return oracle::floor_of(share, of); };
        const auto no_less = [](wide number, wide least) {
            return number < least ? least : number;
        };
        small_pools(
            differ, Written::floor_down,
            [&](oracle::world w) { return oracle::min_remaining(w, down(w.size)); },
            "min_remaining round_down %", part);
        small_pools(
            differ, Written::batch_up,
            [&](oracle::world w) { return oracle::max_batch(up(w.size)); }, "max_batch round_up %",
            part);
        small_pools(
            differ, Written::batch_of_2,
            [&](oracle::world w) { return oracle::max_batch(no_less(down(w.size), 2)); },
            "max_batch at_least 2 %", part);
        small_pools(
            differ, Written::out_up,
            [&](oracle::world w) { return oracle::max_unavailable(w, up(w.size)); },
            "max_unavailable round_up %", part);
        small_pools(
            differ, Written::out_of_1,
            [&](oracle::world w) { return oracle::max_unavailable(w, no_less(down(w.size), 1)); },
            "max_unavailable at_least 1 %", part);
        small_pools(
            differ, Written::targets,
            [&](oracle::world w) { return oracle::max_batch(down(w.size)); },
            "max_targets written %", part);
    };
    for_each_percentage(compare, std::make_index_sequence<100>());
    differ.conclude(4'000'000);
}

TEST_CASE("rules of a number, and those without one, in every small pool") {
    differences differ;
    for (u64 number = 0; number <= largest_size + 2; ++number) {
        small_pools(
            differ, *shearpin::min_remaining::from(number),
            [&](oracle::world w) { return oracle::min_remaining(w, number); }, "min_remaining",
            number);
        small_pools(
            differ, *shearpin::max_unavailable::from(number),
            [&](oracle::world w) { return oracle::max_unavailable(w, number); }, "max_unavailable",
            number);
        small_pools(
            differ, *shearpin::max_batch::from(number),
            [&](oracle::world) { return oracle::max_batch(number); }, "max_batch", number);
        small_pools(
            differ, *shearpin::max_targets::from(number),
            [&](oracle::world) { return oracle::max_batch(number); }, "max_targets", number);
    }
    small_pools(
        differ, shearpin::quorum(), [](oracle::world w) { return oracle::quorum(w); }, "quorum", 0);
    small_pools(
        differ, shearpin::quorum(shearpin::membership::shrinks),
        [](oracle::world w) { return oracle::quorum_of_what_is_left(w); }, "quorum shrinks", 0);
    small_pools(
        differ, shearpin::unlimited, [](oracle::world) { return oracle::no_limit; }, "unlimited",
        0);
    differ.conclude(3'000'000);
}

TEST_CASE("random pools to the ends of the integers") {
    differences differ;
    numbers random(20170228);
    for (int round = 0; round != 200'000; ++round) {
        const oracle::world seen{random.up_to(oracle::largest), random.up_to(oracle::largest)};
        const u64 under = 1 + random.up_to(0xffff'fffe);
        const oracle::share share{random.up_to(under), under};
        const u64 number = random.up_to(oracle::largest);
        const auto read = *shearpin::fraction::from(share.over, share.under);
        const auto compare = [&](const auto& rule, wide limit, const char* form) {
            differ.limit(rule, seen, limit, form, share.over);
            const u64 now = static_cast<u64>(limit);
            differ.admits(rule, seen, now, random.near(now), form, share.over);
            differ.admits(rule, seen, now, random.near(seen.available), form, share.over);
        };
        compare(*shearpin::min_remaining::from(read),
                oracle::min_remaining(seen, oracle::ceiling_of(share, seen.size)), "min_remaining");
        compare(*shearpin::max_unavailable::from(read),
                oracle::max_unavailable(seen, oracle::floor_of(share, seen.size)),
                "max_unavailable");
        compare(*shearpin::max_batch::from(read), oracle::floor_of(share, seen.size), "max_batch");
        compare(*shearpin::max_targets::from(read), oracle::floor_of(share, seen.size),
                "max_targets");
        compare(*shearpin::min_remaining::from(number), oracle::min_remaining(seen, number),
                "min_remaining number");
        compare(*shearpin::max_unavailable::from(number), oracle::max_unavailable(seen, number),
                "max_unavailable number");
        compare(*shearpin::max_batch::from(number), number, "max_batch number");
        compare(shearpin::quorum(), oracle::quorum(seen), "quorum");
        compare(shearpin::quorum(shearpin::membership::shrinks),
                oracle::quorum_of_what_is_left(seen), "quorum shrinks");
        compare(shearpin::unlimited, oracle::no_limit, "unlimited");
    }
    differ.conclude(6'000'000);
}

TEST_CASE("two rules: the smaller limit, both must admit, and neither order matters") {
    differences differ;
    numbers random(19700101);
    for (int round = 0; round != 100'000; ++round) {
        const bool small = round % 2 == 0;
        const u64 most = small ? 30 : oracle::largest;
        const oracle::world seen{random.up_to(most), random.up_to(most)};
        const oracle::share share{random.up_to(100), 100};
        const u64 number = random.up_to(most);
        const auto read = *shearpin::fraction::from(share.over, share.under);
        const shearpin::pool there{seen.size, seen.available};
        const auto compare = [&](const auto& left, u64 left_limit, const auto& right,
                                 u64 right_limit, const char* form) {
            const u64 both = left_limit < right_limit ? left_limit : right_limit;
            const shearpin::policy one{left};
            const shearpin::policy two{left, right};
            const shearpin::policy swapped{right, left};
            const u64 most_now = both < seen.available ? both : seen.available;
            ++differ.compared;
            if (two.max_removable(there) != most_now || swapped.max_removable(there) != most_now)
                differ.note(form, share.over, seen, "max_removable", two.max_removable(there),
                            most_now);
            for (const u64 asked : {u64{0}, u64{1}, random.near(both), random.near(left_limit),
                                    random.near(right_limit), random.near(seen.available)}) {
                const bool expected = oracle::admits(seen, both, asked);
                const bool found = two.admits(there, asked);
                if (found != expected || swapped.admits(there, asked) != expected)
                    differ.note(form, share.over, seen, "admits", asked, expected);
                if (found && !one.admits(there, asked))
                    differ.note(form, share.over, seen, "admits what one refuses", asked, expected);
                if (found && asked >= 2 && !two.admits(there, asked - 1))
                    differ.note(form, share.over, seen, "not monotone", asked, expected);
            }
        };
        const auto floor = *shearpin::min_remaining::from(read);
        const auto floor_number = *shearpin::min_remaining::from(number);
        const auto cap = *shearpin::max_batch::from(number);
        const auto out = *shearpin::max_unavailable::from(read);
        const auto heads = *shearpin::max_targets::from(number);
        const u64 floor_limit = oracle::min_remaining(seen, oracle::ceiling_of(share, seen.size));
        const u64 floor_number_limit = oracle::min_remaining(seen, number);
        const u64 out_limit = oracle::max_unavailable(seen, oracle::floor_of(share, seen.size));
        compare(floor, floor_limit, cap, number, "min_remaining, max_batch");
        compare(floor, floor_limit, floor_number, floor_number_limit, "two floors");
        compare(out, out_limit, heads, number, "max_unavailable, max_targets");
        compare(out, out_limit, floor_number, floor_number_limit, "max_unavailable, floor");
        compare(shearpin::quorum(), oracle::quorum(seen), cap, number, "quorum, max_batch");
        compare(shearpin::quorum(shearpin::membership::shrinks),
                oracle::quorum_of_what_is_left(seen), floor, floor_limit, "shrinks, floor");
    }
    differ.conclude(600'000);
}
