// SPDX-License-Identifier: BSL-1.0
// Why an override did not help: which of several reasons is told, of which pool, and where none is.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::max_batch, shearpin::max_pools, shearpin::max_unavailable, shearpin::min_remaining,
    shearpin::overridable, shearpin::override_once;

namespace {

constexpr auto soft = shearpin::policy{min_remaining(50_pct), overridable(max_batch(5))};
constexpr auto twice_each =
    shearpin::policy{overridable(max_batch(5)),       overridable(max_batch(5_pct)),
                     overridable(min_remaining(95)),  overridable(min_remaining(95_pct)),
                     overridable(max_unavailable(5)), overridable(max_unavailable(5_pct))};
constexpr auto two_a_pool = shearpin::policy{overridable(max_batch(2))};
constexpr auto one_pool = shearpin::policy{overridable(max_pools(1))};
template <int> struct five_at_most {
    static constexpr std::string_view name = "five_at_most";
    static constexpr shearpin::count limit(const shearpin::facts&) { return 5; }
};
constexpr auto ten_rules = shearpin::policy{
    five_at_most<0>{}, five_at_most<1>{}, five_at_most<2>{}, five_at_most<3>{}, five_at_most<4>{},
    five_at_most<5>{}, five_at_most<6>{}, five_at_most<7>{}, five_at_most<8>{}, five_at_most<9>{}};

constexpr auto hundred = [] { return shearpin::pool{100, 100}; };

/// A rule that says no, and then yes when the reason is looked for.
struct fickle {
    static constexpr std::string_view name = "fickle";
    int* asked;
    [[nodiscard]] shearpin::count limit(const shearpin::facts&) const {
        return ++*asked == 1 ? 0 : 100;
    }
};

struct two_pools {
    [[nodiscard]] bool contains(int) const { return true; }
    [[nodiscard]] std::vector<std::string> pools_of(int id) const {
        return {id < 10 ? "index" : "web"};
    }
    [[nodiscard]] shearpin::pool state(const std::string&) const { return {100, 100}; }
};

struct rig {
    shearpin::manual_clock clock;
    [[nodiscard]] shearpin::override_terms terms(shearpin::count up_to,
                                                 std::string_view pool = "") const {
        return {.up_to = up_to, .until = clock.now() + 1h, .reason = "CHG-17", .pool = pool};
    }
};

/// The lines of the broken rules.
template <class Asking, class What> std::string lines(const Asking& asking, const What& what) {
    const auto decided = asking.check(what);
    if (decided.admitted()) return "";
    const std::string all(decided.why().message());
    const auto first = all.find("  - ");
    return all.substr(first, all.rfind("  called at") - first);
}
bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("an override that is spent is told as spent, whatever else is wrong with it by now") {
    rig on;
    auto remove = shearpin::guard<soft>([](int) {}, hundred).with_clock(on.clock);
    const auto lift = override_once<max_batch>(on.terms(8));
    remove.asking({}).overriding(lift)(8);
    on.clock.advance(2h);
    CHECK(has(lines(remove.asking({}).overriding(lift), 8), "the override of max_batch is spent"));
}

TEST_CASE("a pool's name that is too long is told as such, and not as that of another pool") {
    rig on;
    auto remove = shearpin::guard<soft>([](int) {}, hundred).with_clock(on.clock);
    const std::string long_name(64, 'p');
    const auto lift = override_once<max_batch>(on.terms(8, long_name));
    CHECK(has(lines(remove.asking({}).overriding(lift), 8),
              "the override of max_batch has an id or a pool of more than 63 characters"));
}

TEST_CASE("nothing is said of an override whose rule is not broken") {
    rig on;
    auto remove = shearpin::guard<soft>([](int) {}, hundred).with_clock(on.clock);
    auto terms = on.terms(60);
    const auto lift = override_once<max_batch>(terms);
    CHECK(!has(lines(remove.asking({}).overriding(lift), 51), "override_unusable"));
    terms.until = {};
    const auto endless = override_once<min_remaining>(terms);
    CHECK(!has(lines(remove.asking({}).overriding(endless), 6), "override_unusable"));
}

TEST_CASE("an override that did not help is no limit of its own") {
    rig on;
    auto remove = shearpin::guard<soft>([](int) {}, hundred).with_clock(on.clock);
    auto terms = on.terms(8);
    terms.until = {};
    const auto lift = override_once<max_batch>(terms);
    const auto decided = remove.asking({}).overriding(lift).check(8);
    REQUIRE(decided.why().violations().size() == 2);
    CHECK(decided.why().violations()[1].rule() == "override_unusable");
    CHECK(decided.why().violations()[1].limit() == 0);
    CHECK(decided.why().violations()[1].requested() == 1);
    const auto five = remove.asking({})
                          .overriding(lift)
                          .overriding(lift)
                          .overriding(lift)
                          .overriding(lift)
                          .overriding(lift)
                          .check(8);
    REQUIRE(five.why().violations().size() == 6);
    CHECK(five.why().violations()[5].limit() == 0);
    CHECK(five.why().violations()[5].requested() == 1);
}

TEST_CASE("a limit is told as lifted only where an override lifts it") {
    rig on;
    auto remove = shearpin::guard<soft>([](int) {}, hundred).with_clock(on.clock);
    const auto same = override_once<max_batch>(on.terms(5));
    CHECK(!has(lines(remove.asking({}).overriding(same), 8), "lifted"));
    constexpr static auto closed = shearpin::policy{overridable(shearpin::freeze())};
    auto none = shearpin::guard<closed>([](int) {}, hundred).with_clock(on.clock);
    CHECK(!has(lines(none, 1), "lifted"));
    CHECK(!has(lines(none.asking({}), 1), "lifted"));
}

TEST_CASE("needs_expected: not even one goes where nobody says how many") {
    constexpr static auto says_how_many = shearpin::policy{shearpin::needs_expected()};
    auto remove = shearpin::guard<says_how_many>([](int) {}, hundred);
    CHECK(!remove.check(1).admitted());
    CHECK(remove.check(1).why().violations()[0].limit() == 0);
    CHECK(!remove.asking({.actor = "ann"}).check(1).admitted());
    CHECK(remove.asking({.expected = 1}).check(1).admitted());
    const shearpin::request two{.expected = 2};
    CHECK(shearpin::needs_expected().limit({.pool = {100, 100}, .request = &two}) ==
          ~shearpin::count{0});
}

TEST_CASE("rules of one kind that one override lifts use it up once") {
    rig on;
    int calls = 0;
    auto remove = shearpin::guard<twice_each>([&](int) { ++calls; }, hundred).with_clock(on.clock);
    const auto batch = override_once<max_batch>(on.terms(8));
    const auto floor = override_once<min_remaining>(on.terms(8));
    const auto cap = override_once<max_unavailable>(on.terms(8));
    CHECK(remove.asking({}).overriding(batch).overriding(floor).overriding(cap).try_call(8));
    CHECK(calls == 1);
    for (const auto* each : {&batch, &floor, &cap}) CHECK(each->spent());
}

TEST_CASE("over several pools, what helped the pool that is named is not told as unusable") {
    rig on;
    auto remove = shearpin::guard<two_a_pool>([](const std::vector<int>&) {}, two_pools{})
                      .with_clock(on.clock);
    const auto of_web = override_once<max_batch>(on.terms(3, "web"));
    const std::string told =
        lines(remove.asking({}).overriding(of_web), std::vector<int>{1, 11, 12, 13, 14});
    CHECK(has(told, "web: overridable(max_batch(2)): one call may take 2, lifted to 3"));
    CHECK(!has(told, "override_unusable"));
    const auto of_index = override_once<max_batch>(on.terms(3, "index"));
    const std::string of_the_first =
        lines(remove.asking({}).overriding(of_index), std::vector<int>{1, 2, 3, 4, 11});
    CHECK(has(of_the_first, "index: overridable(max_batch(2)): one call may take 2, lifted to 3"));
    CHECK(!has(of_the_first, "override_unusable"));
}

TEST_CASE("an override as a value: what it is known by, when it may be used, and what it lifts") {
    const auto epoch = shearpin::time_point::since_epoch({});
    const auto by_reason = override_once<max_batch>({.up_to = 8, .reason = "CHG-17"});
    CHECK(by_reason.rule() == "max_batch");
    CHECK(by_reason.identity() == "CHG-17");
    // Without an end it is never valid, whatever the time is.
    CHECK_FALSE(by_reason.valid("web", true, epoch));
    CHECK_FALSE(by_reason.valid("web", true, epoch - 1s));
    CHECK_FALSE(by_reason.valid("web", true, {}));
    const auto by_id = override_once<max_batch>(
        {.up_to = 8, .until = epoch + 1h, .reason = "CHG-17", .pool = "web", .id = "twice"});
    CHECK(by_id.identity() == "twice");
    CHECK(by_id.valid("web", false, epoch));
    CHECK_FALSE(by_id.valid("db", false, epoch));
    CHECK_FALSE(by_id.valid("web", false, {}));
    const auto of_long_name = override_once<max_batch>(
        {.up_to = 8, .until = epoch + 1h, .reason = "CHG-17", .pool = std::string(64, 'x')});
    CHECK_FALSE(of_long_name.valid(of_long_name.terms().pool, false, epoch));
    shearpin::lifted_limits lifts;
    CHECK(lifts.up_to<max_batch>() == 0);
    lifts.add(by_id);
    CHECK(lifts.up_to<max_batch>() == 8);
    CHECK(lifts.up_to<max_unavailable>() == 0);
}

TEST_CASE("how many pools are touched is told of no pool, and why an override did not help there") {
    rig on;
    auto remove =
        shearpin::guard<one_pool>([](const std::vector<int>&) {}, two_pools{}).with_clock(on.clock);
    const std::vector<int> both{1, 11};
    const auto anywhere = override_once<max_pools>(on.terms(2));
    CHECK(has(lines(remove.asking({}).overriding(anywhere), both),
              "the override of max_pools names no pool, and this guard is over several"));
    const auto of_web = override_once<max_pools>(on.terms(2, "web"));
    CHECK(has(lines(remove.asking({}).overriding(of_web), both),
              "the override of max_pools is for web, which is another pool"));
}

TEST_CASE("what was left out of many reasons is counted also beside what the person said") {
    auto remove = shearpin::guard<ten_rules>([](int) {}, hundred);
    CHECK(remove.check(6).why().violations().left_out() == 2);
    const auto decided = remove.asking({.expected = 7}).check(6);
    CHECK(decided.why().violations()[0].rule() == "unexpected_number");
    CHECK(decided.why().violations().size() + decided.why().violations().left_out() == 11);
    CHECK(decided.why().violations().size() == 8);
}

TEST_CASE("a reason that went away stands, beside an override too many") {
    rig on;
    int asked = 0;
    auto remove =
        shearpin::guard(shearpin::policy{fickle{&asked}}, [](int) {}, hundred).with_clock(on.clock);
    const auto lift = override_once<max_batch>(on.terms(8));
    const auto decided = remove.asking({})
                             .overriding(lift)
                             .overriding(lift)
                             .overriding(lift)
                             .overriding(lift)
                             .overriding(lift)
                             .check(1);
    REQUIRE(!decided.admitted());
    CHECK(decided.why().violations()[0].rule() == "reason_gone");
    CHECK(decided.why().violations()[1].rule() == "override_unusable");
}

namespace {
/// What a rule is shown beside the pool.
struct looks_around {
    static constexpr std::string_view name = "looks_around";
    bool* history;
    bool* lifted;
    shearpin::count limit(const shearpin::facts& known) const {
        *history = known.history != nullptr;
        *lifted = known.lifted != nullptr;
        return shearpin::largest_count;
    }
};
}  // namespace

TEST_CASE(
    "a rule is shown no history where there is no ledger, and nothing lifted where nothing is") {
    rig on;
    bool history = true;
    bool lifted = true;
    auto remove = shearpin::guard(
                      shearpin::policy{looks_around{&history, &lifted}}, [](int) {}, hundred)
                      .with_clock(on.clock);
    CHECK(remove.asking({.actor = "ann"}).check(1).admitted());
    CHECK(!history);
    CHECK(!lifted);
    const auto lift = override_once<max_batch>(on.terms(8));
    CHECK(remove.asking({.actor = "ann"}).overriding(lift).check(1).admitted());
    CHECK(lifted);
}
