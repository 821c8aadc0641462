// SPDX-License-Identifier: BSL-1.0
// Guards with a ledger that only ask, and guards in shadow: what is written down, and what not.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

using namespace guard_ledger_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;

namespace {

constexpr auto ten_an_hour = shearpin::policy{shearpin::max_rate(10, 1h)};
constexpr auto rate_and_floor =
    shearpin::policy{shearpin::max_rate(10, 1h), shearpin::min_remaining(100)};
constexpr auto keep_100 = shearpin::policy{shearpin::min_remaining(100)};
constexpr auto soft = shearpin::policy{shearpin::overridable(shearpin::max_batch(5))};
constexpr auto peak = shearpin::policy{shearpin::min_remaining(80_pct, shearpin::of_peak(24h))};

/// What others do, once, just before the next document is stored: that is a conflict then.
std::shared_ptr<std::function<void()>> overtake(bytes& store) {
    auto others = std::make_shared<std::function<void()>>();
    store.on_store = [others](const std::string&, std::uint64_t, shearpin::stored& answer) {
        if (!*others) return false;
        std::exchange(*others, nullptr)();
        answer.what = shearpin::stored::outcome::conflict;
        return true;
    };
    return others;
}

}  // namespace

TEST_CASE_TEMPLATE("to ask writes nothing", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<ten_an_hour>();
    auto lifted = on.template guard<soft>();
    const auto lift = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 8, .until = on.clock.now() + 1h, .reason = "CHG-17"});
    const auto before = on.record.note().version;
    for (int turn = 0; turn != 20; ++turn) {
        CHECK(remove.check(10).admitted());
        CHECK(!remove.check(11).admitted());
        CHECK(remove.asking({.actor = "ann"}).check(10).admitted());
        CHECK(lifted.asking({}).overriding(lift).check(8).admitted());
    }
    CHECK(on.record.note().version == before);
    CHECK(on.record.entries().entries.empty());
    CHECK(on.gone == 0);
    CHECK(!lift.spent());
    // Not even that the pool was seen.
    CHECK(text(on.template guard<peak>(), 1).find("the ledger has never seen this pool") !=
          std::string::npos);
    remove(10);
    CHECK(on.gone == 10);
}

TEST_CASE("to ask, and to be refused, store nothing") {
    const bytes store;
    rig<bytes> on(store);
    auto remove = on.guard<ten_an_hour>();
    CHECK(remove.check(10).admitted());
    CHECK(!remove.check(11).admitted());
    CHECK(!remove.try_call(11));
    CHECK_THROWS_AS(remove(11), shearpin::removal_refused);
    CHECK(store.shared->stores == 0);
    CHECK(store.shared->bytes.empty());
    remove(10);
    CHECK(store.shared->stores == 2);  // reserved, and settled
}

TEST_CASE_TEMPLATE("in shadow a removal goes on and is recorded", Store, BOTH_STORES) {
    rig<Store> on;
    std::vector<heard> told;
    std::string why;
    auto shadow = on.template guard<ten_an_hour>()
                      .with_observer([&](const shearpin::event& what) {
                          listener{&told}(what);
                          if (what.why != nullptr) why = std::string(what.why->message());
                      })
                      .in_shadow();
    on.in_removal = [&] { CHECK(on.last().state == shearpin::entry_state::open); };
    shadow.asking({.actor = "ann"})(40);
    CHECK(on.gone == 40);
    CHECK(kinds(told) == words{"shadow_refused", "removed"});
    CHECK(told[0].why == "max_rate;");
    CHECK(why.find("removal refused in shadow, so it goes on all the same: asked for 40, 10 may go "
                   "now\n") == 0);
    CHECK(on.last().state == shearpin::entry_state::settled);
    CHECK(on.last().actor == "ann");
    for (const auto& each : told) CHECK(each.reservation == on.last().id);

    // It counts for those that are not in shadow.
    auto remove = on.template guard<ten_an_hour>();
    CHECK(text(remove, 1) ==
          refused(1, "none of it",
                  "  - rows: max_rate(10, 1h): 10 may go in 1h and 40 have gone, so none may go; "
                  "asked 1\n",
                  "try again in 1h"));
    CHECK(!shadow.check(1).admitted());  // to ask is answered as it is
    CHECK(shadow.try_call(1));
    CHECK(on.gone == 41);
    on.clock.advance(1h);
    told.clear();
    shadow(10);
    CHECK(kinds(told) == words{"admitted", "removed"});
}

