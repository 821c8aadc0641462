// SPDX-License-Identifier: BSL-1.0
// The response of throwing. The only header that needs exceptions; everything else compiles
// without them.
#pragma once

#include <shearpin/refusal.hpp>

#include <new>  // brings std::exception with it, at a sixth of what <exception> costs to include

namespace shearpin::inline v1 {

/// Thrown at the call of a guard whose removal is refused. what() is the refusal's text, why() the
/// refusal itself.
class removal_refused : public std::exception {
public:
    explicit removal_refused(const refusal& reasons) : why_(reasons), text_(reasons.message()) {}

    /// The refusal's message. Lives as long as the exception.
    [[nodiscard]] const char* what() const noexcept override { return text_.c_str(); }
    /// The refusal, with all that a program may ask of it. Lives as long as the exception.
    [[nodiscard]] const refusal& why() const noexcept { return why_; }

private:
    refusal why_;
    refusal_text text_;
};

/// Throws removal_refused.
struct throws {
    /// Never comes back.
    template <class Result> [[noreturn]] Result refuse(const refusal& reasons) const {
        throw removal_refused(reasons);
    }
};

}  // namespace shearpin::inline v1
