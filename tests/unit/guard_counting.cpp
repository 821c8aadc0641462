// SPDX-License-Identifier: BSL-1.0
// How much is asked for, found out from the arguments.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <array>
#include <deque>
#include <filesystem>
#include <initializer_list>
#include <iterator>
#include <limits>
#include <list>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace {

constexpr auto policy = shearpin::policy{shearpin::max_batch(2)};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };

/// A guard whose calls take anything: only what is counted matters.
constexpr auto anything = [](const auto&...) {};
auto guarded() { return shearpin::guard<policy>(anything, full); }

template <class... Args> shearpin::count counted(const Args&... arguments) {
    const auto decision = shearpin::guard<policy>(anything, full).check(arguments...);
    return decision.admitted() ? 0 : decision.why().requested();
}

template <class... Args>
concept compiles = requires(const decltype(guarded())& guard, Args... arguments) {
    { guard.check(arguments...) } -> std::same_as<shearpin::decision>;
};
// The overload for a call with a flaw returns a type that is never defined, so it is no decision.

enum class plain_enum { three = 3 };
struct move_only_list {
    std::vector<int> kept{1, 2, 3};
    move_only_list() = default;
    move_only_list(move_only_list&&) = default;
    [[nodiscard]] std::size_t size() const { return kept.size(); }
    [[nodiscard]] auto begin() const { return kept.begin(); }
    [[nodiscard]] auto end() const { return kept.end(); }
};
struct code_points {  // text of one's own, which is walked over in numbers
    std::vector<unsigned> decoded{104, 49};
    [[nodiscard]] const char* data() const { return "h1"; }
    [[nodiscard]] std::size_t size() const { return 2; }
    [[nodiscard]] auto begin() const { return decoded.begin(); }
    [[nodiscard]] auto end() const { return decoded.end(); }
};
struct signed_list {  // as Qt's are
    std::vector<int> kept{1, 2, 3};
    int length = 3;
    [[nodiscard]] int size() const { return length; }
    [[nodiscard]] auto begin() const { return kept.begin(); }
    [[nodiscard]] auto end() const { return kept.end(); }
};

}  // namespace

TEST_CASE("a sized range says how many") {
    CHECK(counted(std::vector<int>{1, 2, 3}) == 3);
    CHECK(counted(std::vector<std::string>{"a", "b", "c", "d"}) == 4);
    CHECK(counted(std::set<int>{1, 2, 3}) == 3);
    CHECK(counted(std::map<int, int>{{1, 1}, {2, 2}, {3, 3}}) == 3);
    CHECK(counted(std::list<int>{1, 2, 3}) == 3);
    CHECK(counted(std::deque<int>{1, 2, 3}) == 3);
    CHECK(counted(std::initializer_list<int>{1, 2, 3}) == 3);
    CHECK(counted(signed_list{}) == 3);
    const std::vector<int> ids{1, 2, 3, 4};
    CHECK(counted(std::span<const int>(ids)) == 4);
    CHECK(counted(std::span(ids).first(3)) == 3);
    CHECK(!guarded().check(move_only_list{}).admitted());
    CHECK(guarded().check(std::vector<int>{1, 2}).admitted());
}

TEST_CASE("an array says how many by its type") {
    // check() answers at run time; calling it with too many does not compile.
    CHECK(counted(std::array<int, 3>{1, 2, 3}) == 3);
    const int ids[] = {1, 2, 3};
    CHECK(counted(ids) == 3);
    CHECK(counted(std::span<const int, 3>(ids)) == 3);
    CHECK(counted(std::integral_constant<int, 7>{}) == 7);

    int seen = 0;
    auto remove =
        shearpin::guard<policy>([&](const auto& list) { seen = static_cast<int>(list[1]); }, full);
    const int two[] = {1, 2};
    remove(two);
    CHECK(seen == 2);
    remove(std::array<int, 2>{1, 5});
    CHECK(seen == 5);
    remove(std::span<const int, 2>(two));
    CHECK(seen == 2);
    auto by_constant = shearpin::guard<policy>([&](auto number) { seen = number; }, full);
    by_constant(std::integral_constant<int, 1>{});
    CHECK(seen == 1);

    const auto empty = guarded().check(std::array<int, 0>{});
    REQUIRE(!empty.admitted());
    CHECK(empty.why().violations()[0].rule() == "empty_selection");
}

