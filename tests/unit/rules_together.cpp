// SPDX-License-Identifier: BSL-1.0
// Policies of several rules: the limit is the smallest of theirs, in each measure, and a rule more
// can only tighten it. Every pair of kinds of rules, and some threes, against the oracle.
#include <shearpin/rules.hpp>

#include "judged.hpp"
#include "oracle.hpp"

#include <cstdint>
#include <string>
#include <tuple>
#include <utility>

#include <doctest/doctest.h>

using namespace shearpin::literals;
using shearpin::amounts;
using shearpin::count;
using shearpin::duration;
using shearpin::facts;
using shearpin::measure;
using shearpin::policy;
using shearpin::time_point;

namespace {

/// All that the oracle sees: a pool, the time, and when the pool was looked at.
struct sight {
    oracle::world pool;
    std::int64_t now;
    std::int64_t observed_at;
    bool complete;
};

enum class compared { serving, amount, heads };

template <class R, class Limit> struct entry {
    R rule;
    compared with;
    Limit limit;
};
template <class R, class Limit> entry(R, compared, Limit) -> entry<R, Limit>;

constexpr std::int64_t minute = 60'000'000'000;

/// A rule of a user's own.
struct even_sizes {
    static constexpr shearpin::text_view name = "even_sizes";
    constexpr count limit(const facts& f) const { return f.pool.size % 2 == 0 ? 6 : 0; }
};

constexpr std::tuple table{
    entry{shearpin::min_remaining(4), compared::serving,
          [](const sight& s) { return oracle::min_remaining(s.pool, 4); }},
    entry{shearpin::min_remaining(60_pct), compared::serving,
          [](const sight& s) {
              return oracle::min_remaining(s.pool, oracle::ceiling_of({60, 100}, s.pool.size));
          }},
    entry{shearpin::max_batch(3), compared::amount,
          [](const sight&) { return oracle::max_batch(3); }},
    entry{shearpin::max_batch(round_up(30_pct)), compared::amount,
          [](const sight& s) {
              return oracle::max_batch(oracle::ceiling_of({30, 100}, s.pool.size));
          }},
    entry{shearpin::max_targets(2), compared::heads,
          [](const sight&) { return oracle::max_batch(2); }},
    entry{shearpin::max_unavailable(45_pct), compared::serving,
          [](const sight& s) {
              return oracle::max_unavailable(s.pool, oracle::floor_of({45, 100}, s.pool.size));
          }},
    entry{shearpin::quorum(), compared::serving,
          [](const sight& s) { return oracle::quorum(s.pool); }},
    entry{shearpin::quorum(shearpin::membership::shrinks), compared::serving,
          [](const sight& s) { return oracle::quorum_of_what_is_left(s.pool); }},
    entry{shearpin::fresh_within(duration::minutes(5)), compared::amount,
          [](const sight& s) {
              return s.complete && s.now - s.observed_at <= 5 * minute ? oracle::no_limit : 0;
          }},
    entry{shearpin::freeze(
              shearpin::window::weekly(shearpin::weekday::thursday, duration::minutes(10),
                                       shearpin::weekday::thursday, duration::minutes(20))),
          compared::amount,  // the tests' hour is the first of a Thursday
          [](const sight& s) {
              return s.now >= 10 * minute && s.now < 20 * minute ? 0 : oracle::no_limit;
          }},
    entry{shearpin::unlimited, compared::amount, [](const sight&) { return oracle::no_limit; }},
    entry{even_sizes{}, compared::amount,
          [](const sight& s) -> oracle::u64 { return s.pool.size % 2 == 0 ? 6 : 0; }},
};
constexpr std::size_t kinds = std::tuple_size_v<decltype(table)>;

facts as_facts(const sight& seen) {
    return {.pool = {seen.pool.size, seen.pool.available},
            .now = time_point::since_epoch(duration::nanoseconds(seen.now)),
            .observed_at = time_point::since_epoch(duration::nanoseconds(seen.observed_at)),
            .complete = seen.complete};
}

/// A removal whose measures may differ: some of it is broken, some weighs more than one.
struct request {
    oracle::u64 serving;
    oracle::u64 amount;
    oracle::u64 heads;
};

/// The smallest limits of all entries, by measure.
struct lowest {
    oracle::u64 serving = oracle::no_limit;
    oracle::u64 amount = oracle::no_limit;
    oracle::u64 heads = oracle::no_limit;

