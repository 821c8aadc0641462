// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/meta.hpp>
#include <shearpin/detail/static_errors.hpp>
#include <shearpin/rule.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

namespace detail {

/// One rule of a policy. The index keeps two rules of the same type apart.
template <std::size_t I, class R> struct rule_slot {
    R held;
};

template <class Indexes, class... Rules> struct rule_pack;
template <std::size_t... Is, class... Rules>
struct rule_pack<indexes<Is...>, Rules...> : rule_slot<Is, Rules>... {
    constexpr explicit rule_pack(const Rules&... given) : rule_slot<Is, Rules>{given}... {}

    template <class F> constexpr void visit(F&& each) const {
        (each(static_cast<const rule_slot<Is, Rules>&>(*this).held), ...);
    }
    /// Whether so much is within the limit of each; the first that it is not within ends it. Always
    /// inlined: clang would make a call of it, into which the constant policy cannot be folded.
    [[gnu::always_inline]] constexpr bool all_allow(const facts& known,
                                                    const amounts& asked) const {
        return (is_within(static_cast<const rule_slot<Is, Rules>&>(*this).held, known,
                          asked[measure_of<Rules>()]) &&
                ...);
    }
    template <class Other> constexpr bool equals(const Other& other) const {
        return ((static_cast<const rule_slot<Is, Rules>&>(*this).held ==
                 static_cast<const rule_slot<Is, Rules>&>(other).held) &&
                ...);
    }
};

template <std::size_t I, class R> constexpr const R& rule_at(const rule_slot<I, R>& slot) noexcept {
    return slot.held;
}

/// What keeps R from being a rule; void where nothing does.
template <class R> constexpr auto find_rule_flaw() {
    if constexpr (rule<R>)
        return tag<void>{};
    else if constexpr (!requires(const R& given, const facts& known) { given.limit(known); })
        return tag<a_rule_needs_limit_of_facts_const<R>>{};
    else if constexpr (!is_same<decltype(declval<const R&>().limit(declval<const facts&>())),
                                count>)
        return tag<limit_must_return_exactly_count<R, decltype(declval<const R&>().limit(
                                                          declval<const facts&>()))>>{};
    else
        return tag<a_rule_needs_a_static_name<R>>{};
}

/// What is wrong with the first of these that is no rule, or with having none.
template <class... Rules> struct rules_flaw_of {
    using type = a_policy_needs_rules_say_unlimited<>;
};
template <class First> struct rules_flaw_of<First> {
    using type = typename decltype(find_rule_flaw<First>())::type;
};
template <class First, class... Rest> struct rules_flaw_of<First, Rest...> {
    using type = typename choose<rule<First>, rules_flaw_of<Rest...>, rules_flaw_of<First>>::type;
};
template <class... Rules> using rules_flaw = typename rules_flaw_of<Rules...>::type;
template <class... Rules>
concept all_rules = sizeof...(Rules) != 0 && (rule<Rules> && ...);

/// Made in place of a policy of which this is wrong; never defined.
template <class Flaw> struct no_policy_see_examples_errors_md;

/// Neither number is a negative one in disguise.
constexpr bool believable(const shearpin::pool& there) noexcept {
    return ((there.size | there.available) >> 63) == 0;
}

}  // namespace detail

/// A set of rules. Its limit is the smallest of theirs, so adding a rule can only tighten it.
///
///     inline constexpr auto index_policy =
///         shearpin::policy{shearpin::min_remaining(95_pct), shearpin::max_batch(5)};
///
/// It is a constant of static storage that a guard takes as a template argument by reference: in
/// a header write `inline constexpr`, so that all of a program's files mean the same object and
/// have the same guard type. All of it is constexpr: prove in a static_assert what must hold.
template <class... Rules> class policy {  // see examples/errors.md
    static_assert(detail::all_rules<Rules...>, "a policy is made of rules; see rule.hpp");

public:
    static constexpr std::size_t size = sizeof...(Rules);  ///< how many rules

    constexpr policy(const Rules&... given_rules) : rules_(given_rules...) {}

    /// Calls `each(rule)` for every rule, in the order in which they were written.
    template <class F> constexpr void for_each(F&& each) const { rules_.visit(each); }

    /// The rule of this number, counted from 0 in the order in which they were written.
    template <std::size_t I> [[nodiscard]] constexpr const auto& at() const noexcept {
        return detail::rule_at<I>(rules_);
    }

    /// The smallest limit of each measure; for a measure of which no rule speaks, no limit.
    [[nodiscard]] constexpr amounts limits(const facts& known) const {
        amounts lowest{~count{0}, ~count{0}, ~count{0}, ~count{0}};
        rules_.visit([&]<class R>(const R& each) {
            count& current = lowest[detail::measure_of<R>()];
            current = detail::smaller(current, detail::limit_of(each, known));
        });
        return lowest;
    }

    /// Whether a removal of this much may go, given these facts: at least one, no more than is
    /// there, numbers that can be, and within every rule.
    [[nodiscard, gnu::always_inline]] constexpr bool admits(const facts& known,
                                                            const amounts& asked) const {
        if (asked.heads == 0 || asked.amount > largest_count || !known.complete) return false;
        if (!detail::believable(known.pool) || asked.serving > known.pool.available) return false;
        return rules_.all_allow(known, asked);
    }
    /// The same of a pool alone, without a clock, a ledger or a request, and of so many targets
    /// that count one each and serve.
    [[nodiscard]] constexpr bool admits(const shearpin::pool& there, count asked) const {
        return admits(facts{.pool = there}, amounts::of(asked));
    }

    /// The most that may go now where every target counts one and serves.
    [[nodiscard]] constexpr count max_removable(const facts& known) const {
        if (!detail::believable(known.pool) || !known.complete) return 0;
        const amounts lowest = limits(known);
        if (lowest.pools == 0) return 0;
        return detail::smaller(detail::smaller(lowest.serving, lowest.amount),
                               detail::smaller(lowest.heads, known.pool.available));
    }
    /// The same of a pool alone: max_removable({.size = 200, .available = 193}). Its numbers need
    /// their names: without them it would not compile, as facts begin with two numbers as well.
    [[nodiscard]] constexpr count max_removable(const shearpin::pool& there) const {
        return max_removable(facts{.pool = there});
    }

    /// How far the rules look back into a ledger: the longest of their windows.
    [[nodiscard]] constexpr duration looks_back() const {
        duration longest;
        rules_.visit([&](const auto& each) {
            const duration window = detail::window_of(each);
            if (longest < window) longest = window;
        });
        return longest;
    }

    friend constexpr bool operator==(const policy& left, const policy& right) {
        return left.rules_.equals(right.rules_);
    }

private:
    detail::rule_pack<detail::make_indexes<sizeof...(Rules)>, Rules...> rules_;
};

// What is wrong with the rules is the compiler's message, at the line where they are written.
template <class... Rules>
    requires(!detail::all_rules<Rules...>)
policy(const Rules&...)
    -> policy<detail::no_policy_see_examples_errors_md<detail::rules_flaw<Rules...>>>;
template <class Flaw>
class policy<detail::no_policy_see_examples_errors_md<Flaw>>;  // see examples/errors.md

namespace detail {
template <class T> inline constexpr bool is_policy = false;
template <class... Rules> inline constexpr bool is_policy<policy<Rules...>> = true;
}  // namespace detail

}  // namespace shearpin::inline v1
