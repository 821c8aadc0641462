// SPDX-License-Identifier: BSL-1.0
// What is asked of a run that is taken up again: what a person expects, of which a part is left,
// what the plan says of that part, and which run it is where several are under way.
#include "waves_testing.hpp"

#include <doctest/doctest.h>

#include <set>
#include <stdexcept>
#include <string>

using namespace waves_testing;
using shearpin::duration;
using shearpin::stop_reason;

namespace {

constexpr auto expecting = shearpin::policy{shearpin::needs_expected(), shearpin::max_batch(3),
                                            shearpin::max_rate(1000, 24h)};

constexpr auto expecting_alone = shearpin::policy{shearpin::needs_expected()};

constexpr auto one_by_one = shearpin::policies{
    shearpin::for_other_pools(shearpin::max_batch(1), shearpin::max_rate(1000, 24h))};

/// A look at the health that ends a run after its first wave.
struct one_wave {
    mutable int looks = 0;
    bool operator()() const { return ++looks < 2; }
};

/// Hosts that serve one pool, and are known as long as they are there.
struct hosts_there {
    std::set<std::string> names{"a", "b", "c", "d"};
    words serves{"web"};
    [[nodiscard]] const words& pools_of(const std::string&) const { return serves; }
    [[nodiscard]] bool contains(const std::string& host) const { return names.count(host) != 0; }
    [[nodiscard]] shearpin::pool state(const std::string&) const { return {4, names.size()}; }
};

}  // namespace

TEST_CASE("resume: all of the selection is expected, though a part of it is gone") {
    table on;
    auto remove = on.guard<expecting>();
    const auto first =
        remove.asking({.expected = 7}).in_waves(numbered(7), {.healthy = one_wave()});
    CHECK(first.removed() == 3);
    // Who does not say how many is refused, as in a run that begins.
    const auto unsaid =
        remove.asking({.reason = "CHG-17"}).resume(first.run(), numbered(7), {.healthy = well});
    CHECK(unsaid.stopped_because() == stop_reason::refused);
    CHECK(unsaid.waves() == 0);
    CHECK(on.gone == numbered(3));
    const auto rest =
        remove.asking({.expected = 7}).resume(first.run(), numbered(7), {.healthy = well});
    CHECK(rest.finished());
    CHECK(on.gone == numbered(7));
}

TEST_CASE("resume: another selection than is expected is refused, as in a run that begins") {
    // Found by looking at what no test noticed: it went on, whatever was expected.
    table on;
    auto remove = on.guard<expecting>();
    const rows expected = numbered(7);
    const auto first =
        remove.asking({.expected = expected}).in_waves(numbered(7), {.healthy = one_wave()});
    CHECK(first.removed() == 3);
    const auto refused_by = [&](const shearpin::request& said) {
        const auto report = remove.asking(said).resume(first.run(), numbered(7), {.healthy = well});
        CHECK(report.stopped_because() == stop_reason::refused);
        CHECK(report.waves() == 0);
        CHECK(report.remaining() == 4);
        REQUIRE(report.why() != nullptr);
        words names;
        for (const auto& each : report.why()->violations())
            names.push_back(std::string(each.rule()));
        return names;
    };
    CHECK(refused_by({.expected = 5}) == words{"unexpected_number"});
    CHECK(refused_by({.expected = 4}) == words{"unexpected_number"});  // that many are left
    const rows others{1, 2, 3, 4, 5, 6, 70};
    CHECK(refused_by({.expected = others}) == words{"unexpected_target", "expected_but_missing"});
    CHECK(on.gone == numbered(3));
    const auto rest =
        remove.asking({.expected = expected}).resume(first.run(), numbered(7), {.healthy = well});
    CHECK(rest.finished());
    CHECK(on.gone == numbered(7));
}

TEST_CASE("run: all of the selection is expected, though a few of them are asked about at first") {
    table on;
    on.there = {1000, 1000};
    auto remove = on.guard<expecting_alone>();
    const auto report = remove.asking({.expected = 200}).in_waves(numbered(200), {.healthy = well});
    CHECK(report.finished());
    CHECK(on.gone == numbered(200));
}

