// SPDX-License-Identifier: BSL-1.0
// Several threads on one ledger. Gates, and no time, decide who is first.
#include "gate.hpp"
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace ledger_testing;
using shearpin::count;
using shearpin::stored;
using kind = settlement::kind;

namespace {

constexpr count limit = 500;

reserve_answer reserve_one(auto& ledger, const one_pool& asked) {
    return ledger.reserve(ledger.note(), at(hour), asked.whole, [](const ledger_view& view) {
        return view.past(0).history.removed_within(hour).amount + 1 <= limit;
    });
}

/// All of these threads ask for one at a time, as often as they like, and settle it.
template <class Ledger> count hammer(const std::vector<Ledger*>& ledgers, int threads, int turns) {
    std::atomic<count> removed{0};
    std::atomic<int> troubles{0};
    std::vector<std::thread> all;
    for (int number = 0; number != threads; ++number)
        all.emplace_back([&, number] {
            auto& ledger = *ledgers[static_cast<std::size_t>(number) % ledgers.size()];
            const one_pool asked("rows", 1);
            for (int turn = 0; turn != turns; ++turn) {
                const auto answer = reserve_one(ledger, asked);
                if (answer.what == reserving::failed) ++troubles;
                if (answer.what != reserving::reserved) continue;
                ++removed;
                if (!ledger.settle(answer.id, at(hour), {}).empty()) ++troubles;
                if (turn % 16 == 0) (void)ledger.entries();
            }
        });
    for (auto& each : all) each.join();
    CHECK(troubles == 0);
    return removed;
}

}  // namespace

TEST_CASE("two threads at once, in memory") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    CHECK(hammer<decltype(ledger)>({&ledger}, 2, 1000) == limit);
    CHECK(look(ledger, at(hour), "rows").within.amount == limit);
}

TEST_CASE("eight threads, in memory") {
    shearpin::ledger ledger{shearpin::memory_store{}};
    CHECK(hammer<decltype(ledger)>({&ledger}, 8, 500) == limit);
    CHECK(look(ledger, at(hour), "rows").within.amount == limit);
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
}

TEST_CASE("eight threads, on bytes") {
    const byte_memory store;
    shearpin::ledger ledger{store};
    CHECK(hammer<decltype(ledger)>({&ledger}, 8, 200) == limit);
    CHECK(look(ledger, at(hour), "rows").within.amount == limit);
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
}

TEST_CASE("eight threads with three ledgers on one store, as processes have") {
    // The store is shared by three ledgers, each of which uses it from one thread at a time.
    struct locked_store {
        std::shared_ptr<std::mutex> mutex = std::make_shared<std::mutex>();
        byte_memory inner;
        shearpin::loaded load() {
            const std::lock_guard lock(*mutex);
            return inner.load();
        }
        stored store(const std::string& bytes, std::uint64_t expected) {
            const std::lock_guard lock(*mutex);
            return inner.store(bytes, expected);
        }
    };
    const locked_store store;
    shearpin::ledger one{store};
    shearpin::ledger two{store};
    shearpin::ledger three{store};
    CHECK(hammer<decltype(one)>({&one, &two, &three}, 8, 150) == limit);
    CHECK(look(one, at(hour), "rows").within.amount == limit);
    CHECK(look(two, at(hour), "rows").open.amount == 0);
}

TEST_CASE("threads that wait for the store are stored at once") {
    constexpr int threads = 16;
    gate the_gate;
    byte_memory store;
    store.on_store = [&](const std::string&, std::uint64_t, stored&) {
        the_gate.pass();
        return false;
    };
    shearpin::ledger<byte_memory> ledger{store};
    const noted first = ledger.note();
    std::atomic<int> judged{0};
    std::atomic<int> reserved{0};
    std::vector<std::thread> all;
    for (int number = 0; number != threads; ++number)
        all.emplace_back([&] {
            const one_pool asked("rows", 1);
            const auto answer =
                ledger.reserve(first, at(hour), asked.whole, [&](const ledger_view&) {
                    ++judged;
                    return true;
                });
            if (answer.what == reserving::reserved) ++reserved;
        });
    // The first one stands at the gate; the others make their changes meanwhile.
    the_gate.wait_for(1);
    while (judged != threads) std::this_thread::yield();
    // The last one to be judged still holds the lock, or has joined the batch that is next.
    (void)look(ledger, first, at(hour), "rows");
    the_gate.open_for(2);
    for (auto& each : all) each.join();
    CHECK(reserved == threads);
    CHECK(store.shared->stores == 2);
    CHECK(judged == threads);
}

