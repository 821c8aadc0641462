// SPDX-License-Identifier: BSL-1.0
// A file that was changed from outside: a refusal that leaves it as it is, or a document that
// forgets nothing that was acted on.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include "crash_sweep.hpp"

namespace {

using shearpin::stored;
using simulated::ledger_path;
using store = shearpin::basic_file_store<simulated::system>;

struct kept {
    simulated::file file;
    simulated::record documents;
};

/// A file after these operations, with every bit of it on the disk.
kept file_after(const std::string& operations) {
    simulated::disk world;
    simulated::system::reset(world);
    simulated::crash_sweep<store> run;
    kept made;
    store one = store::create(ledger_path);
    for (const char operation : operations) run.perform(one, made.documents, operation);
    CHECK(run.violation == "");
    made.file = world.files[ledger_path];
    made.file.sync();
    return made;
}

struct verdict {
    bool is_refused = false;
    std::string wrong, why;
};

verdict look_at(const simulated::file& changed, const simulated::record& documents) {
    simulated::disk world;
    world.files[ledger_path] = changed;
    simulated::system::reset(world);
    store one = store::open(ledger_path);
    const shearpin::loaded found = one.load();
    verdict told;
    told.why = found.why.c_str();
    if (found.readable) {
        std::size_t which = 0;
        told.wrong = documents.judge(found, which);
        return told;
    }
    told.is_refused = true;
    for (std::uint64_t version = 0; version != 8; ++version)
        if (one.store("over it", version).what != stored::outcome::failed)
            told.wrong = "a file that was refused could be written";
    if (told.why.find("ledger file /ledger ") != 0) told.wrong = "the refusal names no file";
    if (told.why.size() > 250) told.wrong = "the refusal is cut off";
    const auto& left = world.files[ledger_path];
    for (const auto& [number, page] : left.pages)
        if (changed.pages.count(number) == 0 || changed.pages.at(number).seen != page.seen)
            told.wrong = "a file that was refused was written to";
    return told;
}

constexpr std::size_t slot_0 = 4096;
constexpr std::size_t slot_1 = slot_0 + shearpin::detail::slot_size;

}  // namespace

TEST_CASE("every byte is changed to something else") {
    for (const char* operations : {"", "S", "SS", "Ss", "SSs", "SsSsS", "SB"}) {
        const kept whole = file_after(operations);
        REQUIRE(look_at(whole.file, whole.documents).wrong == "");
        long refused = 0, changed = 0;
        std::string wrong;
        for (const auto& [number, page] : whole.file.pages) {
            for (std::size_t byte = 0; byte != simulated::page_size; ++byte) {
                const char was = page.seen[byte];
                // Behind what is written a change cannot matter; one value is enough there.
                const bool is_live = byte < 512 || was != '\0';
                for (const int mask : {0x01, 0x80, 0xff, 0x10, 0x5a}) {
                    if (!is_live && mask != 0xff) continue;
                    simulated::file damaged = whole.file;
                    damaged.pages[number].seen[byte] = static_cast<char>(was ^ mask);
                    const verdict told = look_at(damaged, whole.documents);
                    ++changed;
                    refused += told.is_refused;
                    if (wrong.empty() && !told.wrong.empty())
                        wrong = told.wrong + " at " + std::to_string(number) + ":" +
                                std::to_string(byte);
                }
            }
        }
        CAPTURE(operations);
        CHECK(wrong == "");
        CHECK(changed > 5'000);
        // At least the file's own header cannot be changed in any byte.
        CHECK(refused >= 64 * 5);
    }
}

TEST_CASE("a change of the newest document that was acted on is always seen") {
    const kept whole = file_after("SS");  // the second one is in slot 0
    for (std::size_t byte = 2 * 64; byte != 3 * 64 + whole.documents.documents[2].bytes.size();
         ++byte) {
        for (int mask = 1; mask != 256; ++mask) {
            simulated::file damaged = whole.file;
            char& changed = damaged.pages[slot_0 / 4096].seen[byte];
            changed = static_cast<char>(changed ^ mask);
            const verdict told = look_at(damaged, whole.documents);
            REQUIRE(told.is_refused);
            REQUIRE(told.why ==
                    "ledger file /ledger is damaged: its newest document is lost. It was left as "
                    "it is. Find out what was removed lately before you create it anew: a new "
                    "ledger has forgotten it.");
        }
    }
}

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

TEST_CASE("cut off at any length, or longer than it was") {
    const kept whole = file_after("SBs");
    std::string wrong;
    long refused = 0, tried = 0;
    const auto try_length = [&](std::uint64_t length) {
        simulated::file cut = whole.file;
        cut.size = length;
        for (auto& [number, page] : cut.pages)
            for (std::size_t byte = 0; byte != simulated::page_size; ++byte)
                if (number * simulated::page_size + byte >= length) page.seen[byte] = '\0';
        const verdict told = look_at(cut, whole.documents);
        ++tried;
        refused += told.is_refused;
        if (!told.wrong.empty()) wrong = told.wrong + " at " + std::to_string(length);
        return told.why;
    };
    for (std::uint64_t length = 0; length < 8192; length += length < 600 ? 1 : 97)
        try_length(length);
    for (const std::uint64_t length :
         {std::uint64_t{slot_1 - 1}, std::uint64_t{slot_1}, std::uint64_t{slot_1 + 100},
          shearpin::detail::ledger_file_size - 1, shearpin::detail::ledger_file_size + 1})
        try_length(length);
    CHECK(wrong == "");
    CHECK(refused == tried);
    CHECK(try_length(0) ==
          "ledger file /ledger holds nothing: its creation goes on right now or "
          "was cut short, or it was emptied. If nobody is creating it, find out "
          "what was removed lately, and create it anew.");
    CHECK(try_length(13) ==
          "ledger file /ledger is not a ledger of Shearpin, or is cut off. It "
          "was left as it is. Is this the right path?");
    CHECK(try_length(5000) ==
          "ledger file /ledger is cut off, or longer than it was made. It was "
          "left as it is. Find out what was removed lately before you create "
          "it anew: a new ledger has forgotten it.");
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
    header.put(8, 2, 4);
    header.seal();
    CHECK(with_header(header) ==
          "ledger file /ledger has a format that this program does not know. It was left as it "
          "is. Use a program as new as the one that made it.");
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
