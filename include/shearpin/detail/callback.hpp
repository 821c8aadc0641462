// SPDX-License-Identifier: BSL-1.0
// A function that is called during one call, without <functional>, which is dear to include.
#pragma once

#include <shearpin/detail/meta.hpp>

#include <cstddef>

namespace shearpin::inline v1::detail {

template <class F> inline constexpr bool is_function = false;
template <class R, class... Args> inline constexpr bool is_function<R(Args...)> = true;
template <class R, class... Args> inline constexpr bool is_function<R(Args...) noexcept> = true;
template <class F> inline constexpr bool is_function<F*> = is_function<F>;

template <class F, class Told>
concept takes_what_is_told = requires(F& function, const Told& what) { function(what); } ||
                             requires(F& function) { function(); };

/// Calls any function that takes a `const Told&`, or nothing, and returns a Returned (a bool, or
/// anything where Returned is void). One that is an lvalue is referred to. Of a temporary that is
/// small and trivial to copy, such as a lambda that captures up to eight references, a copy is
/// kept; any other temporary is referred to, which is safe where this stands in the braces of a
/// call: it lives until the call is over.
template <class Returned, class Told> class callback {
    static constexpr std::size_t room = 64;
    template <class F>
    static constexpr bool is_kept = !is_lvalue<F&&> && __is_trivially_copyable(bare<F>) &&
                                    sizeof(bare<F>) <= room && alignof(bare<F>) <= 8;

public:
    constexpr callback() noexcept = default;
    template <class F>
        requires(!is_same<bare<F>, callback> && !is_function<bare<F>> &&
                 takes_what_is_told<bare_reference<F>, Told>)
    callback(F&& function) noexcept : call_(&call<bare_reference<F>, is_kept<F>>) {
        if constexpr (is_kept<F>)
            __builtin_memcpy(kept_, __builtin_addressof(function), sizeof function);
        else
            referred_ = __builtin_addressof(function);
    }
    /// A plain function, by its name or its address, which is kept.
    template <class R, class... Args>
        requires(takes_what_is_told<R (*)(Args...), Told>)
    callback(R (*function)(Args...)) noexcept : call_(&call<R (*)(Args...), true>) {
        __builtin_memcpy(kept_, &function, sizeof function);
    }

    [[nodiscard]] constexpr bool given() const noexcept { return call_ != nullptr; }
    Returned operator()(const Told& what) const { return call_(*this, what); }

private:
    template <class F, bool Kept> static Returned call(const callback& from, const Told& what) {
        using function_type = F;
        function_type* function = nullptr;
        if constexpr (Kept)
            function = reinterpret_cast<function_type*>(from.kept_);
        else
            function = static_cast<function_type*>(const_cast<void*>(from.referred_));
        if constexpr (requires { (*function)(what); })
            return static_cast<Returned>((*function)(what));
        else
            return static_cast<Returned>((*function)());
    }

    Returned (*call_)(const callback&, const Told&) = nullptr;
    const void* referred_ = nullptr;
    alignas(8) mutable unsigned char kept_[room] = {};
};

}  // namespace shearpin::inline v1::detail
