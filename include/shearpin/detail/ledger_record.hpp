// SPDX-License-Identifier: BSL-1.0
// One removal on a ledger, and the process that made it.
#pragma once

#include <shearpin/detail/claims.hpp>

#include <string>
#include <vector>

namespace shearpin::inline v1::detail {

/// A version that is not known yet: of what waits for its document to be stored. It is newer than
/// every other, so whatever has it counts as having happened just now.
inline constexpr std::uint64_t not_stored_yet = ~std::uint64_t{0};
inline constexpr std::uint64_t largest_version = (std::uint64_t{1} << 63) - 1;

inline constexpr std::size_t longest_name = 63;    // of a pool, a rule, an actor
inline constexpr std::size_t longest_reason = 95;  // of a removal or a resolution
inline constexpr std::size_t longest_override_id = 255;

enum class record_state : unsigned char {
    open,      ///< reserved
    unknown,   ///< ended by an exception: perhaps some of it was removed, perhaps all
    settled,   ///< over, and known
    resolved,  ///< a person has said how it ended
    annulled,  ///< a person has said that nothing was removed; counts nowhere
};

/// What a removal takes of one pool.
struct record_part {
    std::uint32_t pool = 0;
    count serving = 0;
    count amount = 0;
    count heads = 0;

    [[nodiscard]] constexpr amounts all() const noexcept { return {serving, amount, heads, 1}; }
    friend constexpr bool operator==(const record_part&, const record_part&) noexcept = default;
};

/// Enough to tell whether a process still lives: pids are used again, start times are not.
struct process_identity {
    std::uint64_t boot = 0;           ///< 0: not known
    std::uint64_t pid_namespace = 0;  ///< a pid means nothing in another one
    std::uint64_t started = 0;        ///< in ticks since the boot
    std::uint64_t pid = 0;
    std::string host;

    friend bool operator==(const process_identity&, const process_identity&) = default;
};

/// Records are used again, so that their strings keep their memory.
struct ledger_record {
    reservation_id id{};
    record_state state = record_state::open;
    std::uint32_t process = 0;  ///< index into the document's processes
    std::uint64_t merged = 1;   ///< for how many removals it stands
    count heads = 0;            ///< of the whole removal
    std::uint64_t reserved_version = 0;
    std::uint64_t settled_version = 0;
    std::uint64_t resolved_version = 0;
    instant reserved_at{};
    instant settled_at{};
    instant resolved_at{};
    std::vector<record_part> parts;
    std::string actor;
    std::string reason;
    std::string resolved_by;
    std::string resolved_why;

    [[nodiscard]] bool is_unsettled() const noexcept {
        return state == record_state::open || state == record_state::unknown;
    }
    [[nodiscard]] bool is_stored() const noexcept {
        return reserved_version != not_stored_yet && settled_version != not_stored_yet &&
               resolved_version != not_stored_yet;
    }
    /// When a document of this version has been stored, which is what it was waiting for.
    void stamp(std::uint64_t version) noexcept {
        for (std::uint64_t* each : {&reserved_version, &settled_version, &resolved_version})
            if (*each == not_stored_yet) *each = version;
    }
    void clear() noexcept {
        id = {};
        state = record_state::open;
        process = 0;
        merged = 1;
        heads = 0;
        reserved_version = settled_version = resolved_version = 0;
        reserved_at = settled_at = resolved_at = {};
        parts.clear();
        for (std::string* each : {&actor, &reason, &resolved_by, &resolved_why}) each->clear();
    }
};

/// So many targets were removed, of which it is not known in which pools they were.
inline void take_less_or_more(ledger_record& record, count number) noexcept {
    const count more = minus(number, record.heads);
    for (record_part& part : record.parts) {
        if (more != 0) {
            for (count* each : {&part.serving, &part.amount, &part.heads})
                *each = smaller(plus(*each, more), largest_count);
            continue;
        }
        if (part.amount == part.heads) {  // each target weighs one
            part.amount = smaller(part.amount, number);
            part.serving = smaller(part.serving, number);
        } else if (number == 0) {
            part.amount = part.serving = 0;
        }
        part.heads = smaller(part.heads, number);
    }
    record.heads = smaller(number, largest_count);
}

/// As much of it as fits, with "..." at the end where it is cut.
template <class = when_used> void assign_cut(std::string& to, text_view from, std::size_t longest) {
    if (from.size() <= longest) {
        to.assign(from.data(), from.size());
        return;
    }
    to.assign(from.data(), longest - 3);
    to += "...";
}

/// Sums that cannot overflow: of fewer than 2^64 counts.
__extension__ typedef unsigned __int128 wide_count;
struct wide_amounts {
    wide_count serving = 0;
    wide_count amount = 0;
    wide_count heads = 0;

    constexpr void add(const amounts& more) noexcept {
        serving += more.serving;
        amount += more.amount;
        heads += more.heads;
    }
    constexpr void take(const amounts& less) noexcept {
        serving -= less.serving;
        amount -= less.amount;
        heads -= less.heads;
    }
    [[nodiscard]] constexpr bool fits() const noexcept {
        return ((serving | amount | heads) >> 64) == 0;
    }
    [[nodiscard]] constexpr amounts clamped() const noexcept {
        return {clamp(serving), clamp(amount), clamp(heads), 1};
    }

private:
    [[nodiscard]] static constexpr count clamp(wide_count sum) noexcept {
        return sum >> 64 == 0 ? static_cast<count>(sum) : ~count{0};
    }
};

}  // namespace shearpin::inline v1::detail
