// SPDX-License-Identifier: BSL-1.0
// The store on a real file system: by name, between threads and processes, and what is said of a
// file that is not what it was.
#include "temporary_folder.hpp"

#include <shearpin/clocks.hpp>
#include <shearpin/file_store.hpp>

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace {

namespace fs = std::filesystem;
using shearpin::file_store;
using shearpin::stored;

static_assert(shearpin::byte_store<file_store>);
static_assert(file_store::capacity == 1 << 20);
static_assert(!std::is_copy_constructible_v<file_store>);
static_assert(std::is_move_constructible_v<file_store>);
static_assert(!std::is_default_constructible_v<file_store>);

template <class P>
concept names_a_file = requires(const P& path) {
    file_store::create(path);
    file_store::open(path);
};
static_assert(names_a_file<const char*> && names_a_file<std::string> && names_a_file<fs::path>);
template <class P>
concept can_be_created = requires(const P& path) { file_store::create(path); };
template <class P>
concept can_be_opened = requires(const P& path) { file_store::open(path); };
static_assert(!can_be_created<int> && !can_be_created<std::string_view>);  // no zero at its end
static_assert(!can_be_opened<int> && !can_be_opened<std::string_view>);

std::string said(const fs::path& path, const char* what) {
    return "ledger file " + path.string() + " " + what;
}

std::uint64_t number_in(const std::string& bytes) { return bytes.empty() ? 0 : std::stoull(bytes); }

/// Adds one, so many times, however often others are faster; false where anything else happens.
bool count_up(file_store& store, int times) {
    while (times != 0) {
        const shearpin::loaded found = store.load();
        if (!found.readable) return false;
        const std::string next = std::to_string(number_in(found.bytes) + 1);
        const stored answer = times % 3 == 0 ? store.store_lazily(next, found.version)
                                             : store.store(next, found.version);
        if (answer.what == stored::outcome::done) --times;
        if (answer.what != stored::outcome::done && answer.what != stored::outcome::conflict)
            return false;
    }
    return true;
}

}  // namespace

TEST_CASE("created by name, opened by name") {
    const temporary_folder here;
    const fs::path path = here / "rows.ledger";
    file_store missing = file_store::open(path);
    CHECK_FALSE(missing.load().readable);
    CHECK(missing.load().why ==
          said(path,
               "is not there. If it never was, make it with file_store::create. If it was, "
               "find out what was removed lately: a new ledger has forgotten it."));
    CHECK(missing.store("x", 0).what == stored::outcome::failed);
    CHECK_FALSE(fs::exists(path));

    file_store store = file_store::create(path);
    const shearpin::loaded fresh = store.load();
    CHECK(fresh.readable);
    CHECK(fresh.version == 0);
    CHECK(fresh.bytes == "");
    CHECK(fresh.why == "");
    // What was refused stays refused: the program that opened it is told to look again.
    CHECK_FALSE(missing.load().readable);

    file_store again = file_store::create(path);
    CHECK(again.load().why ==
          said(path, "is already there. Open it with file_store::open; it was left as it is."));
    CHECK(store.load().readable);

    const stored first = store.store("first", 0);
    CHECK(first.what == stored::outcome::done);
    CHECK(first.version == 1);
    CHECK(first.why == "");
    const stored late = store.store("late", 0);
    CHECK(late.what == stored::outcome::conflict);
    CHECK(late.version == 1);
    const stored lazy = store.store_lazily(std::string("with \0 in it", 12), 1);
    CHECK(lazy.what == stored::outcome::done);
    CHECK(store.store_lazily("late", 1).what == stored::outcome::conflict);

    file_store opened = file_store::open(path.string());
    CHECK(opened.load().bytes == std::string("with \0 in it", 12));
    CHECK(opened.load().version == lazy.version);
    CHECK(file_store::open(path.c_str()).load().bytes == opened.load().bytes);

    file_store moved = std::move(opened);
    CHECK(moved.store("moved", 2).what == stored::outcome::done);
    CHECK(store.load().bytes == "moved");
}

