// SPDX-License-Identifier: BSL-1.0
// What lacks where only the small headers are included.
// CASE policies_of_several_pools: error: [^']+'[^']*to_guard_an_inventory_include_shearpin_several_pools_hpp<.*fleet>
// CASE generic_inventory: error: [^']+'[^']*to_guard_an_inventory_include_shearpin_several_pools_hpp<.*generic_fleet>
// CASE one_policy_over_an_inventory: error: [^']+'[^']*to_guard_an_inventory_include_shearpin_several_pools_hpp<.*fleet>
// CASE only_pools_of: error: [^']+'[^']*to_guard_an_inventory_include_shearpin_several_pools_hpp<.*knows_pools>
// CASE only_contains: error: [^']+'[^']*to_guard_an_inventory_include_shearpin_several_pools_hpp<.*knows_targets>
// CASE only_state: error: [^']+'[^']*to_guard_an_inventory_include_shearpin_several_pools_hpp<.*knows_states>
// CASE several_over_what_cannot_be_named: error: [^']+'[^']*to_guard_an_inventory_include_shearpin_several_pools_hpp<.*all_generic>
// CASE one_policy_over_no_inventory: error: [^']+'[^']*this_is_no_view_of_a_pool<.*no_inventory>
#include <shearpin/core.hpp>
#include <shearpin/policies.hpp>
#ifdef CONTROL
#include <shearpin/several_pools.hpp>
#endif

#include <string>
#include <vector>

struct fleet {
    std::vector<std::string> pools_of(int) const;
    bool contains(int) const;
    shearpin::pool state(const std::string&) const;
};

struct generic_fleet {
    template <class Host> std::vector<std::string> pools_of(const Host&) const;
    bool contains(int) const;
    shearpin::pool state(const std::string&) const;
};

// Of an inventory a part may be missing, and each of its members may be a template.
struct knows_pools {
    std::vector<std::string> pools_of(int) const;
};
struct knows_targets {
    bool contains(int) const;
};
struct knows_states {
    shearpin::pool state(const std::string&) const;
};
struct all_generic {
    template <class Host> std::vector<std::string> pools_of(const Host&) const;
    template <class Host> bool contains(const Host&) const;
    template <class Name> shearpin::pool state(const Name&) const;
};
struct no_inventory {
    std::size_t size() const;
};

inline constexpr auto five = shearpin::policy{shearpin::max_batch(5)};
inline constexpr auto several = shearpin::policies{shearpin::for_pool("web", shearpin::max_batch(5))};

void use(const fleet& hosts, const generic_fleet& generic_hosts) {
    const auto remove = [](const std::vector<int>&) {};
    auto one_pool = shearpin::guard<five>(remove, [] { return shearpin::pool{.size = 9, .available = 9}; });
#if defined(CASE_policies_of_several_pools)
    auto several_pools = shearpin::guard<several>(remove, hosts);  // HERE policies_of_several_pools
#elif defined(CASE_one_policy_over_an_inventory)
    auto several_pools = shearpin::guard<five>(remove, hosts);  // HERE one_policy_over_an_inventory
#elif defined(CASE_generic_inventory)
    auto several_pools = shearpin::guard<five>(remove, generic_hosts);  // HERE generic_inventory
#elif defined(CASE_only_pools_of)
    auto several_pools = shearpin::guard<five>(remove, knows_pools());  // HERE only_pools_of
#elif defined(CASE_only_contains)
    auto several_pools = shearpin::guard<five>(remove, knows_targets());  // HERE only_contains
#elif defined(CASE_only_state)
    auto several_pools = shearpin::guard<five>(remove, knows_states());  // HERE only_state
#elif defined(CASE_several_over_what_cannot_be_named)
    auto several_pools = shearpin::guard<several>(remove, all_generic());  // HERE several_over_what_cannot_be_named
#elif defined(CASE_one_policy_over_no_inventory)
    auto several_pools = shearpin::guard<five>(remove, no_inventory());  // HERE one_policy_over_no_inventory
#elif defined(CONTROL)
    auto several_pools = shearpin::guard<several>(remove, hosts);
#endif
    one_pool(std::vector<int>{1, 2});  // needs nothing else
    static_cast<void>(hosts), static_cast<void>(generic_hosts);
}
