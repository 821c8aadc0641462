// SPDX-License-Identifier: BSL-1.0
// A limit that is lifted once: by name, bounded, expiring, with a reason; and only where it may be.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::max_batch, shearpin::overridable, shearpin::override_once;

namespace {

constexpr auto at = shearpin::place::here("tool.cpp", 12, "drop_hosts");
constexpr auto soft = shearpin::policy{shearpin::min_remaining(50_pct), overridable(max_batch(5))};
constexpr auto hard = shearpin::policy{max_batch(5)};
constexpr auto soft_and_hard = shearpin::policy{overridable(max_batch(5)), max_batch(10)};
constexpr auto two_soft =
    shearpin::policy{overridable(max_batch(5)), overridable(shearpin::max_targets(6))};

struct half {
    static constexpr std::string_view name = "half";
    static constexpr shearpin::count limit(const shearpin::facts& known) {
        return known.pool.available / 2;
    }
};
/// A rule whose limit is looked at while something else happens, once.
struct interrupted {
    static constexpr std::string_view name = "interrupted";
    static inline std::function<void()> meanwhile;
    static shearpin::count limit(const shearpin::facts&) {
        if (const auto happens = std::exchange(meanwhile, nullptr)) happens();
        return shearpin::largest_count;
    }
};
constexpr auto own_soft = shearpin::policy{overridable(half{})};

constexpr auto hundred = [] { return shearpin::pool{100, 100}; };

/// A guard of this policy at a time that stands still.
template <const auto& Policy> struct rig {
    shearpin::manual_clock clock;
    int calls = 0;

    auto make() {
        return shearpin::guard<Policy>([this](int) { ++calls; }, hundred).with_clock(clock);
    }
    [[nodiscard]] shearpin::override_terms terms(shearpin::count up_to) const {
        return {.up_to = up_to, .until = clock.now() + 1h, .reason = "CHG-17"};
    }
};
template <class Asking> std::string text(const Asking& asking, int number) {
    const auto decided = asking.check(number, at);
    return decided.admitted() ? "" : std::string(decided.why().message());
}
std::string refused(int number, int may_go, std::string_view lines) {
    return "removal refused, nothing was removed: asked for " + std::to_string(number) + ", " +
           std::to_string(may_go) + " may go now\n" + std::string(lines) +
           "  waiting will not help; the request itself must change\n"
           "  called at tool.cpp:12 in drop_hosts";
}
constexpr std::string_view batch_line =
    "  - overridable(max_batch(5)): one call may take 5; asked 8\n";

}  // namespace

TEST_CASE("an override lifts the limit once") {
    rig<soft> on;
    auto remove = on.make();
    const auto lift = override_once<max_batch>(on.terms(8));
    CHECK(text(remove, 8) == refused(8, 5, batch_line));
    CHECK(text(remove.asking({.actor = "ann"}).overriding(lift), 8).empty());
    CHECK(!lift.spent());  // to ask uses nothing up
    remove.asking({.actor = "ann"}).overriding(lift)(8);
    CHECK(on.calls == 1);
    CHECK(lift.spent());
    CHECK(text(remove.asking({}).overriding(lift), 8) ==
          refused(8, 5,
                  std::string(batch_line) + "  - override_unusable: the override of max_batch is "
                                            "spent; give another, with an id or a "
                                            "reason of its own\n"));
    CHECK_THROWS_AS(remove.asking({}).overriding(lift)(8), shearpin::removal_refused);
    CHECK(on.calls == 1);
}

TEST_CASE("an override is spent only where it is needed") {
    rig<soft> on;
    auto remove = on.make();
    const auto lift = override_once<max_batch>(on.terms(8));
    remove.asking({}).overriding(lift)(5);
    CHECK(!lift.spent());
    CHECK_THROWS_AS(remove.asking({}).overriding(lift)(51), shearpin::removal_refused);
    CHECK_THROWS_AS(remove.asking({.expected = 7}).overriding(lift)(8), shearpin::removal_refused);
    CHECK(!lift.spent());  // what was refused has used nothing up
    remove.asking({}).overriding(lift)(8);
    CHECK(lift.spent());
}

