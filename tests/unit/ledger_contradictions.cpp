// SPDX-License-Identifier: BSL-1.0
// Documents that no ledger writes, with a checksum that fits: each is refused as a whole, and what
// stands right beside it is read.
#include "ledger_by_hand.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace ledger_by_hand;
using ledger_testing::amounts;
using shearpin::largest_count;
using shearpin::detail::ledger_changes;

namespace {

by_hand with_pool(const pool_by_hand& pool) {
    by_hand made;
    made.pools = number(1) + pool.bytes();
    return made;
}
by_hand with_open(const record_by_hand& record) {
    by_hand made;
    made.open = records({record});
    return made;
}
by_hand with_log(std::initializer_list<record_by_hand> log) {
    by_hand made;
    made.log = records(log);
    return made;
}
by_hand with_annulled(const record_by_hand& record) {
    by_hand made;
    made.annulled = records({record});
    return made;
}
}  // namespace

TEST_CASE("what is written by hand is read, so that what is wrong with it is what is refused") {
    by_hand made;
    CHECK(made.is_read());
    made.open = records({{an_open}});
    made.log = records({{an_unknown}, {a_settled}, {a_resolved}});
    made.annulled = records({{an_annulled}});
    ledger_changes read;
    CHECK(made.refusal(read) == "");
    CHECK(read.document.size() == 5);
    CHECK(read.document.pools[0].open.clamped() == amounts::of(1));
    made.behind = '\0';
    CHECK(made.is_refused());
}

TEST_CASE("the tables: a first boot and a first text are always there, and no text is too long") {
    by_hand none;
    none.boots = number(0);
    none.processes = number(0);
    CHECK(none.is_refused());
    none = {};
    none.texts = number(0);
    none.processes = number(0);
    CHECK(none.is_refused());
    none.texts = number(1) + text(0);
    CHECK(none.is_read());
    none.texts = number(2) + text(0) + text(256);
    CHECK(none.is_refused());
    none = {};
    none.margin = number(1);  // -1 ns
    CHECK(none.is_refused());
    none.margin = number(2);
    CHECK(none.is_read());
}

TEST_CASE("pools: no more than fit, each once, and nothing negative in them") {
    const auto pools = [](std::size_t how_many) {
        by_hand made;
        made.pools = number(how_many);
        for (std::size_t each = 0; each != how_many; ++each) {
            pool_by_hand pool;
            const std::string name = std::to_string(each);
            pool.name = number(name.size()) + name;
            made.pools += pool.bytes();
        }
        return made;
    };
    CHECK(pools(4096).is_read());
    CHECK(pools(4097).is_refused());
    by_hand twice;
    twice.pools = number(2) + pool_by_hand().bytes() + pool_by_hand().bytes();
    CHECK(twice.is_refused());

    pool_by_hand pool;
    pool.name = text(63);
    CHECK(with_pool(pool).is_read());
    pool.name = text(64);
    CHECK(with_pool(pool).is_refused());
    pool = {};
    pool.windows = numbers({1, 0});
    CHECK(with_pool(pool).is_refused());
    pool.windows = numbers({0, 1});
    CHECK(with_pool(pool).is_refused());
    pool.windows = numbers({2, 2});
    CHECK(with_pool(pool).is_read());
    pool = {};
    pool.forgotten = numbers({9, 8}) + times(8, no_time);
    CHECK(with_pool(pool).is_read());
    pool.forgotten = numbers({10, 0});
    CHECK(with_pool(pool).is_refused());
    pool.forgotten = numbers({0, 9}) + times(9, no_time);
    CHECK(with_pool(pool).is_refused());
    pool = {};
    pool.forgotten_size = number(1) + no_time;
    CHECK(with_pool(pool).is_read());
    pool.forgotten_size = number(2) + no_time;
    CHECK(with_pool(pool).is_refused());
    pool = {};
    pool.sizes = number(256) + times(256, no_time + number(largest_count));
    CHECK(with_pool(pool).is_read());
    pool.sizes = number(257) + times(257, no_time + number(1));
    CHECK(with_pool(pool).is_refused());
    pool.sizes = number(1) + no_time + number(largest_count + 1);
    CHECK(with_pool(pool).is_refused());
    pool.sizes = number(1) + numbers({2, 0, 0}) + number(1);  // in a boot that is not there
    CHECK(with_pool(pool).is_refused());
}

TEST_CASE("processes: no more than there can be records, of boots and hosts that are there") {
    by_hand made;
    made.processes = number(16'384) + std::string(std::size_t{5} * 16'384, '\0');
    CHECK(made.is_read());
    made.processes = number(16'385) + std::string(std::size_t{5} * 16'385, '\0');
    CHECK(made.is_refused());
    made.processes = number(1) + numbers({1, 0, 0, 0, 0});
    CHECK(made.is_refused());
    made.processes = number(1) + numbers({0, 0, 0, 0, of_63});
    CHECK(made.is_read());
    made.processes = number(1) + numbers({0, 0, 0, 0, of_64});
    CHECK(made.is_refused());
    made.processes = number(1) + numbers({0, 0, 0, 0, 6});
    CHECK(made.is_refused());
}

TEST_CASE("overrides that are spent: no more than fit, and none that could not have been noted") {
    by_hand made;
    const std::string one = numbers({of_63, of_63, of_255, 1, 0});
    made.spent = number(1024) + times(1024, one);
    ledger_changes read;
    CHECK(made.refusal(read) == "");
    CHECK(read.document.spent.size() == 1024);
    CHECK(read.document.spent[1023].id.size() == 255);
    made.spent = number(1025) + times(1025, one);
    CHECK(made.is_refused());
    for (const auto& wrong : {numbers({of_64, 0, 0, 1, 0}), numbers({0, of_64, 0, 1, 0}),
                              numbers({0, 0, 6, 1, 0}), numbers({0, 0, 0, 2, 0})}) {
        made.spent = number(1) + wrong;
        CHECK(made.is_refused());
    }
}

