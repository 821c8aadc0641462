// SPDX-License-Identifier: BSL-1.0
// A ledger of many settled removals, of which some are put together.
#pragma once

#include "ledger_testing.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace ledger_testing {

using shearpin::count;
using shearpin::detail::ledger_changes;
using shearpin::detail::ledger_decoder;
using shearpin::detail::ledger_encoder;
using shearpin::detail::ledger_record;
using shearpin::detail::merging;

inline constexpr duration window = duration::seconds(4096);

/// A ledger on which removals are noted and settled at once.
struct filled {
    ledger_changes changes;
    std::uint64_t version = 0;
    amounts each = amounts::of(1);
    std::string actor = "ann";
    std::string reason = "CHG-17";
    std::vector<std::string> pools{"rows"};

    void add(const instant& when, settlement how = {}) {
        std::vector<pool_claim> claims(pools.size());
        for (std::size_t one = 0; one != pools.size(); ++one) {
            claims[one].pool = pools[one];
            claims[one].asked = each;
            claims[one].size = 1000;
            claims[one].window = window;
        }
        claim asked;
        asked.pools = claims.data();
        asked.number = claims.size();
        asked.actor = actor;
        asked.reason = reason;
        asked.heads = each.heads;
        const reservation_id id{1, ++version};
        REQUIRE(changes.reserve(id, version, when, {}, {}, asked, {}).empty());
        ++version;
        REQUIRE(changes.settle(id, version, when, how) == ledger_changes::settled::done);
        changes.document.version = version;
    }
    /// The youngest 64 stay as they are: these are they.
    void add_young_ones(const instant& when) {
        each = amounts::of(1);
        pools = {"young"};
        for (int number = 0; number != 64; ++number) add(when);
    }
    void put_together(std::size_t goal) { merging(changes.document).run(goal + 64); }

    /// Without the young ones.
    [[nodiscard]] std::size_t size() const { return changes.document.log().size() - 64; }
    [[nodiscard]] const ledger_record& operator[](std::size_t at) const {
        return changes.document.record(changes.document.log()[at]);
    }
    /// That it can be stored and read again.
    [[nodiscard]] bool is_whole() const {
        ledger_changes read;
        return ledger_decoder::decode(ledger_encoder::encode(changes.document), version, read)
            .empty();
    }
};

}  // namespace ledger_testing
