// SPDX-License-Identifier: BSL-1.0
// Policies that contradict themselves, or under which nothing could ever be removed.
// CASE cap_stated_twice: error: [^']+'[^']*rule_stated_twice<.*max_batch, .*stated<5>, .*stated<4> ?>
// CASE fraction_stated_twice: error: [^']+'[^']*rule_stated_twice<.*min_remaining, .*stated_fraction<19, 20>, .*stated_fraction<9, 10> ?>
// CASE quorum_stated_twice: error: [^']+'[^']*rule_stated_twice<.*quorum ?>
// CASE age_stated_twice: error: [^']+'[^']*rule_stated_twice<.*fresh_within ?>
// CASE rest_stated_twice: error: [^']+'[^']*rule_stated_twice<.*cooldown ?>
// CASE unlimited_twice: error: [^']+'[^']*rule_stated_twice<.*unlimited_rule ?>
// CASE unlimited_first: error: [^']+'[^']*unlimited_contradicts<.*max_batch ?>
// CASE unlimited_last: error: [^']+'[^']*unlimited_contradicts<.*max_batch ?>
// CASE all_must_remain: error: [^']+'[^']*policy_can_never_admit<.*min_remaining, .*stated_fraction<1, 1> ?>
// CASE more_must_remain_than_can_be: error: [^']+'[^']*policy_can_never_admit<.*min_remaining, .*stated<9223372036854775807> ?>
// CASE frozen_for_ever: error: [^']+'[^']*policy_can_never_admit<.*freeze ?>
// CASE frozen_all_week: error: [^']+'[^']*policy_can_never_admit<.*freeze ?>
// CASE frozen_by_several_windows: error: [^']+'[^']*policy_can_never_admit<.*freeze ?>
// CASE own_rule_never_admits: error: [^']+'[^']*policy_can_never_admit<.*never_mine ?>
// CASE for_every_pool_alike: error: [^']+'[^']*rule_stated_twice<.*max_batch, .*stated<5>, .*stated<4> ?>
// CASE in_the_policy_of_one_pool: error: [^']+'[^']*rule_stated_twice<.*max_batch, .*stated<1>, .*stated<2> ?>
// CASE two_policies_for_one_pool: error: [^']+'[^']*two_policies_for_one_pool<0, 2>
// CASE two_policies_for_one_enumerator: error: [^']+'[^']*two_policies_for_one_pool<0, 1>
// CASE two_policies_for_other_pools: error: [^']+'[^']*two_policies_for_one_pool<1, 2>
// CASE nothing_may_go_from_any_pool: error: [^']+'[^']*policy_can_never_admit<.*min_remaining, .*stated_fraction<1, 1> ?>
// CASE numbers_without_names [gcc] @own: call of overloaded 'max_removable\(<brace-enclosed initializer list>\)' is ambiguous
// CASE numbers_without_names [clang] @own: call to member function 'max_removable' is ambiguous
#include "without_ledger.hpp"

using namespace shearpin::literals;
using shearpin::duration, shearpin::fresh_within, shearpin::freeze, shearpin::guard, shearpin::max_batch,
    shearpin::min_remaining, shearpin::policy, shearpin::quorum, shearpin::unlimited, shearpin::weekday,
    shearpin::window, shearpin::policies, shearpin::for_pool, shearpin::for_other_pools;

struct never_mine {
    static constexpr shearpin::text_view name = "never_mine";
    constexpr shearpin::count limit(const shearpin::facts&) const { return 0; }
    constexpr shearpin::count at_best(const shearpin::facts&) const { return 0; }
};

// The control: what looks alike and is fine.
inline constexpr auto number_and_fraction = policy{min_remaining(2), min_remaining(95_pct), max_batch(5), max_batch(5_pct)};
inline constexpr auto no_limit = policy{unlimited};
inline constexpr auto frozen_but_one_hour =
    policy{freeze(window::weekly(weekday::monday, duration::hours(1), weekday::monday, {})), max_batch(5)};
inline constexpr auto frozen_within_a_freeze =
    policy{freeze(window::weekly(weekday::monday, duration::hours(1), weekday::monday, {})),
           freeze(window::weekly(weekday::tuesday, {}, weekday::wednesday, {})), max_batch(5)};
inline constexpr auto two_rates =
    policy{shearpin::max_rate(5, duration::hours(1)), shearpin::max_rate(20, duration::hours(24))};
inline constexpr auto one_is_closed = policies{for_pool("archive", freeze()), for_pool("a", max_batch(1)), for_other_pools(max_batch(2))};

static_assert(number_and_fraction.max_removable({.size = 200, .available = 193}) == 3);

inline constexpr auto caps = policy{max_batch(5), min_remaining(2), max_batch(4)};
inline constexpr auto floors = policy{min_remaining(95_pct), min_remaining(90_pct)};
inline constexpr auto quorums = policy{quorum(), quorum(shearpin::membership::shrinks)};
inline constexpr auto ages = policy{fresh_within(duration::hours(1)), fresh_within(duration::hours(2))};
inline constexpr auto rests = policy{shearpin::cooldown(duration::hours(1)), shearpin::cooldown(duration::hours(2))};
inline constexpr auto no_limits = policy{unlimited, unlimited};
inline constexpr auto no_limit_but = policy{unlimited, max_batch(5)};
inline constexpr auto limit_but = policy{max_batch(5), unlimited};
inline constexpr auto all_stay = policy{max_batch(5), min_remaining(100_pct)};
inline constexpr auto too_many_stay = policy{min_remaining(9'223'372'036'854'775'807)};
inline constexpr auto closed = policy{max_batch(5), freeze()};
inline constexpr auto closed_all_week = policy{freeze(window::weekly(weekday::monday, {}, weekday::monday, {}))};
inline constexpr auto closed_in_turns =
    policy{freeze(window::weekly(weekday::monday, {}, weekday::thursday, {})),
           freeze(window::weekly(weekday::wednesday, duration::hours(12), weekday::monday, duration::hours(1)))};
