// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/fraction.hpp>

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace fleet {

/// A whole number that the library believes; nothing where the text is anything else.
inline std::optional<shearpin::count> read_count(std::string_view text) {
    shearpin::count number = 0;
    const char* const end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc() || stopped != end || number > shearpin::largest_count) return {};
    return number;
}

/// Whether it is meant as a whole number, which read_count() may find too large.
inline bool is_all_digits(std::string_view text) {
    return text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// A number of hosts, or a fraction of a pool's size.
using amount = std::variant<shearpin::count, shearpin::fraction>;

/// "3" is three hosts; "95%", "0.95" and "2/3" are fractions.
inline std::optional<amount> read_amount(std::string_view text) {
    if (is_all_digits(text)) {
        if (const auto number = read_count(text)) return amount(*number);
    } else if (const auto share = shearpin::fraction::parse(text)) {
        return amount(*share);
    }
    return {};
}
/// "0.66", "66%", "2/3"; 1 is all of it.
inline std::optional<amount> read_fraction(std::string_view text) {
    if (const auto share = shearpin::fraction::parse(text)) return amount(*share);
    return {};
}

inline std::string spell(const amount& which) {
    if (const auto* const number = std::get_if<shearpin::count>(&which))
        return std::to_string(*number);
    shearpin::fixed_text<40> text;
    text.write([&](shearpin::writer& out) { std::get<shearpin::fraction>(which).spell(out); });
    return text;
}

/// The fraction; 0 for a number.
inline shearpin::fraction share_of(const amount& which) {
    const auto* const share = std::get_if<shearpin::fraction>(&which);
    return share != nullptr ? *share : shearpin::fraction();
}

/// Rounded to the side that keeps more.
inline shearpin::count as_floor(const amount& which, shearpin::count size) {
    const auto* const share = std::get_if<shearpin::fraction>(&which);
    return share != nullptr ? share->of_rounded_up(size) : std::get<shearpin::count>(which);
}
inline shearpin::count as_cap(const amount& which, shearpin::count size) {
    const auto* const share = std::get_if<shearpin::fraction>(&which);
    return share != nullptr ? share->of_rounded_down(size) : std::get<shearpin::count>(which);
}

}  // namespace fleet
