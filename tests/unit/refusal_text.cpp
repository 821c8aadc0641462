// SPDX-License-Identifier: BSL-1.0
// What a person reads when a removal over one pool is refused: every word of it.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <array>
#include <chrono>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace shearpin::literals;
using namespace std::chrono_literals;

namespace {

constexpr auto at = shearpin::place::here("tool.cpp", 12, "drop_rows");
constexpr std::string_view in_vain =
    "  waiting will not help; the request itself must change\n"
    "  called at tool.cpp:12 in drop_rows";
constexpr std::string_view some_time =
    "  it may pass later; how soon is not known\n"
    "  called at tool.cpp:12 in drop_rows";

/// The text of the refusal of a request in a world of these numbers; empty where it is admitted.
template <const auto& Policy, class Request>
std::string refusal(shearpin::pool there, const Request& request) {
    auto guarded = shearpin::guard<Policy>([](const auto&) {}, [=] { return there; });
    const auto decision = guarded.check(request, at);
    return decision.admitted() ? "" : std::string(decision.why().message());
}

std::string text(std::string_view first, std::string_view second) {
    return std::string(first) + std::string(second);
}

constexpr auto floor_3 = shearpin::policy{shearpin::min_remaining(3)};
constexpr auto floor_95 = shearpin::policy{shearpin::min_remaining(95_pct)};
constexpr auto floor_down = shearpin::policy{shearpin::min_remaining(round_down(95_pct))};
constexpr auto floor_odd = shearpin::policy{shearpin::min_remaining(shearpin::fraction(2, 3))};
constexpr auto batch_5 = shearpin::policy{shearpin::max_batch(5)};
constexpr auto batch_5_pct = shearpin::policy{shearpin::max_batch(5_pct)};
constexpr auto batch_at_least = shearpin::policy{shearpin::max_batch(5_pct, shearpin::at_least(1))};
constexpr auto batch_up = shearpin::policy{shearpin::max_batch(round_up(5_pct))};
constexpr auto heads_5 = shearpin::policy{shearpin::max_targets(5)};
constexpr auto heads_5_pct = shearpin::policy{shearpin::max_targets(5_pct)};
constexpr auto out_8 = shearpin::policy{shearpin::max_unavailable(8)};
constexpr auto out_25_pct = shearpin::policy{shearpin::max_unavailable(25_pct)};
constexpr auto out_up = shearpin::policy{shearpin::max_unavailable(round_up(25_pct))};
constexpr auto majority = shearpin::policy{shearpin::quorum()};
constexpr auto shrinking = shearpin::policy{shearpin::quorum(shearpin::membership::shrinks)};
constexpr auto everything = shearpin::policy{shearpin::unlimited};

}  // namespace

TEST_CASE("min_remaining") {
    CHECK(refusal<floor_3>({5, 5}, 3) ==
          text("removal refused, nothing was removed: asked for 3, 2 may go now\n"
               "  - min_remaining(3): 5 of 5 serve and 3 must stay, so 2 may go; asked 3\n",
               in_vain));
    CHECK(refusal<floor_3>({5, 4}, 2) ==
          text("removal refused, nothing was removed: asked for 2, 1 may go now\n"
               "  - min_remaining(3): 4 of 5 serve and 3 must stay, so 1 may go; asked 2\n",
               some_time));
    CHECK(refusal<floor_95>({200, 194}, 5) ==
          text("removal refused, nothing was removed: asked for 5, 4 may go now\n"
               "  - min_remaining(95%): 194 of 200 serve and 190 must stay, so 4 may go; asked 5\n",
               some_time));
    CHECK(refusal<floor_95>({200, 180}, 1) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - min_remaining(95%): 180 of 200 serve and 190 must stay, so none may go; "
               "asked 1\n",
               some_time));
    CHECK(refusal<floor_down>({30, 30}, 3) ==
          text("removal refused, nothing was removed: asked for 3, 2 may go now\n"
               "  - min_remaining(round_down(95%)): 30 of 30 serve and 28 must stay, so 2 may go; "
               "asked 3\n",
               in_vain));
    CHECK(refusal<floor_odd>({10, 10}, 4) ==
          text("removal refused, nothing was removed: asked for 4, 3 may go now\n"
               "  - min_remaining(2/3): 10 of 10 serve and 7 must stay, so 3 may go; asked 4\n",
               in_vain));
}

