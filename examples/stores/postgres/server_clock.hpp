// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/instant.hpp>

#include <time.h>

#include <mutex>

namespace shearpin_stores {

/// The server's clock, without asking it each time: what it said last, and how long ago that was by
/// this machine's own. What it said was true before it arrived, by at most the time that the answer
/// took; answers that took longer than half a second are not gone by. So two users of one server
/// differ by less than 2 seconds, however their own clocks are set: that is the margin that a
/// ledger on it needs.
class server_clock {
public:
    /// Before the server is asked; for heard().
    [[nodiscard]] static shearpin::duration ask() {
        struct timespec read{};
        ::clock_gettime(CLOCK_BOOTTIME, &read);
        return shearpin::duration::seconds(read.tv_sec) +
               shearpin::duration::nanoseconds(read.tv_nsec);
    }
    void heard(shearpin::time_point servers, shearpin::duration asked) {
        const std::lock_guard held(mutex_);
        const shearpin::duration here = ask();
        if (longest_trip < here - asked) return;
        // The later one of two is nearer, as it was under way for less; but a clock that is set
        // back is followed.
        const bool is_known = is_known_at(here, longest_use);
        const shearpin::time_point so_far = servers_ + (here - heard_);
        servers_ =
            is_known && servers < so_far && so_far - servers < longest_trip ? so_far : servers;
        heard_ = here;
    }
    /// Not known before the first answer, nor a quarter of an hour after the last one, when this
    /// machine's clock may have gone half a second wrong.
    [[nodiscard]] shearpin::instant now() const {
        const std::lock_guard held(mutex_);
        const shearpin::duration here = ask();
        if (!is_known_at(here, longest_use)) return {};
        return {.wall = servers_ + (here - heard_), .since_boot = {}, .boot = 0};
    }
    /// Whether it is good for some minutes more.
    [[nodiscard]] bool is_fresh() const {
        const std::lock_guard held(mutex_);
        return is_known_at(ask(), shearpin::duration::minutes(5));
    }

private:
    static constexpr shearpin::duration longest_trip = shearpin::duration::nanoseconds(500'000'000);
    static constexpr shearpin::duration longest_use = shearpin::duration::minutes(15);

    [[nodiscard]] bool is_known_at(shearpin::duration here, shearpin::duration age) const {
        return servers_.known() && here - heard_ < age;
    }

    mutable std::mutex mutex_;
    shearpin::time_point servers_{};
    shearpin::duration heard_{};
};

}  // namespace shearpin_stores
