// SPDX-License-Identifier: BSL-1.0
// What a person says beside the selection: how many or which, where, who agreed.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

using namespace shearpin::literals;

namespace {

constexpr auto at = shearpin::place::here("tool.cpp", 12, "drop_hosts");
constexpr auto batch_5 = shearpin::policy{shearpin::max_batch(5)};
constexpr auto asked_first = shearpin::policy{shearpin::needs_expected()};
constexpr auto two_above_3 =
    shearpin::policy{shearpin::approvals(2, shearpin::above(3)), shearpin::max_batch(50)};
constexpr auto one_always = shearpin::policy{shearpin::approvals(1, shearpin::above(0))};
constexpr std::string_view in_vain =
    "  waiting will not help; the request itself must change\n"
    "  called at tool.cpp:12 in drop_hosts";

constexpr auto hundred = [] { return shearpin::pool{100, 100}; };

using hosts = std::vector<std::string>;
struct opaque {
    int id;
};

/// The text of the refusal; empty where it is admitted.
template <const auto& Policy = batch_5, class Targets>
std::string refusal(const shearpin::request& said, const Targets& targets) {
    auto guarded = shearpin::guard<Policy>([](const auto&) {}, hundred);
    const auto decided = guarded.asking(said).check(targets, at);
    return decided.admitted() ? "" : std::string(decided.why().message());
}
std::string none_of(int number, std::string_view lines) {
    return "removal refused, nothing was removed: asked for " + std::to_string(number) +
           ", none of it may go now\n" + std::string(lines) + std::string(in_vain);
}
std::string only(int number, int may_go, std::string_view lines) {
    return "removal refused, nothing was removed: asked for " + std::to_string(number) + ", " +
           std::to_string(may_go) + " may go now\n" + std::string(lines) + std::string(in_vain);
}

/// Its iterator returns values.
struct made_anew {
    struct iterator {
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::forward_iterator_tag;
        int at = 0;
        int names = 0;
        std::string operator*() const {
            return "host-with-a-long-name-" + std::to_string(at % names);
        }
        iterator& operator++() {
            ++at;
            return *this;
        }
        bool operator==(const iterator&) const = default;
    };
    [[nodiscard]] std::size_t size() const { return 3; }
    [[nodiscard]] iterator begin() const { return {0, names}; }
    [[nodiscard]] iterator end() const { return {3, names}; }
    int names = 3;
};

static_assert(std::is_convertible_v<std::string, shearpin::spoken_word>);
static_assert(!std::is_convertible_v<int, shearpin::spoken_word> &&
              !std::is_convertible_v<hosts, shearpin::spoken_word>);
static_assert(std::is_convertible_v<hosts, shearpin::names>);
static_assert(!std::is_convertible_v<int, shearpin::names> &&
              !std::is_constructible_v<shearpin::names, std::string>);
static_assert(std::is_convertible_v<int, shearpin::expectation>);
static_assert(!std::is_convertible_v<bool, shearpin::expectation> &&
              !std::is_convertible_v<double, shearpin::expectation>);

}  // namespace

TEST_CASE("an expected number must be the number that is selected") {
    const std::vector<int> three{1, 2, 3};
    CHECK(refusal({.expected = 3}, three).empty());
    CHECK(refusal({.expected = 3U}, 3).empty());
    CHECK(refusal({}, three).empty());
    CHECK(refusal({.expected = 2}, three) ==
          none_of(3, "  - unexpected_number: 2 were expected, and 3 are selected\n"));
    CHECK(refusal({.expected = 1}, three) ==
          none_of(3, "  - unexpected_number: 1 was expected, and 3 are selected\n"));
    CHECK(refusal({.expected = 4}, 1) ==
          none_of(1, "  - unexpected_number: 4 were expected, and 1 is selected\n"));
    CHECK(refusal({.expected = -1}, 3) ==
          none_of(3, "  - unexpected_number: -1 were expected, and 3 are selected\n"));
    CHECK(refusal({.expected = 0}, std::vector<int>{}).find("empty_selection") !=
          std::string::npos);
}

