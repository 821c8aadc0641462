// SPDX-License-Identifier: BSL-1.0
// result and decision: what was asked for, or why not.
#include "guard_child.hpp"

#include <shearpin/any_guard.hpp>
#include <shearpin/id.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

shearpin::refusal some_refusal(shearpin::count asked = 7) {
    shearpin::refusal why(shearpin::place::here("tool.cpp", 12, "f"), asked);
    why.found().add({shearpin::checks::empty_selection{}, {}, 0, 1});
    return why;
}

/// Counts those that live.
struct counted {
    inline static int alive = 0;
    int value;
    explicit counted(int given) : value(given) { ++alive; }
    counted(const counted& other) : value(other.value) { ++alive; }
    counted(counted&& other) noexcept : value(other.value) {
        other.value = -1;
        ++alive;
    }
    counted& operator=(const counted&) = delete;
    ~counted() { --alive; }
};

}  // namespace

TEST_CASE("a result's value is reached by an arrow, also where it must not be changed") {
    shearpin::result<std::string> name = std::string("row");
    name->push_back('s');
    CHECK(std::as_const(name)->size() == 4);
}

TEST_CASE("a result with a value") {
    shearpin::result<int> three = 3;
    CHECK(three.has_value());
    CHECK(static_cast<bool>(three));
    CHECK(three.value() == 3);
    CHECK(*three == 3);
    three.value() = 4;
    *three += 1;
    CHECK(std::as_const(three).value() == 5);
    CHECK(*std::as_const(three) == 5);
    static_assert(std::is_same_v<decltype(three.value()), int&>);
    static_assert(std::is_same_v<decltype(std::as_const(three).value()), const int&>);
    static_assert(std::is_same_v<decltype(std::move(three).value()), int>);
    CHECK(in_child([&] { static_cast<void>(three.error()); }).signal != 0);
}

TEST_CASE("a result with a refusal") {
    shearpin::result<int> refused = some_refusal();
    CHECK(!refused.has_value());
    CHECK(!static_cast<bool>(refused));
    CHECK(refused.error().requested() == 7);
    CHECK(in_child([&] { static_cast<void>(refused.value()); }).signal != 0);
    CHECK(in_child([&] { static_cast<void>(*refused); }).signal != 0);
    CHECK(in_child([&] { static_cast<void>(std::move(refused).value()); }).signal != 0);
    static_assert(std::is_same_v<decltype(std::move(refused).error()), shearpin::refusal>);
    const shearpin::refusal& kept = shearpin::result<int>(some_refusal(8)).error();
    CHECK(kept.requested() == 8);  // not of a result that has ended
}

TEST_CASE("a result holds references, and their constness") {
    int row = 1;
    shearpin::result<int&> reference = row;
    CHECK(&reference.value() == &row);
    CHECK(&*reference == &row);
    CHECK(&shearpin::result<int&>(row).value() == &row);
    static_assert(std::is_same_v<decltype(reference.value()), int&>);
    static_assert(std::is_same_v<decltype(std::as_const(reference).value()), int&>);
    const int fixed = 2;
    shearpin::result<const int&> constant = fixed;
    CHECK(&constant.value() == &fixed);
    static_assert(std::is_same_v<decltype(constant.value()), const int&>);
    static_assert(std::is_same_v<decltype(*constant), const int&>);
    shearpin::result<const int&> refused = some_refusal();
    CHECK(!refused.has_value());
    struct evasive {
        int value = 5;
        evasive* operator&() { return nullptr; }  // NOLINT: rare, but it exists
    } odd;
    CHECK(shearpin::result<evasive&>(odd).value().value == 5);
}

TEST_CASE("results are moved and copied, and leave nothing behind") {
    {
        shearpin::result<counted> first = counted(3);
        CHECK(counted::alive == 1);
        const shearpin::result<counted> copy = first;
        CHECK(copy.value().value == 3);
        const shearpin::result<counted> moved = std::move(first);
        CHECK(moved.value().value == 3);
        CHECK(first.value().value == -1);
        CHECK(counted::alive == 3);
        const shearpin::result<counted> refused = some_refusal();
        const shearpin::result<counted> also = refused;
        CHECK(also.error().requested() == 7);
        shearpin::result<counted> leaving = some_refusal(8);
        const shearpin::result<counted> arrived = std::move(leaving);
        REQUIRE(!arrived.has_value());
        CHECK(arrived.error().requested() == 8);
        CHECK(arrived.error().violations()[0].rule() == "empty_selection");
        CHECK(counted::alive == 3);
    }
    CHECK(counted::alive == 0);

    shearpin::result<std::unique_ptr<int>> unique = std::make_unique<int>(5);
    static_assert(!std::is_copy_constructible_v<decltype(unique)>);
    auto moved = std::move(unique);
    CHECK(**moved == 5);
    const std::unique_ptr<int> taken = std::move(moved).value();
    CHECK(*taken == 5);
    static_assert(!std::is_copy_assignable_v<shearpin::result<int>>);
}

TEST_CASE("a result of nothing") {
    const shearpin::result<void> done;
    CHECK(done.has_value());
    CHECK(static_cast<bool>(done));
    done.value();
    CHECK(in_child([&] { static_cast<void>(done.error()); }).signal != 0);
    const shearpin::result<void> refused = some_refusal();
    CHECK(!refused.has_value());
    CHECK(refused.error().requested() == 7);
    CHECK(in_child([&] { refused.value(); }).signal != 0);
    CHECK(shearpin::result<void>(some_refusal(9)).error().requested() == 9);
}

