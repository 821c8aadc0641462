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
#include "text_limits.hpp"

namespace fleet {

/// What is stated of one pool. Of several floors and caps of the pools file, the strictest; what a
/// policy file states holds beside them.
struct pool_limits {
    std::optional<stated_limit> floor;
    std::optional<stated_limit> max_batch;
    std::size_t floors = 0;            ///< how many were stated
    bool batch_may_be_lifted = false;  ///< each line that states a cap says so
    std::vector<stated_rule<shearpin::approvals>> approvals{};  ///< all of them hold
    std::string needs_expected_in{};  ///< where it is stated; empty where it is not
    history_limits history{};         ///< what looks at what was removed before
    text_limits text{};
    bool lacks_floor = false;  ///< there is a pools file, and nothing states a floor

    /// Each source of limits that there is must speak of a pool, or what touches it is refused: so
    /// another one can only tighten, and a misspelt name in one of them is found out.
    [[nodiscard]] bool spoken_of() const noexcept {
        return !lacks_floor && !text.is_missing() && (floor || text.any());
    }
    /// Calls `with(policy)` for each rule of the pool. A floor of the pools file is never
    /// overridable.
    template <class F> void visit(F&& with) const {
        visit_table_without_words(with);
        visit_rules(approvals, with);
        if (!needs_expected_in.empty()) with(shearpin::policy{shearpin::needs_expected{}});
        text.visit(with);
    }
    /// The same without the rules that a person could satisfy by saying something.
    template <class F> void visit_without_words(F&& with) const {
        visit_table_without_words(with);
        text.visit_without_words(with);
    }
    /// Those of the pools file and the command line that only look at numbers.
    template <class F> void visit_numbers(F&& with) const {
        if (floor) with(shearpin::policy{rule_from<shearpin::min_remaining>(floor->value)});
        if (max_batch)
            visit_rule(rule_from<shearpin::max_batch>(max_batch->value), batch_may_be_lifted, with);
    }

    /// Keeps the stricter of two caps, the lower one for a pool of this size.
    void tighten_batch(const stated_limit& other, shearpin::count size);

private:
    template <class F> void visit_table_without_words(F& with) const {
        visit_numbers(with);
        history.visit(with);
    }
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

/// A rule that looks at what was removed before.
struct needy_pool {
    std::string pool, rule, where;
};

/// The policy of each pool of an inventory. A pool of which a file that is given does not speak has
/// none, so that a guard refuses what touches it.
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
            if (found == policies_->limits_.end() || !found->second.spoken_of()) return false;
            if (with_words_)
                found->second.visit(with);
            else
                found->second.visit_without_words(with);
            return true;
        }

    private:
        const pool_policies* policies_;
        bool with_words_;
    };

    /// Reads the pools file, and tells the inventory the sizes that it states.
    static pool_policies read(const csv_table& file, inventory& pools);
    /// Adds what the command line states.
    void add(const limits_for_all& limits, const inventory& hosts);
    /// Adds what a policy file states.
    void add(const policy_file& file, const inventory& hosts);

    [[nodiscard]] source judged_by() const noexcept { return source(*this, true); }
    /// The same without the rules that a person could satisfy by saying something.
    [[nodiscard]] source judged_without_words() const noexcept { return source(*this, false); }
    [[nodiscard]] const pool_limits& of(const std::string& pool_name) const;
    /// How much of a pool may go now by the floor and the cap of the pools file and the command
    /// line, where every host counts one and serves; nothing where it has no floor.
    [[nodiscard]] std::optional<shearpin::count> may_go(const pool_entry& pool) const;
    /// Pools with a rule that looks at what was removed before need a ledger.
    [[nodiscard]] std::optional<needy_pool> first_with_history() const;
    /// The lines of the pools file that name a pool which no host serves.
    [[nodiscard]] const std::vector<std::size_t>& unused_lines() const noexcept { return unused_; }
    /// The pools that a policy file names and no host serves.
    [[nodiscard]] const std::vector<std::string>& unused_names() const noexcept {
        return unused_names_;
    }

private:
    std::map<std::string, pool_limits, std::less<>> limits_;
    std::vector<std::size_t> unused_;
    std::vector<std::string> unused_names_;
    bool floors_needed_ = false;
};

}  // namespace fleet
