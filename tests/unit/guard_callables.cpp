// SPDX-License-Identifier: BSL-1.0
// Whatever can be called can be guarded, and it sees its arguments as if it had been called itself.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <functional>
#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

constexpr auto policy = shearpin::policy{shearpin::max_batch(5)};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };

int free_calls = 0;
int remove_free(int number) {
    ++free_calls;
    return number * 2;
}
int remove_noexcept(int number) noexcept { return number * 3; }

struct table {
    int dropped = 0;
    int drop(int rows) {
        dropped += rows;
        return dropped;
    }
    int look(int rows) const { return dropped + rows; }
    int drop_only_lvalue(int rows) & { return drop(rows); }
    int drop_noexcept(int rows) noexcept { return drop(rows); }
};

struct base_table : table {
    base_table() = default;
    base_table(const base_table&) = delete;
    base_table& operator=(const base_table&) = delete;
    virtual ~base_table() = default;
    virtual int drop_virtual(int rows) { return drop(rows); }
};
struct big_table : base_table {
    int drop_virtual(int rows) override { return 100 * drop(rows); }
};

struct move_only {
    std::unique_ptr<int> total = std::make_unique<int>(0);
    int operator()(int number) const { return *total += number; }
};

struct overloaded {
    int operator()(int) const { return 1; }
    std::string operator()(const std::vector<int>&) const { return "list"; }
};
struct templated {
    template <class T> std::size_t operator()(const T& list) const { return list.size() + 10; }
};
struct by_category {
    int operator()(int) & { return 1; }
    int operator()(int) const& { return 2; }
    int operator()(int) && { return 3; }
};

}  // namespace

TEST_CASE("lambdas: plain, mutable, generic, noexcept") {
    int seen = 0;
    auto plain = shearpin::guard<policy>([&](int number) { seen = number; }, full);
    plain(3);
    CHECK(seen == 3);

    auto counting = shearpin::guard<policy>([calls = 0](int) mutable { return ++calls; }, full);
    CHECK(counting(1) == 1);
    CHECK(counting(1) == 2);
    const auto& constant = counting;  // a guard is called as const; its removal may be mutable
    CHECK(constant(1) == 3);

    auto generic = shearpin::guard<policy>([](const auto& list) { return list.size(); }, full);
    CHECK(generic(std::vector<int>{1, 2}) == 2);

    auto silent = shearpin::guard<policy>([](int number) noexcept { return number; }, full);
    CHECK(silent(4) == 4);
}

TEST_CASE("functions, function pointers and std::function") {
    auto by_name = shearpin::guard<policy>(remove_free, full);
    auto by_pointer = shearpin::guard<policy>(&remove_free, full);
    free_calls = 0;
    CHECK(by_name(2) == 4);
    CHECK(by_pointer(3) == 6);
    CHECK(free_calls == 2);
    CHECK_THROWS_AS(by_name(6), shearpin::removal_refused);
    CHECK(free_calls == 2);

    CHECK(shearpin::guard<policy>(remove_noexcept, full)(2) == 6);
    CHECK(shearpin::guard<policy>(std::function<int(int)>(remove_free), full)(2) == 4);
}

TEST_CASE("functors: move-only, overloaded, templated, and called as an lvalue") {
    auto movable = shearpin::guard<policy>(move_only{}, full);
    CHECK(movable(2) == 2);
    auto moved = std::move(movable);
    CHECK(moved(3) == 5);

    auto both = shearpin::guard<policy>(overloaded{}, full);
    CHECK(both(2) == 1);
    CHECK(both(std::vector<int>{1}) == "list");

    auto any = shearpin::guard<policy>(templated{}, full);
    CHECK(any(std::vector<int>{1, 2}) == 12);
    CHECK(any(std::vector<std::string>{"a"}) == 11);

    // It can be called again, so it is an lvalue.
    CHECK(shearpin::guard<policy>(by_category{}, full)(1) == 1);
}

TEST_CASE("a member function with its object by reference, pointer and value") {
    table orders;
    auto by_reference = shearpin::guard<policy>(&table::drop, orders, full);
    CHECK(by_reference(3) == 3);
    CHECK(orders.dropped == 3);
    CHECK_THROWS_AS(by_reference(6), shearpin::removal_refused);
    CHECK(orders.dropped == 3);

    auto by_pointer = shearpin::guard<policy>(&table::drop, &orders, full);
    CHECK(by_pointer(1) == 4);
    CHECK(orders.dropped == 4);

    table* pointer = &orders;
    CHECK(shearpin::guard<policy>(&table::drop, pointer, full)(1) == 5);

    auto by_value = shearpin::guard<policy>(&table::drop, table{}, full);
    CHECK(by_value(2) == 2);
    CHECK(by_value(2) == 4);  // its own table, which it keeps
    CHECK(orders.dropped == 5);

    auto by_unique = shearpin::guard<policy>(&table::drop, std::make_unique<table>(), full);
    CHECK(by_unique(2) == 2);
    const auto shared = std::make_shared<table>();
    auto by_shared = shearpin::guard<policy>(&table::drop, shared, full);
    CHECK(by_shared(2) == 2);
    CHECK(shared->dropped == 2);
}

