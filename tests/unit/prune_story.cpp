// SPDX-License-Identifier: BSL-1.0
// Removing what is not in a list: what goes, what does not, and what a person reads when the list
// is no evidence. Every refusal is read in full.
#include <shearpin/prune.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace shearpin::literals;
using shearpin::complete_listing;
using shearpin::listing_ending_with;
using shearpin::partial_listing;

namespace {

using texts = std::vector<std::string>;

constexpr auto at = shearpin::place::here("dns.cpp", 7, "prune_zone");
constexpr auto floor_70 = shearpin::policy{shearpin::min_remaining(70_pct)};
constexpr auto anything = shearpin::policy{shearpin::unlimited};
constexpr std::string_view later =
    "  it may pass later; how soon is not known\n"
    "  called at dns.cpp:7 in prune_zone";
constexpr std::string_view in_vain =
    "  waiting will not help; the request itself must change\n"
    "  called at dns.cpp:7 in prune_zone";

std::string lines(std::string_view first, std::string_view why, std::string_view end) {
    return std::string(first) + std::string(why) + std::string(end);
}
std::string refused(const shearpin::decision& decision) {
    return decision.admitted() ? "" : std::string(decision.why().message());
}

/// A zone, and what was removed from it.
struct dns {
    texts zone{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    texts gone;
    int calls = 0;

    template <const auto& Policy = floor_70> auto prune() {
        return shearpin::prune_guard<Policy>(
            [this](const texts& records) {
                ++calls;
                gone = records;
                for (const auto& record : records) std::erase(zone, record);
            },
            [this] { return zone; });
    }
};

}  // namespace

TEST_CASE("just what is absent goes, in the order of the inventory") {
    dns zone;
    zone.zone = {"j", "c", "a", "b", "i", "d", "e", "f", "g", "h"};
    auto prune = zone.prune();
    const texts wanted{"a", "b", "d", "e", "f", "g", "h"};
    CHECK(prune.absent_from(complete_listing(wanted)) == texts{"j", "c", "i"});
    prune(complete_listing(wanted));
    CHECK(zone.gone == texts{"j", "c", "i"});
    CHECK(zone.calls == 1);
}

TEST_CASE("a list that came back empty removed everything once") {
    dns zone;
    auto prune = zone.prune<anything>();
    CHECK(refused(prune.check(complete_listing(texts{}), at)) ==
          lines("removal refused, nothing was removed: asked for 10, none of it may go now\n",
                "  - empty_listing: the list of what is to stay is empty, and an empty list never "
                "means everything\n",
                later));
    CHECK_THROWS_AS(prune(complete_listing(texts{})), shearpin::removal_refused);
    CHECK_FALSE(prune.try_call(complete_listing(texts{})));
    CHECK(zone.calls == 0);
}

TEST_CASE("a list of which a page is missing is refused") {
    dns zone;
    auto prune = zone.prune<anything>();
    CHECK(refused(prune.check(partial_listing(texts{"a", "b"}), at)) ==
          lines("removal refused, nothing was removed: asked for 8, none of it may go now\n",
                "  - partial_listing: nobody says that the list is complete, so what it lacks may "
                "still be "
                "wanted\n",
                later));
    CHECK_FALSE(prune.check(partial_listing(zone.zone)).admitted());
}

TEST_CASE("a list that was cut off has no end marker") {
    dns zone;
    auto prune = zone.prune();
    const std::string nothing_of_2 =
        "removal refused, nothing was removed: asked for 2, none of it may go now\n";
    CHECK(refused(prune.check(
              listing_ending_with(texts{"a", "b", "c", "d", "e", "f", "g", "h"}, "; end"), at)) ==
          lines(nothing_of_2, "  - end_not_seen: the list has no end marker, so it was cut off\n",
                later));
    CHECK(refused(
              prune.check(listing_ending_with(
                              texts{"a", "b", "c", "d", "e", "f", "g", "h", "; end", "i"}, "; end"),
                          at)) ==
          lines(nothing_of_2,
                "  - goes_on_after_end: the list goes on after its end marker, so it is not what "
                "was written\n",
                later));
    CHECK_FALSE(prune.check(listing_ending_with(texts{"; end"}, "; end")).admitted());
    CHECK(zone.calls == 0);
    prune(listing_ending_with(texts{"a", "b", "c", "d", "e", "f", "g", "h", "; end"}, "; end"));
    CHECK(zone.gone == texts{"i", "j"});
}

TEST_CASE("the policy judges what is absent, against the inventory") {
    dns zone;
    auto prune = zone.prune();
    CHECK(refused(prune.check(complete_listing(texts{"a", "b", "c", "d", "e", "f"}), at)) ==
          lines("removal refused, nothing was removed: asked for 4, 3 may go now\n",
                "  - min_remaining(70%): 10 of 10 serve and 7 must stay, so 3 may go; asked 4\n",
                in_vain));
    auto named = zone.prune().named("example.org");
    CHECK(refused(named.check(complete_listing(texts{"a"}), at)) ==
          lines("removal refused, nothing was removed: asked for 9, 3 may go now\n",
                "  - example.org: min_remaining(70%): 10 of 10 serve and 7 must stay, so 3 may go; "
                "asked 9\n",
                in_vain));
}

TEST_CASE("with a size, many small prunes do not erode the inventory") {
    dns zone;
    auto prune = zone.prune().of_size(10);
    prune(complete_listing(texts{"a", "b", "c", "d", "e", "f", "g"}));
    CHECK(zone.zone.size() == 7);
    CHECK(refused(prune.check(complete_listing(texts{"a", "b", "c", "d", "e", "f"}), at)) ==
          lines("removal refused, nothing was removed: asked for 1, none of it may go now\n",
                "  - min_remaining(70%): 7 of 10 serve and 7 must stay, so none may go; asked 1\n",
                later));
    auto eroding = zone.prune();
    eroding(complete_listing(texts{"a", "b", "c", "d", "e"}));
    CHECK(zone.zone.size() == 5);
}

TEST_CASE("an old list is refused, and one of which the age is not known") {
    dns zone;
    shearpin::manual_clock clock;
    auto prune = zone.prune().with_clock(clock).listed_within(shearpin::duration::minutes(10));
    const texts wanted{"a", "b", "c", "d", "e", "f", "g", "h"};
    const auto taken = clock.now();
    const std::string first =
        "removal refused, nothing was removed: asked for 2, none of it may go now\n";
    CHECK(refused(prune.check(complete_listing(wanted), at)) ==
          lines(first,
                "  - old_listing: when the list was taken is not known; it may be 10min old; take "
                "a new one\n",
                later));
    CHECK(refused(prune.check(
              complete_listing(wanted).taken_at(taken + shearpin::duration::seconds(90)), at)) ==
          lines(first,
                "  - old_listing: the list is dated 1min30s in the future, so its age is not "
                "known; it may be 10min old; take a new one\n",
                later));
    clock.advance(shearpin::duration::minutes(10));
    CHECK(prune.check(complete_listing(wanted).taken_at(taken)).admitted());
    clock.advance(shearpin::duration::seconds(1));
    CHECK(refused(prune.check(complete_listing(wanted).taken_at(taken), at)) ==
          lines(first,
                "  - old_listing: the list is 10min1s old and may be 10min old; take a new one\n",
                later));
    clock.set({});
    CHECK(refused(prune.check(complete_listing(wanted).taken_at(taken), at)) ==
          lines(first,
                "  - old_listing: how old the list is is not known, for lack of the time; it may "
                "be 10min old; take a new one\n",
                later));
}

TEST_CASE("a source that shrank by too much is refused") {
    dns zone;
    auto prune = zone.prune<anything>().shrunk_at_most(30_pct);
    const texts seven{"a", "b", "c", "d", "e", "f", "g"};
    CHECK(prune.check(complete_listing(seven).held_before(10)).admitted());
    CHECK(prune.check(complete_listing(seven).held_before(5)).admitted());
    CHECK(refused(prune.check(complete_listing(seven).held_before(11), at)) ==
          lines("removal refused, nothing was removed: asked for 3, none of it may go now\n",
                "  - shrunk_listing: the source held 11 before and lists 7 now; at most 30% of it "
                "may be gone at once\n",
                later));
    CHECK(refused(prune.check(complete_listing(seven), at)) ==
          lines("removal refused, nothing was removed: asked for 3, none of it may go now\n",
                "  - no_previous_listing: how much the source held before is not known; say it "
                "with held_before(n)\n",
                later));
    auto stated = zone.prune<anything>().shrunk_at_most(30_pct, 11);
    CHECK_FALSE(stated.check(complete_listing(seven)).admitted());
    CHECK(stated.check(complete_listing(seven).held_before(10)).admitted());
    // What is listed twice does not hide that the source shrank.
    CHECK_FALSE(stated.check(complete_listing(texts{"a", "b", "c", "d", "e", "f", "g", "g", "g"}))
                    .admitted());
}

TEST_CASE("the list of something else is refused") {
    dns zone;
    auto prune = zone.prune<anything>();
    CHECK(refused(prune.check(complete_listing(texts{"x", "y"}), at)) ==
          lines("removal refused, nothing was removed: asked for 10, none of it may go now\n",
                "  - unrelated_listing: x, y: the inventory has nothing that is listed; is it the "
                "list of something else?\n",
                later));
    const texts half{"a", "b", "x", "y"};
    CHECK(prune.check(complete_listing(half)).admitted());
    auto strict = zone.prune<anything>().unknown_at_most(49_pct);
    CHECK(refused(strict.check(complete_listing(half), at)) ==
          lines("removal refused, nothing was removed: asked for 8, none of it may go now\n",
                "  - unknown_entries: x, y: listed, but not in the inventory: 2 of 4, and at most "
                "49% may be; is it the list of something else?\n",
                later));
    CHECK(zone.prune<anything>().unknown_at_most(50_pct).check(complete_listing(half)).admitted());
}

TEST_CASE("several reasons are told together") {
    dns zone;
    auto prune = zone.prune().shrunk_at_most(10_pct, 10);
    CHECK(refused(prune.check(partial_listing(texts{"a", "b"}), at)) ==
          lines("removal refused, nothing was removed: asked for 8, none of it may go now\n",
                "  - partial_listing: nobody says that the list is complete, so what it lacks may "
                "still be "
                "wanted\n"
                "  - shrunk_listing: the source held 10 before and lists 2 now; at most 10% of it "
                "may be gone at once\n"
                "  - min_remaining(70%): 10 of 10 serve and 7 must stay, so 3 may go; asked 8\n",
                in_vain));
}

TEST_CASE("nothing to remove is a success, and the removal is not called") {
    dns zone;
    auto prune = zone.prune();
    prune(complete_listing(zone.zone));
    CHECK(prune.try_call(complete_listing(zone.zone)));
    CHECK(zone.calls == 0);
    int called = 0;
    auto counting = shearpin::prune_guard<floor_70>(
        [&](const texts& records) {
            ++called;
            return records.size();
        },
        [&] { return zone.zone; });
    CHECK(counting(complete_listing(zone.zone)) == 0);
    CHECK(counting.try_call(complete_listing(zone.zone)).value() == 0);
    CHECK(called == 0);
    const texts of_nothing;
    auto empty = shearpin::prune_guard<floor_70>([&](const texts&) { ++called; },
                                                 [&] { return of_nothing; });
    CHECK(empty.check(complete_listing(texts{"a"})).admitted());
    CHECK_FALSE(empty.check(complete_listing(texts{})).admitted());  // a bad list is told early
    CHECK_FALSE(prune.check(partial_listing(zone.zone)).admitted());
}

TEST_CASE("duplicates: counted once; refused where they are to go") {
    dns zone;
    auto prune = zone.prune();
    zone.zone.push_back("j");
    zone.zone.push_back("a");
    CHECK(prune.check(complete_listing(texts{"a", "a", "b", "c", "d", "e", "f", "g", "h", "j"}))
              .admitted());
    CHECK(refused(prune.check(complete_listing(texts{"a", "b", "c", "d", "e", "f", "g", "h", "i"}),
                              at)) ==
          lines("removal refused, nothing was removed: asked for 2, only the first may go now\n",
                "  - named_twice: j: selected more than once\n", in_vain));
}

TEST_CASE("what the person says is heard") {
    dns zone;
    auto prune = zone.prune().in_environment("staging");
    const texts wanted{"a", "b", "c", "d", "e", "f", "g", "h"};
    CHECK(refused(prune.asking({.expected = 1}).check(complete_listing(wanted), at)) ==
          lines("removal refused, nothing was removed: asked for 2, none of it may go now\n",
                "  - unexpected_number: 1 was expected, and 2 are selected\n", in_vain));
    CHECK_FALSE(prune.asking({.environment = "production"}).check(complete_listing(wanted)));
    // Nothing is absent, but the person thinks that something is.
    CHECK_THROWS_AS(prune.asking({.expected = 1})(complete_listing(zone.zone)),
                    shearpin::removal_refused);
    prune.asking({.expected = 0})(complete_listing(zone.zone));
    CHECK(zone.calls == 0);
    prune.asking({.expected = 2, .environment = "staging"})(complete_listing(wanted));
    CHECK(zone.gone == texts{"i", "j"});
}

TEST_CASE("numbers, ids of one's own, views and C strings") {
    std::vector<int> removed;
    const std::vector<int> numbers{5, 1, 4, 2, 3};
    auto prune =
        shearpin::prune_guard<anything>([&](const std::vector<int>& which) { removed = which; },
                                        [&]() -> const auto& { return numbers; });
    prune(complete_listing(std::array{1, 2, 3, 9}));
    CHECK(removed == std::vector{5, 4});

    dns zone;
    const std::vector<std::string_view> views{"a", "b", "c", "d", "e", "f", "g", "h"};
    CHECK(zone.prune().absent_from(complete_listing(views)) == texts{"i", "j"});
    const char* const literals[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i"};
    CHECK(zone.prune().absent_from(complete_listing(literals)) == texts{"j"});
    CHECK(zone.prune().absent_from(
              complete_listing(texts{"a", "b", "c", "d", "e", "f", "g", "h"})) == texts{"i", "j"});

    struct volume {
        std::uint64_t number;
        bool operator<(const volume& other) const { return number < other.number; }
    };
    std::vector<volume> gone;
    const std::vector<volume> volumes{{3}, {1}, {2}};
    auto drop = shearpin::prune_guard<anything>(
        [&](const std::vector<volume>& which) { gone = which; }, [&] { return volumes; });
    drop(complete_listing(std::vector<volume>{{1}, {2}}));
    REQUIRE(gone.size() == 1);
    CHECK(gone[0].number == 3);
}

TEST_CASE("a removal that takes a permit gets one, and moves what it owns") {
    texts zone{"a", "b", "c"};
    auto owned = std::make_unique<int>(0);
    int* const calls = owned.get();
    auto prune = shearpin::prune_guard<anything>(
        [held = std::move(owned)](shearpin::permit<anything> permit, const texts& which) {
            CHECK(permit.covers(std::string("c")));
            CHECK_FALSE(permit.covers(std::string("a")));
            std::move(permit).spend(which);
            ++*held;
        },
        zone.empty() ? [] { return texts{}; } : [] { return texts{"a", "b", "c"}; });
    prune(complete_listing(texts{"a", "b"}));
    CHECK(*calls == 1);
}

TEST_CASE("the answers to a refusal are the guard's") {
    dns zone;
    int handled = 0;
    auto prune = zone.prune().on_refusal([&](const shearpin::refusal& why) {
        ++handled;
        CHECK(std::string_view(why.where().function()) == "prune_zone");
    });
    prune(complete_listing(texts{}), at);
    CHECK(handled == 1);
    const auto rules = shearpin::policy{*shearpin::max_batch::from(shearpin::count{1})};
    auto read = shearpin::prune_guard(rules, [](const texts&) {}, [&] { return zone.zone; });
    CHECK_FALSE(read.check(complete_listing(texts{"a"})).admitted());
}

TEST_CASE("a refusal tells the line of the call") {
    dns zone;
    auto prune = zone.prune();
    const auto decision = prune.check(complete_listing(texts{}));
    CHECK(decision.why().where().line() == __LINE__ - 1);
    CHECK(std::string_view(decision.why().where().file()).find("prune_story.cpp") !=
          std::string_view::npos);
}

TEST_CASE("a list that was filled on after it was said to be complete is refused") {
    dns zone;
    auto prune = zone.prune<anything>();
    texts wanted{"a", "b", "c"};
    auto list = complete_listing(wanted);
    wanted.insert(wanted.end(), {"d", "e", "f", "g", "h", "i", "j"});
    CHECK(refused(prune.check(list, at))
              .find("listing_changed: the list has another size than when it was said to be "
                    "complete; give it when it is") != std::string::npos);
    wanted.resize(1);
    CHECK(!prune.check(list).admitted());
    CHECK(zone.calls == 0);
}

TEST_CASE("what was held before is no zero, which would turn the check off") {
    dns zone;
    const texts wanted{"a", "b", "c", "d", "e", "f", "g", "h"};
    auto by_guard = zone.prune<anything>().shrunk_at_most(20_pct, 20);
    CHECK(!by_guard.check(complete_listing(wanted)).admitted());
    CHECK(!by_guard.check(complete_listing(wanted).held_before(0)).admitted());
    auto none = zone.prune<anything>().shrunk_at_most(20_pct);
    CHECK(
        refused(none.check(complete_listing(wanted).held_before(0))).find("no_previous_listing") !=
        std::string::npos);
    CHECK(none.check(complete_listing(wanted).held_before(10)).admitted());
    auto zero = zone.prune<anything>().shrunk_at_most(20_pct, 0);
    CHECK(refused(zero.check(complete_listing(wanted))).find("no_previous_listing") !=
          std::string::npos);
    CHECK(zero.check(complete_listing(wanted).held_before(10)).admitted());
}

TEST_CASE(
    "a list says how many entries it has, without its end marker and what stands behind that") {
    const texts list{"a", "b", "end", "c"};
    CHECK(complete_listing(list).size() == 4);
    CHECK(partial_listing(list).size() == 4);
    CHECK(listing_ending_with(list, "end").size() == 2);
    CHECK(complete_listing(texts{}).size() == 0);
}
