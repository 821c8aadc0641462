// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/history.hpp>
#include <shearpin/rule.hpp>
#include <shearpin/threshold.hpp>

namespace shearpin::inline v1 {

/// Fractions of the largest size that the ledger has seen in this window, where that is more than
/// today's: for pools whose size is simply today's count.
struct of_peak {
    duration window;
    consteval of_peak(duration length)
        SHEARPIN_REFUSED_IF(length <= duration{}, "of_peak: the window must be longer than zero")
        : window(detail::written_window<of_peak>(length)) {}
};
/// The size of a pool that the ledger has never seen.
struct baseline {
    count size;
    template <detail::integer N>
    consteval baseline(N number) SHEARPIN_REFUSED_CAP("baseline", number)
        : size(detail::written_cap<baseline>(number).number()) {}
};

/// A floor: so much must still serve after the removal. min_remaining(3): three;
/// min_remaining(95_pct): 95 % of the pool's *size*, rounded up, so that repeated calls do not
/// erode it. Limit: available - floor.
/// min_remaining(round_down(f)) rounds to the permissive side, to rebuild another tool's semantics.
class min_remaining {
public:
    static constexpr text_view name = "min_remaining";
    static constexpr measure measures = measure::serving;

    template <class... Given>
        requires(detail::says_floor<Given...>)
    consteval min_remaining(Given... given) SHEARPIN_REFUSED_FLOOR("min_remaining", given...)
        : floor_(detail::written_floor<min_remaining>(given...)) {}
    template <class... Given>
        requires detail::no_floor<min_remaining, Given...>
    consteval min_remaining(Given... given) SHEARPIN_REFUSED(
        "min_remaining takes a whole number, such as 3, or a fraction of the "
        "pool's size, such as 5_pct",
        given...);

    /// A fraction of the largest size on the ledger in a window: min_remaining(80_pct,
    /// of_peak(24h)), with the size of a pool that the ledger has never seen: ..., baseline(200)).
    /// Without a baseline, nothing of such a pool may go. Needs a ledger and a clock.
    consteval min_remaining(fraction share, of_peak peak)
        : floor_(detail::written_floor<min_remaining>(share)), window_(peak.window) {}
    consteval min_remaining(fraction share, of_peak peak, baseline at_first)
        : floor_(detail::written_floor<min_remaining>(share)),
          window_(peak.window),
          baseline_(at_first.size) {}

    /// From data: a count or a fraction. Nothing where a count is 2^63 or more.
    template <detail::readable_limit Read>
    [[nodiscard]] static constexpr maybe<min_remaining> from(Read given) noexcept {
        const auto checked = detail::read_threshold(given, detail::threshold::rounding::up);
        if (!checked) return {};
        return min_remaining(*checked);
    }

    /// The same of a peak; nothing where the window is not longer than zero. A baseline of 0 is
    /// none.
    [[nodiscard]] static constexpr maybe<min_remaining> from(fraction share, duration peak_window,
                                                             count at_first = 0) noexcept {
        if (peak_window <= duration{} || at_first > largest_count) return {};
        min_remaining made(detail::threshold::share(share, detail::threshold::rounding::up));
        made.window_ = peak_window;
        made.baseline_ = at_first;
        return made;
    }

    [[nodiscard]] constexpr need needs_now() const noexcept {
        return is_of_peak() ? need::history | need::clock : need::nothing;
    }
    [[nodiscard]] constexpr duration looks_back() const noexcept { return window_; }

    /// Always inlined: what is of no peak is two comparisons, and clang would make a call of it for
    /// the sake of the peak.
    [[nodiscard, gnu::always_inline]] constexpr count limit(const facts& known) const noexcept {
        if (is_of_peak()) {
            const maybe<count> size = peak_size(known);
            return size ? detail::minus(known.pool.available, floor_.of(*size)) : 0;
        }
        return detail::minus(known.pool.available, floor_.of(known.pool.size));
    }
    /// asked <= limit(known), in fewer steps.
    [[nodiscard, gnu::always_inline]] constexpr bool allows(const facts& known,
                                                            count asked) const noexcept {
        if (is_of_peak() || asked == 0) return asked <= limit(known);
        return asked <= known.pool.available &&
               floor_.is_reached_by(known.pool.available - asked, known.pool.size);
    }
    [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
        return detail::minus(detail::larger(known.pool.size, known.pool.available),
                             floor_.of(known.pool.size));
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("min_remaining(");
        floor_.spell(out, detail::threshold::rounding::up);
        if (is_of_peak()) {
            out.put(", of_peak(");
            window_.spell(out);
            out.put(")");
            if (baseline_ != 0) out.put(", baseline(").put(baseline_).put(")");
        }
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        maybe<count> size = known.pool.size;
        if (is_of_peak()) size = peak_size(known);
        if (!size) {
            if (known.history == nullptr)
                out.put("the pool's largest size is not known; give the guard a ledger");
            else if (known.history->seen())
                out.put("the ledger has forgotten a part of this time");
            else
                out.put("the ledger has never seen this pool; state a baseline(n)");
            return;
        }
        out.put(known.pool.available).put(" of ").put(known.pool.size).put(" serve");
        detail::put_leaving(out, known);
        if (is_of_peak() && *size != known.pool.size)
            out.put(", it has been ").put(*size).put(" large,");
        out.put(" and ").put(floor_.of(*size)).put(" must stay");
        detail::put_so(out, limit(known));
    }

    [[nodiscard]] constexpr const detail::threshold& stated() const noexcept { return floor_; }
    /// The size of a pool that the ledger has never seen; 0 where none is stated.
    [[nodiscard]] constexpr count stated_baseline() const noexcept { return baseline_; }
    friend constexpr bool operator==(const min_remaining&, const min_remaining&) noexcept = default;

private:
    constexpr explicit min_remaining(const detail::threshold& checked) noexcept : floor_(checked) {}

    [[nodiscard]] constexpr bool is_of_peak() const noexcept { return duration{} < window_; }

    /// The size that the fraction is of; nothing where the ledger cannot tell it.
    [[nodiscard]] constexpr maybe<count> peak_size(const facts& known) const noexcept {
        if (known.history == nullptr || !known.history->remembers(window_)) return {};
        if (!known.history->seen()) {
            if (baseline_ == 0) return {};
            return detail::larger(known.pool.size, baseline_);
        }
        const maybe<count> largest = known.history->largest_size(window_);
        return largest ? detail::larger(known.pool.size, *largest) : known.pool.size;
    }

    detail::threshold floor_;
    duration window_{};
    count baseline_ = 0;
};

namespace detail {
template <> inline constexpr bool has_shortcut<min_remaining> = true;
}  // namespace detail

}  // namespace shearpin::inline v1
