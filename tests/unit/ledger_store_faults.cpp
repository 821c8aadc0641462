// SPDX-License-Identifier: BSL-1.0
// Stores that fail: others are faster, the answer is lost, nothing can be written, an old document
// comes back, the store throws. Never is more let go than the limit.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace ledger_testing;
using shearpin::count;
using shearpin::loaded;
using shearpin::stored;
using kind = settlement::kind;

namespace {

bool has(const shearpin::store_trouble& text, const char* part) {
    return std::string(text).find(part) != std::string::npos;
}

/// How many open entries there are, as someone else sees it.
std::size_t open_on(const byte_memory& store) {
    byte_memory healthy;
    healthy.shared = store.shared;
    shearpin::ledger ledger{healthy};
    const auto listing = ledger.entries();
    REQUIRE(listing.readable);
    std::size_t open = 0;
    for (const auto& each : listing.entries)
        if (each.state == shearpin::entry_state::open) ++open;
    return open;
}

/// The answer is lost, `times` times: what was asked for was done, or not.
auto lose_answers(std::shared_ptr<document> shared, int times, bool is_done) {
    return [=](const std::string& bytes, std::uint64_t expected, stored& answer) mutable {
        if (times-- <= 0) return false;
        answer.what = stored::outcome::unknown;
        answer.why = shearpin::text_view("the server went away");
        if (is_done && shared->version == expected) {
            shared->bytes = bytes;
            ++shared->version;
        }
        return true;
    };
}
/// Loses the answer of the first store from when `is_lossy` is set.
void lose_one_answer_when(const bool& is_lossy, byte_memory& store, bool is_done) {
    store.on_store = [&is_lossy, lose = lose_answers(store.shared, 1, is_done)](
                         const std::string& bytes, std::uint64_t expected, stored& what) mutable {
        return is_lossy && lose(bytes, expected, what);
    };
}

}  // namespace

TEST_CASE("others are faster: it is tried again, on top of what they did") {
    byte_memory store;
    byte_memory other_store;
    other_store.shared = store.shared;
    shearpin::ledger other{other_store};
    int times = 3;
    store.on_store = [&](const std::string&, std::uint64_t, stored&) {
        if (times-- > 0) CHECK(remove(other, at(hour), "rows", 10));
        return false;
    };
    shearpin::ledger ledger{store};
    const one_pool asked("rows", 10);
    std::vector<count> seen;
    const auto answer = reserve(ledger, at(hour), asked, [&](const ledger_view& view) {
        seen.push_back(view.past(0).history.removed_within(hour).amount);
        return seen.back() + 10 <= 40;
    });
    CHECK(answer.what == reserving::reserved);
    CHECK(seen == std::vector<count>{0, 10, 20, 30});
    times = 1;
    CHECK(reserve(ledger, at(hour), asked, [&](const ledger_view& view) {
              return view.past(0).history.removed_within(hour).amount + 10 <= 50;
          }).what == reserving::refused);
}

TEST_CASE("others are always faster: it gives up, and says so") {
    byte_memory store;
    store.on_store = [&](const std::string&, std::uint64_t, stored& answer) {
        answer.what = stored::outcome::conflict;
        return true;
    };
    shearpin::ledger ledger{store};
    const auto answer = reserve(ledger, at(hour), "rows", 10);
    CHECK(answer.what == reserving::failed);
    CHECK(has(answer.why, "thousand times"));
    CHECK(store.shared->stores == 1000);
}

TEST_CASE("the answer is lost, and it was stored: found by its id, and reserved once") {
    for (const int times : {1, 2}) {
        byte_memory store;
        store.on_store = lose_answers(store.shared, times, true);
        shearpin::ledger ledger{store};
        const auto answer = reserve(ledger, at(hour), "rows", 10);
        CHECK(answer.what == reserving::reserved);
        CHECK(open_on(store) == 1);
        CHECK(look(ledger, at(hour), "rows").open.amount == 10);
        CHECK(ledger.settle(answer.id, at(hour), {}).empty());
        CHECK(look(ledger, at(hour), "rows").within.amount == 10);
        CHECK(open_on(store) == 0);
    }
}

