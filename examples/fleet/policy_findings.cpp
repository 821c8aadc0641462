// SPDX-License-Identifier: BSL-1.0
#include "policy_findings.hpp"

#include <shearpin/strictness.hpp>

#include <algorithm>
#include <type_traits>
#include <utility>

namespace fleet {

namespace {

/// The rules of a policy as they are written.
std::vector<std::string> rules_as_text(const shearpin::read_policy& rules) {
    std::vector<std::string> all;
    rules.for_each([&](const auto& each) { all.push_back(to_string(shearpin::policy{each})); });
    return all;
}

class finder {
public:
    explicit finder(const policy_file& file) : file_(file) {}

    /// An empty name stands for all pools that are not named.
    void look_at(const std::string& pool, const shearpin::read_policy* own) {
        const auto all = file_.pools.rules_of(pool);
        if (!all || own == nullptr) return;
        pool_ = pool;
        called_ = "pool " + pool + ": ";
        if (pool.empty()) called_ = file_.pools.pools().empty() ? "" : "all other pools: ";
        rules_ = rules_as_text(*all);
        const std::size_t of_its_own = rules_as_text(*own).size();
        shearpin::for_each_dead_rule(*all, [&](const shearpin::dead_rule& found) {
            // What every_pool states may matter for others.
            if (found.which < of_its_own) tell_dead(found, 0);
        });
        for (std::size_t rule = 0; rule != of_its_own; ++rule) tell_undated(rule);
        if (shearpin::admits_nothing(*all)) tell_nothing(*all);
    }
    void look_at_every_pool() {
        const shearpin::read_policies& pools = file_.pools;
        if (pools.every() == nullptr) return;
        if (pools.pools().empty() && pools.others() == nullptr) {
            all_.push_back({{},
                            "nothing could ever be removed: every_pool speaks of no pool by "
                            "itself; name pools, or state other_pools { ... }",
                            true});
            return;
        }
        pool_ = pools.pools().empty() ? "" : pools.pools().front().pool;
        called_ = "every_pool: ";
        rules_ = rules_as_text(*pools.rules_of(pool_));
        const std::size_t before = rules_.size() - rules_as_text(*pools.every()).size();
        shearpin::for_each_dead_rule(*pools.every(),
                                     [&](const auto& found) { tell_dead(found, before); });
        for (std::size_t rule = before; rule != rules_.size(); ++rule) tell_undated(rule);
    }
    [[nodiscard]] const std::vector<policy_finding>& all() const noexcept { return all_; }

private:
    /// `rule` is a number among all the rules of the pool.
    void add(std::size_t rule, const std::string& text, bool admits_nothing) {
        const policy_finding next{file_.pools.place_of(pool_, rule), called_ + text,
                                  admits_nothing};
        all_.insert(std::upper_bound(all_.begin(), all_.end(), next, stands_before), next);
    }
    static bool stands_before(const policy_finding& left, const policy_finding& right) {
        const auto place = [](const policy_finding& of) {
            return of.place ? std::pair(of.place->line, of.place->column)
                            : std::pair<shearpin::count, shearpin::count>();
        };
        return place(left) < place(right);
    }
    void tell_dead(const shearpin::dead_rule& found, std::size_t before) {
        std::string why = "what it refuses is refused anyway";
        if (found.stricter != found.which) {
            why = rules_[before + found.stricter];
            if (const auto place = file_.pools.place_of(pool_, before + found.stricter))
                why += " in line " + std::to_string(place->line);
            why += " is always at least as strict";
        }
        add(before + found.which, rules_[before + found.which] + " never matters: " + why, false);
    }
    void tell_undated(std::size_t rule) {
        if (rules_[rule].find("fresh_within(") != std::string::npos)
            add(rule, rules_[rule] + undated, true);
    }
    void tell_nothing(const shearpin::read_policy& rules) {
        std::optional<std::size_t> to_blame, first_freeze;
        std::size_t at = 0;
        rules.for_each([&]<class Rule>(const Rule& each) {
            if (!to_blame && shearpin::admits_nothing(shearpin::policy{each})) to_blame = at;
            if (!first_freeze && std::is_same_v<Rule, shearpin::freeze>) first_freeze = at;
            ++at;
        });
        const std::string nothing = "nothing could ever be removed: ";
        if (to_blame)
            add(*to_blame, nothing + rules_[*to_blame] + " never lets anything go", true);
        else
            add(first_freeze.value_or(0), nothing + "its freezes together leave no time open",
                true);
    }

    const policy_file& file_;
    std::string pool_;
    std::string called_;
    std::vector<std::string> rules_;
    std::vector<policy_finding> all_;
};

}  // namespace

std::vector<policy_finding> findings_in(const policy_file& file) {
    finder found(file);
    for (const auto& each : file.pools.pools()) found.look_at(each.pool, &each.rules);
    found.look_at("", file.pools.others());
    found.look_at_every_pool();
    return found.all();
}

}  // namespace fleet
