// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace shearpin::inline v1::detail {

/// Stands for a policy that is known only at run time, where a permit names its policy. It is no
/// policy, so no guard can be made with it.
struct run_time_policy {};
inline constexpr run_time_policy read_at_run_time{};

}  // namespace shearpin::inline v1::detail
