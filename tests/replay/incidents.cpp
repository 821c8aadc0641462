// SPDX-License-Identifier: BSL-1.0
#include "incidents.hpp"

#include <algorithm>
#include <cstdio>

#include "incident_guards.hpp"

namespace replay {

namespace {

struct tally {
    std::size_t rows = 0, rows_out_of_scope = 0;
    incident_counts verdicts;
    bool good = true;
};

void print_line(const char* what, std::string_view words, std::string_view policy) {
    std::printf("    %-13s %s: %s\n", what, std::string(words).c_str(),
                std::string(policy).c_str());
}

void judge(const incident_row& row, const std::string& words, bool must_refuse, tally& into) {
    const incident_guard* found = nullptr;
    for (const incident_guard& each : incident_guards())
        if (each.id == row.id && each.words == words) found = &each;
    if (found == nullptr)
        bad_case(row.where,
                 "no guard is stated for \"" + words + "\" of " + row.id + "; state one");
    if (found->refuses == nullptr) {
        ++into.verdicts.out_of_scope;
        print_line("out of scope", words, found->policy);
        return;
    }
    const std::vector<incident_row> possible = row.possible();
    const bool refused = found->refuses(possible.front());
    for (const incident_row& each : possible)
        if (found->refuses(each) != refused)
            bad_case(row.where, "\"" + words + "\" of " + row.id +
                                    " depends on a number that is not published: of " + each.total +
                                    " it says another thing than of " + possible.front().total);
    if (refused == must_refuse)
        ++(refused ? into.verdicts.refused : into.verdicts.passed);
    else
        into.good = false;
    print_line(refused != must_refuse ? must_refuse ? "WRONG, passed" : "WRONG, refused"
               : refused              ? "refused"
                                      : "passed",
               words, found->policy);
}

bool names(const incident_row& row, std::string_view words) {
    const auto among = [&](const std::vector<std::string>& all) {
        return std::find(all.begin(), all.end(), words) != all.end();
    };
    return among(row.must_refuse) || among(row.must_pass);
}

}  // namespace

std::optional<incident_counts> replay_incidents(const std::vector<incident_row>& rows) {
    tally sum;
    for (const incident_row& row : rows) {
        ++sum.rows;
        std::printf("%s: %s of %s\n", row.id.c_str(), row.actual.c_str(),
                    row.total.empty() ? "(not published)" : row.total.c_str());
        const std::size_t skipped_before = sum.verdicts.out_of_scope;
        for (const std::string& words : row.must_refuse) judge(row, words, true, sum);
        for (const std::string& words : row.must_pass) judge(row, words, false, sum);
        const std::size_t skipped = sum.verdicts.out_of_scope - skipped_before;
        if (skipped == row.must_refuse.size() + row.must_pass.size()) ++sum.rows_out_of_scope;
        for (const incident_guard& each : incident_guards()) {
            if (each.id != row.id || names(row, each.words)) continue;
            print_line("WRONG, unused", each.words, "the row says nothing of this guard");
            sum.good = false;
        }
    }
    std::printf(
        "all incidents: %zu rows, nothing of %zu of them is judged; guards: %zu refused what they "
        "must, %zu let pass what they would have, %zu out of scope\n",
        sum.rows, sum.rows_out_of_scope, sum.verdicts.refused, sum.verdicts.passed,
        sum.verdicts.out_of_scope);
    if (!sum.good) return std::nullopt;
    return sum.verdicts;
}

}  // namespace replay
