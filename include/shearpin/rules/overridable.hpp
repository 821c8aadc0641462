// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/override.hpp>
#include <shearpin/rule.hpp>

namespace shearpin::inline v1 {

/// A rule whose limit may be lifted once, by name, with override_once<rule>. Every rule that is not
/// marked so is hard: no override reaches it. Up to what an override lifts, its own limit holds.
template <rule R> class overridable {
public:
    /// The rule that may be lifted.
    using base = R;
    static constexpr text_view name = detail::name_of<R>();
    static constexpr measure measures = detail::measure_of<R>();
    static constexpr bool all_or_nothing = requires { requires R::all_or_nothing; };
    static constexpr bool asks_for_words = requires { requires R::asks_for_words; };
    static constexpr bool can_be_lifted = true;  ///< by this a policy knows it from a hard rule

    constexpr overridable(const R& lifted_by_name) noexcept : base_(lifted_by_name) {}

    /// The rule itself, whose own limit holds until it is lifted.
    [[nodiscard]] constexpr const R& within() const noexcept { return base_; }
    /// What the rule itself needs.
    [[nodiscard]] constexpr need needs_now() const noexcept { return detail::needs_of(base_); }
    [[nodiscard]] constexpr duration looks_back() const noexcept {
        return detail::window_of(base_);
    }

    [[nodiscard]] constexpr count limit(const facts& known) const {
        const count own = base_.limit(known);
        if (known.lifted == nullptr) return own;
        return detail::larger(own, known.lifted->template up_to<R>());
    }
    /// As far as waiting goes; an override may lift it further.
    [[nodiscard]] constexpr count at_best(const facts& known) const {
        const count own = detail::at_best(base_, known);
        if (known.lifted == nullptr) return own;
        return detail::larger(own, known.lifted->template up_to<R>());
    }
    [[nodiscard]] constexpr maybe<duration> retry_after(const facts& known, count asked) const {
        return detail::retry_after(base_, known, asked);
    }

    constexpr void spell(writer& out) const {
        out.put("overridable(");
        detail::spell(base_, out);
        out.put(")");
    }
    constexpr void explain(const facts& known, writer& out) const {
        const count own = base_.limit(known);
        if constexpr (requires { base_.explain(known, out); })
            base_.explain(known, out);
        else
            out.put(own).put(" may go now");
        const count up_to = known.lifted != nullptr ? known.lifted->template up_to<R>() : 0;
        if (up_to > own) out.put(", lifted to ").put(up_to).put(" by an override");
    }

    friend constexpr bool operator==(const overridable&, const overridable&) noexcept = default;

private:
    R base_;
};

}  // namespace shearpin::inline v1
