// SPDX-License-Identifier: BSL-1.0
// Guards whose ledger cannot be read or written: nothing is removed, and the refusal says why.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

using namespace guard_ledger_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;
using outcome = shearpin::stored::outcome;

namespace {

constexpr auto hundred_an_hour = shearpin::policy{shearpin::max_rate(100, 1h)};
constexpr auto keep_100 = shearpin::policy{shearpin::min_remaining(100)};
constexpr auto soft = shearpin::policy{shearpin::overridable(shearpin::max_batch(5))};
constexpr auto batch_and_rate =
    shearpin::policy{shearpin::max_batch(5), shearpin::max_rate(100, 1h)};

/// What a store does; changed by the test at any time, as the ledger owns its copy of the store.
struct faults {
    std::string unreadable;              // why it cannot be read, where it cannot
    std::vector<shearpin::stored> next;  // the outcomes of the next stores, without replacing
    bool replaces_all_the_same = false;  // of an unknown outcome
    bool throws = false;
};
struct failing_store {
    bytes inner;
    std::shared_ptr<faults> now = std::make_shared<faults>();

    shearpin::loaded load() {
        shearpin::loaded answer = inner.load();
        if (!now->unreadable.empty()) answer = {{}, 0, false, now->unreadable};
        return answer;
    }
    shearpin::stored store(const std::string& document, std::uint64_t expected) {
        if (now->throws) throw std::runtime_error("the network is gone");
        if (now->next.empty()) return inner.store(document, expected);
        const shearpin::stored answer = now->next.front();
        now->next.erase(now->next.begin());
        if (answer.what == outcome::unknown && now->replaces_all_the_same)
            static_cast<void>(inner.store(document, expected));
        return answer;
    }
};
struct broken_rig : rig<failing_store> {
    std::shared_ptr<faults> store;
    std::shared_ptr<ledger_testing::document> document;

    broken_rig() : broken_rig(failing_store{}) {}
    explicit broken_rig(const failing_store& made)
        : rig(made), store(made.now), document(made.inner.shared) {}
};
std::string unavailable(int number, std::string_view why) {
    return refused(number, "none of it", "  - ledger_unavailable: " + std::string(why) + "\n",
                   unknown_wait);
}
constexpr const char* down = "/var/lib/tool/removals: permission denied; run it as root";

}  // namespace

TEST_CASE("a ledger that cannot be read refuses, and says what the store says") {
    broken_rig on;
    std::vector<heard> told;
    auto remove = on.guard<hundred_an_hour>().with_observer(listener{&told});
    on.store->unreadable = down;
    CHECK(text(remove, 1) == unavailable(1, down));
    CHECK(tried(remove, 1) == unavailable(1, down));
    CHECK_THROWS_AS(remove(1), shearpin::removal_refused);
    CHECK(tried(on.guard<keep_100>(), 1) == unavailable(1, down));  // no rule over time, too
    CHECK(kinds(told) == words{"checked", "refused", "refused"});
    CHECK(told[1].why == "ledger_unavailable;");
    CHECK(told[1].reservation.empty());
    CHECK(on.gone == 0);
    CHECK(on.document->stores == 0);
    on.store->unreadable.clear();
    remove(1);
    CHECK(on.gone == 1);
}

TEST_CASE("the world is not asked where the ledger cannot be read") {
    broken_rig on;
    on.store->unreadable = down;
    bool asked = false;
    on.in_world = [&] { asked = true; };
    CHECK(!tried(on.guard<keep_100>(), 1).empty());
    CHECK(!asked);
}

TEST_CASE("a ledger that goes away between the two looks refuses") {
    broken_rig on;
    auto remove = on.guard<hundred_an_hour>();
    on.in_world = [&] {
        on.store->unreadable = down;
        on.store->next = {{outcome::conflict, 0, {}}};
    };
    CHECK(tried(remove, 1) == unavailable(1, down));
    CHECK(on.gone == 0);
}

