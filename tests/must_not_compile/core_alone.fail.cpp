// SPDX-License-Identifier: BSL-1.0
// What lacks where only the small headers are included.
// CASE policies_of_several_pools: error: [^']+'[^']*to_guard_an_inventory_include_shearpin_several_pools_hpp<.*fleet>
// CASE generic_inventory: error: [^']+'[^']*to_guard_an_inventory_include_shearpin_several_pools_hpp<.*generic_fleet>
// CASE one_policy_over_an_inventory: error: [^']+'[^']*to_guard_an_inventory_include_shearpin_several_pools_hpp<.*fleet>
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
#elif defined(CONTROL)
    auto several_pools = shearpin::guard<several>(remove, hosts);
#endif
    one_pool(std::vector<int>{1, 2});  // needs nothing else
    static_cast<void>(hosts), static_cast<void>(generic_hosts);
}
