// SPDX-License-Identifier: BSL-1.0
// A function that is called during one call.
#include <shearpin/detail/callback.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <type_traits>

namespace {

using asked = shearpin::detail::callback<bool, int>;
using told = shearpin::detail::callback<void, std::string>;

bool is_even(int number) { return number % 2 == 0; }
bool is_well() noexcept { return true; }

// It takes what is told, or nothing; what can be called with neither is no callback.
static_assert(std::is_convertible_v<bool (&)(int), asked>);
static_assert(std::is_convertible_v<bool (&)() noexcept, asked>);
static_assert(std::is_convertible_v<void (*)(const std::string&), told>);
static_assert(!std::is_constructible_v<asked, int>);
static_assert(!std::is_constructible_v<asked, bool (*)(const std::string&)>);
static_assert(!std::is_constructible_v<asked, bool (*)(int, int)>);
static_assert(!std::is_constructible_v<told, asked&>);

}  // namespace

TEST_CASE("a callback calls a function with what is told, or with nothing") {
    CHECK_FALSE(asked().given());
    const asked even(is_even);
    CHECK(even.given());
    CHECK(even(2));
    CHECK_FALSE(even(3));
    CHECK(asked(is_well)(3));
    bool (*by_address)(int) = is_even;
    const asked pointed(by_address);
    by_address = nullptr;
    CHECK(pointed(4));
    bool (*that_cannot_throw)() noexcept = is_well;
    const asked kept(that_cannot_throw);
    that_cannot_throw = nullptr;
    CHECK(kept(4));
    int calls = 0;
    const auto count = [&] { ++calls; };
    const told each(count);
    each("one");
    each("two");
    CHECK(calls == 2);
}

TEST_CASE("a copy of a callback calls the function, and not the callback that it is a copy of") {
    asked first(is_even);
    const asked copy(first);
    first = [](int) { return true; };
    CHECK(first(3));
    CHECK_FALSE(copy(3));
}

namespace {

template <std::size_t Size> struct answers {
    unsigned char answer = 0;
    unsigned char others[Size - 1] = {};
    bool operator()() const { return answer != 0; }
};

/// Whether a callback of a temporary of this size has a copy of it.
template <class Function> bool is_copied() {
    Function function{1};
    const asked made(static_cast<Function&&>(function));
    function.answer = 0;
    return made(3);
}

}  // namespace

TEST_CASE("a temporary is copied up to the size of eight references, and else referred to") {
    CHECK(is_copied<answers<8>>());
    CHECK(is_copied<answers<64>>());
    CHECK_FALSE(is_copied<answers<65>>());
}
