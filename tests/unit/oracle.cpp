// SPDX-License-Identifier: BSL-1.0
// The oracle is tested on examples that were worked out by hand, so that it and the library cannot
// be wrong together.
#include "oracle.hpp"

#include <doctest/doctest.h>

using namespace oracle;

TEST_CASE("oracle: fractions") {
    CHECK(floor_of({1, 3}, 10) == 3);
    CHECK(ceiling_of({1, 3}, 10) == 4);
    CHECK(floor_of({1, 3}, 9) == 3);
    CHECK(ceiling_of({1, 3}, 9) == 3);
    CHECK(floor_of({0, 7}, 9) == 0);
    CHECK(ceiling_of({0, 7}, 9) == 0);
    CHECK(ceiling_of({7, 100}, 100) == 7);  // where binary floating point says 7.000000000000001
    CHECK(floor_of({29, 100}, 100) == 29);  // and here 28.999999999999996
    CHECK(floor_of({1, 1}, largest) == wide{largest});
    CHECK(ceiling_of({4294967294, 4294967295}, largest) == wide{9223372034707292159u});
    CHECK(floor_of({4294967294, 4294967295}, largest) == wide{9223372034707292158u});
}

TEST_CASE("oracle: limits") {
    CHECK(min_remaining({20, 20}, 19) == 1);
    CHECK(min_remaining({20, 18}, 19) == 0);
    CHECK(max_unavailable({20, 18}, 5) == 3);
    CHECK(max_unavailable({20, 10}, 5) == 0);
    CHECK(max_unavailable({20, 30}, 5) == 5);  // more than wanted: nothing is out
    CHECK(max_batch(5) == 5);
    CHECK(quorum({5, 5}) == 2);
    CHECK(quorum({4, 4}) == 1);
    CHECK(quorum({5, 3}) == 0);
    CHECK(quorum({0, 0}) == 0);
    CHECK(quorum_of_what_is_left({3, 3}) == 1);  // two of two are left
    CHECK(quorum_of_what_is_left({3, 2}) == 0);  // one of two
    CHECK(quorum_of_what_is_left({2, 2}) == 1);  // one of one
    CHECK(quorum_of_what_is_left({1, 1}) == 0);  // the last
    CHECK(quorum_of_what_is_left({0, 0}) == 0);
    CHECK(quorum_of_what_is_left({4, 3}) == 1);  // two of three
    CHECK(quorum_of_what_is_left({4, 2}) == 0);
}

TEST_CASE("oracle: what is admitted") {
    CHECK(admits({5, 5}, 2, 2));
    CHECK_FALSE(admits({5, 5}, 2, 3));
    CHECK_FALSE(admits({5, 5}, 2, 0));
    CHECK_FALSE(admits({5, 1}, 2, 2));
    CHECK(admits({largest, largest}, no_limit, largest));
    CHECK_FALSE(admits({largest + 1, 5}, no_limit, 1));
    CHECK_FALSE(admits({5, largest + 1}, no_limit, 1));
}
