// SPDX-License-Identifier: BSL-1.0
#include "report.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <set>
#include <utility>
#include <vector>

#include "failure.hpp"
#include "text_table.hpp"
#include "times.hpp"

namespace fleet {

namespace {

/// How many pools and broken rules are shown, unless all are asked for: what fits on a screen.
constexpr std::size_t shown_at_once = 12;

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& each : names) text += (text.empty() ? "" : ", ") + each;
    return text;
}

/// The first and the last of them.
std::string shortened(const std::vector<std::string>& names, bool all) {
    if (all || names.size() <= 8) return joined(names);
    return joined({names.begin(), names.begin() + 5}) + ", ... " +
           joined({names.end() - 2, names.end()});
}

bool has_rule(const shearpin::refusal& why, std::string_view rule) {
    return std::any_of(why.violations().begin(), why.violations().end(),
                       [&](const auto& each) { return std::string_view(each.rule()) == rule; });
}

/// Whether a rule that looks at the ledger does not know how long to wait: that depends on when
/// others end.
bool waits_for_open_removals(const shearpin::refusal& why) {
    return std::any_of(why.violations().begin(), why.violations().end(), [](const auto& each) {
        const std::string_view rule = each.rule();
        return !each.retry_after() &&
               (rule == "max_rate" || rule == "cooldown" || rule == "max_in_flight");
    });
}

/// How much was asked for, how much may go, and each broken rule.
void print_reasons(std::ostream& out, const preview& shown, const shearpin::refusal& why,
                   bool all) {
    out << counted(why.requested(), "host") << " asked for, ";
    const auto first =
        static_cast<std::ptrdiff_t>(std::min<std::size_t>(why.max_removable(), shown.hosts.size()));
    if (first == 0)
        out << "none of them may go now\n";
    else
        out << "only the first " << (first == 1 ? "" : std::to_string(first) + " ")
            << "may go now ("
            << (first <= 3
                    ? joined({shown.hosts.begin(), shown.hosts.begin() + first})
                    : "up to and including " + shown.hosts[static_cast<std::size_t>(first) - 1])
            << ")\n";
    std::size_t told = 0;
    for (const shearpin::violation& each : why.violations()) {
        if (!all && told == shown_at_once) break;
        ++told;
        out << "  - " << line_of(each);
        const std::string where = stated_in(shown, each);
        if (!where.empty()) out << " [" << where << "]";
        out << '\n';
    }
    const std::size_t untold = why.violations().size() - told + why.violations().left_out();
    if (untold != 0) out << "  - and " << untold << " more; --all shows them\n";
}

/// What may be lifted. That nothing else is in the way is not said by that.
void print_overrides(std::ostream& out, const shearpin::refusal& why) {
    std::set<std::string> told;  // two rules of one name are lifted together
    for (const shearpin::violation& each : why.violations())
        if (each.can_be_lifted() && told.insert(std::string(std::string_view(each.rule())) + ":" +
                                                std::string(std::string_view(each.pool())))
                                        .second)
            out << "  may be lifted for this one call, with an actor and a reason of its own: "
                   "--override "
                << each.rule() << ':' << each.pool() << '=' << each.requested()
                << " --override-until TIME\n";
}

}  // namespace

std::string line_of(const shearpin::violation& broken) {
    std::string line(512, '\0');
    shearpin::writer out(line.data(), line.size());
    broken.describe(out);
    line.resize(out.written().size());
    return line;
}

std::string stated_in(const pool_limits& limits, const shearpin::violation& broken) {
    const std::string_view rule = broken.rule();
    const auto stated = broken.stated();
    if (rule == "min_remaining" && limits.floor) {
        std::string text = limits.floor->where;
        if (limits.floors > 1) text += ", the strictest of " + std::to_string(limits.floors);
        return text;
    }
    if (rule == "max_batch" && limits.max_batch) return limits.max_batch->where;
    if (rule == "needs_expected") return limits.needs_expected_in;
    if (rule == "approvals") return stated_where(limits.approvals, stated);
    return limits.history.where(rule, stated);
}