TEST_CASE("a document that is no ledger's is refused and left as it is") {
    broken_rig on;
    on.document->bytes = "a letter to my mother";
    on.document->version = 7;
    const std::string said = tried(on.guard<hundred_an_hour>(), 1);
    CHECK(said.find("  - ledger_unavailable: ") != std::string::npos);
    CHECK(said.find("nothing was removed") != std::string::npos);
    CHECK(on.document->bytes == "a letter to my mother");
    CHECK(on.gone == 0);
}

TEST_CASE("a ledger that cannot be written refuses, and nothing is reserved") {
    broken_rig on;
    auto remove = on.guard<hundred_an_hour>();
    on.store->next = {{outcome::failed, 0, "no space left on the device; make room"}};
    CHECK(tried(remove, 60) == unavailable(60, "no space left on the device; make room"));
    CHECK(on.gone == 0);
    CHECK(on.room(remove) == 100);
    CHECK(on.record.entries().entries.empty());
    on.store->next = {{outcome::failed, 0, {}}};
    CHECK(tried(remove, 60) ==
          unavailable(60, "the ledger cannot be stored, and the store does not say why"));
    remove(60);
    CHECK(on.gone == 60);
}

TEST_CASE("where a store overtaken by others says so, the decision is made anew") {
    broken_rig on;
    auto remove = on.guard<hundred_an_hour>();
    on.store->next.assign(5, {outcome::conflict, 0, {}});
    remove(60);
    CHECK(on.gone == 60);
    CHECK(on.room(remove) == 40);

    // What the others removed counts.
    shearpin::ledger<bytes> elsewhere{[&] {
        bytes other;
        other.shared = on.document;
        return other;
    }()};
    auto theirs = shearpin::guard<hundred_an_hour>([](int) {}, [&] { return on.there; })
                      .with_ledger(elsewhere, "rows")
                      .with_clock(on.clock);
    on.in_world = [&] { theirs(30); };
    CHECK(tried(remove, 20) ==
          refused(20, "10",
                  "  - rows: max_rate(100, 1h): 100 may go in 1h and 90 have gone, so 10 may go; "
                  "asked 20\n",
                  "try again in 1h"));
    on.store->next.assign(2000, {outcome::conflict, 0, {}});
    CHECK(tried(remove, 1) ==
          unavailable(1,
                      "others have written to the ledger a thousand times while this waited for "
                      "its turn; try again"));
    CHECK(on.gone == 60);
}

TEST_CASE("where nobody knows whether it was stored, the ledger is read again") {
    broken_rig on;
    auto remove = on.guard<hundred_an_hour>();
    const shearpin::stored lost{outcome::unknown, 0, "the server went away"};
    SUBCASE("it was") {
        on.store->replaces_all_the_same = true;
        on.store->next = {lost};
        remove(60);
        CHECK(on.gone == 60);
        CHECK(on.room(remove) == 40);  // once
        CHECK(on.record.entries().entries.size() == 1);
    }
    SUBCASE("it was not") {
        on.store->next = {lost};
        remove(60);
        CHECK(on.gone == 60);
        CHECK(on.room(remove) == 40);
        CHECK(on.record.entries().entries.size() == 1);
    }
    SUBCASE("and never is") {
        on.store->next = {lost, lost, lost, lost};
        CHECK(tried(remove, 60) ==
              unavailable(60,
                          "it may be on the ledger or not, and counts until a person resolves its "
                          "entry, if it is; nothing was removed. the server went away"));
        CHECK(on.gone == 0);
    }
    SUBCASE("and the server comes back with it") {
        on.store->replaces_all_the_same = true;
        on.in_world = [&] { on.store->next = {lost}; };
        on.store->next = {};
        on.in_removal = [&] { CHECK(on.room(remove) == 40); };
        remove(60);
        CHECK(on.room(remove) == 40);
    }
}

