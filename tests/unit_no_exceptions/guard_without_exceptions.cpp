// SPDX-License-Identifier: BSL-1.0
// The guard where there are neither exceptions nor run-time type information.
#include "../unit/guard_child.hpp"

#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "this is built with -fno-exceptions -fno-rtti"
#endif

using namespace shearpin::literals;

namespace {

constexpr auto policy = shearpin::policy{shearpin::min_remaining(3), shearpin::max_batch(5)};
constexpr auto at = shearpin::place::here("tool.cpp", 12, "drop_rows");
const std::string two_refused =
    "removal refused, nothing was removed: asked for 3, 2 may go now\n"
    "  - min_remaining(3): 5 of 5 serve and 3 must stay, so 2 may go; asked 3\n"
    "  waiting will not help; the request itself must change\n"
    "  called at tool.cpp:12 in drop_rows";
constexpr auto five = [] { return shearpin::pool{.size = 5, .available = 5}; };

struct table {
    int dropped = 0;
    int drop(int rows) { return dropped += rows; }
};

}  // namespace

TEST_CASE("try_call returns what was removed, or why not") {
    std::vector<int> rows(5, 0);
    auto remove = shearpin::guard<policy>(
        [&](std::size_t number) {
            rows.resize(rows.size() - number);
            return number;
        },
        [&] { return shearpin::pool{.size = 5, .available = rows.size()}; });
    const shearpin::result<std::size_t> two = remove.try_call(2U);
    REQUIRE(two.has_value());
    CHECK(two.value() == 2);
    const shearpin::result<std::size_t> one = remove.try_call(1U);
    REQUIRE(!one.has_value());
    CHECK(one.error().max_removable() == 0);
    CHECK(one.error().kind() == shearpin::answer::refused_for_now);
    CHECK(rows.size() == 3);
    CHECK(!remove.check(1U).admitted());
}

TEST_CASE("the text is the same") {
    auto remove = shearpin::guard<policy>([](int) {}, five);
    CHECK(std::string(remove.try_call(3, at).error().message()) == two_refused);
    CHECK(std::string(remove.check(3, at).why().message()) == two_refused);
}

TEST_CASE("operator() needs or_terminate or on_refusal, and does not compile without") {
    auto plain = shearpin::guard<policy>([](int) { return 1; }, five);
    const auto called = [](auto& guarded) {
        return requires {
            { guarded(1) } -> std::same_as<int>;
        };
    };
    CHECK(!called(plain));
    auto terminating = shearpin::guard<policy>([](int) { return 1; }, five).or_terminate();
    CHECK(called(terminating));
    CHECK(terminating(2) == 1);
    const auto end = in_child([&] { terminating(3, at); });
    CHECK(end.signal == SIGABRT);
    CHECK(end.said == two_refused + "\n");

    std::string told;
    auto handled = shearpin::guard<policy>([](int) { return 1; }, five)
                       .on_refusal([&](const shearpin::refusal& why) {
                           told = std::string(why.message());
                           return -1;
                       });
    CHECK(handled(2) == 1);
    CHECK(handled(3, at) == -1);
    CHECK(told == two_refused);
}

TEST_CASE("callables, counting and checks") {
    table orders;
    auto by_member = shearpin::guard<policy>(&table::drop, orders, five);
    CHECK(by_member.try_call(2).value() == 2);
    CHECK(!by_member.try_call(3).has_value());
    CHECK(orders.dropped == 2);

    auto unique = shearpin::guard<policy>([](int n) { return std::make_unique<int>(n); }, five);
    auto moved = std::move(unique);
    CHECK(*moved.try_call(1).value() == 1);

    auto listed =
        shearpin::guard<policy>([](const std::vector<int>& list) { return list.size(); }, five);
    CHECK(listed.try_call(std::vector<int>{1, 2}).value() == 2);
    CHECK(listed.try_call(std::vector<int>{1, 1}).error().violations()[0].rule() == "named_twice");
    CHECK(listed.try_call(std::vector<int>{}).error().violations()[0].rule() == "empty_selection");
    CHECK(listed.try_call_from(at, std::vector<int>{1, 2, 3}).error().where().line() == 12);

    auto counted = shearpin::guard<policy>([](const std::string&) {}, five)
                       .counting([](const std::string& where) { return where.size(); });
    CHECK(counted.try_call(std::string("x")).has_value());
    CHECK(!counted.try_call(std::string("xyz")).has_value());

    auto telling = shearpin::guard<policy>([](int) { return shearpin::removed{3}; }, five);
    CHECK(telling.try_call(1).error().violations()[0].rule() == "removed_too_much");
}

TEST_CASE("permits are spent by try_spend") {
    int removed = 0;
    auto remove = shearpin::guard<policy>(
        [&](shearpin::permit<policy> given, const std::vector<int>& list, bool others) {
            const std::vector<int> wrong{99};
            const auto spent = std::move(given).try_spend(others ? wrong : list);
            if (spent) removed += static_cast<int>(list.size());
            return spent.has_value();
        },
        five);
    CHECK(remove.try_call(std::vector<int>{1, 2}, false).value());
    CHECK(!remove.try_call(std::vector<int>{1, 2}, true).value());
    CHECK(removed == 2);
}

TEST_CASE("several pools") {
    struct fleet {
        [[nodiscard]] bool contains(int id) const { return id < 10; }
        [[nodiscard]] std::vector<std::string> pools_of(int id) const {
            return {"billing", id % 2 == 0 ? "index" : "web"};
        }
        [[nodiscard]] shearpin::pool state(const std::string&) const { return {10, 10}; }
    };
    constexpr static auto policies = shearpin::policies{
        shearpin::for_pool("index", shearpin::min_remaining(90_pct)),
        shearpin::for_other_pools(shearpin::max_batch(4)),
    };
    int calls = 0;
    auto remove = shearpin::guard<policies>([&](const std::vector<int>&) { ++calls; }, fleet{});
    CHECK(remove.try_call(std::vector<int>{0, 1, 3}).has_value());
    const auto refused = remove.try_call(std::vector<int>{0, 2, 11}, at);
    REQUIRE(!refused.has_value());
    CHECK(std::string(refused.error().message()) ==
          "removal refused, nothing was removed: asked for 3, only the first may go now\n"
          "  - unknown_target: 11: not in the inventory\n"
          "  - index: min_remaining(90%): 10 of 10 serve and 9 must stay, so 1 may go; asked 2\n"
          "  waiting will not help; the request itself must change\n"
          "  called at tool.cpp:12 in drop_rows");
    CHECK(calls == 1);
}
