// SPDX-License-Identifier: BSL-1.0
// A plan that was approved is applied if all that it was made from is still so.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

using namespace waves_testing;
using shearpin::stop_reason;

namespace {

constexpr auto tighter = shearpin::policy{shearpin::min_remaining(90), shearpin::max_batch(5),
                                          shearpin::max_rate(10, std::chrono::hours(1))};

constexpr auto one_by_one = shearpin::policy{shearpin::max_batch(1)};

struct fleet {
    std::map<std::string, words> serves{{"b1", {"billing"}}, {"i1", {"index"}}};
    std::map<std::string, shearpin::pool> pools{{"billing", {8, 8}}, {"index", {8, 7}}};
    [[nodiscard]] const words& pools_of(const std::string& host) const { return serves.at(host); }
    [[nodiscard]] bool contains(const std::string& host) const { return serves.count(host) != 0; }
    [[nodiscard]] shearpin::pool state(const std::string& pool) const { return pools.at(pool); }
};
constexpr auto batches = shearpin::policies{shearpin::for_other_pools(shearpin::max_batch(1))};

struct nameless {
    int number;
    friend bool operator<(const nameless& left, const nameless& right) {
        return left.number < right.number;
    }
};

constexpr auto drop = [](const std::vector<int>&) {};
constexpr auto see = [] { return shearpin::pool{10, 10}; };
using guarding = decltype(shearpin::guard<one_by_one>(drop, see));
using no_list = shearpin::plans_and_waves_need_a_number_or_a_list_of_targets<std::string>;
static_assert(std::is_same_v<decltype(std::declval<const guarding&>().plan(
                                 std::string(), shearpin::plan_options{})),
                             no_list>);
template <class Approved, class Targets>
using applied = decltype(std::declval<const guarding&>().apply(
    std::declval<const Approved&>(), std::declval<Targets>(),
    std::declval<const shearpin::wave_options&>()));
static_assert(std::is_same_v<applied<shearpin::plan, std::string>, no_list>);
static_assert(std::is_same_v<applied<shearpin::fingerprint, std::string>, no_list>);
template <class Approved>
concept can_be_applied = requires { typename applied<Approved, std::vector<int>>; };
static_assert(can_be_applied<shearpin::plan> && can_be_applied<shearpin::fingerprint>);
static_assert(!can_be_applied<std::string>);  // what parse() makes of it, perhaps

static_assert(!std::is_constructible_v<shearpin::stop_request, int>);
static_assert(std::is_convertible_v<bool (&)(), shearpin::health_check>);

}  // namespace

TEST_CASE("apply: nothing has changed, so it is done as planned") {
    table on;
    auto remove = on.guard<hourly>();
    const auto approved = remove.plan(numbered(12));
    const auto report = remove.apply(approved, numbered(12), {.healthy = well});
    CHECK(report.finished());
    CHECK(on.gone == numbered(12));
}

TEST_CASE("apply: by the text of what it was made from, as a change ticket has it") {
    table on;
    auto remove = on.guard<hourly>();
    const std::string ticket = remove.plan(numbered(12)).made_from().text();
    CHECK(ticket.size() == 50);
    const auto read = shearpin::fingerprint::parse(ticket);
    REQUIRE(read.has_value());
    on.there.available = 99;
    const auto report = remove.apply(*read, numbered(12), {.healthy = well});
    CHECK(report.stopped_because() == stop_reason::changed);
    CHECK(report.changes() == words{"the pools: their names, sizes or how much is available"});
    CHECK(report.waves() == 0);
    CHECK(on.gone.empty());
    on.there.available = 100;
    CHECK(remove.apply(*read, numbered(12), {.healthy = well}).finished());
}

TEST_CASE("apply: without a ledger, too, nothing is removed where something has changed") {
    rows gone;
    shearpin::pool there{100, 100};
    auto remove =
        shearpin::guard<one_by_one>([&](const rows& some) { gone = some; }, [&] { return there; });
    const auto approved = remove.plan(numbered(2));
    there.available = 97;
    const auto report = remove.apply(approved, numbered(2), {.healthy = well});
    CHECK(report.stopped_because() == stop_reason::changed);
    CHECK(report.changes() ==
          words{"the pool: 100 of 100 served when it was planned, 97 of 100 do now"});
    CHECK(report.waves() == 0);
    CHECK(gone.empty());
    CHECK(remove.apply(remove.plan(numbered(2)), numbered(2), {.healthy = well}).finished());
}

TEST_CASE("apply: names what has changed, and removes nothing") {
    table on;
    auto remove = on.guard<hourly>();
    const auto approved = remove.plan(numbered(12));
    CHECK(remove.apply(approved, numbered(11), {.healthy = well}).changes() ==
          words{"the targets: others than in the plan, or in another order"});
    rows turned = numbered(12);
    std::swap(turned[0], turned[1]);
    CHECK(remove.apply(approved, turned, {.healthy = well}).changes() ==
          words{"the targets: others than in the plan, or in another order"});
    CHECK(on.guard<tighter>().apply(approved, numbered(12), {.healthy = well}).changes() ==
          words{"the policy: its rules are not those of the plan"});
    on.there.available = 97;
    const auto report = remove.apply(approved, numbered(12), {.healthy = well});
    CHECK(report.changes() ==
          words{"pool rows: 100 of 100 served when it was planned, 97 of 100 do now"});
    CHECK(report.text() ==
          "removed 0 of 12 targets in 0 waves; stopped: what the plan was made from is not so any "
          "more; left are 12\n"
          "  - pool rows: 100 of 100 served when it was planned, 97 of 100 do now\n");
    CHECK(on.gone.empty());
    CHECK(on.record.entries().entries.empty());
}

