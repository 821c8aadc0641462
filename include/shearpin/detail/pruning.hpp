// SPDX-License-Identifier: BSL-1.0
// How a prune is judged: the difference between an inventory and a list, as the targets of a
// guarded call, and the decision over it. All but the checks of the list is the guard's own.
#pragma once

#include <shearpin/detail/one_pool.hpp>
#include <shearpin/detail/prune_checks.hpp>
#include <shearpin/listing.hpp>

#include <vector>

namespace shearpin::inline v1 {

/// A prune with listed_within(d) looks at the clock: give it one, `.with_clock(clock)`.
struct listed_within_needs_a_clock;  // see examples/errors.md
/// The list has entries of another type than the inventory.
template <class Listed, class Held>
struct the_list_is_of_another_kind_than_the_inventory;  // see examples/errors.md
/// Where nothing is to go the removal is not called: let it return nothing or a number, not this.
template <class Returned>
struct a_prune_cannot_return_this_where_nothing_is_to_go;  // see examples/errors.md

namespace detail {

/// A sorted list of what stands elsewhere, each once.
template <class T> class known_entries {
    using key = key_of<T>;
    using entry = typename key::kept;

public:
    void add(const T& one) { entries_.push_back(key::keep(one)); }
    void sort() {
        detail::sort(entries_.data(), entries_.size(), less);
        std::size_t kept_number = 0;
        for (std::size_t at = 0; at != entries_.size(); ++at)
            if (at == 0 || less(entries_[kept_number - 1], entries_[at]))
                entries_[kept_number++] = entries_[at];
        entries_.resize(kept_number);
    }
    [[nodiscard]] count size() const noexcept { return entries_.size(); }
    [[nodiscard]] bool has(const T& one) const {
        const count place_of_one =
            find_place(entries_.data(), entries_.size(),
                       [&](const entry& item) { return key::comes_before(key::value(item), one); });
        return place_of_one != entries_.size() &&
               !key::comes_before(one, key::value(entries_[place_of_one]));
    }
    template <class F> void for_each(F each) const {
        for (const entry& one : entries_) each(key::value(one));
    }

private:
    static bool less(const entry& left, const entry& right) {
        return key::comes_before(key::value(left), key::value(right));
    }
    std::vector<entry> entries_;
};

/// Adds all of an inventory's entries, which must stay where they are.
template <class T, class R> void add_all(known_entries<T>& to, R& range) {
    for (auto at = list_begin(range); at != list_end(range); ++at)
        if constexpr (is_same<T, text_view>)
            to.add(text_view(*at));
        else
            to.add(*at);
    to.sort();
}

/// What a prune asks of a list. Plain data.
struct prune_terms {
    maybe<count> size{};
    maybe<duration> at_most_old{};
    maybe<fraction> at_most_shrunk{};
    maybe<count> held_before{};
    maybe<fraction> at_most_unknown{};
};

/// A list for a prune: a callable that returns a sized range, or refers to one.
template <class I>
concept lists_entries = requires(I& inventory) { inventory(); } &&
                        listed_range<bare_reference<decltype(declval<I&>()())>>;
template <class I> using held_entry = target_of<bare_reference<decltype(declval<I&>()())>>;

/// The targets of a prune: what the inventory has and the list has not, in the inventory's order.
/// A list for the guard, with what was found out along the way.
template <class Inventory, bool Dated> struct absentees {
    static constexpr bool needs_clock = Dated;
    using entry = held_entry<Inventory>;
    using compared = compared_as<entry>;

    std::vector<entry> absent;
    const kept<Inventory>* inventory = nullptr;
    const prune_terms* terms = nullptr;
    listing_facts about{};
    count listed = 0;   ///< entries of the list, each once
    count held = 0;     ///< entries of the inventory, each once
    culprits unknown;   ///< listed, but not in the inventory
    culprits vanished;  ///< absent from the list, and at a second look from the inventory too

    [[nodiscard]] auto begin() const noexcept { return absent.begin(); }
    [[nodiscard]] auto end() const noexcept { return absent.end(); }
    [[nodiscard]] std::size_t size() const noexcept { return absent.size(); }

    /// Asks the inventory once more, and finds out what has gone from it meanwhile.
    void look_again() {
        known_entries<compared> now;
        auto&& range = inventory->get()();
        add_all(now, range);
        held = now.size();
        vanished = {};
        count position = 0;
        for (const entry& each : absent) {
            const compared& key = each;
            if (!now.has(key)) vanished.add(each, position);
            ++position;
        }
    }

    /// How many entries the source held before, as the list says or else the guard. Zero is no
    /// number to shrink from: as good as not said, since it would turn the check off.
    [[nodiscard]] maybe<count> before() const noexcept {
        if (about.held_before && *about.held_before != 0) return about.held_before;
        if (terms->held_before && *terms->held_before != 0) return terms->held_before;
        return {};
    }

    /// Reports why the list is no evidence.
    template <class Report> void find_flaws(const facts& known, Report report) const {
        const auto add = [&](const auto& which) { report(violation(which, known, 0, size())); };
        if (about.whole == completeness::partial) add(checks::partial_listing{});
        if (about.whole == completeness::changed) add(checks::listing_changed{});
        if (about.whole == completeness::end_not_seen) add(checks::end_not_seen{});
        if (about.whole == completeness::goes_on_after_end) add(checks::goes_on_after_end{});
        if (terms->at_most_old) {
            const bool dated = about.taken_at.known() && known.now.known();
            const bool in_time = dated && about.taken_at <= known.now &&
                                 known.now - about.taken_at <= *terms->at_most_old;
            if (!in_time) add(checks::old_listing(about.taken_at, *terms->at_most_old));
        }
        if (listed == 0) {
            add(checks::empty_listing{});
            return;  // the rest says the same in other words
        }
        if (terms->at_most_shrunk) {
            const fraction most = *terms->at_most_shrunk;
            if (!before())
                add(checks::no_previous_listing{});
            else if (minus(*before(), listed) > most.of_rounded_down(*before()))
                add(checks::shrunk_listing(*before(), listed, most));
        }
        const auto add_named = [&](const auto& which, const culprits& named) {
            report(violation(which, known, 0, named.number()).with_targets(named.text()));
        };
        if (unknown.number() == listed && held != 0)
            add_named(checks::unrelated_listing{}, unknown);
        else if (terms->at_most_unknown &&
                 unknown.number() > terms->at_most_unknown->of_rounded_down(listed))
            add_named(checks::unknown_entries(unknown.number(), listed, *terms->at_most_unknown),
                      unknown);
        if (vanished.number() != 0) add_named(checks::inventory_changed{}, vanished);
    }
    [[nodiscard]] bool sound(const facts& known) const {
        bool found = false;
        find_flaws(known, [&](const violation&) { found = true; });
        return !found;
    }
};

/// The world of a prune. The inventory itself comes with the targets.
struct pruned_world {};

/// The judge of one pool, for a pool that is an inventory: it adds what is wrong with the list.
template <class... Rules>
struct judge<policy<Rules...>, pruned_world> : judge<policy<Rules...>, shearpin::pool (*)()> {
    using base = judge<policy<Rules...>, shearpin::pool (*)()>;

