// SPDX-License-Identifier: BSL-1.0
#include "waving.hpp"

#include <shearpin/clocks.hpp>
#include <shearpin/plan_text.hpp>

#include <algorithm>
#include <iostream>

#include "../confirmation.hpp"
#include "../interrupt.hpp"
#include "../probe.hpp"
#include "../progress_view.hpp"
#include "../run_report.hpp"
#include "../text_table.hpp"
#include "../times.hpp"

namespace fleet {

namespace {

/// "2026-11-24T18:00Z", or so long from now: "8h".
shearpin::time_point read_deadline(const std::string& text) {
    if (text.empty()) return {};
    if (const auto moment = read_time(text)) return *moment;
    if (const auto length = read_duration(text)) return shearpin::wall_clock.read().wall + *length;
    bad_input(
        "--deadline: `" + text +
        "` is neither a time in UTC such as 2026-11-24T18:00Z nor a length of time such as 8h");
}

exit_status report_run(const removing_request& asked, const run_report& report) {
    if (asked.output.json)
        std::cout << run_as_json(report);
    else
        print_run(std::cout, std::cerr, report);
    flush(std::cout,
          report.outcome.report.removed() == 0 ? "nothing was removed" : "but hosts are removed");
    return report.ends_with();
}

/// Says why a run is not begun; empty where it may be.
std::string why_not(const shearpin::plan& planned, const waving_request& waving) {
    if (planned.complete()) return {};
    const bool is_hopeless = planned.why()->kind() == shearpin::answer::refused_for_good;
    if (!planned.sound()) return "there is no plan for them";
    if (is_hopeless) return "not all of them may ever go; name those that may";
    if (!waving.look_again.empty()) return {};
    return "not all of them may go, and how soon the others may is not known; name those that "
           "may, or wait for it with --look-again TIME";
}

}  // namespace

void take_pace(options& takes, pace_request& request) {
    takes.text("--soak", "TIME", request.soak,
               "a wait after each wave, before the next: 5m, 1h. What is wrong\n"
               "after a removal takes a while to show");
    takes.text("--ramp", "SIZES", request.ramp,
               "how large the first waves may be at most: 1,10% is one host, then a\n"
               "tenth of all, then what the policy allows");
}

void take_waving(options& takes, waving_request& request) {
    takes.text("--probe", "COMMAND", request.probe,
               "run by sh before the first wave and after each, behind the soak; the\n"
               "run stops unless it ends with 0. It finds FLEET_REMOVED, FLEET_OF and\n"
               "FLEET_WAVE in its environment");
    takes.flag("--without-probe", request.without_probe,
               "goes on whatever happens; there is no default for looking at nothing");
    takes.text("--probe-limit", "TIME", request.probe_limit,
               "a probe that takes longer has failed; 1min if not given");
    takes.text("--deadline", "TIME", request.deadline,
               "no wave begins after this time (2026-11-24T18:00Z), or after so long (8h)");
    takes.text("--look-again", "TIME", request.look_again,
               "where nothing may go and no rule knows how soon something may: look\n"
               "again this often. If not given, that ends the run");
}

void refuse_exceptions_in_waves(const said_request& words) {
    if (!words.overrides.empty())
        bad_input(
            "--override lifts a limit in one call, and a run in waves is many: remove what "
            "needs it by itself");
    if (!words.shadow_until.empty())
        bad_input(
            "--shadow goes on where a policy refuses, so that it never has to wait; it is "
            "for one call, and not for waves");
}

exit_status wave_selected(const removing_request& asked, const waving_request& waving,
                          fleet_files fleet, const run_of_hosts& which, shearpin::place where) {
    if (waving.probe.empty() != waving.without_probe)
        bad_input(
            "a run in waves looks at the health between them: give --probe COMMAND, or say "
            "--without-probe, and not both");
    if (!waving.probe.empty() && waving.probe.find_first_not_of(" \t\n") == std::string::npos)
        bad_input(
            "--probe: a blank command looks at nothing; say --without-probe if that is meant");
    refuse_exceptions_in_waves(asked.words);
    need_ledger(fleet);
    const said words(asked.words);
    watch told(asked.events);
    const pace how = read_pace(which.how);
    const auto limit = waving.probe_limit.empty()
                           ? shearpin::duration::minutes(1)
                           : read_length("--probe-limit", waving.probe_limit);
    probe health(waving.probe, limit);
    progress_view view;
    run_request run{.how = how,
                    .deadline = read_deadline(waving.deadline),
                    .approved = which.approved,
                    .resumes = which.resumes};
    if (!waving.look_again.empty()) run.look_again = read_length("--look-again", waving.look_again);
    if (which.resumes.empty()) {
        const shearpin::plan planned = plan_removal(fleet, which.hosts, words, how, where);
        const std::string trouble = why_not(planned, waving);
        if (!asked.output.json) std::cout << planned.text();
        if (!trouble.empty()) {
            if (asked.output.json) std::cout << refused_run_as_json(trouble, &planned);
            flush(std::cout, "nothing was removed");
            std::cerr << "fleet: refused, nothing was removed: " << trouble << '\n';
            return exit_status::refused;
        }
        flush(std::cout, "nothing was removed");
    }
    const auto left = static_cast<std::size_t>(
        std::count_if(which.hosts.begin(), which.hosts.end(),
                      [&](const std::string& each) { return fleet.hosts.contains(each); }));
    if (!asked.output.json && !which.resumes.empty()) {
        std::cout << left << " of " << counted(which.hosts.size(), "host")
                  << " of this run are left\n";
        flush(std::cout, "nothing was removed");
    }
    if (!asked.output.json && !asked.yes && left != 0 && !is_confirmed(left))
        return exit_status::refused;

    const interrupt catches;
    bool is_probe_bad = false;
    if (!waving.without_probe)
        run.healthy = [&](const shearpin::progress& so_far) {
            view.end_bar();
            is_probe_bad = !health.is_well(so_far);
            return !is_probe_bad;
        };
    run.on_progress = [&](const shearpin::progress& so_far) { view.tell(so_far); };
    run.stop = [&](const shearpin::progress& so_far) {
        view.tick(so_far);
        return interrupt::requested();
    };
    live_fleet live(asked.files, asked.wait_seconds.value_or(10), std::move(fleet));
    const run_outcome outcome = remove_in_waves(live, which.hosts, words, run, told, where);
    view.end_bar();
    const bool is_read = live.look();
    return report_run(asked, {.outcome = outcome,
                              .hosts = which.hosts,
                              .fleet = live.last_read(),
                              .is_read_again = is_read,
                              .told = told,
                              .hosts_file = asked.files.hosts,
                              .ledger_file = asked.files.ledger,
                              .is_resumed = !which.resumes.empty(),
                              .probe_said = is_probe_bad ? health.why() : std::string()});
}

exit_status crop_selected(const removing_request& asked, fleet_files fleet,
                          const std::vector<std::string>& hosts, shearpin::place where) {
    refuse_exceptions_in_waves(asked.words);
    need_ledger(fleet);
    const said words(asked.words);
    watch told(asked.events);
    const preview shown = make_preview(fleet, hosts, words, where);
    if (!asked.output.json) {
        print_preview(std::cout, shown, asked.output.all);
        const shearpin::count may_go =
            shown.decision ? hosts.size() : shown.decision.why().max_removable();
        std::cout << may_go << " of them may go now\n";
        flush(std::cout, "nothing was removed");
        if (may_go != 0 && !asked.yes && !is_confirmed(may_go)) return exit_status::refused;
    }
    live_fleet live(asked.files, asked.wait_seconds.value_or(10), std::move(fleet));
    const run_outcome outcome =
        remove_in_waves(live, hosts, words, {.only_what_may_go_now = true}, told, where);
    const bool is_read = live.look();
    return report_run(asked, {.outcome = outcome,
                              .hosts = hosts,
                              .fleet = live.last_read(),
                              .is_read_again = is_read,
                              .told = told,
                              .hosts_file = asked.files.hosts,
                              .ledger_file = asked.files.ledger});
}

}  // namespace fleet
