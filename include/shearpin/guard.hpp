// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/call_site.hpp>
#include <shearpin/detail/guard_flaws.hpp>
#include <shearpin/detail/guard_options.hpp>
#include <shearpin/detail/one_pool.hpp>
#include <shearpin/result.hpp>

namespace shearpin::inline v1 {

/// What wraps a removal: every call is judged before the removal is called, and refused at its own
/// line. Made by `guard`; its type can be named with `guard_for`.
///
/// A guard protects one caller at a time: between its look at the world and the end of the removal
/// nobody else's removal is known to it. It may be copied and moved as far as its removal may.
template <class Policy, class Removal, class World, class Options>
class basic_guard : public detail::call_site<basic_guard<Policy, Removal, World, Options>> {
    using judge = detail::judge<typename Policy::type, detail::bare_reference<World>>;

public:
    constexpr basic_guard(Policy judged_by, Removal wrapped, detail::kept<World> view,
                          Options chosen)
        : policy_(static_cast<Policy&&>(judged_by)),
          removal_(static_cast<Removal&&>(wrapped)),
          world_(static_cast<detail::kept<World>&&>(view)),
          options_(static_cast<Options&&>(chosen)) {}

    // The calls, from call_site:
    //   guarded(arguments...)            removes and returns what the removal returns, or refuses
    //   guarded.try_call(arguments...)   the same, with the refusal in the result
    //   guarded.check(arguments...)      only decides; advice, since the world may change

    /// With a clock, for rules that look at the time. It is referred to, so it must outlive the
    /// guard.
    template <clock_like C>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto with_clock(
        C& clock) && {
        return with(static_cast<Options&&>(options_).clocked(detail::clock_reference<C>{&clock}));
    }
    template <clock_like C>
    the_clock_is_a_temporary_and_would_not_outlive_the_guard<C> with_clock(const C&& temporary) &&;
    template <class C>
        requires(!clock_like<C>)
    this_is_no_clock<detail::bare<C>> with_clock(C&& given) &&;

    /// With a second callable that says how much is asked for, from the same arguments: it returns
    /// an integer, or a sized range of targets. It may count what goes along.
    template <class F>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto counting(
        F how_much) && {
        return with(static_cast<Options&&>(options_).counted(
            detail::counts_by<F>{static_cast<F&&>(how_much)}));
    }

    /// The caller's word that no target is named twice.
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto known_distinct() && {
        return with(static_cast<Options&&>(options_).told_apart(detail::taken_as_distinct{}));
    }
    /// Targets are told apart by `==` and this hash, such as std::hash<uuid>{}. Needs
    /// distinct_by_hash.hpp, which shearpin.hpp brings.
    template <class Hash>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto distinct_by_hash(
        Hash hash) && {
        return with(static_cast<Options&&>(options_).told_apart(
            detail::by_hash<Hash>{static_cast<Hash&&>(hash)}));
    }

    /// A refusal is printed to standard error and the program aborted. Needs terminating.hpp, which
    /// shearpin.hpp brings.
    template <class Response = terminates>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto or_terminate() && {
        return with(static_cast<Options&&>(options_).responding(Response{}));
    }
    /// A refusal is given to this function, and what it returns is returned from the call.
    template <class F>
        requires detail::callable<F, const refusal&>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto on_refusal(
        F handler) && {
        return with(
            static_cast<Options&&>(options_).responding(handles<F>{static_cast<F&&>(handler)}));
    }

    template <class F>
        requires(!detail::callable<F, const refusal&>)
    on_refusal_must_take_a_refusal<F> on_refusal(F handler) &&;

    /// From what the removal returns, this function says how much was really removed. More than was
    /// admitted is told as a refusal that does not claim that nothing was removed.
    template <class F>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto removed_by(
        F how_much) && {
        return with(static_cast<Options&&>(options_).telling(
            detail::told_by<F>{static_cast<F&&>(how_much)}));
    }

    /// The pool's name in a refusal, where the guard is over one pool. Refers to the text.
    [[nodiscard("a guard removes nothing until it is called")]] constexpr basic_guard named(
        text_view pool_name) && {
        options_.pool_name = pool_name;
        return static_cast<basic_guard&&>(*this);
    }

