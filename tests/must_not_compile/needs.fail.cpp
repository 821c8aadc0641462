// SPDX-License-Identifier: BSL-1.0
// What a guard needs and does not get: a view of its pool, a clock, the time of the observation.
// CASE view_is_a_number: error: [^']+'[^']*this_is_no_view_of_a_pool<int>
// CASE view_returns_a_number: error: [^']+'[^']*this_is_no_view_of_a_pool<
// CASE view_is_a_pool: error: [^']+'[^']*this_is_no_view_of_a_pool<.*pool>
// CASE view_is_an_observation: error: [^']+'[^']*this_is_no_view_of_a_pool<const .*observation>
// CASE view_of_a_read_policy_is_a_pool: error: [^']+'[^']*this_is_no_view_of_a_pool<.*pool>
// CASE view_of_several_is_a_pool: error: [^']+'[^']*this_is_no_view_of_a_pool<.*pool>
// CASE view_takes_an_argument: error: [^']+'[^']*inventory_lacks<.*contains, int>
// CASE view_of_one_pool_for_several: error: [^']+'[^']*policies_of_several_pools_need_an_inventory<
// CASE policy_is_a_number: error: [^']+'[^']*this_is_no_policy<int>
// CASE policy_over_an_inventory_is_a_number: error: [^']+'[^']*this_is_no_policy<int>
// CASE policy_over_view_and_inventory_is_a_number: error: [^']+'[^']*this_is_no_policy<int>
// CASE read_policy_is_a_number: error: [^']+'[^']*this_is_no_policy<int>
// CASE read_policy_without_a_view: error: [^']+'[^']*this_is_no_view_of_a_pool<int>
// CASE member_function_without_a_view: error: [^']+'[^']*this_is_no_view_of_a_pool<int>
// CASE read_policy_and_member_function_without_a_view: error: [^']+'[^']*this_is_no_view_of_a_pool<int>
// CASE weekly_freeze_without_a_clock: error: [^']+'[^']*policy_needs_a_clock<.*freeze>
// CASE dated_freeze_without_a_clock: error: [^']+'[^']*policy_needs_a_clock<.*freeze>
// CASE age_without_a_clock: error: [^']+'[^']*policy_needs_a_clock<.*fresh_within>
// CASE own_rule_without_a_clock: error: [^']+'[^']*policy_needs_a_clock<office_hours>
// CASE check_without_a_clock: error: [^']+'[^']*policy_needs_a_clock<.*freeze>
// CASE inventory_without_a_clock: error: [^']+'[^']*policy_needs_a_clock<.*freeze>
// CASE one_pool_without_a_clock: error: [^']+'[^']*policy_needs_a_clock<.*freeze>
// CASE age_of_what_has_no_date: error: [^']+'[^']*policy_needs_an_observation<.*fresh_within>
// CASE age_of_states_without_date: error: [^']+'[^']*policy_needs_an_observation<.*fresh_within>
// CASE clock_is_a_temporary: error: [^']+'[^']*the_clock_is_a_temporary_and_would_not_outlive_the_guard<.*manual_clock>
// CASE clock_is_a_const_temporary: error: [^']+'[^']*the_clock_is_a_temporary_and_would_not_outlive_the_guard<.*system_clock>
// CASE clock_is_moved: error: [^']+'[^']*the_clock_is_a_temporary_and_would_not_outlive_the_guard<.*manual_clock>
// CASE clock_is_a_number: error: [^']+'[^']*this_is_no_clock<int>
// CASE clock_is_steady: error: [^']+'[^']*this_is_no_clock<.*steady_clock>
// CASE name_is_a_temporary: error: [^']+'[^']*the_name_is_a_temporary_and_would_not_outlive_the_guard<.*string
// CASE name_is_moved: error: [^']+'[^']*the_name_is_a_temporary_and_would_not_outlive_the_guard<.*string
// CASE name_is_a_temporary_buffer: error: [^']+'[^']*the_name_is_a_temporary_and_would_not_outlive_the_guard<.*fixed_text
// CASE environment_is_a_temporary: error: [^']+'[^']*the_name_is_a_temporary_and_would_not_outlive_the_guard<.*string
// CASE name_on_the_ledger_is_a_temporary: error: [^']+'[^']*the_name_is_a_temporary_and_would_not_outlive_the_guard<.*string
// CASE ledger_is_a_temporary: error: [^']+'[^']*the_ledger_is_a_temporary_and_would_not_outlive_the_guard<book>
// CASE ledger_is_a_temporary_without_a_name: error: [^']+'[^']*the_ledger_is_a_temporary_and_would_not_outlive_the_guard<book>
// CASE ledger_without_a_name: error: [^']+'[^']*with_ledger_needs_the_name_of_the_pool
#include "without_ledger.hpp"

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using shearpin::duration, shearpin::freeze, shearpin::fresh_within, shearpin::guard, shearpin::max_batch, shearpin::policy,
    shearpin::weekday, shearpin::window;