TEST_CASE("the answer is lost, and it was not stored: it is tried again") {
    byte_memory store;
    store.on_store = lose_answers(store.shared, 2, false);
    shearpin::ledger ledger{store};
    CHECK(reserve(ledger, at(hour), "rows", 10).what == reserving::reserved);
    CHECK(open_on(store) == 1);
    CHECK(look(ledger, at(hour), "rows").open.amount == 10);
}

TEST_CASE("it cannot be found out: it counts, and it is not let go") {
    byte_memory store;
    store.on_store = lose_answers(store.shared, 1000, false);
    shearpin::ledger ledger{store};
    const auto answer = reserve(ledger, at(hour), "rows", 10);
    CHECK(answer.what == reserving::failed);
    CHECK(store.shared->stores == 3);
    CHECK(has(answer.why, "may be on the ledger"));
    CHECK(has(answer.why, "the server went away"));

    // It was stored, and then nothing can be read any more.
    byte_memory gone;
    bool is_away = false;
    gone.on_store = [&, lose = lose_answers(gone.shared, 1, true)](
                        const std::string& bytes, std::uint64_t expected, stored& what) mutable {
        is_away = true;
        return lose(bytes, expected, what);
    };
    gone.on_load = [&](loaded& what) {
        what.why = shearpin::text_view("no route to host");
        return is_away;
    };
    shearpin::ledger cut_off{gone};
    const auto in_doubt = reserve(cut_off, at(hour), "rows", 10);
    CHECK(in_doubt.what == reserving::failed);
    CHECK(has(in_doubt.why, "may be on the ledger"));
    CHECK(has(in_doubt.why, "no route to host"));
    is_away = false;
    CHECK(look(cut_off, at(hour), "rows").open.amount == 10);
    CHECK(open_on(gone) == 1);
}

TEST_CASE("a store that comes through late is met by the versions") {
    byte_memory store;
    std::string late;
    std::uint64_t late_expects = 0;
    store.on_store = [&](const std::string& bytes, std::uint64_t expected, stored& answer) {
        if (!late.empty()) return false;
        late = bytes;
        late_expects = expected;
        answer.what = stored::outcome::unknown;
        return true;
    };
    shearpin::ledger ledger{store};
    const auto answer = reserve(ledger, at(hour), "rows", 10);
    CHECK(answer.what == reserving::reserved);
    CHECK(store.replace(late, late_expects).what == stored::outcome::conflict);
    CHECK(open_on(store) == 1);
}

TEST_CASE("nothing can be written: refused, and nothing is left over") {
    byte_memory store;
    bool is_full = true;
    store.on_store = [&](const std::string&, std::uint64_t, stored& answer) {
        answer.why = shearpin::text_view("no space left on device");
        return is_full;
    };
    shearpin::ledger ledger{store};
    auto answer = reserve(ledger, at(hour), "rows", 10);
    CHECK(answer.what == reserving::failed);
    CHECK(std::string(answer.why) == "no space left on device");
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
    is_full = false;
    answer = reserve(ledger, at(hour), "rows", 10);
    REQUIRE(answer.what == reserving::reserved);
    CHECK(look(ledger, at(hour), "rows").open.amount == 10);
    is_full = true;
    CHECK(has(ledger.settle(answer.id, at(hour), {}), "no space left"));
    CHECK(look(ledger, at(hour), "rows").open.amount == 10);  // stays open
    is_full = false;
    CHECK(ledger.settle(answer.id, at(hour), {}).empty());
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
    CHECK(look(ledger, at(hour), "rows").within.amount == 10);
}

TEST_CASE("a settlement whose answer is lost is made once") {
    for (const bool is_done : {true, false}) {
        byte_memory store;
        bool is_lossy = false;
        lose_one_answer_when(is_lossy, store, is_done);
        shearpin::ledger ledger{store};
        const auto answer = reserve(ledger, at(hour), "rows", 10);
        is_lossy = true;
        CHECK(ledger.settle(answer.id, at(hour), {kind::heads, 4}).empty());
        CHECK(look(ledger, at(hour), "rows").within.amount == 4);
        CHECK(look(ledger, at(hour), "rows").open.amount == 0);
    }
}

