// SPDX-License-Identifier: BSL-1.0
// Guards with a ledger over targets: the user's code that compares them may look at the ledger.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <string>
#include <vector>

using namespace guard_ledger_testing;

namespace {

/// A target whose comparison looks at the ledger, as slow user code may.
struct curious {
    int id;
    static inline std::function<void()> look;
    friend bool operator<(const curious& left, const curious& right) {
        look();
        return left.id < right.id;
    }
};
constexpr auto batch = shearpin::policy{shearpin::max_batch(3)};
constexpr auto batches = shearpin::policies{shearpin::for_other_pools(shearpin::max_batch(3))};
struct curious_world {
    [[nodiscard]] std::vector<std::string> pools_of(const curious&) const { return {"rows"}; }
    [[nodiscard]] shearpin::pool state(const std::string&) const { return {20, 20}; }
    [[nodiscard]] bool contains(const curious&) const { return true; }
};

}  // namespace

TEST_CASE_TEMPLATE("targets are compared while nobody waits for the ledger", Store, BOTH_STORES) {
    shearpin::ledger<Store> record{Store{}};
    int looks = 0;
    curious::look = [&] { looks += record.entries().readable ? 1 : 0; };  // must not hang
    const auto try_it = [&](const auto& remove) {
        remove(std::vector<curious>{{1}, {2}});
        const auto twice = remove.check(std::vector<curious>{{1}, {2}, {1}, {3}}, at);
        REQUIRE(!twice.admitted());
        CHECK(twice.why().violations()[0].rule() == "named_twice");
        CHECK(twice.why().violations()[1].rule() == "max_batch");
        CHECK(!remove.asking({.actor = "ann"}).try_call(std::vector<curious>{{1}, {1}}));
    };
    const auto removal = [](const std::vector<curious>&) {};
    try_it(shearpin::guard<batch>(removal, [] {
               return shearpin::pool{20, 20};
           }).with_ledger(record, "rows"));
    try_it(shearpin::guard<batches>(removal, curious_world{}).with_ledger(record));
    CHECK(looks > 4);
    CHECK(record.entries().entries.size() == 2);
    curious::look = nullptr;
}
