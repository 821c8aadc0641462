// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <vector>

namespace shearpin::inline v1::detail {

/// After this, the next push_back does not throw. (To reserve one more each time would copy all of
/// it each time.)
template <class T> void make_room(std::vector<T>& list) {
    if (list.size() == list.capacity()) list.reserve(2 * list.size() + 16);
}

/// A queue in one piece of memory, so that it can be searched and handed out as an array. Taking
/// from the front costs a constant on average, and in a steady state nothing is allocated.
template <class T> class sliding {
    static_assert(__is_trivially_copyable(T), "sliding: elements are moved as bytes");

public:
    [[nodiscard]] std::size_t size() const noexcept { return all_.size() - gone_; }
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    [[nodiscard]] T* data() noexcept { return all_.data() + gone_; }
    [[nodiscard]] const T* data() const noexcept { return all_.data() + gone_; }
    [[nodiscard]] T& operator[](std::size_t at) noexcept { return data()[at]; }
    [[nodiscard]] const T& operator[](std::size_t at) const noexcept { return data()[at]; }
    [[nodiscard]] T& back() noexcept { return all_.back(); }
    [[nodiscard]] const T& back() const noexcept { return all_.back(); }

    /// After this, the next push_back does not throw.
    void make_room() {
        if (all_.size() < all_.capacity()) return;
        if (gone_ > all_.size() / 2)
            close_up();
        else
            detail::make_room(all_);
    }
    void push_back(const T& one) {
        make_room();
        all_.push_back(one);
    }
    void pop_front() noexcept {
        if (++gone_ == all_.size()) clear();
    }
    void clear() noexcept {
        all_.clear();
        gone_ = 0;
    }

private:
    void close_up() noexcept {
        all_.erase(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(gone_));
        gone_ = 0;
    }

    std::vector<T> all_;
    std::size_t gone_ = 0;
};

}  // namespace shearpin::inline v1::detail
