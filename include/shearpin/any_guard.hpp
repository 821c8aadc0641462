// SPDX-License-Identifier: BSL-1.0
// A guard whose type does not say what it guards with: for policies that are read when the program
// runs, for members, containers and interfaces.
#pragma once

#include <shearpin/guard.hpp>
#include <shearpin/result.hpp>

#include <new>

namespace shearpin::inline v1 {

/// The guard cannot be called with these arguments, or the removal returns something else.
template <class Guard, class Signature>
struct this_guard_does_not_have_this_signature;  // see examples/errors.md

template <class Signature, class Response = default_response> class any_guard;

namespace detail {

template <class T> inline constexpr bool is_any_guard = false;
template <class S, class Response>
inline constexpr bool is_any_guard<any_guard<S, Response>> = true;

template <class G, class... Args>
using given_by =
    decltype(declval<const G&>().try_call_from(declval<place>(), declval<Args>()...).value());

template <class G, calling How, class R, class... Args> constexpr bool can_stand_for() {
    if constexpr (!sound_call<place, G, calling::trying, Args...> ||
                  !sound_call<place, G, How, Args...>)
        return false;
    else
        return is_same<R, void> || converts_to<given_by<G, Args...>, R>;
}
template <class G, class Response, class R, class... Args>
concept guards_as =
    !is_any_guard<G> &&
    can_stand_for<G, is_same<Response, cannot_throw> ? calling::trying : calling::directly, R,
                  Args...>();

}  // namespace detail

/// Holds any guard that can be called with Args and gives R; move-only, like its removal may be.
///
///     shearpin::any_guard<void(const std::vector<host>&)> remove =
///         shearpin::guard(read_policy(file), decommission, fleet);
///     remove(hosts);
///
/// The calls are the guard's own: operator(), try_call and check, with the place of the caller, the
/// guard's refusals and its way of answering them. What is asked for is counted by the guard, from
/// the arguments as the signature passes them. One that was moved from holds no guard, and to call
/// it traps; ask it with `has_guard()`. Without exceptions there is no operator(). Costs one
/// allocation when it is made and one indirect call.
template <class R, class... Args, class Response> class any_guard<R(Args...), Response> {
    static constexpr bool has_call = !detail::is_same<Response, cannot_throw>;

public:
    template <class G>
        requires detail::guards_as<G, Response, R, Args...>
    any_guard(G given_guard) : self_(new G(static_cast<G&&>(given_guard))), calls_(&calls_of<G>) {}
    template <class G>
        requires(!detail::is_any_guard<G> && !detail::guards_as<G, Response, R, Args...>)
    any_guard(G given_guard,
              this_guard_does_not_have_this_signature<G, R(Args...)> never_made = {});

    any_guard(any_guard&& other) noexcept : self_(other.self_), calls_(other.calls_) {
        other.self_ = nullptr;
    }
    any_guard& operator=(any_guard&& other) noexcept {
        if (this != &other) {
            release();
            self_ = other.self_;
            calls_ = other.calls_;
            other.self_ = nullptr;
        }
        return *this;
    }
    any_guard(const any_guard&) = delete;
    any_guard& operator=(const any_guard&) = delete;
    ~any_guard() { release(); }

    /// False where it was moved from.
    [[nodiscard]] bool has_guard() const noexcept { return self_ != nullptr; }

    /// Removes and returns what the removal returns, or answers the refusal as the guard does.
    R operator()(Args... arguments, place here = place::here()) const
        requires has_call
    {
        return calls().call(guarded(), here, static_cast<Args&&>(arguments)...);
    }
    /// The same, with the refusal in the result.
    result<R> try_call(Args... arguments, place here = place::here()) const {
        return calls().try_call(guarded(), here, static_cast<Args&&>(arguments)...);
    }
    /// Only decides; advice, since the world may change.
    decision check(Args... arguments, place here = place::here()) const {
        return calls().check(guarded(), here, static_cast<Args&&>(arguments)...);
    }

private:
    struct table {
        R (*call)(const void*, place, Args&&...);
        result<R> (*try_call)(const void*, place, Args&&...);
        decision (*check)(const void*, place, Args&&...);
        void (*destroy)(void*);
    };

    template <class G>
    static constexpr table calls_of{
        [](const void* self, place here, Args&&... arguments) -> R {
            if constexpr (!has_call)
                __builtin_trap();
            else if constexpr (detail::is_same<R, void>)
                static_cast<void>(static_cast<const G*>(self)->call_from(
                    here, static_cast<Args&&>(arguments)...));
            else
                return static_cast<const G*>(self)->call_from(here,
                                                              static_cast<Args&&>(arguments)...);
        },
        [](const void* self, place here, Args&&... arguments) -> result<R> {
            auto outcome =
                static_cast<const G*>(self)->try_call_from(here, static_cast<Args&&>(arguments)...);
            if (!outcome) return outcome.error();
            if constexpr (detail::is_same<R, void>)
                return {};
            else
                return result<R>(detail::as_returned{},
                                 static_cast<decltype(outcome)&&>(outcome).value());
        },
        [](const void* self, place here, Args&&... arguments) {
            return static_cast<const G*>(self)->check_from(here, static_cast<Args&&>(arguments)...);
        },
        [](void* self) { delete static_cast<G*>(self); }};

    [[nodiscard]] const void* guarded() const noexcept {
        if (self_ == nullptr) __builtin_trap();
        return self_;
    }
    [[nodiscard]] const table& calls() const noexcept { return *calls_; }
    void release() noexcept {
        if (self_ != nullptr) calls_->destroy(self_);
    }

    void* self_;
    const table* calls_;
};

}  // namespace shearpin::inline v1
