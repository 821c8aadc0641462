// SPDX-License-Identifier: BSL-1.0
// When one rule is proved to be stricter than another, and what lies just beyond: each kind of rule
// by an example. That no proof is wrong, whatever the facts, policy_text_strictness.cpp shows.
#include <shearpin/policy_text.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

namespace {

struct mine {
    static constexpr shearpin::text_view name = "mine";
    shearpin::count most = 0;
    [[nodiscard]] constexpr shearpin::count limit(const shearpin::facts&) const { return most; }
    friend constexpr bool operator==(const mine&, const mine&) = default;
};

bool stricter(const std::string& one, const std::string& than) {
    const auto strict = shearpin::parse_policy(one);
    const auto loose = shearpin::parse_policy(than);
    REQUIRE_MESSAGE(strict.has_value(), one);
    REQUIRE_MESSAGE(loose.has_value(), than);
    return at_least_as_strict(*strict, *loose);
}
/// The first of two is stricter, and not the other way round.
void one_way(const std::string& strict, const std::string& loose) {
    CAPTURE(strict);
    CAPTURE(loose);
    CHECK(stricter(strict, loose));
    CHECK_FALSE(stricter(loose, strict));
}
void neither(const std::string& one, const std::string& other) {
    CAPTURE(one);
    CAPTURE(other);
    CHECK_FALSE(stricter(one, other));
    CHECK_FALSE(stricter(other, one));
}

}  // namespace

TEST_CASE("stricter: every rule is as strict as itself") {
    for (const char* const rule : {"min_remaining(5)",
                                   "min_remaining(95%)",
                                   "min_remaining(round_down(95%))",
                                   "min_remaining(80%, of_peak(1d))",
                                   "min_remaining(80%, of_peak(1d), baseline(5))",
                                   "max_unavailable(2)",
                                   "quorum()",
                                   "quorum(membership::shrinks)",
                                   "max_batch(5)",
                                   "max_batch(5%)",
                                   "max_batch(5%, at_least(2))",
                                   "max_batch(round_up(5%))",
                                   "max_targets(5)",
                                   "max_pools(1)",
                                   "max_rate(5, 1h)",
                                   "cooldown(1h)",
                                   "max_in_flight(5)",
                                   "freeze()",
                                   "freeze(fri 16:00, mon 08:00)",
                                   "fresh_within(1h)",
                                   "approvals(2, above(3))",
                                   "needs_expected()",
                                   "unlimited",
                                   "overridable(max_batch(5))"}) {
        CAPTURE(rule);
        CHECK(stricter(rule, rule));
    }
}

TEST_CASE("stricter: caps that are numbers or shares") {
    one_way("max_batch(4)", "max_batch(5)");
    one_way("max_batch(5%)", "max_batch(6%)");
    one_way("max_batch(5%)", "max_batch(5%, at_least(1))");
    one_way("max_batch(5%, at_least(1))", "max_batch(5%, at_least(2))");
    one_way("max_batch(5%, at_least(1))", "max_batch(6%, at_least(2))");
    one_way("max_batch(2)", "max_batch(5%, at_least(2))");
    neither("max_batch(3)", "max_batch(5%, at_least(2))");
    neither("max_batch(5%, at_least(2))", "max_batch(6%, at_least(1))");
    neither("max_batch(5)", "max_batch(50%)");
    neither("max_batch(1)", "max_batch(round_up(5%))");  // of which nothing is nothing
    // Half of the largest size, which is odd: rounded down, and up.
    one_way("max_batch(50%)", "max_batch(4611686018427387903)");
    neither("max_batch(50%)", "max_batch(4611686018427387902)");
    one_way("max_batch(round_up(50%))", "max_batch(4611686018427387904)");
    neither("max_batch(round_up(50%))", "max_batch(4611686018427387903)");
}

TEST_CASE("stricter: a cap that is rounded up is larger, unless it is all") {
    one_way("max_batch(5%)", "max_batch(round_up(5%))");
    one_way("max_batch(round_up(5%))", "max_batch(round_up(6%))");
    one_way("max_batch(round_up(5%))", "max_batch(100%)");
    neither("max_batch(round_up(5%))", "max_batch(99%)");
    CHECK(stricter("max_batch(round_up(100%))", "max_batch(100%)"));
}

