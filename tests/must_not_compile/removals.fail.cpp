// SPDX-License-Identifier: BSL-1.0
// Removals that cannot be called, or are not done when they return; and functions given to a guard that do not fit.
// CASE another_type: error: [^']+'[^']*removal_does_not_take<.*, .*vector<.*string
// CASE too_many_arguments: error: [^']+'[^']*removal_does_not_take<.*, .*vector<int.*, .*char
// CASE too_few_arguments: error: [^']+'[^']*removal_does_not_take<.*, .*vector<int
// CASE another_type_in_check: error: [^']+'[^']*removal_does_not_take<.*, .*vector<.*string
// CASE another_type_under_a_read_policy: error: [^']+'[^']*removal_does_not_take<.*, .*vector<.*string
// CASE rvalue_for_a_reference: error: [^']+'[^']*removal_does_not_take<.*, int>
// CASE member_of_another_class: error: [^']+'[^']*removal_does_not_take<.*bound_member<
// CASE future: error: [^']+'[^']*removal_is_only_started<.*future<int>
// CASE shared_future: error: [^']+'[^']*removal_is_only_started<.*shared_future<void>
// CASE future_by_reference: error: [^']+'[^']*removal_is_only_started<.*future<void>
// CASE awaitable: error: [^']+'[^']*removal_is_only_started<task>
// CASE awaitable_by_member: error: [^']+'[^']*removal_is_only_started<lazy>
// CASE awaitable_by_function: error: [^']+'[^']*removal_is_only_started<job>
// CASE future_in_try_call: error: [^']+'[^']*removal_is_only_started<.*future<int>
// CASE thread: error: [^']+'[^']*removal_is_only_started<.*thread>
// CASE joining_thread: error: [^']+'[^']*removal_is_only_started<.*worker>
// CASE list_of_futures: error: [^']+'[^']*removal_is_only_started<.*vector<.*future<int>
// CASE array_of_futures: error: [^']+'[^']*removal_is_only_started<.*array<.*future<int>
// CASE list_of_threads: error: [^']+'[^']*removal_is_only_started<.*vector<.*thread
// CASE reserve_without_ledger: error: [^']+'[^']*reserve_needs_a_ledger<
// CASE optional_future: error: [^']+'[^']*removal_is_only_started<.*optional<.*future<int>
// CASE removed_by_of_another_type: error: [^']+'[^']*removed_by_must_make_an_integer_of<.*, int>
// CASE removed_by_returns_text: error: [^']+'[^']*removed_by_must_make_an_integer_of<.*, int>
// CASE removed_by_of_nothing: error: [^']+'[^']*removed_by_must_make_an_integer_of<.*, void>
// CASE handler_takes_nothing: error: [^']+'[^']*on_refusal_must_take_a_refusal<
// CASE handler_takes_text: error: [^']+'[^']*on_refusal_must_take_a_refusal<
// CASE handler_returns_another_type: error: [^']+'[^']*on_refusal_must_return_what_the_removal_returns<int, .*string
// CASE handler_returns_a_value: error: [^']+'[^']*on_refusal_must_return_what_the_removal_returns<const .*string.* ?&, .*string
// CASE handler_returns_a_literal: error: [^']+'[^']*on_refusal_must_return_what_the_removal_returns<const .*string.* ?&, const char
// CASE handler_refers_to_another_type: error: [^']+'[^']*on_refusal_must_return_what_the_removal_returns<const long.*&, int ?&
#include "without_ledger.hpp"

#include <array>
#include <coroutine>
#include <future>
#include <optional>
#include <span>
#include <string>
#include <thread>
#include <vector>

using shearpin::guard;

inline constexpr auto five = shearpin::policy{shearpin::max_batch(5)};
constexpr auto see = [] { return shearpin::pool{}; };

struct task {
    bool await_ready();
    void await_suspend(std::coroutine_handle<>);
    void await_resume();
};
struct lazy {
    task operator co_await() &&;
};
struct job {};
struct worker {  // as much of a std::jthread as a guard looks at
    bool joinable() const;
    void join();
};
task operator co_await(job);
struct table {
    void drop(int) {}
};

std::string text;
int small = 0;
long size = 0;

