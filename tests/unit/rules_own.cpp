// SPDX-License-Identifier: BSL-1.0
// Rules that a user writes.
#include <shearpin/rule.hpp>

#include <shearpin/guard.hpp>
#include <shearpin/policy.hpp>
#include <shearpin/rules/max_batch.hpp>

#include "support.hpp"

#include <chrono>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using shearpin::amounts;
using shearpin::count;
using shearpin::duration;
using shearpin::facts;
using shearpin::maybe;
using shearpin::measure;
using shearpin::need;
using shearpin::policy;
using shearpin::pool;
using shearpin::rule;
using shearpin::writer;
using support::broken;
using support::described;

namespace {

/// As little as a rule can have.
struct half_at_once {
    static constexpr std::string_view name = "half_at_once";
    constexpr count limit(const facts& f) const { return f.pool.available / 2; }
};

struct broken_rule {};
/// One whose source of numbers fails.
struct throws_in {
    static constexpr std::string_view name = "throws_in";
    std::string_view which;
    void fail_in(std::string_view here) const {
        if (which == here) throw broken_rule();
    }
    count limit(const facts&) const { return fail_in("limit"), 0; }
    count at_best(const facts&) const { return fail_in("at_best"), 9; }
    maybe<duration> retry_after(const facts&, count) const {
        return fail_in("retry_after"), duration();
    }
    void explain(const facts&, writer&) const { fail_in("explain"); }
    void spell(writer&) const { fail_in("spell"); }
};

/// All that a rule can have.
class by_hand {
public:
    static constexpr const char* name = "by_hand";
    static constexpr measure measures = measure::heads;
    static constexpr need needs = need::clock;
    constexpr explicit by_hand(count so_many) : so_many_(so_many) {}
    constexpr count limit(const facts&) const { return so_many_; }
    constexpr count at_best(const facts&) const { return so_many_ * 2; }
    constexpr void spell(writer& out) const { out.put("by_hand(").put(so_many_).put(")"); }
    constexpr void explain(const facts& f, writer& out) const {
        out.put("of ").put(f.pool.available).put(", by hand");
    }
    constexpr maybe<duration> retry_after(const facts&, count asked) const {
        return duration(1min * static_cast<int>(asked));
    }

private:
    count so_many_;
};

struct zero_or_all {
    static constexpr shearpin::text_view name = "zero_or_all";
    static constexpr bool all_or_nothing = true;
    constexpr count limit(const facts& f) const { return f.pool.size == 7 ? ~count{0} : 0; }
};

/// Too large for the copy that a violation keeps.
struct large {
    static constexpr std::string_view name = "large";
    count table[8] = {1, 2, 3, 4, 5, 6, 7, 8};
    constexpr count limit(const facts&) const { return table[0]; }
    constexpr void spell(writer& out) const { out.put("large(").put(table[6]).put(")"); }
    constexpr void explain(const facts&, writer& out) const { out.put("a table"); }
};

/// Just as large as the copy.
struct fitting {
    static constexpr std::string_view name = "fitting";
    count table[7] = {1, 2, 3, 4, 5, 6, 7};
    constexpr count limit(const facts&) const { return table[0]; }
    constexpr void spell(writer& out) const { out.put("fitting(").put(table[6]).put(")"); }
};

/// Not to be copied byte by byte.
struct with_a_string {
    static constexpr std::string_view name = "with_a_string";
    std::string words = "words that are too long for a small string";
    count limit(const facts&) const { return 2; }
    void spell(writer& out) const { out.put(words); }
};

struct nameless {
    constexpr count limit(const facts&) const { return 1; }
};
struct signed_limit {
    [[maybe_unused]] static constexpr std::string_view name = "signed_limit";
    constexpr long long limit(const facts&) const { return -1; }
};
struct narrow_limit {
    [[maybe_unused]] static constexpr std::string_view name = "narrow_limit";
    constexpr unsigned limit(const facts&) const { return 1; }
};
struct sees_the_request {
    [[maybe_unused]] static constexpr std::string_view name = "sees_the_request";
    constexpr count limit(const facts&, count asked) const { return asked; }
};
struct not_const {
    [[maybe_unused]] static constexpr std::string_view name = "not_const";
    count limit(const facts&) { return 1; }
};

}  // namespace

