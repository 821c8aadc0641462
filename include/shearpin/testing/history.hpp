// SPDX-License-Identifier: BSL-1.0
// A journal, read back.
#pragma once

#include <cstdint>
#include <istream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace shearpin::inline v1::testing {

/// What never came.
inline constexpr std::uint64_t never = ~std::uint64_t{0};

/// A call of a store.
struct operation {
    /// What a store answered.
    enum class outcome : unsigned char {
        none,      ///< nothing: the process ended before the answer
        done,      ///< a load gave the document; a store replaced it
        conflict,  ///< the version was another one, and nothing was replaced
        unknown,   ///< it may have been replaced, or may still be
        failed     ///< there was no document to load, or nothing was replaced
    };
    bool is_store = false;         ///< of the document; else it is a load
    outcome what = outcome::none;  ///< none: the process ended before the answer
    std::uint64_t begin = 0;       ///< when it was called, in nanoseconds of CLOCK_MONOTONIC
    std::uint64_t end = never;     ///< when it answered
    std::uint64_t expected = 0;    ///< of a store: the version that it was to replace
    std::uint64_t version = 0;     ///< the one that the answer tells
    std::uint64_t content = 0;     ///< the hash of the document
};

/// A removal that a ledger was asked for.
struct asked_removal {
    std::string id;             ///< empty where it was not admitted, or where that is not known
    std::uint64_t amount = 0;   ///< how much was asked for
    std::uint64_t begin = 0;    ///< when it was asked for, in nanoseconds of CLOCK_MONOTONIC
    std::uint64_t end = never;  ///< when it was admitted or refused
    std::uint64_t settle_begin = never;   ///< when somebody began to settle it
    std::uint64_t settle_end = never;     ///< when it was settled
    std::uint64_t resolve_begin = never;  ///< when a person first tried to resolve it
};

/// A ledger's entries at some moment.
struct audit {
    std::uint64_t begin = 0;    ///< when the ledger was asked, in nanoseconds of CLOCK_MONOTONIC
    std::uint64_t end = never;  ///< never: it was not listed to the end
    std::map<std::string, std::uint64_t> amounts;  ///< how much each entry counted for, by its id
};

/// What was asked of a store and answered, by whom and when, as the journals of a test tell it.
struct history {
    std::vector<operation> operations;    ///< in the order of the lines that began them
    std::vector<asked_removal> removals;  ///< in the order of the lines that asked for them
    std::vector<audit> audits;            ///< in the order of their numbers

    /// Adds the lines of a journal. The last line may be cut off; anything else that is not a
    /// journal's line throws.
    void read(std::istream& from);

private:
    using key = std::pair<std::uint64_t, std::uint64_t>;

    void read_call(char kind, std::istream& words) {
        key which;
        std::uint64_t time = 0;
        std::string word;
        words >> which.first >> which.second >> time >> word;
        if (kind == '>') {
            operation begun;
            begun.is_store = word == "store";
            begun.begin = time;
            words >> begun.expected >> begun.content;
            calls_[which] = operations.size();
            operations.push_back(begun);
            return;
        }
        operation& ended = operations.at(calls_.at(which));
        ended.end = time;
        ended.what = word == "done"       ? operation::outcome::done
                     : word == "conflict" ? operation::outcome::conflict
                     : word == "unknown"  ? operation::outcome::unknown
                                          : operation::outcome::failed;
        words >> ended.version >> ended.content;
    }

    void read_removal(char kind, std::istream& words) {
        key which;
        std::uint64_t time = 0;
        words >> which.first >> which.second >> time;
        if (kind == '?') {
            asked_removal asked;
            asked.begin = time;
            words >> asked.amount;
            asked_[which] = removals.size();
            removals.push_back(asked);
            return;
        }
        asked_removal& known = removals.at(asked_.at(which));
        if (kind == '+' || kind == '-') known.end = time;
        if (kind == '+') {
            words >> known.id;
            by_id_[known.id] = asked_.at(which);
        }
        if (kind == 's') known.settle_begin = time;
        if (kind == 'S') known.settle_end = time;
    }

    void read_resolution(std::istream& words) {
        std::string id;
        std::uint64_t time = 0;
        words >> id >> time;
        resolved_.emplace(id, time);  // the first that was tried
    }

    void read_audit(char kind, std::istream& words) {
        std::uint64_t number = 0;
        words >> number;
        audit& one = audits_[number];
        if (kind == 'e') {
            std::string id;
            words >> id >> one.amounts[id];
        } else {
            words >> (kind == 'a' ? one.begin : one.end);
        }
    }

    std::map<key, std::size_t> calls_;
    std::map<key, std::size_t> asked_;
    std::map<std::string, std::size_t> by_id_;
    std::map<std::string, std::uint64_t> resolved_;
    std::map<std::uint64_t, audit> audits_;
};

inline void history::read(std::istream& from) {
    std::string line;
    while (std::getline(from, line)) {
        if (from.eof()) break;  // cut off: the line's end is missing
        std::istringstream words(line);
        char kind = 0;
        words >> kind;
        try {
            if (kind == '>' || kind == '<')
                read_call(kind, words);
            else if (kind == 'r')
                read_resolution(words);
            else if (kind == 'a' || kind == 'e' || kind == 'A')
                read_audit(kind, words);
            else if (kind == '?' || kind == '+' || kind == '-' || kind == 's' || kind == 'S')
                read_removal(kind, words);
            else
                words.setstate(std::ios::failbit);
        } catch (const std::out_of_range&) {
            words.setstate(std::ios::failbit);  // ends what never began
        }
        if (!words) throw std::runtime_error("not a line of a history: " + line);
    }
    for (const auto& [id, time] : resolved_)
        if (const auto at = by_id_.find(id); at != by_id_.end())
            removals[at->second].resolve_begin = time;
    audits.clear();
    for (const auto& [number, one] : audits_) audits.push_back(one);
}

}  // namespace shearpin::inline v1::testing
