// SPDX-License-Identifier: BSL-1.0
// Planning is: take the limit, let time go by, again.
#pragma once

#include <shearpin/detail/forecast.hpp>
#include <shearpin/detail/several_pools.hpp>
#include <shearpin/detail/size_shrinks.hpp>
#include <shearpin/plan.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace shearpin::inline v1::checks {

struct too_many_waves : check {
    static constexpr text_view name = "too_many_waves";
    void explain(const facts&, writer& out) const {
        out.put("a plan has at most 100000 waves; plan what is left when those are done");
    }
};

}  // namespace shearpin::inline v1::checks

namespace shearpin::inline v1::detail {

/// What the targets of a plan take of its pools: each one of the only pool,
struct alike_targets {
    count number = 0;

    template <class F> void shares_of(count, F&& each) const {
        each(std::size_t{0}, amounts::of(1));
    }
    /// What all of them take of each pool.
    void take_all(std::vector<amounts>& taken) const { taken[0] = amounts::of(number); }

    /// How many from `first` on may go together now, up to `most`; and what they take of each pool.
    template <class Pools>
    count take(const Pools& pools, count, count most, std::vector<amounts>& taken) const {
        const amounts limits = find_limits(pools, 0);
        if (limits.pools == 0) most = 0;
        for (const count each : {limits.serving, limits.amount, limits.heads})
            most = smaller(most, each);
        taken[0] = amounts::of(most);
        return most;
    }
};

template <class> class basic_several_targets;
using several_targets = basic_several_targets<when_used>;
/// or each what the inventory says of it.
template <class When> class basic_several_targets {
public:
    void begin_target() { ends_.push_back(all_.size()); }
    void add(std::size_t pool, count weight, bool serves) {
        for (std::size_t at = ends_.size() > 1 ? ends_[ends_.size() - 2] : 0; at != all_.size();
             ++at)
            if (all_[at].pool == pool) return;
        all_.push_back({pool, weight, serves});
        ends_.back() = all_.size();
    }

    template <class F> void shares_of(count target, F&& each) const {
        const std::size_t from = target == 0 ? 0 : ends_[target - 1];
        for (std::size_t at = from; at != ends_[target]; ++at)
            each(all_[at].pool, amounts{all_[at].serves ? all_[at].weight : 0, all_[at].weight, 1,
                                        ends_[target] - from});
    }

    void take_all(std::vector<amounts>& taken) const {
        count touched = 0;
        for (count target = 0; target != ends_.size(); ++target)
            shares_of(target, [&](std::size_t pool, const amounts& asked) {
                if (taken[pool].heads == 0) ++touched;
                taken[pool] += asked;
            });
        for (amounts& each : taken) each.pools = touched;
    }

    template <class Pools>
    count take(const Pools& pools, count first, count most, std::vector<amounts>& taken) const {
        std::vector<amounts> limits(pools.size());
        taken.assign(pools.size(), amounts{});
        count touched = 0;
        count may_touch = ~count{0};
        count number = 0;
        for (; number != most; ++number) {
            bool fits = true;
            count touches = touched;
            count may = may_touch;
            shares_of(first + number, [&](std::size_t pool, const amounts& asked) {
                const amounts& so_far = taken[pool];
                if (so_far.heads == 0) {
                    limits[pool] = find_limits(pools, pool);
                    ++touches;
                    may = smaller(may, limits[pool].pools);
                }
                for (const measure each : {measure::serving, measure::amount, measure::heads})
                    fits = fits && plus(so_far[each], asked[each]) <= limits[pool][each];
            });
            if (!fits || touches > may) break;
            touched = touches;
            may_touch = may;
            shares_of(first + number,
                      [&](std::size_t pool, const amounts& asked) { taken[pool] += asked; });
        }
        return number;
    }

private:
    struct share {
        std::size_t pool;
        count weight;
        bool serves;
    };
    deferred<std::vector<share>, When> all_;
    deferred<std::vector<std::size_t>, When> ends_;
};

/// Why this target cannot go now, together with what has been taken so far.
template <class Pools, class Targets>
void add_reasons(const Pools& pools, const Targets& targets, count target,
                 const std::vector<amounts>& taken, violations_list& found) {
    several_reasons reasons(found);
    count touched = 0;
    for (const amounts& each : taken)
        if (each.heads != 0) ++touched;
    targets.shares_of(target, [&](std::size_t pool, const amounts&) {
        if (taken[pool].heads == 0) ++touched;
    });
    targets.shares_of(target, [&](std::size_t pool, const amounts& asked) {
        amounts together = taken[pool];
        together += asked;
        together.pools = touched;
        find_broken(pools, pool, together, reasons);
    });
    // One that is touched already may be one that goes with few others, or alone.
    for (std::size_t at = 0; at != taken.size(); ++at)
        if (taken[at].heads != 0) find_broken(pools, at, {0, 0, 0, touched}, reasons);
}

/// Of what is broken, adds what a person has not said.
class unsaid_reasons {
public:
    explicit unsaid_reasons(violations_list& all) noexcept : reasons_(all) {}
    void add(const violation& found) noexcept {
        if (found.asks_for_words()) reasons_.add(found);
    }
    template <class R>
    void add(const R& broken, const facts& known, count limit_now, count asked,
             text_view pool_name = {}) {
        add(violation(broken, known, limit_now, asked, pool_name));
    }

private:
    several_reasons reasons_;
};

/// What a person has not said, as it must be said of the whole: a run is one removal, however many
/// waves it has.
template <class Pools, class Targets>
void add_unsaid(const Pools& pools, const Targets& targets, violations_list& found) {
    std::vector<amounts> taken(pools.size());
    targets.take_all(taken);
    unsaid_reasons reasons(found);
    for (std::size_t at = 0; at != taken.size(); ++at) find_broken(pools, at, taken[at], reasons);
}

template <class = when_used> pace_setter setter_of(const violation& found) {
    return {std::string(found.pool()), std::string(found.stated())};
}

/// The tightest of the limits that kept a wave from being larger.
template <class = when_used> pace_setter tightest_of(const violations_list& found) {
    const violation* least = nullptr;
    for (const violation& each : found)
        if (least == nullptr || each.limit() < least->limit()) least = &each;
    return least == nullptr ? pace_setter{} : setter_of(*least);
}
/// The one that has to be waited for the longest; the first, where nobody knows how long.
template <class = when_used> pace_setter slowest_of(const violations_list& found) {
    const violation* slowest = nullptr;
    duration longest;
    for (const violation& each : found) {
        const maybe<duration> wait = each.retry_after();
        if (slowest != nullptr && (!wait || *wait <= longest)) continue;
        slowest = &each;
        if (wait) longest = *wait;
    }
    return slowest == nullptr ? pace_setter{} : setter_of(*slowest);
}

/// Fills a plan with the waves that go one after the other, each as large as may be.
template <class Pools, class Targets>
void lay_out(Pools& pools, const Targets& targets, count number, const plan_options& how,
             place here, plan_maker& made) {
    std::vector<amounts> taken(pools.size());
    duration elapsed;
    pace_setter waited;
    count waits = 0;
    const auto move_on = [&](duration by) {
        for (std::size_t at = 0; at != pools.size(); ++at) pools[at].move_on(by);
        elapsed = elapsed + by;
    };
    for (count first = 0; first != number;) {
        const count step = how.ramp.most(made.size(), number);
        const count may_go = targets.take(pools, first, smaller(number - first, step), taken);
        if (may_go == 0) {
            refusal why(here, 1);
            add_reasons(pools, targets, first, taken, why.found());
            if (why.violations().empty())
                why.found().add(violation(checks::reason_gone{}, {}, 0, 1));
            const maybe<duration> wait = why.retry_after();
            if (!wait || *wait <= duration{} || ++waits == plan::most_waits) {
                made.stop(why);
                return;
            }
            waited = slowest_of(why.violations());
            move_on(*wait);
            continue;
        }
        waits = 0;
        pace_setter held;
        if (first + may_go != number) {
            if (may_go == step) {
                held = {"", "ramp"};
            } else {
                violations_list found;
                add_reasons(pools, targets, first + may_go, taken, found);
                held = tightest_of(found);
            }
        }
        if (made.size() == plan::most_waves) {
            refusal why(here, number - first);
            why.found().add(violation(checks::too_many_waves{}, {}, 0, number - first));
            made.stop(why);
            return;
        }
        made.add(first, may_go, elapsed, waited, held);
        for (std::size_t at = 0; at != pools.size(); ++at) {
            if (taken[at].heads == 0) continue;
            bool shrinks = false;
            pools.visit(at, [&](const auto& rules) { shrinks = shrinks || size_shrinks(rules); });
            pools[at].remove(taken[at], shrinks);
        }
        first += may_go;
        waited = {};
        if (duration{} < how.soak) {
            move_on(how.soak);
            waited = {"", "soak"};
        }
    }
}

}  // namespace shearpin::inline v1::detail
