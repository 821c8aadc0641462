// SPDX-License-Identifier: BSL-1.0
// Threads that wait for the store: each for the batch that its change is in, or for a look.
#pragma once

#include <shearpin/detail/thread_lock.hpp>
#include <shearpin/store.hpp>

namespace shearpin::inline v1::detail {

/// How a change ended that waited for the store.
enum class commit_outcome : unsigned char {
    waiting,
    done,     ///< stored
    again,    ///< not stored, as others were faster or failed: make it anew
    unknown,  ///< perhaps stored: look for it, and make it anew where it is not
    failed,   ///< not stored
};
struct commit_answer {
    commit_outcome what = commit_outcome::waiting;
    store_trouble why;
    bool is_perhaps_lazy = false;  ///< it was stored, or perhaps, but perhaps not durably
};

/// All that wait for one kind of thing, by its number: the batch, or the look. Each is a `place` on
/// the stack of its thread, for as long as it waits. All of it is used under one lock, and who was
/// told is off the list before that is open again.
///
/// Who waits sleeps until he is called, which is once: because he was told, and then he goes on
/// without the lock, which another one may hold for long; or because it is his turn.
class waiters {
public:
    class place {
    public:
        place(waiters& given_list, std::uint64_t given_number, bool given_is_durable) noexcept
            : number_(given_number),
              is_durable_(given_is_durable),
              next_(given_list.first_),
              list_(given_list) {
            given_list.first_ = this;
        }
        place(const place&) = delete;
        place& operator=(const place&) = delete;
        ~place() = default;

        [[nodiscard]] bool is_told() const noexcept {
            return answer_.what != commit_outcome::waiting;
        }
        [[nodiscard]] const commit_answer& answer() const noexcept { return answer_; }
        [[nodiscard]] bool is_listed() const noexcept { return is_listed_; }
        [[nodiscard]] bool is_in(const waiters& list) const noexcept { return &list_ == &list; }
        /// Until it is its turn; false where it was told, and the lock is not held any more.
        [[nodiscard]] bool sleep(held_lock& held) noexcept {
            held.let_go();
            if (sleeper_.sleep()) return false;
            held.take();
            return true;
        }
        /// Nobody finds it any more. Before its end.
        void leave() noexcept {
            place** link = &list_.first_;
            while (*link != this) link = &(*link)->next_;
            *link = next_;
            is_listed_ = false;
        }

    private:
        friend class waiters;
        std::uint64_t number_;
        bool is_durable_;
        bool is_listed_ = true;
        commit_answer answer_;
        place* next_;
        waiters& list_;
        sleeper sleeper_;
    };

    [[nodiscard]] bool empty() const noexcept { return newest() == 0; }
    /// The newest that anybody waits for; 0 where there is none.
    [[nodiscard]] std::uint64_t newest() const noexcept {
        std::uint64_t newest = 0;
        for (const place* each = first_; each != nullptr; each = each->next_)
            if (newest < each->number_) newest = each->number_;
        return newest;
    }
    /// Whether there is one for whom it is enough that it is stored.
    [[nodiscard]] bool any_lazy() const noexcept {
        for (const place* each = first_; each != nullptr; each = each->next_)
            if (!each->is_durable_) return true;
        return false;
    }
    /// Those of one number wait no longer. How many they were.
    std::size_t tell(std::uint64_t number, commit_outcome how, const store_trouble& why) noexcept {
        std::size_t told = 0;
        for (place* each = first_; each != nullptr; each = each->next_) {
            if (each->number_ != number) continue;
            each->answer_.what = how;
            each->answer_.why = why;
            ++told;
        }
        return told;
    }
    /// Those of one number who need more than that are told that later, whatever comes of it.
    void note_lazy(std::uint64_t number) noexcept {
        for (place* each = first_; each != nullptr; each = each->next_)
            if (each->number_ == number && each->is_durable_) each->answer_.is_perhaps_lazy = true;
    }
    /// Those of one number for whom it is enough that it is stored; the others of it wait for the
    /// next one.
    std::size_t tell_lazy(std::uint64_t number) noexcept {
        note_lazy(number);
        for (place* each = first_; each != nullptr; each = each->next_)
            if (each->number_ == number && each->is_durable_) ++each->number_;
        return tell(number, commit_outcome::done, {});
    }
    /// Those up to this number wait no longer.
    void tell_up_to(std::uint64_t number, commit_outcome how) noexcept {
        for (place* each = first_; each != nullptr; each = each->next_)
            if (!each->is_told() && each->number_ <= number) each->answer_.what = how;
    }
    void tell_all(commit_outcome how) noexcept { tell_up_to(~std::uint64_t{0}, how); }

    /// Takes those who were told off the list, and puts them before `asleep`, but for `self`, who
    /// is awake.
    void take_told(place*& asleep, const place& self) noexcept {
        for (place* each = first_; each != nullptr;) {
            place* const next = each->next_;
            if (each->is_told()) {
                each->leave();
                if (each != &self) {
                    each->next_ = asleep;
                    asleep = each;
                }
            }
            each = next;
        }
    }
    /// The one who has waited longest; null where there is none.
    [[nodiscard]] place* longest() const noexcept {
        place* found = first_;
        while (found != nullptr && found->next_ != nullptr) found = found->next_;
        return found;
    }
    /// Calls the one whose turn it is, and those who were told, with the lock open: to wake
    /// somebody takes longer than all that is done under it.
    static void wake(place* next_one, place* told) noexcept {
        if (next_one != nullptr) next_one->sleeper_.call(false);
        while (told != nullptr) {
            place* const next = told->next_;
            told->sleeper_.call(true);
            told = next;
        }
    }

private:
    place* first_ = nullptr;
};

}  // namespace shearpin::inline v1::detail