TEST_CASE("an integer of any type says how many") {
    CHECK(counted(3) == 3);
    CHECK(counted(3U) == 3);
    CHECK(counted(3L) == 3);
    CHECK(counted(3ULL) == 3);
    CHECK(counted(static_cast<short>(3)) == 3);
    CHECK(counted(static_cast<unsigned char>(3)) == 3);
    CHECK(counted(static_cast<signed char>(3)) == 3);
    CHECK(guarded().check(2).admitted());
    CHECK(guarded().check(std::size_t{2}).admitted());
}

TEST_CASE("a negative number is never a large one, nor a small one") {
    for (const long number : {-1L, -2L, std::numeric_limits<long>::min()}) {
        const auto decision = guarded().check(number);
        REQUIRE(!decision.admitted());
        CHECK(decision.why().violations()[0].rule() == "impossible_request");
    }
    CHECK(!guarded().check(static_cast<signed char>(-1)).admitted());
    signed_list broken;
    broken.length = -1;
    CHECK(!guarded().check(broken).admitted());
    broken.length = 0;
    CHECK(!guarded().check(broken).admitted());
}

TEST_CASE("text is never a list of targets, and neither are the types that are no amounts") {
    static_assert(compiles<int>);
    static_assert(compiles<std::vector<int>>);
    static_assert(!compiles<std::string>);
    static_assert(!compiles<std::string_view>);
    static_assert(!compiles<const char*>);
    static_assert(!compiles<std::u8string>);
    static_assert(!compiles<std::wstring>);
    static_assert(!compiles<std::vector<char>>);
    static_assert(!compiles<std::array<char, 3>>);
    static_assert(!compiles<std::filesystem::path>);
    static_assert(!compiles<code_points>);
    static_assert(!compiles<bool>);
    static_assert(!compiles<char>);
    static_assert(!compiles<double>);
    static_assert(!compiles<plain_enum>);
    static_assert(!compiles<>);
    // Beside text, the list or the number counts.
    const char host[] = "host-1";
    CHECK(counted(std::string("host1"), 3) == 3);
    CHECK(counted(host, std::vector<int>{1, 2, 3}) == 3);
    CHECK(counted("a connection", true, 'x', 2.5, std::vector<std::string>{"a", "b", "c"}) == 3);
}

namespace {

/// A constant in a type, of which one part is no number.
template <class Said, auto Is> struct constant {
    using value_type = Said;
    static constexpr auto value = Is;
    constexpr operator int() const { return static_cast<int>(Is); }
};

/// An aggregate with room for N, of which it may hold fewer.
template <class T, std::size_t N> struct at_most {
    T held[N];
    std::size_t number;
    [[nodiscard]] std::size_t size() const { return number; }
    [[nodiscard]] const T* begin() const { return held; }
    [[nodiscard]] const T* end() const { return held + number; }
};

template <class Guard>
concept takes_six = requires(const Guard& guard) { guard(1, 'b', 'c', 'd', 'e', 'f'); };
template <class Guard>
concept takes_seven = requires(const Guard& guard) { guard(1, 'b', 'c', 'd', 'e', 'f', 'g'); };

}  // namespace

TEST_CASE("a constant says how many where all of it is an integer") {
    using shearpin::detail::can_say;
    static_assert(can_say<constant<int, 5>> && can_say<constant<int, 5U>>);
    static_assert(!can_say<constant<char, 5>> && !can_say<constant<int, 'a'>>);
    static_assert(!can_say<constant<bool, 5>> && !can_say<constant<int, true>>);
}

