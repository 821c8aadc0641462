// SPDX-License-Identifier: BSL-1.0
#include <shearpin/maybe.hpp>

#include <shearpin/detail/reasons.hpp>

#include "support.hpp"

#include <cstdint>
#include <type_traits>

#include <doctest/doctest.h>

using shearpin::maybe;

namespace {
struct pair_of_ints {
    int first;
    int second;
};

/// Counts how many of it are there.
struct counted_one {
    explicit counted_one(int& there) : number(&there) { ++*number; }
    counted_one(counted_one&& other) noexcept : number(other.number) { ++*number; }
    counted_one(const counted_one&) = delete;
    counted_one& operator=(const counted_one&) = delete;
    ~counted_one() { --*number; }
    int* number;
};
}  // namespace

TEST_CASE("maybe: with a value and without one") {
    constexpr maybe<int> none;
    constexpr maybe<int> five = 5;
    static_assert(!none.has_value() && !none && none != 0);
    static_assert(five.has_value() && five && *five == 5 && five == 5 && five != 6);
    CHECK(maybe<int>(0).has_value());  // zero is a value
    CHECK(maybe<int>(0) == 0);
}

TEST_CASE("maybe: reaches into the value") {
    const maybe<pair_of_ints> there(pair_of_ints{3, 4});
    CHECK(there->first == 3);
    CHECK(there->second == 4);
}

TEST_CASE("maybe: copies, and takes another value") {
    maybe<int> first = 1;
    const maybe<int> copy = first;
    first = maybe<int>{};
    CHECK_FALSE(first.has_value());
    CHECK(copy == 1);
    first = copy;
    CHECK(first == 1);
    static_assert(std::is_trivially_copyable_v<maybe<int>>);
}

TEST_CASE("maybe: is not a number, and not true by accident") {
    static_assert(!std::is_convertible_v<maybe<int>, bool>);
    static_assert(!std::is_convertible_v<maybe<int>, int>);
}

TEST_CASE("maybe: asked for a value that is not there, it traps in every build") {
    const maybe<int> none;
    const maybe<pair_of_ints> no_pair;
    CHECK(support::traps([&] { static_cast<void>(*none == 1); }));
    CHECK(support::traps([&] { static_cast<void>(no_pair->first); }));
    const maybe<int> one = 1;
    CHECK_FALSE(support::traps([&] { static_cast<void>(*one == 1); }));
}

TEST_CASE(
    "a value that is set later ends once: with its place, when it is cleared, before another") {
    int there = 0;
    {
        shearpin::detail::set_later<counted_one> later;
        CHECK(later.get() == nullptr);
        later.clear();
        CHECK(there == 0);
        later.set(counted_one(there));
        REQUIRE(later.get() != nullptr);
        CHECK(later.get()->number == &there);
        CHECK(there == 1);
        later.set(counted_one(there));
        CHECK(there == 1);
        later.clear();
        CHECK(later.get() == nullptr);
        CHECK(there == 0);
        later.clear();
        CHECK(there == 0);
        later.set(counted_one(there));
        CHECK(there == 1);
    }
    CHECK(there == 0);
}
