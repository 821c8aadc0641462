// SPDX-License-Identifier: BSL-1.0
// What is said of each call of the system that fails: which file, what is wrong, what to do.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "failing_system.hpp"

namespace {

using shearpin::stored;
using simulated::failing;
using store = shearpin::basic_file_store<failing>;

const std::string path = "/ledger";
const char* const look_at_the_disk = "It was left as it is. Look at the disk and the kernel's log.";
const char* const cut_off =
    "ledger file /ledger is cut off, or longer than it was made. It was left as it is. Find out "
    "what was removed lately before you create it anew: a new ledger has forgotten it.";

std::string said(const std::string& what) { return "ledger file /ledger " + what; }

/// A disk with a ledger in which "one" is stored, in slot 1.
struct with_ledger {
    simulated::disk world;
    with_ledger() {
        simulated::system::reset(world);
        failing::fail("", 0);
        store made = store::create(path.c_str());
        REQUIRE(made.store("one", 0).what == stored::outcome::done);
    }
    with_ledger(const with_ledger&) = delete;
    with_ledger& operator=(const with_ledger&) = delete;
    ~with_ledger() { failing::fail("", 0); }
};
}  // namespace

TEST_CASE("every error of the system has its name, and one without a name its number") {
    const with_ledger disk;
    const struct {
        long error;
        const char* name;
    } errors[] = {{EACCES, "permission denied"},
                  {EPERM, "not permitted"},
                  {ENOTDIR, "part of the path is not a folder"},
                  {EISDIR, "it is a folder"},
                  {EIO, "input/output error"},
                  {ENOSPC, "no space left on the device"},
                  {EDQUOT, "disk quota exceeded"},
                  {EROFS, "the file system is read-only"},
                  {EINTR, "interrupted by signals again and again"},
                  {EMFILE, "too many open files"},
                  {ENFILE, "too many open files"},
                  {ENOLCK, "no locks available"},
                  {EFBIG, "above the limit for the size of a file"},
                  {ELOOP, "too many symbolic links"},
                  {ENAMETOOLONG, "the path is too long"},
                  {EBADF, "its descriptor was closed by other code"},
                  {ENOTTY, "error 25"}};
    for (const auto& each : errors) {
        failing::fail("open", -each.error);
        CHECK(store::open(path.c_str()).load().why ==
              said("cannot be opened (" + std::string(each.name) +
                   "). This program needs the right to read and to write it."));
    }
    failing::fail("create", -ENOENT);
    CHECK(store::create("/new").load().why ==
          "ledger file /new cannot be created (no such file or folder). This program needs the "
          "right to write there, and about 2 MiB of space.");
}

TEST_CASE("a ledger that cannot be opened as it should be") {
    const with_ledger disk;
    const auto why = [] { return store::open(path.c_str()).load().why; };
    failing::fail("status", -EIO);
    CHECK(why() == said("cannot be read (input/output error). ") + look_at_the_disk);
    failing::fail("status of the path", -EACCES);
    CHECK(why() == said("cannot be read (permission denied). ") + look_at_the_disk);
    failing::fail("status of the path", -ENOTDIR);
    CHECK(why() == said("was deleted or renamed while in use. Put it back where it was, or find "
                        "out what was removed lately before you create it anew."));
    failing::fail("lock", -ENOLCK);
    CHECK(why() == said("cannot be locked (no locks available). Is it on a local file system?"));
    failing::fail("lock", -EINTR);
    CHECK(why() == said("cannot be locked (interrupted by signals again and again). Is it on a "
                        "local file system?"));
    failing::fail("read", -EIO, 0);
    CHECK(why() == said("cannot be read (input/output error). ") + look_at_the_disk);
    failing::fail("read", 0, 0);  // it ends before its header
    CHECK(why() == said("is not a ledger of Shearpin, or is cut off. It was left as it is. Is this "
                        "the right path?"));
    failing::fail("", 0);
    CHECK(why().empty());
}

TEST_CASE("of a ledger that cannot be opened that is said, whatever is to be stored there") {
    const with_ledger disk;
    failing::fail("status", -EIO);
    store opened = store::open(path.c_str());
    for (const std::size_t length : {std::size_t{1}, store::capacity + 1}) {
        const stored answer = opened.store(std::string(length, 'x'), 1);
        CHECK(answer.what == stored::outcome::failed);
        CHECK(answer.why == said("cannot be read (input/output error). ") + look_at_the_disk);
    }
}

TEST_CASE("a ledger that cannot be read where its documents stand") {
    const with_ledger disk;
    constexpr std::uint64_t slots[] = {shearpin::detail::slot_at(0), shearpin::detail::slot_at(1)};
    for (const bool was_read : {false, true})
        for (const std::uint64_t place :
             {slots[0], slots[1], slots[1] + shearpin::detail::slot_front}) {
            CAPTURE(place);
            CAPTURE(was_read);
            store opened = store::open(path.c_str());
            if (was_read) REQUIRE(opened.load().readable);
            for (const auto& [error, expected] :
                 {std::pair{long{-EIO},
                            said("cannot be read (input/output error). ") + look_at_the_disk},
                  std::pair{0L, std::string(cut_off)}}) {  // by another program, just now
                failing::fail("read", error, place);
                const shearpin::loaded found = opened.load();
                CHECK_FALSE(found.readable);
                CHECK(found.bytes.empty());
                CHECK(found.why == expected);
            }
            failing::fail("", 0);
            CHECK(opened.load().bytes == "one");
        }
}

