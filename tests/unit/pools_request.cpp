// SPDX-License-Identifier: BSL-1.0
// Over several pools, too, each pool's rules look at what the person says of the whole removal.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

/// Each host serves the pool of its number's last digit.
struct fleet {
    [[nodiscard]] std::vector<int> pools_of(int host) const { return {host % 10}; }
    [[nodiscard]] bool contains(int host) const { return host >= 0; }
    [[nodiscard]] shearpin::pool state(int) const { return {100, 100}; }
};

constexpr auto careful = shearpin::policies{
    shearpin::for_pool(0, shearpin::approvals(1, shearpin::above(0))),
    shearpin::for_other_pools(shearpin::max_batch(2)),
};
const std::vector<int> in_both{10, 11};

template <class Guard> void check_approvals(const Guard& remove) {
    const auto alone = remove.asking({.actor = "ann"}).check(in_both);
    REQUIRE(!alone.admitted());
    CHECK(alone.why().violations()[0].rule() == "approvals");
    CHECK(remove.asking({.actor = "ann", .approvers = {"bob"}}).check(in_both).admitted());
    CHECK(!remove.asking({.actor = "ann", .approvers = {"ann"}}).check(in_both).admitted());
}

}  // namespace

TEST_CASE("an approval counts for each pool that asks for one, with a ledger and without") {
    const fleet all;
    auto without = shearpin::guard<careful>([](const std::vector<int>&) {}, all);
    check_approvals(without);
    shearpin::manual_clock clock;
    shearpin::ledger<shearpin::memory_store> record{shearpin::memory_store{}};
    auto with = shearpin::guard<careful>([](const std::vector<int>&) {}, all)
                    .with_ledger(record)
                    .with_clock(clock);
    check_approvals(with);
}
