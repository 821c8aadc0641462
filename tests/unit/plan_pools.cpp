// SPDX-License-Identifier: BSL-1.0
// Plans over several pools: each wave takes the targets in their order, as far as every pool of the
// next one allows, and says which pool held it up.
#include "plan_testing.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

using namespace guard_ledger_testing;
using namespace plan_testing;
using namespace shearpin::literals;
using namespace std::chrono_literals;

namespace {

using hosts = std::vector<std::string>;

struct fleet {
    std::map<std::string, hosts> serves;
    std::map<std::string, shearpin::pool> pools;
    std::set<std::string> broken;
    std::set<std::string> guarded;
    std::map<std::pair<std::string, std::string>, int> weights;

    [[nodiscard]] const hosts& pools_of(const std::string& host) const { return serves.at(host); }
    [[nodiscard]] bool contains(const std::string& host) const { return serves.count(host) != 0; }
    [[nodiscard]] shearpin::pool state(const std::string& pool) const { return pools.at(pool); }
    [[nodiscard]] bool is_available(const std::string& host) const {
        return broken.count(host) == 0;
    }
    [[nodiscard]] bool is_protected(const std::string& host) const {
        return guarded.count(host) != 0;
    }
    [[nodiscard]] int weight_of(const std::string& host, const std::string& pool) const {
        const auto found = weights.find({host, pool});
        return found == weights.end() ? 1 : found->second;
    }
};

constexpr auto rates = shearpin::policies{
    shearpin::for_pool("billing", shearpin::max_rate(2, 1h)),
    shearpin::for_pool("index", shearpin::max_rate(3, 10min), shearpin::min_remaining(4)),
};
constexpr auto zones = shearpin::policies{
    shearpin::for_other_pools(shearpin::max_batch(10)),
    shearpin::for_every_pool(shearpin::max_pools(1)),
};
constexpr auto heavy = shearpin::policies{
    shearpin::for_other_pools(shearpin::max_rate(100, 1h), shearpin::max_targets(3)),
};
constexpr auto tight = shearpin::policies{
    shearpin::for_other_pools(shearpin::max_rate(9, 1h), shearpin::max_batch(6))};
constexpr auto members = shearpin::policies{
    shearpin::for_pool("billing", shearpin::quorum(shearpin::membership::shrinks)),
    shearpin::for_every_pool(shearpin::max_pools(1))};
constexpr auto narrow = shearpin::policies{shearpin::for_pool("billing", shearpin::max_pools(1)),
                                           shearpin::for_pool("index", shearpin::max_pools(2))};
constexpr auto alike = shearpin::policy{shearpin::max_rate(1, 1h)};
constexpr auto pairs = shearpin::policies{shearpin::for_other_pools(shearpin::max_batch(2)),
                                          shearpin::for_every_pool(shearpin::max_pools(1))};
constexpr auto resting = shearpin::policies{
    shearpin::for_pool("billing", shearpin::cooldown(10min), shearpin::max_batch(1)),
    shearpin::for_pool("index", shearpin::cooldown(1h))};

/// More than one pool at once only for who says something, which here nobody does.
struct alone_unless_said {
    static constexpr std::string_view name = "alone_unless_said";
    static constexpr shearpin::measure measures = shearpin::measure::pools;
    static constexpr bool asks_for_words = true;
    [[nodiscard]] constexpr shearpin::count limit(const shearpin::facts&) const { return 1; }
    void explain(const shearpin::facts&, shearpin::writer& out) const { out.put("say why"); }
};
constexpr auto worded =
    shearpin::policies{shearpin::for_pool("billing", shearpin::approvals(2, shearpin::above(2))),
                       shearpin::for_pool("index", alone_unless_said{})};

template <class Store> struct several {
    shearpin::manual_clock clock;
    shearpin::ledger<Store> record{Store{}};
    fleet all;
    hosts gone;

    several() {
        for (const char digit : std::string("12345678")) {
            all.serves[std::string("b") + digit] = {"billing"};
            all.serves[std::string("i") + digit] = {"index"};
            all.serves[std::string("x") + digit] = {"billing", "index"};
        }
        all.pools = {{"billing", {8, 8}}, {"index", {8, 8}}};
    }
    template <const auto& Policies> auto guard() {
        return shearpin::guard<Policies>(
                   [this](const hosts& list) { gone.insert(gone.end(), list.begin(), list.end()); },
                   all)
            .with_ledger(record)
            .with_clock(clock);
    }
};

/// Of which a host is gone, or serves another pool, from some look at it on.
struct fading_fleet : fleet {
    mutable int looks = 0;
    int lasts = 0;
    bool moves = false;
    hosts elsewhere{"index"};
    [[nodiscard]] bool lasted() const { return ++looks <= lasts; }
    [[nodiscard]] bool contains(const std::string&) const { return moves || lasted(); }
    [[nodiscard]] const hosts& pools_of(const std::string& host) const {
        return !moves || lasted() ? fleet::pools_of(host) : elsewhere;
    }
};

/// "b1-b2@0s|billing: max_rate(2, 1h)".
std::string which_waves(const shearpin::plan& made) {
    std::string all;
    for (const auto& each : made.waves()) {
        all += each.first_target();
        if (each.count() != 1) all += "-" + each.last_target();
        all += "@" + spelled(each.after());
        if (each.held_up_by().given()) all += "|" + each.held_up_by().text();
        all += "\n";
    }
    return all;
}

}  // namespace

