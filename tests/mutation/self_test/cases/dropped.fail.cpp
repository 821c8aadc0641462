// SPDX-License-Identifier: BSL-1.0
// What the [[nodiscard]] of the header is for.
// CASE dropped: ignoring
#include "dropped.hpp"

const auto kept = shearpin::keep(4);

void drop() {
#if defined(CASE_dropped)
    shearpin::keep(4);  // HERE dropped
#endif
}
