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

/// The same of a call whose last argument may be the place that a caller hands on.
template <class... Args> struct arguments {};
template <class Guard, calling How, class Seen, class... Args> struct flaw_before_place;
template <class Guard, calling How, class... Seen>
struct flaw_before_place<Guard, How, arguments<Seen...>> {
    using type = call_flaw<place, Guard, How, Seen...>;
};
template <class Guard, calling How, class... Seen, class Last>
    requires(is_same<bare<Last>, place>)
struct flaw_before_place<Guard, How, arguments<Seen...>, Last>
    : flaw_before_place<Guard, How, arguments<Seen...>> {};
template <class Guard, calling How, class... Seen, class Next, class... Rest>
struct flaw_before_place<Guard, How, arguments<Seen...>, Next, Rest...>
    : flaw_before_place<Guard, How, arguments<Seen..., Next>, Rest...> {};
template <class Guard, calling How, class... Args>
using any_flaw = typename flaw_before_place<Guard, How, arguments<>, Args...>::type;

/// An argument, and not the place that a caller hands on.
template <class A>
concept argument = !is_same<bare<A>, place>;

/// CALLS(TEMPLATE, PARAMETERS, TYPES, VALUES) for each number of arguments: lists in parentheses,
/// of which PARAMETERS ends with a comma, and the others begin with one.
#define SHEARPIN_FOR_EACH_NUMBER_OF_ARGUMENTS(CALLS)                                              \
    CALLS((), (), (), ())                                                                         \
    CALLS((, argument Arg1), (Arg1 && arg1, ), (, Arg1), (, static_cast<Arg1&&>(arg1)))           \
    CALLS((, argument Arg1, argument Arg2), (Arg1 && arg1, Arg2 && arg2, ), (, Arg1, Arg2),       \
          (, static_cast<Arg1&&>(arg1), static_cast<Arg2&&>(arg2)))                               \
    CALLS((, argument Arg1, argument Arg2, argument Arg3),                                        \
          (Arg1 && arg1, Arg2 && arg2, Arg3 && arg3, ), (, Arg1, Arg2, Arg3),                     \
          (, static_cast<Arg1&&>(arg1), static_cast<Arg2&&>(arg2), static_cast<Arg3&&>(arg3)))    \
    CALLS((, argument Arg1, argument Arg2, argument Arg3, argument Arg4),                         \
          (Arg1 && arg1, Arg2 && arg2, Arg3 && arg3, Arg4 && arg4, ), (, Arg1, Arg2, Arg3, Arg4), \
          (, static_cast<Arg1&&>(arg1), static_cast<Arg2&&>(arg2), static_cast<Arg3&&>(arg3),     \
           static_cast<Arg4&&>(arg4)))                                                            \
    CALLS((, argument Arg1, argument Arg2, argument Arg3, argument Arg4, argument Arg5),          \
          (Arg1 && arg1, Arg2 && arg2, Arg3 && arg3, Arg4 && arg4, Arg5 && arg5, ),               \
          (, Arg1, Arg2, Arg3, Arg4, Arg5),                                                       \
          (, static_cast<Arg1&&>(arg1), static_cast<Arg2&&>(arg2), static_cast<Arg3&&>(arg3),     \
           static_cast<Arg4&&>(arg4), static_cast<Arg5&&>(arg5)))                                 \
    CALLS((, argument Arg1, argument Arg2, argument Arg3, argument Arg4, argument Arg5,           \
           argument Arg6),                                                                        \
          (Arg1 && arg1, Arg2 && arg2, Arg3 && arg3, Arg4 && arg4, Arg5 && arg5, Arg6 && arg6, ), \
          (, Arg1, Arg2, Arg3, Arg4, Arg5, Arg6),                                                 \
          (, static_cast<Arg1&&>(arg1), static_cast<Arg2&&>(arg2), static_cast<Arg3&&>(arg3),     \
           static_cast<Arg4&&>(arg4), static_cast<Arg5&&>(arg5), static_cast<Arg6&&>(arg6)))

/// The calls of one name. Self is Guard, but only looked into at the call: Guard is not complete
/// here. What is wrong with a flawed call is known from its arguments alone: so one overload, which
/// is never defined, takes any number of them.
#define SHEARPIN_CALL(NAME, HOW, RETURNED, TEMPLATE, PARAMETERS, TYPES, VALUES)        \
    template <class Self = Guard SHEARPIN_LIST TEMPLATE, class Where = place>          \
        requires sound_call<Where, Self, calling::HOW SHEARPIN_LIST TYPES>             \
    RETURNED NAME(SHEARPIN_LIST PARAMETERS Where call_place = place::here()) const {   \
        return self().template call_at<calling::HOW>(call_place SHEARPIN_LIST VALUES); \
    }
#define SHEARPIN_FLAWED_CALL(NAME, HOW)                           \
    template <class... Args, class Self = Guard,                  \
              class Flaw = any_flaw<Self, calling::HOW, Args...>> \
        requires(!is_same<Flaw, void>)                            \
    Flaw NAME(Args&&... arguments) const;
#define SHEARPIN_FLAWED_CALL_FROM(NAME, HOW)                              \
    template <class... Args, class Self = Guard,                          \
              class Flaw = call_flaw<place, Self, calling::HOW, Args...>> \
        requires flawed_call<place, Self, calling::HOW, Args...>          \
    Flaw NAME(place call_place, Args&&... arguments) const;
#define SHEARPIN_CALL_FROM(NAME, HOW, RETURNED)                                          \
    template <class... Args>                                                             \
        requires sound_call<place, Guard, calling::HOW, Args...>                         \
    RETURNED NAME(place call_place, Args&&... arguments) const {                         \
        return self().template call_at<calling::HOW>(call_place,                         \
                                                     static_cast<Args&&>(arguments)...); \
    }                                                                                    \
    SHEARPIN_FLAWED_CALL_FROM(NAME, HOW)
#define SHEARPIN_LIST(...) __VA_ARGS__

/// Gives Guard its calls: operator(), try_call and check, each with the place of the caller.
template <class Guard> class call_site {
public:
#define SHEARPIN_CALLS(...)                                          \
    SHEARPIN_CALL(operator(), directly, decltype(auto), __VA_ARGS__) \
    SHEARPIN_CALL(try_call, trying, auto, __VA_ARGS__)               \
    SHEARPIN_CALL(check, checking, decision, __VA_ARGS__)
    SHEARPIN_FOR_EACH_NUMBER_OF_ARGUMENTS(SHEARPIN_CALLS)
#undef SHEARPIN_CALLS
    SHEARPIN_FLAWED_CALL(operator(), directly)
    SHEARPIN_FLAWED_CALL(try_call, trying)
    SHEARPIN_FLAWED_CALL(check, checking)

    /// The same for any number of arguments, with the place of the call first:
    /// remove.call_from(shearpin::place::here(), arguments...).
    SHEARPIN_CALL_FROM(call_from, directly, decltype(auto))
    SHEARPIN_CALL_FROM(try_call_from, trying, auto)
    SHEARPIN_CALL_FROM(check_from, checking, decision)

private:
    [[nodiscard]] constexpr const Guard& self() const noexcept {
        return static_cast<const Guard&>(*this);
    }
};

/// The same for removals that are only started: reserve. It needs a ledger; see reserve_site.hpp.
template <class Guard, bool HasLedger> class reserve_site {
public:
    SHEARPIN_FLAWED_CALL(reserve, reserving)
    SHEARPIN_FLAWED_CALL_FROM(reserve_from, reserving)
};

}  // namespace shearpin::inline v1::detail
