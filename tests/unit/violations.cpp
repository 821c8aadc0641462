// SPDX-License-Identifier: BSL-1.0
#include <shearpin/violations.hpp>

#include <shearpin/checks.hpp>
#include <shearpin/detail/many_violations.hpp>
#include <shearpin/history.hpp>
#include <shearpin/override.hpp>
#include <shearpin/request.hpp>
#include <shearpin/rules.hpp>

#include "support.hpp"

#include <chrono>
#include <string>
#include <utility>

#include <doctest/doctest.h>

using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::count;
using shearpin::facts;
using shearpin::max_batch;
using shearpin::measure;
using shearpin::min_remaining;
using shearpin::pool;
using shearpin::violation;
using shearpin::violations_list;
using support::broken;
using support::described;

namespace {

/// One that can be told from the others.
violation numbered(count number) { return broken(max_batch(5), pool{10, 10}, number); }

}  // namespace

TEST_CASE("violation: holds what was broken, what is allowed and what was asked") {
    const facts seen{.pool = {20, 18}, .now = shearpin::date(2026, 1, 1).begins()};
    const violation found(min_remaining(75_pct), seen, 3, 7);
    CHECK(found.rule() == "min_remaining");
    CHECK(found.stated() == "min_remaining(75%)");
    CHECK(found.limit() == 3);
    CHECK(found.requested() == 7);
    CHECK(found.measured() == measure::serving);
    CHECK(found.seen().pool == pool{20, 18});
    CHECK(found.seen().now == seen.now);
    CHECK(found.pool().empty());
    CHECK(found.targets().empty());
    CHECK(numbered(6).measured() == measure::amount);
}

TEST_CASE("violation: keeps a copy of the rule") {
    auto rule = *max_batch::from(count{5});
    const violation found = broken(rule, pool{10, 10}, 7);
    rule = *max_batch::from(count{6});
    CHECK(found.stated() == "max_batch(5)");
    const violation copy = found;
    CHECK(copy.stated() == "max_batch(5)");
    CHECK(described(copy) == described(found));
}

TEST_CASE("violation: of which pool and which targets") {
    std::string name = "placement";
    const violation found = numbered(7).in_pool(name).with_targets("db-7, db-9");
    name = "#########";  // the violation owns its texts
    CHECK(found.pool() == "placement");
    CHECK(found.targets() == "db-7, db-9");
    CHECK(described(found) == "placement: max_batch(5): db-7, db-9: one call may take 5; asked 7");
    CHECK(described(numbered(7).with_targets("db-7")) ==
          "max_batch(5): db-7: one call may take 5; asked 7");
    // From one that is about to end, the text is the caller's own.
    const auto kept = numbered(7).in_pool("index");
    const shearpin::fixed_text<63> pool_name = violation(kept).pool();
    CHECK(pool_name == "index");
    CHECK(violation(kept).targets().empty());
}

TEST_CASE("violation: a long name of a pool is cut, and says so") {
    const std::string longest(63, 'x');
    CHECK(numbered(7).in_pool(longest).pool() == longest);
    CHECK(numbered(7).in_pool(longest + "y").pool() == std::string(60, 'x') + "...");
}

TEST_CASE("violation: a number that is negative is told as one") {
    CHECK(described(broken(max_batch(5), pool{10, 10}, ~count{0})) ==
          "max_batch(5): one call may take 5; asked -1");
    CHECK(described(broken(max_batch(5), pool{10, 10}, shearpin::largest_count)) ==
          "max_batch(5): one call may take 5; asked 9223372036854775807");
    CHECK(described(broken(max_batch(5), pool{10, 10}, shearpin::largest_count + 1)) ==
          "max_batch(5): one call may take 5; asked -9223372036854775808");
}

TEST_CASE("violation: cut where the buffer ends") {
    char buffer[24];
    shearpin::writer out(buffer, sizeof(buffer));
    numbered(7).in_pool("index").describe(out);
    CHECK(out.cut());
    CHECK(out.written() == "index: max_batch(5): ...");
}

TEST_CASE("violations: in the order in which they were found") {
    violations_list list;
    CHECK(list.empty());
    CHECK(list.size() == 0);
    CHECK(list.begin() == list.end());
    list.add(numbered(6));
    list.add(numbered(7)).in_pool("index");
    CHECK_FALSE(list.empty());
    CHECK(list.size() == 2);
    CHECK(list.left_out() == 0);
    CHECK(list[0].requested() == 6);
    CHECK(list[1].requested() == 7);
    CHECK(list[1].pool() == "index");
    count sum = 0;
    for (const violation& each : list) sum += each.requested();
    CHECK(sum == 13);
}

TEST_CASE("violations: eight without memory, and the rest is counted") {
    violations_list list;
    for (count number = 1; number <= 8; ++number) list.add(numbered(number));
    CHECK(list.size() == 8);
    CHECK(list.left_out() == 0);
    // What is given back for one that is left out can still be written to.
    CHECK(list.add(numbered(9)).in_pool("index").pool() == "index");
    list.add(numbered(10));
    CHECK(list.size() == 8);
    CHECK(list.left_out() == 2);
    for (std::size_t at = 0; at != 8; ++at) CHECK(list[at].requested() == at + 1);
    CHECK(list[7].pool().empty());
    // Also what is given back may be added: it stands where the next one that is left out would.
    const violation& left_out = list.add(numbered(11)).in_pool("index");
    CHECK(list.add(left_out).pool() == "index");
    CHECK(list.left_out() == 4);
}

