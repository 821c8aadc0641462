// SPDX-License-Identifier: BSL-1.0
// A target that is named twice: the selection is not what its author thinks.
#pragma once

#include <shearpin/targets.hpp>

#include <new>

namespace shearpin::inline v1::detail {

template <class T>
concept ordered = requires(const T& left, const T& right) {
    { left < right } -> converts_to<bool>;
};

/// The order of targets. C strings are compared as text: "h1" and "h1" of argv are one target, at
/// whatever address each stands.
template <class T> constexpr bool before(const T& left, const T& right) {
    if constexpr (c_string<T>)
        return text_before(left, right);
    else
        return left < right;
}

/// Up to this many targets are compared each with each: for so few that is the fastest, and it
/// asks for no memory.
inline constexpr count compared_in_place = 32;

enum class distinctness : unsigned char {
    distinct,
    repeated,
    no_memory,
    miscounted,  // the list's size() is not how many stand in it
};

/// Memory for n trivial-to-move things, or none.
template <class T> class scratch {
public:
    // More than could ever be is asked of nobody: the language would throw.
    explicit scratch(count how_many)
        : items_(how_many > largest_count / sizeof(T) ? nullptr : new(std::nothrow) T[how_many]()) {
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch() { delete[] items_; }
    [[nodiscard]] T* get() const noexcept { return items_; }

private:
    T* items_;
};

/// Heapsort: in place, no recursion, n log n whatever the order was before.
template <class T, class Less> void sort(T* items, count how_many, Less less) {
    const auto sift = [&](count top, count end) {
        for (count child = 2 * top + 1; child < end; child = 2 * top + 1) {
            if (child + 1 < end && less(items[child], items[child + 1])) ++child;
            if (!less(items[top], items[child])) return;
            T held = static_cast<T&&>(items[top]);
            items[top] = static_cast<T&&>(items[child]);
            items[child] = static_cast<T&&>(held);
            top = child;
        }
    };
    for (count top = how_many / 2; top-- != 0;) sift(top, how_many);
    for (count end = how_many; end-- > 1;) {
        T held = static_cast<T&&>(items[0]);
        items[0] = static_cast<T&&>(items[end]);
        items[end] = static_cast<T&&>(held);
        sift(0, end);
    }
}

/// How many of the sorted items stand before what is looked for: its place, if it is there.
template <class T, class Before>
count find_place(const T* items, count how_many, Before is_before) {
    count low = 0;
    for (count high = how_many; low != high;) {
        const count middle = low + (high - low) / 2;
        if (is_before(items[middle]))
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/// A key of a sorted list of what stands elsewhere: text is viewed, all else is pointed at.
template <class T> struct key_of {
    using kept = choose<is_same<T, text_view>, text_view, const T*>;
    static kept keep(const T& one) noexcept {
        if constexpr (is_same<T, text_view>)
            return one;
        else
            return &one;
    }
    static const T& value(const kept& at) noexcept {
        if constexpr (is_same<T, text_view>)
            return at;
        else
            return *at;
    }
    static bool comes_before(const T& left, const T& right) {
        if constexpr (is_same<T, text_view>)
            return text_before(left, right);
        else
            return left < right;
    }
};

/// Targets of a type that has `<`: few are compared in place, many are sorted.
struct by_order {
    template <class T> static constexpr bool takes = ordered<T>;

    /// Calls `repeated(target, position)` for each target that stood before, in no stated order:
    /// for all of those that are equal but the one that stands first.
    template <class R, class F> distinctness operator()(R& list, F repeated) const {
        using iterator = decltype(list_begin(list));
        const count how_many = list_size(list);
        distinctness found = distinctness::distinct;
        if (how_many <= compared_in_place) {
            count position = 0;
            for (auto later = list_begin(list); later != list_end(list); ++later, ++position) {
                if (position == how_many) return distinctness::miscounted;
                for (auto earlier = list_begin(list); earlier != later; ++earlier)
                    if (!before(*earlier, *later) && !before(*later, *earlier)) {
                        found = distinctness::repeated;
                        repeated(*later, position);
                        break;
                    }
            }
            return position == how_many ? found : distinctness::miscounted;
        }
        struct entry {
            iterator at{};
            count position = 0;
        };
        const scratch<entry> memory(how_many);
        entry* const entries = memory.get();
        if (entries == nullptr) return distinctness::no_memory;
        count filled = 0;
        for (auto at = list_begin(list); at != list_end(list); ++at, ++filled) {
            if (filled == how_many) return distinctness::miscounted;
            entries[filled] = {at, filled};
        }
        if (filled != how_many) return distinctness::miscounted;
        detail::sort(entries, filled, [](const entry& left, const entry& right) {
            return before(*left.at, *right.at);
        });
        entry first = entries[0];  // of those that are equal, which stand in any order
        for (count next = 1; next < filled; ++next) {
            entry other = entries[next];
            if (before(*first.at, *other.at)) {
                first = other;
                continue;
            }
            if (other.position < first.position) {
                const entry later = first;
                first = other;
                other = later;
            }
            found = distinctness::repeated;
            repeated(*other.at, other.position);
        }
        return found;
    }
};

template <class Hash> struct by_hash;  // in distinct_by_hash.hpp

/// The caller's word that no target is named twice. They are counted all the same, since as many as
/// the list says are admitted.
struct taken_as_distinct {
    template <class T> static constexpr bool takes = true;
    template <class R, class F> distinctness operator()(R& list, F) const {
        const count how_many = list_size(list);
        count there = 0;
        if constexpr (requires { static_cast<count>(list_end(list) - list_begin(list)); })
            there = static_cast<count>(list_end(list) - list_begin(list));
        else
            for (auto at = list_begin(list); at != list_end(list) && there <= how_many; ++at)
                ++there;
        return there == how_many ? distinctness::distinct : distinctness::miscounted;
    }
};

}  // namespace shearpin::inline v1::detail
