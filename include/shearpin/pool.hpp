// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/time.hpp>

namespace shearpin::inline v1 {

/// A set of interchangeable capacity that must not run dry: a subsystem, a zone, a table.
/// `size` is what it is *meant* to hold (wanted capacity, not today's count; fractions are of it),
/// `available` is what serves now. Both in the unit of the removal: hosts, rows, bytes.
struct pool {
    count size = 0;
    count available = 0;

    friend constexpr bool operator==(const pool&, const pool&) noexcept = default;
};

/// A pool's numbers with when they were taken and whether they are complete. A view of the world
/// may return this in place of a bare pool. One that is not complete is always refused: a listing
/// that was cut off is no evidence of what is there.
struct observation {
    shearpin::pool pool{};
    time_point observed_at{};
    bool complete = false;
};

}  // namespace shearpin::inline v1
