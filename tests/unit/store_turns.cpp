// SPDX-License-Identifier: BSL-1.0
// Whose turn it is to use the store, and who is told what.
#include <shearpin/detail/store_turns.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <future>
#include <string>
#include <thread>

using shearpin::detail::commit_outcome;
using shearpin::detail::held_lock;
using shearpin::detail::store_turns;
using shearpin::detail::thread_lock;
using shearpin::detail::waiters;

TEST_CASE(
    "a call ends one sleep, whether it comes before or meanwhile, and says if it is the last") {
    shearpin::detail::sleeper self;
    self.call(false);
    CHECK_FALSE(self.sleep());
    const auto other = std::async(std::launch::async, [&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        self.call(true);
    });
    CHECK(self.sleep());
}

TEST_CASE("that something is perhaps not durable is told those of that batch who need it so") {
    waiters list;
    const waiters::place durable(list, 1, true);
    const waiters::place lazy(list, 1, false);
    const waiters::place later(list, 2, true);
    list.note_lazy(1);
    CHECK(durable.answer().is_perhaps_lazy);
    CHECK_FALSE(lazy.answer().is_perhaps_lazy);
    CHECK_FALSE(later.answer().is_perhaps_lazy);
}

TEST_CASE("a look goes before the next batch, also before that of the thread that has the turn") {
    thread_lock lock;
    store_turns turns;
    std::string order;
    std::future<void> looking;
    held_lock held(lock);
    waiters::place self(turns.waiting, 1, true);
    turns.wait(self, held, [&] {
        order += 'd';
        if (order != "d") {
            turns.waiting.tell(1, commit_outcome::done, {});
            return;
        }
        const store_turns::open_lock open(held);
        looking = std::async(std::launch::async, [&] {
            held_lock of_look(lock);
            waiters::place look(turns.looking, 1, true);
            turns.wait(look, of_look, [&] {
                order += 'L';
                turns.looking.tell_up_to(1, commit_outcome::done);
            });
        });
        for (bool is_there = false; !is_there;) {
            const held_lock to_see(lock);
            is_there = !turns.looking.empty();
        }
    });
    looking.get();
    CHECK(order == "dLd");
    CHECK_FALSE(turns.is_busy());
}

TEST_CASE("who keeps the turn uses it under the lock, as the first time") {
    thread_lock lock;
    store_turns turns;
    int uses = 0;
    bool was_locked = false;
    std::promise<void> begun;
    std::future<void> other;
    held_lock held(lock);
    waiters::place self(turns.waiting, 1, true);
    turns.wait(self, held, [&] {
        if (++uses == 1) return;
        other = std::async(std::launch::async, [&] {
            begun.set_value();
            const held_lock after(lock);
        });
        begun.get_future().wait();
        was_locked = other.wait_for(std::chrono::milliseconds(100)) == std::future_status::timeout;
        turns.waiting.tell(1, commit_outcome::done, {});
    });
    other.get();
    CHECK(uses == 2);
    CHECK(was_locked);
}
