// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/time.hpp>

namespace shearpin::inline v1 {

/// A set of interchangeable capacity that must not run dry: a subsystem, a zone, a table.
/// `size` is what it is *meant* to hold (wanted capacity, not today's count; fractions are of it),
/// `available` is what serves now. Both in the unit of the removal: hosts, rows, bytes.
struct pool {
    count size = 0;       ///< what it is meant to hold
    count available = 0;  ///< what serves now

    friend constexpr bool operator==(const pool&, const pool&) noexcept = default;
};

/// A pool's numbers with when they were taken and whether they are complete. A view of the world
/// may return this in place of a bare pool. One that is not complete is always refused: a listing
/// that was cut off is no evidence of what is there.
struct observation {
    shearpin::pool pool{};     ///< the numbers
    time_point observed_at{};  ///< when they were taken; unknown where nothing says so
    bool complete = false;     ///< true only where nothing can be missing
};

}  // namespace shearpin::inline v1
