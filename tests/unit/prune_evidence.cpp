// SPDX-License-Identifier: BSL-1.0
// What a prune makes of a list at the edges: dates near the beginning of time, entries without a
// name, an inventory that changes at each look, and what its refusals say in numbers.
#include "ledger_testing.hpp"

#include <shearpin/prune.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace shearpin::literals;
using shearpin::complete_listing, shearpin::partial_listing, shearpin::listing_ending_with;
using shearpin::duration, shearpin::time_point;

namespace {

using texts = std::vector<std::string>;

constexpr auto anything = shearpin::policy{shearpin::unlimited};
constexpr auto floor_4 = shearpin::policy{shearpin::min_remaining(4)};
constexpr auto rate_3 = shearpin::policy{shearpin::max_rate(3, duration::hours(1))};

/// An entry that has an order and no name.
struct volume {
    int number;
    bool operator<(const volume& other) const { return number < other.number; }
};

/// A rule that says no, and then yes when the reason is looked for.
struct fickle {
    static constexpr std::string_view name = "fickle";
    int* asked;
    [[nodiscard]] shearpin::count limit(const shearpin::facts&) const {
        return ++*asked == 1 ? 0 : 100;
    }
};

std::vector<std::string> rules(const shearpin::decision& decided) {
    std::vector<std::string> all;
    if (!decided.admitted())
        for (const auto& each : decided.why().violations()) all.emplace_back(each.rule());
    return all;
}

/// A store to which each look is a round trip.
struct far_memory : ledger_testing::byte_memory {
    [[nodiscard]] static bool is_remote() { return true; }
};

/// An inventory that is another one at each look; the last stays.
template <class Entry> struct changing {
    std::vector<std::vector<Entry>> looks;
    std::size_t number = 0;
    std::vector<Entry> operator()() {
        return looks[number + 1 < looks.size() ? number++ : looks.size() - 1];
    }
};

// What is no list of entries, and no number of them.
template <class R>
concept is_complete = requires(R& entries) { complete_listing(entries); };
template <class R>
concept is_partial = requires(R& entries) { partial_listing(entries); };
template <class R>
concept has_an_end = requires(R& entries) { listing_ending_with(entries, 0); };
static_assert(is_complete<texts> && !is_complete<int> && !is_complete<std::string>);
static_assert(is_partial<texts> && !is_partial<int> && !is_partial<std::string>);
static_assert(has_an_end<std::vector<int>> && !has_an_end<int> && !has_an_end<std::string>);
template <class N>
concept was_held =
    requires(texts& entries, N number) { complete_listing(entries).held_before(number); };
static_assert(was_held<int> && !was_held<bool> && !was_held<double>);

constexpr auto nothing_else = [](const texts&) {};
constexpr auto no_texts = [] { return texts(); };
using pruning = decltype(shearpin::prune_guard<anything>(nothing_else, no_texts));
template <class N>
concept is_size = requires(pruning guard, N number) { std::move(guard).of_size(number); };
static_assert(is_size<int> && !is_size<bool> && !is_size<double>);
template <class N>
concept was_there =
    requires(pruning guard, N number) { std::move(guard).shrunk_at_most(50_pct, number); };
static_assert(was_there<int> && !was_there<bool> && !was_there<double>);
template <class... Given>
concept takes_clock =
    requires(pruning guard, Given&... given) { std::move(guard).with_clock(given...); };
static_assert(takes_clock<shearpin::manual_clock> && !takes_clock<>);
template <class Inventory>
concept can_be_pruned =
    requires(Inventory inventory) { shearpin::prune_guard(anything, nothing_else, inventory); };
static_assert(can_be_pruned<decltype(no_texts)> && !can_be_pruned<int>);

// What is wrong with the policy is told as of any guard, whatever is pruned.
constexpr auto contradictory = shearpin::policy{shearpin::max_batch(1), shearpin::max_batch(2)};
template <class Inventory>
using pruned_by_no_policy =
    decltype(shearpin::prune_guard<contradictory>(nothing_else, std::declval<Inventory>()));
using flaw = shearpin::detail::guard_flaw<contradictory, shearpin::detail::pruned_world>;
static_assert(!std::is_void_v<flaw>);
static_assert(std::is_same_v<pruned_by_no_policy<decltype(no_texts)>, flaw>);
static_assert(std::is_same_v<pruned_by_no_policy<int>, flaw>);

}  // namespace

