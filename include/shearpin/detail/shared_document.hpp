// SPDX-License-Identifier: BSL-1.0
// One document that several threads change together: those that wait for the store at the same time
// are stored at once.
//
// A thread changes the document in memory, under the lock, and waits until that is stored. The
// first one who finds the store idle leads: it takes all changes that wait, stores them while the
// lock is open, and tells the others how it went. Where the store says that somebody else was
// faster, or it is not known how it went, nothing of what waits holds: the document is loaded anew,
// and each thread makes its change once more, on top of what is there.
#pragma once

#include <shearpin/detail/ledger_decode.hpp>
#include <shearpin/detail/thread_lock.hpp>
#include <shearpin/detail/waiters.hpp>

namespace shearpin::inline v1::detail {

template <class Store> class shared_document {
public:
    explicit shared_document(Store&& given_store) : store_(static_cast<Store&&>(given_store)) {}

    [[nodiscard]] thread_lock& lock() noexcept { return lock_; }
    [[nodiscard]] Store& store() noexcept { return store_; }

    // All that follows is called under the lock.

    /// Whether there is a document in memory; without one, refresh().
    [[nodiscard]] bool known() const noexcept { return is_known_; }
    /// The document, with all that waits to be stored.
    [[nodiscard]] ledger_changes& changes() noexcept { return changes_; }
    [[nodiscard]] const ledger_document& document() const noexcept { return changes_.document; }
    /// The version of what is known to be stored.
    [[nodiscard]] std::uint64_t version() const noexcept { return version_; }
    /// Whether it is worth to go by what was seen last: a look would cost a round trip, and the
    /// last one found nothing that others had stored.
    [[nodiscard]] bool may_guess() const {
        if constexpr (requires { bool{store_.is_remote()}; })
            return is_known_ && is_quiet_ && store_.is_remote();
        else
            return false;
    }
    [[nodiscard]] bool any_waits() const noexcept { return !waiting_.empty(); }

    /// Sees to it that the document is at least as new as the store was when this was called. Empty
    /// text where that is so. Threads that wait for this at the same time share one look.
    store_trouble refresh(held_lock& held) {
        const std::uint64_t needed = looks_begun_ + 1;
        while (looks_done_ < needed) {
            if (is_busy_)
                held.wait();
            else
                look(held);
        }
        return trouble_;
    }

    /// Whether so many bytes more fit, and as many as are `spared`, and room for settling what is
    /// open. Puts removals together where they do not.
    [[nodiscard]] bool make_room(std::size_t more, std::size_t spared, const instant& now) {
        more += spared + room_to_settle * (document().open().size() + 1);
        if (size_ + more <= capacity) return true;
        size_ = ledger_encoder::encode(document()).size();
        while (size_ + more > capacity)
            if (!halve(now)) return false;
        return true;
    }

    /// Waits until all that was done to the document so far is stored. `is_urgent`: durably.
    commit_answer commit(held_lock& held, bool is_urgent) {
        is_urgent_ = is_urgent_ || is_urgent;
        return wait(held, batch_);
    }
    /// Waits until what others did to the document so far is stored. Only where any_waits().
    commit_answer commit_others(held_lock& held) { return wait(held, waiting_.newest_batch()); }

private:
    commit_answer wait(held_lock& held, std::uint64_t batch) {
        waiters::place self(waiting_, batch);
        while (!self.is_told()) {
            if (is_busy_)
                held.wait();
            else
                lead(held);
        }
        return self.answer();
    }

    /// The store is used by one thread at a time, with the lock open. Where the store throws,
    /// nobody knows what it has done: the others are told so, and it reaches the caller of this
    /// thread.
    class using_store {
    public:
        using_store(shared_document& given_owner, held_lock& held, std::uint64_t given_batch)
            : owner_(given_owner), held_(held), batch_(given_batch) {
            owner_.is_busy_ = true;
            held_.let_go();
        }
        using_store(const using_store&) = delete;
        using_store& operator=(const using_store&) = delete;
        ~using_store() {
            held_.take();
            owner_.is_busy_ = false;
            owner_.lock_.tell_all();
            if (!is_over_)
                owner_.give_up(batch_, commit_outcome::unknown,
                               text_view("the store threw an exception"));
        }
        void over() noexcept { is_over_ = true; }

    private:
        shared_document& owner_;
        held_lock& held_;
        std::uint64_t batch_;
        bool is_over_ = false;
    };

    void look(held_lock& held) {
        const std::uint64_t number = ++looks_begun_;
        const std::uint64_t known_version = version_;
        const bool is_known = is_known_;
        loaded found;
        bool is_same = false;
        {
            using_store use(*this, held, no_batch);
            if constexpr (requires { bool{store_.is_newest(known_version)}; })
                is_same = is_known && store_.is_newest(known_version);
            if (!is_same) found = store_.load();
            use.over();
        }
        // Held again since the end of that block.
        looks_done_ = number;
        is_quiet_ = is_known && (is_same || (found.readable && found.version == known_version));
        if (!is_same) take(found);
    }

    void take(const loaded& found) {
        trouble_ = {};
        if (found.readable && is_known_ && found.version == version_) return;
        if (!found.readable)
            trouble_ = found.why.empty() ? store_trouble(ledger_texts::unreadable) : found.why;
        else if (found.version < newest_seen_)
            trouble_ = ledger_texts::older;
        else if (found.version > largest_version)
            trouble_ = ledger_texts::large_version;
        ledger_changes made;
        if (trouble_.empty()) trouble_ = ledger_decoder::decode(found.bytes, found.version, made);
        give_up(no_batch, commit_outcome::again, {});
        if (!trouble_.empty()) return;
        changes_ = static_cast<ledger_changes&&>(made);
        size_ = found.bytes.size();
        version_ = newest_seen_ = found.version;
        is_known_ = true;
    }

    /// Stores all that waits, for everybody.
    void lead(held_lock& held) {
        const std::uint64_t batch = batch_++;
        const bool is_urgent = is_urgent_;
        const std::uint64_t expected = version_;
        is_urgent_ = false;
        changes_.document.stamp(expected + 1);
        std::string bytes = ledger_encoder::encode(document());
        size_ = bytes.size();
        while (bytes.size() > capacity) {
            if (!halve({})) {
                give_up(batch, commit_outcome::failed, ledger_texts::full);
                lock_.tell_all();
                return;
            }
            bytes = ledger_encoder::encode(document());
        }
        stored outcome;
        {
            using_store use(*this, held, batch);
            if constexpr (requires { store_.store_lazily(bytes, expected); })
                outcome = is_urgent ? store_.store(bytes, expected)
                                    : store_.store_lazily(bytes, expected);
            else
                outcome = store_.store(bytes, expected);
            use.over();
        }
        finish(batch, expected, outcome);
    }

    void finish(std::uint64_t batch, std::uint64_t expected, const stored& outcome) noexcept {
        switch (outcome.what) {
            case stored::outcome::done:
                if (outcome.version <= expected || outcome.version > largest_version)
                    return give_up(batch, commit_outcome::unknown, ledger_texts::large_version);
                version_ = newest_seen_ = changes_.document.version = outcome.version;
                return waiting_.tell(batch, commit_outcome::done, {});
            case stored::outcome::conflict:
                is_quiet_ = false;
                return give_up(batch, commit_outcome::again, {});
            case stored::outcome::unknown:
                return give_up(batch, commit_outcome::unknown, outcome.why);
            case stored::outcome::failed:
                break;
        }
        give_up(batch, commit_outcome::failed,
                outcome.why.empty() ? store_trouble(ledger_texts::unwritable) : outcome.why);
    }

    /// Nothing that waits holds any more. Those of this batch are told how it went; the others have
    /// built on it, and make theirs anew.
    void give_up(std::uint64_t batch, commit_outcome how, const store_trouble& why) noexcept {
        is_known_ = false;
        waiting_.tell(batch, how, why);
        waiting_.tell_all(commit_outcome::again);
        is_urgent_ = false;
    }

    /// False where the document does not become shorter.
    [[nodiscard]] bool halve(const instant& now) {
        const std::size_t before = document().log().size();
        changes_.halve(now);
        size_ = ledger_encoder::encode(document()).size();
        return document().log().size() < before;
    }

    [[nodiscard]] static constexpr std::size_t find_capacity() noexcept {
        if constexpr (requires { std::size_t{Store::capacity}; })
            return Store::capacity < longest_document ? Store::capacity : longest_document;
        else
            return longest_document;
    }
    static constexpr std::size_t capacity = find_capacity();
    static constexpr std::size_t room_to_settle = 64;
    static constexpr std::uint64_t no_batch = 0;

    Store store_;
    thread_lock lock_;
    bool is_busy_ = false;  // somebody uses the store
    ledger_changes changes_;
    bool is_known_ = false;
    bool is_quiet_ = false;  // nobody else has stored anything, when the store was asked last
    std::size_t size_ = 0;   // of the document, when it was last stored, read or measured
    std::uint64_t version_ = 0;
    std::uint64_t newest_seen_ = 0;
    store_trouble trouble_;  // of the last look
    std::uint64_t looks_begun_ = 0;
    std::uint64_t looks_done_ = 0;
    std::uint64_t batch_ = no_batch + 1;  // of those who wait and are not being stored
    bool is_urgent_ = false;              // one of them must be durable
    waiters waiting_;
};

}  // namespace shearpin::inline v1::detail
