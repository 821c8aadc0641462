// SPDX-License-Identifier: BSL-1.0
// How many? Found out from the arguments of the guarded call.
#pragma once

#include <shearpin/count.hpp>
#include <shearpin/detail/meta.hpp>
#include <shearpin/detail/static_errors.hpp>
#include <shearpin/text.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

namespace detail {

/// Whether an iterator can be walked twice. What can only be walked once says so by its category,
/// std::input_iterator_tag, the only one of those that is derived from none; and a class that is
/// derived from another can be initialized with it in braces. (<iterator> is dear to include.)
template <class Category> struct another_category {
    template <class T>
        requires(!is_same<T, Category>)
    operator T() const;
};
template <class Category>
concept single_pass = !requires { Category{another_category<Category>{}}; };
template <class It> constexpr bool can_be_walked_twice() {
    if constexpr (requires { typename It::iterator_concept; })
        return !single_pass<typename It::iterator_concept>;
    else if constexpr (requires { typename It::iterator_category; })
        return !single_pass<typename It::iterator_category>;
    else
        return true;
}

/// A range that knows its size and can be walked twice. Text is never one: std::string("host1")
/// is not five hosts.
template <class R>
concept list_class = __is_class(R) && !string_like<R> &&
                     requires(R& given) {
                         { given.size() } -> converts_to<count>;
                         given.begin() != given.end();
                         *given.begin();
                     } && integer<bare<decltype(declval<R&>().size())>> &&
                     !is_character<bare<decltype(*declval<R&>().begin())>> &&
                     can_be_walked_twice<bare<decltype(declval<R&>().begin())>>();

template <class R> inline constexpr bool is_list_array = false;
template <class T, std::size_t N>
inline constexpr bool is_list_array<T[N]> = !is_character<bare<T>>;

template <class A>
concept list = list_class<bare<A>> || is_list_array<bare<A>>;

template <class R> constexpr auto list_begin(R& given) {
    if constexpr (is_array<R>)
        return given + 0;
    else
        return given.begin();
}
template <class R> constexpr auto list_end(R& given) {
    if constexpr (is_array<R>)
        return given + sizeof(R) / sizeof(given[0]);
    else
        return given.end();
}
template <class R> constexpr count list_size(R& given) {
    if constexpr (is_array<R>)
        return sizeof(R) / sizeof(given[0]);
    else
        return counted(given.size());
}

/// The type of a list's targets.
template <class R> using target_of = bare<decltype(*detail::list_begin(declval<R&>()))>;

/// How targets of two lists are compared: text as text, whatever its type, all else as it is.
template <class T> using compared_as = choose<converts_to<const T&, text_view>, text_view, T>;

/// A list of lists: is one of those a target, or each that stands in it? One of bytes is an id.
template <class A> constexpr bool is_nested_list() {
    if constexpr (list<A>) {
        if constexpr (list<target_of<bare<A>>>)
            return sizeof(target_of<target_of<bare<A>>>) > 1;
        else
            return false;
    } else {
        return false;
    }
}

/// A number that is part of its type, such as std::integral_constant<int, 5>.
template <class A>
concept constant_number = __is_class(A) && requires {
    typename A::value_type;
    requires integer<typename A::value_type>;
    requires integer<bare<decltype(A::value)>>;
} && converts_to<const A&, count>;

/// How many, where the type says it; 0 where it does not (and for an array of none).
template <class A> inline constexpr count static_count = 0;
template <class T, std::size_t N> inline constexpr count static_count<T[N]> = N;
template <constant_number A> inline constexpr count static_count<A> = counted(A::value);
template <class A>
    requires(list_class<A> &&
             requires {
                 { A::extent } -> same_as<const std::size_t&>;
             })
inline constexpr count static_count<A> = A::extent == static_cast<std::size_t>(-1) ? 0 : A::extent;
// An aggregate of N elements and nothing else is std::array or like it; a vector of fixed capacity
// is no aggregate.
template <template <class, std::size_t> class Array, class T, std::size_t N>
    requires(__is_aggregate(Array<T, N>) && list_class<Array<T, N>> &&
             sizeof(Array<T, N>) == N * sizeof(T))
inline constexpr count static_count<Array<T, N>> = N;

/// An argument that its caller has marked as the one that counts.
template <class T> struct marked_targets {
    T&& held;
};
template <class A> inline constexpr bool is_marked = false;
template <class T> inline constexpr bool is_marked<marked_targets<T>> = true;

template <class A> struct without_mark {
    using type = A;
};
template <class T> struct without_mark<marked_targets<T>> {
    using type = T;
};
template <class A> using unmarked = typename without_mark<bare<A>>::type;

/// What the guarded callable gets: the argument itself, untouched.
template <class A> struct handed_on {
    using type = A&&;
};
template <class A>
    requires(is_marked<bare<A>>)
struct handed_on<A> {
    using type = unmarked<A>&&;
};

template <class A> constexpr typename handed_on<A>::type hand_on(A& argument) noexcept {
    if constexpr (is_marked<bare<A>>)
        return static_cast<unmarked<A>&&>(argument.held);
    else
        return static_cast<A&&>(argument);
}

template <class A> inline constexpr bool can_say = integer<A> || constant_number<A> || list<A>;
template <class T> inline constexpr bool can_say<marked_targets<T>> = true;

/// Which argument says how many: its index, or one of these.
inline constexpr std::size_t none_says = static_cast<std::size_t>(-1);
inline constexpr std::size_t several_say = static_cast<std::size_t>(-2);

template <class... Args> constexpr std::size_t saying_argument() {
    constexpr std::size_t number_marked = (std::size_t{is_marked<bare<Args>>} + ... + 0);
    std::size_t found = none_says;
    std::size_t at = 0;
    [[maybe_unused]] const auto look = [&](bool says) {
        if (says) found = found == none_says ? at : several_say;
        ++at;
    };
    (look(number_marked != 0 ? is_marked<bare<Args>> : can_say<bare<Args>>), ...);
    return found;
}

template <std::size_t I, class First, class... Rest>
constexpr auto& argument_at(First& first_argument, Rest&... others) noexcept {
    if constexpr (I == 0)
        return first_argument;
    else
        return detail::argument_at<I - 1>(others...);
}

/// What a call asks for: an amount,
struct asked_amount {
    static constexpr bool has_targets = false;
    count number;
    [[nodiscard]] constexpr count heads() const noexcept { return number; }
};
/// or targets: a list of the caller's,
template <class R> struct asked_targets {
    static constexpr bool has_targets = true;
    using target = target_of<R>;
    R* list;
    [[nodiscard]] constexpr count heads() const { return list_size(*list); }
    [[nodiscard]] constexpr R& targets() const noexcept { return *list; }
};
/// or the list that a counting function has made.
template <class R> struct found_targets {
    static constexpr bool has_targets = true;
    using target = target_of<R>;
    mutable R list;
    [[nodiscard]] constexpr count heads() const { return list_size(list); }
    [[nodiscard]] constexpr R& targets() const noexcept { return list; }
};

template <class A> constexpr auto read_asked(A& argument) {
    if constexpr (is_marked<bare<A>>)
        return detail::read_asked(argument.held);
    else if constexpr (integer<bare<A>>)
        return asked_amount{counted(argument)};
    else if constexpr (constant_number<bare<A>>)
        return asked_amount{counted(bare<A>::value)};
    else
        return asked_targets<A>{&argument};
}

/// The default way of counting: the one argument that is an integer or a sized range.
struct counts_arguments {
    template <class... Args> static constexpr std::size_t saying = saying_argument<Args...>();