TEST_CASE("an expected number does not hide what else is wrong") {
    CHECK(refusal({.expected = 2}, std::vector<int>{1, 2, 3, 4, 5, 6}) ==
          none_of(6,
                  "  - unexpected_number: 2 were expected, and 6 are selected\n"
                  "  - max_batch(5): one call may take 5; asked 6\n"));
}

TEST_CASE("an expected list must be the selection, in any order") {
    const hosts meant{"db-1", "db-2", "db-3"};
    CHECK(refusal({.expected = meant}, hosts{"db-3", "db-1", "db-2"}).empty());
    CHECK(refusal({.expected = meant}, hosts{"db-1", "db-2", "db-4"}) ==
          none_of(3,
                  "  - unexpected_target: db-4: selected, but not expected\n"
                  "  - expected_but_missing: db-3: expected, but not selected\n"));
    CHECK(refusal({.expected = meant}, hosts{"db-1", "db-2"}) ==
          none_of(2,
                  "  - unexpected_number: 3 were expected, and 2 are selected\n"
                  "  - expected_but_missing: db-3: expected, but not selected\n"));
    CHECK(refusal({.expected = meant}, hosts{"db-1", "db-2", "db-3", "web-1", "web-2"}) ==
          none_of(5,
                  "  - unexpected_number: 3 were expected, and 5 are selected\n"
                  "  - unexpected_target: web-1, web-2: selected, but not expected\n"));
}

TEST_CASE("a list that came back empty is no permission") {
    const hosts nothing;
    CHECK(refusal({.expected = nothing}, hosts{"db-1"}) ==
          none_of(1,
                  "  - unexpected_number: 0 were expected, and 1 is selected\n"
                  "  - unexpected_target: db-1: selected, but not expected\n"));
}

TEST_CASE("an expected list that names one twice; targets that are made when they are walked") {
    const std::vector<int> twice{1, 2, 2};
    CHECK(refusal({.expected = twice}, std::vector<int>{1, 2, 3}) ==
          none_of(3, "  - unexpected_target: 3: selected, but not expected\n"));
    const hosts meant{"host-with-a-long-name-1", "host-with-a-long-name-2",
                      "host-with-a-long-name-4"};
    CHECK(
        refusal({.expected = meant}, made_anew{}) ==
        none_of(3,
                "  - unexpected_target: host-with-a-long-name-0: selected, but not expected\n"
                "  - expected_but_missing: host-with-a-long-name-4: expected, but not selected\n"));
    const std::string named_twice = refusal({}, made_anew{2});
    CHECK(named_twice.find("  - named_twice: host-with-a-long-name-0: ") != std::string::npos);
}

TEST_CASE("text is compared as text, whatever its type") {
    const std::vector<std::string_view> views{"db-1", "db-2"};
    const std::vector<const char*> literals{"db-2", "db-1"};
    CHECK(refusal({.expected = views}, hosts{"db-1", "db-2"}).empty());
    CHECK(refusal({.expected = literals}, hosts{"db-1", "db-2"}).empty());
    CHECK(refusal({.expected = literals}, views).empty());
    CHECK(!refusal({.expected = views}, hosts{"db-1", "DB-2"}).empty());
    CHECK(!refusal({.expected = views}, hosts{"db-1", "db-22"}).empty());
}

TEST_CASE("a list of another type than the targets is refused, not compared") {
    const std::vector<long> other{1, 2};
    const std::string said = none_of(2,
                                     "  - expectation_of_another_kind: the expected list is of "
                                     "another type than the selected targets\n");
    CHECK(refusal({.expected = other}, std::vector<int>{1, 2}) == said);
    CHECK(refusal({.expected = other}, 2) == said);
    const std::vector<opaque> opaques{{1}, {2}};
    auto guarded =
        shearpin::guard<batch_5>([](const std::vector<opaque>&) {}, hundred).known_distinct();
    const auto decided = guarded.asking({.expected = opaques}).check(opaques, at);
    REQUIRE(!decided.admitted());
    CHECK(std::string(decided.why().message()) == said);
    CHECK(guarded.asking({.expected = 2}).check(opaques).admitted());
}

