// SPDX-License-Identifier: BSL-1.0
// The decision over one pool.
#pragma once

#include <shearpin/checks/selection.hpp>
#include <shearpin/detail/judging.hpp>
#include <shearpin/detail/policy_check.hpp>
#include <shearpin/detail/static_errors.hpp>
#include <shearpin/detail/world.hpp>
#include <shearpin/policy.hpp>
#include <shearpin/refusal.hpp>

namespace shearpin::inline v1::detail {

/// How a guard with this kind of policy judges a removal in this kind of world. A judge has
///   - `observe(policy, world, options, asked, said)`: looks at the world, once;
///   - `memory`, a type: with a ledger, its `claims` (what a reservation takes of which pools) and
///     `remember` (what the ledger knows of them); `used_overrides`: the overrides that were
///     needed;
///   - `admits(policy, options, seen, asked)`: the answer, on the path that every call takes;
///   - `refuse(policy, options, seen, asked, place)`: the reasons, where the answer was no; it must
///     not ask the world, since a ledger may be locked meanwhile;
///   - `finish(refused, world, asked)`: the refusal, with what only the world can tell;
///   - `find_policy_flaw`, `find_flaw`, `find_batch_flaw`: what is wrong with the policy, with a
///   call
///     and with a batch of known size, when they are compiled.
template <class Policy, class World> struct judge {
    static constexpr bool exists = false;
};

/// A call in which nobody said anything. A guard pays nothing for it.
struct nothing_said {
    static constexpr bool any = false;
    static constexpr bool past_the_ledger = false;
};

struct spoken;  // somebody said something: in seen.hpp
struct spoken_past_the_ledger;

/// What was seen, as facts.
constexpr facts as_facts(const shearpin::pool& seen) noexcept { return {.pool = seen}; }
constexpr const facts& as_facts(const facts& seen) noexcept { return seen; }

/// What a judge of one pool sees and knows of it where there is a ledger, or somebody says
/// something; in remembered_pool.hpp.
template <class Policy> struct remembered_pool;
struct seen_pool;

template <class... Rules, pool_view World> struct judge<policy<Rules...>, World> {
    static constexpr bool exists = true;
    using policy_type = policy<Rules...>;
    using memory = remembered_pool<policy_type>;

    /// What is wrong with the policy whatever is asked for.
    template <class Constant> static constexpr auto find_policy_flaw() {
        return policy_flaw<Constant>::find();
    }

    /// What is wrong with a call that asks for this.
    template <class Policy, class Options, class Asked> static constexpr auto find_flaw() {
        using needs_flaw = typename decltype(find_policy_needs<Policy, Options>())::type;
        if constexpr (!is_same<needs_flaw, void>)
            return tag<needs_flaw>{};
        else if constexpr (!Options::ledger_type::named)
            return tag<with_ledger_needs_the_name_of_the_pool>{};
        else
            return find_targets_flaw<Options, Asked>();
    }

    /// What is wrong with a batch of this size, which is known when it is compiled.
    template <class Policy, count Request> static constexpr auto find_batch_flaw() {
        if constexpr (Policy::known) {
            using batch = largest_batch<Policy>;
            if constexpr (Request > batch::limit)
                return tag<never_admitted<typename batch::rule_type, requested<Request>,
                                          allowed<batch::limit>>>{};
            else
                return tag<void>{};
        } else {
            return tag<void>{};
        }
    }

    template <class Policy, class Options> static constexpr auto find_policy_needs() {
        if constexpr (Policy::known)
            return find_needs_flaw<Policy, Options, dated_view<World>>();
        else
            return tag<void>{};
    }

    template <class Options, class Asked, class Said>
    static constexpr auto observe(const policy_type&, World& world, const Options& options,
                                  const Asked& asked, const Said& said) {
        // Where there is nothing but a pool to see, a pool is what goes on: it stays in registers.
        if constexpr (Options::ledger_type::given || Said::any) {
            return memory::observe(look_at(world, options.clock.now()), options, asked, said);
        } else if constexpr (!Options::clock_type::given && !dated_view<World>) {
            return shearpin::pool(world());
        } else {
            return look_at(world, options.clock.now());
        }
    }

    template <class Options, class Seen, class Asked>
    [[gnu::always_inline]] static constexpr bool admits(const policy_type& rules,
                                                        const Options& options, const Seen& seen,
                                                        const Asked& asked) {
        if (!rules.admits(as_facts(seen), amounts::of(asked.heads()))) return false;
        if constexpr (Asked::has_targets && is_same<Seen, seen_pool>)
            return seen.repeated.found == distinctness::distinct;
        else if constexpr (Asked::has_targets)
            return options.distinct(asked.targets(), [](const auto&, count) {}) ==
                   distinctness::distinct;
        else
            return true;
    }

    template <class Options, class Seen, class Asked>
    static refusal refuse(const policy_type& rules, const Options& options,
                          const Seen& what_was_seen, const Asked& asked, place here) {
        const facts seen = as_facts(what_was_seen);
        const count heads = asked.heads();
        refusal why(here, heads);
        violations_list& found = why.found();
        const count limit = rules.max_removable(seen);
        why.may_go(limit);
        if (heads == 0) found.add(checks::empty_selection{}, seen, 0, 1);
        if (heads > largest_count) {
            found.add(checks::impossible_request{}, seen, 0, heads);
            return why;
        }
        if constexpr (Asked::has_targets) {
            const count distinct =
                detail::add_repeated(repeats_of(options, what_was_seen, asked), asked, seen, found);
            if (distinct < limit) why.may_go_first(distinct);
        }
        detail::add_broken(rules, seen, amounts::of(heads), options.pool_name, found);
        if (found.empty()) found.add(checks::reason_gone{}, seen, 0, heads);
        return why;
    }
    template <class Options, class Seen, class Asked>
    static repeats repeats_of(const Options& options, const Seen& seen, const Asked& asked) {
        if constexpr (is_same<Seen, seen_pool>)
            return seen.repeated;
        else
            return find_repeated(options, asked);
    }
    template <class Asked>
    static const refusal& finish(const refusal& found, World&, const Asked&) noexcept {
        return found;
    }
};

}  // namespace shearpin::inline v1::detail
