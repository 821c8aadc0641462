// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/distinct.hpp>

namespace shearpin::inline v1::detail {

/// Targets that have `==` and a hash: .distinct_by_hash(std::hash<uuid>{}).
template <class Hash> struct by_hash {
    [[no_unique_address]] Hash hash;
    template <class T>
    static constexpr bool takes = requires(const Hash& hasher, const T& target) {
        { hasher(target) } -> converts_to<std::size_t>;
        { target == target } -> converts_to<bool>;
    };

    template <class R, class F> distinctness operator()(R& list, F repeated) const {
        using iterator = decltype(list_begin(list));
        struct entry {
            iterator at{};
            bool used = false;
        };
        const count how_many = list_size(list);
        count places = 16;
        while (places < 2 * how_many) places *= 2;
        const scratch<entry> memory(places);
        entry* const table = memory.get();
        if (table == nullptr) return distinctness::no_memory;
        distinctness found = distinctness::distinct;
        count position = 0;
        for (auto at = list_begin(list); at != list_end(list); ++at, ++position) {
            if (position == how_many) return distinctness::miscounted;
            // Fibonacci hashing spreads hashes that differ in few bits, such as std::hash<int>'s.
            count slot = (count{hash(*at)} * 0x9e37'79b9'7f4a'7c15) >> 20;
            for (slot &= places - 1; table[slot].used && !(*table[slot].at == *at);)
                slot = (slot + 1) & (places - 1);
            if (table[slot].used) {
                found = distinctness::repeated;
                repeated(*at, position);
            } else {
                table[slot] = {at, true};
            }
        }
        return position == how_many ? found : distinctness::miscounted;
    }
};

}  // namespace shearpin::inline v1::detail
