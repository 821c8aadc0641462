// SPDX-License-Identifier: BSL-1.0
// A client that removes as much as it may, and writes down what it does:
//   hammer STORE JOURNAL SECONDS
// Others do the same at the same time; whatever the servers do, it goes on until the time is over.
#include <shearpin/testing/recorded_store.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <memory>
#include <random>
#include <string>
#include <thread>
#include <utility>

#include "../named_store.hpp"
#include "budget.hpp"

namespace {

using shearpin::testing::monotonic_nanoseconds;
using shearpin::testing::spaced;
using steady = std::chrono::steady_clock;

void hammer(const std::string& store, const std::string& path, int seconds) {
    const auto written = std::make_shared<shearpin::testing::journal>(path);
    shearpin::ledger ledger{
        shearpin::testing::recorded_store(shearpin_stores::open_store(store), written),
        {.margin = shearpin_stores::margin_of(store)}};
    auto start =
        shearpin::guard<servers_testing::rate>(
            [](unsigned) {}, [] { return shearpin::pool{.size = 100'000, .available = 100'000}; })
            .with_ledger(ledger, "hosts");
    const std::uint64_t client = shearpin::testing::new_client();
    std::mt19937_64 random(client);
    const auto until = steady::now() + std::chrono::seconds(seconds);
    for (int number = 0; steady::now() < until; ++number) {
        const auto amount = static_cast<unsigned>(1 + random() % 3);
        written->line(spaced('?', client, number, monotonic_nanoseconds(), amount));
        auto started = start.reserve(amount);
        const std::uint64_t answered = monotonic_nanoseconds();
        if (!started) {
            written->line(spaced('-', client, number, answered));
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 20));
            continue;
        }
        written->line(spaced('+', client, number, answered, std::string(started->id())));
        if (random() % 4 == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % 10));
        written->line(spaced('s', client, number, monotonic_nanoseconds()));
        if (std::move(*started).settle().empty())
            written->line(spaced('S', client, number, monotonic_nanoseconds()));
    }
}

}  // namespace

int main(int count, char** words) {
    if (count != 4) {
        std::fputs("usage: hammer STORE JOURNAL SECONDS\n", stderr);
        return 2;
    }
    try {
        hammer(words[1], words[2], std::stoi(words[3]));
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "hammer: %s\n", trouble.what());
        return 1;
    }
    return 0;
}