TEST_CASE("a ledger whose slots cannot be read is not written either") {
    const with_ledger disk;
    store opened = store::open(path.c_str());
    for (const std::uint64_t slot : {0u, 1u}) {
        failing::fail("read", -EIO, shearpin::detail::slot_at(slot));
        const stored answer = opened.store("two", 1);
        CHECK(answer.what == stored::outcome::failed);
        CHECK(answer.why == said("cannot be read (input/output error). ") + look_at_the_disk);
    }
    failing::fail("", 0);
    CHECK(opened.load().bytes == "one");
}

TEST_CASE("a document that was read before, and cannot be read when it is asked for") {
    with_ledger disk;
    store opened = store::open(path.c_str());
    REQUIRE(opened.load().readable);
    // Its head is what it was, so it is not looked at again before it is handed out.
    disk.world.files[path].pages[shearpin::detail::slot_at(1) / 4096].seen[193] ^= 1;
    const shearpin::loaded found = opened.load();
    CHECK_FALSE(found.readable);
    CHECK(found.bytes.empty());
    CHECK(found.why ==
          said("is damaged: neither of its documents is whole. It was left as it is. Find out "
               "what was removed lately before you create it anew: a new ledger has forgotten "
               "it."));
}

TEST_CASE("a ledger that cannot be written, and one that cannot be synced") {
    const with_ledger disk;
    store opened = store::open(path.c_str());
    failing::fail("write", -ENOSPC);
    const stored full = opened.store("two", 1);
    CHECK(full.what == stored::outcome::failed);
    CHECK(full.why ==
          said("cannot be written (no space left on the device). Is the disk full, or failing? "
               "Look at the kernel's log."));
    failing::fail("write", 0);  // which writes nothing, and says no more
    CHECK(opened.store("two", 1).why ==
          said("cannot be written (input/output error). Is the disk full, or failing? Look at the "
               "kernel's log."));
    failing::fail("sync", -EIO);
    const stored answer = opened.store("two", 1);
    CHECK(answer.what == stored::outcome::unknown);
    CHECK(answer.why ==
          said("cannot be synced to its disk, twice (input/output error). Nothing read from it "
               "counts until it can. Look at the disk and the kernel's log."));
}

TEST_CASE("where it cannot be found out whether a write that failed is whole, that is said") {
    // The head of what should have been written cannot be read, or its text.
    constexpr std::uint64_t head = shearpin::detail::slot_at(0) + 128, text = head + 64;
    for (const std::uint64_t place : {head, text}) {
        const with_ledger disk;  // a new one each time, as the next document goes elsewhere
        store opened = store::open(path.c_str());
        const std::uint64_t version = opened.load().version;
        failing::fail("write after all", -EIO, place);
        CHECK(opened.store("written", version).what == stored::outcome::unknown);
        failing::fail("", 0);
        CHECK(opened.load().bytes == "written");
    }
}

TEST_CASE("a ledger that cannot be created leaves nothing behind, and says why") {
    for (const char* call : {"lock", "status", "random", "write", "sync all", "folder"})
        for (const int spared : {0, 1, 2}) {
            simulated::disk world;
            simulated::system::reset(world);
            failing::fail(call, -ENOSPC);
            failing::spared = spared;
            store made = store::create(path.c_str());
            const bool came = failing::spared < 0;
            failing::fail("", 0);
            CAPTURE(call);
            CAPTURE(spared);
            CHECK(made.load().readable == !came);
            if (!came) continue;
            CHECK(std::string(made.load().why).find("(no space left on the device)") !=
                  std::string::npos);
            CHECK(world.files.count(path) == (std::string(call) == "status" ? 1 : 0));
            CHECK(made.store("one", 0).what == stored::outcome::failed);
        }
    simulated::disk world;
    simulated::system::reset(world);
    for (const long fewer : {0, 7, 15}) {  // bytes than an id has
        failing::fail("random", fewer);
        CHECK(store::create(path.c_str()).load().why ==
              said("cannot be created (input/output error). This program needs the right to write "
                   "there, and about 2 MiB of space."));
        CHECK(world.files.empty());
    }
    failing::fail("", 0);
}

TEST_CASE("a path of 80 letters is told whole, and of a longer one the last 77") {
    const auto told = [](const std::string& name) {
        return std::string(shearpin::file_store::open(name).load().why);
    };
    const std::string whole = "/none/" + std::string(74, 'x');
    CHECK(told(whole).find("ledger file " + whole + " is not there. ") == 0);
    const std::string longer = "/none/y" + std::string(74, 'x');
    CHECK(told(longer).find("ledger file ..." + longer.substr(4) + " is not there. ") == 0);
}
