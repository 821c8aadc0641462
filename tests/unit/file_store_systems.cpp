// SPDX-License-Identifier: BSL-1.0
// What a store says of systems that answer as few do: other errors, other files, other bytes.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

#include <csignal>

#include <sys/resource.h>
#include <unistd.h>

#include "crash_sweep.hpp"

namespace {

namespace fs = std::filesystem;
using shearpin::stored;
using simulated::fault;
using simulated::ledger_path;
template <class System> using store_on = shearpin::basic_file_store<System>;
using store = store_on<simulated::system>;

const std::string about_it = "ledger file /ledger ";

/// A path that names another file than the one that is open, from when it is said on.
struct elsewhere : simulated::system {
    static inline std::uint64_t device = 1;
    static inline std::uint64_t further = 0;
    static long status_of(int file, shearpin::detail::file_status& status) {
        return simulated::system::status_of(file, status);
    }
    static long status_of(const char* path, shearpin::detail::file_status& status) {
        const long failed = simulated::system::status_of(path, status);
        status.device = device;
        status.number += further;
        return failed;
    }
};
/// The same of the file that is open.
struct reopened_elsewhere : simulated::system {
    static inline std::uint64_t device = 1;
    static inline std::uint64_t further = 0;
    static long status_of(int file, shearpin::detail::file_status& status) {
        const long failed = simulated::system::status_of(file, status);
        status.device = device;
        status.number += further;
        return failed;
    }
    static long status_of(const char* path, shearpin::detail::file_status& status) {
        return simulated::system::status_of(path, status);
    }
};

/// Counts how often a lock is taken and given up; and it may be that there is none to be had.
struct counted_locks : elsewhere {
    static inline bool is_lockable = true;
    static inline int taken = 0;
    static inline int given_up = 0;
    static long lock(int file) {
        if (!is_lockable) return -ENOLCK;
        ++taken;
        return elsewhere::lock(file);
    }
    static long unlock(int file) {
        ++given_up;
        return elsewhere::unlock(file);
    }
};

struct random_runs_dry : simulated::system {
    static long random(void*, std::size_t) { return 3; }
};
struct never_syncs_data : simulated::system {
    static long sync_data(int) { return -EIO; }
};
struct noted_folder : simulated::system {
    static inline std::string folder;
    static long open_folder(const char* path) {
        folder = path;
        return simulated::system::open_folder(path);
    }
};
/// The disk gives other bytes for the document from this read of one on.
struct forgetful : simulated::system {
    static inline long good_reads = 0;
    static long read_at(int file, void* to, std::size_t length, std::uint64_t at) {
        const long done = simulated::system::read_at(file, to, length, at);
        const bool is_document = at == shearpin::detail::slot_at(1) + shearpin::detail::slot_front;
        if (is_document && good_reads-- <= 0) static_cast<char*>(to)[0] ^= 1;
        return done;
    }
};

const std::string replaced =
    about_it +
    "was replaced by another file while in use. Find out by whom. If the new one is right, start "
    "this program again.";

}  // namespace

TEST_CASE("each error of the system has a name, or its number") {
    const auto named = [](long error, const std::string& name) {
        simulated::disk world;
        simulated::system::reset(world);
        world.planned = {fault::kind::error, 0, -error, false, false};
        CHECK(store::open(ledger_path).load().why ==
              about_it + "cannot be opened (" + name +
                  "). This program needs the right to read and to write it.");
    };
    named(EACCES, "permission denied");
    named(EPERM, "not permitted");
    named(ENOTDIR, "part of the path is not a folder");
    named(EISDIR, "it is a folder");
    named(EIO, "input/output error");
    named(ENOSPC, "no space left on the device");
    named(EDQUOT, "disk quota exceeded");
    named(EROFS, "the file system is read-only");
    named(EMFILE, "too many open files");
    named(ENFILE, "too many open files");
    named(ENOLCK, "no locks available");
    named(EFBIG, "above the limit for the size of a file");
    named(ELOOP, "too many symbolic links");
    named(ENAMETOOLONG, "the path is too long");
    named(EBADF, "its descriptor was closed by other code");
    named(EXDEV, "error " + std::to_string(EXDEV));
}

