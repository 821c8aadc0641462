// SPDX-License-Identifier: BSL-1.0
#include "incidents.hpp"

#include <algorithm>
#include <cstdio>

#include "incident_guards.hpp"

namespace replay {

namespace {

struct tally {
    std::size_t rows = 0, rows_out_of_scope = 0;
    std::size_t refused = 0, passed = 0, out_of_scope = 0;
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
        ++into.out_of_scope;
        print_line("out of scope", words, found->policy);
        return;
    }
    const bool refused = found->refuses(row);
    if (refused == must_refuse)
        ++(refused ? into.refused : into.passed);
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

bool replay_incidents(const std::vector<incident_row>& rows) {
    tally sum;
    for (const incident_row& row : rows) {
        ++sum.rows;
        std::printf("%s: %s of %s\n", row.id.c_str(), row.actual.c_str(),
                    row.total.empty() ? "(not published)" : row.total.c_str());
        if (!leading_number(row.total) || !leading_number(row.actual)) {
            ++sum.rows_out_of_scope;
            print_line("out of scope", "all of it",
                       "how much there was, or how much was removed, is not published");
            continue;
        }
        for (const std::string& words : row.must_refuse) judge(row, words, true, sum);
        for (const std::string& words : row.must_pass) judge(row, words, false, sum);
        for (const incident_guard& each : incident_guards()) {
            if (each.id != row.id || names(row, each.words)) continue;
            print_line("WRONG, unused", each.words, "the row says nothing of this guard");
            sum.good = false;
        }
    }
    std::printf(
        "all incidents: %zu rows, %zu of them out of scope; guards: %zu refused what they must, "
        "%zu let pass what they would have, %zu out of scope\n",
        sum.rows, sum.rows_out_of_scope, sum.refused, sum.passed, sum.out_of_scope);
    return sum.good;
}

}  // namespace replay
