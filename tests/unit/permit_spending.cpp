// SPDX-License-Identifier: BSL-1.0
// A permit: proof of an admitted removal, good for that removal, once, while its call lasts.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <optional>
#include <set>
#include <span>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

constexpr auto policy = shearpin::policy{shearpin::max_batch(3)};
constexpr auto equal_policy = shearpin::policy{shearpin::max_batch(3)};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };
constexpr auto at = shearpin::place::here("tool.cpp", 12, "drop_volumes");
using permit = shearpin::permit<policy>;

struct unordered {
    int id;
};

/// Calls `use` with a permit for these targets.
template <class Targets, class F> void with_permit_for(const Targets& list, F use) {
    auto remove = shearpin::guard<policy>(
        [&](permit given, const Targets& all) { use(std::move(given), all); }, full);
    remove(list);
}

template <class What> std::string refusal_of(permit given, const What& what) {
    const auto outcome = std::move(given).try_spend(what, at);
    return outcome ? "" : std::string(outcome.error().message());
}

}  // namespace

static_assert(!std::is_default_constructible_v<permit>);
static_assert(!std::is_copy_constructible_v<permit>);
static_assert(!std::is_copy_assignable_v<permit>);
static_assert(std::is_nothrow_move_constructible_v<permit>);
static_assert(std::is_nothrow_move_assignable_v<permit>);
static_assert(!std::is_aggregate_v<permit>);
static_assert(!std::is_constructible_v<permit, std::nullptr_t>);
static_assert(!std::is_constructible_v<permit, int>);
// Equal policies make different permits: one guard cannot issue another's.
static_assert(policy == equal_policy);
static_assert(!std::is_same_v<permit, shearpin::permit<equal_policy>>);
static_assert(!std::is_constructible_v<permit, shearpin::permit<equal_policy>>);

TEST_CASE("a removal that takes a permit gets one, and the rest as it is") {
    std::vector<int> ids{1, 2};
    int calls = 0;
    auto remove = shearpin::guard<policy>(
        [&](permit given, std::vector<int>& list, const std::string& why) {
            ++calls;
            CHECK(given.count() == 2);
            CHECK(given.admitted().heads == 2);
            CHECK(given.admitted().serving == 2);
            CHECK(given.admitted().amount == 2);
            CHECK(&list == &ids);
            std::move(given).spend(list);
            return why.size();
        },
        full);
    CHECK(remove(ids, "old") == 3);
    CHECK(remove.try_call(ids, "older").value() == 5);
    CHECK(calls == 2);
    ids = {1, 2, 3, 4};
    CHECK_THROWS_AS(remove(ids, "old"), shearpin::removal_refused);
    CHECK(remove.check(ids, "old").admitted() == false);
    CHECK(calls == 2);
}

namespace {
struct volumes {
    int dropped = 0;
    void drop(permit given, int number) {
        std::move(given).spend(number);
        dropped += number;
    }
};
int drop_by_reference(permit&& given, std::span<const int> list) {
    std::move(given).spend(list);
    return static_cast<int>(list.size());
}
}  // namespace

TEST_CASE("any callable can take the permit") {
    volumes mine;
    auto by_member = shearpin::guard<policy>(&volumes::drop, mine, full);
    by_member(2);
    CHECK(mine.dropped == 2);
    CHECK(shearpin::guard<policy>(drop_by_reference, full)(std::vector<int>{1, 2}) == 2);
    // One that can be called without gets none.
    struct either {
        int operator()(permit, int) const { return 1; }
        int operator()(int) const { return 2; }
    };
    CHECK(shearpin::guard<policy>(either{}, full)(1) == 2);
}

TEST_CASE("it covers the targets that were admitted, and no others") {
    with_permit_for(std::vector<std::string>{"b2", "b1"}, [](permit given, const auto&) {
        CHECK(given.covers(std::string("b1")));
        CHECK(given.covers(std::string("b2")));
        CHECK(!given.covers(std::string("b")));
        CHECK(!given.covers(std::string("b3")));
        CHECK(!given.covers(std::string("a")));
        CHECK(!given.covers(std::string("")));
        CHECK(given.covers("b1"));  // text is compared as text
        CHECK(given.covers(std::string_view("b2")));
        CHECK(!given.covers("b3"));
        CHECK(!given.covers(17));  // of another type: none of them
        CHECK(refusal_of(std::move(given), std::vector<std::string_view>{"b1", "prod-db"}) ==
              "removal stopped, some of it may be done: asked for 2\n"
              "  - spent_on_others: prod-db: the permit was given for other targets\n"
              "  called at tool.cpp:12 in drop_volumes");
    });
    with_permit_for(std::set<int>{5, 3, 9}, [](permit given, const auto&) {
        for (const int id : {3, 5, 9}) CHECK(given.covers(id));
        for (const int id : {2, 4, 6, 8, 10}) CHECK(!given.covers(id));
        CHECK(!given.covers(5L));
        CHECK(!refusal_of(std::move(given), std::vector<long>{5}).empty());
    });
}

