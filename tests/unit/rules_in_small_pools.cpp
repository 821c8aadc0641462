// SPDX-License-Identifier: BSL-1.0
// Every rule against the oracle in every pool of up to 40, with every availability, every
// percentage or number, and every amount asked for.
#include <shearpin/rules.hpp>

#include "judged.hpp"
#include "oracle.hpp"

#include <array>
#include <string>
#include <utility>

#include <doctest/doctest.h>

using shearpin::at_least;
using shearpin::count;
using shearpin::fraction;
using shearpin::max_batch;
using shearpin::max_targets;
using shearpin::max_unavailable;
using shearpin::membership;
using shearpin::min_remaining;
using shearpin::quorum;

namespace {

constexpr oracle::u64 largest_size = 40;

oracle::u64 compared = 0;

/// Pools with up to two more than are wanted, and requests for up to two more.
template <class R, class Limit> std::string sweep(const R& rule, Limit limit) {
    for (oracle::u64 size = 0; size <= largest_size; ++size) {
        oracle::u64 best = 0;
        for (oracle::u64 available = 0; available <= size + 2; ++available) {
            const oracle::world seen{size, available};
            const oracle::u64 expected = limit(seen);
            std::string found =
                judged::difference(rule, seen, expected, judged::all_up_to(size + 2));
            // What waiting could bring is the largest limit with any number back, up to the size.
            if (expected > best) best = expected;
            const oracle::u64 at_best = rule.at_best({.pool = {size, available}});
            if (available >= size && at_best != best) found = "at best " + std::to_string(at_best);
            if (available < size && at_best != rule.at_best({.pool = {size, size}}))
                found = "at best differs by what serves now";
            if (!found.empty()) return found;
            compared += size + 3;
        }
    }
    return {};
}

// Not fraction(P, 100), which clang 14 evaluates before it knows P.
template <std::size_t P> constexpr fraction percent = *fraction::from(P, 100);
using from_zero = std::make_index_sequence<101>;
using below_hundred = std::make_index_sequence<100>;

// The forms that exist only in code: an array of one for every percentage.
template <std::size_t... P> constexpr auto floors(std::index_sequence<P...>) {
    return std::array{min_remaining(percent<P>)...};
}
template <std::size_t... P> constexpr auto floors_rounded_down(std::index_sequence<P...>) {
    return std::array{min_remaining(round_down(percent<P>))...};
}
template <class R, std::size_t... P> constexpr auto caps(std::index_sequence<P...>) {
    return std::array{R(percent<P + 1>)...};  // a cap of zero does not compile
}
template <class R, std::size_t... P> constexpr auto caps_rounded_up(std::index_sequence<P...>) {
    return std::array{R(round_up(percent<P + 1>))...};
}
template <class R, std::size_t... P> constexpr auto caps_of_at_least(std::index_sequence<P...>) {
    return std::array{R(percent<P + 1>, at_least(3))...};
}

void tell() {
    MESSAGE(compared << " requests decided as the oracle says");
    compared = 0;
}

oracle::wide at_least_3(oracle::wide cap) { return cap < 3 ? 3 : cap; }

}  // namespace

TEST_CASE("small pools: min_remaining(n)") {
    for (count floor = 0; floor <= largest_size + 3; ++floor)
        REQUIRE(sweep(*min_remaining::from(floor), [&](oracle::world seen) {
                    return oracle::min_remaining(seen, floor);
                }) == "");
    tell();
}

TEST_CASE("small pools: min_remaining(f), rounded up, and down by name") {
    constexpr auto up = floors(from_zero());
    constexpr auto down = floors_rounded_down(from_zero());
    for (count number = 0; number <= 100; ++number) {
        const oracle::share part{number, 100};
        REQUIRE(up[number] == *min_remaining::from(*fraction::from(number, 100)));
        REQUIRE(sweep(up[number], [&](oracle::world seen) {
                    return oracle::min_remaining(seen, oracle::ceiling_of(part, seen.size));
                }) == "");
        REQUIRE(sweep(down[number], [&](oracle::world seen) {
                    return oracle::min_remaining(seen, oracle::floor_of(part, seen.size));
                }) == "");
    }
    tell();
}

