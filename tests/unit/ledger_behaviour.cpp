// SPDX-License-Identifier: BSL-1.0
// What a ledger does for a guard and for people, the same over records in memory and over bytes.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <tuple>
#include <vector>

#include <sys/wait.h>
#include <unistd.h>

using namespace ledger_testing;
using shearpin::entry_state;
using shearpin::measure;
using shearpin::process_life;
using shearpin::resolution;
using kind = settlement::kind;

#define BOTH_LEDGERS shearpin::memory_store, byte_memory

namespace {

template <class Ledger> std::string id_of_first(Ledger& ledger, entry_state state) {
    for (const auto& each : ledger.entries().entries)
        if (each.state == state) return each.id;
    return {};
}
bool has(const shearpin::store_trouble& text, const char* part) {
    return std::string(text).find(part) != std::string::npos;
}

}  // namespace

TEST_CASE_TEMPLATE("what is reserved counts at once, for rates and for floors", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    CHECK(!ledger.note().is_guess);
    CHECK(ledger.note().version == 0);  // nothing is stored yet
    CHECK(!look(ledger, at(hour), "rows").seen);
    const auto answer = reserve(ledger, at(hour), "rows", 6);
    REQUIRE(answer.what == reserving::reserved);
    const past during = look(ledger, at(hour), "rows");
    CHECK(during.open.amount == 6);
    CHECK(during.within.amount == 6);
    CHECK(during.gone.amount == 6);
    CHECK(during.seen);
    CHECK(!during.has_last);
    CHECK(look(ledger, at(hour), "logs").open.amount == 0);  // another pool

    // However old it is.
    CHECK(look(ledger, at(duration::days(1000)), "rows").within.amount == 6);

    REQUIRE(ledger.settle(answer.id, at(hour + minute), {}).empty());
    const past after = look(ledger, at(hour + minute + minute), "rows");
    CHECK(after.open.amount == 0);
    CHECK(after.within.amount == 6);  // by the time of the settlement
    CHECK(after.gone.amount == 0);    // the world shows it
    CHECK(after.since_last == minute);
}

TEST_CASE_TEMPLATE("a refused claim leaves nothing", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const one_pool asked("rows", 6);
    const noted before = ledger.note();
    CHECK(reserve(ledger, at(hour), asked, no).what == reserving::refused);
    CHECK(ledger.note().version == before.version);
    CHECK(ledger.entries().entries.empty());
    CHECK(!look(ledger, at(hour), "rows").seen);
}

TEST_CASE_TEMPLATE("to consult writes nothing", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    CHECK(remove(ledger, at(hour), "rows", 6));
    const noted before = ledger.note();
    const one_pool asked("other", 6, duration::hours(100));
    for (int turn = 0; turn != 10; ++turn)
        CHECK(ledger.consult(ledger.note(), at(hour), asked.whole, yes).what ==
              reserving::reserved);
    CHECK(ledger.note().version == before.version);
    CHECK(ledger.entries().entries.size() == 1);
    // What does is a new version, each time.
    const auto answer = reserve(ledger, at(hour), "rows", 6);
    const noted reserved = ledger.note();
    CHECK(reserved.version > before.version);
    CHECK(ledger.settle(answer.id, at(hour), {kind::unknown}).empty());
    const noted settled = ledger.note();
    CHECK(settled.version > reserved.version);
    CHECK(ledger
              .resolve(std::string(shearpin::detail::spell_id(answer.id)),
                       resolution::everything_removed, "ann", "looked", at(hour))
              .empty());
    CHECK(ledger.note().version > settled.version);
}

TEST_CASE("to consult stores nothing") {
    byte_memory store;
    const auto document = store.shared;
    shearpin::ledger ledger{store};
    const one_pool asked("rows", 6);
    for (int turn = 0; turn != 10; ++turn) {
        (void)ledger.consult(ledger.note(), at(hour), asked.whole, yes);
        (void)ledger.consult(ledger.note(), at(hour), asked.whole, no);
        (void)reserve(ledger, at(hour), asked, no);
        (void)ledger.entries();
    }
    CHECK(document->stores == 0);
    CHECK(document->bytes.empty());
}

TEST_CASE_TEMPLATE("a judge that throws reaches its caller, and the ledger goes on", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const one_pool asked("rows", 6);
    const auto throwing = [](const ledger_view&) -> bool { throw 7; };
    CHECK_THROWS_AS((void)reserve(ledger, at(hour), asked, throwing), int);
    CHECK_THROWS_AS((void)ledger.consult(ledger.note(), at(hour), asked.whole, throwing), int);
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
    CHECK(remove(ledger, at(hour), "rows", 6));
}

