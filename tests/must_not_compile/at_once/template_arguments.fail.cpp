// SPDX-License-Identifier: BSL-1.0
// Types that a class template is not made for: each says what it is made of.
// CASE policies @context: error: static(_assert| assertion) failed.*policies are made of for_pool\(name, rules...\) and for_other_pools\(rules...\)
// CASE policy_of_no_rules @context: error: static(_assert| assertion) failed.*a policy is made of rules; see rule.hpp
// CASE policy_table @context: error: static(_assert| assertion) failed.*policy_table<Pool, policy<Rules...>>
// CASE ledger @context: error: static(_assert| assertion) failed.*ledger: the store must be memory_store or a byte_store, see shearpin/store.hpp
// CASE small_store @context: error: static(_assert| assertion) failed.*any_store: a ledger would not know that this store takes less than 1 MiB
// CASE id_of_a_fraction @context: error: static(_assert| assertion) failed.*an id is text or a whole number
#include <shearpin/any_store.hpp>
#include <shearpin/file_store.hpp>
#include <shearpin/id.hpp>
#include <shearpin/policy_table.hpp>
#include <shearpin/shearpin.hpp>

#include <cstdint>
#include <string>

using namespace shearpin;

struct small_store {
    static constexpr std::size_t capacity = 4096;
    loaded load();
    stored store(const std::string& bytes, std::uint64_t expected);
};
struct no_store {};

using few = policy<max_batch>;
any_store held(const small_store& store) {
    (void)sizeof(policies<detail::pool_policy<text_view, max_batch>>);
    (void)sizeof(policy_table<std::string, few>);
    (void)sizeof(ledger<small_store>);
    (void)sizeof(id<"page", std::uint16_t>);
#if defined(CASE_policies)
    (void)sizeof(policies<few>);  // HERE policies
#endif
#if defined(CASE_policy_of_no_rules)
    (void)sizeof(policy<int>);  // HERE policy_of_no_rules
#endif
#if defined(CASE_policy_table)
    (void)sizeof(policy_table<std::string, max_batch>);  // HERE policy_table
#endif
#if defined(CASE_ledger)
    (void)sizeof(ledger<no_store>);  // HERE ledger
#endif
#if defined(CASE_id_of_a_fraction)
    (void)sizeof(id<"page", double>);  // HERE id_of_a_fraction
#endif
#if defined(CASE_small_store)
    return any_store(store);  // HERE small_store
#endif
    (void)store;
    return any_store(file_store::open("ledger"));
}
