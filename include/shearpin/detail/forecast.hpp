// SPDX-License-Identifier: BSL-1.0
// A pool as a plan moves it on: what was seen of it, with time that goes by and removals that are
// only thought of.
#pragma once

#include <shearpin/detail/judging.hpp>
#include <shearpin/detail/seen.hpp>

#include <vector>

namespace shearpin::inline v1::detail {

template <class> class basic_forecast_pool;
using forecast_pool = basic_forecast_pool<when_used>;
template <class When> class basic_forecast_pool {
public:
    /// Copies what a ledger has shown, which may be gone when a plan is made of it.
    basic_forecast_pool(const seen_pool& as_seen, const shearpin::pool& as_the_world_said,
                        text_view name)
        : seen_(as_seen), world_(as_the_world_said), name_(name) {
        history::parts& past = seen_.past.filled_in();
        removals_.assign(past.removals, past.removals + past.number);
        sizes_.assign(past.sizes, past.sizes + past.sizes_number);
        point();
    }
    basic_forecast_pool(basic_forecast_pool&&) noexcept = default;
    basic_forecast_pool& operator=(basic_forecast_pool&&) noexcept = default;
    basic_forecast_pool(const basic_forecast_pool&) = delete;
    basic_forecast_pool& operator=(const basic_forecast_pool&) = delete;
    ~basic_forecast_pool() = default;

    [[nodiscard]] facts told() const noexcept { return seen_.told(); }
    /// As the world said it, before what a ledger knows was taken off.
    [[nodiscard]] const shearpin::pool& world() const noexcept { return world_; }
    [[nodiscard]] text_view name() const noexcept { return name_; }

    /// Time goes by. The world is looked at anew each time, so that a look is never older than it
    /// was.
    void move_on(duration by) noexcept {
        facts& known = seen_.plain;
        known.now = known.now + by;
        known.observed_at = known.observed_at + by;
        instant& now = seen_.past.filled_in().now;
        now.wall = now.wall + by;
        if (now.boot != 0) now.since_boot = now.since_boot + by;
    }

    /// So much is removed now, and over at once. `shrinks`: the size goes down with it.
    void remove(const amounts& gone, bool shrinks) {
        shearpin::pool& there = seen_.plain.pool;
        history::parts& past = seen_.past.filled_in();
        if (seen_.has_past) {
            sizes_.push_back({past.now, there.size});
            amounts running = removals_.empty() ? past.before : removals_.back().running;
            past.in_order = past.in_order && follows(past.now);
            running.serving += gone.serving;
            running.amount += gone.amount;
            running.heads += gone.heads;
            removals_.push_back({past.now, gone, running});
        }
        there.available = minus(there.available, gone.serving);
        if (shrinks) there.size = minus(there.size, gone.amount);
        point();
    }

private:
    [[nodiscard]] bool follows(const instant& now) const noexcept {
        if (removals_.empty()) return true;
        const instant& last = removals_.back().settled_at;
        return last.boot == now.boot && last.wall.known() == now.wall.known() &&
               last.wall <= now.wall && last.since_boot <= now.since_boot;
    }
    void point() noexcept {
        history::parts& past = seen_.past.filled_in();
        past.removals = removals_.data();
        past.number = removals_.size();
        past.sizes = sizes_.data();
        past.sizes_number = sizes_.size();
    }

    seen_pool seen_;
    shearpin::pool world_;
    fixed_text<63> name_;
    deferred<std::vector<past_removal>, When> removals_;
    deferred<std::vector<past_size>, When> sizes_;
};

/// The pools of a forecast, with their policies: one pool,
template <class Rules> class one_forecast {
public:
    one_forecast(const Rules& given_rules, forecast_pool&& only)
        : rules_(&given_rules), only_(static_cast<forecast_pool&&>(only)) {}
    [[nodiscard]] std::size_t size() const noexcept { return 1; }
    [[nodiscard]] forecast_pool& operator[](std::size_t) noexcept { return only_; }
    [[nodiscard]] const forecast_pool& operator[](std::size_t) const noexcept { return only_; }
    template <class F> void visit(std::size_t, F&& with) const { with(*rules_); }

private:
    const Rules* rules_;
    forecast_pool only_;
};

/// or several, each by its name.
template <class Source, class Pool> class several_forecasts {
public:
    explicit several_forecasts(const Source& given_source) : source_(&given_source) {}
    void add(const Pool& which, forecast_pool&& next) {
        names_.push_back(which);
        pools_.push_back(static_cast<forecast_pool&&>(next));
    }
    [[nodiscard]] std::size_t size() const noexcept { return pools_.size(); }
    [[nodiscard]] forecast_pool& operator[](std::size_t at) noexcept { return pools_[at]; }
    [[nodiscard]] const forecast_pool& operator[](std::size_t at) const noexcept {
        return pools_[at];
    }
    template <class F> void visit(std::size_t at, F&& with) const {
        visit_policy(*source_, names_[at], with);
    }

private:
    const Source* source_;
    std::vector<Pool> names_;
    std::vector<forecast_pool> pools_;
};

/// How much of one pool may go now, in each measure.
template <class Pools> amounts find_limits(const Pools& pools, std::size_t at) {
    const facts known = pools[at].told();
    if (!believable(known.pool) || !known.complete) return {};
    amounts lowest{known.pool.available, largest_count, ~count{0}, ~count{0}};
    pools.visit(at, [&](const auto& rules) {
        const amounts own = rules.limits(known);
        for (const measure each :
             {measure::serving, measure::amount, measure::heads, measure::pools})
            lowest[each] = smaller(lowest[each], own[each]);
    });
    return lowest;
}

/// Adds each limit of this pool that so much breaks now.
template <class Pools, class List>
void find_broken(const Pools& pools, std::size_t at, const amounts& asked, List& found) {
    const facts known = pools[at].told();
    pools.visit(
        at, [&](const auto& rules) { add_broken(rules, known, asked, pools[at].name(), found); });
}

}  // namespace shearpin::inline v1::detail