TEST_CASE("max_batch") {
    CHECK(refusal<batch_5>({200, 200}, 6) ==
          text("removal refused, nothing was removed: asked for 6, 5 may go now\n"
               "  - max_batch(5): one call may take 5; asked 6\n",
               in_vain));
    CHECK(refusal<batch_5_pct>({200, 200}, 11) ==
          text("removal refused, nothing was removed: asked for 11, 10 may go now\n"
               "  - max_batch(5%): one call may take 10 of a pool of 200; asked 11\n",
               in_vain));
    CHECK(refusal<batch_5_pct>({10, 10}, 1) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - max_batch(5%): one call may take 0 of a pool of 10; asked 1\n",
               in_vain));
    CHECK(refusal<batch_at_least>({10, 10}, 2) ==
          text("removal refused, nothing was removed: asked for 2, 1 may go now\n"
               "  - max_batch(5%, at_least(1)): one call may take 1 of a pool of 10; asked 2\n",
               in_vain));
    CHECK(refusal<batch_up>({30, 30}, 3) ==
          text("removal refused, nothing was removed: asked for 3, 2 may go now\n"
               "  - max_batch(round_up(5%)): one call may take 2 of a pool of 30; asked 3\n",
               in_vain));
}

TEST_CASE("max_targets") {
    CHECK(refusal<heads_5>({200, 200}, 6) ==
          text("removal refused, nothing was removed: asked for 6, 5 may go now\n"
               "  - max_targets(5): one call may name 5; asked 6\n",
               in_vain));
    CHECK(refusal<heads_5_pct>({200, 200}, 11) ==
          text("removal refused, nothing was removed: asked for 11, 10 may go now\n"
               "  - max_targets(5%): one call may name 10 of a pool of 200; asked 11\n",
               in_vain));
}

TEST_CASE("max_unavailable") {
    CHECK(refusal<out_8>({200, 194}, 3) ==
          text("removal refused, nothing was removed: asked for 3, 2 may go now\n"
               "  - max_unavailable(8): 6 of 200 are out already and 8 may be, so 2 may go; "
               "asked 3\n",
               some_time));
    CHECK(refusal<out_25_pct>({10, 10}, 3) ==
          text("removal refused, nothing was removed: asked for 3, 2 may go now\n"
               "  - max_unavailable(25%): 0 of 10 are out already and 2 may be, so 2 may go; "
               "asked 3\n",
               in_vain));
    CHECK(refusal<out_up>({10, 5}, 3) ==
          text("removal refused, nothing was removed: asked for 3, none of it may go now\n"
               "  - max_unavailable(round_up(25%)): 5 of 10 are out already and 3 may be, so none "
               "may go; asked 3\n",
               some_time));
}

TEST_CASE("quorum") {
    CHECK(refusal<majority>({5, 5}, 3) ==
          text("removal refused, nothing was removed: asked for 3, 2 may go now\n"
               "  - quorum(): 5 of 5 members serve and 3 are a majority, so 2 may go; asked 3\n",
               in_vain));
    CHECK(refusal<majority>({5, 3}, 1) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - quorum(): 3 of 5 members serve and 3 are a majority, so none may go; asked 1\n",
               some_time));
    CHECK(refusal<shrinking>({5, 5}, 2) ==
          text("removal refused, nothing was removed: asked for 2, 1 may go now\n"
               "  - quorum(membership::shrinks): 5 of 5 members serve and the 4 that are left need "
               "3, so 1 may go; asked 2\n",
               in_vain));
    CHECK(refusal<shrinking>({5, 3}, 1) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - quorum(membership::shrinks): 3 of 5 members serve and the 4 that are left need "
               "3, so none may go; asked 1\n",
               some_time));
}

