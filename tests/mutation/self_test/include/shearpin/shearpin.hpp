// SPDX-License-Identifier: BSL-1.0
// What the self test changes: small enough to know each mutant of it.
#pragma once

namespace shearpin {

constexpr unsigned may_go(unsigned available, unsigned floor, bool frozen) {
    if (frozen) return 0;
    if (available <= floor) return 0;
    return available - floor;
}

template <class T>
    requires(sizeof(T) >= 2)
constexpr T half(T whole) {
    static_assert(sizeof(T) <= sizeof(int), "half: a number no larger than an int");
    return static_cast<T>(whole / 2);
}

template <class At> constexpr unsigned steps(At from, At to) {
    unsigned number = 0;
    for (; from != to; ++from) ++number;
    return number;
}

struct [[nodiscard]] kept {
    unsigned number;
};
inline kept keep(unsigned number) { return {number}; }

namespace detail {
template <class T>
concept small = sizeof(T) <= 4;
}  // namespace detail

template <detail::small T>
    requires requires(T number) { number + number; }
constexpr T twice(T number) {
    return number + number;
}

inline bool is_known(unsigned number) {
    static const unsigned all[] = {1, 2};
    for (unsigned at = 0; at < 2; ++at)
        if (all[at] == number) return true;
    return false;
}

}  // namespace shearpin
