// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/culprits.hpp>
#include <shearpin/detail/distinct.hpp>

namespace shearpin::inline v1::detail {

/// The targets that are named twice. They are compared when the world is looked at, and never while
/// a ledger is locked: that may take long, and what compares them is the user's.
struct repeats {
    distinctness found = distinctness::distinct;
    culprits twice;
    count first = ~count{0};  ///< how many stand before the first of them
};

template <class Options, class Asked>
constexpr repeats find_repeated(const Options& options, const Asked& asked) {
    repeats all;
    all.found = options.distinct(asked.targets(), [&](const auto& target, count position) {
        all.twice.add(target, position);
        all.first = smaller(all.first, position);
    });
    return all;
}

}  // namespace shearpin::inline v1::detail
