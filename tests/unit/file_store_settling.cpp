// SPDX-License-Identifier: BSL-1.0
// What is done before the newest document is believed: where it may not be on the disk it is
// written once more and synced, and where that fails nobody sees it.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <string>

#include "failing_system.hpp"

namespace {

using shearpin::stored;
using simulated::failing;
using store = shearpin::basic_file_store<failing>;

const std::string path = "/ledger";
constexpr std::uint64_t slots[] = {shearpin::detail::slot_at(0), shearpin::detail::slot_at(1)};

struct ledger_file {
    simulated::disk world;
    ledger_file() {
        simulated::system::reset(world);
        failing::fail("", 0);
        (void)store::create(path.c_str());
        world.syncs = 0;
    }
    ledger_file(const ledger_file&) = delete;
    ledger_file& operator=(const ledger_file&) = delete;
    ~ledger_file() { failing::fail("", 0); }

    void damage(std::uint64_t at) { world.files[path].pages[at / 4096].seen[at % 4096] ^= 1; }
    /// In slot 0 stands that version 1, in slot 1, was synced.
    void forget_notes() {
        damage(slots[0] + 30);
        damage(slots[0] + 64 + 30);
    }
    std::string stored_in(std::size_t slot, std::size_t length) {
        return world.files[path].read(slots[slot] + shearpin::detail::slot_front, length);
    }
};

/// In a new file "one" is stored, in slot 1, and over it, lazily, "two", in slot 0.
store one_and_lazily_two() {
    store opened = store::open(path.c_str());
    REQUIRE(opened.store("one", 0).what == stored::outcome::done);
    REQUIRE(opened.store_lazily("two", 1).what == stored::outcome::done);
    return opened;
}

}  // namespace

TEST_CASE("a document of which nobody has noted that it is synced is synced by who reads it") {
    ledger_file file;
    REQUIRE(store::open(path.c_str()).store("one", 0).what == stored::outcome::done);
    CHECK(file.world.syncs == 1);
    CHECK(store::open(path.c_str()).load().bytes == "one");
    CHECK(file.world.syncs == 1);
    file.forget_notes();
    CHECK(store::open(path.c_str()).load().bytes == "one");
    CHECK(file.world.syncs == 2);
    CHECK(store::open(path.c_str()).load().bytes == "one");  // and that was noted
    CHECK(file.world.syncs == 2);
}

TEST_CASE("where that document cannot be read, written or synced, nobody sees it") {
    ledger_file file;
    REQUIRE(store::open(path.c_str()).store("one", 0).what == stored::outcome::done);
    file.forget_notes();
    const simulated::file before = file.world.files[path];
    const std::uint64_t document = slots[1] + shearpin::detail::slot_front;
    const struct {
        const char* call;
        const char* says;
        int spared;
    } cases[] = {{"read", "cannot be read (input/output error)", 1},  // checked, then read again
                 {"write", "cannot be written (input/output error)", 0},
                 {"sync", "cannot be synced to its disk, twice (input/output error)", 0}};
    for (const auto& each : cases) {
        CAPTURE(each.call);
        file.world.files[path] = before;
        failing::fail(each.call, -EIO, document);
        failing::spared = each.spared;
        const shearpin::loaded found = store::open(path.c_str()).load();
        CHECK_FALSE(found.readable);
        CHECK(found.bytes.empty());
        CHECK(std::string(found.why).find(each.says) != std::string::npos);
        failing::spared = each.spared;
        const stored answer = store::open(path.c_str()).store("two", 1);
        CHECK(answer.what == stored::outcome::failed);
        CHECK(std::string(answer.why).find(each.says) != std::string::npos);
        failing::fail("", 0);
        CHECK(store::open(path.c_str()).load().bytes == "one");
    }
}

