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

/// Has the nth request that `body` makes fail, or `all` from then on; returns how many it made.
template <class F> long failing(long nth, bool all, F body) {
    memory.requests = 0;
    memory.all = all;
    memory.fails = nth;
    body();
    memory.fails = 0;
    return memory.requests;
}
