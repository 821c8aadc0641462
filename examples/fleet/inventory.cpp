// SPDX-License-Identifier: BSL-1.0
#include "inventory.hpp"

#include <algorithm>

#include "failure.hpp"
#include "numbers.hpp"

namespace fleet {

namespace {

/// The columns of the hosts file.
struct hosts_columns {
    explicit hosts_columns(const csv_table& table)
        : host(table.need("host")),
          pool(table.find("pool")),
          state(table.find("state")),
          is_protected(table.find("protected")),
          weight(table.find("weight")),
          environment(table.find("environment")) {
        if (pool) return;
        if (!table.find("dc") && !table.find("cluster") && !table.find("service"))
            table.fail(table.header(),
                       "there is neither a column `pool` nor `dc`, `cluster` and "
                       "`service`; " +
                           table.columns());
        dc = table.need("dc");
        cluster = table.need("cluster");
        service = table.need("service");
    }

    std::size_t host;
    std::optional<std::size_t> pool, state, is_protected, weight, environment;
    std::size_t dc = 0, cluster = 0, service = 0;
};

std::string needed(const csv_table& table, const csv_row& row, std::size_t column) {
    if (row.fields[column].empty())
        table.fail(row, "the column `" + table.header().fields[column] + "` is empty");
    return row.fields[column];
}

/// A pool's name is what its parts say, so no part may hold what stands between them.
std::string needed_part(const csv_table& table, const csv_row& row, std::size_t column) {
    std::string part = needed(table, row, column);
    if (part.find('/') != std::string::npos)
        table.fail(row, "`" + part + "`: no `/` may be in the column `" +
                            table.header().fields[column] + "`");
    return part;
}

host_state read_state(const csv_table& table, const csv_row& row, std::size_t column) {
    const std::string& text = row.fields[column];
    if (text.empty() || text == "in") return host_state::in;
    if (text == "out") return host_state::out;
    if (text == "removed") return host_state::removed;
    table.fail(row, "the state `" + text + "` is none of `in` (or empty), `out`, `removed`");
}

bool read_protected(const csv_table& table, const csv_row& row, std::size_t column) {
    const std::string& text = row.fields[column];
    if (text.empty() || text == "no" || text == "false") return false;
    if (text == "yes" || text == "true") return true;
    table.fail(row, "protected: `" + text + "` is neither `yes` nor `no` (or empty)");
}

/// A file is of one environment: what a person says of it is said of all its hosts.
void read_environment(const csv_table& table, const csv_row& row, std::size_t column,
                      std::string& environment) {
    const std::string text = needed(table, row, column);
    if (environment.empty()) environment = text;
    if (environment != text)
        table.fail(row, "the environment `" + text + "` is another than `" + environment +
                            "`, which the lines before say; keep each in a file of its own");
}

shearpin::count read_weight(const csv_table& table, const csv_row& row, std::size_t column) {
    const auto weight = read_count(row.fields[column]);
    if (!weight || *weight == 0 || *weight > 1'000'000'000)
        table.fail(
            row, "the weight `" + row.fields[column] + "` is no whole number from 1 to 1000000000");
    return *weight;
}

}  // namespace

inventory inventory::read(const csv_table& table) {
    const hosts_columns columns(table);
    inventory read;
    read.by_service_ = !columns.pool;
    if (table.rows().empty()) bad_input(table.name() + ": there are no hosts in it, only a header");
    for (std::size_t row_index = 0; row_index != table.rows().size(); ++row_index) {
        const csv_row& row = table.rows()[row_index];
        pool_entry pool;
        if (columns.pool) {
            pool.name = needed(table, row, *columns.pool);
        } else {
            pool.dc = needed_part(table, row, columns.dc);
            pool.cluster = needed_part(table, row, columns.cluster);
            pool.service = needed_part(table, row, columns.service);
            pool.name = pool.dc + "/" + pool.cluster + "/" + pool.service;
        }
        if (columns.environment)
            read_environment(table, row, *columns.environment, read.environment_);
        const std::string name = needed(table, row, columns.host);
        const auto state = columns.state ? read_state(table, row, *columns.state) : host_state::in;
        const auto [found, is_new] = read.host_index_.try_emplace(name, read.hosts_.size());
        if (is_new) read.hosts_.push_back({.name = name, .state = state});
        host& where = read.hosts_[found->second];
        if (where.state != state)
            table.fail(row, "`" + name + "` has another state than in line " +
                                std::to_string(table.rows()[where.rows.front()].line) +
                                "; a host has one state, the same in all of its lines");
        const auto twice = std::find(where.pools.begin(), where.pools.end(), pool.name);
        if (twice != where.pools.end()) {
            const std::size_t earlier =
                where.rows[static_cast<std::size_t>(twice - where.pools.begin())];
            table.fail(row, "`" + name + "` is listed in the pool " + pool.name +
                                " already, in line " + std::to_string(table.rows()[earlier].line));
        }
        const shearpin::count weight =
            columns.weight ? read_weight(table, row, *columns.weight) : 1;
        if (columns.is_protected && read_protected(table, row, *columns.is_protected))
            where.is_protected = true;
        where.pools.push_back(pool.name);
        where.weights.push_back(weight);
        where.rows.push_back(row_index);
        pool_entry& entry = read.pools_.try_emplace(pool.name, pool).first->second;
        entry.hosts.push_back(found->second);
        entry.listed += weight;
        if (state == host_state::in) entry.serving += weight;
    }
    return read;
}

inventory inventory::of_pools(const std::vector<std::string>& names) {
    inventory made;
    for (const std::string& each : names) made.pools_.try_emplace(each, pool_entry{.name = each});
    return made;
}

const host* inventory::find(const std::string& host_name) const {
    const auto found = host_index_.find(host_name);
    return found == host_index_.end() ? nullptr : &hosts_[found->second];
}

void inventory::state_size(const std::string& pool_name, shearpin::count size) {
    pools_.find(pool_name)->second.size = size;
}

bool inventory::contains(const std::string& host_name) const {
    const host* const found = find(host_name);
    return found != nullptr && found->state != host_state::removed;
}
const std::vector<std::string>& inventory::pools_of(const std::string& host_name) const {
    return find(host_name)->pools;
}
shearpin::pool inventory::state(const std::string& pool_name) const {
    return pools_.find(pool_name)->second.numbers();
}
bool inventory::is_protected(const std::string& host_name) const {
    return find(host_name)->is_protected;
}
bool inventory::is_available(const std::string& host_name) const {
    return find(host_name)->state == host_state::in;
}
shearpin::count inventory::weight_of(const std::string& host_name,
                                     const std::string& pool_name) const {
    const host* const found = find(host_name);
    const auto at = std::find(found->pools.begin(), found->pools.end(), pool_name);
    return found->weights[static_cast<std::size_t>(at - found->pools.begin())];
}

}  // namespace fleet
