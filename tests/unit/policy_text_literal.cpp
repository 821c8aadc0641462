// SPDX-License-Identifier: BSL-1.0
// Policies that are text in code: the type and the value that the code would have.
#include <shearpin/policy_text.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <type_traits>

#include "policy_text_testing.hpp"

using namespace shearpin::literals;
using namespace std::chrono_literals;
using namespace shearpin;

namespace {

template <const auto& Text, const auto& Code> constexpr bool same() {
    static_assert(std::is_same_v<decltype(Text), decltype(Code)>);
    return Text == Code;
}

inline constexpr auto floors_text =
    "min_remaining(3), min_remaining(95%), overridable(min_remaining(round_down(1/3))), min_remaining(80%, of_peak(1d)), min_remaining(80%, of_peak(2h), baseline(200))"_policy;
inline constexpr auto floors_code = policy{
    min_remaining(3), min_remaining(95_pct), overridable(min_remaining(round_down(fraction(1, 3)))),
    min_remaining(80_pct, of_peak(24h)), min_remaining(80_pct, of_peak(2h), baseline(200))};
inline constexpr auto caps_text = R"(
    max_unavailable(25%, at_least(1))   # out at a time
    max_batch(5), max_batch(round_up(5%))
    max_targets(7), max_pools(1)
    max_rate(20, 1h), max_rate(5%, at_least(1), 1d)
    max_in_flight(2/3)
)"_policy;
inline constexpr auto caps_code = policy{max_unavailable(25_pct, at_least(1)),
                                         max_batch(5),
                                         max_batch(round_up(5_pct)),
                                         max_targets(7),
                                         max_pools(1),
                                         max_rate(20, 1h),
                                         max_rate(5_pct, at_least(1), 24h),
                                         max_in_flight(fraction(2, 3))};
inline constexpr auto times_text =
    "cooldown(5min), fresh_within(30s), freeze(), freeze(fri 16:00, mon 08:00), freeze(2026-12-20, 2027-01-04)"_policy;
inline constexpr auto times_code =
    policy{cooldown(5min), fresh_within(30s), freeze(),
           freeze(window::weekly(weekday::friday, 16h, weekday::monday, 8h)),
           freeze(window::dates(date(2026, 12, 20), date(2027, 1, 4)))};
inline constexpr auto others_text =
    "quorum(), approvals(2, above(3)), needs_expected(), overridable(max_batch(5)), overridable(quorum(membership::shrinks))"_policy;
inline constexpr auto others_code =
    policy{quorum(), approvals(2, above(3)), needs_expected{}, overridable(max_batch(5)),
           overridable(quorum(membership::shrinks))};
inline constexpr auto all_text = "unlimited"_policy;
inline constexpr auto all_code = policy{unlimited};

// There is room for as many rules and pools as a text can have, whatever separates them.
static_assert("quorum()\nmax_batch(5)\nmax_pools(1)"_policy.size == 3);
static_assert("quorum(),max_batch(5),max_pools(1)"_policy.size == 3);
static_assert("pool a{quorum()}pool b{quorum()}pool c{quorum()}"_policies.size == 3);

static_assert(same<floors_text, floors_code>());
static_assert(same<caps_text, caps_code>());
static_assert(same<times_text, times_code>());
static_assert(same<others_text, others_code>());
static_assert(same<all_text, all_code>());

inline constexpr auto pools_text = R"(
# three ways to name
pool index { min_remaining(95%), max_batch(5) }
pool "north east" { quorum() }
other_pools { max_batch(1) }
every_pool { max_pools(1) }
)"_policies;
inline constexpr auto pools_code = policies{
    for_pool("index", min_remaining(95_pct), max_batch(5)), for_pool("north east", quorum()),
    for_other_pools(max_batch(1)), for_every_pool(max_pools(1))};
static_assert(std::is_same_v<decltype(pools_text), decltype(pools_code)>);
static_assert(pools_text.at<0>().pool == "index" && pools_text.at<1>().pool == "north east");
static_assert(pools_text.at<0>().rules == pools_code.at<0>().rules);
static_assert(pools_text.at<3>().rules == pools_code.at<3>().rules);

}  // namespace