TEST_CASE("a removal whose end cannot be noted stays open, and somebody is told") {
    broken_rig on;
    std::vector<heard> told;
    auto remove = on.guard<hundred_an_hour>().with_observer(listener{&told});
    const shearpin::stored full{outcome::failed, 0, "no space left on the device; make room"};
    on.in_removal = [&] { on.store->next = {full}; };
    remove(60);  // it has happened: there is nothing to refuse
    CHECK(on.gone == 60);
    CHECK(kinds(told) == words{"admitted", "not_settled", "removed"});
    CHECK(told[1].trouble == "no space left on the device; make room");
    CHECK(told[1].reservation == told[0].reservation);
    CHECK(told[1].reservation == on.last().id);
    CHECK(on.last().state == shearpin::entry_state::open);
    on.clock.advance(48h);
    CHECK(on.room(remove) == 40);  // whole, however old
    CHECK(on.record
              .resolve(told[0].reservation, shearpin::resolution::everything_removed, "bob",
                       "looked", {on.clock.now(), {}, 0})
              .empty());
    on.clock.advance(1h);
    CHECK(on.room(remove) == 100);
}

TEST_CASE("an exception whose end cannot be noted counts, too") {
    broken_rig on;
    std::vector<heard> told;
    auto remove = on.guard<hundred_an_hour>().with_observer(listener{&told});
    on.in_removal = [&] {
        on.store->next = {{outcome::failed, 0, "down"}};
        throw 7;
    };
    CHECK_THROWS_AS(remove(60), int);
    CHECK(kinds(told) == words{"admitted", "not_settled", "in_doubt"});
    CHECK(on.room(remove) == 40);
    CHECK(on.last().state == shearpin::entry_state::open);
}

TEST_CASE("a store that throws: before the removal nothing is removed, after it that is told") {
    broken_rig on;
    std::vector<heard> told;
    auto remove = on.guard<hundred_an_hour>().with_observer(listener{&told});
    on.store->throws = true;
    CHECK_THROWS_AS(remove(60), std::runtime_error);
    CHECK(on.gone == 0);
    on.store->throws = false;
    CHECK(on.room(remove) == 100);
    told.clear();

    on.in_removal = [&] { on.store->throws = true; };
    remove(60);
    CHECK(on.gone == 60);
    CHECK(kinds(told) == words{"admitted", "not_settled", "removed"});
    CHECK(told[1].trouble == "the ledger's store threw an exception, or there was no memory");
    on.store->throws = false;
    CHECK(on.room(remove) == 40);
    on.in_removal = [&] {
        on.store->throws = true;
        throw 7;
    };
    CHECK_THROWS_AS(remove(10), int);  // and the program goes on
    on.store->throws = false;
    CHECK(on.room(remove) == 30);
    CHECK(on.last().state == shearpin::entry_state::open);
}

TEST_CASE("an override is not spent where the reservation cannot be made") {
    broken_rig on;
    auto remove = on.guard<soft>();
    const auto lift = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 8, .until = on.clock.now() + 1h, .reason = "CHG-17"});
    on.store->next = {{outcome::failed, 0, "down"}};
    CHECK(tried(remove.asking({}).overriding(lift), 8) == unavailable(8, "down"));
    CHECK(!lift.spent());
    on.store->next = {{outcome::conflict, 0, {}}};
    remove.asking({}).overriding(lift)(8);
    CHECK(lift.spent());
    CHECK(on.gone == 8);
}

TEST_CASE("without the ledger, by name, it goes while the store is down") {
    broken_rig on;
    on.store->unreadable = down;
    std::vector<heard> told;
    auto remove = on.guard<batch_and_rate>().with_observer(listener{&told});
    remove.without_ledger({.actor = "ann", .reason = "db-7 eats data"})(5);
    CHECK(on.gone == 5);
    CHECK(kinds(told) == words{"admitted", "without_ledger", "removed"});
    CHECK(!remove.without_ledger({.actor = "ann", .reason = "db-7"}).try_call(6));
    CHECK(on.document->loads == 0);
    CHECK(on.document->stores == 0);
}
