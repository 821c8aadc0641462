// SPDX-License-Identifier: BSL-1.0
// Why a removal may not go, put together from what the world, the ledger and the person say. The
// world is asked before a ledger is locked and after it, never meanwhile.
#pragma once

#include <shearpin/decision.hpp>
#include <shearpin/detail/claims.hpp>
#include <shearpin/detail/request_checks.hpp>
#include <shearpin/detail/seen.hpp>

#include <new>

namespace shearpin::inline v1::detail {

/// What was decided of a call, and what is on the ledger for it.
struct verdict {
    decision outcome;
    reservation_id id{};
    bool on_ledger = false;
    bool in_shadow = false;
    time_point now{};
    const override_grant* used[lifted_limits::room] = {};
    std::size_t used_number = 0;
};

/// Why an override did not help against a broken limit of its rule; nothing where it did all that
/// it says, and that was too little.
inline maybe<checks::override_unusable::reason> why_unusable(const override_grant& given,
                                                             const violation& broken,
                                                             const seen_pool* seen,
                                                             time_point now) noexcept {
    using reason = checks::override_unusable::reason;
    const override_terms& terms = given.terms();
    if (given.spent()) return reason::spent;
    if (terms.reason.empty()) return reason::no_reason;
    if (!terms.id.fits() || !terms.pool.fits()) return reason::too_long;
    if (!terms.until.known()) return reason::no_end;
    if (!now.known()) return reason::no_time;
    if (!(now < terms.until)) return reason::expired;
    if (!broken.can_be_lifted()) return reason::hard;
    if (seen != nullptr && seen->lifts.has(given)) return {};
    if (terms.pool.empty()) {
        if (seen == nullptr || !seen->is_the_only_one) return reason::pool_not_named;
    } else if (!(terms.pool == broken.pool())) {
        return reason::other_pool;
    }
    return reason::spent;  // as the ledger says: by somebody else
}

/// Says of each override that was given why it did not help, where the refusal is of its rule.
template <class Said, class Seen, class Report>
void add_unusable_overrides(const Said& said, time_point now, const Seen& seen,
                            const violations_list& broken, Report report) {
    using check = checks::override_unusable;
    const facts known{.request = said.words};  // so that the words are made now
    for (std::size_t at = 0; at != said.grants_number; ++at) {
        const override_grant& each = *said.grants[at];
        for (const violation& one : broken) {
            if (!(one.rule() == each.rule())) continue;
            const auto why = why_unusable(each, one, find_seen(seen, one.pool()), now);
            if (!why) continue;
            report(violation(check(each.rule(), *why, each.terms().pool), known, 0, 1));
            break;
        }
    }
    if (said.beyond != nullptr)
        report(violation(check(said.beyond->rule(), check::reason::beyond_four), known, 0, 1));
}

/// What the person said and is not so; nothing where nobody said anything. Asks the world.
template <class World, class Options, class Asked, class Said>
violations_list find_unmeant(World& world, const Options& options, const Asked& asked,
                             const Said& said) {
    violations_list found;
    if constexpr (Said::any) {
        add_unmeant(*said.words, world, options, asked,
                    [&](const violation& each) { found.add(each); });
        if (!Said::in_a_wave && poses_as_wave(said.words->reason))
            found.add(violation(checks::reason_of_a_wave{}, {}, 0, asked.heads()));
        if (Said::past_the_ledger && (said.words->actor.empty() || said.words->reason.empty()))
            found.add(violation(checks::unexplained_bypass{}, {}, 0, asked.heads()));
    }
    return found;
}

/// A value that is there later, or not at all.
template <class T> class set_later {
public:
    set_later() noexcept : none_(0) {}
    set_later(const set_later&) = delete;
    set_later& operator=(const set_later&) = delete;
    ~set_later() { clear(); }
    void set(T&& value) {
        clear();
        ::new (static_cast<void*>(&value_)) T(static_cast<T&&>(value));
        there_ = true;
    }
    void clear() noexcept {
        if (there_) destroy(value_);
        there_ = false;
    }
    [[nodiscard]] T* get() noexcept { return there_ ? &value_ : nullptr; }

private:
    // Not inlined: gcc would warn at -O2 that members are destroyed which were never set, since it
    // does not see what `there_` says.
    [[gnu::noinline]] static void destroy(T& value) noexcept { value.~T(); }

    union {
        char none_;
        T value_;
    };
    bool there_ = false;
};

inline const violations_list& reasons_of(const refusal& found) noexcept {
    return found.violations();
}
template <class Refused> const violations_list& reasons_of(const Refused& found) noexcept {
    return found.why.violations();
}

/// Why what was seen does not let a removal go, as far as no world need be asked: a ledger may be
/// locked meanwhile.
template <class Refused> struct reasons {
    Refused refused;
    violations_list unusable;  // overrides that did not help, and why
};
template <class Judge, class Source, class Options, class Seen, class Asked, class Said>
auto find_reasons(const Source& rules, const Options& options, const Seen& seen, const Asked& asked,
                  const Said& said, place here, time_point now) {
    auto refused = Judge::refuse(rules, options, seen, asked, here);
    reasons<decltype(refused)> found{refused, {}};
    if constexpr (Said::any) {
        const auto add = [&](const violation& each) { found.unusable.add(each); };
        add_unusable_overrides(said, now, seen, reasons_of(refused), add);
    }
    return found;
}

/// The refusal, with what the person said before the reasons that were seen.
template <class Judge, class World, class Asked, class Refused>
refusal put_together(reasons<Refused>& found, const violations_list& unmeant, World& world,
                     const Asked& asked) {
    refusal why = Judge::finish(found.refused, world, asked);
    if (unmeant.empty() && found.unusable.empty()) return why;
    violations_list all;
    const auto add = [&](const violation& each) {
        if constexpr (requires { Judge::lists_many; })
            all.add_any(each);
        else
            all.add(each);
    };
    for (const violation& each : unmeant) add(each);
    // A reason that went away while it was looked for is none beside one that stands.
    const bool only_unmeant = !unmeant.empty() && why.violations().size() == 1 &&
                              why.violations()[0].rule() == checks::reason_gone::name;
    if (!unmeant.empty()) why.may_go(0);
    if (!only_unmeant)
        for (const violation& each : why.violations()) add(each);
    all.add_left_out(why.violations());
    for (const violation& each : found.unusable) add(each);
    why.found() = all;
    return why;
}

/// Notes the overrides without which an admitted removal would not have gone; `found` has none yet.
template <class Judge, class Source, class Options, class Seen, class Asked, class Said>
void note_used(const Source& rules, const Options& options, const Seen& seen, const Asked& asked,
               const Said&, verdict& found) {
    if constexpr (Said::any)
        Judge::memory::used_overrides(rules, options, seen, asked,
                                      [&](const override_grant& each, text_view) {
                                          for (std::size_t at = 0; at != found.used_number; ++at)
                                              if (found.used[at] == &each) return;
                                          found.used[found.used_number++] = &each;
                                      });
}

}  // namespace shearpin::inline v1::detail
