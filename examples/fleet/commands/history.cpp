// SPDX-License-Identifier: BSL-1.0
// fleet history: what a ledger remembers.
#include "../history.hpp"

#include <iostream>
#include <memory>

#include "../report.hpp"
#include "../text_table.hpp"
#include "../times.hpp"
#include "options.hpp"

namespace fleet {

namespace {

/// What a person said of it, and of how it ended.
std::string words_of(const shearpin::ledger_entry& entry) {
    std::string text = printable(entry.reason);
    const auto add = [&](const std::string& more) { text += (text.empty() ? "" : "; ") + more; };
    if (entry.removals > 1)
        add("stands for " + std::to_string(entry.removals) +
            " removals, put together when the ledger was full");
    if (entry.state == shearpin::entry_state::resolved)
        add("resolved by " + printable(entry.resolved_by) + " at " + time_text(entry.resolved_at) +
            ": " + printable(entry.resolved_why));
    return text;
}

void print_text(const history_request& asked, const std::vector<shearpin::ledger_entry>& entries) {
    if (entries.empty()) {
        std::cout << "no removals" << (asked.pool.empty() ? "" : " of " + printable(asked.pool))
                  << (asked.since.empty() ? "" : " in the last " + asked.since) << " on "
                  << asked.ledger << '\n';
        return;
    }
    text_table table({"id", "when", "state", "took", "actor", "process", "reason"},
                     text_table::between::words);
    const shearpin::ledger_entry* doubtful = nullptr;
    std::size_t unsettled = 0;
    for (const auto& each : entries) {
        // The part behind the slash tells one boot of the host from another.
        const std::string process = each.process.substr(0, each.process.rfind('/'));
        table.add({each.id, time_text(time_of(each)), state_text(each), printable(pools_text(each)),
                   each.actor.empty() ? "-" : printable(each.actor),
                   printable(process) + ", " + life_text(each), words_of(each)});
        if (!is_unsettled(each)) continue;
        ++unsettled;
        if (doubtful == nullptr || each.life != shearpin::process_life::lives) doubtful = &each;
    }
    table.print(std::cout);
    if (unsettled == 0) return;
    std::cout << counted(unsettled, "removal")
              << " not settled: what it reserved counts as removed. Where the process has ended, "
                 "find out\nwhat is gone, and say so:\n"
              << "  fleet resolve --ledger " << asked.ledger << ' ' << doubtful->id
              << " --as all|none|NUMBER --actor WHO --reason WHY\n";
}

std::function<exit_status()> add(options& takes) {
    struct request {
        history_request which;
        bool json = false;
    };
    const auto asked = std::make_shared<request>();
    takes.section("What was removed before");
    takes.text("--ledger", "FILE", asked->which.ledger, "the record of removals",
               options::need::required);
    takes.text("--pool", "POOL", asked->which.pool, "only what took something of this pool");
    takes.text("--since", "DURATION", asked->which.since,
               "only the last 90s, 15m, 1h or 7d; and what is not settled,\n"
               "however old it is, since it still counts");
    take_json(takes, asked->json);
    return [asked] {
        const auto entries = read_history(asked->which);
        if (asked->json)
            std::cout << history_as_json(entries);
        else
            print_text(asked->which, entries);
        flush(std::cout);
        return exit_status::done;
    };
}

const command registered(60, "history", "show what was removed, by whom, and what is not settled",
                         add);

}  // namespace

}  // namespace fleet
