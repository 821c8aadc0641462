// SPDX-License-Identifier: BSL-1.0
// What a guard does when it refuses and was called by operator(). The response is part of the
// guard's type, so that files built with and without exceptions can be linked together.
#pragma once

#include <shearpin/detail/meta.hpp>
#include <shearpin/refusal.hpp>

#if defined(__cpp_exceptions)
#include <shearpin/throwing.hpp>
#endif

namespace shearpin::inline v1 {

struct terminates;  // in terminating.hpp

namespace detail {

/// Whether what a handler returns can be returned from the guarded call. A reference must come from
/// a reference: one that is bound to a value would outlive it.
template <class Handled, class Result>
concept stands_in_for = is_same<Handled, Result> || converts_to<Handled, Result>;
template <class Handled, class Result>
concept refers_in_place_of = is_reference<Handled> && stands_in_for<Handled, Result> &&
                             converts_to<bare_reference<Handled>*, bare_reference<Result>*>;

}  // namespace detail

/// Calls the user's function with the refusal, and returns what it returns from the guarded call.
/// A function that returns nothing is enough where the removal returns nothing, or where it does
/// not come back; if it does come back without a result, the program is aborted. One that returns
/// something else than the removal does not compile.
template <class Handler> struct handles {
    [[no_unique_address]] mutable Handler handler;  ///< the user's function

    /// What the function returns.
    using handled = decltype(detail::declval<Handler&>()(detail::declval<const refusal&>()));
    /// Whether that can be returned from a guarded call that gives a Result.
    template <class Result>
    static constexpr bool answers =
        detail::is_same<handled, void> || detail::is_same<Result, void> ||
        (detail::is_reference<Result> ? detail::refers_in_place_of<handled, Result>
                                      : detail::stands_in_for<handled, Result>);

    /// Calls the function. Aborts where it comes back with nothing and a Result is asked for.
    template <class Result> Result refuse(const refusal& reasons) const {
        if constexpr (answers<Result> && !detail::one_of<void, handled, Result>) {
            return handler(reasons);
        } else {
            handler(reasons);
            if constexpr (!detail::is_same<Result, void>) __builtin_abort();
        }
    }
};

/// Where there are no exceptions there is no way to refuse from operator(): use try_call, or give
/// the guard or_terminate() or on_refusal(f).
struct cannot_throw {};

/// What a refused call does where the guard is told nothing else: it throws where it can.
#if defined(__cpp_exceptions)
using default_response = throws;
#else
using default_response = cannot_throw;
#endif

}  // namespace shearpin::inline v1
