// SPDX-License-Identifier: BSL-1.0
// What is checked without a word from anybody: over one pool.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <list>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace {

constexpr auto policy = shearpin::policy{shearpin::unlimited};
constexpr shearpin::count largest = shearpin::largest_count;

/// Which rules and checks a request of this world breaks.
template <class Request>
std::vector<std::string> broken(shearpin::pool there, const Request& request) {
    int calls = 0;
    auto remove = shearpin::guard<policy>([&](const auto&) { ++calls; }, [=] { return there; });
    const auto decision = remove.check(request);
    CHECK(remove.try_call(request).has_value() == decision.admitted());
    CHECK(calls == (decision.admitted() ? 1 : 0));
    std::vector<std::string> names;
    if (!decision.admitted())
        for (const auto& each : decision.why().violations()) {
            names.emplace_back(each.rule());
            CHECK(each.limit() == (names.back() == "more_than_available" ? there.available : 0));
            if (names.back() != "impossible_pool") CHECK(each.requested() > each.limit());
            if (names.back() == "empty_selection") CHECK(each.requested() == 1);
        }
    return names;
}
using names = std::vector<std::string>;

struct uuid {  // has no order
    unsigned long high;
    unsigned long low;
    friend bool operator==(const uuid&, const uuid&) = default;
};
struct hash_uuid {
    std::size_t operator()(const uuid& id) const { return id.high ^ id.low; }
};
struct bad_hash {
    std::size_t operator()(const uuid&) const { return 42; }
};

/// The positions of what stood before, the slow and sure way.
template <class T> std::vector<std::size_t> repeated_in(const std::vector<T>& list) {
    std::vector<std::size_t> found;
    for (std::size_t at = 0; at != list.size(); ++at)
        if (std::find(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(at), list[at]) !=
            list.begin() + static_cast<std::ptrdiff_t>(at))
            found.push_back(at);
    return found;
}

