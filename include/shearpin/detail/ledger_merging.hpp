// SPDX-License-Identifier: BSL-1.0
// What a ledger does when it is full: it puts removals together, as of the time of the later one,
// so that they count for longer and never for less.
#pragma once

#include <shearpin/detail/ledger_forgetting.hpp>

namespace shearpin::inline v1::detail {

template <class> class basic_merging;
using merging = basic_merging<when_used>;
/// Puts settled removals together that took of the same pools, one after the other.
template <class When> class basic_merging {
public:
    explicit basic_merging(ledger_document& given_document) : document_(given_document) {}

    /// Until the log holds no more than this, as far as that is possible. Those go first that lie
    /// close together in time, as a part of the longest window: 1/4096, then 1/1024, and so on.
    void run(std::size_t goal) {
        for (int closeness = 12; document_.log().size() > goal && closeness >= 0; closeness -= 2)
            pass(closeness, false);
        for (std::size_t before = document_.log().size() + 1;
             document_.log().size() > goal && document_.log().size() < before;) {
            before = document_.log().size();
            pass(0, true);
        }
    }

private:
    /// The newest record of one set of pools and one boot, which a later one may take in.
    struct tail {
        std::uint32_t slot = ledger_document::nowhere;
        std::size_t place = 0;  ///< in the log
        instant since{};        ///< when the first that is in it was settled
        bool is_complete = false;
    };

    /// `as_pairs`: every second one takes in the one before it, however far apart they are.
    void pass(int closeness, bool as_pairs) {
        const std::size_t size = document_.log().size();
        std::size_t table_size = 64;
        while (table_size < 2 * size) table_size *= 2;
        tails_.assign(table_size, tail{});
        deferred<std::vector<char>, When> is_gone(size, 0);
        deferred<std::vector<std::uint32_t>, When> kept;
        kept.reserve(size);
        for (std::size_t at = 0; at + always_kept < size; ++at) {
            const std::uint32_t slot = document_.log()[at];
            const ledger_record& each = document_.record(slot);
            if (each.state != record_state::settled || !each.is_stored()) continue;
            tail& found = tail_of(each);
            if (found.slot == ledger_document::nowhere || found.is_complete ||
                !(as_pairs || is_close(found.since, each, closeness)) || !merge(found.slot, slot)) {
                found = {slot, at, each.settled_at, false};
                continue;
            }
            is_gone[found.place] = 1;
            found = {slot, at, found.since, as_pairs};
        }
        for (std::size_t at = 0; at != size; ++at)
            if (is_gone[at] == 0)
                kept.push_back(document_.log()[at]);
            else
                document_.give_back(document_.log()[at]);
        document_.set_log(kept);
    }

    [[nodiscard]] bool is_close(const instant& since, const ledger_record& later,
                                int closeness) const noexcept {
        duration longest{};
        for (const record_part& part : later.parts) {
            const duration each = document_.pools[part.pool].longest();
            if (longest < each) longest = each;
        }
        return longest == duration{} ||
               age_of(since, later.settled_at, {}) <=
                   duration::nanoseconds(longest.in_nanoseconds() >> closeness);
    }

    /// Adds the earlier to the later, and says whether it could.
    bool merge(std::uint32_t earlier_slot, std::uint32_t later_slot) {
        const ledger_record& earlier = document_.record(earlier_slot);
        ledger_record& later = document_.record(later_slot);
        for (std::size_t at = 0; at != later.parts.size(); ++at)
            if (plus(earlier.parts[at].amount, later.parts[at].amount) > largest_count ||
                plus(earlier.parts[at].serving, later.parts[at].serving) > largest_count ||
                plus(earlier.parts[at].heads, later.parts[at].heads) > largest_count)
                return false;
        for (std::size_t at = 0; at != later.parts.size(); ++at) {
            later.parts[at].amount += earlier.parts[at].amount;
            later.parts[at].serving += earlier.parts[at].serving;
            later.parts[at].heads += earlier.parts[at].heads;
        }
        later.heads = smaller(plus(later.heads, earlier.heads), largest_count);
        later.settled_at = later_of(earlier.settled_at, later.settled_at);
        later.merged = smaller(plus(later.merged, earlier.merged), largest_count);
        if (earlier.actor != later.actor) later.actor.clear();
        if (earlier.reason != later.reason) later.reason.clear();
        return true;
    }

    [[nodiscard]] tail& tail_of(const ledger_record& record) {
        std::uint64_t mixed = record.settled_at.boot;
        for (const record_part& part : record.parts)
            mixed = (mixed ^ part.pool) * 0x9e37'79b9'7f4a'7c15 + 1;
        for (std::size_t at = mixed ^ mixed >> 32;; ++at) {
            tail& found = tails_[at & (tails_.size() - 1)];
            if (found.slot == ledger_document::nowhere ||
                fits(document_.record(found.slot), record))
                return found;
        }
    }
    /// Of one boot, since moments of two boots have no exact later one.
    [[nodiscard]] static bool fits(const ledger_record& one, const ledger_record& other) noexcept {
        if (one.settled_at.boot != other.settled_at.boot || one.parts.size() != other.parts.size())
            return false;
        for (std::size_t at = 0; at != one.parts.size(); ++at)
            if (one.parts[at].pool != other.parts[at].pool) return false;
        return true;
    }

    deferred<ledger_document, When>& document_;
    deferred<std::vector<tail>, When> tails_;
};

}  // namespace shearpin::inline v1::detail
