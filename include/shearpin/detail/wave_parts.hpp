// SPDX-License-Identifier: BSL-1.0
// The targets of a run, taken apart: a part to ask about, and a part to remove.
#pragma once

#include <shearpin/detail/wave_flaws.hpp>

#include <cstddef>
#include <vector>

namespace shearpin::inline v1::detail {

/// Targets from one place up to, and without, another.
struct target_range {
    count from;
    count to;
};

/// Some targets of a list where they stand, to be asked about.
template <class It> struct list_part {
    It first;
    It behind;
    count number;
    [[nodiscard]] It begin() const { return first; }
    [[nodiscard]] It end() const { return behind; }
    [[nodiscard]] count size() const noexcept { return number; }
};

/// What a run goes along, from the front to the back: a number,
template <class Policy, class Removal, class List> class run_targets {
public:
    explicit run_targets(const List& all) noexcept : number_(counted(all)) {}
    void go_to(count) noexcept {}
    [[nodiscard]] asked_amount ask(count number) const noexcept { return {number}; }
    /// Calls `with` with what the removal gets of the next ones.
    template <class F> void hand_on(count number, F with) const {
        auto part = static_cast<List>(number);
        with(part);
    }

private:
    count number_;
};

/// or a list. It is only ever walked forward.
template <class Policy, class Removal, class List>
    requires list<List>
class run_targets<Policy, Removal, List> {
    using iterator = decltype(list_begin(declval<const List&>()));
    using wave = typename wave_of<Policy, Removal, List>::type;

public:
    explicit run_targets(const List& all) : list_(&all), at_(list_begin(all)) {}
    void go_to(count place) {
        for (; place_ < place; ++place_) ++at_;
    }
    /// The next ones; valid as long as what is returned is.
    [[nodiscard]] auto ask(count number) const {
        return found_targets<list_part<iterator>>{{at_, behind(number), number}};
    }
    template <class F> void hand_on(count number, F with) const {
        if constexpr (is_same<wave, List>) {
            List part(at_, behind(number));
            with(part);
        } else {
            wave part(first_in(*list_) + place_, number);
            with(part);
        }
    }

private:
    [[nodiscard]] iterator behind(count number) const {
        iterator end = at_;
        for (; number != 0; --number) ++end;
        return end;
    }

    const List* list_;
    iterator at_;
    count place_ = 0;
};

/// Several parts of a list, one after the other.
template <class It> class list_parts {
public:
    list_parts(It first, const std::vector<target_range>& ranges)
        : first_(first), ranges_(&ranges) {
        for (const target_range& each : ranges) size_ += each.to - each.from;
    }

    class iterator {
    public:
        iterator() = default;
        iterator(It first, const target_range* range, const target_range* last)
            : at_(first), range_(range), last_(last) {
            if (range_ != last_) go_to(range_->from);
        }
        [[nodiscard]] decltype(auto) operator*() const { return *at_; }
        iterator& operator++() {
            ++at_;
            if (++place_ != range_->to) return *this;
            if (++range_ != last_) go_to(range_->from);
            return *this;
        }
        friend bool operator==(const iterator& left, const iterator& right) {
            return left.range_ == right.range_ &&
                   (left.range_ == left.last_ || left.place_ == right.place_);
        }

    private:
        void go_to(count place) {
            for (; place_ < place; ++place_) ++at_;
        }
        It at_{};
        count place_ = 0;
        const target_range* range_ = nullptr;
        const target_range* last_ = nullptr;
    };

    [[nodiscard]] iterator begin() const {
        return {first_, ranges_->data(), ranges_->data() + ranges_->size()};
    }
    [[nodiscard]] iterator end() const {
        const target_range* const last = ranges_->data() + ranges_->size();
        return {first_, last, last};
    }
    [[nodiscard]] count size() const noexcept { return size_; }

private:
    It first_;
    const std::vector<target_range>* ranges_;
    count size_ = 0;
};

/// All that is asked for in these ranges of a list, or of a number.
template <class List> auto ask_ranges(const List& all, const std::vector<target_range>& ranges) {
    if constexpr (integer<List>) {
        static_cast<void>(all);
        count number = 0;
        for (const target_range& each : ranges) number += each.to - each.from;
        return asked_amount{number};
    } else {
        using parts = list_parts<decltype(list_begin(all))>;
        return found_targets<parts>{parts(list_begin(all), ranges)};
    }
}

}  // namespace shearpin::inline v1::detail