template <class Way, class T>
std::vector<std::size_t> reported(const Way& way, const std::vector<T>& list) {
    std::vector<std::size_t> found;
    const auto verdict = way(list, [&](const T& target, shearpin::count position) {
        CHECK(target == list[position]);
        found.push_back(position);
    });
    CHECK((verdict == shearpin::detail::distinctness::repeated) == !found.empty());
    CHECK(verdict != shearpin::detail::distinctness::no_memory);
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace

TEST_CASE("an empty selection is refused even where everything may go") {
    CHECK(broken({10, 10}, 0) == names{"empty_selection"});
    CHECK(broken({10, 10}, std::vector<int>{}) == names{"empty_selection"});
    CHECK(broken({10, 10}, std::set<std::string>{}) == names{"empty_selection"});
    CHECK(broken({0, 0}, 0) == names{"empty_selection"});
    CHECK(broken({10, 10}, 1).empty());
}

TEST_CASE("more than is available") {
    CHECK(broken({10, 7}, 7).empty());
    CHECK(broken({10, 7}, 8) == names{"more_than_available"});
    CHECK(broken({10, 0}, 1) == names{"more_than_available"});
    CHECK(broken({0, 0}, 1) == names{"more_than_available"});
    CHECK(broken({7, 10}, 10).empty());  // more serve than were meant to
    CHECK(broken({largest, largest}, largest).empty());
    CHECK(broken({largest, largest - 1}, largest) == names{"more_than_available"});
}

TEST_CASE("numbers that cannot be") {
    CHECK(broken({largest + 1, 5}, 1) == names{"impossible_pool"});
    CHECK(broken({5, largest + 1}, 1) == names{"impossible_pool"});
    CHECK(broken({~0ULL, ~0ULL}, 1) == names{"impossible_pool"});
    CHECK(broken({largest, largest}, 1).empty());
    CHECK(broken({10, 10}, -1) == names{"impossible_request"});
    CHECK(broken({10, 10}, largest + 1) == names{"impossible_request"});
    CHECK(broken({10, 10}, ~0ULL) == names{"impossible_request"});
    CHECK(broken({10, 10}, largest) == names{"more_than_available"});
    CHECK(broken({~0ULL, ~0ULL}, -1) == names{"impossible_request"});
    CHECK(broken({~0ULL, ~0ULL}, 0) == names{"empty_selection", "impossible_pool"});
}

TEST_CASE("an observation that says that it is incomplete, whatever the rules") {
    bool complete = false;
    auto remove = shearpin::guard<policy>(
        [](int) {},
        [&] {
            return shearpin::observation{.pool = {10, 10}, .observed_at = {}, .complete = complete};
        });
    const auto decision = remove.check(1);
    REQUIRE(!decision.admitted());
    CHECK(decision.why().violations().size() == 1);
    CHECK(decision.why().violations()[0].rule() == "incomplete_observation");
    CHECK(decision.why().violations()[0].limit() == 0);
    CHECK(decision.why().max_removable() == 0);
    complete = true;
    CHECK(remove.check(1).admitted());
    // Who says nothing has said no.
    CHECK(!shearpin::guard<policy>([](int) {}, [] { return shearpin::observation{.pool = {9, 9}}; })
               .check(1)
               .admitted());
}

TEST_CASE("a target that is named twice") {
    CHECK(broken({10, 10}, std::vector<int>{1, 2, 1}) == names{"named_twice"});
    CHECK(broken({10, 10}, std::vector<std::string>{"a", "b", "b"}) == names{"named_twice"});
    CHECK(broken({10, 10}, std::list<int>{3, 3}) == names{"named_twice"});
    CHECK(broken({10, 10}, std::multiset<int>{3, 3}) == names{"named_twice"});
    CHECK(broken({10, 10}, std::vector<int>{1, 2, 3}).empty());
    CHECK(broken({2, 2}, std::vector<int>{1, 2, 1}) == names{"named_twice", "more_than_available"});
    const int ids[] = {4, 4};
    CHECK(broken({10, 10}, ids) == names{"named_twice"});
}

TEST_CASE("C strings are compared by what they spell, not by where they stand") {
    const char first[] = "db-7";
    const char second[] = "db-7";
    CHECK(broken({10, 10}, std::vector<const char*>{first, second}) == names{"named_twice"});
    CHECK(broken({10, 10}, std::vector<const char*>{first, "db-8"}).empty());
    char from_argv[] = "db-7";
    char also_from_argv[] = "db-7";
    CHECK(broken({10, 10}, std::vector<char*>{from_argv, also_from_argv}) == names{"named_twice"});
    const char table[2][5] = {"db-7", "db-7"};
    CHECK(broken({10, 10}, table) == names{"named_twice"});

    std::vector<std::string> text;
    for (int id = 0; id != 60; ++id) text.push_back("db-" + std::to_string(id));
    text.emplace_back("db-3");
    std::vector<const char*> many;
    for (const auto& name : text) many.push_back(name.c_str());
    CHECK(broken({100, 100}, many) == names{"named_twice"});
    many.pop_back();
    CHECK(broken({100, 100}, many).empty());
}

TEST_CASE("no two of many are the same: just below, at and above what is compared in place") {
    for (const std::size_t size : {2U, 31U, 32U, 33U, 64U, 1000U}) {
        CAPTURE(size);
        std::vector<int> list(size);
        for (std::size_t at = 0; at != size; ++at) list[at] = static_cast<int>(7 * at % 1009);
        CHECK(broken({2000, 2000}, list).empty());
        for (const std::size_t at : {std::size_t{1}, size / 2, size - 1}) {
            auto spoilt = list;
            spoilt[at] = spoilt[0];
            CHECK(broken({2000, 2000}, spoilt) == names{"named_twice"});
        }
    }
}

TEST_CASE("each that stood before is reported once, in every way of comparing (fixed seed)") {
    std::mt19937 random(20170228);
    for (int round = 0; round != 400; ++round) {
        const auto size = std::uniform_int_distribution<std::size_t>(0, 90)(random);
        const auto range = std::uniform_int_distribution<int>(1, 200)(random);
        std::uniform_int_distribution<int> pick(-range, range);
        std::vector<int> list(size);
        for (int& each : list) each = pick(random);
        CAPTURE(round);
        const auto expected = repeated_in(list);
        CHECK(reported(shearpin::detail::by_order{}, list) == expected);
        CHECK(reported(shearpin::detail::by_hash<std::hash<int>>{}, list) == expected);
        std::vector<uuid> ids;
        for (const int each : list) ids.push_back({0, static_cast<unsigned long>(each)});
        CHECK(reported(shearpin::detail::by_hash<bad_hash>{}, ids) == expected);
    }
}

TEST_CASE("targets without an order: by a hash, or by the caller's word") {
    const std::vector<uuid> twice{{1, 2}, {3, 4}, {1, 2}};
    const std::vector<uuid> once{{1, 2}, {3, 4}, {2, 1}};  // the same hash, and not the same
    const auto world = [] { return shearpin::pool{10, 10}; };
    const auto removal = [](const std::vector<uuid>&) {};
    auto by_hash = shearpin::guard<policy>(removal, world).distinct_by_hash(hash_uuid{});
    CHECK(by_hash.check(once).admitted());
    CHECK(by_hash.check(twice).why().violations()[0].rule() == "named_twice");
    CHECK(by_hash.check(std::vector<uuid>{}).why().violations()[0].rule() == "empty_selection");
    std::vector<uuid> many;
    for (unsigned long id = 0; id != 200; ++id) many.push_back({id, id / 2});
    auto big = shearpin::guard<policy>(removal, [] {
                   return shearpin::pool{500, 500};
               }).distinct_by_hash(bad_hash{});
    CHECK(big.check(many).admitted());
    many.push_back({77, 38});
    CHECK(!big.check(many).admitted());

    auto trusting = shearpin::guard<policy>(removal, world).known_distinct();
    CHECK(trusting.check(once).admitted());
    CHECK(trusting.check(twice).admitted());  // the caller's word

    auto plain = shearpin::guard<policy>(removal, world);
    const auto compiles = [](const auto& guarded) {
        return requires {
            { guarded.check(std::vector<uuid>{}) } -> std::same_as<shearpin::decision>;
        };
    };
    CHECK(compiles(by_hash));
    CHECK(compiles(trusting));
    CHECK(!compiles(plain));
}

TEST_CASE("how many may go counts up to the first that is named twice") {
    constexpr static auto five = shearpin::policy{shearpin::max_batch(5)};
    auto remove = shearpin::guard<five>([](const std::vector<int>&) {},
                                        [] { return shearpin::pool{100, 100}; });
    CHECK(remove.check(std::vector<int>{1, 2, 2, 3}).why().max_removable() == 2);
    CHECK(remove.check(std::vector<int>{1, 1}).why().max_removable() == 1);
    CHECK(remove.check(std::vector<int>{1, 2, 3, 4, 5, 6, 6}).why().max_removable() == 5);
    CHECK(remove.check(std::vector<int>{1, 2, 3, 4, 5, 5}).why().max_removable() == 5);
    const auto told = [&](const std::vector<int>& list) {
        return std::string(remove.check(list).why().message());
    };
    CHECK(told({1, 2, 3, 4, 5, 5}).find("asked for 6, 5 may go now\n") != std::string::npos);
    CHECK(told({1, 2, 3, 4, 4}).find("asked for 5, only the first 4 may go") != std::string::npos);
    // The first few of those that are sorted, too: equal ones end up in any order there.
    std::vector<int> many(50, 7);
    many[0] = 1;
    CHECK(remove.check(many).why().max_removable() == 2);
    std::mt19937 random(5);
    for (int round = 0; round != 300; ++round) {
        std::vector<int> list(40);
        for (int& each : list) each = std::uniform_int_distribution<int>(0, 60)(random);
        const auto repeated = repeated_in(list);
        if (repeated.empty()) continue;
        CAPTURE(round);
        CHECK(remove.check(list).why().max_removable() == std::min<std::size_t>(5, repeated[0]));
    }
}

namespace {
struct fickle {
    static constexpr std::string_view name = "fickle";
    int* asked;
    [[nodiscard]] shearpin::count limit(const shearpin::facts&) const {
        return ++*asked == 1 ? 0 : 9;
    }
};
}  // namespace

TEST_CASE("a rule that says no, and then yes when the reason is looked for: still a reason") {
    int asked = 0;
    int calls = 0;
    auto remove = shearpin::guard(
        shearpin::policy{fickle{&asked}}, [&](int) { ++calls; },
        [] { return shearpin::pool{100, 100}; });
    const auto refused = remove.try_call(1);
    REQUIRE(!refused.has_value());
    CHECK(calls == 0);
    CHECK(refused.error().violations().size() == 1);
    CHECK(refused.error().violations()[0].rule() == "reason_gone");
    CHECK(refused.error().violations()[0].limit() == 0);
    CHECK(refused.error().kind() == shearpin::answer::refused_for_now);
    CHECK(!refused.error().retry_after().has_value());
}

TEST_CASE("the same over several pools") {
    struct fleet {
        [[nodiscard]] bool contains(int) const { return true; }
        [[nodiscard]] std::vector<int> pools_of(int) const { return {1}; }
        [[nodiscard]] shearpin::pool state(int) const { return {100, 100}; }
    };
    int asked = 0;
    auto remove =
        shearpin::guard(shearpin::policy{fickle{&asked}}, [](const std::vector<int>&) {}, fleet{});
    const auto refused = remove.check(std::vector<int>{1, 2});
    REQUIRE(!refused.admitted());
    REQUIRE(refused.why().violations().size() == 1);
    CHECK(refused.why().violations()[0].rule() == "reason_gone");
    CHECK(refused.why().violations()[0].limit() == 0);
    CHECK(refused.why().violations()[0].requested() == 2);
}
