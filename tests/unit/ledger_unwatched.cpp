// SPDX-License-Identifier: BSL-1.0
// A ledger that is used on both sides of fork(), where the C library has no memory left to note
// that forks are to be counted: then who reserves is looked at each time.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <cerrno>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

using namespace ledger_testing;

/// In place of the C library's.
extern "C" int pthread_atfork(void (*)(), void (*)(), void (*)()) noexcept { return ENOMEM; }

TEST_CASE("what a child of fork() reserves is the child's, also where forks cannot be counted") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    REQUIRE(reserve(ledger, at(hour), "rows", 1).what == reserving::reserved);
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        (void)reserve(ledger, at(hour), "rows", 1);
        const std::string said = ledger.entries().entries.back().process;
        const bool is_told =
            ::write(ends[1], said.data(), said.size()) == static_cast<ssize_t>(said.size());
        ::_exit(is_told ? 0 : 1);
    }
    REQUIRE(child > 0);
    ::close(ends[1]);
    char text[256];
    const ssize_t length = ::read(ends[0], text, sizeof text);
    ::close(ends[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(status == 0);
    REQUIRE(length > 0);
    const std::string said(text, static_cast<std::size_t>(length));
    CHECK(said.find(std::to_string(child) + '@') == 0);
    CHECK(ledger.entries().entries.size() == 1);
}
