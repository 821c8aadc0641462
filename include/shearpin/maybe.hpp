// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace shearpin::inline v1 {

/// A small value that may be missing: what a checked conversion from data returns.
/// (std::optional would double what the core costs to include.)
template <class T> class [[nodiscard]] maybe {
    static_assert(__is_trivially_copyable(T), "maybe: the value is kept in a union");

public:
    constexpr maybe() noexcept : none_(0), there_(false) {}
    constexpr maybe(const T& given_value) noexcept : value_(given_value), there_(true) {}

    [[nodiscard]] constexpr bool has_value() const noexcept { return there_; }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return there_; }

    /// The value. Where there is none this traps: ask has_value() first.
    [[nodiscard]] constexpr const T& operator*() const& noexcept {
        if (!there_) __builtin_trap();
        return value_;
    }
    [[nodiscard]] constexpr T operator*() && noexcept { return *static_cast<const maybe&>(*this); }
    [[nodiscard]] constexpr const T* operator->() const noexcept { return &**this; }

    /// Equal to a value when there is one and it is that one.
    friend constexpr bool operator==(const maybe& left, const T& right) noexcept {
        return left.there_ && left.value_ == right;
    }

private:
    union {
        char none_;
        T value_;
    };
    bool there_;
};

}  // namespace shearpin::inline v1