TEST_CASE(
    "before what is damaged is written over, the newest document is synced, or nothing is done") {
    ledger_file file;
    REQUIRE(store::open(path.c_str()).store("one", 0).what == stored::outcome::done);
    file.forget_notes();
    file.damage(slots[0] + 140);  // the head of the empty document
    const simulated::file before = file.world.files[path];
    const struct {
        const char* call;
        const char* says;
        int spared;
    } cases[] = {{"read", "cannot be read (input/output error)", 1},
                 {"read", "cannot be read (input/output error)", 2},  // for the copy
                 {"write", "cannot be written (input/output error)", 0},
                 {"write", "cannot be written (input/output error)", 2}};  // one wrote the notes
    for (const auto& each : cases) {
        CAPTURE(each.call);
        CAPTURE(each.spared);
        file.world.files[path] = before;
        failing::fail(each.call, -EIO, slots[1] + shearpin::detail::slot_front);
        failing::spared = each.spared;
        failing::times = 1;
        const shearpin::loaded found = store::open(path.c_str()).load();
        CHECK(failing::times == 0);
        CHECK_FALSE(found.readable);
        CHECK(std::string(found.why).find(each.says) != std::string::npos);
        failing::fail("", 0);
        CHECK(store::open(path.c_str()).load().bytes == "one");
    }
    file.world.files[path] = before;
    file.world.syncs = 0;
    CHECK(store::open(path.c_str()).load().bytes == "one");
    CHECK(file.world.syncs == 2);
    CHECK(file.stored_in(0, 3) == "one");
}

TEST_CASE("a lazy document is not written over while the one below it is damaged") {
    ledger_file file;
    store opened = one_and_lazily_two();
    REQUIRE(file.stored_in(0, 3) == "two");
    file.damage(slots[1] + shearpin::detail::slot_front);
    const long before = file.world.syncs;
    store another = store::open(path.c_str());
    CHECK(another.load().bytes == "two");
    CHECK(file.world.syncs == before);  // to read it, the one below is not needed
    CHECK(another.store_lazily("three", 2).what == stored::outcome::done);
    CHECK(file.world.syncs == before + 1);
    CHECK(file.stored_in(0, 3) == "two");
    CHECK(file.stored_in(1, 5) == "three");
}

TEST_CASE("where the one below a lazy document cannot be read, nothing is written") {
    ledger_file file;
    store opened = one_and_lazily_two();
    store another = store::open(path.c_str());
    failing::fail("read", -EIO, slots[1] + shearpin::detail::slot_front);
    const stored answer = another.store("three", 2);
    CHECK(answer.what == stored::outcome::failed);
    CHECK(std::string(answer.why).find("cannot be read (input/output error)") != std::string::npos);
    CHECK(another.load().bytes == "two");
    CHECK(file.stored_in(0, 3) == "two");
}

TEST_CASE("a lazy document over one that is not known to be synced is synced by who reads it") {
    ledger_file file;
    store opened = one_and_lazily_two();
    const long before = file.world.syncs;
    file.forget_notes();  // in slot 0, where they now stand before "two"
    CHECK(store::open(path.c_str()).load().bytes == "two");
    CHECK(file.world.syncs == before + 1);
}

TEST_CASE("no version is used twice, also none that was only begun") {
    ledger_file file;
    store opened = one_and_lazily_two();
    REQUIRE(opened.store_lazily("three", 2).what == stored::outcome::done);
    // Its writer was killed over version 3: its head is there, and its text is not.
    file.damage(slots[0] + shearpin::detail::slot_front);
    const long before = file.world.syncs;
    store another = store::open(path.c_str());
    const shearpin::loaded found = another.load();
    CHECK(found.bytes == "one");
    CHECK(found.version > 3);
    CHECK(file.world.syncs == before + 1);
    CHECK(another.load().version == found.version);
    CHECK(file.world.syncs == before + 1);
    // Its head was not even there as a whole: it may have been of any version.
    REQUIRE(another.store_lazily("five", found.version).what == stored::outcome::done);
    REQUIRE(file.stored_in(1, 4) == "five");
    file.damage(slots[1] + 140);
    const shearpin::loaded last = store::open(path.c_str()).load();
    CHECK(last.bytes == "one");
    CHECK(last.version > found.version + 1'000'000);
}

TEST_CASE(
    "who expects the document below one that was only begun has a conflict, and is not lost") {
    for (const bool is_lazy : {false, true}) {
        CAPTURE(is_lazy);
        ledger_file file;
        store opened = one_and_lazily_two();
        file.damage(slots[0] + shearpin::detail::slot_front);  // its writer was killed over it
        store another = store::open(path.c_str());
        const auto put = [&](const char* bytes, std::uint64_t expected) {
            return is_lazy ? another.store_lazily(bytes, expected) : another.store(bytes, expected);
        };
        const stored answer = put("three", 1);
        CHECK(answer.what == stored::outcome::conflict);
        CHECK(answer.version == 3);
        CHECK(another.load().bytes == "one");
        CHECK(put("three", 3).what == stored::outcome::done);
        CHECK(store::open(path.c_str()).load().bytes == "three");
    }
}
