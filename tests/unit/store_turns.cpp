// SPDX-License-Identifier: BSL-1.0
// Whose turn it is to use the store, and who is told what.
#include <shearpin/detail/store_turns.hpp>

#include <doctest/doctest.h>

#include <sys/syscall.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <future>
#include <string>
#include <thread>

using shearpin::detail::commit_outcome;
using shearpin::detail::held_lock;
using shearpin::detail::store_turns;
using shearpin::detail::thread_lock;
using shearpin::detail::waiters;

namespace {

/// How often this thread has let others go first.
thread_local int yields = 0;

/// A store, and what is done with it, in this order.
struct shared_store {
    thread_lock lock;
    store_turns turns;
    std::string order;

    /// Another thread's look, which is in the list when this returns; the lock is open meanwhile.
    template <class Use>
    std::future<void> begin_look(held_lock& held, std::uint64_t number, Use use) {
        const store_turns::open_lock open(held);
        std::future<void> looking = std::async(std::launch::async, [this, number, use] {
            held_lock of_look(lock);
            waiters::place look(turns.looking, number, true);
            turns.wait(look, of_look, [&] {
                use(of_look);
                turns.looking.tell_up_to(number, commit_outcome::done);
            });
        });
        for (bool is_there = false; !is_there;) {
            const held_lock to_see(lock);
            is_there = turns.looking.newest() == number;
        }
        return looking;
    }
};

}  // namespace

/// In place of the system's.
extern "C" int sched_yield() noexcept {
    ++yields;
    return static_cast<int>(::syscall(SYS_sched_yield));
}

TEST_CASE("the newest that anybody waits for is the highest number, whoever came first") {
    for (const int first : {1, 2, 3}) {
        CAPTURE(first);
        const auto number = [&](int at) {
            return static_cast<std::uint64_t>((first + at) % 3 + 1);
        };
        waiters list;
        CHECK(list.empty());
        const waiters::place one(list, number(0), true);
        const waiters::place two(list, number(1), true);
        const waiters::place three(list, number(2), true);
        CHECK(list.newest() == 3);
        CHECK_FALSE(list.empty());
    }
}

TEST_CASE("of a batch that was stored lazily those wait for the next one who need more") {
    waiters list;
    const waiters::place lazy(list, 1, false);
    const waiters::place durable(list, 1, true);
    const waiters::place later(list, 2, true);
    CHECK(list.tell_lazy(1) == 1);
    CHECK(lazy.is_told());
    CHECK_FALSE(durable.is_told());
    CHECK_FALSE(later.is_told());
    CHECK(list.newest() == 2);
    CHECK(list.tell(2, commit_outcome::done, {}) == 2);
    CHECK(durable.is_told());
    CHECK(later.is_told());
}

TEST_CASE("who is expected and does not come is waited for once, and not for long") {
    thread_lock lock;
    store_turns turns;
    held_lock held(lock);
    const auto waits = [&] {
        yields = 0;
        turns.wait_for_expected(held);
        return yields;
    };
    CHECK(waits() == 0);
    turns.expect(2);
    const int all = waits();
    CHECK(all > 1);
    CHECK(all < 1000);
    CHECK(waits() == 0);
    // One of two is as good as none, and who comes without being expected counts for nobody.
    turns.expect(2);
    turns.came();
    CHECK(waits() == all);
    turns.expect(2);
    turns.came();
    turns.came();
    turns.came();
    CHECK(waits() == 0);
}

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
    shared_store on;
    std::future<void> looking;
    held_lock held(on.lock);
    waiters::place self(on.turns.waiting, 1, true);
    on.turns.wait(self, held, [&] {
        on.order += 'd';
        if (on.order == "d")
            looking = on.begin_look(held, 1, [&](held_lock&) { on.order += 'L'; });
        else
            on.turns.waiting.tell(1, commit_outcome::done, {});
    });
    looking.get();
    CHECK(on.order == "dLd");
    CHECK_FALSE(on.turns.is_busy());
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

TEST_CASE("looks go one after the other, also while nobody has anything to store") {
    shared_store on;
    std::future<void> second;
    held_lock held(on.lock);
    waiters::place self(on.turns.looking, 1, true);
    on.turns.wait(self, held, [&] {
        on.order += '1';
        second = on.begin_look(held, 2, [&](held_lock&) { on.order += '2'; });
        on.turns.looking.tell_up_to(1, commit_outcome::done);
    });
    second.get();
    CHECK(on.order == "12");
    CHECK_FALSE(on.turns.is_busy());
}

TEST_CASE("who had the turn twice, and then not, sleeps until it is his again") {
    shared_store on;
    std::future<void> looking;
    held_lock held(on.lock);
    waiters::place self(on.turns.waiting, 1, true);
    on.turns.wait(self, held, [&] {
        on.order += 'd';
        if (on.order == "d") return;
        if (on.order != "dd") {
            on.turns.waiting.tell(1, commit_outcome::done, {});
            return;
        }
        looking = on.begin_look(held, 1, [&](held_lock& of_look) {
            on.order += 'L';
            {
                const store_turns::open_lock meanwhile(of_look);
                std::this_thread::sleep_for(std::chrono::milliseconds(100));
            }
            on.order += 'l';
        });
    });
    looking.get();
    CHECK(on.order == "ddLld");
    CHECK_FALSE(on.turns.is_busy());
}
