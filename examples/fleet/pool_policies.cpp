// SPDX-License-Identifier: BSL-1.0
#include "pool_policies.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "failure.hpp"

namespace fleet {

namespace {

/// The columns of the pools file.
struct pools_columns {
    pools_columns(const csv_table& table, const inventory& hosts)
        : pool(table.find("pool")),
          sites(table.find("sites")),
          threshold(table.find("depool_threshold")),
          floor(table.find("floor")),
          max_batch(table.find("max_batch")),
          size(table.find("size")) {
        if (threshold && floor)
            table.fail(table.header(),
                       "there are two columns for the floor: `floor` and "
                       "`depool_threshold`");
        if (!threshold && !floor)
            table.fail(
                table.header(),
                "there is neither a column `floor` nor `depool_threshold`; " + table.columns());
        if (pool) return;
        if (!table.find("conftool_cluster") && !table.find("conftool_service"))
            table.fail(table.header(),
                       "there is neither a column `pool` nor `conftool_cluster` and "
                       "`conftool_service`; " +
                           table.columns());
        cluster = table.need("conftool_cluster");
        service = table.need("conftool_service");
        if (!hosts.pools_by_service())
            table.fail(table.header(),
                       "pools are named by `conftool_cluster` and "
                       "`conftool_service` here, but by `pool` in the hosts file");
    }

    std::optional<std::size_t> pool, sites, threshold, floor, max_batch, size;
    std::size_t cluster = 0, service = 0;
};

/// Whether a list such as "codfw|eqiad" holds this site; an empty one means all of them.
bool lists_site(std::string_view sites, std::string_view site) {
    if (sites.empty()) return true;
    for (std::size_t begin = 0; begin <= sites.size();) {
        const std::size_t end = std::min(sites.find('|', begin), sites.size());
        if (sites.substr(begin, end - begin) == site) return true;
        begin = end + 1;
    }
    return false;
}

/// The pools that a row speaks of.
std::vector<std::string> pools_named(const csv_row& row, const pools_columns& columns,
                                     const inventory& hosts) {
    std::vector<std::string> named;
    if (columns.pool) {
        const auto found = hosts.pools().find(row.fields[*columns.pool]);
        if (found != hosts.pools().end()) named.push_back(found->first);
        return named;
    }
    const std::string_view sites = columns.sites ? row.fields[*columns.sites] : std::string_view();
    for (const auto& [name, entry] : hosts.pools())
        if (entry.cluster == row.fields[columns.cluster] &&
            entry.service == row.fields[columns.service] && lists_site(sites, entry.dc))
            named.push_back(name);
    return named;
}

/// What one row states.
struct row_limits {
    row_limits(const csv_table& table, const csv_row& row, const pools_columns& columns) {
        const auto read = [&](const std::optional<std::size_t>& column, auto reader,
                              const char* wanted) {
            std::optional<amount> value;
            if (!column || row.fields[*column].empty()) return value;
            value = reader(row.fields[*column]);
            if (!value)
                table.fail(row, table.header().fields[*column] + ": `" + row.fields[*column] +
                                    "` is " + wanted);
            return value;
        };
        constexpr auto number_or_fraction =
            "neither a number of hosts (3) nor a fraction (95%, 0.95, 2/3)";
        floor = columns.threshold ? read(columns.threshold, read_fraction,
                                         "no fraction from 0 to 1 (0.66, 66%, 2/3)")
                                  : read(columns.floor, read_amount, number_or_fraction);
        max_batch = read(columns.max_batch, read_amount, number_or_fraction);
        if (columns.size && !row.fields[*columns.size].empty()) {
            size = read_count(row.fields[*columns.size]);
            if (!size)
                table.fail(row, "size: `" + row.fields[*columns.size] + "` is no whole number");
        }
    }

