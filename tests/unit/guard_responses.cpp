// SPDX-License-Identifier: BSL-1.0
// What a refused call does: it throws, returns the refusal, asks the user's handler, or ends the
// program; and in each case the removal is not called.
#include "guard_child.hpp"

#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

constexpr auto policy = shearpin::policy{shearpin::max_batch(2)};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };
constexpr auto at = shearpin::place::here("tool.cpp", 12, "drop_rows");
const std::string three_refused =
    "removal refused, nothing was removed: asked for 3, 2 may go now\n"
    "  - max_batch(2): one call may take 2; asked 3\n"
    "  waiting will not help; the request itself must change\n"
    "  called at tool.cpp:12 in drop_rows";

}  // namespace

TEST_CASE("operator() throws removal_refused, with the text and the refusal") {
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](int) { ++calls; }, full);
    remove(2, at);
    CHECK(calls == 1);
    bool caught = false;
    try {
        remove(3, at);
    } catch (const std::exception& error) {
        caught = true;
        CHECK(std::string(error.what()) == three_refused);
        const auto* refused = dynamic_cast<const shearpin::removal_refused*>(&error);
        REQUIRE(refused != nullptr);
        CHECK(refused->why().requested() == 3);
        CHECK(refused->why().max_removable() == 2);
        CHECK(refused->why().nothing_removed());
        CHECK(std::string(refused->why().message()) == three_refused);
    }
    CHECK(caught);
    CHECK(calls == 1);
}

TEST_CASE("removal_refused can be copied and kept, as exceptions are") {
    auto remove = shearpin::guard<policy>([](int) {}, full);
    std::exception_ptr kept;
    try {
        remove(3, at);
    } catch (...) {
        kept = std::current_exception();
    }
    try {
        std::rethrow_exception(kept);
    } catch (const shearpin::removal_refused& caught) {
        const shearpin::removal_refused refused = caught;
        CHECK(std::string(refused.what()) == three_refused);
        CHECK(refused.why().violations().size() == 1);
    }
    static_assert(std::is_nothrow_copy_constructible_v<shearpin::removal_refused>);
}

TEST_CASE("try_call returns a result, and check only decides") {
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](int number) { return calls += number; }, full);
    const shearpin::result<int> done = remove.try_call(2);
    REQUIRE(done.has_value());
    CHECK(done.value() == 2);
    const shearpin::result<int> refused = remove.try_call(3, at);
    REQUIRE(!refused.has_value());
    CHECK(std::string(refused.error().message()) == three_refused);

    const shearpin::decision fine = remove.check(2);
    CHECK(fine.admitted());
    CHECK(static_cast<bool>(fine));
    const shearpin::decision bad = remove.check(3, at);
    CHECK(!bad.admitted());
    CHECK(!static_cast<bool>(bad));
    CHECK(std::string(bad.why().message()) == three_refused);
    CHECK(calls == 2);
}

TEST_CASE("or_terminate prints the refusal to standard error and aborts") {
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](int) { return ++calls; }, full).or_terminate();
    CHECK(remove(2) == 1);
    const auto end = in_child([&] { remove(3, at); });
    CHECK(end.signal == SIGABRT);
    CHECK(end.said == three_refused + "\n");
    // only operator() terminates
    CHECK(!remove.try_call(3).has_value());
    CHECK(!remove.check(3).admitted());
    CHECK(calls == 1);
}

TEST_CASE("or_terminate also where the removal's own result could hold a refusal") {
    auto remove =
        shearpin::guard<policy>([](int) { return shearpin::result<void>(); }, full).or_terminate();
    const auto end = in_child([&] { static_cast<void>(remove(3, at)); });
    CHECK(end.signal == SIGABRT);
    CHECK(end.said == three_refused + "\n");
}

TEST_CASE("or_terminate from a function that must not throw") {
    auto remove = shearpin::guard<policy>([](int) {}, full).or_terminate();
    const auto quiet = [&]() noexcept { remove(3, at); };
    CHECK(in_child(quiet).said == three_refused + "\n");
}

TEST_CASE("on_refusal: what the handler returns is returned from the call") {
    int calls = 0;
    std::string told;
    auto remove = shearpin::guard<policy>([&](int) { return ++calls; }, full)
                      .on_refusal([&](const shearpin::refusal& why) {
                          told = std::string(why.message());
                          return -1;
                      });
    CHECK(remove(1) == 1);
    CHECK(told.empty());
    CHECK(remove(3, at) == -1);
    CHECK(told == three_refused);
    told.clear();
    CHECK(!remove.try_call(3).has_value());  // the handler is for operator() alone
    CHECK(!remove.check(3).admitted());
    CHECK(told.empty());
    CHECK(calls == 1);
}

