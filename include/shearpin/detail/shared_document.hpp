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
#include <shearpin/detail/store_turns.hpp>

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
    /// Whether it is worth to go by what was seen last: a look would cost a round trip, or have to
    /// wait for a thread that uses the store, and the last one found nothing that others had
    /// stored.
    [[nodiscard]] bool may_guess() const {
        if (!is_known_ || !is_quiet_) return false;
        if constexpr (requires { bool{store_.is_remote()}; })
            return turns_.is_busy() || store_.is_remote();
        else
            return turns_.is_busy();
    }
    [[nodiscard]] bool any_waits() const noexcept { return !turns_.waiting.empty(); }

    /// Sees to it that the document is at least as new as the store was when this was called. Empty
    /// text where that is so. Threads that wait for this at the same time share one look.
    store_trouble refresh(held_lock& held) {
        waiters::place self(turns_.looking, looks_begun_ + 1, true);
        turns_.wait(self, held, [&] { look(held); });
        held.take();
        return trouble_;
    }

    /// Whether so many bytes more fit, and as many as are `spared`, and room for settling what is
    /// open. Puts removals together where they do not.
    [[nodiscard]] bool make_room(std::size_t more, std::size_t spared, const instant& now) {
        const std::size_t all = more + spared + room_to_settle * (document().open().size() + 1);
        if (at_most_ + all > capacity) {
            at_most_ = ledger_encoder::encode(document()).size();
            while (at_most_ + all > capacity)
                if (!halve(now)) return false;
        }
        at_most_ += more;
        return true;
    }

    // These end with the lock open where the answer is `done`.

    /// Waits until all that was done to the document so far is stored. `is_urgent`: durably.
    commit_answer commit(held_lock& held, bool is_urgent) {
        is_urgent_ = is_urgent_ || is_urgent;
        at_most_ += room_to_settle;  // make_room() has not counted that
        return wait(held, batch_, is_urgent);
    }
    /// Waits until what others did to the document so far is stored. Only where any_waits().
    commit_answer commit_others(held_lock& held) {
        return wait(held, turns_.waiting.newest(), is_urgent_);
    }

