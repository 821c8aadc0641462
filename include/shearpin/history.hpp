// SPDX-License-Identifier: BSL-1.0
// What a ledger remembers of one pool, as a rule sees it.
#pragma once

#include <shearpin/facts.hpp>
#include <shearpin/instant.hpp>
#include <shearpin/maybe.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

/// What was removed of a pool, and when that was settled.
struct past_removal {
    instant settled_at{};  ///< where the time is not known, it counts as if it were now
    amounts removed{};     ///< in all measures
    /// The sum of this, of all that stand before it in the list, and of `parts::before`, which
    /// wraps around.
    amounts running{};
};

/// How large a pool was said to be, and when.
struct past_size {
    instant seen_at{};  ///< where the time is not known, it counts as if it were now
    count size = 0;     ///< what the pool was meant to hold then
};

/// What a ledger remembers of one pool: a view, made for one decision. Removals stand in the order
/// in which they were settled. All sums saturate.
class history {
public:
    /// What the ledger hands over; see there. Arrays that are referred to must outlive the view.
    struct parts {
        const past_removal* removals = nullptr;  ///< in the order in which they were settled
        std::size_t number = 0;                  ///< of removals
        /// What `running` starts from: removals that are not in the list any more.
        amounts before{};
        /// All removals are of one boot, neither clock ran backwards between two of them, the times
        /// of all are known or of none, and the sum of the list does not overflow. False is always
        /// safe; true makes the sums fast.
        bool in_order = false;
        const past_size* sizes = nullptr;  ///< the sizes that it was seen with
        std::size_t sizes_number = 0;      ///< of sizes
        amounts open{};                    ///< all open permits, and what may have been removed
        instant now{};                     ///< the moment of the decision
        duration margin{};                 ///< by how much the clocks of two machines may differ
        instant forgotten_at{};      ///< the settlement of the youngest removal that was forgotten
        bool has_forgotten = false;  ///< whether there is such a one
    };

    constexpr history() noexcept {}
    constexpr explicit history(const parts& what_is_known) noexcept : parts_(what_is_known) {}

    /// For the ledger, which fills it in.
    [[nodiscard]] constexpr parts& filled_in() noexcept { return parts_; }

    /// What open permits hold, whole, however old they are: reserved and not settled yet.
    [[nodiscard]] constexpr const amounts& open() const noexcept { return parts_.open; }

    /// What was settled less than `window` ago. Exactly that long ago is out.
    /// Costs log n comparisons where the clocks never jumped back, else n.
    [[nodiscard]] constexpr amounts settled_within(duration window) const noexcept {
        // What comes from the future has age zero, which is within every window but an empty one.
        return window <= duration{} ? amounts{} : lagging_less_than(window);
    }

    /// The design's R(w): all open permits, and what was settled less than `window` ago.
    [[nodiscard]] constexpr amounts removed_within(duration window) const noexcept {
        amounts sum = settled_within(window);
        sum += parts_.open;
        return sum;
    }

    /// False where the ledger has forgotten removals that were settled less than `window` ago.
    [[nodiscard]] constexpr bool remembers(duration window) const noexcept {
        return !parts_.has_forgotten || age_of_forgotten() >= window;
    }
    /// How long until it remembers all of such a window; the longest duration where nobody knows.
    [[nodiscard]] constexpr duration until_it_remembers(duration window) const noexcept {
        if (remembers(window)) return {};
        if (!parts_.forgotten_at.wall.known() || !parts_.now.wall.known()) return forever;
        return window - detail::lag_of(parts_.forgotten_at, parts_.now, parts_.margin);
    }

    /// How long ago the last removal was settled; nothing where there is none, and none forgotten.
    [[nodiscard]] constexpr maybe<duration> since_last() const noexcept {
        maybe<duration> least;
        const auto take = [&](duration candidate) {
            if (!least || candidate < *least) least = candidate;
        };
        if (parts_.has_forgotten) take(age_of_forgotten());
        if (parts_.in_order && parts_.number != 0)
            take(age(parts_.number - 1));
        else
            for (std::size_t at = 0; at != parts_.number; ++at) take(age(at));
        return least;
    }

