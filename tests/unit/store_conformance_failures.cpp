// SPDX-License-Identifier: BSL-1.0
// What the conformance test says where its users fail, where less is asked of it than the budget,
// and where its history goes.
#include "store_conformance_testing.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

using namespace store_conformance_testing;
using shearpin::testing::all_at_once, shearpin::testing::check_store;

namespace {

/// While many use it, it cannot be read now and then, and says so, as a server that starts anew.
struct resting_store : sound_store {
    std::thread::id well_in;
    resting_store(const shared_page& of, std::thread::id given) : sound_store{of}, well_in(given) {}
    loaded load() const {
        if (std::this_thread::get_id() != well_in && one_in(10))
            return {"", 0, false, std::string("it starts anew")};
        return sound_store::load();
    }
};

/// Is gone for good once it has been used for a while.
struct vanishing_store : sound_store {
    explicit vanishing_store(const shared_page& of) : sound_store{of} {}
    loaded load() const {
        const loaded found = sound_store::load();
        if (found.version > 60) return {"", 0, false, std::string("it is gone")};
        return found;
    }
};

/// Cannot be read at the first time, where it is told so.
struct late_store : sound_store {
    bool is_late;
    late_store(const shared_page& of, bool given) : sound_store{of}, is_late(given) {}
    loaded load() {
        if (is_late) {
            is_late = false;
            return {"", 0, false, std::string("it starts")};
        }
        return sound_store::load();
    }
};

/// Throws in every thread but the one that it was made for.
struct throwing_store : sound_store {
    std::thread::id well_in;
    throwing_store(const shared_page& of, std::thread::id given)
        : sound_store{of}, well_in(given) {}
    loaded load() const {
        if (std::this_thread::get_id() != well_in) throw std::runtime_error("no");
        return sound_store::load();
    }
};

}  // namespace

TEST_CASE("a store that cannot be read now and then, and says so, passes") {
    const shared_page page;
    const auto here = std::this_thread::get_id();
    CHECK(wrong_with([&] { return resting_store{page, here}; }) == "");
}

TEST_CASE("one that is gone for good: what it had noted cannot be listed any more") {
    const shared_page page;
    const std::string wrong = wrong_with([&] { return vanishing_store{page}; });
    CHECK(has(wrong, "the ledger's entries cannot be listed: it is gone\n"));
    CHECK(has(wrong, "of a budget of 60 only 0 were let go, though nothing was in the way\n"));
}

TEST_CASE("one that throws is told so of its documents and of its ledger") {
    const shared_page page;
    const auto here = std::this_thread::get_id();
    const std::string wrong =
        wrong_with([&] { return throwing_store{page, here}; }, {.processes = 0});
    CHECK(has(wrong, "a user of the store threw an exception or was killed\n"));
    CHECK(has(wrong, "a user of the ledger threw an exception or was killed\n"));
}

TEST_CASE("all is well only where each thread and each child has come to its end") {
    const auto nothing = [] {};
    const auto fails = [] { throw std::runtime_error("no"); };
    CHECK(all_at_once({.threads = 1, .processes = 1}, nothing));
    CHECK(!all_at_once({.threads = 1, .processes = 0}, fails));
    CHECK(!all_at_once({.threads = 0, .processes = 1}, fails));
    CHECK(!all_at_once({.threads = 0, .processes = 1}, [] { ::kill(::getpid(), SIGKILL); }));
    CHECK(!all_at_once({.threads = 1, .processes = 0, .disturb = fails}, nothing));
    // Where the program does not want to know how its children end, nobody does.
    const auto before = std::signal(SIGCHLD, SIG_IGN);
    CHECK(!all_at_once({.threads = 0, .processes = 1}, nothing));
    std::signal(SIGCHLD, before);
}

TEST_CASE("what disturbs may fail where no thread of the test runs") {
    const auto fails = [] { throw std::runtime_error("no"); };
    CHECK(!all_at_once({.threads = 0, .processes = 0, .disturb = fails}, [] {}));
}

TEST_CASE("a child that takes longer than its parent is waited for") {
    const auto parent = ::getpid();
    CHECK(all_at_once({.threads = 0, .processes = 1}, [&] {
        if (::getpid() != parent) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }));
}

TEST_CASE("as many are at it, and as often, as is documented") {
    const shearpin::testing::conformance_options usual;
    CHECK(usual.threads == 4);
    CHECK(usual.processes == 2);
    CHECK(usual.turns == 40);
}

