// SPDX-License-Identifier: BSL-1.0
// All that a guard can be told to do, as users ship it: with -O2, where gcc's warnings look into
// what was inlined. That it compiles without one is the test.
#include <shearpin/shearpin.hpp>

#include <shearpin/file_store.hpp>
#include <shearpin/parse_policy.hpp>

#include <string>
#include <vector>

namespace {

using names = std::vector<std::string>;

constexpr auto rules =
    shearpin::policy{shearpin::min_remaining(3),
                     shearpin::overridable(shearpin::max_rate(10, shearpin::duration::hours(1))),
                     shearpin::needs_expected()};
constexpr auto several = shearpin::policies{
    shearpin::for_other_pools(shearpin::max_batch(2), shearpin::max_in_flight(5))};

struct hosts {
    names pools{"web", "db"};
    [[nodiscard]] const names& pools_of(const std::string&) const { return pools; }
    [[nodiscard]] bool contains(const std::string&) const { return true; }
    [[nodiscard]] shearpin::pool state(const std::string&) const { return {9, 9}; }
};

constexpr auto remove_some = [](const auto&) {};
bool well() { return true; }

template <class Guard> std::size_t use(const Guard& guard, const names& some) {
    auto asked = guard.asking({.expected = some, .actor = "ann", .reason = "CHG-17"});
    std::size_t removed = 0;
    removed += asked.check(some).admitted();
    removed += asked.try_call(some).has_value();
    asked(some);
    const auto first = asked.in_waves(some, {.healthy = well});
    removed += first.removed() + asked.resume(first.run(), some, {.healthy = well}).removed();
    removed += asked.reserve(some).has_value();
    return removed + asked.plan(some).planned();
}

}  // namespace

std::size_t use_all(const std::string& path, const names& some) {
    const hosts there;
    const auto see = [] { return shearpin::pool{9, 9}; };
    shearpin::ledger in_memory{shearpin::memory_store{}};
    shearpin::ledger in_file{shearpin::file_store::open(path)};
    return use(shearpin::guard<rules>(remove_some, see)
                   .with_clock(shearpin::wall_clock)
                   .with_ledger(in_memory, "web"),
               some) +
           use(shearpin::guard<rules>(remove_some, see)
                   .with_clock(shearpin::wall_clock)
                   .with_ledger(in_file, "web"),
               some) +
           use(shearpin::guard<several>(remove_some, there)
                   .with_clock(shearpin::wall_clock)
                   .with_ledger(in_file),
               some) +
           use(shearpin::guard(*shearpin::parse_policy("max_batch(3)"), remove_some, there)
                   .with_clock(shearpin::wall_clock)
                   .with_ledger(in_memory),
               some);
}
