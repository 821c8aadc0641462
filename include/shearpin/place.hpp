// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace shearpin::inline v1 {

/// Where a guarded call stands in the source: what a refusal points at.
/// Every call of a guard takes one as its last, defaulted argument; a helper that wraps a guard may
/// take a `place` in the same way and hand it on, and the refusal then names the helper's caller.
class place {
public:
    /// The place of the outermost call in which this is a default argument.
    /// Built from the compilers' builtins: clang 14 has no std::source_location.
    static constexpr place here(const char* file_name = __builtin_FILE(),
                                unsigned line_number = __builtin_LINE(),
                                const char* function_name = __builtin_FUNCTION()) noexcept {
        return place(file_name, line_number, function_name);
    }

    /// The file, as its name was given to the compiler.
    [[nodiscard]] constexpr const char* file() const noexcept { return file_; }
    /// The line, counted from 1.
    [[nodiscard]] constexpr unsigned line() const noexcept { return line_; }
    /// The function's name, as __builtin_FUNCTION tells it.
    [[nodiscard]] constexpr const char* function() const noexcept { return function_; }

private:
    constexpr place(const char* file_name, unsigned line_number, const char* function_name) noexcept
        : file_(file_name), function_(function_name), line_(line_number) {}

    const char* file_;
    const char* function_;
    unsigned line_;
};

}  // namespace shearpin::inline v1
