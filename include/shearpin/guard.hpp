// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/call_site.hpp>
#include <shearpin/detail/performing.hpp>

namespace shearpin::inline v1 {

namespace detail {
template <class Guard, class Said = spoken> class asking_guard;  // in asking.hpp
}  // namespace detail

/// What wraps a removal: every call is judged before the removal is called, and refused at its own
/// line. Made by `guard`; its type can be named with `guard_for`.
///
/// A guard protects one caller at a time: between its look at the world and the end of the removal
/// nobody else's removal is known to it. It may be copied and moved as far as its removal may.
template <class Policy, class Removal, class World, class Options>
class basic_guard : public detail::call_site<basic_guard<Policy, Removal, World, Options>>,
                    public detail::reserve_site<basic_guard<Policy, Removal, World, Options>,
                                                Options::ledger_type::given>,
                    public detail::wave_site<basic_guard<Policy, Removal, World, Options>>,
                    detail::performing<Policy, Removal, World, Options> {
public:
    constexpr basic_guard(Policy judged_by, Removal wrapped, detail::kept<World> view,
                          Options chosen)
        : basic_guard::performing(static_cast<Policy&&>(judged_by), static_cast<Removal&&>(wrapped),
                                  static_cast<detail::kept<World>&&>(view),
                                  static_cast<Options&&>(chosen)) {}

    // The calls, from call_site:
    //   guarded(arguments...)            removes and returns what the removal returns, or refuses
    //   guarded.try_call(arguments...)   the same, with the refusal in the result
    //   guarded.check(arguments...)      only decides; advice, since the world may change
    // and from wave_site, for more than may go at once: plan(targets), in_waves(targets, ...)

    /// With a clock, for rules that look at the time. Referred to, so it must outlive the guard.
    template <clock_like C>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto with_clock(
        C& clock) && {
        return with_part<detail::clock_part>(detail::clock_reference<C>{&clock});
    }
    template <clock_like C>
    the_clock_is_a_temporary_and_would_not_outlive_the_guard<C> with_clock(const C&& temporary) &&;
    template <class C>
        requires(!clock_like<C>)
    this_is_no_clock<detail::bare<C>> with_clock(C&& given) &&;

    /// With a second callable that says how much is asked for, from the same arguments: an integer,
    /// or a sized range of targets. It may count what goes along.
    template <class F>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto counting(
        F how_much) && {
        return with_part<detail::counter_part>(detail::counts_by<F>{static_cast<F&&>(how_much)});
    }

    /// The caller's word that no target is named twice. They are counted all the same.
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto known_distinct() && {
        return with_part<detail::distinct_part>(detail::taken_as_distinct{});
    }
    /// Targets are told apart by `==` and this hash, such as std::hash<uuid>{}. Needs
    /// distinct_by_hash.hpp, which shearpin.hpp brings.
    template <class Hash>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto distinct_by_hash(
        Hash hash) && {
        return with_part<detail::distinct_part>(detail::by_hash<Hash>{static_cast<Hash&&>(hash)});
    }

    /// A refusal is printed to standard error and the program aborted. Needs terminating.hpp, which
    /// shearpin.hpp brings.
    template <class Response = terminates>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto or_terminate() && {
        return with_part<detail::response_part>(Response{});
    }
    /// A refusal is given to this function, and what it returns is returned from the call.
    template <class F>
        requires detail::callable<F, const refusal&>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto on_refusal(
        F handler) && {
        return with_part<detail::response_part>(handles<F>{static_cast<F&&>(handler)});
    }
    template <class F>
        requires(!detail::callable<F, const refusal&>)
    on_refusal_must_take_a_refusal<F> on_refusal(F handler) &&;

    /// From what the removal returns, this function says how much was really removed. More than was
    /// admitted is told as a refusal that does not claim that nothing was removed.
    template <class F>
    [[nodiscard("a guard removes nothing until it is called")]] constexpr auto removed_by(
        F how_much) && {
        return with_part<detail::told_part>(detail::told_by<F>{static_cast<F&&>(how_much)});
    }

    /// The pool's name in a refusal, where the guard is over one pool. Refers to the text.
    [[nodiscard("a guard removes nothing until it is called")]] constexpr basic_guard named(
        text_view pool_name) && {
        this->options_.pool_name = pool_name;
        return static_cast<basic_guard&&>(*this);
    }
    template <detail::owning_text S>
    the_name_is_a_temporary_and_would_not_outlive_the_guard<S> named(const S&& temporary) &&;

    /// With a ledger, shared by everyone who removes: for rules that look at what was removed
    /// before, and so that what others are removing at this moment is not counted as still there.
    /// It is referred to, so it must outlive the guard. Needs ledger.hpp. Over one pool, the pool's
    /// name on the ledger is given with it; over an inventory, the pools' own names are used.
    template <class L> [[nodiscard]] constexpr auto with_ledger(L& ledger, text_view pool_name) && {
        this->options_.pool_name = pool_name;
        return with_part<detail::ledger_part>(detail::ledger_reference<L, true>{&ledger});
    }
    template <class L> [[nodiscard]] constexpr auto with_ledger(L& ledger) && {
        return with_part<detail::ledger_part>(detail::ledger_reference<L, false>{&ledger});
    }
    template <class L, class... Name>
    the_ledger_is_a_temporary_and_would_not_outlive_the_guard<L> with_ledger(
        const L&& temporary, const Name&... pool_name) &&;
    template <class L, detail::owning_text S>
    the_name_is_a_temporary_and_would_not_outlive_the_guard<S> with_ledger(L& ledger,
                                                                           const S&& temporary) &&;

    /// An exception from the removal means that it is over: what was reserved counts as removed
    /// from then on. Without this it is in doubt, and counts against floors until a person resolves
    /// it.
    [[nodiscard]] constexpr auto exception_means_ended() && {
        detail::stated_habits habits = this->options_.stated();
        habits.exception_ends = true;
        return with_part<detail::habits_part>(habits);
    }
    /// How long the world may go on to show what was removed, where it lags behind.
    [[nodiscard]] constexpr auto shows_after(duration at_the_latest) && {
        detail::stated_habits habits = this->options_.stated();
        habits.shown_after = at_the_latest;
        return with_part<detail::habits_part>(habits);
    }
    /// The environment that this guard removes in, where the world does not say it. A request that
    /// names another is refused. Refers to the text.
    [[nodiscard]] constexpr auto in_environment(text_view environment_name) && {
        detail::stated_habits habits = this->options_.stated();
        habits.environment = environment_name;
        return with_part<detail::habits_part>(habits);
    }
    template <detail::owning_text S>
    the_name_is_a_temporary_and_would_not_outlive_the_guard<S> in_environment(
        const S&& temporary) &&;

    /// With a function that is told every decision, start, end and override, as a
    /// `const shearpin::event&`. One that throws changes no decision. Needs event.hpp.
    template <class F> [[nodiscard]] constexpr auto with_observer(F observer) && {
        return with_part<detail::observer_part>(detail::observes<F>{static_cast<F&&>(observer)});
    }
    /// Refusals are told to the observer, and the removal goes on all the same: for trying a policy
    /// in a running system. Needs an observer. Open-ended: give a date where you can.
    [[nodiscard]] constexpr auto in_shadow() && {
        return with_part<detail::mode_part>(detail::shadow_for_ever{});
    }
    /// The same before this moment; from then on refusals are refusals. Needs a clock.
    [[nodiscard]] constexpr auto in_shadow(time_point until) && {
        return with_part<detail::mode_part>(detail::shadow_until{until});
    }

    /// A call in which the person says something beside the selection:
    /// `remove.asking({.expected = 3, .actor = "ann"})(hosts)`. Needs asking.hpp. The guard must
    /// outlive what is returned.
    auto asking(const request& what_is_said) const& {
        return detail::asking_guard<basic_guard>(*this, what_is_said);
    }
    template <class... None>
    the_guard_is_a_temporary_give_it_a_name_before_asking<None...> asking(
        const request& what_is_said) const&&;
    /// For the day when the ledger is down and something must go: rules that need it are silent,
    /// all others still judge, and the observer is told. Needs an observer, an actor and a reason.
    auto without_ledger(const request& what_is_said) const& {
        return detail::asking_guard<basic_guard, detail::spoken_past_the_ledger>(*this,
                                                                                 what_is_said);
    }
    template <class... None>
    the_guard_is_a_temporary_give_it_a_name_before_asking<None...> without_ledger(
        const request& what_is_said) const&&;

    /// What is wrong with a call, as far as the compiler can see; see static_errors.hpp.
    template <detail::calling How, class... Args> static constexpr auto find_flaw() {
        return detail::find_call_flaw<How, Policy, Removal, detail::bare_reference<World>, Options,
                                      Args...>();
    }
    /// The same of a plan, and of a run in waves, of such a list.
    template <class List> static constexpr auto find_all_flaw() {
        return detail::find_waves_flaw<basic_guard, Policy, Removal, Options, List>();
    }
    using options_type = Options;  ///< all that it was told beside policy, removal and world
    /// The same of a call without the ledger.
    template <detail::calling How, class... Args> static constexpr auto find_bypass_flaw() {
        if constexpr (!Options::observer_type::given)
            return detail::tag<without_ledger_needs_an_observer>{};
        else
            return find_flaw<How, Args...>();
    }

private:
    friend class detail::call_site<basic_guard>;
    template <class G, bool> friend class detail::reserve_site;
    friend class detail::wave_site<basic_guard>;
    template <class Guard, class Said> friend class detail::asking_guard;
    template <class P, class R, class W, class O> friend class basic_guard;

    template <class Other> constexpr auto with(Other chosen) {
        return basic_guard<Policy, Removal, World, Other>(
            static_cast<Policy&&>(this->policy_), static_cast<Removal&&>(this->removal_),
            static_cast<detail::kept<World>&&>(this->world_), static_cast<Other&&>(chosen));
    }
    template <template <class> class Part, class Chosen> constexpr auto with_part(Chosen chosen) {
        return with(static_cast<Options&&>(this->options_)
                        .template with<Part>(static_cast<Chosen&&>(chosen)));
    }

    template <detail::calling How, class... Args>
    decltype(auto) call_at(place here, Args&&... arguments) const {
        return this->template perform<How>(detail::nothing_said{}, here,
                                           static_cast<Args&&>(arguments)...);
    }
    template <detail::calling How, class Said, class... Args>
    decltype(auto) call_saying(const Said& said, place here, Args&&... arguments) const {
        return this->template perform<How>(said, here, static_cast<Args&&>(arguments)...);
    }
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
            detail::is_same<detail::world_flaw<Policy, World>, void>
[[nodiscard]] constexpr auto guard(Policy policy, Member member, Object&& object, World&& world) {
    return shearpin::guard(
        static_cast<Policy&&>(policy),
        detail::bound_member<Member, Object>(member, static_cast<Object&&>(object)),
        static_cast<World&&>(world));
}
template <class P, class Member, class Object, class W, class Flaw = detail::world_flaw<P, W>>
    requires(detail::is_member_pointer<Member> && !detail::is_same<Flaw, void>)
Flaw guard(P policy, Member member, Object&& object, W&& world);

/// The type of `guard<Policy>(removal, world)`, to name it as a class member. World is a reference
/// where the guard is to refer to it.
template <const auto& Policy, class Removal, class World>
using guard_for = decltype(guard<Policy>(detail::declval<Removal>(), detail::declval<World>()));

}  // namespace shearpin::inline v1
