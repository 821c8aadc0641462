// SPDX-License-Identifier: BSL-1.0
// What a removal uses up of overrides, noted on the ledger: each use, of each rule and pool, once.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace guard_ledger_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;
using shearpin::max_batch, shearpin::max_unavailable, shearpin::min_remaining,
    shearpin::overridable, shearpin::override_once;

namespace {

// Each override lifts two rules, and is one use; there is room for four.
constexpr auto twice_each =
    shearpin::policy{overridable(max_batch(5)),       overridable(max_batch(5_pct)),
                     overridable(min_remaining(95)),  overridable(min_remaining(95_pct)),
                     overridable(max_unavailable(5)), overridable(max_unavailable(5_pct))};
constexpr auto soft = shearpin::policy{overridable(max_batch(5))};
constexpr auto soft_flight = shearpin::policy{overridable(shearpin::max_in_flight(5))};
constexpr auto batches = shearpin::policies{shearpin::for_other_pools(overridable(max_batch(2)))};

/// Two kinds of rule that are named alike.
template <shearpin::measure Which> struct called_half {
    static constexpr std::string_view name = "half";
    static constexpr shearpin::measure measures = Which;
    static constexpr shearpin::count limit(const shearpin::facts& known) {
        return known.pool.size / 2;
    }
};
using by_heads = called_half<shearpin::measure::heads>;
using by_weight = called_half<shearpin::measure::amount>;
constexpr auto halves = shearpin::policies{
    shearpin::for_other_pools(overridable(by_heads{}), overridable(by_weight{}))};

struct zones {
    int weight = 1;
    [[nodiscard]] bool contains(int) const { return true; }
    [[nodiscard]] std::vector<std::string> pools_of(int) const { return {"web", "db"}; }
    [[nodiscard]] shearpin::pool state(const std::string&) const { return {10, 1000}; }
    [[nodiscard]] int weight_of(int, const std::string&) const { return weight; }
};

/// A ticket with this id.
template <class Rig>
shearpin::override_terms ticket(const Rig& on, shearpin::count up_to, const char* id,
                                const char* pool = "") {
    return {.up_to = up_to,
            .until = on.clock.now() + 1h,
            .reason = "the ticket says why",
            .pool = pool,
            .id = id};
}

}  // namespace

TEST_CASE_TEMPLATE("rules of one kind that one override lifts use it up once", Store, BOTH_STORES) {
    rig<Store> on;
    on.there = {100, 100};
    auto remove = on.template guard<twice_each>();
    const auto goes = [&](const char* batch_id, const char* floor_id, const char* cap_id) {
        const auto batch = override_once<max_batch>(ticket(on, 8, batch_id));
        const auto floor = override_once<min_remaining>(ticket(on, 8, floor_id));
        const auto cap = override_once<max_unavailable>(ticket(on, 8, cap_id));
        const auto asked = remove.asking({}).overriding(batch).overriding(floor).overriding(cap);
        return asked.check(8).admitted();
    };
    CHECK(goes("CHG-17", "CHG-17", "CHG-17"));
    const auto batch = override_once<max_batch>(ticket(on, 8, "CHG-17"));
    const auto floor = override_once<min_remaining>(ticket(on, 8, "CHG-17"));
    const auto cap = override_once<max_unavailable>(ticket(on, 8, "CHG-17"));
    remove.asking({}).overriding(batch).overriding(floor).overriding(cap)(8);
    CHECK(on.gone == 8);
    for (const auto* each : {&batch, &floor, &cap}) CHECK(each->spent());
    // The ledger knows of each of the three.
    CHECK(goes("CHG-18", "CHG-18", "CHG-18"));
    CHECK(!goes("CHG-17", "CHG-18", "CHG-18"));
    CHECK(!goes("CHG-18", "CHG-17", "CHG-18"));
    CHECK(!goes("CHG-18", "CHG-18", "CHG-17"));
}

TEST_CASE_TEMPLATE("one ticket for two pools is used of each of them", Store, BOTH_STORES) {
    rig<Store> on;
    auto remove = shearpin::guard<batches>([](const std::vector<int>&) {}, zones{})
                      .with_ledger(on.record)
                      .with_clock(on.clock);
    const std::vector<int> three{1, 2, 3};
    const auto goes = [&](const char* web_id, const char* db_id) {
        const auto web = override_once<max_batch>(ticket(on, 3, web_id, "web"));
        const auto db = override_once<max_batch>(ticket(on, 3, db_id, "db"));
        return remove.asking({}).overriding(web).overriding(db).check(three).admitted();
    };
    const auto of_web = override_once<max_batch>(ticket(on, 3, "CHG-17", "web"));
    const auto of_db = override_once<max_batch>(ticket(on, 3, "CHG-17", "db"));
    remove.asking({}).overriding(of_web).overriding(of_db)(three);
    CHECK(of_web.spent());
    CHECK(of_db.spent());
    CHECK(goes("CHG-18", "CHG-18"));
    CHECK(!goes("CHG-17", "CHG-18"));
    CHECK(!goes("CHG-18", "CHG-17"));
}