    /// How long until the last removal was settled this long ago, if nothing else is removed;
    /// nothing where it is not known when it was settled.
    [[nodiscard]] constexpr maybe<duration> until_rested(duration rest) const noexcept {
        duration longest;
        bool known = true;
        const auto take = [&](const instant& settled) {
            known = known && settled.wall.known() && parts_.now.wall.known();
            // Not of its age: one from the future, or within the margin, has to become zero first.
            const duration wait = rest - detail::lag_of(settled, parts_.now, parts_.margin);
            if (longest < wait) longest = wait;
        };
        if (parts_.has_forgotten) take(parts_.forgotten_at);
        for (std::size_t at = parts_.number; at != 0; --at) {
            take(parts_.removals[at - 1].settled_at);
            if (parts_.in_order) break;
        }
        if (!known) return {};
        return longest;
    }

    /// The largest size that the pool had less than `window` ago; nothing where the ledger has
    /// never seen the pool's size in that time.
    [[nodiscard]] constexpr maybe<count> largest_size(duration window) const noexcept {
        maybe<count> largest;
        for (std::size_t at = 0; at != parts_.sizes_number; ++at) {
            const past_size& each = parts_.sizes[at];
            if (age_of(each.seen_at, parts_.now, parts_.margin) < window &&
                (!largest || *largest < each.size))
                largest = each.size;
        }
        return largest;
    }
    /// Whether the ledger has ever seen this pool.
    [[nodiscard]] constexpr bool seen() const noexcept { return parts_.sizes_number != 0; }

    /// How long until no more than `amount` was removed within `window`, if nothing else is
    /// removed; nothing where that is not a question of time: open permits alone are more, as
    /// nobody knows when they are settled, or it is not known when something was settled. Costs 64
    /// times what settled_within costs.
    [[nodiscard]] constexpr maybe<duration> until_within(duration window, measure which,
                                                         count amount) const noexcept {
        if (parts_.open[which] > amount) return {};
        const duration first = until_it_remembers(window);
        if (first == forever) return {};
        const auto fits_after = [&](duration wait) {
            amounts sum = lagging_less_than(window - wait);
            sum += parts_.open;
            return sum[which] <= amount;
        };
        if (fits_after(first)) return first;
        if (!fits_after(forever)) return {};
        std::int64_t low = first.in_nanoseconds();  // does not fit
        std::int64_t high = forever.in_nanoseconds();
        while (high - low > 1) {
            const std::int64_t middle = low + (high - low) / 2;
            (fits_after(duration::nanoseconds(middle)) ? high : low) = middle;
        }
        return duration::nanoseconds(high);
    }

private:
    static constexpr duration forever = duration::nanoseconds(0x7fff'ffff'ffff'ffff);

    /// The sum of all whose lag is less than this. With a bound of `window - wait` this is what
    /// will be within the window after such a wait, also of what comes from the future; what has no
    /// time does not age by waiting.
    [[nodiscard]] constexpr amounts lagging_less_than(duration bound) const noexcept {
        if (parts_.in_order) {
            const std::size_t first = first_less_than(bound);
            if (first == parts_.number) return {};
            const amounts& all = parts_.removals[parts_.number - 1].running;
            const amounts& gone = first == 0 ? parts_.before : parts_.removals[first - 1].running;
            return {all.serving - gone.serving, all.amount - gone.amount, all.heads - gone.heads,
                    1};
        }
        amounts sum{};
        for (std::size_t at = 0; at != parts_.number; ++at)
            if (is_less_than(at, bound)) sum += parts_.removals[at].removed;
        return sum;
    }
    [[nodiscard]] constexpr bool is_less_than(std::size_t at, duration bound) const noexcept {
        const instant& settled = parts_.removals[at].settled_at;
        if (!settled.wall.known() || !parts_.now.wall.known()) return true;
        return detail::lag_of(settled, parts_.now, parts_.margin) < bound;
    }
    /// The first of which that is true; they are in order. It is looked for from the front on: a
    /// ledger forgets what is older than its longest window, so it mostly is one of the first.
    [[nodiscard]] constexpr std::size_t first_less_than(duration bound) const noexcept {
        std::size_t low = 0;
        std::size_t high = 0;
        for (std::size_t step = 1; high < parts_.number && !is_less_than(high, bound); step *= 2) {
            low = high + 1;
            high += step;
        }
        if (high > parts_.number) high = parts_.number;
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (is_less_than(middle, bound))
                high = middle;
            else
                low = middle + 1;
        }
        return low;
    }
    [[nodiscard]] constexpr duration age(std::size_t at) const noexcept {
        return age_of(parts_.removals[at].settled_at, parts_.now, parts_.margin);
    }
    [[nodiscard]] constexpr duration age_of_forgotten() const noexcept {
        return age_of(parts_.forgotten_at, parts_.now, parts_.margin);
    }

    parts parts_{};
};

}  // namespace shearpin::inline v1