TEST_CASE("stricter: floors that are numbers or shares") {
    one_way("min_remaining(6)", "min_remaining(5)");
    one_way("min_remaining(95%)", "min_remaining(90%)");
    neither("min_remaining(3)", "min_remaining(95%)");
    neither("min_remaining(1)", "min_remaining(95%)");
    // Half of the largest size, which is odd: rounded up, and down.
    one_way("min_remaining(4611686018427387904)", "min_remaining(50%)");
    neither("min_remaining(4611686018427387903)", "min_remaining(50%)");
    one_way("min_remaining(4611686018427387903)", "min_remaining(round_down(50%))");
    one_way("min_remaining(50%)", "min_remaining(round_down(50%))");
    one_way("min_remaining(round_down(51%))", "min_remaining(round_down(50%))");
    one_way("min_remaining(round_down(100%))", "min_remaining(50%)");
    neither("min_remaining(round_down(99%))", "min_remaining(50%)");
}

TEST_CASE("stricter: floors of the peak, by their window and their baseline") {
    neither("min_remaining(80%)", "min_remaining(80%, of_peak(1d))");
    neither("min_remaining(90%)", "min_remaining(80%, of_peak(1d))");
    one_way("min_remaining(80%, of_peak(2d))", "min_remaining(80%, of_peak(1d))");
    one_way("min_remaining(90%, of_peak(1d))", "min_remaining(80%, of_peak(1d))");
    // Without a baseline nothing goes of a pool that was never seen.
    one_way("min_remaining(80%, of_peak(1d))", "min_remaining(80%, of_peak(1d), baseline(5))");
    one_way("min_remaining(80%, of_peak(1d), baseline(6))",
            "min_remaining(80%, of_peak(1d), baseline(5))");
    neither("min_remaining(80%, of_peak(2d), baseline(5))",
            "min_remaining(80%, of_peak(1d), baseline(6))");
}

TEST_CASE("stricter: majorities and floors") {
    one_way("quorum()", "min_remaining(1)");
    one_way("quorum()", "min_remaining(50%)");
    one_way("quorum(membership::shrinks)", "min_remaining(1)");
    neither("quorum()", "min_remaining(2)");
    neither("quorum()", "min_remaining(51%)");
    neither("quorum()", "min_remaining(1%, of_peak(1d))");
    neither("quorum()", "quorum(membership::shrinks)");
    // More than half of the largest size.
    one_way("min_remaining(4611686018427387904)", "quorum()");
    neither("min_remaining(4611686018427387903)", "quorum()");
    neither("min_remaining(4611686018427387904)", "quorum(membership::shrinks)");
    neither("min_remaining(4611686018427387904)", "max_unavailable(2)");
    neither("min_remaining(100%)", "quorum()");
    neither("min_remaining(100%, of_peak(1d))", "quorum()");
}

TEST_CASE("stricter: what may be out, and what must stay") {
    one_way("max_unavailable(2)", "max_unavailable(3)");
    one_way("max_unavailable(5%)", "min_remaining(95%)");
    neither("max_unavailable(5%)", "min_remaining(96%)");
    one_way("max_unavailable(round_up(5%))", "min_remaining(round_down(95%))");
    neither("max_unavailable(round_up(5%))", "min_remaining(round_down(96%))");
    neither("max_unavailable(round_up(5%))", "min_remaining(95%)");
    neither("max_unavailable(round_up(5%))", "min_remaining(1%)");
    neither("max_unavailable(5%, at_least(1))", "min_remaining(50%)");
    neither("max_unavailable(2)", "min_remaining(50%)");
    neither("max_unavailable(5%)", "min_remaining(50%, of_peak(1d))");
    // One may be out of four, and of three where it may be two of five.
    one_way("max_unavailable(25%)", "min_remaining(3)");
    neither("max_unavailable(25%)", "min_remaining(4)");
    one_way("max_unavailable(2/5)", "min_remaining(2)");
    neither("max_unavailable(2/5)", "min_remaining(3)");
    neither("max_unavailable(round_up(25%))", "min_remaining(1)");
    neither("max_unavailable(2)", "min_remaining(1)");
    one_way("max_unavailable(49%)", "quorum()");
    one_way("max_unavailable(1/3)", "quorum()");
    neither("max_unavailable(50%)", "quorum()");
    neither("max_unavailable(60%)", "quorum()");
    neither("max_unavailable(round_up(10%))", "quorum()");
    neither("max_unavailable(10%, at_least(1))", "quorum()");
    neither("max_unavailable(1)", "quorum()");
    neither("max_unavailable(1/3)", "quorum(membership::shrinks)");
}