TEST_CASE("small pools: max_batch(n), max_targets(n), max_unavailable(n)") {
    for (count cap = 0; cap <= largest_size + 3; ++cap) {
        const auto itself = [&](oracle::world) { return oracle::max_batch(cap); };
        REQUIRE(sweep(*max_batch::from(cap), itself) == "");
        REQUIRE(sweep(*max_targets::from(cap), itself) == "");
        REQUIRE(sweep(*max_unavailable::from(cap), [&](oracle::world seen) {
                    return oracle::max_unavailable(seen, cap);
                }) == "");
    }
    tell();
}

TEST_CASE_TEMPLATE("small pools: max_batch(f), max_targets(f)", R, max_batch, max_targets) {
    constexpr auto down = caps<R>(below_hundred());
    constexpr auto up = caps_rounded_up<R>(below_hundred());
    constexpr auto three = caps_of_at_least<R>(below_hundred());
    for (count number = 0; number <= 100; ++number) {
        const oracle::share part{number, 100};
        const R read = *R::from(*fraction::from(number, 100));
        const auto floor = [&](oracle::world seen) { return oracle::floor_of(part, seen.size); };
        REQUIRE(sweep(read, [&](oracle::world seen) { return oracle::max_batch(floor(seen)); }) ==
                "");
        if (number == 0) continue;
        REQUIRE(sweep(three[number - 1], [&](oracle::world seen) {
                    return oracle::max_batch(at_least_3(floor(seen)));
                }) == "");
        REQUIRE(down[number - 1] == read);
        REQUIRE(sweep(up[number - 1], [&](oracle::world seen) {
                    return oracle::max_batch(oracle::ceiling_of(part, seen.size));
                }) == "");
    }
    tell();
}

TEST_CASE("small pools: max_unavailable(f)") {
    constexpr auto down = caps<max_unavailable>(below_hundred());
    constexpr auto up = caps_rounded_up<max_unavailable>(below_hundred());
    constexpr auto three = caps_of_at_least<max_unavailable>(below_hundred());
    for (count number = 0; number <= 100; ++number) {
        const oracle::share part{number, 100};
        const auto read = *max_unavailable::from(*fraction::from(number, 100));
        const auto floor = [&](oracle::world seen) { return oracle::floor_of(part, seen.size); };
        REQUIRE(sweep(read, [&](oracle::world seen) {
                    return oracle::max_unavailable(seen, floor(seen));
                }) == "");
        if (number == 0) continue;
        REQUIRE(sweep(three[number - 1], [&](oracle::world seen) {
                    return oracle::max_unavailable(seen, at_least_3(floor(seen)));
                }) == "");
        REQUIRE(down[number - 1] == read);
        REQUIRE(sweep(up[number - 1], [&](oracle::world seen) {
                    return oracle::max_unavailable(seen, oracle::ceiling_of(part, seen.size));
                }) == "");
    }
    tell();
}

TEST_CASE("small pools: quorum(), in both forms") {
    REQUIRE(sweep(quorum(), [](oracle::world seen) { return oracle::quorum(seen); }) == "");
    REQUIRE(sweep(quorum(membership::stays),
                  [](oracle::world seen) { return oracle::quorum(seen); }) == "");
    REQUIRE(sweep(quorum(membership::shrinks),
                  [](oracle::world seen) { return oracle::quorum_of_what_is_left(seen); }) == "");
    tell();
}

TEST_CASE("small pools: more than the smaller half serves, whenever quorum() lets some go") {
    // From the meaning and not from the formula.
    for (oracle::u64 size = 0; size <= largest_size; ++size)
        for (oracle::u64 available = 0; available <= size; ++available)
            for (oracle::u64 asked = 1; asked <= available; ++asked) {
                const oracle::u64 after = available - asked;
                REQUIRE(shearpin::policy{quorum()}.admits({size, available}, asked) ==
                        (2 * after > size));
                REQUIRE(shearpin::policy{quorum(membership::shrinks)}.admits(
                            {size, available}, asked) == (asked == 1 && 2 * after > size - 1));
            }
}