namespace {

constexpr auto never = shearpin::freeze();
constexpr auto holidays = shearpin::policy{shearpin::freeze(
    shearpin::window::dates(shearpin::date(2026, 12, 20), shearpin::date(2027, 1, 4)))};
constexpr auto weekends = shearpin::policy{shearpin::freeze(
    shearpin::window::weekly(shearpin::weekday::friday, 16h, shearpin::weekday::monday, 8h))};
constexpr auto whole_week =
    shearpin::window::weekly(shearpin::weekday::monday, 0h, shearpin::weekday::monday, 0h);
constexpr auto fresh = shearpin::policy{shearpin::fresh_within(5min)};

struct broken_clock {
    static shearpin::time_point now() { return {}; }
};

template <const auto& Policy, class Clock> std::string refusal_at(const Clock& clock) {
    auto guarded =
        shearpin::guard<Policy>([](int) {}, [] { return shearpin::pool{9, 9}; }).with_clock(clock);
    const auto decision = guarded.check(1, at);
    return decision.admitted() ? "" : std::string(decision.why().message());
}
std::string refusal_of(const shearpin::observation& seen, shearpin::time_point now) {
    const shearpin::manual_clock clock(now);
    auto guarded = shearpin::guard<fresh>([](int) {}, [=] { return seen; }).with_clock(clock);
    const auto decision = guarded.check(1, at);
    return decision.admitted() ? "" : std::string(decision.why().message());
}

}  // namespace

TEST_CASE("freeze") {
    const auto frozen = [](shearpin::freeze rule) {
        auto guarded = shearpin::guard(
            shearpin::policy{rule}, [](int) {}, [] { return shearpin::pool{9, 9}; });
        return std::string(guarded.check(1, at).why().message());
    };
    CHECK(frozen(never) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - freeze(): nothing may ever be removed\n",
               in_vain));
    CHECK(frozen(shearpin::freeze(whole_week)) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - freeze(mon 00:00, mon 00:00): nothing may ever be removed\n",
               in_vain));

    shearpin::manual_clock clock(shearpin::date(2026, 12, 24).begins() + 18h);
    CHECK(refusal_at<holidays>(clock) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - freeze(2026-12-20T00:00Z, 2027-01-04T00:00Z): nothing may be removed in this "
          "window\n"
          "  try again in 10d6h\n"
          "  called at tool.cpp:12 in drop_rows");
    clock.set(shearpin::date(2026, 11, 27).begins() + 17h + 30min);  // a Friday
    CHECK(refusal_at<weekends>(clock) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - freeze(fri 16:00, mon 08:00): nothing may be removed in this window\n"
          "  try again in 2d14h30min\n"
          "  called at tool.cpp:12 in drop_rows");
    // The wall clock has nanoseconds; nobody wants to read them, nor to come a little early.
    clock.advance(1ns);
    CHECK(refusal_at<weekends>(clock) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - freeze(fri 16:00, mon 08:00): nothing may be removed in this window\n"
          "  try again in 2d14h30min\n"
          "  called at tool.cpp:12 in drop_rows");
    clock.advance(62h + 29min + 59s + 250ms - 1ns);
    CHECK(refusal_at<weekends>(clock) ==
          "removal refused, nothing was removed: asked for 1, none of it may go now\n"
          "  - freeze(fri 16:00, mon 08:00): nothing may be removed in this window\n"
          "  try again in 750ms\n"
          "  called at tool.cpp:12 in drop_rows");
    CHECK(refusal_at<holidays>(broken_clock{}) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - freeze(2026-12-20T00:00Z, 2027-01-04T00:00Z): the time is not known; give the "
               "guard a clock that knows it\n",
               some_time));
}

TEST_CASE("fresh_within") {
    const auto noon = shearpin::date(2026, 5, 1).begins() + 12h;
    CHECK(refusal_of({{9, 9}, noon, true}, noon + 7min) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - fresh_within(5min): the observation is 7min old; look again\n",
               some_time));
    CHECK(refusal_of({{9, 9}, noon, true}, noon + 5min + 1ns) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - fresh_within(5min): the observation is 5min1s old; look again\n",
               some_time));
    CHECK(refusal_of({{9, 9}, {}, true}, noon) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - fresh_within(5min): the observation says no time; look again\n",
               some_time));
    CHECK(refusal_of({{9, 9}, noon, false}, noon) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - incomplete_observation: not all of the pool was seen; look again\n"
               "  - fresh_within(5min): the observation is incomplete; look again\n",
               some_time));
    CHECK(
        refusal_of({{9, 9}, noon, true}, {}) ==
        text(
            "removal refused, nothing was removed: asked for 1, none of it may go now\n"
            "  - fresh_within(5min): the time is not known; give the guard a clock that knows it\n",
            some_time));
}

