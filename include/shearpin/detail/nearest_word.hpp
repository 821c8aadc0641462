// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/text.hpp>

#include <cstddef>

namespace shearpin::inline v1::detail {

/// The letters that count where a word is taken for another: small ones, without _ and -.
struct plain_word {
    static constexpr std::size_t room = 24;
    char letters[room] = {};
    std::size_t size = 0;
    bool fits = true;

    constexpr explicit plain_word(text_view word) noexcept {
        for (const char letter : word) {
            if (letter == '_' || letter == '-') continue;
            if (size == room) {
                fits = false;
                return;
            }
            letters[size++] =
                letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
        }
    }
};

/// In how many steps one becomes the other: a letter more, less or another, or two changed round.
constexpr std::size_t steps_between(const plain_word& left, const plain_word& right) noexcept {
    std::size_t rows[3][plain_word::room + 1] = {};
    for (std::size_t at = 0; at <= right.size; ++at) rows[0][at] = at;
    std::size_t now = 0;
    for (std::size_t row = 1; row <= left.size; ++row) {
        const std::size_t before = now;
        const std::size_t two_before = (row + 1) % 3;
        now = row % 3;
        rows[now][0] = row;
        for (std::size_t at = 1; at <= right.size; ++at) {
            const bool same = left.letters[row - 1] == right.letters[at - 1];
            std::size_t least = rows[before][at - 1] + (same ? 0 : 1);
            if (rows[before][at] + 1 < least) least = rows[before][at] + 1;
            if (rows[now][at - 1] + 1 < least) least = rows[now][at - 1] + 1;
            if (row > 1 && at > 1 && left.letters[row - 1] == right.letters[at - 2] &&
                left.letters[row - 2] == right.letters[at - 1] &&
                rows[two_before][at - 2] + 1 < least)
                least = rows[two_before][at - 2] + 1;
            rows[now][at] = least;
        }
    }
    return rows[now][right.size];
}

/// The word of these that was probably meant; none where none is near. A word of which at least
/// three letters were written, or to which letters were added, is near.
template <std::size_t N>
constexpr text_view nearest_word(text_view written, const text_view (&words)[N]) noexcept {
    const plain_word wrong(written);
    if (!wrong.fits) return {};
    text_view nearest;
    std::size_t least = ~std::size_t{0};
    for (const text_view word : words) {
        const plain_word right(word);
        const std::size_t shorter = wrong.size < right.size ? wrong.size : right.size;
        std::size_t steps = detail::steps_between(wrong, right);
        const bool begins =
            shorter >= 3 && text_view(wrong.letters, shorter) == text_view(right.letters, shorter);
        if (begins) steps = steps < 2 ? steps : 2;
        if ((begins || steps <= (right.size + 2) / 4 + (right.size > 3 ? 1 : 0)) && steps < least) {
            least = steps;
            nearest = word;
        }
    }
    return nearest;
}

}  // namespace shearpin::inline v1::detail