TEST_CASE("no type says how many that only says how many there may be") {
    using shearpin::detail::static_count;
    static_assert(static_count<std::array<int, 2>> == 2);
    static_assert(static_count<std::span<const int, 2>> == 2);
    static_assert(static_count<std::span<const int>> == 0);
    static_assert(static_count<at_most<int, 2>> == 0 && shearpin::detail::list<at_most<int, 2>>);
}

TEST_CASE("what can be walked once says so by a category that is derived from none") {
    struct once {
        once() noexcept {}  // so that braces look for a constructor
    };
    struct often : once {};
    using shearpin::detail::single_pass;
    static_assert(single_pass<std::input_iterator_tag> && single_pass<once>);
    static_assert(!single_pass<std::forward_iterator_tag> && !single_pass<often>);
}

TEST_CASE("more arguments than six go with the place of the call in front of them") {
    std::size_t others = 0;
    const auto remove =
        shearpin::guard<policy>([&](int, auto... more) { others = sizeof...(more); }, full);
    static_assert(takes_six<decltype(remove)> && !takes_seven<decltype(remove)>);
    remove.call_from(shearpin::place::here(), 1, 'b', 'c', 'd', 'e', 'f', 'g');
    CHECK(others == 6);
}

TEST_CASE("where two could be meant, one is marked") {
    static_assert(!compiles<int, int>);
    static_assert(!compiles<std::vector<int>, int>);
    CHECK(counted(shearpin::targets(3), 7) == 3);
    CHECK(counted(7, shearpin::targets(3)) == 3);
    CHECK(counted(std::vector<int>{1}, shearpin::targets(std::vector<int>{1, 2, 3})) == 3);
    CHECK(counted(shearpin::targets(3), std::vector<std::vector<int>>{}) == 3);
    static_assert(
        !compiles<shearpin::detail::marked_targets<int>, shearpin::detail::marked_targets<int>>);
    int seen = 0;
    auto remove =
        shearpin::guard<policy>([&](int first, int second) { seen = first * 10 + second; }, full);
    remove(shearpin::targets(2), 9);
    CHECK(seen == 29);
}

TEST_CASE("counting(f) returns a number, and may count what goes along") {
    struct server {
        std::string name;
        int databases;
    };
    int deleted = 0;
    auto remove = shearpin::guard<policy>(
                      [&](const server&, bool really) { deleted += really ? 1 : 0; }, full)
                      .counting([](const server& which, bool) { return 1 + which.databases; });
    remove(server{"alone", 1}, true);
    CHECK(deleted == 1);
    const auto decision = remove.check(server{"crowded", 7}, true);
    REQUIRE(!decision.admitted());
    CHECK(decision.why().requested() == 8);
    CHECK_THROWS_AS(remove(server{"crowded", 7}, true), shearpin::removal_refused);
    CHECK(deleted == 1);
    CHECK(!remove.check(server{"a negative number of databases", -9}, true).admitted());
    CHECK(!remove.check(server{"no server at all", -1}, true).admitted());
}

TEST_CASE("counting(f) returns a list, and then the list is what is judged") {
    auto remove = shearpin::guard<policy>([](const std::string&) {}, full)
                      .counting([](const std::string& pattern) {
                          return pattern == "twice" ? std::vector<int>{1, 1}
                                                    : std::vector<int>(pattern.size(), 0);
                      });
    CHECK(remove.check(std::string("x")).admitted());
    CHECK(remove.check(std::string("twice")).why().violations()[0].rule() == "named_twice");
    CHECK(remove.check(std::string("")).why().violations()[0].rule() == "empty_selection");
}

TEST_CASE("counting(f) wins over what the arguments say, and is asked once, before the world") {
    std::string order;
    auto remove = shearpin::guard<policy>([&](int) { order += "removal "; },
                                          [&] {
                                              order += "world ";
                                              return full();
                                          })
                      .counting([&](int number) {
                          order += "count ";
                          return number / 10;
                      });
    remove(20);
    CHECK(order == "count world removal ");
    order.clear();
    CHECK(!remove.try_call(30).has_value());
    CHECK(order == "count world ");
    CHECK(!remove.check(9).admitted());  // 9 / 10: none
}