TEST_CASE("documents of every length up to the most, and not one byte more") {
    const temporary_folder here;
    const fs::path path = here / "ledger";
    file_store store = file_store::create(path);
    file_store reader = file_store::open(path);
    std::uint64_t version = 0;
    for (const std::size_t length :
         {std::size_t{1}, std::size_t{3903}, std::size_t{3904}, std::size_t{3905}, std::size_t{0},
          file_store::capacity - 1, file_store::capacity, std::size_t{7}, file_store::capacity}) {
        const std::string bytes(length, static_cast<char>('a' + length % 26));
        const stored answer = store.store(bytes, version);
        CHECK(answer.what == stored::outcome::done);
        version = answer.version;
        CHECK(reader.load().bytes == bytes);
    }
    const auto length = fs::file_size(path);
    CHECK(store.store(std::string(file_store::capacity + 1, 'x'), version).why ==
          said(path,
               "takes no document that is longer than 1 MiB. It was left as it is. Keep less "
               "history, or several ledgers."));
    CHECK(reader.load().version == version);
    CHECK(fs::file_size(path) == length);
}

TEST_CASE("the rights of a new file follow the umask, and are never for others") {
    const temporary_folder here;
    for (const auto& [mask, expected] : {std::pair{0u, 0660u}, {022u, 0640u}, {077u, 0600u}}) {
        const mode_t before = ::umask(static_cast<mode_t>(mask));
        const fs::path path = here / std::to_string(mask).c_str();
        (void)file_store::create(path);
        ::umask(before);
        struct stat found{};
        REQUIRE(::stat(path.c_str(), &found) == 0);
        CHECK((found.st_mode & 0777u) == expected);
    }
}

TEST_CASE("a path stays right when the program changes its folder") {
    const temporary_folder here;
    const fs::path before = fs::current_path();
    fs::current_path(here.path);
    file_store store = file_store::create("ledger");
    fs::current_path("/");
    CHECK(store.store("here", 0).what == stored::outcome::done);
    CHECK(file_store::open(here / "ledger").load().bytes == "here");
    fs::current_path(before);
}

TEST_CASE("what is no file, no folder, or not allowed") {
    const temporary_folder here;
    CHECK(file_store::open(here.path).load().why ==
          said(here.path,
               "cannot be opened (it is a folder). This program needs the right to read "
               "and to write it."));
    CHECK(file_store::open("/dev/null").load().why ==
          "ledger file /dev/null is not a regular file. Give the path of a file on a local file "
          "system.");
    const fs::path pipe = here / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(file_store::open(pipe).load().why ==
          said(pipe, "is not a regular file. Give the path of a file on a local file system."));
    CHECK(file_store::create(here / "none" / "ledger").load().why ==
          said(here / "none" / "ledger",
               "cannot be created (no such file or folder). This program needs the right to write "
               "there, and about 2 MiB of space."));
    CHECK(file_store::create("").load().why.size() != 0);
    fs::create_symlink(here / "nowhere", here / "link");
    CHECK_FALSE(file_store::create(here / "link").load().readable);
    CHECK_FALSE(fs::exists(here / "nowhere"));

    // A long path is shown by its end, so that the text still says what to do.
    const fs::path deep = here / std::string(200, 'x').c_str() / "rows.ledger";
    const std::string why = file_store::open(deep).load().why.c_str();
    CHECK(why.find("ledger file ...xxx") == 0);
    CHECK(why.find("/rows.ledger is not there. ") != std::string::npos);
    CHECK(why.find("a new ledger has forgotten it.") != std::string::npos);
}

