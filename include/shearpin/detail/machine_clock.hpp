// SPDX-License-Identifier: BSL-1.0
// The machine's clocks, read together.
#pragma once

#include <shearpin/detail/fnv1a.hpp>
#include <shearpin/instant.hpp>

#include <errno.h>
#include <fcntl.h>
#include <time.h>
#include <unistd.h>

namespace shearpin::inline v1::detail {

/// False where that clock cannot be read; `elapsed` is left alone then.
inline bool read_clock(clockid_t which, duration& elapsed) noexcept {
    struct timespec read{};
    if (::clock_gettime(which, &read) != 0) return false;
    elapsed = duration::seconds(read.tv_sec) + duration::nanoseconds(read.tv_nsec);
    return true;
}

/// FNV-1a, with 0 left for "not known".
constexpr std::uint64_t boot_number(text_view boot_id) noexcept {
    const std::uint64_t hash = fnv1a(boot_id);
    return hash == 0 ? 1 : hash;
}

/// 0 where the file is not there or does not hold an id.
inline std::uint64_t read_boot_number(const char* path) noexcept {
    constexpr std::size_t id_length = 36;
    const int file = ::open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0) return 0;
    char id[id_length];
    const ssize_t length = ::read(file, id, id_length);
    ::close(file);
    return length == ssize_t{id_length} ? boot_number(text_view(id, id_length)) : 0;
}

/// Which boot of this machine it is; 0 where it does not tell. Read once, since it does not change
/// while a process runs.
inline std::uint64_t this_boot() noexcept {
    static const std::uint64_t number = read_boot_number("/proc/sys/kernel/random/boot_id");
    return number;
}

/// What the clocks of this machine say. Without CLOCK_BOOTTIME or an id of the boot, only the wall
/// clock counts.
inline instant read_machine_clocks() noexcept {
    instant now;
    duration elapsed;
    if (read_clock(CLOCK_REALTIME, elapsed)) now.wall = time_point::since_epoch(elapsed);
#ifdef CLOCK_BOOTTIME
    const std::uint64_t boot = this_boot();
    if (boot != 0 && read_clock(CLOCK_BOOTTIME, now.since_boot)) now.boot = boot;
#endif
    return now;
}

/// Sleeps so long, through signals too.
inline void sleep_for(duration length) noexcept {
    if (length <= duration{}) return;
    constexpr std::int64_t second = 1'000'000'000;
    timespec left{length.in_nanoseconds() / second, length.in_nanoseconds() % second};
    while (::nanosleep(&left, &left) != 0 && errno == EINTR) {
    }
}

}  // namespace shearpin::inline v1::detail
