// SPDX-License-Identifier: BSL-1.0
// A ledger as people see it: its entries, and how the doubtful ones are resolved.
#pragma once

#include <shearpin/facts.hpp>
#include <shearpin/store.hpp>
#include <shearpin/time.hpp>

#include <string>
#include <vector>

namespace shearpin::inline v1 {

/// How a removal on a ledger stands.
enum class entry_state : unsigned char {
    open,      ///< reserved, and not settled: under way, or its process was killed
    unknown,   ///< ended by an exception: perhaps some of it was removed, perhaps all
    settled,   ///< over; `pools` says how much
    resolved,  ///< a person has said how it ended
};

/// As far as the machine that asks can tell; of another machine's processes it cannot.
enum class process_life : unsigned char {
    lives,     ///< of what it holds open, nobody can say that less was removed
    ended,     ///< so what it left open waits for a person
    not_known  ///< it runs elsewhere, or too little is known of it: a person has to find out
};

/// A removal on a ledger.
struct ledger_entry {
    /// How much it took of one pool.
    struct share {
        std::string pool;   ///< its name on the ledger
        amounts removed{};  ///< while it is open or unknown, what was reserved
    };

    std::string id;                         ///< 32 hexadecimal digits
    entry_state state = entry_state::open;  ///< whether it is over, and who says so
    std::vector<share> pools;               ///< what it took, pool by pool
    count targets = 0;   ///< of the whole removal; while it is open or unknown, those reserved
    std::string actor;   ///< whose removal it is; empty where nobody said
    std::string reason;  ///< what for; empty where nobody said
    time_point reserved_at{};  ///< before it began; unknown where there was no clock
    time_point settled_at{};   ///< unknown where it never was, or there was no clock
    std::string process;       ///< "1234@db7/0123456789abcdef": pid, host, boot
    process_life life = process_life::not_known;  ///< whether that process still runs
    /// How many removals this one stands for: a ledger that was full has put some together. Then
    /// `settled_at` is that of the last one, and `id` its id.
    count removals = 1;

    /// That of the ledger when it was settled or resolved, whichever was later: of two entries the
    /// one that was over later has the higher. 0 while it is open.
    std::uint64_t version = 0;

    time_point resolved_at{};  ///< of one that is resolved; else unknown
    std::string resolved_by;   ///< who said how it ended
    std::string resolved_why;  ///< and how that was known
};

/// What a ledger answers when it is asked for its entries.
struct ledger_listing {
    bool readable = false;  ///< false: `why` says why, and there may be any entries
    store_trouble why;      ///< why the ledger cannot be read; empty where it can
    /// First those that are open, then the others in the order in which they were settled.
    std::vector<ledger_entry> entries;
};

/// How a removal ended, as found out by a person.
class resolution {
public:
    /// The three answers to how a removal ended.
    enum class kind : unsigned char {
        nothing_removed,     ///< and it counts no more
        everything_removed,  ///< all that was reserved counts
        some_removed         ///< `number()` targets
    };

    /// So many targets.
    [[nodiscard]] static constexpr resolution removed(count number) noexcept {
        return resolution(kind::some_removed, number);
    }
    static const resolution nothing_removed;  ///< it never began, or failed before the first target
    static const resolution everything_removed;  ///< all that was reserved

    /// Which of the three it is.
    [[nodiscard]] constexpr kind what() const noexcept { return what_; }
    /// How many targets, where it is some of them; else 0.
    [[nodiscard]] constexpr count number() const noexcept { return number_; }

private:
    constexpr resolution(kind which, count number) noexcept : what_(which), number_(number) {}

    kind what_;
    count number_;
};
inline constexpr resolution resolution::nothing_removed{resolution::kind::nothing_removed, 0};
inline constexpr resolution resolution::everything_removed{resolution::kind::everything_removed, 0};

}  // namespace shearpin::inline v1