TEST_CASE("apply: of several pools, names the pool") {
    fleet all;
    auto remove = shearpin::guard<batches>([](const words&) {}, all);
    const words hosts{"b1", "i1"};
    const auto approved = remove.plan(hosts);
    all.pools["index"] = {9, 7};
    CHECK(remove.apply(approved, hosts, {.healthy = well}).changes() ==
          words{"pool index: 7 of 8 served when it was planned, 7 of 9 do now"});
    all.pools["index"] = {8, 7};
    all.serves["i1"] = {"placement"};
    all.pools["placement"] = {3, 3};
    CHECK(remove.apply(approved, hosts, {.healthy = well}).changes() ==
          words{"the policy: its rules are not those of the plan",
                "pool placement: not in the plan", "pool index: in the plan, and not any more"});
}

TEST_CASE("apply: targets without names cannot be told from others") {
    table on;
    auto guarded =
        shearpin::guard<hourly>([](const std::vector<nameless>&) {}, [&] { return on.there; })
            .with_ledger(on.record, "rows")
            .with_clock(on.clock);
    const std::vector<nameless> some{{1}, {2}};
    const auto approved = guarded.plan(some);
    CHECK_FALSE(approved.made_from().given());
    CHECK(approved.made_from().text().empty());
    CHECK(approved.waves()[0].first_target().empty());
    const auto report = guarded.apply(approved, some, {.healthy = well});
    CHECK(report.changes() ==
          words{"the targets have no names, so nobody can tell whether they are the same"});
    // Nor is a plan of nothing, or of those, one of what has names.
    for (const shearpin::fingerprint& other : {shearpin::fingerprint{}, approved.made_from()})
        CHECK(on.guard<hourly>().apply(other, numbered(2), {.healthy = well}).changes() ==
              words{"the plan does not say which targets it is of: it was refused, or they have no "
                    "names"});
    CHECK(on.gone.empty());
    const auto run = guarded.in_waves(some, {.healthy = well});
    CHECK(run.finished());
    CHECK(run.run().empty());
}

TEST_CASE("apply: targets are told from others by their whole names, and enumerators by numbers") {
    const std::vector<std::string> changed{
        "the targets: others than in the plan, or in another order"};
    const std::string host(80, 'h');
    auto by_name = shearpin::guard<one_by_one>([](const words&) {}, see);
    const auto named = by_name.plan(words{host + "1", host + "2"});
    CHECK(by_name.apply(named, words{host + "1", host + "3"}, {.healthy = well}).changes() ==
          changed);
    CHECK(by_name.apply(named, words{host + "1", host + "2"}, {.healthy = well}).finished());
    enum class disk { first, second, third };
    using disks = std::vector<disk>;
    auto by_number = shearpin::guard<one_by_one>([](const disks&) {}, see);
    const auto numbered_ones = by_number.plan(disks{disk::first, disk::second});
    CHECK(numbered_ones.made_from().given());
    CHECK(by_number.apply(numbered_ones, disks{disk::first, disk::third}, {.healthy = well})
              .changes() == changed);
    CHECK(by_number.apply(numbered_ones, disks{disk::first, disk::second}, {.healthy = well})
              .finished());
}

TEST_CASE("fingerprint: the same in every process and of every compiler, and read strictly") {
    table on;
    const auto made = on.guard<hourly>().plan(numbered(2)).made_from();
    const auto named =
        shearpin::guard<batches>([](const words&) {}, fleet{}).plan(words{"b1", "i1"}).made_from();
    CHECK(made.text() == "adf921fe6828ea32-cc8b5155344402a0-82025fe55ab843e4");
    CHECK(named.text() == "894993ab26433bec-6a9aff0a4b5c446a-929dacd99b75fc2b");
    CHECK(shearpin::fingerprint::parse(named.text()) == named);
    for (const char* const wrong :
         {"", "0123456789abcdef", "0123456789abcdef-0123456789abcdef-0123456789abcde",
          "0123456789abcdef-0123456789abcdef-0123456789abcdefa",
          "0123456789abcdeF-0123456789abcdef-0123456789abcdef",
          "0123456789abcdef 0123456789abcdef-0123456789abcdef",
          "0000000000000000-0123456789abcdef-0123456789abcdef"})
        CHECK_FALSE(shearpin::fingerprint::parse(wrong).has_value());
    // Both texts, and FNV-1a of eight bytes of zero (no target), by another program.
    CHECK(shearpin::detail::fingerprint_maker().value() == 0xcbf2'9ce4'8422'2325);
    CHECK(shearpin::detail::fingerprint_maker().add(shearpin::count{0}).value() ==
          0xa8c7'f832'281a'39c5);
}
