// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/violation.hpp>

#include <cstddef>
#include <new>

namespace shearpin::inline v1 {

/// The broken rules of a refusal, in the order in which they were found. Up to eight are kept
/// inline; a decision over one pool counts what is beyond that as left out, and one over several
/// pools moves to the heap. Copies own what they hold.
class violations_list {
public:
    /// So many are kept without any heap.
    static constexpr std::size_t inline_room = 8;

    violations_list() noexcept : none_(0) {}
    violations_list(const violations_list& other) noexcept : none_(0) { take(other); }
    violations_list& operator=(const violations_list& other) noexcept {
        if (this != &other) {
            release();
            take(other);
        }
        return *this;
    }
    ~violations_list() { release(); }

    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    /// How many were found beyond those that are listed.
    [[nodiscard]] std::size_t left_out() const noexcept { return left_out_; }
    /// Whether waiting cannot help with one of those.
    [[nodiscard]] bool left_out_for_good() const noexcept { return left_out_for_good_; }

    [[nodiscard]] const violation* begin() const& noexcept { return items(); }
    [[nodiscard]] const violation* end() const& noexcept { return items() + size_; }
    /// `at` must be below size(); it traps otherwise.
    [[nodiscard]] const violation& operator[](std::size_t at) const& noexcept { return item(at); }
    [[nodiscard]] violation operator[](std::size_t at) && noexcept { return item(at); }

    /// Adds one without asking for memory.
    violation& add(const violation& found) noexcept {
        // What was left out last, and is added again, stands where it would be put.
        if (&found == &kept_[inline_room]) {
            const violation copy(found);
            return put(copy);
        }
        return put(found);
    }
    /// The same, made where it stays.
    template <class R>
    violation& add(const R& broken, const facts& known, count limit_now, count asked,
                   text_view pool_name = {}) {
        return put(broken, known, limit_now, asked, pool_name);
    }

    /// Counts what another list left out as left out here, too.
    void add_left_out(const violations_list& other) noexcept {
        left_out_ += other.left_out_;
        left_out_for_good_ = left_out_for_good_ || other.left_out_for_good_;
    }

    /// Adds one, and moves to the heap where the inline room is used up; counts it as left out
    /// where there is no memory.
    violation& add_any(const violation& found) noexcept;

private:
    // The core must not refer to the heap: what does is reached through these, set by add_any.
    struct heap {
        violation* (*allocate)(std::size_t);
        void (*release)(violation*);
    };

    [[nodiscard]] violation* items() noexcept { return heap_ != nullptr ? more_ : kept_; }
    [[nodiscard]] const violation* items() const noexcept {
        return heap_ != nullptr ? more_ : kept_;
    }
    [[nodiscard]] const violation& item(std::size_t at) const noexcept {
        if (at >= size_) __builtin_trap();
        return items()[at];
    }

    template <class... Parts> violation& put(const Parts&... of_these) {
        const bool fits = size_ != room_;
        violation& added = fits ? items()[size_] : kept_[inline_room];
        ::new (static_cast<void*>(&added)) violation(of_these...);
        if (fits) {
            ++size_;
        } else {
            ++left_out_;
            left_out_for_good_ = left_out_for_good_ || added.for_good();
        }
        return added;
    }

    /// Into what holds nothing on the heap.
    void take(const violations_list& other) noexcept {
        room_ = inline_room;
        size_ = 0;
        left_out_ = other.left_out_;
        left_out_for_good_ = other.left_out_for_good_;
        if (other.heap_ != nullptr) {
            more_ = other.heap_->allocate(other.size_);
            if (more_ != nullptr) {
                heap_ = other.heap_;
                room_ = other.size_;
            }
        }
        for (const violation& each : other) add(each);
    }
    void release() noexcept {
        if (heap_ != nullptr) heap_->release(more_);
        heap_ = nullptr;
    }

    const heap* heap_ = nullptr;
    violation* more_ = nullptr;
    std::size_t size_ = 0;
    std::size_t room_ = inline_room;
    std::size_t left_out_ = 0;
    bool left_out_for_good_ = false;
    // No more of it is made than was found. The last one is where what is left out is put, so that
    // add() always has something to return.
    union {
        char none_;
        violation kept_[inline_room + 1];
    };
};

}  // namespace shearpin::inline v1
