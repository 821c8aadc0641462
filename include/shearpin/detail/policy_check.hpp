// SPDX-License-Identifier: BSL-1.0
// What is wrong with a constant policy whatever the facts, and the largest batch that it could ever
// let through. Everything here happens when the user's program is compiled.
#pragma once

#include <shearpin/detail/static_errors.hpp>
#include <shearpin/policy.hpp>
#include <shearpin/rules/unlimited.hpp>

namespace shearpin::inline v1::detail {

/// The most that a rule could ever allow. An override may lift one that is overridable to anything.
template <class R> constexpr count ever(const R& each, const facts& known) {
    return is_overridable<R> ? ~count{0} : detail::at_best(each, known);
}

/// A pool as full as a pool can be: what no rule allows here it never allows.
inline constexpr facts fullest{.pool = {largest_count, largest_count}};

/// A rule that closes a window of time, such as freeze: several of them may leave nothing open.
template <class R>
concept closes_windows = requires(const R& each) { each.closed().is_weekly(); };

/// Two rules of the same type that say the same kind of thing. A floor in numbers and one in
/// percent is common and fine; so are several freezes, and rates in windows of different length.
template <class R> constexpr bool says_the_same_kind(const R& left, const R& right) {
    if constexpr (is_overridable<R>)
        return says_the_same_kind(left.within(), right.within());
    else if constexpr (requires { R::once; })
        return true;
    else if constexpr (requires { left.stated(); })
        return window_of(left) == window_of(right) &&
               left.stated().is_share() == right.stated().is_share();
    else
        return false;
}

// What a rule states, for its type in a message: stated<5>, stated_fraction<19, 20>.
template <class R> constexpr bool states_share(const R& each) { return each.stated().is_share(); }
template <class R> constexpr count stated_numerator(const R& each) {
    return states_share(each) ? each.stated().share().numerator() : each.stated().number();
}
template <class R> constexpr count stated_denominator(const R& each) {
    return states_share(each) ? each.stated().share().denominator() : 1;
}
template <bool IsShare, count Numerator, count Denominator>
using stated_as = choose<IsShare, stated_fraction<Numerator, Denominator>, stated<Numerator>>;

/// Finds what is wrong with a constant policy; `type` is void where nothing is.
/// Constant::get() returns the policy, as a constant expression.
template <class Constant> struct policy_flaw {
    static constexpr const auto& rules = Constant::get();
    static constexpr std::size_t number = bare<decltype(rules)>::size;
    template <std::size_t I> using rule_type = bare<decltype(rules.template at<I>())>;

    template <std::size_t I, std::size_t J> static constexpr bool clash() {
        if constexpr (I < J && is_same<rule_type<I>, rule_type<J>>)
            return says_the_same_kind(rules.template at<I>(), rules.template at<J>());
        else
            return false;
    }

    template <std::size_t I, std::size_t J> static constexpr auto find_clash() {
        if constexpr (I == number) {
            return tag<void>{};
        } else if constexpr (J == number) {
            return find_clash<I + 1, 0>();
        } else if constexpr (clash<I, J>()) {
            constexpr const auto& left = rules.template at<I>();
            constexpr const auto& right = rules.template at<J>();
            if constexpr (requires { left.stated(); })
                return tag<rule_stated_twice<
                    rule_type<I>,
                    stated_as<states_share(left), stated_numerator(left), stated_denominator(left)>,
                    stated_as<states_share(right), stated_numerator(right),
                              stated_denominator(right)>>>{};
            else
                return tag<rule_stated_twice<rule_type<I>>>{};
        } else if constexpr (is_same<rule_type<I>, unlimited_rule> && I != J) {
            return tag<unlimited_contradicts<rule_type<J>>>{};
        } else {
            return find_clash<I, J + 1>();
        }
    }

    /// The weekly windows of all freezes together leave no moment of the week open. If any moment
    /// is open, then the end of one of the windows is.
    static constexpr bool frozen_all_week() {
        bool some = false;
        bool open = false;
        rules.for_each([&]<class R>(const R& ends) {
            if constexpr (closes_windows<R>) {
                if (!ends.closed().is_weekly()) return;
                some = true;
                // 1970-01-01 was a Thursday, so the week's Monday was on day 4.
                const auto until =
                    time_point::since_epoch(duration::days(4)) + ends.closed().end_of_week_moment();
                bool closed = false;
                rules.for_each([&]<class Q>(const Q& other) {
                    if constexpr (closes_windows<Q>)
                        closed = closed ||
                                 (other.closed().is_weekly() && other.closed().contains(until));
                });
                open = open || !closed;
            }
        });
        return some && !open;
    }

    template <std::size_t I> static constexpr auto find_never() {
        if constexpr (I == number) {
            return tag<void>{};
        } else if constexpr (ever(rules.template at<I>(), fullest) == 0 ||
                             (closes_windows<rule_type<I>> && frozen_all_week())) {
            constexpr const auto& rule_found = rules.template at<I>();
            if constexpr (requires { rule_found.stated(); })
                return tag<policy_can_never_admit<
                    rule_type<I>, stated_as<states_share(rule_found), stated_numerator(rule_found),
                                            stated_denominator(rule_found)>>>{};
            else
                return tag<policy_can_never_admit<rule_type<I>>>{};
        } else {
            return find_never<I + 1>();
        }
    }

    static constexpr auto find() {
        if constexpr (is_same<typename decltype(find_clash<0, 0>())::type, void>)
            return find_never<0>();
        else
            return find_clash<0, 0>();
    }
};

/// The rule that sets the largest batch that the policy could ever admit, where a rule knows.
template <class Constant> struct largest_batch {
    static constexpr const auto& rules = Constant::get();
    static constexpr count limit = [] {
        count lowest = ~count{0};
        rules.for_each([&](const auto& each) { lowest = smaller(lowest, ever(each, fullest)); });
        return lowest;
    }();
    template <std::size_t I> static constexpr std::size_t find() {
        if constexpr (I + 1 >= bare<decltype(rules)>::size)
            return I;
        else
            return ever(rules.template at<I>(), fullest) == limit ? I : find<I + 1>();
    }
    using rule_type = bare<decltype(rules.template at<find<0>()>())>;
};

/// The first rule that needs what a guard lacks, as a tag; tag<void> where there is none.
template <class Constant, need Lacking, std::size_t I = 0> constexpr auto find_needy_rule() {
    constexpr const auto& rules = Constant::get();
    if constexpr (I == bare<decltype(rules)>::size)
        return tag<void>{};
    else if constexpr (includes(needs_of(rules.template at<I>()), Lacking))
        return tag<bare<decltype(rules.template at<I>())>>{};
    else
        return find_needy_rule<Constant, Lacking, I + 1>();
}

/// What a rule of a constant policy needs and the guard has not got. A ledger may bring a clock.
template <class Constant, class Options, bool HasDate> constexpr auto find_needs_flaw() {
    using remembering = typename decltype(find_needy_rule<Constant, need::history>())::type;
    using timed = typename decltype(find_needy_rule<Constant, need::clock>())::type;
    using dated = typename decltype(find_needy_rule<Constant, need::observation_time>())::type;
    if constexpr (!Options::ledger_type::given && !is_same<remembering, void>)
        return tag<policy_needs_a_ledger<remembering>>{};
    else if constexpr (!Options::clock_type::given && !Options::ledger_type::has_clock &&
                       !is_same<timed, void>)
        return tag<policy_needs_a_clock<timed>>{};
    else if constexpr (!HasDate && !is_same<dated, void>)
        return tag<policy_needs_an_observation<dated>>{};
    else
        return tag<void>{};
}

}  // namespace shearpin::inline v1::detail