TEST_CASE("records stand where those of their state stand") {
    for (const std::uint64_t state : {an_open, an_unknown, a_settled, a_resolved, an_annulled}) {
        CAPTURE(state);
        CHECK(with_open({state}).is_read() == (state == an_open));
        CHECK(with_open({state}).is_refused() == (state != an_open));
        const bool is_over = state == an_unknown || state == a_settled || state == a_resolved;
        CHECK(with_log({{state}}).is_read() == is_over);
        CHECK(with_log({{state}}).is_refused() == !is_over);
        CHECK(with_annulled({state}).is_read() == (state == an_annulled));
        CHECK(with_annulled({state}).is_refused() == (state != an_annulled));
    }
    for (const std::uint64_t state : {5u, 6u, 7u}) {  // which do not exist
        CAPTURE(state);
        CHECK(with_open({state}).is_refused());
        CHECK(with_log({{state}}).is_refused());
        CHECK(with_annulled({state}).is_refused());
    }
    CHECK(with_open({1 << 3 | an_open}).is_refused());  // of a process that is not there
}

TEST_CASE("the log is in the order of the versions, and nothing is newer than the document") {
    // Versions 2, then 4, then 4 again, each reserved one before: by how much they differ.
    record_by_hand next{a_settled};
    CHECK(with_log({{a_settled}, next}).is_read());
    next.reserved = number(0) + no_time;
    next.ended = number(0) + no_time;
    CHECK(with_log({{a_settled}, next}).is_read());
    next.ended = number(1) + no_time;  // one before the first one's
    CHECK(with_log({{a_settled}, next}).is_refused());

    record_by_hand late{an_open};
    late.reserved = number(2 * 9) + no_time;
    CHECK(with_open(late).is_read());
    late.reserved = number(2 * 10) + no_time;
    CHECK(with_open(late).is_refused());
    late = {a_settled};
    late.ended = number(2 * 8) + no_time;
    CHECK(with_log({late}).is_read());
    late.ended = number(2 * 9) + no_time;
    CHECK(with_log({late}).is_refused());
    late = {a_resolved};
    late.said = number(9) + no_time + numbers({0, 0});
    CHECK(with_log({late}).is_read());
    late.said = number(10) + no_time + numbers({0, 0});
    CHECK(with_log({late}).is_refused());
}

TEST_CASE("a record: no number that would be negative, and no text that was too long to be noted") {
    const auto is_read = [](const record_by_hand& record) {
        CHECK(with_log({record}).is_read() != with_log({record}).is_refused());
        return with_log({record}).is_read();
    };
    record_by_hand record{a_resolved};
    record.how_many = numbers({largest_count, largest_count});
    record.texts = numbers({of_63, of_95});
    record.said = number(3) + no_time + numbers({of_63, of_95});
    record.parts = numbers({2, 0, largest_count, 3, largest_count, largest_count, largest_count});
    CHECK(is_read(record));
    for (const auto& wrong : {numbers({largest_count + 1, 1}), numbers({1, largest_count + 1})}) {
        record = {a_resolved};
        record.how_many = wrong;
        CHECK_FALSE(is_read(record));
    }
    for (const auto& wrong : {numbers({of_64, 0}), numbers({0, of_96})}) {
        record = {a_resolved};
        record.texts = wrong;
        CHECK_FALSE(is_read(record));
        record = {a_resolved};
        record.said = number(3) + no_time + wrong;
        CHECK_FALSE(is_read(record));
    }
    for (const auto& wrong :
         {numbers({1, 4, 1}),  // a pool that is not there
          numbers({1, 0, largest_count + 1}), numbers({1, 2, 1, largest_count + 1}),
          numbers({1, 1, 1, largest_count + 1}), numbers({2, 0, 1})}) {
        record = {a_resolved};
        record.parts = wrong;
        CHECK_FALSE(is_read(record));
    }
}

TEST_CASE("a record of a pool, or of a process, where there is none") {
    by_hand made;
    made.pools = number(0);
    CHECK(made.is_read());
    made.open = records({{an_open}});
    CHECK(made.is_refused());
    made.open = number(0);
    made.log = records({{a_settled}});
    CHECK(made.is_refused());
    made = {};
    made.processes = number(0);
    CHECK(made.is_read());
    made.open = records({{an_open}});
    CHECK(made.is_refused());
}

TEST_CASE("no more records than a ledger holds, wherever they stand") {
    const auto made = [](std::size_t open_ones, std::size_t settled_ones,
                         std::size_t annulled_ones) {
        // Small ones, which all have the versions of the first.
        record_by_hand one{an_open};
        one.reserved = number(0) + no_time;
        one.ended = number(0) + no_time;
        one.parts = number(0);
        by_hand all;
        all.open = number(open_ones) + times(open_ones, one.bytes());
        one.head = a_settled;
        all.log = number(settled_ones) + times(settled_ones, one.bytes());
        one.head = an_annulled;
        all.annulled = number(annulled_ones) + times(annulled_ones, one.bytes());
        return all;
    };
    CHECK(made(16'384, 0, 0).is_read());
    CHECK(made(16'385, 0, 0).is_refused());
    CHECK(made(0, 16'384, 0).is_read());
    CHECK(made(0, 16'385, 0).is_refused());
    CHECK(made(10'000, 6'380, 4).is_read());
    CHECK(made(10'000, 6'385, 0).is_refused());
    CHECK(made(10'000, 6'380, 5).is_refused());
}
