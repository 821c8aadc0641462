// SPDX-License-Identifier: BSL-1.0
// All of the core with -fno-exceptions -fno-rtti: quantities, rules, policies, violations.
#include <shearpin/calendar.hpp>
#include <shearpin/clocks.hpp>
#include <shearpin/core.hpp>
#include <shearpin/detail/many_violations.hpp>
#include <shearpin/rules.hpp>

#include <chrono>
#include <cstdint>

#include <doctest/doctest.h>

// With either, the tests below would show nothing.
#if defined(__cpp_exceptions) || defined(__cpp_rtti)
#error "these tests are to be compiled with -fno-exceptions -fno-rtti"
#endif

using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::count;
using shearpin::facts;
using shearpin::policy;
using shearpin::pool;

namespace {

constexpr policy every_rule{
    shearpin::min_remaining(95_pct),
    shearpin::max_batch(5),
    shearpin::max_targets(4),
    shearpin::max_unavailable(10_pct, shearpin::at_least(1)),
    shearpin::quorum(),
    shearpin::fresh_within(5min),
    shearpin::freeze(
        shearpin::window::weekly(shearpin::weekday::friday, 16h, shearpin::weekday::monday, 8h)),
};

struct half_at_once {
    static constexpr shearpin::text_view name = "half_at_once";
    constexpr count limit(const facts& f) const { return f.pool.available / 2; }
};

/// A Wednesday.
constexpr facts seen(count available) {
    constexpr shearpin::time_point noon = shearpin::date(2026, 3, 4).begins();
    return {.pool = {200, available}, .now = noon, .observed_at = noon};
}

}  // namespace

TEST_CASE("no exceptions: every rule in one policy") {
    static_assert(every_rule.max_removable(seen(200)) == 4);
    CHECK(every_rule.max_removable(seen(192)) == 2);
    CHECK(every_rule.max_removable(seen(190)) == 0);
    CHECK(every_rule.admits(seen(200), shearpin::amounts::of(4)));
    CHECK_FALSE(every_rule.admits(seen(200), shearpin::amounts::of(5)));
    CHECK(policy{half_at_once{}}.max_removable(pool{9, 9}) == 4);
    CHECK(policy{shearpin::unlimited}.max_removable(pool{9, 9}) == 9);
}

TEST_CASE("no exceptions: what comes from data") {
    CHECK(shearpin::fraction::parse("99.9%") == 99.9_pct);
    CHECK_FALSE(shearpin::fraction::parse("101%"));
    CHECK_FALSE(shearpin::max_batch::from(~count{0}));
    CHECK(shearpin::fresh_within::from(5min)->limit({}) == 0);
}

TEST_CASE("no exceptions: violations are lists with words, with memory and without") {
    shearpin::violations_list found;
    for (count asked = 6; asked <= 25; ++asked)
        found.add_any({shearpin::max_batch(5), facts{.pool = {20, 20}}, 5, asked}).in_pool("index");
    CHECK(found.size() == 20);
    const shearpin::violations_list copy = found;
    shearpin::fixed_text<127> line;
    line.write([&](shearpin::writer& out) { copy[19].describe(out); });
    CHECK(line == "index: max_batch(5): one call may take 5; asked 25");
}

TEST_CASE("no exceptions: clocks") {
    shearpin::manual_clock clock(shearpin::date(2026, 3, 4).begins());
    clock.advance(1h);
    CHECK(clock.now() == shearpin::date(2026, 3, 4).begins() + 1h);
    CHECK(shearpin::wall_clock.now().known());
}
