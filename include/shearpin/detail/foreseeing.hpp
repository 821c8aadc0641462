// SPDX-License-Identifier: BSL-1.0
// What a guard's plan is made from: the world and the ledger as they are now, of which nothing is
// reserved.
#pragma once

#include <shearpin/detail/fingerprint.hpp>
#include <shearpin/detail/performing_fully.hpp>
#include <shearpin/detail/planning.hpp>
#include <shearpin/detail/wave_flaws.hpp>

#include <optional>

namespace shearpin::inline v1::detail {

/// Whether it is the selection itself that is wrong, whatever the limits are.
inline bool is_of_the_selection(const violation& found) noexcept {
    for (const text_view each :
         {checks::empty_selection::name, checks::impossible_request::name,
          checks::named_twice::name, checks::size_is_not_the_number::name,
          checks::not_compared::name, checks::unknown_target::name, checks::protected_target::name,
          checks::serves_no_pool::name, checks::no_policy::name})
        if (found.rule() == each) return true;
    return false;
}

inline const refusal& refusal_in(const refusal& found) noexcept { return found; }
template <class Pool> const refusal& refusal_in(const refused_selection<Pool>& found) noexcept {
    return found.why;
}

/// What is wrong with the selection and with what the person said of it.
template <class Refused>
refusal flaws_of(const Refused& refused, const violations_list& unmeant, count asked, place here) {
    refusal flaws(here, asked);
    for (const violation& each : unmeant) flaws.found().add_any(each);
    for (const violation& each : refusal_in(refused).violations())
        if (is_of_the_selection(each)) flaws.found().add_any(each);
    return flaws;
}

inline seen_pool as_seen_pool(const shearpin::pool& there) noexcept {
    seen_pool seen;
    seen.plain.pool = there;
    return seen;
}
inline seen_pool as_seen_pool(const facts& known) noexcept {
    seen_pool seen;
    seen.plain = known;
    return seen;
}
inline seen_pool as_seen_pool(const shown_pool& seen) noexcept { return as_seen_pool(seen.plain); }
inline const seen_pool& as_seen_pool(const seen_pool& seen) noexcept { return seen; }

/// The pools of a forecast, from what was seen before and after the ledger was asked.
template <class Rules, class Options, class Seen>
auto make_forecast(const Rules& rules, const Options& options, const Seen& before,
                   const Seen& after) {
    return one_forecast<Rules>(
        rules, forecast_pool(as_seen_pool(after), as_facts(before).pool, options.pool_name));
}
template <class Source, class Options, class Pool, class Seen>
auto make_forecast(const Source& source, const Options&, const selection<Pool, Seen>& before,
                   const selection<Pool, Seen>& after) {
    several_forecasts<Source, Pool> pools(source);
    for (std::size_t at = 0; at != after.pools.shares().size(); ++at) {
        const auto& share = after.pools.shares()[at];
        pools.add(share.pool,
                  forecast_pool(as_seen_pool(share.seen), before.pools.shares()[at].seen.plain.pool,
                                pool_text(share.pool)));
    }
    return pools;
}

/// What the targets take of those pools. Asks the world again which of them each serves.
template <class Seen, class World, class Asked>
alike_targets find_targets(const Seen&, World&, const Asked& asked) {
    return {asked.heads()};
}
template <class Pool, class Seen, class World, class Asked>
std::optional<several_targets> find_targets(const selection<Pool, Seen>& seen, World& fleet,
                                            const Asked& asked) {
    several_targets all;
    tally<Pool, Seen> pools = seen.pools;
    const std::size_t known = pools.shares().size();
    for (auto at = list_begin(asked.targets()); at != list_end(asked.targets()); ++at) {
        const auto& target = *at;
        all.begin_target();
        if (!fleet.contains(target)) return {};
        const bool serves = is_available(fleet, target);
        for (const auto& pool_name : fleet.pools_of(target)) {
            const auto& share = pools.of(pool_name);
            if (pools.shares().size() != known) return {};
            all.add(static_cast<std::size_t>(&share - pools.shares().data()),
                    weight_of(fleet, target, pool_name), serves);
        }
    }
    return all;
}
inline const alike_targets* targets_in(const alike_targets& found) noexcept { return &found; }
inline const several_targets* targets_in(const std::optional<several_targets>& found) noexcept {
    return found ? &*found : nullptr;
}

/// Looks at the world and the ledger, and calls `flawed(refusal)` where the selection cannot be
/// planned at all, or else `then(pools, targets)`. `as_a_whole`: what a person must say is asked of
/// all of it.
template <class Policy, class Removal, class World, class Options>
template <class Said, class Asked, class Flawed, class Then>
void performing<Policy, Removal, World, Options>::foresee(const Said& said, const Asked& asked,
                                                          place here, bool as_a_whole,
                                                          Flawed flawed, Then then) const {
    const auto& rules = policy_.get();
    const auto call = decider(said, asked, here);
    const auto find_flaws = [&](const auto& seen, const violations_list& unmeant) {
        return flaws_of(judge::refuse(rules, options_, seen, asked, here), unmeant, asked.heads(),
                        here);
    };
    const auto go_on = [&](const auto& seen, const refusal& flaws, auto& pools) {
        if (!flaws.violations().empty()) return flawed(flaws);
        const auto targets = find_targets(seen, world_.get(), asked);
        if (const auto* const found = targets_in(targets)) {
            refusal unsaid(here, asked.heads());
            if (as_a_whole) add_unsaid(pools, *found, unsaid.found());
            return unsaid.violations().empty() ? then(pools, *found) : flawed(unsaid);
        }
        flawed(call.template refused_for<checks::reason_gone>("").why());
    };
    if constexpr (!call.asks_ledger) {
        const auto seen = call.observe();
        auto pools = make_forecast(rules, options_, seen, seen);
        go_on(seen, find_flaws(seen, call.find_unmeant()), pools);
    } else {
        const auto consult = [&](const noted& first_look, const instant& moment, const auto& seen,
                                 const violations_list& unmeant, const claim& wanted) {
            auto remembered = seen;
            std::optional<decltype(make_forecast(rules, options_, seen, seen))> pools;
            refusal flaws(here, asked.heads());
            const auto note = [&](const auto& view) {
                remembered = seen;
                judge::memory::remember(remembered, view, options_, said);
                pools.emplace(make_forecast(rules, options_, seen, remembered));
                flaws = find_flaws(remembered, unmeant);
                return flaws.violations().empty();  // like a decision, that the answer be as good
            };
            const reserve_answer answer =
                options_.ledger.ledger->consult(first_look, moment, wanted, note);
            if (answer.what == reserving::look_again) return answer;
            if (pools)
                go_on(remembered, flaws, *pools);
            else
                flawed(call.template refused_for<checks::ledger_unavailable>(answer.why).why());
            return answer;
        };
        const decision answered =
            call.look_until_answered([&] { return options_.clock.read(); }, consult);
        if (!answered.admitted()) flawed(answered.why());
    }
}

// --- What a plan says of its targets ---

template <class Asked> void hash_targets(const Asked& asked, fingerprint& made) {
    if constexpr (!Asked::has_targets) {
        made.targets = fingerprint_maker().add("a number").add(asked.heads()).value();
    } else if constexpr (has_name<typename Asked::target>()) {
        fingerprint_maker all;
        all.add(asked.heads());
        for (auto at = list_begin(asked.targets()); at != list_end(asked.targets()); ++at)
            add_name(all, *at);
        made.targets = all.value();
    }
}
template <class Pools> fingerprint hash_all(const Pools& pools) {
    fingerprint_maker policy_maker;
    fingerprint_maker pool_maker;
    for (std::size_t at = 0; at != pools.size(); ++at) {
        policy_maker.add(pools[at].name());
        pools.visit(at, [&](const auto& rules) {
            rules.for_each([&](const auto& each) {
                fixed_text<255> text;
                text.write([&](writer& out) { spell(each, out); });
                policy_maker.add(text);
            });
        });
        pool_maker.add(pools[at].name());
        pool_maker.add(pools[at].world().size).add(pools[at].world().available);
    }
    return {0, policy_maker.value(), pool_maker.value()};
}

template <class Target> std::string name_text(const Target& target) {
    fixed_text<63> text;
    text.write([&](writer& out) { put_name(out, target); });
    return text;
}
/// The names of the first and the last target of each wave.
template <class Asked> void name_waves(const Asked& asked, std::vector<planned_wave>& waves) {
    if constexpr (Asked::has_targets) {
        count position = 0;
        std::string first;
        auto wave = waves.begin();
        for (auto at = list_begin(asked.targets());
             at != list_end(asked.targets()) && wave != waves.end(); ++at, ++position) {
            if (position == wave->first()) first = name_text(*at);
            if (position != wave->last()) continue;
            wave->name(first, name_text(*at));
            ++wave;
        }
    }
}

template <class Policy, class Removal, class World, class Options>
template <class Said, class Asked>
auto performing<Policy, Removal, World, Options>::make_plan(const Said& said, const Asked& asked,
                                                            const plan_options* how, place here,
                                                            bool as_a_whole) const {
    plan_maker made(asked.heads());
    if constexpr (!Asked::has_targets) made.counts_only();
    foresee(
        said, asked, here, as_a_whole, [&](const refusal& flaws) { made.stop(flaws); },
        [&](auto& pools, const auto& targets) {
            for (std::size_t at = 0; at != pools.size(); ++at)
                made.seen(pools[at].name(), pools[at].world());
            fingerprint from = hash_all(pools);
            hash_targets(asked, from);
            made.made_from(from);
            lay_out(pools, targets, asked.heads(), how != nullptr ? *how : plan_options{}, here,
                    made);
            name_waves(asked, made.waves());
        });
    return static_cast<plan_maker&&>(made).finish();
}

}  // namespace shearpin::inline v1::detail
