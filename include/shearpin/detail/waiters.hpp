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
};

/// All that wait for one kind of thing, by its number: the batch, or the look. Each is a `place` on
/// the stack of its thread, for as long as it waits. All of it is used under one lock.
///
/// Who waits sleeps while the store is in use. Whoever ends that wakes those whom he has told, and
/// one more, who uses the store next: the others would only find that somebody does. Who was told
/// asleep goes on without the lock, which the next one may hold for long.
class waiters {
public:
    class place {
    public:
        place(waiters& given_list, std::uint64_t given_number, bool given_is_durable) noexcept
            : number_(given_number),
              is_durable_(given_is_durable),
              next_(given_list.first_),
              list_(&given_list) {
            given_list.first_ = this;
        }
        place(const place&) = delete;
        place& operator=(const place&) = delete;
        ~place() {
            if (list_ != nullptr) leave();
        }
        [[nodiscard]] bool is_told() const noexcept {
            return answer_.what != commit_outcome::waiting;
        }
        [[nodiscard]] const commit_answer& answer() const noexcept { return answer_; }
        /// Until it is told, and then the lock is not held any more; or until it is the one who
        /// uses the store next.
        void sleep(held_lock& held) noexcept {
            is_awake_ = false;
            held.let_go();
            if (!sleeper_.sleep()) held.take();
        }

    private:
        friend class waiters;
        void leave() noexcept {
            place** link = &list_->first_;
            while (*link != this) link = &(*link)->next_;
            *link = next_;
            list_ = nullptr;
        }

        std::uint64_t number_;
        bool is_durable_;
        commit_answer answer_;
        place* next_;
        waiters* list_;
        sleeper sleeper_;
        bool is_awake_ = true;
    };

    [[nodiscard]] bool empty() const noexcept { return newest() == 0; }
    /// The newest that anybody waits for who was not told yet; 0 where there is none.
    [[nodiscard]] std::uint64_t newest() const noexcept {
        std::uint64_t newest = 0;
        for (const place* each = first_; each != nullptr; each = each->next_)
            if (!each->is_told() && newest < each->number_) newest = each->number_;
        return newest;
    }
    /// Whether there is one who was not told yet and for whom it is enough that it is stored.
    [[nodiscard]] bool any_lazy() const noexcept {
        for (const place* each = first_; each != nullptr; each = each->next_)
            if (!each->is_told() && !each->is_durable_) return true;
        return false;
    }
    /// Those of one number wait no longer. How many they were.
    std::size_t tell(std::uint64_t number, commit_outcome how, const store_trouble& why) noexcept {
        std::size_t told = 0;
        for (place* each = first_; each != nullptr; each = each->next_) {
            if (each->is_told() || each->number_ != number) continue;
            each->answer_ = {how, why};
            ++told;
        }
        return told;
    }
    /// Those of one number for whom it is enough that it is stored; the others of it wait for the
    /// next one.
    std::size_t tell_lazy(std::uint64_t number) noexcept {
        for (place* each = first_; each != nullptr; each = each->next_)
            if (!each->is_told() && each->number_ == number && each->is_durable_) ++each->number_;
        return tell(number, commit_outcome::done, {});
    }
    /// Nor do those up to one.
    void tell_up_to(std::uint64_t number, commit_outcome how) noexcept {
        for (place* each = first_; each != nullptr; each = each->next_)
            if (!each->is_told() && each->number_ <= number) each->answer_.what = how;
    }
    void tell_all(commit_outcome how) noexcept { tell_up_to(~std::uint64_t{0}, how); }

    /// Takes those who were told off the list, and puts those of them who sleep before `asleep`.
    void take_told(place*& asleep) noexcept {
        for (place* each = first_; each != nullptr;) {
            place* const next = each->next_;
            if (each->is_told()) {
                each->leave();
                if (!each->is_awake_) {
                    each->next_ = asleep;
                    asleep = each;
                }
            }
            each = next;
        }
    }
    /// The one who has waited longest and was not told, to be woken. None where another than `self`
    /// is awake; false where no other waits.
    bool choose(place*& longest, const place& self) noexcept {
        longest = nullptr;
        for (place* each = first_; each != nullptr; each = each->next_) {
            if (each->is_told() || each == &self) continue;
            if (each->is_awake_) {
                longest = nullptr;
                return true;
            }
            longest = each;
        }
        if (longest != nullptr) longest->is_awake_ = true;
        return longest != nullptr;
    }
    /// Wakes what choose() and take_told() have found, with the lock open: to wake somebody takes
    /// longer than all that is done under it.
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
