// SPDX-License-Identifier: BSL-1.0
// FNV-1a in 64 bits: the same in every process, on every machine and with every compiler. It tells
// what is meant to be the same from what is not; it is no protection against who wants to deceive.
// Source: http://www.isthe.com/chongo/tech/comp/fnv/
#pragma once

#include <shearpin/text.hpp>

#include <cstdint>

namespace shearpin::inline v1::detail {

inline constexpr std::uint64_t fnv1a_start = 0xcbf2'9ce4'8422'2325;

/// The hash of what was hashed so far, and of one byte more.
[[nodiscard]] constexpr std::uint64_t fnv1a(std::uint64_t so_far, unsigned char byte) noexcept {
    return (so_far ^ byte) * 0x100'0000'01b3;
}
[[nodiscard]] constexpr std::uint64_t fnv1a(text_view text) noexcept {
    std::uint64_t all = fnv1a_start;
    for (const char letter : text) all = fnv1a(all, static_cast<unsigned char>(letter));
    return all;
}

}  // namespace shearpin::inline v1::detail
