// SPDX-License-Identifier: BSL-1.0
// The small parts that ledgers and texts are made of, on both sides of each of their limits.
#include <shearpin/detail/hex.hpp>
#include <shearpin/detail/ledger_flaws.hpp>
#include <shearpin/detail/machine_clock.hpp>
#include <shearpin/detail/read_values.hpp>
#include <shearpin/detail/run_record.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

namespace {

namespace parts = shearpin::detail;
using shearpin::count;
using shearpin::text_view;

constexpr count largest = shearpin::largest_count;

/// The sum of `number` equal amounts.
constexpr count sum_of(count each, int number) {
    parts::wide_amounts sum;
    for (; number != 0; --number) sum.add({each, each, each, 1});
    return sum.clamped().serving;
}
static_assert(sum_of(largest, 2) == ~count{0} - 1);
static_assert(sum_of(largest, 3) == ~count{0});
static_assert(sum_of(largest, 5) == ~count{0});

// These eight bytes have the FNV-1a hash of zero, which is left for "not known".
constexpr char hashed_to_zero[] = {'\xd5', '\x6b', '\xb9', '\x53', '\x42', '\x87', '\x08', '\x36'};
static_assert(parts::fnv1a(text_view(&hashed_to_zero[0], 8)) == 0);
static_assert(parts::boot_number(text_view(&hashed_to_zero[0], 8)) == 1);

// Nothing is read behind the end of a text: the compiler would refuse to.
constexpr char hour[] = {'1', '2'};
static_assert(!parts::read_time_of_day(text_view(&hour[0], 2)));
constexpr char year[] = {'2', '0', '2', '6'};
static_assert(!parts::read_moment(text_view(&year[0], 4)));
constexpr char half_a_day[] = {'2', '0', '2', '6', '-', '1', '2', '-', '2'};
static_assert(!parts::read_moment(text_view(&half_a_day[0], 9)));
static_assert(!shearpin::fraction::parse(text_view()));

// Nor is anything written behind the end of one.
static_assert(text_view(parts::spell_hex(0)) == "0000000000000000");
static_assert(text_view(parts::spell_hex(0x0123'4567'89ab'cdef)) == "0123456789abcdef");

// Of a time that is not known nothing follows.
constexpr shearpin::instant known{
    shearpin::time_point::since_epoch(shearpin::duration::seconds(1000)), {}, 0};
static_assert(parts::lag_of(known, {}, {}) == shearpin::duration{});
static_assert(parts::lag_of({}, known, {}) == shearpin::duration{});

}  // namespace

TEST_CASE("a text that is just as long as it may be stays whole, and one letter more is cut") {
    std::string text;
    parts::assign_cut(text, std::string(95, 'a'), 95);
    CHECK(text == std::string(95, 'a'));
    parts::assign_cut(text, std::string(96, 'a'), 95);
    CHECK(text == std::string(92, 'a') + "...");
}

TEST_CASE("of a run's text nothing is read behind its end") {
    std::uint64_t number = 0;
    CHECK_FALSE(parts::text_reader(text_view("run ", 2)).skip("run "));
    CHECK(parts::text_reader(text_view("123", 1)).read(number, 10));
    CHECK(number == 1);
}

TEST_CASE("each number and name of a claim is looked at, and may be as large as a limit") {
    const std::string name(63, 'a');
    const std::string long_name(64, 'a');
    parts::pool_claim pools[2];
    parts::claim asked;
    asked.pools = &pools[0];
    asked.number = 2;
    asked.heads = largest;
    for (parts::pool_claim& each : pools) {
        each.pool = name;
        each.size = each.asked.serving = each.asked.amount = each.asked.heads = largest;
    }
    CHECK(parts::find_claim_flaw(asked).empty());
    asked.heads = largest + 1;
    CHECK(parts::find_claim_flaw(asked) == parts::ledger_texts::not_believed);
    asked.heads = 1;
    for (parts::pool_claim& each : pools) {
        for (count* one :
             {&each.size, &each.asked.serving, &each.asked.amount, &each.asked.heads}) {
            *one = largest + 1;
            CHECK(parts::find_claim_flaw(asked) == parts::ledger_texts::not_believed);
            *one = 1;
        }
        each.pool = long_name;
        CHECK(parts::find_claim_flaw(asked) == parts::ledger_texts::long_name);
        each.pool = name;
    }
}