TEST_CASE("an override is bounded: up to just what it says") {
    rig<soft> on;
    auto remove = on.make();
    const auto lift = override_once<max_batch>(on.terms(8));
    CHECK(text(remove.asking({}).overriding(lift), 8).empty());
    CHECK(
        text(remove.asking({}).overriding(lift), 9) ==
        refused(
            9, 8,
            "  - overridable(max_batch(5)): one call may take 5, lifted to 8 by an override; asked "
            "9\n"));
    const auto lower = override_once<max_batch>(on.terms(3));
    CHECK(text(remove.asking({}).overriding(lower), 5).empty());  // it never tightens
    CHECK(text(remove.asking({}).overriding(lower), 8) == refused(8, 5, batch_line));
}

TEST_CASE("an override ends at its moment") {
    rig<soft> on;
    auto remove = on.make();
    const auto lift = override_once<max_batch>(on.terms(8));
    on.clock.advance(1h - 1ns);
    CHECK(text(remove.asking({}).overriding(lift), 8).empty());
    on.clock.advance(1ns);
    CHECK(text(remove.asking({}).overriding(lift), 8) ==
          refused(8, 5,
                  std::string(batch_line) +
                      "  - override_unusable: the override of max_batch has expired\n"));
}

TEST_CASE("an override says what it lacks") {
    rig<soft> on;
    auto remove = on.make();
    const auto why = [&](const shearpin::override_terms& terms) {
        const auto lift = override_once<max_batch>(terms);
        return text(remove.asking({}).overriding(lift), 8);
    };
    const auto lacking = [](std::string_view words) {
        return refused(8, 5,
                       std::string(batch_line) +
                           "  - override_unusable: the override of max_batch " +
                           std::string(words) + "\n");
    };
    auto terms = on.terms(8);
    terms.reason = "";
    CHECK(why(terms) == lacking("gives no reason, so it lifts nothing"));
    terms = on.terms(8);
    terms.id = "only an id";
    terms.reason = "";
    CHECK(why(terms) == lacking("gives no reason, so it lifts nothing"));
    terms = on.terms(8);
    terms.until = {};
    CHECK(why(terms) == lacking("has no end; say until when it is valid"));
    terms = on.terms(8);
    terms.pool = "index";
    CHECK(why(terms) == lacking("is for index, which is another pool"));
    terms = on.terms(8);
    terms.id = std::string(64, 'x');
    CHECK(why(terms) == lacking("has an id or a pool of more than 63 characters"));

    auto timeless = shearpin::guard<soft>([](int) {}, hundred);
    const auto lift = override_once<max_batch>(on.terms(8));
    CHECK(text(timeless.asking({}).overriding(lift), 8) ==
          lacking("has an end, and the time is not known; give the guard a clock"));
}

TEST_CASE("hard rules stay hard") {
    rig<hard> on;
    auto remove = on.make();
    const auto lift = override_once<max_batch>(on.terms(8));
    CHECK(text(remove.asking({}).overriding(lift), 8) ==
          refused(8, 5,
                  "  - max_batch(5): one call may take 5; asked 8\n"
                  "  - override_unusable: the override of max_batch cannot help: the policy does "
                  "not say overridable(max_batch) of this rule\n"));
    CHECK(!lift.spent());

    rig<soft> other;
    auto floor = other.make();
    const auto of_floor = override_once<shearpin::min_remaining>(other.terms(80));
    const auto of_batch = override_once<max_batch>(other.terms(80));
    CHECK(!floor.asking({}).overriding(of_floor).overriding(of_batch).check(51).admitted());
    CHECK(floor.asking({}).overriding(of_floor).overriding(of_batch).check(50).admitted());

    rig<soft_and_hard> both;
    auto bounded = both.make();
    const auto far = override_once<max_batch>(both.terms(80));
    CHECK(bounded.asking({}).overriding(far).check(10).admitted());
    CHECK(!bounded.asking({}).overriding(far).check(11).admitted());
}

TEST_CASE("no override lets more go than is there") {
    rig<two_soft> on;
    auto remove = on.make();
    const auto batch = override_once<max_batch>(on.terms(1000));
    const auto heads = override_once<shearpin::max_targets>(on.terms(1000));
    CHECK(remove.asking({}).overriding(batch).overriding(heads).check(100).admitted());
    CHECK(!remove.asking({}).overriding(batch).overriding(heads).check(101).admitted());
}

