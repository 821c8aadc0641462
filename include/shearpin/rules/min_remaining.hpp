// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/rule.hpp>
#include <shearpin/threshold.hpp>

namespace shearpin::inline v1 {

struct of_peak;   // in rules/of_peak.hpp: the largest size that the ledger has seen in a window
struct baseline;  // and the size of a pool that it has never seen

namespace detail {
/// The size that a floor's fraction is of; where it is not known, why.
struct floor_size {
    maybe<count> known;
    text_view unknown{};
};
}  // namespace detail

/// A floor: so much must still serve after the removal. min_remaining(3): three;
/// min_remaining(95_pct): 95 % of the pool's *size*, rounded up, so that repeated calls do
/// not erode it. Limit: available - floor. min_remaining(round_down(f)) rounds to the permissive
/// side, to rebuild another tool's semantics.
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
    /// Without a baseline, nothing of such a pool may go. Needs a ledger and a clock, and
    /// rules/of_peak.hpp, which shearpin.hpp brings.
    template <detail::same_as<of_peak> Peak>
    consteval min_remaining(fraction share, Peak peak)
        : floor_(detail::written_floor<min_remaining>(share)),
          window_(peak.window),
          size_of_peak_(&Peak::size_of) {}
    template <detail::same_as<of_peak> Peak, detail::same_as<shearpin::baseline> First>
    consteval min_remaining(fraction share, Peak peak, First at_first)
        : floor_(detail::written_floor<min_remaining>(share)),
          window_(peak.window),
          baseline_(at_first.size),
          size_of_peak_(&Peak::size_of) {}

    /// From data: a count or a fraction. Nothing where a count is 2^63 or more.
    template <detail::readable_limit Read>
    [[nodiscard]] static constexpr maybe<min_remaining> from(Read given) noexcept {
        const auto checked = detail::read_threshold(given, detail::threshold::rounding::up);
        if (!checked) return {};
        return min_remaining(*checked);
    }

    /// The same of a peak; nothing where the window is not longer than zero. A baseline of 0 is
    /// none.
    template <class Peak = of_peak>
    [[nodiscard]] static constexpr maybe<min_remaining> from(fraction share, duration peak_window,
                                                             count at_first = 0) noexcept {
        if (peak_window <= duration{} || at_first > largest_count) return {};
        min_remaining made(detail::threshold::share(share, detail::threshold::rounding::up));
        made.window_ = peak_window;
        made.baseline_ = at_first;
        made.size_of_peak_ = &Peak::size_of;
        return made;
    }

    /// The ledger and the clock where it is of a peak; else nothing.
    [[nodiscard]] constexpr need needs_now() const noexcept {
        return is_of_peak() ? need::history | need::clock : need::nothing;
    }
    [[nodiscard]] constexpr duration looks_back() const noexcept { return window_; }

    /// Always inlined: what is of no peak is two comparisons, and clang would make a call of it for
    /// the sake of the peak.
    [[nodiscard, gnu::always_inline]] constexpr count limit(const facts& known) const noexcept {
        if (is_of_peak()) {
            const maybe<count> size = size_now(known).known;
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
        const detail::floor_size size = size_now(known);
        if (!size.known) {
            out.put(size.unknown);
            return;
        }
        out.put(known.pool.available).put(" of ").put(known.pool.size).put(" serve");
        detail::put_leaving(out, known);
        if (is_of_peak() && *size.known != known.pool.size)
            out.put(", it has been ").put(*size.known).put(" large,");
        out.put(" and ").put(floor_.of(*size.known)).put(" must stay");
        detail::put_so(out, limit(known));
    }

    /// The floor as it is written: a number, or a fraction.
    [[nodiscard]] constexpr const detail::threshold& stated() const noexcept { return floor_; }
    /// The size of a pool that the ledger has never seen; 0 where none is stated.
    [[nodiscard]] constexpr count stated_baseline() const noexcept { return baseline_; }
    friend constexpr bool operator==(const min_remaining&, const min_remaining&) noexcept = default;

private:
    constexpr explicit min_remaining(const detail::threshold& checked) noexcept : floor_(checked) {}

    [[nodiscard]] constexpr bool is_of_peak() const noexcept { return duration{} < window_; }

    /// The size that the fraction is of.
    [[nodiscard]] constexpr detail::floor_size size_now(const facts& known) const noexcept {
        if (is_of_peak()) return size_of_peak_(known, window_, baseline_);
        return {known.pool.size};
    }

    detail::threshold floor_;
    duration window_{};
    count baseline_ = 0;
    detail::floor_size (*size_of_peak_)(const facts&, duration, count) noexcept = nullptr;
};

namespace detail {
template <> inline constexpr bool has_shortcut<min_remaining> = true;
}  // namespace detail

}  // namespace shearpin::inline v1
