// SPDX-License-Identifier: BSL-1.0
// A large removal as the policy lets it go: in waves, before anything is removed.
#pragma once

#include <shearpin/detail/hex.hpp>
#include <shearpin/ramp.hpp>
#include <shearpin/refusal.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace shearpin::inline v1 {

/// What a plan takes into account beside the policy.
struct plan_options {
    duration soak{};        ///< after each wave
    shearpin::ramp ramp{};  ///< how large the first waves may be
};

/// A limit that made a plan wait, or kept a wave from being larger: the rule as it is written, and
/// the name of its pool, where that has one. "soak" and "ramp" are no rules, but count like one.
struct pace_setter {
    std::string pool;  ///< empty where it has no name
    std::string rule;  ///< empty where there is none

    /// Whether there is one.
    [[nodiscard]] bool given() const noexcept { return !rule.empty(); }
    /// For a person: "index: max_rate(10, 1h)". Empty where there is none.
    [[nodiscard]] std::string text() const { return pool.empty() ? rule : pool + ": " + rule; }
    friend bool operator==(const pace_setter&, const pace_setter&) = default;
};

/// One wave of a plan: some of the targets, one after the other in the order in which they were
/// given.
class planned_wave {
public:
    planned_wave(std::uint64_t first_target, std::uint64_t number, duration since_start,
                 pace_setter made_it_wait, pace_setter kept_it_small)
        : first_(first_target),
          count_(number),
          after_(since_start),
          waited_for_(static_cast<pace_setter&&>(made_it_wait)),
          held_up_by_(static_cast<pace_setter&&>(kept_it_small)) {}

    /// How many targets; never 0.
    [[nodiscard]] std::uint64_t count() const noexcept { return count_; }
    /// How long after the first wave may begin.
    [[nodiscard]] duration after() const noexcept { return after_; }
    /// The places of its first and its last target in the selection, counted from 0.
    [[nodiscard]] std::uint64_t first() const noexcept { return first_; }
    /// The place of its last target, counted from 0.
    [[nodiscard]] std::uint64_t last() const noexcept { return first_ + count_ - 1; }
    /// What they are called; empty where they have no names, or the plan is for a mere number.
    [[nodiscard]] const std::string& first_target() const noexcept { return first_name_; }
    /// What the last one is called; empty as above.
    [[nodiscard]] const std::string& last_target() const noexcept { return last_name_; }
    /// What it had to wait for since the wave before it; none where it did not wait.
    [[nodiscard]] const pace_setter& waited_for() const noexcept { return waited_for_; }
    /// What kept the next target out of it: the tightest limit. None of the last wave.
    [[nodiscard]] const pace_setter& held_up_by() const noexcept { return held_up_by_; }

    /// For who makes a plan: what its first and its last target are called.
    void name(std::string first_name, std::string last_name) {
        first_name_ = static_cast<std::string&&>(first_name);
        last_name_ = static_cast<std::string&&>(last_name);
    }

private:
    std::uint64_t first_;
    std::uint64_t count_;
    duration after_;
    pace_setter waited_for_;
    pace_setter held_up_by_;
    std::string first_name_;
    std::string last_name_;
};

/// A pool as it was when a plan was made.
struct planned_pool {
    std::string name;        ///< empty where the one pool has none
    shearpin::pool there{};  ///< its size and what was available

    friend bool operator==(const planned_pool&, const planned_pool&) = default;
};

/// What a plan was made from, in three FNV-1a hashes of 64 bits, which are the same in every
/// process and of every compiler: the targets by their names, in their order; the rules as they are
/// written (a rule of the user's own that has no spell() by its name alone); and the pools' names,
/// sizes and what is available. What the ledger remembers is not in it, and neither is the time.
struct fingerprint {
    std::uint64_t targets = 0;  ///< 0 where they have no names
    std::uint64_t policy = 0;   ///< of all rules that hold for the pools
    std::uint64_t pools = 0;    ///< by their names, and what they held

    /// "0123456789abcdef-0123456789abcdef-0123456789abcdef": targets, policy, pools. Empty where
    /// the targets have no names, so that nobody could tell them from others.
    [[nodiscard]] std::string text() const;
    /// Nothing where it is no such text.
    [[nodiscard]] static std::optional<fingerprint> parse(text_view written);
    /// Whether the targets have names; where not, it proves nothing.
    [[nodiscard]] bool given() const noexcept { return targets != 0; }
    friend bool operator==(const fingerprint&, const fingerprint&) = default;
};

template <class> class basic_plan_maker;
/// What remove.plan(targets) returns.
using plan_maker = basic_plan_maker<detail::when_used>;

/// What `remove.plan(targets)` makes: the waves that the policy allows, and when. Nothing is
/// removed by it and nothing reserved. It is a forecast, made from what the world and the ledger
/// say now, as if nothing else were removed and nothing came back, each removal were over at once,
/// and the pool's size stayed as it is. The policy is the law: each wave of a run is judged anew.
///
/// Each wave goes as soon as its first target may, and is then as large as the limits let it be.
/// Without a cooldown no other waves of the same targets in the same order are over sooner; with
/// one, fewer and larger waves could be, since each wave begins the rest anew.
class plan {
public:
    static constexpr std::uint64_t most_waves = 100'000;  ///< what is beyond is not planned
    static constexpr std::uint64_t most_waits = 10'000;   ///< for one wave

