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

/// All that wait. Each is a `place` on the stack of its thread, for as long as it waits.
class waiters {
public:
    class place {
    public:
        place(waiters& given_list, std::uint64_t given_batch) noexcept
            : batch_(given_batch), next_(given_list.first_), list_(given_list) {
            list_.first_ = this;
        }
        place(const place&) = delete;
        place& operator=(const place&) = delete;
        ~place() {
            place** link = &list_.first_;
            while (*link != this) link = &(*link)->next_;
            *link = next_;
        }
        [[nodiscard]] bool is_told() const noexcept {
            return answer_.what != commit_outcome::waiting;
        }
        [[nodiscard]] const commit_answer& answer() const noexcept { return answer_; }

    private:
        friend class waiters;
        std::uint64_t batch_;
        commit_answer answer_;
        place* next_;
        waiters& list_;
    };

    [[nodiscard]] bool empty() const noexcept { return newest_batch() == 0; }
    /// The newest that anybody waits for who was not told yet; 0 where there is none.
    [[nodiscard]] std::uint64_t newest_batch() const noexcept {
        std::uint64_t newest = 0;
        for (const place* each = first_; each != nullptr; each = each->next_)
            if (!each->is_told() && newest < each->batch_) newest = each->batch_;
        return newest;
    }
    /// Those of one batch wait no longer.
    void tell(std::uint64_t batch, commit_outcome how, const store_trouble& why) noexcept {
        for (place* each = first_; each != nullptr; each = each->next_)
            if (!each->is_told() && each->batch_ == batch) each->answer_ = {how, why};
    }
    void tell_all(commit_outcome how) noexcept {
        for (place* each = first_; each != nullptr; each = each->next_)
            if (!each->is_told()) each->answer_.what = how;
    }

private:
    place* first_ = nullptr;
};

}  // namespace shearpin::inline v1::detail
