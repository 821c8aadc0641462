// SPDX-License-Identifier: BSL-1.0
// What a hosts file says, read once more: from its characters, and with nothing of what the example
// reads it with, so that the two agree only where both are right. Slow and plain; it need not say
// what is wrong with a text, only that it is no inventory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace fuzz {

/// A row of the table, and where it stands in the text.
struct row_again {
    std::size_t line = 1, begin = 0, end = 0;
    std::vector<std::string> fields;
};

struct host_again {
    std::string name, state;  ///< the state is "in", "out" or "removed"
    bool is_protected = false;
    std::vector<std::string> pools;
    std::vector<std::uint64_t> weights;
    std::vector<std::size_t> rows;
};

struct pool_again {
    std::string dc, cluster, service;
    std::vector<std::size_t> hosts;
    std::uint64_t listed = 0, serving = 0;
};

struct inventory_again {
    std::vector<row_again> rows;
    std::vector<host_again> hosts;
    std::map<std::string, pool_again> pools;
    std::string environment;
    bool by_service = false;
};

/// The text as rows, the header first; nothing where it is no such table.
inline std::optional<std::vector<row_again>> rows_again(const std::string& text) {
    if (text.empty() || text.back() != '\n') return {};
    for (const char letter : text)
        if ((letter >= 0 && letter < ' ' &&
             std::string("\n\r\t").find(letter) == std::string::npos) ||
            letter == '\x7f')
            return {};
    const auto after = [&](const char* those, std::size_t from) {
        const std::size_t found = text.find_first_not_of(those, from);
        return found == std::string::npos ? text.size() : found;
    };
    std::vector<row_again> rows;
    std::size_t line_begin = text.compare(0, 3, "\xef\xbb\xbf") == 0 ? 3 : 0;
    for (;;) {
        std::size_t at = after(" \t\r\n", line_begin);
        if (at == text.size()) break;
        row_again row;
        row.begin = text.rfind('\n', at) == std::string::npos ? 0 : text.rfind('\n', at) + 1;
        if (row.begin < line_begin) row.begin = line_begin;
        for (std::size_t each = 0; each != row.begin; ++each) row.line += text[each] == '\n';
        for (bool more = true; more; ++at) {
            at = after(" \t", at);
            std::string field;
            if (text[at] == '"') {
                for (++at;; ++at) {
                    if (at == text.size()) return {};  // never closed
                    if (text[at] == '"' && text[at + 1] != '"') break;
                    if (text[at] == '"') ++at;
                    field += text[at];
                }
                at = after(" \t", at + 1);
                if (std::string(",\r\n").find(text[at]) == std::string::npos) return {};
            } else {
                const std::size_t end = text.find_first_of(",\r\n", at);
                field = text.substr(at, end - at);
                field.erase(field.find_last_not_of(" \t") + 1);
                if (field.find('"') != std::string::npos) return {};
                at = end;
            }
            row.fields.push_back(field);
            more = text[at] == ',';
        }
        const std::size_t line_end = text.find('\n', at - 1);
        if (after(" \t\r", at - 1) != line_end) return {};  // another row in the same line
        row.end = line_begin = line_end + 1;
        rows.push_back(row);
    }
    if (rows.empty()) return {};
    for (const row_again& each : rows)
        if (each.fields.size() != rows[0].fields.size()) return {};
    for (const std::string& one : rows[0].fields) {
        int times = 0;
        for (const std::string& other : rows[0].fields) times += one == other;
        if (times != 1) return {};
    }
    return rows;
}

/// Nothing where the text is no inventory.
inline std::optional<inventory_again> inventory_once_more(const std::string& text) {
    const auto table = rows_again(text);
    if (!table || table->size() < 2) return {};
    inventory_again made;
    made.rows.assign(table->begin() + 1, table->end());
    std::map<std::string, bool> has;
    for (const std::string& name : (*table)[0].fields) has[name] = true;
    if (!has["host"]) return {};
    made.by_service = !has["pool"];
    if (made.by_service && !(has["dc"] && has["cluster"] && has["service"])) return {};

    std::map<std::string, std::size_t> number_of;  // of each host
    for (std::size_t number = 0; number != made.rows.size(); ++number) {
        std::map<std::string, std::string> says;  // what a column says that is not there is empty
        for (std::size_t at = 0; at != (*table)[0].fields.size(); ++at)
            says[(*table)[0].fields[at]] = made.rows[number].fields[at];

        pool_again pool;
        std::string pool_name = says["pool"];
        if (made.by_service) {
            pool.dc = says["dc"], pool.cluster = says["cluster"], pool.service = says["service"];
            for (const std::string& part : {pool.dc, pool.cluster, pool.service})
                if (part.empty() || part.find('/') != std::string::npos) return {};
            pool_name = pool.dc;
            pool_name.append("/").append(pool.cluster).append("/").append(pool.service);
        }
        if (pool_name.empty() || says["host"].empty()) return {};

        if (has["environment"]) {
            if (number == 0) made.environment = says["environment"];
            if (says["environment"].empty() || says["environment"] != made.environment) return {};
        }
        const std::string state = says["state"].empty() ? "in" : says["state"];
        if (state != "in" && state != "out" && state != "removed") return {};
        const std::string word = says["protected"];
        const bool is_protected = word == "yes" || word == "true";
        if (!is_protected && word != "no" && word != "false" && !word.empty()) return {};
        std::uint64_t weight = has["weight"] ? 0 : 1;
        for (const char digit : says["weight"]) {
            if (digit < '0' || digit > '9') return {};
            weight = weight * 10 + static_cast<std::uint64_t>(digit - '0');
            if (weight > 1'000'000'000) return {};
        }
        if (weight == 0) return {};

        if (number_of.count(says["host"]) == 0) {
            number_of[says["host"]] = made.hosts.size();
            made.hosts.push_back({says["host"], state, false, {}, {}, {}});
        }
        host_again& host = made.hosts[number_of[says["host"]]];
        if (host.state != state) return {};
        for (const std::string& earlier : host.pools)
            if (earlier == pool_name) return {};
        host.is_protected |= is_protected;
        host.pools.push_back(pool_name);
        host.weights.push_back(weight);
        host.rows.push_back(number);
        if (made.pools.count(pool_name) == 0) made.pools[pool_name] = pool;
        pool_again& entry = made.pools[pool_name];
        entry.hosts.push_back(number_of[says["host"]]);
        entry.listed += weight;
        if (state == "in") entry.serving += weight;
    }
    return made;
}

}  // namespace fuzz