inline constexpr auto mine = policy{never_mine{}};
inline constexpr auto in_one = policies{for_pool("a", min_remaining(1)), for_pool("b", max_batch(1), max_batch(2))};
inline constexpr auto same_pool = policies{for_pool("a", max_batch(1)), for_pool("b", max_batch(1)), for_pool("a", max_batch(2))};
enum class zone { north };
inline constexpr auto same_zone = policies{for_pool(zone::north, max_batch(1)), for_pool(zone::north, max_batch(2))};
inline constexpr auto other_pools =
    policies{for_pool("a", max_batch(1)), for_other_pools(max_batch(1)), for_other_pools(max_batch(2))};
inline constexpr auto all_closed = policies{for_pool("a", freeze()), for_other_pools(min_remaining(100_pct))};

struct inventory {
    struct names {
        const char* const* begin() const;
        const char* const* end() const;
    };
    names pools_of(int) const;
    bool contains(int) const;
    shearpin::pool state(const char*) const;
};
constexpr auto remove_some = [](int) {};
constexpr auto see = [] { return shearpin::pool{}; };
constexpr inventory hosts;

constexpr auto fine = guard<number_and_fraction>(remove_some, see);
constexpr auto fine_without_limit = guard<no_limit>(remove_some, see);
constexpr auto fine_in_one_hour = guard<frozen_but_one_hour>(remove_some, see);
constexpr auto fine_in_that_hour = guard<frozen_within_a_freeze>(remove_some, see);
constexpr auto fine_in_two_windows = guard<two_rates>(remove_some, see);
constexpr auto fine_in_some_pools = guard<one_is_closed>(remove_some, hosts);

#if defined(CASE_numbers_without_names)
static_assert(number_and_fraction.max_removable({200, 193}) == 3);  // HERE numbers_without_names
#endif
#if defined(CASE_cap_stated_twice)
auto bad = guard<caps>(remove_some, see);  // HERE cap_stated_twice
#elif defined(CASE_fraction_stated_twice)
auto bad = guard<floors>(remove_some, see);  // HERE fraction_stated_twice
#elif defined(CASE_quorum_stated_twice)
auto bad = guard<quorums>(remove_some, see);  // HERE quorum_stated_twice
#elif defined(CASE_age_stated_twice)
auto bad = guard<ages>(remove_some, see);  // HERE age_stated_twice
#elif defined(CASE_rest_stated_twice)
auto bad = guard<rests>(remove_some, see);  // HERE rest_stated_twice
#elif defined(CASE_unlimited_twice)
auto bad = guard<no_limits>(remove_some, see);  // HERE unlimited_twice
#elif defined(CASE_unlimited_first)
auto bad = guard<no_limit_but>(remove_some, see);  // HERE unlimited_first
#elif defined(CASE_unlimited_last)
auto bad = guard<limit_but>(remove_some, see);  // HERE unlimited_last
#elif defined(CASE_all_must_remain)
auto bad = guard<all_stay>(remove_some, see);  // HERE all_must_remain
#elif defined(CASE_more_must_remain_than_can_be)
auto bad = guard<too_many_stay>(remove_some, see);  // HERE more_must_remain_than_can_be
#elif defined(CASE_frozen_for_ever)
auto bad = guard<closed>(remove_some, see);  // HERE frozen_for_ever
#elif defined(CASE_frozen_all_week)
auto bad = guard<closed_all_week>(remove_some, see);  // HERE frozen_all_week
#elif defined(CASE_frozen_by_several_windows)
auto bad = guard<closed_in_turns>(remove_some, see);  // HERE frozen_by_several_windows
#elif defined(CASE_own_rule_never_admits)
auto bad = guard<mine>(remove_some, see);  // HERE own_rule_never_admits
#elif defined(CASE_for_every_pool_alike)
auto bad = guard<caps>(remove_some, hosts);  // HERE for_every_pool_alike
#elif defined(CASE_in_the_policy_of_one_pool)
auto bad = guard<in_one>(remove_some, hosts);  // HERE in_the_policy_of_one_pool
#elif defined(CASE_two_policies_for_one_pool)
auto bad = guard<same_pool>(remove_some, hosts);  // HERE two_policies_for_one_pool
#elif defined(CASE_two_policies_for_one_enumerator)
auto bad = guard<same_zone>(remove_some, hosts);  // HERE two_policies_for_one_enumerator
#elif defined(CASE_two_policies_for_other_pools)
auto bad = guard<other_pools>(remove_some, hosts);  // HERE two_policies_for_other_pools
#elif defined(CASE_nothing_may_go_from_any_pool)
auto bad = guard<all_closed>(remove_some, hosts);  // HERE nothing_may_go_from_any_pool
#endif
