// SPDX-License-Identifier: BSL-1.0
// What people say of a ledger's entries, and what they are told of the processes that made them.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdint>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace ledger_testing;
using shearpin::entry_state;
using shearpin::process_life;
using shearpin::resolution;
using shearpin::detail::life_of;
using kind = settlement::kind;

#define BOTH_LEDGERS shearpin::memory_store, byte_memory

namespace {

std::string spelled(const reserve_answer& answer) {
    return std::string(shearpin::detail::spell_id(answer.id));
}
bool has(const shearpin::store_trouble& text, const char* part) {
    return std::string(text).find(part) != std::string::npos;
}

}  // namespace

TEST_CASE_TEMPLATE("of what came to nothing the last 64 are listed", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    std::vector<reserve_answer> all;
    for (int turn = 0; turn != 66; ++turn) {
        all.push_back(reserve(ledger, at(hour), "rows", 1));
        REQUIRE(ledger.settle(all.back().id, at(hour), {kind::unknown}).empty());
    }
    for (const auto& each : all)
        REQUIRE(ledger.resolve(spelled(each), resolution::nothing_removed, "ann", "x", at(hour))
                    .empty());
    const auto listed = ledger.entries().entries;
    REQUIRE(listed.size() == 64);
    CHECK(listed.front().id == spelled(all[2]));
    CHECK(listed.back().id == spelled(all[65]));
    CHECK(look(ledger, at(hour), "rows").within.amount == 0);
    // Of those it is known that a person has said so, and not of those that are listed no more.
    CHECK(has(ledger.settle(all[65].id, at(hour), {}), "a person has resolved"));
    CHECK(has(ledger.settle(all[2].id, at(hour), {}), "a person has resolved"));
    CHECK(!ledger.settle(all[1].id, at(hour), {}).empty());
    CHECK(!has(ledger.settle(all[1].id, at(hour), {}), "a person has resolved"));
    CHECK(remove(ledger, at(hour), "rows", 1));
}

TEST_CASE_TEMPLATE("nothing is resolved by nobody, or for no reason", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto answer = reserve(ledger, at(hour), "rows", 1);
    REQUIRE(ledger.settle(answer.id, at(hour), {kind::unknown}).empty());
    const auto resolve = [&](const char* by, const char* why) {
        return ledger.resolve(spelled(answer), resolution::nothing_removed, by, why, at(hour));
    };
    CHECK(has(resolve("", "looked"), "say who resolves this entry, and why"));
    CHECK(has(resolve("ann", ""), "say who resolves this entry, and why"));
    CHECK(has(resolve("", ""), "say who resolves this entry, and why"));
    CHECK(look(ledger, at(hour), "rows").gone.amount == 1);
    CHECK(resolve("ann", "looked").empty());
    CHECK(look(ledger, at(hour), "rows").gone.amount == 0);
}

TEST_CASE_TEMPLATE("what was over later has the higher version, by whatever clock", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto early = reserve(ledger, at(hour), "rows", 3);
    const auto middle = reserve(ledger, at(hour), "rows", 3);
    const auto late = reserve(ledger, at(hour), "rows", 3);
    REQUIRE(ledger.settle(early.id, at(hour), {kind::unknown}).empty());
    REQUIRE(ledger.settle(middle.id, at(hour), {}).empty());
    const auto version_of = [&](const reserve_answer& asked) {
        std::uint64_t version = 0;
        for (const auto& each : ledger.entries().entries)
            if (each.id == spelled(asked)) version = each.version;
        return version;
    };
    CHECK(version_of(early) != 0);
    CHECK(version_of(early) < version_of(middle));
    CHECK(version_of(late) == 0);  // open
    REQUIRE(ledger.resolve(spelled(early), resolution::removed(1), "ann", "x", at(hour)).empty());
    CHECK(version_of(middle) < version_of(early));
    REQUIRE(ledger.settle(late.id, at(hour), {kind::unknown}).empty());
    CHECK(version_of(early) < version_of(late));
    REQUIRE(
        ledger.resolve(spelled(late), resolution::nothing_removed, "ann", "x", at(hour)).empty());
    CHECK(version_of(early) < version_of(late));
}

TEST_CASE_TEMPLATE("while its process lives, one may be said to have removed all that it was for",
                   Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto answer = reserve(ledger, at(hour), "rows", 6);
    CHECK(has(ledger.resolve(spelled(answer), resolution::removed(5), "ann", "x", at(hour)),
              "still runs"));
    CHECK(ledger.resolve(spelled(answer), resolution::removed(6), "ann", "x", at(hour)).empty());
    CHECK(look(ledger, at(hour), "rows").within.amount == 6);
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
}