    template <class Policy, class Options, class Asked> static constexpr auto find_flaw() {
        using list = bare<decltype(declval<const Asked&>().targets())>;
        if constexpr (list::needs_clock && !Options::clock_type::given &&
                      !Options::ledger_type::has_clock)
            return tag<listed_within_needs_a_clock>{};
        else
            return base::template find_flaw<Policy, Options, Asked>();
    }

    /// Where others may be removing at the same time, the inventory is asked once more: between the
    /// guard's looks at the ledger, so that nobody's removal falls into a gap.
    template <class Options, class Asked, class Said>
    static auto observe(const policy<Rules...>& rules, pruned_world&, const Options& options,
                        const Asked& asked, const Said& said) {
        auto& difference = asked.targets();
        if constexpr (Options::ledger_type::given && !Said::past_the_ledger)
            difference.look_again();
        const shearpin::pool there{
            difference.terms->size ? *difference.terms->size : difference.held, difference.held};
        struct {
            shearpin::pool seen;
            shearpin::pool operator()() const { return seen; }
        } view{there};
        using on_view = judge<policy<Rules...>, decltype(view)>;
        return on_view::observe(rules, view, options, asked, said);
    }

    template <class Options, class Seen, class Asked>
    static bool admits(const policy<Rules...>& rules, const Options& options, const Seen& seen,
                       const Asked& asked) {
        // Nothing to remove breaks no rule: but a bad list is told of before it does harm.
        return (asked.heads() == 0 || base::admits(rules, options, seen, asked)) &&
               asked.targets().sound(as_facts(seen));
    }

    template <class Options, class Seen, class Asked>
    static refusal refuse(const policy<Rules...>& rules, const Options& options, const Seen& seen,
                          const Asked& asked, place here) {
        refusal why = base::refuse(rules, options, seen, asked, here);
        violations_list all;
        asked.targets().find_flaws(as_facts(seen), [&](const violation& each) { all.add(each); });
        const bool bad_list = !all.empty();
        for (const violation& each : why.violations()) {
            if (each.rule() == checks::empty_selection::name) continue;  // nothing is absent
            if (bad_list && each.rule() == checks::reason_gone::name) continue;
            all.add(each);
        }
        why.found() = all;
        if (bad_list) why.may_go(0);
        return why;
    }
    template <class Asked>
    static const refusal& finish(const refusal& found, pruned_world&, const Asked&) noexcept {
        return found;
    }
};

}  // namespace detail

}  // namespace shearpin::inline v1
