// SPDX-License-Identifier: BSL-1.0
// Base64 as etcd's gateway has it (RFC 4648, with padding).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace shearpin_stores {

inline constexpr std::string_view base64_letters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

inline std::string to_base64(std::string_view bytes) {
    std::string text;
    text.reserve((bytes.size() + 2) / 3 * 4);
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::size_t here = bytes.size() - at < 3 ? bytes.size() - at : 3;
        std::uint32_t three = 0;
        for (std::size_t each = 0; each != 3; ++each)
            three = three << 8 | (each < here ? static_cast<unsigned char>(bytes[at + each]) : 0u);
        for (std::size_t each = 0; each != 4; ++each)
            text += each <= here ? base64_letters[three >> (18 - 6 * each) & 63] : '=';
    }
    return text;
}

/// Nothing where it is no base64.
inline std::optional<std::string> from_base64(std::string_view text) {
    static constexpr auto values = [] {
        std::array<unsigned char, 256> all{};
        all.fill(255);
        for (std::size_t at = 0; at != base64_letters.size(); ++at)
            all[static_cast<unsigned char>(base64_letters[at])] = static_cast<unsigned char>(at);
        return all;
    }();
    if (text.size() % 4 != 0) return {};
    std::string bytes;
    bytes.reserve(text.size() / 4 * 3);
    for (std::size_t at = 0; at != text.size(); at += 4) {
        std::size_t padding = 0;
        std::uint32_t four = 0;
        for (std::size_t each = 0; each != 4; ++each) {
            const char letter = text[at + each];
            const unsigned char value = values[static_cast<unsigned char>(letter)];
            const bool may_end = at + 4 == text.size() && each >= 2;
            if (letter == '=' && may_end)
                ++padding;
            else if (value == 255 || padding != 0)
                return {};
            four = four << 6 | (letter == '=' ? 0u : value);
        }
        for (std::size_t each = 0; each != 3 - padding; ++each)
            bytes += static_cast<char>(four >> (16 - 8 * each) & 255);
    }
    return bytes;
}

}  // namespace shearpin_stores