TEST_CASE("a store that cannot be read when it is to be emptied is asked again") {
    const shared_page page;
    const auto here = std::this_thread::get_id();
    int opened = 0;  // in this thread: twice to try it alone, and then to empty it
    const auto open = [&] {
        const bool is_third = std::this_thread::get_id() == here && ++opened == 3;
        return late_store{page, is_third};
    };
    CHECK(wrong_with(open, {.processes = 0}) == "");
    CHECK(opened > 3);
}

TEST_CASE("of a store that fails when it is tried alone nothing more is said") {
    CHECK(wrong_with([] { return shearpin::file_store::open("/none/here"); }).find("the ledger") ==
          std::string::npos);
}

TEST_CASE("a ledger in memory is told of a user that threw") {
    const auto fails = [] { throw std::runtime_error("no"); };
    const std::string wrong =
        wrong_with([] { return shearpin::memory_store{}; }, {.disturb = fails});
    CHECK(has(wrong, "a user of the ledger threw an exception\n"));
}

TEST_CASE("users who together ask for less than the budget are not missing any of it") {
    CHECK(wrong_with([] { return shearpin::memory_store{}; }, {.threads = 2, .turns = 3}) == "");
}

TEST_CASE("a history is judged as one of a store and as one of the budget") {
    const std::string path = scratch_path("history");
    const auto judged = [&](const std::string& lines, int turns) {
        {
            std::ofstream(path) << lines;
        }
        const shearpin::testing::conformance_options how{
            .threads = 1, .processes = 0, .turns = turns, .history = path};
        std::string all;
        for (const std::string& each : shearpin::testing::judge_journal(how, false))
            all += each + '\n';
        ::unlink(path.c_str());
        return all;
    };
    std::string removals;
    for (int number = 1; number <= 61; ++number) {
        const std::string name = "1 " + std::to_string(number) + " " + std::to_string(number);
        removals += "? " + name + "0 1\n+ " + name + "1 a" + std::to_string(number) + "\n";
    }
    CHECK(judged(removals, 100) == "removal a61 was admitted as the 61. of 60\n");
    CHECK(judged("> 1 1 10 load 0 0\n< 1 1 20 done 5 1\n> 2 1 30 load 0 0\n"
                 "< 2 1 40 done 6 1\n",
                 0) == "version 6 was stored by nobody\n");
    // Who asks one time and gets it misses nothing.
    CHECK(judged("? 1 1 10 1\n+ 1 1 11 a\n", 1) == "");
    CHECK(judged("? 1 1 10 1\n+ 1 1 11 a\n", 2) ==
          "of a budget of 60 only 1 were let go, though nothing was in the way\n");
}

TEST_CASE("what is missing of a budget is told by all users, and not where they were disturbed") {
    const std::string path = scratch_path("history");
    const auto judged = [&](int admitted, bool with_processes, bool is_disturbed) {
        {
            std::ofstream lines(path);
            for (int at = 1; at <= admitted; ++at)
                lines << "? 1 " << at << " 10 1\n+ 1 " << at << " 11 a" << at << "\n";
        }
        shearpin::testing::conformance_options how{
            .threads = 2, .processes = 1, .turns = 2, .history = path};
        if (is_disturbed) how.disturb = [] {};
        const auto wrong = shearpin::testing::judge_journal(how, with_processes);
        ::unlink(path.c_str());
        return wrong.empty();
    };
    CHECK(!judged(5, true, false));
    CHECK(judged(6, true, false));
    CHECK(!judged(3, false, false));
    CHECK(judged(4, false, false));
    CHECK(judged(5, true, true));
}

TEST_CASE("a history that nobody has named is kept under /tmp where something was wrong") {
    const shared_page sound;
    CHECK(check_store([&] { return sound_store{sound}; }, {.turns = 5}).empty());
    const shared_page page;
    const auto wrong = check_store([&] { return vanishing_store{page}; }, {.turns = 30});
    REQUIRE(!wrong.empty());
    const std::string told = "the history is kept in ";
    REQUIRE(wrong.back().find(told + "/tmp/shearpin-history-") == 0);
    CHECK(::unlink(wrong.back().substr(told.size()).c_str()) == 0);
}

TEST_CASE("a history that cannot be written is no verdict") {
    const auto in_memory = [] { return shearpin::memory_store{}; };
    CHECK_THROWS_WITH(static_cast<void>(check_store(in_memory, {.history = "/dev/full"})),
                      "the history cannot be written");
    CHECK_THROWS_WITH(static_cast<void>(check_store(in_memory, {.history = "/none/here"})),
                      "the history /none/here cannot be written");
}
