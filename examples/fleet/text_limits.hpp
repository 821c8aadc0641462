// SPDX-License-Identifier: BSL-1.0
// What a policy file states of one pool.
#pragma once

#include <shearpin/parse_policies.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy_file.hpp"

namespace fleet {

/// A rule as it is written, and where: "fleet.policy:3".
struct stated_text {
    std::string rule;
    std::string where;
    bool looks_back = false;  ///< at what was removed before, so that it needs a ledger
    bool asks_for_words = false;
    bool is_of_calls = false;  ///< it counts hosts or pools of a call, and not how much they are
};

/// The rules of the file that hold for the pool, and where they stand.
class text_limits {
public:
    /// There is no policy file.
    text_limits() = default;
    text_limits(const policy_file& from, const std::string& pool);

    /// There is a policy file, and it does not speak of the pool.
    [[nodiscard]] bool is_missing() const noexcept { return !file_.empty() && !rules_; }
    [[nodiscard]] bool any() const noexcept { return rules_.has_value(); }
    /// The file's bare name, which stands beside numbers in tables. Empty where there is none.
    [[nodiscard]] const std::string& file() const noexcept { return file_; }
    /// Where there are any.
    [[nodiscard]] const shearpin::read_policy& rules() const { return *rules_; }
    [[nodiscard]] const std::vector<stated_text>& stated() const noexcept { return stated_; }

    /// Calls `with(policy)`, where there are any.
    template <class F> void visit(F& with) const {
        if (rules_) with(*rules_);
    }
    /// The same without the rules that a person could satisfy by saying something.
    template <class F> void visit_without_words(F& with) const {
        if (without_words_) with(*without_words_);
    }

    /// Where the rule is stated that is written like this; empty where it is not.
    [[nodiscard]] std::string where(std::string_view rule) const;
    /// The first rule that needs a ledger; null where none does.
    [[nodiscard]] const stated_text* first_with_history() const;
    /// "approvals(2, above(3)), needs_expected()"; empty where no words are asked for.
    [[nodiscard]] std::string words() const;
    /// "max_targets(5), max_pools(1)": what each call has to keep beside the amounts.
    [[nodiscard]] std::string of_calls() const;

private:
    std::string file_;
    std::optional<shearpin::read_policy> rules_;
    std::optional<shearpin::read_policy> without_words_;
    std::vector<stated_text> stated_;
};

}  // namespace fleet