TEST_CASE("stricter: amounts, in one call and over time") {
    one_way("max_batch(3)", "approvals(2, above(3))");
    neither("max_batch(4)", "approvals(2, above(3))");
    one_way("max_batch(50%)", "approvals(2, above(4611686018427387903))");
    neither("max_batch(50%)", "approvals(2, above(4611686018427387902))");
    one_way("approvals(3, above(3))", "approvals(2, above(3))");
    one_way("approvals(2, above(2))", "approvals(2, above(3))");
    neither("approvals(3, above(3))", "approvals(2, above(2))");
    one_way("max_rate(5, 1h)", "max_in_flight(5)");
    neither("max_rate(6, 1h)", "max_in_flight(5)");
    one_way("max_rate(5, 2h)", "max_rate(5, 1h)");
    one_way("max_rate(4, 1h)", "max_rate(5, 1h)");
    neither("max_rate(6, 2h)", "max_rate(5, 1h)");
    one_way("max_in_flight(3)", "max_in_flight(5)");
    one_way("cooldown(2h)", "cooldown(1h)");
    one_way("fresh_within(1h)", "fresh_within(2h)");
    // What the ledger knows, where it is left out by name, holds nobody.
    for (const char* const other : {"max_rate(5, 1h)", "cooldown(1h)", "max_in_flight(5)"})
        for (const char* const rule : {"max_batch(5)", "fresh_within(1h)", "freeze()"})
            CHECK_FALSE(stricter(other, rule));
    neither("max_batch(5)", "max_rate(5, 1h)");
    neither("max_in_flight(5)", "cooldown(1h)");
    neither("max_rate(5, 1h)", "cooldown(1h)");
    neither("fresh_within(1h)", "max_batch(5)");
    neither("fresh_within(1h)", "cooldown(2h)");
}

TEST_CASE("stricter: heads and pools") {
    one_way("max_targets(4)", "max_targets(5)");
    one_way("max_pools(1)", "max_pools(2)");
    neither("max_targets(4)", "needs_expected()");
    neither("max_targets(4)", "max_pools(4)");
    neither("max_targets(4)", "max_batch(4)");
    neither("max_unavailable(4)", "max_batch(4)");
}

TEST_CASE("stricter: what allows nothing is, of all that is measured alike") {
    one_way("max_batch(0)", "approvals(2, above(3))");
    one_way("max_batch(0%)", "max_rate(5, 1h)");
    one_way("freeze()", "cooldown(1h)");
    one_way("freeze()", "freeze(fri 16:00, mon 08:00)");
    CHECK(stricter("max_batch(0)", "freeze()"));
    one_way("max_rate(0, 1h)", "cooldown(1h)");
    one_way("max_in_flight(0)", "max_rate(5, 1h)");
    one_way("max_unavailable(0)", "min_remaining(5)");
    one_way("max_unavailable(0)", "quorum(membership::shrinks)");
    one_way("max_unavailable(0%)", "quorum()");
    one_way("max_targets(0)", "needs_expected()");
    one_way("max_pools(0)", "max_pools(1)");
    neither("max_batch(0%, at_least(1))", "cooldown(1h)");
    neither("freeze(fri 16:00, mon 08:00)", "max_batch(5)");
    neither("max_batch(1)", "cooldown(1h)");
    neither("max_unavailable(1)", "quorum(membership::shrinks)");
    // But nothing of another measure, nor where the ledger is left out by name.
    for (const char* const nothing :
         {"max_unavailable(0)", "max_batch(0)", "max_targets(0)", "max_pools(0)"}) {
        int measured_alike = 0;
        for (const char* const rule :
             {"min_remaining(5)", "max_batch(5)", "max_targets(5)", "max_pools(5)"})
            measured_alike += stricter(nothing, rule) ? 1 : 0;
        CAPTURE(nothing);
        CHECK(measured_alike == 1);
    }
    neither("max_rate(0, 1h)", "max_batch(5)");
    neither("max_in_flight(0)", "max_batch(5)");
}