TEST_CASE("several overrides: each that is needed is spent, and no other") {
    rig<two_soft> on;
    auto remove = on.make();
    const auto batch = override_once<max_batch>(on.terms(8));
    const auto heads = override_once<shearpin::max_targets>(on.terms(8));
    CHECK(!remove.asking({}).overriding(batch).check(8).admitted());
    remove.asking({}).overriding(batch).overriding(heads)(6);
    CHECK(batch.spent());
    CHECK(!heads.spent());
    const auto again = override_once<max_batch>(on.terms(8));
    remove.asking({}).overriding(again).overriding(heads)(8);
    CHECK(again.spent());
    CHECK(heads.spent());
    CHECK(on.calls == 2);
}

TEST_CASE("a fifth override lifts nothing, and the refusal says so") {
    rig<soft> on;
    auto remove = on.make();
    const auto floor = override_once<shearpin::min_remaining>(on.terms(8));
    const auto fifth = override_once<max_batch>(on.terms(8));
    const auto five = remove.asking({})
                          .overriding(floor)
                          .overriding(floor)
                          .overriding(floor)
                          .overriding(floor)
                          .overriding(fifth);
    CHECK(text(five, 8) ==
          refused(8, 5,
                  std::string(batch_line) + "  - override_unusable: the override of max_batch "
                                            "came after four others, and a call takes four\n"));
}

TEST_CASE(
    "of one call so many overrides are kept as there is room for, and the rest lifts nothing") {
    rig<soft> on;
    const auto eight = override_once<max_batch>(on.terms(8));
    const auto nine = override_once<max_batch>(on.terms(9));
    shearpin::lifted_limits lifts;
    for (std::size_t each = 0; each != lifts.room; ++each) lifts.add(eight);
    lifts.add(nine);
    CHECK(lifts.size() == lifts.room);
    CHECK(!lifts.has(nine));
    CHECK(lifts.up_to<max_batch>() == 8);
}

TEST_CASE("of two threads that use one override, one removes") {
    for (int round = 0; round != 200; ++round) {
        shearpin::manual_clock clock;
        std::atomic<int> calls = 0;
        auto remove = shearpin::guard<soft>([&](int) { ++calls; }, hundred).with_clock(clock);
        const auto lift =
            override_once<max_batch>({.up_to = 8, .until = clock.now() + 1h, .reason = "CHG-17"});
        std::atomic<int> ready = 0;
        std::atomic<int> admitted = 0;
        const auto race = [&] {
            ++ready;
            while (ready != 2) {
            }
            if (remove.asking({}).overriding(lift).try_call(8).has_value()) ++admitted;
        };
        std::thread other(race);
        race();
        other.join();
        CHECK(admitted == 1);
        CHECK(calls == 1);
    }
}

TEST_CASE("over several pools an override is of the pool that it names") {
    struct fleet {
        [[nodiscard]] bool contains(int) const { return true; }
        [[nodiscard]] std::vector<std::string> pools_of(int id) const {
            return {id < 10 ? "index" : "web"};
        }
        [[nodiscard]] shearpin::pool state(const std::string&) const { return {100, 100}; }
    };
    constexpr static auto two = shearpin::policy{overridable(max_batch(2))};
    shearpin::manual_clock clock;
    int calls = 0;
    auto remove =
        shearpin::guard<two>([&](const std::vector<int>&) { ++calls; }, fleet{}).with_clock(clock);
    const std::vector<int> index{1, 2, 3};
    const std::vector<int> web{11, 12, 13};
    const shearpin::override_terms unnamed{
        .up_to = 3, .until = clock.now() + 1h, .reason = "CHG-17"};
    auto named = unnamed;
    named.pool = "index";
    const auto anywhere = override_once<max_batch>(unnamed);
    const auto of_index = override_once<max_batch>(named);

    const auto why = [&](const shearpin::override_grant& lift, const std::vector<int>& targets) {
        const auto decided = remove.asking({}).overriding(lift).check(targets);
        return decided.admitted() ? "" : std::string(decided.why().message());
    };
    CHECK(why(anywhere, index)
              .find("the override of max_batch names no pool, and this guard is "
                    "over several") != std::string::npos);
    CHECK(
        why(of_index, web).find("the override of max_batch is for index, which is another pool") !=
        std::string::npos);
    CHECK(why(of_index, index).empty());
    CHECK(!why(of_index, {1, 2, 3, 11, 12, 13}).empty());
    CHECK(why(of_index, {1, 2, 3, 11, 12}).empty());
    remove.asking({}).overriding(of_index)(index);
    CHECK(of_index.spent());
    CHECK(calls == 1);
    CHECK(why(of_index, index).find("is spent") != std::string::npos);
}

