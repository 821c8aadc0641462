// SPDX-License-Identifier: BSL-1.0
// What a store opens, what it closes, and in which order it does what it does with it.
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "failing_system.hpp"
#include "temporary_folder.hpp"

namespace {

namespace fs = std::filesystem;
using shearpin::stored;
using shearpin::detail::posix_system;
using simulated::failing;

const std::string path = "/ledger";

/// Notes what is closed that is not open.
struct watched : failing {
    static inline std::string wrongly_closed;
    static long close(int file) {
        if (open_files.count(file) == 0) wrongly_closed += std::to_string(file) + " ";
        return failing::close(file);
    }
};
using store = shearpin::basic_file_store<watched>;

struct with_disk {
    simulated::disk world;
    with_disk() {
        simulated::system::reset(world);
        watched::wrongly_closed.clear();
        failing::fail("", 0);
    }
    with_disk(const with_disk&) = delete;
    with_disk& operator=(const with_disk&) = delete;
    ~with_disk() { failing::fail("", 0); }
};

/// The folder gets the number of the standard input, which is closed.
struct folder_is_0 : simulated::system {
    static long open_folder(const char*) {
        open_files[0] = "/";
        return 0;
    }
};

/// Each read and write does seven bytes at the most.
struct in_pieces : simulated::system {
    static long read_at(int file, void* to, std::size_t length, std::uint64_t at) {
        return simulated::system::read_at(file, to, std::min(length, std::size_t{7}), at);
    }
    static long write_at(int file, const void* from, std::size_t length, std::uint64_t at) {
        const std::size_t most = length > 1000 ? length : 7;  // what fills a new file is long
        return simulated::system::write_at(file, from, std::min(length, most), at);
    }
};

bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) != -1; }

/// Closes the standard input, until the end.
struct without_standard_input {
    const int kept = ::dup(STDIN_FILENO);
    without_standard_input() { ::close(STDIN_FILENO); }
    without_standard_input(const without_standard_input&) = delete;
    without_standard_input& operator=(const without_standard_input&) = delete;
    ~without_standard_input() {
        if (kept < 0) return;
        ::dup2(kept, STDIN_FILENO);
        ::close(kept);
    }
};

}  // namespace

TEST_CASE("whatever fails, each descriptor is closed once, and no other") {
    for (const char* call : {"", "open", "create", "status", "status of the path", "lock", "unlock",
                             "read", "write", "sync", "sync all", "folder", "random"})
        for (const int spared : {0, 1, 2}) {
            CAPTURE(call);
            CAPTURE(spared);
            const with_disk disk;
            const auto use = [&](store used) {
                (void)used.load();
                (void)used.store("one", 0);
                store moved = std::move(used);
                (void)moved.load();
            };
            failing::fail(call, -EIO);
            failing::spared = spared;
            use(store::create(path));
            failing::fail("", 0);
            CHECK(watched::open_files.empty());
            use(store::create(path));  // where there is none yet
            failing::fail(call, -EIO);
            failing::spared = spared;
            use(store::open(path));
            CHECK(watched::open_files.empty());
            CHECK(watched::wrongly_closed == "");
            CHECK(disk.world.trouble == "");
        }
}

TEST_CASE(
    "a file stays open, as no other file can get its number meanwhile; a child opens it anew") {
    with_disk disk;
    store made = store::create(path);
    store opened = store::open(path);
    failing::fail("open", -EACCES);
    CHECK(made.load().readable);
    CHECK(made.store("one", 0).what == stored::outcome::done);
    CHECK(opened.load().bytes == "one");
    ++disk.world.process;
    CHECK_FALSE(made.load().readable);
    CHECK_FALSE(opened.load().readable);
    failing::fail("", 0);
    CHECK(made.load().bytes == "one");
    CHECK(opened.load().bytes == "one");
    CHECK(watched::open_files.size() == 2);
    ++disk.world.process;
    CHECK(made.load().bytes == "one");
    CHECK(watched::open_files.size() == 2);  // its parent's is closed
    failing::fail("open", -EACCES);
    CHECK(made.load().bytes == "one");
}

