// SPDX-License-Identifier: BSL-1.0
// What is wrong with a guard, or with a call of one, as far as the compiler can see.
#pragma once

#include <shearpin/detail/call_site.hpp>
#include <shearpin/detail/guard_options.hpp>
#include <shearpin/detail/one_pool.hpp>
#include <shearpin/detail/run_time_policy.hpp>
#include <shearpin/detail/static_errors.hpp>
#include <shearpin/result.hpp>

namespace shearpin::inline v1 {
template <const auto& Policy> class permit;  // in permit.hpp, as is the desk: a removal that takes
namespace detail {                           // a permit cannot be written without them
template <const auto& Policy> class permit_desk;
}  // namespace detail
}  // namespace shearpin::inline v1

namespace shearpin::inline v1::detail {

/// A policy that is a constant of the program: the guard stores nothing of it.
template <const auto& P> struct constant_policy {
    using type = bare<decltype(P)>;
    static constexpr const type& constant = P;
    static constexpr bool known = true;
    template <class... Args> using permit_first = permit<P>;
    [[nodiscard]] static constexpr const type& get() noexcept { return P; }
};
/// A policy that is known only at run time.
template <class T> struct owned_policy {
    using type = T;
    static constexpr const run_time_policy& constant = read_at_run_time;
    static constexpr bool known = false;
    template <class... Args> using permit_first = permit<read_at_run_time>;
    T held;
    [[nodiscard]] constexpr const T& get() const noexcept { return held; }
};

// ---- the guard ----------------------------------------------------------------------------------

/// A number, a pool as it was seen once, or a callable that returns none: it cannot be an
/// inventory.
template <class World>
concept no_view =
    !pool_view<World> && (!__is_class(World) || one_of<bare<World>, shearpin::pool, observation> ||
                          requires(World& world) { world(); });

/// One that cannot be named is a template or has several forms; so any of these will do.
template <class World>
concept has_a_part_of_an_inventory =
    requires { &World::pools_of; } || requires { &World::contains; } || requires { &World::state; };

template <class Policy>
concept has_policies =
    is_policy<Policy> || requires(const Policy& source) { source.visit(0, [](const auto&) {}); };

template <class Policy, class World> constexpr auto find_world_flaw() {
    if constexpr (judge<Policy, World>::exists && pool_view<World> && requires {
                      &World::contains;
                      &World::pools_of;
                  })
        return tag<this_is_a_view_of_a_pool_and_an_inventory<World>>{};
    else if constexpr (no_view<World>)
        return tag<this_is_no_view_of_a_pool<World>>{};
    else if constexpr (judge<Policy, World>::exists)
        return tag<void>{};
    else if constexpr (!pool_view<World> &&
                       (!is_policy<Policy> || has_a_part_of_an_inventory<World>) &&
                       has_policies<Policy>)
        return tag<to_guard_an_inventory_include_shearpin_several_pools_hpp<World>>{};
    else if constexpr (is_policy<Policy>)
        return tag<this_is_no_view_of_a_pool<World>>{};
    else if constexpr (has_policies<Policy>)
        return tag<policies_of_several_pools_need_an_inventory<World>>{};
    else
        return tag<this_is_no_policy<Policy>>{};
}
template <class Policy, class World>
using world_flaw = typename decltype(find_world_flaw<Policy, bare_reference<World>>())::type;

template <const auto& P, class World> constexpr auto find_guard_flaw() {
    using found_world_flaw = world_flaw<bare<decltype(P)>, World>;
    if constexpr (!is_same<found_world_flaw, void>)
        return tag<found_world_flaw>{};
    else
        return judge<bare<decltype(P)>,
                     bare_reference<World>>::template find_policy_flaw<constant_policy<P>>();
}
template <const auto& P, class World>
using guard_flaw = typename decltype(find_guard_flaw<P, World>())::type;
template <const auto& P, class World>
concept sound_guard = is_same<guard_flaw<P, World>, void>;

// ---- the removal --------------------------------------------------------------------------------

template <class Policy, class Removal, class... Args> inline constexpr bool wants_permit = false;
template <const auto& P, class Removal, class... Args>
inline constexpr bool wants_permit<constant_policy<P>, Removal, Args...> =
    !callable<Removal, typename handed_on<Args>::type...> &&
    callable<Removal, permit<P>, typename handed_on<Args>::type...>;
template <class T, class Removal, class... Args>
inline constexpr bool wants_permit<owned_policy<T>, Removal, Args...> =
    !callable<Removal, typename handed_on<Args>::type...> &&
    callable<Removal, permit<read_at_run_time>, typename handed_on<Args>::type...>;

/// A removal that can be called with a permit before its arguments, and not without it, gets one.
template <class Policy, class Removal, class... Args>
inline constexpr bool takes_permit = wants_permit<Policy, Removal, Args...>;

template <class Policy, class Removal, class... Args>
inline constexpr bool can_be_called =
    callable<Removal, typename handed_on<Args>::type...> || takes_permit<Policy, Removal, Args...>;

/// Stands for a permit of any policy, to ask whether a removal takes one.
struct any_permit {
    template <const auto& P> operator permit<P>() const;
};

template <class Policy, class Removal, class... Args> constexpr auto find_returned() {
    if constexpr (takes_permit<Policy, Removal, Args...>)
        return tag<decltype(detail::call(declval<Removal&>(),
                                         declval<typename Policy::template permit_first<Args...>>(),
                                         declval<typename handed_on<Args>::type>()...))>{};
    else
        return tag<decltype(detail::call(declval<Removal&>(),
                                         declval<typename handed_on<Args>::type>()...))>{};
}
template <class Policy, class Removal, class... Args>
using returned_by = typename decltype(find_returned<Policy, Removal, Args...>())::type;

/// A future, an awaitable or a thread: what the removal started goes on after it has returned.
template <class R>
concept starts_one =
    requires(bare<R>& returned) {
        returned.get();
        returned.wait();
        returned.valid();
    } || requires(bare<R>& returned) { returned.await_ready(); } ||
    requires(bare<R>& returned) { static_cast<bare<R>&&>(returned).operator co_await(); } ||
    requires(bare<R>& returned) { operator co_await(static_cast<bare<R>&&>(returned)); } ||
    requires(bare<R>& returned) {
        returned.join();
        returned.joinable();
    };
/// The same, or a list of them, or an optional one.
template <class R>
concept only_starts =
    starts_one<R> || (list<R> && requires { requires starts_one<target_of<bare<R>>>; }) ||
    requires(bare<R>& returned) {
        returned.has_value();
        requires starts_one<decltype(*returned)>;
    };

template <class R> struct result_for {
    using type = result<R>;
};
template <class R> struct result_for<R&&> {
    using type = result<R>;
};
template <class R> struct result_for<const R> {
    using type = result<R>;
};
template <class R> using result_of = typename result_for<R>::type;

// ---- a call -------------------------------------------------------------------------------------

/// Whether the argument that says how many is a list of lists.
template <std::size_t Saying, class... Args> constexpr bool find_nested() {
    std::size_t at = 0;
    return ((at++ == Saying && is_nested_list<unmarked<Args>>()) || ...);
}
template <std::size_t Saying, class... Args>
inline constexpr bool says_nested = find_nested<Saying, Args...>();

/// What a guard's way of counting makes of these arguments; void where it cannot tell.
template <class Counter, class... Args> constexpr auto find_asked() {
    if constexpr (is_same<Counter, counts_arguments>) {
        constexpr std::size_t saying = saying_argument<Args...>();
        if constexpr (saying == none_says || saying == several_say || says_nested<saying, Args...>)
            return tag<void>{};
        else
            return tag<decltype(declval<const Counter&>()(declval<Args&>()...))>{};
    } else if constexpr (requires(Counter& counter) { counter.function(declval<Args&>()...); }) {
        using returned = bare<decltype(declval<Counter&>().function(declval<Args&>()...))>;
        if constexpr (integer<returned> || list<returned>)
            return tag<decltype(declval<const Counter&>()(declval<Args&>()...))>{};
        else
            return tag<void>{};
    } else {
        return tag<void>{};
    }
}

template <class Counter, class... Args> constexpr auto find_counting_flaw() {
    if constexpr (is_same<Counter, counts_arguments>) {
        if constexpr ((is_nested_list<unmarked<Args>>() || ...))
            return tag<a_list_of_lists_could_mean_two_numbers_use_counting<bare<Args>...>>{};
        else if constexpr (saying_argument<Args...>() == none_says)
            return tag<no_argument_says_how_many_use_targets_or_counting<Args...>>{};
        else
            return tag<several_arguments_could_say_how_many_use_targets_or_counting<Args...>>{};
    } else if constexpr (requires(Counter& counter) { counter.function(declval<Args&>()...); }) {
        return tag<counting_must_return_an_integer_or_targets<decltype(declval<Counter&>().function(
            declval<Args&>()...))>>{};
    } else {
        return tag<counting_does_not_take<decltype(Counter::function), Args...>>{};
    }
}

/// The removal cannot be called with these arguments; why?
template <class Removal, class... Args> constexpr auto find_removal_flaw() {
    if constexpr (callable<Removal, any_permit, typename handed_on<Args>::type...>)
        return tag<removal_takes_a_permit_of_another_policy<Removal, Args...>>{};
    else
        return tag<removal_does_not_take<Removal, Args...>>{};
}

template <class Response, class Returned>
inline constexpr bool answers_in_place_of = !requires { Response::template answers<Returned>; };
template <class Response, class Returned>
    requires requires { Response::template answers<Returned>; }
inline constexpr bool answers_in_place_of<Response, Returned> =
    Response::template answers<Returned>;

/// The removal can be called, and returns this.
template <calling How, class Removal, class Options, class Returned>
constexpr auto find_outcome_flaw() {
    using told = typename Options::told_type;
    if constexpr (How == calling::reserving && !Options::ledger_type::given)
        return tag<reserve_needs_a_ledger<Removal>>{};
    else if constexpr (How == calling::reserving)
        return tag<void>{};
    else if constexpr (How != calling::checking && only_starts<Returned>)
        return tag<removal_is_only_started<bare<Returned>>>{};
    else if constexpr (!is_same<told, told_by_result> && !told::template tells<Returned>)
        return tag<removed_by_must_make_an_integer_of<decltype(told::function), Returned>>{};
    else if constexpr (How == calling::directly &&
                       is_same<typename Options::response_type, cannot_throw>)
        return tag<without_exceptions_use_try_call_or_or_terminate_or_on_refusal<Removal>>{};
    else if constexpr (How == calling::directly &&
                       !answers_in_place_of<typename Options::response_type, Returned>)
        return tag<on_refusal_must_return_what_the_removal_returns<
            Returned, typename Options::response_type::handled>>{};
    else
        return tag<void>{};
}

/// How many, where the type of the argument that says it tells; 0 where it does not.
template <class Counter, class... Args> constexpr count static_request() {
    if constexpr (is_same<Counter, counts_arguments>) {
        count found = 0;
        count at = 0;
        ((found = at++ == saying_argument<Args...>() ? static_count<bare<unmarked<Args>>> : found),
         ...);
        return found;
    } else {
        return 0;
    }
}

template <calling How, class Policy, class Removal, class World, class Options, class... Args>
constexpr auto find_request_flaw() {
    using found_judge = judge<typename Policy::type, World>;
    using asked = typename decltype(find_asked<typename Options::counter_type, Args...>())::type;
    if constexpr (is_same<asked, void>) {
        return find_counting_flaw<typename Options::counter_type, Args...>();
    } else {
        using judge_flaw =
            typename decltype(found_judge::template find_flaw<Policy, Options, asked>())::type;
        constexpr count request = static_request<typename Options::counter_type, Args...>();
        if constexpr (!is_same<judge_flaw, void>) {
            return tag<judge_flaw>{};
        } else if constexpr (!can_be_called<Policy, Removal, Args...>) {
            return find_removal_flaw<Removal, Args...>();
        } else {
            using outcome_flaw =
                typename decltype(find_outcome_flaw<How, Removal, Options,
                                                    returned_by<Policy, Removal, Args...>>())::type;
            if constexpr (!is_same<outcome_flaw, void>)
                return tag<outcome_flaw>{};
            else if constexpr (How != calling::checking && request != 0 &&
                               !Options::mode_type::shadow)
                return found_judge::template find_batch_flaw<Policy, request>();
            else
                return tag<void>{};
        }
    }
}

template <calling How, class Policy, class Removal, class World, class Options, class... Args>
constexpr auto find_call_flaw() {
    if constexpr (Options::mode_type::shadow && !Options::observer_type::given)
        return tag<shadow_needs_an_observer>{};
    else if constexpr (Options::mode_type::needs_clock && !Options::clock_type::given)
        return tag<shadow_until_needs_a_clock>{};
    else
        return find_request_flaw<How, Policy, Removal, World, Options, Args...>();
}

}  // namespace shearpin::inline v1::detail