TEST_CASE_TEMPLATE("plan: as far as every pool of the next target allows", Store, BOTH_STORES) {
    several<Store> on;
    auto remove = on.template guard<rates>();
    const auto made = remove.plan(hosts{"b1", "x1", "i1", "x2", "i2"});
    CHECK(which_waves(made) ==
          "b1-i1@0s|billing: max_rate(2, 1h)\n"
          "x2-i2@1h\n");
    CHECK(made.paced_by().text() == "billing: max_rate(2, 1h)");
    CHECK(made.waves()[1].waited_for().text() == "billing: max_rate(2, 1h)");
    CHECK(made.pools() ==
          std::vector<shearpin::planned_pool>{{"billing", {8, 8}}, {"index", {8, 8}}});
    CHECK(which_waves(remove.plan(hosts{"i1", "i2", "i3", "i4", "b1"})) ==
          "i1-i3@0s|index: max_rate(3, 10min)\n"
          "i4-b1@10min\n");
    CHECK(on.gone.empty());
    CHECK(on.record.entries().entries.empty());
}

TEST_CASE("plan: one pool's floor ends it, wherever the others stand") {
    several<shearpin::memory_store> on;
    const auto made = on.guard<rates>().plan(hosts{"i1", "i2", "i3", "i4", "i5", "b1"});
    CHECK(which_waves(made) ==
          "i1-i3@0s|index: max_rate(3, 10min)\n"
          "i4@10min|index: min_remaining(4)\n");
    CHECK(why(made) ==
          "index: min_remaining(4): 4 of 8 serve and 4 must stay, so none may go; asked 1\n");
    // What does not serve any more takes nothing from the floor, but it does from the rate.
    on.all.broken = {"i5"};
    CHECK(which_waves(on.guard<rates>().plan(hosts{"i1", "i2", "i3", "i4", "i5", "b1"})) ==
          "i1-i3@0s|index: max_rate(3, 10min)\n"
          "i4-b1@10min\n");
}

