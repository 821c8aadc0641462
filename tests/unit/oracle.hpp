// SPDX-License-Identifier: BSL-1.0
// The limits of the rules, once more, in arithmetic that is wider than any of their numbers. Written
// from the table of the design and from nothing else: it shares no code with the library, not even
// the names of its types, and always takes the long way (multiply, then divide).
#pragma once

#include <cstdint>

namespace oracle {

__extension__ using wide = __int128;
using u64 = std::uint64_t;

constexpr u64 no_limit = 0xffff'ffff'ffff'ffff;
constexpr u64 largest = 0x7fff'ffff'ffff'ffff;

/// A fraction as it was written, not in lowest terms.
struct share {
    u64 over;
    u64 under;
};

/// A pool: S and A of the table.
struct world {
    u64 size;
    u64 available;
};

constexpr wide floor_of(share part, u64 of_whole) {
    return wide{part.over} * wide{of_whole} / wide{part.under};
}

constexpr wide ceiling_of(share part, u64 of_whole) {
    const wide product = wide{part.over} * wide{of_whole};
    return product / wide{part.under} + (product % wide{part.under} != 0 ? 1 : 0);
}

/// "Everything saturates at 0."
constexpr u64 saturated(wide number) { return number < 0 ? 0 : static_cast<u64>(number); }

/// A - n
constexpr u64 min_remaining(world seen, wide floor) {
    return saturated(wide{seen.available} - floor);
}

/// n - (S - A)
constexpr u64 max_unavailable(world seen, wide cap) {
    const wide missing = wide{seen.size} - wide{seen.available};
    return saturated(cap - (missing < 0 ? 0 : missing));
}

/// n
constexpr u64 max_batch(wide cap) { return saturated(cap); }

/// A - (floor(S / 2) + 1)
constexpr u64 quorum(world seen) {
    return saturated(wide{seen.available} - (wide{seen.size} / 2 + 1));
}

/// 1 if A >= 1 and A - 1 >= floor((S - 1) / 2) + 1, else 0
constexpr u64 quorum_of_what_is_left(world seen) {
    const wide left_size = seen.size == 0 ? 0 : wide{seen.size} - 1;
    const wide left_available = wide{seen.available} - 1;
    return left_available >= left_size / 2 + 1 ? 1 : 0;
}

/// Admitted: at least one, no more than serves, and within the limit.
constexpr bool admits(world seen, u64 limit, u64 asked) {
    if (seen.size > largest || seen.available > largest) return false;
    return asked >= 1 && asked <= seen.available && asked <= limit;
}

}  // namespace oracle
