// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace shearpin::inline v1::detail {

constexpr bool is_digit(char letter) noexcept { return letter >= '0' && letter <= '9'; }

}  // namespace shearpin::inline v1::detail
