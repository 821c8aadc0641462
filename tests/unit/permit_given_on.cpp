// SPDX-License-Identifier: BSL-1.0
// A permit that was given on is none any more, and a refusal to spend one says that 0 may go.
#include <shearpin/any_permit.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr auto policy = shearpin::policy{shearpin::max_batch(3)};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };
using permit = shearpin::permit<policy>;

void check_nothing_is_left(const permit& given) {
    CHECK(given.count() == 0);
    CHECK(given.admitted() == shearpin::amounts{});
    CHECK_FALSE(given.covers(1));
}
template <class What> void check_refused(permit&& given, const What& what, const char* rule) {
    const auto outcome = std::move(given).try_spend(what);
    REQUIRE(!outcome.has_value());
    REQUIRE(outcome.error().violations().size() == 1);
    const auto& why = outcome.error().violations()[0];
    CHECK(why.rule() == rule);
    CHECK(why.limit() == 0);
    CHECK(why.requested() == 1);
}

}  // namespace

TEST_CASE("a permit that was assigned to another one, or to any_permit, is used up") {
    std::optional<permit> kept;
    auto remove = shearpin::guard<policy>(
        [&](permit given, int) {
            if (!kept) {
                kept.emplace(std::move(given));
                return;
            }
            *kept = std::move(given);
            check_nothing_is_left(given);
            CHECK(kept->count() == 2);
            const shearpin::any_permit any(std::move(*kept));
            check_nothing_is_left(*kept);
            CHECK(any.count() == 2);
        },
        full);
    remove(1);
    remove(2);
    check_nothing_is_left(*kept);
}

TEST_CASE("a removal that can be called with a permit and without one gets none") {
    std::size_t arguments = 0;
    const auto take_all = [&](const auto&... all) { arguments = sizeof...(all); };
    shearpin::guard<policy>(take_all, full)(1);
    CHECK(arguments == 1);
    arguments = 0;
    shearpin::guard(policy, take_all, full)(1);
    CHECK(arguments == 1);
}

TEST_CASE("of a permit that is used up, late or for others, nothing may go") {
    std::optional<permit> kept;
    auto remove = shearpin::guard<policy>(
        [&](permit given, const std::vector<int>& all) {
            if (all.size() == 1) {
                kept.emplace(std::move(given));
                return;
            }
            if (all.size() == 2)
                return check_refused(std::move(given), std::vector{9}, "spent_on_others");
            std::move(given).spend(1);
            check_refused(std::move(given), 1, "spent_twice");
        },
        full);
    remove(std::vector{1});
    check_refused(std::move(*kept), 1, "spent_late");
    remove(std::vector{1, 2});
    remove(std::vector{1, 2, 3});
}
