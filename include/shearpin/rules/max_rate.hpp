// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/history.hpp>
#include <shearpin/rule.hpp>
#include <shearpin/threshold.hpp>

namespace shearpin::inline v1 {

/// A cap on what goes in any stretch of time of this length: max_rate(10, 1h), or a fraction of the
/// pool's size, rounded down: max_rate(5_pct, 24h). The window slides with the clock, so there is
/// no boundary at which twice as much may go; exactly one window ago is out. What is reserved and
/// not settled yet counts whatever its age. Needs a ledger and a clock.
class max_rate {
public:
    static constexpr text_view name = "max_rate";
    static constexpr measure measures = measure::amount;
    static constexpr need needs = need::history | need::clock;

    template <class Cap>
        requires(detail::says_cap<Cap>)
    consteval max_rate(Cap most, duration in_time) SHEARPIN_REFUSED_CAP("max_rate", most)
        SHEARPIN_REFUSED_IF(in_time <= duration{}, "max_rate: the window must be longer than zero")
        : cap_(detail::written_cap<max_rate>(most)),
          window_(detail::written_window<max_rate>(in_time)) {}
    template <class Cap>
        requires detail::no_cap<max_rate, Cap>
    consteval max_rate(Cap most, duration in_time) SHEARPIN_REFUSED(
        "max_rate takes a whole number, such as 5, or a fraction of the pool's size, such as 5_pct",
        most);
    consteval max_rate(fraction most, at_least least, duration in_time)
        SHEARPIN_REFUSED_IF(in_time <= duration{}, "max_rate: the window must be longer than zero")
        : cap_(detail::written_cap<max_rate>(most, least)),
          window_(detail::written_window<max_rate>(in_time)) {}

    /// From data: a count or a fraction, and a window. Nothing where a count is 2^63 or more, or
    /// the window is not longer than zero.
    template <detail::readable_limit Read>
    [[nodiscard]] static constexpr maybe<max_rate> from(Read given, duration in_time) noexcept {
        const auto checked = detail::read_threshold(given, detail::threshold::rounding::down);
        if (!checked || in_time <= duration{}) return {};
        return max_rate(*checked, in_time, read{});
    }

    [[nodiscard]] constexpr duration looks_back() const noexcept { return window_; }

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        if (known.history == nullptr || !known.history->remembers(window_)) return 0;
        return detail::minus(cap_.of(known.pool.size),
                             known.history->removed_within(window_).amount);
    }
    [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
        return cap_.of(known.pool.size);
    }
    [[nodiscard]] constexpr maybe<duration> retry_after(const facts& known,
                                                        count asked) const noexcept {
        const count cap = cap_.of(known.pool.size);
        if (known.history == nullptr || asked > cap) return {};
        return known.history->until_within(window_, measure::amount, cap - asked);
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("max_rate(");
        cap_.spell(out, detail::threshold::rounding::down);
        out.put(", ");
        window_.spell(out);
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        if (known.history == nullptr) {
            out.put("what was removed before is not known; give the guard a ledger");
            return;
        }
        if (!known.history->remembers(window_)) {
            out.put("the ledger has forgotten a part of the last ");
            window_.spell(out);
            return;
        }
        out.put(cap_.of(known.pool.size)).put(" may go in ");
        window_.spell(out);
        out.put(" and ").put(known.history->settled_within(window_).amount).put(" have gone");
        const count open = known.history->open().amount;
        if (open != 0) out.put(", ").put(open).put(" more are going");
        detail::put_so(out, limit(known));
    }

    /// The cap as it is written: a number, or a fraction and its least.
    [[nodiscard]] constexpr const detail::threshold& stated() const noexcept { return cap_; }
    friend constexpr bool operator==(const max_rate&, const max_rate&) noexcept = default;

private:
    struct read {};
    constexpr max_rate(const detail::threshold& checked, duration in_time, read) noexcept
        : cap_(checked), window_(in_time) {}

    detail::threshold cap_;
    duration window_;
};

}  // namespace shearpin::inline v1
