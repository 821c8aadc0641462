// SPDX-License-Identifier: BSL-1.0
// Settlements go before the next sync, and what waits for that sync is stored with them: not yet
// durably. What becomes of it where the sync comes to nothing.
#include "gate.hpp"
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <thread>

using namespace ledger_testing;
using shearpin::stored;
using kind = settlement::kind;

namespace {

/// Notes the order of what is stored: d for durably, l for lazily. Each that is durable waits at
/// the gate. What is lazy is answered as the test says.
struct watched_store : byte_memory {
    gate* stop = nullptr;
    std::string* order = nullptr;
    std::function<void(stored&)> on_lazy;

    stored store(const std::string& bytes, std::uint64_t expected) {
        *order += 'd';
        stop->pass();
        return byte_memory::store(bytes, expected);
    }
    stored store_lazily(const std::string& bytes, std::uint64_t expected) {
        *order += 'l';
        stored answer = replace(bytes, expected);
        if (on_lazy) on_lazy(answer);
        return answer;
    }
};

reserve_answer reserve_one(auto& ledger, const noted& first) {
    const one_pool asked("rows", 1);
    return ledger.reserve(first, at(hour), asked.whole, yes);
}

/// Two removals are open. While a third one is synced, the first is settled, and something is done
/// that needs the next sync: so both are stored lazily before that.
struct settled_first {
    gate the_gate{};
    std::string order{};
    watched_store store{};
    noted first{};
    reserve_answer removed{};
    reserve_answer open_one{};

    settled_first() {
        store.stop = &the_gate;
        store.order = &order;
    }
    /// What `what(ledger)` has answered. `then` is done before the next sync is let through.
    template <class What, class Then>
    auto run(shearpin::ledger<watched_store>& ledger, What what, Then then) {
        first = ledger.note();
        the_gate.open_for(2);
        removed = reserve_one(ledger, first);
        open_one = reserve_one(ledger, first);
        auto three =
            std::async(std::launch::async, [&] { return reserve_one(ledger, first).what; });
        the_gate.wait_for(3);
        const auto open = [&] { return look(ledger, first, at(hour), "rows").open.amount; };
        auto settling = std::async(std::launch::async, [&] {
            try {
                return ledger.settle(removed.id, at(hour), {}).empty();
            } catch (int) {
                return true;
            }
        });
        while (open() == 3) std::this_thread::yield();
        auto answer = std::async(std::launch::async, [&] { return what(ledger); });
        while (open() == 2) std::this_thread::yield();
        the_gate.open_for(3);
        CHECK(three.get() == reserving::reserved);
        then();
        the_gate.open_for(100);
        REQUIRE(is_over(settling));
        CHECK(settling.get());
        REQUIRE(is_over(answer));
        return answer.get();
    }
    auto reserve(shearpin::ledger<watched_store>& ledger) { return reserve_one(ledger, first); }
    /// More than was reserved.
    auto settle(shearpin::ledger<watched_store>& ledger) {
        return ledger.settle(open_one.id, at(hour), {kind::heads, 5});
    }
};

const auto nothing = [] {};

}  // namespace

TEST_CASE("what was stored with settlements, and overtaken before its sync, is there once") {
    for (const bool is_guess : {false, true}) {
        CAPTURE(is_guess);
        settled_first beside;
        shearpin::ledger<watched_store> ledger{beside.store};
        byte_memory same;
        same.shared = beside.store.shared;
        shearpin::ledger<byte_memory> others{same};
        const auto answer = beside.run(
            ledger,
            [&](auto&) {
                noted first = beside.first;
                first.is_guess = is_guess;
                return reserve_one(ledger, first);
            },
            [&] {
                beside.the_gate.wait_for(4);
                CHECK(reserve_one(others, others.note()).what == reserving::reserved);
            });
        CHECK(answer.what == reserving::reserved);
        CHECK(beside.order == "dddldd");
        CHECK(look(others, at(hour), "rows").open.amount == 4);
        CHECK(look(others, at(hour), "rows").within.amount == 5);
        CHECK(ledger.settle(answer.id, at(hour), {}).empty());
        CHECK(look(others, at(hour), "rows").open.amount == 3);
    }
}

