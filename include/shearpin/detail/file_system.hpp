// SPDX-License-Identifier: BSL-1.0
// The system calls that a file_store makes, and nothing more: every answer is what the call gives,
// with the error as a negative number. Tests put a disk that they can break in this place.
#pragma once

#include <shearpin/detail/machine_clock.hpp>

#include <cerrno>
#include <cstdint>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

namespace shearpin::inline v1::detail {

/// Which file it is, and how long.
struct file_status {
    std::uint64_t device = 0;
    std::uint64_t number = 0;
    std::uint64_t size = 0;
    bool regular = false;
};

struct posix_system {
    /// Neither waits for the other end of a pipe nor takes over a terminal, should the path name
    /// one.
    static long open(const char* path) noexcept {
        return answer(::open(path, O_RDWR | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    }
    /// For the owner and the group, as far as the umask allows: a group of operators can share a
    /// ledger, and nobody else can read who removed what, or keep it locked.
    static long create(const char* path) noexcept {
        return answer(::open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0660));
    }
    static long close(int file) noexcept { return answer(::close(file)); }
    static long remove(const char* path) noexcept { return answer(::unlink(path)); }

    static long status_of(int file, file_status& status) noexcept {
        struct stat found{};
        return told(::fstat(file, &found), found, status);
    }
    static long status_of(const char* path, file_status& status) noexcept {
        struct stat found{};
        return told(::stat(path, &found), found, status);
    }

    /// flock() belongs to the open file, so two stores of one process exclude each other, and
    /// closing some other descriptor of the file does not give it up (as with fcntl's F_SETLK).
    static long lock(int file) noexcept { return answer(::flock(file, LOCK_EX)); }
    static long unlock(int file) noexcept { return answer(::flock(file, LOCK_UN)); }

    static long read_at(int file, void* to, std::size_t length, std::uint64_t at) noexcept {
        return answer(::pread(file, to, length, static_cast<off_t>(at)));
    }
    static long write_at(int file, const void* from, std::size_t length,
                         std::uint64_t at) noexcept {
        return answer(::pwrite(file, from, length, static_cast<off_t>(at)));
    }
    static long sync_data(int file) noexcept { return answer(::fdatasync(file)); }
    static long sync_all(int file) noexcept { return answer(::fsync(file)); }
    static long open_folder(const char* path) noexcept {
        return answer(::open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    }

    static long current_folder(char* to, std::size_t capacity) noexcept {
        return ::getcwd(to, capacity) == nullptr ? -errno : 0L;
    }
    static long random(void* to, std::size_t length) noexcept {
        return answer(::getrandom(to, length, 0));
    }
    static long process() noexcept { return ::getpid(); }
    static instant now() noexcept { return read_machine_clocks(); }

private:
    static long answer(long given) noexcept { return given < 0 ? -errno : given; }
    static long told(int given, const struct stat& found, file_status& status) noexcept {
        if (given != 0) return -errno;
        status.device = static_cast<std::uint64_t>(found.st_dev);
        status.number = static_cast<std::uint64_t>(found.st_ino);
        status.size = static_cast<std::uint64_t>(found.st_size);
        status.regular = S_ISREG(found.st_mode);
        return 0;
    }
};

/// A file on the disk that ends before the bytes that were asked for.
inline constexpr long file_ended = -0x10000;

/// Calls again where a signal came in between, though not for ever.
template <class Call> long despite_signals(long times, Call call) {
    long answer = -EINTR;
    for (long time = 0; answer == -EINTR && time != times; ++time) answer = call();
    return answer;
}
inline constexpr long few_signals = 100;
inline constexpr long many_signals = 20'000;

/// All of it, in however many pieces; 0, or the error.
template <class System>
long read_all(int file, unsigned char* to, std::size_t length, std::uint64_t at) {
    while (length != 0) {
        const long done =
            despite_signals(few_signals, [&] { return System::read_at(file, to, length, at); });
        if (done < 0) return done;
        if (done == 0) return file_ended;
        to += done;
        at += static_cast<std::uint64_t>(done);
        length -= static_cast<std::size_t>(done);
    }
    return 0;
}

template <class System>
long write_all(int file, const unsigned char* from, std::size_t length, std::uint64_t at) {
    while (length != 0) {
        const long done =
            despite_signals(few_signals, [&] { return System::write_at(file, from, length, at); });
        if (done < 0) return done;
        if (done == 0) return -EIO;
        from += done;
        at += static_cast<std::uint64_t>(done);
        length -= static_cast<std::size_t>(done);
    }
    return 0;
}

template <class System> long sync_data(int file) {
    return despite_signals(few_signals, [&] { return System::sync_data(file); });
}

}  // namespace shearpin::inline v1::detail