    /// What is wrong with a call, as far as the compiler can see; see static_errors.hpp.
    template <detail::calling How, class... Args> static constexpr auto find_flaw() {
        return detail::find_call_flaw<How, Policy, Removal, detail::bare_reference<World>, Options,
                                      Args...>();
    }

private:
    friend class detail::call_site<basic_guard>;

    template <class Other> constexpr auto with(Other chosen) {
        return basic_guard<Policy, Removal, World, Other>(
            static_cast<Policy&&>(policy_), static_cast<Removal&&>(removal_),
            static_cast<detail::kept<World>&&>(world_), static_cast<Other&&>(chosen));
    }

    template <detail::calling How, class... Args>
    decltype(auto) call_at(place here, Args&&... arguments) const {
        const auto asked = options_.counter(arguments...);
        const auto seen = judge::observe(policy_.get(), world_.get(), options_, asked);
        using asked_type = detail::bare<decltype(asked)>;
        using seen_type = detail::bare<decltype(seen)>;
        const bool admitted = judge::admits(policy_.get(), options_, seen, asked);
        if constexpr (How == detail::calling::checking) {
            if (admitted) return decision();
            return refused<How, decision, seen_type, asked_type>(seen, asked, here);
        } else {
            using returned = detail::returned_by<Policy, Removal, Args...>;
            using answered = detail::choose<How == detail::calling::directly, returned,
                                            detail::result_of<returned>>;
            if (!admitted) [[unlikely]]
                return refused<How, answered, seen_type, asked_type>(seen, asked, here);
            if constexpr (detail::takes_permit<Policy, Removal, Args...>) {
                const detail::permit_desk<Policy::constant> desk(
                    asked, judge::admitted(seen, asked), here);
                if (!desk.has_memory()) return no_permit<How, answered>(asked.heads(), here);
                return remove<How, answered>(asked.heads(), here, desk.issue(),
                                             detail::hand_on<Args>(arguments)...);
            } else {
                return remove<How, answered>(asked.heads(), here,
                                             detail::hand_on<Args>(arguments)...);
            }
        }
    }

    /// The reasons, out of the way of the calls that are admitted. Facts go by value: an address
    /// would keep them out of the registers there.
    template <detail::calling How, class Answered, class Seen, class Asked>
    [[gnu::cold, gnu::noinline]] Answered refused(detail::passed<Seen> seen,
                                                  detail::passed<Asked> asked, place here) const {
        return refuse<How, Answered>(
            judge::refuse(policy_.get(), world_.get(), options_, seen, asked, here));
    }

    /// Answers a direct call by the response, and others with the refusal itself.
    template <detail::calling How, class Answered> Answered refuse(const refusal& reasons) const {
        if constexpr (How == detail::calling::directly)
            return options_.response.template refuse<Answered>(reasons);
        else
            return reasons;
    }

    template <detail::calling How, class Answered>
    [[gnu::cold, gnu::noinline]] Answered no_permit(count asked, place here) const {
        refusal why(here, asked);
        why.found().add({checks::no_memory{}, {}, 0, asked});
        return refuse<How, Answered>(why);
    }
    template <detail::calling How, class Answered>
    [[gnu::cold, gnu::noinline]] Answered too_much(count admitted, count told, place here) const {
        refusal why(here, admitted, refusal::aftermath::too_much_removed);
        why.found().add({checks::removed_too_much(admitted, told), {}, admitted, told});
        return refuse<How, Answered>(why);
    }

    /// Calls the removal, and compares what it tells with what was admitted.
    template <detail::calling How, class Answered, class... Args>
    Answered remove(count admitted, place here, Args&&... arguments) const {
        using returned = decltype(detail::call(removal_, static_cast<Args&&>(arguments)...));
        if constexpr (Options::told_type::template tells<returned>) {
            returned outcome = detail::call(removal_, static_cast<Args&&>(arguments)...);
            const count told = options_.told.told(outcome);
            if (told > admitted) [[unlikely]]
                return too_much<How, Answered>(admitted, told, here);
            return static_cast<returned&&>(outcome);
        } else if constexpr (How == detail::calling::trying && detail::is_same<returned, void>) {
            detail::call(removal_, static_cast<Args&&>(arguments)...);
            return {};
        } else {
            return detail::call(removal_, static_cast<Args&&>(arguments)...);
        }
    }

