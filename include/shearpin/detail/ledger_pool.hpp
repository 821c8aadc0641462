// SPDX-License-Identifier: BSL-1.0
// What a ledger holds in memory of one pool: what its rules ask for, ready to be searched.
#pragma once

#include <shearpin/detail/ledger_record.hpp>
#include <shearpin/detail/sliding.hpp>

namespace shearpin::inline v1::detail {

template <class> class basic_pool_sequence;
using pool_sequence = basic_pool_sequence<when_used>;
/// The removals of one pool that are over, or may be, in the order of their versions. Rates count
/// all of them. Floors leave those out of which a person has to say how they ended, or has said it:
/// these are counted elsewhere.
template <class When> class basic_pool_sequence {
public:
    [[nodiscard]] std::size_t size() const noexcept { return removals_.size(); }
    [[nodiscard]] const past_removal& operator[](std::size_t at) const noexcept {
        return removals_[at];
    }
    [[nodiscard]] const past_removal* data() const noexcept { return removals_.data(); }
    [[nodiscard]] const amounts& before() const noexcept { return before_; }
    /// See history::parts.
    [[nodiscard]] bool in_order() const noexcept { return breaks_ == 0 && sum_.fits(); }

    /// After this, the next push does not throw.
    void make_room() {
        removals_.make_room();
        marks_.make_room();
    }
    void push(const instant& settled_at, const amounts& removed, std::uint64_t version,
              bool counts_for_floors) {
        make_room();
        const bool is_first = removals_.empty();
        mark made{version, counts_for_floors,
                  !is_first && !follows(removals_.back().settled_at, settled_at),
                  is_first ? floors_before_ : marks_.back().floors};
        if (counts_for_floors) wrap_add(made.floors, removed);
        amounts running = is_first ? before_ : removals_.back().running;
        wrap_add(running, removed);
        removals_.push_back({settled_at, removed, running});
        marks_.push_back(made);
        sum_.add(removed);
        breaks_ += made.breaks ? 1 : 0;
    }
    void pop_front() noexcept {
        sum_.take(removals_[0].removed);
        before_ = removals_[0].running;
        floors_before_ = marks_[0].floors;
        removals_.pop_front();
        marks_.pop_front();
        if (!marks_.empty() && marks_[0].breaks) --breaks_;  // with what stood before it
    }
    void clear() noexcept {
        removals_.clear();
        marks_.clear();
        before_ = floors_before_ = {};
        sum_ = {};
        breaks_ = 0;
    }
    void stamp(std::uint64_t version) noexcept {
        for (std::size_t at = marks_.size(); at != 0 && marks_[at - 1].version == not_stored_yet;)
            marks_[--at].version = version;
    }

    /// For floors: all that is newer than this version, or of which `is_recent(settled_at)`. Where
    /// they are in order, is_recent must hold for the last ones or none.
    template <class F>
    [[nodiscard]] amounts gone_since(std::uint64_t version, bool any_recent, F is_recent) const {
        std::size_t first =
            first_where([&](std::size_t at) { return marks_[at].version > version; });
        if (in_order()) {
            if (any_recent) {
                const std::size_t recent = first_where(
                    [&](std::size_t at) { return is_recent(removals_[at].settled_at); });
                first = recent < first ? recent : first;
            }
            if (first == size()) return {};
            const amounts& all = marks_.back().floors;
            const amounts& older = first == 0 ? floors_before_ : marks_[first - 1].floors;
            return {all.serving - older.serving, all.amount - older.amount, all.heads - older.heads,
                    1};
        }
        amounts sum{};
        for (std::size_t at = any_recent ? 0 : first; at != size(); ++at)
            if (marks_[at].counts_for_floors &&
                (at >= first || is_recent(removals_[at].settled_at)))
                sum += removals_[at].removed;
        return sum;
    }

private:
    struct mark {
        std::uint64_t version;
        bool counts_for_floors;
        bool breaks;     ///< the order of times is broken between the one before and this
        amounts floors;  ///< the running sum, as past_removal has it, of those that count
    };

    [[nodiscard]] static bool follows(const instant& earlier, const instant& later) noexcept {
        return earlier.boot == later.boot && earlier.wall.known() == later.wall.known() &&
               earlier.wall <= later.wall && earlier.since_boot <= later.since_boot;
    }
    static void wrap_add(amounts& sum, const amounts& more) noexcept {
        sum.serving += more.serving;
        sum.amount += more.amount;
        sum.heads += more.heads;
    }
    /// The first of those for which this holds, which are the last ones; looked for from the end
    /// on.
    template <class F> [[nodiscard]] std::size_t first_where(F holds) const {
        std::size_t high = size();
        std::size_t low = high;
        for (std::size_t step = 1; low != 0 && holds(low - 1); step *= 2) {
            high = low - 1;
            low = low > step ? low - step : 0;
        }
        while (low < high) {
            const std::size_t middle = low + (high - low) / 2;
            if (holds(middle))
                high = middle;
            else
                low = middle + 1;
        }
        return high;
    }

    deferred<sliding<past_removal>, When> removals_;
    deferred<sliding<mark>, When> marks_;
    amounts before_{};
    amounts floors_before_{};
    wide_amounts sum_;
    std::size_t breaks_ = 0;
};

template <class> struct basic_ledger_pool;
using ledger_pool = basic_ledger_pool<when_used>;
/// A pool on a ledger. Once it is known it stays known, with its last size.
template <class When> struct basic_ledger_pool {
    static constexpr std::size_t most_boots = 8;
    static constexpr std::size_t most_sizes = 256;
    static constexpr std::size_t always_kept_sizes = 8;

    std::string name;
    duration window{};    ///< the longest that a rule of any user has looked back
    duration lookback{};  ///< the longest that any user's world was behind
    /// The newest that was forgotten: its version, and when it was, for each boot that had one.
    std::uint64_t forgotten_version = 0;
    deferred<std::vector<instant>, When> forgotten;
    deferred<std::vector<past_size>, When> sizes;  ///< oldest first
    maybe<instant> forgotten_size;  ///< when the pool had the last size that was forgotten

    wide_amounts open;        ///< reserved and not settled
    wide_amounts unresolved;  ///< of unknown outcome
    pool_sequence settled;

    [[nodiscard]] duration longest() const noexcept {
        return window < lookback ? lookback : window;
    }

    /// The forgotten moment that is the youngest for who looks now; null where there is none.
    [[nodiscard]] const instant* youngest_forgotten(const instant& now,
                                                    duration within) const noexcept {
        const instant* youngest = forgotten_size ? &*forgotten_size : nullptr;
        for (const instant& each : forgotten)
            if (youngest == nullptr || lag_of(each, now, within) < lag_of(*youngest, now, within))
                youngest = &each;
        return youngest;
    }

    /// Notes that a removal of this moment is not known any more.
    void forget(const instant& when) {
        for (instant& each : forgotten)
            if (each.boot == when.boot) {
                each = later_of(each, when);
                return;
            }
        forgotten.push_back(when);
        if (forgotten.size() <= most_boots) return;
        // The boot that was heard of the longest time ago is the least likely to be running. For it
        // the wall clock alone counts from now on.
        std::size_t oldest = 0;
        for (std::size_t at = 1; at != forgotten.size(); ++at)
            if (forgotten[at].boot != 0 &&
                (forgotten[oldest].boot == 0 || forgotten[at].wall < forgotten[oldest].wall))
                oldest = at;
        const instant without_boot{forgotten[oldest].wall, {}, 0};
        forgotten.erase(forgotten.begin() + static_cast<std::ptrdiff_t>(oldest));
        forget(without_boot);
    }

    /// Notes how large the pool is now. Of the sizes that were seen within a small part of the
    /// window, the largest is kept as of the latest time, which can only keep a peak for longer.
    void see_size(const instant& now, count size, duration within) {
        // One that was no larger and that nobody can take for younger adds nothing.
        while (!sizes.empty() && sizes.back().size <= size &&
               later_of(sizes.back().seen_at, now) == now)
            sizes.pop_back();
        drop_old_sizes(now, within);
        const duration step = duration::nanoseconds(window.in_nanoseconds() / 32);
        const std::size_t last = last_size_of(now.boot, sizes.size());
        const std::size_t before = last_size_of(now.boot, last);
        if (before != sizes.size() && age_of(sizes[before].seen_at, now, {}) <= step)
            sizes[last] = {later_of(sizes[last].seen_at, now), larger(sizes[last].size, size)};
        else
            sizes.push_back({now, size});
    }

private:
    /// The last before `end` that was seen in this boot; sizes.size() where there is none.
    [[nodiscard]] std::size_t last_size_of(std::uint64_t boot, std::size_t end) const noexcept {
        for (std::size_t at = end; at != 0; --at)
            if (sizes[at - 1].seen_at.boot == boot) return at - 1;
        return sizes.size();
    }
    void drop_old_sizes(const instant& now, duration within) noexcept {
        while (sizes.size() > always_kept_sizes &&
               age_of(sizes[0].seen_at, now, {}) >= window + within + within) {
            forgotten_size =
                forgotten_size ? later_of(*forgotten_size, sizes[0].seen_at) : sizes[0].seen_at;
            sizes.erase(sizes.begin());
        }
        if (sizes.size() < most_sizes) return;
        sizes[1] = {later_of(sizes[0].seen_at, sizes[1].seen_at),
                    larger(sizes[0].size, sizes[1].size)};
        sizes.erase(sizes.begin());
    }
};

}  // namespace shearpin::inline v1::detail
