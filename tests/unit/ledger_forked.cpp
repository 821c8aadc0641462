// SPDX-License-Identifier: BSL-1.0
// A ledger that is used on both sides of fork(): the child is another process.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <string>

using namespace ledger_testing;

#define BOTH_LEDGERS shearpin::memory_store, byte_memory

namespace {

/// "ID PROCESS LIFE", of each entry in its order.
template <class Ledger> std::string listed(Ledger& ledger) {
    std::string all;
    for (const shearpin::ledger_entry& each : ledger.entries().entries)
        all += each.id + ' ' + each.process + ' ' +
               (each.life == shearpin::process_life::lives ? "lives" : "does not live") + '\n';
    return all;
}
/// "PID ", and what `body` says in a child.
template <class F> std::string said_by_a_child(F body) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const std::string said = body();
        const bool is_told =
            ::write(ends[1], said.data(), said.size()) == static_cast<ssize_t>(said.size());
        ::_exit(is_told ? 0 : 1);
    }
    REQUIRE(child > 0);
    ::close(ends[1]);
    std::string said = std::to_string(child) + ' ';
    char buffer[4096];
    for (ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        said.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(status == 0);
    return said;
}

}  // namespace

TEST_CASE_TEMPLATE("what a child of fork() reserves is the child's, under an id of its own", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    REQUIRE(reserve(ledger, at(hour), "rows", 1).what == reserving::reserved);
    const std::string before = listed(ledger);
    REQUIRE(before.find(' ' + std::to_string(::getpid()) + '@') == 32);
    const auto reserve_again = [&] {
        (void)reserve(ledger, at(hour), "rows", 1);
        return listed(ledger);
    };
    const std::string told = said_by_a_child([&] {
        const std::string mine = reserve_again();
        return mine + said_by_a_child(reserve_again);  // a grandchild is one more
    });
    const std::string child = told.substr(0, told.find(' '));
    const std::string in_child = told.substr(child.size() + 1);
    REQUIRE(in_child.find(before) == 0);  // what the parent left open is the parent's
    const std::string rest = in_child.substr(before.size());
    const std::string childs = rest.substr(0, rest.find('\n') + 1);
    CHECK(childs.find(' ' + child + '@') == 32);
    CHECK(childs.find(" lives\n") != std::string::npos);

    const std::string further = in_child.substr(before.size() + childs.size());
    const std::string grandchild = further.substr(0, further.find(' '));
    REQUIRE(further.find(before + childs) == grandchild.size() + 1);
    const std::string theirs =
        further.substr(grandchild.size() + 1 + before.size() + childs.size());
    CHECK(theirs.find(' ' + grandchild + '@') == 32);

    const std::string ours = reserve_again().substr(before.size());
    CHECK(ours.find(' ' + std::to_string(::getpid()) + '@') == 32);
    CHECK(ours.substr(0, 32) != childs.substr(0, 32));
    CHECK(theirs.substr(0, 32) != childs.substr(0, 32));
    CHECK(ours.substr(0, 32) != theirs.substr(0, 32));
}

TEST_CASE_TEMPLATE("what a child of fork() reserves on a ledger of its own is the child's", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    REQUIRE(reserve(ledger, at(hour), "rows", 1).what == reserving::reserved);
    const std::string told = said_by_a_child([&] {
        shearpin::ledger<Store> own{Store{}};
        (void)reserve(own, at(hour), "rows", 1);
        return listed(own);
    });
    const std::string child = told.substr(0, told.find(' '));
    CHECK(told.find(' ' + child + '@') == child.size() + 1 + 32);
}