TEST_CASE("a resolution whose answer is lost is made once") {
    for (const bool is_done : {true, false}) {
        byte_memory store;
        bool is_lossy = false;
        lose_one_answer_when(is_lossy, store, is_done);
        shearpin::ledger ledger{store};
        const auto answer = reserve(ledger, at(hour), "rows", 10);
        is_lossy = true;
        CHECK(ledger
                  .resolve(shearpin::detail::spell_id(answer.id),
                           shearpin::resolution::everything_removed, "ann", "x", at(hour))
                  .empty());
        CHECK(look(ledger, at(hour), "rows").within.amount == 10);
        CHECK(look(ledger, at(hour), "rows").open.amount == 0);
    }
}

TEST_CASE("what was stored, and whose answer was lost, needs nothing more to be stored") {
    const auto resolve = [](auto& ledger, const reservation_id& id) {
        return ledger.resolve(shearpin::detail::spell_id(id),
                              shearpin::resolution::everything_removed, "ann", "x", at(hour));
    };
    for (const int what : {0, 1, 2}) {
        CAPTURE(what);
        byte_memory store;
        bool is_lossy = false;
        store.on_store = [&, lose = lose_answers(store.shared, 1, true)](const std::string& bytes,
                                                                         std::uint64_t expected,
                                                                         stored& answer) mutable {
            if (is_lossy && !lose(bytes, expected, answer))
                answer.why = shearpin::text_view("no space left on device");
            return is_lossy;
        };
        shearpin::ledger<byte_memory> ledger{store};
        const auto open = reserve(ledger, at(hour), "rows", 10);
        is_lossy = true;
        if (what == 0) CHECK(reserve(ledger, at(hour), "rows", 10).what == reserving::reserved);
        if (what == 1) CHECK(ledger.settle(open.id, at(hour), {}).empty());
        if (what == 2) CHECK(resolve(ledger, open.id).empty());
        CHECK(open_on(store) == (what == 0 ? 2 : 0));
    }
}

TEST_CASE("what is not noted is not told as noted, where the store does not say why") {
    for (const auto what : {stored::outcome::unknown, stored::outcome::conflict}) {
        byte_memory store;
        bool is_broken = false;
        store.on_store = [&](const std::string&, std::uint64_t, stored& answer) {
            answer.what = what;
            return is_broken;
        };
        shearpin::ledger ledger{store};
        const auto open = reserve(ledger, at(hour), "rows", 10);
        const auto ended = reserve(ledger, at(hour), "rows", 10);
        CHECK(ledger.settle(ended.id, at(hour), {kind::unknown}).empty());
        const auto listing = ledger.entries();
        REQUIRE(listing.entries.size() == 2);
        is_broken = true;
        const auto is_told = [&](const shearpin::store_trouble& text) {
            return has(text, what == stored::outcome::unknown ? "does not say why" : "thousand");
        };
        CHECK(is_told(ledger.settle(open.id, at(hour), {})));
        CHECK(is_told(ledger.resolve(shearpin::text_view(listing.entries[1].id),
                                     shearpin::resolution::nothing_removed, "ann", "seen",
                                     at(hour))));
        CHECK(is_told(reserve(ledger, at(hour), "rows", 10).why));
        CHECK(open_on(store) == 1);
    }
}

TEST_CASE("a store that cannot be read, with and without a reason") {
    byte_memory store;
    shearpin::text_view reason = "permission denied";
    bool is_away = false;
    store.on_load = [&](loaded& what) {
        what.why = reason;
        what.version = store.shared->version;  // is no sign that there is anything
        return is_away;
    };
    shearpin::ledger ledger{store};
    CHECK(remove(ledger, at(hour), "rows", 10));
    is_away = true;
    for (const shearpin::text_view why :
         {shearpin::text_view("permission denied"), shearpin::text_view()}) {
        reason = why;
        const noted first = ledger.note();
        CHECK(!first.readable);
        CHECK(has(first.why, why.empty() ? "does not say why" : "permission denied"));
        const one_pool asked("rows", 1);
        const auto answer = ledger.reserve(first, at(hour), asked.whole, yes);
        CHECK(answer.what == reserving::failed);
        CHECK(std::string(answer.why) == std::string(first.why));
        CHECK(ledger.consult(first, at(hour), asked.whole, yes).what == reserving::failed);
        const auto listing = ledger.entries();
        CHECK(!listing.readable);
        CHECK(std::string(listing.why) == std::string(first.why));
        CHECK(listing.entries.empty());
    }
    is_away = false;
    CHECK(look(ledger, at(hour), "rows").within.amount == 10);
}

