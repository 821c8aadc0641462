// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/instant.hpp>

#include <time.h>

#include <mutex>

namespace shearpin_stores {

/// The server's clock, without asking it each time: what it said last, and how long ago that was.
/// Never later than the server's own: what was under way is not counted, and of the time since, a
/// thousandth is left out, by which this machine's clock may be fast. Earlier only lengthens the
/// windows of rules.
class server_clock {
public:
    void heard(shearpin::time_point servers) {
        const std::lock_guard held(mutex_);
        const shearpin::duration here = elapsed();
        // An answer that was long under way says less than what is known.
        if (!servers_.known() || after(here) < servers) {
            servers_ = servers;
            heard_ = here;
        }
    }
    /// Not known before the first answer.
    [[nodiscard]] shearpin::instant now() const {
        const std::lock_guard held(mutex_);
        if (!servers_.known()) return {};
        return {.wall = after(elapsed()), .since_boot = {}, .boot = 0};
    }

private:
    [[nodiscard]] shearpin::time_point after(shearpin::duration here) const {
        const std::int64_t since = (here - heard_).in_nanoseconds();
        return servers_ + shearpin::duration::nanoseconds(since - since / 1000);
    }
    static shearpin::duration elapsed() {
        struct timespec read{};
        ::clock_gettime(CLOCK_BOOTTIME, &read);
        return shearpin::duration::seconds(read.tv_sec) +
               shearpin::duration::nanoseconds(read.tv_nsec);
    }

    mutable std::mutex mutex_;
    shearpin::time_point servers_{};
    shearpin::duration heard_{};
};

}  // namespace shearpin_stores
