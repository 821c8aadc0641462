// SPDX-License-Identifier: BSL-1.0
// Threads that wait for the store, each for the batch that its change is in.
#pragma once

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

/// On the stack of the thread that waits, from when it is added until it is told.
struct waiter {
    std::uint64_t batch = 0;
    commit_answer result;
    waiter* next = nullptr;
};

class waiters {
public:
    [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }
    void add(waiter& one) noexcept {
        one.next = first_;
        first_ = &one;
    }
    [[nodiscard]] std::uint64_t newest_batch() const noexcept {
        std::uint64_t newest = 0;
        for (const waiter* each = first_; each != nullptr; each = each->next)
            newest = newest < each->batch ? each->batch : newest;
        return newest;
    }
    /// Those of one batch wait no longer.
    void tell(std::uint64_t batch, commit_outcome how, const store_trouble& why) noexcept {
        for (waiter** place = &first_; *place != nullptr;) {
            waiter* const each = *place;
            if (each->batch != batch) {
                place = &each->next;
                continue;
            }
            *place = each->next;
            each->result = {how, why};
        }
    }
    void tell_all(commit_outcome how) noexcept {
        for (; first_ != nullptr; first_ = first_->next) first_->result.what = how;
    }

private:
    waiter* first_ = nullptr;
};

}  // namespace shearpin::inline v1::detail