    /// Whether all targets can go as far as is known.
    [[nodiscard]] bool complete() const noexcept { return !why_.has_value(); }
    /// Whether the selection can be planned at all; where not, why() says what is wrong with it.
    [[nodiscard]] bool sound() const noexcept { return complete() || !pools_.empty(); }
    /// In the order in which they go; empty where nothing may.
    [[nodiscard]] const std::vector<planned_wave>& waves() const& noexcept { return waves_; }
    [[nodiscard]] std::vector<planned_wave> waves() && {
        return static_cast<std::vector<planned_wave>&&>(waves_);
    }
    /// How many targets were asked for, and how many of them are in waves.
    [[nodiscard]] std::uint64_t asked() const noexcept { return asked_; }
    /// How many of those that were asked for are in waves: the first ones of the selection.
    [[nodiscard]] std::uint64_t planned() const noexcept {
        return waves_.empty() ? 0 : waves_.back().last() + 1;
    }
    /// How long after the first wave the last one begins.
    [[nodiscard]] duration takes() const noexcept {
        return waves_.empty() ? duration{} : waves_.back().after();
    }
    /// The limit that was waited for the longest in all; where none was, the one that held up most
    /// waves; none where all goes at once.
    [[nodiscard]] const pace_setter& paced_by() const noexcept { return paced_by_; }
    /// Why the first target that is in no wave cannot go; or what is wrong with the whole
    /// selection, and then there are no waves. Null where the plan is complete.
    [[nodiscard]] const refusal* why() const& noexcept { return why_ ? &*why_ : nullptr; }
    const refusal* why() const&& = delete;

    /// The pools that the targets serve, as they were.
    [[nodiscard]] const std::vector<planned_pool>& pools() const& noexcept { return pools_; }
    [[nodiscard]] std::vector<planned_pool> pools() && {
        return static_cast<std::vector<planned_pool>&&>(pools_);
    }
    /// What to compare another plan with, to find out whether something has changed.
    [[nodiscard]] const fingerprint& made_from() const& noexcept { return made_from_; }
    [[nodiscard]] fingerprint made_from() && noexcept { return made_from_; }

    /// For a person, and for a change ticket: a table of some lines. Needs plan_text.hpp, which
    /// shearpin.hpp brings.
    template <class Text = std::string> [[nodiscard]] Text text() const;
    /// One JSON object (RFC 8259). Needs plan_text.hpp.
    template <class Text = std::string> [[nodiscard]] Text to_json() const;

private:
    friend plan_maker;

    std::vector<planned_wave> waves_;
    std::uint64_t asked_ = 0;
    bool counts_only_ = false;  // a mere number was asked for, and no targets
    pace_setter paced_by_;
    std::optional<refusal> why_;
    std::vector<planned_pool> pools_;
    fingerprint made_from_;
};

/// For who makes a plan: what fills it.
template <class When> class basic_plan_maker {
public:
    explicit basic_plan_maker(std::uint64_t asked) { made_.asked_ = asked; }

    /// How many waves there are so far.
    [[nodiscard]] std::uint64_t size() const noexcept { return made_.waves_.size(); }
    /// One more wave: `number` targets, from the place `first` on.
    void add(std::uint64_t first, std::uint64_t number, duration after, const pace_setter& waited,
             const pace_setter& held) {
        made_.waves_.emplace_back(first, number, after, waited, held);
    }
    /// Why there are no more waves.
    void stop(const refusal& why) { made_.why_ = why; }
    /// One more pool that the targets serve, as it is now.
    void seen(text_view name, const shearpin::pool& there) {
        made_.pools_.push_back({std::string(name), there});
    }
    /// What the plan is made from.
    void made_from(const fingerprint& what) noexcept { made_.made_from_ = what; }
    /// A mere number is asked for, and no targets.
    void counts_only() noexcept { made_.counts_only_ = true; }
    /// Those so far, to be named.
    [[nodiscard]] std::vector<planned_wave>& waves() noexcept { return made_.waves_; }
    /// The plan, with what paced it, which is found out here.
    [[nodiscard]] plan finish() && {
        detail::deferred<std::vector<pace_setter>, When> all;
        detail::deferred<std::vector<duration>, When> waited;
        detail::deferred<std::vector<std::uint64_t>, When> held;
        const auto find = [&](const pace_setter& which) {
            for (std::size_t at = 0; at != all.size(); ++at)
                if (all[at] == which) return at;
            all.push_back(which);
            waited.emplace_back();
            held.push_back(0);
            return all.size() - 1;
        };
        duration before;
        for (const planned_wave& each : made_.waves_) {
            if (each.waited_for().given()) {
                duration& sum = waited[find(each.waited_for())];
                sum = sum + (each.after() - before);
            }
            before = each.after();
            if (each.held_up_by().given()) ++held[find(each.held_up_by())];
        }
        std::size_t first = 0;
        for (std::size_t at = 1; at < all.size(); ++at)
            if (waited[first] < waited[at] ||
                (waited[first] == waited[at] && held[first] < held[at]))
                first = at;
        if (!all.empty()) made_.paced_by_ = all[first];
        return static_cast<plan&&>(made_);
    }

private:
    detail::deferred<plan, When> made_;
};

inline std::string fingerprint::text() const {
    if (!given()) return {};
    std::string all;
    for (const std::uint64_t each : {targets, policy, pools}) {
        if (!all.empty()) all += '-';
        all += std::string(detail::spell_hex(each));
    }
    return all;
}

inline std::optional<fingerprint> fingerprint::parse(text_view written) {
    if (written.size() != 50) return {};
    std::uint64_t parts[3] = {};
    for (std::size_t at = 0; at != 50; ++at) {
        const char letter = written.data()[at];
        if (at % 17 == 16) {
            if (letter != '-') return {};
            continue;
        }
        const int digit = detail::value_of_hex(letter);
        if (digit < 0) return {};
        parts[at / 17] = parts[at / 17] << 4 | static_cast<std::uint64_t>(digit);
    }
    fingerprint read{parts[0], parts[1], parts[2]};
    if (!read.given()) return {};
    return read;
}

}  // namespace shearpin::inline v1
