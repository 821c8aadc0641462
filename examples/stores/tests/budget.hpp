// SPDX-License-Identifier: BSL-1.0
// The budget that the tests' clients share.
#pragma once

#include <shearpin/shearpin.hpp>

namespace servers_testing {

inline constexpr shearpin::count limit = 60;
inline constexpr shearpin::duration window = shearpin::duration::seconds(1);
inline constexpr auto rate = shearpin::policy{shearpin::max_rate(limit, window)};
/// Of a whole run: nothing of it comes back while a test lasts.
inline constexpr shearpin::duration long_window = shearpin::duration::hours(1);
inline constexpr auto long_rate = shearpin::policy{shearpin::max_rate(limit, long_window)};

}  // namespace servers_testing
