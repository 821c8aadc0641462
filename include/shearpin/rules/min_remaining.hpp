// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/rule.hpp>
#include <shearpin/threshold.hpp>

namespace shearpin::inline v1 {

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

    /// From data: a count or a fraction. Nothing where a count is 2^63 or more.
    template <detail::one_of<count, fraction> Read>
    [[nodiscard]] static constexpr maybe<min_remaining> from(Read given) noexcept {
        const auto checked = detail::read_threshold(given, detail::threshold::rounding::up);
        if (!checked) return {};
        return min_remaining(*checked);
    }

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        return detail::minus(known.pool.available, floor_.of(known.pool.size));
    }
    [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
        return detail::minus(detail::larger(known.pool.size, known.pool.available),
                             floor_.of(known.pool.size));
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("min_remaining(");
        floor_.spell(out, detail::threshold::rounding::up);
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        out.put(known.pool.available).put(" of ").put(known.pool.size).put(" serve and ");
        out.put(floor_.of(known.pool.size)).put(" must stay");
        detail::put_so(out, limit(known));
    }

    [[nodiscard]] constexpr const detail::threshold& stated() const noexcept { return floor_; }
    friend constexpr bool operator==(const min_remaining&, const min_remaining&) noexcept = default;

private:
    constexpr explicit min_remaining(const detail::threshold& checked) noexcept : floor_(checked) {}

    detail::threshold floor_;
};

}  // namespace shearpin::inline v1
