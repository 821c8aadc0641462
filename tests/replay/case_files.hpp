// SPDX-License-Identifier: BSL-1.0
// The two files of cases: rows as they stand there, and the numbers in them, read strictly.
#pragma once

#include <shearpin/shearpin.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace replay {

using shearpin::count;

/// The folder, a file or a row is not what it must be. The message says where: "file.csv:7: ...".
[[noreturn]] void bad_case(const std::string& where, const std::string& what);

/// What a guard says: allow, deny, or how much. As texts in the file: "allow", "deny", "4".
struct outcome {
    enum class kind : unsigned char { denies, allows, number };
    kind what = kind::denies;
    count number = 0;

    static outcome of(count how_much) { return {kind::number, how_much}; }
    static outcome admitted(bool yes) { return {yes ? kind::allows : kind::denies, 0}; }
    friend bool operator==(const outcome&, const outcome&) = default;
};
std::string spell(const outcome& which);

/// A row of peer_cases.csv: what a test of another tool asks, and what that tool answers.
struct peer_row {
    std::string where;  ///< "peer_cases.csv:12"
    std::string test;
    std::string rule;
    std::string total, available, requested;
    std::string parameter;
    outcome expected;

    /// A number of the row; bad_case where there is none.
    [[nodiscard]] count number(std::string_view text) const;
    [[nodiscard]] shearpin::pool pool() const { return {number(total), number(available)}; }
    /// "a=1;b=2" as a map. A word that is not among the known is a bad case, since what nobody
    /// reads could be what the row is about.
    [[nodiscard]] std::map<std::string, std::string> words(
        const std::vector<std::string_view>& known) const;
};

/// A row of incident_cases.csv: an incident's published numbers, the guards that must refuse it,
/// and those that would have let it pass.
struct incident_row {
    std::string where;
    std::string id;
    std::string total, intended, actual, window;
    std::vector<std::string> must_refuse;
    std::vector<std::string> must_pass;

    /// The number that a field begins with: "7 left out" is 7. bad_case where there is none.
    [[nodiscard]] count number(std::string_view text) const;
    /// With numbers in place of what is not published: how much there was, and how much was removed
    /// where that is "all". A guard that needs no such number says the same of each of them.
    [[nodiscard]] std::vector<incident_row> possible() const;
};

/// The number that a text begins with, as a word of its own; nothing where there is none.
std::optional<count> leading_number(std::string_view text);

/// How many rows a file must have; 0: at least one.
std::vector<peer_row> read_peers(const std::string& folder, std::size_t how_many);
std::vector<incident_row> read_incidents(const std::string& folder, std::size_t how_many);

}  // namespace replay
