// SPDX-License-Identifier: BSL-1.0
// Planted: two ledgers on one store that no lock protects, each in a thread of its own. The thread
// sanitizer must say so, or what it says of the tests would be worth nothing.
#include "../unit/ledger_testing.hpp"

#include <thread>

int main() {
    using namespace ledger_testing;
    const byte_memory store;
    const auto hammer = [&] {
        shearpin::ledger ledger{store};
        for (int turn = 0; turn != 100; ++turn) (void)remove(ledger, at(hour), "rows", 1);
    };
    std::thread one(hammer);
    std::thread two(hammer);
    one.join();
    two.join();
}
