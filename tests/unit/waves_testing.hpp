// SPDX-License-Identifier: BSL-1.0
// What the tests of runs in waves share: a pool of rows from which a run takes.
#pragma once

#include "guard_ledger_testing.hpp"

#include <chrono>
#include <functional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace waves_testing {

using namespace std::chrono_literals;
using guard_ledger_testing::words;
using rows = std::vector<int>;

/// Waves of three, and a rate that needs a ledger and holds nothing up.
inline constexpr auto threes =
    shearpin::policy{shearpin::max_batch(3), shearpin::max_rate(1000, 24h)};

inline rows numbered(int number) {
    rows all;
    for (int at = 1; at <= number; ++at) all.push_back(at);
    return all;
}

template <class Store = shearpin::memory_store> struct table {
    explicit table(Store store = Store{}) : record(static_cast<Store&&>(store)) {}

    shearpin::manual_clock clock;
    shearpin::ledger<Store> record;
    shearpin::pool there{100, 100};
    std::vector<std::string> events;
    rows gone;
    std::function<void(const rows&)> in_removal;  // before anything is gone
    std::function<void()> in_world;

    template <const auto& Policy> auto guard() {
        return shearpin::guard<Policy>(
                   [this](const rows& some) {
                       if (in_removal) in_removal(some);
                       gone.insert(gone.end(), some.begin(), some.end());
                       there.available -= some.size();
                       events.push_back(at_time() + "removed " + std::to_string(some.size()));
                   },
                   [this] {
                       if (in_world) in_world();
                       return there;
                   })
            .with_ledger(record, "rows")
            .with_clock(clock);
    }
    std::string at_time() {
        shearpin::fixed_text<63> text;
        text.write([&](shearpin::writer& out) {
            (clock.now() - shearpin::date(2026, 1, 1).begins()).spell(out);
        });
        return std::string(text) + " ";
    }
};

constexpr auto well = [] { return true; };

constexpr auto hourly = shearpin::policy{shearpin::min_remaining(80), shearpin::max_batch(5),
                                         shearpin::max_rate(10, std::chrono::hours(1))};

}  // namespace waves_testing
