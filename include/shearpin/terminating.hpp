// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/refusal.hpp>

#include <stdio.h>

namespace shearpin::inline v1 {

/// Prints the refusal to standard error and aborts.
struct terminates {
    /// Never comes back.
    template <class Result> [[noreturn]] Result refuse(const refusal& reasons) const {
        ::fputs(reasons.message().c_str(), stderr);
        ::fputs("\n", stderr);
        __builtin_abort();
    }
};

}  // namespace shearpin::inline v1
