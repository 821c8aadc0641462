// SPDX-License-Identifier: BSL-1.0
// What a guard owns, what it refers to, and how it is kept.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

using namespace std::chrono_literals;

namespace {

constexpr auto policy = shearpin::policy{shearpin::min_remaining(90)};
constexpr auto timed = shearpin::policy{shearpin::freeze(
    shearpin::window::dates(shearpin::date(2026, 1, 1), shearpin::date(2026, 1, 2)))};

struct counted_world {
    inline static int copies = 0;
    shearpin::count available = 100;
    counted_world() = default;
    counted_world(const counted_world& other) : available(other.available) { ++copies; }
    counted_world(counted_world&& other) noexcept : available(other.available) {}
    shearpin::pool operator()() const { return {.size = 100, .available = available}; }
};

struct nothing_to_see {
    shearpin::pool operator()() const { return {.size = 100, .available = 100}; }
};

void drop(std::span<const int>) {}

using guarding = decltype(shearpin::guard<policy>(drop, nothing_to_see{}));
using steady = std::chrono::steady_clock;
static_assert(std::is_same_v<decltype(std::declval<guarding>().with_clock(steady())),
                             shearpin::this_is_no_clock<steady>>);
static_assert(
    std::is_same_v<decltype(std::declval<guarding>().with_clock(std::declval<const steady>())),
                   shearpin::this_is_no_clock<steady>>);

// A view of a name may be a temporary: the text is elsewhere.
using too_short = shearpin::the_name_is_a_temporary_and_would_not_outlive_the_guard<std::string>;
template <class S> using named = decltype(std::declval<guarding>().named(std::declval<S>()));
static_assert(std::is_same_v<named<std::string>, too_short>);
static_assert(std::is_same_v<named<std::string_view>, guarding>);
template <class S>
using placed = decltype(std::declval<guarding>().in_environment(std::declval<S>()));
static_assert(std::is_same_v<placed<std::string>, too_short>);
static_assert(std::is_same_v<placed<std::string_view>, placed<const char*>>);
using book = shearpin::ledger<shearpin::memory_store>;
template <class S>
using on_ledger =
    decltype(std::declval<guarding>().with_ledger(std::declval<book&>(), std::declval<S>()));
static_assert(std::is_same_v<on_ledger<std::string>, too_short>);
static_assert(std::is_same_v<on_ledger<std::string_view>, on_ledger<const char*>>);

// Only a member function has an object.
struct dropping {
    void drop(std::span<const int>) {}
};
template <class Removal>
concept has_an_object = requires(Removal removal, dropping& object) {
    shearpin::guard<policy>(removal, object, nothing_to_see{});
};
template <class Removal>
concept has_an_object_at_run_time = requires(Removal removal, dropping& object) {
    shearpin::guard(policy, removal, object, nothing_to_see{});
};
static_assert(has_an_object<decltype(&dropping::drop)> && !has_an_object<decltype(&drop)>);
static_assert(has_an_object_at_run_time<decltype(&dropping::drop)> &&
              !has_an_object_at_run_time<decltype(&drop)>);

}  // namespace

TEST_CASE("a world that is an lvalue is referred to, so it is never stale") {
    counted_world world;
    counted_world::copies = 0;
    auto remove = shearpin::guard<policy>([](int) {}, world);
    CHECK(remove.check(10).admitted());
    world.available = 95;
    CHECK(!remove.check(10).admitted());
    CHECK(remove.check(5).admitted());
    const auto copy = remove;
    world.available = 91;
    CHECK(!copy.check(5).admitted());
    CHECK(counted_world::copies == 0);

    const counted_world constant;
    CHECK(shearpin::guard<policy>([](int) {}, constant).check(10).admitted());
}

TEST_CASE("a world that is an rvalue is owned") {
    auto make = [] {
        counted_world world;
        world.available = 95;
        return shearpin::guard<policy>([](int) {}, std::move(world));
    };
    auto remove = make();
    CHECK(remove.check(5).admitted());
    CHECK(!remove.check(6).admitted());

    auto token = std::make_unique<shearpin::count>(95);
    shearpin::count& available = *token;
    auto only_moves = shearpin::guard<policy>(
        [](int) {},
        [kept = std::move(token)] { return shearpin::pool{.size = 100, .available = *kept}; });
    available = 92;
    CHECK(!only_moves.check(5).admitted());
}

TEST_CASE("a world may be mutable") {
    auto remove =
        shearpin::guard<policy>([](int) {},
                                [available = 103U]() mutable {
                                    return shearpin::pool{.size = 100, .available = --available};
                                });
    CHECK(remove.check(12).admitted());
    CHECK(remove.check(11).admitted());
    CHECK(!remove.check(11).admitted());
}

TEST_CASE("the removal is copied into the guard, or moved") {
    int calls = 0;
    auto removal = [&calls, own = 0](int) mutable {
        ++calls;
        return ++own;
    };
    auto remove = shearpin::guard<policy>(removal, nothing_to_see{});
    CHECK(remove(1) == 1);
    CHECK(remove(1) == 2);
    CHECK(removal(1) == 1);  // its own
    CHECK(calls == 3);
    auto copy = remove;
    CHECK(copy(1) == 3);
    CHECK(remove(1) == 3);
    auto moved = std::move(remove);
    CHECK(moved(1) == 4);
}

