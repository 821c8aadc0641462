// SPDX-License-Identifier: BSL-1.0
// Which process made a reservation, and whether it still lives.
#pragma once

#include <shearpin/detail/hex.hpp>
#include <shearpin/detail/ledger_record.hpp>
#include <shearpin/detail/machine_clock.hpp>
#include <shearpin/ledger_entry.hpp>

#include <pthread.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shearpin::inline v1::detail {

/// When a process was started, in ticks since the boot; 0 where there is no such process, or it has
/// ended and waits for its parent. The 22nd field of /proc/<pid>/stat; the second one is a name in
/// parentheses that may hold anything, so fields are counted from the last parenthesis.
[[nodiscard]] inline std::uint64_t start_of_process(std::uint64_t pid) noexcept {
    char path[48];
    writer out(path, sizeof path - 1);
    out.put("/proc/").put(pid).put("/stat");
    path[out.written().size()] = '\0';
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char text[1024];
    const ssize_t length = ::read(file, text, sizeof text);
    ::close(file);
    ssize_t at = length - 1;
    while (at >= 0 && text[at] != ')') --at;
    if (at < 0 || at + 2 >= length) return 0;
    at += 2;
    if (text[at] == 'Z' || text[at] == 'X') return 0;
    for (int field = 3; field != 22; ++field) {
        while (at < length && text[at] != ' ') ++at;
        ++at;
    }
    std::uint64_t ticks = 0;
    for (; at < length && text[at] >= '0' && text[at] <= '9'; ++at)
        ticks = ticks * 10 + static_cast<std::uint64_t>(text[at] - '0');
    return ticks;
}

/// This process.
[[nodiscard]] inline process_identity read_own_process() {
    process_identity own;
    own.pid = static_cast<std::uint64_t>(::getpid());
    own.started = start_of_process(own.pid);
    own.boot = this_boot();
    struct stat space{};
    if (::stat("/proc/self/ns/pid", &space) == 0) own.pid_namespace = space.st_ino;
    char host[longest_name + 2] = {};  // one more, to see what is too long
    if (::gethostname(host, sizeof host) == 0 && host[longest_name] == '\0') own.host = &host[0];
    return own;
}

/// How often fork() has made another process of this one since somebody first watched it. (_Fork(),
/// vfork() and a clone() by hand tell nobody.) To look at it is no call of the system, as getpid()
/// is. One for all libraries of the process, whatever of theirs is hidden.
[[gnu::visibility("default")]] inline std::uint64_t forks_so_far = 0;

/// False where they cannot be counted.
[[gnu::visibility("default")]] inline bool watch_forks() noexcept {
    static const bool are_watched = ::pthread_atfork(nullptr, nullptr, [] { ++forks_so_far; }) == 0;
    return are_watched;
}

/// As far as this machine can tell, of which `own` is a process.
[[nodiscard]] inline process_life life_of(const process_identity& process,
                                          const process_identity& own = read_own_process()) {
    if (process.boot == 0 || own.boot == 0 || process.started == 0) return process_life::not_known;
    if (process.boot != own.boot)  // of this machine, before it was booted, where that is known
        return process.host == own.host && !own.host.empty() ? process_life::ended
                                                             : process_life::not_known;
    if (process.pid_namespace != own.pid_namespace || own.started == 0)
        return process_life::not_known;
    return start_of_process(process.pid) == process.started ? process_life::lives
                                                            : process_life::ended;
}

/// "1234@db7/0123456789abcdef": pid, host, boot.
[[nodiscard]] inline std::string spell_process(const process_identity& process) {
    fixed_text<127> text;
    text.write([&](writer& out) {
        out.put(process.pid).put("@").put(process.host);
        if (process.boot != 0) out.put("/").put(spell_hex(process.boot));
    });
    return text;
}

}  // namespace shearpin::inline v1::detail