struct office_hours {
    static constexpr shearpin::text_view name = "office_hours";
    static constexpr shearpin::need needs = shearpin::need::clock;
    constexpr shearpin::count limit(const shearpin::facts&) const { return 1; }
};
template <class State> struct fleet {
    std::vector<int> pools_of(int) const;
    bool contains(int) const;
    State state(int) const;
};
struct view_and_inventory : fleet<shearpin::pool> {
    shearpin::pool operator()() const;
};

inline constexpr auto five = policy{max_batch(5)};
inline constexpr auto weekly =
    policy{max_batch(5), freeze(window::weekly(weekday::friday, duration::hours(16), weekday::monday, duration::hours(8)))};
inline constexpr auto dated =
    policy{freeze(window::dates(shearpin::date(2026, 12, 20), shearpin::date(2027, 1, 4))), max_batch(5)};
inline constexpr auto fresh = policy{fresh_within(duration::minutes(5))};
inline constexpr auto mine = policy{office_hours{}};
inline constexpr auto several =
    shearpin::policies{shearpin::for_pool(1, max_batch(5)),
                       shearpin::for_pool(2, freeze(window::weekly(weekday::friday, {}, weekday::monday, {})))};
inline constexpr int no_policy = 5;

constexpr auto remove_some = [](const std::vector<int>&) {};
constexpr auto see = [] { return shearpin::pool{}; };
constexpr auto look = [] { return shearpin::observation{}; };
struct book {  // as much of a ledger as a guard asks for that is not called
    static constexpr bool has_clock = false;
};
struct table {
    void drop(int) {}
};