TEST_CASE("a guard takes a policy that is text in code, at compile time") {
    int removed = 0;
    auto remove = guard<others_text>([&](unsigned number) { removed += static_cast<int>(number); },
                                     [] { return pool{.size = 9, .available = 9}; });
    CHECK_FALSE(remove.check(1U).admitted());  // nobody says how many are expected
    CHECK(remove.asking({.expected = 1, .actor = "ann"}).check(1U).admitted());
    CHECK(to_string(times_text) ==
          "cooldown(5min), fresh_within(30s), freeze(), freeze(fri 16:00, mon 08:00), "
          "freeze(2026-12-20T00:00Z, 2027-01-04T00:00Z)");
    CHECK(to_string(pools_text) ==
          "pool index {\n    min_remaining(95%)\n    max_batch(5)\n}\n"
          "pool \"north east\" {\n    quorum()\n}\n"
          "other_pools {\n    max_batch(1)\n}\n"
          "every_pool {\n    max_pools(1)\n}\n");
}

namespace {

/// The same answers to the same questions, whatever the facts.
template <class... Rules>
std::string difference(const policy<Rules...>& compiled, std::uint64_t most) {
    const auto read = parse_policy(to_string(compiled));
    if (!read.has_value()) return read.error().message();
    if (!(read->looks_back() == compiled.looks_back())) return "looks back";
    policy_texts::any_facts world(most + 1, most);
    for (int round = 0; round != 20'000; ++round) {
        const facts& known = world.next();
        if (!(read->limits(known) == compiled.limits(known))) return "limits";
        if (read->max_removable(known) != compiled.max_removable(known)) return "max_removable";
        for (int more = 0; more != 4; ++more) {
            const amounts asked = world.asked();
            if (read->admits(known, asked) != compiled.admits(known, asked)) return "admits";
        }
        if (most < 1000)
            for (count asked = 0; asked <= most + 1; ++asked)
                if (read->admits(known.pool, asked) != compiled.admits(known.pool, asked))
                    return "admits of a pool";
    }
    return {};
}

}  // namespace

TEST_CASE("a policy that was read decides as the one that was compiled, whatever the facts") {
    for (const std::uint64_t most : {std::uint64_t{6}, largest_count}) {
        CHECK(difference(policy{min_remaining(3), min_remaining(95_pct), max_batch(5),
                                max_rate(4, 2s), cooldown(1s)},
                         most) == "");
        CHECK(difference(caps_text, most) == "");
        CHECK(
            difference(
                "cooldown(5s), fresh_within(3s), freeze(fri 16:00, mon 08:00), freeze(2026-11-23, 2026-11-24)"_policy,
                most) == "");
        CHECK(difference(others_text, most) == "");
        CHECK(difference(all_text, most) == "");
        CHECK(
            difference(
                "min_remaining(80%, of_peak(3s), baseline(5)), overridable(max_rate(50%, at_least(1), 2s)), max_in_flight(3)"_policy,
                most) == "");
        CHECK(
            difference(
                "min_remaining(round_down(50%)), max_unavailable(round_up(25%)), max_targets(2), approvals(1, above(1))"_policy,
                most) == "");
    }
}

TEST_CASE("a policy that was read admits the same as the compiled one in every small pool") {
    constexpr auto compiled =
        "min_remaining(60%), max_batch(25%, at_least(1)), max_unavailable(2)"_policy;
    const auto read = parse_policy(to_string(compiled));
    REQUIRE(read.has_value());
    std::size_t admitted = 0;
    for (count size = 0; size <= 24; ++size)
        for (count available = 0; available <= 26; ++available)
            for (count asked = 0; asked <= 27; ++asked) {
                const bool answer = compiled.admits(pool{size, available}, asked);
                REQUIRE(read->admits(pool{size, available}, asked) == answer);
                if (answer) ++admitted;
            }
    CHECK(admitted > 100);
}
