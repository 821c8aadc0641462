// SPDX-License-Identifier: BSL-1.0
// Format 1 of a ledger's document, byte by byte: what one program has written, every later one has
// to read, and to mean the same by it.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <string>

using namespace ledger_testing;
using shearpin::detail::ledger_changes;
using shearpin::detail::ledger_decoder;
using shearpin::detail::ledger_document;
using shearpin::detail::ledger_encoder;
using shearpin::detail::record_state;
using kind = settlement::kind;

namespace {

std::string from_hex(const std::string& hex) {
    std::string bytes;
    for (std::size_t letter = 0; letter < hex.size(); letter += 2) {
        while (hex[letter] == ' ') ++letter;
        bytes += static_cast<char>(std::stoi(hex.substr(letter, 2), nullptr, 16));
    }
    return bytes;
}

// Never to be changed: a document that is written otherwise is of another format.
const std::string kept = from_hex(
    "73 68 65 61 72 70 69 6e"                               // shearpin
    "eb eb f6 db"                                           // the checksum
    "01 00 00 00"                                           // format 1
    "02  00 00 00 00 00 00 00 00  88 77 66 55 44 33 22 11"  // two boots, of which 0 is none
    "09 00 03 64 62 37 09 6d 61 78 5f 62 61 74 63 68"       // nine texts: "", db7, max_batch
    "04 72 6f 77 73 06 43 48 47 2d 31 37 03 61 6e 6e"       // rows, CHG-17, ann
    "03 62 6f 62 07 63 6f 75 6e 74 65 64 04 6e 6f 6e 65"    // bob, counted, none
    "04"                                                    // the margin: 2 ns, twice, for the sign
    "01 04 72 6f 77 73 c8 01 00"  // one pool: its name, 100 ns back, no world was behind
    "03 02"                       // forgotten up to version 3, in two boots:
    "03 c6 0f bb 0f 01 09 00"     // at 995 ns and, since the boot, at 5; then at 990 and none
    "01 03 04 00"                 // and a size, of 992 ns
    "01 03 18 00 e8 07"           // one size: of 1004 ns, 1000
    "01 01 ac 02 05 d2 09 01"     // one process: the boot, 300, 5, 1234, db7
    "01 02 03 04 01 05"           // one override: max_batch, rows, CHG-17, until -3 ns
    "01 00"                       // one is open, of process 0
    "01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00"  // its id
    "01 06 05 04 02 03 05 00"  // stands for 1; 6 targets; ann; CHG-17; version 1, 1001 ns
    "01 00 06"                 // of one pool: 6, which all serve and weigh one
    "02 02"                    // two are in the log: one that is settled
    "02 00 00 00 00 00 00 00 03 00 00 00 00 00 00 00"
    "01 03 05 04 02 03 02 00 06 03 06 00"  // versions 2 and 5, at 1002 and at 1005 ns
    "01 03 14 01 03"                       // 20, of which 1 serves, of 3 targets
    "03"                                   // and one of which bob has said how it ended
    "03 00 00 00 00 00 00 00 04 00 00 00 00 00 00 00"
    "01 03 05 04 03 03 03 00 06 03 06 00"
    "08 03 04 00 06 07"  // in version 8, at 1008 ns: bob, counted
    "01 03 14 01 03"
    "01 04"  // one counts nowhere
    "04 00 00 00 00 00 00 00 05 00 00 00 00 00 00 00"
    "01 00 05 04 03 03 07 00 06 03 06 00"
    "09 03 04 00 06 08 01 00 00");

constexpr std::uint64_t boot = 0x1122'3344'5566'7788;

instant nanoseconds(std::int64_t number) {
    return {time_point::since_epoch(duration::nanoseconds(1000 + number)),
            duration::nanoseconds(10 + number), boot};
}

ledger_changes written() {
    ledger_changes made;
    const shearpin::detail::process_identity process{boot, 300, 5, 1234, "db7"};
    const shearpin::detail::spent_override lift{"max_batch", "rows", "CHG-17",
                                                time_point::since_epoch(duration::nanoseconds(-3))};
    one_pool asked("rows", 6, duration::nanoseconds(100), 1000);
    asked.whole.actor = "ann";
    asked.whole.reason = "CHG-17";
    const auto reserve_as = [&](std::uint64_t number) {
        CHECK(made.reserve({number, number + 1}, number,
                           nanoseconds(static_cast<std::int64_t>(number)), duration::nanoseconds(2),
                           {}, asked.whole, process)
                  .empty());
    };
    reserve_as(1);
    asked.pool.asked = {1, 20, 3, 1};
    asked.whole.overrides = &lift;
    asked.whole.overrides_number = 1;
    reserve_as(2);
    asked.whole.overrides_number = 0;
    reserve_as(3);
    reserve_as(4);
    (void)made.settle({2, 3}, 5, nanoseconds(5), {});
    (void)made.settle({3, 4}, 6, nanoseconds(6), {kind::unknown, 0});
    (void)made.settle({4, 5}, 7, nanoseconds(7), {kind::unknown, 0});
    CHECK(made.resolve({3, 4}, 8, nanoseconds(8), {}, "bob", "counted").empty());
    shearpin::maybe<shearpin::count> none;
    none = shearpin::count{0};
    CHECK(made.resolve({4, 5}, 9, nanoseconds(9), none, "bob", "none").empty());
    auto& pool = made.document.pools[0];
    pool.forgotten_version = 3;
    pool.forget(nanoseconds(-5));
    pool.forget({nanoseconds(-10).wall, {}, 0});
    pool.forgotten_size = nanoseconds(-8);
    made.document.version = 9;
    return made;
}

}  // namespace