TEST_CASE("a small view is kept itself; the list that it shows is referred to") {
    const std::vector<int> three{1, 2, 3};
    const shearpin::request said{.expected = std::span<const int>(three)};
    CHECK(refusal(said, std::vector<int>{3, 2, 1}).empty());
    CHECK(!refusal(said, std::vector<int>{3, 2, 4}).empty());
}

TEST_CASE("expected are targets, whatever they weigh") {
    struct fleet {
        [[nodiscard]] bool contains(int) const { return true; }
        [[nodiscard]] std::vector<std::string> pools_of(int) const { return {"web"}; }
        [[nodiscard]] shearpin::pool state(const std::string&) const { return {100, 100}; }
        [[nodiscard]] shearpin::count weight_of(int, const std::string&) const { return 10; }
    };
    constexpr static auto half = shearpin::policy{shearpin::min_remaining(50_pct)};
    auto guarded = shearpin::guard<half>([](const std::vector<int>&) {}, fleet{});
    const std::vector<int> three{1, 2, 3};
    CHECK(guarded.asking({.expected = 3}).check(three).admitted());
    CHECK(guarded.asking({.expected = three}).check(three).admitted());
    CHECK(!guarded.asking({.expected = 30}).check(three).admitted());
}

TEST_CASE("needs_expected asks for a number or a list") {
    const std::vector<int> two{1, 2};
    const std::string said =
        none_of(2, "  - needs_expected(): say how many targets you expect to remove, or which\n");
    CHECK(refusal<asked_first>({}, two) == said);
    CHECK(refusal<asked_first>({.actor = "ann"}, two) == said);
    CHECK(refusal<asked_first>({.expected = 2}, two).empty());
    CHECK(refusal<asked_first>({.expected = two}, two).empty());
    CHECK(!refusal<asked_first>({.expected = 3}, two).empty());
    auto guarded = shearpin::guard<asked_first>([](const std::vector<int>&) {}, hundred);
    CHECK(std::string(guarded.check(two, at).why().message()) == said);  // nobody said anything
}

TEST_CASE("more than the free amount needs other people who agree") {
    const shearpin::request both{.actor = "ann", .approvers = {"bob", "cid"}};
    CHECK(refusal<two_above_3>({}, 3).empty());  // exactly at the amount
    CHECK(refusal<two_above_3>(both, 4).empty());
    CHECK(refusal<two_above_3>({}, 4) ==
          only(4, 3,
               "  - approvals(2, above(3)): more than 3 needs 2 other people, and nobody approved; "
               "asked 4\n"));
    CHECK(refusal<two_above_3>({.actor = "ann", .approvers = {"bob"}}, 4) ==
          only(4, 3,
               "  - approvals(2, above(3)): more than 3 needs 2 other people, and 1 approved; "
               "asked 4\n"));
    CHECK(refusal<one_always>({.actor = "ann"}, 1) ==
          none_of(1,
                  "  - approvals(1, above(0)): more than 0 needs 1 other person, and nobody "
                  "approved; asked 1\n"));
}

