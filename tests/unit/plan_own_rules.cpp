// SPDX-License-Identifier: BSL-1.0
// Plans by rules of the user's own that do not keep to what a rule should be: each plan ends, and
// says by what.
#include "plan_testing.hpp"

#include <doctest/doctest.h>

#include <string_view>
#include <type_traits>

using namespace plan_testing;
using shearpin::count, shearpin::duration, shearpin::facts, shearpin::policy;

namespace {

/// A rule that says another thing each time that it is asked.
struct fickle {
    static constexpr std::string_view name = "fickle";
    static inline int asked = 0;
    static inline int at = 0;  // this time it says `then`
    static inline count then = 0;
    count limit(const facts&) const { return ++asked == at ? then : 5; }
};
/// One that lets nothing go, and says so soon something may.
struct promising {
    static constexpr std::string_view name = "promising";
    static inline duration in{};
    static inline count waits = 0;  // so many seconds after the first of January it does
    static inline int asked = 0;
    static constexpr shearpin::need needs = shearpin::need::clock;
    count limit(const facts& known) const {
        ++asked;
        const auto begun = shearpin::date(2026, 1, 1).begins();
        return known.now < begun + duration::seconds(static_cast<long>(waits)) ? 0 : 1;
    }
    shearpin::maybe<duration> retry_after(const facts&, count) const { return in; }
};
/// No more than four in an hour, as the past tells it in one measure; how soon, it does not say.
template <shearpin::measure Which> struct four_an_hour {
    static constexpr std::string_view name = "four_an_hour";
    static constexpr shearpin::measure measures = Which;
    static constexpr shearpin::need needs = shearpin::need::history;
    static constexpr duration looks_back() { return duration::hours(1); }
    count limit(const facts& known) const {
        const count gone = known.history->removed_within(looks_back())[Which];
        return gone < 4 ? 4 - gone : 0;
    }
};
template <shearpin::measure Which> constexpr policy fours{four_an_hour<Which>{}};

/// One that lets one go in every 10000th second, and says that it may in the next.
struct seldom {
    static constexpr std::string_view name = "seldom";
    static constexpr shearpin::need needs = shearpin::need::clock;
    count limit(const facts& known) const {
        const auto since = known.now - shearpin::date(2026, 1, 1).begins();
        return since.in_nanoseconds() % 10'000'000'000'000 == 0 ? 1 : 0;
    }
    shearpin::maybe<duration> retry_after(const facts&, count) const {
        return duration::seconds(1);
    }
};

/// One that says more than anybody reads.
struct talkative {
    static constexpr std::string_view name = "talkative";
    count limit(const facts&) const { return 0; }
    void explain(const facts&, shearpin::writer& out) const {
        for (int word = 0; word != 600; ++word) out.put("x");
    }
};

constexpr policy moods{fickle{}};
constexpr policy promises{promising{}};
constexpr policy rarely{seldom{}};
constexpr policy talks{talkative{}};
constexpr policy equal_caps{shearpin::max_batch(3), shearpin::max_targets(3)};
constexpr policy equal_waits{shearpin::cooldown(duration::hours(1)),
                             shearpin::max_rate(2, duration::hours(1))};

template <const auto& Policy> shearpin::plan plan_by(int number) {
    shearpin::manual_clock clock;
    return shearpin::guard<Policy>([](int) {}, [] { return shearpin::pool{100, 100}; })
        .with_clock(clock)
        .plan(number);
}

}  // namespace

TEST_CASE("plan: a limit whose reason is gone when it is looked for ends it") {
    fickle::then = 0;
    int ended = 0;
    for (fickle::at = 1; fickle::at != 16; ++fickle::at) {
        CAPTURE(fickle::at);
        fickle::asked = 0;
        const auto made = plan_by<moods>(3);
        if (made.complete()) {
            CHECK(waves(made) == "3@0s");
            continue;
        }
        ++ended;
        CHECK(made.waves().empty());
        CHECK(why(made) == "reason_gone: the reason was gone when it was looked for; ask again\n");
        CHECK(made.why()->violations()[0].limit() == 0);
        CHECK(made.why()->violations()[0].requested() == 1);
    }
    CHECK(ended == 1);
}