TEST_CASE("resume: what the ledger tells of a run is told though the world cannot be seen") {
    table on;
    auto remove = on.guard<threes>();
    on.in_removal = [](const rows& some) {
        if (some[0] == 4) throw std::runtime_error("no");
    };
    const auto first = remove.in_waves(numbered(7), {.healthy = well});
    CHECK(first.in_doubt() == 3);
    on.in_world = [] { throw std::runtime_error("no answer"); };
    const auto doubtful = remove.resume(first.run(), numbered(7), {.healthy = well});
    CHECK(doubtful.stopped_because() == stop_reason::in_doubt);
    CHECK(doubtful.doubts().size() == 1);
    const std::string other = first.run().substr(0, 17) + "00000001";
    const auto unknown = remove.resume(other, numbered(7), {.healthy = well});
    CHECK(unknown.stopped_because() == stop_reason::no_such_run);
    CHECK(on.gone == numbered(3));
}

TEST_CASE("resume: by its plan, the run that is under way, and of two the one that began later") {
    table on;
    auto remove = on.guard<threes>();
    const std::string by_plan = remove.plan(numbered(9)).made_from().text();
    const auto first = remove.in_waves(numbered(9), {.healthy = one_wave()});
    CHECK(first.removed() == 3);
    on.clock.advance(1h);
    const auto resume_by_plan = [&] {
        const auto report = remove.resume(by_plan, numbered(9), {.healthy = well});
        CHECK(report.stopped_because() == stop_reason::in_doubt);
        return report.run();
    };
    std::string of_one;
    std::string of_two;
    on.in_removal = [&](const rows& some) {
        if (some[0] == 4) {  // of the first run, which goes on while the second one removes
            of_two = resume_by_plan();
            return;
        }
        const auto more = remove.resume(first.run(), numbered(9), {.healthy = one_wave()});
        CHECK(more.removed() == 6);
        of_one = resume_by_plan();
    };
    const auto second = remove.in_waves(numbered(9), {.healthy = one_wave()});
    CHECK(second.removed() == 3);
    CHECK(second.run() != first.run());
    CHECK(of_one == second.run());  // though a wave of the first one was over later
    CHECK(of_two == first.run());
}

TEST_CASE("resume: it is planned for those that are left, and not for others before them") {
    hosts_there all;
    shearpin::manual_clock clock;
    shearpin::ledger ledger{shearpin::memory_store{}};
    words gone;
    auto remove = shearpin::guard<one_by_one>(
                      [&](const words& some) {
                          for (const std::string& each : some) {
                              all.names.erase(each);
                              gone.push_back(each);
                          }
                      },
                      all)
                      .with_ledger(ledger)
                      .with_clock(clock);
    const words hosts{"a", "b", "c", "d"};
    int looks = 0;
    const auto first = remove.in_waves(hosts, {.healthy = [&] { return ++looks < 3; }});
    CHECK(first.removed() == 2);
    // The world does not know those any more that are gone.
    const auto rest = remove.resume(first.run(), hosts, {.healthy = well});
    CHECK(rest.finished());
    CHECK(gone == hosts);
}

TEST_CASE("resume: of a number, how long the rest of it takes is told") {
    table on;
    auto remove = shearpin::guard<threes>([](int) {}, [&] { return on.there; })
                      .with_ledger(on.record, "rows")
                      .with_clock(on.clock);
    const auto first = remove.in_waves(8, {.healthy = one_wave()});
    CHECK(first.removed() == 3);
    std::vector<duration> left;
    const auto rest = remove.resume(
        first.run(), 8,
        {.soak = 10min, .healthy = well, .on_progress = [&](const shearpin::progress& p) {
             REQUIRE(p.left.has_value());
             left.push_back(*p.left);
         }});
    CHECK(rest.finished());
    CHECK(left == std::vector<duration>{10min, 0min});
}