TEST_CASE("nobody approves one's own removal, or twice, or without a name") {
    CHECK(refusal<two_above_3>({.actor = "ann", .approvers = {"ann", "bob"}}, 4) ==
          only(4, 3,
               "  - approvals(2, above(3)): more than 3 needs 2 other people, and 1 approved (not "
               "counting ann, whose removal it is); asked 4\n"));
    CHECK(refusal<two_above_3>({.actor = "ann", .approvers = {"bob", "bob"}}, 4) ==
          only(4, 3,
               "  - approvals(2, above(3)): more than 3 needs 2 other people, and 1 approved (bob "
               "counts once); asked 4\n"));
    CHECK(!refusal<two_above_3>({.actor = "ann", .approvers = {"bob", ""}}, 4).empty());
    // Nor by capitals or blanks.
    CHECK(refusal<two_above_3>({.actor = "ann", .approvers = {"Ann ", "bob"}}, 4) ==
          refusal<two_above_3>({.actor = "ann", .approvers = {"ann", "bob"}}, 4));
    CHECK(!refusal<two_above_3>({.actor = "ann", .approvers = {"bob", " BOB"}}, 4).empty());
    CHECK(!refusal<two_above_3>({.actor = "ann", .approvers = {"bob", "  "}}, 4).empty());
    CHECK(!refusal<two_above_3>({.actor = " ", .approvers = {"bob", "cid"}}, 4).empty());
    CHECK(refusal<two_above_3>({.actor = "ann", .approvers = {"Bob", "cid"}}, 4).empty());
    CHECK(refusal<two_above_3>({.approvers = {"bob", "cid"}}, 4) ==
          only(4, 3,
               "  - approvals(2, above(3)): more than 3 needs 2 other people; say whose removal it "
               "is, before others can approve it; asked 4\n"));
    CHECK(refusal<two_above_3>({.actor = "ann", .approvers = {"ann", "bob", "cid"}}, 4).empty());
}

TEST_CASE("two people are the same by their letters, large or small, and by nothing else") {
    const auto agree = [](std::string_view one, std::string_view other) {
        return refusal<two_above_3>({.actor = "ann", .approvers = {one, other}}, 4).empty();
    };
    CHECK(!agree("a-z", "A-Z"));
    // What stands beside the letters in ASCII has no large and small form.
    CHECK(agree("x@", "x`"));
    CHECK(agree("x[", "x{"));
    CHECK(agree("x?", "x_"));
    // Each letter counts, and how many.
    CHECK(agree("dan", "ian"));
    CHECK(agree("dan", "dad"));
    CHECK(agree("dan", "dani"));
}

TEST_CASE("an actor who is nobody is told so, also where the name is blanks") {
    // Found by looking at what no test noticed: it said "and 0 approved" of two people.
    CHECK(refusal<two_above_3>({.actor = " \t", .approvers = {"bob", "cid"}}, 4) ==
          refusal<two_above_3>({.actor = "", .approvers = {"bob", "cid"}}, 4));
}

TEST_CASE("approvals: from data, between one and eight people, and an amount below 2^63") {
    using shearpin::approvals;
    CHECK_FALSE(approvals::from(0, 3));
    CHECK_FALSE(approvals::from(9, 3));
    CHECK_FALSE(approvals::from(1, shearpin::largest_count + 1));
    const auto most = approvals::from(8, shearpin::largest_count);
    REQUIRE(most);
    CHECK(most->people() == 8);
    CHECK(most->without() == shearpin::largest_count);
    CHECK(approvals::from(1, 0));
}