TEST_CASE("the always-on checks") {
    CHECK(refusal<batch_5>({10, 10}, 0) ==
          text("removal refused, nothing was removed: asked for 0, 5 may go now\n"
               "  - empty_selection: nothing is selected, and nothing never means everything\n",
               in_vain));
    CHECK(refusal<batch_5>({10, 10}, -2) ==
          text("removal refused, nothing was removed: asked for -2, 5 may go now\n"
               "  - impossible_request: a negative amount, or 2^63 and more\n",
               in_vain));
    CHECK(refusal<everything>({10, ~0ULL}, 1) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - impossible_pool: size 10 and available -1: a negative number, or 2^63 and "
               "more; look again\n",
               some_time));
    CHECK(refusal<everything>({10, 3}, 5) ==
          text("removal refused, nothing was removed: asked for 5, 3 may go now\n"
               "  - more_than_available: only 3 of 10 serve; asked 5\n",
               some_time));
    CHECK(refusal<everything>({3, 3}, 5) ==
          text("removal refused, nothing was removed: asked for 5, 3 may go now\n"
               "  - more_than_available: only 3 of 3 serve; asked 5\n",
               in_vain));
    CHECK(refusal<everything>({10, 10}, std::vector<std::string>{"db-1", "db-2", "db-1", "db-2"}) ==
          text("removal refused, nothing was removed: asked for 4, only the first 2 may go now\n"
               "  - named_twice: db-1, db-2: selected more than once\n",
               in_vain));
    CHECK(refusal<everything>({10, 10}, std::vector<int>{-7, -7}) ==
          text("removal refused, nothing was removed: asked for 2, only the first may go now\n"
               "  - named_twice: -7: selected more than once\n",
               in_vain));
    auto incomplete = shearpin::guard<everything>(
        [](int) {}, [] { return shearpin::observation{.pool = {9, 9}}; });
    CHECK(std::string(incomplete.check(1, at).why().message()) ==
          text("removal refused, nothing was removed: asked for 1, none of it may go now\n"
               "  - incomplete_observation: not all of the pool was seen; look again\n",
               some_time));
}

namespace {

constexpr auto several = shearpin::policy{shearpin::min_remaining(95_pct), shearpin::max_batch(5),
                                          shearpin::max_unavailable(8)};

struct half_at_once {  // as short as a rule of one's own can be
    static constexpr std::string_view name = "half_at_once";
    static constexpr shearpin::count limit(const shearpin::facts& known) {
        return known.pool.available / 2;
    }
};
struct explained {
    static constexpr const char* name = "explained";
    shearpin::count n;
    [[nodiscard]] constexpr shearpin::count limit(const shearpin::facts&) const { return n; }
    void spell(shearpin::writer& out) const { out.put("explained(").put(n).put(")"); }
    void explain(const shearpin::facts& known, shearpin::writer& out) const {
        out.put("of ").put(known.pool.size).put(" only ").put(n);
    }
    [[nodiscard]] constexpr shearpin::count at_best(const shearpin::facts&) const { return 9; }
    [[nodiscard]] shearpin::maybe<shearpin::duration> retry_after(const shearpin::facts&,
                                                                  shearpin::count asked) const {
        return shearpin::duration::minutes(static_cast<std::int64_t>(asked));
    }
};
struct too_big_to_keep {
    static constexpr std::string_view name = "too_big_to_keep";
    std::array<char, 64> ballast{};
    static shearpin::count limit(const shearpin::facts&) { return 2; }
    static void explain(const shearpin::facts&, shearpin::writer& out) { out.put("never told"); }
};
struct not_trivial {
    static constexpr std::string_view name = "not_trivial";
    std::string held;
    static shearpin::count limit(const shearpin::facts&) { return 2; }
};

constexpr auto own = shearpin::policy{half_at_once{}};
constexpr auto own_words = shearpin::policy{explained{4}};

}  // namespace

