// SPDX-License-Identifier: BSL-1.0
// Floors of pools whose size is simply today's count, which repeated removals would erode.
#pragma once

#include <shearpin/history.hpp>
#include <shearpin/rules/min_remaining.hpp>

namespace shearpin::inline v1 {

/// Fractions of the largest size that the ledger has seen in this window, where that is more than
/// today's: min_remaining(80_pct, of_peak(24h)).
struct of_peak {
    duration window;  ///< longer than zero
    consteval of_peak(duration length)
        SHEARPIN_REFUSED_IF(length <= duration{}, "of_peak: the window must be longer than zero")
        : window(detail::written_window<of_peak>(length)) {}

    /// For min_remaining: that size. `at_first` is what it is for a pool that the ledger has never
    /// seen; 0 is none.
    [[nodiscard]] static constexpr detail::floor_size size_of(const facts& known, duration window,
                                                              count at_first) noexcept {
        if (known.history == nullptr)
            return {{}, "the pool's largest size is not known; give the guard a ledger"};
        if (!known.history->remembers(window))
            return {{}, known.history->seen() ? forgotten : never_seen};
        if (!known.history->seen()) {
            if (at_first == 0) return {{}, never_seen};
            return {detail::larger(known.pool.size, at_first)};
        }
        const maybe<count> largest = known.history->largest_size(window);
        return {largest ? detail::larger(known.pool.size, *largest) : known.pool.size};
    }

private:
    static constexpr text_view forgotten = "the ledger has forgotten a part of this time";
    static constexpr text_view never_seen =
        "the ledger has never seen this pool; state a baseline(n)";
};

/// The size of a pool that the ledger has never seen.
struct baseline {
    count size;  ///< at least 1
    template <detail::integer N>
    consteval baseline(N number) SHEARPIN_REFUSED_CAP("baseline", number)
        : size(detail::written_cap<baseline>(number).number()) {}
};

}  // namespace shearpin::inline v1
