// SPDX-License-Identifier: BSL-1.0
#include "peers.hpp"

#include <cstdio>
#include <map>
#include <utility>

namespace replay {

namespace {

enum class comparison : unsigned char { agree, stricter, looser };

comparison compare(const outcome& ours, const outcome& theirs, bool number_is_floor) {
    if (ours == theirs) return comparison::agree;
    if (ours.what == outcome::kind::denies) return comparison::stricter;
    if (ours.what != theirs.what || ours.what != outcome::kind::number) return comparison::looser;
    return (ours.number < theirs.number) != number_is_floor ? comparison::stricter
                                                            : comparison::looser;
}

/// What became of the rows of one rule.
struct tally {
    std::size_t rows = 0, agree = 0, out_of_scope = 0;
    std::vector<std::string> looser, unexplained;
    std::vector<std::vector<std::string>> explained;  // by reason

    [[nodiscard]] std::size_t stricter() const {
        std::size_t number = unexplained.size();
        for (const auto& each : explained) number += each.size();
        return number;
    }
};

void judge(const peer_rule& rule, const peer_row& row, tally& into) {
    ++into.rows;
    into.explained.resize(rule.stricter.size());
    if (rule.says == nullptr) {
        ++into.out_of_scope;
        return;
    }
    const outcome ours = rule.says(row);
    const comparison how = compare(ours, row.expected, rule.number_is_floor);
    if (how == comparison::agree) {
        ++into.agree;
        return;
    }
    const std::string told =
        row.where + " " + row.test + ": there " + spell(row.expected) + ", here " + spell(ours);
    if (how == comparison::looser) {
        into.looser.push_back(told);
        return;
    }
    for (std::size_t at = 0; at != rule.stricter.size(); ++at)
        if (rule.stricter[at].applies(row)) {
            into.explained[at].push_back(told);
            return;
        }
    into.unexplained.push_back(told);
}

void print_rows(const char* heading, const std::vector<std::string>& rows) {
    if (rows.empty()) return;
    std::printf("    %s\n", heading);
    for (const std::string& each : rows) std::printf("      %s\n", each.c_str());
}

/// False where something is wrong.
bool print(const peer_rule& rule, const tally& of) {
    std::printf("%-42s %5zu %5zu %8zu %12zu  %s\n", std::string(rule.name).c_str(), of.rows,
                of.agree, of.stricter(), of.out_of_scope, std::string(rule.policy).c_str());
    bool good = of.looser.empty() && of.unexplained.empty();
    for (std::size_t at = 0; at != of.explained.size(); ++at) {
        const std::string why(rule.stricter[at].why);
        print_rows(("stricter: " + why).c_str(), of.explained[at]);
        if (!of.explained[at].empty()) continue;
        std::printf("    WRONG: of no row is it true that it is stricter so: %s\n", why.c_str());
        good = false;
    }
    print_rows("WRONG: stricter, and no reason is stated", of.unexplained);
    print_rows("WRONG: it lets go what the other tool refuses", of.looser);
    return good;
}

}  // namespace

shearpin::read_policy read_policy(const peer_row& row, const std::string& text) {
    const auto read = shearpin::parse_policy(text);
    if (!read.has_value())
        bad_case(row.where, "no policy can be made of it:\n" + read.error().in_file("policy"));
    return read.value();
}

std::optional<peer_counts> replay_peers(const std::vector<peer_row>& rows) {
    std::vector<peer_rule> rules;
    for (auto make :
         {kubernetes_rules, eviction_rules, autoscaler_rules, octodns_rules, etcd_rules})
        for (peer_rule& each : make()) rules.push_back(std::move(each));

    std::map<std::string_view, tally> tallies;
    for (const peer_row& row : rows) {
        const peer_rule* found = nullptr;
        for (const peer_rule& each : rules)
            if (each.name == row.rule) found = &each;
        if (found == nullptr)
            bad_case(row.where, "the rule \"" + row.rule + "\" is not known; state its policy");
        judge(*found, row, tallies[found->name]);
    }

    std::printf("%-42s %5s %5s %8s %12s  %s\n", "rule of the other tool", "rows", "agree",
                "stricter", "out of scope", "policy, or why it is out of scope");
    bool good = true;
    std::size_t number = 0;
    peer_counts sum;
    for (const peer_rule& each : rules) {
        const auto found = tallies.find(each.name);
        if (found == tallies.end()) continue;
        good = print(each, found->second) && good;
        number += found->second.rows;
        sum.agree += found->second.agree;
        sum.out_of_scope += found->second.out_of_scope;
        sum.stricter += found->second.stricter();
    }
    std::printf("%-42s %5zu %5zu %8zu %12zu\n\n", "all rules", number, sum.agree, sum.stricter,
                sum.out_of_scope);
    if (!good) return std::nullopt;
    return sum;
}

}  // namespace replay
