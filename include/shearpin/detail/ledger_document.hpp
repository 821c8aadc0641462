// SPDX-License-Identifier: BSL-1.0
// A ledger's document in memory: all records, and of each pool what its rules ask for.
#pragma once

#include <shearpin/detail/fnv1a.hpp>
#include <shearpin/detail/ledger_pool.hpp>
#include <shearpin/detail/ledger_record.hpp>

#include <cstring>

namespace shearpin::inline v1::detail {

/// An override that was used, for as long as it could be used again.
struct spent_note {
    std::string rule;
    std::string pool;
    std::string id;
    time_point until{};
};

template <class> class basic_ledger_document;
using ledger_document = basic_ledger_document<when_used>;
template <class When> class basic_ledger_document {
public:
    static constexpr std::size_t most_records = 16384;
    static constexpr std::size_t most_pools = 4096;
    static constexpr std::size_t most_spent = 1024;
    static constexpr std::uint32_t nowhere = ~std::uint32_t{0};

    std::uint64_t version = 0;  ///< of the last change that is known to be stored
    duration margin{};          ///< the largest of all users
    deferred<std::vector<ledger_pool>, When> pools;
    deferred<std::vector<process_identity>, When> processes;
    deferred<std::vector<spent_note>, When> spent;

    [[nodiscard]] const ledger_record& record(std::uint32_t slot) const noexcept {
        return slots_[slot];
    }
    [[nodiscard]] ledger_record& record(std::uint32_t slot) noexcept { return slots_[slot]; }
    /// What is reserved and not settled.
    [[nodiscard]] const std::vector<std::uint32_t>& open() const noexcept { return open_; }
    /// What is settled, unknown or resolved, in the order of the settled versions.
    [[nodiscard]] const sliding<std::uint32_t>& log() const noexcept { return log_; }
    /// Those of the log that are resolved.
    [[nodiscard]] const std::vector<std::uint32_t>& resolved() const noexcept { return resolved_; }
    [[nodiscard]] const std::vector<std::uint32_t>& annulled() const noexcept { return annulled_; }
    [[nodiscard]] std::size_t size() const noexcept {
        return open_.size() + log_.size() + annulled_.size();
    }

    [[nodiscard]] std::uint32_t find_pool(text_view name) const noexcept {
        // Most look for the same one several times in a row.
        if (last_pool_ < pools.size() && is_pool(last_pool_, name)) return last_pool_;
        if (pool_index_.empty()) return nowhere;
        for (std::size_t at = hash(name);; ++at) {
            const std::uint32_t found = pool_index_[at & (pool_index_.size() - 1)];
            if (found == nowhere) return nowhere;
            if (is_pool(found, name)) return last_pool_ = found;
        }
    }
    /// The pool of this name, which is there from now on.
    std::uint32_t pool_of(text_view name) {
        const std::uint32_t found = find_pool(name);
        if (found != nowhere) return found;
        ledger_pool made;
        made.name.assign(name.data(), name.size());
        detail::make_room(pools);
        if (pool_index_.size() < 2 * (pools.size() + 1)) grow_pool_index();
        pools.push_back(static_cast<ledger_pool&&>(made));
        insert_pool(static_cast<std::uint32_t>(pools.size() - 1));
        return static_cast<std::uint32_t>(pools.size() - 1);
    }
    std::uint32_t process_of(const process_identity& process) {
        // The last one is the likeliest: most ledgers have one user at a time.
        for (std::size_t at = processes.size(); at != 0;)
            if (processes[--at] == process) return static_cast<std::uint32_t>(at);
        processes.push_back(process);
        return static_cast<std::uint32_t>(processes.size() - 1);
    }
    [[nodiscard]] bool is_spent(text_view rule, text_view pool, text_view id) const noexcept {
        for (const spent_note& each : spent)
            if (text_view(each.id) == id && text_view(each.rule) == rule &&
                text_view(each.pool) == pool)
                return true;
        return false;
    }

    /// Where an open record is, as a position in open().
    [[nodiscard]] std::size_t find_open(const reservation_id& id) const noexcept {
        for (std::size_t at = open_.size(); at != 0;)
            if (slots_[open_[--at]].id == id) return at;
        return open_.size();
    }
    /// Any record, by a search through all.
    [[nodiscard]] std::uint32_t find(const reservation_id& id) const noexcept {
        const std::size_t at = find_open(id);
        if (at != open_.size()) return open_[at];
        for (std::size_t from_end = log_.size(); from_end != 0;)
            if (slots_[log_[--from_end]].id == id) return log_[from_end];
        for (const std::uint32_t slot : annulled_)
            if (slots_[slot].id == id) return slot;
        return nowhere;
    }

    /// A record to be filled in, then added by one of the functions below.
    [[nodiscard]] std::uint32_t take_slot() {
        if (free_.empty()) {
            detail::make_room(slots_);
            free_.reserve(slots_.capacity());  // so that to give a slot back never throws
            slots_.emplace_back();
            return static_cast<std::uint32_t>(slots_.size() - 1);
        }
        const std::uint32_t slot = free_.back();
        free_.pop_back();
        slots_[slot].clear();
        return slot;
    }
    void give_back(std::uint32_t slot) noexcept { free_.push_back(slot); }

    void wait_for_stamp(std::uint32_t slot) {
        if (!slots_[slot].is_stored()) pending_.push_back(slot);
    }
    void add_open(std::uint32_t slot) {
        detail::make_room(pending_);
        open_.push_back(slot);
        for (const record_part& part : slots_[slot].parts) pools[part.pool].open.add(part.all());
        wait_for_stamp(slot);
    }
    void take_open(std::size_t at) noexcept {
        for (const record_part& part : slots_[open_[at]].parts)
            pools[part.pool].open.take(part.all());
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(at));
    }
    /// After this, add_to_log() does not throw, nor do set_log() and add_annulled().
    void make_room_in_log(std::uint32_t slot) {
        log_.make_room();
        detail::make_room(annulled_);
        detail::make_room(resolved_);
        detail::make_room(pending_);
        for (const record_part& part : slots_[slot].parts) pools[part.pool].settled.make_room();
    }
    /// At the end: its settled version must not be older than that of any other.
    void add_to_log(std::uint32_t slot) {
        log_.push_back(slot);
        index(slot);
        wait_for_stamp(slot);
    }
    void add_annulled(std::uint32_t slot) {
        annulled_.push_back(slot);
        wait_for_stamp(slot);
    }
    void drop_annulled() noexcept {
        give_back(annulled_.front());
        annulled_.erase(annulled_.begin());
    }

