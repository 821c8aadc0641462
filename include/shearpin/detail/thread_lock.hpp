// SPDX-License-Identifier: BSL-1.0
// One thread at a time, and sleeping until another calls. As <mutex> and <condition_variable>,
// which together cost more to include than everything else about ledgers.
#pragma once

#include <pthread.h>

namespace shearpin::inline v1::detail {

/// What threads share: whoever has a held_lock on it is alone.
class thread_lock {
public:
    /// Not by the initializers of <pthread.h>, which a stranger's warnings find.
    thread_lock() noexcept {
        if (pthread_mutex_init(&mutex_, nullptr) != 0) __builtin_trap();
    }
    thread_lock(const thread_lock&) = delete;
    thread_lock& operator=(const thread_lock&) = delete;
    ~thread_lock() { pthread_mutex_destroy(&mutex_); }

private:
    friend class held_lock;
    friend class sleeper;
    pthread_mutex_t mutex_;
};

/// Holds a lock from its beginning to its end, but for where it is let go of and taken again.
class held_lock {
public:
    explicit held_lock(thread_lock& given) noexcept : lock_(given) { take(); }
    held_lock(const held_lock&) = delete;
    held_lock& operator=(const held_lock&) = delete;
    ~held_lock() { let_go(); }

    /// A lock that cannot be taken or let go of is memory that was overwritten: nothing that is
    /// decided from then on could be trusted.
    void take() noexcept {
        if (!is_held_ && pthread_mutex_lock(&lock_.mutex_) != 0) __builtin_trap();
        is_held_ = true;
    }
    void let_go() noexcept {
        if (is_held_ && pthread_mutex_unlock(&lock_.mutex_) != 0) __builtin_trap();
        is_held_ = false;
    }

private:
    thread_lock& lock_;
    bool is_held_ = false;
};

/// Where one thread sleeps until another calls it. Each has its own, so that nobody is woken in
/// vain: of many who wait for one lock and one condition, each would be at every change.
class sleeper {
public:
    sleeper() noexcept {
        if (pthread_cond_init(&changed_, nullptr) != 0) __builtin_trap();
    }
    sleeper(const sleeper&) = delete;
    sleeper& operator=(const sleeper&) = delete;
    ~sleeper() { pthread_cond_destroy(&changed_); }

    /// Until somebody calls, or has called before; whether that was the last call.
    [[nodiscard]] bool sleep() noexcept {
        const held_lock held(lock_);
        while (!is_called_)
            if (pthread_cond_wait(&changed_, &lock_.mutex_) != 0) __builtin_trap();
        is_called_ = false;
        return is_last_;
    }
    /// After the last call the sleeper may be gone.
    void call(bool is_last) noexcept {
        const held_lock held(lock_);
        is_called_ = true;
        is_last_ = is_last;
        pthread_cond_signal(&changed_);
    }

private:
    thread_lock lock_;
    pthread_cond_t changed_;
    bool is_called_ = false;
    bool is_last_ = false;
};

}  // namespace shearpin::inline v1::detail
