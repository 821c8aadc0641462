// SPDX-License-Identifier: BSL-1.0
// The queue in which a ledger keeps what is recent.
#include <shearpin/detail/sliding.hpp>

#include <doctest/doctest.h>

#include <cstdint>

using shearpin::detail::sliding;

TEST_CASE("sliding: first in, first out, in one piece") {
    sliding<int> all;
    CHECK(all.empty());
    for (int at = 0; at != 100; ++at) all.push_back(at);
    for (int at = 0; at != 40; ++at) {
        CHECK(all[0] == at);
        all.pop_front();
    }
    CHECK(all.size() == 60);
    CHECK_FALSE(all.empty());
    CHECK(all.back() == 99);
    for (std::size_t at = 0; at != all.size(); ++at)
        CHECK(all.data()[at] == 40 + static_cast<int>(at));
    const sliding<int>& seen = all;
    CHECK(seen.data() == all.data());
    CHECK(&seen[59] == &seen.back());
    all.back() = 7;
    CHECK(seen[59] == 7);
    all.clear();
    CHECK(all.empty());
    all.push_back(5);
    CHECK(all[0] == 5);
    all.pop_front();
    CHECK(all.empty());
    all.push_back(6);
    CHECK(all.size() == 1);
    CHECK(all[0] == 6);
}

TEST_CASE("sliding: in a steady state it stays where it is, however many come and go") {
    for (const std::uint64_t live : {2U, 4U, 10U}) {
        CAPTURE(live);
        sliding<std::uint64_t> all;
        for (std::uint64_t at = 0; at != 100; ++at) all.push_back(at);
        while (all.size() != live) all.pop_front();
        const auto place = [&] { return reinterpret_cast<std::uintptr_t>(all.data()); };
        std::uintptr_t first = ~std::uintptr_t{0};
        std::uintptr_t last = 0;
        for (std::uint64_t at = 100; at != 10'000; ++at) {
            all.push_back(at);
            all.pop_front();
            REQUIRE(all.size() == live);
            REQUIRE(all[0] == at - live + 1);
            REQUIRE(all.back() == at);
            if (at < 400) continue;
            if (place() < first) first = place();
            if (last < place()) last = place();
        }
        CHECK(last - first < 400 * sizeof(std::uint64_t));
    }
}