TEST_CASE("stricter: anything is, than what refuses nothing that is not always refused") {
    for (const char* const free :
         {"unlimited", "min_remaining(0)", "min_remaining(0%)", "min_remaining(round_down(0%))",
          "max_batch(9223372036854775807)", "max_batch(5%, at_least(9223372036854775807))",
          "approvals(2, above(9223372036854775807))", "overridable(min_remaining(0))"}) {
        CAPTURE(free);
        CHECK(stricter("max_pools(7)", free));
    }
    for (const char* const not_free :
         {"min_remaining(1)", "min_remaining(1%)", "min_remaining(0%, of_peak(1h))", "quorum()",
          "max_batch(9223372036854775806)", "max_batch(100%)", "max_unavailable(100%)",
          "approvals(2, above(9223372036854775806))", "max_targets(9223372036854775807)"}) {
        CAPTURE(not_free);
        CHECK_FALSE(stricter("unlimited", not_free));
    }
}

TEST_CASE("stricter: what an override may lift holds only where it lifts the other as well") {
    one_way("max_batch(5)", "overridable(max_batch(5))");
    one_way("overridable(max_batch(4))", "overridable(max_batch(5))");
    neither("overridable(max_batch(4))", "max_batch(5) # which nothing lifts");
    neither("overridable(freeze())", "overridable(max_batch(5))");
    one_way("freeze()", "overridable(max_batch(5))");
}

TEST_CASE(
    "stricter: a rule of one's own is as strict as its equal, and than what refuses nothing") {
    using shearpin::policy, shearpin::max_batch;
    CHECK(at_least_as_strict(policy{mine{3}}, policy{shearpin::unlimited}));
    CHECK(at_least_as_strict(policy{max_batch(5), mine{3}}, policy{mine{3}}));
    CHECK(at_least_as_strict(policy{mine{3}, mine{4}}, policy{mine{3}}));
    CHECK_FALSE(at_least_as_strict(policy{mine{3}}, policy{mine{4}, mine{3}}));
    CHECK_FALSE(at_least_as_strict(policy{mine{3}}, policy{max_batch(5)}));
    CHECK_FALSE(stricter("freeze()", "max_targets(5)"));
    CHECK_FALSE(
        stricter("freeze(mon 00:00, thu 00:00), freeze(wed 00:00, mon 01:00)", "max_targets(5)"));
}

TEST_CASE("rules that never matter, and which rule makes each pointless") {
    using pairs = std::vector<std::pair<std::size_t, std::size_t>>;
    const auto dead = [](const std::string& text) {
        const auto read = shearpin::parse_policy(text);
        REQUIRE_MESSAGE(read.has_value(), text);
        pairs all;
        for_each_dead_rule(*read, [&](const shearpin::dead_rule& found) {
            all.emplace_back(found.which, found.stricter);
        });
        return all;
    };
    CHECK(dead("max_batch(5), approvals(2, above(7))") == pairs{{1, 0}});
    CHECK(dead("approvals(2, above(7)), max_batch(5)") == pairs{{0, 1}});
    CHECK(dead("max_batch(5), max_targets(5)").empty());
    // Of two alike the later; of several that are stricter the first is told.
    CHECK(dead("max_batch(0), freeze()") == pairs{{1, 0}});
    CHECK(dead("max_pools(9), max_pools(5), max_pools(4)") == pairs{{0, 1}, {1, 2}});
    // What refuses nothing, unless it is alone and so says that nothing is to be refused.
    CHECK(dead("min_remaining(0), max_batch(5)") == pairs{{0, 0}});
    CHECK(dead("max_batch(5), min_remaining(0)") == pairs{{1, 1}});
    CHECK(dead("min_remaining(0)").empty());
    CHECK(dead("freeze(), max_targets(5)").empty());
    CHECK(
        dead("freeze(mon 00:00, thu 00:00), freeze(wed 00:00, mon 01:00), max_targets(5)").empty());
    CHECK(dead("freeze(mon 00:00, wed 00:00), freeze(tue 00:00, thu 00:00), "
               "freeze(mon 12:00, wed 12:00)") == pairs{{2, 2}});
}
