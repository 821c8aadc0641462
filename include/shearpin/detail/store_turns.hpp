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

    /// Whether a thread uses the store.
    [[nodiscard]] bool is_busy() const noexcept { return is_busy_; }

    /// The store is used with the lock open, from its beginning to its end.
    class turn {
    public:
        turn(store_turns& given_turns, held_lock& given_held) noexcept
            : turns_(given_turns), held_(given_held) {
            turns_.is_busy_ = true;
            held_.let_go();
        }
        turn(const turn&) = delete;
        turn& operator=(const turn&) = delete;
        ~turn() {
            held_.take();
            turns_.is_busy_ = false;
        }

    private:
        store_turns& turns_;
        held_lock& held_;
    };

    /// At its end, whatever that is, everybody who has to be is awake: who was told, and one who
    /// has the next turn. A look goes first: it is short, and those who wait for one are in the
    /// next batch. The lock is not held any more then, where this thread was told.
    class waking {
    public:
        waking(store_turns& given_turns, held_lock& given_held,
               const waiters::place& given_self) noexcept
            : turns_(given_turns), held_(given_held), self_(given_self) {}
        waking(const waking&) = delete;
        waking& operator=(const waking&) = delete;
        ~waking() {
            const bool is_over = self_.is_told();
            waiters::place* told = nullptr;
            waiters::place* next = nullptr;
            turns_.looking.take_told(told);
            turns_.waiting.take_told(told);
            if (!turns_.looking.choose(next, self_)) turns_.waiting.choose(next, self_);
            held_.let_go();
            waiters::wake(next, told);
            if (!is_over) held_.take();
        }

    private:
        store_turns& turns_;
        held_lock& held_;
        const waiters::place& self_;
    };

    /// Until `self` is told, and takes its turn, `use()`, where it has it. The lock may be open
    /// then.
    template <class Use> void wait(waiters::place& self, held_lock& held, Use use) {
        while (!self.is_told()) {
            if (is_busy_)
                self.sleep(held);
            else
                use();
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
            const turn open(*this, held);
            sched_yield();
        }
        expected_ = 0;
    }

private:
    static constexpr int most_times = 64;

    bool is_busy_ = false;
    std::size_t expected_ = 0;
};

}  // namespace shearpin::inline v1::detail