TEST_CASE_TEMPLATE("the limit holds, whoever asks", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const one_pool asked("rows", 3);
    int admitted = 0;
    for (int turn = 0; turn != 20; ++turn) {
        const auto answer = reserve(ledger, at(hour), asked, [](const ledger_view& view) {
            return view.past(0).history.removed_within(hour).amount + 3 <= 10;
        });
        if (answer.what == reserving::reserved) ++admitted;
        if (answer.what == reserving::reserved && turn % 2 == 0)
            CHECK(ledger.settle(answer.id, at(hour), {}).empty());
    }
    CHECK(admitted == 3);
}

TEST_CASE_TEMPLATE("what was really removed is settled", Store, BOTH_LEDGERS) {
    const auto settled = [](amounts asked, shearpin::count heads, settlement how) {
        shearpin::ledger<Store> ledger{Store{}};
        one_pool claim_on("rows", 0);
        claim_on.pool.asked = asked;
        claim_on.whole.heads = heads;
        const auto answer = reserve(ledger, at(hour), claim_on, yes);
        REQUIRE(answer.what == reserving::reserved);
        REQUIRE(ledger.settle(answer.id, at(hour), how).empty());
        return look(ledger, at(hour), "rows").within;
    };
    const amounts five = amounts::of(5);
    CHECK(settled(five, 5, {kind::whole, 0}) == five);
    CHECK(settled(five, 5, {kind::heads, 5}) == five);
    CHECK(settled(five, 5, {kind::heads, 2}) == amounts::of(2));
    CHECK(settled(five, 5, {kind::heads, 0}) == amounts::of(0));
    // More than was reserved: by so much more of everything.
    CHECK(settled(five, 5, {kind::heads, 7}) == amounts::of(7));
    CHECK(settled(five, 0, {kind::heads, 7}) == amounts::of(7));
    CHECK(settled(five, 5, {kind::heads, ~shearpin::count{0}}) ==
          amounts::of(shearpin::largest_count));
    // Three of five serve: it is not known which of them went.
    CHECK(settled({3, 5, 5, 1}, 5, {kind::heads, 4}) == amounts{3, 4, 4, 1});
    CHECK(settled({3, 5, 5, 1}, 5, {kind::heads, 2}) == amounts{2, 2, 2, 1});
    // Targets that do not weigh one: it is not known how much went.
    CHECK(settled({30, 50, 5, 1}, 5, {kind::heads, 4}) == amounts{30, 50, 4, 1});
    CHECK(settled({30, 50, 5, 1}, 5, {kind::heads, 0}) == amounts{0, 0, 0, 1});
    CHECK(settled({30, 50, 5, 1}, 5, {kind::heads, 7}) == amounts{32, 52, 7, 1});
    // In other pools too: ten targets, of which five are in this one.
    CHECK(settled(five, 10, {kind::heads, 10}) == five);
    CHECK(settled(five, 10, {kind::heads, 3}) == amounts::of(3));
    CHECK(settled(five, 10, {kind::heads, 11}) == amounts::of(6));
}

TEST_CASE_TEMPLATE("of unknown outcome: a window for rates, for floors until it is resolved", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto answer = reserve(ledger, at(minute), "rows", 6);
    REQUIRE(ledger.settle(answer.id, at(hour), {kind::unknown, 0}).empty());
    const past after = look(ledger, at(hour), "rows");
    CHECK(after.open.amount == 0);
    CHECK(after.within.amount == 6);
    CHECK(after.gone.amount == 6);
    CHECK(after.since_last == duration{});
    const past later = look(ledger, at(hour + hour), "rows");
    CHECK(later.within.amount == 0);
    CHECK(later.gone.amount == 6);
    for (int turn = 1; turn != 300; ++turn)
        CHECK(remove(ledger, at(duration::days(turn)), "rows", 1));
    CHECK(look(ledger, at(duration::days(1000)), "rows").gone.amount == 6);

    const noted before = ledger.note();
    const std::string id = id_of_first(ledger, entry_state::unknown);
    REQUIRE(
        ledger
            .resolve(id, resolution::everything_removed, "ann", "looked", at(duration::days(1000)))
            .empty());
    CHECK(look(ledger, at(duration::days(1000)), "rows").gone.amount == 0);
    // For those who looked before, the world may or may not have shown it.
    CHECK(look(ledger, before, at(duration::days(1000)), "rows").gone.amount == 6);
    CHECK(look(ledger, at(duration::days(1000)), "rows").within.amount == 0);
}

