// SPDX-License-Identifier: BSL-1.0
// A removal that is on the ledger already when there is no memory for its permit.
#include "memory.hpp"

#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <new>
#include <optional>
#include <utility>

namespace {

using namespace std::chrono_literals;

constexpr auto policy = shearpin::policy{shearpin::max_rate(5, 1h)};
constexpr auto full = [] { return shearpin::pool{.size = 100, .available = 100}; };

/// Has each request for memory of `call(guard)` fail in turn, and says how often that was refused
/// for want of a permit. Where nothing was removed, none counts on the ledger.
template <class F> int refused_for_a_permit(F call) {
    for (int refused = 0, nth = 1;; ++nth) {
        CAPTURE(nth);
        shearpin::ledger ledger{shearpin::memory_store{}};
        shearpin::manual_clock clock;
        int calls = 0;
        auto remove = shearpin::guard<policy>(
                          [&](shearpin::permit<policy> given, int number) {
                              std::move(given).spend(number);
                              ++calls;
                          },
                          full)
                          .with_ledger(ledger, "rows")
                          .with_clock(clock);
        std::optional<decltype(call(remove))> answer;
        const auto ask = [&] {
            try {
                answer.emplace(call(remove));
            } catch (const std::bad_alloc&) {
            }
        };
        const bool is_over = failing(nth, false, ask) < nth;
        const bool went = answer && answer->has_value();
        if (answer && !went) {
            CHECK(answer->error().nothing_removed());
            if (answer->error().violations()[0].rule() == "no_memory") ++refused;
        }
        CHECK(calls == (went ? 1 : 0));
        if (!went) CHECK(remove.check(5).admitted());
        if (is_over) {
            CHECK(went);
            return refused;
        }
    }
}

}  // namespace

TEST_CASE("no memory for a permit of what is on a ledger: nothing is removed, and none counts") {
    CHECK(refused_for_a_permit([](auto& remove) { return remove.try_call(5); }) == 1);
    CHECK(refused_for_a_permit([](auto& remove) { return remove.reserve(5); }) == 1);
}
