// SPDX-License-Identifier: BSL-1.0
// The few type traits that the core needs. <type_traits> alone would cost as much to include as
// the whole core, so they are written out here.
#pragma once

#include <cstddef>

namespace shearpin::inline v1::detail {

template <class T> struct bare_of {
    using type = T;
};
template <class T> struct bare_of<const T> {
    using type = T;
};
template <class T> struct bare_of<volatile T> {
    using type = T;
};
template <class T> struct bare_of<const volatile T> {
    using type = T;
};
template <class T> struct bare_of<T&> : bare_of<T> {};
template <class T> struct bare_of<T&&> : bare_of<T> {};

/// T without reference, const and volatile.
template <class T> using bare = typename bare_of<T>::type;

template <class T, class U> inline constexpr bool is_same = false;
template <class T> inline constexpr bool is_same<T, T> = true;

template <class T, class U>
concept same_as = is_same<T, U>;
template <class T, class... Us>
concept one_of = (is_same<T, Us> || ...);

template <class T> inline constexpr bool is_lvalue = false;
template <class T> inline constexpr bool is_lvalue<T&> = true;

template <class T> inline constexpr bool is_reference = false;
template <class T> inline constexpr bool is_reference<T&> = true;
template <class T> inline constexpr bool is_reference<T&&> = true;

template <class T> struct without_reference {
    using type = T;
};
template <class T> struct without_reference<T&> {
    using type = T;
};
template <class T> struct without_reference<T&&> {
    using type = T;
};
/// T without reference.
template <class T> using bare_reference = typename without_reference<T>::type;

template <class T> inline constexpr bool is_array = false;
template <class T, std::size_t N> inline constexpr bool is_array<T[N]> = true;

template <class T> inline constexpr bool is_pointer = false;
template <class T> inline constexpr bool is_pointer<T*> = true;

template <class T> inline constexpr bool is_member_pointer = false;
template <class M, class C> inline constexpr bool is_member_pointer<M C::*> = true;

template <bool Which, class Yes, class No> struct choose_of {
    using type = Yes;
};
template <class Yes, class No> struct choose_of<false, Yes, No> {
    using type = No;
};
template <bool Which, class Yes, class No> using choose = typename choose_of<Which, Yes, No>::type;

/// A parameter that is only read: by value where that is a plain copy.
template <class T> struct passed_as {
    using type = choose<__is_trivially_copyable(T), T, const T&>;
};
template <class T> using passed = typename passed_as<T>::type;

template <class T> T&& declval() noexcept;

/// What a by-value parameter would be: arrays and functions become pointers.
template <class T> T by_value(T);
template <class T> using decayed = decltype(detail::by_value(detail::declval<T>()));

template <class From, class To>
concept converts_to =
    requires(void (&sink)(To), From&& source) { sink(static_cast<From&&>(source)); };

template <class T>
inline constexpr bool is_character = one_of<T, char, wchar_t, char8_t, char16_t, char32_t>;

/// The integer types that can say how many. `bool`, characters and enumerations are not amounts.
template <class T>
concept signed_integer = one_of<T, signed char, short, int, long, long long>;
template <class T>
concept unsigned_integer =
    one_of<T, unsigned char, unsigned short, unsigned, unsigned long, unsigned long long>;
template <class T>
concept integer = signed_integer<T> || unsigned_integer<T>;

/// A type as a value, so that a function can return one that is never defined.
template <class T> struct tag {
    using type = T;
};

/// What large classes and functions inside are parameterised with, so that they cost those nothing
/// who include and do not use them: a template's functions are compiled when they are called, those
/// of a plain class at once, with all that they do with std::vector.
struct when_used {};
/// T, of which a template knows nothing until it is used itself.
template <class T, class When> struct deferred_of {
    using type = T;
};
template <class T, class When> using deferred = typename deferred_of<T, When>::type;

template <std::size_t... Is> struct indexes {};

#if defined(__clang__)
template <class T, T... Is> struct as_indexes {
    using type = indexes<Is...>;
};
template <std::size_t N>
using make_indexes = typename __make_integer_seq<as_indexes, std::size_t, N>::type;
#else
template <std::size_t N> using make_indexes = indexes<__integer_pack(N)...>;
#endif

}  // namespace shearpin::inline v1::detail
