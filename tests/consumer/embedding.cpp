// SPDX-License-Identifier: BSL-1.0
// A program of somebody else whose policy is a file.
#include <shearpin/shearpin.hpp>

#include "volumes.policy.hpp"

int main() {
    auto drop = shearpin::guard<embedded::volumes>(
        [](unsigned number) { return number; },
        [] { return shearpin::pool{.size = 6, .available = 6}; });
    return drop.check(2U).admitted() && !drop.check(3U).admitted() ? 0 : 1;
}
