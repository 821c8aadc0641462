// SPDX-License-Identifier: BSL-1.0
// A client that removes as much as it may, and writes down what it does:
//   hammer STORE JOURNAL SECONDS
//   hammer STORE JOURNAL SECONDS --careless     over a store that is broken, for the judge to
//   convict
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

/// Compares and then sets, in two steps, as many a hand-made store does.
class careless_store {
public:
    explicit careless_store(shearpin::any_store inner) : inner_(std::move(inner)) {}
    shearpin::loaded load() { return inner_.load(); }
    shearpin::stored store(const std::string& bytes, std::uint64_t expected) {
        const shearpin::loaded found = inner_.load();
        if (!found.readable) return {shearpin::stored::outcome::failed, 0, found.why};
        if (found.version != expected) return {shearpin::stored::outcome::conflict, 0, {}};
        for (std::uint64_t version = expected;;) {
            const shearpin::stored answer = inner_.store(bytes, version);
            if (answer.what != shearpin::stored::outcome::conflict) return answer;
            version = inner_.load().version;
        }
    }
    [[nodiscard]] shearpin::instant now() { return inner_.now(); }

private:
    shearpin::any_store inner_;
};

template <class Store>
void hammer(Store inner, const std::string& store, const std::string& path, int seconds) {
    const auto written = std::make_shared<shearpin::testing::journal>(path);
    shearpin::ledger ledger{shearpin::testing::recorded_store(std::move(inner), written),
                            {.margin = shearpin_stores::margin_of(store)}};
    auto start =
        shearpin::guard<servers_testing::rate>(
            [](unsigned) {}, [] { return shearpin::pool{.size = 100'000, .available = 100'000}; })
            .with_ledger(ledger, "hosts");
    const std::uint64_t client = shearpin::testing::new_client();
    std::mt19937_64 random(client);
    const auto until = steady::now() + std::chrono::seconds(seconds);
    for (int number = 0; steady::now() < until; ++number) {
        const auto amount = static_cast<unsigned>(1 + random() % 12);
        written->line(spaced('?', client, number, monotonic_nanoseconds(), amount));
        auto started = start.reserve(amount);
        const std::uint64_t answered = monotonic_nanoseconds();
        if (!started) {
            written->line(spaced('-', client, number, answered));
            const bool is_down = started.error().violations()[0].rule() != "max_rate";
            std::this_thread::sleep_for(std::chrono::milliseconds(random() % (is_down ? 100 : 20)));
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
    const bool is_careless = count == 5 && std::string(words[4]) == "--careless";
    if (count != 4 && !is_careless) {
        std::fputs("usage: hammer STORE JOURNAL SECONDS [--careless]\n", stderr);
        return 2;
    }
    try {
        shearpin::any_store store = shearpin_stores::open_store(words[1]);
        if (is_careless)
            hammer(careless_store(std::move(store)), words[1], words[2], std::stoi(words[3]));
        else
            hammer(std::move(store), words[1], words[2], std::stoi(words[3]));
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "hammer: %s\n", trouble.what());
        return 1;
    }
    return 0;
}
