// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/rule.hpp>
#include <shearpin/threshold.hpp>

namespace shearpin::inline v1 {

/// A cap on the number of targets that one call names, whatever each of them weighs.
class max_targets {
public:
    static constexpr text_view name = "max_targets";
    static constexpr measure measures = measure::heads;

    template <class... Given>
        requires(detail::says_cap<Given...>)
    consteval max_targets(Given... given) SHEARPIN_REFUSED_CAP("max_targets", given...)
        : cap_(detail::written_cap<max_targets>(given...)) {}
    template <class... Given>
        requires detail::no_cap<max_targets, Given...>
    consteval max_targets(Given... given) SHEARPIN_REFUSED(
        "max_targets takes a whole number, such as 5, or a fraction of the "
        "pool's size, such as 5_pct",
        given...);

    /// From data: a count or a fraction. Nothing where a count is 2^63 or more.
    template <detail::readable_limit Read>
    [[nodiscard]] static constexpr maybe<max_targets> from(Read given) noexcept {
        const auto checked = detail::read_threshold(given, detail::threshold::rounding::down);
        if (!checked) return {};
        return max_targets(*checked);
    }

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        return cap_.of(known.pool.size);
    }
    [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
        return cap_.of(known.pool.size);
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("max_targets(");
        cap_.spell(out, detail::threshold::rounding::down);
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        out.put("one call may name ").put(cap_.of(known.pool.size));
        if (cap_.is_share()) out.put(" of a pool of ").put(known.pool.size);
    }

    /// The cap as it is written: a number, or a fraction and its least.
    [[nodiscard]] constexpr const detail::threshold& stated() const noexcept { return cap_; }
    friend constexpr bool operator==(const max_targets&, const max_targets&) noexcept = default;

private:
    constexpr explicit max_targets(const detail::threshold& checked) noexcept : cap_(checked) {}

    detail::threshold cap_;
};

}  // namespace shearpin::inline v1
