// SPDX-License-Identifier: BSL-1.0
// How a removal ends on the ledger by what it returns: a value that tells nothing, the largest
// amount, and one that is no amount.
#include "guard_ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace guard_ledger_testing;

namespace {

constexpr auto keep_900 = shearpin::policy{shearpin::min_remaining(900)};

}  // namespace

TEST_CASE_TEMPLATE("a removal that returns something else is settled whole", Store, BOTH_STORES) {
    rig<Store> on;
    std::vector<heard> told;
    auto remove = shearpin::guard<keep_900>([](int number) { return std::to_string(number); },
                                            [&] { return on.there; })
                      .with_ledger(on.record, "rows")
                      .with_clock(on.clock)
                      .with_observer(listener{&told});
    CHECK(remove(7) == "7");
    CHECK(remove.try_call(8).value() == "8");
    CHECK(kinds(told) == words{"admitted", "removed", "admitted", "removed"});
    CHECK(told[1].removed == 7);
    CHECK(on.last().state == shearpin::entry_state::settled);
    CHECK(on.last().targets == 8);
}

TEST_CASE_TEMPLATE("what tells of the largest amount has ended; of no amount, it is in doubt",
                   Store, BOTH_STORES) {
    rig<Store> on;
    std::vector<heard> told;
    shearpin::count really = shearpin::largest_count;
    auto remove = shearpin::guard<keep_900>([&](int) { return shearpin::removed{really}; },
                                            [&] { return on.there; })
                      .with_ledger(on.record, "rows")
                      .with_clock(on.clock)
                      .exception_means_ended()
                      .with_observer(listener{&told});
    CHECK(!remove.try_call(5));
    CHECK(kinds(told) == words{"admitted", "removed"});
    CHECK(on.last().state == shearpin::entry_state::settled);
    told.clear();
    // Nobody has thrown: that an exception ends a removal says nothing of this.
    really = shearpin::largest_count + 1;
    CHECK(!remove.try_call(5));
    CHECK(kinds(told) == words{"admitted", "in_doubt"});
    CHECK(on.last().state == shearpin::entry_state::unknown);
}
