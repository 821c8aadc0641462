// SPDX-License-Identifier: BSL-1.0
// A ledger whose memory runs out: who was not told that he has reserved has not.
#include "../unit/ledger_testing.hpp"
#include "memory.hpp"

#include <doctest/doctest.h>

#include <new>

using namespace ledger_testing;

TEST_CASE("whichever request fails, what was not told as reserved is not on the ledger later") {
    long failed = 0;
    for (long nth = 1;; ++nth) {
        CAPTURE(nth);
        byte_memory store;
        shearpin::ledger<byte_memory> ledger{store};
        shearpin::ledger<byte_memory> others{store};
        for (int before = 0; before != 3; ++before)
            REQUIRE(remove(others, at(hour), "other rows", 1));
        bool is_reserved = false;
        const auto reserve_one = [&] {
            try {
                is_reserved = reserve(ledger, at(hour), "rows", 1).what == reserving::reserved;
            } catch (const std::bad_alloc&) {
            }
        };
        const bool is_over = failing(nth, false, reserve_one) < nth;
        // Whatever is stored next does not bring back what came to nothing.
        CHECK(remove(ledger, at(hour), "more rows", 1));
        CHECK(look(others, at(hour), "rows").open.amount == (is_reserved ? 1 : 0));
        CHECK(look(ledger, at(hour), "rows").open.amount == (is_reserved ? 1 : 0));
        if (is_over) {
            CHECK(is_reserved);
            break;
        }
        if (!is_reserved) ++failed;
    }
    CHECK(failed > 5);
}

TEST_CASE("whichever request fails, no room for a record is lost") {
    for (long nth = 1;; ++nth) {
        CAPTURE(nth);
        shearpin::detail::ledger_changes changes;
        const one_pool asked("rows", 1);
        bool is_reserved = false;
        const auto reserve_one = [&] {
            try {
                is_reserved = changes.reserve({1, 1}, 1, at(hour), {}, {}, asked.whole, {}).empty();
            } catch (const std::bad_alloc&) {
            }
        };
        const bool is_over = failing(nth, false, reserve_one) < nth;
        CHECK(changes.document.take_slot() == (is_reserved ? 1 : 0));  // the next one's
        if (is_over) {
            CHECK(is_reserved);
            break;
        }
    }
}
