// SPDX-License-Identifier: BSL-1.0
// The first process of a container has the number 1: it is known as every other process is.
#include <doctest/doctest.h>
#include <unistd.h>

#include <string>

namespace {

pid_t number_of_the_first() { return 1; }

}  // namespace

// All that asks for its number has names of its own, as other tests are in the same program.
#define v1 v1_process_one
#define ledger_testing ledger_testing_process_one
#define getpid number_of_the_first
#include "ledger_testing.hpp"
#undef getpid

using namespace ledger_testing;

TEST_CASE("of process 1 the machine is noted, and since when it runs") {
    shearpin::ledger<byte_memory> ledger{byte_memory{}};
    REQUIRE(reserve(ledger, at(hour), "rows", 1).what == reserving::reserved);
    const auto own = shearpin::detail::read_own_process();
    REQUIRE(own.pid == 1);
    CHECK(ledger.entries().entries.at(0).process == shearpin::detail::spell_process(own));
    CHECK(shearpin::detail::spell_process(own) != "1@");
}