TEST_CASE("a larger settlement that was overtaken after it was stored lazily is synced") {
    settled_first beside;
    shearpin::ledger<watched_store> ledger{beside.store};
    byte_memory same;
    same.shared = beside.store.shared;
    shearpin::ledger<byte_memory> others{same};
    const auto overtaken = [&] {
        beside.the_gate.wait_for(4);
        CHECK(reserve_one(others, others.note()).what == reserving::reserved);
    };
    const auto trouble =
        beside.run(ledger, [&](auto& given) { return beside.settle(given); }, overtaken);
    CHECK(std::string(trouble) == "");
    CHECK(beside.order == "dddldd");
    CHECK(look(others, at(hour), "rows").open.amount == 2);
    CHECK(look(others, at(hour), "rows").within.amount == 8);
}

TEST_CASE("what was stored with settlements, and whose sync fails, is in doubt") {
    settled_first beside;
    beside.store.on_store = [&](const std::string&, std::uint64_t, stored& answer) {
        answer.why = shearpin::text_view("the disk is full");
        return beside.order == "dddld";
    };
    shearpin::ledger<watched_store> ledger{beside.store};
    const auto answer =
        beside.run(ledger, [&](auto& given) { return beside.reserve(given); }, nothing);
    CHECK(answer.what == reserving::failed);
    CHECK(std::string(answer.why) ==
          std::string(shearpin::detail::in_doubt(shearpin::text_view("the disk is full"))));
    CHECK(look(ledger, at(hour), "rows").open.amount == 3);
}

TEST_CASE("what was perhaps stored with settlements is synced before it is told as done") {
    for (const int turn : {0, 1, 2, 3}) {
        for (const int what : {0, 1}) {
            const bool throws = turn == 1;
            const bool is_synced = turn != 2;
            const bool is_overtaken = turn == 3;  // that sync
            CAPTURE(throws);
            CAPTURE(is_synced);
            CAPTURE(what);
            settled_first beside;
            beside.store.on_lazy = [&](stored& answer) {
                if (beside.order != "dddl") return;
                if (throws) throw 7;
                answer.what = stored::outcome::unknown;
            };
            beside.store.on_store = [&](const std::string&, std::uint64_t, stored& answer) {
                answer.why = shearpin::text_view("the disk is full");
                if (is_overtaken) answer.what = stored::outcome::conflict;
                return (!is_synced || is_overtaken) && beside.order == "dddld";
            };
            shearpin::ledger<watched_store> ledger{beside.store};
            const bool is_done = beside.run(
                ledger,
                [&](auto& given) {
                    if (what == 0) return beside.reserve(given).what == reserving::reserved;
                    return beside.settle(given).empty();
                },
                nothing);
            CHECK(is_done == is_synced);
            CHECK(beside.order == (is_overtaken ? "dddldd" : "dddld"));
            CHECK(look(ledger, at(hour), "rows").open.amount == (what == 0 ? 3 : 1));
        }
    }
}

TEST_CASE("settlements alone are stored lazily, each of them, also after what was durable") {
    lazy_byte_memory store;
    shearpin::ledger<lazy_byte_memory> ledger{store};
    const auto one = reserve(ledger, at(hour), "rows", 1);
    const auto other = reserve(ledger, at(hour), "rows", 1);
    const auto stores = store.shared->stores;
    CHECK(store.shared->lazy_stores == 0);
    CHECK(ledger.settle(one.id, at(hour), {}).empty());
    CHECK(ledger.settle(other.id, at(hour), {}).empty());
    CHECK(store.shared->lazy_stores == 2);
    CHECK(store.shared->stores == stores);
}