TEST_CASE("it covers C strings by their text") {
    const char stored[] = "vol-1";
    const std::vector<const char*> names{stored, "vol-2"};
    with_permit_for(names, [](permit given, const auto& all) {
        const std::string same = "vol-1", other = "vol-3";
        CHECK(given.covers(same.c_str()));
        CHECK(!given.covers(other.c_str()));
        CHECK(refusal_of(std::move(given), all).empty());
    });
}

TEST_CASE("where only a number was admitted, or targets have no order, it covers all") {
    auto by_number = shearpin::guard<policy>(
        [](permit given, int) {
            CHECK(given.covers(1000));
            CHECK(given.count() == 2);
            CHECK(refusal_of(std::move(given), 3) ==
                  "removal stopped, some of it may be done: asked for 3\n"
                  "  - spent_too_much: the permit is for 2; asked 3\n"
                  "  called at tool.cpp:12 in drop_volumes");
        },
        full);
    by_number(2);
    auto without_order = shearpin::guard<policy>(
                             [](permit given, const std::vector<unordered>& list) {
                                 CHECK(given.covers(unordered{99}));
                                 std::move(given).spend(list);
                             },
                             full)
                             .known_distinct();
    without_order(std::vector<unordered>{{1}, {2}});
}

TEST_CASE("it can be spent for all, for fewer, by number or by targets") {
    const std::vector<int> ids{4, 5, 6};
    with_permit_for(ids, [](permit given, const auto& all) { std::move(given).spend(all); });
    with_permit_for(
        ids, [](permit given, const auto&) { std::move(given).spend(std::vector<int>{6, 4}); });
    with_permit_for(ids, [](permit given, const auto&) { std::move(given).spend(3); });
    with_permit_for(ids, [](permit given, const auto&) { std::move(given).spend(0); });
    with_permit_for(ids, [](permit given, const auto& all) {
        const int some[] = {all[0], all[1]};
        std::move(given).spend(some);
    });
    with_permit_for(ids, [](permit given, const auto& all) {
        std::move(given).spend(std::span(all).subspan(1));
    });
    with_permit_for(ids, [](permit given, const auto&) {
        const permit moved = std::move(given);
        CHECK(moved.count() == 3);
    });  // nobody has to spend it
}

TEST_CASE("more than was admitted, in full") {
    with_permit_for(std::vector<int>{4, 5}, [](permit given, const auto&) {
        CHECK(refusal_of(std::move(given), 3) ==
              "removal stopped, some of it may be done: asked for 3\n"
              "  - spent_too_much: the permit is for 2; asked 3\n"
              "  called at tool.cpp:12 in drop_volumes");
    });
    with_permit_for(std::vector<int>{4, 5}, [](permit given, const auto&) {
        CHECK(refusal_of(std::move(given), -3) ==
              "removal stopped, some of it may be done: asked for -3\n"
              "  - spent_too_much: the permit is for 2; asked -3\n"
              "  called at tool.cpp:12 in drop_volumes");
    });
}

TEST_CASE("other targets, in full") {
    with_permit_for(std::vector<int>{4, 5, 6}, [](permit given, const auto&) {
        CHECK(refusal_of(std::move(given), std::vector<int>{4, 7, 8}) ==
              "removal stopped, some of it may be done: asked for 3\n"
              "  - spent_on_others: 7, 8: the permit was given for other targets\n"
              "  called at tool.cpp:12 in drop_volumes");
    });
    // more of them, and others
    with_permit_for(std::vector<int>{4, 5}, [](permit given, const auto&) {
        CHECK(refusal_of(std::move(given), std::vector<int>{4, 5, -6}) ==
              "removal stopped, some of it may be done: asked for 3\n"
              "  - spent_too_much: the permit is for 2; asked 3\n"
              "  - spent_on_others: -6: the permit was given for other targets\n"
              "  called at tool.cpp:12 in drop_volumes");
    });
    // what has no name is told by its place in the list
    using pair = std::pair<int, int>;
    with_permit_for(std::vector<pair>{{1, 1}, {2, 2}}, [](permit given, const auto&) {
        CHECK(refusal_of(std::move(given), std::vector<pair>{{1, 1}, {2, 3}}) ==
              "removal stopped, some of it may be done: asked for 2\n"
              "  - spent_on_others: #2: the permit was given for other targets\n"
              "  called at tool.cpp:12 in drop_volumes");
    });
}

