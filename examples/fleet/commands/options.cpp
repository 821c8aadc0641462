// SPDX-License-Identifier: BSL-1.0
#include "options.hpp"

namespace fleet {

namespace {

void take_hosts(options& takes, file_request& request) {
    takes.section("Files");
    takes.text("--hosts", "HOSTS.csv", request.hosts, "the hosts and the pools that they serve",
               options::need::required);
}

void take_limits(options& takes, file_request& request) {
    takes.section("Limits beside those of POOLS.csv");
    takes.text("--floor-for-others", "FLOOR", request.floor_for_others,
               "for pools that it states no floor for: 3, 50% or 2/3");
    takes.text("--max-batch", "CAP", request.max_batch,
               "so much of each pool in one call at most: 3, 5% or 1/20");
}

}  // namespace

void take_files(options& takes, file_request& request) {
    take_hosts(takes, request);
    takes.text("--pools", "POOLS.csv", request.pools,
               "the floor of each pool; or --policy, or both");
    takes.text("--policy", "FILE", request.policy,
               "policies as text; see `fleet policy --help`. Where POOLS.csv or the\n"
               "command line state limits, too, all of them hold");
    take_limits(takes, request);
}

void take_tables(options& takes, file_request& request) {
    take_hosts(takes, request);
    takes.text("--pools", "POOLS.csv", request.pools, "the floor of each pool",
               options::need::required);
    take_limits(takes, request);
}

void take_ledger(options& takes, file_request& request) {
    takes.section("What was removed before");
    takes.text("--ledger", "FILE", request.ledger,
               "the record of removals that all who remove share: for limits over\n"
               "time, and so that what others are removing now is not counted as\n"
               "still there. It is made once, by fleet create-ledger, which also\n"
               "says what it is called when it is on a server");
}

void take_selection(options& takes, selection_request& request) {
    takes.others("HOST", request.patterns,
                 "names, or globs in quotes ('db-0[1-3]'); each must match");
    takes.section("In place of names");
    takes.text("--pool", "POOL", request.pool, "hosts of this pool; first those out of service,");
    takes.number("--count", "N", request.number, "then those in the fewest pools; so many of them");
}

void take_words(options& takes, said_request& request) {
    takes.section("What you mean, beside which hosts");
    takes.number("--expect", "N", request.expected,
                 "refused unless it is so many hosts; against a glob that matches\n"
                 "more than you thought");
    takes.text("--environment", "NAME", request.environment,
               "refused unless HOSTS.csv says that it is of this environment;\n"
               "against the right names in the wrong place");
    takes.text("--actor", "NAME", request.actor,
               "whose removal it is; nobody can approve what is nobody's");
    takes.texts("--approve", "NAME", request.approvers,
                "who else agreed, each with one --approve; the actor does not\n"
                "count. Against what one tired person finds right");
    takes.text("--reason", "TEXT", request.reason,
               "what for; against the question next morning (see --events)");
}

void take_exceptions(options& takes, said_request& request) {
    takes.section("Exceptions");
    takes.texts("--override", "RULE:POOL=N", request.overrides,
                "lift max_batch, approvals, max_rate or cooldown of one pool to N, in\n"
                "this call alone, where POOLS.csv says overridable, or any rule for\n"
                "which the policy file says it; with --actor and --reason. With a\n"
                "ledger one reason lifts once, for all who share it. A floor of\n"
                "POOLS.csv is never lifted");
    takes.text("--override-until", "TIME", request.override_until,
               "until when it is valid, such as 2026-11-24T18:00Z; against the\n"
               "same line out of the shell's history, next month");
}

void take_json(options& takes, bool& json) {
    takes.section("Output");
    takes.flag("--json", json, "one JSON object in place of text");
}

void take_output(options& takes, output_request& request) {
    take_json(takes, request.json);
    takes.flag("--all", request.all, "all hosts, pools and broken rules, however many");
}

}  // namespace fleet
