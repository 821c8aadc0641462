// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/rule.hpp>
#include <shearpin/threshold.hpp>

namespace shearpin::inline v1 {

/// A cap on how many pools one removal touches: max_pools(1) is one zone at a time. It is judged on
/// the whole removal, wherever it stands; for every pool alike, say for_every_pool(max_pools(1)).
class max_pools {
public:
    static constexpr text_view name = "max_pools";
    static constexpr measure measures = measure::pools;

    template <detail::integer N>
    consteval max_pools(N number) SHEARPIN_REFUSED_CAP("max_pools", number)
        : cap_(detail::written_cap<max_pools>(number).number()) {}
    template <class N>
        requires(!detail::integer<N> && !detail::is_same<N, max_pools>)
    consteval max_pools(N number)
        SHEARPIN_REFUSED("max_pools takes a whole number, such as 1", number);

    /// From data. Nothing where the count is 2^63 or more.
    [[nodiscard]] static constexpr maybe<max_pools> from(count number) noexcept {
        if (number > largest_count) return {};
        return max_pools(number, read{});
    }

    [[nodiscard]] constexpr count limit(const facts&) const noexcept { return cap_; }
    [[nodiscard]] constexpr count at_best(const facts&) const noexcept { return cap_; }

    constexpr void spell(writer& out) const noexcept { out.put("max_pools(").put(cap_).put(")"); }
    constexpr void explain(const facts&, writer& out) const noexcept {
        out.put("one call may touch ").put(cap_).put(cap_ == 1 ? " pool" : " pools");
    }

    /// The cap as it is written.
    [[nodiscard]] constexpr count stated_number() const noexcept { return cap_; }
    friend constexpr bool operator==(const max_pools&, const max_pools&) noexcept = default;

private:
    struct read {};
    constexpr max_pools(count number, read) noexcept : cap_(number) {}

    count cap_;
};

}  // namespace shearpin::inline v1
