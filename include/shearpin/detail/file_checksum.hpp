// SPDX-License-Identifier: BSL-1.0
// CRC-32C, eight bytes at a time. It detects every change of up to 32 bits in a row, so every
// change of one byte. A processor with SSE 4.2 has an instruction for it, which takes a fifth of
// the time; each document is checked some five times for each removal.
#pragma once

#include <shearpin/detail/meta.hpp>

#include <cstddef>
#include <cstdint>

namespace shearpin::inline v1::detail {

struct crc32c_tables {
    std::uint32_t of[8][256];

    constexpr crc32c_tables() noexcept : of{} {
        for (std::uint32_t byte = 0; byte != 256; ++byte) {
            std::uint32_t rest = byte;
            for (int bit = 0; bit != 8; ++bit)
                rest = (rest >> 1) ^ (rest & 1 ? std::uint32_t{0x82f6'3b78} : 0);
            of[0][byte] = rest;
        }
        for (std::uint32_t byte = 0; byte != 256; ++byte)
            for (int table = 1; table != 8; ++table)
                of[table][byte] =
                    (of[table - 1][byte] >> 8) ^ of[0][of[table - 1][byte] & std::uint32_t{255}];
    }
};
/// Computed where it is used, which takes the compiler a while.
template <class = when_used> inline constexpr crc32c_tables crc32c_table{};

template <class When = when_used>
[[nodiscard]] std::uint32_t crc32c_by_tables(const unsigned char* data,
                                             std::size_t length) noexcept {
    const auto& of = crc32c_table<When>.of;
    std::uint32_t rest = 0xffff'ffff;
    for (; length >= 8; data += 8, length -= 8) {
        rest ^= std::uint32_t{data[0]} | std::uint32_t{data[1]} << 8 |
                std::uint32_t{data[2]} << 16 | std::uint32_t{data[3]} << 24;
        rest = of[7][rest & 255] ^ of[6][rest >> 8 & 255] ^ of[5][rest >> 16 & 255] ^
               of[4][rest >> 24] ^ of[3][data[4]] ^ of[2][data[5]] ^ of[1][data[6]] ^
               of[0][data[7]];
    }
    for (; length != 0; ++data, --length) rest = rest >> 8 ^ of[0][(rest ^ *data) & 255];
    return ~rest;
}

#if defined(__x86_64__)
[[nodiscard, gnu::target("sse4.2")]] inline std::uint32_t crc32c_by_instruction(
    const unsigned char* data, std::size_t length) noexcept {
    std::uint64_t rest = 0xffff'ffff;
    for (; length >= 8; data += 8, length -= 8) {
        std::uint64_t word = 0;
        __builtin_memcpy(&word, data, sizeof word);
        rest = __builtin_ia32_crc32di(rest, word);
    }
    auto narrow = static_cast<std::uint32_t>(rest);
    for (; length != 0; ++data, --length) narrow = __builtin_ia32_crc32qi(narrow, *data);
    return ~narrow;
}
#endif

template <class When = when_used>
[[nodiscard]] std::uint32_t crc32c(const unsigned char* data, std::size_t length) noexcept {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("sse4.2")) return crc32c_by_instruction(data, length);
#endif
    return crc32c_by_tables<When>(data, length);
}

}  // namespace shearpin::inline v1::detail
