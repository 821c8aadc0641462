// SPDX-License-Identifier: BSL-1.0
// The processes that the conformance test makes. In a file of its own: one that goes on where it
// should have ended, or the other way round, would end all tests that come after.
#include <shearpin/testing/store_conformance.hpp>

#include <doctest/doctest.h>

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using shearpin::testing::all_at_once;

TEST_CASE("children end where their work has ended, and the process that made them goes on") {
    const pid_t other = ::fork();
    if (other == 0) ::_exit(all_at_once({.threads = 0, .processes = 1}, [] {}) ? 7 : 8);
    int status = 0;
    REQUIRE(::waitpid(other, &status, 0) == other);
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 7);
}

TEST_CASE("all is not well where no process can be made") {
    const pid_t other = ::fork();
    if (other == 0) {
        // Nobody has no room for more of his own; root has always.
        const bool is_nobody = ::getuid() != 0 || ::setuid(65'534) == 0;
        const rlimit none{0, 0};
        if (!is_nobody || ::setrlimit(RLIMIT_NPROC, &none) != 0) ::_exit(9);
        const pid_t more = ::fork();
        if (more == 0) ::_exit(0);
        if (more > 0) ::_exit(9);
        ::_exit(all_at_once({.threads = 0, .processes = 1}, [] {}) ? 8 : 7);
    }
    int status = 0;
    REQUIRE(::waitpid(other, &status, 0) == other);
    CHECK(WIFEXITED(status));
    if (WEXITSTATUS(status) == 9)
        MESSAGE("not tried: this system has room for any number of processes");
    else
        CHECK(WEXITSTATUS(status) == 7);
}
