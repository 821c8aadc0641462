// SPDX-License-Identifier: BSL-1.0
// Plans and runs in waves: what is refused when it is compiled.
// CASE no_health_check: in_waves needs a health check and has no default for it
// CASE health_check_of_nothing: in_waves needs a health check and has no default for it
// CASE text_is_no_list: error: [^']+'[^']*plans_and_waves_need_a_number_or_a_list_of_targets<
// CASE text_is_no_list_in_a_plan: error: [^']+'[^']*plans_and_waves_need_a_number_or_a_list_of_targets<
// CASE list_of_lists: error: [^']+'[^']*a_list_of_lists_could_mean_two_numbers_use_counting<
// CASE counted_by_a_function: error: [^']+'[^']*plans_and_waves_cannot_count_by_a_function<
// CASE targets_of_another_kind: error: [^']+'[^']*removal_does_not_take<
// CASE array_that_cannot_be_parted: error: [^']+'[^']*removal_does_not_take<.*targets_view<int>
// CASE only_started: error: [^']+'[^']*removal_is_only_started<
// CASE plan_without_ledger: error: [^']+'[^']*policy_needs_a_ledger<[a-z0-9:]*max_rate
// CASE crop_without_ledger: error: [^']+'[^']*policy_needs_a_ledger<[a-z0-9:]*max_rate
// CASE apply_without_ledger: error: [^']+'[^']*policy_needs_a_ledger<[a-z0-9:]*max_rate
// CASE past_the_ledger: error: [^']+'[^']*waves_need_the_ledger<>
// CASE resume_without_ledger: error: [^']+'[^']*resume_needs_a_ledger<>
// CASE resume_of_nameless: error: [^']+'[^']*resume_needs_targets_with_names<[a-z0-9:]*nameless
// CASE report_is_dropped @own: error: ignoring return.*nodiscard.*a run may have stopped early
// CASE plan_is_dropped @own: error: ignoring return.*nodiscard
#include "with_ledger.hpp"

#include <array>
#include <chrono>
#include <future>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using shearpin::guard, shearpin::max_batch, shearpin::max_rate, shearpin::policy;

struct nameless {
    int number;
    bool operator<(const nameless& other) const { return number < other.number; }
};

inline constexpr auto five = policy{max_batch(5)};
inline constexpr auto hourly = policy{max_rate(5, 1h)};

constexpr auto see = [] { return shearpin::pool{}; };
constexpr auto remove_some = [](const std::vector<int>&) {};
constexpr auto remove_array = [](const std::array<int, 4>&) {};
constexpr auto remove_nameless = [](const std::vector<nameless>&) {};
constexpr auto start_some = [](const std::vector<int>&) { return std::future<void>(); };
constexpr auto well = [] { return true; };
constexpr auto told = [](const shearpin::event&) {};

void calls(const std::vector<int>& some, const std::vector<nameless>& others) {
    shearpin::manual_clock clock;
    shearpin::ledger record{shearpin::memory_store{}};
    auto remove = guard<five>(remove_some, see).with_ledger(record, "rows").with_observer(told);
    auto unnamed = guard<five>(remove_nameless, see).with_ledger(record, "rows");
    auto alone = guard<five>(remove_some, see);
    const shearpin::plan made;
#ifdef CONTROL
    (void)remove.plan(some);
    (void)remove.in_waves(some, {.healthy = well});
    (void)remove.resume("", some, {.healthy = well});
    (void)remove.apply(made, some, {.healthy = well});
    (void)remove.apply(made.made_from(), some, {.healthy = well});
    (void)remove.as_many_as_may_go(some);
    (void)unnamed.in_waves(others, {.healthy = well});
#endif

#if defined(CASE_no_health_check)
    (void)remove.in_waves(some, {.soak = 5min});  // HERE no_health_check
#elif defined(CASE_health_check_of_nothing)
    (void)remove.in_waves(some, {.healthy = {}});  // HERE health_check_of_nothing
#elif defined(CASE_text_is_no_list)
    (void)remove.in_waves(std::string("host1"), {.healthy = well});  // HERE text_is_no_list
#elif defined(CASE_text_is_no_list_in_a_plan)
    (void)remove.plan("host1");  // HERE text_is_no_list_in_a_plan
#elif defined(CASE_list_of_lists)
    (void)remove.plan(std::vector<std::vector<int>>{});  // HERE list_of_lists
#elif defined(CASE_counted_by_a_function)
    auto counted = guard<five>(remove_some, see).counting([](const std::vector<int>&) { return 3; });
    (void)counted.in_waves(some, {.healthy = well});  // HERE counted_by_a_function
#elif defined(CASE_targets_of_another_kind)
    (void)remove.in_waves(others, {.healthy = well});  // HERE targets_of_another_kind
#elif defined(CASE_array_that_cannot_be_parted)
    auto of_array = guard<five>(remove_array, see);
    (void)of_array.in_waves(std::array<int, 4>{}, {.healthy = well});  // HERE array_that_cannot_be_parted
#elif defined(CASE_only_started)
    auto start = guard<five>(start_some, see);
    (void)start.in_waves(some, {.healthy = well});  // HERE only_started
#elif defined(CASE_plan_without_ledger)
    auto rated = guard<hourly>(remove_some, see).with_clock(clock);
    (void)rated.plan(some);  // HERE plan_without_ledger
#elif defined(CASE_crop_without_ledger)
    auto rated = guard<hourly>(remove_some, see).with_clock(clock);
    (void)rated.as_many_as_may_go(some);  // HERE crop_without_ledger
#elif defined(CASE_apply_without_ledger)
    auto rated = guard<hourly>(remove_some, see).with_clock(clock);
    (void)rated.apply(made, some, {.healthy = well});  // HERE apply_without_ledger
#elif defined(CASE_past_the_ledger)
    const shearpin::request said{.actor = "ann", .reason = "CHG-17"};
    (void)remove.without_ledger(said).in_waves(some, {.healthy = well});  // HERE past_the_ledger
#elif defined(CASE_resume_without_ledger)
    (void)alone.resume("", some, {.healthy = well});  // HERE resume_without_ledger
#elif defined(CASE_resume_of_nameless)
    (void)unnamed.resume("", others, {.healthy = well});  // HERE resume_of_nameless
#elif defined(CASE_report_is_dropped)
    remove.in_waves(some, {.healthy = well});  // HERE report_is_dropped
#elif defined(CASE_plan_is_dropped)
    remove.plan(some);  // HERE plan_is_dropped
#endif
}
