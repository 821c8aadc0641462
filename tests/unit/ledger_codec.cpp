// SPDX-License-Identifier: BSL-1.0
// A ledger's document as bytes: all comes back, and whatever else is read is refused.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ledger_testing;
using shearpin::resolution;
using shearpin::detail::ledger_changes;
using shearpin::detail::ledger_decoder;
using shearpin::detail::ledger_document;
using shearpin::detail::ledger_encoder;
using shearpin::detail::ledger_record;
using kind = settlement::kind;

namespace {

bool same(const ledger_record& one, const ledger_record& other) {
    return one.id == other.id && one.state == other.state && one.merged == other.merged &&
           one.heads == other.heads && one.reserved_version == other.reserved_version &&
           one.settled_version == other.settled_version &&
           one.resolved_version == other.resolved_version && one.reserved_at == other.reserved_at &&
           one.settled_at == other.settled_at && one.resolved_at == other.resolved_at &&
           one.parts == other.parts && one.actor == other.actor && one.reason == other.reason &&
           one.resolved_by == other.resolved_by && one.resolved_why == other.resolved_why;
}
void check_same(const ledger_document& one, const ledger_document& other) {
    CHECK(one.version == other.version);
    CHECK(one.margin == other.margin);
    REQUIRE(one.pools.size() == other.pools.size());
    for (std::size_t at_pool = 0; at_pool != one.pools.size(); ++at_pool) {
        const auto& left = one.pools[at_pool];
        const auto& right = other.pools[at_pool];
        CHECK(left.name == right.name);
        CHECK(left.window == right.window);
        CHECK(left.lookback == right.lookback);
        CHECK(left.forgotten_version == right.forgotten_version);
        CHECK(left.forgotten == right.forgotten);
        CHECK(left.forgotten_size.has_value() == right.forgotten_size.has_value());
        if (left.forgotten_size) CHECK(*left.forgotten_size == *right.forgotten_size);
        REQUIRE(left.sizes.size() == right.sizes.size());
        for (std::size_t at_size = 0; at_size != left.sizes.size(); ++at_size) {
            CHECK(left.sizes[at_size].seen_at == right.sizes[at_size].seen_at);
            CHECK(left.sizes[at_size].size == right.sizes[at_size].size);
        }
        CHECK(left.open.clamped() == right.open.clamped());
        CHECK(left.unresolved.clamped() == right.unresolved.clamped());
        REQUIRE(left.settled.size() == right.settled.size());
        for (std::size_t each = 0; each != left.settled.size(); ++each) {
            CHECK(left.settled[each].settled_at == right.settled[each].settled_at);
            CHECK(left.settled[each].removed == right.settled[each].removed);
        }
    }
    REQUIRE(one.spent.size() == other.spent.size());
    for (std::size_t each = 0; each != one.spent.size(); ++each) {
        CHECK(one.spent[each].rule == other.spent[each].rule);
        CHECK(one.spent[each].pool == other.spent[each].pool);
        CHECK(one.spent[each].id == other.spent[each].id);
        CHECK(one.spent[each].until == other.spent[each].until);
    }
    const auto check_records = [&](std::uint32_t left, std::uint32_t right) {
        CHECK(same(one.record(left), other.record(right)));
        CHECK(one.processes[one.record(left).process] ==
              other.processes[other.record(right).process]);
    };
    REQUIRE(one.open().size() == other.open().size());
    for (std::size_t each = 0; each != one.open().size(); ++each)
        check_records(one.open()[each], other.open()[each]);
    REQUIRE(one.log().size() == other.log().size());
    for (std::size_t each = 0; each != one.log().size(); ++each)
        check_records(one.log()[each], other.log()[each]);
    REQUIRE(one.annulled().size() == other.annulled().size());
    for (std::size_t each = 0; each != one.annulled().size(); ++each)
        check_records(one.annulled()[each], other.annulled()[each]);
    CHECK(one.resolved().size() == other.resolved().size());
}

/// Some of everything, at random.
void fill(ledger_changes& changes, dice& random, int turns) {
    const auto any_duration = [&] {
        switch (random.below(5)) {
            case 0:
                return duration::nanoseconds(static_cast<std::int64_t>(random.next()));
            case 1:
                return duration{};
            default:
                return duration::nanoseconds(static_cast<std::int64_t>(random.below(1u << 30)));
        }
    };
    const auto any_instant = [&] {
        instant made{time_point::since_epoch(any_duration()), any_duration(), random.below(3)};
        if (random.one_in(5)) made.wall = {};
        return made;
    };
    const auto any_count = [&] {
        return random.one_in(9) ? shearpin::largest_count - random.below(3)
                                : random.below(random.one_in(2) ? 5 : 1'000'000'000);
    };
    const auto any_text = [&](std::size_t longest) {
        std::string made;
        for (std::size_t left = random.below(longest + 1); left != 0; --left)
            made += static_cast<char>(random.below(256));
        return random.one_in(3) ? std::string() : made;
    };
    std::vector<reservation_id> ids;
    std::uint64_t version = changes.document.version;
    for (int turn = 0; turn != turns; ++turn) {
        version += 1 + random.below(random.one_in(10) ? 1'000'000'000'000 : 3);
        const auto act = random.below(10);
        if (act < 5 || ids.empty()) {
            std::string names[3];
            pool_claim pools[3];
            for (int each = 0; each != 3; ++each) {
                names[each] =
                    "pool" + std::to_string(each * 10 + static_cast<int>(random.below(4)));
                if (random.one_in(4)) names[each] = std::string(63, static_cast<char>('a' + each));
                pools[each].pool = names[each];
                pools[each].asked = {any_count(), any_count(), any_count(), 1};
                if (random.one_in(2)) pools[each].asked = amounts::of(any_count());
                pools[each].size = any_count();
                pools[each].window =
                    duration::seconds(static_cast<std::int64_t>(random.below(100)));
            }
            const std::string actor = any_text(63);
            const std::string reason = any_text(95);
            const std::string lift = any_text(255);
            const shearpin::detail::spent_override spent{"max_batch", names[0], lift,
                                                         any_instant().wall};
            const claim asked{pools,  random.below(4), actor,      reason,
                              &spent, random.below(2), any_count()};
            shearpin::detail::process_identity process;
            process.pid = random.below(3);
            process.boot = random.below(3);
            process.host = process.pid == 1 ? "db7" : "";
            const reservation_id id{random.next(), random.next()};
            if (changes
                    .reserve(id, version, any_instant(), duration::seconds(1),
                             duration::seconds(static_cast<std::int64_t>(random.below(9))), asked,
                             process)
                    .empty())
                ids.push_back(id);
        } else if (act < 9) {
            const auto which = static_cast<std::ptrdiff_t>(random.below(ids.size()));
            const settlement how{static_cast<kind>(random.below(3)), any_count()};
            (void)changes.settle(ids[static_cast<std::size_t>(which)], version, any_instant(), how);
            if (how.what != kind::unknown) ids.erase(ids.begin() + which);
        } else {
            const auto which = static_cast<std::ptrdiff_t>(random.below(ids.size()));
            shearpin::maybe<shearpin::count> removed;
            if (random.one_in(2)) removed = any_count() * random.below(2);
            const std::string by = any_text(63);
            const std::string why = any_text(95);
            (void)changes.resolve(ids[static_cast<std::size_t>(which)], version, any_instant(),
                                  removed, by, why);
            ids.erase(ids.begin() + which);
        }
    }
    changes.document.version = version;
}

std::string sealed(std::string bytes) {
    const std::uint32_t sum = shearpin::detail::checksum_of({bytes.data() + 12, bytes.size() - 12});
    for (std::size_t byte = 0; byte != 4; ++byte)
        bytes[8 + byte] = static_cast<char>(sum >> (8 * byte) & 255);
    return bytes;
}
std::string read(const std::string& bytes, std::uint64_t version, ledger_changes& made) {
    return ledger_decoder::decode(bytes, version, made);
}
std::string read(const std::string& bytes) {
    ledger_changes made;
    return read(bytes, shearpin::detail::largest_version, made);
}

/// A document of a few hundred bytes with all that there can be.
std::string small() {
    byte_memory store;
    shearpin::ledger ledger{store};
    const auto reserve_and = [&](auto then) {
        const auto answer = reserve(ledger, at(hour), "rows", 6);
        REQUIRE(answer.what == reserving::reserved);
        then(answer.id);
    };
    reserve_and([&](const auto&) {});
    reserve_and([&](const auto& id) { CHECK(ledger.settle(id, at(hour), {}).empty()); });
    for (const auto& how : {resolution::nothing_removed, resolution::everything_removed})
        reserve_and([&](const auto& id) {
            CHECK(ledger.settle(id, at(hour + minute), {kind::unknown, 0}).empty());
            const std::string digits(shearpin::detail::spell_id(id));
            CHECK(ledger.resolve(digits, how, "ann", "looked", at(hour)).empty());
        });
    reserve_and([&](const auto& id) {
        CHECK(ledger.settle(id, at(hour + minute), {kind::unknown, 0}).empty());
    });
    return store.shared->bytes;
}

}  // namespace

TEST_CASE("all of a document comes back") {
    dice random(3);
    for (int run = 0; run != 60; ++run) {
        CAPTURE(run);
        ledger_changes changes;
        fill(changes, random, 20 + run * 5);
        const std::string bytes = ledger_encoder::encode(changes.document);
        ledger_changes made;
        REQUIRE(read(bytes, changes.document.version, made) == "");
        check_same(changes.document, made.document);
        CHECK(ledger_encoder::encode(made.document) == bytes);
    }
}

TEST_CASE("an empty document is a new ledger, of whatever version") {
    ledger_changes made;
    CHECK(read("", 17, made) == "");
    CHECK(made.document.version == 17);
    CHECK(made.document.size() == 0);
}

TEST_CASE("every change of one byte to any other is found") {
    const std::string good = small();
    REQUIRE(good.size() > 200);
    REQUIRE(read(good) == "");
    for (std::size_t offset = 0; offset != good.size(); ++offset)
        for (int change = 1; change != 256; ++change) {
            std::string bytes = good;
            bytes[offset] = static_cast<char>(bytes[offset] ^ change);
            if (read(bytes) == "") FAIL_CHECK("byte " << offset << " changed by " << change);
        }
}

TEST_CASE("a document that is cut off anywhere is found, and one that is longer") {
    const std::string good = small();
    for (std::size_t length = 1; length != good.size(); ++length)
        if (read(good.substr(0, length)) == "") FAIL_CHECK("cut to " << length);
    CHECK(read(good + '\0') != "");
    CHECK(read(good + good) != "");
    // Also by whoever sees to the checksum.
    for (std::size_t length = 17; length != good.size(); ++length)
        if (read(sealed(good.substr(0, length))) == "") FAIL_CHECK("cut to " << length);
    CHECK(read(sealed(good + '\0')) != "");
}

TEST_CASE("any bytes give a document or a refusal") {
    dice random(4);
    const std::string good = small();
    int refused = 0;
    int read_well = 0;
    for (int turn = 0; turn != 60'000; ++turn) {
        std::string bytes = good;
        switch (random.below(4)) {
            case 0:  // a few bytes are others, with a checksum that fits
                for (std::uint64_t left = 1 + random.below(4); left != 0; --left)
                    bytes[16 + random.below(bytes.size() - 16)] =
                        static_cast<char>(random.below(256));
                break;
            case 1:  // a part is gone, or there twice
                bytes.erase(16 + random.below(bytes.size() - 16), 1 + random.below(20));
                break;
            case 2:
                bytes.insert(16 + random.below(bytes.size() - 16),
                             bytes.substr(16, random.below(bytes.size() - 16)));
                break;
            default:  // anything
                bytes.resize(16 + random.below(200));
                for (std::size_t offset = 16; offset != bytes.size(); ++offset)
                    bytes[offset] = static_cast<char>(random.below(random.one_in(2) ? 256 : 4));
        }
        if (bytes.size() < 17) continue;
        ledger_changes made;
        const std::string why = read(sealed(bytes), 1000, made);
        if (why != "") {
            ++refused;
            continue;
        }
        // What was read can be used like any other.
        ++read_well;
        fill(made, random, 5);
        ledger_changes again;
        const std::string written = ledger_encoder::encode(made.document);
        REQUIRE(read(written, made.document.version, again) == "");
    }
    CHECK(refused > 1000);
    CHECK(read_well > 1000);
    for (int turn = 0; turn != 2000; ++turn) {  // without any checksum
        std::string bytes(random.below(300), ' ');
        for (char& each : bytes) each = static_cast<char>(random.below(256));
        if (!bytes.empty()) CHECK(read(bytes) != "");
    }
}

TEST_CASE("what a newer program wrote, and what is no ledger") {
    std::string newer = small();
    newer[12] = 2;
    const std::string why = read(sealed(newer));
    CHECK(why.find("of format 2") != std::string::npos);
    CHECK(why.find("use a newer one") != std::string::npos);
    std::string far_newer = small();
    far_newer[15] = 1;  // the highest byte of its format
    CHECK(read(sealed(far_newer)).find("of format 16777217") != std::string::npos);
    CHECK(read(newer).find("damaged") != std::string::npos);
    CHECK(read("not a ledger, but some text").find("not a ledger") != std::string::npos);
    CHECK(read("short").find("not a ledger") != std::string::npos);
    CHECK(read("shearpin1234567").find("not a ledger") != std::string::npos);
    CHECK(read("shearpin12345678").find("damaged: its checksum") != std::string::npos);
    CHECK(read("shearpix" + small().substr(8)).find("not a ledger") != std::string::npos);
    // Nothing behind the front, with a checksum that fits.
    CHECK(read(sealed(small().substr(0, 16))).find("contradict each other") != std::string::npos);
}

TEST_CASE("records from after the document's version are refused") {
    ledger_changes changes;
    dice random(5);
    fill(changes, random, 50);
    const std::string bytes = ledger_encoder::encode(changes.document);
    ledger_changes made;
    CHECK(read(bytes, changes.document.version, made) == "");
    ledger_changes older;
    CHECK(read(bytes, 1, older) != "");
}

TEST_CASE("an unreadable document is never an empty one, and is never written over") {
    for (const auto& damage : {std::string("not a ledger"), small().substr(0, 100), [] {
                                   std::string newer = small();
                                   newer[12] = 2;
                                   return sealed(newer);
                               }()}) {
        byte_memory store;
        store.shared->bytes = damage;
        store.shared->version = 1000;
        shearpin::ledger ledger{store};
        const noted first = ledger.note();
        CHECK(!first.readable);
        CHECK(!first.why.empty());
        const one_pool asked("rows", 1);
        CHECK(ledger.reserve(first, at(hour), asked.whole, yes).what == reserving::failed);
        CHECK(ledger.consult(first, at(hour), asked.whole, yes).what == reserving::failed);
        noted forged;
        forged.readable = true;
        const auto answer = ledger.reserve(forged, at(hour), asked.whole, yes);
        CHECK(answer.what == reserving::failed);
        CHECK(std::string(answer.why) == std::string(first.why));
        CHECK(!ledger.settle({1, 2}, at(hour), {}).empty());
        CHECK(!ledger.entries().readable);
        CHECK(
            !ledger.resolve(std::string(32, '0'), resolution::nothing_removed, "ann", "x").empty());
        CHECK(store.shared->bytes == damage);
        CHECK(store.shared->stores == 0);
    }
}
