// SPDX-License-Identifier: BSL-1.0
// A ledger against a slow and obvious model: a list of all removals that ever were, which forgets
// nothing. Several users with clocks that jump, machines that are booted, margins and windows of
// their own, whose looks lie some way back when they reserve.
#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

using namespace ledger_testing;
using shearpin::count;
using shearpin::resolution;
using kind = settlement::kind;

namespace {

/// One removal of one pool, for ever.
struct model_removal {
    std::string pool;
    count amount = 0;
    enum { open, unknown, settled, resolved, nothing } state = open;
    instant settled_at{};
    int settled_turn = 0;
    instant resolved_at{};
    int resolved_turn = 0;
    reservation_id id{};
};

/// The age as the design words it.
std::int64_t model_age(const instant& then, const instant& now, duration margin) {
    if (!then.wall.known() || !now.wall.known()) return 0;
    const std::int64_t by_wall = (now.wall - then.wall).in_nanoseconds();
    std::int64_t age = by_wall - margin.in_nanoseconds();
    if (then.boot != 0 && then.boot == now.boot) {
        const std::int64_t by_boot = (now.since_boot - then.since_boot).in_nanoseconds();
        age = by_wall < by_boot ? by_wall : by_boot;
    }
    return age > 0 ? age : 0;
}

struct model {
    std::vector<model_removal> all;

