// SPDX-License-Identifier: BSL-1.0
// The record of removals that everyone who removes shares.
#pragma once

#include <shearpin/detail/byte_ledger.hpp>
#include <shearpin/detail/memory_ledger.hpp>
#include <shearpin/detail/performing_fully.hpp>  // the calls of a guard with one
#include <shearpin/ledger_entry.hpp>
#include <shearpin/store.hpp>

namespace shearpin::inline v1 {

/// What a ledger is told beside its store.
struct ledger_options {
    /// By how much the clocks of two machines may differ: windows become longer by that, wherever
    /// two times are not known to be of one machine and one boot. Below zero counts as zero.
    duration margin{};
};

/// Remembers what was removed, so that many small removals cannot do what one large one may not:
///     shearpin::ledger ledger{shearpin::memory_store{}};
///     shearpin::ledger ledger{shearpin::file_store::open("/var/lib/tool/removals"), {.margin =
///     2s}};
/// Every removal is reserved before it begins and settled when it is over; what was never settled
/// counts until a person resolves it. Guards that share a ledger share one budget, whether they are
/// in one thread, process or machine, as far as the store reaches. Guards refer to it, so it must
/// outlive them. Any of its functions may be called by several threads at once.
///
/// The store is memory_store or any byte_store. It forgets only what no rule of any of its users
/// can see; what cannot be read or written is a refusal, and never an empty ledger.
template <class Store> class ledger {
    static_assert(detail::is_same<Store, memory_store> || byte_store<Store>,
                  "ledger: the store must be memory_store or a byte_store, see shearpin/store.hpp");
    using engine = detail::choose<detail::is_same<Store, memory_store>, detail::memory_ledger,
                                  detail::byte_ledger<Store>>;

public:
    explicit ledger(Store store, const ledger_options& options = {})
        : engine_(static_cast<Store&&>(store),
                  options.margin < duration{} ? duration{} : options.margin) {}
    ledger(const ledger&) = delete;
    ledger& operator=(const ledger&) = delete;
    ~ledger() = default;

    /// Whether the store has a clock; otherwise the guard's is used.
    static constexpr bool has_clock = engine::has_clock;

    /// All that is remembered: who, what for, how much of which pools, when. Costs a look at every
    /// process that is named.
    [[nodiscard]] ledger_listing entries() { return engine_.entries(); }

    /// Says how a removal ended that is open or unknown. Empty text where that was noted, with who
    /// says so and why. While the process that reserved it lives, only that everything was removed
    /// can be said of one that is open. `now` is for a store without a clock.
    [[nodiscard]] store_trouble resolve(text_view id, const resolution& how, text_view by,
                                        text_view why, const instant& now = {}) {
        const maybe<detail::reservation_id> read = detail::parse_reservation_id(id);
        if (!read) return detail::ledger_texts::not_an_id;
        return engine_.resolve(*read, now, how, by, why);
    }

    // --- For guards ---

    /// The first look, before the world is asked. `may_guess`: it may be what was seen last, where
    /// a look costs a round trip, or would have to wait for a thread that uses the store. Not so
    /// where a guess has come to nothing.
    [[nodiscard]] detail::noted note(bool may_guess = true) { return engine_.note(may_guess); }

    /// Reserves what the judge admits. `judge(const ledger_view&)` says whether it does; it may be
    /// asked several times, and what it throws reaches the caller, with nothing reserved.
    template <class Judge>
    [[nodiscard]] detail::reserve_answer reserve(const detail::noted& first_look,
                                                 const instant& guards_now,
                                                 const detail::claim& asked, Judge&& judge) {
        return engine_.reserve(first_look, guards_now, asked, judge);
    }
    /// The same without writing anything.
    template <class Judge>
    [[nodiscard]] detail::reserve_answer consult(const detail::noted& first_look,
                                                 const instant& guards_now,
                                                 const detail::claim& asked, Judge&& judge) {
        return engine_.consult(first_look, guards_now, asked, judge);
    }
    /// Says how much was really removed. Empty text where that was noted; otherwise the removal
    /// stays open, and counts whole.
    [[nodiscard]] store_trouble settle(const detail::reservation_id& id, const instant& guards_now,
                                       const detail::settlement& outcome) {
        return engine_.settle(id, guards_now, outcome);
    }

private:
    engine engine_;
};

}  // namespace shearpin::inline v1
