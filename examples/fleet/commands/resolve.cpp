// SPDX-License-Identifier: BSL-1.0
// fleet resolve: a person says how a removal ended that the ledger is in doubt about.
#include <iostream>
#include <memory>
#include <string_view>

#include "../history.hpp"
#include "../ledger_file.hpp"
#include "../numbers.hpp"
#include "../report.hpp"
#include "../text_table.hpp"
#include "options.hpp"

namespace fleet {

namespace {

struct request {
    std::string ledger;
    std::string id;
    std::string as;
    std::string actor;
    std::string reason;
};

shearpin::resolution read_resolution(const std::string& text) {
    if (text == "all") return shearpin::resolution::everything_removed;
    if (text == "none") return shearpin::resolution::nothing_removed;
    const auto number = read_count(text);
    if (!number)
        bad_input("--as: `" + text +
                  "` is neither all, none nor how many hosts are gone, a whole number");
    return shearpin::resolution::removed(*number);
}

exit_status run(const request& asked) {
    const auto how = read_resolution(asked.as);
    if (asked.actor.empty() || asked.reason.empty())
        bad_input("--actor and --reason: say whose word it is, and how they know");
    const auto ledger = ledger_file::open(asked.ledger);
    const shearpin::store_trouble refused =
        ledger->removals().resolve(asked.id, how, asked.actor, asked.reason);
    if (!refused.empty()) {
        std::cerr << "fleet: not resolved, the ledger is as it was: " << std::string_view(refused)
                  << '\n';
        return exit_status::refused;
    }
    for (const auto& each : ledger->entries())
        if (each.id == asked.id)
            std::cout << "resolved: " << each.id << " took "
                      << (how.what() == shearpin::resolution::kind::everything_removed
                              ? printable(pools_text(each))
                          : how.number() == 0
                              ? std::string("nothing")
                              : counted(how.number(), "host") + ": " + printable(pools_text(each)))
                      << ", says " << printable(each.resolved_by) << '\n';
    flush(std::cout, "but it is resolved");
    return exit_status::done;
}

std::function<exit_status()> add(options& takes) {
    const auto asked = std::make_shared<request>();
    takes.other("ID", asked->id, "of the removal, as fleet history shows it");
    takes.section("What was removed before");
    takes.text("--ledger", "FILE", asked->ledger, "the record of removals",
               options::need::required);
    takes.section("How it ended");
    takes.text("--as", "HOW", asked->as,
               "all: all of it is gone; none: nothing is; or how many hosts are.\n"
               "Look at what is there first: less than all gives room to remove more",
               options::need::required);
    takes.text("--actor", "WHO", asked->actor, "whose word it is", options::need::required);
    takes.text("--reason", "WHY", asked->reason, "how they know", options::need::required);
    takes.example(
        "fleet was killed; the inventory shows all three hosts as removed.\n"
        "  fleet resolve --ledger removals.ledger 0123456789abcdef0123456789abcdef \\\n"
        "    --as all --actor bob --reason 'hosts.csv says so'");
    return [asked] { return run(*asked); };
}

const command registered(70, "resolve", "say how a removal ended that was never settled", add);

}  // namespace

}  // namespace fleet