TEST_CASE("counting(f) may be a mutable function, and sees the arguments as lvalues") {
    auto remove = shearpin::guard<policy>([](std::vector<int>&& list) { return list.size(); }, full)
                      .counting([asked = 0](const std::vector<int>& list) mutable {
                          return ++asked > 1 ? list.size() : 0;
                      });
    CHECK(!remove.check(std::vector<int>{1, 2}).admitted());
    CHECK(remove(std::vector<int>{1, 2}) == 2);  // not moved away before the removal
}

namespace {

// says another number than can be walked over
template <class List = std::vector<int>> struct wrong_size {
    List kept;
    std::size_t told;
    [[nodiscard]] std::size_t size() const { return told; }
    [[nodiscard]] auto begin() const { return kept.begin(); }
    [[nodiscard]] auto end() const { return kept.end(); }
};
std::string refused(const wrong_size<>& list) {
    constexpr static auto any = shearpin::policy{shearpin::unlimited};
    const auto decision = shearpin::guard<any>(anything, full).check(list);
    if (decision.admitted()) return "";
    CHECK(decision.why().max_removable() == 0);
    CHECK(decision.why().violations()[0].limit() == 0);
    return std::string(decision.why().violations()[0].rule());
}

}  // namespace

TEST_CASE("a list whose size() is not the number of its targets is refused") {
    std::vector<int> many(80);
    for (int at = 0; at != 80; ++at) many[static_cast<std::size_t>(at)] = at;
    const std::vector<int> few{1, 2, 3};
    CHECK(refused({few, 3}).empty());
    CHECK(refused({few, 2}) == "size_is_not_the_number");
    CHECK(refused({few, 4}) == "size_is_not_the_number");
    CHECK(refused({many, 80}).empty());
    CHECK(refused({many, 1}) == "size_is_not_the_number");
    CHECK(refused({many, 79}) == "size_is_not_the_number");
    CHECK(refused({many, 81}) == "size_is_not_the_number");
    constexpr static auto any = shearpin::policy{shearpin::unlimited};
    auto by_hash = shearpin::guard<any>(anything, full).distinct_by_hash(std::hash<int>{});
    CHECK(by_hash.check(wrong_size<>{many, 80}).admitted());
    CHECK(!by_hash.check(wrong_size<>{many, 79}).admitted());
    CHECK(!by_hash.check(wrong_size<>{many, 81}).admitted());
}

TEST_CASE("also where no target can be named twice, and where only walking tells how many") {
    constexpr static auto any = shearpin::policy{shearpin::unlimited};
    auto trusting = shearpin::guard<any>(anything, full).known_distinct();
    const wrong_size<> two_of_three{{1, 2, 3}, 2};
    const auto refusal = trusting.check_from(shearpin::place::here("t.cpp", 7, "f"), two_of_three);
    CHECK(std::string(refusal.why().message()) ==
          "removal refused, nothing was removed: asked for 2, none of it may go now\n"
          "  - size_is_not_the_number: the list's size() is not how many targets stand in it\n"
          "  waiting will not help; the request itself must change\n"
          "  called at t.cpp:7 in f");
    const auto refused_by = [&](const auto& list) -> std::string {
        const auto decision = trusting.check(list);
        return decision.admitted() ? "" : std::string(decision.why().violations()[0].rule());
    };
    for (const std::size_t told : {1U, 2U, 3U, 4U}) {
        CAPTURE(told);
        const std::string expected = told == 3 ? "" : "size_is_not_the_number";
        CHECK(refused_by(wrong_size<std::vector<int>>{{1, 2, 3}, told}) == expected);
        CHECK(refused_by(wrong_size<std::list<int>>{{1, 2, 3}, told}) == expected);
    }
}