    template <class... Args> constexpr auto operator()(Args&... arguments) const {
        return read_asked(detail::argument_at<saying<Args...>>(arguments...));
    }
};

/// The user's way, given by .counting(f).
template <class F> struct counts_by {
    [[no_unique_address]] mutable F function;

    template <class... Args> constexpr auto operator()(Args&... arguments) const {
        using answer_type = bare<decltype(function(arguments...))>;
        if constexpr (integer<answer_type>)
            return asked_amount{counted(function(arguments...))};
        else
            return found_targets<answer_type>{function(arguments...)};
    }
};

/// Writes what a target or a pool is called: text and numbers as they are, an enumerator by its
/// number, another type by a function `to_text(thing)` that stands beside it. False where there is
/// no such function.
template <class T> constexpr bool put_name(writer& out, const T& thing) {
    if constexpr (requires {
                      { to_text(thing) } -> converts_to<text_view>;
                  })
        out.put(text_view(to_text(thing)));
    else if constexpr (c_string<T>) {
        const char* const letters = thing;
        out.put(letters == nullptr ? "(null)" : letters);
    } else if constexpr (converts_to<const T&, text_view>)
        out.put(text_view(thing));
    else if constexpr (unsigned_integer<T>)
        out.put(count{thing});
    else if constexpr (signed_integer<T>)
        out.put(thing < 0 ? "-" : "").put(thing < 0 ? ~counted(thing) + 1 : counted(thing));
    else if constexpr (__is_enum(T))
        return detail::put_name(out, static_cast<__underlying_type(T)>(thing));
    else
        return false;
    return true;
}

}  // namespace detail

/// Marks the argument that says how many, where several could: remove(connection, targets(ids), 5).
/// The removal gets the argument itself.
template <class T>
    requires detail::can_say<detail::bare<T>>
constexpr detail::marked_targets<T> targets(T&& which) noexcept {
    return {static_cast<T&&>(which)};
}
template <class T>
    requires(!detail::can_say<detail::bare<T>>)
targets_must_be_an_integer_or_a_sized_range<T> targets(T&& which) noexcept;

}  // namespace shearpin::inline v1