TEST_CASE_TEMPLATE("in shadow a removal that throws is in doubt", Store, BOTH_STORES) {
    rig<Store> on;
    on.there = {200, 200};
    std::vector<heard> told;
    auto shadow = on.template guard<rate_and_floor>().with_observer(listener{&told}).in_shadow();
    on.in_removal = [] { throw 7; };
    CHECK_THROWS_AS(shadow(60), int);
    CHECK(kinds(told) == words{"shadow_refused", "in_doubt"});
    CHECK(told[1].why == "max_rate;");
    CHECK(on.room(on.template guard<keep_100>()) == 40);
}

TEST_CASE_TEMPLATE("a shadow ends at its moment, and then nothing is written", Store, BOTH_STORES) {
    rig<Store> on;
    std::vector<heard> told;
    auto shadow = on.template guard<ten_an_hour>()
                      .with_observer(listener{&told})
                      .in_shadow(on.clock.now() + 1h);
    on.clock.advance(1h - 1ns);
    shadow(11);
    on.clock.advance(1ns);
    const auto before = on.record.note().version;
    CHECK_THROWS_AS(shadow(11), shearpin::removal_refused);
    CHECK(tried(shadow, 11).find("removal refused, nothing was removed: asked for 11") == 0);
    told.pop_back();
    CHECK(on.record.note().version == before);
    CHECK(kinds(told) == words{"shadow_refused", "removed", "refused"});
    CHECK(on.gone == 11);
}

TEST_CASE("in shadow a removal goes on though the ledger is down, and says so") {
    bytes store;
    const auto is_down = std::make_shared<bool>(true);
    store.on_load = [is_down](shearpin::loaded& answer) {
        answer.why = "the disk is gone";
        return *is_down;
    };
    rig<bytes> on(store);
    std::vector<heard> told;
    auto shadow = on.guard<ten_an_hour>().with_observer(listener{&told}).in_shadow();
    shadow(5);
    CHECK(on.gone == 5);
    CHECK(kinds(told) == words{"shadow_refused", "removed"});
    CHECK(told[0].why == "ledger_unavailable;");
    CHECK(told[0].reservation.empty());
    *is_down = false;
    CHECK(on.record.entries().entries.empty());
}

TEST_CASE("in shadow an override is not spent by a removal that it does not let go") {
    bytes store;
    const auto shared = store.shared;
    const auto others = overtake(store);
    rig<bytes> on(store);
    std::vector<heard> told;
    auto shadow = on.guard<soft>().with_observer(listener{&told}).in_shadow();
    bytes same;
    same.shared = shared;
    shearpin::ledger<bytes> elsewhere{same};
    auto theirs = shearpin::guard<soft>([](int) {}, [&] { return on.there; })
                      .with_ledger(elsewhere, "rows")
                      .with_clock(on.clock);
    const shearpin::override_terms terms{
        .up_to = 8, .until = on.clock.now() + 1h, .reason = "CHG-17"};
    const auto mine = shearpin::override_once<shearpin::max_batch>(terms);
    const auto other = shearpin::override_once<shearpin::max_batch>(terms);
    *others = [&] { theirs.asking({}).overriding(other)(8); };
    shadow.asking({}).overriding(mine)(8);  // was about to go, and was overtaken
    CHECK(on.gone == 8);
    CHECK(kinds(told) == words{"shadow_refused", "removed"});
    CHECK(told[0].why == "max_batch;override_unusable;");
    CHECK(other.spent());
    CHECK(!mine.spent());
}

TEST_CASE("in shadow, who is overtaken on the way to the ledger is told what holds in the end") {
    bytes store;
    const auto shared = store.shared;
    const auto others = overtake(store);
    rig<bytes> on(store);
    std::vector<heard> told;
    auto shadow = on.guard<ten_an_hour>().with_observer(listener{&told}).in_shadow();
    on.in_removal = [] { throw 7; };
    CHECK_THROWS_AS(shadow(10), int);
    const std::string in_doubt = on.last().id;
    told.clear();
    bytes same;
    same.shared = shared;
    shearpin::ledger<bytes> elsewhere{same};
    *others = [&] {
        CHECK(elsewhere.resolve(in_doubt, shearpin::resolution::nothing_removed, "bob", "looked")
                  .empty());
    };
    shadow(10);
    CHECK(kinds(told) == words{"admitted", "removed"});
}

