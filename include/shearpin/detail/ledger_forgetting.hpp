// SPDX-License-Identifier: BSL-1.0
// What a ledger forgets: that alone which no rule of any of its users can see.
#pragma once

#include <shearpin/detail/ledger_document.hpp>

namespace shearpin::inline v1::detail {

/// The youngest of the log are kept however old they are, for those who looked a while ago.
inline constexpr std::size_t always_kept = 64;

/// Whether nobody's rule or world can look back as far as this record. Another machine takes it for
/// younger, by the margin, and its clock may be behind by as much.
template <class When = when_used>
[[nodiscard]] bool is_forgettable(const deferred<ledger_document, When>& document,
                                  const deferred<ledger_record, When>& record,
                                  const instant& now) noexcept {
    if (record.is_unsettled() || !record.is_stored()) return false;
    duration age = age_of(record.settled_at, now, {});
    if (record.state == record_state::resolved) {
        const duration since = age_of(record.resolved_at, now, {});
        if (since < age) age = since;
    }
    for (const record_part& part : record.parts)
        if (age < document.pools[part.pool].longest() + document.margin + document.margin)
            return false;
    return true;
}

/// Each of its pools notes how far back it has forgotten.
template <class When = when_used>
void note_forgotten(deferred<ledger_document, When>& document,
                    const deferred<ledger_record, When>& record) {
    const std::uint64_t version = record.settled_version < record.resolved_version
                                      ? record.resolved_version
                                      : record.settled_version;
    for (const record_part& part : record.parts) {
        ledger_pool& pool = document.pools[part.pool];
        if (pool.forgotten_version < version) pool.forgotten_version = version;
        pool.forget(record.settled_at);
        if (record.state == record_state::resolved) pool.forget(record.resolved_at);
    }
}

template <class> class basic_forgetting;
using forgetting = basic_forgetting<when_used>;
/// Forgets from the old end of the log. Where something there has to stay, all that is behind it is
/// looked through once the log has doubled. A constant cost for each record, on average.
template <class When> class basic_forgetting {
public:
    void run(deferred<ledger_document, When>& document, const instant& now) {
        while (document.log().size() > always_kept) {
            const ledger_record& oldest = document.record(document.log()[0]);
            if (!is_forgettable(document, oldest, now)) break;
            note_forgotten(document, oldest);
            document.pop_log();
        }
        if (document.log().size() < next_sweep_) return;
        sweep(document, now);
        next_sweep_ = 2 * document.log().size() + 2 * always_kept;
    }

    /// The same wherever it stands in the log. Where memory ends nothing is forgotten, though a
    /// pool may say that it was: then its rules look back no further.
    static void sweep(deferred<ledger_document, When>& document, const instant& now) {
        deferred<std::vector<std::uint32_t>, When> kept;
        const auto& log = document.log();
        const std::size_t size = log.size();
        kept.reserve(size);
        for (std::size_t at = 0; at != size; ++at) {
            const ledger_record& each = document.record(log[at]);
            if (at + always_kept >= size || !is_forgettable(document, each, now))
                kept.push_back(log[at]);
            else
                note_forgotten(document, each);
        }
        if (kept.size() == size) return;
        // Of those that are kept, which stand in the order of the log; its newest is among them.
        std::size_t next = 0;
        for (std::size_t at = 0; at != size; ++at) {
            if (kept[next] == log[at])
                ++next;
            else
                document.give_back(log[at]);
        }
        document.set_log(kept);
    }

private:
    std::size_t next_sweep_ = 2 * always_kept;
};

}  // namespace shearpin::inline v1::detail