TEST_CASE("a path that names another file: of another number, or the same on another device") {
    using moved = store_on<elsewhere>;
    simulated::disk world;
    simulated::system::reset(world);
    moved one = moved::create(ledger_path);
    REQUIRE(one.store("kept", 0).what == stored::outcome::done);
    for (const bool by_device : {false, true}) {
        (by_device ? elsewhere::device : elsewhere::further) = 7;
        CHECK(one.load().why == replaced);
        CHECK(one.store("lost", 1).why == replaced);
        elsewhere::device = 1;
        elsewhere::further = 0;
        CHECK(one.load().bytes == "kept");
    }
    // A part of the path that is no folder any more: the file is not where it was.
    world.planned = {fault::kind::error, world.calls + 1, -ENOTDIR, false, false};
    CHECK(one.load().why ==
          about_it +
              "was deleted or renamed while in use. Put it back where it was, or find out what was "
              "removed lately before you create it anew.");
}

TEST_CASE("a file that took the place of one that was just made is not removed") {
    using moved = store_on<elsewhere>;
    simulated::disk world;
    simulated::system::reset(world);
    elsewhere::further = 7;
    moved made = moved::create(ledger_path);
    CHECK(made.load().why == replaced);
    CHECK(world.files.count(ledger_path) == 1);
    elsewhere::further = 0;
    CHECK(made.load().why == replaced);  // what could not be created stays refused
}

TEST_CASE("after fork() the file is opened again, and has to be the same") {
    using moved = store_on<reopened_elsewhere>;
    simulated::disk world;
    simulated::system::reset(world);
    moved one = moved::create(ledger_path);
    REQUIRE(one.store("kept", 0).what == stored::outcome::done);
    for (const bool by_device : {false, true}) {
        ++world.process;
        (by_device ? reopened_elsewhere::device : reopened_elsewhere::further) = 7;
        CHECK(one.load().why == replaced);
        reopened_elsewhere::device = 1;
        reopened_elsewhere::further = 0;
        CHECK(one.load().bytes == "kept");
    }
    ++world.process;
    world.planned = {fault::kind::error, world.calls + 1, -EIO, false, false};  // its status
    CHECK(one.load().why ==
          about_it +
              "cannot be read (input/output error). It was left as it is. Look at the disk and "
              "the kernel's log.");
    world.planned = {fault::kind::error, world.calls, -EACCES, false, false};
    CHECK(one.load().why ==
          about_it +
              "cannot be opened (permission denied). This program needs the right to read and to "
              "write it.");
    CHECK(one.load().bytes == "kept");
    ++world.process;
    const simulated::file file = world.files[ledger_path];
    world.files.clear();
    CHECK(one.load().why ==
          about_it +
              "was deleted or renamed while in use. Put it back where it was, or find out what was "
              "removed lately before you create it anew.");
    world.files[ledger_path] = file;
    CHECK(one.load().bytes == "kept");
}

TEST_CASE("a lock that cannot be given up is given up with the file, which is opened again") {
    simulated::disk world;
    simulated::system::reset(world);
    store one = store::create(ledger_path);
    REQUIRE(one.store("1", 0).what == stored::outcome::done);
    // The unlock is the last of its calls.
    const long first = world.calls;
    REQUIRE(one.load().bytes == "1");
    const long calls = world.calls - first;
    world.planned = {fault::kind::error, world.calls + calls - 1, -EIO, false, false};
    CHECK(one.load().bytes == "1");
    CHECK(world.locked_by == 0);
    CHECK(one.store("2", 1).what == stored::outcome::done);
    CHECK(world.trouble == "");
}

TEST_CASE("who gets the lock gives it up, once, and who does not gives none up") {
    simulated::disk world;
    simulated::system::reset(world);
    auto one = store_on<counted_locks>::create(ledger_path);
    const int before = counted_locks::taken;
    REQUIRE(counted_locks::given_up == before);
    CHECK(one.load().readable);
    CHECK(counted_locks::taken == before + 1);
    CHECK(counted_locks::given_up == before + 1);
    counted_locks::is_lockable = false;
    CHECK_FALSE(one.load().readable);
    CHECK_FALSE(one.store("1", 0).what == stored::outcome::done);
    CHECK(counted_locks::given_up == before + 1);
    counted_locks::is_lockable = true;
    elsewhere::further = 1;
    CHECK(one.load().why == replaced);
    elsewhere::further = 0;
    CHECK(counted_locks::taken == before + 2);
    CHECK(counted_locks::given_up == before + 2);
    CHECK(one.store("1", 0).what == stored::outcome::done);
    CHECK(counted_locks::given_up == before + 3);
}

