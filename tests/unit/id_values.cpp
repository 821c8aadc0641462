// SPDX-License-Identifier: BSL-1.0
// Ids of one kind: made, compared, hashed, told, and taken by guards.
#include <shearpin/id.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <type_traits>
#include <unordered_set>
#include <utility>
#include <vector>

namespace {

using host_id = shearpin::id<"host">;
using database_id = shearpin::id<"database">;
using volume_id = shearpin::id<"volume", std::uint64_t>;
using slot_id = shearpin::id<"slot", std::int16_t>;

constexpr auto three = shearpin::policy{shearpin::max_batch(3)};

struct fleet {
    std::set<host_id> hosts;
    [[nodiscard]] bool contains(const host_id& host) const { return hosts.count(host) != 0; }
    [[nodiscard]] std::vector<std::string> pools_of(const host_id&) const { return {"web"}; }
    [[nodiscard]] shearpin::pool state(const std::string&) const { return {10, 10}; }
};

template <class Id>
concept has_number = requires(const Id& which) { which.number(); };

}  // namespace

TEST_CASE("two kinds are two types, and nothing converts between them") {
    static_assert(!std::is_same_v<host_id, database_id>);
    static_assert(std::is_same_v<host_id, shearpin::id<"host">>);
    static_assert(!std::is_constructible_v<host_id, database_id>);
    static_assert(!std::is_convertible_v<database_id, host_id>);
    static_assert(!std::is_assignable_v<host_id&, database_id>);
    static_assert(!std::is_constructible_v<volume_id, shearpin::id<"snapshot", std::uint64_t>>);
    static_assert(!std::is_convertible_v<host_id, std::string>);
    static_assert(!std::is_convertible_v<host_id, shearpin::text_view>);
    static_assert(!std::is_convertible_v<std::string, host_id>);
    static_assert(!std::is_constructible_v<host_id, std::string>);
    static_assert(!std::is_convertible_v<std::uint64_t, volume_id>);
    static_assert(!std::is_convertible_v<volume_id, std::uint64_t>);
    static_assert(!std::is_constructible_v<host_id, std::nullptr_t>);
    static_assert(!std::is_constructible_v<host_id, shearpin::detail::id_letters>);
    static_assert(!std::is_constructible_v<host_id, int>);
    static_assert(!std::is_constructible_v<volume_id, const char(&)[2]>);
    static_assert(!std::is_constructible_v<volume_id, double>);
    static_assert(!std::is_constructible_v<volume_id, bool>);
    static_assert(!std::is_constructible_v<volume_id, char>);
    static_assert(std::is_constructible_v<volume_id, std::uint64_t>);
    static_assert(std::is_nothrow_constructible_v<slot_id, std::int16_t>);
    static_assert(has_number<volume_id> && !has_number<host_id>);
    static_assert(std::is_trivially_copyable_v<host_id>);
    static_assert(sizeof(host_id) == 128);
    static_assert(sizeof(volume_id) == sizeof(std::uint64_t));
    static_assert(host_id::kind() == shearpin::text_view("host"));
    static_assert(shearpin::id<"az_09">::kind() == shearpin::text_view("az_09"));
}

TEST_CASE("text ids are ordered like their bytes") {
    constexpr host_id a("a"), ab("ab"), b("b"), capital("B");
    static_assert(a == host_id("a") && a != ab);
    static_assert(a < ab && ab < b && capital < a && b > a && a <= a && b >= ab);
    const std::set<host_id> sorted{b, ab, capital, a, a};
    CHECK(std::vector<host_id>(sorted.begin(), sorted.end()) ==
          std::vector<host_id>{capital, a, ab, b});
}

TEST_CASE("number ids are ordered like their numbers") {
    static_assert(volume_id(7) == volume_id(std::uint64_t{7}));
    static_assert(slot_id(-5) < slot_id(3));
    static_assert(volume_id(0) == volume_id() && slot_id(0) == slot_id());
    static_assert(slot_id(-32768).number() == std::numeric_limits<std::int16_t>::min());
    static_assert(volume_id(18446744073709551615U).number() ==
                  std::numeric_limits<std::uint64_t>::max());
}

TEST_CASE("equal ids have equal hashes, and a set of them works") {
    CHECK(std::hash<host_id>{}(host_id("db-7")) ==
          std::hash<host_id>{}(*host_id::parse("host:db-7")));
    CHECK(std::hash<host_id>{}(host_id("db-7")) != std::hash<host_id>{}(host_id("db-8")));
    CHECK(std::hash<host_id>{}(host_id("a")) == 0xaf63dc4c8601ec8cU);  // FNV-1a of "a"
    CHECK(std::hash<volume_id>{}(volume_id(1)) != std::hash<volume_id>{}(volume_id(256)));
    std::unordered_set<host_id> hosts{host_id("a"), host_id("b"), host_id("a")};
    CHECK(hosts.size() == 2);
    CHECK(hosts.count(*host_id::parse("b")) == 1);
}

TEST_CASE("an id is told without its kind, and spelled with it") {
    CHECK(std::string(to_text(host_id("db-7"))) == "db-7");
    CHECK(std::string(host_id("db-7").spelled()) == "host:db-7");
    CHECK(std::string(to_text(volume_id(42))) == "42");
    CHECK(std::string(volume_id(42).spelled()) == "volume:42");
    CHECK(std::string(to_text(slot_id(-32768))) == "-32768");
    CHECK(to_text(host_id()).empty());
    // Whole, also where both are as long as can be.
    using longest = shearpin::id<
        "a_kind_of_which_the_name_has_as_many_letters_as_an_id_may_have_itself_which_is_one_"
        "hundred_and_twenty_seven_in_the_whole_of_its">;
    REQUIRE(longest::kind().size() == 127);
    const std::string text(127, 'x');
    CHECK(std::string(longest::parse(text)->spelled()) ==
          std::string(longest::kind()) + ":" + text);
}

TEST_CASE("a guard takes ids as targets, and names them in a refusal") {
    fleet all{{host_id("db-7"), host_id("db-8")}};
    std::vector<host_id> gone;
    auto remove =
        shearpin::guard<three>([&](const std::vector<host_id>& which) { gone = which; }, all);
    const auto refused = remove.check(std::vector{host_id("db-9"), host_id("db-7"), host_id("x")});
    REQUIRE(!refused.admitted());
    CHECK(std::string(refused.why().violations()[0].targets()) == "db-9, x");
    const auto twice = remove.check(std::vector{host_id("db-7"), host_id("db-7")});
    REQUIRE(!twice.admitted());
    CHECK(std::string(twice.why().violations()[0].rule()) == "named_twice");
    remove(std::vector{host_id("db-7")});
    CHECK(gone == std::vector{host_id("db-7")});
}

TEST_CASE("a permit knows the ids that it was given for") {
    bool covers_its_own = false;
    bool covers_others = true;
    auto remove = shearpin::guard<three>(
        [&](shearpin::permit<three> permit, const std::vector<host_id>& which) {
            covers_its_own = permit.covers(host_id("db-7"));
            covers_others = permit.covers(host_id("db-9"));
            std::move(permit).spend(which);
        },
        [] { return shearpin::pool{10, 10}; });
    remove(std::vector{host_id("db-7")});
    CHECK(covers_its_own);
    CHECK_FALSE(covers_others);
}
