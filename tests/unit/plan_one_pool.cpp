// SPDX-License-Identifier: BSL-1.0
// Plans over one pool: which waves, when, what sets the pace, and what is not possible and why.
#include "plan_testing.hpp"

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <set>
#include <span>
#include <string>
#include <vector>

using namespace guard_ledger_testing;
using namespace plan_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::policy;

namespace {

constexpr auto hourly =
    policy{shearpin::min_remaining(980), shearpin::max_batch(5), shearpin::max_rate(10, 1h)};
constexpr auto resting = policy{shearpin::max_batch(3), shearpin::cooldown(10min)};
constexpr auto nights =
    policy{shearpin::max_batch(2), shearpin::max_rate(2, 1h),
           shearpin::freeze(shearpin::window::weekly(shearpin::weekday::thursday, 1h,
                                                     shearpin::weekday::thursday, 5h))};
constexpr auto two_agree = policy{shearpin::approvals(2, shearpin::above(3))};
constexpr auto known = policy{shearpin::needs_expected(), shearpin::max_batch(2)};
struct remote_bytes : bytes {
    static constexpr bool is_remote() { return true; }
};
constexpr auto small = policy{shearpin::max_batch(1)};
constexpr auto shrinking = policy{shearpin::quorum(shearpin::membership::shrinks)};
constexpr auto peaks =
    policy{shearpin::min_remaining(90_pct, shearpin::of_peak(1h)), shearpin::max_batch(60)};
constexpr auto flying = policy{shearpin::max_in_flight(4)};
constexpr auto twentieth = policy{shearpin::max_batch(5_pct)};

}  // namespace

TEST_CASE_TEMPLATE("plan: take the limit, let time go by, again", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<hourly>();
    const auto made = remove.plan(18);
    CHECK(waves(made) == "5@0s 5@0s 5@1h 3@1h");
    CHECK(made.complete());
    CHECK(made.sound());
    CHECK(made.why() == nullptr);
    CHECK(made.asked() == 18);
    CHECK(made.planned() == 18);
    CHECK(made.takes() == shearpin::duration(1h));
    CHECK(made.waves()[1].first() == 5);
    CHECK(made.waves()[1].last() == 9);
    CHECK(made.waves()[0].held_up_by().text() == "rows: max_batch(5)");
    CHECK_FALSE(made.waves()[0].waited_for().given());
    CHECK(made.waves()[2].waited_for().text() == "rows: max_rate(10, 1h)");
    CHECK_FALSE(made.waves()[3].held_up_by().given());
    CHECK(made.paced_by().text() == "rows: max_rate(10, 1h)");
    CHECK(made.pools() == std::vector<shearpin::planned_pool>{{"rows", {1000, 1000}}});
    // Nothing is removed, nothing is reserved, and it may be asked again.
    CHECK(on.gone == 0);
    CHECK(on.record.entries().entries.empty());
    CHECK(waves(remove.plan(18)) == "5@0s 5@0s 5@1h 3@1h");
}

TEST_CASE("plan: what was removed before counts, and so does what is being removed") {
    rig on;
    auto remove = on.guard<hourly>();
    remove(5);
    on.clock.advance(20min);
    remove(4);
    CHECK(waves(remove.plan(11)) == "1@0s 5@40min 5@1h");
    std::string inside;
    on.in_removal = [&] { inside = waves(remove.plan(2)); };
    remove(1);
    CHECK(inside == "2@40min");  // the open one is counted, whole, and nobody knows how long
    on.in_removal = [&] { inside = why(on.guard<flying>().plan(1)); };
    on.clock.advance(1h);
    remove(4);
    CHECK(inside ==
          "rows: max_in_flight(4): 4 are being removed and 4 may be at a time, so none may go; "
          "asked 1\n");
}

TEST_CASE("plan: what is not possible says how far it goes and why it ends") {
    rig on;
    const auto made = on.guard<hourly>().plan(40);
    CHECK(waves(made) == "5@0s 5@0s 5@1h 5@1h");
    CHECK_FALSE(made.complete());
    CHECK(made.sound());
    CHECK(made.planned() == 20);
    CHECK(made.asked() == 40);
    REQUIRE(made.why() != nullptr);
    CHECK(made.why()->kind() == shearpin::answer::refused_for_now);
    CHECK(why(made) ==
          "rows: min_remaining(980): 980 of 1000 serve and 980 must stay, so none may go; asked "
          "1\n"
          "rows: max_rate(10, 1h): 10 may go in 1h and 10 have gone, so none may go; asked 1\n");
    CHECK(made.waves().back().held_up_by().text() == "rows: min_remaining(980)");

    on.there = {19, 19};
    const auto for_ever = on.guard<twentieth>().plan(1);
    CHECK(for_ever.waves().empty());
    CHECK(for_ever.sound());
    CHECK(for_ever.planned() == 0);
    CHECK(for_ever.takes() == shearpin::duration());
    REQUIRE(for_ever.why() != nullptr);
    CHECK(for_ever.why()->kind() == shearpin::answer::refused_for_good);
    CHECK(why(for_ever) == "rows: max_batch(5%): one call may take 0 of a pool of 19; asked 1\n");
}