    template <class Entry> void take(const Entry& each, const sight& seen) {
        oracle::u64& current = each.with == compared::serving  ? serving
                               : each.with == compared::amount ? amount
                                                               : heads;
        const oracle::u64 limit = each.limit(seen);
        if (limit < current) current = limit;
    }
    bool admits(const sight& seen, const request& asked) const {
        return seen.complete && seen.pool.size <= oracle::largest &&
               seen.pool.available <= oracle::largest && asked.heads != 0 &&
               asked.amount <= oracle::largest && asked.serving <= seen.pool.available &&
               asked.serving <= serving && asked.amount <= amount && asked.heads <= heads;
    }
    oracle::u64 most(const sight& seen) const {
        if (!seen.complete || seen.pool.size > oracle::largest ||
            seen.pool.available > oracle::largest)
            return 0;
        oracle::u64 all = seen.pool.available;
        for (const oracle::u64 each : {serving, amount, heads})
            if (each < all) all = each;
        return all;
    }
};

request draw_request(judged::numbers& random, const sight& seen) {
    const oracle::u64 bound = seen.pool.size < 50 ? seen.pool.size + 3 : oracle::no_limit;
    if (random.up_to(1) == 0) {
        const oracle::u64 same = bound < 50 ? random.up_to(bound) : random.any();
        return {same, same, same};
    }
    return {random.up_to(bound), random.up_to(bound), random.up_to(bound < 6 ? bound : 5)};
}

sight draw_sight(judged::numbers& random, bool small) {
    const oracle::u64 size = random.up_to(14);
    const std::int64_t now = static_cast<std::int64_t>(random.up_to(60)) * minute;
    // Older than five minutes, exactly that old, or a nanosecond around it.
    const std::int64_t age = static_cast<std::int64_t>(random.up_to(8)) * minute +
                             static_cast<std::int64_t>(random.up_to(2)) - 1;
    return {small ? oracle::world{size, random.up_to(size + 2)} : random.world(), now, now - age,
            random.up_to(20) != 0};
}

/// What is different for these rules together, or nothing.
template <class... Entries> std::string difference(int rounds, const Entries&... entries) {
    const policy rules{entries.rule...};
    judged::numbers random(17);
    for (int round = 0; round != rounds; ++round) {
        const sight seen = draw_sight(random, round % 3 != 0);
        const facts known = as_facts(seen);
        lowest expected;
        (expected.take(entries, seen), ...);
        const auto told = [&](const char* what) {
            std::string all = what;
            rules.for_each([&](const auto& each) {
                all += " " + std::string(shearpin::text_view(each.name));
            });
            return all + ", " + judged::text(seen.pool) + ", round " + std::to_string(round);
        };
        const amounts limits = rules.limits(known);
        if (limits.serving != expected.serving || limits.amount != expected.amount ||
            limits.heads != expected.heads)
            return told("limits of");
        if (rules.max_removable(known) != expected.most(seen)) return told("most of");
        for (int each = 0; each != 4; ++each) {
            const request drawn = draw_request(random, seen);
            const amounts asked{drawn.serving, drawn.amount, drawn.heads};
            const bool answer = rules.admits(known, asked);
            if (answer != expected.admits(seen, drawn)) return told("answer of");
            // What all of them together let go, each of them alone does, and no more.
            if (answer != (policy{entries.rule}.admits(known, asked) && ...))
                return told("not as each alone:");
            // Less of everything may go too, as long as it is something.
            const amounts less{drawn.serving / 2, drawn.amount / 2, (drawn.heads + 1) / 2};
            if (answer && !rules.admits(known, less)) return told("not monotone:");
        }
    }
    return {};
}

/// Each with itself and with those after it.
template <std::size_t I, std::size_t... J> std::string pairs_from(std::index_sequence<J...>) {
    std::string found;
    ((found.empty() ? void(found = difference(600, std::get<I>(table), std::get<I + J>(table)))
                    : void()),
     ...);
    return found;
}
template <std::size_t... I> std::string all_pairs(std::index_sequence<I...>) {
    std::string found;
    ((found.empty() ? void(found = pairs_from<I>(std::make_index_sequence<kinds - I>())) : void()),
     ...);
    return found;
}

/// Three at a time, later ones before earlier ones too.
template <std::size_t... I> std::string threes(std::index_sequence<I...>) {
    std::string found;
    ((found.empty()
          ? void(found = difference(2000, std::get<I>(table), std::get<(I + 4) % kinds>(table),
                                    std::get<(I + 6) % kinds>(table)))
          : void()),
     ...);
    return found;
}

template <std::size_t... I> std::string everything(std::index_sequence<I...>) {
    return difference(20'000, std::get<I>(table)...);
}

}  // namespace

TEST_CASE("together: every pair of rules, and each with itself") {
    CHECK(all_pairs(std::make_index_sequence<kinds>()) == "");
}

TEST_CASE("together: three rules") { CHECK(threes(std::make_index_sequence<kinds>()) == ""); }

TEST_CASE("together: all rules") { CHECK(everything(std::make_index_sequence<kinds>()) == ""); }

TEST_CASE("together: the samples are worth their name") {
    // Were nearly all of the answers the same, the tests above would show little.
    judged::numbers random(17);
    int admitted = 0;
    constexpr int rounds = 2000;
    for (int round = 0; round != rounds; ++round) {
        const sight seen = draw_sight(random, round % 3 != 0);
        const request drawn = draw_request(random, seen);
        if (policy{shearpin::min_remaining(60_pct), shearpin::max_batch(3)}.admits(
                as_facts(seen), {drawn.serving, drawn.amount, drawn.heads}))
            ++admitted;
    }
    CHECK(admitted > rounds / 20);
    CHECK(admitted < rounds / 2);
}

TEST_CASE("together: an example to read") {
    constexpr policy loose{shearpin::min_remaining(95_pct)};
    constexpr policy tight{shearpin::min_remaining(95_pct), shearpin::max_batch(5)};
    for (count asked = 0; asked <= 12; ++asked) {
        CHECK(loose.admits({200, 200}, asked) == (asked >= 1 && asked <= 10));
        CHECK(tight.admits({200, 200}, asked) == (asked >= 1 && asked <= 5));
    }
}