TEST_CASE("violations: copies own what they hold") {
    violations_list list;
    for (count number = 1; number <= 9; ++number) list.add(numbered(number));
    const violations_list copy = list;
    list = violations_list();
    CHECK(list.empty());
    CHECK(list.left_out() == 0);
    CHECK(copy.size() == 8);
    CHECK(copy.left_out() == 1);
    CHECK(copy[7].requested() == 8);
    list = copy;
    CHECK(list.size() == 8);
    CHECK(list.left_out() == 1);
    const auto& same = list;
    list = same;
    CHECK(list.size() == 8);
    CHECK(list[0].requested() == 1);
}

TEST_CASE("violations: one of a list that is about to end is the caller's own") {
    const auto make = [] {
        violations_list list;
        list.add(numbered(6));
        return list;
    };
    const violation& kept = make()[0];  // a value, which lives on
    CHECK(kept.requested() == 6);
    static_assert(std::is_same_v<decltype(std::declval<violations_list>()[0]), violation>);
    static_assert(
        std::is_same_v<decltype(std::declval<const violations_list&>()[0]), const violation&>);
}

TEST_CASE("violations: beyond the end it traps in every build") {
    violations_list list;
    CHECK(support::traps([&] { static_cast<void>(list[0].limit()); }));
    list.add(numbered(6));
    CHECK_FALSE(support::traps([&] { static_cast<void>(list[0].limit()); }));
    CHECK(support::traps([&] { static_cast<void>(list[1].limit()); }));
    CHECK(support::traps([&] { static_cast<void>(violations_list()[0].limit()); }));
}

TEST_CASE("violations: what another list has left out for good is left out for good here, too") {
    violations_list full;
    for (count at = 0; at != 9; ++at)
        full.add(violation(max_batch(5), facts{.pool = {10, 10}}, 5, 6));
    REQUIRE(full.left_out() == 1);
    REQUIRE(full.left_out_for_good());
    violations_list all;
    all.add_left_out(violations_list{});
    CHECK_FALSE(all.left_out_for_good());
    all.add_left_out(full);
    CHECK(all.left_out() == 1);
    CHECK(all.left_out_for_good());
    all.add_left_out(violations_list{});
    CHECK(all.left_out_for_good());  // once and for all
    for (count at = 0; at != 8; ++at) all.add(numbered(6));
    all.add(violation(min_remaining(8), facts{.pool = {10, 8}}, 0, 1));  // for now
    CHECK(all.left_out() == 2);
    CHECK(all.left_out_for_good());
}

TEST_CASE("violations: a short list in place of a long one, and a long one in place of itself") {
    violations_list list;
    for (count at = 1; at <= 20; ++at) list.add_any(numbered(at));
    violations_list few;
    few.add(numbered(6));
    list = few;
    REQUIRE(list.size() == 1);
    CHECK(list[0].requested() == 6);
    for (count at = 1; at <= 20; ++at) list.add_any(numbered(at));
    CHECK(list.size() == 21);
    const violations_list& same = list;
    list = same;
    REQUIRE(list.size() == 21);
    CHECK(list[20].requested() == 20);
}

TEST_CASE("violation: what is the call's is forgotten with it: what was lifted, done and said") {
    const shearpin::lifted_limits lifts;
    const shearpin::history past;
    const shearpin::request said;
    const facts of_a_call{.pool = {10, 10}, .history = &past, .request = &said, .lifted = &lifts};
    const violation found(max_batch(5), of_a_call, 5, 6);
    CHECK(found.seen().lifted == nullptr);
    CHECK(found.seen().history == nullptr);
    CHECK(found.seen().request == nullptr);
    CHECK(found.seen().pool == pool{10, 10});
    CHECK(described(found) == "max_batch(5): one call may take 5; asked 6");
}

TEST_CASE("violation: of nothing") {
    const violation none;
    CHECK(none.limit() == 0);
    CHECK(none.requested() == 0);
    CHECK_FALSE(none.for_good());
    CHECK_FALSE(none.retry_after());
    CHECK(none.measured() == measure::amount);
    CHECK(none.pool().empty());
    CHECK(none.targets().empty());
}

namespace {

struct tells_how_many_are_lifted {
    static constexpr shearpin::text_view name = "tells_how_many_are_lifted";
    static constexpr measure measures = measure::amount;
    [[nodiscard]] static constexpr count limit(const facts&) noexcept { return 3; }
    static void explain(const facts& known, shearpin::writer& out) {
        out.put("lifted: ").put(known.lifted->size());
    }
};

}  // namespace

TEST_CASE("what was lifted is told as it was when the call was refused") {
    shearpin::lifted_limits lifts;
    facts known;
    known.pool = {10, 10};
    known.lifted = &lifts;
    const violation made(tells_how_many_are_lifted{}, known, 3, 5);
    const auto later = shearpin::override_once<max_batch>({.up_to = 8});
    lifts.add(later);
    CHECK(described(made).find("lifted: 0") != std::string::npos);
}
