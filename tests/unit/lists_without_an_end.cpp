// SPDX-License-Identifier: BSL-1.0
// A list that says how many stand in it, and of which the end never comes: it is refused once one
// too many was seen, however its targets are compared.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <functional>
#include <iterator>
#include <memory>
#include <string>

namespace {

constexpr auto any = shearpin::policy{shearpin::unlimited};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };

struct endless {
    struct iterator {
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::bidirectional_iterator_tag;
        using value_type = int;
        using difference_type = std::ptrdiff_t;
        using reference = int;
        using pointer = void;
        int at = 0;
        int operator*() const { return at; }
        iterator& operator++() {
            ++at;
            return *this;
        }
        iterator operator++(int) {
            const iterator before = *this;
            ++at;
            return before;
        }
        iterator& operator--() {
            --at;
            return *this;
        }
        iterator operator--(int) {
            const iterator before = *this;
            --at;
            return before;
        }
        bool operator==(const iterator&) const = default;
    };
    std::size_t told;
    [[nodiscard]] std::size_t size() const { return told; }
    [[nodiscard]] static iterator begin() { return {}; }
    [[nodiscard]] static iterator end() { return {-1}; }
};

template <class Guard> std::string refused(const Guard& guarded, std::size_t told) {
    const auto decided = guarded.check(endless{told});
    return decided.admitted() ? "" : std::string(decided.why().violations()[0].rule());
}

}  // namespace

TEST_CASE("a list without an end is refused, and not walked on") {
    const auto nothing = [](const endless&) {};
    const auto by_order = shearpin::guard<any>(nothing, full);
    const auto by_hash = shearpin::guard<any>(nothing, full).distinct_by_hash(std::hash<int>{});
    const auto trusting = shearpin::guard<any>(nothing, full).known_distinct();
    for (const std::size_t told : {1U, 2U, 32U, 33U, 80U}) {
        CAPTURE(told);
        CHECK(refused(by_order, told) == "size_is_not_the_number");
        CHECK(refused(by_hash, told) == "size_is_not_the_number");
        CHECK(refused(trusting, told) == "size_is_not_the_number");
    }
}

namespace {

/// A list that has lost its last target when it is walked for a certain time.
struct shrinking {
    struct notes {
        int walks = 0;
        int shorter_from = 0;
        bool was_read_beyond = false;
    };
    struct iterator {
        using iterator_category = std::input_iterator_tag;
        using iterator_concept = std::forward_iterator_tag;
        using value_type = int;
        using difference_type = std::ptrdiff_t;
        using reference = int;
        using pointer = void;
        notes* noted = nullptr;
        int at = 0;
        int last = 0;
        int operator*() const {
            noted->was_read_beyond = noted->was_read_beyond || at >= last;
            return at;
        }
        iterator& operator++() {
            ++at;
            return *this;
        }
        iterator operator++(int) {
            const iterator before = *this;
            ++at;
            return before;
        }
        bool operator==(const iterator& other) const { return at == other.at; }
        bool operator==(std::default_sentinel_t) const { return at >= last; }
    };
    std::shared_ptr<notes> noted = std::make_shared<notes>();
    [[nodiscard]] static std::size_t size() { return 4; }
    [[nodiscard]] iterator begin() const {
        ++noted->walks;
        return {noted.get(), 0, noted->walks >= noted->shorter_from ? 3 : 4};
    }
    [[nodiscard]] static std::default_sentinel_t end() { return {}; }
};

}  // namespace

TEST_CASE("a list that has become shorter is not read beyond its end, by a call or a plan") {
    const auto guarded = shearpin::guard<any>([](const shrinking&) {}, full);
    bool any_plan = false;
    for (int walk = 1; walk != 12; ++walk) {
        CAPTURE(walk);
        const shrinking of_call, of_plan;
        of_call.noted->shorter_from = of_plan.noted->shorter_from = walk;
        (void)guarded.check(of_call);
        CHECK_FALSE(of_call.noted->was_read_beyond);
        any_plan = guarded.plan(of_plan).complete() || any_plan;
        CHECK_FALSE(of_plan.noted->was_read_beyond);
    }
    CHECK(any_plan);
}
