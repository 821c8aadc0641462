// SPDX-License-Identifier: BSL-1.0
// Plans and runs where there are no exceptions.
#include <shearpin/shearpin.hpp>

#include <doctest/doctest.h>

#include <vector>

namespace {
constexpr auto twos = shearpin::policy{shearpin::max_batch(2)};
}  // namespace

TEST_CASE("waves without exceptions: a plan, a run, and why it ended") {
    std::vector<int> gone;
    auto remove = shearpin::guard<twos>(
        [&](const std::vector<int>& some) { gone.insert(gone.end(), some.begin(), some.end()); },
        [&] { return shearpin::pool{9, 9 - gone.size()}; });
    const std::vector<int> all{1, 2, 3, 4, 5};
    CHECK(remove.plan(all).waves().size() == 3);
    CHECK(remove.in_waves(all, {.healthy = [] { return true; }}).finished());
    CHECK(gone == all);
    const auto report = remove.in_waves(std::vector<int>{6, 7, 8, 9, 10}, {.healthy = [] {
                                                                              return true;
                                                                          }});
    CHECK(report.stopped_because() == shearpin::stop_reason::refused);
    CHECK(report.removed() == 4);
    REQUIRE(report.why() != nullptr);
    CHECK(report.why()->violations()[0].rule() == "more_than_available");
}
