// SPDX-License-Identifier: BSL-1.0
#include "policy_trial.hpp"

#include <shearpin/shearpin.hpp>

#include <algorithm>
#include <deque>

#include "failure.hpp"
#include "report.hpp"

namespace fleet {

namespace {

/// What has gone, and may come back.
struct gone {
    shearpin::time_point when;
    std::map<std::string, shearpin::count> amounts;
};

std::map<std::string, shearpin::count> amounts_of(const logged_removal& one) {
    std::map<std::string, shearpin::count> all;
    for (const logged_targets& each : one.targets)
        for (std::size_t at = 0; at != each.pools.size(); ++at)
            all[each.pools[at]] += each.weights[at] * each.number;
    return all;
}

/// The world as it stood before one removal, as a guard asks for it. A target is the number of an
/// entry of the removal, and its own number within that.
class past_world {
public:
    void stand_at(const logged_removal& one, std::map<std::string, shearpin::pool> pools) {
        now_ = &one;
        pools_ = std::move(pools);
    }
    [[nodiscard]] std::vector<std::uint64_t> targets() const {
        std::vector<std::uint64_t> all;
        for (std::uint64_t entry = 0; entry != now_->targets.size(); ++entry)
            for (std::uint64_t at = 0; at != now_->targets[entry].number; ++at)
                all.push_back(entry << 32U | at);
        return all;
    }

    [[nodiscard]] bool contains(std::uint64_t) const { return true; }
    [[nodiscard]] const std::vector<std::string>& pools_of(std::uint64_t target) const {
        return now_->targets[target >> 32U].pools;
    }
    [[nodiscard]] shearpin::pool state(const std::string& pool_name) const {
        return pools_.find(pool_name)->second;
    }
    [[nodiscard]] shearpin::count weight_of(std::uint64_t target,
                                            const std::string& pool_name) const {
        const logged_targets& entry = now_->targets[target >> 32U];
        const auto at = std::find(entry.pools.begin(), entry.pools.end(), pool_name);
        return entry.weights[static_cast<std::size_t>(at - entry.pools.begin())];
    }

private:
    const logged_removal* now_ = nullptr;
    std::map<std::string, shearpin::pool> pools_;
};

class trial {
public:
    trial(const pool_policies& policies, const removal_log& log, const trial_terms& terms)
        : policies_(policies), log_(log), terms_(terms) {}

    trial_result run() {
        shearpin::manual_clock clock;
        shearpin::ledger ledger{shearpin::memory_store{}};
        past_world world;
        // In shadow: what is refused goes on, and onto the ledger, since in the log it did.
        auto remove = shearpin::guard(
                          policies_.judged_by(), [](const std::vector<std::uint64_t>&) {}, world)
                          .with_ledger(ledger)
                          .with_clock(clock)
                          .with_observer([this](const shearpin::event& what) { note(what); })
                          .in_shadow();
        for (const logged_removal& each : log_.removals) {
            clock.set(each.when);
            world.stand_at(each, pools_before(each));
            const auto targets = world.targets();
            const trial_verdict verdict = verdict_of(each, remove.check(targets));
            result_.verdicts.push_back(verdict);
            if (each.was_a_mistake && verdict.what == trial_verdict::kind::refused) continue;
            record(each, [&] { static_cast<void>(remove.try_call(targets)); });
            gone_.push_back({each.when, amounts_of(each)});
        }
        std::vector<trial_rule> by_times;
        for (const trial_rule& each : result_.rules)
            by_times.insert(std::upper_bound(by_times.begin(), by_times.end(), each,
                                             [](const auto& left, const auto& right) {
                                                 return left.times > right.times;
                                             }),
                            each);
        result_.rules = std::move(by_times);
        return std::move(result_);
    }

private:
    /// Does a removal that the ledger has to remember. In shadow it goes on where the ledger takes
    /// no more, and limits over time would then see less than was removed.
    template <class Remove> void record(const logged_removal& one, Remove remove) {
        is_recorded_ = false;
        why_not_.clear();
        remove();
        if (!is_recorded_)
            bad_input(log_.name, one.line,
                      "this removal cannot be recorded, so limits over time would not look back "
                      "on it: " +
                          why_not_ + "; here that means a shorter log, or one of fewer pools");
    }
    void note(const shearpin::event& what) {
        using kind = shearpin::event::kind;
        if (what.what == kind::admitted || what.what == kind::shadow_refused) {
            is_recorded_ = !what.reservation.empty();
            if (!is_recorded_ && what.why != nullptr)
                for (const shearpin::violation& each : what.why->violations())
                    why_not_ += (why_not_.empty() ? "" : ", ") + line_of(each);
        } else if (what.what == kind::not_settled) {
            is_recorded_ = false;
            why_not_ = std::string_view(what.trouble);
        }
    }

