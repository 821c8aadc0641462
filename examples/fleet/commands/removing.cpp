// SPDX-License-Identifier: BSL-1.0
#include "removing.hpp"

#include <cstdio>
#include <iostream>

#include "../confirmation.hpp"
#include "../removal.hpp"
#include "../text_table.hpp"

namespace fleet {

namespace {

exit_status report_removed(const removing_request& asked, const preview& shown, const watch& told,
                           shearpin::count amount) {
    const shearpin::refusal* const why = told.shadow_refusal();
    if (why != nullptr && !asked.output.json)
        print_shadow(std::cerr, shown, *why, asked.output.all);
    if (asked.output.json)
        std::cout << preview_as_json(shown, why != nullptr ? "removed_in_shadow" : "removed", why);
    else
        std::cout << "removed " << counted(amount, "host") << " in " << asked.files.hosts << '\n';
    flush(std::cout, "but the hosts are removed");
    if (!told.unsettled().empty())
        not_written("the hosts are removed, but the ledger could not be told that this is over: " +
                    told.unsettled_why() +
                    "\nfleet: there they count as being removed until a person says otherwise:\n"
                    "fleet resolve --ledger " +
                    asked.files.ledger + " " + told.unsettled() +
                    " --as all --actor WHO --reason WHY");
    if (!told.trouble().empty()) not_written(told.trouble() + "\nfleet: but the hosts are removed");
    return exit_status::done;
}

}  // namespace

void take_removing(options& takes, removing_request& request, exceptions which) {
    take_files(takes, request.files);
    take_ledger(takes, request.files);
    take_words(takes, request.words);
    if (which == exceptions::allowed) take_exceptions(takes, request.words);
    takes.section("Before and after");
    takes.flag("--yes", request.yes,
               "do not ask for the number of hosts. It is asked only on a terminal and\n"
               "not with --json, and the safeguards decide with and without");
    takes.text("--events", "FILE", request.events,
               "append what is decided and removed, each a line of JSON; where the\n"
               "decision cannot be written, nothing is removed");
    takes.number("--wait", "SECONDS", request.wait_seconds,
                 "wait so long for another fleet that has HOSTS.csv locked; 10 if not given");
    take_output(takes, request.output);
}

locked_file lock_hosts(const removing_request& asked) {
    return locked_file(asked.files.hosts, asked.wait_seconds.value_or(10));
}

exit_status show_preview(const output_request& output, const preview& shown) {
    const shearpin::refusal* const why = shown.decision ? nullptr : &shown.decision.why();
    if (output.json) {
        std::cout << preview_as_json(shown,
                                     why != nullptr ? "would_be_refused" : "would_be_removed", why);
    } else {
        print_preview(std::cout, shown, output.all);
        if (why == nullptr) std::cout << "would be removed; this was a preview\n";
    }
    flush(std::cout);
    if (why == nullptr) return exit_status::done;
    if (!output.json) print_refusal(std::cerr, shown, *why, output.all);
    return exit_status::refused;
}

exit_status report_refused(const removing_request& asked, const preview& shown,
                           const shearpin::refusal& why, std::string_view outcome,
                           std::string_view way_out) {
    if (asked.output.json) {
        std::cout << preview_as_json(shown, outcome, &why);
        flush(std::cout, "nothing was removed");
    } else {
        print_refusal(std::cerr, shown, why, asked.output.all, way_out);
    }
    return exit_status::refused;
}

exit_status remove_selected(const removing_request& asked, locked_file& file,
                            const fleet_files& fleet, const std::vector<std::string>& hosts,
                            const said& words, watch& told, shearpin::place where) {
    need_ledger(fleet);
    const preview shown = make_preview(fleet, hosts, words, where);
    if (!asked.output.json) {
        print_preview(std::cout, shown, asked.output.all);
        // A removal that nobody is told of is worse than none.
        flush(std::cout, "nothing was removed");
        const bool goes_on = shown.decision || words.in_shadow();
        if (goes_on && !asked.yes && !is_confirmed(shown.hosts.size())) return exit_status::refused;
    }
    const auto outcome = remove_hosts(file, fleet, shown.hosts, words, told, where);
    if (outcome) return report_removed(asked, shown, told, outcome.value().amount);
    const exit_status refused = report_refused(asked, shown, outcome.error());
    if (!told.trouble().empty()) std::fprintf(stderr, "fleet: %s\n", told.trouble().c_str());
    return refused;
}

}  // namespace fleet
