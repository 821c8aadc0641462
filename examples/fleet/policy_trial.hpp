// SPDX-License-Identifier: BSL-1.0
// What a policy would have said of past removals.
#pragma once

#include <shearpin/violation.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pool_policies.hpp"
#include "removal_log.hpp"

namespace fleet {

/// What of the pools the log does not say.
struct trial_terms {
    std::map<std::string, shearpin::count> sizes{};  ///< of the pools, where no line states one
    std::optional<shearpin::duration> back_after{};  ///< what went serves again so much later
};

/// What would have been said of one removal.
struct trial_verdict {
    enum class kind : unsigned char {
        admitted,
        asked,    ///< only rules that a person can satisfy by saying something would have refused
        refused,  ///< a number would have
    };
    const logged_removal* of = nullptr;
    kind what = kind::admitted;
    std::vector<shearpin::violation> broken{};
};

/// How often one rule of one pool would have refused.
struct trial_rule {
    std::string pool, stated, where;
    bool asks_for_words = false;
    std::size_t times = 0;
    std::size_t alone = 0;  ///< no other rule would have
    /// The largest amount that was meant and would have been refused, and the smallest that was a
    /// mistake.
    std::optional<shearpin::count> largest_meant{}, smallest_mistake{};
};

struct trial_result {
    std::vector<trial_verdict> verdicts{};  ///< of each removal, in their order
    std::vector<trial_rule> rules{};        ///< those that would have refused; the most often first
    /// How many removals had a pool of which nothing says what served; it was taken as whole.
    std::size_t taken_as_whole = 0;
    [[nodiscard]] std::size_t number(trial_verdict::kind what) const;
    /// The same of those that were a mistake, or were not.
    [[nodiscard]] std::size_t number(trial_verdict::kind what, bool mistakes) const;
};

/// Judges them in their order, at their times, each with what had gone before it. A mistake that is
/// refused has not gone: all else has, since somebody who means it gets it done. A pool whose size
/// nothing says is a failure, and so is a removal that limits over time could not look back on.
trial_result try_policy(const pool_policies& policies, const removal_log& log,
                        const trial_terms& terms);

}  // namespace fleet