TEST_CASE_TEMPLATE("overrides of two kinds of rule that are named alike are two uses", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto remove = shearpin::guard<halves>([](const std::vector<int>&) {}, zones{10})
                      .with_ledger(on.record)
                      .with_clock(on.clock);
    const std::vector<int> six{1, 2, 3, 4, 5, 6};  // 6 of 5 heads, and 60 of 5 by weight
    const auto goes = [&](const char* heads_id, const char* weight_id) {
        const auto web_heads = override_once<by_heads>(ticket(on, 60, heads_id, "web"));
        const auto db_heads = override_once<by_heads>(ticket(on, 60, heads_id, "db"));
        const auto web_weight = override_once<by_weight>(ticket(on, 60, weight_id, "web"));
        const auto db_weight = override_once<by_weight>(ticket(on, 60, weight_id, "db"));
        const auto asked = remove.asking({})
                               .overriding(web_heads)
                               .overriding(db_heads)
                               .overriding(web_weight)
                               .overriding(db_weight);
        return asked.try_call(six).has_value();
    };
    CHECK(goes("CHG-17", "CHG-18"));
    CHECK(!goes("CHG-17", "CHG-20"));
    CHECK(!goes("CHG-20", "CHG-18"));
    CHECK(goes("CHG-19", "CHG-20"));
}

TEST_CASE_TEMPLATE("over several pools an override that names none lifts none", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto remove = shearpin::guard<batches>([](const std::vector<int>&) {}, zones{})
                      .with_ledger(on.record)
                      .with_clock(on.clock);
    const auto anywhere = override_once<max_batch>(ticket(on, 3, "CHG-17"));
    const auto decided = remove.asking({}).overriding(anywhere).check(std::vector<int>{1, 2, 3});
    REQUIRE(!decided.admitted());
    CHECK(std::string(decided.why().message())
              .find("the override of max_batch names no pool, and this guard is over several") !=
          std::string::npos);
}

TEST_CASE("an override that was not used up after all is not told as used") {
    bytes store;
    const auto is_down = std::make_shared<bool>(false);
    store.on_store = [is_down](const std::string&, std::uint64_t, shearpin::stored& answer) {
        answer.what = shearpin::stored::outcome::failed;
        return *is_down;
    };
    rig<bytes> on(store);
    std::vector<heard> told;
    auto remove = on.guard<soft>().with_observer(listener{&told});
    const auto lift = override_once<max_batch>(ticket(on, 8, "CHG-17"));
    *is_down = true;
    CHECK(!remove.asking({}).overriding(lift).try_call(8));
    CHECK(kinds(told) == words{"refused"});
    CHECK(told[0].why == "ledger_unavailable;");
    CHECK(!lift.spent());
    told.clear();
    const shearpin::request ann{.actor = "ann", .reason = "the ledger is down"};
    CHECK(remove.without_ledger(ann).overriding(lift).try_call(8));
    CHECK(kinds(told) == words{"admitted", "overridden", "without_ledger", "removed"});
    for (const auto& each : told) CHECK(each.reservation.empty());
}

TEST_CASE_TEMPLATE("of two overrides of one rule, that one is used up which allows so much", Store,
                   BOTH_STORES) {
    rig<Store> on;
    auto remove = on.template guard<soft>();
    const auto less = override_once<max_batch>(ticket(on, 6, "CHG-17"));
    const auto more = override_once<max_batch>(ticket(on, 9, "CHG-18"));
    remove.asking({}).overriding(less).overriding(more)(8);
    CHECK(on.gone == 8);
    CHECK(!less.spent());
    CHECK(more.spent());
}

TEST_CASE("an override that a judgement needed which was overtaken is not used up") {
    rig<bytes> here;
    std::function<void()> at_the_store;
    bytes shared;
    bytes mine = shared;
    mine.on_store = [&](const std::string&, std::uint64_t, shearpin::stored&) {
        if (const auto now = std::exchange(at_the_store, nullptr)) now();
        return false;
    };
    shearpin::ledger<bytes> my_record{mine};
    shearpin::ledger<bytes> their_record{shared};
    std::vector<heard> told;
    const auto over = [&](auto& record) {
        return shearpin::guard<soft_flight>([](int) { return 0; }, [&] { return here.there; })
            .with_ledger(record, "rows")
            .with_clock(here.clock);
    };
    auto theirs = over(their_record);
    auto ours = over(my_record).with_observer(listener{&told});
    auto open = theirs.reserve(4);
    const auto lift = override_once<shearpin::max_in_flight>(ticket(here, 8, "CHG-17"));
    // Theirs ends between our judgement, which needs the override, and our store.
    at_the_store = [&] { CHECK(std::move(*open).settle().empty()); };
    ours.asking({}).overriding(lift)(3);
    CHECK(at_the_store == nullptr);
    CHECK(kinds(told) == words{"admitted", "removed"});
    CHECK(!lift.spent());
    CHECK(ours.asking({}).overriding(lift).check(8).admitted());
}