    std::optional<amount> floor, max_batch;
    std::optional<shearpin::count> size;
};

/// Keeps the stricter of two floors: the higher one, for a pool of this size. Where both come to
/// the same, the larger fraction says more; else the first.
void tighten_floor(std::optional<stated_limit>& kept, const stated_limit& other,
                   shearpin::count size) {
    if (kept) {
        const auto now = as_floor(kept->value, size);
        const auto then = as_floor(other.value, size);
        if (then < now || (then == now && !(share_of(kept->value) < share_of(other.value)))) return;
    }
    kept = other;
}
/// Keeps the stricter of two caps, the lower one, in the same way.
void tighten_cap(std::optional<stated_limit>& kept, const stated_limit& other,
                 shearpin::count size) {
    if (kept) {
        const auto now = as_cap(kept->value, size);
        const auto then = as_cap(other.value, size);
        if (then > now || (then == now && !(share_of(other.value) < share_of(kept->value)))) return;
    }
    kept = other;
}

/// A rule of a limit that was read; the readers above let no number through that it would not take.
template <class Rule> Rule rule_from(const amount& value) {
    return std::visit([](const auto& given) { return *Rule::from(given); }, value);
}

}  // namespace

pool_policies pool_policies::read(const csv_table& file, const limits_for_all& limits,
                                  inventory& hosts) {
    const pools_columns columns(file, hosts);
    if (file.rows().empty()) bad_input(file.name() + ": there are no pools in it, only a header");
    pool_policies read;
    struct stated {
        std::string pool;
        row_limits limits;
        const csv_row* row;
    };
    std::vector<stated> all;
    std::map<std::string, const csv_row*> sized_by;
    for (const csv_row& row : file.rows()) {
        const row_limits said(file, row, columns);  // read even where it is of no pool of ours
        const bool names_none = columns.pool ? row.fields[*columns.pool].empty()
                                             : row.fields[columns.cluster].empty() &&
                                                   row.fields[columns.service].empty();
        if (names_none) {
            if (said.floor || said.max_batch || said.size)
                file.fail(row, "this states a limit, but not of which pool");
            continue;
        }
        const auto named = pools_named(row, columns, hosts);
        if (named.empty()) read.unused_.push_back(row.line);
        for (const std::string& name : named) {
            if (said.size) {
                const auto [first, is_new] = sized_by.try_emplace(name, &row);
                if (!is_new && hosts.state(name).size != *said.size)
                    file.fail(row, "another size for the pool " + name + " than in line " +
                                       std::to_string(first->second->line));
                hosts.state_size(name, *said.size);
            }
            all.push_back({name, said, &row});
        }
    }

    // Which limit is the strictest shows only now that the sizes are known.
    for (const stated& each : all) {
        pool_limits& kept = read.limits_[each.pool];
        const shearpin::count size = hosts.state(each.pool).size;
        // By the file's bare name: it stands beside numbers in tables.
        const auto where =
            file.name().substr(file.name().rfind('/') + 1) + ":" + std::to_string(each.row->line);
        if (each.limits.floor) {
            ++kept.floors;
            tighten_floor(kept.floor, {*each.limits.floor, where}, size);
        }
        if (each.limits.max_batch)
            tighten_cap(kept.max_batch, {*each.limits.max_batch, where}, size);
    }
    for (const auto& [name, entry] : hosts.pools()) {
        pool_limits& kept = read.limits_[name];
        const shearpin::count size = entry.numbers().size;
        if (!kept.floor) kept.floor = limits.floor_for_others;
        if (limits.max_batch) tighten_cap(kept.max_batch, *limits.max_batch, size);
        if (!kept.floor) continue;  // no policy: what touches it is refused
        const amount no_cap = shearpin::largest_count;
        const bool added =
            read.table_.add(name, policy{rule_from<shearpin::min_remaining>(kept.floor->value),
                                         rule_from<shearpin::max_batch>(
                                             kept.max_batch ? kept.max_batch->value : no_cap)});
        if (!added) throw std::logic_error("two policies for " + name);
    }
    return read;
}

std::optional<shearpin::count> pool_policies::may_go(const pool_entry& pool) const {
    std::optional<shearpin::count> limit;
    table_.visit(pool.name,
                 [&](const policy& rules) { limit = rules.max_removable(pool.numbers()); });
    return limit;
}

const pool_limits& pool_policies::of(const std::string& pool_name) const {
    return limits_.find(pool_name)->second;
}

}  // namespace fleet
