// SPDX-License-Identifier: BSL-1.0
// All that can be chosen of a guard beside its policy, its removal and its world: one part for each
// choice, so that a guard pays for those alone that were made.
#pragma once

#include <shearpin/clock.hpp>
#include <shearpin/detail/distinct.hpp>
#include <shearpin/detail/meta.hpp>
#include <shearpin/removed.hpp>
#include <shearpin/respond.hpp>
#include <shearpin/targets.hpp>

namespace shearpin::inline v1::detail {

template <class Clock> struct clock_part {
    using clock_type = Clock;
    [[no_unique_address]] Clock clock;
};
template <class Counter> struct counter_part {
    using counter_type = Counter;
    [[no_unique_address]] Counter counter;
};
template <class Distinct> struct distinct_part {
    using distinct_type = Distinct;
    [[no_unique_address]] Distinct distinct;
};
template <class Response> struct response_part {
    using response_type = Response;
    [[no_unique_address]] Response response;
};
template <class Told> struct told_part {
    using told_type = Told;
    [[no_unique_address]] Told told;
};
template <class Ledger> struct ledger_part {
    using ledger_type = Ledger;
    [[no_unique_address]] Ledger ledger;
};
template <class Observer> struct observer_part {
    using observer_type = Observer;
    [[no_unique_address]] Observer observer;
};
template <class Mode> struct mode_part {
    using mode_type = Mode;
    [[no_unique_address]] Mode mode;
};

/// A guard without a ledger.
struct no_ledger {
    static constexpr bool given = false;
    static constexpr bool named = true;
    static constexpr bool has_clock = false;
};
/// A guard that tells nobody.
struct no_observer {
    static constexpr bool given = false;
};
/// A guard that refuses what it must, as every guard does unless it is in shadow.
struct enforced {
    static constexpr bool shadow = false;
    static constexpr bool needs_clock = false;
};

/// A guard's ledger: referred to, never copied. Named: the one pool's name was given with it.
template <class L, bool Named> struct ledger_reference {
    static constexpr bool given = true;
    static constexpr bool has_clock = L::has_clock;
    static constexpr bool named = Named;
    L* ledger;
};
/// A guard's observer.
template <class F> struct observes {
    static constexpr bool given = true;
    [[no_unique_address]] mutable F function;
};
/// A guard that only tells what it would refuse, without an end or until a moment.
struct shadow_for_ever {
    static constexpr bool shadow = true;
    static constexpr bool needs_clock = false;
    [[nodiscard]] constexpr bool now(time_point) const noexcept { return true; }
};
struct shadow_until {
    static constexpr bool shadow = true;
    static constexpr bool needs_clock = true;
    time_point until;
    [[nodiscard]] constexpr bool now(time_point moment) const noexcept {
        return moment.known() && until.known() && moment < until;
    }
};

template <class Part, template <class> class Which, class New> struct replaced_part {
    using type = Part;
};
template <template <class> class Which, class Old, class New>
struct replaced_part<Which<Old>, Which, New> {
    using type = Which<New>;
};

/// What few guards state: nothing of it is stored until one of it is.
struct unstated_habits {
    static constexpr text_view environment{};
    static constexpr duration shown_after{};
    static constexpr bool exception_ends = false;
};
struct stated_habits {
    text_view environment{};      ///< what the guard is in, where the world does not say it
    duration shown_after{};       ///< how long the world may take to show a removal
    bool exception_ends = false;  ///< an exception means that the removal is over, not in doubt
};
template <class Habits> struct habits_part {
    using habits_type = Habits;
    [[no_unique_address]] Habits habits;
    [[nodiscard]] constexpr stated_habits stated() const noexcept {
        return {habits.environment, habits.shown_after, habits.exception_ends};
    }
};

template <class... Parts> struct guard_options : Parts... {
    text_view pool_name;  ///< of the one pool, in refusals and on the ledger

    /// The options with one part replaced: with<clock_part>(clock).
    template <template <class> class Which, class New> constexpr auto with(New chosen) && {
        return guard_options<typename replaced_part<Parts, Which, New>::type...>{
            keep_or_replace<Which, Parts>(static_cast<Parts&&>(*this), chosen)..., pool_name};
    }

private:
    template <template <class> class Which, class Part, class New>
    static constexpr auto keep_or_replace(Part&& old, New& chosen) {
        using result_part = typename replaced_part<Part, Which, New>::type;
        if constexpr (is_same<result_part, Part> && !is_same<Which<New>, Part>)
            return static_cast<Part&&>(old);
        else
            return result_part{static_cast<New&&>(chosen)};
    }
};

template <class Response>
using default_options =
    guard_options<clock_part<no_clock>, counter_part<counts_arguments>, distinct_part<by_order>,
                  response_part<Response>, told_part<told_by_result>, ledger_part<no_ledger>,
                  observer_part<no_observer>, mode_part<enforced>, habits_part<unstated_habits>>;

}  // namespace shearpin::inline v1::detail
