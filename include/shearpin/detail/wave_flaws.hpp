// SPDX-License-Identifier: BSL-1.0
// What a run hands to the removal, wave by wave, and what is wrong with that when it is compiled.
#pragma once

#include <shearpin/detail/fingerprint.hpp>
#include <shearpin/guard.hpp>

#include <cstddef>

namespace shearpin::inline v1 {

/// Some targets of a list, one after the other, where they stand: what a removal gets of an array,
/// or of a list whose own type cannot hold a part of it. Converts to a std::span of const.
template <class T> class targets_view {
public:
    constexpr targets_view(const T* first, std::size_t number) noexcept
        : first_(first), size_(number) {}
    [[nodiscard]] constexpr const T* data() const noexcept { return first_; }
    [[nodiscard]] constexpr std::size_t size() const noexcept { return size_; }
    [[nodiscard]] constexpr const T* begin() const noexcept { return first_; }
    [[nodiscard]] constexpr const T* end() const noexcept { return first_ + size_; }
    [[nodiscard]] constexpr const T& operator[](std::size_t at) const noexcept {
        return first_[at];
    }

private:
    const T* first_;
    std::size_t size_;
};

namespace detail {

/// Targets that stand one behind the other in memory.
template <class R>
concept contiguous = is_array<R> || requires(const R& given) {
    { *given.data() } -> same_as<const target_of<const R>&>;
};
template <class R> constexpr const target_of<const R>* first_in(const R& given) {
    if constexpr (is_array<R>)
        return given + 0;
    else
        return given.data();
}

/// A list of which a part is a list of the same type, made of two of its iterators.
template <class R>
concept can_be_parted =
    __is_class(R) && __is_constructible(target_of<const R>, const target_of<const R>&) &&
    __is_constructible(R, decltype(list_begin(declval<const R&>())),
                       decltype(list_begin(declval<const R&>())));

/// What the removal gets of a list: a list of the same type where that is possible, as it gets one
/// in a direct call; or else a view of a part of it.
template <class Policy, class Removal, class R> struct wave_of {
    using own = R;
    using type = R;
};
template <class Policy, class Removal, class R>
    requires(list<R> && contiguous<R> && !(can_be_parted<R> && can_be_called<Policy, Removal, R&>))
struct wave_of<Policy, Removal, R> {
    using type = targets_view<target_of<const R>>;
};

template <class Guard, class Policy, class Removal, class Options, class List>
constexpr auto find_waves_flaw() {
    using all = bare<List>;
    if constexpr (!is_same<typename Options::counter_type, counts_arguments>)
        return tag<plans_and_waves_cannot_count_by_a_function<typename Options::counter_type>>{};
    else if constexpr (!integer<all> && !list<all>)
        return tag<plans_and_waves_need_a_number_or_a_list_of_targets<List>>{};
    else if constexpr (is_nested_list<all>())
        return tag<a_list_of_lists_could_mean_two_numbers_use_counting<all>>{};
    else
        return Guard::template find_flaw<calling::trying,
                                         typename wave_of<Policy, Removal, all>::type&>();
}

template <class Options, class List> constexpr auto find_resuming_flaw() {
    if constexpr (!Options::ledger_type::given) {
        return tag<resume_needs_a_ledger<>>{};
    } else if constexpr (list<bare<List>>) {
        if constexpr (has_name<target_of<const bare<List>>>())
            return tag<void>{};
        else
            return tag<resume_needs_targets_with_names<target_of<const bare<List>>>>{};
    } else {
        return tag<void>{};
    }
}

}  // namespace detail

}  // namespace shearpin::inline v1
