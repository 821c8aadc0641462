// SPDX-License-Identifier: BSL-1.0
// Targets of another kind than the inventory's, and inventories that lack what a decision needs.
// CASE target_of_another_kind: error: [^']+'[^']*inventory_does_not_take<fleet, .*contains, database_id>
// CASE text_for_a_typed_id: error: [^']+'[^']*inventory_does_not_take<fleet, .*contains, .*string
// CASE another_kind_in_check: error: [^']+'[^']*inventory_does_not_take<fleet, .*contains, database_id>
// CASE number_in_place_of_targets: error: [^']+'[^']*an_inventory_needs_targets_not_a_number<fleet>
// CASE counted_number_in_place_of_targets: error: [^']+'[^']*an_inventory_needs_targets_not_a_number<fleet>
// CASE no_contains: error: [^']+'[^']*inventory_lacks<without_contains, .*contains, host_id>
// CASE no_pools_of: error: [^']+'[^']*inventory_lacks<without_pools_of, .*pools_of, host_id>
// CASE no_state: error: [^']+'[^']*inventory_lacks<without_state, .*state, int>
// CASE state_of_another_pool: error: [^']+'[^']*inventory_does_not_take<state_of_text, .*state, int>
// CASE state_returns_a_number: error: [^']+'[^']*inventory_does_not_take<state_is_a_number, .*state, int>
// CASE pools_of_is_no_range: error: [^']+'[^']*inventory_does_not_take<one_pool_each, .*pools_of, host_id>
// CASE contains_is_not_const: error: [^']+'[^']*inventory_does_not_take<const contains_changes, .*contains, host_id>
// CASE protection_of_another_kind: error: [^']+'[^']*inventory_does_not_take<protects_databases, .*is_protected, host_id>
// CASE protection_is_not_const: error: [^']+'[^']*inventory_does_not_take<const protection_changes, .*is_protected, host_id>
// CASE availability_of_another_kind: error: [^']+'[^']*inventory_does_not_take<databases_available, .*is_available, host_id>
// CASE weight_without_a_pool: error: [^']+'[^']*inventory_does_not_take<weight_of_target, .*weight_of, host_id>
// CASE weight_is_floating_point: error: [^']+'[^']*inventory_does_not_take<rough_weight, .*weight_of, host_id>
// CASE no_policy_for_this_type_of_pool: error: [^']+'[^']*no_policy_names_pools_of_this_type<int>
// CASE narrowed_on_the_way: error: [^']+'[^']*inventory_does_not_take<numbered, .*contains, long long( int)?>
// CASE rounded_on_the_way: error: [^']+'[^']*inventory_does_not_take<numbered, .*contains, double>
// CASE narrowed_for_protection: error: [^']+'[^']*inventory_does_not_take<wide_but_protection, .*is_protected, long
// CASE final_protection_is_not_const: error: [^']+'[^']*inventory_does_not_take<const final_protection, .*is_protected, host_id>
// CASE view_and_inventory: error: [^']+'[^']*this_is_a_view_of_a_pool_and_an_inventory<two_in_one>
// CASE removal_of_another_kind: error: [^']+'[^']*removal_does_not_take<.*vector<host_id
#include "without_ledger.hpp"

#include <concepts>
#include <string>
#include <vector>

using shearpin::guard, shearpin::max_batch;

struct host_id {
    int number;
    friend bool operator<(host_id left, host_id right) { return left.number < right.number; }
};
struct database_id {
    int number;
    friend bool operator<(database_id left, database_id right) { return left.number < right.number; }
};

struct without_contains {
    std::vector<int> pools_of(host_id) const;
    shearpin::pool state(int) const;
};
struct without_pools_of {
    bool contains(host_id) const;
    shearpin::pool state(int) const;
};
struct without_state {
    bool contains(host_id) const;
    std::vector<int> pools_of(host_id) const;
};
struct fleet : without_state {
    shearpin::pool state(int) const;
};
struct full_fleet final : fleet {
    bool is_protected(host_id) const;
    bool is_available(host_id) const;
    unsigned weight_of(host_id, int) const;
};
struct final_fleet final : fleet {};
struct generic_fleet : fleet {
    template <class T> bool is_protected(const T&) const;
    bool is_available(host_id) const;
    bool is_available(database_id) const;
};
struct state_of_text : without_state {
    shearpin::pool state(const std::string&) const;
};
struct state_is_a_number : without_state {
    int state(int) const;
};
struct one_pool_each : without_pools_of {
    int pools_of(host_id) const;
};
struct contains_changes : without_contains {
    bool contains(host_id);
};
struct protects_databases : fleet {
    bool is_protected(database_id) const;
};
struct protection_changes : fleet {
    bool is_protected(host_id);
};
struct databases_available : fleet {
    bool is_available(database_id) const;
};
struct weight_of_target : fleet {
    unsigned weight_of(host_id) const;
};
struct rough_weight : fleet {
    double weight_of(host_id, int) const;
};