TEST_CASE("deleted, renamed, replaced, overwritten or cut off while in use") {
    const temporary_folder here;
    const fs::path path = here / "ledger", other = here / "other";
    file_store store = file_store::create(path);
    REQUIRE(store.store("kept", 0).what == stored::outcome::done);

    fs::rename(path, other);
    const std::string gone =
        said(path,
             "was deleted or renamed while in use. Put it back where it was, or find out "
             "what was removed lately before you create it anew.");
    CHECK(store.load().why == gone);
    CHECK(store.store("lost", 1).why == gone);
    CHECK_FALSE(fs::exists(path));
    CHECK(file_store::open(other).load().bytes == "kept");

    const std::string replaced =
        said(path,
             "was replaced by another file while in use. Find out by whom. If the new one is "
             "right, start this program again.");
    fs::copy_file(other, path);  // the same bytes, and the same id, but another file
    CHECK(store.load().why == replaced);
    CHECK(store.store_lazily("lost", 1).why == replaced);
    fs::remove(path);
    {
        file_store new_one = file_store::create(path);
        CHECK(store.load().why == replaced);
        CHECK(new_one.load().version == 0);
    }
    // Over the same file: its id is another one.
    fs::rename(other, here / "kept");
    fs::rename(path, other);
    fs::rename(here / "kept", path);
    CHECK(store.load().bytes == "kept");
    std::string bytes(fs::file_size(path), '\0');
    std::ifstream(path, std::ios::binary).read(bytes.data(), static_cast<long>(bytes.size()));
    fs::copy_file(other, path, fs::copy_options::overwrite_existing);
    CHECK(store.load().why == replaced);
    std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<long>(bytes.size()));
    CHECK(store.load().bytes == "kept");

    fs::resize_file(path, 100'000);
    CHECK(store.store("x", 1).why ==
          said(path,
               "is cut off, or longer than it was made. It was left as it is. Find out what "
               "was removed lately before you create it anew: a new ledger has forgotten "
               "it."));
    std::ofstream(path, std::ios::binary | std::ios::trunc) << "not a ledger";
    CHECK(store.load().why ==
          said(path,
               "is not a ledger of Shearpin, or is cut off. It was left as it is. Is this "
               "the right path?"));
    CHECK(fs::file_size(path) == 12);
    fs::resize_file(path, 0);
    CHECK(store.load().why ==
          said(path,
               "holds nothing: its creation goes on right now or was cut short, or it was "
               "emptied. If nobody is creating it, find out what was removed lately, and "
               "create it anew."));
    fs::remove(path);
    CHECK(store.load().why == gone);
}

TEST_CASE("a store for each of eight threads counts every one") {
    const temporary_folder here;
    const fs::path path = here / "ledger";
    (void)file_store::create(path);
    std::vector<std::thread> threads;
    std::vector<char> went_well(8);
    for (std::size_t number = 0; number != 8; ++number)
        threads.emplace_back([&, number] {
            file_store own = file_store::open(path);
            went_well[number] = count_up(own, 60);
        });
    for (auto& thread : threads) thread.join();
    for (const char well : went_well) CHECK(well);
    CHECK(file_store::open(path).load().bytes == "480");
}

TEST_CASE("a store that was opened before fork() serves parent and children") {
    const temporary_folder here;
    const fs::path path = here / "ledger";
    file_store shared = file_store::create(path);
    REQUIRE(count_up(shared, 10));
    std::vector<pid_t> children;
    for (int number = 0; number != 4; ++number) {
        const pid_t child = ::fork();
        if (child == 0) {
            // Grandchildren too.
            const pid_t grandchild = ::fork();
            const bool is_well = count_up(shared, 40);
            if (grandchild == 0) ::_exit(is_well ? 0 : 1);
            int status = 1;
            ::waitpid(grandchild, &status, 0);
            ::_exit(is_well && status == 0 ? 0 : 1);
        }
        children.push_back(child);
    }
    CHECK(count_up(shared, 40));
    for (const pid_t child : children) {
        int status = 1;
        CHECK(::waitpid(child, &status, 0) == child);
        CHECK(status == 0);
    }
    CHECK(shared.load().bytes == std::to_string(10 + 40 * 9));
}