TEST_CASE("who could look, and only asks when the store is gone, is told that it is") {
    byte_memory store;
    bool is_away = false;
    store.on_load = [&](loaded& what) {
        what.why = shearpin::text_view("no route to host");
        return is_away;
    };
    store.on_store = [&](const std::string&, std::uint64_t, stored&) { return is_away; };
    shearpin::ledger ledger{store};
    const noted first = ledger.note();
    CHECK(first.readable);
    is_away = true;
    const one_pool asked("rows", 1);
    CHECK(ledger.reserve(first, at(hour), asked.whole, yes).what == reserving::failed);
    const auto seen = look(ledger, first, at(hour), "rows");
    CHECK(seen.what == reserving::failed);
    CHECK(seen.why == "no route to host");
}

TEST_CASE("what is not open is looked for once more, and where that fails, it is said") {
    byte_memory store;
    bool is_away = false;
    store.on_load = [&](loaded& what) {
        what.why = shearpin::text_view("no route to host");
        return std::exchange(is_away, false);  // once
    };
    shearpin::ledger mine{store};
    shearpin::ledger others{byte_memory{store.shared, {}, {}}};
    CHECK(remove(mine, at(hour), "rows", 1));
    const auto theirs = reserve(others, at(hour), "rows", 2);
    CHECK(theirs.what == reserving::reserved);
    is_away = true;
    CHECK(has(mine.settle(theirs.id, at(hour), {}), "no route to host"));
    CHECK(!is_away);
    CHECK(look(mine, at(hour), "rows").open.amount == 2);
    CHECK(mine.settle(theirs.id, at(hour), {}).empty());
    CHECK(look(others, at(hour), "rows").open.amount == 0);
}

TEST_CASE("nothing is settled on top of what could not be stored, where nothing can be read") {
    byte_memory store;
    bool is_away = false, is_full = false;
    store.on_load = [&](loaded& what) {
        what.why = shearpin::text_view("no route to host");
        return is_away;
    };
    store.on_store = [&](const std::string&, std::uint64_t, stored&) { return is_full; };
    shearpin::ledger ledger{store};
    const auto open = reserve(ledger, at(hour), "rows", 10);
    is_full = true;
    CHECK(reserve(ledger, at(hour), "rows", 1).what == reserving::failed);
    is_full = false;
    is_away = true;
    CHECK(has(ledger.settle(open.id, at(hour), {}), "no route to host"));
    CHECK(open_on(store) == 1);
    is_away = false;
    CHECK(ledger.settle(open.id, at(hour), {}).empty());
    CHECK(open_on(store) == 0);
}

TEST_CASE("a resolution is told where the ledger cannot be read, before it and after others") {
    byte_memory store;
    bool is_away = false, is_late = false;
    store.on_load = [&](loaded& what) {
        what.why = shearpin::text_view("no route to host");
        return std::exchange(is_away, false);  // once
    };
    store.on_store = [&](const std::string&, std::uint64_t, stored& answer) {
        answer.what = stored::outcome::conflict;
        is_away = is_away || is_late;
        return std::exchange(is_late, false);
    };
    shearpin::ledger ledger{store};
    const auto open = reserve(ledger, at(hour), "rows", 10);
    const auto resolve = [&] {
        return ledger.resolve(shearpin::detail::spell_id(open.id),
                              shearpin::resolution::everything_removed, "ann", "x", at(hour));
    };
    is_away = true;
    CHECK(has(resolve(), "no route to host"));
    CHECK(!is_away);
    is_late = true;
    CHECK(has(resolve(), "no route to host"));
    CHECK(!is_away);
    CHECK(look(ledger, at(hour), "rows").open.amount == 10);
    CHECK(resolve().empty());
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
}