TEST_CASE("a guard is copied and moved as far as what it holds") {
    auto remove = shearpin::guard<policy>([](int) {}, nothing_to_see{});
    static_assert(std::is_copy_constructible_v<decltype(remove)>);
    static_assert(std::is_move_constructible_v<decltype(remove)>);
    auto only_moves = shearpin::guard<policy>(
        [kept = std::make_unique<int>(1)](int) { return *kept; }, nothing_to_see{});
    static_assert(!std::is_copy_constructible_v<decltype(only_moves)>);
    static_assert(std::is_move_constructible_v<decltype(only_moves)>);
    std::optional<decltype(only_moves)> later;
    later.emplace(std::move(only_moves));
    CHECK((*later)(1) == 1);
    std::vector<decltype(remove)> several{remove, remove};
    several.push_back(remove);
    CHECK(several.back().check(10).admitted());
}

TEST_CASE("a clock is referred to, and a temporary is not taken") {
    shearpin::manual_clock clock;
    clock.set(shearpin::date(2026, 1, 1).begins());
    auto remove = shearpin::guard<timed>([](int) {}, nothing_to_see{}).with_clock(clock);
    CHECK(!remove.check(1).admitted());
    clock.advance(24h);
    CHECK(remove.check(1).admitted());
    const auto copy = remove;
    clock.set(shearpin::date(2026, 1, 1).begins() + 1h);
    CHECK(!copy.check(1).admitted());

    const auto takes = []<class Clock>(Clock&& given) {
        return requires {
            shearpin::guard<timed>([](int) {}, nothing_to_see{})
                .with_clock(static_cast<Clock&&>(given));
        };
    };
    CHECK(takes(clock));
    CHECK(!takes(shearpin::manual_clock{}));
    const shearpin::manual_clock constant;
    CHECK(takes(constant));
    CHECK(takes(shearpin::wall_clock));
    CHECK(!takes(std::as_const(constant).now()));
}

TEST_CASE("a guard that uses the machine's clock") {
    auto remove =
        shearpin::guard<timed>([](int) {}, nothing_to_see{}).with_clock(shearpin::wall_clock);
    CHECK(remove.check(1).admitted() ==
          (shearpin::wall_clock.now().known() &&
           !timed.at<0>().closed().contains(shearpin::wall_clock.now())));
}

namespace {

/// The library's user, with guards as members.
class cleaner {
public:
    explicit cleaner(const counted_world& world)
        : drop_(shearpin::guard<policy>(&drop, world)),
          owns_(shearpin::guard<policy>(&drop, nothing_to_see{})) {}
    [[nodiscard]] bool may(const std::vector<int>& ids) const {
        return drop_.check(ids).admitted();
    }
    void clean(const std::vector<int>& ids) const {
        drop_(ids);
        owns_(ids);
    }

private:
    shearpin::guard_for<policy, decltype(&drop), const counted_world&> drop_;
    shearpin::guard_for<policy, decltype(&drop), nothing_to_see> owns_;
};

}  // namespace

TEST_CASE("a world may be const when it is given away") {
    const auto see = [] { return shearpin::pool{.size = 100, .available = 91}; };
    const auto remove = shearpin::guard<policy>([](int) {}, std::move(see));
    CHECK(remove.check(1).admitted());
    CHECK(!remove.check(2).admitted());
    using named = shearpin::guard_for<policy, void (*)(int), decltype(see)>;
    static_assert(std::is_copy_constructible_v<named>);
}

TEST_CASE("a guard's type can be named, for a class member") {
    counted_world world;
    const cleaner nightly(world);
    CHECK(nightly.may({1, 2, 3}));
    nightly.clean({1, 2, 3});
    world.available = 92;
    CHECK(!nightly.may({1, 2, 3}));
    CHECK_THROWS_AS(nightly.clean({1, 2, 3}), shearpin::removal_refused);
    const cleaner copy = nightly;
    CHECK(copy.may({1, 2}));
}

TEST_CASE("a guard of a constant policy stores nothing of it") {
    struct empty {
        void operator()(int) const {}
    };
    auto remove = shearpin::guard<policy>(empty{}, nothing_to_see{});
    // What is left is the pool's name, which is none, and an empty world.
    CHECK(sizeof(remove) <= sizeof(shearpin::text_view) + sizeof(void*));
}

TEST_CASE("a guard may be made and used in a constant expression as far as its parts may") {
    static constexpr auto remove =
        shearpin::guard<policy>([](int number) { return number; },
                                [] { return shearpin::pool{.size = 100, .available = 95}; });
    CHECK(remove(5) == 5);
    CHECK(!remove.try_call(6).has_value());
}

TEST_CASE("the options can be given in any order, and each keeps the others") {
    shearpin::manual_clock clock;
    clock.set(shearpin::date(2026, 2, 1).begins());
    int told = 0;
    const auto check_all = [&](const auto& remove) {
        told = 0;
        CHECK(remove(40) == 4);
        CHECK(remove(1100) == -1);  // counted as 110: refused, and the handler answers
        CHECK(told == 1);
        CHECK(remove.check(1100).why().violations()[0].pool() == "rows");
    };
    const auto removal = [](int number) { return number / 10; };
    const auto tenth = [](int number) { return number / 10; };
    const auto handler = [&](const shearpin::refusal&) {
        ++told;
        return -1;
    };
    const auto same = [](int number) { return number; };
    check_all(shearpin::guard<timed>(removal, nothing_to_see{})
                  .with_clock(clock)
                  .counting(tenth)
                  .on_refusal(handler)
                  .removed_by(same)
                  .known_distinct()
                  .named("rows"));
    check_all(shearpin::guard<timed>(removal, nothing_to_see{})
                  .named("rows")
                  .known_distinct()
                  .removed_by(same)
                  .on_refusal(handler)
                  .counting(tenth)
                  .with_clock(clock));
}