TEST_CASE("every broken rule is told, in the order of the policy, and those that hold are not") {
    CHECK(refusal<several>({200, 194}, 7) ==
          text("removal refused, nothing was removed: asked for 7, 2 may go now\n"
               "  - min_remaining(95%): 194 of 200 serve and 190 must stay, so 4 may go; asked 7\n"
               "  - max_batch(5): one call may take 5; asked 7\n"
               "  - max_unavailable(8): 6 of 200 are out already and 8 may be, so 2 may go; "
               "asked 7\n",
               in_vain));
    CHECK(refusal<several>({200, 194}, 5) ==
          text("removal refused, nothing was removed: asked for 5, 2 may go now\n"
               "  - min_remaining(95%): 194 of 200 serve and 190 must stay, so 4 may go; asked 5\n"
               "  - max_unavailable(8): 6 of 200 are out already and 8 may be, so 2 may go; "
               "asked 5\n",
               some_time));
    CHECK(refusal<several>({200, 3}, std::vector<int>{4, 4, 4, 5, 6, 7}) ==
          text("removal refused, nothing was removed: asked for 6, none of it may go now\n"
               "  - named_twice: 4, 4: selected more than once\n"
               "  - more_than_available: only 3 of 200 serve; asked 6\n"
               "  - min_remaining(95%): 3 of 200 serve and 190 must stay, so none may go; asked 6\n"
               "  - max_batch(5): one call may take 5; asked 6\n"
               "  - max_unavailable(8): 197 of 200 are out already and 8 may be, so none may go; "
               "asked 6\n",
               in_vain));
}

TEST_CASE("a user's own rule") {
    CHECK(refusal<own>({10, 10}, 6) ==
          text("removal refused, nothing was removed: asked for 6, 5 may go now\n"
               "  - half_at_once: 5 may go now; asked 6\n",
               some_time));
    CHECK(refusal<own_words>({10, 10}, 6) ==
          "removal refused, nothing was removed: asked for 6, 4 may go now\n"
          "  - explained(4): of 10 only 4; asked 6\n"
          "  try again in 6min\n"
          "  called at tool.cpp:12 in drop_rows");
    CHECK(refusal<own_words>({10, 10}, 10) ==
          text("removal refused, nothing was removed: asked for 10, 4 may go now\n"
               "  - explained(4): of 10 only 4; asked 10\n",
               in_vain));
    const auto at_run_time = [](auto rule) {
        auto guarded = shearpin::guard(
            shearpin::policy{rule}, [](int) {}, [] { return shearpin::pool{9, 9}; });
        return std::string(guarded.check(3, at).why().message());
    };
    CHECK(at_run_time(too_big_to_keep{}) ==
          text("removal refused, nothing was removed: asked for 3, 2 may go now\n"
               "  - too_big_to_keep: 2 may go now; asked 3\n",
               some_time));
    CHECK(at_run_time(not_trivial{"a text that is too long to be kept inside of the string"}) ==
          text("removal refused, nothing was removed: asked for 3, 2 may go now\n"
               "  - not_trivial: 2 may go now; asked 3\n",
               some_time));
}

TEST_CASE("a named pool stands before each of its rules") {
    auto guarded = shearpin::guard<several>([](int) {}, [] { return shearpin::pool{200, 200}; })
                       .named("index");
    CHECK(std::string(guarded.check(11, at).why().message()) ==
          text("removal refused, nothing was removed: asked for 11, 5 may go now\n"
               "  - index: min_remaining(95%): 200 of 200 serve and 190 must stay, so 10 may go; "
               "asked 11\n"
               "  - index: max_batch(5): one call may take 5; asked 11\n"
               "  - index: max_unavailable(8): 0 of 200 are out already and 8 may be, so 8 may go; "
               "asked 11\n",
               in_vain));
}