TEST_CASE("a ledger that is older than what was seen of it, as after restoring a backup") {
    const byte_memory store;
    shearpin::ledger ledger{store};
    CHECK(remove(ledger, at(hour), "rows", 10));
    const document backup = *store.shared;
    CHECK(remove(ledger, at(hour), "rows", 20));
    const noted before = ledger.note();
    *store.shared = backup;
    const noted after = ledger.note();
    CHECK(!after.readable);
    CHECK(has(after.why, "older than what was read of it"));
    const one_pool asked("rows", 1);
    CHECK(ledger.reserve(before, at(hour), asked.whole, yes).what == reserving::failed);
    CHECK(ledger.reserve(after, at(hour), asked.whole, yes).what == reserving::failed);
    CHECK(store.shared->bytes == backup.bytes);
    // Also when it is empty again, or when only the noted look was newer.
    store.shared->bytes.clear();
    store.shared->version = 0;
    CHECK(!ledger.note().readable);
    shearpin::ledger fresh{byte_memory{}};
    CHECK(fresh.note().readable);
    const auto answer = fresh.reserve(before, at(hour), asked.whole, yes);
    CHECK(answer.what == reserving::failed);
    CHECK(has(answer.why, "older than what was read of it"));
    shearpin::ledger in_memory{shearpin::memory_store{}};
    CHECK(in_memory.reserve(before, at(hour), asked.whole, yes).what == reserving::failed);
}

TEST_CASE("a store that throws: nobody knows what it has done, so it is looked for") {
    for (const bool is_done : {true, false}) {
        byte_memory store;
        bool throws = true;
        store.on_store = [&](const std::string& bytes, std::uint64_t expected, stored&) {
            if (!throws) return false;
            if (is_done) (void)store.replace(bytes, expected);
            throw 7;
            return true;
        };
        shearpin::ledger<byte_memory> ledger{store};
        CHECK_THROWS_AS((void)reserve(ledger, at(hour), "rows", 10), int);
        throws = false;
        CHECK(look(ledger, at(hour), "rows").open.amount == (is_done ? 10 : 0));
        CHECK(remove(ledger, at(hour), "rows", 1));
    }
    byte_memory store;
    bool throws = true;
    store.on_load = [&](loaded&) {
        if (throws) throw 7;
        return false;
    };
    shearpin::ledger ledger{store};
    CHECK_THROWS_AS((void)ledger.note(), int);
    throws = false;
    CHECK(remove(ledger, at(hour), "rows", 1));
}

TEST_CASE("settlements are stored lazily, unless they are larger than what was reserved") {
    const lazy_byte_memory store;
    shearpin::ledger ledger{store};
    const auto settle = [&](settlement how) {
        const int before = store.shared->lazy_stores;
        const auto answer = reserve(ledger, at(hour), "rows", 10);
        CHECK(store.shared->lazy_stores == before);
        CHECK(ledger.settle(answer.id, at(hour), how).empty());
        return store.shared->lazy_stores - before;
    };
    CHECK(settle({kind::whole, 0}) == 1);
    CHECK(settle({kind::heads, 3}) == 1);
    CHECK(settle({kind::heads, 10}) == 1);
    CHECK(settle({kind::unknown, 0}) == 1);
    CHECK(settle({kind::heads, 11}) == 0);
    const int before = store.shared->lazy_stores;
    const auto answer = reserve(ledger, at(hour), "rows", 10);
    CHECK(ledger
              .resolve(shearpin::detail::spell_id(answer.id),
                       shearpin::resolution::everything_removed, "ann", "x", at(hour))
              .empty());
    CHECK(store.shared->lazy_stores == before);
}

TEST_CASE("a settlement is stored lazily also as the first thing after a look") {
    const lazy_byte_memory store;
    shearpin::ledger one{store};
    shearpin::ledger other{store};
    for (int turn = 1; turn != 4; ++turn) {
        const auto answer = reserve(one, at(hour), "rows", 10);
        CHECK(other.settle(answer.id, at(hour), {}).empty());
        CHECK(store.shared->lazy_stores == turn);
        CHECK(store.shared->stores == turn);
    }
}

TEST_CASE("a store that says that it is done, and gives no higher version, is not believed") {
    byte_memory store;
    store.on_store = [&](const std::string&, std::uint64_t expected, stored& answer) {
        answer.what = stored::outcome::done;
        answer.version = expected;
        return true;
    };
    shearpin::ledger ledger{store};
    const auto answer = reserve(ledger, at(hour), "rows", 10);
    CHECK(answer.what == reserving::failed);
    CHECK(has(answer.why, "higher version"));
}

