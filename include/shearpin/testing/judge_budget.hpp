// SPDX-License-Identifier: BSL-1.0
// Whether a ledger let go more than a rate, or forgot what had gone, by what its users wrote down.
// It looks at what is certain, whenever within a call things happened: so what it convicts is
// wrong.
#pragma once

#include <shearpin/testing/history.hpp>

#include <algorithm>

namespace shearpin::inline v1::testing {

/// A limit over time that those who removed shared.
struct budget {
    std::uint64_t limit = 0;   ///< so much may go
    std::uint64_t window = 0;  ///< in any time so long, in nanoseconds
};

/// Says whether a history of removals kept to a budget, whatever order its calls that overlap had.
class budget_judge {
public:
    /// What was wrong, one line each; at most `most`. Empty where nothing was.
    [[nodiscard]] static std::vector<std::string> judge(const history& what, const budget& allowed,
                                                        std::size_t most = 20) {
        budget_judge made{what, allowed, most, {}};
        made.weigh_sums();
        made.look_for_lost();
        return std::move(made.found_);
    }

private:
    void say(const std::string& text) {
        if (found_.size() < most_) found_.push_back(text);
    }

    /// When it began to be over, at the earliest: from then on it ages.
    static std::uint64_t over(const asked_removal& each) {
        return std::min(each.settle_begin, each.resolve_begin);
    }
    /// Whether it is over for so long, at this time, that it counts no more.
    [[nodiscard]] bool has_aged(const asked_removal& each, std::uint64_t time) const {
        return over(each) != never && over(each) + allowed_.window <= time;
    }
    /// Whether all of it counts, for sure, for whoever decides from `begin` to `end`.
    [[nodiscard]] bool counts(const asked_removal& each, std::uint64_t begin,
                              std::uint64_t end) const {
        return !each.id.empty() && each.end < begin && !has_aged(each, end);
    }

    void weigh_sums() {
        std::vector<const asked_removal*> admitted;
        for (const asked_removal& each : what_.removals)
            if (!each.id.empty()) admitted.push_back(&each);
        std::sort(admitted.begin(), admitted.end(),
                  [](const auto* one, const auto* other) { return one->end < other->end; });
        // Those that may still count: what has aged when one call ends has when a later one does.
        std::vector<const asked_removal*> recent;
        std::uint64_t all = 0;
        for (const asked_removal* each : admitted) {
            std::uint64_t sum = each->amount;
            for (const asked_removal* other : recent)
                if (counts(*other, each->begin, each->end)) sum += other->amount;
            if (sum > allowed_.limit)
                say("removal " + each->id + " was admitted as the " + std::to_string(sum) +
                    ". of " + std::to_string(allowed_.limit));
            all += each->amount;
            recent.push_back(each);
            std::erase_if(recent,
                          [&](const asked_removal* other) { return has_aged(*other, each->end); });
        }
        // Where nothing can have aged, it does not matter who was first.
        if (found_.empty() && all > allowed_.limit &&
            std::none_of(admitted.begin(), admitted.end(), [&](const asked_removal* each) {
                return has_aged(*each, admitted.back()->end);
            }))
            say("in all " + std::to_string(all) + " were admitted of " +
                std::to_string(allowed_.limit));
    }

    /// What was admitted before somebody lists the ledger, and cannot have aged, is listed.
    void look_for_lost() {
        for (const audit& each : what_.audits) {
            if (each.end == never) continue;
            for (const asked_removal& removal : what_.removals) {
                if (!counts(removal, each.begin, each.end)) continue;
                const auto at = each.amounts.find(removal.id);
                if (at == each.amounts.end())
                    say("removal " + removal.id + " was lost: the ledger does not list it");
                else if (at->second != removal.amount)
                    say("removal " + removal.id + " took " + std::to_string(removal.amount) +
                        ", and the ledger says " + std::to_string(at->second));
            }
        }
    }

    const history& what_;
    budget allowed_;
    std::size_t most_;
    std::vector<std::string> found_;

    budget_judge(const history& what, const budget& allowed, std::size_t most,
                 std::vector<std::string> found)
        : what_(what), allowed_(allowed), most_(most), found_(std::move(found)) {}
};

}  // namespace shearpin::inline v1::testing
