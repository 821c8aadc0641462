// SPDX-License-Identifier: BSL-1.0
// Eight threads on one ledger whose store is overtaken, fails, throws and does not say what it has
// done: what was told as done is durable and there once, and nobody waits for ever.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <future>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace ledger_testing;
using shearpin::stored;
using kind = settlement::kind;

namespace {

/// What is on the disk, whatever else the store has.
struct disk {
    std::mutex mutex;
    std::string bytes;
    std::atomic<int> users{0};
    std::atomic<bool> is_calm{false};

    /// A reservation's id stands in the document as it is.
    bool has(const reservation_id& id) {
        std::string digits;
        for (const std::uint64_t part : {id.high, id.low})
            for (int byte = 0; byte != 8; ++byte)
                digits += static_cast<char>(part >> (8 * byte) & 255);
        const std::lock_guard lock(mutex);
        return bytes.find(digits) != std::string::npos;
    }
};

struct stormy_store {
    std::shared_ptr<disk> durable = std::make_shared<disk>();
    std::string bytes{};
    std::uint64_t version = 0;
    dice chance{1};
    bool is_lazy = false;

    /// Whoever uses it is alone.
    struct use {
        disk& of;
        explicit use(disk& given) : of(given) { CHECK(++of.users == 1); }
        use(const use&) = delete;
        use& operator=(const use&) = delete;
        ~use() { --of.users; }
    };
    [[nodiscard]] bool one_in(std::uint64_t number) {
        return !durable->is_calm && chance.one_in(number);
    }

    void sync() {
        const std::lock_guard lock(durable->mutex);
        durable->bytes = bytes;
    }

    shearpin::loaded load() {
        const use alone(*durable);
        if (one_in(20)) throw 7;
        if (one_in(20)) return {{}, 0, false, shearpin::text_view("not now")};
        if (one_in(10)) ++version;  // somebody else has stored what was there
        // As a file_store does with what may not be synced, and does not with what is lazy.
        if (!is_lazy) sync();
        return {bytes, version, true, {}};
    }
    stored store(const std::string& given, std::uint64_t expected) {
        return replace(given, expected, true);
    }
    stored store_lazily(const std::string& given, std::uint64_t expected) {
        return replace(given, expected, false);
    }

    stored replace(const std::string& given, std::uint64_t expected, bool is_durable) {
        const use alone(*durable);
        std::this_thread::yield();
        if (one_in(6)) ++version;
        if (expected != version) return {stored::outcome::conflict, version, {}};
        if (one_in(20))
            return {stored::outcome::failed, 0, shearpin::text_view("the disk is full")};
        const bool is_unknown = one_in(8);
        const bool throws = one_in(20);
        if (!(is_unknown || throws) || one_in(2)) {
            bytes = given;
            ++version;
            is_lazy = !is_durable;
            if (is_durable && !is_unknown && !throws) sync();
        }
        if (throws) throw 7;
        return {is_unknown ? stored::outcome::unknown : stored::outcome::done, version, {}};
    }
};

struct remover {
    shearpin::ledger<stormy_store>& ledger;
    disk& durable;
    dice chance;
    std::map<std::pair<std::uint64_t, std::uint64_t>, shearpin::count> told{};  // 99: not settled
    int not_durable = 0;

    void run() {
        for (int turn = 0; turn != 60; ++turn) {
            try {
                remove();
                if (chance.one_in(6)) (void)ledger.entries();
            } catch (int) {
                // As the store has thrown.
            }
        }
    }
    void remove() {
        const one_pool asked("rows", 3);
        const bool is_refused = chance.one_in(6);
        const auto answer = ledger.reserve(ledger.note(), at(hour), asked.whole,
                                           [&](const ledger_view&) { return !is_refused; });
        if (answer.what != reserving::reserved) return;
        if (!durable.has(answer.id)) ++not_durable;
        auto& settled = told[{answer.id.high, answer.id.low}];
        settled = 99;
        const shearpin::count number = 1 + chance.below(4);
        if (ledger.settle(answer.id, at(hour), {kind::heads, number}).empty()) settled = number;
    }
};

}  // namespace

TEST_CASE("in a storm, what was told as done is durable, and there once") {
    for (std::uint64_t seed = 1; seed != 5; ++seed) {
        CAPTURE(seed);
        const stormy_store store{std::make_shared<disk>(), {}, 0, dice(seed), false};
        shearpin::ledger<stormy_store> ledger{store};
        std::vector<remover> removers;
        for (std::uint64_t number = 0; number != 8; ++number)
            removers.push_back({ledger, *store.durable, dice(8 * seed + number)});
        std::vector<std::future<void>> all;
        for (auto& each : removers)
            all.push_back(std::async(std::launch::async, [&each] { each.run(); }));
        // Whoever leads yields often, which takes long on a busy machine.
        for (auto& each : all)
            REQUIRE(each.wait_for(std::chrono::minutes(5)) == std::future_status::ready);

        store.durable->is_calm = true;
        std::map<std::pair<std::uint64_t, std::uint64_t>, shearpin::ledger_entry> found;
        const auto listing = ledger.entries();
        REQUIRE(listing.readable);
        for (const auto& entry : listing.entries) {
            const auto id = shearpin::detail::parse_reservation_id(entry.id);
            REQUIRE(id.has_value());
            CHECK(found.emplace(std::pair{id->high, id->low}, entry).second);
        }
        for (const auto& each : removers) {
            CHECK(each.not_durable == 0);
            CHECK(each.told.size() > 10);
            for (const auto& [id, number] : each.told) {
                REQUIRE(found.count(id) == 1);
                if (number == 99) continue;
                CHECK(found[id].state == shearpin::entry_state::settled);
                CHECK(found[id].targets == number);
            }
        }
    }
}
