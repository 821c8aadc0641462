// SPDX-License-Identifier: BSL-1.0
#include "history.hpp"

#include <shearpin/clocks.hpp>

#include <algorithm>
#include <map>
#include <utility>

#include "failure.hpp"
#include "ledger_file.hpp"
#include "times.hpp"

namespace fleet {

std::vector<shearpin::ledger_entry> read_history(const history_request& asked) {
    std::optional<shearpin::duration> since;
    if (!asked.since.empty()) since = read_length("--since", asked.since);
    std::vector<shearpin::ledger_entry> entries = ledger_file::open(asked.ledger)->entries();
    const shearpin::time_point now = shearpin::wall_clock.now();
    std::erase_if(entries, [&](const shearpin::ledger_entry& each) {
        const bool of_pool = asked.pool.empty() ||
                             std::any_of(each.pools.begin(), each.pools.end(),
                                         [&](const auto& one) { return one.pool == asked.pool; });
        // What has no time may be of just now.
        const bool is_old = since && now.known() && time_of(each).known() &&
                            time_of(each) < now - *since && !is_unsettled(each);
        return !of_pool || is_old;
    });
    // By the time, and of one time in the ledger's order. Not by std::stable_sort: clang 19 takes what libstdc++ 12 uses
    // in it for deprecated.
    std::multimap<shearpin::time_point, shearpin::ledger_entry> in_order;
    for (auto& each : entries) {
        const shearpin::time_point when = time_of(each);
        in_order.emplace(when, std::move(each));
    }
    entries.clear();
    for (auto& [when, each] : in_order) entries.push_back(std::move(each));
    return entries;
}

bool is_unsettled(const shearpin::ledger_entry& entry) {
    return entry.state == shearpin::entry_state::open ||
           entry.state == shearpin::entry_state::unknown;
}

shearpin::time_point time_of(const shearpin::ledger_entry& entry) {
    return entry.settled_at.known() ? entry.settled_at : entry.reserved_at;
}

std::string state_text(const shearpin::ledger_entry& entry) {
    switch (entry.state) {
        case shearpin::entry_state::open:
            return "open";
        case shearpin::entry_state::unknown:
            return "in doubt";
        case shearpin::entry_state::settled:
            return "settled";
        case shearpin::entry_state::resolved:
            return "resolved";
    }
    return "";
}

std::string life_text(const shearpin::ledger_entry& entry) {
    switch (entry.life) {
        case shearpin::process_life::lives:
            return "lives";
        case shearpin::process_life::ended:
            return "ended";
        case shearpin::process_life::not_known:
            return "not known";
    }
    return "";
}

std::string pools_text(const shearpin::ledger_entry& entry) {
    std::string text;
    for (const auto& each : entry.pools)
        text += (text.empty() ? "" : ", ") + each.pool + " " + std::to_string(each.removed.amount);
    return text;
}

std::string printable(const std::string& text) {
    std::string line(text.size() * 4 + 1, '\0');
    shearpin::writer out(line.data(), line.size());
    out.put_line([&](shearpin::writer& to) { to.put(text); });
    line.resize(out.written().size());
    return line;
}

}  // namespace fleet
