// SPDX-License-Identifier: BSL-1.0
// A policy that was read: policy<read_rules>. It is the same class as any policy, with rules whose
// number and kinds are known only when the program runs.
#pragma once

#include <shearpin/detail/stated_rule.hpp>
#include <shearpin/policy.hpp>

#include <vector>

namespace shearpin::inline v1::detail {

/// Rules in the order in which they were written. None at all, as after a move, is nothing that
/// may go: visited as freeze().
class read_rules {
public:
    static constexpr text_view name = "read_policy";

    void add(const stated_rule& next) { rules_.push_back(next); }
    [[nodiscard]] const std::vector<stated_rule>& all() const noexcept { return rules_; }

    template <class F> constexpr void visit(F&& each) const {
        if (rules_.empty()) each(freeze{});
        for (const stated_rule& one : rules_)
            detail::visit_rule(one, [&](const auto& made) { each(made); });
    }

    /// The smallest of them, whatever it measures; a policy asks each of them in its own measure.
    [[nodiscard]] constexpr count limit(const facts& known) const {
        count lowest = ~count{0};
        visit([&](const auto& each) { lowest = smaller(lowest, limit_of(each, known)); });
        return lowest;
    }

    friend bool operator==(const read_rules&, const read_rules&) = default;

private:
    std::vector<stated_rule> rules_;
};

template <> struct rule_pack<indexes<0>, read_rules> {
    explicit rule_pack(const read_rules& given) : rules(given) {}

    template <class F> constexpr void visit(F&& each) const { rules.visit(each); }
    [[nodiscard]] constexpr bool all_allow(const facts& known, const amounts& asked) const {
        bool within = true;
        rules.visit([&]<class R>(const R& each) {
            within = within && is_within(each, known, asked[measure_of<R>()]);
        });
        return within;
    }
    [[nodiscard]] bool equals(const rule_pack& other) const { return rules == other.rules; }

    read_rules rules;
};

}  // namespace shearpin::inline v1::detail

namespace shearpin::inline v1 {

/// A policy that was read when the program ran; made by parse_policy. It is given to a guard as
/// `shearpin::guard(read, removal, world)`, and judged by the code that judges any policy. What the
/// compiler would say of a guard without the ledger, the clock or the observation that a rule
/// needs, a refusal says: such a rule allows nothing.
using read_policy = policy<detail::read_rules>;

}  // namespace shearpin::inline v1
