// SPDX-License-Identifier: BSL-1.0
// A process whose own name finds no memory: it is asked for again, and no removal goes without it.
#include "../unit/ledger_testing.hpp"
#include "memory.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <cstring>
#include <new>
#include <string>

using namespace ledger_testing;

/// A name of this machine that is too long to be kept without memory.
extern "C" int gethostname(char* name, std::size_t size) noexcept {
    constexpr char long_one[] = "a-machine-with-a-name-that-takes-memory.example.org";
    if (size < sizeof long_one) return -1;
    std::memcpy(name, long_one, sizeof long_one);
    return 0;
}

TEST_CASE("whichever request fails, the next removal is noted with its process") {
    const std::string own = std::to_string(::getpid()) + "@a-machine-with";
    long failed = 0;
    for (long nth = 1;; ++nth) {
        CAPTURE(nth);
        shearpin::ledger<shearpin::memory_store> ledger{shearpin::memory_store{}};
        bool is_reserved = false;
        const auto reserve_one = [&] {
            try {
                is_reserved = reserve(ledger, at(hour), "rows", 1).what == reserving::reserved;
            } catch (const std::bad_alloc&) {
            }
        };
        const bool is_over = failing(nth, false, reserve_one) < nth;
        REQUIRE(reserve(ledger, at(hour), "rows", 1).what == reserving::reserved);
        const auto entries = ledger.entries().entries;
        CHECK(entries.size() == (is_reserved ? 2 : 1));
        for (const auto& each : entries) {
            CHECK(each.process.rfind(own, 0) == 0);
            CHECK(each.life == shearpin::process_life::lives);
        }
        if (is_over) break;
        ++failed;
    }
    CHECK(failed > 1);
}
