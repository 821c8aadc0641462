// SPDX-License-Identifier: BSL-1.0
// Plans as people and as programs read them.
#include "waves_testing.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

using namespace waves_testing;
using namespace shearpin::literals;

namespace {

constexpr auto ones = shearpin::policy{shearpin::max_batch(1)};
constexpr auto by_threes = shearpin::policy{shearpin::max_batch(3)};

/// Of these, more are broken at once than a decision over one pool keeps.
template <int N> struct nth {
    static constexpr std::string_view name = "nth";
    static constexpr shearpin::count limit(const shearpin::facts&) { return 1; }
};
constexpr auto ten = shearpin::policy{nth<1>{}, nth<2>{}, nth<3>{}, nth<4>{}, nth<5>{},
                                      nth<6>{}, nth<7>{}, nth<8>{}, nth<9>{}, nth<10>{}};

/// A target that has no text.
struct nameless {
    int key = 0;
    friend bool operator<(nameless left, nameless right) { return left.key < right.key; }
};

}  // namespace

TEST_CASE("plan text: a table that a person reads and that stands in a change ticket") {
    table on;
    auto remove = on.guard<hourly>();
    const auto made = remove.plan(numbered(18));
    CHECK(made.text() ==
          "18 targets in 4 waves, the last one 1h after the first; paced by rows: max_rate(10, "
          "1h)\n"
          "  wave  after  targets  which     waits for               held up by\n"
          "     1     0s        5  1 to 5                            rows: max_batch(5)\n"
          "     2     0s        5  6 to 10                           rows: max_batch(5)\n"
          "     3     1h        5  11 to 15  rows: max_rate(10, 1h)  rows: max_batch(5)\n"
          "     4     1h        3  16 to 18\n"
          "pool rows: 100 of 100 serve\n"
          "made from " +
              made.made_from().text() + "\n");
    CHECK(remove.plan(rows{7}).text() ==
          "1 target in 1 wave\n"
          "  wave  after  targets  which  waits for  held up by\n"
          "     1     0s        1  7\n"
          "pool rows: 100 of 100 serve\n"
          "made from " +
              remove.plan(rows{7}).made_from().text() + "\n");
}

TEST_CASE("plan text: what is not possible, and what is no plan") {
    table on;
    auto remove = on.guard<hourly>();
    on.there = {100, 83};
    const auto made = remove.plan(numbered(5), {.soak = 90s, .ramp = {1}});
    CHECK(made.text() ==
          "only 3 of 5 targets in 2 waves, the last one 1min30s after the first; paced by soak\n"
          "  wave    after  targets  which   waits for  held up by\n"
          "     1       0s        1  1                  ramp\n"
          "     2  1min30s        2  2 to 3  soak       rows: min_remaining(80)\n"
          "the next one, number 4, cannot go; how soon it may is not known:\n"
          "  - rows: min_remaining(80): 80 of 100 serve and 80 must stay, so none may go; asked 1\n"
          "pool rows: 83 of 100 serve\n"
          "made from " +
              made.made_from().text() + "\n");
    // Of two that held up as many waves, the first sets the pace.
    CHECK(on.guard<by_threes>().plan(numbered(3), {.ramp = {1, 1}}).paced_by().text() == "ramp");
    CHECK(on.guard<by_threes>().plan(numbered(5), {.ramp = {1}}).paced_by().text() == "ramp");
    CHECK(on.guard<by_threes>().plan(numbered(8), {.ramp = {1}}).paced_by().text() ==
          "rows: max_batch(3)");
    CHECK(remove.plan(rows{1, 1}).text() ==
          "there is no plan for these 2 targets:\n"
          "  - named_twice: 1: selected more than once\n");
    CHECK(shearpin::guard<ones>([](int) {}, [] { return shearpin::pool{0, 0}; }).plan(2).text() ==
          "none of 2 can go\n"
          "the next one, number 1, cannot go, and waiting will not help:\n"
          "  - more_than_available: only 0 of 0 serve; asked 1\n"
          "the pool: 0 of 0 serve\n"
          "made from " +
              shearpin::guard<ones>([](int) {}, [] { return shearpin::pool{0, 0}; })
                  .plan(2)
                  .made_from()
                  .text() +
              "\n");
}