TEST_CASE("approvals: enough people lift the limit whole; a list that does not fit is nobody") {
    constexpr shearpin::approvals rule(2, shearpin::above(3));
    const shearpin::request both{.actor = "ann", .approvers = {"bob", "cid"}};
    CHECK(rule.limit({.request = &both}) == ~shearpin::count{0});
    const hosts nine{"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    const shearpin::request too_many{.actor = "ann", .approvers = nine};
    CHECK(rule.limit({.request = &too_many}) == 3);
    CHECK(rule.limit({}) == 3);
}

TEST_CASE("names in braces are people; a list of strings is one, too") {
    CHECK(shearpin::names{"ann", "bob"}.size() == 2);
    const shearpin::request said{.actor = "cid", .approvers = {{"ann", "bob"}}};
    REQUIRE(said.approvers.size() == 2);  // of std::string it would be one, made of two pointers
    CHECK(said.approvers.begin()[0] == "ann");
    CHECK(said.approvers.begin()[1] == "bob");
    const hosts list{"ann", "bob", "cid"};
    CHECK(shearpin::names(list).size() == 3);
    const std::array<std::string_view, 2> views{"ann", "bob"};
    CHECK(refusal<two_above_3>({.actor = "cid", .approvers = views}, 4).empty());
}

TEST_CASE("names that do not fit are refused, never cut to somebody else's") {
    const std::string long_name(64, 'a');
    const std::string longest(63, 'a');
    const std::string too_much =
        "  - said_too_much: a name in the request has over 63 characters, or there are over 8 "
        "approvers\n";
    CHECK(refusal({.actor = longest, .environment = ""}, 1).empty());
    CHECK(refusal({.actor = long_name}, 1) == none_of(1, too_much));
    CHECK(refusal({.approvers = {long_name, "bob"}}, 1) == none_of(1, too_much));
    const hosts nine{"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    const hosts eight{"a", "b", "c", "d", "e", "f", "g", "h"};
    CHECK(refusal<two_above_3>({.actor = "ann", .approvers = eight}, 4).empty());
    CHECK(refusal<two_above_3>({.actor = "ann", .approvers = nine}, 4) ==
          none_of(4, too_much +
                         "  - approvals(2, above(3)): more than 3 needs 2 other people; at most 8 "
                         "people can approve, by names of at most 63 characters; asked 4\n"));
}

TEST_CASE("another environment than the guard's is refused") {
    auto guarded = shearpin::guard<batch_5>([](int) {}, hundred).in_environment("production");
    const auto text = [&](const auto& asking) {
        const auto decided = asking.check(1, at);
        return decided.admitted() ? "" : std::string(decided.why().message());
    };
    CHECK(text(guarded.asking({.environment = "production"})).empty());
    CHECK(text(guarded.asking({})).empty());
    CHECK(text(guarded.asking({.environment = "staging"})) ==
          none_of(1, "  - wrong_environment: meant for staging, but this is production\n"));
    CHECK(!text(guarded.asking({.environment = std::string(64, 'p')})).empty());
    CHECK(refusal({.environment = "staging"}, 1) ==
          none_of(1,
                  "  - wrong_environment: meant for staging, but nothing says which environment "
                  "this is\n"));
}

TEST_CASE("the inventory's environment goes before the guard's") {
    struct fleet {
        std::string where;
        [[nodiscard]] bool contains(int) const { return true; }
        [[nodiscard]] std::vector<int> pools_of(int) const { return {1}; }
        [[nodiscard]] shearpin::pool state(int) const { return {100, 100}; }
        [[nodiscard]] std::string environment() const {
            return where + " in a long string, which ends";
        }
    };
    auto guarded = shearpin::guard<batch_5>([](const std::vector<int>&) {}, fleet{"production"})
                       .in_environment("staging");
    const std::vector<int> one{1};
    CHECK(guarded.asking({.environment = "production in a long string, which ends"})
              .check(one)
              .admitted());
    const auto decided = guarded.asking({.environment = "staging"}).check(one, at);
    REQUIRE(!decided.admitted());
    CHECK(std::string(decided.why().message()) ==
          none_of(1,
                  "  - wrong_environment: meant for staging, but this is production in a long "
                  "string, which ends\n"));
}

TEST_CASE("many reasons beside what was not meant are counted, and none is lost") {
    struct fleet {
        [[nodiscard]] bool contains(int) const { return true; }
        [[nodiscard]] std::vector<int> pools_of(int id) const { return {id}; }
        [[nodiscard]] shearpin::pool state(int) const { return {100, 0}; }
    };
    std::vector<int> many;
    for (int id = 0; id != 30; ++id) many.push_back(id);
    auto guarded = shearpin::guard<batch_5>([](const std::vector<int>&) {}, fleet{});
    const auto plain = guarded.check(many);
    const auto asked = guarded.asking({.expected = 3}).check(many);
    const auto total = [](const shearpin::decision& decided) {
        return decided.why().violations().size() + decided.why().violations().left_out();
    };
    CHECK(total(asked) == total(plain) + 1);
    CHECK(asked.why().violations().size() == total(asked));  // as values, all are there
    CHECK(asked.why().violations()[0].rule() == "unexpected_number");
}
