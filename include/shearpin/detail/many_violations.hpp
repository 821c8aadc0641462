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

}  // namespace shearpin::inline v1
