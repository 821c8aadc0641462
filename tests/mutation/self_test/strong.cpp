// SPDX-License-Identifier: BSL-1.0
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

template <class T>
concept halves = requires(T whole) { shearpin::half(whole); };
static_assert(halves<int> && halves<short> && !halves<char>);
template <class T>
concept doubles = requires(T number) { shearpin::twice(number); };
struct no_number {};
static_assert(doubles<int> && !doubles<long> && !doubles<no_number>);
static_assert(shearpin::detail::small<char[4]> && !shearpin::detail::small<char[5]>);

TEST_CASE("all that the header promises") {
    CHECK(shearpin::may_go(5, 3, false) == 2);
    CHECK(shearpin::may_go(3, 5, false) == 0);
    CHECK(shearpin::may_go(5, 3, true) == 0);
    CHECK(shearpin::half(7) == 3);
    CHECK(shearpin::twice(3) == 6);
    const char text[] = "abcdef";
    CHECK(shearpin::steps(text + 1, text + 4) == 3);
    CHECK(shearpin::keep(4).number == 4);
    CHECK(shearpin::is_known(1));
    CHECK(shearpin::is_known(2));
    CHECK(!shearpin::is_known(12345));
}
