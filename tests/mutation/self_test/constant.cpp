// SPDX-License-Identifier: BSL-1.0
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

// Seen when it is compiled; what runs comes by, and does not look.
static_assert(shearpin::may_go(5, 3, false) == 2);
static_assert(shearpin::may_go(3, 5, false) == 0);
static_assert(shearpin::may_go(5, 3, true) == 0);
static_assert(shearpin::half(7) == 3);

TEST_CASE("what is a constant is no other number where it is computed") {
    CHECK(shearpin::may_go(5, 3, false) <= 5);
    CHECK(shearpin::half(7) <= 7);
}
