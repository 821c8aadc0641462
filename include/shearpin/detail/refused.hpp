// SPDX-License-Identifier: BSL-1.0
// What the compiler says at the line of a call, in words:
//   SHEARPIN_REFUSED(sentence, parameters), after the parameters of a consteval function that is
//     never defined: always;
//   SHEARPIN_REFUSED_IF(condition, sentence), after the parameters of a consteval function: where
//     the condition holds for its arguments, and on clang only. It is never the check: the function
//     checks for itself, and then calls a function that is never defined and whose name is the
//     sentence. g++ prints that name, below the user's line; clang alone would say no more than
//     "not a constant expression", and the name in a note.
#pragma once

#include <shearpin/count.hpp>

// clang warns that g++ knows no such attribute, which is why this is a macro.
#if defined(__clang__)
#define SHEARPIN_REFUSED_IF(condition, sentence)                                          \
    _Pragma("clang diagnostic push") _Pragma("clang diagnostic ignored \"-Wgcc-compat\"") \
        __attribute__((diagnose_if(condition, sentence "; see examples/errors.md",        \
                                   "error"))) _Pragma("clang diagnostic pop")
// What does not look at an argument comes too late: clang first says that the function has no body.
#define SHEARPIN_REFUSED(sentence, ...) SHEARPIN_REFUSED_IF(detail::always(__VA_ARGS__), sentence)
#else
#define SHEARPIN_REFUSED_IF(condition, sentence)
#define SHEARPIN_REFUSED(sentence, ...) \
    __attribute__((unavailable(sentence "; see examples/errors.md")))
#endif

namespace shearpin::inline v1::detail {

// Conditions. clang looks into them for every argument that overload resolution comes by, so they
// take anything, and are false of what is no number. Of several arguments the first counts.
template <class... Given> constexpr bool always(const Given&...) noexcept { return true; }
constexpr bool is_zero() noexcept { return false; }
constexpr bool is_negative() noexcept { return false; }
constexpr bool is_too_large() noexcept { return false; }
template <class First, class... Rest>
constexpr bool is_zero(const First& given_first, const Rest&...) noexcept {
    if constexpr (integer<First>)
        return given_first == 0;
    else if constexpr (requires { given_first.numerator(); })
        return given_first.numerator() == 0;
    else if constexpr (requires { given_first.value.numerator(); })
        return given_first.value.numerator() == 0;
    else
        return false;
}
template <class First, class... Rest>
constexpr bool is_negative(const First& given_first, const Rest&...) noexcept {
    if constexpr (signed_integer<First>)
        return given_first < 0;
    else
        return false;
}
template <class First, class... Rest>
constexpr bool is_too_large(const First& given_first, const Rest&...) noexcept {
    if constexpr (unsigned_integer<First>)
        return given_first > largest_count;
    else
        return false;
}
template <class Left, class Right>
constexpr bool is_more(const Left& left, const Right& right) noexcept {
    if constexpr (integer<Left> && integer<Right>)
        return counted(left) > counted(right);
    else
        return false;
}

}  // namespace shearpin::inline v1::detail
