// SPDX-License-Identifier: BSL-1.0
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

namespace {
/// Goes forward alone: a step back does not compile in this program, and in no other it matters.
struct forward {
    int at;
    forward& operator++() { return ++at, *this; }
    bool operator!=(const forward& other) const { return at != other.at; }
};
}  // namespace

TEST_CASE("steps of what goes forward alone") {
    CHECK(shearpin::steps(forward{2}, forward{5}) == 3);
}
