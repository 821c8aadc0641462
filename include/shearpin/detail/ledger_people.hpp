// SPDX-License-Identifier: BSL-1.0
// What people are told of a ledger, and what they may say of it.
#pragma once

#include <shearpin/detail/ledger_changes.hpp>
#include <shearpin/detail/processes.hpp>
#include <shearpin/detail/reservation_ids.hpp>
#include <shearpin/ledger_entry.hpp>

namespace shearpin::inline v1::detail {

template <class When = when_used>
[[nodiscard]] ledger_entry entry_of(const deferred<ledger_document, When>& document,
                                    std::uint32_t slot, process_life life) {
    const ledger_record& record = document.record(slot);
    deferred<ledger_entry, When> made;
    made.id = spell_id(record.id);
    made.state = record.state == record_state::open      ? entry_state::open
                 : record.state == record_state::unknown ? entry_state::unknown
                 : record.state == record_state::settled ? entry_state::settled
                                                         : entry_state::resolved;
    for (const record_part& part : record.parts)
        made.pools.push_back({document.pools[part.pool].name, part.all()});
    made.targets = record.heads;
    made.actor = record.actor;
    made.reason = record.reason;
    made.reserved_at = record.reserved_at.wall;
    made.settled_at = record.settled_at.wall;
    made.process = spell_process(document.processes[record.process]);
    made.life = life;
    made.removals = record.merged;
    made.version = larger(record.settled_version, record.resolved_version);
    made.resolved_at = record.resolved_at.wall;
    made.resolved_by = record.resolved_by;
    made.resolved_why = record.resolved_why;
    return made;
}

template <class When = when_used>
void list_entries(const deferred<ledger_document, When>& document,
                  deferred<std::vector<ledger_entry>, When>& entries) {
    const process_identity own = read_own_process();
    deferred<std::vector<process_life>, When> lives;
    for (const process_identity& each : document.processes) lives.push_back(life_of(each, own));
    const auto add = [&](std::uint32_t slot) {
        entries.push_back(entry_of(document, slot, lives[document.record(slot).process]));
    };
    entries.reserve(document.size());
    for (const std::uint32_t slot : document.open()) add(slot);
    for (std::size_t at = 0; at != document.log().size(); ++at) add(document.log()[at]);
    for (const std::uint32_t slot : document.annulled()) add(slot);
}

/// Resolves an entry, where that may be said of it. A call that ended with an exception has ended,
/// whether or not its process goes on; one that is open has not, while its process lives.
template <class When = when_used>
[[nodiscard]] store_trouble resolve_entry(deferred<ledger_changes, When>& changes,
                                          const reservation_id& id, std::uint64_t version,
                                          const instant& now, const resolution& how, text_view by,
                                          text_view why) {
    if (by.empty() || why.empty()) return ledger_texts::who_and_why;
    const ledger_document& document = changes.document;
    const std::size_t at = document.find_open(id);
    if (at != document.open().size() && how.what() != resolution::kind::everything_removed) {
        const ledger_record& record = document.record(document.open()[at]);
        const bool is_less = how.number() < record.heads;
        if (is_less && life_of(document.processes[record.process]) == process_life::lives)
            return ledger_texts::still_lives;
    }
    maybe<count> removed;
    if (how.what() != resolution::kind::everything_removed) removed = how.number();
    return changes.resolve(id, version, now, removed, by, why);
}

}  // namespace shearpin::inline v1::detail