TEST_CASE("plan: a cooldown begins anew with each wave") {
    rig on;
    const auto made = on.guard<resting>().plan(8);
    CHECK(waves(made) == "3@0s 3@10min 2@20min");
    CHECK(made.paced_by().text() == "rows: cooldown(10min)");
    auto remove = on.guard<resting>();
    remove(1);
    on.clock.advance(4min);
    CHECK(waves(remove.plan(4)) == "3@6min 1@16min");
}

TEST_CASE("plan: windows in which nothing may go are waited for, one after the other") {
    rig on;  // 2026-01-01T00:00Z is a Thursday
    const auto made = on.guard<nights>().plan(6);
    CHECK(waves(made) == "2@0s 2@5h 2@6h");
    CHECK(made.waves()[1].waited_for().text() == "rows: freeze(thu 01:00, thu 05:00)");
}

TEST_CASE("plan: soaks and ramps are part of it") {
    rig on;
    auto remove = on.guard<hourly>();
    CHECK(waves(remove.plan(12, {.soak = 5min})) == "5@0s 5@5min 2@1h");
    const auto made = remove.plan(20, {.soak = 5min, .ramp = {1, 10_pct}});
    CHECK(waves(made) == "1@0s 2@5min 5@10min 2@15min 1@1h 2@1h5min 5@1h10min 2@1h15min");
    CHECK(made.waves()[0].held_up_by().text() == "ramp");
    CHECK(made.waves()[1].waited_for().text() == "soak");
    CHECK(waves(on.guard<small>().plan(2, {.ramp = {1, 1, 7}})) == "1@0s 1@0s");
    CHECK(waves(remove.plan(8, {.ramp = {0, 1_pct, 3}})) == "1@0s 1@0s 3@0s 3@0s");
    constexpr shearpin::ramp steps{1, 10_pct};
    static_assert(steps.most(0, 200) == 1 && steps.most(1, 200) == 20 && steps.most(1, 5) == 1);
    static_assert(steps.most(2, 200) == ~shearpin::count{0});
    static_assert(shearpin::ramp().most(0, 200) == ~shearpin::count{0});
}

TEST_CASE("plan: what the person says is looked at") {
    rig on;
    auto remove = on.guard<two_agree>();
    CHECK(waves(remove.plan(3)) == "3@0s");
    // A run is one removal: that each wave of it could go without does not make it smaller.
    const auto unsaid = remove.plan(4);
    CHECK_FALSE(unsaid.sound());
    CHECK(waves(unsaid) == "");
    CHECK(why(unsaid) ==
          "rows: approvals(2, above(3)): more than 3 needs 2 other people, and nobody approved; "
          "asked 4\n");
    CHECK(waves(remove.asking({.actor = "ann", .approvers = {"bob", "eve"}}).plan(4)) == "4@0s");
    auto expecting = on.guard<known>();
    CHECK(why(expecting.plan(4)) ==
          "rows: needs_expected(): say how many targets you expect to remove, or which\n");
    CHECK(waves(expecting.asking({.expected = 4}).plan(4)) == "2@0s 2@0s");
    const auto other = expecting.asking({.expected = 5}).plan(4);
    CHECK_FALSE(other.sound());
    CHECK(why(other).find("expected") != std::string::npos);
}

TEST_CASE("plan: what is wrong with the whole selection leaves no plan at all") {
    rig on;
    auto remove =
        shearpin::guard<hourly>([](const std::vector<std::string>&) {}, [&] { return on.there; })
            .with_ledger(on.record, "rows")
            .with_clock(on.clock);
    using names = std::vector<std::string>;
    const auto twice = remove.plan(names{"a", "b", "c", "d", "e", "f", "a"});
    CHECK_FALSE(twice.sound());
    CHECK(twice.waves().empty());
    CHECK(why(twice) == "named_twice: a: selected more than once\n");
    CHECK(why(remove.plan(names{})) ==
          "empty_selection: nothing is selected, and nothing never means everything\n");
    CHECK(why(on.guard<hourly>().plan(0)) ==
          "empty_selection: nothing is selected, and nothing never means everything\n");
    CHECK(why(on.guard<hourly>().plan(-1)) ==
          "impossible_request: a negative amount, or 2^63 and more\n");
    on.there.size = ~shearpin::count{0};
    const auto impossible = on.guard<hourly>().plan(2);
    CHECK(impossible.waves().empty());
    CHECK(why(impossible).find("impossible_pool") != std::string::npos);
}

