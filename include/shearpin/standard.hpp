// SPDX-License-Identifier: BSL-1.0
// For programs whose standard library has std::source_location, std::format or std::expected: what
// is there is taken, and what is not is left out. No type of the library depends on it, so object
// files built with and without it can be linked together.
#pragma once

#include <shearpin/place.hpp>
#include <shearpin/refusal.hpp>
#include <shearpin/result.hpp>

#include <version>

#if defined(__cpp_lib_source_location)
#include <source_location>
#endif
#if defined(__cpp_lib_format)
#include <format>
#include <string_view>
#endif
#if defined(__cpp_lib_expected)
#include <expected>
#endif

namespace shearpin::inline v1 {

#if defined(__cpp_lib_source_location)
/// For a function of yours that takes a std::source_location already: the last argument of a
/// guard's call, `remove(hosts, place_of(where))`. Costs nothing.
[[nodiscard]] constexpr place place_of(const std::source_location& where) noexcept {
    return place::here(where.file_name(), where.line(), where.function_name());
}
#endif

#if defined(__cpp_lib_expected)
/// A result as std::expected, for code that is written with and_then and transform. Moves what the
/// removal returned; of a reference, refers to it by pointer.
template <class T> [[nodiscard]] std::expected<T, refusal> to_expected(result<T>&& outcome) {
    if (!outcome) return std::unexpected(outcome.error());
    if constexpr (detail::is_same<T, void>)
        return {};
    else
        return std::expected<T, refusal>(static_cast<result<T>&&>(outcome).value());
}
template <class T> std::expected<T*, refusal> to_expected(result<T&>&& outcome) {
    if (!outcome) return std::unexpected(outcome.error());
    return __builtin_addressof(outcome.value());
}
#endif

}  // namespace shearpin::inline v1

#if defined(__cpp_lib_format)
/// `std::format("{}", refusal)` is its message; a width and an alignment are taken as for text.
template <> struct std::formatter<shearpin::refusal> : std::formatter<std::string_view> {
    template <class Context> auto format(const shearpin::refusal& why, Context& context) const {
        const shearpin::refusal_text words = why.message();
        return std::formatter<std::string_view>::format({words.data(), words.size()}, context);
    }
};
/// All texts of the library: names, reasons, messages.
template <> struct std::formatter<shearpin::text_view> : std::formatter<std::string_view> {
    template <class Context> auto format(shearpin::text_view words, Context& context) const {
        return std::formatter<std::string_view>::format({words.data(), words.size()}, context);
    }
};
template <std::size_t N>
struct std::formatter<shearpin::fixed_text<N>> : std::formatter<std::string_view> {
    template <class Context>
    auto format(const shearpin::fixed_text<N>& words, Context& context) const {
        return std::formatter<std::string_view>::format({words.data(), words.size()}, context);
    }
};
#endif
