// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/history.hpp>
#include <shearpin/rule.hpp>
#include <shearpin/threshold.hpp>

namespace shearpin::inline v1 {

/// A cap on what is being removed at the same time by everyone who shares the ledger: what is
/// reserved and not settled yet. max_in_flight(5), or a fraction of the pool's size, rounded down.
/// Needs a ledger.
class max_in_flight {
public:
    static constexpr text_view name = "max_in_flight";
    static constexpr measure measures = measure::amount;
    static constexpr need needs = need::history;

    template <class... Given>
        requires(detail::says_cap<Given...>)
    consteval max_in_flight(Given... given) SHEARPIN_REFUSED_CAP("max_in_flight", given...)
        : cap_(detail::written_cap<max_in_flight>(given...)) {}
    template <class... Given>
        requires detail::no_cap<max_in_flight, Given...>
    consteval max_in_flight(Given... given) SHEARPIN_REFUSED(
        "max_in_flight takes a whole number, such as 5, or a fraction of the "
        "pool's size, such as 5_pct",
        given...);

    /// From data: a count or a fraction. Nothing where a count is 2^63 or more.
    template <detail::readable_limit Read>
    [[nodiscard]] static constexpr maybe<max_in_flight> from(Read given) noexcept {
        const auto checked = detail::read_threshold(given, detail::threshold::rounding::down);
        if (!checked) return {};
        return max_in_flight(*checked);
    }

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        if (known.history == nullptr) return 0;
        return detail::minus(cap_.of(known.pool.size), known.history->open().amount);
    }
    [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
        return cap_.of(known.pool.size);
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("max_in_flight(");
        cap_.spell(out, detail::threshold::rounding::down);
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        if (known.history == nullptr) {
            out.put("what others are removing is not known; give the guard a ledger");
            return;
        }
        out.put(known.history->open().amount).put(" are being removed and ");
        out.put(cap_.of(known.pool.size)).put(" may be at a time");
        detail::put_so(out, limit(known));
    }

    /// The cap as it is written: a number, or a fraction and its least.
    [[nodiscard]] constexpr const detail::threshold& stated() const noexcept { return cap_; }
    friend constexpr bool operator==(const max_in_flight&, const max_in_flight&) noexcept = default;

private:
    constexpr explicit max_in_flight(const detail::threshold& checked) noexcept : cap_(checked) {}

    detail::threshold cap_;
};

}  // namespace shearpin::inline v1
