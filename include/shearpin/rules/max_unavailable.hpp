// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/rule.hpp>
#include <shearpin/threshold.hpp>

namespace shearpin::inline v1 {

/// A cap on what is out at the same time, counting what is out already: max_unavailable(2), or a
/// fraction of the pool's size, rounded down: max_unavailable(25_pct); where that would be zero,
/// max_unavailable(25_pct, at_least(1)). Limit: cap - (size - available).
/// Kubernetes rounds such a fraction up; that is max_unavailable(round_up(25_pct)).
class max_unavailable {
public:
    static constexpr text_view name = "max_unavailable";
    static constexpr measure measures = measure::serving;

    template <class... Given>
        requires(detail::says_cap<Given...>)
    consteval max_unavailable(Given... given) SHEARPIN_REFUSED_CAP("max_unavailable", given...)
        : cap_(detail::written_cap<max_unavailable>(given...)) {}
    template <class... Given>
        requires detail::no_cap<max_unavailable, Given...>
    consteval max_unavailable(Given... given) SHEARPIN_REFUSED(
        "max_unavailable takes a whole number, such as 2, or a fraction of the "
        "pool's size, such as 5_pct",
        given...);

    /// From data: a count or a fraction. Nothing where a count is 2^63 or more.
    template <detail::readable_limit Read>
    [[nodiscard]] static constexpr maybe<max_unavailable> from(Read given) noexcept {
        const auto checked = detail::read_threshold(given, detail::threshold::rounding::down);
        if (!checked) return {};
        return max_unavailable(*checked);
    }

    [[nodiscard]] constexpr count limit(const facts& known) const noexcept {
        return detail::minus(cap_.of(known.pool.size),
                             detail::minus(known.pool.size, known.pool.available));
    }
    [[nodiscard]] constexpr count at_best(const facts& known) const noexcept {
        return cap_.of(known.pool.size);
    }

    constexpr void spell(writer& out) const noexcept {
        out.put("max_unavailable(");
        cap_.spell(out, detail::threshold::rounding::down);
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const noexcept {
        out.put(detail::minus(known.pool.size, known.pool.available))
            .put(" of ")
            .put(known.pool.size);
        out.put(" are out already and ").put(cap_.of(known.pool.size)).put(" may be");
        detail::put_so(out, limit(known));
    }

    /// The cap as it is written: a number, or a fraction and its least.
    [[nodiscard]] constexpr const detail::threshold& stated() const noexcept { return cap_; }
    friend constexpr bool operator==(const max_unavailable&,
                                     const max_unavailable&) noexcept = default;

private:
    constexpr explicit max_unavailable(const detail::threshold& checked) noexcept : cap_(checked) {}

    detail::threshold cap_;
};

}  // namespace shearpin::inline v1