TEST_CASE("plan: nobody holds up a wave whose limit is gone when it is looked for") {
    fickle::then = 2;
    int halved = 0;
    for (fickle::at = 1; fickle::at != 16; ++fickle::at) {
        CAPTURE(fickle::at);
        fickle::asked = 0;
        const auto made = plan_by<moods>(3);
        CHECK(made.complete());
        if (made.waves().size() == 1) continue;
        ++halved;
        CHECK(waves(made) == "2@0s 1@0s");
        CHECK_FALSE(made.waves()[0].held_up_by().given());
    }
    CHECK(halved == 1);
}

TEST_CASE("plan: a wait that is none ends it") {
    promising::waits = 10;
    for (const auto wait : {duration{}, duration::seconds(-1)}) {
        promising::in = wait;
        promising::asked = 0;
        const auto made = plan_by<promises>(1);
        CHECK(promising::asked < 100);  // at once
        CHECK(made.waves().empty());
        REQUIRE(made.why() != nullptr);
        CHECK(made.why()->violations()[0].rule() == "promising");
    }
    promising::in = duration::seconds(1);
    CHECK(waves(plan_by<promises>(2)) == "1@10s 1@10s");
}

TEST_CASE("plan: who is put off again and again is so no more than 10000 times for one wave") {
    promising::in = duration::seconds(1);
    promising::waits = shearpin::plan::most_waits - 1;
    CHECK(plan_by<promises>(2).complete());
    promising::waits = shearpin::plan::most_waits;
    const auto made = plan_by<promises>(2);
    CHECK(made.waves().empty());
    REQUIRE(made.why() != nullptr);
    CHECK(made.why()->violations()[0].rule() == "promising");
}

TEST_CASE_TEMPLATE("plan: a rule of one's own sees what the plan takes, in each measure", Measure,
                   std::integral_constant<shearpin::measure, shearpin::measure::serving>,
                   std::integral_constant<shearpin::measure, shearpin::measure::amount>,
                   std::integral_constant<shearpin::measure, shearpin::measure::heads>) {
    guard_ledger_testing::rig on;
    auto remove = on.guard<fours<Measure::value>>();
    CHECK(waves(remove.plan(6, {.ramp = {3}})) == "3@0s 1@0s");
    // With what is on the ledger already.
    remove(1);
    CHECK(waves(remove.plan(6, {.ramp = {2}})) == "2@0s 1@0s");
    CHECK(waves(remove.plan(6, {.soak = duration::minutes(30), .ramp = {1, 2}})) ==
          "1@0s 2@30min 2@1h 1@1h30min");
}

TEST_CASE("plan: the waits for one wave are not those for the next") {
    shearpin::manual_clock clock;
    const auto made = shearpin::guard<rarely>([](int) {}, [] { return shearpin::pool{100, 100}; })
                          .with_clock(clock)
                          .plan(3, {.soak = duration::seconds(1)});
    CHECK(made.complete());
    CHECK(waves(made) == "1@0s 1@2h46min40s 1@5h33min20s");
}

TEST_CASE("plan: of two limits that are equal the first is named, and of two waits") {
    CHECK(plan_by<equal_caps>(5).waves()[0].held_up_by().text() == "max_batch(3)");
    guard_ledger_testing::rig on;
    const auto made = on.guard<equal_waits>().plan(4);
    CHECK(waves(made) == "2@0s 2@1h");
    CHECK(made.waves()[1].waited_for().text() == "rows: cooldown(1h)");
}

TEST_CASE("plan: of one pool that may go alone, as of several, none where none may be touched") {
    const auto plan_with = [](shearpin::count pools) {
        return shearpin::guard(
                   policy{*shearpin::max_pools::from(pools)}, [](int) {},
                   [] { return shearpin::pool{9, 9}; })
            .plan(2);
    };
    CHECK(waves(plan_with(1)) == "2@0s");
    const auto none = plan_with(0);
    CHECK(none.waves().empty());
    REQUIRE(none.why() != nullptr);
    CHECK(none.why()->violations()[0].rule() == "max_pools");
    CHECK(none.why()->requested() == 1);
}

TEST_CASE("plan: of a reason as much is told as 511 letters hold, to people and to programs") {
    const auto made = plan_by<talks>(1);
    const std::string told = "talkative: " + std::string(511 - 11 - 3, 'x') + "...";
    CHECK(made.text().find("  - " + told + "\n") != std::string::npos);
    CHECK(made.to_json().find("\"text\":\"" + told + "\"") != std::string::npos);
}
