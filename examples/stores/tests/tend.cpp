// SPDX-License-Identifier: BSL-1.0
// The person who looks after a ledger whose users are killed: lists its entries, for the judge, and
// says of those that stay open that everything was removed.
//   tend STORE JOURNAL SECONDS     goes on for so long; 0: once, and fails where it cannot list
//   them
#include <shearpin/testing/contenders.hpp>
#include <shearpin/testing/recorded_store.hpp>

#include <chrono>
#include <cstdio>
#include <exception>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "../named_store.hpp"

namespace {

using steady = std::chrono::steady_clock;
using shearpin::testing::monotonic_nanoseconds;
using shearpin::testing::spaced;

bool tend(const std::string& store, const std::string& path, int seconds) {
    const auto written = std::make_shared<shearpin::testing::journal>(path);
    shearpin::ledger ledger{
        shearpin::testing::recorded_store(shearpin_stores::open_store(store), written),
        {.margin = shearpin_stores::margin_of(store)}};
    if (seconds == 0) {
        const std::string why = shearpin::testing::list_entries(ledger, *written);
        if (!why.empty()) std::fprintf(stderr, "tend: %s\n", why.c_str());
        return why.empty();
    }
    const auto until = steady::now() + std::chrono::seconds(seconds);
    std::map<std::string, steady::time_point> open_since;
    while (steady::now() < until) {
        static_cast<void>(shearpin::testing::list_entries(ledger, *written));
        const auto listing = ledger.entries();
        for (const auto& each : listing.entries) {
            if (each.state != shearpin::entry_state::open) continue;
            const auto since = open_since.emplace(each.id, steady::now()).first->second;
            if (steady::now() - since < std::chrono::seconds(1)) continue;
            written->line(spaced('r', each.id, monotonic_nanoseconds()));
            static_cast<void>(ledger.resolve(each.id, shearpin::resolution::everything_removed,
                                             "ann", "its process was killed", {}));
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
    }
    return true;
}

}  // namespace

int main(int count, char** words) {
    if (count != 4) {
        std::fputs("usage: tend STORE JOURNAL SECONDS\n", stderr);
        return 2;
    }
    try {
        return tend(words[1], words[2], std::stoi(words[3])) ? 0 : 1;
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "tend: %s\n", trouble.what());
        return 1;
    }
}
