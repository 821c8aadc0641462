// SPDX-License-Identifier: BSL-1.0
// Users of a store who are at it all at once.
#pragma once

#include <shearpin/shearpin.hpp>
#include <shearpin/testing/journal.hpp>

#include <chrono>
#include <random>
#include <string>
#include <thread>
#include <utility>

namespace shearpin::inline v1::testing {

/// Loads the document and replaces it, `turns` times, with one that nobody else stores. A turn that
/// others win counts as well.
template <class Store> void replace_often(Store store, int turns) {
    const std::string own = std::to_string(new_client());
    std::mt19937_64 random(std::random_device{}());
    for (int turn = 0; turn != turns; ++turn) {
        const loaded found = store.load();
        if (!found.readable) continue;
        // Now and then so long that a half of it would be noticed.
        const std::size_t length = random() % 8 == 0 ? 100'000 : random() % 300;
        const std::string next = own + ' ' + std::to_string(turn) + ' ' +
                                 std::string(length, static_cast<char>('a' + turn % 26));
        static_cast<void>(store.store(next, found.version));
    }
}

/// The budget that spend_budget() shares.
inline constexpr count budget_limit = 60;
/// The time in which so much may go.
inline constexpr duration budget_window = duration::hours(1);
/// The policy of that budget.
inline constexpr auto budget_policy = policy{max_rate(budget_limit, budget_window)};

/// Removes one by one until the ledger says that no more may go, or `turns` times, and writes that
/// down.
template <class Ledger> void spend_budget(Ledger& ledger, journal& written, int turns) {
    const std::uint64_t client = new_client();
    auto start = shearpin::guard<budget_policy>(
                     [](unsigned) {}, [] { return pool{.size = 1000, .available = 1000}; })
                     .with_ledger(ledger, "conformance")
                     .with_clock(wall_clock);
    for (int number = 0; number != turns; ++number) {
        written.line(spaced('?', client, number, monotonic_nanoseconds(), 1));
        auto started = start.reserve(1u);
        const std::uint64_t answered = monotonic_nanoseconds();
        if (!started) {
            written.line(spaced('-', client, number, answered));
            if (started.error().violations()[0].rule() == text_view("max_rate")) return;
            std::this_thread::sleep_for(std::chrono::milliseconds(1));  // the ledger is busy
            continue;
        }
        written.line(spaced('+', client, number, answered, std::string(started->id())));
        written.line(spaced('s', client, number, monotonic_nanoseconds()));
        if (std::move(*started).settle().empty())
            written.line(spaced('S', client, number, monotonic_nanoseconds()));
    }
}

/// Lists the ledger's entries, for the judge. Empty where they could be listed; else why not.
template <class Ledger> std::string list_entries(Ledger& ledger, journal& written) {
    const std::uint64_t number = new_client();
    written.line(spaced('a', number, monotonic_nanoseconds()));
    const ledger_listing listing = ledger.entries();
    if (!listing.readable) return std::string(listing.why);
    for (const ledger_entry& each : listing.entries) {
        count amount = 0;
        for (const auto& share : each.pools) amount += share.removed.amount;
        written.line(spaced('e', number, each.id, amount));
    }
    written.line(spaced('A', number, monotonic_nanoseconds()));
    return {};
}

}  // namespace shearpin::inline v1::testing
