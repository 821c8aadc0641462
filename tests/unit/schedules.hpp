// SPDX-License-Identifier: BSL-1.0
// Every schedule that a policy lets through, of a small pool and in whole minutes: for what is said
// of all schedules. The rules themselves are asked, with a past as a ledger would show it.
#pragma once

#include <shearpin/policy.hpp>
#include <shearpin/rules.hpp>

#include <cstdint>
#include <set>
#include <tuple>
#include <type_traits>
#include <vector>

namespace schedules {

inline bool sizes_shrink = false;  // the pool's size is what is there today

/// What went in a minute, and the size that the pool had before it.
struct gone {
    int minute;
    std::uint64_t amount;
    std::uint64_t size;
    friend auto operator<=>(const gone&, const gone&) = default;
};

template <class Policy> bool shrinks(const Policy& rules) {
    bool found = sizes_shrink;
    rules.for_each([&]<class R>(const R& each) {
        if constexpr (std::is_same_v<R, shearpin::quorum>)
            found = found || each.shrinks();
    });
    return found;
}

/// The most that one call may take at this minute.
template <class Policy>
std::uint64_t room(const Policy& rules, const std::vector<gone>& past, const shearpin::pool& now,
                   int minute) {
    const auto at = [](int when) {
        return shearpin::instant{
            shearpin::time_point::since_epoch(shearpin::duration::minutes(1'000'000 + when)),
            {},
            0};
    };
    std::vector<shearpin::past_removal> removals;
    std::vector<shearpin::past_size> sizes;
    for (const gone& each : past) {
        removals.push_back({at(each.minute), shearpin::amounts::of(each.amount), {}});
        sizes.push_back({at(each.minute), each.size});
    }
    shearpin::history::parts parts;
    parts.removals = removals.data();
    parts.number = removals.size();
    parts.sizes = sizes.data();
    parts.sizes_number = sizes.size();
    parts.now = at(minute);
    const shearpin::history known(parts);
    return rules.max_removable(
        shearpin::facts{.pool = now, .now = parts.now.wall, .history = &known});
}

template <class Policy> class search {
public:
    search(const Policy& policy, int ticks)
        : rules_(policy),
          size_shrinks_(shrinks(policy)),
          ticks_(ticks),
          window_(static_cast<int>(policy.looks_back().in_nanoseconds() / 60'000'000'000)),
          best_(static_cast<std::size_t>(ticks)) {}

    /// The most that has gone by the end of each minute, where so many may come back.
    std::vector<std::uint64_t> run(const shearpin::pool& there, std::uint64_t back) {
        go(there, 0, 0, back);
        for (std::size_t at = 1; at < best_.size(); ++at)
            if (best_[at] < best_[at - 1]) best_[at] = best_[at - 1];
        return best_;
    }

private:
    void go(const shearpin::pool& now, int minute, std::uint64_t total, std::uint64_t back) {
        if (minute == ticks_) return;
        std::vector<gone> seen;  // what a rule can still see
        for (const gone& each : past_)
            if (minute - each.minute < window_) seen.push_back(each);
        if (!done_.insert({minute, now.size, now.available, total, back, seen}).second) return;
        std::uint64_t& best = best_[static_cast<std::size_t>(minute)];
        if (best < total) best = total;
        for (std::uint64_t taken = room(rules_, past_, now, minute); taken != 0; --taken) {
            const bool same = !past_.empty() && past_.back().minute == minute;
            if (same)
                past_.back().amount += taken;
            else
                past_.push_back({minute, taken, now.size});
            const std::uint64_t size =
                size_shrinks_ ? shearpin::detail::minus(now.size, taken) : now.size;
            go({size, now.available - taken}, minute, total + taken, back);
            if (same)
                past_.back().amount -= taken;
            else
                past_.pop_back();
        }
        if (back != 0) go({now.size, now.available + 1}, minute, total, back - 1);
        go(now, minute + 1, total, back);
    }

    const Policy& rules_;
    bool size_shrinks_;
    int ticks_;
    int window_;
    std::vector<std::uint64_t> best_;
    std::vector<gone> past_;
    std::set<std::tuple<int, std::uint64_t, std::uint64_t, std::uint64_t, std::uint64_t,
                        std::vector<gone>>>
        done_;
};

/// The most that any schedule has removed by the end of each minute.
template <class Policy>
std::vector<std::uint64_t> best_by_tick(const Policy& rules, const shearpin::pool& there,
                                        int ticks) {
    return search<Policy>(rules, ticks).run(there, 0);
}
/// The same at the end, where so many come back at whatever moment.
template <class Policy>
std::uint64_t best_with_returns(const Policy& rules, const shearpin::pool& there, int ticks,
                                std::uint64_t back) {
    return search<Policy>(rules, ticks).run(there, back).back();
}

}  // namespace schedules
