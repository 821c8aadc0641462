// SPDX-License-Identifier: BSL-1.0
// A ledger whose memory runs out: who was not told that he has reserved has not.
#include "../unit/ledger_testing.hpp"
#include "memory.hpp"

#include <doctest/doctest.h>

#include <new>
#include <string>

using namespace ledger_testing;
using shearpin::maybe;
using shearpin::detail::ledger_changes;
using shearpin::detail::not_stored_yet;
using shearpin::detail::record_state;

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

TEST_CASE("whichever request fails, or all from it on, no room for a record is lost") {
    for (const bool all : {false, true})
        for (long nth = 1;; ++nth) {
            CAPTURE(nth);
            ledger_changes changes;
            const one_pool asked("rows", 1);
            bool is_reserved = false;
            const auto reserve_one = [&] {
                try {
                    is_reserved =
                        changes.reserve({1, 1}, 1, at(hour), {}, {}, asked.whole, {}).empty();
                } catch (const std::bad_alloc&) {
                }
            };
            const bool is_over = failing(nth, all, reserve_one) < nth;
            CHECK(changes.document.take_slot() == (is_reserved ? 1 : 0));  // the next one's
            if (is_over) {
                CHECK(is_reserved);
                break;
            }
        }
}

TEST_CASE("a ledger that forgets as much as it notes asks for no memory") {
    for (const bool waits_for_store : {false, true}) {
        ledger_changes changes;
        const one_pool asked("rows", 1, minute);
        std::uint64_t number = 0;
        const auto remove_many = [&] {
            for (int turn = 0; turn != 2000; ++turn) {
                const instant now = at(duration::seconds(static_cast<std::int64_t>(++number)));
                const std::uint64_t version = waits_for_store ? not_stored_yet : number;
                CHECK(changes.reserve({1, number}, version, now, {}, {}, asked.whole, {}).empty());
                CHECK(changes.settle({1, number}, version, now, {}) ==
                      ledger_changes::settled::done);
                if (waits_for_store) changes.document.stamp(number);
            }
        };
        remove_many();
        CHECK(failing(0, false, remove_many) == 0);
        CHECK(changes.document.size() < 200);
    }
}

TEST_CASE("whichever request fails, what could not be settled or resolved is there as it was") {
    const std::string name(60, 'n'), reason(90, 'r');
    const reservation_id id{1, 16};
    for (const record_state before : {record_state::open, record_state::unknown})
        for (const record_state after :
             {record_state::settled, record_state::resolved, record_state::annulled}) {
            if (before == record_state::unknown && after == record_state::settled) continue;
            long failed = 0;
            for (long nth = 1;; ++nth) {
                CAPTURE(nth);
                ledger_changes changes;
                const auto& document = changes.document;
                const one_pool asked("rows", 1);
                // So many that one more to be stored needs memory.
                for (std::uint64_t number = 1; number != 17; ++number)
                    REQUIRE(
                        changes
                            .reserve({1, number}, not_stored_yet, at(hour), {}, {}, asked.whole, {})
                            .empty());
                if (before == record_state::unknown)
                    REQUIRE(changes.settle(id, not_stored_yet, at(hour),
                                           {settlement::kind::unknown, 0}) ==
                            ledger_changes::settled::done);
                bool is_done = false;
                const auto finish = [&] {
                    if (after == record_state::settled) {
                        is_done = changes.settle(id, not_stored_yet, at(hour), {}) ==
                                  ledger_changes::settled::done;
                        return;
                    }
                    maybe<shearpin::count> removed;
                    if (after == record_state::annulled) removed = 0;
                    is_done = changes.resolve(id, not_stored_yet, at(hour), removed, name, reason)
                                  .empty();
                };
                const auto finish_or_throw = [&] {
                    try {
                        finish();
                    } catch (const std::bad_alloc&) {
                        ++failed;
                    }
                };
                const auto is_so = [&](record_state state) {
                    const std::size_t open = state == record_state::open ? 16 : 15;
                    const std::size_t log = open == 16 || state == record_state::annulled ? 0 : 1;
                    return document.open().size() == open && document.log().size() == log &&
                           document.size() == 16 && document.pools[0].open.amount == open &&
                           document.pools[0].settled.size() == log &&
                           document.find(id) != shearpin::detail::ledger_document::nowhere &&
                           document.record(document.find(id)).state == state;
                };
                const bool is_over = failing(nth, false, finish_or_throw) < nth;
                CHECK(is_done == is_over);
                if (!is_done) {
                    REQUIRE(is_so(before));
                    CHECK(document.record(document.find(id)).resolved_by.empty());
                    finish();
                }
                CHECK(is_done);
                CHECK(is_so(after));
                if (is_over) break;
            }
            CHECK(failed > 0);
        }
}

TEST_CASE(
    "whichever request fails while a ledger forgets, no record is handed out that is in use") {
    using shearpin::duration;
    const one_pool kept("long", 1, duration::hours(10));
    const one_pool one("b", 1, {});
    const one_pool another("c", 1, {});
    long failed = 0;
    for (long nth = 1;; ++nth) {
        CAPTURE(nth);
        ledger_changes changes;
        const auto& document = changes.document;
        std::uint64_t number = 0;
        const auto reserve_of = [&](const one_pool& asked, const instant& now) {
            ++number;
            REQUIRE(changes.reserve({1, number}, number, now, {}, {}, asked.whole, {}).empty());
        };
        const auto settle_last = [&](const instant& now) {
            return changes.settle({1, number}, number, now, {}) == ledger_changes::settled::done;
        };
        const auto add = [&](int times, const one_pool& asked, const instant& now) {
            for (int turn = 0; turn != times; ++turn) {
                reserve_of(asked, now);
                REQUIRE(settle_last(now));
            }
        };
        // The oldest has to stay, so that all behind it is looked through once there are 128.
        add(1, kept, at(hour));
        add(30, one, at(hour));
        add(30, another, at(hour));
        add(66, kept, at(hour + minute));
        REQUIRE(document.log().size() == 127);
        reserve_of(kept, at(hour + minute));
        bool is_done = false;
        const auto settle_or_throw = [&] {
            try {
                is_done = settle_last(at(hour + minute));
            } catch (const std::bad_alloc&) {
            }
        };
        const bool is_over = failing(nth, false, settle_or_throw) < nth;
        const std::uint32_t next = changes.document.take_slot();
        for (std::size_t each = 0; each != document.log().size(); ++each)
            REQUIRE(document.log()[each] != next);
        if (is_over) {
            CHECK(is_done);
            CHECK(document.log().size() == 68);
            break;
        }
        if (!is_done) ++failed;
    }
    CHECK(failed > 2);
}
