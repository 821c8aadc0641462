// SPDX-License-Identifier: BSL-1.0
// A store in which somebody else is always faster: a ledger tries a thousand times, and says then
// that it is busy.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <future>
#include <thread>

using namespace ledger_testing;
using shearpin::loaded;
using shearpin::stored;

namespace {

constexpr int tries = 1000;

/// A thread at a ledger whose store is always overtaken, and before its last tries another one
/// comes that wants to store as well. Where that one waits to be stored, the first one says no,
/// which is no answer yet: it rests on what comes to nothing, so that both have to look again. Who
/// is faster then is for the system to say. Where the first one is, it says yes, and is overtaken.
class two_threads {
public:
    two_threads() {
        store_.on_load = [this](loaded&) {
            // Who has looked goes to its judge, and waits then to be stored.
            here().has_looked = true;
            if (other().has_looked) wait_until_other_has_judged();
            return false;
        };
        store_.on_store = [this](const std::string&, std::uint64_t expected, stored& answer) {
            if (++overtaken_ == tries - 20) begin_other_();
            // Who judges holds the lock until it waits for what is being stored here.
            if (overtaken_ >= tries - 20) wait_until_other_has_judged();
            for (one& each : threads_) each.has_looked = each.has_judged = false;
            answer = {stored::outcome::conflict, expected + 1, {}};
            return !is_over_;
        };
    }
    /// What is answered to the first one, and whether that is to a no.
    reserve_answer run(bool& was_no) {
        shearpin::ledger<byte_memory> ledger{store_};
        const noted look = ledger.note();
        const one_pool asked("rows", 1);
        std::future<void> storing;
        begin_other_ = [&] {
            storing = std::async(std::launch::async, [&] {
                while (!is_over_)
                    (void)ledger.reserve(look, at(hour), asked.whole, [this](const ledger_view&) {
                        here().has_judged = true;
                        return true;
                    });
            });
        };
        const reserve_answer answer =
            ledger.reserve(look, at(hour), asked.whole, [&](const ledger_view& view) {
                here().has_judged = true;
                was_no = view.past(0, {}, {}).history.open().amount != 0;
                return !was_no;
            });
        is_over_ = true;
        storing.wait();
        return answer;
    }

private:
    /// What it has done since the store was overtaken last.
    struct one {
        std::atomic<bool> has_looked = false;
        std::atomic<bool> has_judged = false;
    };
    [[nodiscard]] bool is_first() const { return std::this_thread::get_id() == first_; }
    [[nodiscard]] one& here() { return threads_[is_first() ? 0 : 1]; }
    [[nodiscard]] one& other() { return threads_[is_first() ? 1 : 0]; }
    /// Not for ever: what is not so after some time will not be.
    void wait_until_other_has_judged() {
        const auto begun = std::chrono::steady_clock::now();
        while (!is_over_ && !other().has_judged &&
               std::chrono::steady_clock::now() - begun < std::chrono::seconds(20))
            std::this_thread::yield();
    }

    std::thread::id first_ = std::this_thread::get_id();
    std::atomic<bool> is_over_ = false;
    one threads_[2];
    int overtaken_ = 0;
    std::function<void()> begin_other_;
    byte_memory store_;
};

}  // namespace

TEST_CASE("a ledger that is overtaken a thousand times is busy, and nothing is reserved") {
    byte_memory store;
    store.on_store = [](const std::string&, std::uint64_t expected, stored& answer) {
        answer = {stored::outcome::conflict, expected + 1, {}};
        return true;
    };
    shearpin::ledger<byte_memory> ledger{store};
    int judged = 0;
    const one_pool asked("rows", 1);
    const reserve_answer answer =
        ledger.reserve(ledger.note(), at(hour), asked.whole, [&](const ledger_view&) {
            ++judged;
            return true;
        });
    CHECK(answer.what == reserving::failed);
    CHECK(answer.why == shearpin::detail::ledger_texts::busy);
    CHECK(judged == tries);
    CHECK(store.shared->stores == tries);
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
}

TEST_CASE("a ledger is busy whose last no rests on what another thread could not store") {
    bool was_no = false;
    for (int turn = 0; turn != 100 && !was_no; ++turn) {  // some end with a yes
        const reserve_answer answer = two_threads().run(was_no);
        CHECK(answer.what == reserving::failed);
        CHECK(answer.why == shearpin::detail::ledger_texts::busy);
    }
    CHECK(was_no);
}
