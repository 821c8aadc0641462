// SPDX-License-Identifier: BSL-1.0
// What a call says is not dropped where it says that something went wrong, or is all that the call is made for.
// CASE create @own: error: ignoring return.*nodiscard
// CASE create_at_a_path @own: error: ignoring return.*nodiscard
// CASE open @own: error: ignoring return.*nodiscard
// CASE open_at_a_path @own: error: ignoring return.*nodiscard
// CASE load @own: error: ignoring return.*nodiscard
// CASE store @own: error: ignoring return.*nodiscard
// CASE store_lazily @own: error: ignoring return.*nodiscard
// CASE load_any @own: error: ignoring return.*nodiscard
// CASE store_any @own: error: ignoring return.*nodiscard
// CASE store_any_lazily @own: error: ignoring return.*nodiscard
// CASE now @own: error: ignoring return.*nodiscard
// CASE is_newest @own: error: ignoring return.*nodiscard
// CASE entries @own: error: ignoring return.*nodiscard
// CASE resolve @own: error: ignoring return.*nodiscard
// CASE note @own: error: ignoring return.*nodiscard
// CASE reserve @own: error: ignoring return.*nodiscard
// CASE consult @own: error: ignoring return.*nodiscard
// CASE settle @own: error: ignoring return.*nodiscard
// CASE asking @own: error: ignoring return.*nodiscard.*nothing is removed until it is called
// CASE reservation @own: error: ignoring return.*nodiscard
// CASE report @own: error: ignoring return.*nodiscard.*a run may have stopped early
// CASE override_once @own: error: ignoring return.*nodiscard
// CASE listing @own: error: ignoring return.*nodiscard
// CASE add @own: error: ignoring return.*nodiscard
// CASE parse_policy @own: error: ignoring return.*nodiscard
// CASE parse_policies @own: error: ignoring return.*nodiscard
// CASE parse_policy_file @own: error: ignoring return.*nodiscard
// CASE parse_fingerprint @own: error: ignoring return.*nodiscard
// CASE text_of_a_policy @own: error: ignoring return.*nodiscard
// CASE text_of_policies @own: error: ignoring return.*nodiscard
// CASE text_of_what_was_read @own: error: ignoring return.*nodiscard
// CASE explain @own: error: ignoring return.*nodiscard
// CASE explain_all @own: error: ignoring return.*nodiscard
// CASE diff @own: error: ignoring return.*nodiscard
// CASE diff_of_pools @own: error: ignoring return.*nodiscard
// CASE diff_of_tables @own: error: ignoring return.*nodiscard
// CASE diff_of_tables_and_pools @own: error: ignoring return.*nodiscard
// CASE finished @own: error: ignoring return.*nodiscard
// CASE check_store @own: error: ignoring return.*nodiscard
// CASE judge_store @own: error: ignoring return.*nodiscard
// CASE judge_budget @own: error: ignoring return.*nodiscard
#include <shearpin/any_store.hpp>
#include <shearpin/explain_policies.hpp>
#include <shearpin/explain_policy.hpp>
#include <shearpin/file_store.hpp>
#include <shearpin/listing.hpp>
#include <shearpin/parse_policies.hpp>
#include <shearpin/parse_policy.hpp>
#include <shearpin/policies_diff.hpp>
#include <shearpin/policy_diff.hpp>
#include <shearpin/policy_table.hpp>
#include <shearpin/shearpin.hpp>
#include <shearpin/testing/store_conformance.hpp>

#include <string>
#include <vector>

using namespace shearpin;

inline constexpr auto fives = policy{max_batch(5), max_rate(9, duration::hours(1))};
inline constexpr auto of_pools = policies{for_pool("index", max_batch(5))};
using rows = std::vector<std::string>;

