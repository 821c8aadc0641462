// SPDX-License-Identifier: BSL-1.0
// The core without exceptions and without RTTI: decisions are values.
#include <shearpin/core.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace shearpin::literals;

namespace {

inline constexpr auto index_policy =
    shearpin::policy{shearpin::min_remaining(95_pct), shearpin::max_batch(5)};

}  // namespace

TEST_CASE("rules decide the same without exceptions") {
    static_assert(index_policy.admits({100, 100}, 5));
    CHECK(index_policy.max_removable(shearpin::pool{100, 98}) == 3);
    CHECK_FALSE(index_policy.admits({100, 95}, 1));
    CHECK_FALSE(shearpin::fraction::parse("101%"));
    CHECK_FALSE(shearpin::max_batch::from(~shearpin::count{0}));
}

TEST_CASE("a violation is told without exceptions") {
    const shearpin::facts known{.pool = {100, 98}};
    const shearpin::violation found(index_policy.at<0>(), known, index_policy.at<0>().limit(known),
                                    4);
    shearpin::fixed_text<200> text;
    text.write([&](shearpin::writer& out) { found.describe(out); });
    CHECK(std::string(text) ==
          "min_remaining(95%): 98 of 100 serve and 95 must stay, so 3 may go; asked 4");
    CHECK_FALSE(found.for_good());
}