TEST_CASE("own rule: a name and a limit are enough") {
    static_assert(rule<half_at_once> && rule<by_hand> && rule<zero_or_all> && rule<large>);
    static_assert(rule<with_a_string>);
    static_assert(!rule<nameless> && !rule<signed_limit> && !rule<narrow_limit>);
    static_assert(!rule<sees_the_request> && !rule<not_const> && !rule<int>);
}

TEST_CASE("own rule: in a policy, alone and beside others") {
    constexpr policy rules{half_at_once{}};
    static_assert(rules.max_removable(pool{9, 9}) == 4);
    CHECK(rules.admits({9, 9}, 4));
    CHECK_FALSE(rules.admits({9, 9}, 5));
    CHECK_FALSE(rules.admits({1, 1}, 1));
    constexpr policy both{half_at_once{}, shearpin::max_batch(3)};
    CHECK(both.max_removable(pool{9, 9}) == 3);
    CHECK(both.max_removable(pool{4, 4}) == 2);
}

TEST_CASE("own rule: what it does not say has a default") {
    static_assert(shearpin::detail::measure_of<half_at_once>() == measure::amount);
    static_assert(shearpin::detail::needs_of(half_at_once{}) == need::nothing);
    CHECK(shearpin::detail::at_best(half_at_once{}, {}) == ~count{0});
    CHECK_FALSE(shearpin::detail::retry_after(half_at_once{}, {}, 1));
    const auto found = broken(half_at_once{}, pool{9, 9}, 5);
    CHECK(found.rule() == "half_at_once");
    CHECK(found.stated() == "half_at_once");
    CHECK_FALSE(found.for_good());
    CHECK_FALSE(found.retry_after());
    CHECK(described(found) == "half_at_once: 4 may go now; asked 5");
}

TEST_CASE("own rule: what it says is used") {
    static_assert(shearpin::detail::measure_of<by_hand>() == measure::heads);
    static_assert(shearpin::detail::needs_of(by_hand(1)) == need::clock);
    constexpr policy rules{by_hand(2)};
    CHECK(rules.admits(facts{.pool = {9, 9}}, amounts{.serving = 9, .amount = 9, .heads = 2}));
    CHECK_FALSE(
        rules.admits(facts{.pool = {9, 9}}, amounts{.serving = 1, .amount = 1, .heads = 3}));
    const auto soon = broken(by_hand(2), pool{9, 9}, 3);
    CHECK(soon.stated() == "by_hand(2)");
    CHECK_FALSE(soon.for_good());
    CHECK(*soon.retry_after() == duration(3min));
    CHECK(described(soon) == "by_hand(2): of 9, by hand; asked 3");
    const auto never = broken(by_hand(2), pool{9, 9}, 5);
    CHECK(never.for_good());
    CHECK_FALSE(never.retry_after());  // waiting does not help, whatever the rule says
    CHECK_FALSE(broken(by_hand(2), pool{9, 9}, 4).for_good());
}

TEST_CASE("own rule: what it throws leaves the call, and nothing is removed") {
    for (const char* const which : {"limit", "at_best", "retry_after", "explain", "spell"}) {
        CAPTURE(which);
        int calls = 0;
        auto remove = shearpin::guard(
            policy{throws_in{which}}, [&](int) { ++calls; }, [] { return pool{9, 9}; });
        CHECK_THROWS_AS(remove(3), broken_rule);
        CHECK(calls == 0);
    }
    auto remove =
        shearpin::guard(policy{throws_in{"nothing"}}, [](int) {}, [] { return pool{9, 9}; });
    CHECK_THROWS_AS(remove(3), shearpin::removal_refused);
}

TEST_CASE("own rule: all or nothing does not tell how much was asked") {
    CHECK(described(broken(zero_or_all{}, pool{9, 9}, 3)) == "zero_or_all: 0 may go now");
    CHECK(described(broken(half_at_once{}, pool{9, 9}, 5)) !=
          described(broken(half_at_once{}, pool{9, 9}, 6)));
}

TEST_CASE("own rule: one that a violation cannot keep is told by its name") {
    const auto kept = broken(fitting{}, pool{9, 9}, 3);
    CHECK(kept.stated() == "fitting(7)");
    const auto too_large = broken(large{}, pool{9, 9}, 3);
    CHECK(too_large.stated() == "large");
    CHECK(described(too_large) == "large: 1 may go now; asked 3");
    auto held = broken(with_a_string{}, pool{9, 9}, 3);  // the rule itself is gone by now
    CHECK(held.stated() == "with_a_string");
    CHECK(described(held) == "with_a_string: 2 may go now; asked 3");
}
