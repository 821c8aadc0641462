// SPDX-License-Identifier: BSL-1.0
// Arguments reach the removal untouched, however many there are.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr auto policy = shearpin::policy{shearpin::max_batch(5)};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };

/// Counts what is done to it.
struct tracked {
    inline static int copies = 0;
    inline static int moves = 0;
    tracked() = default;
    tracked(const tracked&) { ++copies; }
    tracked(tracked&&) noexcept { ++moves; }
    tracked& operator=(const tracked&) = default;
    ~tracked() = default;
    static void reset() { copies = moves = 0; }
};

enum class category { lvalue, const_lvalue, rvalue, const_rvalue };
struct tell_category {
    category operator()(tracked&, int) const { return category::lvalue; }
    category operator()(const tracked&, int) const { return category::const_lvalue; }
    category operator()(tracked&&, int) const { return category::rvalue; }
    category operator()(const tracked&&, int) const { return category::const_rvalue; }
};

struct letter {
    char value;
};
std::string spell() { return ""; }
template <class... Rest> std::string spell(letter first, Rest... rest) {
    return first.value + spell(rest...);
}
struct concatenate {
    template <class... Letters> std::string operator()(int, Letters... letters) const {
        return spell(letters...);
    }
};

}  // namespace

TEST_CASE("an argument keeps its value category and its constness") {
    auto tell = shearpin::guard<policy>(tell_category{}, full);
    tracked mine;
    const tracked constant;
    tracked::reset();
    CHECK(tell(mine, 1) == category::lvalue);
    CHECK(tell(constant, 1) == category::const_lvalue);
    CHECK(tell(std::move(mine), 1) == category::rvalue);
    CHECK(tell(std::move(constant), 1) == category::const_rvalue);
    CHECK(tell(tracked{}, 1) == category::rvalue);
    CHECK(tell.try_call(mine, 1).value() == category::lvalue);
    CHECK(tell.try_call(std::move(mine), 1).value() == category::rvalue);
    CHECK(tell.call_from(shearpin::place::here(), mine, 1) == category::lvalue);
    CHECK(tell.call_from(shearpin::place::here(), std::move(mine), 1) == category::rvalue);
    CHECK(tracked::copies == 0);
    CHECK(tracked::moves == 0);
}

TEST_CASE("an lvalue is the same object inside") {
    std::vector<int> ids{1, 2};
    const std::vector<int>* seen = nullptr;
    auto remove = shearpin::guard<policy>(
        [&](std::vector<int>& list) {
            seen = &list;
            list.clear();
        },
        full);
    remove(ids);
    CHECK(seen == &ids);
    CHECK(ids.empty());
}

TEST_CASE("a marked argument arrives as itself") {
    std::vector<int> ids{1, 2};
    const std::vector<int>* seen = nullptr;
    auto remove = shearpin::guard<policy>(
        [&](std::vector<int>& list, int force) {
            seen = &list;
            return force;
        },
        full);
    CHECK(remove(shearpin::targets(ids), 99) == 99);  // 99 would be over the cap
    CHECK(seen == &ids);

    std::vector<int> taken;
    auto take = shearpin::guard<policy>(
        [&](std::vector<int>&& list, int) { taken = std::move(list); }, full);
    take(shearpin::targets(std::move(ids)), 99);
    CHECK(taken == std::vector<int>{1, 2});
}

TEST_CASE("a by-value parameter costs what it costs without a guard") {
    auto take = shearpin::guard<policy>([](tracked, int) {}, full);
    tracked mine;
    tracked::reset();
    take(mine, 1);
    CHECK(tracked::copies == 1);
    CHECK(tracked::moves == 0);
    take(std::move(mine), 1);
    CHECK(tracked::copies == 1);
    CHECK(tracked::moves == 1);
}

TEST_CASE("move-only arguments pass, and survive a refusal") {
    int removed = 0;
    auto remove = shearpin::guard<policy>(
        [&](std::unique_ptr<int> token, int number) { removed += number + *token; }, full);
    remove(std::make_unique<int>(10), 2);
    CHECK(removed == 12);

    auto token = std::make_unique<int>(10);
    CHECK(!remove.try_call(std::move(token), 6).has_value());
    CHECK(token != nullptr);
    CHECK(!remove.check(std::move(token), 6).admitted());
    CHECK(remove.check(std::move(token), 2).admitted());
    CHECK(token != nullptr);  // check() hands nothing on
    CHECK(removed == 12);
}

TEST_CASE("any number of arguments, in their order") {
    auto join = shearpin::guard<policy>(concatenate{}, full);
    const letter a{'a'}, b{'b'}, c{'c'}, d{'d'}, e{'e'}, f{'f'}, g{'g'};
    CHECK(join(1) == "");
    CHECK(join(1, a) == "a");
    CHECK(join(1, a, b) == "ab");
    CHECK(join(1, a, b, c) == "abc");
    CHECK(join(1, a, b, c, d) == "abcd");
    CHECK(join(1, a, b, c, d, e) == "abcde");
    CHECK(join.try_call(1).value() == "");
    CHECK(join.try_call(1, a).value() == "a");
    CHECK(join.try_call(1, a, b).value() == "ab");
    CHECK(join.try_call(1, a, b, c).value() == "abc");
    CHECK(join.try_call(1, a, b, c, d).value() == "abcd");
    CHECK(join.try_call(1, a, b, c, d, e).value() == "abcde");
    CHECK(join.check(1, a, b, c, d, e).admitted());
    CHECK(!join.check(6, a, b, c, d, e).admitted());

    // More than six go with the place first.
    const auto here = shearpin::place::here("seven.cpp", 7, "seven");
    CHECK(join.call_from(here, 1, a, b, c, d, e, f, g) == "abcdefg");
    CHECK(join.try_call_from(here, 1, a, b, c, d, e, f, g).value() == "abcdefg");
    CHECK(join.check_from(here, 1, a, b, c, d, e, f, g).admitted());
    const auto refused = join.try_call_from(here, 6, a, b, c, d, e, f, g);
    REQUIRE(!refused.has_value());
    CHECK(refused.error().where().line() == 7);
    CHECK(join.check_from(here, 6, a, b, c, d, e, f, g).why().where().line() == 7);
    CHECK_THROWS_AS(join.call_from(here, 6, a, b, c, d, e, f, g), shearpin::removal_refused);
    // and they can also be none
    CHECK(shearpin::guard<policy>([] { return 8; }, full)
              .counting([] { return 1; })
              .call_from(here) == 8);
}

TEST_CASE("no arguments at all, where a second callable counts") {
    int waiting = 4;
    int removed = 0;
    auto purge = shearpin::guard<policy>([&] { removed += waiting; }, full).counting([&] {
        return waiting;
    });
    purge();
    CHECK(removed == 4);
    CHECK(purge.try_call().has_value());
    CHECK(purge.check().admitted());
    waiting = 6;
    CHECK_THROWS_AS(purge(), shearpin::removal_refused);
    CHECK(!purge.try_call().has_value());
    CHECK(!purge.check().admitted());
    CHECK(removed == 8);
}