TEST_CASE("plan: a ledger that cannot be read leaves no plan") {
    bytes store;
    store.on_load = [](shearpin::loaded& answer) {
        answer = {{}, 0, false, "the disk is gone"};
        return true;
    };
    rig<bytes> on(store);
    const auto made = on.guard<hourly>().plan(2);
    CHECK_FALSE(made.sound());
    REQUIRE(made.why() != nullptr);
    CHECK(made.why()->violations()[0].rule() == "ledger_unavailable");
}

TEST_CASE("plan: nor does one that cannot be read any more while it is made") {
    remote_bytes store;  // of which a first look may be a guess
    bool is_gone = false;
    store.on_load = [&](shearpin::loaded& answer) {
        answer = {{}, 0, false, "the disk is gone"};
        return is_gone;
    };
    rig<remote_bytes> on(store);
    auto remove = on.guard<hourly>();
    remove(1);
    CHECK(waves(remove.plan(2)) == "2@0s");
    on.in_world = [&] { is_gone = true; };
    const auto made = remove.plan(2);
    CHECK_FALSE(made.sound());
    CHECK(why(made) == "ledger_unavailable: the disk is gone\n");
}

TEST_CASE("plan: without ledger and clock, for policies that need none") {
    auto remove = shearpin::guard<small>([](int) {}, [] { return shearpin::pool{3, 3}; });
    CHECK(waves(remove.plan(3)) == "1@0s 1@0s 1@0s");
    const auto more = remove.plan(4, {.soak = 1min});
    CHECK(waves(more) == "1@0s 1@1min 1@2min");
    CHECK(why(more) == "more_than_available: only 0 of 3 serve; asked 1\n");
}

TEST_CASE("plan: members that are removed for good, and peaks that go out of sight") {
    rig on;
    on.there = {7, 6};
    CHECK(waves(on.guard<shrinking>().plan(9)) == "1@0s 1@0s 1@0s 1@0s");
    on.there = {100, 100};
    // Of the largest size of the last hour, and the size does not shrink by what is planned.
    CHECK(waves(on.guard<peaks>().plan(30)) == "");  // a pool never seen needs a baseline
    auto first = on.guard<flying>();
    first(1);
    CHECK(waves(on.guard<peaks>().plan(30)) == "10@0s");
}

TEST_CASE("plan: more waves than can be read are not planned") {
    auto remove =
        shearpin::guard<small>([](int) {}, [] { return shearpin::pool{200'000, 200'000}; });
    const auto made = remove.plan(150'000);
    CHECK(made.waves().size() == shearpin::plan::most_waves);
    CHECK_FALSE(made.complete());
    CHECK(why(made) ==
          "too_many_waves: a plan has at most 100000 waves; plan what is left when those are "
          "done\n");
    CHECK(made.planned() == 100'000);
    CHECK(made.why()->requested() == 50'000);
    CHECK(made.why()->violations()[0].requested() == 50'000);
    CHECK(made.why()->violations()[0].limit() == 0);
}

TEST_CASE("plan: takes any list of targets") {
    const auto see = [] { return shearpin::pool{9, 9}; };
    auto span = shearpin::guard<small>([](std::span<const int>) {}, see);
    const std::array<int, 3> array{1, 2, 3};
    const int bare[] = {4, 5};
    CHECK(span.plan(array).waves().size() == 3);
    CHECK(span.plan(bare).waves().size() == 2);
    CHECK(span.plan(std::vector<int>{1, 2}).waves().size() == 2);
    CHECK(span.plan(std::span<const int>(array)).waves()[2].first_target() == "3");
    auto set = shearpin::guard<small>([](const std::set<std::string>&) {}, see);
    const auto of_set = set.plan(std::set<std::string>{"b", "a"});
    CHECK(of_set.waves()[0].first_target() == "a");
    CHECK(of_set.waves()[1].last_target() == "b");
    const std::string long_name(80, 'a');
    CHECK(set.plan(std::set{long_name}).waves()[0].first_target() ==
          long_name.substr(0, 60) + "...");
}

TEST_CASE("plan: one that nobody made is of none, and was made from nothing") {
    const shearpin::plan none;
    CHECK(none.asked() == 0);
    CHECK(none.planned() == 0);
    CHECK(none.text() == "none of 0 targets can go\n");
    CHECK(none.made_from() == shearpin::fingerprint{0, 0, 0});
    CHECK_FALSE(none.made_from().given());
    CHECK(shearpin::fingerprint{1, 0, 0}.given());
}
