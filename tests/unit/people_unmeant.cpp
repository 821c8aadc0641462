// SPDX-License-Identifier: BSL-1.0
// What a person said and is not so, in numbers: nothing may go by it, and of how much. And of
// targets that have no name.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace shearpin::literals;
using shearpin::request;

namespace {

constexpr auto batch_5 = shearpin::policy{shearpin::max_batch(5)};
constexpr auto hundred = [] { return shearpin::pool{100, 100}; };

/// A target that has an order and no name, and one that has neither.
struct volume {
    int number;
    bool operator<(const volume& other) const { return number < other.number; }
};
struct opaque {
    int id;
};

/// The rule, the limit, how much was asked, and the targets of each reason.
struct told {
    std::string rule;
    shearpin::count limit;
    shearpin::count asked;
    std::string targets{};
    bool operator==(const told&) const = default;
};
std::vector<told> reasons(const shearpin::decision& decided) {
    std::vector<told> all;
    if (!decided.admitted())
        for (const auto& each : decided.why().violations())
            all.push_back({std::string(each.rule()), each.limit(), each.requested(),
                           std::string(each.targets())});
    return all;
}
template <class Targets> std::vector<told> reasons(const request& said, const Targets& targets) {
    const auto guarded = shearpin::guard<batch_5>([](const auto&) {}, hundred);
    return reasons(guarded.asking(said).check(targets));
}
using all = std::vector<told>;

}  // namespace

TEST_CASE("an expected list of another kind than the selection lets nothing go") {
    const std::vector<int> numbers{1, 2, 3};
    const all no_list{{"expectation_of_another_kind", 0, 3}};
    CHECK(reasons({.expected = numbers}, std::vector<std::string>{"a", "b", "c"}) == no_list);
    CHECK(reasons({.expected = numbers}, 3) == no_list);
    const auto any_three = shearpin::guard<batch_5>([](const auto&) {}, hundred).known_distinct();
    const std::vector<opaque> three(3);
    CHECK(reasons(any_three.asking({.expected = numbers}).check(three)) == no_list);
}

TEST_CASE("targets without a name that are not expected, or missing, are told by their place") {
    const std::vector<volume> expected{{1}, {2}, {3}, {4}};
    CHECK(reasons({.expected = expected}, std::vector<volume>{{4}, {9}, {2}, {8}}) ==
          all{{"unexpected_target", 0, 2, "#2, #4"}, {"expected_but_missing", 0, 2, "#1, #3"}});
}

TEST_CASE("what was said and is not so lets nothing go, and tells of how much") {
    const std::string long_name(64, 'x');
    CHECK(reasons({.actor = long_name}, 3) == all{{"said_too_much", 0, 1}});
    const auto here = shearpin::guard<batch_5>([](int) {}, hundred).in_environment("staging");
    CHECK(reasons(here.asking({.environment = "production"}).check(3)) ==
          all{{"wrong_environment", 0, 3}});
    CHECK(reasons(here.asking({.environment = long_name}).check(3)) ==
          all{{"said_too_much", 0, 1}, {"wrong_environment", 0, 3}});
    CHECK(reasons({.expected = 2}, 3) == all{{"unexpected_number", 2, 3}});
    CHECK(reasons({.reason = "run 17ab@host 1-2: CHG-17"}, 3) == all{{"reason_of_a_wave", 0, 3}});
}
