// SPDX-License-Identifier: BSL-1.0
// Every rule against the oracle in pools of all sizes, to the ends of the integers and beyond what
// is believed.
#include <shearpin/rules.hpp>

#include "judged.hpp"
#include "oracle.hpp"

#include <string>

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

constexpr int rounds = 20'000;

/// The rule that `make` makes of a random number or share, against what `limit` says of the two.
template <class Draw, class Make, class Limit>
std::string sample(std::uint64_t seed, Draw draw, Make make, Limit limit) {
    judged::numbers random(seed);
    for (int round = 0; round != rounds; ++round) {
        const auto drawn = draw(random);
        const auto rule = make(drawn);
        for (int each = 0; each != 2; ++each) {
            const oracle::world seen = random.world();
            const oracle::u64 expected = limit(seen, drawn);
            const std::string found =
                judged::difference(rule, seen, expected, judged::edges(seen, expected, random));
            if (!found.empty()) return found;
        }
    }
    return {};
}

constexpr auto believed_number = [](judged::numbers& random) {
    return random.any() & oracle::largest;
};
constexpr auto any_share = [](judged::numbers& random) { return random.share(); };
constexpr auto nothing = [](judged::numbers&) { return 0; };

template <class R>
constexpr auto from_number = [](oracle::u64 number) { return *R::from(count{number}); };
template <class R>
constexpr auto from_share =
    [](oracle::share part) { return *R::from(*fraction::from(part.over, part.under)); };

/// Of the forms that exist only in code, with the fractions that are hardest to round.
template <class R, class Limit> void check_written(const R& rule, Limit limit) {
    CHECK(sample(
              3, nothing, [&](int) { return rule; },
              [&](oracle::world seen, int) { return limit(seen); }) == "");
}

constexpr oracle::share third{1, 3};
constexpr oracle::share nearly_all{4294967294, 4294967295};
constexpr oracle::share next_to_nothing{1, 4294967295};
constexpr oracle::share odd{2147483647, 4294967291};

// Not fraction(...), which clang 14 evaluates before it knows the part.
template <oracle::share Part>
constexpr fraction as_fraction = *fraction::from(Part.over, Part.under);

}  // namespace

TEST_CASE("at random: min_remaining") {
    CHECK(sample(1, believed_number, from_number<min_remaining>,
                 [](oracle::world seen, oracle::u64 floor) {
                     return oracle::min_remaining(seen, floor);
                 }) == "");
    CHECK(
        sample(2, any_share, from_share<min_remaining>, [](oracle::world seen, oracle::share part) {
            return oracle::min_remaining(seen, oracle::ceiling_of(part, seen.size));
        }) == "");
}

TEST_CASE_TEMPLATE("at random: max_batch, max_targets", R, max_batch, max_targets) {
    CHECK(sample(1, believed_number, from_number<R>,
                 [](oracle::world, oracle::u64 cap) { return oracle::max_batch(cap); }) == "");
    CHECK(sample(2, any_share, from_share<R>, [](oracle::world seen, oracle::share part) {
              return oracle::max_batch(oracle::floor_of(part, seen.size));
          }) == "");
}

TEST_CASE("at random: max_unavailable") {
    CHECK(sample(1, believed_number, from_number<max_unavailable>,
                 [](oracle::world seen, oracle::u64 cap) {
                     return oracle::max_unavailable(seen, cap);
                 }) == "");
    CHECK(sample(2, any_share, from_share<max_unavailable>,
                 [](oracle::world seen, oracle::share part) {
                     return oracle::max_unavailable(seen, oracle::floor_of(part, seen.size));
                 }) == "");
}

TEST_CASE("at random: quorum") {
    check_written(quorum(), [](oracle::world seen) { return oracle::quorum(seen); });
    check_written(quorum(membership::shrinks),
                  [](oracle::world seen) { return oracle::quorum_of_what_is_left(seen); });
}

TEST_CASE("at random: unlimited") {
    check_written(shearpin::unlimited, [](oracle::world) { return oracle::no_limit; });
}

TEST_CASE("at random: a share rounded down by name, as a floor") {
    const auto check = [](const min_remaining& rule, oracle::share part) {
        check_written(rule, [=](oracle::world seen) {
            return oracle::min_remaining(seen, oracle::floor_of(part, seen.size));
        });
    };
    check(min_remaining(round_down(as_fraction<third>)), third);
    check(min_remaining(round_down(as_fraction<nearly_all>)), nearly_all);
    check(min_remaining(round_down(as_fraction<next_to_nothing>)), next_to_nothing);
    check(min_remaining(round_down(as_fraction<odd>)), odd);
}

TEST_CASE("at random: a share rounded up by name, as a cap") {
    const auto check = [](const max_batch& batch, const max_unavailable& out, oracle::share part) {
        check_written(batch, [=](oracle::world seen) {
            return oracle::max_batch(oracle::ceiling_of(part, seen.size));
        });
        check_written(out, [=](oracle::world seen) {
            return oracle::max_unavailable(seen, oracle::ceiling_of(part, seen.size));
        });
    };
    check(max_batch(round_up(as_fraction<third>)), max_unavailable(round_up(as_fraction<third>)),
          third);
    check(max_batch(round_up(as_fraction<nearly_all>)),
          max_unavailable(round_up(as_fraction<nearly_all>)), nearly_all);
    check(max_batch(round_up(as_fraction<next_to_nothing>)),
          max_unavailable(round_up(as_fraction<next_to_nothing>)), next_to_nothing);
    check(max_batch(round_up(as_fraction<odd>)), max_unavailable(round_up(as_fraction<odd>)), odd);
}

TEST_CASE("at random: a share of at least so much, as a cap") {
    constexpr oracle::u64 least = 1'000'000'007;
    const auto cap = [](oracle::world seen) {
        const oracle::wide share = oracle::floor_of(odd, seen.size);
        return share < least ? oracle::wide{least} : share;
    };
    check_written(max_batch(as_fraction<odd>, at_least(least)),
                  [&](oracle::world seen) { return oracle::max_batch(cap(seen)); });
    check_written(max_unavailable(as_fraction<odd>, at_least(least)),
                  [&](oracle::world seen) { return oracle::max_unavailable(seen, cap(seen)); });
}
