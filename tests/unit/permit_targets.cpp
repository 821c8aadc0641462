// SPDX-License-Identifier: BSL-1.0
// Which targets a permit is for: those that were admitted, and of another type none.
#include "ledger_testing.hpp"

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

/// Has an order, and is of nothing before it has a name.
struct named_at_once {
    int name;
    explicit named_at_once(int given) : name(given) {}
    friend bool operator<(const named_at_once& left, const named_at_once& right) {
        return left.name < right.name;
    }
};

/// Has an order, and stays what it is.
struct named_for_ever {
    const int name = 0;
    friend bool operator<(const named_for_ever& left, const named_for_ever& right) {
        return left.name < right.name;
    }
};

/// Says that it has as many as it had at first.
template <class T> struct changing {
    explicit changing(std::vector<T> given) : items(std::move(given)), told(items.size()) {}
    [[nodiscard]] auto begin() const { return items.begin(); }
    [[nodiscard]] auto end() const { return items.end(); }
    [[nodiscard]] std::size_t size() const { return told; }
    std::vector<T> items;
    std::size_t told;
};

/// Calls `use` with a permit for the list, of which `change` is made when it has been judged.
template <class List, class Change, class Use>
void with_permit_for(List list, Change change, Use use) {
    ledger_testing::byte_memory store;
    store.on_store = [&](const std::string&, std::uint64_t, shearpin::stored&) {
        change(list);
        return false;
    };
    shearpin::ledger ledger{store};
    const shearpin::manual_clock clock;
    int calls = 0;
    auto remove = shearpin::guard<policy>(
                      [&](permit given, const List&) {
                          ++calls;
                          use(std::move(given));
                      },
                      full)
                      .with_ledger(ledger, "rows")
                      .with_clock(clock);
    remove(list);
    CHECK(calls == 1);
}
constexpr auto nothing = [](auto&) {};

}  // namespace

TEST_CASE("text is none of the targets of another type, and what is no text none of texts") {
    with_permit_for(std::vector<int>{5, 3}, nothing, [](permit given) {
        CHECK(given.covers(5));
        CHECK(!given.covers("5"));
        CHECK(!given.covers(std::string("5")));
        CHECK(!std::move(given).try_spend(std::vector<std::string>{"5"}).has_value());
    });
    with_permit_for(std::vector<the_only_one>(1), nothing, [](permit given) {
        CHECK(given.covers(the_only_one{}));
        CHECK(!given.covers("the only one"));
        CHECK(!given.covers(1));
    });
    with_permit_for(std::vector<std::string>{"5"}, nothing, [](permit given) {
        CHECK(given.covers("5"));
        CHECK(!given.covers(5));
    });
}

TEST_CASE("of a list that has become longer since it was judged, so many as were admitted") {
    const auto add = [](changing<int>& list) {
        if (list.items.size() == 2) list.items.push_back(6);
    };
    with_permit_for(changing<int>({4, 8}), add, [](permit given) {
        CHECK(given.count() == 2);
        CHECK(given.covers(4));
        CHECK(given.covers(8));
        CHECK(!given.covers(6));
        CHECK(!std::move(given).try_spend(std::vector<int>{4, 6}).has_value());
    });
}

TEST_CASE("of a list that has become shorter since it was judged, those that it still has") {
    const auto take_out = [](auto& list) {
        if (list.items.size() == list.told) list.items.pop_back();
    };
    with_permit_for(changing<int>({-5, -7, -9}), take_out, [](permit given) {
        CHECK(given.covers(-5));
        CHECK(given.covers(-7));
        CHECK(!given.covers(-9));
        CHECK(!given.covers(0));  // what an int is before it is given a value
    });
    with_permit_for(changing<std::string>({"c", "a", "b", "d"}), take_out, [](permit given) {
        for (const char* name : {"a", "b", "c"}) CHECK(given.covers(name));
        CHECK(!given.covers("d"));
        CHECK(!given.covers(""));
    });
}

TEST_CASE("of targets that cannot be kept in a list, the permit knows how many they are") {
    const auto use = [](permit given) {
        CHECK(given.count() == 2);
        CHECK(!std::move(given).try_spend(3).has_value());
    };
    with_permit_for(std::vector<named_at_once>{named_at_once(1), named_at_once(2)}, nothing, use);
    with_permit_for(std::vector<named_for_ever>{{1}, {2}}, nothing, use);
    with_permit_for(std::vector<named_at_once>{named_at_once(1)}, nothing, [](permit given) {
        CHECK(given.covers(named_at_once(7)));
        CHECK(std::move(given).try_spend(1).has_value());
    });
}