TEST_CASE("plan: weights are amounts, and targets are heads") {
    several<shearpin::memory_store> on;
    on.all.pools = {{"billing", {400, 400}}, {"index", {400, 400}}};
    on.all.weights = {{{"b1", "billing"}, 60}, {{"b2", "billing"}, 41}, {{"b3", "billing"}, 40}};
    CHECK(which_waves(on.guard<heavy>().plan(hosts{"b1", "b2", "b3", "b4", "b5", "b6"})) ==
          "b1@0s|billing: max_rate(100, 1h)\n"
          "b2-b4@1h|billing: max_targets(3)\n"
          "b5-b6@1h\n");
    // Of two limits that the next one would break, the tighter is named.
    on.all.weights = {{{"b1", "billing"}, 4}, {{"b2", "billing"}, 6}};
    CHECK(which_waves(on.guard<tight>().plan(hosts{"b1", "b2"})) ==
          "b1@0s|billing: max_batch(6)\n"
          "b2@1h\n");
    on.all.weights[{"b1", "billing"}] = 101;
    const auto impossible = on.guard<heavy>().plan(hosts{"b4", "b1"});
    CHECK(which_waves(impossible) == "b4@0s|billing: max_rate(100, 1h)\n");
    REQUIRE(impossible.why() != nullptr);
    CHECK(impossible.why()->kind() == shearpin::answer::refused_for_good);
}

TEST_CASE("plan: one zone at a time") {
    several<shearpin::memory_store> on;
    const auto made = on.guard<zones>().plan(hosts{"b1", "b2", "i1", "b3"});
    CHECK(which_waves(made) ==
          "b1-b2@0s|max_pools(1)\n"
          "i1@0s|max_pools(1)\n"
          "b3@0s\n");
    CHECK(why(on.guard<zones>().plan(hosts{"b1", "x1"})) ==
          "max_pools(1): one call may touch 1 pool; asked 2\n");
}

TEST_CASE("plan: a pool that goes alone does so in either order") {
    several<shearpin::memory_store> on;
    CHECK(which_waves(on.guard<narrow>().plan(hosts{"b1", "b2", "i1", "b3"})) ==
          "b1-b2@0s|max_pools(1)\n"
          "i1@0s|max_pools(1)\n"
          "b3@0s\n");
}

TEST_CASE("plan: one policy for each pool alike, without a name in the policy") {
    several<shearpin::memory_store> on;
    CHECK(which_waves(on.guard<alike>().plan(hosts{"b1", "i1", "b2"})) ==
          "b1-i1@0s|billing: max_rate(1, 1h)\n"
          "b2@1h\n");
}

TEST_CASE("plan: what no policy, inventory or person lets go leaves no plan") {
    several<shearpin::memory_store> on;
    on.all.guarded = {"b2"};
    on.all.serves["s1"] = {"spare"};
    on.all.serves["n1"] = {};
    on.all.pools["spare"] = {1, 1};
    const auto made = on.guard<rates>().plan(hosts{"b1", "zz", "b2", "s1", "n1", "b1"});
    CHECK_FALSE(made.sound());
    CHECK(made.waves().empty());
    CHECK(why(made) ==
          "named_twice: b1: selected more than once\n"
          "unknown_target: zz: not in the inventory\n"
          "protected_target: b2: protected, never to be removed\n"
          "serves_no_pool: n1: in no pool, so no policy speaks of it; give spares a pool of their "
          "own\n"
          "spare: no_policy: no policy speaks of this pool\n");
}

TEST_CASE("plan: a pool that a target names twice counts once") {
    several<shearpin::memory_store> on;
    on.all.serves["b1"] = {"billing", "index", "billing"};
    CHECK(which_waves(on.guard<rates>().plan(hosts{"b1", "b2", "b3"})) ==
          "b1-b2@0s|billing: max_rate(2, 1h)\n"
          "b3@1h\n");
}

TEST_CASE("plan: the size goes down where any of a pool's policies says so") {
    several<shearpin::memory_store> on;
    // Of eight whose size stays, three could go.
    const auto made = on.guard<members>().plan(hosts{"b1", "b2", "b3", "b4", "b5", "b6"});
    CHECK(made.complete());
    CHECK(made.waves().size() == 6);
}

