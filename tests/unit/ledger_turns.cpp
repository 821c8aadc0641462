// SPDX-License-Identifier: BSL-1.0
// Several threads on one ledger: who waits for whom. Gates, and no time, decide who is first.
#include "gate.hpp"
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <future>
#include <stdexcept>
#include <string>
#include <utility>

using namespace ledger_testing;
using shearpin::stored;

namespace {

reserve_answer reserve_one(auto& ledger, const noted& first) {
    const one_pool asked("rows", 1);
    return ledger.reserve(first, at(hour), asked.whole, yes);
}

/// Notes the order of what is stored: d for durably, l for lazily. Each that is durable, once it is
/// asked to, waits at the gate; what is lazy at one of its own, where there is one.
struct gated_store {
    lazy_byte_memory inner;
    gate* stop = nullptr;
    std::string* order = nullptr;
    bool far = false;
    gate* stop_lazy = nullptr;

    [[nodiscard]] bool is_remote() const { return far; }
    shearpin::loaded load() { return inner.load(); }
    stored store(const std::string& bytes, std::uint64_t expected) {
        *order += 'd';
        stop->pass();
        return inner.store(bytes, expected);
    }
    stored store_lazily(const std::string& bytes, std::uint64_t expected) {
        *order += 'l';
        if (stop_lazy != nullptr) stop_lazy->pass();
        return inner.store_lazily(bytes, expected);
    }
};

}  // namespace

TEST_CASE("who asks does not wait for a thread that stores, while nobody else writes") {
    gate the_gate;
    std::string order;
    shearpin::ledger<gated_store> ledger{gated_store{{}, &the_gate, &order}};
    CHECK(!ledger.note().is_guess);  // nothing is known yet
    CHECK(!ledger.note().is_guess);  // and where nobody stores, a look costs little
    auto one = std::async(std::launch::async, [&] { return reserve_one(ledger, ledger.note()); });
    the_gate.wait_for(1);
    auto asking = std::async(std::launch::async, [&] { return ledger.note(); });
    REQUIRE(is_over(asking));
    const noted first = asking.get();
    CHECK(first.is_guess);
    auto two = std::async(std::launch::async, [&] { return reserve_one(ledger, first); });
    the_gate.open_for(2);
    CHECK(one.get().what == reserving::reserved);
    CHECK(two.get().what == reserving::reserved);
    CHECK(look(ledger, at(hour), "rows").open.amount == 2);
}

TEST_CASE("what was guessed beside a thread that stores is judged anew where others wrote") {
    gate the_gate;
    std::string order;
    gated_store store{{}, &the_gate, &order};
    shearpin::ledger<gated_store> ledger{store};
    shearpin::ledger<lazy_byte_memory> others{store.inner};
    (void)ledger.note();
    const noted before = ledger.note();
    auto one = std::async(std::launch::async, [&] { return reserve_one(ledger, ledger.note()); });
    the_gate.wait_for(1);
    const noted first = ledger.note();
    REQUIRE(first.is_guess);
    CHECK(reserve_one(others, others.note()).what == reserving::reserved);
    auto two = std::async(std::launch::async, [&] { return reserve_one(ledger, first); });
    while (look(ledger, before, at(hour), "rows").open.amount != 2) std::this_thread::yield();
    the_gate.open_for(100);
    // The others were faster: nothing holds that was guessed.
    CHECK(two.get().what == reserving::look_again);
    CHECK(one.get().what == reserving::reserved);
    CHECK(!ledger.note().is_guess);
}

