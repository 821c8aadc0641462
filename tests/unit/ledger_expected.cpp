// SPDX-License-Identifier: BSL-1.0
// Of those whose changes were stored at once, all come back soon, to settle: whoever is the first
// waits for the others, as long as threads that are ready need for that, and stores all at once.
#include <doctest/doctest.h>
#include <sched.h>

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "gate.hpp"

namespace {

/// What is done in this thread each time that it lets others go first.
thread_local std::function<void()> at_a_yield;
int let_others_go_first() {
    if (at_a_yield) at_a_yield();
    return sched_yield();
}

}  // namespace

// All that waits so has names of its own, as other tests are in the same program.
#define v1 v1_expected
#define ledger_testing ledger_testing_expected
#define sched_yield let_others_go_first
#include "ledger_testing.hpp"
#undef sched_yield

using namespace ledger_testing;
using shearpin::stored;

namespace {

/// A ledger on which two removals were stored at once, while another one was, which has ended.
struct two_at_once {
    std::shared_ptr<document> shared = std::make_shared<document>();
    gate the_gate{};
    shearpin::ledger<byte_memory> ledger{
        byte_memory{shared, {}, [this](const std::string&, std::uint64_t, stored&) {
                        the_gate.pass();
                        return false;
                    }}};
    const noted first = ledger.note();
    reserve_answer both[2];

    two_at_once() {
        std::atomic<int> judged{0};
        const auto reserve_one = [&] {
            const one_pool asked("rows", 1);
            return ledger.reserve(first, at(hour), asked.whole, [&](const ledger_view&) {
                ++judged;
                return true;
            });
        };
        std::thread before([&] { (void)reserve_one(); });
        the_gate.wait_for(1);
        std::thread one([&] { both[0] = reserve_one(); });
        std::thread other([&] { both[1] = reserve_one(); });
        while (judged != 3) std::this_thread::yield();
        while (open() != 3) std::this_thread::yield();
        the_gate.open_for(1000);
        for (std::thread* each : {&before, &one, &other}) each->join();
        CHECK(shared->stores == 2);
    }
    two_at_once(const two_at_once&) = delete;
    two_at_once& operator=(const two_at_once&) = delete;

    shearpin::count open() { return look(ledger, first, at(hour), "rows").open.amount; }
    bool settle(int which) { return ledger.settle(both[which].id, at(hour), {}).empty(); }
};

}  // namespace

TEST_CASE("who is back first waits for the other one, and both are stored at once") {
    two_at_once beside;
    std::future<bool> other;
    at_a_yield = [&] {
        if (other.valid()) return;
        other = std::async(std::launch::async, [&] { return beside.settle(1); });
        while (beside.open() != 1) std::this_thread::yield();
    };
    CHECK(beside.settle(0));
    at_a_yield = nullptr;
    REQUIRE(other.valid());
    CHECK(other.get());
    CHECK(beside.shared->stores == 3);
}

TEST_CASE("it is not waited for longer than threads that are ready need, and not a second time") {
    two_at_once beside;
    int yields = 0;
    at_a_yield = [&] { ++yields; };
    CHECK(beside.settle(0));
    CHECK(yields > 1);
    const int before = yields;
    CHECK(beside.settle(1));
    at_a_yield = nullptr;
    CHECK(yields == before);
    CHECK(beside.shared->stores == 4);
}

TEST_CASE("where there is nobody else, nobody is waited for") {
    byte_memory store;
    shearpin::ledger<byte_memory> ledger{store};
    int yields = 0;
    at_a_yield = [&] { ++yields; };
    for (int turn = 0; turn != 3; ++turn) CHECK(remove(ledger, at(hour), "rows", 1));
    at_a_yield = nullptr;
    CHECK(yields == 0);
    CHECK(store.shared->stores == 6);
}
