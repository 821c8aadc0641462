// SPDX-License-Identifier: BSL-1.0
// Properties of plans and runs, over random policies, pools and targets with fixed seeds: no wave
// breaks a rule, none could be larger, no plan could be over sooner, a run does what was planned,
// and keeps every rule whatever others remove beside it.
#include "schedules.hpp"
#include "waves_testing.hpp"

#include <doctest/doctest.h>

#include <map>
#include <random>
#include <set>
#include <string>

using namespace waves_testing;
using shearpin::count;
using shearpin::duration;
using shearpin::stop_reason;

namespace {

using rate_policy = shearpin::policy<shearpin::min_remaining, shearpin::max_batch,
                                     shearpin::max_rate, shearpin::max_rate>;
using rest_policy = shearpin::policy<shearpin::min_remaining, shearpin::max_batch,
                                     shearpin::max_rate, shearpin::cooldown>;

struct dice {
    std::mt19937_64 random;
    std::uint64_t between(std::uint64_t least, std::uint64_t most) {
        return least + random() % (most - least + 1);
    }
    duration minutes(std::uint64_t least, std::uint64_t most) {
        return duration::minutes(static_cast<std::int64_t>(between(least, most)));
    }
    rate_policy rates() {
        return {*shearpin::min_remaining::from(count{between(0, 3)}),
                *shearpin::max_batch::from(count{between(1, 4)}),
                *shearpin::max_rate::from(count{between(1, 4)}, minutes(1, 5)),
                *shearpin::max_rate::from(count{between(2, 7)}, minutes(3, 9))};
    }
    rest_policy rests() {
        return {*shearpin::min_remaining::from(count{between(0, 3)}),
                *shearpin::max_batch::from(count{between(1, 4)}),
                *shearpin::max_rate::from(count{between(1, 6)}, minutes(1, 9)),
                *shearpin::cooldown::from(minutes(1, 4))};
    }
};

/// Minutes since the first wave.
std::uint64_t minute_of(duration after) {
    return static_cast<std::uint64_t>(after.in_nanoseconds() / 60'000'000'000);
}

/// A pool over which guards of run-time policies act, with a ledger of its own.
struct pool_rig {
    explicit pool_rig(shearpin::pool start) : there(start) {}

    shearpin::manual_clock clock;
    shearpin::ledger<shearpin::memory_store> record{shearpin::memory_store{}};
    shearpin::pool there;
    std::vector<std::pair<duration, count>> done;

    template <class Policy> auto guard(const Policy& rules) {
        return shearpin::guard(
                   rules,
                   [this](int number) {
                       there.available -= static_cast<count>(number);
                       done.push_back({clock.now() - shearpin::date(2026, 1, 1).begins(),
                                       static_cast<count>(number)});
                   },
                   [this] { return there; })
            .with_ledger(record, "rows")
            .with_clock(clock);
    }
};

/// Waves as (when, how many).
std::vector<std::pair<duration, count>> waves_of(const shearpin::plan& made) {
    std::vector<std::pair<duration, count>> all;
    for (const auto& each : made.waves()) all.push_back({each.after(), each.count()});
    return all;
}

/// Does what was planned, wave by wave, with the guard itself: each must be let through, and one
/// more must not be.
template <class Policy>
void check_waves(const Policy& rules, const shearpin::pool& there, const shearpin::plan& made) {
    pool_rig on(there);
    auto remove = on.guard(rules);
    duration before;
    for (const auto& each : made.waves()) {
        on.clock.advance(each.after() - before);
        before = each.after();
        const int number = static_cast<int>(each.count());
        if (each.held_up_by().given()) CHECK_FALSE(remove.check(number + 1).admitted());
        CHECK(remove.try_call(number).has_value());
    }
    if (!made.complete()) CHECK_FALSE(remove.check(1).admitted());
}

}  // namespace

TEST_CASE("property: waves keep every rule and none could be larger; a run does what was planned") {
    dice roll{std::mt19937_64(11)};
    int complete = 0;
    const auto check = [&](const auto& rules) {
        const count available = roll.between(1, 12);
        const shearpin::pool there{roll.between(available, 13), available};
        const int number = static_cast<int>(roll.between(1, 14));
        pool_rig on(there);
        auto remove = on.guard(rules);
        const auto made = remove.plan(number);
        complete += made.complete() ? 1 : 0;
        check_waves(rules, there, made);
        const auto report = remove.in_waves(number, {.healthy = well});
        CHECK(report.finished() == made.complete());
        CHECK(report.removed() == made.planned());
        CHECK(on.done == waves_of(made));
        if (!made.complete()) CHECK(report.stopped_because() == stop_reason::refused);
    };
    for (int round = 0; round != 400; ++round) {
        CAPTURE(round);
        check(roll.rates());
        check(roll.rests());
    }
    CHECK(complete > 200);
    CHECK(complete < 700);
}

TEST_CASE("property: soaks and ramps, too, and from a ledger with a past") {
    dice roll{std::mt19937_64(12)};
    for (int round = 0; round != 300; ++round) {
        CAPTURE(round);
        const auto rules = roll.rests();
        pool_rig on({40, 30});
        auto remove = on.guard(rules);
        for (count past = roll.between(0, 4); past != 0; --past) {
            static_cast<void>(remove.try_call(static_cast<int>(roll.between(1, 3))));
            on.clock.advance(roll.minutes(0, 5));
        }
        const duration soak = roll.minutes(0, 3);
        const shearpin::ramp ramp(roll.between(1, 2), shearpin::fraction(1, 4));
        const auto made = remove.plan(12, {.soak = soak, .ramp = ramp});
        on.done.clear();
        const duration begin = on.clock.now() - shearpin::date(2026, 1, 1).begins();
        const auto report = remove.in_waves(12, {.soak = soak, .healthy = well, .ramp = ramp});
        CHECK(report.finished() == made.complete());
        auto planned = waves_of(made);
        for (auto& each : planned) each.first = each.first + begin;
        CHECK(on.done == planned);
    }
}

TEST_CASE("property: without a cooldown no schedule is over sooner, and no number is larger") {
    dice roll{std::mt19937_64(13)};
    for (int round = 0; round != 60; ++round) {
        CAPTURE(round);
        const auto rules = roll.rates();
        const shearpin::pool there{8, roll.between(4, 8)};
        pool_rig on(there);
        const auto made = on.guard(rules).plan(static_cast<int>(there.available));
        // What the plan has removed by the end of each minute is the most that any schedule has.
        const auto most = schedules::best_by_tick(rules, there, 12);
        for (std::size_t minute = 0; minute != most.size(); ++minute) {
            count planned = 0;
            for (const auto& each : made.waves())
                if (minute_of(each.after()) <= minute) planned += each.count();
            CHECK(planned == most[minute]);
        }
        // And it agrees with the bound, which some schedule reaches: this one.
        if (made.planned() != 0) {
            const auto bound = shearpin::shortest_time_to_remove(rules, there, made.planned());
            REQUIRE(bound.has_value());
            CHECK(*bound == made.takes());
        }
    }
}

TEST_CASE("property: with a cooldown a plan is never faster than the bound") {
    dice roll{std::mt19937_64(14)};
    for (int round = 0; round != 300; ++round) {
        CAPTURE(round);
        const auto rules = roll.rests();
        const shearpin::pool there{12, roll.between(4, 12)};
        pool_rig on(there);
        const auto made = on.guard(rules).plan(static_cast<int>(there.available));
        if (made.planned() == 0) continue;
        const auto bound = shearpin::shortest_time_to_remove(rules, there, made.planned());
        REQUIRE(bound.has_value());
        CHECK(*bound <= made.takes());
        CHECK(shearpin::max_removed_within(rules, there, made.takes() + 1ns) >= made.planned());
    }
}

TEST_CASE("property: others remove beside it, and every rule holds all the time") {
    dice roll{std::mt19937_64(15)};
    int finished = 0;
    for (int round = 0; round != 300; ++round) {
        CAPTURE(round);
        const auto rules = roll.rates();
        pool_rig on({40, 30});
        auto remove = on.guard(rules);
        auto other = on.guard(rules);
        const auto interfere = [&] {
            if (roll.between(0, 2) == 0)
                static_cast<void>(other.try_call(static_cast<int>(roll.between(1, 3))));
        };
        const auto report = remove.in_waves(12, {.soak = roll.minutes(0, 1),
                                                 .healthy =
                                                     [&] {
                                                         interfere();
                                                         return true;
                                                     },
                                                 .on_progress = [&] { interfere(); }});
        finished += report.finished() ? 1 : 0;
        CHECK(report.in_doubt() == 0);
        CHECK(report.removed() + report.remaining() == 12);
        // Judged from outside, by all that was done and nothing else.
        count gone = 0;
        for (std::size_t at = 0; at != on.done.size(); ++at) {
            gone += on.done[at].second;
            CHECK(on.done[at].second <= rules.template at<1>().stated().number());
            const auto within = [&](const shearpin::max_rate& each) {
                count sum = 0;
                for (std::size_t before = 0; before <= at; ++before)
                    if (on.done[at].first - on.done[before].first < each.looks_back())
                        sum += on.done[before].second;
                return sum <= each.stated().number();
            };
            CHECK(within(rules.template at<2>()));
            CHECK(within(rules.template at<3>()));
        }
        CHECK(30 - gone >= rules.template at<0>().stated().number());
    }
    CHECK(finished > 150);
}

namespace {

using names = std::vector<std::string>;

/// Hosts that serve one or two of three zones, with weights, some of them broken.
struct random_fleet {
    std::map<std::string, names> serves;
    std::map<std::string, shearpin::pool> pools;
    std::set<std::string> broken;
    std::map<std::string, count> weights;
    names hosts;