TEST_CASE_TEMPLATE("a call that failed is resolved while its process goes on", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto fail = [&] {
        const auto answer = reserve(ledger, at(hour), "rows", 6);
        REQUIRE(ledger.settle(answer.id, at(hour), {kind::unknown, 0}).empty());
        return std::string(shearpin::detail::spell_id(answer.id));
    };
    REQUIRE(ledger.resolve(fail(), resolution::nothing_removed, "ann", "none is gone", at(hour))
                .empty());
    CHECK(look(ledger, at(hour), "rows").within.amount == 0);
    CHECK(look(ledger, at(hour), "rows").gone.amount == 0);
    CHECK(!look(ledger, at(hour), "rows").has_last);

    REQUIRE(ledger.resolve(fail(), resolution::removed(2), "bob", "two are gone", at(hour + minute))
                .empty());
    CHECK(look(ledger, at(hour + minute), "rows").within.amount == 2);
    CHECK(look(ledger, at(hour + minute), "rows").gone.amount == 0);
    CHECK(look(ledger, at(hour + hour), "rows").within.amount ==
          0);  // a window from the exception on

    const auto entries = ledger.entries().entries;
    REQUIRE(entries.size() == 2);
    for (const auto& each : entries) CHECK(each.state == entry_state::resolved);
    CHECK(entries[0].resolved_by == "bob");
    CHECK(entries[0].resolved_why == "two are gone");
    CHECK(entries[0].resolved_at == at(hour + minute).wall);
    CHECK(entries[0].pools.at(0).removed == amounts::of(2));
    CHECK(entries[1].resolved_by == "ann");
    CHECK(entries[1].pools.at(0).removed == amounts::of(0));
}

TEST_CASE_TEMPLATE("while its process lives, one that is open cannot be said to have removed less",
                   Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const auto answer = reserve(ledger, at(hour), "rows", 6);
    const std::string id(shearpin::detail::spell_id(answer.id));
    CHECK(has(ledger.resolve(id, resolution::nothing_removed, "ann", "x"), "still runs"));
    CHECK(has(ledger.resolve(id, resolution::removed(5), "ann", "x"), "still runs"));
    CHECK(look(ledger, at(hour), "rows").open.amount == 6);
    CHECK(ledger.resolve(id, resolution::everything_removed, "ann", "x", at(hour)).empty());
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
    CHECK(look(ledger, at(hour), "rows").within.amount == 6);
    CHECK(has(ledger.settle(answer.id, at(hour), {}), "a person has resolved"));
    CHECK(has(ledger.resolve(id, resolution::everything_removed, "ann", "x"), "known already"));
}

TEST_CASE("what a process that has ended left open is resolved") {
    byte_memory store;
    const auto document = store.shared;
    const auto leave_open = [&] {
        int pipe_ends[2];
        REQUIRE(::pipe(pipe_ends) == 0);
        const pid_t child = ::fork();
        if (child == 0) {
            shearpin::ledger ledger{store};
            (void)reserve(ledger, at(hour), "rows", 6);
            const ssize_t written =
                ::write(pipe_ends[1], document->bytes.data(), document->bytes.size());
            ::_exit(written == static_cast<ssize_t>(document->bytes.size()) ? 0 : 1);
        }
        REQUIRE(child > 0);
        int status = 0;
        REQUIRE(::waitpid(child, &status, 0) == child);
        REQUIRE(status == 0);
        char buffer[65536];
        const ssize_t length = ::read(pipe_ends[0], buffer, sizeof buffer);
        REQUIRE(length > 0);
        ::close(pipe_ends[0]);
        ::close(pipe_ends[1]);
        document->bytes.assign(buffer, static_cast<std::size_t>(length));
        ++document->version;
        return child;
    };
    const pid_t child = leave_open();
    shearpin::ledger ledger{store};
    auto entries = ledger.entries();
    REQUIRE(entries.readable);
    REQUIRE(entries.entries.size() == 1);
    CHECK(entries.entries[0].life == process_life::ended);
    CHECK(entries.entries[0].process.find(std::to_string(child) + "@") == 0);
    CHECK(look(ledger, at(hour), "rows").open.amount == 6);
    REQUIRE(
        ledger.resolve(entries.entries[0].id, resolution::removed(2), "ann", "counted", at(hour))
            .empty());
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
    CHECK(look(ledger, at(hour), "rows").within.amount == 2);

    (void)leave_open();
    REQUIRE(ledger
                .resolve(id_of_first(ledger, entry_state::open), resolution::nothing_removed, "ann",
                         "none", at(hour))
                .empty());
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
    CHECK(look(ledger, at(hour), "rows").within.amount == 2);
}