TEST_CASE("plan text: many waves are shown by their ends, and no name breaks a line") {
    auto remove = shearpin::guard<ones>([](int) {}, [] { return shearpin::pool{99, 99}; });
    const std::string text = remove.plan(99).text();
    CHECK(text.find("99 in 99 waves, all at once; paced by max_batch(1)\n") == 0);
    CHECK(text.find("\n    30     0s        1  30                max_batch(1)\n"
                    "  ... 59 more waves ...\n"
                    "    90     0s        1  90                max_batch(1)\n") !=
          std::string::npos);
    auto named = shearpin::guard<ones>([](const std::vector<std::string>&) {},
                                       [] { return shearpin::pool{9, 9}; });
    CHECK(named.plan(std::vector<std::string>{"a\nb"}).text().find("  a\\nb\n") !=
          std::string::npos);
}

TEST_CASE(
    "plan text: what has no name is told by its place, and is made from nothing that could be "
    "compared") {
    auto remove = shearpin::guard<by_threes>([](const std::vector<nameless>&) {},
                                             [] { return shearpin::pool{9, 9}; });
    CHECK(remove.plan(std::vector<nameless>{{7}, {8}, {9}, {10}}).text() ==
          "4 targets in 2 waves, all at once; paced by max_batch(3)\n"
          "  wave  after  targets  which   waits for  held up by\n"
          "     1     0s        3  1 to 3             max_batch(3)\n"
          "     2     0s        1  4\n"
          "the pool: 9 of 9 serve\n");
    // A name that is empty is none.
    auto named = shearpin::guard<by_threes>([](const std::vector<std::string>&) {},
                                            [] { return shearpin::pool{9, 9}; });
    const std::string text = named.plan(std::vector<std::string>{"a", "", "c", "d"}).text();
    CHECK(text.find("\n     1     0s        3  a to c             max_batch(3)\n     2     0s      "
                    "  1  d\n") != std::string::npos);
    const std::string no_last = named.plan(std::vector<std::string>{"a", "b", ""}).text();
    CHECK(no_last.find("\n     1     0s        3  1 to 3\n") != std::string::npos);
    const std::string no_first = named.plan(std::vector<std::string>{"", "b", "c"}).text();
    CHECK(no_first.find("\n     1     0s        3  1 to 3\n") != std::string::npos);
}

TEST_CASE("plan text: up to forty waves are all shown") {
    auto remove = shearpin::guard<ones>([](int) {}, [] { return shearpin::pool{99, 99}; });
    for (const int number : {31, 40}) {
        const std::string text = remove.plan(number).text();
        CHECK(text.find("more waves") == std::string::npos);
        CHECK(text.find("\n    31     0s        1  31") != std::string::npos);
    }
    CHECK(remove.plan(41).text().find("\n  ... 1 more waves ...\n") != std::string::npos);
}

TEST_CASE("report: what was thrown is told, also where it is no std::exception") {
    table on;
    auto remove = on.guard<ones>();
    on.in_removal = [](const rows&) { throw 7; };
    const auto report = remove.in_waves(rows{1, 2}, {.healthy = well});
    CHECK(report.text() ==
          "removed 0 of 2 targets in 1 wave; stopped: the removal threw, and how much of that wave "
          "is done is not "
          "known; in doubt are 1; left are 1\n"
          "  - thrown: something that is no std::exception\n"
          "  to go on with it later, resume run " +
              report.run() + "\n");
}

