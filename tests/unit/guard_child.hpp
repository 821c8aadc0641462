// SPDX-License-Identifier: BSL-1.0
// For tests of what ends the program: it is done in a child.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>

/// How a child process ended, and what it wrote to standard error.
struct child_end {
    int signal = 0;      ///< the signal that killed it; 0 where it ended by itself
    int exit_code = -1;  ///< -1 where it was killed
    std::string said;
};

/// Runs `body` in a child, and ends it with 7 where that comes back.
template <class F> child_end in_child(F body) {
    int ends[2];
    if (::pipe(ends) != 0) return {};
    const ::pid_t child = ::fork();
    if (child == 0) {
        ::dup2(ends[1], 2);
        ::close(ends[0]);
        ::close(ends[1]);
        // doctest and the sanitizers have handlers of their own.
        for (const int each : {SIGABRT, SIGILL, SIGTRAP, SIGSEGV}) std::signal(each, SIG_DFL);
        body();
        ::_exit(7);
    }
    ::close(ends[1]);
    child_end end;
    char buffer[512];
    for (::ssize_t got = 0; (got = ::read(ends[0], buffer, sizeof buffer)) > 0;)
        end.said.append(buffer, static_cast<std::size_t>(got));
    ::close(ends[0]);
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) return {};
    if (WIFSIGNALED(status)) end.signal = WTERMSIG(status);
    if (WIFEXITED(status)) end.exit_code = WEXITSTATUS(status);
    return end;
}
