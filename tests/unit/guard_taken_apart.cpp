// SPDX-License-Identifier: BSL-1.0
// The core with one header more, each of which brings all that a guard needs for what it is for.
#include <doctest/doctest.h>

#include <shearpin/core.hpp>
#include <shearpin/event.hpp>
#include <shearpin/ledger.hpp>

using namespace shearpin::literals;

namespace {

inline constexpr auto half = shearpin::policy{shearpin::min_remaining(50_pct)};
shearpin::pool ten() { return {.size = 10, .available = 10}; }

}  // namespace

TEST_CASE("core.hpp and ledger.hpp are enough for a guard with a ledger") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    unsigned removed = 0;
    auto remove = shearpin::guard<half>([&](unsigned number) { removed += number; }, ten)
                      .with_ledger(ledger, "rows");
    remove(2u);
    CHECK(removed == 2);
    CHECK_THROWS_AS(remove(6u), shearpin::removal_refused);
    auto started = remove.reserve(1u);
    REQUIRE(started.has_value());
    CHECK(std::move(*started).settle().empty());
    CHECK(ledger.entries().entries.size() == 2);
}

TEST_CASE("core.hpp and event.hpp are enough for a guard that tells, and for shadow") {
    int told = 0;
    auto remove = shearpin::guard<half>([](unsigned) {}, ten)
                      .with_observer([&](const shearpin::event&) { ++told; })
                      .in_shadow();
    remove(9u);
    CHECK(told != 0);
}
