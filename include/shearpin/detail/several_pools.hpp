// SPDX-License-Identifier: BSL-1.0
// The decision over several pools: every pool that a target serves is judged, and the removal is
// all or nothing.
#pragma once

#include <shearpin/detail/many_violations.hpp>
#include <shearpin/detail/tally.hpp>
#include <shearpin/guard.hpp>
#include <shearpin/inventory.hpp>
#include <shearpin/policies.hpp>

namespace shearpin::inline v1::detail {

/// One policy for each pool alike, or the pool's own.
template <class... Rules, class Pool, class F>
constexpr bool visit_policy(const policy<Rules...>& for_every_pool, const Pool&, F&& with) {
    with(for_every_pool);
    return true;
}
template <class Source, class Pool, class F>
constexpr bool visit_policy(const Source& source, const Pool& pool_name, F&& with) {
    return source.visit(pool_name, with);
}

template <class Source>
concept policy_source = is_policy<Source> || requires(const Source& source) {
    source.visit(text_view(), [](const auto&) {});
} || requires { Source::template speaks_of<text_view>; };

template <class Source, class Pool> constexpr bool speaks_of() {
    if constexpr (is_policy<Source>)
        return true;
    else if constexpr (requires { Source::template speaks_of<Pool>; })
        return Source::template speaks_of<Pool>;
    else
        return true;
}

/// One entry of constant policies, as a constant policy of its own.
template <class Constant, std::size_t I> struct entry_of {
    static constexpr const auto& get() noexcept { return Constant::get().template at<I>().rules; }
};

/// The text of a pool's name. `whole` becomes false where it has none or does not fit.
template <class Pool> fixed_text<63> pool_text(const Pool& pool_name, bool& whole) {
    fixed_text<63> text;
    text.write([&](writer& out) {
        const bool has_name = put_name(out, pool_name);
        if (!has_name) out.put("(a pool without a name)");
        if (!has_name || out.cut()) whole = false;
    });
    return text;
}
template <class Pool> fixed_text<63> pool_text(const Pool& pool_name) {
    bool whole = true;
    return pool_text(pool_name, whole);
}

/// What was found out about a selection.
template <class Pool> struct selection {
    tally<Pool> pools;
    std::vector<fixed_text<63>> names;  // of the pools, where a ledger or an override asks for them
    bool all_named = true;              // each pool's name fits, so that no two become one
    culprits unknown;
    culprits guarded;
    culprits homeless;
    bool repeated = false;
};

template <class Source, class World>
    requires(policy_source<Source> && !pool_view<World>)
struct judge<Source, World> {
    static constexpr bool exists = true;

    template <class Constant, std::size_t I = 0> static constexpr auto find_policy_flaw() {
        if constexpr (is_policy<Source>) {
            return policy_flaw<Constant>::find();
        } else if constexpr (I == Source::size) {
            using twice = typename decltype(find_twice<Constant, 0, 1>())::type;
            if constexpr (is_same<twice, void>)
                return find_never<Constant, 0>();
            else
                return tag<twice>{};
        } else {
            using clash = typename decltype(policy_flaw<entry_of<Constant, I>>::template find_clash<
                                            0, 0>())::type;
            if constexpr (is_same<clash, void>)
                return find_policy_flaw<Constant, I + 1>();
            else
                return tag<clash>{};
        }
    }

    /// That nothing may ever go from one of several pools is a policy; of all of them it is none.
    template <class Constant, std::size_t I> static constexpr auto find_never() {
        if constexpr (I == Source::size) {
            return tag<void>{};
        } else {
            using flaw = typename decltype(policy_flaw<entry_of<Constant, I>>::template find_never<
                                           0>())::type;
            if constexpr (is_same<flaw, void> || I + 1 == Source::size)
                return tag<flaw>{};
            else
                return find_never<Constant, I + 1>();
        }
    }

    template <class Policy, class Options, class Asked> static constexpr auto find_flaw() {
        if constexpr (!Asked::has_targets) {
            return tag<an_inventory_needs_targets_not_a_number<bare<World>>>{};
        } else {
            using target = typename Asked::target;
            using lacking = typename decltype(find_lacking<World, target>())::type;
            if constexpr (!is_same<lacking, void>) {
                return tag<lacking>{};
            } else if constexpr (!detail::speaks_of<Source, pool_of<World, target>>()) {
                return tag<no_policy_names_pools_of_this_type<pool_of<World, target>>>{};
            } else {
                using needs =
                    typename decltype(find_needs<
                                      Policy, Options,
                                      dates_states<World, pool_of<World, target>>>())::type;
                if constexpr (!is_same<needs, void>)
                    return tag<needs>{};
                else
                    return find_targets_flaw<Options, Asked>();
            }
        }
    }

    /// Which pools a batch touches is not known before it runs.
    template <class Policy, count Request> static constexpr auto find_batch_flaw() {
        return tag<void>{};
    }

