// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/facts.hpp>
#include <shearpin/maybe.hpp>
#include <shearpin/text.hpp>

namespace shearpin::inline v1 {

/// A rule is a limit: a name, and a function from facts to the largest amount that may be removed
/// now. That is all a rule of your own must have:
///
///     struct half_at_once {
///         static constexpr std::string_view name = "half_at_once";
///         constexpr shearpin::count limit(const shearpin::facts& f) const { return
///         f.pool.available / 2; }
///     };
///
/// It may also have
///   - `static constexpr measure measures`: what the limit is compared with (default: amount);
///   - `static constexpr need needs`: what it looks at beside the pool (default: nothing);
///   - `void spell(writer&) const`: how it is written, with its numbers (default: its name);
///   - `void explain(const facts&, writer&) const`: the numbers behind the limit, for a refusal;
///   - `count at_best(const facts&) const`: the largest limit that waiting could bring, for this
///     size of the pool: a refusal of more than that says that waiting will not help;
///   - `static constexpr bool all_or_nothing = true`: its limit is zero or everything, so that a
///     refusal does not tell how much was asked;
///   - `static constexpr bool asks_for_words = true`: it looks at what the person says, so that
///     waiting does not help;
///   - `static constexpr bool once = true`: to state it twice in a policy is a mistake;
///   - `duration looks_back() const`: how far it looks into the ledger, which remembers that long;
///   - `maybe<duration> retry_after(const facts&, count asked) const`: when that much may go.
///
/// What these functions throw leaves the guarded call, before anything was removed.
/// limit() must return exactly `shearpin::count`: a signed result could turn into a huge one.
template <class R>
concept rule = requires(const R& given_rule, const facts& known) {
    { given_rule.limit(known) } -> detail::same_as<count>;
    { R::name } -> detail::converts_to<text_view>;
};

template <rule R> class overridable;  // in rules/overridable.hpp

namespace detail {

template <class R> inline constexpr bool is_overridable = false;
template <class R> inline constexpr bool is_overridable<overridable<R>> = true;

template <class R> constexpr text_view name_of() noexcept { return R::name; }

template <class R> constexpr measure measure_of() noexcept {
    if constexpr (requires { R::measures; })
        return R::measures;
    else
        return measure::amount;
}

/// What this rule needs; one whose needs depend on its values has needs_now() in place of `needs`.
template <class R> constexpr need needs_of(const R& given_rule) noexcept {
    if constexpr (requires { given_rule.needs_now(); })
        return given_rule.needs_now();
    else if constexpr (requires { R::needs; })
        return R::needs;
    else
        return need::nothing;
}

/// The limit of one rule; none where it needs a ledger that is left out by name.
template <class R>
[[gnu::always_inline]] constexpr count limit_of(const R& given_rule, const facts& known) {
    if (known.past_the_ledger && includes(needs_of(given_rule), need::history)) return ~count{0};
    return given_rule.limit(known);
}

/// For a rule of the library: `allows(known, asked)` is `asked <= limit(known)` in fewer steps. It
/// is not found by its name, so that a rule of the user's cannot have it by accident.
template <class R> inline constexpr bool has_shortcut = false;

/// Whether so much is within the limit of one rule.
template <class R>
[[gnu::always_inline]] constexpr bool is_within(const R& given_rule, const facts& known,
                                                count asked) {
    if constexpr (has_shortcut<R>)
        if (!known.past_the_ledger) return given_rule.allows(known, asked);
    return asked <= limit_of(given_rule, known);
}

template <class R> constexpr void spell(const R& given_rule, writer& out) {
    if constexpr (requires { given_rule.spell(out); })
        given_rule.spell(out);
    else
        out.put(R::name);
}

/// The largest limit that waiting could bring; unlimited where the rule does not say.
template <class R> constexpr count at_best(const R& given_rule, const facts& known) {
    if constexpr (requires { given_rule.at_best(known); })
        return given_rule.at_best(known);
    else
        return ~count{0};
}

/// How far this rule looks back into the ledger.
template <class R> constexpr duration window_of(const R& given_rule) noexcept {
    if constexpr (requires { given_rule.looks_back(); })
        return given_rule.looks_back();
    else
        return {};
}

/// A number; one that is not believed as the negative one that it was.
constexpr void put_amount(writer& out, count number) noexcept {
    if (number > largest_count)
        out.put("-").put(~number + 1);
    else
        out.put(number);
}

/// ", so 6 may go".
constexpr void put_so(writer& out, count may_go) noexcept {
    out.put(", so ");
    if (may_go == 0)
        out.put("none");
    else
        out.put(may_go);
    out.put(" may go");
}

/// " (30 more are leaving)".
constexpr void put_leaving(writer& out, const facts& known) noexcept {
    if (known.leaving != 0) out.put(" (").put(known.leaving).put(" more are leaving)");
}

template <class R>
constexpr maybe<duration> retry_after(const R& given_rule, const facts& known, count asked) {
    if constexpr (requires { given_rule.retry_after(known, asked); })
        return given_rule.retry_after(known, asked);
    else
        return {};
}

}  // namespace detail

}  // namespace shearpin::inline v1
