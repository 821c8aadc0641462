// SPDX-License-Identifier: BSL-1.0
// What the pools file states of removals over time. All of it needs a ledger.
#pragma once

#include <shearpin/rules/cooldown.hpp>
#include <shearpin/rules/max_in_flight.hpp>
#include <shearpin/rules/max_rate.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "csv_table.hpp"
#include "stated_rule.hpp"

namespace fleet {

/// What is stated of one pool; all of it holds.
struct history_limits {
    std::vector<stated_rule<shearpin::max_rate>> rates{};
    std::vector<stated_rule<shearpin::cooldown>> rests{};
    std::vector<stated_rule<shearpin::max_in_flight>> in_flight{};

    [[nodiscard]] bool any() const noexcept {
        return !rates.empty() || !rests.empty() || !in_flight.empty();
    }
    /// Calls `with(policy)` for each of the rules.
    template <class F> void visit(F& with) const {
        visit_rules(rates, with);
        visit_rules(rests, with);
        visit_rules(in_flight, with);
    }
    /// Adds what another line states.
    void add(const history_limits& other);
    /// The first of them: "max_rate(20, 1h)", and where it stands.
    [[nodiscard]] std::string first() const;
    [[nodiscard]] std::string first_where() const;
    /// All of them: "max_rate(20, 1h), cooldown(15min)". Empty where there are none.
    [[nodiscard]] std::string text() const;
    /// Where the rule of this name is stated that is spelled like this; empty where it is not.
    [[nodiscard]] std::string where(std::string_view name, std::string_view spelling) const;
};

/// The columns of the pools file for them.
struct history_columns {
    explicit history_columns(const csv_table& table)
        : max_rate(table.find("max_rate")),
          cooldown(table.find("cooldown")),
          max_in_flight(table.find("max_in_flight")) {}

    std::optional<std::size_t> max_rate, cooldown, max_in_flight;
};

/// Which of them --override may lift.
struct liftable_history {
    bool max_rate = false;
    bool cooldown = false;
};

/// What one line states of them; what cannot be understood is a failure with its line.
history_limits read_history_limits(const csv_table& table, const csv_row& row,
                                   const history_columns& columns, const liftable_history& lifted,
                                   const std::string& where);

}  // namespace fleet
