// SPDX-License-Identifier: BSL-1.0
// The policies of several pools, read when the program runs; the grammar stands in policy_text.hpp.
#pragma once

#include <shearpin/detail/policies_reader.hpp>
#include <shearpin/detail/read_rules.hpp>
#include <shearpin/parse_policy.hpp>
#include <shearpin/policy_errors.hpp>
#include <shearpin/policy_spelling.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace shearpin::inline v1 {

/// The policies of pools that were read when the program ran, for a guard over an inventory whose
/// pools are named by text: `shearpin::guard(read, removal, inventory)`. As with `policies`, a pool
/// that is not named has the rules of other_pools, and where there are none it is refused; the
/// rules of every_pool hold beside those. Finding a pool takes log n comparisons. No pool is named
/// with an empty text, so "" stands for any that is not named.
class read_policies {
public:
    /// The rules of one pool.
    struct entry {
        std::string pool;                  ///< its name; empty for other_pools and every_pool
        read_policy rules;                 ///< in the order of the text
        std::vector<text_place> places{};  ///< where each of the rules begins in the text
    };

    /// Calls `with(policy)` with the policy of this pool, and then with that of every pool where
    /// one is stated; false, without a call, where the pool has none of its own.
    template <class Pool, class F> bool visit(const Pool& pool_name, F&& with) const {
        const entry* const own = own_of(pool_name);
        if (own == nullptr) return false;
        with(own->rules);
        if (every_) with(every_->rules);
        return true;
    }

    /// Whether there can be rules of pools of this type: of those that are named by text.
    template <class Pool>
    static constexpr bool speaks_of = detail::converts_to<const Pool&, text_view>;

    /// The pools that are named, ordered by their names.
    [[nodiscard]] const std::vector<entry>& pools() const noexcept { return pools_; }
    /// The rules of this pool alone; null where it is not named.
    [[nodiscard]] const read_policy* find(text_view pool_name) const {
        const entry* const found = named(pool_name);
        return found == nullptr ? nullptr : &found->rules;
    }
    /// The rules of other_pools; null where the text states none.
    [[nodiscard]] const read_policy* others() const noexcept {
        return others_ ? &others_->rules : nullptr;
    }
    /// The rules of every_pool; null where the text states none.
    [[nodiscard]] const read_policy* every() const noexcept {
        return every_ ? &every_->rules : nullptr;
    }

    /// All rules that hold for a pool, as one policy: its own or those of other_pools, and then
    /// those of every_pool. Empty where it has none of its own, so that nothing of it may go.
    /// Allocates.
    [[nodiscard]] std::optional<read_policy> rules_of(text_view pool_name) const {
        return rules_of(pool_name, [](const auto&) { return true; });
    }
    /// The same of those rules for which `wanted(rule)` is true; `unlimited` where it is of none.
    template <class F>
    [[nodiscard]] std::optional<read_policy> rules_of(text_view pool_name, F wanted) const {
        detail::read_rules some;
        const bool found = visit(pool_name, [&](const read_policy& rules) {
            rules.for_each([&](const auto& each) {
                if (wanted(each)) some.add(detail::state(each));
            });
        });
        if (!found) return {};
        if (some.all().empty()) some.add(detail::state(unlimited));
        return read_policy(some);
    }
    /// Where the rule of this number in rules_of(pool_name) begins in the text.
    [[nodiscard]] std::optional<text_place> place_of(text_view pool_name, std::size_t which) const {
        const entry* const own = own_of(pool_name);
        if (own == nullptr) return {};
        if (which < own->places.size()) return own->places[which];
        which -= own->places.size();
        if (!every_ || which >= every_->places.size()) return {};
        return every_->places[which];
    }
    /// Where the rule stands in the text that holds for this pool and is written like this, as a
    /// violation states it: "max_batch(5)". Empty where there is none.
    [[nodiscard]] std::optional<text_place> place_of(text_view pool_name, text_view rule) const {
        const entry* const own = own_of(pool_name);
        if (own == nullptr) return {};
        const auto found = place_in_entry(*own, rule);
        return found || !every_ ? found : place_in_entry(*every_, rule);
    }

    friend bool operator==(const read_policies& left, const read_policies& right) {
        const auto same = [](const read_policy* one, const read_policy* other) {
            return one == nullptr || other == nullptr ? one == other : *one == *other;
        };
        return same(left.others(), right.others()) && same(left.every(), right.every()) &&
               std::equal(left.pools_.begin(), left.pools_.end(), right.pools_.begin(),
                          right.pools_.end(), [](const entry& one, const entry& other) {
                              return one.pool == other.pool && one.rules == other.rules;
                          });
    }

private:
    friend parsed<read_policies> parse_policies(text_view text);
    friend parsed<read_policies> parse_policy_file(text_view text);