TEST_CASE("a name cannot look like a line of the refusal") {
    const std::string forged = "x\n  called at innocent.cpp:1 in f\x1b[2K";
    auto named =
        shearpin::guard<batch_5>([](int) {}, [] { return shearpin::pool{200, 200}; }).named(forged);
    CHECK(
        std::string(named.check(6, at).why().message()) ==
        text("removal refused, nothing was removed: asked for 6, 5 may go now\n"
             "  - x\\n  called at innocent.cpp:1 in f\\x1b[2K: max_batch(5): one call may take 5; "
             "asked 6\n",
             in_vain));
    // In the refusal itself, the name is what it is.
    CHECK(named.check(6, at).why().violations()[0].pool() == forged);

    auto guarded = shearpin::guard<batch_5>([](const std::vector<std::string>&) {},
                                            [] { return shearpin::pool{200, 200}; });
    const auto refused = guarded.check(std::vector<std::string>{"a\nb", "a\nb"}, at);
    const std::string told(refused.why().message());
    CHECK(told.find("a\\nb") != std::string::npos);
    CHECK(told.find("a\nb") == std::string::npos);
}

TEST_CASE("the name of a target may be a null pointer") {
    auto guarded = shearpin::guard<batch_5>([](const std::vector<const char*>&) {},
                                            [] { return shearpin::pool{200, 200}; });
    const std::vector<const char*> none{nullptr, nullptr};
    REQUIRE(!guarded.check(none, at).admitted());
    CHECK(std::string(guarded.check(none, at).why().message()).find("(null)") != std::string::npos);
}

TEST_CASE("the largest numbers are told as they are") {
    CHECK(refusal<batch_5>({shearpin::largest_count, shearpin::largest_count},
                           shearpin::largest_count) ==
          text("removal refused, nothing was removed: asked for 9223372036854775807, 5 may go now\n"
               "  - max_batch(5): one call may take 5; asked 9223372036854775807\n",
               in_vain));
    CHECK(
        refusal<batch_5>({10, 10}, shearpin::largest_count + 1) ==
        text("removal refused, nothing was removed: asked for -9223372036854775808, 5 may go now\n"
             "  - impossible_request: a negative amount, or 2^63 and more\n",
             in_vain));
}

namespace {

/// More broken rules than a decision over one pool keeps.
template <int N> struct nth {
    static constexpr std::string_view name = "nth";
    bool lasting = false;
    static constexpr shearpin::count limit(const shearpin::facts&) { return 0; }
    [[nodiscard]] constexpr shearpin::count at_best(const shearpin::facts&) const {
        return lasting ? 0 : 9;
    }
    static shearpin::maybe<shearpin::duration> retry_after(const shearpin::facts&,
                                                           shearpin::count) {
        return shearpin::duration::minutes(N);
    }
};

std::string ten_rules(bool last_is_for_good, shearpin::answer& kind) {
    auto guarded = shearpin::guard(
        shearpin::policy{nth<1>{}, nth<2>{}, nth<3>{}, nth<4>{}, nth<5>{}, nth<6>{}, nth<7>{},
                         nth<8>{}, nth<9>{}, nth<10>{last_is_for_good}},
        [](int) {}, [] { return shearpin::pool{9, 9}; });
    const auto decision = guarded.check(1, at);
    kind = decision.why().kind();
    CHECK(decision.why().violations().size() == 8);
    CHECK(decision.why().violations().left_out() == 2);
    CHECK(!decision.why().retry_after().has_value());
    const shearpin::violations_list copy = decision.why().violations();
    CHECK(copy.left_out_for_good() == last_is_for_good);
    CHECK(copy.left_out() == 2);
    return std::string(decision.why().message());
}

}  // namespace

TEST_CASE("what is left out is counted, and still decides whether waiting helps") {
    std::string lines =
        "removal refused, nothing was removed: asked for 1, none of it may go now\n";
    for (int line = 0; line != 8; ++line) lines += "  - nth: 0 may go now; asked 1\n";
    lines += "  - and 2 more\n";
    shearpin::answer kind{};
    CHECK(ten_rules(false, kind) == text(lines, some_time));  // one of those two may take longer
    CHECK(kind == shearpin::answer::refused_for_now);
    CHECK(ten_rules(true, kind) == text(lines, in_vain));
    CHECK(kind == shearpin::answer::refused_for_good);
}

