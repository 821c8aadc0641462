// SPDX-License-Identifier: BSL-1.0
#include "run_report.hpp"

#include <shearpin/plan_text.hpp>

#include <algorithm>
#include <exception>
#include <iterator>
#include <string_view>

#include "history.hpp"
#include "report.hpp"
#include "text_table.hpp"
#include "times.hpp"

namespace fleet {

namespace {

std::string text_of(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const std::exception& failed) {
        return failed.what();
    } catch (...) {
        return "something that is no std::exception";
    }
}

/// "removed 10 of 18 hosts in hosts.csv in 2 waves, in 10min"
std::string amount_text(const run_report& shown) {
    const shearpin::wave_report& report = shown.outcome.report;
    std::string text = "removed " + std::to_string(report.removed()) + " of " +
                       counted(report.asked(), "host") + " in " + shown.hosts_file;
    if (report.removed_before() != 0)
        text += ", " + std::to_string(report.removed_before()) + " of them before,";
    text += " in " + counted(report.waves(), "wave");
    if (shearpin::duration::seconds(1) <= report.elapsed())
        text += ", in " + elapsed_text(report.elapsed());
    return text;
}

/// Of all hosts of the run, those that the hosts file still has.
std::vector<std::string> still_there(const run_report& shown) {
    std::vector<std::string> names;
    std::copy_if(shown.hosts.begin(), shown.hosts.end(), std::back_inserter(names),
                 [&](const std::string& each) { return shown.fleet.hosts.contains(each); });
    return names;
}

/// Whether waiting helps, and how long.
void print_wait(std::ostream& out, const shearpin::wave_report& report) {
    const shearpin::refusal& why = *report.why();
    if (const auto wait = why.retry_after())
        out << "  more may go in " << duration_text(*wait) << '\n';
    else if (report.stopped_because() == shearpin::stop_reason::cropped && report.removed() != 0)
        out << "  the others are for a further call, as far as the limits allow it then\n";
    else if (why.kind() == shearpin::answer::refused_for_good)
        out << "  waiting will not help; the request itself must change\n";
}

void print_reasons(std::ostream& out, const run_report& shown) {
    const shearpin::wave_report& report = shown.outcome.report;
    if (report.why() != nullptr) {
        for (const shearpin::violation& each : report.why()->violations()) {
            out << "  - " << line_of(each);
            const std::string where = stated_in(shown.fleet, each);
            if (!where.empty()) out << " [" << where << "]";
            out << '\n';
        }
        if (report.why()->violations().left_out() != 0)
            out << "  - and " << report.why()->violations().left_out() << " more\n";
        print_wait(out, report);
    }
    for (const std::string& each : report.changes()) out << "  - " << printable(each) << '\n';
    for (const std::string& each : report.doubts()) out << "  - " << printable(each) << '\n';
}

/// How to go on, where something is left.
void print_way_on(std::ostream& out, const run_report& shown) {
    const shearpin::wave_report& report = shown.outcome.report;
    if (report.stopped_because() == shearpin::stop_reason::in_doubt)
        out << "  say how it ended: fleet resolve --ledger " << shown.ledger_file
            << " ID --as N --actor WHO --reason WHY; then go on with fleet resume\n";
    else if (report.stopped_because() == shearpin::stop_reason::changed)
        out << (shown.is_resumed ? "  name the hosts of the run, all of them and in their order\n"
                                 : "  make the plan anew and have it approved: fleet plan\n");
    else if (report.why() != nullptr && has_rule(*report.why(), "unknown_target"))
        out << "  others have removed some of them meanwhile; begin anew with those that are "
               "left\n";
    else if (shown.outcome.failed)
        out << "  mend that, and begin anew with those that are left\n";
    else if (report.run().empty() && report.waves() != 0)
        out << "  to go on, begin anew with those that are left\n";
    else if (!report.run().empty() && report.waves() + report.removed_before() != 0)
        out << "  to go on: fleet resume --ledger " << shown.ledger_file << " --run "
            << report.run() << ", with the same hosts in the same order, or the same --plan\n";
}

void print_what_to_do(std::ostream& out, const run_report& shown) {
    if (!shown.is_read_again) {
        out << "  how it stands there is not known, since it cannot be read now\n";
        print_way_on(out, shown);
        return;
    }
    const std::vector<std::string> left = still_there(shown);
    if (left.empty()) {
        out << "  " << shown.hosts_file << " has none of them any more\n";
        return;
    }
    out << "  " << shown.hosts_file << " still has " << left.size() << " of them"
        << (left.size() == 1 ? ": " : ", from ") << printable(left.front())
        << (left.size() == 1 ? "" : " on") << '\n';
    print_way_on(out, shown);
}

}  // namespace