    [[nodiscard]] const entry* named(text_view pool_name) const {
        const auto at = std::lower_bound(pools_.begin(), pools_.end(), pool_name,
                                         [](const entry& one, text_view name) {
                                             return detail::text_before(text_view(one.pool), name);
                                         });
        return at == pools_.end() || !(text_view(at->pool) == pool_name) ? nullptr : &*at;
    }
    [[nodiscard]] const entry* own_of(text_view pool_name) const {
        const entry* const found = named(pool_name);
        return found != nullptr || !others_ ? found : &*others_;
    }
    [[nodiscard]] const entry* own_of(detail::every_other_pool) const {
        return others_ ? &*others_ : nullptr;
    }
    [[nodiscard]] static std::optional<text_place> place_in_entry(const entry& from,
                                                                  text_view rule) {
        std::optional<text_place> found;
        std::size_t at = 0;
        from.rules.for_each([&](const auto& each) {
            if (!found && text_view(to_string(policy{each})) == rule) found = from.places[at];
            ++at;
        });
        return found;
    }

    /// Their rules are the next ones of all: they come in the order of the text.
    void add(const detail::placed_pool& pool, const std::vector<detail::placed_rule>& all,
             const std::vector<text_place>& places) {
        detail::read_rules rules;
        entry next{pool.name, read_policy(rules), {}};
        for (std::size_t at = pool.first; at != pool.first + pool.size; ++at) {
            rules.add(all[at].rule);
            next.places.push_back(places[at]);
        }
        next.rules = read_policy(rules);
        if (pool.kind == detail::pool_kind::others)
            others_ = next;
        else if (pool.kind == detail::pool_kind::every)
            every_ = next;
        else
            pools_.push_back(next);
    }
    void sort() {
        std::sort(pools_.begin(), pools_.end(), [](const entry& left, const entry& right) {
            return detail::text_before(text_view(left.pool), text_view(right.pool));
        });
    }

    std::vector<entry> pools_;
    std::optional<entry> others_;
    std::optional<entry> every_;
};

namespace detail {
/// The places of rules that stand in the order of the text: one walk through it.
inline std::vector<text_place> places_of(text_view text, const std::vector<placed_rule>& rules) {
    std::vector<text_place> places;
    std::size_t before = 0;
    for (const placed_rule& each : rules) {
        places.push_back(
            place_in(text, each.at, before, places.empty() ? text_place{} : places.back()));
        before = each.at;
    }
    return places;
}
}  // namespace detail

/// Reads the rules of several pools:
///
///     pool index {
///         min_remaining(95%)
///         max_batch(5)
///     }
///     other_pools { max_batch(1) }
///     every_pool { max_pools(1) }
///
/// As parse_policy does: all of the text or nothing of it, and then all mistakes. At most 1024
/// pools, of at most 256 rules each, in 65536 characters.
[[nodiscard]] inline parsed<read_policies> parse_policies(text_view text) {
    detail::text_mistake found[detail::mistake_list::most];
    detail::mistake_list wrong(found, detail::mistake_list::most);
    std::vector<detail::placed_pool> pools;
    std::vector<detail::placed_rule> rules;
    if (text.size() > detail::longest_text) {
        wrong.add({policy_mistake::the_text_is_too_long, 0, {}, {}, {}, 0});
    } else {
        detail::text_cursor from(text, wrong);
        detail::read_pools_into(pools, rules, from, false);
        if (pools.empty() && wrong.number() == 0)
            wrong.add({policy_mistake::there_is_no_rule_in_it, from.at(), {}, {}, {}, 0});
    }
    if (wrong.number() != 0) return policy_errors(text, found, wrong.number());
    read_policies read;
    const std::vector<text_place> places = detail::places_of(text, rules);
    for (const detail::placed_pool& each : pools) read.add(each, rules, places);
    read.sort();
    return read;
}

/// Reads a file that may have either: the policies of pools where its first word is pool,
/// other_pools or every_pool, as shearpin_embed_policy does; or one policy, which is then that of
/// whatever pool, as in other_pools.
[[nodiscard]] inline parsed<read_policies> parse_policy_file(text_view text) {
    if (detail::is_of_pools(text)) return parse_policies(text);
    detail::text_mistake found[detail::mistake_list::most];
    detail::mistake_list wrong(found, detail::mistake_list::most);
    std::vector<detail::placed_rule> rules;
    detail::read_one_policy(text, rules, wrong);
    if (wrong.number() != 0) return policy_errors(text, found, wrong.number());
    read_policies read;
    read.add({.kind = detail::pool_kind::others, .size = rules.size()}, rules,
             detail::places_of(text, rules));
    return read;
}

/// Writes the policies of all pools, ordered by their names, so that they can be read again.
inline void spell(const read_policies& all, writer& out) {
    for (const read_policies::entry& each : all.pools()) {
        out.put("pool ");
        detail::spell_pool_name(each.pool, out);
        detail::spell_section(each.rules, out);
    }
    if (all.others() != nullptr) detail::spell_section(*all.others(), out.put("other_pools"));
    if (all.every() != nullptr) detail::spell_section(*all.every(), out.put("every_pool"));
}
/// The same as a text. Allocates.
[[nodiscard]] inline std::string to_string(const read_policies& all) {
    return detail::all_written([&](writer& out) { shearpin::spell(all, out); });
}

}  // namespace shearpin::inline v1
