// SPDX-License-Identifier: BSL-1.0
// One thread at a time, and waiting for a change that another makes. As <mutex> and
// <condition_variable>, which together cost more to include than everything else about ledgers.
#pragma once

#include <pthread.h>

namespace shearpin::inline v1::detail {

/// What threads share: whoever has a held_lock on it is alone.
class thread_lock {
public:
    /// Not by the initializers of <pthread.h>, which a stranger's warnings find.
    thread_lock() noexcept {
        if (pthread_mutex_init(&mutex_, nullptr) != 0 || pthread_cond_init(&changed_, nullptr) != 0)
            __builtin_trap();
    }
    thread_lock(const thread_lock&) = delete;
    thread_lock& operator=(const thread_lock&) = delete;
    ~thread_lock() {
        pthread_cond_destroy(&changed_);
        pthread_mutex_destroy(&mutex_);
    }

    /// Wakes all that wait for a change.
    void tell_all() noexcept { pthread_cond_broadcast(&changed_); }

private:
    friend class held_lock;
    pthread_mutex_t mutex_;
    pthread_cond_t changed_;
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
        if (pthread_mutex_lock(&lock_.mutex_) != 0) __builtin_trap();
    }
    void let_go() noexcept {
        if (pthread_mutex_unlock(&lock_.mutex_) != 0) __builtin_trap();
    }
    /// Lets go of the lock until somebody tells of a change, or for no reason; holds it again then.
    void wait() noexcept {
        if (pthread_cond_wait(&lock_.changed_, &lock_.mutex_) != 0) __builtin_trap();
    }

private:
    thread_lock& lock_;
};

}  // namespace shearpin::inline v1::detail