TEST_CASE("twice, in full; a permit that was moved from is used up") {
    const std::string used_up =
        "removal stopped, some of it may be done: asked for 1\n"
        "  - spent_twice: the permit is used up\n"
        "  called at tool.cpp:12 in drop_volumes";
    with_permit_for(std::vector<int>{4, 5}, [&](permit given, const auto&) {
        CHECK(refusal_of(std::move(given), 1).empty());
        CHECK(given.count() == 0);
        CHECK(given.admitted().heads == 0);
        CHECK(!given.covers(4));
        CHECK(std::string(std::move(given).try_spend(1, at).error().message()) == used_up);
    });
    with_permit_for(std::vector<int>{4, 5}, [&](permit given, const auto&) {
        permit other = std::move(given);
        CHECK(given.count() == 0);
        CHECK(other.count() == 2);
        CHECK(std::string(std::move(given).try_spend(1, at).error().message()) == used_up);
        std::move(other).spend(1);  // the attempt on the empty one cost nothing
    });
    // a refused attempt uses it up as well
    with_permit_for(std::vector<int>{4, 5}, [&](permit given, const auto&) {
        CHECK(!std::move(given).try_spend(9).has_value());
        CHECK(std::string(std::move(given).try_spend(1, at).error().message()) == used_up);
    });
}

TEST_CASE("after the guarded call, in full") {
    std::optional<permit> kept;
    auto remove =
        shearpin::guard<policy>([&](permit given, int) { kept.emplace(std::move(given)); }, full);
    remove(2);
    REQUIRE(kept.has_value());
    CHECK(kept->count() == 2);
    const auto late = std::move(*kept).try_spend(1, at);
    REQUIRE(!late.has_value());
    CHECK(std::string(late.error().message()) ==
          "removal stopped, some of it may be done: asked for 1\n"
          "  - spent_late: the guarded call that the permit was made for has ended\n"
          "  called at tool.cpp:12 in drop_volumes");
    CHECK(!late.error().nothing_removed());
    CHECK(late.error().kind() == shearpin::answer::refused_for_good);
}

TEST_CASE("also where the guarded call ended by an exception") {
    struct broken {};
    std::optional<permit> kept;
    auto remove = shearpin::guard<policy>(
        [&](permit given, int) {
            kept.emplace(std::move(given));
            throw broken{};
        },
        full);
    CHECK_THROWS_AS(remove(2), broken);
    CHECK(std::move(*kept).try_spend(1).error().violations()[0].rule() == "spent_late");
}

TEST_CASE("a permit of one call is none for the next of the same guard") {
    std::optional<permit> kept;
    auto remove = shearpin::guard<policy>(
        [&](permit given, int number) {
            if (number == 1) {
                kept.emplace(std::move(given));
                return true;
            }
            return std::move(*kept).try_spend(1).has_value();
        },
        full);
    CHECK(remove(1));
    CHECK(!remove(2));
}

TEST_CASE("assigning to a permit drops the one that was there") {
    std::optional<permit> kept;
    auto remove = shearpin::guard<policy>(
        [&](permit given, int number) {
            if (!kept) {
                kept.emplace(std::move(given));
                return;
            }
            *kept = std::move(given);
            CHECK(kept->count() == static_cast<shearpin::count>(number));
            permit& same = *kept;
            *kept = std::move(same);
            CHECK(kept->count() == static_cast<shearpin::count>(number));
            std::move(*kept).spend(number);
        },
        full);
    remove(1);
    remove(2);
    CHECK(kept->count() == 0);
}

TEST_CASE("spend throws at its own line, and the refusal comes out of the guarded call") {
    unsigned line = 0;
    bool went_on = false;
    auto remove = shearpin::guard<policy>(
        [&](permit given, int) {
            line = __LINE__ + 1;
            std::move(given).spend(3);
            went_on = true;
        },
        full);
    try {
        remove(2);
        CHECK(false);
    } catch (const shearpin::removal_refused& refused) {
        CHECK(refused.why().where().line() == line);
        CHECK(!refused.why().nothing_removed());
        CHECK(refused.why().violations()[0].rule() == "spent_too_much");
        CHECK(refused.why().violations()[0].limit() == 2);
        CHECK(refused.why().violations()[0].requested() == 3);
    }
    CHECK(!went_on);
}

TEST_CASE("the permit knows the targets even where the removal has moved the caller's list away") {
    auto remove = shearpin::guard<policy>(
        [](permit given, std::vector<std::string>&& list) {
            const std::vector<std::string> mine = std::move(list);
            list.clear();
            CHECK(given.covers(std::string("a")));
            std::move(given).spend(mine);
        },
        full);
    remove(std::vector<std::string>{"b", "a"});
}

TEST_CASE("check makes no permit, and a refused call none either") {
    auto remove = shearpin::guard<policy>([](permit, int) { FAIL("called"); }, full);
    CHECK(remove.check(2).admitted());
    CHECK(!remove.try_call(4).has_value());
}