TEST_CASE("settlements go before the next sync, and do not wait for it") {
    for (const int turn : {0, 1, 2, 3}) {
        const bool far = turn % 2 == 1;
        const bool settles_first = turn < 2;
        CAPTURE(far);
        CAPTURE(settles_first);
        gate the_gate;
        std::string order;
        shearpin::ledger<gated_store> ledger{gated_store{{}, &the_gate, &order, far}};
        const noted first = ledger.note();
        the_gate.open_for(1);
        const reserve_answer removed = reserve_one(ledger, first);
        REQUIRE(removed.what == reserving::reserved);
        // While a second one is stored, the first one settles, and a third one asks.
        auto two = std::async(std::launch::async, [&] { return reserve_one(ledger, first); });
        the_gate.wait_for(2);
        const auto wait_for_open = [&](shearpin::count number) {
            while (look(ledger, first, at(hour), "rows").open.amount != number)
                std::this_thread::yield();
        };
        const auto ask = [&] { return reserve_one(ledger, first); };
        std::future<reserve_answer> three;
        if (!settles_first) {
            three = std::async(std::launch::async, ask);
            wait_for_open(3);
        }
        auto settling = std::async(std::launch::async,
                                   [&] { return ledger.settle(removed.id, at(hour), {}).empty(); });
        wait_for_open(settles_first ? 1 : 2);
        if (settles_first) three = std::async(std::launch::async, ask);
        wait_for_open(2);
        the_gate.open_for(2);
        CHECK(two.get().what == reserving::reserved);
        the_gate.wait_for(3);
        if (!far) CHECK(is_over(settling));
        CHECK(order == (far ? "ddd" : "ddld"));
        CHECK(three.wait_for(std::chrono::seconds(0)) != std::future_status::ready);
        the_gate.open_for(3);
        CHECK(settling.get());
        CHECK(three.get().what == reserving::reserved);
        CHECK(look(ledger, at(hour), "rows").open.amount == 2);
        CHECK(look(ledger, at(hour), "rows").within.amount == 3);
    }
}

TEST_CASE(
    "settlements do not go first twice: what needs the sync comes after at most one of them") {
    gate the_gate, lazy_gate;
    std::string order;
    shearpin::ledger<gated_store> ledger{gated_store{{}, &the_gate, &order, false, &lazy_gate}};
    const noted first = ledger.note();
    the_gate.open_for(100);
    const reserve_answer removed[] = {reserve_one(ledger, first), reserve_one(ledger, first)};
    const auto settle = [&](int which) {
        return std::async(std::launch::async, [&ledger, id = removed[which].id] {
            return ledger.settle(id, at(hour), {}).empty();
        });
    };
    const auto wait_for_open = [&](shearpin::count number) {
        while (look(ledger, first, at(hour), "rows").open.amount != number)
            std::this_thread::yield();
    };
    auto one = settle(0);
    lazy_gate.wait_for(1);
    auto two = settle(1);
    wait_for_open(0);
    auto three = std::async(std::launch::async, [&] { return reserve_one(ledger, first); });
    wait_for_open(1);
    lazy_gate.open_for(100);
    CHECK(one.get());
    CHECK(two.get());
    CHECK(three.get().what == reserving::reserved);
    CHECK(order == "ddld");
}

TEST_CASE("what waits while others are found to have written is made anew, on top of that") {
    gate the_gate;
    byte_memory store;
    bool is_held = false;
    store.on_load = [&](shearpin::loaded&) {
        if (std::exchange(is_held, false)) the_gate.pass();
        return false;
    };
    shearpin::ledger<byte_memory> ledger{store};
    shearpin::ledger<byte_memory> others{byte_memory{store.shared, {}, {}}};
    const noted first = ledger.note();
    is_held = true;
    auto looking = std::async(std::launch::async, [&] { return ledger.entries(); });
    the_gate.wait_for(1);
    auto change = std::async(std::launch::async, [&] { return reserve_one(ledger, first); });
    while (look(ledger, first, at(hour), "rows").open.amount != 1) std::this_thread::yield();
    CHECK(reserve_one(others, others.note()).what == reserving::reserved);
    the_gate.open_for(1);
    CHECK(looking.get().readable);
    CHECK(change.get().what == reserving::reserved);
    CHECK(look(others, at(hour), "rows").open.amount == 2);
}

TEST_CASE("who asks while another looks is shown all that was stored before") {
    gate the_gate;
    byte_memory store;
    bool is_held = true;
    store.on_load = [&](shearpin::loaded& answer) {
        if (!std::exchange(is_held, false)) return false;
        answer = {store.shared->bytes, store.shared->version, true, {}};
        the_gate.pass();  // on its way back
        return true;
    };
    shearpin::ledger<byte_memory> ledger{store};
    shearpin::ledger<byte_memory> others{byte_memory{store.shared, {}, {}}};
    auto looking = std::async(std::launch::async, [&] { return ledger.entries(); });
    the_gate.wait_for(1);
    CHECK(reserve_one(others, others.note()).what == reserving::reserved);
    auto asking = std::async(std::launch::async, [&] { return ledger.entries(); });
    // Nobody can see that it waits. Where it does not yet, nothing is asked of anybody.
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    the_gate.open_for(1);
    CHECK(looking.get().entries.empty());
    CHECK(asking.get().entries.size() == 1);
}

