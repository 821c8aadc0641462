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
struct tiny_lazy_store : lazy_byte_memory {
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

/// A document as long as this, or up to 200 bytes shorter, of what is in doubt: it cannot be
/// made shorter, and needs no room to be settled.
byte_memory filled_to(std::size_t length) {
    shearpin::detail::ledger_changes changes;
    std::uint64_t number = 0;
    std::size_t size = 0;
    for (const std::uint64_t step : {2000u, 200u, 20u, 1u})
        while (size + step * 200 <= length) {
            for (const std::uint64_t end = number + step; number != end;) {
                ++number;
                std::string reason = std::to_string(number);
                reason.resize(95, '.');
                one_pool asked("rows", 1);
                asked.whole.reason = reason;
                REQUIRE(changes.reserve({1, number}, 1, at(hour), {}, {}, asked.whole, {}).empty());
                REQUIRE(changes.settle({1, number}, 1, at(hour), {kind::unknown}) ==
                        shearpin::detail::ledger_changes::settled::done);
            }
            size = shearpin::detail::ledger_encoder::encode(changes.document).size();
        }
    byte_memory store;
    store.shared->bytes = shearpin::detail::ledger_encoder::encode(changes.document);
    store.shared->version = 1;
    return store;
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

    byte_memory leaping;
    leaping.on_store = [](const std::string&, std::uint64_t, stored& what) {
        what = {stored::outcome::done, (std::uint64_t{1} << 63) - 1, {}};
        return true;
    };
    shearpin::ledger<byte_memory> other{leaping};
    CHECK(reserve(other, at(hour), "rows", 1).what == reserving::reserved);
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

TEST_CASE("in a store that names no capacity a document is 1 MiB long at most") {
    constexpr std::size_t longest = std::size_t{1} << 20;
    for (const std::size_t length : {longest - 10'000, longest - 1000}) {
        CAPTURE(length);
        const byte_memory store = filled_to(length);
        REQUIRE(store.shared->bytes.size() <= length);
        REQUIRE(store.shared->bytes.size() > length - 200);
        shearpin::ledger ledger{store};
        const auto answer = reserve(ledger, at(hour), "rows", 1);
        // The last 8 KiB are for what people say of removals, so that a full ledger can be
        // resolved.
        if (length == longest - 10'000) {
            CHECK(answer.what == reserving::reserved);
        } else {
            CHECK(answer.what == reserving::failed);
            CHECK(has(answer.why, "is full"));
            const std::string first = "00000000000000010000000000000001";
            CHECK(ledger
                      .resolve(first, resolution::everything_removed, "ann", "looked",
                               at(hour + minute))
                      .empty());
        }
    }
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

TEST_CASE("what needs a sync and comes to nothing leaves no sync to what is noted next") {
    const byte_memory large;
    shearpin::ledger other{large};
    std::vector<reserve_answer> open;
    for (int turn = 0; turn != 1000; ++turn) open.push_back(reserve(other, at(hour), "rows", 1));
    REQUIRE(large.shared->bytes.size() > tiny_lazy_store::capacity);
    tiny_lazy_store store;
    store.shared = large.shared;
    shearpin::ledger tiny{store};
    CHECK(has(tiny.settle(open[0].id, at(hour), {kind::heads, 2}), "full"));
    for (const reserve_answer& each : open)
        if (each.id != open[1].id) REQUIRE(other.settle(each.id, at(hour), {}).empty());
    const int before = large.shared->stores;
    CHECK(tiny.settle(open[1].id, at(hour), {}).empty());
    CHECK(large.shared->stores == before);
    CHECK(large.shared->lazy_stores == 1);
    CHECK(look(other, at(hour), "rows").within.amount == 1000);
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
