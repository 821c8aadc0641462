// SPDX-License-Identifier: BSL-1.0
// What the tests of the core share.
#pragma once

#include <shearpin/rule.hpp>
#include <shearpin/text.hpp>
#include <shearpin/violation.hpp>

#include <csignal>
#include <cstdint>
#include <string>

#include <sys/wait.h>
#include <unistd.h>

namespace support {

/// What `write_to(writer&)` writes, uncut.
template <class F> std::string told(F write_to) {
    shearpin::fixed_text<1023> text;
    text.write(write_to);
    return text;
}

/// A rule, a duration, a fraction as it is written.
template <class T> std::string spelled(const T& given) {
    return told([&](shearpin::writer& out) { given.spell(out); });
}

/// A rule of any kind as it is written, with or without a spell() of its own.
template <class R> std::string spelled_rule(const R& rule) {
    return told([&](shearpin::writer& out) { shearpin::detail::spell(rule, out); });
}

/// The numbers behind a rule's limit.
template <class R> std::string explained(const R& rule, const shearpin::facts& known) {
    return told([&](shearpin::writer& out) { rule.explain(known, out); });
}
template <class R> std::string explained(const R& rule, const shearpin::pool& there) {
    return explained(rule, shearpin::facts{.pool = there});
}

/// The violation that a refusal would hold if this much were asked for.
template <class R>
shearpin::violation broken(const R& rule, const shearpin::facts& known, shearpin::count asked) {
    return shearpin::violation(rule, known, rule.limit(known), asked);
}
template <class R>
shearpin::violation broken(const R& rule, const shearpin::pool& there, shearpin::count asked) {
    return broken(rule, shearpin::facts{.pool = there}, asked);
}

inline std::string described(const shearpin::violation& found) {
    return told([&](shearpin::writer& out) { found.describe(out); });
}

/// Runs `body` in a process of its own; what its exit status was, or the number of the signal that
/// ended it, below zero.
template <class F> int in_a_child(F body) {
    const pid_t child = ::fork();
    if (child == 0) {
        // The test program's own handlers would report a failure.
        for (const int signal : {SIGILL, SIGTRAP, SIGABRT, SIGSEGV}) std::signal(signal, SIG_DFL);
        ::_exit(body());
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child) return -1000;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// Whether `body` is stopped by __builtin_trap.
template <class F> bool traps(F body) {
    const int ended = in_a_child([&] {
        body();
        return 0;
    });
    return ended == -SIGILL || ended == -SIGTRAP;  // by kind of processor
}

}  // namespace support
