// SPDX-License-Identifier: BSL-1.0
// What a ledger remembers of a run: each wave says in the reason of its reservation which run it is
// of and which targets it takes, "run 0123456789abcdef@6924a1b0 11-15: CHG-17".
#pragma once

#include <shearpin/detail/fingerprint.hpp>
#include <shearpin/detail/hex.hpp>
#include <shearpin/detail/ledger_forgetting.hpp>
#include <shearpin/detail/wave_runner.hpp>
#include <shearpin/ledger_entry.hpp>

#include <string>
#include <vector>

namespace shearpin::inline v1::detail {

/// A run's name: what it removes, and the second in which it began, so that the same removal in
/// another week is another run. The policy is not in it: each wave is judged by today's.
struct run_name {
    std::uint64_t what = 0;
    std::uint64_t began = 0;

    [[nodiscard]] std::string text() const {
        std::string all(spell_hex(what));
        all += '@';
        const std::string second(spell_hex(began));
        all += second.substr(began >> 32 == 0 ? 8 : 0);
        return all;
    }
};

inline std::uint64_t run_of(std::uint64_t targets, text_view pool_name) noexcept {
    return fingerprint_maker().add(targets).add(pool_name).value();
}

/// Reads one after the other what a text holds.
class text_reader {
public:
    explicit text_reader(text_view whole) noexcept : left_(whole) {}
    [[nodiscard]] bool skip(text_view word) noexcept {
        if (left_.size() < word.size() || !(text_view(left_.data(), word.size()) == word))
            return false;
        drop(word.size());
        return true;
    }
    [[nodiscard]] bool read(std::uint64_t& number, unsigned base) noexcept {
        std::size_t digits = 0;
        number = 0;
        for (; digits != left_.size() && digits != 20; ++digits) {
            const int digit = value_of_hex(left_.data()[digits]);
            if (digit < 0 || digit >= static_cast<int>(base)) break;
            number = number * base + static_cast<std::uint64_t>(digit);
        }
        drop(digits);
        return digits != 0;
    }
    [[nodiscard]] bool at_end() const noexcept { return left_.empty(); }

private:
    void drop(std::size_t number) noexcept {
        left_ = text_view(left_.data() + number, left_.size() - number);
    }
    text_view left_;
};

inline bool read_run(text_reader& from, run_name& name) noexcept {
    return from.read(name.what, 16) && from.skip("@") && from.read(name.began, 16);
}

/// One wave of a run, as the ledger has it.
struct noted_wave {
    run_name run;
    target_range targets{};
};
inline bool read_wave(text_view reason, noted_wave& wave) noexcept {
    text_reader from(reason);
    if (!from.skip("run ") || !read_run(from, wave.run) || !from.skip(" ") ||
        !from.read(wave.targets.from, 10) || !from.skip("-") || !from.read(wave.targets.to, 10))
        return false;
    if (wave.targets.from == 0 || wave.targets.to < wave.targets.from) return false;
    --wave.targets.from;
    return true;
}
template <class = when_used>
fixed_text<159> wave_reason(const std::string& run, count first, count number, text_view said) {
    fixed_text<159> reason;
    reason.write([&](writer& out) {
        if (!run.empty()) {
            out.put("run ")
                .put(text_view(run))
                .put(" ")
                .put(first + 1)
                .put("-")
                .put(first + number);
            if (!said.empty()) out.put(": ");
        }
        out.put(said);
    });
    return reason;
}

/// What is left of a run.
struct run_remains {
    std::vector<target_range> to_do;
    count done = 0;
    count lacking = 0;   ///< that the removal has left, as it told
    count doubtful = 0;  ///< of which nobody knows
    bool found = false;  ///< enough is known of it
};

template <class = when_used>
std::string doubt_text(const ledger_entry& entry, const target_range& targets) {
    const bool is_open = entry.state == entry_state::open;
    std::string line =
        "targets " + std::to_string(targets.from + 1) + "-" + std::to_string(targets.to) + ": ";
    if (is_open && entry.life == process_life::lives)
        line += "being removed at this moment by process " + entry.process;
    else if (is_open)
        line += "reserved by process " + entry.process +
                (entry.life == process_life::ended
                     ? ", which ended before it was over"
                     : ", of which this machine cannot tell whether it still runs");
    else if (entry.state == entry_state::unknown)
        line += "ended with an exception, so perhaps some are gone";
    else
        line += "a person says that some are gone, and not which";
    line += "; ledger entry " + entry.id;
    if (is_open || entry.state == entry_state::unknown)
        line += ": find out, and resolve it on the ledger";
    else
        line += ": say which, by .is_gone";
    return line;
}

template <class> class basic_run_entries;
using run_entries = basic_run_entries<when_used>;
/// The entries of one run, as far as a ledger still has them.
template <class When> class basic_run_entries {
public:
    basic_run_entries(const std::vector<ledger_entry>& entries, const run_name& run, count number) {
        std::size_t over = 0;  // removals that are over, or may be, and annulled by nobody
        for (const ledger_entry& each : entries)
            if (is_logged(each)) ++over;
        // Of those a ledger keeps the youngest whatever happens; older ones it may have forgotten.
        const bool has_all = over < always_kept;
        for (const ledger_entry& each : entries) {
            const bool is_young = is_logged(each) && over-- <= always_kept;
            noted_wave noted;
            if (!read_wave(each.reason, noted) || noted.run.what != run.what ||
                noted.run.began != run.began || number < noted.targets.to)
                continue;
            ours_.push_back({&each, noted.targets});
            found_ = found_ || is_young || has_all;
            if (reached_ < noted.targets.to) reached_ = noted.targets.to;
        }
    }

    struct wave {
        const ledger_entry* entry;
        target_range targets;
    };
    [[nodiscard]] const std::vector<wave>& all() const noexcept { return ours_; }
    [[nodiscard]] bool found() const noexcept { return found_; }
    [[nodiscard]] count reached() const noexcept { return reached_; }

    /// Whether a target of a wave of which less than all was removed, as a person said, has been
    /// taken up again. What is left is done from the front on, and before all that is behind it.
    /// No wave begins before a person has said how the one before it ended, so that the order in
    /// which they were over tells; clocks would not, that stand still or are not known.
    [[nodiscard]] bool was_taken_up(const wave& before, count place) const noexcept {
        for (const wave& each : ours_)
            if (place < each.targets.to && (each.entry->state == entry_state::open ||
                                            before.entry->version < each.entry->version))
                return true;
        return false;
    }

    [[nodiscard]] static bool is_unsettled(const ledger_entry& entry) noexcept {
        return entry.state == entry_state::open || entry.state == entry_state::unknown;
    }

private:
    [[nodiscard]] static bool is_logged(const ledger_entry& entry) noexcept {
        return entry.state != entry_state::open &&
               (entry.state != entry_state::resolved || entry.targets != 0);
    }

    deferred<std::vector<wave>, When> ours_;
    count reached_ = 0;
    bool found_ = false;
};

/// What is left of a run of so many targets. Waves go one after the other, and none begins before
/// it is known how the one before it ended: what stands before the last one is done, but for what a
/// person has said of it. `is_gone(place)` is asked of targets of which only some are gone.
template <class IsGone>
run_remains find_remains(const run_entries& entries, count number, bool may_ask, IsGone is_gone,
                         run_state& told) {
    run_remains left;
    left.found = entries.found();
    left.done = entries.reached();
    for (const run_entries::wave& each : entries.all()) {
        const ledger_entry& entry = *each.entry;
        const count size = each.targets.to - each.targets.from;
        if (run_entries::is_unsettled(entry)) {
            left.done -= size;
            left.doubtful += size;
            told.doubt(doubt_text(entry, each.targets));
        } else if (entry.state == entry_state::settled) {
            left.lacking += minus(size, entry.targets);
            left.done -= minus(size, entry.targets);
        } else if (entry.targets < size) {
            count unknown = 0;
            for (count place = each.targets.from; place != each.targets.to; ++place) {
                if (entries.was_taken_up(each, place)) continue;
                if (entry.targets == 0 || (may_ask && !is_gone(place))) {
                    --left.done;
                    left.to_do.push_back({place, place + 1});
                } else if (!may_ask) {
                    ++unknown;
                }
            }
            if (unknown == 0) continue;
            left.done -= unknown;
            left.doubtful += unknown;
            told.doubt(doubt_text(entry, each.targets));
        }
    }
    sort(left.to_do.data(), left.to_do.size(),
         [](const target_range& one, const target_range& other) { return one.from < other.from; });
    std::vector<target_range> joined;
    if (entries.reached() != number) left.to_do.push_back({entries.reached(), number});
    for (const target_range& each : left.to_do)
        if (!joined.empty() && each.from <= joined.back().to)
            joined.back().to = larger(joined.back().to, each.to);
        else
            joined.push_back(each);
    left.to_do = joined;
    return left;
}

}  // namespace shearpin::inline v1::detail
