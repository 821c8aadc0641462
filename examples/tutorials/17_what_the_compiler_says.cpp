// SPDX-License-Identifier: BSL-1.0
// 17. What the compiler says: mistakes that never reach a server.
//
// What is known when the program is compiled is checked then, and the first error stands at your
// line. Read its last name: it is a sentence, with the numbers in <>. The lines below it say where
// all of them are explained: examples/errors.md. To see one, compile this with -DCASE_too_many. The
// tests look that each comes, and at the line that is marked HERE.
//
// CASE too_many: never_admitted<.*max_batch, .*requested<5>, .*allowed<4> ?>
// CASE over_100: a_percentage_is_at_most_100<.*percent_written<950> ?>
// CASE cap_of_zero [gcc] @context: a_cap_of_zero_removes_nothing_say_freeze
// CASE cap_of_zero [clang]: a cap of zero removes nothing; say freeze
// CASE stated_twice: rule_stated_twice<.*max_batch, .*stated<5>, .*stated<4> ?>
// CASE nothing_could_go: policy_can_never_admit<.*min_remaining, .*stated_fraction<1, 1> ?>
// CASE how_many: no_argument_says_how_many_use_targets_or_counting<
// CASE no_clock: policy_needs_a_clock<.*freeze ?>
// CASE no_ledger: policy_needs_a_ledger<.*max_rate ?>
// CASE only_started: removal_is_only_started<.*future<void>
// CASE dropped: a refusal must not be lost
// CASE no_health_check: in_waves needs a health check and has no default for it
#include <shearpin/shearpin.hpp>

#include <array>
#include <chrono>
#include <cstdio>
#include <future>
#include <span>
#include <string>
#include <vector>
using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::policy, shearpin::min_remaining, shearpin::max_batch;
namespace {

constexpr auto four = policy{min_remaining(50_pct), max_batch(4)};
constexpr auto five_an_hour = policy{shearpin::max_rate(5, 1h)};
constexpr auto not_at_christmas = policy{shearpin::freeze(
    shearpin::window::dates(shearpin::date(2026, 12, 24), shearpin::date(2026, 12, 27)))};

// --- Policies that cannot be meant ---
#if defined(CASE_over_100)
constexpr auto floor = policy{min_remaining(950_pct)};  // HERE over_100
#endif
#if defined(CASE_cap_of_zero)
constexpr auto none = policy{max_batch(0)};  // HERE cap_of_zero
#endif
#if defined(CASE_stated_twice)
constexpr auto two = policy{max_batch(5), min_remaining(2), max_batch(4)};
auto guarded =
    shearpin::guard<two>([](int) {}, [] { return shearpin::pool{}; });  // HERE stated_twice
#endif
#if defined(CASE_nothing_could_go)
constexpr auto all = policy{min_remaining(100_pct)};
auto guarded_by_all =
    shearpin::guard<all>([](int) {}, [] { return shearpin::pool{}; });  // HERE nothing_could_go
#endif

shearpin::pool state() { return {.size = 10, .available = 10}; }

}  // namespace

int main() {
    shearpin::manual_clock clock;
    shearpin::ledger ledger{shearpin::memory_store{}};
    const auto drop = [](std::span<const int> chosen) {
        std::printf("dropped %zu\n", chosen.size());
    };

    // --- A call that no pool could ever let through ---
    auto guarded_drop = shearpin::guard<four>(drop, state);
    const std::array<int, 5> five{1, 2, 3, 4, 5};
    guarded_drop(std::span(five).first<4>());
#if defined(CASE_too_many)
    guarded_drop(five);  // HERE too_many
#endif
#if defined(CASE_dropped)
    guarded_drop.try_call(std::vector<int>{1});  // HERE dropped
#endif

    // --- How many? A text could be one host or a pattern; so say it: .counting(f) ---
    auto by_name = shearpin::guard<four>([](const std::string&) {}, state);
    auto by_pattern = shearpin::guard<four>(
                          [](const std::string& pattern) {
                              std::printf("dropped what is like %s\n", pattern.c_str());
                          },
                          state)
                          .counting([](const std::string&) { return 2; });
    by_pattern(std::string("db-?"));
#if defined(CASE_how_many)
    by_name(std::string("db-?"));  // HERE how_many
#endif

    // --- What a rule needs: the time, or a memory of what has gone ---
    auto timed = shearpin::guard<not_at_christmas>(drop, state).with_clock(clock);
    auto limited =
        shearpin::guard<five_an_hour>(drop, state).with_ledger(ledger, "volumes").with_clock(clock);
    timed(std::vector<int>{1});
    limited(std::vector<int>{1, 2});
#if defined(CASE_no_clock)
    shearpin::guard<not_at_christmas>(drop, state)(std::vector<int>{1});  // HERE no_clock
#endif
#if defined(CASE_no_ledger)
    shearpin::guard<five_an_hour>(drop, state)(std::vector<int>{1});  // HERE no_ledger
#endif

#if defined(CASE_only_started)
    // --- A removal that only begins in the call: reserve(), and settle when it is over ---
    auto start = shearpin::guard<four>([](int) { return std::async([] {}); }, state);
    start(1);  // HERE only_started
#endif

    // --- Waves without a look at the health ---
    const std::vector<int> many{1, 2, 3, 4, 5};
    const auto report = limited.in_waves(many, {.soak = 1min, .healthy = [] { return true; }});
    std::fputs(report.text().c_str(), stdout);
#if defined(CASE_no_health_check)
    const auto blind = limited.in_waves(many, {.soak = 1min});  // HERE no_health_check
#endif
    static_cast<void>(by_name);
}
