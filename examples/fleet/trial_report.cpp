// SPDX-License-Identifier: BSL-1.0
#include "trial_report.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>

#include "report.hpp"
#include "text_table.hpp"
#include "times.hpp"

namespace fleet {

namespace {

using kind = trial_verdict::kind;

constexpr std::size_t shown_at_once = 10;

std::string number_or_dash(const std::optional<shearpin::count>& number) {
    return number ? std::to_string(*number) : "-";
}

std::string called(const trial_rule& rule) {
    return rule.pool.empty() ? rule.stated : rule.pool + ": " + rule.stated;
}

std::string where_in(const removal_log& log, const trial_verdict& verdict) {
    return log.name + ":" + std::to_string(verdict.of->line);
}

/// "3 of 120 (one in 40)", "2 of 5 (one in 2.5)": what one in some thousands is, one can picture.
std::string share_of_all(std::size_t some, std::size_t all) {
    std::string text = std::to_string(some) + " of " + std::to_string(all);
    if (some == 0 || all / some < 2) return text;
    const std::size_t tenths = (all * 10 + some / 2) / some;
    text += " (one in " + std::to_string(tenths / 10);
    if (tenths % 10 != 0) text += "." + std::to_string(tenths % 10);
    return text + ")";
}

/// "lines 4, 17 and 3 more"
std::string lines_of(const trial_result& found, kind what, bool mistakes) {
    std::string text;
    std::size_t told = 0;
    std::size_t more = 0;
    for (const trial_verdict& each : found.verdicts) {
        if (each.what != what || each.of->was_a_mistake != mistakes) continue;
        if (told == shown_at_once) {
            ++more;
            continue;
        }
        text += (told++ == 0 ? "" : ", ") + std::to_string(each.of->line);
    }
    if (more != 0) text += " and " + std::to_string(more) + " more";
    return (told == 1 ? "line " : "lines ") + text;
}

void print_rules(std::ostream& out, const removal_log& log, const trial_result& found) {
    std::vector<std::string> header{"rule", "times", "it alone"};
    if (log.tells_mistakes)
        header.insert(header.end(), {"meant, up to", "mistakes, from"});
    else
        header.emplace_back("asked, up to");
    header.emplace_back("stated in");
    text_table table(std::move(header));
    for (const trial_rule& each : found.rules) {
        std::vector<std::string> row{called(each), std::to_string(each.times),
                                     std::to_string(each.alone),
                                     number_or_dash(each.largest_meant)};
        if (log.tells_mistakes) row.push_back(number_or_dash(each.smallest_mistake));
        row.push_back(each.where.empty() ? "always checked" : each.where);
        table.add(std::move(row));
    }
    table.print(out);
}

void print_verdicts(std::ostream& out, const removal_log& log, const trial_result& found,
                    bool all) {
    std::size_t told = 0;
    std::size_t more = 0;
    for (const trial_verdict& each : found.verdicts) {
        if (each.what == kind::admitted) continue;
        if (!all && told == shown_at_once) {
            ++more;
            continue;
        }
        ++told;
        out << where_in(log, each) << ": " << time_text(each.of->when)
            << (each.what == kind::asked ? ", would have had to be said:" : ", refused:")
            << (each.of->was_a_mistake ? " (a mistake)" : "") << '\n';
        std::string last;
        for (const shearpin::violation& broken : each.broken) {
            const std::string line = line_of(broken);
            if (line != last) out << "  - " << line << '\n';
            last = line;
        }
    }
    if (more != 0) out << "and " << counted(more, "more line") << "; --all shows all\n";
}

void print_verdict_on_policy(std::ostream& out, const removal_log& log, const trial_result& found) {
    const std::size_t refused = found.number(kind::refused);
    if (!log.tells_mistakes) {
        if (refused == 0)
            out << "Nothing would have been refused: no false alarm. Whether it would have stopped "
                   "a mistake\nshows where the log has some, marked in a column `mistake`.\n";
        else
            out << share_of_all(refused, found.verdicts.size())
                << " would have been refused. Each is a false alarm, or a mistake that nobody\n"
                   "noticed; mark those in a column `mistake`, and they are counted apart.\n";
        return;
    }
    const auto of = [&](kind what, bool mistakes) { return found.number(what, mistakes); };
    const std::size_t mistakes =
        of(kind::admitted, true) + of(kind::asked, true) + of(kind::refused, true);
    out << counted(mistakes, "mistake") << ": " << of(kind::refused, true) << " caught, "
        << of(kind::asked, true) << " asked about first, " << of(kind::admitted, true) << " missed";
    if (of(kind::admitted, true) != 0) out << " (" << lines_of(found, kind::admitted, true) << ")";
    out << '\n';
    const std::size_t alarms = of(kind::refused, false);
    out << "false alarms: " << share_of_all(alarms, found.verdicts.size() - mistakes)
        << " removals that were meant";
    if (alarms != 0) out << " (" << lines_of(found, kind::refused, false) << ")";
    out << '\n';
}

}  // namespace

void print_trial(std::ostream& out, const removal_log& log, const trial_result& found,
                 const std::string& judged_by, bool all) {
    out << log.name << ": " << counted(log.removals.size(), "removal") << " from "
        << time_text(log.removals.front().when) << " to " << time_text(log.removals.back().when)
        << ", judged by " << judged_by << '\n';
    out << "  admitted  " << found.number(kind::admitted) << '\n';
    if (const std::size_t asked = found.number(kind::asked); asked != 0)
        out << "  asked     " << asked
            << ", and admitted once somebody says what a rule asks for\n";
    out << "  refused   " << found.number(kind::refused) << '\n';
    if (!found.rules.empty()) {
        out << '\n';
        print_rules(out, log, found);
        out << '\n';
        print_verdicts(out, log, found, all);
    }
    out << '\n';
    print_verdict_on_policy(out, log, found);
    if (found.taken_as_whole != 0)
        out << "For " << found.taken_as_whole << " of " << counted(log.removals.size(), "removal")
            << " the log does not say how much served, so each such pool was\ntaken as whole, and "
               "floors as mild as they can be: fill a column `available`, or say --back-after.\n";
}

std::string trial_as_json(const removal_log& log, const trial_result& found) {
    using nlohmann::ordered_json;
    const auto or_null = [](const auto& value) {
        return value ? ordered_json(*value) : ordered_json();
    };
    ordered_json rules = ordered_json::array();
    for (const trial_rule& each : found.rules)
        rules.push_back({{"pool", each.pool},
                         {"stated", each.stated},
                         {"where", each.where.empty() ? ordered_json() : ordered_json(each.where)},
                         {"times", each.times},
                         {"alone", each.alone},
                         {"largest_meant", or_null(each.largest_meant)},
                         {"smallest_mistake", or_null(each.smallest_mistake)}});
    ordered_json judged = ordered_json::array();
    for (const trial_verdict& each : found.verdicts) {
        if (each.what == kind::admitted && !each.of->was_a_mistake) continue;
        ordered_json broken = ordered_json::array();
        for (const shearpin::violation& one : each.broken) broken.push_back(line_of(one));
        constexpr const char* words[] = {"admitted", "asked", "refused"};
        judged.push_back({{"line", each.of->line},
                          {"time", time_text(each.of->when)},
                          {"outcome", words[static_cast<unsigned char>(each.what)]},
                          {"mistake", each.of->was_a_mistake},
                          {"broken", broken}});
    }
    const auto numbers = [&](bool mistakes) {
        return ordered_json{{"admitted", found.number(kind::admitted, mistakes)},
                            {"asked", found.number(kind::asked, mistakes)},
                            {"refused", found.number(kind::refused, mistakes)}};
    };
    const ordered_json all = {{"removals", found.verdicts.size()},
                              {"from", time_text(log.removals.front().when)},
                              {"to", time_text(log.removals.back().when)},
                              {"meant", numbers(false)},
                              {"mistakes", log.tells_mistakes ? numbers(true) : ordered_json()},
                              {"taken_as_whole", found.taken_as_whole},
                              {"rules", rules},
                              {"not_admitted_or_mistaken", judged}};
    return all.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace fleet
