// SPDX-License-Identifier: BSL-1.0
// The budget that the tests' clients share.
#pragma once

#include <shearpin/shearpin.hpp>

namespace servers_testing {

inline constexpr shearpin::count limit = 150;
inline constexpr shearpin::duration window = shearpin::duration::seconds(1);
inline constexpr auto rate = shearpin::policy{shearpin::max_rate(limit, window)};

}  // namespace servers_testing