void answers(const std::string& path, const std::string& bytes, any_store some, ledger<memory_store>& record, const rows& all,
             const std::vector<sized_pool>& pools, const read_policies& read) {
    file_store store = file_store::create(path);
    auto remove = guard<fives>([](const rows&) {}, [] { return pool{}; }).with_ledger(record, "rows").with_clock(wall_clock);
    const wave_report report = remove.in_waves(all, {.healthy = [] { return true; }});
    policy_table<std::string, policy<max_batch>> table;
    const auto judge = [](const detail::ledger_view&) { return true; };
    (void)store, (void)report, (void)table, (void)judge, (void)read, (void)pools, (void)some, (void)bytes;

#if defined(CASE_create)
    file_store::create("a");  // HERE create
#endif
#if defined(CASE_create_at_a_path)
    file_store::create(path);  // HERE create_at_a_path
#endif
#if defined(CASE_open)
    file_store::open("a");  // HERE open
#endif
#if defined(CASE_open_at_a_path)
    file_store::open(path);  // HERE open_at_a_path
#endif
#if defined(CASE_load)
    store.load();  // HERE load
#endif
#if defined(CASE_store)
    store.store(bytes, 1);  // HERE store
#endif
#if defined(CASE_store_lazily)
    store.store_lazily(bytes, 1);  // HERE store_lazily
#endif
#if defined(CASE_load_any)
    some.load();  // HERE load_any
#endif
#if defined(CASE_store_any)
    some.store(bytes, 1);  // HERE store_any
#endif
#if defined(CASE_store_any_lazily)
    some.store_lazily(bytes, 1);  // HERE store_any_lazily
#endif
#if defined(CASE_now)
    some.now();  // HERE now
#endif
#if defined(CASE_is_newest)
    some.is_newest(1);  // HERE is_newest
#endif
#if defined(CASE_entries)
    record.entries();  // HERE entries
#endif
#if defined(CASE_resolve)
    record.resolve("1", resolution::nothing_removed, "ann", "looked");  // HERE resolve
#endif
#if defined(CASE_note)
    record.note();  // HERE note
#endif
#if defined(CASE_reserve)
    record.reserve({}, {}, {}, judge);  // HERE reserve
#endif
#if defined(CASE_consult)
    record.consult({}, {}, {}, judge);  // HERE consult
#endif
#if defined(CASE_settle)
    record.settle({}, {}, {});  // HERE settle
#endif
#if defined(CASE_asking)
    remove.asking({.actor = "ann"});  // HERE asking
#endif
#if defined(CASE_reservation)
    remove.reserve(all);  // HERE reservation
#endif
#if defined(CASE_report)
    remove.in_waves(all, {.healthy = [] { return true; }});  // HERE report
#endif
#if defined(CASE_override_once)
    override_once<max_batch>({.up_to = 8});  // HERE override_once
#endif
#if defined(CASE_listing)
    complete_listing(all);  // HERE listing
#endif
#if defined(CASE_add)
    table.add("index", policy{max_batch(5)});  // HERE add
#endif
#if defined(CASE_parse_policy)
    parse_policy("max_batch(5)");  // HERE parse_policy
#endif
#if defined(CASE_parse_policies)
    parse_policies("max_batch(5)");  // HERE parse_policies
#endif
#if defined(CASE_parse_policy_file)
    parse_policy_file("max_batch(5)");  // HERE parse_policy_file
#endif
#if defined(CASE_parse_fingerprint)
    fingerprint::parse("0");  // HERE parse_fingerprint
#endif
#if defined(CASE_text_of_a_policy)
    to_string(fives);  // HERE text_of_a_policy
#endif
#if defined(CASE_text_of_policies)
    to_string(of_pools);  // HERE text_of_policies
#endif
#if defined(CASE_text_of_what_was_read)
    to_string(read);  // HERE text_of_what_was_read
#endif
#if defined(CASE_explain)
    explain(fives);  // HERE explain
#endif
#if defined(CASE_explain_all)
    explain(of_pools);  // HERE explain_all
#endif
#if defined(CASE_diff)
    diff(fives, fives);  // HERE diff
#endif
#if defined(CASE_diff_of_pools)
    diff(fives, fives, pools);  // HERE diff_of_pools
#endif
#if defined(CASE_diff_of_tables)
    diff(of_pools, of_pools);  // HERE diff_of_tables
#endif
#if defined(CASE_diff_of_tables_and_pools)
    diff(of_pools, of_pools, pools);  // HERE diff_of_tables_and_pools
#endif
#if defined(CASE_finished)
    report.finished();  // HERE finished
#endif
#if defined(CASE_check_store)
    testing::check_store([] { return memory_store(); });  // HERE check_store
#endif
#if defined(CASE_judge_store)
    testing::store_judge::judge({});  // HERE judge_store
#endif
#if defined(CASE_judge_budget)
    testing::budget_judge::judge({}, {});  // HERE judge_budget
#endif
}