TEST_CASE_TEMPLATE("what was resolved without a clock ages from when one is there", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    // Something is forgotten already, of this pool and of its sizes, and stays so.
    for (int turn = 0; turn != 200; ++turn) {
        const one_pool asked("rows", 1, minute, 2000 - static_cast<shearpin::count>(turn));
        const auto answer = reserve(ledger, at(duration::hours(turn)), asked, yes);
        REQUIRE(ledger.settle(answer.id, at(duration::hours(turn)), {}).empty());
    }
    const duration then = duration::hours(300);
    CHECK(!look(ledger, at(then), "rows", duration::days(300)).remembers);
    const auto answer = reserve(ledger, instant{}, "rows", 7, minute);
    REQUIRE(ledger.settle(answer.id, instant{}, {kind::unknown}).empty());
    REQUIRE(ledger.resolve(spelled(answer), resolution::everything_removed, "ann", "x").empty());
    REQUIRE(reserve(ledger, at(then), "logs", 1, minute).what == reserving::reserved);
    CHECK(look(ledger, at(then + minute - second), "rows", minute).within.amount == 7);
    CHECK(look(ledger, at(then + minute), "rows", minute).within.amount == 0);
    CHECK(!look(ledger, at(then + minute), "rows", duration::days(300)).remembers);
}

TEST_CASE_TEMPLATE(
    "what was resolved without a clock was resolved when one is there, for all who look", Store,
    BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto answer = reserve(ledger, instant{}, "rows", 7);
    REQUIRE(ledger.settle(answer.id, instant{}, {kind::unknown}).empty());
    REQUIRE(ledger.resolve(spelled(answer), resolution::everything_removed, "ann", "x").empty());
    const auto in_doubt = reserve(ledger, instant{}, "rows", 5);
    REQUIRE(ledger.settle(in_doubt.id, instant{}, {kind::unknown}).empty());
    REQUIRE(reserve(ledger, at(hour), "logs", 1).what == reserving::reserved);
    // A world that has looked later shows it, and none that has looked before; what is in doubt,
    // none does.
    const auto gone = [&](duration observed) {
        return look(ledger, ledger.note(), at(hour + minute), "rows", hour, at(observed).wall)
            .gone.amount;
    };
    CHECK(gone(hour - second) == 12);
    CHECK(gone(hour + second) == 5);
    for (const auto& each : ledger.entries().entries) {
        const bool is_resolved = each.state == entry_state::resolved;
        CHECK(each.resolved_at == (is_resolved ? at(hour).wall : time_point()));
        CHECK(each.settled_at == (each.state == entry_state::open ? time_point() : at(hour).wall));
    }
}

TEST_CASE("a process of which not all is known is not taken for an ended one") {
    const auto process = shearpin::detail::read_own_process();
    REQUIRE(life_of(process, process) == process_life::lives);
    auto other = process;
    other.started = 0;
    CHECK(life_of(other, process) == process_life::not_known);
    other = process;
    other.boot = 0;
    CHECK(life_of(process, other) == process_life::not_known);
    CHECK(life_of(other, process) == process_life::not_known);
    other = process;
    other.started = 0;
    CHECK(life_of(process, other) == process_life::not_known);
}

TEST_CASE("of a machine without a name nobody knows whether it is this one, booted anew") {
    auto own = shearpin::detail::read_own_process();
    own.host = "";
    auto other = own;
    other.boot += 1;
    CHECK(life_of(other, own) == process_life::not_known);
    CHECK(life_of(own, own) == process_life::lives);  // of the same boot it is this one
}

TEST_CASE("a machine is known by its name as long as a ledger keeps it, and else not") {
    const auto host_of = [](const std::string& name) {
        int ends[2];
        REQUIRE(::pipe(ends) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            // A child may name a machine of its own; not everywhere.
            if (::unshare(CLONE_NEWUTS) != 0 && ::unshare(CLONE_NEWUSER | CLONE_NEWUTS) != 0)
                ::_exit(2);
            if (::sethostname(name.data(), name.size()) != 0) ::_exit(2);
            const std::string host = shearpin::detail::read_own_process().host;
            const auto size = static_cast<ssize_t>(host.size());
            ::_exit(::write(ends[1], host.data(), host.size()) == size ? 0 : 1);
        }
        REQUIRE(child > 0);
        ::close(ends[1]);
        char text[256];
        const ssize_t length = ::read(ends[0], text, sizeof text);
        ::close(ends[0]);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(WIFEXITED(status));
        if (WEXITSTATUS(status) == 2) return std::string("not allowed here");
        REQUIRE(WEXITSTATUS(status) == 0);
        return std::string(text, length < 0 ? 0 : static_cast<std::size_t>(length));
    };
    if (host_of("db7") == "not allowed here") {
        MESSAGE("no names of machines are tried: this program may give none");
        return;
    }
    CHECK(host_of("db7") == "db7");
    const std::string longest(shearpin::detail::longest_name, 'x');
    CHECK(host_of(longest) == longest);
    CHECK(host_of(longest + "y") == "");
}

