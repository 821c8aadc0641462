// SPDX-License-Identifier: BSL-1.0
// Plans by rules of the user's own that do not keep to what a rule should be: each plan ends, and
// says by what.
#include "plan_testing.hpp"

#include <doctest/doctest.h>

#include <string_view>

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
    static constexpr shearpin::need needs = shearpin::need::clock;
    count limit(const facts& known) const {
        const auto begun = shearpin::date(2026, 1, 1).begins();
        return known.now < begun + duration::seconds(static_cast<long>(waits)) ? 0 : 1;
    }
    shearpin::maybe<duration> retry_after(const facts&, count) const { return in; }
};
constexpr policy moods{fickle{}};
constexpr policy promises{promising{}};

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
        const auto made = plan_by<promises>(1);
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