TEST_CASE("processes of other boots, machines and pid namespaces") {
    using shearpin::detail::life_of;
    auto process = shearpin::detail::read_own_process();
    REQUIRE(process.started != 0);
    REQUIRE(process.boot != 0);
    CHECK(life_of(process) == process_life::lives);
    auto other = process;
    other.started += 1;  // the pid was used again
    CHECK(life_of(other) == process_life::ended);
    other = process;
    other.boot += 1;  // this machine was booted since
    CHECK(life_of(other) == process_life::ended);
    other.host = "elsewhere";
    CHECK(life_of(other) == process_life::not_known);
    other = process;
    other.pid_namespace += 1;
    CHECK(life_of(other) == process_life::not_known);
    other = process;
    other.boot = 0;
    CHECK(life_of(other) == process_life::not_known);
    other = process;
    other.pid = 4'000'000'000;
    CHECK(life_of(other) == process_life::ended);
}

TEST_CASE_TEMPLATE("entries say who, what for, how much, of what, and when", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    pool_claim pools[2];
    pools[0].pool = "index";
    pools[0].asked = {1, 20, 2, 2};
    pools[1].pool = "placement";
    pools[1].asked = {3, 30, 3, 2};
    claim both;
    both.pools = pools;
    both.number = 2;
    both.actor = "ann";
    both.reason = "CHG-17";
    const auto answer = ledger.reserve(ledger.note(), at(hour), both, yes);
    REQUIRE(answer.what == reserving::reserved);
    const auto open = ledger.entries();
    REQUIRE(open.readable);
    REQUIRE(open.entries.size() == 1);
    CHECK(open.entries[0].state == entry_state::open);
    CHECK(open.entries[0].life == process_life::lives);
    CHECK(!open.entries[0].settled_at.known());
    REQUIRE(ledger.settle(answer.id, at(hour + minute), {}).empty());
    const auto entry = ledger.entries().entries.at(0);
    CHECK(entry.id == std::string(shearpin::detail::spell_id(answer.id)));
    CHECK(entry.state == entry_state::settled);
    REQUIRE(entry.pools.size() == 2);
    CHECK(entry.pools[0].pool == "index");
    CHECK(entry.pools[0].removed == amounts{1, 20, 2, 1});
    CHECK(entry.pools[1].pool == "placement");
    CHECK(entry.pools[1].removed == amounts{3, 30, 3, 1});
    CHECK(entry.actor == "ann");
    CHECK(entry.reason == "CHG-17");
    CHECK(entry.reserved_at == at(hour).wall);
    CHECK(entry.settled_at == at(hour + minute).wall);
    CHECK(entry.removals == 1);
    CHECK(entry.process.find(std::to_string(::getpid()) + "@") == 0);
    CHECK(look(ledger, at(hour + minute), "index").within.amount == 20);
    CHECK(look(ledger, at(hour + minute), "placement").within.serving == 3);
}

TEST_CASE_TEMPLATE("names and reasons that are too long", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const std::string name(63, 'n');
    CHECK(remove(ledger, at(hour), name, 1));
    CHECK(look(ledger, at(hour), name).within.amount == 1);
    const auto refused = reserve(ledger, at(hour), name + "x", 1);
    CHECK(refused.what == reserving::failed);
    CHECK(has(refused.why, "longer than 63"));
    CHECK(look(ledger, at(hour), name + "x").what == reserving::failed);

    one_pool asked("rows", 1);
    const std::string reason(200, 'r');
    const std::string actor(64, 'a');
    asked.whole.reason = reason;
    asked.whole.actor = actor;
    REQUIRE(reserve(ledger, at(hour), asked, yes).what == reserving::reserved);
    const auto entry = ledger.entries().entries.at(0);
    CHECK(entry.reason == std::string(92, 'r') + "...");
    CHECK(entry.actor == std::string(60, 'a') + "...");
    // At their longest they are whole.
    asked.whole.reason = shearpin::text_view(reason.data(), 95);
    asked.whole.actor = shearpin::text_view(actor.data(), 63);
    REQUIRE(reserve(ledger, at(hour), asked, yes).what == reserving::reserved);
    const auto whole = ledger.entries().entries.at(1);
    CHECK(whole.reason == std::string(95, 'r'));
    CHECK(whole.actor == std::string(63, 'a'));
}

