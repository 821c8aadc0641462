// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/run_time_policy.hpp>
#include <shearpin/permit.hpp>

namespace shearpin::inline v1 {

/// Proof that some guard admitted a removal, of whatever policy: for a removal that is used with
/// policies that are read when the program runs. Guards alone make it, one with a constant policy
/// too, and it has all that a permit has. It does not tell under which policy: where that matters,
/// take the permit of that policy.
///
///     void drop_volumes(shearpin::any_permit permit, std::span<const int> volumes);
///     auto drop = shearpin::guard(read_policy(file), drop_volumes, world);
using any_permit = permit<detail::read_at_run_time>;

}  // namespace shearpin::inline v1