    template <class Options, class Asked, class Said>
    static auto observe(const Source&, World& fleet, const Options& options, const Asked& asked,
                        const Said& said) {
        using pool_type = pool_of<World, typename Asked::target>;
        selection<pool_type> seen;
        count position = 0;
        for (auto at = list_begin(asked.targets()); at != list_end(asked.targets());
             ++at, ++position) {
            const auto& target = *at;
            if (!fleet.contains(target)) {
                seen.unknown.add(target, position);
                continue;
            }
            if (is_protected(fleet, target)) seen.guarded.add(target, position);
            const bool serves = is_available(fleet, target);
            bool some = false;
            for (const auto& pool_name : fleet.pools_of(target)) {
                some = true;
                auto& share = seen.pools.of(pool_name);
                if (share.last_target == position + 1) continue;
                share.last_target = position + 1;
                const count weight = weight_of(fleet, target, pool_name);
                share.asked.heads = plus(share.asked.heads, 1);
                share.asked.amount = plus(share.asked.amount, weight);
                if (serves) share.asked.serving = plus(share.asked.serving, weight);
            }
            if (!some) seen.homeless.add(target, position);
        }
        constexpr bool with_names = Options::ledger_type::given || Said::any;
        for (auto& share : seen.pools.shares()) {
            share.asked.pools = seen.pools.shares().size();
            share.seen.plain = state_of(fleet, share.pool, options.clock.now());
            share.seen.plain.past_the_ledger = Said::past_the_ledger;
            if constexpr (Said::any) share.seen.plain.request = said.words;
            if constexpr (with_names) {
                seen.names.push_back(pool_text(share.pool, seen.all_named));
                if constexpr (!Options::ledger_type::given || Said::past_the_ledger)
                    share.seen.lift(said, seen.names.back(), false,
                                    [](const auto&) { return false; });
            }
        }
        seen.repeated =
            options.distinct(asked.targets(), [](const auto&, count) {}) != distinctness::distinct;
        return seen;
    }

    template <class Options, class Pool, class Asked>
    static bool admits(const Source& source, const Options&, const selection<Pool>& seen,
                       const Asked& asked) {
        if (asked.heads() == 0 || seen.repeated) return false;
        if (seen.unknown.number() + seen.guarded.number() + seen.homeless.number() != 0)
            return false;
        for (const auto& share : seen.pools.shares()) {
            bool within = true;
            const facts known = share.seen.told();
            const bool spoken_of = visit_policy(source, share.pool, [&](const auto& rules) {
                within = within && rules.admits(known, share.asked);
            });
            if (!spoken_of || !within) return false;
        }
        return true;
    }

    /// What a reservation takes of the pools, for the ledger.
    struct claimed {
        std::vector<pool_claim> each;
        bool named = true;
        [[nodiscard]] const pool_claim* data() const noexcept { return each.data(); }
        [[nodiscard]] std::size_t size() const noexcept { return each.size(); }
        [[nodiscard]] bool all_named() const noexcept { return named; }
    };
    template <class Options, class Pool, class Asked>
    static claimed claims(const Source& source, const Options&, const selection<Pool>& seen,
                          const Asked&) {
        claimed all{{}, seen.all_named};
        for (std::size_t at = 0; at != seen.names.size(); ++at) {
            const auto& share = seen.pools.shares()[at];
            duration longest;
            visit_policy(source, share.pool, [&](const auto& rules) {
                const duration window = rules.looks_back();
                if (longest < window) longest = window;
            });
            all.each.push_back({seen.names[at], share.asked, share.seen.plain.pool.size, longest});
        }
        return all;
    }
    /// Adds what the ledger knows, which a view of it tells.
    template <class Pool, class Options, class Said, class View>
    static void remember(selection<Pool>& seen, const View& ledger, const Options& options,
                         const Said& said) {
        for (std::size_t at = 0; at != seen.names.size(); ++at) {
            seen_pool& each = seen.pools.shares()[at].seen;
            const auto past = ledger.past(at, each.plain.observed_at, options.habits.shown_after);
            each.remember(past.history, past.gone, ledger.now());
            each.lift(said, seen.names[at], false, [&](const override_grant& given) {
                return ledger.spent(given.rule(), seen.names[at], given.identity());
            });
        }
    }
    /// Reports each override that was needed, and of which pool.
    template <class Options, class Pool, class Asked, class Report>
    static void used_overrides(const Source& source, const Options&, const selection<Pool>& seen,
                               const Asked&, Report report) {
        for (std::size_t at = 0; at != seen.names.size(); ++at) {
            const auto& share = seen.pools.shares()[at];
            visit_policy(source, share.pool, [&](const auto& rules) {
                add_used_overrides(rules, share.seen, share.asked, [&](const override_grant& each) {
                    report(each, text_view(seen.names[at]));
                });
            });
        }
    }

    template <class Pool, class Asked>
    static amounts admitted(const selection<Pool>&, const Asked& asked) {
        return amounts::of(asked.heads());
    }