TEST_CASE_TEMPLATE("negative numbers in disguise", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    const shearpin::count large = shearpin::largest_count;
    for (int which = 0; which != 5; ++which) {
        one_pool asked("rows", 1);
        (which == 0   ? asked.pool.asked.serving
         : which == 1 ? asked.pool.asked.amount
         : which == 2 ? asked.pool.asked.heads
         : which == 3 ? asked.pool.size
                      : asked.whole.heads) = large + 1;
        const auto answer = reserve(ledger, at(hour), asked, yes);
        CHECK(answer.what == reserving::failed);
        CHECK(has(answer.why, "2^63"));
        CHECK(ledger.consult(ledger.note(), at(hour), asked.whole, yes).what == reserving::failed);
    }
    CHECK(ledger.entries().entries.empty());
    // The largest that is believed, three times: the sum saturates, and comes down again.
    std::vector<reservation_id> ids;
    for (int turn = 0; turn != 3; ++turn)
        ids.push_back(reserve(ledger, at(hour), "rows", large).id);
    CHECK(look(ledger, at(hour), "rows").open.amount == ~shearpin::count{0});
    CHECK(look(ledger, at(hour), "rows").gone.amount == ~shearpin::count{0});
    for (const auto& id : ids) CHECK(ledger.settle(id, at(hour), {}).empty());
    CHECK(look(ledger, at(hour), "rows").within.amount == ~shearpin::count{0});
    CHECK(look(ledger, at(hour), "rows").open.amount == 0);
    one_pool all_largest("rows", large, hour, large);
    all_largest.whole.heads = large;
    CHECK(reserve(ledger, at(hour), all_largest, yes).what == reserving::reserved);
}

TEST_CASE_TEMPLATE("an override is once for all", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    shearpin::detail::spent_override lift{"max_batch", "rows", "CHG-17", at(hour + hour).wall};
    one_pool asked("rows", 1);
    asked.whole.overrides = &lift;
    const auto is_spent = [](shearpin::text_view rule, shearpin::text_view pool,
                             shearpin::text_view id) {
        return [=](const ledger_view& view) { return view.spent(rule, pool, id); };
    };
    const auto unspent = [](const ledger_view& view) {
        return !view.spent("max_batch", "rows", "CHG-17");
    };
    // It is read after the judge has run: this one finds out that it is not needed.
    REQUIRE(reserve(ledger, at(hour), asked, unspent).what == reserving::reserved);
    CHECK(reserve(ledger, at(hour), asked, is_spent("max_batch", "rows", "CHG-17")).what ==
          reserving::refused);
    const auto judge_that_needs_it = [&](const ledger_view& view) {
        asked.whole.overrides_number = 1;
        return unspent(view);
    };
    CHECK(reserve(ledger, at(hour), asked, judge_that_needs_it).what == reserving::reserved);
    CHECK(reserve(ledger, at(hour), asked, judge_that_needs_it).what == reserving::refused);
    asked.whole.overrides_number = 0;
    CHECK(
        ledger
            .consult(ledger.note(), at(hour), asked.whole, is_spent("max_batch", "rows", "CHG-17"))
            .what == reserving::reserved);
    for (const auto& [rule, pool, id] : {std::tuple{"max_rate", "rows", "CHG-17"},
                                         {"max_batch", "logs", "CHG-17"},
                                         {"max_batch", "rows", "CHG-18"}})
        CHECK(ledger.consult(ledger.note(), at(hour), asked.whole, is_spent(rule, pool, id)).what ==
              reserving::refused);

    const std::string long_id(256, 'i');
    lift.id = long_id;
    asked.whole.overrides_number = 1;
    const auto too_long = reserve(ledger, at(hour), asked, yes);
    CHECK(too_long.what == reserving::failed);
    CHECK(has(too_long.why, "override"));
}

