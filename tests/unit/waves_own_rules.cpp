// SPDX-License-Identifier: BSL-1.0
// How long a run waits for a limit: what the rule says, the time after which to look again, or not
// at all.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace waves_testing;
using shearpin::count, shearpin::duration, shearpin::facts, shearpin::maybe;
using shearpin::progress;
using shearpin::stop_reason;

namespace {

/// Lets go what it is told to, and says when more may as it is told to.
struct moody {
    static constexpr std::string_view name = "moody";
    static inline count allows = 0;
    static inline maybe<duration> says;
    count limit(const facts&) const { return allows; }
    maybe<duration> retry_after(const facts&, count) const { return says; }
};
constexpr auto moods = shearpin::policy{moody{}, shearpin::min_remaining(99)};

struct waited {
    stop_reason why;
    duration how_long;
    std::string for_what;
};
/// A run of one that nothing holds up any more after the first wait.
waited run(maybe<duration> says, duration look_again, shearpin::pool there = {100, 100}) {
    table on;
    on.there = there;
    moody::allows = 0;
    moody::says = says;
    waited found{};
    const auto report = on.guard<moods>().in_waves(rows{1}, {.healthy = well,
                                                             .on_progress =
                                                                 [&](const progress& p) {
                                                                     if (p.waits == duration())
                                                                         return;
                                                                     found.for_what =
                                                                         std::string(p.waits_for);
                                                                     moody::allows = 1;
                                                                     on.there = {100, 100};
                                                                 },
                                                             .look_again = look_again});
    found.why = report.stopped_because();
    found.how_long = report.elapsed();
    CHECK(report.removed() == (report.finished() ? 1 : 0));
    return found;
}

}  // namespace

TEST_CASE("run: a rule that says how long is waited for so long") {
    const auto found = run(duration(30s), 1min);
    CHECK(found.why == stop_reason::finished);
    CHECK(found.how_long == duration(30s));
    CHECK(found.for_what == "rows: moody");
    CHECK(run(duration(90s), 1min).how_long == duration(90s));
    CHECK(run(duration(30s), {}).why == stop_reason::finished);
}

TEST_CASE("run: where none says how long, or none at all, it looks again as often as it was told") {
    for (const maybe<duration> says :
         {maybe<duration>{}, maybe<duration>(duration{}), maybe<duration>(duration(-1s))}) {
        const auto found = run(says, 1min);
        CHECK(found.why == stop_reason::finished);
        CHECK(found.how_long == duration(1min));
        CHECK(found.for_what == "rows: moody");
        // It was not told to look again.
        const auto ended = run(says, {});
        CHECK(ended.why == stop_reason::refused);
        CHECK(ended.how_long == duration());
    }
}

TEST_CASE("run: of several limits, one of which nobody knows how long, the known one is named") {
    const auto found = run(duration(30s), 1min, {100, 99});
    CHECK(found.why == stop_reason::finished);
    CHECK(found.how_long == duration(1min));
    CHECK(found.for_what == "rows: moody");
}

TEST_CASE("run: what can never go is not waited for, whatever a rule says") {
    for (const maybe<duration> says : {maybe<duration>{}, maybe<duration>(duration(30s))}) {
        const auto found = run(says, 1min, {90, 90});
        CHECK(found.why == stop_reason::refused);
        CHECK(found.how_long == duration());
        CHECK(found.for_what.empty());
    }
}