TEST_CASE_TEMPLATE("amounts and pools that cannot be are told as such with a ledger, too", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<ten_an_hour>();
    CHECK(text(remove, -1).find("  - impossible_request: a negative amount, or 2^63 and more") !=
          std::string::npos);
    CHECK(text(remove, 0).find("  - empty_selection: ") != std::string::npos);
    on.there.size = static_cast<shearpin::count>(-1);
    CHECK(text(remove, 1).find("  - rows: impossible_pool: ") != std::string::npos);
    CHECK(!remove.try_call(1));
    CHECK(on.record.entries().entries.empty());
}

TEST_CASE_TEMPLATE("a world that is older than what the ledger remembers is told as such", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto seen = shearpin::observation{{200, 200}, on.clock.now(), true};
    int asked = 0;
    auto stale = shearpin::guard<rate_and_floor>([](int) {},
                                                 [&] {
                                                     ++asked;
                                                     return seen;
                                                 })
                     .with_ledger(on.record, "rows")
                     .with_clock(on.clock);
    on.clock.advance(1min);
    for (int hour = 0; hour != 100; ++hour) {
        seen.observed_at = on.clock.now();
        stale(1);
        on.clock.advance(1h);
    }
    seen.observed_at = seen.observed_at - 90h;
    asked = 0;
    CHECK(tried(stale, 1) ==
          refused(1, "none of it",
                  "  - ledger_unavailable: the world's numbers are older than what the ledger "
                  "remembers, so that it cannot tell what they do not show yet; look again, nearer "
                  "to now\n",
                  unknown_wait));
    CHECK(asked == 2);  // once more, in case that it has newer ones by now
    seen.observed_at = on.clock.now();
    CHECK(text(stale, 1).empty());
}

TEST_CASE_TEMPLATE("the time that counts is that of the decision, not that before a slow world",
                   Store, BOTH_STORES) {
    rig<Store> on;
    const auto lift = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 8, .until = on.clock.now() + 1h, .reason = "CHG-17"});
    auto lifted = on.template guard<soft>();
    on.in_world = [&] { on.clock.advance(1h); };
    CHECK(tried(lifted.asking({}).overriding(lift), 8)
              .find("the override of max_batch has expired") != std::string::npos);
    std::vector<heard> told;
    auto shadow = on.template guard<ten_an_hour>()
                      .with_observer(listener{&told})
                      .in_shadow(on.clock.now() + 1h);
    on.in_world = [&] { on.clock.advance(1h); };
    CHECK_THROWS_AS(shadow(11), shearpin::removal_refused);
    on.in_world = [&] { on.clock.advance(30min); };
    auto remove = on.template guard<ten_an_hour>();
    remove(10);
    CHECK(on.last().reserved_at == on.clock.now());
    on.in_world = [&] { on.clock.advance(1h); };
    CHECK(text(remove, 10).empty());
}

TEST_CASE("a ledger that forgets behind every look is told as busy") {
    bytes store;
    rig<bytes> on(store);
    bytes same;
    same.shared = store.shared;
    shearpin::ledger<bytes> elsewhere{same};
    auto theirs = shearpin::guard<rate_and_floor>([](int) {}, [&] { return on.there; })
                      .with_ledger(elsewhere, "rows")
                      .with_clock(on.clock);
    auto remove = on.guard<rate_and_floor>();
    int asked = 0;
    std::function<void()> again = [&] {
        ++asked;
        for (int turn = 0; turn != 70; ++turn) {
            on.clock.advance(1h);
            theirs(1);
        }
        on.in_world = again;
    };
    on.in_world = again;
    CHECK(tried(remove, 1) ==
          refused(1, "none of it",
                  "  - ledger_is_busy: others wrote to it all the time while this call looked; try "
                  "again\n",
                  unknown_wait));
    CHECK(asked == 64);
    CHECK(on.gone == 0);
    int left = 3;
    std::function<void()> for_a_while = [&] {
        for (int turn = 0; turn != 70; ++turn) {
            on.clock.advance(1h);
            theirs(1);
        }
        if (--left != 0) on.in_world = for_a_while;
    };
    on.in_world = for_a_while;
    remove(1);
    CHECK(on.gone == 1);
    CHECK(left == 0);
}
