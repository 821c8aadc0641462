// SPDX-License-Identifier: BSL-1.0
// Stores and shorthands for the tests of the ledger.
#pragma once

#include <shearpin/ledger.hpp>
#include <shearpin/memory_store.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace ledger_testing {

using shearpin::amounts;
using shearpin::duration;
using shearpin::instant;
using shearpin::time_point;
using shearpin::detail::claim;
using shearpin::detail::ledger_view;
using shearpin::detail::noted;
using shearpin::detail::pool_claim;
using shearpin::detail::reservation_id;
using shearpin::detail::reserve_answer;
using shearpin::detail::reserving;
using shearpin::detail::settlement;

inline constexpr duration hour = duration::hours(1);
inline constexpr duration minute = duration::minutes(1);
inline constexpr duration second = duration::seconds(1);

/// A moment of machine 1, so long after it was booted.
inline instant at(duration elapsed, std::uint64_t boot = 1) {
    return {time_point::since_epoch(duration::days(20'000) + elapsed), elapsed, boot};
}

/// The document that several stores have in common, as several processes have.
struct document {
    std::string bytes;
    std::uint64_t version = 0;
    int loads = 0;
    int stores = 0;
    int lazy_stores = 0;
};

/// A byte store in memory. Each call may first be answered by a function of the test's.
struct byte_memory {
    std::shared_ptr<document> shared = std::make_shared<document>();
    std::function<bool(shearpin::loaded&)> on_load;
    std::function<bool(const std::string&, std::uint64_t, shearpin::stored&)> on_store;

    shearpin::loaded load() {
        ++shared->loads;
        shearpin::loaded answer;
        if (on_load && on_load(answer)) return answer;
        return {shared->bytes, shared->version, true, {}};
    }
    shearpin::stored store(const std::string& bytes, std::uint64_t expected) {
        ++shared->stores;
        shearpin::stored answer;
        if (on_store && on_store(bytes, expected, answer)) return answer;
        return replace(bytes, expected);
    }
    shearpin::stored replace(const std::string& bytes, std::uint64_t expected) const {
        if (expected != shared->version)
            return {shearpin::stored::outcome::conflict, shared->version, {}};
        shared->bytes = bytes;
        ++shared->version;
        return {shearpin::stored::outcome::done, shared->version, {}};
    }
};
/// The same, which also stores lazily.
struct lazy_byte_memory : byte_memory {
    shearpin::stored store_lazily(const std::string& bytes, std::uint64_t expected) {
        ++shared->lazy_stores;
        return replace(bytes, expected);
    }
};
/// The same, with a clock of its own.
struct clocked_byte_memory : byte_memory {
    std::shared_ptr<instant> clock = std::make_shared<instant>(at(hour));
    instant now() const { return *clock; }
};

/// A claim on one pool.
struct one_pool {
    pool_claim pool;
    claim whole;

    explicit one_pool(shearpin::text_view name, shearpin::count amount, duration window = hour,
                      shearpin::count size = 1000) {
        pool.pool = name;
        pool.asked = amounts::of(amount);
        pool.size = size;
        pool.window = window;
        whole.pools = &pool;
        whole.number = 1;
    }
    one_pool(const one_pool&) = delete;
    one_pool& operator=(const one_pool&) = delete;
};

inline const auto yes = [](const ledger_view&) { return true; };
inline const auto no = [](const ledger_view&) { return false; };

/// Looks, and reserves what the judge admits.
template <class Ledger, class Judge>
reserve_answer reserve(Ledger& ledger, const instant& now, const one_pool& asked, Judge judge) {
    return ledger.reserve(ledger.note(), now, asked.whole, judge);
}
template <class Ledger>
reserve_answer reserve(Ledger& ledger, const instant& now, shearpin::text_view pool,
                       shearpin::count amount, duration window = hour) {
    const one_pool asked(pool, amount, window);
    return reserve(ledger, now, asked, yes);
}
/// Reserves and settles at once; false where one of them failed.
template <class Ledger>
bool remove(Ledger& ledger, const instant& now, shearpin::text_view pool, shearpin::count amount,
            duration window = hour) {
    const reserve_answer answer = reserve(ledger, now, pool, amount, window);
    return answer.what == reserving::reserved && ledger.settle(answer.id, now, {}).empty();
}

/// What a judge sees of a pool, copied out of its call.
struct past {
    amounts open;
    amounts within;
    amounts gone;
    bool remembers = false;
    bool has_last = false;
    duration since_last{};
    shearpin::count largest = 0;
    bool seen = false;
    reserving what = reserving::failed;
    std::string why;
};
template <class Ledger>
past look(Ledger& ledger, const noted& first_look, const instant& now, shearpin::text_view pool,
          duration window = hour, time_point observed_at = {}, duration shows_after = {}) {
    const one_pool asked(pool, 0, window);
    past seen;
    const reserve_answer answer =
        ledger.consult(first_look, now, asked.whole, [&](const ledger_view& view) {
            const shearpin::detail::pool_past found = view.past(0, observed_at, shows_after);
            seen.open = found.history.open();
            seen.within = found.history.removed_within(window);
            seen.gone = found.gone;
            seen.remembers = found.history.remembers(window);
            const auto last = found.history.since_last();
            seen.has_last = last.has_value();
            if (last) seen.since_last = *last;
            const auto largest = found.history.largest_size(window);
            if (largest) seen.largest = *largest;
            seen.seen = found.history.seen();
            return true;
        });
    seen.what = answer.what;
    seen.why = answer.why;
    return seen;
}
template <class Ledger>
past look(Ledger& ledger, const instant& now, shearpin::text_view pool, duration window = hour) {
    return look(ledger, ledger.note(), now, pool, window);
}

/// Small random numbers, the same in every run and with every library.
class dice {
public:
    explicit dice(std::uint64_t seed) : state_(seed * 0x9e37'79b9'7f4a'7c15 + 1) {}
    std::uint64_t next() {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return state_;
    }
    std::uint64_t below(std::uint64_t bound) { return (next() >> 11) % bound; }
    bool one_in(std::uint64_t number) { return below(number) == 0; }

private:
    std::uint64_t state_;
};

}  // namespace ledger_testing