    [[no_unique_address]] Policy policy_;
    [[no_unique_address]] mutable Removal removal_;
    detail::kept<World> world_;
    [[no_unique_address]] Options options_;
};

/// Wraps `removal` in a guard with this constant policy, over the world that `world` shows:
///
///     auto remove = shearpin::guard<index_policy>(decommission, state);
///     remove(hosts);  // calls decommission(hosts), or throws shearpin::removal_refused
///
/// `removal` is any callable; it is copied or moved into the guard. `world` is a callable that
/// returns a `pool` or an `observation`, or an inventory (see inventory.hpp); one that is given as
/// an lvalue is referred to, so it must outlive the guard.
template <const auto& Policy, class Removal, class World, class Response = default_response>
    requires detail::sound_guard<Policy, World>
[[nodiscard("a guard removes nothing until it is called")]] constexpr auto guard(Removal removal,
                                                                                 World&& world) {
    using options = detail::default_options<Response>;
    return basic_guard<detail::constant_policy<Policy>, Removal, World, options>(
        {}, static_cast<Removal&&>(removal), detail::kept<World>(static_cast<World&&>(world)),
        options{});
}
/// What is wrong with the policy or the world is the compiler's message.
template <const auto& Policy, class Removal, class World,
          class Flaw = detail::guard_flaw<Policy, World>>
    requires(!detail::sound_guard<Policy, World>)
Flaw guard(Removal removal, World&& world);

/// The same for a member function and its object, which is referred to where it is an lvalue:
/// `guard<policy>(&table::drop, orders, state)`.
template <const auto& Policy, class Member, class Object, class World>
    requires(detail::is_member_pointer<Member>) && detail::sound_guard<Policy, World>
[[nodiscard("a guard removes nothing until it is called")]] constexpr auto guard(Member member,
                                                                                 Object&& object,
                                                                                 World&& world) {
    return guard<Policy>(
        detail::bound_member<Member, Object>(member, static_cast<Object&&>(object)),
        static_cast<World&&>(world));
}

template <const auto& Policy, class Member, class Object, class World,
          class Flaw = detail::guard_flaw<Policy, World>>
    requires(detail::is_member_pointer<Member> && !detail::sound_guard<Policy, World>)
Flaw guard(Member member, Object&& object, World&& world);

/// The same for a policy that is known only when the program runs; the guard keeps a copy.
template <class Policy, class Removal, class World, class Response = default_response>
    requires detail::is_same<detail::world_flaw<Policy, World>, void>
[[nodiscard("a guard removes nothing until it is called")]] constexpr auto guard(Policy policy,
                                                                                 Removal removal,
                                                                                 World&& world) {
    using options = detail::default_options<Response>;
    return basic_guard<detail::owned_policy<Policy>, Removal, World, options>(
        {static_cast<Policy&&>(policy)}, static_cast<Removal&&>(removal),
        detail::kept<World>(static_cast<World&&>(world)), options{});
}

template <class Policy, class Removal, class World, class Flaw = detail::world_flaw<Policy, World>>
    requires(!detail::is_same<Flaw, void>)
Flaw guard(Policy policy, Removal removal, World&& world);

template <class Policy, class Member, class Object, class World>
    requires(detail::is_member_pointer<Member>) &&
            (detail::judge<Policy, detail::bare_reference<World>>::exists)
[[nodiscard]] constexpr auto guard(Policy policy, Member member, Object&& object, World&& world) {
    return shearpin::guard(
        static_cast<Policy&&>(policy),
        detail::bound_member<Member, Object>(member, static_cast<Object&&>(object)),
        static_cast<World&&>(world));
}

/// The type of `guard<Policy>(removal, world)`, to name it as a class member. World is a reference
/// where the guard is to refer to it.
template <const auto& Policy, class Removal, class World>
using guard_for = decltype(guard<Policy>(detail::declval<Removal>(), detail::declval<World>()));

}  // namespace shearpin::inline v1