TEST_CASE("a document is written as every program of format 1 writes it") {
    CHECK(ledger_encoder::encode(written().document) == kept);
}

TEST_CASE("what has no words takes no place in the table of texts") {
    ledger_changes made;
    made.document.version = 1;
    const auto bytes_with = [&](const char* actor) {
        made.document.process_of({});
        const std::uint32_t slot = made.document.take_slot();
        made.document.record(slot).actor = actor;
        made.document.add_open(slot);
        return ledger_encoder::encode(made.document);
    };
    const auto texts_of = [](const std::string& bytes) {
        const auto boots = static_cast<std::size_t>(bytes.at(16));
        return static_cast<int>(bytes.at(17 + 8 * boots));
    };
    CHECK(texts_of(bytes_with("")) == 1);  // the empty one, which is always there
    CHECK(texts_of(bytes_with("")) == 1);
    CHECK(texts_of(bytes_with("ann")) == 2);
    CHECK(texts_of(bytes_with("ann")) == 2);
}

TEST_CASE("each text is written once, however many there are") {
    ledger_changes made;
    made.document.version = 1;
    made.document.process_of({});
    const auto actor = [](int number) { return "actor " + std::to_string(1000 + number); };
    for (int record = 0; record != 2000; ++record) {
        const std::uint32_t slot = made.document.take_slot();
        made.document.record(slot).actor = actor(record % 1000);
        made.document.add_open(slot);
    }
    const std::string bytes = ledger_encoder::encode(made.document);
    for (int number = 0; number != 1000; ++number) {
        const std::size_t place = bytes.find(actor(number));
        REQUIRE(place != std::string::npos);
        REQUIRE(bytes.find(actor(number), place + 1) == std::string::npos);
    }
}

TEST_CASE("a removal of as many pools as there can be is read as it was written") {
    ledger_changes made, read;
    made.document.version = 1;
    made.document.process_of({});
    const std::uint32_t slot = made.document.take_slot();
    for (std::uint32_t pool = 0; pool != ledger_document::most_pools; ++pool) {
        CHECK(made.document.pool_of(std::to_string(pool)) == pool);
        made.document.record(slot).parts.push_back({pool, 1'000'000, 2'000'000 + pool, 3'000'000});
    }
    made.document.add_open(slot);
    REQUIRE(ledger_decoder::decode(ledger_encoder::encode(made.document), 1, read).empty());
    REQUIRE(read.document.open().size() == 1);
    CHECK(read.document.record(read.document.open()[0]).parts == made.document.record(slot).parts);
}

TEST_CASE("a document that an earlier program wrote is read, and means the same") {
    ledger_changes made;
    REQUIRE(ledger_decoder::decode(kept, 9, made).empty());
    const ledger_document& found = made.document;
    CHECK(found.margin == duration::nanoseconds(2));
    REQUIRE(found.pools.size() == 1);
    CHECK(found.pools[0].name == "rows");
    CHECK(found.pools[0].window == duration::nanoseconds(100));
    CHECK(found.pools[0].forgotten_version == 3);
    REQUIRE(found.pools[0].forgotten.size() == 2);
    CHECK(found.pools[0].forgotten[0] == nanoseconds(-5));
    CHECK(found.pools[0].forgotten[1] == instant{nanoseconds(-10).wall, {}, 0});
    REQUIRE(found.pools[0].forgotten_size.has_value());
    CHECK(*found.pools[0].forgotten_size == nanoseconds(-8));
    REQUIRE(found.pools[0].sizes.size() == 1);
    CHECK(found.pools[0].sizes[0].size == 1000);
    CHECK(found.pools[0].open.clamped() == amounts::of(6));
    REQUIRE(found.spent.size() == 1);
    CHECK(found.spent[0].id == "CHG-17");
    CHECK(found.spent[0].until == time_point::since_epoch(duration::nanoseconds(-3)));

    REQUIRE(found.open().size() == 1);
    CHECK(found.record(found.open()[0]).id == reservation_id{1, 2});
    REQUIRE(found.log().size() == 2);
    const auto& settled = found.record(found.log()[0]);
    CHECK(settled.state == record_state::settled);
    CHECK(settled.id == reservation_id{2, 3});
    CHECK(settled.heads == 3);
    CHECK(settled.settled_version == 5);
    CHECK(settled.settled_at == nanoseconds(5));
    CHECK(settled.parts.at(0).all() == amounts{1, 20, 3, 1});
    const auto& resolved = found.record(found.log()[1]);
    CHECK(resolved.state == record_state::resolved);
    CHECK(resolved.resolved_at == nanoseconds(8));
    CHECK(resolved.resolved_by == "bob");
    CHECK(resolved.resolved_why == "counted");
    CHECK(found.processes[resolved.process] ==
          shearpin::detail::process_identity{boot, 300, 5, 1234, "db7"});
    REQUIRE(found.annulled().size() == 1);
    CHECK(found.record(found.annulled()[0]).id == reservation_id{4, 5});
}
