// SPDX-License-Identifier: BSL-1.0
#include "said.hpp"

#include <shearpin/asking.hpp>
#include <shearpin/rules.hpp>

#include <string_view>

#include "failure.hpp"
#include "numbers.hpp"
#include "times.hpp"

namespace fleet {

namespace {

/// Longer reasons would be cut, and with them what makes two overrides different ones.
constexpr std::size_t longest_reason = 159;

shearpin::time_point read_moment(const char* option, const std::string& text) {
    const auto moment = read_time(text);
    if (!moment)
        bad_input(std::string(option) + ": `" + text +
                  "` is no time in UTC such as 2026-11-24T18:00Z");
    return *moment;
}

template <class Rule> auto make_override(const shearpin::override_terms& terms) {
    return std::unique_ptr<const shearpin::override_grant>(
        new shearpin::override_grant(shearpin::override_once<Rule>(terms)));
}

/// "max_batch:web=8". What is never overridable can be named, too: the guard then says that it is
/// hard.
std::unique_ptr<const shearpin::override_grant> read_override(const std::string& text,
                                                              shearpin::time_point until,
                                                              const std::string& reason) {
    const std::size_t colon = text.find(':');
    const std::size_t equals = text.rfind('=');
    if (colon == std::string::npos || equals == std::string::npos || equals < colon + 2)
        bad_input("--override: `" + text +
                  "` does not say which rule, of which pool, up to how much: max_batch:web=8");
    const auto up_to = read_count(std::string_view(text).substr(equals + 1));
    if (!up_to)
        bad_input("--override: `" + text.substr(equals + 1) + "` in `" + text +
                  "` is no whole number");
    const std::string pool = text.substr(colon + 1, equals - colon - 1);
    const shearpin::override_terms terms{
        .up_to = *up_to, .until = until, .reason = reason, .pool = pool};
    const std::string_view rule = std::string_view(text).substr(0, colon);
    if (rule == "max_batch") return make_override<shearpin::max_batch>(terms);
    if (rule == "approvals") return make_override<shearpin::approvals>(terms);
    if (rule == "max_rate") return make_override<shearpin::max_rate>(terms);
    if (rule == "cooldown") return make_override<shearpin::cooldown>(terms);
    if (rule == "max_in_flight") return make_override<shearpin::max_in_flight>(terms);
    if (rule == "min_remaining") return make_override<shearpin::min_remaining>(terms);
    if (rule == "max_unavailable") return make_override<shearpin::max_unavailable>(terms);
    if (rule == "quorum") return make_override<shearpin::quorum>(terms);
    if (rule == "max_targets") return make_override<shearpin::max_targets>(terms);
    if (rule == "max_pools") return make_override<shearpin::max_pools>(terms);
    if (rule == "freeze") return make_override<shearpin::freeze>(terms);
    if (rule == "needs_expected") return make_override<shearpin::needs_expected>(terms);
    bad_input(
        "--override: there is no rule `" + std::string(rule) +
        "`; max_batch, approvals, max_rate and cooldown can be lifted where POOLS.csv says so, and "
        "all rules where a policy file does");
}

}  // namespace

said::said(const said_request& from)
    : words_{.expected = {},
             .actor = from.actor,
             .approvers = from.approvers,
             .reason = from.reason,
             .environment = from.environment} {
    if (from.expected) words_.expected = *from.expected;
    if (from.reason.size() > longest_reason)
        bad_input("--reason: at most " + std::to_string(longest_reason) + " characters; this has " +
                  std::to_string(from.reason.size()));
    if (!from.shadow_until.empty()) shadow_until_ = read_moment("--shadow", from.shadow_until);
    if (from.overrides.empty() != from.override_until.empty())
        bad_input(
            "--override and --override-until go together: an exception without an end is a rule");
    if (from.overrides.empty()) return;
    if (from.reason.empty() || from.actor.empty())
        bad_input("--override: say also whose it is and why, with --actor and --reason");
    const auto until = read_moment("--override-until", from.override_until);
    for (const std::string& each : from.overrides)
        overrides_.push_back(read_override(each, until, from.reason));
}

}  // namespace fleet
