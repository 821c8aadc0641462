// SPDX-License-Identifier: BSL-1.0
// Threads that wait until a test lets them through, so that gates, and no time, decide who is
// first.
#pragma once

#include <chrono>
#include <condition_variable>
#include <future>
#include <mutex>

/// After so many seconds of waiting it is taken for one without an end. A thread sanitizer on a
/// busy machine needs more.
#ifndef SECONDS_WITHOUT_AN_END
#define SECONDS_WITHOUT_AN_END 20
#endif
inline constexpr std::chrono::seconds without_an_end{SECONDS_WITHOUT_AN_END};

/// Lets a call through only when the test says so.
struct gate {
    std::mutex mutex;
    std::condition_variable changed;
    int at_the_gate = 0;
    int let_through = 0;

    void pass() {
        std::unique_lock lock(mutex);
        const int number = ++at_the_gate;
        changed.notify_all();
        changed.wait(lock, [&] { return let_through >= number; });
    }
    /// Not for ever: whoever is not there after so long does not come.
    void wait_for(int number) {
        std::unique_lock lock(mutex);
        changed.wait_for(lock, without_an_end, [&] { return at_the_gate >= number; });
    }
    void open_for(int number) {
        const std::lock_guard lock(mutex);
        let_through = number;
        changed.notify_all();
    }
};

/// Whether it is over. What is still waiting after so long would wait for ever.
template <class T> bool is_over(const std::future<T>& what) {
    return what.wait_for(without_an_end) == std::future_status::ready;
}
