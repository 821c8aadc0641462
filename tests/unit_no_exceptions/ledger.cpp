// SPDX-License-Identifier: BSL-1.0
// A ledger in a program without exceptions and without run-time type information.
#include <shearpin/ledger.hpp>
#include <shearpin/memory_store.hpp>

#include <doctest/doctest.h>

#include <string>

namespace {

using shearpin::amounts;
using shearpin::detail::ledger_view;
using shearpin::detail::reserving;

/// A byte store with nothing but what it must have.
struct bytes_in_memory {
    std::string bytes;
    std::uint64_t version = 0;

    shearpin::loaded load() { return {bytes, version, true, {}}; }
    shearpin::stored store(const std::string& given_bytes, std::uint64_t expected) {
        if (expected != version) return {shearpin::stored::outcome::conflict, version, {}};
        bytes = given_bytes;
        return {shearpin::stored::outcome::done, ++version, {}};
    }
};

}  // namespace

TEST_CASE_TEMPLATE("a ledger keeps a limit", Store, shearpin::memory_store, bytes_in_memory) {
    shearpin::ledger<Store> ledger{Store{}};
    shearpin::instant now;
    now.wall = shearpin::time_point::since_epoch(shearpin::duration::days(20'000));
    shearpin::detail::pool_claim pool;
    pool.pool = "rows";
    pool.asked = amounts::of(3);
    pool.window = shearpin::duration::hours(1);
    shearpin::detail::claim asked;
    asked.pools = &pool;
    asked.number = 1;
    int admitted = 0;
    for (int turn = 0; turn != 10; ++turn) {
        const auto answer = ledger.reserve(ledger.note(), now, asked, [&](const ledger_view& view) {
            return view.past(0).history.removed_within(pool.window).amount + 3 <= 10;
        });
        if (answer.what != reserving::reserved) continue;
        ++admitted;
        CHECK(ledger.settle(answer.id, now, {}).empty());
    }
    CHECK(admitted == 3);
    CHECK(ledger.entries().entries.size() == 3);
}
