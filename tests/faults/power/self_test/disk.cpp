// SPDX-License-Identifier: BSL-1.0
// The disk whose power goes, without a machine: what is flushed stays, and of the rest it loses
// what a disk may lose.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "../unflushed_disk.hpp"

#include <doctest/doctest.h>

#include <cstdio>
#include <set>

namespace {

using power::losses;
using power::remnant;
using power::unflushed_disk;

constexpr std::size_t sector = unflushed_disk::sector;

struct image {
    std::FILE* file = std::tmpfile();
    image() {
        REQUIRE(file != nullptr);
        REQUIRE(::ftruncate(::fileno(file), 8 * sector) == 0);
    }
    image(const image&) = delete;
    image& operator=(const image&) = delete;
    ~image() { std::fclose(file); }
};

/// Eight sectors, by the letter that each is full of; '0' for zeros, '?' for a mixture.
std::string letters(const unflushed_disk& disk) {
    std::string bytes(8 * sector, '!'), told;
    REQUIRE(disk.read(bytes.data(), bytes.size(), 0));
    for (std::size_t at = 0; at != 8 * sector; at += sector) {
        const bool is_pure = bytes.substr(at, sector) == std::string(sector, bytes[at]);
        told += !is_pure ? '?' : bytes[at] == '\0' ? '0' : bytes[at];
    }
    return told;
}
void write(unflushed_disk& disk, char letter, std::size_t first, std::size_t sectors) {
    const std::string bytes(sectors * sector, letter);
    disk.write_later(bytes.data(), bytes.size(), first * sector);
}

/// All that is left of one write over sectors 0 to 3, and then one over 2 to 5, on a disk of 'a'.
std::set<std::string> all_that_is_left(remnant what) {
    std::set<std::string> left;
    std::mt19937_64 random(1);
    for (int turn = 0; turn != 3000; ++turn) {
        const image made;
        unflushed_disk disk(::fileno(made.file));
        write(disk, 'a', 0, 8);
        REQUIRE(disk.flush());
        write(disk, 'b', 0, 4);
        write(disk, 'c', 2, 4);
        losses lost;
        REQUIRE(disk.cut(random, what, lost));
        CHECK(lost.writes == 2);
        CHECK(lost.sectors == 8);
        CHECK(lost.kept <= 8);
        left.insert(letters(disk));
    }
    return left;
}

}  // namespace

TEST_CASE("what was written is read at once, and the newest of it") {
    const image made;
    unflushed_disk disk(::fileno(made.file));
    CHECK(letters(disk) == "00000000");
    write(disk, 'a', 1, 4);
    write(disk, 'b', 3, 3);
    CHECK(letters(disk) == "0aabbb00");
    char part[2 * sector];
    REQUIRE(disk.read(part, sizeof part, 2 * sector));
    CHECK(part[0] == 'a');
    CHECK(part[sector - 1] == 'a');
    CHECK(part[sector] == 'b');
    // Nothing of it is in the file, where only what is flushed goes.
    CHECK(letters(unflushed_disk(::fileno(made.file))) == "00000000");
    REQUIRE(disk.flush());
    CHECK(letters(unflushed_disk(::fileno(made.file))) == "0aabbb00");
    CHECK(letters(disk) == "0aabbb00");
}

TEST_CASE("what was flushed is not lost, whatever is lost of the rest") {
    std::mt19937_64 random(2);
    for (const remnant what :
         {remnant::nothing, remnant::first_ones, remnant::any_of_them, remnant::any_sectors}) {
        const image made;
        unflushed_disk disk(::fileno(made.file));
        write(disk, 'a', 0, 8);
        REQUIRE(disk.flush());
        losses lost;
        REQUIRE(disk.cut(random, what, lost));
        CHECK(lost.writes == 0);
        CHECK(lost.sectors == 0);
        CHECK(letters(disk) == "aaaaaaaa");
        // And after a cut it works as before.
        write(disk, 'b', 6, 2);
        CHECK(letters(disk) == "aaaaaabb");
        REQUIRE(disk.flush());
        CHECK(letters(unflushed_disk(::fileno(made.file))) == "aaaaaabb");
    }
}

TEST_CASE("nothing is left of what was not flushed") {
    CHECK(all_that_is_left(remnant::nothing) == std::set<std::string>{"aaaaaaaa"});
}

TEST_CASE("the first ones are left, and the last of these is torn") {
    CHECK(all_that_is_left(remnant::first_ones) ==
          std::set<std::string>{"aaaaaaaa", "baaaaaaa", "bbaaaaaa", "bbbaaaaa", "bbbbaaaa",
                                "bbcbaaaa", "bbccaaaa", "bbcccaaa", "bbccccaa"});
}

TEST_CASE("any of them are left, so that a later one may be there and an earlier one not") {
    const std::set<std::string> left = all_that_is_left(remnant::any_of_them);
    for (const char* each : {"aaaaaaaa", "bbbbaaaa", "bbccccaa", "aaccccaa", "aacaaaaa", "aaaaacaa",
                             "aaabaaaa", "baaaaaaa", "abccccaa", "bbbbccaa"})
        CHECK_MESSAGE(left.count(each) == 1, each);
    // One is torn, and once; the other one is there or not.
    for (const char* each : {"baabaaaa", "aacacaaa", "abaacaaa"})
        CHECK_MESSAGE(left.count(each) == 0, each);
}

TEST_CASE("any sectors are left") {
    // Three choices for each of two sectors that both have written, and two for each of the four
    // others.
    CHECK(all_that_is_left(remnant::any_sectors).size() == 3 * 3 * 16);
}

TEST_CASE("a disk that cannot be written says so") {
    unflushed_disk disk(-1);
    char part[sector];
    CHECK(!disk.read(part, sizeof part, 0));
    write(disk, 'a', 0, 1);
    CHECK(!disk.flush());
}