private:
    commit_answer wait(held_lock& held, std::uint64_t batch, bool is_durable) {
        waiters::place self(turns_.waiting, batch, is_durable);
        turns_.came();
        turns_.wait(self, held, [&] { lead(held); });
        if (self.answer().what != commit_outcome::done) held.take();
        return self.answer();
    }

    /// Where something throws, nothing holds that waits, and that reaches the caller of this
    /// thread. Of a batch nobody knows then what the store has done: the others are told so.
    class giving_up {
    public:
        explicit giving_up(shared_document& given_owner) noexcept : owner_(given_owner) {}
        giving_up(const giving_up&) = delete;
        giving_up& operator=(const giving_up&) = delete;
        ~giving_up() {
            if (!is_over_)
                owner_.give_up(batch_, commit_outcome::unknown,
                               text_view("the store threw an exception"), is_lazy_);
        }
        void batch(std::uint64_t number, bool is_lazy) noexcept {
            batch_ = number;
            is_lazy_ = is_lazy;
        }
        void over() noexcept { is_over_ = true; }

    private:
        shared_document& owner_;
        std::uint64_t batch_ = no_batch;
        bool is_lazy_ = false;
        bool is_over_ = false;
    };

    void look(held_lock& held) {
        giving_up if_it_throws(*this);
        const std::uint64_t number = ++looks_begun_;
        const std::uint64_t known_version = version_;
        const bool is_known = is_known_;
        loaded found;
        bool is_same = false;
        {
            const store_turns::open_lock open(held);
            if constexpr (requires { bool{store_.is_newest(known_version)}; })
                is_same = is_known && store_.is_newest(known_version);
            if (!is_same) found = store_.load();
        }
        // (Where it could not be read, nothing is known any more.)
        is_quiet_ = is_known && (is_same || found.version == known_version);
        if (!is_same) take(found);
        if_it_throws.over();
        turns_.looking.tell_up_to(number, commit_outcome::done);
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
        at_most_ = found.bytes.size();
        version_ = newest_seen_ = found.version;
        is_known_ = true;
    }

    /// After what was durable, settlements go first, who need not wait for the disk: in the time of
    /// one sync they are back with what needs the next one. Without this, of two threads one would
    /// settle during the sync of the other for ever.
    [[nodiscard]] bool do_settlements_go_first() const {
        if (!is_urgent_ || !was_urgent_ || !turns_.waiting.any_lazy()) return false;
        if constexpr (requires { bool{store_.is_remote()}; }) {
            if (store_.is_remote()) return false;
        }
        return requires(Store& store, const std::string& bytes) { store.store_lazily(bytes, 0u); };
    }

    /// Stores all that waits, for everybody.
    void lead(held_lock& held) {
        turns_.wait_for_expected(held);
        giving_up if_it_throws(*this);
        const std::uint64_t expected = version_;
        changes_.document.stamp(expected + 1);
        std::string bytes = ledger_encoder::encode(document());
        while (bytes.size() > capacity) {
            // After that nobody is left whom `if_it_throws` could tell anything.
            if (!halve({})) return give_up(batch_, commit_outcome::failed, ledger_texts::full);
            bytes = ledger_encoder::encode(document());
        }
        const std::uint64_t batch = batch_++;
        const bool is_lazy_first = do_settlements_go_first();
        const bool is_urgent = is_urgent_ && !is_lazy_first;
        if_it_throws.batch(batch, is_lazy_first);
        was_urgent_ = is_urgent;
        is_urgent_ = is_lazy_first;
        stored outcome;
        {
            const store_turns::open_lock open(held);
            if constexpr (requires { store_.store_lazily(bytes, expected); })
                outcome = is_urgent ? store_.store(bytes, expected)
                                    : store_.store_lazily(bytes, expected);
            else
                outcome = store_.store(bytes, expected);
        }
        if_it_throws.over();
        finish(batch, expected, outcome, is_lazy_first);
    }

    void finish(std::uint64_t batch, std::uint64_t expected, const stored& outcome,
                bool is_lazy_first) noexcept {
        const store_trouble why =
            outcome.why.empty() ? store_trouble(ledger_texts::unwritable) : outcome.why;
        switch (outcome.what) {
            case stored::outcome::done:
                if (outcome.version <= expected || outcome.version > largest_version)
                    return give_up(batch, commit_outcome::unknown, ledger_texts::large_version,
                                   is_lazy_first);
                version_ = newest_seen_ = changes_.document.version = outcome.version;
                turns_.expect(is_lazy_first ? turns_.waiting.tell_lazy(batch)
                                            : turns_.waiting.tell(batch, commit_outcome::done, {}));
                return;
            case stored::outcome::conflict:
                is_quiet_ = false;
                return give_up(batch, commit_outcome::again, {});
            case stored::outcome::unknown:
                return give_up(batch, commit_outcome::unknown, why, is_lazy_first);
            case stored::outcome::failed:
                return give_up(batch, commit_outcome::failed, why);
        }
    }

    /// Nothing that waits holds any more. Those of this batch are told how it went; the others have
    /// built on it, and make theirs anew.
    void give_up(std::uint64_t batch, commit_outcome how, const store_trouble& why,
                 bool is_perhaps_lazy = false) noexcept {
        is_known_ = false;
        if (is_perhaps_lazy) turns_.waiting.note_lazy(batch);
        turns_.waiting.tell(batch, how, why);
        turns_.waiting.tell_all(commit_outcome::again);
        is_urgent_ = false;
    }

    /// False where the document does not become shorter.
    [[nodiscard]] bool halve(const instant& now) {
        const std::size_t before = document().log().size();
        changes_.halve(now);
        at_most_ = ledger_encoder::encode(document()).size();
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
    ledger_changes changes_;
    bool is_known_ = false;
    bool is_quiet_ = false;    // nobody else had stored anything when it was read last
    std::size_t at_most_ = 0;  // bytes that the document takes: as read or measured, and what came
                               // to it since
    std::uint64_t version_ = 0;
    std::uint64_t newest_seen_ = 0;
    store_trouble trouble_;  // of the last look
    std::uint64_t looks_begun_ = 0;
    std::uint64_t batch_ = no_batch + 1;  // of those who wait and are not being stored
    bool is_urgent_ = false;              // one of them must be durable
    bool was_urgent_ = false;             // so was the last batch
    store_turns turns_;
};

}  // namespace shearpin::inline v1::detail
