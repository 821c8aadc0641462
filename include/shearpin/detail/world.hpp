// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/meta.hpp>
#include <shearpin/facts.hpp>

namespace shearpin::inline v1::detail {

/// The simplest view of the world: a callable that returns how the one pool stands.
template <class W>
concept pool_view = requires(W& world) {
    { world() } -> converts_to<observation>;
} || requires(W& world) {
    { world() } -> converts_to<shearpin::pool>;
};

/// Whether the view says when it looked.
template <class W>
concept dated_view = requires(W& world) {
    { world() } -> converts_to<observation>;
};

template <class W> constexpr facts look_at(W& world, time_point now) {
    if constexpr (dated_view<W>) {
        const observation seen = world();
        return {.pool = seen.pool,
                .now = now,
                .observed_at = seen.observed_at,
                .complete = seen.complete};
    } else {
        return {.pool = world(), .now = now, .observed_at = {}, .complete = true};
    }
}

/// What a guard keeps of an argument: a reference to what the caller keeps (a copy of a world would
/// be stale), the thing itself where the caller gave it away.
template <class T> class kept {
public:
    constexpr explicit kept(T&& given) : held_(static_cast<T&&>(given)) {}
    [[nodiscard]] constexpr T& get() const noexcept { return held_; }

private:
    [[no_unique_address]] mutable T held_;
};
template <class T> class kept<const T> {
public:
    constexpr explicit kept(const T&& given) : held_(given) {}
    [[nodiscard]] constexpr const T& get() const noexcept { return held_; }

private:
    [[no_unique_address]] T held_;
};
template <class T> class kept<T&> {
public:
    constexpr explicit kept(T& given) noexcept : held_(&given) {}
    [[nodiscard]] constexpr T& get() const noexcept { return *held_; }

private:
    T* held_;
};

/// Calls anything callable: a function object, a function, or a member function with its object (a
/// reference or anything that points at one) as the first argument.
template <class F, class... Args>
    requires requires(F& function, Args&&... arguments) {
        function(static_cast<Args&&>(arguments)...);
    }
constexpr decltype(auto) call(F& function, Args&&... arguments) {
    return function(static_cast<Args&&>(arguments)...);
}
template <class F, class Object, class... Args>
    requires(is_member_pointer<F>) && requires(F& member, Object&& object, Args&&... arguments) {
        (static_cast<Object&&>(object).*member)(static_cast<Args&&>(arguments)...);
    }
constexpr decltype(auto) call(F& member, Object&& object, Args&&... arguments) {
    return (static_cast<Object&&>(object).*member)(static_cast<Args&&>(arguments)...);
}
template <class F, class Pointer, class... Args>
    requires(is_member_pointer<F>) && requires(F& member, Pointer&& pointer, Args&&... arguments) {
        ((*pointer).*member)(static_cast<Args&&>(arguments)...);
    }
constexpr decltype(auto) call(F& member, Pointer&& pointer, Args&&... arguments) {
    return ((*static_cast<Pointer&&>(pointer)).*member)(static_cast<Args&&>(arguments)...);
}

template <class F, class... Args>
concept callable = requires(F& function, Args&&... arguments) {
    detail::call(function, static_cast<Args&&>(arguments)...);
};

/// A member function together with its object.
template <class Member, class Object> class bound_member {
public:
    constexpr bound_member(Member member_function, Object&& object)
        : member_(member_function), object_(static_cast<Object&&>(object)) {}

    template <class... Args>
        requires callable<Member, decltype(declval<const kept<Object>&>().get()), Args...>
    constexpr decltype(auto) operator()(Args&&... arguments) const {
        return detail::call(member_, object_.get(), static_cast<Args&&>(arguments)...);
    }

private:
    mutable Member member_;
    kept<Object> object_;
};

}  // namespace shearpin::inline v1::detail