TEST_CASE_TEMPLATE("overrides are forgotten when they have expired, and never before", Store,
                   BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    shearpin::detail::spent_override lift{"max_batch", "rows", "", {}};
    one_pool asked("rows", 1);
    asked.whole.overrides = &lift;
    asked.whole.overrides_number = 1;
    int reserved = 0;
    std::string id;
    shearpin::store_trouble why;
    for (int number = 0; number != 1100; ++number) {
        id = std::to_string(number);
        lift.id = id;
        lift.until = at(hour).wall;
        const auto answer = reserve(ledger, at(minute), asked, yes);
        if (answer.what == reserving::reserved) {
            ++reserved;
            REQUIRE(ledger.settle(answer.id, at(minute), {}).empty());
        } else {
            why = answer.why;
        }
    }
    CHECK(reserved == 1024);
    CHECK(has(why, "1024 spent overrides"));
    CHECK(reserve(ledger, at(hour), asked, yes).what == reserving::failed);
    CHECK(reserve(ledger, at(hour + second), asked, yes).what == reserving::reserved);
}

TEST_CASE_TEMPLATE("the largest size in a window stays known", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    for (int turn = 0; turn != 1000; ++turn) {  // it shrinks by one each minute
        const one_pool asked("rows", 1, hour, 1000 - static_cast<shearpin::count>(turn));
        const instant now = at(minute + duration::seconds(60 * turn));
        const auto answer = reserve(ledger, now, asked, yes);
        REQUIRE(ledger.settle(answer.id, now, {}).empty());
        const past seen = look(ledger, now, "rows");
        const auto exact = static_cast<shearpin::count>(turn < 59 ? 1000 : 1000 - turn + 59);
        CHECK(seen.largest >= exact);
        CHECK(seen.largest <= exact + 3);  // kept for a 32nd of the window longer, at most
    }
    CHECK(look(ledger, at(duration::days(30)), "rows").seen);
}

TEST_CASE_TEMPLATE("what is settled twice, or was never reserved", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    CHECK(has(ledger.settle({1, 2}, at(hour), {}), "no open entry"));
    const auto answer = reserve(ledger, at(hour), "rows", 6);
    CHECK(ledger.settle(answer.id, at(hour), {}).empty());
    CHECK(has(ledger.settle(answer.id, at(hour), {}), "no open entry"));
    CHECK(look(ledger, at(hour), "rows").within.amount == 6);
}

TEST_CASE_TEMPLATE("what cannot be resolved", Store, BOTH_LEDGERS) {
    shearpin::ledger<Store> ledger{Store{}};
    CHECK(has(ledger.resolve("12", resolution::nothing_removed, "ann", "x"), "32 hexadecimal"));
    const std::string id(32, '0');
    CHECK(has(ledger.resolve(id, resolution::nothing_removed, "ann", "x"), "no entry"));
    CHECK(has(ledger.resolve(id, resolution::nothing_removed, "", "x"), "say who"));
    CHECK(has(ledger.resolve(id, resolution::nothing_removed, "ann", ""), "say who"));
    CHECK(remove(ledger, at(hour), "rows", 1));
    CHECK(has(ledger.resolve(id_of_first(ledger, entry_state::settled), resolution::nothing_removed,
                             "ann", "x"),
              "known already"));
}

TEST_CASE("ids are 32 digits, and read back") {
    using shearpin::detail::parse_reservation_id;
    using shearpin::detail::spell_id;
    const reservation_id id{0x0123'4567'89ab'cdef, 0xfedc'ba98'7654'3210};
    CHECK(spell_id(id) == "0123456789abcdeffedcba9876543210");
    CHECK(*parse_reservation_id("0123456789abcdeffedcba9876543210") == id);
    CHECK(*parse_reservation_id("0123456789ABCDEFFEDCBA9876543210") == id);
    CHECK(!parse_reservation_id("0123456789abcdeffedcba987654321"));
    CHECK(!parse_reservation_id("0123456789abcdeffedcba98765432100"));
    CHECK(!parse_reservation_id("0123456789abcdeffedcba987654321g"));
    const auto one = shearpin::detail::random_id();
    const auto other = shearpin::detail::random_id();
    REQUIRE(one);
    REQUIRE(other);
    CHECK(!(*one == *other));
}

TEST_CASE("ledgers in memory do not mistake each other's reservations") {
    shearpin::ledger one{shearpin::memory_store{}};
    shearpin::ledger other{shearpin::memory_store{}};
    const auto here = reserve(one, at(hour), "rows", 1);
    (void)reserve(other, at(hour), "rows", 1);
    CHECK(!other.settle(here.id, at(hour), {}).empty());
    CHECK(one.settle(here.id, at(hour), {}).empty());
}