TEST_CASE("an id that is not random in all of its bytes makes no ledger") {
    simulated::disk world;
    simulated::system::reset(world);
    CHECK(store_on<random_runs_dry>::create(ledger_path).load().why ==
          about_it +
              "cannot be created (input/output error). This program needs the right to write "
              "there, and about 2 MiB of space.");
    CHECK(world.files.empty());
}

TEST_CASE("a sync that fails twice over what was written well") {
    using dry = store_on<never_syncs_data>;
    simulated::disk world;
    simulated::system::reset(world);
    dry one = dry::create(ledger_path);
    const stored answer = one.store("1", 0);
    CHECK(answer.what == stored::outcome::unknown);
    CHECK(answer.why ==
          about_it +
              "cannot be synced to its disk, twice (input/output error). Nothing read from it "
              "counts until it can. Look at the disk and the kernel's log.");
}

TEST_CASE("a disk that gives other bytes at the second reading") {
    {
        simulated::disk world;
        simulated::system::reset(world);
        store first = store::create(ledger_path);
        REQUIRE(first.store("kept", 0).what == stored::outcome::done);
        forgetful::good_reads = 1;
        store_on<forgetful> one = store_on<forgetful>::open(ledger_path);
        CHECK(one.load().why ==
              about_it +
                  "is damaged: neither of its documents is whole. It was left as it is. Find out "
                  "what was removed lately before you create it anew: a new ledger has forgotten "
                  "it.");
    }
}

TEST_CASE("a relative path is taken as it is where the folder cannot be told") {
    simulated::disk world;
    simulated::system::reset(world);
    store one = store::create("rows.ledger");
    REQUIRE(one.store("kept", 0).what == stored::outcome::done);
    CHECK(world.files.count("rows.ledger") == 1);
    CHECK(store::open("rows.ledger").load().bytes == "kept");

    for (const std::string folder : {"", "logs/", "/var/logs/"}) {
        REQUIRE(store_on<noted_folder>::create(folder + "new.ledger").load().readable);
        CHECK(noted_folder::folder == (folder.empty() ? "." : folder));
    }
    const fs::path before = fs::current_path();
    const fs::path gone = fs::temp_directory_path() / ("shearpin_gone_" + std::to_string(getpid()));
    fs::create_directory(gone);
    fs::current_path(gone);
    fs::remove(gone);
    CHECK(shearpin::file_store::create("rows.ledger").load().why ==
          "ledger file rows.ledger cannot be created (no such file or folder). This program needs "
          "the right to write there, and about 2 MiB of space.");
    fs::current_path(before);
}

TEST_CASE("a file that cannot be made whole is removed again") {
    const fs::path path = fs::temp_directory_path() / ("shearpin_big_" + std::to_string(getpid()));
    rlimit before{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 1 << 20;
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    const std::string why = shearpin::file_store::create(path).load().why.c_str();
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
    (void)std::signal(SIGXFSZ, handler);
    CHECK(why == "ledger file " + path.string() +
                     " cannot be created (above the limit for the size of a file). This program "
                     "needs the right to write there, and about 2 MiB of space.");
    CHECK_FALSE(fs::exists(path));
}

TEST_CASE("a head that is sealed but tells of no document that there can be is none") {
    using shearpin::detail::document_head, shearpin::detail::file_block;
    simulated::disk world;
    simulated::system::reset(world);
    store one = store::create(ledger_path);
    REQUIRE(one.store("kept", 0).what == stored::outcome::done);
    file_block header;
    const std::string bytes = world.files[ledger_path].read(0, sizeof header.bytes);
    std::memcpy(header.bytes, bytes.data(), bytes.size());
    const simulated::file whole = world.files[ledger_path];
    for (const bool too_long : {false, true}) {
        document_head head;
        head.version = too_long ? 2 : std::uint64_t{1} << 63;
        head.length = too_long ? shearpin::detail::document_capacity + 1 : 0;
        const file_block block = head.encode(header.id_at(16));
        world.files[ledger_path] = whole;
        world.files[ledger_path].write(shearpin::detail::slot_at(0) + 2 * sizeof block.bytes,
                                       reinterpret_cast<const char*>(block.bytes),
                                       sizeof block.bytes);
        CHECK(store::open(ledger_path).load().bytes == "kept");
    }
}