    template <class Options, class Pool, class Asked>
    static refusal refuse(const Source& source, World& fleet, const Options& options,
                          const selection<Pool>& seen, const Asked& asked, place here) {
        refusal why(here, asked.heads());
        bool pools_counted = false;
        const auto add = [&](const violation& each) {
            if (each.measured() != measure::pools) {
                why.found().add_any(each);
            } else if (!pools_counted) {  // it is the same for each pool: told once, of none
                pools_counted = true;
                why.found().add_any(each).in_pool("");
            }
        };
        const auto add_culprits = [&](const auto& which, const culprits& named) {
            if (named.number() != 0)
                add(violation(which, {}, 0, named.number()).with_targets(named.text()));
        };
        if (asked.heads() == 0) add(violation(checks::empty_selection{}, {}, 0, 1));
        const count distinct = add_repeated(options, asked, facts{}, add);
        add_culprits(checks::unknown_target{}, seen.unknown);
        add_culprits(checks::protected_target{}, seen.guarded);
        add_culprits(checks::serves_no_pool{}, seen.homeless);
        for (const auto& share : seen.pools.shares()) {
            const auto name = pool_text(share.pool);
            const facts known = share.seen.told();
            const bool found = visit_policy(source, share.pool, [&](const auto& rules) {
                add_broken(rules, known, share.asked, name, add);
            });
            if (!found)
                add(violation(checks::no_policy{}, known, 0, share.asked.amount).in_pool(name));
        }
        if (why.violations().empty()) add(violation(checks::reason_gone{}, {}, 0, asked.heads()));
        why.may_go_first(longest_prefix(source, fleet, seen, asked, distinct));
        return why;
    }

private:
    /// How many targets from the front of the selection may go now, one pool's limits used up after
    /// another's; `distinct` stand before the first that is named twice. The world is asked again
    /// which pools they serve; what it said of the pools stands.
    template <class Pool, class Asked>
    static count longest_prefix(const Source& source, World& fleet, const selection<Pool>& seen,
                                const Asked& asked, count distinct) {
        tally<Pool> left;  // how much may still go
        for (const auto& share : seen.pools.shares()) {
            amounts& limits = left.of(share.pool).asked;
            const facts known = share.seen.told();
            limits = {known.pool.available, largest_count, ~count{0}, ~count{0}};
            const bool spoken_of = visit_policy(source, share.pool, [&](const auto& rules) {
                const amounts own = rules.limits(known);
                for (const measure which :
                     {measure::serving, measure::amount, measure::heads, measure::pools})
                    limits[which] = smaller(limits[which], own[which]);
            });
            if (!spoken_of || !believable(known.pool) || !known.complete) limits = {0, 0, 0, 0};
        }
        count touched = 0;
        count may_touch = ~count{0};
        const std::size_t known_pools = left.shares().size();
        count position = 0;
        for (auto at = list_begin(asked.targets()); at != list_end(asked.targets());
             ++at, ++position) {
            const auto& target = *at;
            if (position == distinct || !fleet.contains(target) || is_protected(fleet, target))
                break;
            const count serves = is_available(fleet, target) ? 1 : 0;
            bool fits = false;
            for (const auto& pool_name : fleet.pools_of(target)) {
                auto& budget = left.of(pool_name);
                const count weight = weight_of(fleet, target, pool_name);
                if (budget.last_target == position + 1) continue;
                if (budget.last_target == 0) {
                    ++touched;
                    may_touch = smaller(may_touch, budget.asked.pools);
                }
                budget.last_target = position + 1;
                fits = touched <= may_touch && budget.asked.heads >= 1 &&
                       budget.asked.amount >= weight && budget.asked.serving >= weight * serves;
                if (!fits) break;
                budget.asked.heads -= 1;
                budget.asked.amount -= weight;
                budget.asked.serving -= weight * serves;
            }
            if (!fits || left.shares().size() != known_pools) break;
        }
        return position;
    }

    template <class Constant, std::size_t I, std::size_t J> static constexpr auto find_twice() {
        if constexpr (I + 1 >= Source::size) {
            return tag<void>{};
        } else if constexpr (J == Source::size) {
            return find_twice<Constant, I + 1, I + 2>();
        } else {
            constexpr const auto& left = Constant::get().template at<I>().pool;
            constexpr const auto& right = Constant::get().template at<J>().pool;
            if constexpr (same_pool(left, right))
                return tag<two_policies_for_one_pool<I, J>>{};
            else
                return find_twice<Constant, I, J + 1>();
        }
    }

    template <class Policy, class Options, bool Dated, std::size_t I = 0>
    static constexpr auto find_needs() {
        if constexpr (!Policy::known) {
            return tag<void>{};
        } else if constexpr (is_policy<Source>) {
            return find_needs_flaw<Policy, Options, Dated>();
        } else if constexpr (I == Source::size) {
            return tag<void>{};
        } else {
            using flaw =
                typename decltype(find_needs_flaw<entry_of<Policy, I>, Options, Dated>())::type;
            if constexpr (is_same<flaw, void>)
                return find_needs<Policy, Options, Dated, I + 1>();
            else
                return tag<flaw>{};
        }
    }
};

}  // namespace shearpin::inline v1::detail
