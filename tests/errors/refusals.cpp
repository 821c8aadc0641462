// SPDX-License-Identifier: BSL-1.0
// For each rule and check a call that it refuses, and one that it does not: the examples of
// examples/errors.md, which tests/errors/make takes from here. BROKEN must be refused by what its
// function is named after, MENDED go through.
#include <shearpin/prune.hpp>
#include <shearpin/shearpin.hpp>

#include <chrono>
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace shearpin;
using namespace shearpin::literals;
using namespace std::chrono_literals;

namespace {

int wrong = 0;

template <class F> void see_refused(std::string_view by, const char* code, F call) {
    try {
        call();
        std::printf("%s: not refused: %s\n", by.data(), code);
    } catch (const removal_refused& told) {
        for (const violation& each : told.why().violations())
            if (std::string_view(each.rule()) == by) return;
        std::printf("%s: refused by others: %s\n%s\n", by.data(), code, told.what());
    }
    ++wrong;
}
template <class F> void see_admitted(const char* by, const char* code, F call) {
    try {
        call();
    } catch (const removal_refused& told) {
        std::printf("%s: refused, and is meant to be mended: %s\n%s\n", by, code, told.what());
        ++wrong;
    }
}
#define BROKEN(...) see_refused(__func__, #__VA_ARGS__, [&] { __VA_ARGS__; })
#define MENDED(...) see_admitted(__func__, #__VA_ARGS__, [&] { __VA_ARGS__; })

using hosts = std::vector<std::string>;
struct inventory {
    std::map<std::string, std::vector<std::string>> serves{
        {"db-1", {"db"}},          {"db-2", {"db"}}, {"web-1", {"web"}},
        {"both-1", {"db", "web"}}, {"spare", {}},    {"old", {"attic"}}};
    std::set<std::string> kept{"db-2"};
    const std::vector<std::string>& pools_of(const std::string& host) const {
        return serves.at(host);
    }
    bool contains(const std::string& host) const { return serves.count(host) != 0; }
    bool is_protected(const std::string& host) const { return kept.count(host) != 0; }
    pool state(const std::string&) const { return {.size = 10, .available = 10}; }
};

const auto drop = [](const auto&) {};
const auto ten = [] { return pool{.size = 10, .available = 10}; };
const auto ten_of_twelve = [] { return pool{.size = 12, .available = 10}; };
constexpr auto noon = date(2026, 12, 24).begins() + 12h;
constexpr auto any = policy{unlimited};
constexpr auto few = policy{max_batch(3)};
constexpr auto by_pool = policies{for_pool("db", max_batch(3)), for_pool("web", max_batch(3))};
const hosts three{"db-1", "db-2", "db-3"};
const hosts two{"db-1", "db-2"};

// --- Rules ---
void min_remaining() {
    static constexpr auto six_stay = policy{shearpin::min_remaining(6)};
    auto remove = guard<six_stay>(drop, ten);
    BROKEN(remove(5));
    MENDED(remove(4));
}
void max_unavailable() {
    static constexpr auto three_out = policy{shearpin::max_unavailable(3)};
    auto remove = guard<three_out>(drop, ten_of_twelve);
    BROKEN(remove(2));
    MENDED(remove(1));
}
void quorum() {
    static constexpr auto majority = policy{shearpin::quorum()};
    auto remove = guard<majority>(drop, ten);
    BROKEN(remove(5));
    MENDED(remove(4));
}
void max_batch() {
    static constexpr auto share = policy{shearpin::max_batch(20_pct)};
    auto remove = guard<share>(drop, ten);
    BROKEN(remove(three));
    MENDED(remove(two));
}
void max_targets() {
    static constexpr auto two_names = policy{shearpin::max_targets(2)};
    auto remove = guard<two_names>(drop, ten);
    BROKEN(remove(three));
    MENDED(remove(two));
}
void max_pools() {
    static constexpr auto one_pool = policy{shearpin::max_pools(1)};
    auto remove = guard<one_pool>(drop, inventory());
    BROKEN(remove(hosts{"db-1", "web-1"}));
    MENDED(remove(hosts{"db-1"}));
}
void max_rate() {
    static constexpr auto five_an_hour = policy{shearpin::max_rate(5, 1h)};
    manual_clock clock(noon);
    ledger record{memory_store{}};
    auto remove = guard<five_an_hour>(drop, ten).with_ledger(record, "rows").with_clock(clock);
    remove(4);
    BROKEN(remove(2));
    MENDED(remove(1));
}
void cooldown() {
    static constexpr auto rest = policy{shearpin::cooldown(10min)};
    manual_clock clock(noon);
    ledger record{memory_store{}};
    auto remove = guard<rest>(drop, ten).with_ledger(record, "rows").with_clock(clock);
    remove(1);
    BROKEN(remove(1));
    clock.advance(10min);
    MENDED(remove(1));
}
void freeze() {
    static constexpr auto christmas =
        policy{shearpin::freeze(window::dates(date(2026, 12, 20), date(2027, 1, 4)))};
    manual_clock clock(noon);
    auto remove = guard<christmas>(drop, ten).with_clock(clock);
    BROKEN(remove(1));
    clock.set(date(2027, 1, 4).begins());
    MENDED(remove(1));
}
void fresh_within() {
    static constexpr auto fresh = policy{shearpin::fresh_within(5min)};
    manual_clock clock(noon);
    auto kept =
        guard<fresh>(drop, [] { return observation{{10, 10}, noon - 1h, true}; }).with_clock(clock);
    auto looking = guard<fresh>(drop, [&] {
                       return observation{{10, 10}, clock.now(), true};
                   }).with_clock(clock);
    BROKEN(kept(1));
    MENDED(looking(1));
}
void approvals() {
    static constexpr auto two_people = policy{shearpin::approvals(1, above(3))};
    auto remove = guard<two_people>(drop, ten);
    BROKEN(remove.asking({.actor = "ann"})(5));
    MENDED(remove.asking({.actor = "ann", .approvers = {"bob"}})(5));
}
void needs_expected() {
    static constexpr auto say = policy{shearpin::needs_expected()};
    auto remove = guard<say>(drop, ten);
    BROKEN(remove(two));
    MENDED(remove.asking({.expected = 2})(two));
}

// --- The request ---
void empty_selection() {
    auto remove = guard<any>(drop, ten);
    BROKEN(remove(hosts{}));
    MENDED(remove(two));
}
void impossible_request() {
    auto remove = guard<any>(drop, ten);
    BROKEN(remove(4 - 6));
    MENDED(remove(6 - 4));
}
void named_twice() {
    auto remove = guard<any>(drop, ten);
    BROKEN(remove(hosts{"db-1", "db-1"}));
    MENDED(remove(hosts{"db-1"}));
}
void unexpected_number() {
    auto remove = guard<any>(drop, ten);
    BROKEN(remove.asking({.expected = 2})(three));
    MENDED(remove.asking({.expected = 2})(two));
}
void unexpected_target() {
    auto remove = guard<any>(drop, ten);
    BROKEN(remove.asking({.expected = two})(hosts{"db-1", "web-1"}));
    MENDED(remove.asking({.expected = two})(hosts{"db-1", "db-2"}));
}
void expected_but_missing() {
    auto remove = guard<any>(drop, ten);
    BROKEN(remove.asking({.expected = two})(hosts{"db-1"}));
    MENDED(remove.asking({.expected = two})(two));
}
void expectation_of_another_kind() {
    auto remove = guard<any>(drop, ten);
    const std::vector<int> numbers{1, 2};
    BROKEN(remove.asking({.expected = numbers})(two));
    MENDED(remove.asking({.expected = two})(two));
}
void wrong_environment() {
    auto remove = guard<any>(drop, ten).in_environment("production");
    BROKEN(remove.asking({.environment = "staging"})(two));
    MENDED(remove.asking({.environment = "production"})(two));
}
void said_too_much() {
    auto remove = guard<any>(drop, ten);
    const std::string long_name(64, 'a');
    BROKEN(remove.asking({.actor = long_name})(two));
    MENDED(remove.asking({.actor = "ann"})(two));
}
void reason_of_a_wave() {
    ledger record{memory_store{}};
    auto remove = guard<any>(drop, ten).with_ledger(record, "rows");
    BROKEN(remove.asking({.reason = "run 0123456789abcdef@2"})(two));
    MENDED(remove.asking({.reason = "CHG-17"})(two));
}

// --- The pool and the inventory ---
void impossible_pool() {
    auto failed =
        guard<any>(drop, [] { return pool{.size = 10, .available = static_cast<count>(-1)}; });
    auto remove = guard<any>(drop, ten);
    BROKEN(failed(1));
    MENDED(remove(1));
}
void incomplete_observation() {
    auto half = guard<any>(drop, [] { return observation{{10, 10}, noon, false}; });
    auto whole = guard<any>(drop, [] { return observation{{10, 10}, noon, true}; });
    BROKEN(half(1));
    MENDED(whole(1));
}
void more_than_available() {
    auto remove = guard<any>(drop, ten);
    BROKEN(remove(11));
    MENDED(remove(10));
}
void unknown_target() {
    auto remove = guard<by_pool>(drop, inventory());
    BROKEN(remove(hosts{"bd-1"}));
    MENDED(remove(hosts{"db-1"}));
}
void protected_target() {
    auto remove = guard<by_pool>(drop, inventory());
    BROKEN(remove(hosts{"db-2"}));
    MENDED(remove(hosts{"db-1"}));
}
void serves_no_pool() {
    auto remove = guard<by_pool>(drop, inventory());
    BROKEN(remove(hosts{"spare"}));
    MENDED(remove(hosts{"db-1"}));
}
void no_policy() {
    static constexpr auto with_others =
        policies{for_pool("db", shearpin::max_batch(3)), for_other_pools(shearpin::max_batch(1))};
    auto remove = guard<by_pool>(drop, inventory());
    auto remove_any = guard<with_others>(drop, inventory());
    BROKEN(remove(hosts{"old"}));
    MENDED(remove_any(hosts{"old"}));
}
void pool_without_a_name() {
    ledger record{memory_store{}};
    const std::string long_name(64, 'r');
    auto unnamed = guard<any>(drop, ten).with_ledger(record, long_name);
    auto remove = guard<any>(drop, ten).with_ledger(record, "rows");
    BROKEN(unnamed(1));
    MENDED(remove(1));
}

// --- The ledger and overrides ---
void unexplained_bypass() {
    ledger record{memory_store{}};
    auto remove =
        guard<any>(drop, ten).with_ledger(record, "rows").with_observer([](const event&) {});
    BROKEN(remove.without_ledger({.actor = "ann"})(1));
    MENDED(remove.without_ledger({.actor = "ann", .reason = "CHG-17"})(1));
}
void override_unusable() {
    static constexpr auto soft = policy{overridable(shearpin::max_batch(3))};
    manual_clock clock(noon);
    auto remove = guard<soft>(drop, ten).with_clock(clock);
    const auto endless = override_once<shearpin::max_batch>({.up_to = 5, .reason = "CHG-17"});
    const auto lift =
        override_once<shearpin::max_batch>({.up_to = 5, .until = noon + 1h, .reason = "CHG-18"});
    BROKEN(remove.asking({.actor = "ann"}).overriding(endless)(5));
    MENDED(remove.asking({.actor = "ann"}).overriding(lift)(5));
}

// --- In and after a removal ---
void spent_too_much() {
    auto careless =
        guard<few>([](permit<few> given, int n) { std::move(given).spend(n + 1); }, ten);
    auto remove = guard<few>([](permit<few> given, int n) { std::move(given).spend(n); }, ten);
    BROKEN(careless(2));
    MENDED(remove(2));
}
void spent_on_others() {
    auto careless = guard<few>(
        [](permit<few> given, const hosts&) { std::move(given).spend(hosts{"prod"}); }, ten);
    auto remove =
        guard<few>([](permit<few> given, const hosts& all) { std::move(given).spend(all); }, ten);
    BROKEN(careless(hosts{"db-1"}));
    MENDED(remove(hosts{"db-1"}));
}
void removed_too_much() {
    auto careless =
        guard<few>([](int n) { return n + 1; }, ten).removed_by([](int n) { return n; });
    auto remove = guard<few>([](int n) { return n; }, ten).removed_by([](int n) { return n; });
    BROKEN(careless(2));
    MENDED(remove(2));
}

// --- Prunes ---
const hosts there{"a", "b", "c", "d"};
const auto zone = [] { return there; };
const hosts wanted{"a", "b", "c"};
void empty_listing() {
    auto prune = prune_guard<few>(drop, zone);
    BROKEN(prune(complete_listing(hosts{})));
    MENDED(prune(complete_listing(wanted)));
}
void partial_listing() {
    auto prune = prune_guard<few>(drop, zone);
    BROKEN(prune(shearpin::partial_listing(wanted)));
    MENDED(prune(complete_listing(wanted)));
}
void end_not_seen() {
    auto prune = prune_guard<few>(drop, zone);
    BROKEN(prune(listing_ending_with(hosts{"a", "b"}, "END")));
    MENDED(prune(listing_ending_with(hosts{"a", "b", "c", "END"}, "END")));
}
void goes_on_after_end() {
    auto prune = prune_guard<few>(drop, zone);
    BROKEN(prune(listing_ending_with(hosts{"a", "b", "END", "c"}, "END")));
    MENDED(prune(listing_ending_with(hosts{"a", "b", "c", "END"}, "END")));
}
void old_listing() {
    manual_clock clock(noon);
    auto prune = prune_guard<few>(drop, zone).listed_within(10min).with_clock(clock);
    BROKEN(prune(complete_listing(wanted).taken_at(noon - 1h)));
    MENDED(prune(complete_listing(wanted).taken_at(noon - 5min)));
}
void shrunk_listing() {
    auto prune = prune_guard<few>(drop, zone).shrunk_at_most(30_pct);
    BROKEN(prune(complete_listing(wanted).held_before(9)));
    MENDED(prune(complete_listing(wanted).held_before(4)));
}
void no_previous_listing() {
    auto prune = prune_guard<few>(drop, zone).shrunk_at_most(30_pct);
    BROKEN(prune(complete_listing(wanted)));
    MENDED(prune(complete_listing(wanted).held_before(4)));
}
void unrelated_listing() {
    auto prune = prune_guard<few>(drop, zone);
    BROKEN(prune(complete_listing(hosts{"x", "y"})));
    MENDED(prune(complete_listing(wanted)));
}
void unknown_entries() {
    auto prune = prune_guard<few>(drop, zone).unknown_at_most(10_pct);
    BROKEN(prune(complete_listing(hosts{"a", "b", "x"})));
    MENDED(prune(complete_listing(wanted)));
}

// Where the functions hide the rules that they are named after.
void all() {
    min_remaining(), max_unavailable(), quorum(), max_batch(), max_targets(), max_pools(),
        max_rate(), cooldown();
    freeze(), fresh_within(), approvals(), needs_expected();
    empty_selection(), impossible_request(), named_twice(), unexpected_number(),
        unexpected_target();
    expected_but_missing(), expectation_of_another_kind(), wrong_environment(), said_too_much(),
        reason_of_a_wave();
    impossible_pool(), incomplete_observation(), more_than_available(), unknown_target(),
        protected_target();
    serves_no_pool(), no_policy(), pool_without_a_name(), unexplained_bypass(), override_unusable();
    spent_too_much(), spent_on_others(), removed_too_much();
    empty_listing(), partial_listing(), end_not_seen(), goes_on_after_end(), old_listing(),
        shrunk_listing();
    no_previous_listing(), unrelated_listing(), unknown_entries();
}

}  // namespace

int main() {
    all();
    return wrong == 0 ? 0 : 1;
}