TEST_CASE("a look at a process leaves no file open, and takes any number for its own") {
    const auto own = static_cast<std::uint64_t>(::getpid());
    const auto next_file = [] {
        const int file = ::dup(2);
        ::close(file);
        return file;
    };
    const int next = next_file();
    CHECK(shearpin::detail::start_of_process(own) != 0);
    CHECK(next_file() == next);
    const int input = ::dup(0);
    ::close(0);  // so that the next file is 0
    const std::uint64_t started = shearpin::detail::start_of_process(own);
    if (input >= 0) {
        REQUIRE(::dup2(input, 0) == 0);
        ::close(input);
    }
    CHECK(started == shearpin::detail::start_of_process(own));
}

TEST_CASE(
    "a process is known by when it was started, and by its namespace, as the system says it") {
    using shearpin::detail::start_of_process;
    CHECK(start_of_process(~std::uint64_t{0}) == 0);  // there is none
    struct stat space{};
    const bool has_one = ::stat("/proc/self/ns/pid", &space) == 0;
    CHECK(shearpin::detail::read_own_process().pid_namespace == (has_one ? space.st_ino : 0));
    // The 22nd field, read by other means.
    const auto started = [](pid_t pid) {
        std::ifstream file("/proc/" + std::to_string(pid) + "/stat");
        std::string all((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
        std::istringstream fields(all.substr(all.rfind(')') + 1));
        std::string field;
        for (int number = 3; number <= 22; ++number) fields >> field;
        return field;
    };
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    std::vector<pid_t> children;
    // Until each digit stood there: a few ticks apart, they differ in the last ones.
    std::string digits;
    for (int turn = 0; turn != 60 && std::set<char>(digits.begin(), digits.end()).size() != 10;
         ++turn) {
        const pid_t child = ::fork();
        if (child == 0) {
            ::close(ends[1]);
            char letter = 0;
            ::_exit(::read(ends[0], &letter, 1) == 0 ? 0 : 1);  // when the parent closes it
        }
        REQUIRE(child > 0);
        children.push_back(child);
        const std::string field = started(child);
        CHECK(std::to_string(start_of_process(static_cast<std::uint64_t>(child))) == field);
        digits += field;
        ::usleep(10'000);
    }
    ::close(ends[1]);
    ::close(ends[0]);
    for (const pid_t child : children) CHECK(::waitpid(child, nullptr, 0) == child);
}

TEST_CASE("a process that has ended and waits for its parent has ended") {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        char letter = 0;
        ::_exit(::read(ends[0], &letter, 1) == 1 ? 0 : 1);
    }
    REQUIRE(child > 0);
    auto process = shearpin::detail::read_own_process();
    process.pid = static_cast<std::uint64_t>(child);
    process.started = shearpin::detail::start_of_process(process.pid);
    CHECK(process.started != 0);
    CHECK(life_of(process) == process_life::lives);
    REQUIRE(::write(ends[1], "x", 1) == 1);
    siginfo_t how{};
    REQUIRE(::waitid(P_PID, static_cast<id_t>(child), &how, WEXITED | WNOWAIT) == 0);
    CHECK(shearpin::detail::start_of_process(process.pid) == 0);
    CHECK(life_of(process) == process_life::ended);
    REQUIRE(::waitpid(child, nullptr, 0) == child);
    ::close(ends[0]);
    ::close(ends[1]);
}

TEST_CASE("an entry that nothing is said of is open, and of no version") {
    const shearpin::ledger_entry entry;
    CHECK(entry.state == entry_state::open);
    CHECK(entry.version == 0);
}

TEST_CASE("a process is told by its pid and host, and its boot where that is known") {
    shearpin::detail::process_identity process;
    process.pid = 7;
    process.host = "db7";
    process.boot = 0x0123'4567'89ab'cdef;
    CHECK(shearpin::detail::spell_process(process) == "7@db7/0123456789abcdef");
    process.boot = 0;
    CHECK(shearpin::detail::spell_process(process) == "7@db7");
}
