// SPDX-License-Identifier: BSL-1.0
// Guards and permits whose types do not say of which policy they are.
#include "support.hpp"

#include <shearpin/any_guard.hpp>
#include <shearpin/any_permit.hpp>
#include <shearpin/prune.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

using hosts = std::vector<std::string>;
constexpr auto at = shearpin::place::here("tool.cpp", 12, "drain");
constexpr auto batch_2 = shearpin::policy{shearpin::max_batch(2)};
constexpr auto ten = [] { return shearpin::pool{10, 10}; };

auto read_policy(shearpin::count most) {
    return shearpin::policy{*shearpin::max_batch::from(most)};
}

using any = shearpin::any_guard<std::size_t(const hosts&)>;
static_assert(!std::is_constructible_v<any, shearpin::any_guard<void(const hosts&)>>);

// Where nothing can be thrown there is no call that would have to throw.
using without_exceptions = shearpin::any_guard<void(const hosts&), shearpin::cannot_throw>;
static_assert(std::is_invocable_v<const any&, const hosts&>);
static_assert(!std::is_invocable_v<const without_exceptions&, const hosts&>);

}  // namespace

TEST_CASE("it has the calls of the guard that it holds, and its refusals") {
    int calls = 0;
    any remove = shearpin::guard(
        read_policy(2),
        [&](const hosts& which) {
            ++calls;
            return which.size();
        },
        ten);
    CHECK(remove({"a", "b"}) == 2);
    CHECK(remove.try_call({"a"}).value() == 1);
    CHECK(remove.check({"a", "b"}).admitted());
    CHECK(calls == 2);
    const auto refused = remove.try_call({"a", "b", "c"}, at);
    REQUIRE_FALSE(refused);
    CHECK(std::string(refused.error().message()) ==
          "removal refused, nothing was removed: asked for 3, 2 may go now\n"
          "  - max_batch(2): one call may take 2; asked 3\n"
          "  waiting will not help; the request itself must change\n"
          "  called at tool.cpp:12 in drain");
    CHECK_THROWS_AS(remove({"a", "b", "c"}), shearpin::removal_refused);
    CHECK(remove.check({}, at).why().violations()[0].rule() == "empty_selection");
    CHECK(calls == 2);
}

TEST_CASE("the place is the caller's") {
    const any remove =
        shearpin::guard<batch_2>([](const hosts& which) { return which.size(); }, ten);
    CHECK(remove.check({}).why().where().line() == __LINE__);
    CHECK(remove.try_call({}).error().where().line() == __LINE__);
    unsigned line = 0;
    try {
        line = __LINE__ + 1;
        (void)remove({});
    } catch (const shearpin::removal_refused& refused) {
        CHECK(refused.why().where().line() == line);
        CHECK(std::string_view(refused.why().where().file()).find("any_guards.cpp") !=
              std::string_view::npos);
    }
    CHECK(line != 0);
}

TEST_CASE("guards of different policies stand in one container") {
    std::map<std::string, any> by_table;
    for (shearpin::count most = 1; most != 4; ++most)
        by_table.emplace(
            "table " + std::to_string(most),
            shearpin::guard(
                read_policy(most), [](const hosts& which) { return which.size(); }, ten));
    CHECK_FALSE(by_table.at("table 1").check({"a", "b"}).admitted());
    CHECK(by_table.at("table 2").check({"a", "b"}).admitted());
    CHECK_FALSE(by_table.at("table 2").check({"a", "b", "c"}).admitted());
    CHECK(by_table.at("table 3").check({"a", "b", "c"}).admitted());
}

TEST_CASE("it is moved, never copied, and ends what it holds once") {
    static_assert(!std::is_copy_constructible_v<any> && !std::is_copy_assignable_v<any>);
    static_assert(std::is_nothrow_move_constructible_v<any>);
    const auto alive = std::make_shared<int>(0);
    {
        auto made = [&] {
            return shearpin::guard<batch_2>(
                [alive, owned = std::make_unique<int>(1)](const hosts& which) {
                    *alive += *owned;
                    return which.size();
                },
                ten);
        };
        any first = made();
        any second = std::move(first);
        CHECK_FALSE(first.has_guard());
        CHECK(second({"a"}) == 1);
        any third = made();
        CHECK(alive.use_count() == 3);
        third = std::move(second);
        CHECK(alive.use_count() == 2);
        CHECK(third({"a"}) == 1);
        CHECK(*alive == 2);
        auto& itself = third;
        third = std::move(itself);
        CHECK(third.has_guard());
        third = shearpin::guard(read_policy(4), [](const hosts&) { return std::size_t{7}; }, ten);
        CHECK(third({"a", "b", "c", "d"}) == 7);
        CHECK(alive.use_count() == 1);
    }
    CHECK(alive.use_count() == 1);
}