TEST_CASE("report: of a run of which nothing is left, nobody is told to go on with it") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    auto remove = shearpin::guard<by_threes>([](const rows&) { return shearpin::removed{4}; },
                                             [] { return shearpin::pool{100, 100}; })
                      .with_ledger(ledger, "rows");
    const auto report = remove.in_waves(numbered(3), {.healthy = well});
    CHECK(report.stopped_because() == shearpin::stop_reason::removed_more);
    CHECK_FALSE(report.run().empty());
    CHECK(report.text().find("resume") == std::string::npos);
    CHECK(report.text().find("removed more than was admitted") != std::string::npos);
}

TEST_CASE("report: more reasons than are kept are counted") {
    table on;
    const auto text = on.guard<ten>().as_many_as_may_go(rows{1, 2}).text();
    CHECK(text.find("  - rows: nth: 1 may go now; asked 2\n  - and 2 more\n") != std::string::npos);
}

TEST_CASE("report and plan: what is taken from one that is about to end is the caller's own") {
    table on;
    auto remove = on.guard<ones>();
    CHECK(remove.plan(rows{1}).pools()[0].name == "rows");
    CHECK_FALSE(remove.in_waves(rows{1}, {.healthy = well}).run().empty());
}

TEST_CASE("plan JSON: one object, for programs") {
    table on;
    on.there = {100, 86};
    auto remove = on.guard<hourly>();
    const auto made = remove.plan(numbered(12), {.soak = 500ms});
    const auto json = nlohmann::json::parse(made.to_json());
    CHECK(json["schema"] == 1);
    CHECK(json["asked"] == 12);
    CHECK(json["planned"] == 6);
    CHECK(json["complete"] == false);
    CHECK(json["takes_s"] == 1);  // rounded up
    CHECK(json["paced_by"] == nlohmann::json{{"rule", "soak"}});
    REQUIRE(json["waves"].size() == 2);
    CHECK(json["waves"][0] ==
          nlohmann::json{{"after_s", 0},
                         {"count", 5},
                         {"first", 0},
                         {"last", 4},
                         {"first_target", "1"},
                         {"last_target", "5"},
                         {"held_up_by", {{"pool", "rows"}, {"rule", "max_batch(5)"}}}});
    CHECK(json["waves"][1]["waited_for"] == nlohmann::json{{"rule", "soak"}});
    CHECK(json["why"]["kind"] == "refused_for_now");
    CHECK(json["why"]["violations"][0] ==
          nlohmann::json{{"rule", "min_remaining"},
                         {"stated", "min_remaining(80)"},
                         {"pool", "rows"},
                         {"limit", 0},
                         {"requested", 1},
                         {"for_good", false},
                         {"text",
                          "rows: min_remaining(80): 80 of 100 serve and 80 must stay, so none may "
                          "go; asked 1"}});
    CHECK(json["pools"] ==
          nlohmann::json::array({{{"name", "rows"}, {"size", 100}, {"available", 86}}}));
    CHECK(json["fingerprint"] == made.made_from().text());

    const auto takes = [&](shearpin::duration soak) {
        return nlohmann::json::parse(remove.plan(numbered(6), {.soak = soak}).to_json())["takes_s"];
    };
    CHECK(takes(1ns) == 1);
    CHECK(takes(1s) == 1);
    CHECK(takes(1s + 1ns) == 2);

    const auto whole = nlohmann::json::parse(remove.plan(numbered(2)).to_json());
    CHECK(whole["complete"] == true);
    CHECK_FALSE(whole.contains("why"));
    CHECK_FALSE(whole.contains("paced_by"));
    const auto never = shearpin::guard<ones>([](int) {}, [] { return shearpin::pool{0, 0}; });
    CHECK(nlohmann::json::parse(never.plan(2).to_json())["why"]["kind"] == "refused_for_good");
    const auto none = nlohmann::json::parse(remove.plan(rows{}).to_json());
    CHECK(none["waves"].empty());
    CHECK(none["why"]["violations"][0]["rule"] == "empty_selection");
    CHECK_FALSE(none.contains("fingerprint"));
}