TEST_CASE("where a look throws, the others who wait for one are not left waiting") {
    gate the_gate;
    byte_memory store;
    bool throws = false;
    store.on_load = [&](shearpin::loaded&) -> bool {
        if (!throws) return false;
        throws = false;
        the_gate.pass();
        throw std::runtime_error("no");
    };
    shearpin::ledger<byte_memory> ledger{store};
    throws = true;
    auto one = std::async(std::launch::async, [&] { return ledger.note(); });
    the_gate.wait_for(1);
    std::atomic<int> begun{0};
    const auto asks = [&] {
        ++begun;
        return ledger.note();
    };
    auto two = std::async(std::launch::async, asks);
    auto three = std::async(std::launch::async, asks);
    while (begun != 2) std::this_thread::yield();
    the_gate.open_for(1);
    CHECK_THROWS_AS(one.get(), std::runtime_error);
    CHECK(is_over(two));
    CHECK(is_over(three));
    CHECK(two.get().readable);
    CHECK(three.get().readable);
}

TEST_CASE("however many look, what waits to be stored has its turn") {
    gate the_gate;
    std::string order;
    byte_memory store;
    store.on_load = [&](shearpin::loaded&) {
        order += 'L';
        if (order.size() == 2) the_gate.pass();
        return false;
    };
    store.on_store = [&](const std::string&, std::uint64_t, stored&) {
        order += 'd';
        return false;
    };
    shearpin::ledger<byte_memory> ledger{store};
    const noted first = ledger.note();
    // While one looks, others come who need a look that begins after they came, and one change.
    auto looking = std::async(std::launch::async, [&] { return ledger.entries(); });
    the_gate.wait_for(1);
    auto next = std::async(std::launch::async, [&] { return ledger.entries(); });
    auto last = std::async(std::launch::async, [&] { return ledger.entries(); });
    auto change = std::async(std::launch::async, [&] { return reserve_one(ledger, first); });
    while (look(ledger, first, at(hour), "rows").open.amount != 1) std::this_thread::yield();
    // Nobody can see that they wait for a look. Where they do not yet, nothing is asked of anybody.
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    the_gate.open_for(1);
    CHECK(change.get().what == reserving::reserved);
    CHECK(looking.get().readable);
    CHECK(next.get().readable);
    CHECK(last.get().readable);
    CHECK(order.substr(0, 3) == "LLd");
}

TEST_CASE("what waits before anything was synced is stored together, with one sync") {
    lazy_byte_memory store;
    shearpin::ledger<lazy_byte_memory> others{store};
    const reserve_answer open_one = reserve_one(others, others.note());
    REQUIRE(store.shared->stores == 1);
    gate the_gate;
    int looks = 0;
    lazy_byte_memory watched = store;
    watched.on_load = [&](shearpin::loaded&) {
        if (++looks == 2) the_gate.pass();
        return false;
    };
    shearpin::ledger<lazy_byte_memory> ledger{watched};
    const noted first = ledger.note();
    // While one looks, another one asks, and what is open is settled.
    auto looking = std::async(std::launch::async, [&] { return ledger.entries(); });
    the_gate.wait_for(1);
    const auto wait_for_open = [&](shearpin::count number) {
        while (look(ledger, first, at(hour), "rows").open.amount != number)
            std::this_thread::yield();
    };
    auto asking = std::async(std::launch::async, [&] { return reserve_one(ledger, first); });
    wait_for_open(2);
    auto settling = std::async(std::launch::async,
                               [&] { return ledger.settle(open_one.id, at(hour), {}).empty(); });
    wait_for_open(1);
    the_gate.open_for(1);
    CHECK(asking.get().what == reserving::reserved);
    CHECK(settling.get());
    CHECK(looking.get().readable);
    CHECK(store.shared->stores == 2);
    CHECK(store.shared->lazy_stores == 0);
}