TEST_CASE("where the standard input is closed, its number is one like any other") {
    const temporary_folder here;
    const fs::path ledger = here / "ledger";
    const without_standard_input closed;
    for (const bool is_new : {true, false}) {
        {
            shearpin::file_store used =
                is_new ? shearpin::file_store::create(ledger) : shearpin::file_store::open(ledger);
            CHECK(is_open(STDIN_FILENO));
            const shearpin::loaded found = used.load();
            CHECK(found.readable);
            CHECK(used.store("one", found.version).what == stored::outcome::done);
        }
        CHECK_FALSE(is_open(STDIN_FILENO));
    }
    simulated::disk world;
    simulated::system::reset(world);
    CHECK(shearpin::basic_file_store<folder_is_0>::create(path).load().readable);
    CHECK(world.files[path].name_synced);
    CHECK(folder_is_0::open_files.empty());
}

TEST_CASE("a new file has its header when all else of it is durable, and its name after that") {
    simulated::disk world;
    simulated::system::reset(world);
    int headers = 0;
    world.before_write = [&](std::uint64_t at, const char*, std::size_t length) {
        if (at != 0 || length != shearpin::detail::file_block_size) return;
        ++headers;
        const simulated::file& so_far = world.files[path];
        CHECK(so_far.possible_sizes.size() == 1);
        for (const auto& [number, page] : so_far.pages) CHECK(page.possible.size() == 1);
        CHECK_FALSE(so_far.name_synced);
    };
    world.changed = [&] {
        const simulated::file& so_far = world.files[path];
        if (!so_far.name_synced) return;
        for (const auto& [number, page] : so_far.pages) CHECK(page.possible.size() == 1);
    };
    CHECK(shearpin::basic_file_store<simulated::system>::create(path).load().readable);
    CHECK(headers == 1);
    CHECK(world.files[path].name_synced);
}

TEST_CASE("what is read and written in pieces is read and written whole") {
    simulated::disk world;
    simulated::system::reset(world);
    using in_parts = shearpin::basic_file_store<in_pieces>;
    in_parts made = in_parts::create(path);
    const std::string bytes = "a document that takes more than seven bytes";
    REQUIRE(made.store(bytes, 0).what == stored::outcome::done);
    CHECK(made.load().bytes == bytes);
    CHECK(in_parts::open(path).load().bytes == bytes);
    CHECK(shearpin::basic_file_store<simulated::system>::open(path).load().bytes == bytes);
}

TEST_CASE("a call that signals interrupt is made a hundred times, a lock twenty thousand times") {
    const with_disk disk;
    (void)store::create(path);
    const struct {
        const char* call;
        int most;
    } calls[] = {{"open", 100}, {"read", 100}, {"lock", 20'000}};
    for (const auto& each : calls)
        for (const bool is_one_more : {false, true}) {
            CAPTURE(each.call);
            failing::fail(each.call, -EINTR);
            failing::times = each.most - (is_one_more ? 0 : 1);
            CHECK(store::open(path).load().readable == !is_one_more);
            CHECK(failing::times <= 0);
        }
}

TEST_CASE("the calls of a POSIX system are what they say") {
    const temporary_folder here;
    const std::string name = (here.path / "file").string();
    const auto file = static_cast<int>(posix_system::create(name.c_str()));
    const auto again = static_cast<int>(posix_system::open(name.c_str()));
    const auto of_folder = static_cast<int>(posix_system::open_folder(here.path.c_str()));
    for (const int each : {file, again, of_folder}) {
        REQUIRE(each >= 0);
        CHECK(::fcntl(each, F_GETFD) == FD_CLOEXEC);  // no program that is started gets it
    }
    // Should the path name something that waits for another end.
    CHECK((::fcntl(again, F_GETFL) & O_NONBLOCK) != 0);
    CHECK(posix_system::open_folder(name.c_str()) == -ENOTDIR);

    CHECK(posix_system::write_at(file, "seven.", 7, 5) == 7);
    struct stat known{};
    REQUIRE(::stat(name.c_str(), &known) == 0);
    shearpin::detail::file_status by_name, by_number;
    CHECK(posix_system::status_of(name.c_str(), by_name) == 0);
    CHECK(posix_system::status_of(again, by_number) == 0);
    for (const auto& found : {by_name, by_number}) {
        CHECK(found.device == known.st_dev);
        CHECK(found.number == known.st_ino);
        CHECK(found.size == 12);
        CHECK(found.regular);
    }
    CHECK(posix_system::status_of(of_folder, by_number) == 0);
    CHECK_FALSE(by_number.regular);
    char place[4096];
    CHECK(posix_system::current_folder(place, sizeof place) == 0);
    CHECK(place == fs::current_path().string());
    CHECK(posix_system::current_folder(place, 1) == -ERANGE);
    for (const int each : {file, again, of_folder}) CHECK(posix_system::close(each) == 0);
    CHECK(posix_system::close(file) == -EBADF);
}
