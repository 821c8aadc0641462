// SPDX-License-Identifier: BSL-1.0
// What a store, a ledger and a person have said where they have said nothing: never that all is
// well.
#include <shearpin/history.hpp>
#include <shearpin/ledger_entry.hpp>
#include <shearpin/store.hpp>

#include <doctest/doctest.h>

using shearpin::ledger_entry;
using shearpin::ledger_listing;
using shearpin::loaded;
using shearpin::resolution;
using shearpin::stored;

TEST_CASE("a store that says nothing has no document, and has replaced none") {
    const loaded nothing;
    CHECK_FALSE(nothing.readable);
    CHECK(nothing.version == 0);
    CHECK(nothing.bytes.empty());
    CHECK(nothing.why.empty());
    const stored neither;
    CHECK(neither.what == stored::outcome::failed);
    CHECK(neither.version == 0);
    CHECK(neither.why.empty());
}

TEST_CASE(
    "an entry of which nothing is said is one removal, open, of a process of which nothing is "
    "known") {
    CHECK_FALSE(ledger_listing().readable);
    const ledger_entry entry;
    CHECK(entry.state == shearpin::entry_state::open);
    CHECK(entry.life == shearpin::process_life::not_known);
    CHECK(entry.removals == 1);
    CHECK(entry.targets == 0);
    CHECK_FALSE(entry.reserved_at.known());
    CHECK_FALSE(entry.settled_at.known());
    CHECK_FALSE(entry.resolved_at.known());
    const ledger_entry::share share{"rows"};
    CHECK(share.removed.amount == 0);
}

TEST_CASE("a person who says how a removal ended says a number where it is some") {
    using kind = resolution::kind;
    CHECK(resolution::removed(3).what() == kind::some_removed);
    CHECK(resolution::removed(3).number() == 3);
    CHECK(resolution::nothing_removed.what() == kind::nothing_removed);
    CHECK(resolution::nothing_removed.number() == 0);
    CHECK(resolution::everything_removed.what() == kind::everything_removed);
    CHECK(resolution::everything_removed.number() == 0);
}

TEST_CASE("of a pool and a removal of which nothing is said, nothing was there and nothing went") {
    const shearpin::past_size pool;
    CHECK(pool.size == 0);
    CHECK_FALSE(pool.seen_at.wall.known());
    const shearpin::past_removal removal;
    CHECK(removal.removed.heads == 0);
    CHECK_FALSE(removal.settled_at.wall.known());
}
