// SPDX-License-Identifier: BSL-1.0
// Numbers in hexadecimal digits.
#pragma once

#include <shearpin/text.hpp>

#include <cstdint>

namespace shearpin::inline v1::detail {

/// As people write it: 16 digits.
[[nodiscard]] constexpr fixed_text<16> spell_hex(std::uint64_t number) noexcept {
    char digits[16];
    for (std::size_t at = 0; at != 16; ++at)
        digits[at] = "0123456789abcdef"[number >> (60 - 4 * at) & 15];
    return text_view(digits, sizeof digits);
}

/// What a digit stands for; below zero where it is none. Capitals are none.
[[nodiscard]] constexpr int value_of_hex(char digit) noexcept {
    if ('0' <= digit && digit <= '9') return digit - '0';
    return 'a' <= digit && digit <= 'f' ? digit - 'a' + 10 : -1;
}

}  // namespace shearpin::inline v1::detail
