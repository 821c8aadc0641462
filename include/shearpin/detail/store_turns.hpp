// SPDX-License-Identifier: BSL-1.0
// Whose turn it is to use the store: one thread's at a time. What the others wait for, each of them
// is told by the thread that has done it.
#pragma once

#include <shearpin/detail/waiters.hpp>

#include <sched.h>

namespace shearpin::inline v1::detail {

/// All of it is used under one lock.
class store_turns {
public:
    /// For a batch to be stored, and for a look.
    waiters waiting;
    waiters looking;

    /// Whether a thread has the turn.
    [[nodiscard]] bool is_busy() const noexcept { return is_busy_; }

    /// The lock is open from its beginning to its end, as while the store is used.
    class open_lock {
    public:
        explicit open_lock(held_lock& given_held) noexcept : held_(given_held) { held_.let_go(); }
        open_lock(const open_lock&) = delete;
        open_lock& operator=(const open_lock&) = delete;
        ~open_lock() { held_.take(); }

    private:
        held_lock& held_;
    };

    /// Until `self` is told; where it has the turn, it uses that: `use()`. The lock is open then.
    template <class Use> void wait(waiters::place& self, held_lock& held, Use use) {
        if (!is_busy_)
            is_busy_ = true;
        else if (!self.sleep(held))
            return;
        for (;;) {
            leaving if_it_throws(*this, held, self);
            use();
            if_it_throws.over();
            const bool is_over = self.is_told();
            if (pass(held, self)) continue;
            if (is_over || !self.sleep(held)) return;
        }
    }

    /// Of those who were told, so many will come back soon: with the settlement of what they have
    /// removed, or with the next removal.
    void expect(std::size_t number) noexcept { expected_ = number; }
    /// One of them, or another one.
    void came() noexcept {
        if (expected_ != 0) --expected_;
    }
    /// What is back in time is stored at once with the others. Not longer than threads that are
    /// ready need for that, as a removal may take hours.
    void wait_for_expected(held_lock& held) noexcept {
        for (int time = 0; expected_ != 0 && time != most_times; ++time) {
            const open_lock open(held);
            sched_yield();
        }
        expected_ = 0;
    }

private:
    /// A thread that throws waits no longer.
    class leaving {
    public:
        leaving(store_turns& given_turns, held_lock& given_held,
                waiters::place& given_self) noexcept
            : turns_(given_turns), held_(given_held), self_(given_self) {}
        leaving(const leaving&) = delete;
        leaving& operator=(const leaving&) = delete;
        ~leaving() {
            if (is_over_) return;
            self_.leave();
            (void)turns_.pass(held_, self_);
        }
        void over() noexcept { is_over_ = true; }

    private:
        store_turns& turns_;
        held_lock& held_;
        waiters::place& self_;
        bool is_over_ = false;
    };

    /// Wakes whoever was told, and gives the turn to one who waits: it is his before he is awake,
    /// so that nobody is overtaken for ever. True where it is `self`'s again, and the lock is held;
    /// otherwise it is open.
    ///
    /// Looks and batches take turns. After a batch a look goes first, which is short, and those who
    /// wait for it are in the next batch.
    [[nodiscard]] bool pass(held_lock& held, waiters::place& self) noexcept {
        const bool goes_on = self.is_listed() && !self.is_told();
        waiters::place* told = nullptr;
        looking.take_told(told, self);
        waiting.take_told(told, self);
        const bool was_look = self.is_in(looking);
        waiters::place* next = (was_look ? waiting : looking).longest();
        if (next == nullptr && goes_on) next = &self;
        if (next == nullptr) next = (was_look ? looking : waiting).longest();
        is_busy_ = next != nullptr;
        const bool is_own = next == &self;
        held.let_go();
        waiters::wake(is_own ? nullptr : next, told);
        if (is_own) held.take();
        return is_own;
    }

    static constexpr int most_times = 64;

    bool is_busy_ = false;
    std::size_t expected_ = 0;
};

}  // namespace shearpin::inline v1::detail