void calls(const std::vector<int>& some, table orders, const fleet<shearpin::pool>& hosts,
           const fleet<shearpin::observation>& dated_hosts, const std::chrono::steady_clock& steady) {
    shearpin::manual_clock clock;
    const std::chrono::system_clock system;
    std::string rows = "rows";
    book shared;
#ifdef CONTROL
    const auto by_literal = guard<five>(remove_some, see).named("rows");
    const auto by_view = guard<five>(remove_some, see).named(std::string_view("rows"));
    const auto by_string = guard<five>(remove_some, see).named(rows).in_environment(rows);
    const auto on_ledger = guard<five>(remove_some, see).with_ledger(shared, rows);
    (void)by_literal, (void)by_view, (void)by_string, (void)on_ledger;
    guard<five>(remove_some, see)(some);
    guard<five>(&table::drop, orders, see)(1);
    guard(five, &table::drop, orders, see)(1);
    guard(five, remove_some, see)(some);
    guard<weekly>(remove_some, see).with_clock(clock)(some);
    guard<dated>(remove_some, see).with_clock(system)(some);
    guard<fresh>(remove_some, look).with_clock(shearpin::wall_clock)(some);
    guard<mine>(remove_some, see).with_clock(clock)(some);
    guard<weekly>(remove_some, hosts).with_clock(clock)(some);
    guard<several>(remove_some, hosts).with_clock(clock)(some);
    guard<fresh>(remove_some, dated_hosts).with_clock(clock)(some);
#endif
    (void)steady;

#if defined(CASE_view_is_a_number)
    auto bad = guard<five>(remove_some, 5);  // HERE view_is_a_number
#elif defined(CASE_view_returns_a_number)
    auto bad = guard<five>(remove_some, [] { return 5; });  // HERE view_returns_a_number
#elif defined(CASE_view_takes_an_argument)
    guard<five>(remove_some, [](int) { return shearpin::pool{}; })(some);  // HERE view_takes_an_argument
#elif defined(CASE_view_of_one_pool_for_several)
    auto bad = guard<several>(remove_some, see);  // HERE view_of_one_pool_for_several
#elif defined(CASE_policy_is_a_number)
    auto bad = guard<no_policy>(remove_some, see);  // HERE policy_is_a_number
#elif defined(CASE_policy_over_an_inventory_is_a_number)
    auto bad = guard<no_policy>(remove_some, hosts);  // HERE policy_over_an_inventory_is_a_number
#elif defined(CASE_policy_over_view_and_inventory_is_a_number)
    auto bad = guard<no_policy>(remove_some, view_and_inventory());  // HERE policy_over_view_and_inventory_is_a_number
#elif defined(CASE_read_policy_is_a_number)
    auto bad = guard(5, remove_some, see);  // HERE read_policy_is_a_number
#elif defined(CASE_read_policy_without_a_view)
    auto bad = guard(five, remove_some, 5);  // HERE read_policy_without_a_view
#elif defined(CASE_member_function_without_a_view)
    auto bad = guard<five>(&table::drop, orders, 5);  // HERE member_function_without_a_view
#elif defined(CASE_read_policy_and_member_function_without_a_view)
    auto bad = guard(five, &table::drop, orders, 5);  // HERE read_policy_and_member_function_without_a_view
#elif defined(CASE_weekly_freeze_without_a_clock)
    guard<weekly>(remove_some, see)(some);  // HERE weekly_freeze_without_a_clock
#elif defined(CASE_dated_freeze_without_a_clock)
    guard<dated>(remove_some, see)(some);  // HERE dated_freeze_without_a_clock
#elif defined(CASE_age_without_a_clock)
    guard<fresh>(remove_some, look)(some);  // HERE age_without_a_clock
#elif defined(CASE_own_rule_without_a_clock)
    guard<mine>(remove_some, see)(some);  // HERE own_rule_without_a_clock
#elif defined(CASE_check_without_a_clock)
    (void)guard<weekly>(remove_some, see).check(some);  // HERE check_without_a_clock
#elif defined(CASE_inventory_without_a_clock)
    guard<weekly>(remove_some, hosts)(some);  // HERE inventory_without_a_clock
#elif defined(CASE_one_pool_without_a_clock)
    guard<several>(remove_some, hosts)(some);  // HERE one_pool_without_a_clock
#elif defined(CASE_age_of_what_has_no_date)
    guard<fresh>(remove_some, see).with_clock(clock)(some);  // HERE age_of_what_has_no_date
#elif defined(CASE_age_of_states_without_date)
    guard<fresh>(remove_some, hosts).with_clock(clock)(some);  // HERE age_of_states_without_date
#elif defined(CASE_view_is_a_pool)
    auto bad = guard<five>(remove_some, shearpin::pool{10, 10});  // HERE view_is_a_pool
#elif defined(CASE_view_is_an_observation)
    const shearpin::observation seen_once{};
    auto bad = guard<five>(remove_some, seen_once);  // HERE view_is_an_observation
#elif defined(CASE_view_of_a_read_policy_is_a_pool)
    auto bad = guard(five, remove_some, shearpin::pool{10, 10});  // HERE view_of_a_read_policy_is_a_pool
#elif defined(CASE_view_of_several_is_a_pool)
    auto bad = guard<several>(remove_some, shearpin::pool{10, 10});  // HERE view_of_several_is_a_pool
#elif defined(CASE_clock_is_a_temporary)
    auto bad = guard<weekly>(remove_some, see).with_clock(shearpin::manual_clock());  // HERE clock_is_a_temporary
#elif defined(CASE_clock_is_a_const_temporary)
    using const_clock = const shearpin::system_clock;
    auto bad = guard<weekly>(remove_some, see).with_clock(const_clock());  // HERE clock_is_a_const_temporary
#elif defined(CASE_clock_is_moved)
    auto bad = guard<weekly>(remove_some, see).with_clock(std::move(clock));  // HERE clock_is_moved
#elif defined(CASE_clock_is_a_number)
    auto bad = guard<weekly>(remove_some, see).with_clock(5);  // HERE clock_is_a_number
#elif defined(CASE_clock_is_steady)
    auto bad = guard<weekly>(remove_some, see).with_clock(steady);  // HERE clock_is_steady
#elif defined(CASE_name_is_a_temporary)
    auto bad = guard<five>(remove_some, see).named(rows + "_2");  // HERE name_is_a_temporary
#elif defined(CASE_name_is_moved)
    auto bad = guard<five>(remove_some, see).named(std::move(rows));  // HERE name_is_moved
#elif defined(CASE_name_is_a_temporary_buffer)
    auto bad = guard<five>(remove_some, see).named(shearpin::fixed_text<63>("rows"));  // HERE name_is_a_temporary_buffer
#elif defined(CASE_environment_is_a_temporary)
    auto bad = guard<five>(remove_some, see).in_environment(rows + "_2");  // HERE environment_is_a_temporary
#elif defined(CASE_name_on_the_ledger_is_a_temporary)
    auto bad = guard<five>(remove_some, see).with_ledger(shared, rows + "_2");  // HERE name_on_the_ledger_is_a_temporary
#elif defined(CASE_ledger_is_a_temporary)
    auto bad = guard<five>(remove_some, see).with_ledger(book(), rows);  // HERE ledger_is_a_temporary
#elif defined(CASE_ledger_is_a_temporary_without_a_name)
    auto bad = guard<five>(remove_some, see).with_ledger(book());  // HERE ledger_is_a_temporary_without_a_name
#elif defined(CASE_ledger_without_a_name)
    guard<five>(remove_some, see).with_ledger(shared)(some);  // HERE ledger_without_a_name
#endif
}