TEST_CASE("a text that does not fit leaves lines out, never the end") {
    auto guarded = shearpin::guard<several>([](int) {}, [] { return shearpin::pool{200, 194}; });
    const auto decision = guarded.check(7, at);
    const auto into = [&](std::size_t room) {
        std::string buffer(room, '?');
        shearpin::writer out(buffer.data(), buffer.size());
        decision.why().describe(out);
        return std::string(out.written());
    };
    const std::string first = "removal refused, nothing was removed: asked for 7, 2 may go now\n";
    CHECK(into(2047) == std::string(decision.why().message()));
    CHECK(into(300) ==
          first +
              "  - min_remaining(95%): 194 of 200 serve and 190 must stay, so 4 may go; asked "
              "7\n  - and 2 more\n" +
              std::string(in_vain));
    CHECK(into(200) == first + "  - and 3 more\n" + std::string(in_vain));
    CHECK(into(20) == "removal refused, ...");
    CHECK(into(0).empty());
    // The last rule is told where beside it the number of others would still fit.
    const std::string whole(decision.why().message());
    CHECK(into(whole.size() + 40) == whole);
    CHECK(into(whole.size() + 39).find("  - and 1 more\n") != std::string::npos);
    for (std::size_t room = 180; room != 500; ++room) {
        CAPTURE(room);
        const auto told = into(room);
        CHECK(told.substr(told.size() - in_vain.size()) == in_vain);
    }
}

TEST_CASE("names that do not fit are counted, and a long one is cut") {
    std::vector<std::string> twice;
    for (int id = 0; id != 12; ++id)
        for (int time = 0; time != 2; ++time) twice.push_back("host-" + std::to_string(id));
    CHECK(
        refusal<everything>({100, 100}, twice) ==
        text("removal refused, nothing was removed: asked for 24, only the first may go now\n"
             "  - named_twice: host-0, host-1, host-2, host-3, host-4, host-5 and 6 more: selected "
             "more than once\n",
             in_vain));
    const std::string long_name(80, 'n');
    CHECK(refusal<everything>({100, 100}, std::vector<std::string>{long_name, long_name}) ==
          text("removal refused, nothing was removed: asked for 2, only the first may go now\n"
               "  - named_twice: " +
                   std::string(43, 'n') + "...: selected more than once\n",
               in_vain));
    const std::vector<std::string> mixed{"a", "a", long_name, long_name, "b", "b"};
    CHECK(refusal<everything>({100, 100}, mixed) ==
          text("removal refused, nothing was removed: asked for 6, only the first may go now\n"
               "  - named_twice: a and 2 more: selected more than once\n",
               in_vain));
}

TEST_CASE("a target without a name is told by its place in the selection") {
    using pair = std::pair<int, int>;
    CHECK(refusal<everything>({10, 10}, std::vector<pair>{{1, 1}, {1, 2}, {1, 1}}) ==
          text("removal refused, nothing was removed: asked for 3, only the first 2 may go now\n"
               "  - named_twice: #3: selected more than once\n",
               in_vain));
}

TEST_CASE("a refusal is written to streams and to strings") {
    auto guarded = shearpin::guard<batch_5>([](int) {}, [] { return shearpin::pool{9, 9}; });
    const auto decision = guarded.check(6, at);
    std::ostringstream stream;
    stream << decision.why().message() << decision.why().violations()[0].rule();
    const std::string expected = refusal<batch_5>({9, 9}, 6);
    CHECK(stream.str() == expected + "max_batch");
    const std::string_view view = decision.why().violations()[0].rule();
    CHECK(view == "max_batch");
    CHECK(std::string(decision.why().violations()[0].stated()) == "max_batch(5)");
    CHECK(decision.why().message() == shearpin::text_view(expected));
}

TEST_CASE("a function is named without its template arguments") {
    const auto called_in = [](const char* name) {
        auto remove = shearpin::guard<batch_5>([](int) {}, [] { return shearpin::pool{100, 100}; });
        const std::string told(
            remove.check(6, shearpin::place::here("tool.cpp", 12, name)).why().message());
        return told.substr(told.find("in ", told.find("called at")) + 3);
    };
    CHECK(called_in("drop<int, std::vector<int> >") == "drop");
    CHECK(called_in("<lambda(auto:1)>") == "<lambda(auto:1)>");  // that is its name
    CHECK(called_in("operator<") == "operator<");
    CHECK(called_in("").empty());
}
