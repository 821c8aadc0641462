// SPDX-License-Identifier: BSL-1.0
// The part of a list of violations that needs the heap: only decisions over several pools use it.
#pragma once

#include <shearpin/violations.hpp>

#include <new>

namespace shearpin::inline v1 {

inline violation& violations_list::add_any(const violation& found) noexcept {
    static constexpr heap on_heap{
        [](std::size_t how_many) { return new (std::nothrow) violation[how_many]; },
        [](violation* items) { delete[] items; }};
    if (size_ == room_) {
        violation* const larger = on_heap.allocate(room_ * 2);
        if (larger != nullptr) {
            for (std::size_t at = 0; at != size_; ++at) larger[at] = items()[at];
            larger[size_] = found;  // now, since it may be in the room that is given back
            release();
            heap_ = &on_heap;
            more_ = larger;
            room_ *= 2;
            return more_[size_++];
        }
    }
    return add(found);
}

namespace detail {

/// Adds what is broken in several pools.
class several_reasons {
public:
    explicit several_reasons(violations_list& all) noexcept : all_(all) {}
    /// How many pools are touched is the same for each of them: told once, of none.
    void add(const violation& found) noexcept {
        const bool counts_pools = found.measured() == measure::pools;
        if (counts_pools && pools_counted_) return;
        violation& added = all_.add_any(found);
        if (!counts_pools) return;
        pools_counted_ = true;
        added.in_pool("");
    }
    template <class R>
    void add(const R& broken, const facts& known, count limit_now, count asked,
             text_view pool_name = {}) {
        add(violation(broken, known, limit_now, asked, pool_name));
    }

private:
    violations_list& all_;
    bool pools_counted_ = false;
};

}  // namespace detail

}  // namespace shearpin::inline v1