    /// Takes the oldest of the log out, without a trace. It must be settled.
    void pop_log() noexcept {
        const std::uint32_t slot = log_[0];
        for (const record_part& part : slots_[slot].parts) pools[part.pool].settled.pop_front();
        if (slots_[slot].state == record_state::resolved)
            resolved_.erase(resolved_.begin());  // in the order of the log
        log_.pop_front();
        give_back(slot);
    }
    /// Replaces the log by these of it, in the same order, after records were changed.
    void set_log(const std::vector<std::uint32_t>& kept) {
        log_.clear();
        resolved_.clear();
        for (ledger_pool& each : pools) {
            each.settled.clear();
            each.unresolved = {};
        }
        for (const std::uint32_t slot : kept) {
            log_.push_back(slot);
            index(slot);
        }
    }

    /// All that waited for a document to be stored has now this version.
    void stamp(std::uint64_t stored_version) noexcept {
        for (const std::uint32_t slot : pending_) {
            slots_[slot].stamp(stored_version);
            for (const record_part& part : slots_[slot].parts)
                pools[part.pool].settled.stamp(stored_version);
        }
        pending_.clear();
    }

private:
    void index(std::uint32_t slot) {
        const ledger_record& made = slots_[slot];
        for (const record_part& part : made.parts) {
            ledger_pool& pool = pools[part.pool];
            pool.settled.push(made.settled_at, part.all(), made.settled_version,
                              made.state == record_state::settled);
            if (made.state == record_state::unknown) pool.unresolved.add(part.all());
        }
        if (made.state == record_state::resolved) resolved_.push_back(slot);
    }
    [[nodiscard]] bool is_pool(std::uint32_t number, text_view name) const noexcept {
        const std::string& known = pools[number].name;
        return known.size() == name.size() &&
               std::memcmp(known.data(), name.data(), name.size()) == 0;
    }
    void grow_pool_index() {
        std::size_t size = 16;
        while (size < 4 * (pools.size() + 1)) size *= 2;
        pool_index_.assign(size, nowhere);
        for (std::size_t at = 0; at != pools.size(); ++at)
            insert_pool(static_cast<std::uint32_t>(at));
    }
    void insert_pool(std::uint32_t number) noexcept {
        for (std::size_t at = hash(pools[number].name);; ++at) {
            std::uint32_t& place = pool_index_[at & (pool_index_.size() - 1)];
            if (place != nowhere) continue;
            place = number;
            return;
        }
    }
    [[nodiscard]] static std::size_t hash(text_view name) noexcept {
        const std::uint64_t mixed = fnv1a(name);
        return mixed ^ mixed >> 32;
    }

    deferred<std::vector<ledger_record>, When> slots_;
    deferred<std::vector<std::uint32_t>, When> free_;
    deferred<std::vector<std::uint32_t>, When> open_;
    deferred<sliding<std::uint32_t>, When> log_;
    deferred<std::vector<std::uint32_t>, When> resolved_;
    deferred<std::vector<std::uint32_t>, When> annulled_;
    deferred<std::vector<std::uint32_t>, When> pending_;
    mutable std::uint32_t last_pool_ = nowhere;
    deferred<std::vector<std::uint32_t>, When>
        pool_index_;  // open addressing, by the hash of the name
};

}  // namespace shearpin::inline v1::detail
