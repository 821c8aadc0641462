// SPDX-License-Identifier: BSL-1.0
// A file that was changed from outside, as it may come about: damage, another format, another
// program, a backup. Every byte of it is changed in file_store_damage.cpp.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include "changed_file.hpp"

namespace {

using shearpin::stored;
using simulated::file_after;
using simulated::kept;
using simulated::ledger_path;
using simulated::look_at;
using simulated::slot_0;
using simulated::slot_1;
using simulated::verdict;
using store = simulated::store_of_it;

}  // namespace

TEST_CASE("either of the two notes tells that the newest document is lost") {
    const kept whole = file_after("SS");  // the second one is in slot 0, the notes of it in slot 1
    for (const std::size_t damaged_note : {0u, 1u}) {
        simulated::file damaged = whole.file;
        damaged.pages[slot_0 / 4096].seen[200] ^= 1;
        damaged.pages[slot_1 / 4096].seen[64 * damaged_note + 30] ^= 1;
        CHECK(
            look_at(damaged, whole.documents).why.find("is damaged: its newest document is lost") !=
            std::string::npos);
    }
}

TEST_CASE("a lazy document whose base is gone is synced before it is shown") {
    const kept whole = file_after("s");  // in slot 1, over the empty document in slot 0
    for (const bool is_gone : {false, true}) {
        simulated::disk world;
        world.files[ledger_path] = whole.file;
        if (is_gone) world.files[ledger_path].pages.erase(slot_0 / 4096);
        simulated::system::reset(world);
        CHECK(store::open(ledger_path).load().bytes == whole.documents.documents[1].bytes);
        CHECK(world.syncs == (is_gone ? 1 : 0));
    }
}

TEST_CASE("both documents are damaged") {
    const kept whole = file_after("SS");
    simulated::file damaged = whole.file;
    damaged.pages[slot_0 / 4096].seen[200] ^= 1;
    damaged.pages[slot_1 / 4096].seen[200] ^= 1;
    CHECK(look_at(damaged, whole.documents).why ==
          "ledger file /ledger is damaged: neither of its documents is whole. It was left as it "
          "is. Find out what was removed lately before you create it anew: a new ledger has "
          "forgotten it.");
}

TEST_CASE("one byte shorter or longer, and as much as a slot") {
    const kept whole = file_after("SS");
    const std::uint64_t length = whole.file.size;
    for (const std::uint64_t changed : {length - 1, length + 1, length - slot_0, length + slot_1}) {
        simulated::file damaged = whole.file;
        damaged.size = changed;
        const verdict told = look_at(damaged, whole.documents);
        CHECK(told.wrong == "");
        CHECK(told.why ==
              "ledger file /ledger is cut off, or longer than it was made. It was left as it is. "
              "Find out what was removed lately before you create it anew: a new ledger has "
              "forgotten it.");
    }
}

TEST_CASE("another format, another program, and a header that is damaged") {
    const kept whole = file_after("S");
    using shearpin::detail::file_block;
    const auto with_header = [&](const file_block& header) {
        simulated::file changed = whole.file;
        changed.pages[0].seen.replace(0, sizeof header.bytes,
                                      reinterpret_cast<const char*>(header.bytes),
                                      sizeof header.bytes);
        const verdict told = look_at(changed, whole.documents);
        CHECK(told.wrong == "");
        return told.why;
    };
    file_block header = shearpin::detail::file_header({});
    for (const std::uint64_t format : {2u, 0x0101u, 0x0100'0001u, 0u}) {
        header.put(8, format, 4);
        header.seal();
        CHECK(with_header(header) ==
              "ledger file /ledger has a format that this program does not know. It was left as it "
              "is. Use a program as new as the one that made it.");
    }
    header.put(8, 3, 4);
    CHECK(with_header(header) ==
          "ledger file /ledger is damaged in its header. It was left as it is. Find out what was "
          "removed lately before you create it anew: a new ledger has forgotten it.");
    const char names[][9] = {"SQLite f", "shearpim", "Shearpin"};
    for (const auto& name : names) {
        header.name(name);
        header.seal();
        CHECK(with_header(header) ==
              "ledger file /ledger is not a ledger of Shearpin, or is cut off. It was left as it "
              "is. Is this the right path?");
    }
    CHECK(with_header({}) ==
          "ledger file /ledger holds nothing: its creation goes on right now or was cut short, or "
          "it was emptied. If nobody is creating it, find out what was removed lately, and create "
          "it anew.");
    // The header of another ledger: nothing in the slots is of that one.
    CHECK(with_header(shearpin::detail::file_header({})) ==
          "ledger file /ledger is damaged: neither of its documents is whole. It was left as it "
          "is. Find out what was removed lately before you create it anew: a new ledger has "
          "forgotten it.");
}

TEST_CASE("a backup is put back into the same file while it is in use") {
    simulated::disk world;
    simulated::system::reset(world);
    store one = store::create(ledger_path);
    store behind = store::open(ledger_path);
    std::vector<simulated::file> backups;
    std::uint64_t version = 0;
    for (const char* bytes : {"1", "2", "3", "4"}) {
        backups.push_back(world.files[ledger_path]);
        version = one.store(bytes, version).version;
    }
    REQUIRE(behind.load().bytes == "4");
    const simulated::file newest = world.files[ledger_path];
    const char* const refusal =
        "ledger file /ledger is older than what this program saw in it: was a backup put back. "
        "Find out what was removed since. If it is right as it is, start this program again.";
    for (const auto& backup : backups) {
        world.files[ledger_path] = backup;
        CHECK(one.load().why == refusal);
        CHECK(behind.load().why == refusal);
        const std::uint64_t old = store::open(ledger_path).load().version;
        CHECK(one.store("5", old).what == stored::outcome::failed);
        CHECK(one.store("5", version).what == stored::outcome::conflict);
        CHECK(one.store_lazily("5", old).why == refusal);
    }
    // Of the same version, and something else: somebody went on from the backup.
    world.files[ledger_path] = backups.back();
    {
        store elsewhere = store::open(ledger_path);
        const shearpin::loaded old = elsewhere.load();
        REQUIRE(elsewhere.store("another 4", old.version).version == version);
    }
    CHECK(one.load().why == refusal);
    CHECK(one.store("5", version).what == stored::outcome::failed);
    world.files[ledger_path] = newest;
    CHECK(one.load().bytes == "4");
}