TEST_CASE("member functions: const, ref-qualified, noexcept, virtual, inherited") {
    const table constant;
    CHECK(shearpin::guard<policy>(&table::look, constant, full)(4) == 4);

    table orders;
    CHECK(shearpin::guard<policy>(&table::drop_only_lvalue, orders, full)(1) == 1);
    CHECK(shearpin::guard<policy>(&table::drop_noexcept, orders, full)(1) == 2);
    big_table big;
    CHECK(shearpin::guard<policy>(&base_table::drop_virtual, big, full)(2) == 200);
    base_table& base = big;
    CHECK(shearpin::guard<policy>(&base_table::drop_virtual, base, full)(1) == 300);
}

TEST_CASE("a member function whose object comes with the call") {
    table orders;
    auto drop = shearpin::guard<policy>(&table::drop, full);
    CHECK(drop(orders, 3) == 3);
    CHECK(drop(&orders, 1) == 4);
    CHECK(orders.dropped == 4);
    CHECK_THROWS_AS(drop(orders, 6), shearpin::removal_refused);
    CHECK(orders.dropped == 4);
}

TEST_CASE("a member function under a policy that is known at run time") {
    table orders;
    const shearpin::policy read{*shearpin::max_batch::from(shearpin::count{2})};
    auto drop = shearpin::guard(read, &table::drop, orders, full);
    CHECK(drop(2) == 2);
    CHECK_THROWS_AS(drop(3), shearpin::removal_refused);
    CHECK(orders.dropped == 2);
}

TEST_CASE("what the removal returns comes back, of whatever kind") {
    std::vector<int> rows{1, 2, 3};

    auto reference = shearpin::guard<policy>([&](int) -> std::vector<int>& { return rows; }, full);
    static_assert(std::is_same_v<decltype(reference(1)), std::vector<int>&>);
    CHECK(&reference(1) == &rows);

    auto constant =
        shearpin::guard<policy>([&](int) -> const std::vector<int>& { return rows; }, full);
    static_assert(std::is_same_v<decltype(constant(1)), const std::vector<int>&>);
    CHECK(&constant(1) == &rows);

    auto rvalue =
        shearpin::guard<policy>([&](int) -> std::vector<int>&& { return std::move(rows); }, full);
    static_assert(std::is_same_v<decltype(rvalue(1)), std::vector<int>&&>);
    CHECK(&static_cast<const std::vector<int>&>(rvalue(1)) == &rows);

    auto unique = shearpin::guard<policy>([](int n) { return std::make_unique<int>(n); }, full);
    CHECK(*unique(4) == 4);

    auto nothing = shearpin::guard<policy>([](int) {}, full);
    static_assert(std::is_same_v<decltype(nothing(1)), void>);
    nothing(1);
}

TEST_CASE("what a removal returns that can be neither copied nor moved is built in place") {
    struct pinned {
        explicit pinned(int number) : kept(number) {}
        pinned(const pinned&) = delete;
        int kept;
    };
    auto make = shearpin::guard<policy>([](int number) { return pinned(number); }, full);
    CHECK(make(3).kept == 3);
}

TEST_CASE("a removal whose own result is a shearpin::result keeps it") {
    const auto inner_refusal = [](int number) -> shearpin::result<void> {
        if (number == 2) return shearpin::refusal(shearpin::place::here("inner.cpp", 1, "f"), 9);
        return {};
    };
    auto outer = shearpin::guard<policy>(inner_refusal, full);
    CHECK(outer(1).has_value());
    const shearpin::result<void> refused = outer(2);
    REQUIRE(!refused.has_value());  // it was dropped once
    CHECK(refused.error().requested() == 9);
    // The outer refusal takes the outer way.
    CHECK_THROWS_AS(static_cast<void>(outer(6)), shearpin::removal_refused);

    const auto tried = outer.try_call(2);
    static_assert(std::is_same_v<std::remove_const_t<decltype(tried)>,
                                 shearpin::result<shearpin::result<void>>>);
    REQUIRE(tried.has_value());
    CHECK(!tried.value().has_value());
    CHECK(!outer.try_call(6).has_value());
}

TEST_CASE("a guard in a guard: both are judged") {
    constexpr static auto small = shearpin::policy{shearpin::max_batch(2)};
    int removed = 0;
    auto inner = shearpin::guard<small>([&](int number) { removed += number; }, full);
    auto outer = shearpin::guard<policy>([&](int number) { inner(number); }, full);
    outer(2);
    CHECK(removed == 2);
    CHECK_THROWS_AS(outer(3), shearpin::removal_refused);  // by the inner one
    CHECK_THROWS_AS(outer(6), shearpin::removal_refused);  // by the outer one
    CHECK(removed == 2);
}
