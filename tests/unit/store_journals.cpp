// SPDX-License-Identifier: BSL-1.0
// Journals of what was done to a store and a ledger: what is written, and what is read of it.
#include "store_journals_testing.hpp"

#include <shearpin/testing/history.hpp>

#include <doctest/doctest.h>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>
#include <sstream>
#include <string>

using namespace shearpin::testing;
using store_journals_testing::written_down;

TEST_CASE("two clients have two numbers, of 63 bits that any may have set") {
    std::set<std::uint64_t> numbers;
    std::uint64_t in_any = 0;
    std::uint64_t in_all = ~std::uint64_t{0};
    for (int client = 0; client != 200; ++client) {
        const std::uint64_t number = new_client();
        numbers.insert(number);
        in_any |= number;
        in_all &= number;
    }
    CHECK(numbers.size() == 200);
    CHECK(in_any == (std::uint64_t{1} << 63) - 1);
    CHECK(in_all == 0);
}

TEST_CASE("the time of a journal goes on in nanoseconds, of all processes alike") {
    const auto read = [] {
        struct timespec time{};
        REQUIRE(::clock_gettime(CLOCK_MONOTONIC, &time) == 0);
        return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000 +
               static_cast<std::uint64_t>(time.tv_nsec);
    };
    for (int turn = 0; turn != 100; ++turn) {
        const std::uint64_t before = read();
        const std::uint64_t now = monotonic_nanoseconds();
        const std::uint64_t after = read();
        CHECK(before <= now);
        CHECK(now <= after);
    }
}

TEST_CASE("a line of a journal has its parts with a blank between them") {
    CHECK(spaced('>', 17, std::uint64_t{3}, "store", std::string("x")) == "> 17 3 store x");
}

TEST_CASE("a journal goes on with what is there") {
    const written_down written;
    written.lines.line("a 1 2");
    {
        journal more(written.path);
        more.line("A 1 3");
    }
    CHECK(written.text() == "a 1 2\nA 1 3\n");
}

TEST_CASE("a journal may be read by others, and is closed when nobody writes any more") {
    const auto next_file = [] {
        const int file = ::open("/dev/null", O_RDONLY);
        ::close(file);
        return file;
    };
    const mode_t before = ::umask(022);
    const int next = next_file();
    {
        const written_down written;
        struct stat about{};
        CHECK(::stat(written.path.c_str(), &about) == 0);
        CHECK((about.st_mode & 07777) == 0644);
        CHECK(next_file() != next);
    }
    CHECK(next_file() == next);
    ::umask(before);
}

TEST_CASE("a journal may be the first file of a program that has closed its input") {
    const int input = ::dup(0);
    ::close(0);
    {
        const written_down written;
        written.lines.line("a 1 2");
        CHECK(written.text() == "a 1 2\n");
    }
    if (input >= 0) {
        CHECK(::dup2(input, 0) == 0);
        ::close(input);
    }
}

TEST_CASE("of what nobody has written down nothing is known") {
    const operation call;
    CHECK(!call.is_store);
    CHECK(call.what == operation::outcome::none);
    CHECK(call.begin == 0);
    CHECK(call.end == never);
    CHECK(call.expected == 0);
    CHECK(call.version == 0);
    CHECK(call.content == 0);
    const asked_removal removal;
    CHECK(removal.amount == 0);
    CHECK(removal.begin == 0);
    CHECK(removal.end == never);
    CHECK(removal.settle_begin == never);
    CHECK(removal.settle_end == never);
    CHECK(removal.resolve_begin == never);
    const audit listed;
    CHECK(listed.begin == 0);
    CHECK(listed.end == never);
}

TEST_CASE("a history is read as it was written, and more of it later") {
    history happened;
    std::istringstream first(
        "> 1 2 30 store 4 55\n< 1 2 40 conflict 6 55\n? 1 1 10 9\n+ 1 1 11 x\ns 1 1 12\nS 1 1 13\n"
        "r x 90\nr x 95\na 8 20\ne 8 x 9\n? 3 1 14 2\n- 3 1 15\n> 1 3 50 load 0 0\n"
        "< 1 3 60 done 6 77\n");
    happened.read(first);
    std::istringstream second(
        "A 8 25\n> 1 4 70 load 0 0\n< 1 4 80 failed 0 0\n> 2 1 71 store 6 1\n"
        "< 2 1 99 unknown 0 1\n");
    happened.read(second);
    REQUIRE(happened.operations.size() == 4);
    const operation& store = happened.operations[0];
    CHECK(store.is_store);
    CHECK(store.what == operation::outcome::conflict);
    CHECK(store.begin == 30);
    CHECK(store.end == 40);
    CHECK(store.expected == 4);
    CHECK(store.version == 6);
    CHECK(store.content == 55);
    CHECK(!happened.operations[1].is_store);
    CHECK(happened.operations[1].what == operation::outcome::done);
    CHECK(happened.operations[1].content == 77);
    CHECK(happened.operations[2].what == operation::outcome::failed);
    CHECK(happened.operations[3].what == operation::outcome::unknown);
    REQUIRE(happened.removals.size() == 2);
    const asked_removal& whole = happened.removals[0];
    CHECK(whole.id == "x");
    CHECK(whole.amount == 9);
    CHECK(whole.begin == 10);
    CHECK(whole.end == 11);
    CHECK(whole.settle_begin == 12);
    CHECK(whole.settle_end == 13);
    CHECK(whole.resolve_begin == 90);
    CHECK(happened.removals[1].id == "");
    CHECK(happened.removals[1].end == 15);
    CHECK(happened.removals[1].settle_end == never);
    REQUIRE(happened.audits.size() == 1);
    CHECK(happened.audits[0].begin == 20);
    CHECK(happened.audits[0].end == 25);
    CHECK(happened.audits[0].amounts.at("x") == 9);
}
