// SPDX-License-Identifier: BSL-1.0
#include "report.hpp"

#include <shearpin/policy_diff.hpp>

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

/// Where the pools file or the command line states it.
std::string stated_in_table(const pool_limits& limits, const shearpin::violation& broken) {
    const std::string_view rule = broken.rule();
    const auto stated = broken.stated();
    const auto is_stated_by = [&](const stated_limit& limit, bool may_be_lifted) {
        const std::string plain = std::string(rule) + "(" + spell(limit.value) + ")";
        return stated == (may_be_lifted ? "overridable(" + plain + ")" : plain);
    };
    if (rule == "min_remaining" && limits.floor && is_stated_by(*limits.floor, false)) {
        std::string text = limits.floor->where;
        if (limits.floors > 1) text += ", the strictest of " + std::to_string(limits.floors);
        return text;
    }
    if (rule == "max_batch" && limits.max_batch &&
        is_stated_by(*limits.max_batch, limits.batch_may_be_lifted))
        return limits.max_batch->where;
    if (rule == "needs_expected" && stated == "needs_expected()") return limits.needs_expected_in;
    if (rule == "approvals") return stated_where(limits.approvals, stated);
    return limits.history.where(rule, stated);
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
    std::vector<std::string> lines;
    for (const shearpin::violation& each : why.violations()) {
        const std::string where = stated_in(shown, each);
        std::string line = line_of(each) + (where.empty() ? "" : " [" + where + "]");
        // What two files state alike is broken twice, and told once.
        if (std::find(lines.begin(), lines.end(), line) == lines.end())
            lines.push_back(std::move(line));
    }
    const std::size_t told = all ? lines.size() : std::min(lines.size(), shown_at_once);
    for (std::size_t at = 0; at != told; ++at) out << "  - " << lines[at] << '\n';
    const std::size_t untold = lines.size() - told + why.violations().left_out();
    if (untold != 0) out << "  - and " << untold << " more; --all shows them\n";
}

/// What to do about pools that are spoken of too little.
void print_no_policy(std::ostream& out, const preview& shown) {
    const pool_limits* without_floor = nullptr;
    const pool_limits* without_text = nullptr;
    for (const pool_preview& pool : shown.pools) {
        if (pool.limits->lacks_floor) without_floor = pool.limits;
        if (pool.limits->text.is_missing()) without_text = pool.limits;
    }
    if (without_floor != nullptr)
        out << "  state a floor in the pools file, or one for all such pools with "
               "--floor-for-others\n";
    if (without_text != nullptr)
        out << "  name such a pool in " << without_text->text.file()
            << ", or state other_pools { ... } there\n";
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

bool has_rule(const shearpin::refusal& why, std::string_view rule) {
    return std::any_of(why.violations().begin(), why.violations().end(),
                       [&](const auto& each) { return std::string_view(each.rule()) == rule; });
}

std::string line_of(const shearpin::violation& broken) {
    std::string line(512, '\0');
    shearpin::writer out(line.data(), line.size());
    broken.describe(out);
    line.resize(out.written().size());
    return line;
}

std::string stated_in(const pool_limits& limits, const shearpin::violation& broken) {
    std::string where = stated_in_table(limits, broken);
    const std::string in_text = limits.text.where(std::string_view(broken.stated()));
    if (!in_text.empty()) where += (where.empty() ? "" : " and ") + in_text;
    return where;
}

std::string stated_in(const preview& shown, const shearpin::violation& broken) {
    if (broken.pool().empty())  // a rule that counts pools
        for (const pool_preview& pool : shown.pools)
            if (const std::string where = stated_in(*pool.limits, broken); !where.empty())
                return where;
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
    const std::string more = limits.text.words();
    return text + (text.empty() || more.empty() ? "" : ", ") + more;
}

std::optional<shearpin::count> floor_of(const pool_limits& limits, shearpin::count size) {
    std::optional<shearpin::count> floor;
    if (limits.floor) floor = as_floor(limits.floor->value, size);
    if (limits.text.any()) {
        const shearpin::count in_text = numbers_of(limits.text.rules(), size).floor;
        if (in_text != 0 && in_text > floor.value_or(0)) floor = in_text;
    }
    return floor;
}

std::string floor_text(const pool_limits& limits, shearpin::count size) {
    const auto floor = floor_of(limits, size);
    if (!floor) return "none stated";
    if (!limits.floor || *floor != as_floor(limits.floor->value, size))
        return std::to_string(*floor);
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
    if (has_rule(why, "no_policy")) print_no_policy(out, shown);
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
