// SPDX-License-Identifier: BSL-1.0
// The calls of a guard with a ledger for removals that are only started.
#pragma once

#include <shearpin/detail/call_site.hpp>

namespace shearpin::inline v1::detail {

/// Gives Guard its reserve: what it returns is settled when the removal is over. See
/// reservation.hpp.
template <class Guard> class reserve_site<Guard, true> {
public:
#define SHEARPIN_CALLS(...) SHEARPIN_CALL(reserve, reserving, auto, __VA_ARGS__)
    SHEARPIN_FOR_EACH_NUMBER_OF_ARGUMENTS(SHEARPIN_CALLS)
#undef SHEARPIN_CALLS
    SHEARPIN_FLAWED_CALL(reserve, reserving)
    /// The same for any number of arguments, with the place of the call first.
    SHEARPIN_CALL_FROM(reserve_from, reserving, auto)

private:
    [[nodiscard]] constexpr const Guard& self() const noexcept {
        return static_cast<const Guard&>(*this);
    }
};

}  // namespace shearpin::inline v1::detail
