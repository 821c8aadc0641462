// SPDX-License-Identifier: BSL-1.0
// What a store's document may be: versions below 2^63, no longer than the store takes, and one that
// goes on. What is not so is told, and takes nothing away from what counts.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace ledger_testing;
using shearpin::loaded;
using shearpin::resolution;
using shearpin::stored;
using kind = settlement::kind;

namespace {

/// A store that takes little.
struct tiny_store : byte_memory {
    static constexpr std::size_t capacity = 12'000;
};
tiny_store tiny_store_of(const byte_memory& other) {
    tiny_store made;
    made.shared = other.shared;
    return made;
}

bool has(const shearpin::store_trouble& text, const char* part) {
    return std::string(text).find(part) != std::string::npos;
}
std::string spelled(const reserve_answer& answer) {
    return std::string(shearpin::detail::spell_id(answer.id));
}

}  // namespace

TEST_CASE("a version of 2^63 or more is none") {
    byte_memory store;
    bool is_loaded = true;
    bool is_stored = false;
    store.on_load = [&](loaded& what) {
        what = {"", std::uint64_t{1} << 63, true, {}};
        return is_loaded;
    };
    store.on_store = [&](const std::string&, std::uint64_t, stored& what) {
        what = {stored::outcome::done, std::uint64_t{1} << 63, {}};
        return is_stored;
    };
    shearpin::ledger ledger{store};
    CHECK(!ledger.entries().readable);
    CHECK(has(ledger.entries().why, "2^63"));
    CHECK(has(reserve(ledger, at(hour), "rows", 1).why, "2^63"));
    is_loaded = false;
    is_stored = true;
    const auto answer = reserve(ledger, at(hour), "rows", 1);
    CHECK(answer.what == reserving::failed);
    CHECK(has(answer.why, "2^63"));
    CHECK(has(answer.why, "may be on the ledger"));
}

TEST_CASE("the largest version below that is one") {
    byte_memory store;
    store.on_load = [](loaded& what) {
        what = {"", (std::uint64_t{1} << 63) - 1, true, {}};
        return true;
    };
    shearpin::ledger<byte_memory> ledger{store};
    const noted first = ledger.note();
    CHECK(first.readable);
    CHECK(first.version == (std::uint64_t{1} << 63) - 1);
}

TEST_CASE("a document that others made longer than this store takes is put together") {
    const byte_memory large;
    shearpin::ledger other{large};
    const auto open = reserve(other, at(hour), "rows", 5);
    for (int turn = 0; turn != 1000; ++turn) REQUIRE(remove(other, at(hour + second), "rows", 1));
    REQUIRE(large.shared->bytes.size() > tiny_store::capacity);
    shearpin::ledger tiny{tiny_store_of(large)};
    CHECK(tiny.settle(open.id, at(hour + second), {}).empty());
    CHECK(large.shared->bytes.size() <= tiny_store::capacity);
    CHECK(look(other, at(hour + second), "rows").within.amount == 1005);
    CHECK(look(other, at(hour + second), "rows").open.amount == 0);
}

TEST_CASE("one that cannot be made shorter stays as it is, and what was to be noted is not") {
    const byte_memory large;
    shearpin::ledger other{large};
    std::vector<reserve_answer> open;
    for (int turn = 0; turn != 1000; ++turn) open.push_back(reserve(other, at(hour), "rows", 1));
    REQUIRE(large.shared->bytes.size() > tiny_store::capacity);
    const std::string before = large.shared->bytes;
    shearpin::ledger tiny{tiny_store_of(large)};
    CHECK(has(tiny.settle(open[0].id, at(hour), {}), "full"));
    CHECK(large.shared->bytes == before);
    CHECK(look(tiny, at(hour), "rows").open.amount == 1000);
}

TEST_CASE("what was to be ended is no longer there when it is looked for: that is told") {
    for (const bool is_settled : {true, false}) {
        byte_memory store;
        bool is_lossy = false;
        store.on_store = [&](const std::string&, std::uint64_t, stored& what) {
            if (!is_lossy) return false;
            is_lossy = false;
            store.shared->bytes.clear();  // as by somebody who begins a new one
            ++store.shared->version;
            what = {stored::outcome::unknown, 0, std::string("the server went away")};
            return true;
        };
        const auto document = store.shared;
        shearpin::ledger ledger{store};
        const auto answer = reserve(ledger, at(hour), "rows", 1);
        is_lossy = true;
        if (is_settled)
            CHECK(has(ledger.settle(answer.id, at(hour), {}), "no open entry"));
        else
            CHECK(has(ledger.resolve(spelled(answer), resolution::everything_removed, "ann", "x",
                                     at(hour)),
                      "no entry with this id"));
        CHECK(document->bytes.empty());
    }
}

TEST_CASE("what cannot be read can be neither settled nor resolved, and that is told") {
    byte_memory store;
    bool is_away = false;
    store.on_load = [&](loaded& what) {
        what.why = shearpin::text_view("no route to host");
        return is_away;
    };
    shearpin::ledger ledger{store};
    const auto answer = reserve(ledger, at(hour), "rows", 1);
    REQUIRE(ledger.settle(answer.id, at(hour), {kind::unknown}).empty());
    is_away = true;
    CHECK(has(ledger.settle(answer.id, at(hour), {}), "no route to host"));
    CHECK(has(ledger.resolve(spelled(answer), resolution::everything_removed, "ann", "x", at(hour)),
              "no route to host"));
    is_away = false;
    CHECK(look(ledger, at(hour), "rows").gone.amount == 1);
}

TEST_CASE("a margin below zero is none") {
    for (const duration margin : {duration{} - minute, duration{}, minute}) {
        shearpin::ledger ledger{shearpin::memory_store{}, {.margin = margin}};
        REQUIRE(remove(ledger, at(hour), "rows", 1));
        // Of another boot, by the wall clocks less the margin.
        CHECK(look(ledger, at(hour + hour - second, 2), "rows").within.amount == 1);
        CHECK(look(ledger, at(hour + hour + second, 2), "rows").within.amount ==
              (margin == minute ? 1u : 0u));
    }
}
