// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/rule.hpp>
#include <shearpin/threshold.hpp>

namespace shearpin::inline v1 {

/// A cap on one call: max_batch(5), or a fraction of the pool's size, rounded down:
/// max_batch(5_pct); for pools so small that this is zero, max_batch(5_pct, at_least(1)).
/// A cap of zero does not compile when it is written in code; one that is read means zero.
class max_batch {
public:
    static constexpr text_view name = "max_batch";
    static constexpr measure measures = measure::amount;

    template <class... Given>
        requires(detail::says_cap<Given...>)
    consteval max_batch(Given... given) SHEARPIN_REFUSED_CAP("max_batch", given...)
        : cap_(detail::written_cap<max_batch>(given...)) {}
    template <class... Given>
        requires detail::no_cap<max_batch, Given...>
    consteval max_batch(Given... given) SHEARPIN_REFUSED(
        "max_batch takes a whole number, such as 5, or a fraction of the "
        "pool's size, such as 5_pct",
        given...);

    /// From data: a count or a fraction. Nothing where a count is 2^63 or more.
    template <detail::readable_limit Read>
    [[nodiscard]] static constexpr maybe<max_batch> from(Read given) noexcept {
        const auto checked = detail::read_threshold(given, detail::threshold::rounding::down);
        if (!checked) return {};
        return max_batch(*checked);
    }

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        return cap_.of(known.pool.size);
    }
    [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
        return cap_.of(known.pool.size);
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("max_batch(");
        cap_.spell(out, detail::threshold::rounding::down);
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        out.put("one call may take ").put(cap_.of(known.pool.size));
        if (cap_.is_share()) out.put(" of a pool of ").put(known.pool.size);
    }

    /// The cap as it is written: a number, or a fraction and its least.
    [[nodiscard]] constexpr const detail::threshold& stated() const noexcept { return cap_; }
    friend constexpr bool operator==(const max_batch&, const max_batch&) noexcept = default;

private:
    constexpr explicit max_batch(const detail::threshold& checked) noexcept : cap_(checked) {}

    detail::threshold cap_;
};

}  // namespace shearpin::inline v1