TEST_CASE("where a clock begins in 1970, a list or a moment without a date is not fresh") {
    const texts zone{"a", "b", "c"};
    shearpin::manual_clock clock;
    auto prune = shearpin::prune_guard<anything>([](const texts&) {}, [&] { return zone; })
                     .with_clock(clock)
                     .listed_within(duration::minutes(10));
    const texts wanted{"a", "b"};
    const auto beginning = time_point::since_epoch(duration{});
    clock.set(beginning + duration::minutes(5));
    CHECK(rules(prune.check(complete_listing(wanted))) == texts{"old_listing"});
    CHECK(prune.check(complete_listing(wanted).taken_at(beginning)).admitted());
    // One that is taken at this very moment is.
    CHECK(prune.check(complete_listing(wanted).taken_at(clock.now())).admitted());
    clock.set({});
    CHECK(rules(prune.check(complete_listing(wanted).taken_at(beginning))) == texts{"old_listing"});
}

namespace {
/// A list that tells when somebody reads beyond its end.
struct watched_list {
    struct iterator {
        using iterator_category = std::bidirectional_iterator_tag;
        using value_type = std::string;
        using difference_type = std::ptrdiff_t;
        using reference = const std::string&;
        using pointer = const std::string*;
        const watched_list* list = nullptr;
        std::size_t at = 0;
        reference operator*() const {
            if (at >= list->held.size()) ++list->read_beyond;
            return list->held[at < list->held.size() ? at : 0];
        }
        iterator& operator++() {
            ++at;
            return *this;
        }
        iterator operator++(int) {
            const iterator before = *this;
            ++at;
            return before;
        }
        iterator& operator--() {
            --at;
            return *this;
        }
        iterator operator--(int) {
            const iterator before = *this;
            --at;
            return before;
        }
        bool operator==(const iterator&) const = default;
    };
    texts held;
    mutable int read_beyond = 0;
    [[nodiscard]] iterator begin() const { return {this, 0}; }
    [[nodiscard]] iterator end() const { return {this, held.size()}; }
    [[nodiscard]] std::size_t size() const { return held.size(); }
};
}  // namespace

TEST_CASE("a list that has shrunk since it was said to be complete is not read beyond its end") {
    const texts zone{"a", "b", "c"};
    watched_list wanted{{"a", "b", "c"}};
    const auto list = complete_listing(wanted);
    wanted.held.resize(1);
    auto prune = shearpin::prune_guard<anything>([](const texts&) {}, [&] { return zone; });
    CHECK(rules(prune.check(list)) == texts{"listing_changed"});
    CHECK(wanted.read_beyond == 0);
}

TEST_CASE("an age below zero lets no list pass, not even one of this very moment") {
    const texts zone{"a", "b"};
    const shearpin::manual_clock clock;
    auto prune = shearpin::prune_guard<anything>([](const texts&) {}, [&] { return zone; })
                     .with_clock(clock)
                     .listed_within(duration::minutes(-1));
    const texts wanted{"a"};
    const auto decided = prune.check(complete_listing(wanted).taken_at(clock.now()));
    REQUIRE(rules(decided) == texts{"old_listing"});
    CHECK(std::string(decided.why().message()).find("the list is 0s old and may be -1min old") !=
          std::string::npos);
}

TEST_CASE("where nothing is absent, nothing is reserved, and no removal is told of") {
    const texts zone{"a", "b"};
    shearpin::ledger ledger{shearpin::memory_store{}};
    shearpin::manual_clock clock;
    texts told;
    auto prune = shearpin::prune_guard<rate_3>([](const texts&) {}, [&] { return zone; })
                     .with_clock(clock)
                     .with_ledger(ledger, "zone")
                     .with_observer(
                         [&](const shearpin::event& what) { told.emplace_back(what.kind_name()); });
    prune(complete_listing(zone));
    CHECK(prune.try_call(complete_listing(zone)));
    CHECK(ledger.entries().entries.empty());
    CHECK(told == texts{"checked", "checked"});
}

TEST_CASE("with a ledger, what the inventory holds at the second look is what the rules judge") {
    changing<std::string> zone{{{"a", "b", "c", "d", "e", "f"}, {"b", "c", "d", "e", "f"}}};
    shearpin::ledger ledger{shearpin::memory_store{}};
    shearpin::manual_clock clock;
    auto prune = shearpin::prune_guard<floor_4>([](const texts&) {}, zone)
                     .with_clock(clock)
                     .with_ledger(ledger, "zone");
    const texts wanted{"a", "b", "c", "d"};
    const auto decided = prune.check(complete_listing(wanted));
    REQUIRE(rules(decided) == texts{"min_remaining"});
    CHECK(decided.why().max_removable() == 1);
    CHECK(decided.why().violations()[0].seen().pool.size == 5);
}

