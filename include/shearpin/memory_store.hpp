// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/ledger_changes.hpp>

namespace shearpin::inline v1 {

namespace detail {
template <class> class basic_memory_ledger;
using memory_ledger = basic_memory_ledger<when_used>;
}  // namespace detail

/// A ledger's records in the memory of this process: `shearpin::ledger
/// l{shearpin::memory_store{}};` They end with the process, and a child process that is forked goes
/// on with a copy of its own. It has no clock: rules that need the time go by the guard's.
///
/// It holds at most 16384 records. What no rule of any user can see is forgotten, and when it is
/// full, settled removals that lie close together are put together, as of the later one's time.
class memory_store {
public:
    memory_store() noexcept = default;
    memory_store(memory_store&&) noexcept = default;
    memory_store& operator=(memory_store&&) noexcept = default;
    memory_store(const memory_store&) = delete;
    memory_store& operator=(const memory_store&) = delete;
    ~memory_store() = default;

private:
    friend detail::memory_ledger;
    detail::ledger_changes changes_;
};

}  // namespace shearpin::inline v1
