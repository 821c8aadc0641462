// SPDX-License-Identifier: BSL-1.0
#include "case_files.hpp"

#include <algorithm>
#include <csv_table.hpp>
#include <failure.hpp>
#include <fstream>
#include <iterator>
#include <numbers.hpp>
#include <set>

namespace replay {

namespace {

fleet::csv_table read_table(const std::string& folder, const std::string& name,
                            std::size_t how_many) {
    const std::string path = folder + "/" + name;
    std::ifstream file(path, std::ios::binary);
    if (!file) bad_case(path, "cannot be opened; give the folder that holds " + name);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (file.bad()) bad_case(path, "cannot be read");
    fleet::csv_table table = fleet::csv_table::parse(name, std::move(text));
    const std::size_t there = table.rows().size();
    if (there == 0) bad_case(name, "has no rows; is it cut off?");
    if (how_many != 0 && there != how_many)
        bad_case(name, "has " + std::to_string(there) + " rows, and " + std::to_string(how_many) +
                           " were said to be there; is it cut off?");
    return table;
}

std::string trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(' ');
    if (first == std::string_view::npos) return {};
    return std::string(text.substr(first, text.find_last_not_of(' ') - first + 1));
}

std::vector<std::string> parts(std::string_view text) {
    std::vector<std::string> found;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(';'), text.size());
        if (std::string part = trimmed(text.substr(0, end)); !part.empty())
            found.push_back(std::move(part));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return found;
}

count read_number(const std::string& where, std::string_view text) {
    if (const auto number = fleet::read_count(text)) return *number;
    bad_case(where, "\"" + std::string(text) + "\" is no number");
}

}  // namespace

void bad_case(const std::string& where, const std::string& what) {
    fleet::bad_input(where + ": " + what);
}

std::string spell(const outcome& which) {
    if (which.what == outcome::kind::number) return std::to_string(which.number);
    return which.what == outcome::kind::allows ? "allow" : "deny";
}

count peer_row::number(std::string_view text) const { return read_number(where, text); }
std::optional<count> leading_number(std::string_view text) {
    return fleet::read_count(text.substr(0, text.find(' ')));
}
count incident_row::number(std::string_view text) const {
    return read_number(where, text.substr(0, text.find(' ')));
}
std::vector<incident_row> incident_row::possible() const {
    const std::optional<count> removed = leading_number(actual);
    if (leading_number(total) && removed) return {*this};
    std::vector<incident_row> all;
    const auto add = [&](count there, count gone) {
        all.push_back(*this);
        all.back().total = std::to_string(there);
        all.back().actual = std::to_string(gone);
    };
    if (removed && !leading_number(total)) {
        for (const count there : {*removed, 2 * *removed + 1, shearpin::largest_count})
            add(there, *removed);
    } else if (actual == "all") {
        for (const count there : {1U, 2U, 3U, 100U, 9999U}) add(there, there);
    } else {
        bad_case(where,
                 "what is removed is not published; say in a guard's place why it is not judged");
    }
    return all;
}

std::map<std::string, std::string> peer_row::words(
    const std::vector<std::string_view>& known) const {
    std::map<std::string, std::string> found;
    for (const std::string& part : parts(parameter)) {
        const std::size_t equals = part.find('=');
        const std::string word = part.substr(0, equals);
        if (equals == std::string::npos ||
            std::find(known.begin(), known.end(), word) == known.end())
            bad_case(where, "\"" + part + "\" means nothing to the rule " + rule);
        if (!found.emplace(word, part.substr(equals + 1)).second)
            bad_case(where, "\"" + word + "\" is said twice");
    }
    return found;
}

std::vector<peer_row> read_peers(const std::string& folder, std::size_t how_many) {
    const fleet::csv_table table = read_table(folder, "peer_cases.csv", how_many);
    const std::size_t test = table.need("test_name");
    const std::size_t rule = table.need("rule");
    const std::size_t total = table.need("total");
    const std::size_t available = table.need("currently_available");
    const std::size_t requested = table.need("requested_removal");
    const std::size_t parameter = table.need("parameter");
    const std::size_t expected = table.need("expected");
    std::vector<peer_row> rows;
    for (const fleet::csv_row& each : table.rows()) {
        const auto& fields = each.fields;
        peer_row row{.where = table.name() + ":" + std::to_string(each.line),
                     .test = fields[test],
                     .rule = fields[rule],
                     .total = fields[total],
                     .available = fields[available],
                     .requested = fields[requested],
                     .parameter = fields[parameter],
                     .expected = {}};
        const std::string& answer = fields[expected];
        if (answer == "allow" || answer == "deny")
            row.expected = outcome::admitted(answer == "allow");
        else
            row.expected = outcome::of(row.number(answer));
        rows.push_back(std::move(row));
    }
    return rows;
}

std::vector<incident_row> read_incidents(const std::string& folder, std::size_t how_many) {
    const fleet::csv_table table = read_table(folder, "incident_cases.csv", how_many);
    const std::size_t id = table.need("id");
    const std::size_t total = table.need("total");
    const std::size_t intended = table.need("intended");
    const std::size_t actual = table.need("actual");
    const std::size_t window = table.need("window_seconds");
    const std::size_t refuse = table.need("expect_refuse");
    const std::size_t pass = table.need("expect_pass");
    std::vector<incident_row> rows;
    std::set<std::string> seen;
    for (const fleet::csv_row& each : table.rows()) {
        const auto& fields = each.fields;
        rows.push_back({.where = table.name() + ":" + std::to_string(each.line),
                        .id = fields[id],
                        .total = fields[total],
                        .intended = fields[intended],
                        .actual = fields[actual],
                        .window = fields[window],
                        .must_refuse = parts(fields[refuse]),
                        .must_pass = parts(fields[pass])});
        if (!seen.insert(fields[id]).second)
            bad_case(rows.back().where, fields[id] + " is there twice");
    }
    return rows;
}

}  // namespace replay