    count open(const std::string& pool) const {
        count sum = 0;
        for (const auto& each : all)
            if (each.pool == pool && each.state == model_removal::open) sum += each.amount;
        return sum;
    }
    count rate(const std::string& pool, duration window, const instant& now,
               duration margin) const {
        count sum = open(pool);
        for (const auto& each : all)
            if (each.pool == pool && each.state != model_removal::open &&
                each.state != model_removal::nothing &&
                model_age(each.settled_at, now, margin) < window.in_nanoseconds())
                sum += each.amount;
        return sum;
    }
    count gone(const std::string& pool, int noted_turn, time_point observed_at,
               duration shows_after, const instant& now, duration margin) const {
        count sum = 0;
        for (const auto& each : all) {
            if (each.pool != pool || each.state == model_removal::nothing) continue;
            const bool is_resolved = each.state == model_removal::resolved;
            const instant& when = is_resolved ? each.resolved_at : each.settled_at;
            const int turn = is_resolved ? each.resolved_turn : each.settled_turn;
            bool counts = each.state == model_removal::open || each.state == model_removal::unknown;
            if (turn > noted_turn) counts = true;
            if (observed_at.known() && (!when.wall.known() || observed_at - margin < when.wall))
                counts = true;
            if (duration{} < shows_after &&
                model_age(when, now, margin) < shows_after.in_nanoseconds())
                counts = true;
            if (counts) sum += each.amount;
        }
        return sum;
    }
    std::optional<std::int64_t> since_last(const std::string& pool, const instant& now,
                                           duration margin) const {
        std::optional<std::int64_t> least;
        for (const auto& each : all) {
            if (each.pool != pool || each.state == model_removal::open ||
                each.state == model_removal::nothing)
                continue;
            const std::int64_t age = model_age(each.settled_at, now, margin);
            if (!least || age < *least) least = age;
        }
        return least;
    }
};

/// Where it is: a machine with its clocks.
struct machine {
    std::uint64_t boot = 0;
    duration booted{};
    duration wall_is_ahead{};
};

/// What a removal that waits for its reservation has seen.
struct pending_look {
    noted first;
    int turn = 0;
};

template <class Ledger> struct simulation {
    dice random;
    Ledger ledgers;  // a vector of references to ledgers; users take turns on them
    std::vector<duration> margins;
    bool clocks_jump;
    bool windows_are_short;

    model truth{};
    std::vector<machine> machines{};
    duration real_time = duration::hours(10);
    std::uint64_t boots = 0;
    int turn = 0;
    int compared = 0;
    int looked_again = 0;
    int forgot_window = 0;
    int admitted = 0;
    int refused = 0;

    instant now_of(const machine& where) {
        return {time_point::since_epoch(duration::days(1000) + real_time + where.wall_is_ahead),
                real_time - where.booted, where.boot};
    }

    void run(int turns) {
        machines.resize(3);
        for (auto& each : machines) each.boot = ++boots;
        std::vector<std::vector<pending_look>> looks(ledgers.size());
        const std::string pools[] = {"index", "placement", "billing"};
        const duration windows[] = {duration{}, minute, windows_are_short ? minute : hour,
                                    windows_are_short ? minute : duration::hours(3)};
        for (turn = 1; turn <= turns; ++turn) {
            real_time = real_time + duration::seconds(static_cast<std::int64_t>(random.below(60)));
            if (random.one_in(100)) real_time = real_time + duration::hours(2);
            machine& where = machines[random.below(machines.size())];
            if (clocks_jump && random.one_in(50))
                where.wall_is_ahead =
                    duration::seconds(static_cast<std::int64_t>(random.below(4000)) - 2000);
            if (random.one_in(200)) where = {++boots, real_time, where.wall_is_ahead};
            const std::size_t user = random.below(ledgers.size());
            auto& ledger = *ledgers[user];
            const duration margin = margins[user];
            const instant now = now_of(where);
            const std::string pool = pools[random.below(3)];
            const duration window = windows[random.below(4)];
            const auto act = random.below(10);
            if (act < 3) {
                looks[user].push_back({ledger.note(), turn - 1});
                REQUIRE(looks[user].back().first.readable);
                if (looks[user].size() > 60) looks[user].erase(looks[user].begin());
            } else if (act < 7) {
                pending_look first{ledger.note(), turn - 1};
                if (!looks[user].empty() && random.one_in(2)) {
                    // Mostly the last one; sometimes one that is very old.
                    const std::size_t which = random.one_in(5) ? random.below(looks[user].size())
                                                               : looks[user].size() - 1;
                    first = looks[user][which];
                    looks[user].erase(looks[user].begin() + static_cast<std::ptrdiff_t>(which));
                }
                ask(ledger, first, now, margin, pool, window);
            } else if (act < 9) {
                settle_one(ledger, now);
            } else {
                resolve_one(ledger, now);
            }
        }
    }

    void ask(auto& ledger, const pending_look& first, const instant& now, duration margin,
             const std::string& pool, duration window) {
        const count amount = random.below(5);
        const one_pool asked(pool, amount, window);
        time_point observed_at;
        if (random.one_in(3) && now.wall.known())
            observed_at =
                now.wall - duration::seconds(static_cast<std::int64_t>(random.below(300)));
        const duration shows_after =
            random.one_in(3) ? duration::seconds(static_cast<std::int64_t>(random.below(200)))
                             : duration{};
        const count rate_limit = 10 + random.below(40);
        const count floor_room = 10 + random.below(40);
        const bool is_real = random.one_in(2);
        past seen;
        bool judged = false;
        const auto judge = [&](const ledger_view& view) {
            judged = true;
            const auto found = view.past(0, observed_at, shows_after);
            seen.open = found.history.open();
            seen.within = found.history.removed_within(window);
            seen.gone = found.gone;
            seen.remembers = found.history.remembers(window);
            const auto last = found.history.since_last();
            seen.has_last = last.has_value();
            if (last) seen.since_last = *last;
            return seen.remembers && seen.within.amount + amount <= rate_limit &&
                   seen.gone.amount + amount <= floor_room;
        };
        const reserve_answer answer = is_real
                                          ? ledger.reserve(first.first, now, asked.whole, judge)
                                          : ledger.consult(first.first, now, asked.whole, judge);
        REQUIRE(answer.what != reserving::failed);
        const count rate = truth.rate(pool, window, now, margin);
        const count gone = truth.gone(pool, first.turn, observed_at, shows_after, now, margin);
        const bool is_right = rate + amount <= rate_limit && gone + amount <= floor_room;
        if (answer.what == reserving::look_again) ++looked_again;
        if (answer.what == reserving::refused) ++refused;
        // The one thing that must never happen.
        if (answer.what == reserving::reserved) {
            ++admitted;
            CHECK(is_right);
        }
        if (judged) {
            // Forgetting is noticed, or changes nothing.
            CHECK(seen.open.amount == truth.open(pool));
            if (seen.remembers) {
                CHECK(seen.within.amount == rate);
                ++compared;
            } else {
                ++forgot_window;
            }
            const auto last = truth.since_last(pool, now, margin);
            if (last) {
                CHECK(seen.has_last);
                CHECK(seen.since_last.in_nanoseconds() <= *last);
            }
            CHECK(seen.has_last == last.has_value());
            if (answer.what == reserving::reserved) CHECK(seen.gone.amount == gone);
            if (answer.what == reserving::refused) CHECK((!is_right || !seen.remembers));
        }
        if (is_real && answer.what == reserving::reserved) {
            model_removal made;
            made.pool = pool;
            made.amount = amount;
            made.id = answer.id;
            truth.all.push_back(made);
        }
    }

    void settle_one(auto& ledger, const instant& now) {
        std::vector<model_removal*> open;
        for (auto& each : truth.all)
            if (each.state == model_removal::open) open.push_back(&each);
        if (open.empty()) return;
        model_removal& chosen = *open[random.below(open.size())];
        settlement how{kind::whole, 0};
        chosen.state = model_removal::settled;
        if (random.one_in(8)) {
            how.what = kind::unknown;
            chosen.state = model_removal::unknown;
        } else if (random.one_in(3)) {
            how = {kind::heads, random.below(7)};
            chosen.amount = how.number;
        }
        chosen.settled_at = now;
        chosen.settled_turn = turn;
        REQUIRE(ledger.settle(chosen.id, now, how).empty());
    }

    void resolve_one(auto& ledger, const instant& now) {
        std::vector<model_removal*> doubtful;
        for (auto& each : truth.all)
            if (each.state == model_removal::unknown ||
                (each.state == model_removal::open && random.one_in(20)))
                doubtful.push_back(&each);
        if (doubtful.empty()) return;
        model_removal& chosen = *doubtful[random.below(doubtful.size())];
        const std::string id(shearpin::detail::spell_id(chosen.id));
        resolution how = resolution::everything_removed;
        if (chosen.state == model_removal::open) {
            chosen.settled_at = now;
            chosen.settled_turn = turn;
            chosen.state = model_removal::resolved;
        } else {
            chosen.state = model_removal::resolved;
            if (random.one_in(3)) {
                how = resolution::nothing_removed;
                chosen.state = model_removal::nothing;
            } else if (random.one_in(3)) {
                how = resolution::removed(1 + random.below(5));
                chosen.amount = how.number();
            }
        }
        chosen.resolved_at = now;
        chosen.resolved_turn = turn;
        REQUIRE(ledger.resolve(id, how, "ann", "looked", now).empty());
    }
};

struct totals {
    int looked_again = 0;
    int forgot_window = 0;
    std::size_t forgotten = 0;
};

template <class Store>
void simulate(std::uint64_t seed, std::vector<shearpin::ledger<Store>*> ledgers,
              std::vector<duration> margins, int turns, totals& sum) {
    CAPTURE(seed);
    simulation<std::vector<shearpin::ledger<Store>*>> one{dice(seed), ledgers, margins,
                                                          seed % 2 == 0, seed % 4 < 2};
    one.run(turns);
    CHECK(one.admitted > turns / 50);
    CHECK(one.refused > turns / 100);
    CHECK(one.compared > turns / 20);
    const std::size_t remembered = ledgers[0]->entries().entries.size();
    REQUIRE(remembered <= one.truth.all.size());
    sum.forgotten += one.truth.all.size() - remembered;
    sum.looked_again += one.looked_again;
    sum.forgot_window += one.forgot_window;
}

/// A simulation is worth something only if it gets everywhere.
void check(const totals& sum) {
    CHECK(sum.looked_again > 20);
    CHECK(sum.forgot_window > 3);
    CHECK(sum.forgotten > 2000);
    MESSAGE("look again " << sum.looked_again << ", forgot the window " << sum.forgot_window
                          << ", forgotten " << sum.forgotten);
}

}  // namespace

TEST_CASE("in memory, several users, clocks that jump") {
    totals sum;
    for (std::uint64_t seed = 1; seed != 9; ++seed) {
        shearpin::ledger ledger{shearpin::memory_store{}, {.margin = minute}};
        simulate<shearpin::memory_store>(seed, {&ledger}, {minute}, 4000, sum);
    }
    check(sum);
}

TEST_CASE("on bytes, several users with a ledger each, margins of their own") {
    totals sum;
    for (std::uint64_t seed = 1; seed != 9; ++seed) {
        const byte_memory store;
        shearpin::ledger one{store, {.margin = duration{}}};
        shearpin::ledger two{store, {.margin = minute}};
        shearpin::ledger three{store, {.margin = second}};
        simulate<byte_memory>(seed, {&one, &two, &three}, {duration{}, minute, second}, 2500, sum);
    }
    check(sum);
}