    [[nodiscard]] std::map<std::string, shearpin::pool> pools_before(const logged_removal& one) {
        if (terms_.back_after)
            while (!gone_.empty() && gone_.front().when + *terms_.back_after <= one.when)
                gone_.pop_front();
        std::map<std::string, shearpin::pool> pools;
        bool as_whole = false;
        for (const auto& [name, stood] : one.pools) {
            shearpin::count size = 0;
            if (stood.size)
                size = *stood.size;
            else if (const auto found = terms_.sizes.find(name); found != terms_.sizes.end())
                size = found->second;
            else
                bad_input(log_.name, one.line,
                          "how much the pool " + name +
                              " is meant to hold is not known: a column `size` can say it, "
                              "--size " +
                              name + "=NUMBER or --hosts HOSTS.csv");
            pools[name] = {.size = size,
                           .available = stood.available.value_or(serving(name, size))};
            if (!stood.available && !terms_.back_after) as_whole = true;
        }
        if (as_whole) ++result_.taken_as_whole;
        return pools;
    }
    /// Where the log does not say it.
    [[nodiscard]] shearpin::count serving(const std::string& pool, shearpin::count size) const {
        if (!terms_.back_after) return size;
        shearpin::count out = 0;
        for (const gone& each : gone_)
            if (const auto found = each.amounts.find(pool); found != each.amounts.end())
                out += found->second;
        return size - std::min(out, size);
    }

    [[nodiscard]] trial_verdict verdict_of(const logged_removal& one,
                                           const shearpin::decision& decision) {
        trial_verdict verdict{.of = &one};
        if (decision) return verdict;
        verdict.what = trial_verdict::kind::asked;
        for (const shearpin::violation& each : decision.why().violations()) {
            // Not what the policy says of it.
            if (each.rule() == "ledger_unavailable" || each.rule() == "ledger_is_busy" ||
                each.rule() == "pool_without_a_name")
                bad_input(log_.name, one.line, line_of(each));
            if (!each.asks_for_words()) verdict.what = trial_verdict::kind::refused;
            verdict.broken.push_back(each);
        }
        std::vector<std::string> counted;  // what two files state alike is broken twice
        for (const shearpin::violation& each : verdict.broken) {
            trial_rule& rule = rule_of(each, one);
            const std::string called = rule.pool + '\n' + rule.stated;
            if (std::find(counted.begin(), counted.end(), called) != counted.end()) continue;
            counted.push_back(called);
            ++rule.times;
            auto& extreme = one.was_a_mistake ? rule.smallest_mistake : rule.largest_meant;
            if (!extreme || (each.requested() < *extreme) == one.was_a_mistake)
                extreme = each.requested();
        }
        if (counted.size() == 1) ++rule_of(verdict.broken.front(), one).alone;
        return verdict;
    }
    [[nodiscard]] trial_rule& rule_of(const shearpin::violation& broken,
                                      const logged_removal& one) {
        const std::string pool(broken.pool());
        const std::string stated(std::string_view(broken.stated()));
        for (trial_rule& each : result_.rules)
            if (each.pool == pool && each.stated == stated) return each;
        result_.rules.push_back({.pool = pool,
                                 .stated = stated,
                                 .where = where_stated(broken, one),
                                 .asks_for_words = broken.asks_for_words()});
        return result_.rules.back();
    }

    /// A violation has its pool by its first 63 characters, or none, where it counts pools.
    [[nodiscard]] std::string where_stated(const shearpin::violation& broken,
                                           const logged_removal& one) const {
        for (const auto& [name, stood] : one.pools)
            if (broken.pool().empty() || shearpin::fixed_text<63>(name) == broken.pool())
                if (std::string where = stated_in(policies_.of(name), broken); !where.empty())
                    return where;
        return {};
    }

    const pool_policies& policies_;
    const removal_log& log_;
    const trial_terms& terms_;
    trial_result result_;
    std::deque<gone> gone_;
    bool is_recorded_ = false;
    std::string why_not_;
};

}  // namespace

std::size_t trial_result::number(trial_verdict::kind what) const {
    return number(what, false) + number(what, true);
}
std::size_t trial_result::number(trial_verdict::kind what, bool mistakes) const {
    return static_cast<std::size_t>(
        std::count_if(verdicts.begin(), verdicts.end(), [&](const trial_verdict& each) {
            return each.what == what && each.of->was_a_mistake == mistakes;
        }));
}

trial_result try_policy(const pool_policies& policies, const removal_log& log,
                        const trial_terms& terms) {
    return trial(policies, log, terms).run();
}

}  // namespace fleet