TEST_CASE("plan: of what is not there any more while it is made there is none") {
    const hosts two{"b1", "b2"};
    for (const bool moves : {false, true}) {
        CAPTURE(moves);
        int planned = 0;
        int unfounded = 0;
        for (int lasts = 0; lasts != 16; ++lasts) {
            CAPTURE(lasts);
            fading_fleet all;
            all.serves = {{"b1", {"billing"}}, {"b2", {"billing"}}};
            all.pools = {{"billing", {8, 8}}, {"index", {8, 8}}};
            all.moves = moves;
            all.lasts = lasts;
            const auto made = shearpin::guard<zones>([](const hosts&) {}, all).plan(two);
            if (made.complete()) {
                ++planned;
                continue;
            }
            CHECK(made.waves().empty());
            const std::string reasons = why(made);
            if (reasons == "reason_gone: the reason was gone when it was looked for; ask again\n")
                ++unfounded;
            else if (!moves)
                CHECK(reasons.find("unknown_target: ") == 0);
            else
                CHECK(reasons == "max_pools(1): one call may touch 1 pool; asked 2\n");
        }
        CHECK(unfounded == 2);
        CHECK(planned != 0);
    }
}

TEST_CASE("plan: of the ledger's past of every pool") {
    several<shearpin::memory_store> on;
    auto remove = on.guard<rates>();
    remove(hosts{"x1", "i1"});
    on.clock.advance(5min);
    CHECK(which_waves(remove.plan(hosts{"x2", "x3", "i2"})) ==
          "x2@0s|billing: max_rate(2, 1h)\n"
          "x3-i2@55min\n");
}

TEST_CASE("plan: what a person has to say is asked of all targets of each pool together") {
    several<shearpin::memory_store> on;
    const auto remove = on.guard<worded>();
    CHECK(which_waves(remove.plan(hosts{"b1", "b2"})) == "b1-b2@0s\n");
    CHECK(which_waves(remove.plan(hosts{"i1", "i2", "i3"})) == "i1-i3@0s\n");
    const std::string too_many =
        "billing: approvals(2, above(2)): more than 2 needs 2 other people, and nobody approved; "
        "asked 3\n";
    CHECK(why(remove.plan(hosts{"b1", "b2", "b3"})) == too_many);
    const std::string both = "alone_unless_said: say why; asked 2\n";
    CHECK(why(remove.plan(hosts{"i1", "i2", "b1", "b2"})) == both);
    CHECK(why(remove.plan(hosts{"b1", "i1"})) == both);
    CHECK(why(remove.plan(hosts{"x1"})) == both);
    CHECK(why(remove.plan(hosts{"b1", "x1", "x2"})) == too_many + both);
}

TEST_CASE("plan: a pool that any target names twice counts once, also of a later target") {
    several<shearpin::memory_store> on;
    on.all.serves["i2"] = {"index", "billing", "index"};
    CHECK(which_waves(on.guard<rates>().plan(hosts{"i1", "i2", "i3"})) == "i1-i3@0s\n");
}

TEST_CASE("plan: what is named is what holds up the next one, and nothing that it does not touch") {
    several<shearpin::memory_store> on;
    // A second target of the same pool touches no second pool.
    CHECK(which_waves(on.guard<pairs>().plan(hosts{"b1", "b2", "b3"})) ==
          "b1-b2@0s|billing: max_batch(2)\n"
          "b3@0s\n");
    // The index has no more than its floor: one that does not serve may go.
    on.all.broken = {"i5"};
    on.all.pools["index"] = {8, 4};
    CHECK(which_waves(on.guard<rates>().plan(hosts{"i5", "b1", "b2", "b3"})) ==
          "i5-b2@0s|billing: max_rate(2, 1h)\n"
          "b3@1h\n");
}

TEST_CASE("plan: a pool of which a wave takes nothing rests meanwhile") {
    several<shearpin::memory_store> on;
    CHECK(which_waves(on.guard<resting>().plan(hosts{"b1", "b2", "i1"})) ==
          "b1@0s|billing: max_batch(1)\n"
          "b2-i1@10min\n");
}
