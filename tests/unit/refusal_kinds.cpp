// SPDX-License-Identifier: BSL-1.0
// Admitted, refused for now, refused for good; and when to try again. A refusal as a value.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::answer;

namespace {

constexpr auto weekends =
    shearpin::window::weekly(shearpin::weekday::friday, 16h, shearpin::weekday::monday, 8h);
constexpr auto holidays =
    shearpin::window::dates(shearpin::date(2026, 12, 20), shearpin::date(2027, 1, 4));

constexpr auto floor_only = shearpin::policy{shearpin::min_remaining(8)};
constexpr auto frozen = shearpin::policy{shearpin::freeze(weekends), shearpin::freeze(holidays),
                                         shearpin::max_batch(5), shearpin::min_remaining(8)};
constexpr auto longest_first =
    shearpin::policy{shearpin::freeze(holidays), shearpin::freeze(weekends)};

template <const auto& Policy> shearpin::decision decide(shearpin::pool there, int number) {
    return shearpin::guard<Policy>([](int) {}, [=] { return there; }).check(number);
}

}  // namespace

TEST_CASE("a floor: for good where the pool could never hold so many, for now where it could") {
    CHECK(decide<floor_only>({10, 10}, 2).kind() == answer::admitted);
    CHECK(decide<floor_only>({10, 9}, 2).kind() == answer::refused_for_now);
    CHECK(decide<floor_only>({10, 9}, 3).kind() == answer::refused_for_good);
    CHECK(decide<floor_only>({10, 10}, 3).kind() == answer::refused_for_good);
    CHECK(decide<floor_only>({10, 12}, 4).kind() == answer::admitted);
    CHECK(decide<floor_only>({10, 12}, 5).kind() == answer::refused_for_good);
    CHECK(!decide<floor_only>({10, 9}, 2).why().retry_after().has_value());  // who knows
    CHECK(!decide<floor_only>({10, 9}, 3).why().retry_after().has_value());
}

TEST_CASE("each check's kind") {
    CHECK(decide<floor_only>({10, 10}, 0).kind() == answer::refused_for_good);
    CHECK(decide<floor_only>({10, 10}, -1).kind() == answer::refused_for_good);
    // These are about what was seen, not about what is asked.
    CHECK(decide<floor_only>({~0ULL, 10}, 1).kind() == answer::refused_for_now);
    auto incomplete = shearpin::guard<floor_only>(
        [](int) {}, [] { return shearpin::observation{.pool = {10, 10}}; });
    CHECK(incomplete.check(1).kind() == answer::refused_for_now);
    auto listed = shearpin::guard<floor_only>([](const std::vector<int>&) {},
                                              [] { return shearpin::pool{10, 10}; });
    CHECK(listed.check(std::vector<int>{1, 1}).kind() == answer::refused_for_good);
}

TEST_CASE("the permit of nothing, in shadow, is for nothing, and for good") {
    answer spent_on_one{};
    auto shadow = shearpin::guard<floor_only>(
                      [&](shearpin::permit<floor_only> given, int) {
                          spent_on_one = std::move(given).try_spend(1).error().kind();
                      },
                      [] { return shearpin::pool{10, 10}; })
                      .with_observer([](const shearpin::event&) {})
                      .in_shadow();
    shadow(0);
    CHECK(spent_on_one == answer::refused_for_good);
}

TEST_CASE("when to try again: after the last of the windows, and only where each rule knows") {
    shearpin::manual_clock clock;
    shearpin::pool there{20, 20};
    auto remove = shearpin::guard<frozen>([](int) {}, [&] { return there; }).with_clock(clock);
    clock.set(shearpin::date(2026, 11, 24).begins());  // a Tuesday
    CHECK(remove.check(1).kind() == answer::admitted);
    clock.set(shearpin::date(2026, 11, 28).begins());  // a Saturday
    const auto weekend = remove.check(1);
    CHECK(weekend.kind() == answer::refused_for_now);
    CHECK(weekend.why().retry_after() == shearpin::duration(56h));
    CHECK(weekend.why().violations()[0].retry_after() == shearpin::duration(56h));
    clock.set(shearpin::date(2026, 12, 26).begins());  // both
    const auto both = remove.check(1);
    CHECK(both.why().violations().size() == 2);
    CHECK(both.why().retry_after() == shearpin::duration(9 * 24h));
    const auto other_order =
        shearpin::guard<longest_first>([](int) {}, [&] { return there; }).with_clock(clock);
    CHECK(other_order.check(1).why().retry_after() == shearpin::duration(9 * 24h));
    clock.advance(9 * 24h);  // the Monday, at midnight: the weekend is not over yet
    CHECK(remove.check(1).why().retry_after() == shearpin::duration(8h));
    clock.advance(8h);
    CHECK(remove.check(1).kind() == answer::admitted);

    clock.set(shearpin::date(2026, 11, 28).begins());
    const auto too_many = remove.check(6);  // also over the cap: waiting does not help
    CHECK(too_many.kind() == answer::refused_for_good);
    CHECK(!too_many.why().retry_after().has_value());
    CHECK(too_many.why().violations()[0].retry_after() == shearpin::duration(56h));
    CHECK(!too_many.why().violations()[0].for_good());
    CHECK(too_many.why().violations()[1].for_good());

    there = {20, 8};
    const auto unknown = remove.check(1);  // and the floor does not know
    CHECK(unknown.kind() == answer::refused_for_now);
    CHECK(!unknown.why().retry_after().has_value());
}

TEST_CASE("a refusal as a value") {
    auto remove =
        shearpin::guard<floor_only>([](int) {}, [] { return shearpin::pool{10, 9}; }).named("rows");
    const auto decision = remove.check(3);
    const shearpin::refusal& why = decision.why();
    CHECK(why.requested() == 3);
    CHECK(why.max_removable() == 1);
    CHECK(why.nothing_removed());
    REQUIRE(why.violations().size() == 1);
    CHECK(!why.violations().empty());
    const shearpin::violation& first = why.violations()[0];
    CHECK(&first == why.violations().begin());
    CHECK(why.violations().begin() + 1 == why.violations().end());
    CHECK(first.rule() == "min_remaining");
    CHECK(std::string(first.stated()) == "min_remaining(8)");
    CHECK(first.pool() == "rows");
    CHECK(first.targets().empty());
    CHECK(first.limit() == 1);
    CHECK(first.requested() == 3);
    CHECK(first.measured() == shearpin::measure::serving);
    CHECK(first.seen().pool == shearpin::pool{10, 9});
    CHECK(first.for_good());
    CHECK(!first.retry_after().has_value());
}

TEST_CASE("with numbers only, a refusal says how many may go at all") {
    CHECK(decide<floor_only>({10, 10}, 0).why().max_removable() == 2);
    CHECK(decide<floor_only>({10, 10}, -4).why().max_removable() == 2);
    CHECK(decide<floor_only>({10, 10}, 9).why().max_removable() == 2);
    CHECK(decide<floor_only>({10, ~0ULL}, 1).why().max_removable() == 0);
    CHECK(decide<floor_only>({10, ~0ULL}, -1).why().max_removable() == 0);
}
