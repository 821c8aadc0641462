// SPDX-License-Identifier: BSL-1.0
// What was really removed is told back, and compared with what was admitted.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

constexpr auto policy = shearpin::policy{shearpin::max_batch(5)};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };
constexpr auto at = shearpin::place::here("tool.cpp", 12, "drop_rows");

struct report {
    int rows;
    int bytes;
};

using says_half = decltype([](int given) { return given / 2.0; });
using says_so = decltype([](int given) { return given != 0; });
using says_all = decltype([](int given) { return given; });
static_assert(shearpin::detail::tells_of<says_all, int>);
static_assert(!shearpin::detail::tells_of<says_half, int> &&
              !shearpin::detail::tells_of<says_so, int>);

}  // namespace

TEST_CASE("removed{n}: as many as were admitted, or fewer, is fine") {
    shearpin::count really = 0;
    auto remove = shearpin::guard<policy>([&](int) { return shearpin::removed{really}; }, full);
    for (const shearpin::count number : {0U, 1U, 3U}) {
        really = number;
        CHECK(remove(3) == shearpin::removed{number});
        CHECK(remove.try_call(3).value().amount == number);
    }
}

TEST_CASE("removed{n}: more than was admitted is told, and not called nothing") {
    shearpin::count really = 4;
    int calls = 0;
    auto remove = shearpin::guard<policy>(
        [&](const std::vector<int>&) {
            ++calls;
            return shearpin::removed{really};
        },
        full);
    const std::vector<int> ids{1, 2, 3};
    const auto result = remove.try_call(ids, at);
    REQUIRE(!result.has_value());
    CHECK(calls == 1);
    const auto& why = result.error();
    CHECK(std::string(why.message()) ==
          "more was removed than was admitted: asked for 3\n"
          "  - removed_too_much: 3 were admitted, and the removal says that it removed 4\n"
          "  called at tool.cpp:12 in drop_rows");
    CHECK(!why.nothing_removed());
    CHECK(why.kind() == shearpin::answer::refused_for_good);
    CHECK(!why.retry_after().has_value());
    CHECK(why.requested() == 3);
    CHECK(why.max_removable() == 0);
    REQUIRE(why.violations().size() == 1);
    CHECK(why.violations()[0].rule() == "removed_too_much");
    CHECK(why.violations()[0].limit() == 3);
    CHECK(why.violations()[0].requested() == 4);
    CHECK_THROWS_AS(remove(ids), shearpin::removal_refused);
    CHECK(remove.check(ids).admitted());

    really = shearpin::largest_count;  // is an amount, and none is larger
    CHECK(std::string(remove.try_call(ids, at).error().message()) ==
          "more was removed than was admitted: asked for 3\n"
          "  - removed_too_much: 3 were admitted, and the removal says that it removed "
          "9223372036854775807\n"
          "  called at tool.cpp:12 in drop_rows");
    really = ~shearpin::count{0};
    CHECK(
        std::string(remove.try_call(ids, at).error().message()) ==
        "the removal is over, and how much was removed is not known: asked for 3\n"
        "  - removed_too_much: 3 were admitted, and the removal says that it removed -1, which is "
        "no amount\n"
        "  called at tool.cpp:12 in drop_rows");
}

TEST_CASE("removed_by(f) that makes a negative number says that the outcome is not known") {
    auto remove =
        shearpin::guard<policy>([](int) { return -1; }, full).removed_by([](int n) { return n; });
    const auto result = remove.try_call(2, at);
    REQUIRE(!result.has_value());
    CHECK(
        std::string(result.error().message()) ==
        "the removal is over, and how much was removed is not known: asked for 2\n"
        "  - removed_too_much: 2 were admitted, and the removal says that it removed -1, which is "
        "no amount\n"
        "  called at tool.cpp:12 in drop_rows");
    CHECK(!result.error().nothing_removed());
}

TEST_CASE("removed_by(f) tells from whatever the removal returns") {
    report outcome{3, 9000};
    auto remove = shearpin::guard<policy>([&](int) { return outcome; }, full)
                      .removed_by([](const report& done) { return done.rows; });
    CHECK(remove(3).bytes == 9000);
    outcome.rows = 4;
    const auto result = remove.try_call(3);
    REQUIRE(!result.has_value());
    CHECK(result.error().violations()[0].rule() == "removed_too_much");
    outcome.rows = -1;  // how the C of old says that it failed: how much went is not known
    CHECK(!remove.try_call(3).has_value());
    CHECK_THROWS_AS(remove(3), shearpin::removal_refused);
}

TEST_CASE("removed_by(f) passes references through, and takes the place of removed{n}") {
    report outcome{1, 0};
    auto by_reference = shearpin::guard<policy>([&](int) -> report& { return outcome; }, full)
                            .removed_by([](const report& done) { return done.rows; });
    CHECK(&by_reference(2) == &outcome);
    CHECK(&by_reference.try_call(2).value() == &outcome);

    auto told_twice = shearpin::guard<policy>([](int) { return shearpin::removed{9}; }, full)
                          .removed_by([](shearpin::removed) { return 1; });
    CHECK(told_twice(1).amount == 9);
}

TEST_CASE("a returned integer is never taken for what was removed") {
    auto remove = shearpin::guard<policy>([](int) { return 1000; }, full);
    CHECK(remove(1) == 1000);
    auto as_list = shearpin::guard<policy>([](int) { return std::vector<int>(50); }, full);
    CHECK(as_list(1).size() == 50);
}

TEST_CASE("removed_by(f) that cannot tell of this removal does not compile") {
    const auto tells = [](auto removal, auto how_much) {
        auto remove = shearpin::guard<policy>(removal, full).removed_by(how_much);
        return requires {
            { remove.check(1) } -> std::same_as<shearpin::decision>;
        };
    };
    const auto rows = [](const report& done) { return done.rows; };
    CHECK(tells([](int) { return report{}; }, rows));
    CHECK(!tells([](int) {}, rows));  // it would never be asked
    CHECK(!tells([](int) { return std::string(); }, rows));
    CHECK(!tells([](int) { return report{}; }, [](const report&) { return 1.5; }));
    CHECK(!tells([](int) { return report{}; }, [](const report&) { return true; }));
}

TEST_CASE("too much removed reaches the handler too") {
    std::string told;
    auto remove = shearpin::guard<policy>([](int) { return shearpin::removed{7}; }, full)
                      .on_refusal([&](const shearpin::refusal& why) {
                          told = std::string(why.violations()[0].rule());
                          return shearpin::removed{0};
                      });
    CHECK(remove(1) == shearpin::removed{0});
    CHECK(told == "removed_too_much");
}