std::string stated_in(const preview& shown, const shearpin::violation& broken) {
    for (const pool_preview& pool : shown.pools)
        if (shearpin::fixed_text<63>(pool.name) == broken.pool())
            return stated_in(*pool.limits, broken);
    return {};
}

std::string words_asked_for(const pool_limits& limits) {
    std::string text;
    for (const auto& each : limits.approvals) text += (text.empty() ? "" : ", ") + spelled(each);
    if (!limits.needs_expected_in.empty())
        text += std::string(text.empty() ? "" : ", ") + "needs_expected()";
    return text;
}

std::string floor_text(const pool_limits& limits, shearpin::count size) {
    if (!limits.floor) return "none stated";
    std::string text = std::to_string(as_floor(limits.floor->value, size));
    if (std::holds_alternative<shearpin::fraction>(limits.floor->value))
        text += " (" + spell(limits.floor->value) + ")";
    return text;
}

void print_preview(std::ostream& out, const preview& shown, bool all) {
    if (shown.hosts.empty()) {
        out << "no hosts\n";
        return;
    }
    out << counted(shown.hosts.size(), "host") << ": " << shortened(shown.hosts, all) << '\n';
    if (!shown.out_already.empty())
        out << "out of service already, which costs no floor: " << shortened(shown.out_already, all)
            << '\n';
    text_table table({"pool", "size", "serving", "would lose", "left", "floor", ""});
    // Where there is no room for all, those that would be refused come first.
    const std::size_t shown_number =
        all ? shown.pools.size() : std::min(shown.pools.size(), shown_at_once);
    const std::size_t begin = std::min(shown.first_refused, shown.pools.size() - shown_number);
    for (std::size_t at = begin; at != begin + shown_number; ++at) {
        const pool_preview& pool = shown.pools[at];
        table.add({pool.name, std::to_string(pool.now.size), std::to_string(pool.now.available),
                   std::to_string(pool.would_lose), std::to_string(pool.left()),
                   floor_text(*pool.limits, pool.now.size), pool.broken.empty() ? "" : "REFUSED"});
    }
    table.print(out);
    if (shown_number != shown.pools.size())
        out << "and " << counted(shown.pools.size() - shown_number, "pool")
            << " more; --all shows them\n";
}

void print_refusal(std::ostream& out, const preview& shown, const shearpin::refusal& why, bool all,
                   std::string_view way_out) {
    out << (why.nothing_removed() ? "fleet: refused, nothing was removed: "
                                  : "fleet: stopped, some of it may be removed: ");
    print_reasons(out, shown, why, all);
    if (has_rule(why, "no_policy"))
        out << "  state a floor in the pools file, or one for all such pools with "
               "--floor-for-others\n";
    print_overrides(out, why);
    if (why.kind() == shearpin::answer::refused_for_good)
        out << "  waiting will not help; the request itself must change\n";
    else if (const auto wait = why.retry_after())
        out << "  try again in " << duration_text(*wait) << '\n';
    else if (has_rule(why, "ledger_unavailable") || has_rule(why, "ledger_is_busy"))
        out << "  it may pass later, when the ledger can be used again\n";
    else if (waits_for_open_removals(why))
        out << "  it may pass later, when removals that are open on the ledger have ended; `fleet "
               "history` shows them\n";
    else
        out << "  " << way_out << '\n';
}

void print_shadow(std::ostream& out, const preview& shown, const shearpin::refusal& why, bool all) {
    out << "fleet: IN SHADOW: THE HOSTS ARE REMOVED. This would have been refused: ";
    print_reasons(out, shown, why, all);
    out << "  without --shadow nothing would have been removed\n";
}

void flush(std::ostream& out, std::string_view meanwhile) {
    errno = 0;
    out.flush();
    if (out) return;
    // Of an error before this last write, the reason is not known any more.
    const std::string reason = errno != 0 ? std::string(": ") + std::strerror(errno) : "";
    not_written("the output could not be written" + reason +
                (meanwhile.empty() ? "" : "\nfleet: " + std::string(meanwhile)));
}

}  // namespace fleet