TEST_CASE("an override is for no pool whose name does not fit: another may begin like it") {
    const std::string start(80, 'p');
    struct fleet {
        std::string start;
        [[nodiscard]] bool contains(int) const { return true; }
        [[nodiscard]] std::vector<std::string> pools_of(int id) const {
            return {start + (id < 10 ? "index" : "web")};
        }
        [[nodiscard]] shearpin::pool state(const std::string&) const { return {100, 100}; }
    };
    constexpr static auto two = shearpin::policy{overridable(max_batch(2))};
    shearpin::manual_clock clock;
    auto remove =
        shearpin::guard<two>([](const std::vector<int>&) {}, fleet{start}).with_clock(clock);
    const std::vector<int> index{1, 2, 3};
    const auto shown = remove.check(index).why().violations()[0].pool();
    for (const std::string& name : {start + "index", std::string(shown)}) {
        const auto lift = override_once<max_batch>(
            {.up_to = 3, .until = clock.now() + 1h, .reason = "CHG-17", .pool = name});
        CHECK(!remove.asking({}).overriding(lift).check(index).admitted());
    }
}

TEST_CASE("overridable keeps the rule's words, limit and static checks") {
    constexpr auto rule = overridable(max_batch(5_pct));
    static_assert(rule.limit({.pool = {100, 100}}) == 5);
    static_assert(std::string_view(decltype(rule)::name) == "max_batch");
    static_assert(!shearpin::policy{rule}.admits(shearpin::pool{100, 100}, 6));
    rig<own_soft> on;
    auto remove = on.make();
    const auto lift = override_once<half>(on.terms(60));
    CHECK(text(remove.asking({}).overriding(lift), 61) ==
          "removal refused, nothing was removed: asked for 61, 60 may go now\n"
          "  - overridable(half): 50 may go now, lifted to 60 by an override; asked 61\n"
          "  it may pass later; how soon is not known\n"
          "  called at tool.cpp:12 in drop_hosts");
    CHECK(text(remove, 51).find("overridable(half): 50 may go now; asked 51") != std::string::npos);
}

TEST_CASE("a batch of known size that an override may lift compiles, and is judged") {
    shearpin::manual_clock clock;
    auto remove =
        shearpin::guard<soft>([](const std::array<int, 8>&) {}, hundred).with_clock(clock);
    const std::array<int, 8> eight{1, 2, 3, 4, 5, 6, 7, 8};
    const auto lift =
        override_once<max_batch>({.up_to = 8, .until = clock.now() + 1h, .reason = "CHG-17"});
    CHECK(!remove.try_call(eight).has_value());
    CHECK(remove.asking({}).overriding(lift).try_call(eight).has_value());
}

TEST_CASE("an override that is used between the look and the removal lets nothing go") {
    rig<soft> on;
    auto other = on.make();
    const auto lift = override_once<max_batch>(on.terms(8));
    int calls = 0;
    auto remove = shearpin::guard(
                      shearpin::policy{overridable(max_batch(5)), interrupted{}},
                      [&](int) { ++calls; }, hundred)
                      .with_clock(on.clock);
    interrupted::meanwhile = [&] { other.asking({}).overriding(lift)(8); };
    const auto late = remove.asking({}).overriding(lift).try_call(8, at);
    REQUIRE(!late.has_value());
    CHECK(late.error().violations()[0].rule() == "override_spent_meanwhile");
    CHECK(on.calls == 1);
    CHECK(calls == 0);
}
