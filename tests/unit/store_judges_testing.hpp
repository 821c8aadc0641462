// SPDX-License-Identifier: BSL-1.0
// Histories that are written by hand, and what the judges say of them, in one line.
#pragma once

#include <shearpin/testing/judge_budget.hpp>
#include <shearpin/testing/judge_store.hpp>

#include <sstream>
#include <string>
#include <vector>

namespace store_judges_testing {

using namespace shearpin::testing;

inline history read(const std::string& lines) {
    std::istringstream from(lines);
    history happened;
    happened.read(from);
    return happened;
}
inline std::string joined(const std::vector<std::string>& wrong) {
    std::string all;
    for (const std::string& each : wrong) all += each + ';';
    return all;
}
inline std::string judged(const std::string& lines) {
    return joined(store_judge::judge(read(lines).operations));
}
/// Of a budget of 3 in any 100.
inline std::string weighed(const std::string& lines) {
    return joined(budget_judge::judge(read(lines), {3, 100}));
}
/// A removal of one by client 1, admitted at `begin` + 1 as `id`; settled from `settled` on.
inline std::string removal(int number, long begin, const std::string& id, long settled = 0) {
    const std::string name = "1 " + std::to_string(number) + " ";
    std::string lines = "? " + name + std::to_string(begin) + " 1\n+ " + name +
                        std::to_string(begin + 1) + " " + id + "\n";
    if (settled != 0)
        lines += "s " + name + std::to_string(settled) + "\nS " + name +
                 std::to_string(settled + 1) + "\n";
    return lines;
}

}  // namespace store_judges_testing
