// SPDX-License-Identifier: BSL-1.0
// What the self test covers, and not: small enough to know each place of it.
#pragma once

template <class T> T may_go(T available, T floor, bool frozen, bool lifted) {
    if (frozen && !lifted) return 0;
    if (available < floor) {
        return 0;
    }
    return available - floor;
}

consteval int by_the_compiler(int number) { return number + 1; }

consteval int told_only(int number);

// Not consteval, though it stands behind what is, and though this says so.
inline int at_run_time(int number) {
    return number - 1;  // consteval would be another matter
}

// A template has no counter until something is made of it, nor has what `if constexpr` leaves out.
template <class T> T halved(T number) { return number / 2; }

template <class T, class F> T mapped(T number, const F& map) {
    const auto add = [number](auto other) { return number + other; };
    if constexpr (sizeof(T) == sizeof(int))
        return map(number, add);
    else
        return map(T{}, add);
}

// Two places that read alike.
inline int larger(int left, int right) {
    if (left < right) return right;
    return left;
}
inline int not_below(int left, int right) {
    if (left < right) return right;
    return left;
}

// Where this header was compiled before, clang tells also what it makes itself: a pointer to the
// lambda, and how the union is assigned.
inline int doubled(int number) {
    int (*const twice)(int) = [](int each) { return 2 * each; };
    return twice(number);
}

struct length {
    constexpr length() noexcept = default;
    int meters = 0;
};
template <class T> class perhaps {
public:
    constexpr perhaps() noexcept : none_(0), there_(false) {}
    constexpr explicit perhaps(const T& of_it) noexcept : it_(of_it), there_(true) {}
    [[nodiscard]] constexpr bool there() const noexcept { return there_; }

private:
    union {
        char none_;
        T it_;
    };
    bool there_;
};
constexpr bool is_found() {
    perhaps<length> found;
    found = perhaps(length{});
    return found.there();
}
