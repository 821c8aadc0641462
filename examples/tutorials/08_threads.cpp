// SPDX-License-Identifier: BSL-1.0
// 8. Threads: what others are removing at this moment is not there any more.
//
// Eight workers drain nodes. Each looks how many serve, finds that one more may go, and takes it.
// All eight looked at the same moment, and eight are gone where one more was allowed. The ledger
// closes this gap: what is to go is reserved on it first, and counts for everybody from then on.
#include <shearpin/shearpin.hpp>

#include <atomic>
#include <cstdio>
#include <thread>
#include <vector>

namespace {

constexpr auto node_policy = shearpin::policy{shearpin::min_remaining(90)};

}  // namespace

int main() {
    std::atomic<unsigned> serving{100};
    std::atomic<unsigned> refused{0};
    std::atomic<unsigned> lowest{100};

    shearpin::ledger ledger{shearpin::memory_store{}};  // of this process; for several, see 9
    const auto drain_one = [&](unsigned number) {
        std::this_thread::yield();  // draining takes a while, and the others look meanwhile
        const unsigned left = serving -= number;
        unsigned seen = lowest;
        while (left < seen && !lowest.compare_exchange_weak(seen, left)) {
        }
    };
    auto drain = shearpin::guard<node_policy>(drain_one, [&] {
                     return shearpin::pool{.size = 100, .available = serving};
                 }).with_ledger(ledger, "nodes");

    std::vector<std::thread> workers;
    for (int worker = 0; worker != 8; ++worker)
        workers.emplace_back([&] {
            for (int turn = 0; turn != 10; ++turn)
                if (!drain.try_call(1u)) ++refused;
        });
    for (std::thread& each : workers) each.join();

    // 80 were asked for, by eight workers at a time. The same in every run:
    std::printf("%u serve, never fewer than %u did; %u calls were refused\n", serving.load(),
                lowest.load(), refused.load());
    return lowest == 90 && refused == 70 ? 0 : 1;
}