struct numbered {
    bool contains(int) const;
    std::vector<int> pools_of(int) const;
    shearpin::pool state(int) const;
};
struct wide_but_protection : numbered {
    bool contains(long) const;
    std::vector<int> pools_of(long) const;
    bool is_protected(int) const;
};
struct any_number : numbered {
    bool contains(const auto&) const;
    bool is_protected(std::integral auto) const;
    std::vector<int> pools_of(long) const;
};
struct final_protection final : fleet {
    bool is_protected(host_id);
};
struct two_in_one : fleet {
    shearpin::pool operator()() const;
};

inline constexpr auto five = shearpin::policy{max_batch(5)};
inline constexpr auto named = shearpin::policies{shearpin::for_pool("index", max_batch(5))};
constexpr auto remove_any = [](const auto&...) {};

void calls(const std::vector<host_id>& some, const std::vector<database_id>& databases, const std::vector<std::string>& names,
           const contains_changes& changes, const protection_changes& protects,
           const final_protection& final_hosts) {
    fleet hosts;
#ifdef CONTROL
    guard<five>(remove_any, hosts)(some);
    guard<five>(remove_any, full_fleet())(some);
    guard<five>(remove_any, final_fleet())(some);
    guard<five>(remove_any, generic_fleet())(some);
    guard<five>(remove_any, hosts).counting([&](int) { return some; })(3);
    guard<five>(remove_any, protection_changes())(some);
    guard<five>(remove_any, numbered())(std::vector<int>{1});
    guard<five>(remove_any, numbered())(std::vector<short>{1});
    guard<five>(remove_any, any_number())(std::vector<long>{1});
    guard<five>(remove_any, wide_but_protection())(std::vector<int>{1});
#endif
    (void)databases, (void)names, (void)changes, (void)protects, (void)final_hosts;

#if defined(CASE_target_of_another_kind)
    guard<five>(remove_any, hosts)(databases);  // HERE target_of_another_kind
#elif defined(CASE_text_for_a_typed_id)
    guard<five>(remove_any, hosts)(names);  // HERE text_for_a_typed_id
#elif defined(CASE_another_kind_in_check)
    (void)guard<five>(remove_any, hosts).check(databases);  // HERE another_kind_in_check
#elif defined(CASE_number_in_place_of_targets)
    guard<five>(remove_any, hosts)(3);  // HERE number_in_place_of_targets
#elif defined(CASE_counted_number_in_place_of_targets)
    guard<five>(remove_any, hosts).counting([](const auto&) { return 3; })(some);  // HERE counted_number_in_place_of_targets
#elif defined(CASE_no_contains)
    guard<five>(remove_any, without_contains())(some);  // HERE no_contains
#elif defined(CASE_no_pools_of)
    guard<five>(remove_any, without_pools_of())(some);  // HERE no_pools_of
#elif defined(CASE_no_state)
    guard<five>(remove_any, without_state())(some);  // HERE no_state
#elif defined(CASE_state_of_another_pool)
    guard<five>(remove_any, state_of_text())(some);  // HERE state_of_another_pool
#elif defined(CASE_state_returns_a_number)
    guard<five>(remove_any, state_is_a_number())(some);  // HERE state_returns_a_number
#elif defined(CASE_pools_of_is_no_range)
    guard<five>(remove_any, one_pool_each())(some);  // HERE pools_of_is_no_range
#elif defined(CASE_contains_is_not_const)
    guard<five>(remove_any, changes)(some);  // HERE contains_is_not_const
#elif defined(CASE_protection_of_another_kind)
    guard<five>(remove_any, protects_databases())(some);  // HERE protection_of_another_kind
#elif defined(CASE_protection_is_not_const)
    guard<five>(remove_any, protects)(some);  // HERE protection_is_not_const
#elif defined(CASE_availability_of_another_kind)
    guard<five>(remove_any, databases_available())(some);  // HERE availability_of_another_kind
#elif defined(CASE_weight_without_a_pool)
    guard<five>(remove_any, weight_of_target())(some);  // HERE weight_without_a_pool
#elif defined(CASE_weight_is_floating_point)
    guard<five>(remove_any, rough_weight())(some);  // HERE weight_is_floating_point
#elif defined(CASE_no_policy_for_this_type_of_pool)
    guard<named>(remove_any, hosts)(some);  // HERE no_policy_for_this_type_of_pool
#elif defined(CASE_narrowed_on_the_way)
    guard<five>(remove_any, numbered())(std::vector<long long>{1});  // HERE narrowed_on_the_way
#elif defined(CASE_rounded_on_the_way)
    guard<five>(remove_any, numbered())(std::vector<double>{1.2});  // HERE rounded_on_the_way
#elif defined(CASE_narrowed_for_protection)
    guard<five>(remove_any, wide_but_protection())(std::vector<long>{1});  // HERE narrowed_for_protection
#elif defined(CASE_final_protection_is_not_const)
    guard<five>(remove_any, final_hosts)(some);  // HERE final_protection_is_not_const
#elif defined(CASE_view_and_inventory)
    auto either = guard<five>(remove_any, two_in_one());  // HERE view_and_inventory
#elif defined(CASE_removal_of_another_kind)
    guard<five>([](const std::vector<database_id>&) {}, hosts)(some);  // HERE removal_of_another_kind
#endif
}
