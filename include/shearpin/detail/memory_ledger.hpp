// SPDX-License-Identifier: BSL-1.0
// A ledger over records in memory: every step is made under one lock.
#pragma once

#include <shearpin/detail/ledger_people.hpp>
#include <shearpin/detail/thread_lock.hpp>
#include <shearpin/memory_store.hpp>

namespace shearpin::inline v1::detail {

template <class> class basic_memory_ledger;
using memory_ledger = basic_memory_ledger<when_used>;
template <class> class basic_memory_ledger {
public:
    static constexpr bool has_clock = false;

    basic_memory_ledger(memory_store&& given_store, duration given_margin)
        : store_(static_cast<memory_store&&>(given_store)), margin_(given_margin) {}

    [[nodiscard]] noted note(bool) noexcept {
        noted answer;
        answer.version = __atomic_load_n(&document().version, __ATOMIC_ACQUIRE);
        answer.readable = true;
        return answer;
    }

    template <class Judge>
    reserve_answer reserve(const noted& first_look, const instant& now, const claim& asked,
                           Judge&& judge) {
        const held_lock held(lock_);
        duration looked_back;
        reserve_answer answer = changes().decide(first_look, document().version, now, margin_,
                                                 asked, judge, looked_back);
        if (answer.what != reserving::reserved) return answer;
        const process_identity& process = own();
        if (!take_id(answer.id)) return failed(ledger_texts::no_random_id);
        const std::uint64_t next = document().version + 1;
        answer.why = changes().reserve(answer.id, next, now, margin_, looked_back, asked, process);
        if (!answer.why.empty())
            answer.what = reserving::failed;
        else
            publish(next);
        return answer;
    }

    template <class Judge>
    reserve_answer consult(const noted& first_look, const instant& now, const claim& asked,
                           Judge&& judge) {
        const held_lock held(lock_);
        duration looked_back;
        return changes().decide(first_look, document().version, now, margin_, asked, judge,
                                looked_back);
    }

    store_trouble settle(const reservation_id& id, const instant& now, const settlement& outcome) {
        const held_lock held(lock_);
        const std::uint64_t next = document().version + 1;
        if (changes().settle(id, next, now, outcome) == ledger_changes::settled::not_open)
            return changes().why_not_open(id);
        publish(next);
        return {};
    }

    ledger_listing entries() {
        const held_lock held(lock_);
        ledger_listing listing;
        listing.readable = true;
        list_entries(document(), listing.entries);
        return listing;
    }

    store_trouble resolve(const reservation_id& id, const instant& now, const resolution& how,
                          text_view by, text_view why) {
        const held_lock held(lock_);
        const std::uint64_t next = document().version + 1;
        const store_trouble trouble = resolve_entry(changes(), id, next, now, how, by, why);
        if (trouble.empty()) publish(next);
        return trouble;
    }

private:
    [[nodiscard]] ledger_changes& changes() noexcept { return store_.changes_; }
    [[nodiscard]] ledger_document& document() noexcept { return store_.changes_.document; }
    void publish(std::uint64_t version) noexcept {
        __atomic_store_n(&document().version, version, __ATOMIC_RELEASE);
    }
    [[nodiscard]] static reserve_answer failed(text_view why) noexcept {
        reserve_answer answer;
        answer.why = why;
        return answer;
    }

    /// Random in its first half, and counted in its second: nobody else writes to this memory.
    [[nodiscard]] bool take_id(reservation_id& id) noexcept {
        if (last_id_.low == 0) {
            const maybe<reservation_id> drawn = random_id();
            if (!drawn) return false;
            last_id_.high = drawn->high;
        }
        ++last_id_.low;
        id = last_id_;
        return true;
    }
    /// A child of this process that was forked is another one, with ids of its own.
    [[nodiscard]] const process_identity& own() {
        if (forks_ != forks_so_far) {
            const bool are_counted = watch_forks();
            own_ = read_own_process();  // where it finds no memory, the next call reads it
            last_id_.low = 0;
            forks_ = are_counted ? forks_so_far : not_counted;
        }
        return own_;
    }
    static constexpr std::uint64_t not_counted = ~std::uint64_t{0};

    thread_lock lock_;
    memory_store store_;
    duration margin_;
    reservation_id last_id_{};
    std::uint64_t forks_ = not_counted;  // when own_ was read
    process_identity own_;
};

}  // namespace shearpin::inline v1::detail
