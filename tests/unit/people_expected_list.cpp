// SPDX-License-Identifier: BSL-1.0
// A list of targets that a person expects, and that is another one when the removal is called.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

using rows = std::vector<int>;

namespace {

constexpr auto any = shearpin::policy{shearpin::unlimited};

std::string why_not(const shearpin::request& said, const rows& selected) {
    auto remove = shearpin::guard<any>([](const rows&) {}, [] { return shearpin::pool{100, 100}; });
    std::string all;
    const auto decision = remove.asking(said).check(selected);
    if (decision.admitted()) return all;
    for (const auto& each : decision.why().violations()) {
        shearpin::fixed_text<511> line;
        line.write([&](shearpin::writer& out) { each.describe(out); });
        all += std::string(line) + "\n";
    }
    return all;
}

}  // namespace

TEST_CASE("an expected list that has grown since it was given: what came to it is missing") {
    rows list{3, 1, 2};
    list.reserve(9);
    const shearpin::request said{.expected = list};
    CHECK(why_not(said, {1, 2, 3}).empty());
    list.push_back(5);
    list.push_back(4);
    CHECK(why_not(said, {1, 2, 3}) == "expected_but_missing: 5, 4: expected, but not selected\n");
    // It is said to be of three, and looked at as that.
    CHECK_FALSE(why_not(said, {1, 2, 3, 4, 5}).empty());
    CHECK_FALSE(why_not(said, {1, 2, 4}).empty());
}

TEST_CASE("an expected list that has shrunk since: what has gone from it is not expected") {
    rows list{3, 1, 2};
    const shearpin::request said{.expected = list};
    list.pop_back();
    CHECK(why_not(said, {1, 2, 3}) == "unexpected_target: 2: selected, but not expected\n");
    CHECK_FALSE(why_not(said, {1, 3}).empty());
    list.clear();
    CHECK_FALSE(why_not(said, {1, 2, 3}).empty());
}