TEST_CASE("an entry that was gone at one look, and is back at the next, is a target") {
    ledger_testing::byte_memory shared;
    shearpin::ledger mine{far_memory{shared}};
    shearpin::ledger theirs{ledger_testing::byte_memory{shared}};
    shearpin::manual_clock clock;
    int looks = 0;
    int gone_at = 0;
    const auto zone = [&] { return ++looks == gone_at ? texts{"a"} : texts{"a", "b"}; };
    auto prune = shearpin::prune_guard<rate_3>([](const texts&) {}, zone)
                     .with_clock(clock)
                     .with_ledger(mine, "zone");
    const texts wanted{"a"};
    for (int quiet = 0; quiet != 3; ++quiet)
        REQUIRE(prune.check(complete_listing(wanted)).admitted());
    // What this ledger goes by is out of date now, so it looks twice: after the comparison.
    REQUIRE(ledger_testing::remove(theirs, {clock.now(), {}, 0}, "another zone", 1));
    looks = 0;
    gone_at = 2;
    CHECK(rules(prune.check(complete_listing(wanted))).empty());
    CHECK(looks == 3);
}

TEST_CASE("entries without a name are told by their place") {
    const auto targets = [](const shearpin::decision& decided) {
        REQUIRE(!decided.admitted());
        return std::string(decided.why().violations()[0].targets());
    };
    const auto nothing = [](const std::vector<volume>&) {};
    const std::vector<volume> volumes{{1}, {2}, {3}, {4}};
    auto strict =
        shearpin::prune_guard<anything>(nothing, [&] { return volumes; }).unknown_at_most(0_pct);
    CHECK(targets(strict.check(complete_listing(std::vector<volume>{{1}, {7}, {8}}))) == "#2, #3");
    shearpin::ledger ledger{shearpin::memory_store{}};
    shearpin::manual_clock clock;
    changing<volume> less{{{{1}, {2}, {3}, {4}}, {{2}, {3}}}};
    auto prune = shearpin::prune_guard<rate_3>(nothing, less)
                     .with_clock(clock)
                     .with_ledger(ledger, "volumes");
    // Of the three that are absent, the first and the last have gone.
    CHECK(targets(prune.check(complete_listing(std::vector<volume>{{2}}))) == "#1, #3");
}

TEST_CASE("a list at fault lets nothing go, whatever is absent, and tells no rule beside it") {
    const texts zone{"a", "b", "c"};
    auto prune = shearpin::prune_guard<anything>([](const texts&) {}, [&] { return zone; })
                     .shrunk_at_most(10_pct, 30)
                     .unknown_at_most(0_pct);
    const auto decided = prune.check(partial_listing(texts{"a", "x"}));
    REQUIRE(rules(decided) == texts{"partial_listing", "shrunk_listing", "unknown_entries"});
    CHECK(decided.why().max_removable() == 0);
    for (const auto& each : decided.why().violations()) CHECK(each.limit() == 0);
    CHECK(decided.why().violations()[0].requested() == 2);
    CHECK(decided.why().violations()[2].requested() == 1);  // so many are unknown
    CHECK(rules(prune.check(listing_ending_with(texts{"a", "b", "c"}, "end"))) ==
          texts{"end_not_seen", "shrunk_listing"});
    CHECK(rules(shearpin::prune_guard<anything>([](const texts&) {}, [&] { return zone; })
                    .check(partial_listing(zone))) == texts{"partial_listing"});
}

TEST_CASE("a reason that went away while it was looked for refuses a prune of a sound list") {
    const texts zone{"a", "b"};
    int asked = 0;
    auto prune = shearpin::prune_guard(
        shearpin::policy{fickle{&asked}}, [](const texts&) {}, [&] { return zone; });
    CHECK(rules(prune.check(complete_listing(texts{"a"}))) == texts{"reason_gone"});
    // Beside a list that is at fault it is no reason.
    asked = 0;
    CHECK(rules(prune.check(partial_listing(texts{"a"}))) == texts{"partial_listing"});
}
