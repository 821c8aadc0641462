// SPDX-License-Identifier: BSL-1.0
// Which targets a permit is for: those that were there when it was made, and not one more.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace {

constexpr auto policy = shearpin::policy{shearpin::max_batch(9)};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };
using permit = shearpin::permit<policy>;

/// All of its values are one target.
struct the_only_one {
    friend bool operator<(the_only_one, the_only_one) { return false; }
};

/// A list of another size than it says.
template <class T> struct misjudged {
    std::vector<T> items;
    std::size_t told = 0;
    [[nodiscard]] auto begin() const { return items.begin(); }
    [[nodiscard]] auto end() const { return items.end(); }
    [[nodiscard]] std::size_t size() const { return told; }
};

/// Calls `use` with a permit for the list. Whose targets are known to be distinct is not counted.
template <class List, class F> void with_permit_for(const List& list, F use) {
    int calls = 0;
    auto remove = shearpin::guard<policy>(
                      [&](permit given, const List&) {
                          ++calls;
                          use(std::move(given));
                      },
                      full)
                      .known_distinct();
    remove(list);
    CHECK(calls == 1);
}

}  // namespace

TEST_CASE("text is none of the targets of another type, and what is no text none of texts") {
    with_permit_for(std::vector<int>{5, 3}, [](permit given) {
        CHECK(given.covers(5));
        CHECK(!given.covers("5"));
        CHECK(!given.covers(std::string("5")));
        CHECK(!std::move(given).try_spend(std::vector<std::string>{"5"}).has_value());
    });
    with_permit_for(std::vector<the_only_one>(1), [](permit given) {
        CHECK(given.covers(the_only_one{}));
        CHECK(!given.covers("the only one"));
        CHECK(!given.covers(1));
    });
    with_permit_for(std::vector<std::string>{"5"}, [](permit given) {
        CHECK(given.covers("5"));
        CHECK(!given.covers(5));
    });
}

TEST_CASE("of a list that says fewer than it has, the permit is for so many as it said") {
    const misjudged<int> list{{4, 8, 6}, 2};
    with_permit_for(list, [&](permit given) {
        CHECK(given.count() == 2);
        CHECK(given.covers(4));
        CHECK(given.covers(8));
        CHECK(!given.covers(6));
        CHECK(!std::move(given).try_spend(list.items).has_value());
    });
}

TEST_CASE("of a list that says more than it has, the permit is for those that it has") {
    with_permit_for(misjudged<int>{{-5, -7}, 3}, [](permit given) {
        CHECK(given.covers(-5));
        CHECK(given.covers(-7));
        CHECK(!given.covers(0));  // what an int is before it is given a value
    });
    with_permit_for(misjudged<std::string>{{"c", "a", "b"}, 9}, [](permit given) {
        for (const char* name : {"a", "b", "c"}) CHECK(given.covers(name));
        CHECK(!given.covers(""));
        CHECK(!given.covers("d"));
    });
}
