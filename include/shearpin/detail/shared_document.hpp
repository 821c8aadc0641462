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

#include <condition_variable>
#include <mutex>

namespace shearpin::inline v1::detail {

template <class Store> class shared_document {
public:
    using lock_type = std::unique_lock<std::mutex>;

    /// How a change ended that waited for the store.
    enum class outcome : unsigned char {
        waiting,
        done,     ///< stored
        again,    ///< not stored, as others were faster or failed: make it anew
        unknown,  ///< perhaps stored: look for it, and make it anew where it is not
        failed,   ///< not stored
    };
    struct answer {
        outcome what = outcome::waiting;
        store_trouble why;
    };

    explicit shared_document(Store&& given_store) : store_(static_cast<Store&&>(given_store)) {}

    [[nodiscard]] lock_type lock() { return lock_type(mutex_); }
    [[nodiscard]] Store& store() noexcept { return store_; }

    // All that follows is called under the lock.

    /// Whether there is a document in memory; without one, refresh().
    [[nodiscard]] bool known() const noexcept { return is_known_; }
    /// The document, with all that waits to be stored.
    [[nodiscard]] ledger_changes& changes() noexcept { return changes_; }
    [[nodiscard]] const ledger_document& document() const noexcept { return changes_.document; }
    /// The version of what is known to be stored.
    [[nodiscard]] std::uint64_t version() const noexcept { return version_; }
    [[nodiscard]] bool any_waits() const noexcept { return waiting_ != nullptr; }

    /// Sees to it that the document is at least as new as the store was when this was called. Empty
    /// text where that is so. Threads that wait for this at the same time share one look.
    store_trouble refresh(lock_type& held) {
        const std::uint64_t needed = looks_begun_ + 1;
        while (looks_done_ < needed) {
            if (is_busy_)
                changed_.wait(held);
            else
                look(held);
        }
        return trouble_;
    }

    /// Whether so many bytes more fit, and room for settling what is open; puts removals together
    /// where they do not.
    [[nodiscard]] bool make_room(std::size_t more, const instant& now) {
        if (fits(more)) return true;
        for (int turn = 0; turn != 16; ++turn) {
            size_ = ledger_encoder::encode(changes_.document).size();
            if (fits(more)) return true;
            const std::size_t before = changes_.document.log().size();
            changes_.halve(now);
            if (changes_.document.log().size() == before) return false;
        }
        return false;
    }

    /// Waits until all that was done to the document so far is stored. `is_urgent`: durably.
    answer commit(lock_type& held, bool is_urgent) {
        is_urgent_ = is_urgent_ || is_urgent;
        return wait(held, batch_);
    }

    /// Waits until what others did to the document so far is stored. Only where any_waits().
    answer commit_others(lock_type& held) {
        std::uint64_t newest = 0;
        for (const waiter* each = waiting_; each != nullptr; each = each->next)
            newest = newest < each->batch ? each->batch : newest;
        return wait(held, newest);
    }

private:
    struct waiter {
        std::uint64_t batch = 0;
        answer result;
        waiter* next = nullptr;
    };

    answer wait(lock_type& held, std::uint64_t batch) {
        waiter self;
        self.batch = batch;
        self.next = waiting_;
        waiting_ = &self;
        while (self.result.what == outcome::waiting) {
            if (is_busy_)
                changed_.wait(held);
            else
                lead(held);
        }
        return self.result;
    }

    /// The store is used by one thread, with the lock open. Where the store throws, nobody knows
    /// what it has done: then this is what tells the others.
    class using_store {
    public:
        using_store(shared_document& given_owner, lock_type& held, std::uint64_t given_batch)
            : owner_(given_owner), held_(held), batch_(given_batch) {
            owner_.is_busy_ = true;
            held_.unlock();
        }
        using_store(const using_store&) = delete;
        using_store& operator=(const using_store&) = delete;
        ~using_store() {
            held_.lock();
            owner_.is_busy_ = false;
            if (!is_over_)
                owner_.give_up(batch_, outcome::unknown, text_view("the store threw an exception"));
            owner_.changed_.notify_all();
        }
        void over() noexcept { is_over_ = true; }

    private:
        shared_document& owner_;
        lock_type& held_;
        std::uint64_t batch_;
        bool is_over_ = false;
    };

    void look(lock_type& held) {
        const std::uint64_t number = ++looks_begun_;
        const std::uint64_t known_version = version_;
        const bool is_known = is_known_;
        loaded found;
        bool is_same = false;
        {
            using_store use(*this, held, 0);
            if constexpr (requires { bool{store_.is_newest(known_version)}; })
                is_same = is_known && store_.is_newest(known_version);
            if (!is_same) found = store_.load();
            use.over();
        }
        // The lock is held again since the end of the block; nobody else has used the store.
        if (!is_same) take(found);
        looks_done_ = number;
        changed_.notify_all();
    }

    void take(const loaded& found) {
        trouble_ = found.why;
        if (found.readable && is_known_ && found.version == version_) return;
        if (!found.readable) {
            if (trouble_.empty()) trouble_ = text_view("the ledger's store cannot be read");
        } else if (found.version < newest_seen_) {
            trouble_ = ledger_texts::older;
        } else if (found.version > largest_version) {
            trouble_ = text_view("the store's version is 2^63 or more");
        } else {
            ledger_changes made;
            trouble_ = ledger_decoder::decode(found.bytes, found.version, made);
            if (trouble_.empty()) {
                give_up(0, outcome::again, {});
                changes_ = static_cast<ledger_changes&&>(made);
                version_ = newest_seen_ = found.version;
                size_ = found.bytes.size();
                is_known_ = true;
                return;
            }
        }
        give_up(0, outcome::again, {});
    }

    /// Stores all that waits, for everybody.
    void lead(lock_type& held) {
        const std::uint64_t batch = batch_++;
        const bool is_urgent = is_urgent_;
        const std::uint64_t expected = version_;
        is_urgent_ = false;
        changes_.document.stamp(expected + 1);
        const std::string bytes = ledger_encoder::encode(changes_.document);
        size_ = bytes.size();
        if (size_ > capacity) {
            give_up(batch, outcome::failed, ledger_texts::full);
            changed_.notify_all();
            return;
        }
        stored outcome_of;
        {
            using_store use(*this, held, batch);
            if constexpr (requires { store_.store_lazily(bytes, expected); })
                outcome_of = is_urgent ? store_.store(bytes, expected)
                                       : store_.store_lazily(bytes, expected);
            else
                outcome_of = store_.store(bytes, expected);
            use.over();
        }
        finish(batch, expected, outcome_of);
        changed_.notify_all();
    }

    void finish(std::uint64_t batch, std::uint64_t expected, const stored& found) {
        switch (found.what) {
            case stored::outcome::done:
                if (found.version <= expected || found.version > largest_version) {
                    give_up(batch, outcome::unknown,
                            text_view("the store gave the document a version that is not higher"));
                    return;
                }
                version_ = newest_seen_ = changes_.document.version = found.version;
                tell(batch, outcome::done, {});
                return;
            case stored::outcome::conflict:
                give_up(batch, outcome::again, {});
                return;
            case stored::outcome::unknown:
                give_up(batch, outcome::unknown, found.why);
                return;
            case stored::outcome::failed:
                break;
        }
        give_up(batch, outcome::failed, found.why);
    }

    [[nodiscard]] bool fits(std::size_t more) const noexcept {
        return size_ + more + room_to_settle * changes_.document.open().size() <= capacity;
    }

    /// Nothing that waits holds any more. Those of this batch are told how it went; the others have
    /// built on it, and make theirs anew.
    void give_up(std::uint64_t batch, outcome how, const store_trouble& why) noexcept {
        is_known_ = false;
        tell(batch, how, why);
        for (waiter* each = waiting_; each != nullptr; each = each->next)
            each->result.what = outcome::again;
        waiting_ = nullptr;
        is_urgent_ = false;
    }
    void tell(std::uint64_t batch, outcome how, const store_trouble& why) noexcept {
        for (waiter** place = &waiting_; *place != nullptr;) {
            waiter* const each = *place;
            if (each->batch != batch) {
                place = &each->next;
                continue;
            }
            *place = each->next;
            each->result = {how, why};
        }
    }

    [[nodiscard]] static constexpr std::size_t find_capacity() noexcept {
        if constexpr (requires { std::size_t{Store::capacity}; })
            return Store::capacity < longest_document ? Store::capacity : longest_document;
        else
            return longest_document;
    }
    static constexpr std::size_t capacity = find_capacity();
    static constexpr std::size_t room_to_settle = 64;

    Store store_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool is_busy_ = false;  // somebody uses the store
    ledger_changes changes_;
    bool is_known_ = false;
    std::size_t size_ = 0;  // of the document, when it was last stored or read
    std::uint64_t version_ = 0;
    std::uint64_t newest_seen_ = 0;
    store_trouble trouble_;
    std::uint64_t looks_begun_ = 0;
    std::uint64_t looks_done_ = 0;
    std::uint64_t batch_ = 1;  // of those who wait and are not being stored
    bool is_urgent_ = false;   // one of them must be durable
    waiter* waiting_ = nullptr;
};

}  // namespace shearpin::inline v1::detail
