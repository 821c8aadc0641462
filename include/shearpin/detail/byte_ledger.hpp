// SPDX-License-Identifier: BSL-1.0
// A ledger over a byte store: what was reserved is stored before anybody acts on it.
#pragma once

#include <shearpin/detail/attempts.hpp>
#include <shearpin/detail/ledger_people.hpp>
#include <shearpin/detail/shared_document.hpp>

namespace shearpin::inline v1::detail {

template <class Store> class byte_ledger {
    using shared_type = shared_document<Store>;

public:
    static constexpr bool has_clock = requires(Store& given) {
        { given.now() } -> same_as<instant>;
    };

    byte_ledger(Store&& given_store, duration given_margin)
        : shared_(static_cast<Store&&>(given_store)), margin_(given_margin) {}

    [[nodiscard]] noted note(bool may_guess) {
        held_lock held(shared_.lock());
        noted answer;
        answer.is_guess = may_guess && shared_.may_guess();
        if (!answer.is_guess) answer.why = shared_.refresh(held);
        answer.readable = answer.why.empty();
        answer.version = shared_.version();
        return answer;
    }

    template <class Judge>
    reserve_answer reserve(const noted& first_look, const instant& guards_now, const claim& asked,
                           Judge& judge) {
        const maybe<reservation_id> id = random_id();
        if (!id) return failed(ledger_texts::no_random_id);
        held_lock held(shared_.lock());
        bool is_guess = first_look.is_guess;
        for (attempts tries;;) {
            const store_trouble unreadable = know(held, tries);
            if (!unreadable.empty()) return failed(tries.told(unreadable));
            const instant now = now_or(guards_now);
            reserve_answer answer;
            answer.what = reserving::reserved;
            answer.id = *id;
            if (tries.any_unknown() && changes().document.find(*id) != ledger_document::nowhere) {
                const auto own = sync_again(held, tries);
                if (own.what == commit_outcome::done) return answer;
                if (!tries.again(own)) return failed(tries.told(own.why));
                continue;
            }
            duration looked_back;
            answer = decide(first_look, now, asked, judge, looked_back);
            if (answer.what != reserving::reserved && is_guess) {
                // A yes is proved by storing it. Everything else needs a look, and is judged anew
                // after it: what others were storing meanwhile may have come to nothing.
                const reserve_answer confirmed = confirm(held, first_look);
                if (confirmed.what != reserving::reserved) return confirmed;
                is_guess = false;
                continue;
            }
            if (answer.what == reserving::refused && shared_.any_waits()) {
                // This may rest on what others have not stored yet. It stands if that will be.
                const auto others = shared_.commit_others(held);
                if (others.what != commit_outcome::done) {
                    if (!tries.again({commit_outcome::again, {}}))
                        return failed(tries.told(ledger_texts::busy));
                    continue;
                }
            }
            if (answer.what != reserving::reserved) return answer;
            if (!shared_.make_room(size_of(asked), spared_for_people, now))
                return failed(ledger_texts::full);
            answer.why = changes().reserve(*id, not_stored_yet, now, margin_, looked_back, asked,
                                           own_process());
            if (!answer.why.empty()) return failed(answer.why);
            answer.id = *id;
            const auto own = shared_.commit(held, true);
            if (own.what == commit_outcome::done) return answer;
            const bool goes_on = tries.again(own);
            if (own.what == commit_outcome::again && is_guess && !tries.any_unknown())
                return look_again();
            if (!goes_on) return failed(tries.told(own.why));
        }
    }

    template <class Judge>
    reserve_answer consult(const noted& first_look, const instant& guards_now, const claim& asked,
                           Judge& judge) {
        held_lock held(shared_.lock());
        attempts tries;
        const store_trouble unreadable = know(held, tries);
        if (!unreadable.empty()) return failed(unreadable);
        if (first_look.is_guess) {
            const reserve_answer confirmed = confirm(held, first_look);
            if (confirmed.what != reserving::reserved) return confirmed;
        }
        duration looked_back;
        return decide(first_look, now_or(guards_now), asked, judge, looked_back);
    }

    store_trouble settle(const reservation_id& id, const instant& guards_now,
                         const settlement& outcome_of) {
        held_lock held(shared_.lock());
        bool is_fresh = false;
        for (attempts tries;;) {
            const store_trouble unreadable = know(held, tries);
            if (!unreadable.empty()) return unreadable;
            const bool is_there = tries.any_unknown() && is_over(id);  // it was stored after all
            const auto what =
                is_there ? ledger_changes::settled::done
                         : changes().settle(id, not_stored_yet, now_or(guards_now), outcome_of);
            if (what == ledger_changes::settled::not_open) {
                if (is_fresh) return changes().why_not_open(id);
                is_fresh = true;
                const store_trouble trouble = shared_.refresh(held);
                if (!trouble.empty()) return trouble;
                continue;
            }
            const auto own = is_there
                                 ? sync_again(held, tries)
                                 : shared_.commit(held, what == ledger_changes::settled::larger);
            if (own.what == commit_outcome::done) return {};
            if (!tries.again(own)) return attempts::reason(own.why);
        }
    }

    ledger_listing entries() {
        held_lock held(shared_.lock());
        ledger_listing listing;
        attempts tries;
        listing.why = shared_.refresh(held);
        if (listing.why.empty()) listing.why = know(held, tries);
        listing.readable = listing.why.empty();
        if (listing.readable) list_entries(changes().document, listing.entries);
        return listing;
    }

    store_trouble resolve(const reservation_id& id, const instant& guards_now,
                          const resolution& how, text_view by, text_view why) {
        held_lock held(shared_.lock());
        store_trouble trouble = shared_.refresh(held);
        if (!trouble.empty()) return trouble;
        for (attempts tries;;) {
            trouble = know(held, tries);
            if (!trouble.empty()) return trouble;
            const bool is_there = tries.any_unknown() && is_resolved(id);  // as above
            if (!is_there) {
                const instant now = now_or(guards_now);
                if (!shared_.make_room(longest_name + longest_reason + 64, 0, now))
                    return ledger_texts::full;
                trouble = resolve_entry(changes(), id, not_stored_yet, now, how, by, why);
                if (!trouble.empty()) return trouble;
            }
            const auto own = is_there ? sync_again(held, tries) : shared_.commit(held, true);
            if (own.what == commit_outcome::done) return {};
            if (!tries.again(own)) return attempts::reason(own.why);
        }
    }

private:
    /// So that a full ledger can still be resolved.
    static constexpr std::size_t spared_for_people = 8192;

    [[nodiscard]] ledger_changes& changes() noexcept { return shared_.changes(); }
    [[nodiscard]] static reserve_answer failed(text_view why) noexcept {
        reserve_answer answer;
        answer.why = why;
        return answer;
    }

    [[nodiscard]] static reserve_answer look_again() noexcept {
        reserve_answer answer;
        answer.what = reserving::look_again;
        return answer;
    }
    /// `reserved` where the first look, which was a guess, would have shown what was guessed.
    [[nodiscard]] reserve_answer confirm(held_lock& held, const noted& first_look) {
        const store_trouble trouble = shared_.refresh(held);
        if (!trouble.empty()) return failed(trouble);
        if (!shared_.known() || shared_.version() != first_look.version) return look_again();
        reserve_answer answer;
        answer.what = reserving::reserved;
        return answer;
    }

    /// For what was stored after all: done, once that is durable.
    [[nodiscard]] commit_answer sync_again(held_lock& held, const attempts& tries) {
        commit_answer answer;
        answer.what = commit_outcome::done;
        return tries.is_perhaps_lazy() ? shared_.commit(held, true) : answer;
    }

    /// Sees to it that there is a document in memory; empty text where there is.
    [[nodiscard]] store_trouble know(held_lock& held, attempts& tries) {
        while (!shared_.known()) {
            const store_trouble trouble = shared_.refresh(held);
            if (!trouble.empty()) return trouble;
            if (!shared_.known() && !tries.again({commit_outcome::again, {}}))
                return ledger_texts::busy;
        }
        return {};
    }

    template <class Judge>
    [[nodiscard]] reserve_answer decide(const noted& first_look, const instant& now,
                                        const claim& asked, Judge& judge, duration& looked_back) {
        return changes().decide(first_look, shared_.version(), now, margin_, asked, judge,
                                looked_back);
    }

    [[nodiscard]] instant now_or(const instant& guards_now) {
        if constexpr (has_clock)
            return shared_.store().now();
        else
            return guards_now;
    }
    /// At most, on the store.
    [[nodiscard]] static std::size_t size_of(const claim& asked) noexcept {
        std::size_t bytes = 256 + asked.actor.size() + asked.reason.size();
        for (std::size_t at = 0; at != asked.number; ++at)
            bytes += 128 + asked.pools[at].pool.size();
        return bytes + asked.overrides_number * 512;
    }
    [[nodiscard]] bool is_over(const reservation_id& id) const noexcept {
        const ledger_document& document = shared_.document();
        const std::uint32_t slot = document.find(id);
        return slot != ledger_document::nowhere &&
               document.record(slot).state != record_state::open;
    }
    [[nodiscard]] bool is_resolved(const reservation_id& id) const noexcept {
        const ledger_document& document = shared_.document();
        const std::uint32_t slot = document.find(id);
        return slot != ledger_document::nowhere && document.record(slot).resolved_version != 0;
    }
    /// A child of this process that was forked is another one.
    [[nodiscard]] const process_identity& own_process() {
        if (own_.pid != static_cast<std::uint64_t>(::getpid())) own_ = read_own_process();
        return own_;
    }

    shared_type shared_;
    duration margin_;
    process_identity own_;
};

}  // namespace shearpin::inline v1::detail
