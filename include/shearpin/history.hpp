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
    instant settled_at{};
    amounts removed{};
    /// The sum of this and all that stand before it in the list.
    amounts running{};
};

/// How large a pool was said to be, and when.
struct past_size {
    instant seen_at{};
    count size = 0;
};

/// What a ledger remembers of one pool: a view, made for one decision. Removals stand in the order
/// in which they were settled. All sums saturate.
class history {
public:
    /// What the ledger hands over; see there. Arrays that are referred to must outlive the view.
    struct parts {
        const past_removal* removals = nullptr;
        std::size_t number = 0;
        /// All removals are of one boot, neither clock ran backwards between two of them, and no
        /// running sum saturated. False is always safe; true makes the sums fast.
        bool in_order = false;
        const past_size* sizes = nullptr;
        std::size_t sizes_number = 0;
        amounts open{};  ///< all open permits, and what may have been removed
        instant now{};
        duration margin{};
        instant forgotten_at{};      ///< the settlement of the youngest removal that was forgotten
        bool has_forgotten = false;  ///< whether there is such a one
    };

    constexpr history() noexcept { parts_.open = {}; }
    constexpr explicit history(const parts& what_is_known) noexcept : parts_(what_is_known) {}

    /// What open permits hold, whole, however old they are: reserved and not settled yet.
    [[nodiscard]] constexpr const amounts& open() const noexcept { return parts_.open; }

    /// What was settled less than `window` ago. Exactly that long ago is out.
    /// Costs log n comparisons where the clocks never jumped back, else n.
    [[nodiscard]] constexpr amounts settled_within(duration window) const noexcept {
        if (parts_.in_order) {
            const std::size_t first = first_within(window);
            if (first == parts_.number) return {};
            const amounts& all = parts_.removals[parts_.number - 1].running;
            if (first == 0) return all;
            const amounts& before = parts_.removals[first - 1].running;
            return {all.serving - before.serving, all.amount - before.amount,
                    all.heads - before.heads, 1};
        }
        amounts sum{};
        for (std::size_t at = 0; at != parts_.number; ++at)
            if (age(at) < window) sum += parts_.removals[at].removed;
        return sum;
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
    /// How long until it remembers all of such a window.
    [[nodiscard]] constexpr duration until_it_remembers(duration window) const noexcept {
        return remembers(window) ? duration{} : window - age_of_forgotten();
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
    /// removed; nothing where open permits alone are more, as nobody knows when they are settled.
    /// Costs n, and n * n where the clocks jumped.
    [[nodiscard]] constexpr maybe<duration> until_within(duration window, measure which,
                                                         count amount) const noexcept {
        if (parts_.open[which] > amount) return {};
        duration wait = until_it_remembers(window);
        count too_many = detail::minus(removed_within(window)[which], amount);
        for (duration beyond = window; too_many != 0;) {
            const oldest found = oldest_below(beyond, which);
            if (!found.any) break;
            wait = wait < window - found.age ? window - found.age : wait;
            too_many = detail::minus(too_many, found.amount);
            beyond = found.age;
        }
        return wait;
    }

private:
    struct oldest {
        duration age{};
        count amount = 0;
        bool any = false;
    };
    /// The oldest of the removals that are younger than this, with all of the same age.
    [[nodiscard]] constexpr oldest oldest_below(duration beyond, measure which) const noexcept {
        oldest found;
        for (std::size_t at = parts_.in_order ? first_within(beyond) : 0; at != parts_.number;
             ++at) {
            const duration each = age(at);
            if (each >= beyond) continue;
            if (!found.any || found.age < each) found = {each, 0, true};
            if (each == found.age)
                found.amount = detail::plus(found.amount, parts_.removals[at].removed[which]);
            else if (parts_.in_order)
                break;
        }
        return found;
    }
    [[nodiscard]] constexpr duration age(std::size_t at) const noexcept {
        return age_of(parts_.removals[at].settled_at, parts_.now, parts_.margin);
    }
    [[nodiscard]] constexpr duration age_of_forgotten() const noexcept {
        return age_of(parts_.forgotten_at, parts_.now, parts_.margin);
    }
    /// The first removal that is younger than the window; they are in order.
    [[nodiscard]] constexpr std::size_t first_within(duration window) const noexcept {
        std::size_t low = 0;
        for (std::size_t high = parts_.number; low != high;) {
            const std::size_t middle = low + (high - low) / 2;
            if (age(middle) >= window)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    parts parts_{};
};

}  // namespace shearpin::inline v1
