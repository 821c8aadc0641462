// SPDX-License-Identifier: BSL-1.0
// A simulated disk of which one kind of call fails.
#pragma once

#include <shearpin/file_store.hpp>

#include <string>

#include "simulated_disk.hpp"

namespace simulated {

/// A disk of which one kind of call gives one error, after so many that are spared.
struct failing : system {
    static inline std::string call;
    static inline long error = 0;
    static inline std::uint64_t where = 0;  ///< of reads alone
    static inline int spared = 0;
    static inline int times = 0;  ///< how often, after those

    static void fail(const std::string& which, long with, std::uint64_t place = 0) {
        call = which;
        error = with;
        where = place;
        spared = 0;
        times = 1'000'000;
    }
    static bool strikes(const char* which) { return call == which && spared-- <= 0 && times-- > 0; }

    static long open(const char* path) { return strikes("open") ? error : system::open(path); }
    static long create(const char* path) {
        return strikes("create") ? error : system::create(path);
    }
    static long status_of(int file, shearpin::detail::file_status& status) {
        return strikes("status") ? error : system::status_of(file, status);
    }
    static long status_of(const char* path, shearpin::detail::file_status& status) {
        return strikes("status of the path") ? error : system::status_of(path, status);
    }
    static long lock(int file) { return strikes("lock") ? error : system::lock(file); }
    static long unlock(int file) { return strikes("unlock") ? error : system::unlock(file); }
    static long read_at(int file, void* to, std::size_t length, std::uint64_t at) {
        const bool is_there = where == at && (strikes("read") || call == "write after all");
        return is_there ? error : system::read_at(file, to, length, at);
    }
    static long write_at(int file, const void* from, std::size_t length, std::uint64_t at) {
        if (strikes("write")) return error;
        const long written = system::write_at(file, from, length, at);
        return call == "write after all" ? error : written;
    }
    static long sync_data(int file) { return strikes("sync") ? error : system::sync_data(file); }
    static long sync_all(int file) { return strikes("sync all") ? error : system::sync_all(file); }
    static long open_folder(const char* path) {
        return strikes("folder") ? error : system::open_folder(path);
    }
    static long random(void* to, std::size_t length) {
        return strikes("random") ? error : system::random(to, length);
    }
};

}  // namespace simulated
