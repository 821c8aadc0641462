// SPDX-License-Identifier: BSL-1.0
// What a policy means over time, in a form that can be reckoned with: so much in all, so much in
// one call, and so much in each stretch of time.
#pragma once

#include <shearpin/detail/size_shrinks.hpp>
#include <shearpin/policy.hpp>
#include <shearpin/rules.hpp>

#include <cstddef>
#include <cstdint>

namespace shearpin::inline v1::detail {

/// No more than this in any stretch of time that is no longer than this (half-open).
struct stretch {
    count most = 0;
    duration length{};
};

/// The times of several stretches, laid end to end, and what may go in them. Each step costs one
/// of these, so that a search ends, in a constant expression too.
inline constexpr count search_steps = 8192;

constexpr std::int64_t times(count number, duration length) noexcept {
    std::int64_t product = 0;
    // Exact, also of a number that no signed one can hold.
    return __builtin_mul_overflow(number, length.in_nanoseconds(), &product) ? end_of_time
                                                                             : product;
}
constexpr count times(count number, count each) noexcept {
    count product = 0;
    return __builtin_mul_overflow(number, each, &product) ? ~count{0} : product;
}

/// What a policy of at most Room rules lets go of one pool whose size stays, and to which nothing
/// comes back.
template <std::size_t Room> struct pace {
    count in_all = ~count{0};
    count in_one_call = ~count{0};
    duration rest{};            ///< between two calls
    bool size_shrinks = false;  ///< with every removal
    stretch stretches[Room]{};
    std::size_t number = 0;

    constexpr void at_most(count most) noexcept { in_all = smaller(in_all, most); }
    constexpr void at_most_in_one_call(count most) noexcept {
        in_one_call = smaller(in_one_call, most);
    }
    constexpr void at_most_within(count most, duration length) noexcept {
        // By the time that one of them needs: the one that needs the most stands first.
        std::size_t at = number++;
        for (; at != 0 && is_slower({most, length}, stretches[at - 1]); --at)
            stretches[at] = stretches[at - 1];
        stretches[at] = {most, length};
    }

    /// One call in each rest is a stretch, too. To be called once, when all else is known.
    constexpr void finish() noexcept {
        if (duration{} < rest) {
            count call = smaller(in_one_call, in_all);
            for (std::size_t at = 0; at != number; ++at) call = smaller(call, stretches[at].most);
            if (call <= largest_count) at_most_within(call, rest);
        }
        bool none = in_one_call == 0;
        for (std::size_t at = 0; at != number; ++at) none = none || stretches[at].most == 0;
        if (none) in_all = 0;
    }

    /// The first of so many goes now; how long after it can the last go? However many stretches are
    /// laid end to end, if no more than one less than so many may go in all of them together, then
    /// the last one comes after them. So whatever the search finds holds, and it finds the longest
    /// where it ends before its steps do.
    [[nodiscard]] constexpr duration shortest(count so_many) const noexcept {
        if (number == 0 || so_many == 0) return {};
        count steps = search_steps;
        return duration::nanoseconds(longest_in(number - 1, so_many - 1, steps));
    }
    /// The most that can go in any time of this length: stretches that cover it hold all of it.
    [[nodiscard]] constexpr count most_within(duration horizon) const noexcept {
        if (!(duration{} < horizon)) return 0;
        if (number == 0) return in_all;
        count steps = search_steps;
        return smaller(in_all, least_over(number - 1, horizon.in_nanoseconds(), steps));
    }

private:
    /// Both with a most that is not 0, so that the time for one of them is a fraction.
    static constexpr bool is_slower(const stretch& left, const stretch& right) noexcept {
        __extension__ typedef unsigned __int128 wide;
        return static_cast<wide>(left.length.in_nanoseconds()) * right.most >
               static_cast<wide>(right.length.in_nanoseconds()) * left.most;
    }

    /// Of the stretches up to `last`, the longest time that holds no more than `room`. So many of
    /// another as the slowest holds are never longer than as many of the slowest as that one holds:
    /// so fewer are enough.
    [[nodiscard]] constexpr std::int64_t longest_in(std::size_t last, count room,
                                                    count& steps) const noexcept {
        const stretch& each = stretches[last];
        if (last == 0) return times(room / each.most, each.length);
        std::int64_t longest = 0;
        for (count taken = 0; taken < stretches[0].most && times(taken, each.most) <= room;
             ++taken) {
            const duration found =
                duration::nanoseconds(longest_in(last - 1, room - taken * each.most, steps)) +
                duration::nanoseconds(times(taken, each.length));
            if (longest < found.in_nanoseconds()) longest = found.in_nanoseconds();
            if (steps == 0 || --steps == 0) break;
        }
        return longest;
    }
    [[nodiscard]] constexpr count least_over(std::size_t last, std::int64_t left,
                                             count& steps) const noexcept {
        const stretch& each = stretches[last];
        const std::int64_t length = each.length.in_nanoseconds();
        if (last == 0) {
            const std::int64_t whole = left / length + (left % length != 0 ? 1 : 0);
            return times(static_cast<count>(whole), each.most);
        }
        count least = ~count{0};
        for (count taken = 0; taken < larger(stretches[0].most, 2); ++taken) {
            const std::int64_t covered = times(taken, each.length);
            const count rest_of_it =
                covered >= left ? 0 : least_over(last - 1, left - covered, steps);
            least = smaller(least, plus(times(taken, each.most), rest_of_it));
            if (covered >= left || steps == 0 || --steps == 0) break;
        }
        return least;
    }
};

/// What may come back meanwhile counts on top of what a floor leaves.
struct coming {
    count back = 0;
};

template <class R>
concept known_rule = one_of<R, min_remaining, max_unavailable, quorum, max_batch, max_in_flight,
                            max_targets, max_rate, max_pools, cooldown, freeze, fresh_within,
                            approvals, needs_expected, unlimited_rule>;

/// A rule of the user's whose limit depends on nothing but the pool.
template <class R> constexpr bool looks_at_the_pool_alone(const R& each) noexcept {
    return needs_of(each) == need::nothing && window_of(each) == duration{} &&
           measure_of<R>() != measure::pools;
}

template <class R, std::size_t Room>
constexpr void add_pace(const R& each, const shearpin::pool& there, coming more, pace<Room>& all) {
    const facts known{.pool = there};
    if constexpr (is_overridable<R>) {
        detail::add_pace(each.within(), there, more, all);
    } else if constexpr (is_same<R, min_remaining>) {
        const count left = minus(plus(there.available, more.back), each.stated().of(there.size));
        // Of a peak, in each window anew: its pool's size is what there is today.
        if (duration{} < each.looks_back())
            all.at_most_within(left, each.looks_back());
        else if (!all.size_shrinks || !each.stated().is_share())
            all.at_most(left);
    } else if constexpr (is_same<R, max_unavailable>) {
        all.at_most_in_one_call(each.at_best(known));
        if (!all.size_shrinks)
            all.at_most(
                minus(plus(plus(there.available, more.back), each.at_best(known)), there.size));
    } else if constexpr (is_same<R, quorum>) {
        if (each.shrinks()) {
            all.at_most_in_one_call(1);
            // Those who are out must be fewer than half of those who are left.
            const count out = minus(minus(there.size, there.available), more.back);
            if (there.available <= there.size)
                all.at_most(plus(minus(there.size, plus(times(2, out), 1)), more.back));
        } else if (!all.size_shrinks) {
            const count majority = there.size / 2 + 1;
            all.at_most(minus(plus(there.available, more.back), majority));
        }
    } else if constexpr (one_of<R, max_batch, max_in_flight, max_targets>) {
        all.at_most_in_one_call(each.at_best(known));
    } else if constexpr (is_same<R, max_rate>) {
        all.at_most_within(each.at_best(known), each.looks_back());
    } else if constexpr (is_same<R, cooldown>) {
        if (all.rest < each.rest()) all.rest = each.rest();
    } else if constexpr (one_of<R, freeze, max_pools>) {
        if (each.at_best(known) == 0) all.at_most(0);
    } else if constexpr (!known_rule<R>) {
        all.at_most_in_one_call(detail::at_best(each, known));
    }
}

/// What the user's own rules say of every number of the pool that can be reached, step by step;
/// nothing where that takes too long.
template <class... Rules, std::size_t Room>
constexpr void add_own_rules(const policy<Rules...>& rules, const shearpin::pool& there,
                             pace<Room>& all) {
    count lowest = there.available;  // that can be reached
    count widest = 0;
    count steps = search_steps / 4;
    for (count now = there.available; now != 0 && now >= lowest; --now) {
        if (steps-- == 0) return;
        count limit = all.in_one_call;
        rules.for_each([&]<class R>(const R& each) {
            if constexpr (!known_rule<R> && !is_overridable<R>)
                if (looks_at_the_pool_alone(each))
                    limit = smaller(limit, each.limit(facts{.pool = {there.size, now}}));
        });
        widest = larger(widest, limit);
        lowest = smaller(lowest, minus(now, limit));
        lowest = larger(lowest, minus(there.available, all.in_all));
    }
    all.at_most(there.available - lowest);
    all.at_most_in_one_call(widest);
}

template <class... Rules>
constexpr auto find_pace(const policy<Rules...>& rules, const shearpin::pool& there, coming more) {
    pace<sizeof...(Rules) + 1> all;
    if (!believable(there)) {
        all.at_most(0);
        return all;
    }
    all.size_shrinks = size_shrinks(rules);
    all.at_most(plus(there.available, more.back));
    rules.for_each([&](const auto& each) { detail::add_pace(each, there, more, all); });
    bool some_of_the_users = false;
    rules.for_each([&]<class R>(const R& each) {
        if constexpr (!known_rule<R> && !is_overridable<R>)
            some_of_the_users = some_of_the_users || looks_at_the_pool_alone(each);
    });
    if (some_of_the_users && more.back == 0 && !all.size_shrinks)
        detail::add_own_rules(rules, there, all);
    all.finish();
    return all;
}

}  // namespace shearpin::inline v1::detail
