// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/policy.hpp>
#include <shearpin/rules/approvals.hpp>
#include <shearpin/rules/max_batch.hpp>
#include <shearpin/rules/min_remaining.hpp>
#include <shearpin/rules/needs_expected.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "csv_table.hpp"
#include "history_limits.hpp"
#include "inventory.hpp"
#include "stated_rule.hpp"

namespace fleet {

/// What is stated of one pool. Of several floors and caps, the strictest.
struct pool_limits {
    std::optional<stated_limit> floor;
    std::optional<stated_limit> max_batch;
    std::size_t floors = 0;            ///< how many were stated
    bool batch_may_be_lifted = false;  ///< each line that states a cap says so
    std::vector<stated_rule<shearpin::approvals>> approvals{};  ///< all of them hold
    std::string needs_expected_in{};  ///< where it is stated; empty where it is not
    history_limits history{};         ///< what looks at what was removed before

    /// Calls `with(policy)` for each rule of the pool. A floor is never overridable.
    template <class F> void visit(F&& with) const {
        visit_numbers(with);
        history.visit(with);
        visit_rules(approvals, with);
        if (!needs_expected_in.empty()) with(shearpin::policy{shearpin::needs_expected{}});
    }
    /// The same for the rules that only look at numbers, and not at what a person says.
    template <class F> void visit_numbers(F&& with) const {
        with(shearpin::policy{rule_from<shearpin::min_remaining>(floor->value)});
        if (max_batch)
            visit_rule(rule_from<shearpin::max_batch>(max_batch->value), batch_may_be_lifted, with);
    }

private:
    /// A rule of a limit that was read; no number is read that it would not take.
    template <class Rule> static Rule rule_from(const amount& value) {
        return std::visit([](const auto& given) { return *Rule::from(given); }, value);
    }
};

/// What the command line states beside the pools file.
struct limits_for_all {
    std::optional<stated_limit> floor_for_others;
    std::optional<stated_limit> max_batch;
};

/// The policy of each pool of an inventory. A pool without a floor has none, so that a guard
/// refuses what touches it.
class pool_policies {
public:
    /// What a guard takes: it asks for the rules of each pool that a removal touches. Refers to the
    /// policies, which must outlive it.
    class source {
    public:
        explicit source(const pool_policies& policies, bool with_words) noexcept
            : policies_(&policies), with_words_(with_words) {}
        template <class F> bool visit(std::string_view pool_name, F&& with) const {
            const auto found = policies_->limits_.find(pool_name);
            if (found == policies_->limits_.end() || !found->second.floor) return false;
            if (with_words_) {
                found->second.visit(with);
            } else {
                found->second.visit_numbers(with);
                found->second.history.visit(with);
            }
            return true;
        }

    private:
        const pool_policies* policies_;
        bool with_words_;
    };

    /// Reads the pools file, and tells the inventory the sizes that it states.
    static pool_policies read(const csv_table& file, const limits_for_all& limits,
                              inventory& pools);

    [[nodiscard]] source judged_by() const noexcept { return source(*this, true); }
    /// The same without the rules that a person could satisfy by saying something.
    [[nodiscard]] source judged_without_words() const noexcept { return source(*this, false); }
    [[nodiscard]] const pool_limits& of(const std::string& pool_name) const;
    /// How much of a pool may go now by its floor and its cap, where every host counts one and
    /// serves; nothing where it has no policy.
    [[nodiscard]] std::optional<shearpin::count> may_go(const pool_entry& pool) const;
    /// Pools with a rule that looks at what was removed before need a ledger.
    [[nodiscard]] const std::pair<const std::string, pool_limits>* first_with_history() const;
    /// The lines of the pools file that name a pool which no host serves.
    [[nodiscard]] const std::vector<std::size_t>& unused_lines() const noexcept { return unused_; }

private:
    std::map<std::string, pool_limits, std::less<>> limits_;
    std::vector<std::size_t> unused_;
};

}  // namespace fleet
