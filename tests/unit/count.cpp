// SPDX-License-Identifier: BSL-1.0
#include <shearpin/count.hpp>
#include <shearpin/facts.hpp>

#include <cstdint>
#include <limits>
#include <type_traits>

#include <doctest/doctest.h>

namespace detail = shearpin::detail;
using shearpin::count;

namespace {
constexpr count top = std::numeric_limits<count>::max();

template <class N>
concept can_be_counted = requires(N number) { detail::counted(number); };
template <class N>
concept can_be_negative = requires(N number) { detail::negative(number); };
}  // namespace

TEST_CASE("count: a plain unsigned 64-bit integer") {
    static_assert(std::is_same_v<count, std::uint64_t>);
    static_assert(shearpin::largest_count == 9223372036854775807u);
    static_assert(shearpin::largest_count ==
                  count{std::numeric_limits<std::int64_t>::max()});  // no negative one is below
}

TEST_CASE("count: subtraction stops at zero") {
    CHECK(detail::minus(5, 3) == 2);
    CHECK(detail::minus(3, 3) == 0);
    CHECK(detail::minus(3, 5) == 0);
    CHECK(detail::minus(0, top) == 0);
    CHECK(detail::minus(top, 0) == top);
    CHECK(detail::minus(top, top) == 0);
    CHECK(detail::minus(top, top - 1) == 1);
}

TEST_CASE("count: addition stops at the top") {
    CHECK(detail::plus(5, 3) == 8);
    CHECK(detail::plus(top, 0) == top);
    CHECK(detail::plus(top, 1) == top);
    CHECK(detail::plus(top, top) == top);
    CHECK(detail::plus(top - 1, 1) == top);
    CHECK(detail::plus(top / 2 + 1, top / 2 + 1) == top);
}

TEST_CASE("count: the smaller and the larger") {
    CHECK(detail::smaller(2, 3) == 2);
    CHECK(detail::smaller(3, 2) == 2);
    CHECK(detail::larger(2, 3) == 3);
    CHECK(detail::larger(3, 2) == 3);
    CHECK(detail::smaller(0, top) == 0);
    CHECK(detail::larger(0, top) == top);
}

TEST_CASE("count: a negative number of any width is never believed") {
    CHECK(detail::counted(-1) > shearpin::largest_count);
    CHECK(detail::counted(static_cast<signed char>(-128)) > shearpin::largest_count);
    CHECK(detail::counted(std::int16_t{-1}) > shearpin::largest_count);
    CHECK(detail::counted(std::numeric_limits<std::int64_t>::min()) > shearpin::largest_count);
    CHECK(detail::counted(std::numeric_limits<std::int64_t>::max()) == shearpin::largest_count);
    CHECK(detail::counted(std::uint8_t{255}) == 255);
    CHECK(detail::counted(0) == 0);
}

TEST_CASE("count: bool, characters, enumerations and floating point are not amounts") {
    enum amount_like : int { five = 5 };
    static_assert(detail::integer<int> && detail::integer<unsigned char> &&
                  detail::integer<std::size_t> && detail::integer<long long>);
    static_assert(!detail::integer<bool> && !detail::integer<char> && !detail::integer<wchar_t> &&
                  !detail::integer<char8_t> && !detail::integer<char16_t> &&
                  !detail::integer<char32_t>);
    static_assert(!detail::integer<amount_like> && !detail::integer<double> &&
                  !detail::integer<float> && !detail::integer<void*>);
    static_assert(can_be_counted<short> && !can_be_counted<bool> && !can_be_counted<double>);
    static_assert(can_be_negative<short> && !can_be_negative<bool> && !can_be_negative<double>);
    CHECK(five == 5);
}

TEST_CASE("count: negative") {
    CHECK(detail::negative(-1));
    CHECK(detail::negative(std::numeric_limits<std::int64_t>::min()));
    CHECK_FALSE(detail::negative(0));
    CHECK_FALSE(detail::negative(top));
}

TEST_CASE(
    "amounts: three that are summed, none wrapping round, and the number of pools, which is not") {
    shearpin::amounts sum{1, 2, 3};
    CHECK(sum == shearpin::amounts{1, 2, 3, 1});
    sum += {10, 20, 30, 7};
    CHECK(sum == shearpin::amounts{11, 22, 33, 1});
    sum += {top, top, top};
    CHECK(sum == shearpin::amounts{top, top, top, 1});
}