TEST_CASE("a child of fork() does not take another file for its parent's") {
    const temporary_folder here;
    const fs::path path = here / "ledger";
    file_store shared = file_store::create(path);
    fs::rename(path, here / "old");
    (void)file_store::create(path);
    const pid_t child = ::fork();
    if (child == 0) {
        const std::string why = shared.load().why.c_str();
        fs::remove(path);
        const std::string then = shared.load().why.c_str();
        fs::rename(here / "old", path);
        const bool again = shared.load().readable;
        ::_exit(why.find("was replaced") != why.npos && then.find("was deleted") != then.npos &&
                        again
                    ? 0
                    : 1);
    }
    int status = 1;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
}

TEST_CASE("it brings the machine's clocks, and so does the wall clock") {
    const temporary_folder here;
    const file_store store = file_store::create(here / "ledger");
    const shearpin::instant first = store.now();
    const shearpin::instant second = shearpin::wall_clock.read();
    CHECK(first.wall.known());
    CHECK(first.boot == second.boot);
    CHECK(second.since_boot >= first.since_boot);
    // Where the machine tells its boot, that is told; never half of it.
    if (std::ifstream("/proc/sys/kernel/random/boot_id").good()) {
        CHECK(first.boot != 0);
        CHECK(first.since_boot > shearpin::duration{});
    }
    using shearpin::detail::boot_number;
    CHECK(boot_number("6f1d8a52-0d4e-4f5b-9c8e-6f6a1e1f2b3c") !=
          boot_number("6f1d8a52-0d4e-4f5b-9c8e-6f6a1e1f2b3d"));
    CHECK(shearpin::detail::read_boot_number("/proc/none") == 0);
    CHECK(shearpin::detail::read_boot_number("/dev/null") == 0);
    shearpin::duration untouched = shearpin::duration::seconds(7);
    CHECK_FALSE(shearpin::detail::read_clock(-1, untouched));
    CHECK(untouched == shearpin::duration::seconds(7));
}

TEST_CASE("the checksum is CRC-32C") {
    const auto of = [](std::string_view text) {
        return shearpin::detail::crc32c(reinterpret_cast<const unsigned char*>(text.data()),
                                        text.size());
    };
    CHECK(of("") == 0u);
    CHECK(of("123456789") == 0xe3069283u);            // the check value of its definition
    CHECK(of(std::string(32, '\0')) == 0x8a9136aau);  // RFC 3720, B.4
    CHECK(of(std::string(32, '\xff')) == 0x62a8ab43u);
    // Whatever computes it here, it is the same by tables and bit by bit: for each byte in each
    // place, and for each length and place of the rest.
    const auto same = [](const unsigned char* data, std::size_t length) {
        std::uint32_t rest = 0xffff'ffff;
        for (std::size_t at = 0; at != length * 8; ++at) {
            const bool is_one = ((rest ^ (unsigned{data[at / 8]} >> at % 8)) & 1) != 0;
            rest = rest >> 1 ^ (is_one ? 0x82f6'3b78 : 0);
        }
        return shearpin::detail::crc32c(data, length) == ~rest &&
               shearpin::detail::crc32c_by_tables(data, length) == ~rest;
    };
    for (int number = 0; number != 256; ++number) {
        const std::string bytes(9, static_cast<char>(number));
        CHECK(same(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size()));
    }
    std::string bytes;
    for (unsigned number = 0; number != 100; ++number)
        bytes += static_cast<char>(number * 41 + number / 7);
    for (std::size_t from = 0; from != 9; ++from)
        for (std::size_t length = 0; from + length <= bytes.size(); ++length)
            CHECK(same(reinterpret_cast<const unsigned char*>(bytes.data()) + from, length));
}
