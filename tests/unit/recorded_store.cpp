// SPDX-License-Identifier: BSL-1.0
// A store that is held as any store, or whose calls are written down, says what the other one says.
#include "store_journals_testing.hpp"

#include <shearpin/any_store.hpp>
#include <shearpin/memory_store.hpp>
#include <shearpin/testing/recorded_store.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <sstream>
#include <string>
#include <type_traits>

using shearpin::any_store, shearpin::loaded, shearpin::stored;
using shearpin::testing::journal, shearpin::testing::recorded_store;

namespace {

/// No more than a store has to say.
struct plain_store {
    bool is_readable = true;
    loaded load() const { return {"text", is_readable ? 5u : 0u, is_readable, {}}; }
    stored store(const std::string&, std::uint64_t expected) const {
        if (expected != 5) return {stored::outcome::conflict, 5, {}};
        return {stored::outcome::done, 6, {}};
    }
};
/// All that it may say.
struct talking_store : plain_store {
    static constexpr std::size_t capacity = std::size_t{2} << 20;
    bool is_far = true;
    bool is_remote() const { return is_far; }
    bool is_newest(std::uint64_t version) const { return version == 5; }
    stored store_lazily(const std::string& bytes, std::uint64_t expected) const {
        if (bytes == "unknown") return {stored::outcome::unknown, 0, std::string("lost")};
        if (bytes == "failed") return {stored::outcome::failed, 0, std::string("no room")};
        return {stored::outcome::done, expected + 7, {}};
    }
    shearpin::instant now() const { return {{}, shearpin::duration::seconds(9), 3}; }
};

struct of_a_mebibyte {
    static constexpr std::size_t capacity = 1'048'576;
};
struct of_less {
    static constexpr std::size_t capacity = 1'048'575;
};

static_assert(std::is_constructible_v<any_store, plain_store>);
static_assert(!std::is_constructible_v<any_store, int>);
static_assert(!std::is_convertible_v<plain_store, any_store>);
static_assert(std::is_move_constructible_v<any_store> && !std::is_copy_constructible_v<any_store>);

/// What is no byte_store has no calls that could be written down.
template <class Store>
concept can_be_recorded = requires { typename recorded_store<Store>; };
static_assert(can_be_recorded<plain_store>);
static_assert(!can_be_recorded<shearpin::memory_store>);

/// What the other store cannot do, the one that records it cannot do either.
template <class Store>
concept stores_lazily = requires(Store& store) { store.store_lazily({}, 0); };
template <class Store>
concept knows_the_newest = requires(Store& store) { store.is_newest(0); };
template <class Store>
concept has_a_clock = requires(Store& store) { store.now(); };
using plain = recorded_store<plain_store>;
using talking = recorded_store<talking_store>;
static_assert(stores_lazily<talking> && knows_the_newest<talking> && has_a_clock<talking>);
static_assert(!stores_lazily<plain> && !knows_the_newest<plain> && !has_a_clock<plain>);

static_assert(recorded_store<talking_store>::capacity == std::size_t{2} << 20);
static_assert(recorded_store<plain_store>::capacity == std::size_t{1} << 20);

/// A journal of a test's own, and the kinds of its lines and how the calls ended, in their order.
struct written_down : store_journals_testing::written_down {
    std::shared_ptr<journal> shared{std::shared_ptr<void>(), &lines};  // ended by this one

    std::string words() const {
        std::istringstream from(text());
        std::string all, kind, client, number, time, word, rest;
        while (from >> kind >> client >> number >> time >> word && std::getline(from, rest))
            all += kind + word + ' ';
        return all;
    }
};

}  // namespace

TEST_CASE("any store says what the store says that it holds, and nothing where that is silent") {
    any_store talking{talking_store{}};
    CHECK(talking.is_remote());
    CHECK(talking.is_newest(5));
    CHECK(!talking.is_newest(4));
    talking_store near;
    near.is_far = false;
    CHECK(!any_store{near}.is_remote());
    CHECK(talking.load().bytes == "text");
    CHECK(talking.store("next", 5).version == 6);
    CHECK(talking.store_lazily("lazily", 8).version == 15);
    CHECK(talking.now().since_boot == shearpin::duration::seconds(9));
    any_store plain{plain_store{}};
    CHECK(!plain.is_remote());
    CHECK(!plain.is_newest(5));
    CHECK(plain.store_lazily("next", 5).version == 6);
    const shearpin::instant before = shearpin::detail::read_machine_clocks();
    const shearpin::instant now = plain.now();
    CHECK(now.boot == before.boot);
    CHECK(now.since_boot >= before.since_boot);
}

TEST_CASE("any store is one that takes a mebibyte, as a ledger over any store believes") {
    using shearpin::detail::takes_a_mebibyte;
    CHECK(takes_a_mebibyte<of_a_mebibyte>());
    CHECK_FALSE(takes_a_mebibyte<of_less>());
    CHECK(takes_a_mebibyte<plain_store>());
}

TEST_CASE("what is written down of a store is what it answered") {
    const written_down written;
    recorded_store<plain_store> sound(plain_store{}, written.shared);
    CHECK(!sound.is_remote());
    CHECK(sound.load().version == 5);
    CHECK(sound.store("next", 5).what == stored::outcome::done);
    CHECK(sound.store("next", 4).what == stored::outcome::conflict);
    recorded_store<plain_store> gone(plain_store{false}, written.shared);
    CHECK(!gone.load().readable);
    CHECK(written.words() == ">load <done >store <done >store <conflict >load <failed ");
    recorded_store<talking_store> talking(talking_store{}, written.shared);
    CHECK(talking.is_remote());
    CHECK(talking.is_newest(5));
    CHECK(!talking.is_newest(6));
}

TEST_CASE("a call is written down with who made it, which one it is, and what it was of") {
    const written_down written;
    recorded_store<talking_store> store(talking_store{}, written.shared);
    CHECK(store.load().bytes == "text");
    CHECK(store.store("next", 5).version == 6);
    CHECK(store.store_lazily("lazily", 8).version == 15);
    CHECK(std::string(store.store_lazily("unknown", 8).why) == "lost");
    CHECK(std::string(store.store_lazily("failed", 8).why) == "no room");
    CHECK(store.now().since_boot == shearpin::duration::seconds(9));
    const auto hash = [](const char* bytes) {
        return std::to_string(shearpin::detail::fnv1a(shearpin::text_view(bytes)));
    };
    std::istringstream lines(written.text());
    std::string kind, client, number, time, rest, all, clients;
    while (lines >> kind >> client >> number >> time && std::getline(lines, rest)) {
        all += kind + number + rest + '\n';
        clients += client + '\n';
    }
    CHECK(all == ">1 load 0 0\n<1 done 5 " + hash("text") +  //
                     "\n>2 store 5 " + hash("next") +        //
                     "\n<2 done 6 " + hash("next") +         //
                     "\n>3 store 8 " + hash("lazily") +      //
                     "\n<3 done 15 " + hash("lazily") +      //
                     "\n>4 store 8 " + hash("unknown") +     //
                     "\n<4 unknown 0 " + hash("unknown") +   //
                     "\n>5 store 8 " + hash("failed") +      //
                     "\n<5 failed 0 " + hash("failed") + "\n");
    std::string expected;
    for (int line = 0; line != 10; ++line) expected += client + '\n';
    CHECK(clients == expected);
}
