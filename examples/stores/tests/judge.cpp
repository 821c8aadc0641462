// SPDX-License-Identifier: BSL-1.0
// Judges what all clients of one ledger have written down:
//   judge FEWEST JOURNAL...
// Fails where anything was wrong, and where fewer than FEWEST calls of the store were recorded,
// since a test that did little shows little.
#include <shearpin/testing/judge_budget.hpp>
#include <shearpin/testing/judge_store.hpp>

#include <cstdio>
#include <exception>
#include <fstream>
#include <string>

#include "budget.hpp"

namespace {

bool judge(std::size_t fewest, char** paths, char** end) {
    using outcome = shearpin::testing::operation::outcome;
    shearpin::testing::history happened;
    for (; paths != end; ++paths) {
        std::ifstream lines(*paths);
        if (!lines) throw std::runtime_error(std::string("there is no ") + *paths);
        happened.read(lines);
    }
    std::size_t calls[5] = {};
    for (const auto& each : happened.operations) ++calls[static_cast<std::size_t>(each.what)];
    std::size_t admitted = 0;
    std::size_t settled = 0;
    for (const auto& each : happened.removals) {
        if (!each.id.empty()) ++admitted;
        if (each.settle_end != shearpin::testing::never) ++settled;
    }
    const auto number = [&](outcome what) { return calls[static_cast<std::size_t>(what)]; };
    std::printf(
        "%zu calls of the store: %zu done, %zu conflicts, %zu unknown, %zu failed, %zu cut off\n"
        "%zu removals asked for: %zu admitted, %zu of them settled; %zu listings\n",
        happened.operations.size(), number(outcome::done), number(outcome::conflict),
        number(outcome::unknown), number(outcome::failed), number(outcome::none),
        happened.removals.size(), admitted, settled, happened.audits.size());
    bool is_well = true;
    const auto add = [&](const std::vector<std::string>& wrong) {
        for (const std::string& each : wrong) std::printf("WRONG: %s\n", each.c_str());
        is_well = is_well && wrong.empty();
    };
    add(shearpin::testing::store_judge::judge(happened.operations));
    add(shearpin::testing::budget_judge::judge(
        happened, {servers_testing::limit,
                   static_cast<std::uint64_t>(servers_testing::window.in_nanoseconds())}));
    if (happened.operations.size() < fewest) {
        std::printf("WRONG: fewer than %zu calls of the store were recorded\n", fewest);
        is_well = false;
    }
    return is_well;
}

}  // namespace

int main(int count, char** words) {
    if (count < 3) {
        std::fputs("usage: judge FEWEST JOURNAL...\n", stderr);
        return 2;
    }
    try {
        return judge(std::stoul(words[1]), words + 2, words + count) ? 0 : 1;
    } catch (const std::exception& trouble) {
        std::fprintf(stderr, "judge: %s\n", trouble.what());
        return 2;
    }
}
