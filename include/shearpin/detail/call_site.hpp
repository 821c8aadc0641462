// SPDX-License-Identifier: BSL-1.0
// The calls of a guard. The place of a call comes from a defaulted last parameter, which cannot
// follow a parameter pack: so there is one overload for each number of arguments up to six; more
// go through call_from and its like, which take the place first.
#pragma once

#include <shearpin/decision.hpp>
#include <shearpin/detail/meta.hpp>
#include <shearpin/place.hpp>

namespace shearpin::inline v1::detail {

enum class calling : unsigned char { directly, trying, checking, reserving };

/// What is wrong with a call of Guard with these arguments, as far as that is known when it is
/// compiled: void, or a type that is never defined.
template <class Where, class Guard, calling How, class... Args> struct call_flaw_of {
    using type = void;
};
template <class Guard, calling How, class... Args> struct call_flaw_of<place, Guard, How, Args...> {
    using type = typename decltype(Guard::template find_flaw<How, Args...>())::type;
};
template <class Where, class Guard, calling How, class... Args>
using call_flaw = typename call_flaw_of<Where, Guard, How, Args...>::type;

// Where is the type of what stands at the place's position: it is asked first, so that a call is
// never looked into (and a user's generic removal never instantiated) with an argument too few.
template <class Where, class Guard, calling How, class... Args>
concept sound_call = is_same<Where, place> && is_same<call_flaw<Where, Guard, How, Args...>, void>;
template <class Where, class Guard, calling How, class... Args>
concept flawed_call =
    is_same<Where, place> && !is_same<call_flaw<Where, Guard, How, Args...>, void>;

/// An argument, and not the place that a caller hands on.
template <class A>
concept argument = !is_same<bare<A>, place>;

/// Gives Guard its calls: operator(), try_call and check, each with the place of the caller.
/// Every one comes twice: for sound calls, and for flawed ones. The latter are never defined; their
/// return type is the compiler's message.
template <class Guard> class call_site {
public:
// One call, for one number of arguments. TEMPLATE, PARAMETERS, TYPES and VALUES are lists in
// parentheses; PARAMETERS end with a comma, the others begin with one. Self is Guard, but only
// looked into at the call: Guard is not complete here.
#define SHEARPIN_CALL(NAME, HOW, RETURNED, TEMPLATE, PARAMETERS, TYPES, VALUES)        \
    template <class Self = Guard SHEARPIN_LIST TEMPLATE, class Where = place>          \
        requires sound_call<Where, Self, calling::HOW SHEARPIN_LIST TYPES>             \
    RETURNED NAME(SHEARPIN_LIST PARAMETERS Where call_place = place::here()) const {   \
        return self().template call_at<calling::HOW>(call_place SHEARPIN_LIST VALUES); \
    }                                                                                  \
    template <class Self = Guard SHEARPIN_LIST TEMPLATE, class Where = place,          \
              class Flaw = call_flaw<Where, Self, calling::HOW SHEARPIN_LIST TYPES>>   \
        requires flawed_call<Where, Self, calling::HOW SHEARPIN_LIST TYPES>            \
    Flaw NAME(SHEARPIN_LIST PARAMETERS Where call_place = place::here()) const;
#define SHEARPIN_LIST(...) __VA_ARGS__
#define SHEARPIN_CALLS(...)                                          \
    SHEARPIN_CALL(operator(), directly, decltype(auto), __VA_ARGS__) \
    SHEARPIN_CALL(try_call, trying, auto, __VA_ARGS__)               \
    SHEARPIN_CALL(check, checking, decision, __VA_ARGS__)            \
    SHEARPIN_CALL(reserve, reserving, auto, __VA_ARGS__)

    // clang-format off
    SHEARPIN_CALLS((), (), (), ())
    SHEARPIN_CALLS((, argument Arg1),
                   (Arg1&& arg1,),
                   (, Arg1),
                   (, static_cast<Arg1&&>(arg1)))
    SHEARPIN_CALLS((, argument Arg1, argument Arg2),
                   (Arg1&& arg1, Arg2&& arg2,),
                   (, Arg1, Arg2),
                   (, static_cast<Arg1&&>(arg1), static_cast<Arg2&&>(arg2)))
    SHEARPIN_CALLS((, argument Arg1, argument Arg2, argument Arg3),
                   (Arg1&& arg1, Arg2&& arg2, Arg3&& arg3,),
                   (, Arg1, Arg2, Arg3),
                   (, static_cast<Arg1&&>(arg1), static_cast<Arg2&&>(arg2), static_cast<Arg3&&>(arg3)))
    SHEARPIN_CALLS((, argument Arg1, argument Arg2, argument Arg3, argument Arg4),
                   (Arg1&& arg1, Arg2&& arg2, Arg3&& arg3, Arg4&& arg4,),
                   (, Arg1, Arg2, Arg3, Arg4),
                   (, static_cast<Arg1&&>(arg1), static_cast<Arg2&&>(arg2), static_cast<Arg3&&>(arg3), static_cast<Arg4&&>(arg4)))
    SHEARPIN_CALLS((, argument Arg1, argument Arg2, argument Arg3, argument Arg4, argument Arg5),
                   (Arg1&& arg1, Arg2&& arg2, Arg3&& arg3, Arg4&& arg4, Arg5&& arg5,),
                   (, Arg1, Arg2, Arg3, Arg4, Arg5),
                   (, static_cast<Arg1&&>(arg1), static_cast<Arg2&&>(arg2), static_cast<Arg3&&>(arg3), static_cast<Arg4&&>(arg4), static_cast<Arg5&&>(arg5)))
    SHEARPIN_CALLS((, argument Arg1, argument Arg2, argument Arg3, argument Arg4, argument Arg5, argument Arg6),
                   (Arg1&& arg1, Arg2&& arg2, Arg3&& arg3, Arg4&& arg4, Arg5&& arg5, Arg6&& arg6,),
                   (, Arg1, Arg2, Arg3, Arg4, Arg5, Arg6),
                   (, static_cast<Arg1&&>(arg1), static_cast<Arg2&&>(arg2), static_cast<Arg3&&>(arg3), static_cast<Arg4&&>(arg4), static_cast<Arg5&&>(arg5), static_cast<Arg6&&>(arg6)))
    // clang-format on

    /// The same for any number of arguments, with the place of the call first:
    /// remove.call_from(shearpin::place::here(), arguments...).
    template <class... Args>
        requires sound_call<place, Guard, calling::directly, Args...>
    decltype(auto) call_from(place call_place, Args&&... arguments) const {
        return self().template call_at<calling::directly>(call_place,
                                                          static_cast<Args&&>(arguments)...);
    }
    template <class... Args>
        requires sound_call<place, Guard, calling::trying, Args...>
    auto try_call_from(place call_place, Args&&... arguments) const {
        return self().template call_at<calling::trying>(call_place,
                                                        static_cast<Args&&>(arguments)...);
    }
    template <class... Args>
        requires sound_call<place, Guard, calling::checking, Args...>
    decision check_from(place call_place, Args&&... arguments) const {
        return self().template call_at<calling::checking>(call_place,
                                                          static_cast<Args&&>(arguments)...);
    }
    template <class... Args>
        requires sound_call<place, Guard, calling::reserving, Args...>
    auto reserve_from(place call_place, Args&&... arguments) const {
        return self().template call_at<calling::reserving>(call_place,
                                                           static_cast<Args&&>(arguments)...);
    }
    template <class... Args, class Flaw = call_flaw<place, Guard, calling::reserving, Args...>>
        requires flawed_call<place, Guard, calling::reserving, Args...>
    Flaw reserve_from(place call_place, Args&&... arguments) const;
    template <class... Args, class Flaw = call_flaw<place, Guard, calling::directly, Args...>>
        requires flawed_call<place, Guard, calling::directly, Args...>
    Flaw call_from(place call_place, Args&&... arguments) const;
    template <class... Args, class Flaw = call_flaw<place, Guard, calling::trying, Args...>>
        requires flawed_call<place, Guard, calling::trying, Args...>
    Flaw try_call_from(place call_place, Args&&... arguments) const;
    template <class... Args, class Flaw = call_flaw<place, Guard, calling::checking, Args...>>
        requires flawed_call<place, Guard, calling::checking, Args...>
    Flaw check_from(place call_place, Args&&... arguments) const;

#undef SHEARPIN_CALLS
#undef SHEARPIN_LIST
#undef SHEARPIN_CALL

private:
    [[nodiscard]] constexpr const Guard& self() const noexcept {
        return static_cast<const Guard&>(*this);
    }
};

}  // namespace shearpin::inline v1::detail
