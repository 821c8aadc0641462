// SPDX-License-Identifier: BSL-1.0
// A prune with a ledger, with what a person says, and with an inventory that changes meanwhile.
#include "ledger_testing.hpp"

#include <shearpin/prune.hpp>
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <string>
#include <utility>
#include <vector>

using namespace shearpin::literals;
using shearpin::complete_listing, shearpin::duration;

namespace {

using texts = std::vector<std::string>;

constexpr auto at = shearpin::place::here("dns.cpp", 7, "prune_zone");
constexpr auto rate_3 = shearpin::policy{shearpin::max_rate(3, duration::hours(1))};
constexpr auto soft_2 = shearpin::policy{shearpin::overridable(shearpin::max_batch(2))};

/// A zone, how often it was asked, and what others do to it at the second look.
struct zone_of_others {
    texts zone{"a", "b", "c", "d", "e", "f"};
    texts gone{};
    int looks = 0;
    texts taken_at_the_second_look{};

    texts look() {
        if (++looks == 2)
            for (const auto& each : taken_at_the_second_look) std::erase(zone, each);
        return zone;
    }
    void remove(const texts& records) {
        gone = records;
        for (const auto& record : records) std::erase(zone, record);
    }
    template <const auto& Policy> auto prune() {
        return shearpin::prune_guard<Policy>([this](const texts& records) { remove(records); },
                                             [this] { return look(); });
    }
};

}  // namespace

TEST_CASE("with a ledger the inventory is asked again, and what has gone from it is no target") {
    zone_of_others dns;
    shearpin::ledger ledger{shearpin::memory_store{}};
    shearpin::manual_clock clock;
    const auto prune = dns.prune<rate_3>().with_clock(clock).with_ledger(ledger, "zone");
    const texts wanted{"a", "b", "c", "d"};

    dns.taken_at_the_second_look = {"f"};
    const auto overtaken = prune.try_call(complete_listing(wanted), at);
    REQUIRE_FALSE(overtaken.has_value());
    CHECK(std::string(overtaken.error().message()) ==
          "removal refused, nothing was removed: asked for 2, none of it may go now\n"
          "  - inventory_changed: f: gone from the inventory while it was compared with the list; "
          "look again\n"
          "  it may pass later; how soon is not known\n"
          "  called at dns.cpp:7 in prune_zone");
    CHECK(dns.gone.empty());
    CHECK(ledger.entries().entries.empty());

    // At the next try nothing changes; and what went counts for the next hour.
    REQUIRE(prune.try_call(complete_listing(wanted)).has_value());
    CHECK(dns.gone == texts{"e"});
    const texts fewer{"a"};
    CHECK_FALSE(prune.try_call(complete_listing(fewer)).has_value());  // 3 of them, and 1 went
    clock.advance(duration::hours(1));
    REQUIRE(prune.try_call(complete_listing(fewer)).has_value());
    CHECK(dns.zone == fewer);
}

TEST_CASE("a list that is at fault is told before what cannot be removed of it") {
    zone_of_others dns;
    shearpin::ledger ledger{shearpin::memory_store{}};
    shearpin::manual_clock clock;
    const auto prune = dns.prune<rate_3>().with_clock(clock).with_ledger(ledger, "zone");
    const texts others{"x", "y"};
    const auto unrelated = prune.try_call(complete_listing(others), at);
    REQUIRE_FALSE(unrelated.has_value());
    CHECK(unrelated.error().max_removable() == 0);
    const std::string why = unrelated.error().message().c_str();
    CHECK(why.find("unrelated_listing") != std::string::npos);
    CHECK(why.find("max_rate(3, 1h)") != std::string::npos);
}

TEST_CASE("an override reaches a prune, and is spent by it") {
    zone_of_others dns;
    shearpin::manual_clock clock;
    const auto prune = dns.prune<soft_2>().with_clock(clock);
    auto lift = shearpin::override_once<shearpin::max_batch>(
        {.up_to = 4, .until = clock.now() + duration::hours(1), .reason = "CHG-17"});
    const texts wanted{"a", "b"};
    CHECK_FALSE(prune.check(complete_listing(wanted)).admitted());
    CHECK(
        prune.asking({.actor = "ann"}).overriding(lift).check(complete_listing(wanted)).admitted());
    prune.asking({.actor = "ann"}).overriding(lift)(complete_listing(wanted));
    CHECK(dns.zone == wanted);
    dns.zone = {"a", "b", "c", "d", "e", "f"};
    CHECK_FALSE(
        prune.asking({.actor = "ann"}).overriding(lift).check(complete_listing(wanted)).admitted());
}

TEST_CASE("past a ledger that is down, by name, the inventory is asked once") {
    zone_of_others dns;
    shearpin::ledger ledger{shearpin::memory_store{}};
    shearpin::manual_clock clock;
    std::string told;
    const auto prune =
        dns.prune<rate_3>()
            .with_clock(clock)
            .with_ledger(ledger, "zone")
            .with_observer([&](const shearpin::event& what) { told += what.to_json(); });
    const texts wanted{"a", "b", "c", "d"};
    prune.without_ledger({.actor = "ann", .reason = "the server is down"})(
        complete_listing(wanted));
    CHECK(dns.looks == 1);
    CHECK(dns.zone == wanted);
    CHECK(ledger.entries().entries.empty());
    CHECK(told.find("the server is down") != std::string::npos);
}

TEST_CASE("where nothing is absent the removal is not called, whichever look at the ledger fails") {
    int refused = 0;
    for (int bad = 0; bad != 6; ++bad) {
        CAPTURE(bad);
        int loads = 0;
        ledger_testing::byte_memory store;
        store.on_load = [&](shearpin::loaded& answer) {
            answer = {{}, 0, false, "the disk is gone"};
            return ++loads == bad;
        };
        shearpin::ledger ledger{std::move(store)};
        shearpin::manual_clock clock;
        int calls = 0;
        const texts zone{"a", "b"};
        const auto prune = shearpin::prune_guard<rate_3>(
                               [&](const texts& records) {
                                   ++calls;
                                   return records.size() + 7;
                               },
                               [&] { return zone; })
                               .with_clock(clock)
                               .with_ledger(ledger, "zone");
        const auto answer = prune.try_call(complete_listing(zone));
        CHECK(calls == 0);
        if (answer)
            CHECK(answer.value() == 0);
        else
            ++refused;
    }
    CHECK(refused < 3);
}

TEST_CASE("a prune that ends the program where it is refused") {
    zone_of_others dns;
    const auto prune = dns.prune<soft_2>().or_terminate();
    const texts wanted{"a", "b", "c", "d", "e"};
    prune(complete_listing(wanted));
    CHECK(dns.gone == texts{"f"});
}