TEST_CASE("one that holds no guard cannot be called") {
    any first = shearpin::guard<batch_2>([](const hosts& which) { return which.size(); }, ten);
    CHECK_FALSE(support::traps([&] { static_cast<void>(first.check({"a"})); }));
    const any second = std::move(first);
    CHECK(support::traps([&] { static_cast<void>(first.check({"a"})); }));
    CHECK(support::traps([&] { static_cast<void>(first.try_call({"a"})); }));
}

TEST_CASE("results are converted, dropped or referred to; arguments are moved through") {
    const shearpin::any_guard<long(int)> widened =
        shearpin::guard<batch_2>([](int number) { return number + 1; }, ten);
    CHECK(widened(2) == 3L);
    const shearpin::any_guard<void(int)> dropped =
        shearpin::guard<batch_2>([](int number) { return number; }, ten);
    dropped(1);
    CHECK(dropped.try_call(1));
    CHECK_FALSE(dropped.try_call(3));
    int kept = 0;
    const shearpin::any_guard<int&(int)> referred =
        shearpin::guard<batch_2>([&](int number) -> int& { return kept += number; }, ten);
    CHECK(&referred(1) == &kept);
    std::unique_ptr<int> got;
    const shearpin::any_guard<void(int, std::unique_ptr<int>)> moved = shearpin::guard<batch_2>(
        [&](int, std::unique_ptr<int> owned) { got = std::move(owned); }, ten);
    moved(1, std::make_unique<int>(7));
    CHECK(*got == 7);
    const shearpin::any_guard<int(int)> answered =
        shearpin::guard<batch_2>([](int number) { return number; }, ten)
            .on_refusal([](const shearpin::refusal&) { return -1; });
    CHECK(answered(3) == -1);
}

TEST_CASE("a prune is held like any guard") {
    hosts zone{"a", "b", "c"};
    using list = shearpin::listing<const hosts&>;
    const shearpin::any_guard<void(const list&)> prune = shearpin::prune_guard(
        read_policy(1), [&](const hosts& gone) { zone.pop_back(), (void)gone; },
        [&] { return zone; });
    const hosts two{"a", "b"};
    const hosts one{"a"};
    CHECK_FALSE(prune.check(shearpin::complete_listing(one)).admitted());
    prune(shearpin::complete_listing(two));
    CHECK(zone == two);
}

TEST_CASE("any_permit: made by a guard whose policy is read at run time") {
    bool covers_its_own = false;
    bool covers_others = true;
    shearpin::count number = 0;
    const auto drop = [&](shearpin::any_permit permit, const hosts& which) {
        covers_its_own = permit.covers(which[0]);
        covers_others = permit.covers(std::string("x"));
        number = permit.count();
        std::move(permit).spend(which);
    };
    static_assert(!std::is_default_constructible_v<shearpin::any_permit>);
    static_assert(!std::is_copy_constructible_v<shearpin::any_permit>);
    auto remove = shearpin::guard(read_policy(2), drop, ten);
    remove(hosts{"a", "b"});
    CHECK(covers_its_own);
    CHECK_FALSE(covers_others);
    CHECK(number == 2);
    CHECK_FALSE(remove.check(hosts{"a", "b", "c"}).admitted());
    const shearpin::any_guard<void(const hosts&)> erased =
        shearpin::guard(read_policy(2), drop, ten);
    erased({"c"});
    CHECK(number == 1);
    // The same removal behind a policy that is a constant of the program.
    auto constant = shearpin::guard<batch_2>(drop, ten);
    constant(hosts{"d", "e"});
    CHECK(number == 2);
    CHECK_FALSE(covers_others);
}

TEST_CASE("any_permit refuses more, others, twice and late, as a permit does") {
    std::vector<std::string> told;
    const auto note = [&](const shearpin::result<void>& outcome) {
        told.push_back(outcome ? "" : std::string(outcome.error().violations()[0].rule()));
    };
    std::vector<shearpin::any_permit> got_away;
    auto remove = shearpin::guard(
        read_policy(5),
        [&](shearpin::any_permit permit, const hosts& which) {
            if (which.size() == 1) note(std::move(permit).try_spend(2));
            if (which.size() == 2) note(std::move(permit).try_spend(hosts{"x", "a"}));
            if (which.size() == 3) {
                note(std::move(permit).try_spend(which));
                note(std::move(permit).try_spend(which));
            }
            if (which.size() == 4) got_away.push_back(std::move(permit));
        },
        ten);
    remove(hosts{"a"});
    remove(hosts{"a", "b"});
    remove(hosts{"a", "b", "c"});
    remove(hosts{"a", "b", "c", "d"});
    note(std::move(got_away.at(0)).try_spend(4));
    CHECK(told == std::vector<std::string>{"spent_too_much", "spent_on_others", "", "spent_twice",
                                           "spent_late"});
}

TEST_CASE("no permit of one policy is made of any_permit") {
    static_assert(!std::is_constructible_v<shearpin::permit<batch_2>, shearpin::any_permit>);
    static_assert(std::is_constructible_v<shearpin::any_permit, shearpin::permit<batch_2>>);
    static_assert(!std::is_constructible_v<shearpin::any_permit, const shearpin::permit<batch_2>&>);
}
