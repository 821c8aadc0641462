// SPDX-License-Identifier: BSL-1.0
// What the subcommands that remove have in common, from the preview to the last line.
#pragma once

#include "../files.hpp"
#include "../preview.hpp"
#include "../report.hpp"
#include "../watch.hpp"
#include "options.hpp"

namespace fleet {

struct removing_request {
    file_request files;
    output_request output;
    said_request words;
    std::string events;
    std::optional<shearpin::count> wait_seconds;
    bool yes = false;
};

/// Whether a person may lift limits: in one call, and not in the many of a run in waves.
enum class exceptions : unsigned char { allowed, none };
void take_removing(options& takes, removing_request& request,
                   exceptions which = exceptions::allowed);

/// Locks the hosts file, and waits for another fleet as long as was asked for.
locked_file lock_hosts(const removing_request& asked);

/// Shows the preview, asks the person where one is there, removes the hosts or says why not, and
/// returns what the program ends with. The guard decides anew after the answer.
exit_status remove_selected(const removing_request& asked, locked_file& file,
                            const fleet_files& fleet, const std::vector<std::string>& hosts,
                            const said& words, watch& told,
                            shearpin::place where = shearpin::place::here());

/// Shows what a removal would do, and whether it would be refused.
exit_status show_preview(const output_request& output, const preview& shown);

/// Says that it is refused, as JSON with this outcome, or as text with this way out of a
/// refusal for now.
exit_status report_refused(const removing_request& asked, const preview& shown,
                           const shearpin::refusal& why, std::string_view outcome = "refused",
                           std::string_view way_out = serves_again);

/// Runs a subcommand; of input that is wrong it adds that nothing was removed.
template <class F> exit_status nothing_removed_on_bad_input(F run) {
    try {
        return run();
    } catch (const failure& failed) {
        if (failed.status() != exit_status::bad_input) throw;
        bad_input(failed.what() + std::string("\nfleet: nothing was removed"));
    }
}

}  // namespace fleet
