// SPDX-License-Identifier: BSL-1.0
// What tests of plans compare.
#pragma once

#include "guard_ledger_testing.hpp"
#include "support.hpp"

#include <string>

namespace plan_testing {

/// "1h".
inline std::string spelled(shearpin::duration length) {
    return support::told([&](shearpin::writer& out) { length.spell(out); });
}
/// How many go when: "5@0s 5@0s 5@1h 3@1h".
inline std::string waves(const shearpin::plan& made) {
    std::string all;
    for (const auto& each : made.waves())
        all +=
            (all.empty() ? "" : " ") + std::to_string(each.count()) + "@" + spelled(each.after());
    return all;
}
/// What keeps the rest from going, a line each.
inline std::string why(const shearpin::plan& made) {
    std::string all;
    if (made.why() != nullptr)
        for (const auto& each : made.why()->violations()) all += support::described(each) + "\n";
    return all;
}

}  // namespace plan_testing