void calls(const std::vector<int>& some, const std::vector<std::string>& names, std::future<void>& started) {
    auto remove = guard<five>([](std::span<const int>) {}, see);
    auto start = guard<five>([](int) { return std::async([] { return 1; }); }, see);
    auto number = [](int n) { return n; };
#ifdef CONTROL
    guard<five>([](int) { return std::vector<std::string>(); }, see)(3);
    guard<five>([](int) { return std::optional<int>(); }, see)(3);
    remove(some);
    guard<five>(&table::drop, table(), see)(3);
    guard<five>([](int) { return std::async([] { return 1; }).get(); }, see)(3);
#endif
#ifdef CONTROL
    guard<five>(number, see).removed_by([](long n) { return n; })(3);
    guard<five>(number, see).on_refusal([](const auto&) { return -1; })(3);
#endif
    auto name = [&](int) -> const std::string& { return names.front(); };
#ifdef CONTROL
    guard<five>(name, see).on_refusal([&](const auto&) -> const std::string& { return names.back(); })(3);
    guard<five>(name, see).on_refusal([&](const auto&) -> std::string& { return text; })(3);
    guard<five>(number, see).on_refusal([](const auto&) { return short{1}; })(3);
    guard<five>([](int) {}, see).on_refusal([](const auto&) { return -1; })(3);
    // Only a call answers with what the handler returns.
    (void)guard<five>(number, see).on_refusal([](const auto&) { return std::string(); }).try_call(3);
    guard(five, [](std::span<const int>) {}, see)(some);
#endif
    (void)start, (void)names, (void)started;

#if defined(CASE_another_type)
    remove(names);  // HERE another_type
#elif defined(CASE_too_many_arguments)
    remove(some, "where");  // HERE too_many_arguments
#elif defined(CASE_too_few_arguments)
    guard<five>([](const char*, std::span<const int>) {}, see)(some);  // HERE too_few_arguments
#elif defined(CASE_reserve_without_ledger)
    (void)remove.reserve(some);  // HERE reserve_without_ledger
#elif defined(CASE_another_type_in_check)
    (void)remove.check(names);  // HERE another_type_in_check
#elif defined(CASE_another_type_under_a_read_policy)
    guard(five, [](std::span<const int>) {}, see)(names);  // HERE another_type_under_a_read_policy
#elif defined(CASE_rvalue_for_a_reference)
    guard<five>([](int&) {}, see)(3);  // HERE rvalue_for_a_reference
#elif defined(CASE_member_of_another_class)
    guard<five>(&table::drop, some, see)(3);  // HERE member_of_another_class
#elif defined(CASE_future)
    start(3);  // HERE future
#elif defined(CASE_shared_future)
    guard<five>([&](int) { return started.share(); }, see)(3);  // HERE shared_future
#elif defined(CASE_future_by_reference)
    guard<five>([&](int) -> std::future<void>& { return started; }, see)(3);  // HERE future_by_reference
#elif defined(CASE_awaitable)
    guard<five>([](int) { return task(); }, see)(3);  // HERE awaitable
#elif defined(CASE_awaitable_by_member)
    guard<five>([](int) { return lazy(); }, see)(3);  // HERE awaitable_by_member
#elif defined(CASE_awaitable_by_function)
    guard<five>([](int) { return job(); }, see)(3);  // HERE awaitable_by_function
#elif defined(CASE_future_in_try_call)
    (void)start.try_call(3);  // HERE future_in_try_call
#elif defined(CASE_thread)
    guard<five>([](int) { return std::thread(); }, see)(3);  // HERE thread
#elif defined(CASE_joining_thread)
    guard<five>([](int) { return worker(); }, see)(3);  // HERE joining_thread
#elif defined(CASE_list_of_futures)
    guard<five>([](int) { return std::vector<std::future<int>>(); }, see)(3);  // HERE list_of_futures
#elif defined(CASE_array_of_futures)
    guard<five>([](int) { return std::array<std::future<int>, 2>(); }, see)(3);  // HERE array_of_futures
#elif defined(CASE_list_of_threads)
    guard<five>([](int) { return std::vector<std::thread>(); }, see)(3);  // HERE list_of_threads
#elif defined(CASE_optional_future)
    (void)guard<five>([](int) { return std::optional<std::future<int>>(); }, see).try_call(3);  // HERE optional_future
#elif defined(CASE_removed_by_of_another_type)
    guard<five>(number, see).removed_by([](const std::string& s) { return s.size(); })(3);  // HERE removed_by_of_another_type
#elif defined(CASE_removed_by_returns_text)
    guard<five>(number, see).removed_by([](int) { return "3"; })(3);  // HERE removed_by_returns_text
#elif defined(CASE_removed_by_of_nothing)
    guard<five>([](int) {}, see).removed_by([](int n) { return n; })(3);  // HERE removed_by_of_nothing
#elif defined(CASE_handler_takes_nothing)
    guard<five>(number, see).on_refusal([] { return 0; })(3);  // HERE handler_takes_nothing
#elif defined(CASE_handler_takes_text)
    guard<five>(number, see).on_refusal([](const std::string&) { return 0; })(3);  // HERE handler_takes_text
#elif defined(CASE_handler_returns_another_type)
    guard<five>(number, see).on_refusal([](const auto&) { return std::string(); })(3);  // HERE handler_returns_another_type
#elif defined(CASE_handler_returns_a_value)
    guard<five>(name, see).on_refusal([](const auto&) { return std::string(); })(3);  // HERE handler_returns_a_value
#elif defined(CASE_handler_returns_a_literal)
    guard<five>(name, see).on_refusal([](const auto&) { return "kept"; })(3);  // HERE handler_returns_a_literal
#elif defined(CASE_handler_refers_to_another_type)
    guard<five>([](int) -> const long& { return size; }, see).on_refusal([](const auto&) -> int& { return small; })(3);  // HERE handler_refers_to_another_type
#endif
}