TEST_CASE("the type of try_call follows from what the removal returns") {
    constexpr static auto policy = shearpin::policy{shearpin::max_batch(5)};
    const auto world = [] { return shearpin::pool{10, 10}; };
    static int row = 0;
    const auto tried = [&](auto removal) {
        return shearpin::guard<policy>(removal, world).try_call(1);
    };
    using shearpin::result;
    static_assert(std::is_same_v<decltype(tried([](int) {})), result<void>>);
    static_assert(std::is_same_v<decltype(tried([](int) { return 1; })), result<int>>);
    const auto by_reference = [](int) -> int& { return row; };
    static_assert(std::is_same_v<decltype(tried(by_reference)), result<int&>>);
    const auto by_const = [](int) -> const int& { return row; };
    static_assert(std::is_same_v<decltype(tried(by_const)), result<const int&>>);
    const auto by_rvalue = [](int) -> std::string&& {
        static std::string text = "a text that is long enough to be moved";
        return std::move(text);
    };
    static_assert(std::is_same_v<decltype(tried(by_rvalue)), result<std::string>>);
    CHECK(&tried(by_reference).value() == &row);
    CHECK(tried(by_rvalue).value() == "a text that is long enough to be moved");
    const auto unique = tried([](int n) { return std::make_unique<int>(n); });
    CHECK(*unique.value() == 1);
}

TEST_CASE("what is taken from a result that is about to end is the caller's own") {
    const std::string name =
        "longer than what fits into the string itself, so that a lost one shows";
    static constexpr auto two = shearpin::policy{shearpin::max_batch(2)};
    auto remove =
        shearpin::guard<two>([&](int) { return name; }, [] { return shearpin::pool{9, 9}; });
    auto&& kept = *remove.try_call(1);
    CHECK(kept == name);
    static_assert(std::is_same_v<decltype(*remove.try_call(1)), std::string>);
    static_assert(std::is_same_v<decltype(*std::declval<shearpin::result<int&>>()), int&>);
    static_assert(std::is_same_v<decltype(*std::declval<shearpin::result<int>&>()), int&>);
    static_assert(
        std::is_same_v<decltype(*std::declval<const shearpin::result<int>&>()), const int&>);
    static_assert(std::is_same_v<decltype(remove.try_call(3).error()), shearpin::refusal>);
    static_assert(std::is_same_v<decltype(remove.check(3).why().where()), shearpin::place>);
    static_assert(
        std::is_same_v<decltype(std::declval<shearpin::violation>().seen()), shearpin::facts>);
    static_assert(std::is_same_v<decltype(*shearpin::max_batch::from(shearpin::count{3})),
                                 shearpin::max_batch>);
    static_assert(
        std::is_same_v<decltype(*shearpin::id<"host">::parse("a")), shearpin::id<"host">>);
    const auto& where = remove.check(3, shearpin::place::here("tool.cpp", 12, "f")).why().where();
    CHECK(where.line() == 12);
    const auto& seen = remove.check(3).why().violations()[0].seen();
    CHECK(seen.pool.size == 9);
    CHECK(std::string(remove.try_call(3).error().violations()[0].rule()) == "max_batch");
}

TEST_CASE("a removal that returns a refusal returns a value, as every other does") {
    static constexpr auto two = shearpin::policy{shearpin::max_batch(2)};
    int calls = 0;
    const auto inner = [&](int) {
        ++calls;
        return some_refusal(70);
    };
    auto remove = shearpin::guard<two>(inner, [] { return shearpin::pool{9, 9}; });
    CHECK(remove(1).requested() == 70);
    const auto done = remove.try_call(1);
    static_assert(std::is_same_v<decltype(done), const shearpin::result<shearpin::refusal>>);
    REQUIRE(done.has_value());
    CHECK((*done).requested() == 70);
    CHECK(calls == 2);
    const auto refused = remove.try_call(3);
    REQUIRE(!refused.has_value());
    CHECK(refused.error().requested() == 3);
    CHECK(calls == 2);
    const shearpin::any_guard<shearpin::refusal(int)> any = remove;
    REQUIRE(any.try_call(1).has_value());
    CHECK((*any.try_call(1)).requested() == 70);
    CHECK(!any.try_call(3).has_value());
    auto observed = remove;
    auto told = std::move(observed).with_observer([](const shearpin::event&) {});
    CHECK(told.try_call(1).has_value());
    CHECK(!told.try_call(3).has_value());
}

TEST_CASE("a decision") {
    const shearpin::decision fine;
    CHECK(fine.admitted());
    CHECK(fine.kind() == shearpin::answer::admitted);
    CHECK(in_child([&] { static_cast<void>(fine.why()); }).signal != 0);
    shearpin::decision refused = some_refusal();
    CHECK(!refused.admitted());
    CHECK(refused.kind() == shearpin::answer::refused_for_good);
    CHECK(refused.why().requested() == 7);
    const shearpin::refusal& kept = shearpin::decision(some_refusal(8)).why();
    CHECK(kept.requested() == 8);
    shearpin::decision copy = refused;
    CHECK(copy.why().requested() == 7);
    copy = fine;
    CHECK(copy.admitted());
    copy = refused;
    CHECK(copy.why().requested() == 7);
    const auto& same = copy;
    copy = same;
    CHECK(copy.why().requested() == 7);
}

TEST_CASE("the violations of a refusal that is about to end are the caller's own") {
    static_assert(std::is_same_v<decltype(some_refusal().violations()), shearpin::violations_list>);
    const auto& list = some_refusal().violations();
    CHECK(list[0].rule() == "empty_selection");
    const shearpin::violation& first = some_refusal().violations()[0];
    CHECK(first.rule() == "empty_selection");
    CHECK(in_child([&] { static_cast<void>(list[1]); }).signal != 0);
}