    explicit random_fleet(dice& roll) {
        for (const char* const zone : {"za", "zb", "zc"}) {
            const count available = roll.between(6, 20);
            pools[zone] = {available + roll.between(0, 3), available};
        }
        for (int at = 0; at != 9; ++at) {
            const std::string host = "h" + std::to_string(at);
            hosts.push_back(host);
            const std::string first = roll.between(0, 1) == 0 ? "za" : "zb";
            serves[host] = {first};
            if (roll.between(0, 2) == 0) serves[host].push_back("zc");
            if (roll.between(0, 4) == 0) broken.insert(host);
            weights[host] = roll.between(1, 3);
        }
    }
    [[nodiscard]] const names& pools_of(const std::string& host) const { return serves.at(host); }
    [[nodiscard]] bool contains(const std::string& host) const { return serves.count(host) != 0; }
    [[nodiscard]] shearpin::pool state(const std::string& pool) const { return pools.at(pool); }
    [[nodiscard]] bool is_available(const std::string& host) const {
        return broken.count(host) == 0;
    }
    [[nodiscard]] count weight_of(const std::string& host, const std::string&) const {
        return weights.at(host);
    }
    void remove(const names& some) {
        for (const std::string& host : some)
            if (is_available(host))
                for (const std::string& pool : serves[host]) pools[pool].available -= weights[host];
    }
};

}  // namespace

TEST_CASE("property: several pools and weights; waves keep every rule, and a run does them") {
    dice roll{std::mt19937_64(16)};
    int complete = 0;
    for (int round = 0; round != 300; ++round) {
        CAPTURE(round);
        const random_fleet start(roll);
        shearpin::policy_table<std::string, rate_policy> table;
        for (const char* const zone : {"za", "zb", "zc"})
            CHECK(table.add(
                zone,
                rate_policy{
                    *shearpin::min_remaining::from(count{roll.between(0, 8)}),
                    *shearpin::max_batch::from(count{roll.between(3, 7)}),
                    *shearpin::max_rate::from(count{roll.between(3, 9)}, roll.minutes(1, 5)),
                    *shearpin::max_rate::from(count{roll.between(6, 15)}, roll.minutes(3, 9))}));
        random_fleet fleet = start;
        shearpin::manual_clock clock;
        shearpin::ledger record{shearpin::memory_store{}};
        std::vector<std::pair<duration, count>> done;
        auto remove = shearpin::guard(
                          table,
                          [&](const names& some) {
                              fleet.remove(some);
                              done.push_back(
                                  {clock.now() - shearpin::date(2026, 1, 1).begins(), some.size()});
                          },
                          fleet)
                          .with_ledger(record)
                          .with_clock(clock);
        const auto made = remove.plan(start.hosts);
        complete += made.complete() ? 1 : 0;
        // One more target in a wave would be refused.
        {
            random_fleet other = start;
            shearpin::manual_clock its_clock;
            shearpin::ledger its_record{shearpin::memory_store{}};
            auto step = shearpin::guard(
                            table, [&](const names& some) { other.remove(some); }, other)
                            .with_ledger(its_record)
                            .with_clock(its_clock);
            duration before;
            for (const auto& each : made.waves()) {
                its_clock.advance(each.after() - before);
                before = each.after();
                const auto from = start.hosts.begin() + static_cast<std::ptrdiff_t>(each.first());
                const auto to = from + static_cast<std::ptrdiff_t>(each.count());
                if (to != start.hosts.end())
                    CHECK_FALSE(step.check(names(from, to + 1)).admitted());
                CHECK(step.try_call(names(from, to)).has_value());
            }
        }
        const auto report = remove.in_waves(start.hosts, {.healthy = well});
        CHECK(report.finished() == made.complete());
        CHECK(report.removed() == made.planned());
        CHECK(done == waves_of(made));
    }
    CHECK(complete > 50);
    CHECK(complete < 280);
}