TEST_CASE("where the one who stores for all fails, all of them are told") {
    constexpr int threads = 8;
    for (const auto what : {stored::outcome::failed, stored::outcome::unknown}) {
        gate the_gate;
        byte_memory store;
        bool first_is_through = false;
        store.on_store = [&](const std::string&, std::uint64_t, stored& answer) {
            if (!first_is_through) the_gate.pass();
            if (!first_is_through) {
                first_is_through = true;
                return false;
            }
            answer.what = what;
            answer.why = shearpin::text_view("the disk is gone");
            return true;
        };
        shearpin::ledger<byte_memory> ledger{store};
        const noted first = ledger.note();
        std::atomic<int> judged{0};
        std::atomic<int> reserved{0};
        std::atomic<int> told{0};
        std::vector<std::thread> all;
        for (int number = 0; number != threads; ++number)
            all.emplace_back([&] {
                const one_pool asked("rows", 1);
                const auto answer =
                    ledger.reserve(first, at(hour), asked.whole, [&](const ledger_view&) {
                        ++judged;
                        return true;
                    });
                if (answer.what == reserving::reserved) ++reserved;
                if (answer.what == reserving::failed &&
                    std::string(answer.why).find("the disk is gone") != std::string::npos)
                    ++told;
            });
        the_gate.wait_for(1);
        while (judged != threads) std::this_thread::yield();
        (void)look(ledger, first, at(hour), "rows");
        the_gate.open_for(1);
        for (auto& each : all) each.join();
        CHECK(reserved == 1);
        CHECK(told == threads - 1);
        CHECK(look(ledger, at(hour), "rows").open.amount == 1);
    }
}

TEST_CASE("a refusal that rests on what is not stored yet waits for it") {
    for (const bool first_fails : {true, false}) {
        CAPTURE(first_fails);
        gate the_gate;
        byte_memory store;
        bool fails = first_fails;
        store.on_store = [&](const std::string&, std::uint64_t, stored& answer) {
            the_gate.pass();
            if (!fails) return false;
            fails = false;
            answer.why = shearpin::text_view("not now");
            return true;
        };
        shearpin::ledger<byte_memory> ledger{store};
        const noted first = ledger.note();
        std::atomic<int> judged{0};
        const auto one_only = [&](const ledger_view& view) {
            ++judged;
            return view.past(0).history.open().amount == 0;
        };
        reserve_answer answers[2];
        const one_pool asked("rows", 1);
        std::thread one(
            [&] { answers[0] = ledger.reserve(first, at(hour), asked.whole, one_only); });
        the_gate.wait_for(1);
        std::thread two(
            [&] { answers[1] = ledger.reserve(first, at(hour), asked.whole, one_only); });
        while (judged != 2) std::this_thread::yield();
        (void)look(ledger, first, at(hour), "rows");
        the_gate.open_for(2);
        one.join();
        two.join();
        // Where the first one failed, nothing speaks against the second one any more. Where it did
        // not, the second one's no stands.
        CHECK(answers[0].what == (first_fails ? reserving::failed : reserving::reserved));
        CHECK(answers[1].what == (first_fails ? reserving::reserved : reserving::refused));
        CHECK(judged == (first_fails ? 3 : 2));
    }
}

TEST_CASE("a judge that throws in one thread does not disturb the others") {
    const byte_memory store;
    shearpin::ledger ledger{store};
    std::atomic<int> thrown{0};
    std::vector<std::thread> all;
    for (int number = 0; number != 4; ++number)
        all.emplace_back([&] {
            const one_pool asked("rows", 1);
            for (int turn = 0; turn != 100; ++turn) try {
                    const auto answer = ledger.reserve(ledger.note(), at(hour), asked.whole,
                                                       [&](const ledger_view&) -> bool {
                                                           if (turn % 2 == 0) throw 7;
                                                           return true;
                                                       });
                    if (answer.what == reserving::reserved)
                        (void)ledger.settle(answer.id, at(hour), {});
                } catch (int) {
                    ++thrown;
                }
        });
    for (auto& each : all) each.join();
    CHECK(thrown == 200);
    CHECK(look(ledger, at(hour), "rows").within.amount == 200);
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
}
