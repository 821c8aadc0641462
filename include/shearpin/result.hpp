// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/decision.hpp>
#include <shearpin/detail/meta.hpp>
#include <shearpin/refusal.hpp>

#include <new>

namespace shearpin::inline v1 {

namespace detail {

/// Says that what follows is what the removal returned, even where that is a refusal.
struct as_returned {};

}  // namespace detail

/// What a removal returned, or why it was refused: the answer of `try_call`, for code that does
/// not use exceptions. (std::expected is C++23; this has its most used functions.)
/// T may be a reference, or void.
template <class T> class [[nodiscard("a refusal must not be lost")]] result {
    using stored = detail::choose<detail::is_lvalue<T>, detail::bare_reference<T>*, T>;

public:
    template <class U>
        requires(!detail::is_same<detail::bare<U>, result> &&
                 !detail::is_same<detail::bare<U>, refusal>)
    constexpr result(U&& given) : result(detail::as_returned{}, static_cast<U&&>(given)) {}
    template <class U> constexpr result(detail::as_returned, U&& given) : has_value_(true) {
        if constexpr (detail::is_lvalue<T>) {
            ::new (static_cast<void*>(&value_)) stored(__builtin_addressof(given));
        } else {
            ::new (static_cast<void*>(&value_)) stored(static_cast<U&&>(given));
        }
    }
    result(const refusal& reasons) : error_(reasons), has_value_(false) {}
    template <class Make>
    result(detail::as_refused, Make make) : error_(make()), has_value_(false) {}
    result(result&& other) : has_value_(other.has_value_) {
        if (has_value_)
            ::new (static_cast<void*>(&value_)) stored(static_cast<stored&&>(other.value_));
        else
            ::new (static_cast<void*>(&error_)) refusal(other.error_);
    }
    result(const result& other)
        requires(__is_constructible(stored, const stored&))
        : has_value_(other.has_value_) {
        if (has_value_)
            ::new (static_cast<void*>(&value_)) stored(other.value_);
        else
            ::new (static_cast<void*>(&error_)) refusal(other.error_);
    }
    result& operator=(const result&) = delete;
    ~result() {
        if (has_value_)
            value_.~stored();
        else
            error_.~refusal();
    }

    [[nodiscard]] bool has_value() const noexcept { return has_value_; }
    [[nodiscard]] explicit operator bool() const noexcept { return has_value_; }

    /// What the removal returned. Where it was refused there is nothing, and this traps.
    [[nodiscard]] decltype(auto) value() const& { return get(*this); }
    [[nodiscard]] decltype(auto) value() & { return get(*this); }
    [[nodiscard]] T value() && { return static_cast<T&&>(get(*this)); }
    [[nodiscard]] decltype(auto) operator*() const& { return get(*this); }
    [[nodiscard]] decltype(auto) operator*() & { return get(*this); }
    [[nodiscard]] T operator*() && { return static_cast<T&&>(get(*this)); }
    [[nodiscard]] auto* operator->() const& { return __builtin_addressof(get(*this)); }
    [[nodiscard]] auto* operator->() & { return __builtin_addressof(get(*this)); }

    /// Why it was refused. Where it was not, there is nothing, and this traps.
    [[nodiscard("a refusal must not be lost")]] const refusal& error() const& noexcept {
        if (has_value_) __builtin_trap();
        return error_;
    }
    [[nodiscard("a refusal must not be lost")]] refusal error() && noexcept {
        return static_cast<const result&>(*this).error();
    }

private:
    template <class Self> static constexpr auto& get(Self& self) noexcept {
        if (!self.has_value_) __builtin_trap();
        if constexpr (detail::is_lvalue<T>)
            return *self.value_;
        else
            return self.value_;
    }

    union {
        stored value_;
        refusal error_;
    };
    bool has_value_;
};

/// The same where the removal returns nothing.
template <> class [[nodiscard("a refusal must not be lost")]] result<void> {
public:
    result() noexcept = default;
    result(const refusal& reasons) : outcome_(reasons) {}
    template <class Make> result(detail::as_refused how, Make make) : outcome_(how, make) {}

    [[nodiscard]] bool has_value() const noexcept { return outcome_.admitted(); }
    [[nodiscard]] explicit operator bool() const noexcept { return outcome_.admitted(); }
    /// Nothing; it traps where the removal was refused.
    void value() const noexcept {
        if (!has_value()) __builtin_trap();
    }
    /// Why it was refused. Where it was not, there is nothing, and this traps.
    [[nodiscard("a refusal must not be lost")]] const refusal& error() const& noexcept {
        return outcome_.why();
    }
    [[nodiscard("a refusal must not be lost")]] refusal error() && noexcept {
        return outcome_.why();
    }

private:
    decision outcome_;
};

}  // namespace shearpin::inline v1
