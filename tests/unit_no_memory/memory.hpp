// SPDX-License-Identifier: BSL-1.0
// Which request for memory fails.
#pragma once

/// Which request fails next, counted from 1; 0: none. `all` from then on, or that one alone.
struct memory_requests {
    long fails = 0;
    bool all = true;
    bool lists = true;  // whether those get any that go on without
    long requests = 0;
    long live = 0;
};
inline memory_requests memory;
