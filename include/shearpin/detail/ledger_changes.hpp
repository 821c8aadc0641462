// SPDX-License-Identifier: BSL-1.0
// All that can be done to a ledger's document: reserve, settle, resolve.
#pragma once

#include <shearpin/detail/ledger_flaws.hpp>
#include <shearpin/detail/ledger_forgetting.hpp>
#include <shearpin/detail/ledger_merging.hpp>
#include <shearpin/detail/ledger_undated.hpp>
#include <shearpin/detail/ledger_view.hpp>

namespace shearpin::inline v1::detail {

template <class> class basic_ledger_changes;
using ledger_changes = basic_ledger_changes<when_used>;
template <class When> class basic_ledger_changes {
public:
    deferred<ledger_document, When> document;

    /// True where the ledger has forgotten something that a look at this version needs.
    [[nodiscard]] bool has_forgotten_since(std::uint64_t noted_version,
                                           const claim& asked) const noexcept {
        for (std::size_t at = 0; at != asked.number; ++at) {
            const std::uint32_t found = document.find_pool(asked.pools[at].pool);
            if (found != ledger_document::nowhere &&
                document.pools[found].forgotten_version > noted_version)
                return true;
        }
        return false;
    }

    /// Asks the judge. `reserved` stands for yes; nothing is written. `looked_back` is how far its
    /// worlds were behind.
    template <class Judge>
    [[nodiscard]] reserve_answer judge(const noted& first_look, const instant& now, duration margin,
                                       const claim& asked, Judge& judge,
                                       duration& looked_back) const {
        reserve_answer answer;
        if (has_forgotten_since(first_look.version, asked)) {
            answer.what = reserving::look_again;
            answer.why = ledger_texts::look_again;
            return answer;
        }
        const ledger_view view(document, asked, first_look.version, now, margin);
        answer.what = judge(view) ? reserving::reserved : reserving::refused;
        if (answer.what == reserving::reserved && view.reached_behind()) {
            answer.what = reserving::look_again;
            answer.why = ledger_texts::reached_behind;
            answer.world_is_behind = true;
        }
        looked_back = view.looked_back();
        return answer;
    }

    /// The same for any first look and claim, of which some cannot be. `newest`: the last change.
    template <class Judge>
    [[nodiscard]] reserve_answer decide(const noted& first_look, std::uint64_t newest,
                                        const instant& now, duration margin, const claim& asked,
                                        Judge& judge, duration& looked_back) {
        reserve_answer answer;
        answer.why = first_look.why;
        if (!first_look.readable) return answer;
        answer.why = ledger_texts::older;
        if (first_look.version > newest) return answer;
        const instant moment = caught_up(now);
        date(moment);
        answer = this->judge(first_look, moment, margin, asked, judge, looked_back);
        if (answer.what != reserving::reserved) return answer;
        // After the judge, who has better words for what he refuses.
        answer.why = find_claim_flaw(asked);
        if (!answer.why.empty()) answer.what = reserving::failed;
        return answer;
    }

    /// Puts an admitted claim on the ledger, as open; empty text where that was done.
    [[nodiscard]] store_trouble reserve(const reservation_id& id, std::uint64_t version,
                                        const instant& now, duration margin, duration looked_back,
                                        const claim& asked, const process_identity& process) {
        if (!overrides_fit(asked)) return ledger_texts::long_override;
        if (document.margin < margin) document.margin = margin;
        note_time(now);
        if (document.size() >= ledger_document::most_records) shrink(now);
        if (document.size() >= ledger_document::most_records) return ledger_texts::full;
        if (document.pools.size() + asked.number > ledger_document::most_pools &&
            document.pools.size() + new_pools(asked) > ledger_document::most_pools)
            return ledger_texts::many_pools;
        forget_spent(now);
        if (document.spent.size() + asked.overrides_number > ledger_document::most_spent)
            return ledger_texts::many_overrides;

        const std::uint32_t slot = document.take_slot();
        slot_holder holder{document, slot};
        ledger_record& made = document.record(slot);
        made.id = id;
        made.reserved_version = version;
        made.reserved_at = now;
        made.heads = asked.heads;
        made.process = document.process_of(process);
        assign_cut(made.actor, asked.actor, longest_name);
        assign_cut(made.reason, asked.reason, longest_reason);
        for (std::size_t at = 0; at != asked.number; ++at) {
            const pool_claim& each = asked.pools[at];
            const std::uint32_t number = document.pool_of(each.pool);
            ledger_pool& pool = document.pools[number];
            if (pool.window < each.window) pool.window = each.window;
            if (pool.lookback < looked_back) pool.lookback = rounded_up(looked_back);
            pool.see_size(now, each.size, margin);
            made.parts.push_back({number, each.asked.serving, each.asked.amount, each.asked.heads});
            if (asked.heads == 0) made.heads = larger(made.heads, each.asked.heads);
        }
        for (std::size_t at = 0; at != asked.overrides_number; ++at) {
            const spent_override& each = asked.overrides[at];
            document.spent.push_back({each.rule, each.pool, each.id, each.until});
        }
        document.add_open(slot);
        holder.is_used = true;
        return {};
    }

    enum class settled : unsigned char { done, larger, not_open };

    /// Settles an open record; `larger` where more was removed than reserved.
    settled settle(const reservation_id& id, std::uint64_t version, const instant& now,
                   const settlement& outcome) {
        const std::size_t at = document.find_open(id);
        if (at == document.open().size()) return settled::not_open;
        const std::uint32_t slot = document.open()[at];
        document.make_room_in_log(slot);
        ledger_record& record = document.record(slot);
        const bool is_more =
            outcome.what == settlement::kind::heads && outcome.number > record.heads;
        document.take_open(at);
        if (outcome.what == settlement::kind::heads) take_less_or_more(record, outcome.number);
        finish(slot,
               outcome.what == settlement::kind::unknown ? record_state::unknown
                                                         : record_state::settled,
               version, now);
        forgetting_.run(document, now);
        return is_more ? settled::larger : settled::done;
    }

    /// Why settle() found no open record.
    [[nodiscard]] text_view why_not_open(const reservation_id& id) const noexcept {
        const std::uint32_t slot = document.find(id);
        return slot != ledger_document::nowhere && document.record(slot).resolved_version != 0
                   ? ledger_texts::resolved_meanwhile
                   : ledger_texts::not_open;
    }

    /// A person says how a removal ended of which that is not known. `removed` as for a settlement;
    /// nothing where all of it was.
    [[nodiscard]] store_trouble resolve(const reservation_id& id, std::uint64_t version,
                                        const instant& now, maybe<count> removed, text_view by,
                                        text_view why) {
        const std::uint32_t slot = document.find(id);
        if (slot == ledger_document::nowhere) return ledger_texts::no_such_entry;
        ledger_record& record = document.record(slot);
        if (!record.is_unsettled()) return ledger_texts::not_in_doubt;
        const bool was_open = record.state == record_state::open;
        deferred<std::vector<std::uint32_t>, When> log;
        for (std::size_t at = 0; at != document.log().size(); ++at)
            if (document.log()[at] != slot || removed.has_value() == false || *removed != 0)
                log.push_back(document.log()[at]);
        std::string said_by, said_why;
        assign_cut(said_by, by, longest_name);
        assign_cut(said_why, why, longest_reason);
        document.make_room_in_log(slot);
        // Where there was no memory for that, nothing is changed yet. From here on nothing throws.
        if (was_open) document.take_open(document.find_open(id));
        if (removed) take_less_or_more(record, *removed);
        record.resolved_version = version;
        record.resolved_at = now;
        note_time(now);
        record.resolved_by.swap(said_by);
        record.resolved_why.swap(said_why);
        if (removed && *removed == 0) {
            record.state = record_state::annulled;
            document.set_log(log);
            document.add_annulled(slot);
            if (document.annulled().size() > always_kept) document.drop_annulled();
        } else if (was_open) {
            finish(slot, record_state::resolved, version, now);
        } else {
            record.state = record_state::resolved;
            document.set_log(log);
            document.wait_for_stamp(slot);
        }
        return {};
    }

    /// What has no time yet gets one: see date_all().
    void date(const instant& now) {
        if (!has_undated_ || !now.wall.known()) return;
        date_all(document, now);
        has_undated_ = false;
    }
    /// There may be something without a time: after reading, or noting without a clock.
    void look_for_undated() noexcept { has_undated_ = true; }

    /// Makes room: forgets all that it can, then puts removals together.
    void shrink(const instant& now) {
        forgetting_.sweep(document, now);
        if (document.log().size() > ledger_document::most_records / 4 * 3)
            merging(document).run(document.log().size() / 4 * 3);
    }
    /// Halves the log at least, where it can.
    void halve(const instant& now) {
        const std::size_t before = document.log().size();
        forgetting_.sweep(document, now);
        merging(document).run(before / 2);
    }

private:
    /// Gives the slot back where something threw before it was used.
    struct slot_holder {
        ledger_document& document;
        std::uint32_t slot;
        bool is_used = false;

        ~slot_holder() {
            if (!is_used) document.give_back(slot);
        }
    };

    /// To a power of two seconds, so that it does not change with every look.
    [[nodiscard]] static duration rounded_up(duration length) noexcept {
        duration rounded = duration::seconds(1);
        while (rounded < length) rounded = rounded + rounded;
        return rounded;
    }
    /// How many of its pools are not known yet.
    [[nodiscard]] std::size_t new_pools(const claim& asked) const noexcept {
        std::size_t number = 0;
        for (std::size_t at = 0; at != asked.number; ++at)
            if (document.find_pool(asked.pools[at].pool) == ledger_document::nowhere) ++number;
        return number;
    }
    /// Something is noted at this moment, or without a time, which date() then gives it.
    void note_time(const instant& now) noexcept {
        if (!now.wall.known()) has_undated_ = true;
    }
    /// Late, as clocks may be put back.
    void forget_spent(const instant& now) {
        if (document.spent.size() < ledger_document::most_spent / 2) return;
        for (std::size_t at = document.spent.size(); at != 0;) {
            const time_point until = document.spent[--at].until;
            if (until.known() && now.wall.known() && until + document.margin < now.wall)
                document.spent.erase(document.spent.begin() + static_cast<std::ptrdiff_t>(at));
        }
    }
    /// A clock that was read before others had their turn is behind what they have noted since.
    /// When they noted it, it was as late as they say; so where both are of one boot, whose clock
    /// cannot jump, that counts. Otherwise a removal that they forgot, as old as a rule looks back,
    /// would be missed by who read the clock a moment sooner.
    [[nodiscard]] instant caught_up(const instant& now) const noexcept {
        const auto& log = document.log();
        if (log.size() == 0) return now;
        const instant& newest = document.record(log[log.size() - 1]).settled_at;
        const bool is_behind = newest.boot != 0 && newest.boot == now.boot && newest.wall.known() &&
                               now.since_boot < newest.since_boot;
        return is_behind ? later_of(now, newest) : now;
    }
    void finish(std::uint32_t slot, record_state state, std::uint64_t version, const instant& now) {
        ledger_record& record = document.record(slot);
        record.state = state;
        record.settled_version = version;
        record.settled_at = caught_up(now);
        note_time(now);
        document.add_to_log(slot);
    }

    deferred<forgetting, When> forgetting_;
    bool has_undated_ = false;
};

}  // namespace shearpin::inline v1::detail
