// SPDX-License-Identifier: BSL-1.0
// Between a look at the store and the moment at which whoever waited for it holds the lock again,
// others change what is in memory, and their store fails. Nobody goes on with what they made.
#include <doctest/doctest.h>
#include <pthread.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "gate.hpp"

namespace {

/// What is done in this thread before it takes a lock of a ledger's.
thread_local std::function<void()> before_lock;
int take_lock(pthread_mutex_t* mutex) {
    if (before_lock) before_lock();
    return pthread_mutex_lock(mutex);
}

}  // namespace

// All that takes its locks so has names of its own, as other tests are in the same program.
#define v1 v1_between
#define ledger_testing ledger_testing_between
#define pthread_mutex_lock take_lock
#include "ledger_testing.hpp"
#undef pthread_mutex_lock

using namespace ledger_testing;
using shearpin::loaded;
using shearpin::stored;

namespace {

/// A ledger of which this thread has nothing in memory, as its last store has failed. So do all
/// others as long as the test says so.
struct interrupted {
    std::shared_ptr<document> shared = std::make_shared<document>();
    std::function<void()> after_look{};  ///< nobody holds the lock
    std::function<void()> while_storing{};
    bool fails = true;
    int locks_to_go = 0;
    shearpin::ledger<byte_memory> ledger{byte_memory{
        shared,
        [this](loaded&) {
            locks_to_go = 2;  // when the look is over, and when whoever waited for it goes on
            return false;
        },
        [this](const std::string&, std::uint64_t, stored&) {
            if (while_storing) while_storing();
            return fails;
        }}};
    const noted first = ledger.note();
    const one_pool one{"rows", 1};

    interrupted() {
        CHECK(reserve_one().what == reserving::failed);
        before_lock = [this] {
            if (locks_to_go == 0 || --locks_to_go != 0 || !after_look) return;
            const std::function<void()> now = after_look;
            after_look = nullptr;
            now();
        };
    }
    interrupted(const interrupted&) = delete;
    interrupted& operator=(const interrupted&) = delete;
    ~interrupted() { before_lock = nullptr; }

    reserve_answer reserve_one() { return ledger.reserve(first, at(hour), one.whole, yes); }
    /// So often another one is there, who is told that his reservation has failed.
    void others_fail(int times) {
        fails = times != 0;
        if (times == 0) return;
        after_look = [this, times] {
            CHECK(reserve_one().what == reserving::failed);
            others_fail(times - 1);
        };
    }
    [[nodiscard]] shearpin::count open_on_store() const {
        shearpin::ledger<byte_memory> others{byte_memory{shared, {}, {}}};
        return look(others, at(hour), "rows").open.amount;
    }
};

const auto nothing_open = [](const ledger_view& view) {
    return view.past(0).history.open().amount == 0;
};

bool is_too_often(const shearpin::store_trouble& why) {
    return std::string(why).find("thousand times") != std::string::npos;
}

}  // namespace

TEST_CASE("what others have failed to store is not stored by who looked before") {
    interrupted beside;
    beside.others_fail(1);
    CHECK(beside.reserve_one().what == reserving::reserved);
    CHECK(beside.open_on_store() == 1);
    beside.others_fail(0);
    CHECK(look(beside.ledger, at(hour), "rows").open.amount == 1);
}

TEST_CASE("where others fail after each look, it gives up, and says so") {
    for (const int times : {999, 1000}) {
        interrupted beside;
        beside.others_fail(times);
        const auto answer = beside.reserve_one();
        CHECK((answer.what == reserving::reserved) == (times == 999));
        CHECK(is_too_often(answer.why) == (times == 1000));
        CHECK(beside.open_on_store() == (times == 999 ? 1 : 0));
    }
}

TEST_CASE("what others have failed to store is not listed") {
    interrupted beside;
    beside.others_fail(1);
    const auto listing = beside.ledger.entries();
    CHECK(listing.readable);
    CHECK(listing.entries.empty());
}

TEST_CASE("a question after a guess does not rest on what others have failed to store") {
    interrupted beside;
    noted first = beside.ledger.note();
    first.is_guess = true;
    beside.others_fail(1);
    const auto ask = [&] {
        return beside.ledger.consult(first, at(hour), beside.one.whole, nothing_open).what;
    };
    CHECK(ask() == reserving::look_again);
    CHECK(ask() == reserving::reserved);
}

TEST_CASE("where each no rests on what others fail to store in the end, it gives up, and says so") {
    interrupted beside;
    gate the_gate;
    std::future<reserve_answer> other;
    int rounds = 0;
    bool is_judged = false;
    beside.while_storing = [&] { the_gate.pass(); };
    const std::function<void()> another_comes = [&] {
        if (other.valid()) CHECK(other.get().what == reserving::failed);
        if (rounds == 1100) return;
        other = std::async(std::launch::async, [&] { return beside.reserve_one(); });
        the_gate.wait_for(++rounds);
        beside.after_look = another_comes;
    };
    beside.after_look = another_comes;
    before_lock = [&, before = before_lock] {
        before();
        // This thread waits for the other one from now on.
        if (std::exchange(is_judged, false)) the_gate.open_for(rounds);
    };
    const auto refuse = [&](const ledger_view&) {
        is_judged = true;
        return false;
    };
    const auto answer = beside.ledger.reserve(beside.first, at(hour), beside.one.whole, refuse);
    CHECK(answer.what == reserving::failed);
    CHECK(is_too_often(answer.why));
    CHECK(rounds == 1000);
    the_gate.open_for(10'000);
    CHECK(other.get().what == reserving::failed);
}

TEST_CASE("what is stored is told without the lock, which others may hold for long") {
    interrupted beside;
    beside.others_fail(0);
    CHECK(beside.reserve_one().what == reserving::reserved);
    bool is_taken_again = false;
    beside.while_storing = [&] {
        beside.locks_to_go = 2;  // when that is over, and when it is told
        beside.after_look = [&] { is_taken_again = true; };
    };
    CHECK(beside.reserve_one().what == reserving::reserved);
    CHECK(!is_taken_again);
}