exit_status run_report::ends_with() const {
    const shearpin::wave_report& report = outcome.report;
    if (has_failed() || report.stopped_because() == shearpin::stop_reason::failed)
        return exit_status::not_written;
    if (are_back()) return exit_status::refused;
    if (report.finished()) return exit_status::done;
    const bool is_of_before = report.stopped_because() == shearpin::stop_reason::in_doubt;
    const bool nothing_went =
        report.removed() == report.removed_before() && (report.in_doubt() == 0 || is_of_before);
    return nothing_went ? exit_status::refused : exit_status::stopped;
}

bool run_report::are_back() const {
    const shearpin::wave_report& report = outcome.report;
    return report.finished() && report.waves() == 0 && is_read_again && !has_failed() &&
           !still_there(*this).empty();
}

std::string run_report::why() const {
    if (outcome.failed) return text_of(outcome.failed);
    if (!outcome.not_durable.empty()) return outcome.not_durable;
    if (!told.unsettled().empty())
        return "the ledger could not be told that a wave is over: " + told.unsettled_why() +
               "\nfleet: its hosts count as being removed until a person says otherwise:\n"
               "fleet resolve --ledger " +
               ledger_file + " " + told.unsettled() + " --as all --actor WHO --reason WHY";
    if (!told.trouble().empty()) return told.trouble();
    const shearpin::wave_report& report = outcome.report;
    if (report.stopped_because() == shearpin::stop_reason::unhealthy && !probe_said.empty())
        return "the probe " + probe_said;
    if (report.stopped_because() == shearpin::stop_reason::changed && is_resumed)
        return "that is no run of these hosts";
    std::string text = std::string(std::string_view(shearpin::words_of(report.stopped_because())));
    if (report.error()) text += ": " + text_of(report.error());
    return text;
}

std::string stated_in(const fleet_files& fleet, const shearpin::violation& broken) {
    for (const auto& [name, pool] : fleet.hosts.pools())
        if (shearpin::fixed_text<63>(name) == broken.pool())
            return stated_in(fleet.policies.of(name), broken);
    return {};
}

void print_run(std::ostream& done, std::ostream& trouble, const run_report& shown) {
    const shearpin::wave_report& report = shown.outcome.report;
    if (shown.are_back()) {
        trouble << "fleet: nothing was removed: all of this run was removed before, and "
                << shown.hosts_file << " has " << counted(still_there(shown).size(), "host")
                << " of it again\n  if they are to go once more, that is a new removal\n";
        return;
    }
    if (report.finished() && !shown.has_failed()) {
        if (report.waves() == 0) {
            done << "nothing is left to do: " << counted(report.removed_before(), "host")
                 << (report.removed_before() == 1 ? " was" : " were") << " removed before\n";
            return;
        }
        done << amount_text(shown) << '\n';
        return;
    }
    const bool nothing_went = shown.ends_with() == exit_status::refused;
    trouble << "fleet: " << (nothing_went ? "nothing was removed: " : "stopped: ") << shown.why()
            << '\n';
    print_reasons(trouble, shown);
    if (!nothing_went) trouble << "  " << amount_text(shown) << '\n';
    print_what_to_do(trouble, shown);
}

}  // namespace fleet
