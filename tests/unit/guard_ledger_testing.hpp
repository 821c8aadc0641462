// SPDX-License-Identifier: BSL-1.0
// What the tests of guards with a ledger share.
#pragma once

#include "ledger_testing.hpp"

#include <shearpin/shearpin.hpp>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace guard_ledger_testing {

inline constexpr auto at = shearpin::place::here("tool.cpp", 12, "drop_rows");
using bytes = ledger_testing::byte_memory;

#define BOTH_STORES shearpin::memory_store, guard_ledger_testing::bytes

/// A pool "rows" on a ledger of its own, and guards over it.
template <class Store = shearpin::memory_store> struct rig {
    explicit rig(Store store = Store{}) : record(static_cast<Store&&>(store)) {}

    shearpin::manual_clock clock;
    shearpin::ledger<Store> record;
    shearpin::pool there{1000, 1000};
    std::function<void()> in_removal;  // runs in each removal, before it counts as gone
    std::function<void()> in_world;    // runs once, in the next look at the world
    int gone = 0;

    template <const auto& Policy> auto guard() {
        return shearpin::guard<Policy>(
                   [this](int number) {
                       if (const auto now = std::exchange(in_removal, nullptr)) now();
                       gone += number;
                   },
                   [this] {
                       const shearpin::pool seen = there;
                       if (const auto now = std::exchange(in_world, nullptr)) now();
                       return seen;
                   })
            .with_ledger(record, "rows")
            .with_clock(clock);
    }
    /// How much one call may remove now, found by asking.
    template <class Guard> int room(const Guard& guarded, int most = 1000) const {
        int low = 0;
        while (low != most) {
            const int middle = low + (most - low + 1) / 2;
            if (guarded.check(middle).admitted())
                low = middle;
            else
                most = middle - 1;
        }
        return low;
    }
    [[nodiscard]] shearpin::ledger_entry last() {
        const auto all = record.entries().entries;
        return all.empty() ? shearpin::ledger_entry{} : all.back();
    }
    [[nodiscard]] std::string resolve(const std::string& id, const shearpin::resolution& how) {
        return record.resolve(id, how, "bob", "looked", {clock.now(), {}, 0});
    }
};

/// The text of the refusal, empty where it would go.
template <class Guard> std::string text(const Guard& guarded, int number) {
    const auto decided = guarded.check(number, at);
    return decided.admitted() ? "" : std::string(decided.why().message());
}
template <class Guard> std::string tried(const Guard& guarded, int number) {
    const auto outcome = guarded.try_call(number, at);
    return outcome ? "" : std::string(outcome.error().message());
}
inline std::string refused(int number, std::string_view may_go, std::string_view lines,
                           std::string_view way_out) {
    return "removal refused, nothing was removed: asked for " + std::to_string(number) + ", " +
           std::string(may_go) + " may go now\n" + std::string(lines) + "  " +
           std::string(way_out) + "\n  called at tool.cpp:12 in drop_rows";
}
inline constexpr std::string_view unknown_wait = "it may pass later; how soon is not known";
inline constexpr std::string_view never = "waiting will not help; the request itself must change";

/// What an observer was told, kept.
struct heard {
    std::string kind;
    std::string reservation;
    std::string trouble;
    std::string why;  // the rules of the refusal
    shearpin::count requested = 0;
    shearpin::count removed = 0;
};
struct listener {
    std::vector<heard>* told;
    void operator()(const shearpin::event& what) const {
        std::string why;
        if (what.why != nullptr)
            for (const auto& each : what.why->violations()) why += std::string(each.rule()) + ";";
        told->push_back({what.kind_name(), what.reservation, what.trouble, why, what.requested,
                         what.amount_removed});
    }
};
inline std::vector<std::string> kinds(const std::vector<heard>& told) {
    std::vector<std::string> all;
    for (const auto& each : told) all.push_back(each.kind);
    return all;
}
using words = std::vector<std::string>;

}  // namespace guard_ledger_testing
