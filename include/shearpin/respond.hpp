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

/// Calls the user's function with the refusal, and returns what it returns from the guarded call.
/// A function that returns nothing is enough where the removal returns nothing, or where it does
/// not come back; if it does come back without a result, the program is aborted.
template <class Handler> struct handles {
    [[no_unique_address]] mutable Handler handler;

    template <class Result> Result refuse(const refusal& reasons) const {
        if constexpr (requires {
                          { handler(reasons) } -> detail::converts_to<Result>;
                      }) {
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

#if defined(__cpp_exceptions)
using default_response = throws;
#else
using default_response = cannot_throw;
#endif

}  // namespace shearpin::inline v1