TEST_CASE("on_refusal: references, move-only values, conversions and nothing") {
    int row = 0;
    int none = 0;
    auto by_reference = shearpin::guard<policy>([&](int) -> int& { return row; }, full)
                            .on_refusal([&](const shearpin::refusal&) -> int& { return none; });
    CHECK(&by_reference(1) == &row);
    CHECK(&by_reference(3) == &none);

    auto unique = shearpin::guard<policy>([](int n) { return std::make_unique<int>(n); }, full)
                      .on_refusal([](const shearpin::refusal&) { return nullptr; });
    CHECK(*unique(1) == 1);
    CHECK(unique(3) == nullptr);

    int refusals = 0;
    auto nothing =
        shearpin::guard<policy>([](int) {}, full).on_refusal([&](const shearpin::refusal&) {
            ++refusals;
        });
    static_assert(std::is_same_v<decltype(nothing(1)), void>);
    nothing(3);
    CHECK(refusals == 1);
    auto value_for_nothing =
        shearpin::guard<policy>([](int) {}, full).on_refusal([&](const shearpin::refusal&) {
            return ++refusals;
        });
    value_for_nothing(3);
    CHECK(refusals == 2);
    auto movable = shearpin::guard<policy>([](int) { return 1; }, full)
                       .on_refusal([token = std::make_unique<int>(9)](
                                       const shearpin::refusal&) mutable { return ++*token; });
    CHECK(movable(3) == 10);
    CHECK(movable(3) == 11);
}

TEST_CASE("on_refusal: a handler may throw its own exception") {
    struct own_error : std::runtime_error {
        using std::runtime_error::runtime_error;
    };
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](int) { return ++calls; }, full)
                      .on_refusal([](const shearpin::refusal& why) {
                          throw own_error(std::string(why.message()));
                      });
    CHECK(remove(1) == 1);
    CHECK_THROWS_WITH_AS(remove(3, at), three_refused.c_str(), own_error);
    CHECK(calls == 1);
}

TEST_CASE("on_refusal: a handler that comes back without the result that is due ends the program") {
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](int) { return ++calls; }, full)
                      .on_refusal([](const shearpin::refusal&) {});
    CHECK(remove(1) == 1);
    CHECK(in_child([&] { remove(3); }).signal == SIGABRT);
}

TEST_CASE("what the removal throws passes through, and nothing else happens") {
    struct broken {};
    int calls = 0;
    int told = 0;
    auto remove = shearpin::guard<policy>(
                      [&](int) -> int {
                          ++calls;
                          throw broken{};
                      },
                      full)
                      .on_refusal([&](const shearpin::refusal&) { return ++told; })
                      .removed_by([&](int) { return ++told; });
    CHECK_THROWS_AS(remove(1), broken);
    CHECK_THROWS_AS(static_cast<void>(remove.try_call(1)), broken);
    CHECK(remove.check(1).admitted());
    CHECK(calls == 2);
    CHECK(told == 0);
}

TEST_CASE("what the world throws passes through, and nothing is removed") {
    int calls = 0;
    auto remove = shearpin::guard<policy>(
        [&](int) { ++calls; }, []() -> shearpin::pool { throw std::runtime_error("no route"); });
    CHECK_THROWS_WITH_AS(remove(1), "no route", std::runtime_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(remove.try_call(1)), "no route", std::runtime_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(remove.check(1)), "no route", std::runtime_error);
    CHECK(calls == 0);
}

TEST_CASE("what the counter throws passes through, and the world is not even asked") {
    int calls = 0;
    int looks = 0;
    auto remove = shearpin::guard<policy>([&](int) { ++calls; },
                                          [&] {
                                              ++looks;
                                              return full();
                                          })
                      .counting([](int) -> int { throw std::runtime_error("bad query"); });
    CHECK_THROWS_WITH_AS(remove(1), "bad query", std::runtime_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(remove.check(1)), "bad query", std::runtime_error);
    CHECK(calls == 0);
    CHECK(looks == 0);
}

TEST_CASE("a refusal is thrown even in a catch, and does not keep the guard from going on") {
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](int) { ++calls; }, full);
    for (int round = 0; round != 3; ++round) {
        CHECK_THROWS_AS(remove(3), shearpin::removal_refused);
        remove(2);
    }
    CHECK(calls == 3);
}

TEST_CASE("the world is asked once a call, and before the removal") {
    std::string order;
    auto remove = shearpin::guard<policy>([&](int) { order += "removal "; },
                                          [&] {
                                              order += "world ";
                                              return full();
                                          });
    remove(2);
    CHECK(order == "world removal ");
    order.clear();
    CHECK_THROWS_AS(remove(3), shearpin::removal_refused);
    CHECK(order == "world ");
}
