// SPDX-License-Identifier: BSL-1.0
// "Remove what is not in the list", where an empty, cut-off or old list would remove everything.
#pragma once

#include <shearpin/asking.hpp>
#include <shearpin/detail/removes_absent.hpp>
#include <shearpin/guard.hpp>
#include <shearpin/listing.hpp>

#include <vector>

namespace shearpin::inline v1 {

/// A prune is called with one list, made by complete_listing(entries) or its like.
template <class... Arguments> struct a_prune_takes_one_listing;  // see examples/errors.md
/// The inventory of a prune is a callable that returns a sized range of entries.
template <class Inventory>
struct an_inventory_to_prune_returns_its_entries;  // see examples/errors.md

/// A guard that removes what an inventory has and a list has not. Made by prune_guard.
///
/// The list is judged first, then the removal by the policy: one pool, whose available amount is
/// the number of entries of the inventory, and its size too unless of_size(n) says what is meant to
/// be there. On a refusal nothing is removed. The removal gets a `const std::vector<entry>&`: just
/// what is absent, in the inventory's order. Where nothing is, the call succeeds without calling
/// the removal and returns nothing, 0 or an empty value; a bad list is refused all the same.
///
/// Entries are compared by `<`, text of any type as text. What the list names twice counts once;
/// what the inventory has twice counts once in the pool, and is refused as named twice where it is
/// to go. What the list has and the inventory has not is allowed (it may be about to be created),
/// unless unknown_at_most(f) says how much of the list; a list of which the inventory has nothing
/// at all is refused, as that of something else.
///
/// With a ledger the inventory is asked again between the looks at it, and what has gone from it
/// meanwhile is refused. There is no shadow: it would remove what an empty list does not name.
/// Costs n log n comparisons and a copy of what is absent.
template <class Guard, class Inventory, bool Dated>
class basic_prune_guard : public detail::call_site<basic_prune_guard<Guard, Inventory, Dated>>,
                          public detail::reserve_site<basic_prune_guard<Guard, Inventory, Dated>,
                                                      Guard::options_type::ledger_type::given> {
    using absentees = detail::absentees<Inventory, Dated>;

public:
    /// The type of the inventory's entries.
    using entry = detail::held_entry<Inventory>;

    constexpr basic_prune_guard(Guard engine, detail::kept<Inventory> inventory,
                                const detail::prune_terms& terms)
        : guard_(static_cast<Guard&&>(engine)),
          inventory_(static_cast<detail::kept<Inventory>&&>(inventory)),
          terms_(terms) {}

    /// What is meant to be there, for rules that take a fraction: so that many small prunes in a
    /// row do not erode the inventory.
    template <detail::integer N> [[nodiscard]] constexpr basic_prune_guard of_size(N number) && {
        terms_.size = detail::counted(number);
        return static_cast<basic_prune_guard&&>(*this);
    }
    /// Refuses lists that are older, from the future, or without a time (taken_at). Needs a clock.
    [[nodiscard]] constexpr auto listed_within(duration at_most) && {
        terms_.at_most_old = at_most;
        return basic_prune_guard<Guard, Inventory, true>(
            static_cast<Guard&&>(guard_), static_cast<detail::kept<Inventory>&&>(inventory_),
            terms_);
    }
    /// Refuses a list where over this fraction of what the source held before is gone. What it
    /// held is said by the list, held_before(n), or else by the number here; by neither, or zero by
    /// both, is refused.
    [[nodiscard]] constexpr basic_prune_guard shrunk_at_most(fraction at_most) && {
        terms_.at_most_shrunk = at_most;
        return static_cast<basic_prune_guard&&>(*this);
    }
    template <detail::integer N>
    [[nodiscard]] constexpr basic_prune_guard shrunk_at_most(fraction at_most, N held_before) && {
        terms_.held_before = detail::counted(held_before);
        return static_cast<basic_prune_guard&&>(*this).shrunk_at_most(at_most);
    }
    /// Refuses a list of which the inventory lacks more than this fraction.
    [[nodiscard]] constexpr basic_prune_guard unknown_at_most(fraction at_most) && {
        terms_.at_most_unknown = at_most;
        return static_cast<basic_prune_guard&&>(*this);
    }

// The choices of a guard that are those of a prune too; see guard.hpp.
#define SHEARPIN_AS_GUARD(NAME)                                                         \
    template <class... Given>                                                           \
        requires requires(Guard engine, Given&&... given) {                             \
            static_cast<Guard&&>(engine).NAME(static_cast<Given&&>(given)...);          \
        }                                                                               \
    [[nodiscard]] constexpr auto NAME(Given&&... given)&& {                             \
        return with(static_cast<Guard&&>(guard_).NAME(static_cast<Given&&>(given)...)); \
    }
    SHEARPIN_AS_GUARD(with_clock)
    SHEARPIN_AS_GUARD(with_ledger)
    SHEARPIN_AS_GUARD(with_observer)
    SHEARPIN_AS_GUARD(on_refusal)
    SHEARPIN_AS_GUARD(removed_by)
    SHEARPIN_AS_GUARD(named)
    SHEARPIN_AS_GUARD(in_environment)
    SHEARPIN_AS_GUARD(shows_after)
    SHEARPIN_AS_GUARD(exception_means_ended)
#undef SHEARPIN_AS_GUARD
    /// As a guard's: a refusal is printed to standard error and the program aborted.
    template <class Response = terminates> [[nodiscard]] constexpr auto or_terminate() && {
        return with(static_cast<Guard&&>(guard_).template or_terminate<Response>());
    }

    using options_type = typename Guard::options_type;  ///< those of the guard that it is made of
    /// Why it has no waves: what is absent is known for one moment only, so it goes in one call.
    template <class List> static constexpr auto find_all_flaw() {
        return detail::tag<a_prune_goes_in_one_call<>>{};
    }

    /// As a guard's: `prune.asking({.expected = 2, .actor = "ann"})(complete_listing(wanted))`.
    [[nodiscard]] auto asking(const request& what_is_said) const& {
        return detail::asking_guard<basic_prune_guard>(*this, what_is_said);
    }
    void asking(const request& what_is_said) && = delete;
    /// As a guard's, for the day when the ledger is down; needs an observer, an actor and a reason.
    [[nodiscard]] auto without_ledger(const request& what_is_said) const& {
        return detail::asking_guard<basic_prune_guard, detail::spoken_past_the_ledger>(
            *this, what_is_said);
    }
    void without_ledger(const request& what_is_said) && = delete;

    /// What this list would remove, in the inventory's order; for a preview. It judges nothing.
    template <class R>
    [[nodiscard]] std::vector<entry> absent_from(const listing<R>& wanted) const {
        return compare(wanted).absent;
    }

    /// What is wrong with a call, as far as the compiler can see.
    template <detail::calling How, class... Args> static constexpr auto find_flaw() {
        return find_own_flaw<How, Args...>(
            [] { return Guard::template find_flaw<How, absentees&>(); });
    }
    /// The same of a call without the ledger.
    template <detail::calling How, class... Args> static constexpr auto find_bypass_flaw() {
        return find_own_flaw<How, Args...>(
            [] { return Guard::template find_bypass_flaw<How, absentees&>(); });
    }

private:
    friend class detail::call_site<basic_prune_guard>;
    template <class G, bool HasLedger> friend class detail::reserve_site;
    template <class G, class Said> friend class detail::asking_guard;

    template <detail::calling How, class... Args, class F>
    static constexpr auto find_own_flaw(F find_guard_flaw) {
        if constexpr (sizeof...(Args) != 1 || !(detail::is_listing<detail::bare<Args>> && ...)) {
            return detail::tag<a_prune_takes_one_listing<Args...>>{};
        } else if constexpr (!(detail::is_same<
                                   detail::compared_as<typename detail::bare<Args>::entry>,
                                   typename absentees::compared> &&
                               ...)) {
            return detail::tag<the_list_is_of_another_kind_than_the_inventory<
                typename detail::bare<Args>::entry..., entry>>{};
        } else {
            using flaw = typename decltype(find_guard_flaw())::type;
            if constexpr (!detail::is_same<flaw, void>)
                return detail::tag<flaw>{};
            else
                return find_answer_flaw<How>();
        }
    }
    template <detail::calling How> static constexpr auto find_answer_flaw() {
        if constexpr (How == detail::calling::checking) {
            return detail::tag<void>{};
        } else {
            using answered =
                decltype(detail::declval<const Guard&>()
                             .try_call_from(detail::declval<place>(), detail::declval<absentees&>())
                             .value());
            if constexpr (detail::empty_answer<answered>)
                return detail::tag<void>{};
            else
                return detail::tag<a_prune_cannot_return_this_where_nothing_is_to_go<answered>>{};
        }
    }

    template <class Other> constexpr auto with(Other engine) {
        return basic_prune_guard<Other, Inventory, Dated>(
            static_cast<Other&&>(engine), static_cast<detail::kept<Inventory>&&>(inventory_),
            terms_);
    }

    template <class R> absentees compare(const listing<R>& wanted) const {
        using compared = typename absentees::compared;
        absentees found;
        found.inventory = &inventory_;
        found.terms = &terms_;
        found.about = wanted.about();
        detail::known_entries<compared> listed;
        wanted.for_each([&](const auto& each) {
            const compared& key = each;
            listed.add(key);
        });
        listed.sort();
        found.listed = listed.size();
        detail::known_entries<compared> held;
        auto&& there = inventory_.get()();
        detail::add_all(held, there);
        found.held = held.size();
        for (auto at = detail::list_begin(there); at != detail::list_end(there); ++at) {
            const compared& key = *at;
            if (!listed.has(key)) found.absent.push_back(*at);
        }
        count position = 0;
        listed.for_each([&](const compared& each) {
            if (!held.has(each)) found.unknown.add(each, position);
            ++position;
        });
        return found;
    }

    template <detail::calling How, class Called, class R>
    decltype(auto) call_through(const Called& engine, place here, const listing<R>& wanted) const {
        absentees difference = compare(wanted);
        if constexpr (How == detail::calling::checking) {
            return engine.check_from(here, difference);
        } else if constexpr (How == detail::calling::trying) {
            using answered = decltype(engine.try_call_from(here, difference));
            if (nothing_to_do(engine, here, difference)) return nothing_done<answered>();
            return engine.try_call_from(here, difference);
        } else {
            using answered = decltype(engine.call_from(here, difference));
            if (nothing_to_do(engine, here, difference)) return answered();
            return engine.call_from(here, difference);
        }
    }
    template <class Answered> static Answered nothing_done() {
        if constexpr (detail::is_same<Answered, result<void>>)
            return {};
        else
            return detail::bare<decltype(detail::declval<Answered&>().value())>();
    }
    /// Nothing is absent, and neither the list nor what the person said is at fault: then nothing
    /// is reserved, either.
    template <class Called>
    static bool nothing_to_do(const Called& engine, place here, absentees& difference) {
        return difference.absent.empty() && engine.check_from(here, difference).admitted();
    }

    template <detail::calling How, class R>
    decltype(auto) call_at(place here, const listing<R>& wanted) const {
        return call_through<How>(guard_, here, wanted);
    }
    template <detail::calling How, class Said, class R>
    decltype(auto) call_saying(const Said& said, place here, const listing<R>& wanted) const {
        detail::asking_guard<Guard, Said> asked(guard_, *said.words);
        for (std::size_t at = 0; at != said.grants_number; ++at)
            asked = asked.overriding(*said.grants[at]);
        return call_through<How>(asked, here, wanted);
    }

    Guard guard_;
    detail::kept<Inventory> inventory_;
    detail::prune_terms terms_;
};

/// Wraps `removal` in a guard that removes what `inventory` has and a list has not:
///
///     auto prune = shearpin::prune_guard<policy>(drop_records, [&] { return zone; });
///     prune(shearpin::complete_listing(wanted));
///
/// `inventory` is a callable that returns a sized range of what is there now, or refers to one; it
/// is referred to where it is an lvalue.
template <const auto& Policy, class Removal, class Inventory>
    requires detail::lists_entries<Inventory> && detail::sound_guard<Policy, detail::pruned_world>
[[nodiscard("a guard removes nothing until it is called")]] constexpr auto prune_guard(
    Removal removal, Inventory&& inventory) {
    auto engine =
        detail::guard_of_prune(detail::constant_policy<Policy>{}, static_cast<Removal&&>(removal));
    return basic_prune_guard<decltype(engine), Inventory, false>(
        static_cast<decltype(engine)&&>(engine),
        detail::kept<Inventory>(static_cast<Inventory&&>(inventory)), {});
}
template <const auto& Policy, class Removal, class Inventory,
          class Flaw = detail::guard_flaw<Policy, detail::pruned_world>>
    requires(!detail::sound_guard<Policy, detail::pruned_world>)
Flaw prune_guard(Removal removal, Inventory&& inventory);
template <const auto& Policy, class Removal, class Inventory>
    requires(!detail::lists_entries<Inventory> && detail::sound_guard<Policy, detail::pruned_world>)
an_inventory_to_prune_returns_its_entries<Inventory> prune_guard(Removal removal,
                                                                 Inventory&& inventory);

/// The same for a policy that is known only when the program runs; the guard keeps a copy.
template <class... Rules, class Removal, class Inventory>
    requires detail::lists_entries<Inventory>
[[nodiscard("a guard removes nothing until it is called")]] constexpr auto prune_guard(
    const policy<Rules...>& rules, Removal removal, Inventory&& inventory) {
    auto engine = detail::guard_of_prune(detail::owned_policy<policy<Rules...>>{rules},
                                         static_cast<Removal&&>(removal));
    return basic_prune_guard<decltype(engine), Inventory, false>(
        static_cast<decltype(engine)&&>(engine),
        detail::kept<Inventory>(static_cast<Inventory&&>(inventory)), {});
}

}  // namespace shearpin::inline v1