TEST_CASE("versions that grow by leaps, as a server's do") {
    byte_memory store;
    store.shared->version = 1'000'000;
    store.on_store = [&](const std::string& bytes, std::uint64_t expected, stored& answer) {
        answer = store.replace(bytes, expected);
        if (answer.what == stored::outcome::done) answer.version = store.shared->version += 1000;
        return true;
    };
    shearpin::ledger<byte_memory> ledger{store};
    for (int turn = 0; turn != 200; ++turn) {
        const noted first = ledger.note();
        REQUIRE(remove(ledger, at(hour), "rows", 1));
        CHECK(look(ledger, first, at(hour), "rows").gone.amount == 1);
        CHECK(look(ledger, ledger.note(), at(hour), "rows").gone.amount == 0);
    }
}

TEST_CASE("a store that can tell whether its document is the newest is not read again") {
    struct knowing_store : byte_memory {
        bool is_newest(std::uint64_t version) const { return version == shared->version; }
    };
    const knowing_store store;
    shearpin::ledger ledger{store};
    byte_memory other_store;
    other_store.shared = store.shared;
    shearpin::ledger other{other_store};
    for (int turn = 0; turn != 10; ++turn) CHECK(remove(ledger, at(hour), "rows", 1));
    CHECK(store.shared->loads == 1);
    CHECK(remove(other, at(hour), "rows", 1));
    CHECK(look(ledger, at(hour), "rows").within.amount == 11);
}

TEST_CASE("whatever fails, never is more let go than the limit") {
    for (std::uint64_t seed = 1; seed != 60; ++seed) {
        CAPTURE(seed);
        dice random(seed);
        const auto shared = std::make_shared<document>();
        std::vector<std::pair<std::string, std::uint64_t>> late;
        const auto fault = [&](byte_memory& store) {
            store.shared = shared;
            store.on_load = [&](loaded&) { return random.one_in(15); };
            store.on_store = [&, shared](const std::string& bytes, std::uint64_t expected,
                                         stored& answer) {
                byte_memory plain;
                plain.shared = shared;
                if (!late.empty() && random.one_in(3)) {
                    (void)plain.replace(late.back().first, late.back().second);
                    late.pop_back();
                }
                switch (random.below(12)) {
                    case 0:
                        answer.what = stored::outcome::conflict;
                        return true;
                    case 1:
                        answer.what = stored::outcome::failed;
                        return true;
                    case 2:
                        answer.what = stored::outcome::unknown;
                        return true;
                    case 3:
                        (void)plain.replace(bytes, expected);
                        answer.what = stored::outcome::unknown;
                        return true;
                    case 4:
                        late.emplace_back(bytes, expected);
                        answer.what = stored::outcome::unknown;
                        return true;
                    default:
                        return false;
                }
            };
        };
        byte_memory first_store;
        byte_memory second_store;
        fault(first_store);
        fault(second_store);
        shearpin::ledger one{first_store};
        shearpin::ledger two{second_store};
        constexpr count limit = 20;
        std::vector<std::pair<duration, count>> removed;  // by the time of the reservation's end
        std::vector<std::pair<reservation_id, count>> open;
        duration now = hour;
        count admitted = 0;
        for (int turn = 0; turn != 300; ++turn) {
            now = now + duration::seconds(static_cast<std::int64_t>(random.below(200)));
            auto& ledger = random.one_in(2) ? one : two;
            if (!open.empty() && random.one_in(2)) {
                const auto which = static_cast<std::ptrdiff_t>(random.below(open.size()));
                const auto [id, amount] = open[static_cast<std::size_t>(which)];
                // It is over, whether or not the ledger gets to know it: an answer may be lost.
                (void)ledger.settle(id, at(now), {});
                removed.emplace_back(now, amount);
                open.erase(open.begin() + which);
                continue;
            }
            const count amount = 1 + random.below(5);
            const one_pool asked("rows", amount);
            const auto answer =
                ledger.reserve(ledger.note(), at(now), asked.whole, [&](const ledger_view& view) {
                    const auto found = view.past(0).history;
                    return found.remembers(hour) &&
                           found.removed_within(hour).amount + amount <= limit;
                });
            if (answer.what != reserving::reserved) continue;
            open.emplace_back(answer.id, amount);
            ++admitted;
            count within = 0;
            for (const auto& each : open) within += each.second;
            for (const auto& [when, how_much] : removed)
                if (now - when < hour) within += how_much;
            CHECK(within <= limit);
        }
        CHECK(admitted > 0);
    }
}
