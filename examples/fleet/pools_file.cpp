// SPDX-License-Identifier: BSL-1.0
// How the pools file is read.
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
          size(table.find("size")),
          approvals(table.find("approvals")),
          approvals_above(table.find("approvals_above")),
          needs_expected(table.find("needs_expected")),
          overridable(table.find("overridable")),
          history(table) {
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
    std::optional<std::size_t> approvals, approvals_above, needs_expected, overridable;
    history_columns history;
    std::size_t cluster = 0, service = 0;
};

/// The parts of a list such as "codfw|eqiad".
std::vector<std::string_view> split(std::string_view list) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin <= list.size();) {
        const std::size_t end = std::min(list.find('|', begin), list.size());
        parts.push_back(list.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}
/// An empty list of sites means all of them.
bool lists_site(std::string_view sites, std::string_view site) {
    const auto parts = split(sites);
    return sites.empty() || std::find(parts.begin(), parts.end(), site) != parts.end();
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
    row_limits(const csv_table& table, const csv_row& row, const pools_columns& columns)
        : where(table.name().substr(table.name().rfind('/') + 1) + ":" + std::to_string(row.line)) {
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
        read_approvals(table, row, columns);
        if (columns.needs_expected) {
            const std::string& text = row.fields[*columns.needs_expected];
            needs_expected = text == "yes" || text == "true";
            if (!needs_expected && !text.empty() && text != "no" && text != "false")
                table.fail(row,
                           "needs_expected: `" + text + "` is neither `yes` nor `no` (or empty)");
        }
        read_overridable(table, row, columns);
        history = read_history_limits(table, row, columns.history, history_may_be_lifted, where);
    }

    /// Whether it states anything of the pool that it names.
    [[nodiscard]] bool any() const noexcept {
        return floor || max_batch || size || approvals || needs_expected || history.any() ||
               batch_may_be_lifted || approvals_may_be_lifted;
    }

    std::string where;  ///< by the file's bare name: it stands beside numbers in tables
    std::optional<amount> floor, max_batch;
    std::optional<shearpin::count> size;
    std::optional<shearpin::approvals> approvals;
    bool needs_expected = false;
    bool batch_may_be_lifted = false;
    bool approvals_may_be_lifted = false;
    liftable_history history_may_be_lifted;
    history_limits history;

private:
    void read_approvals(const csv_table& table, const csv_row& row, const pools_columns& columns) {
        const auto number = [&](const std::optional<std::size_t>& column) {
            std::optional<shearpin::count> value;
            if (!column || row.fields[*column].empty()) return value;
            value = read_count(row.fields[*column]);
            if (!value)
                table.fail(row, table.header().fields[*column] + ": `" + row.fields[*column] +
                                    "` is no whole number");
            return value;
        };
        const auto people = number(columns.approvals);
        const auto above = number(columns.approvals_above);
        if (above && !people)
            table.fail(row,
                       "approvals_above: how many people must agree is not stated; see approvals");
        if (!people || *people == 0) return;
        const auto read = shearpin::approvals::from(*people, above.value_or(0));
        if (!read)
            table.fail(row, "approvals: at most " + std::to_string(shearpin::names::room) +
                                " people can be asked for");
        approvals.emplace(*read);
    }
    void read_overridable(const csv_table& table, const csv_row& row,
                          const pools_columns& columns) {
        if (!columns.overridable || row.fields[*columns.overridable].empty()) return;
        for (const std::string_view each : split(row.fields[*columns.overridable])) {
            if (each == "max_batch")
                batch_may_be_lifted = true;
            else if (each == "approvals")
                approvals_may_be_lifted = true;
            else if (each == "max_rate")
                history_may_be_lifted.max_rate = true;
            else if (each == "cooldown")
                history_may_be_lifted.cooldown = true;
            else
                table.fail(row, "overridable: `" + std::string(each) +
                                    "` is none of max_batch, approvals, max_rate and cooldown; "
                                    "nothing else may be lifted, and a floor never");
        }
    }
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

}  // namespace

pool_policies pool_policies::read(const csv_table& file, inventory& hosts) {
    const pools_columns columns(file, hosts);
    if (file.rows().empty()) bad_input(file.name() + ": there are no pools in it, only a header");
    pool_policies read;
    read.floors_needed_ = true;
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
            if (said.any()) file.fail(row, "this states a limit, but not of which pool");
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
        const std::string& where = each.limits.where;
        if (each.limits.floor) {
            ++kept.floors;
            tighten_floor(kept.floor, {*each.limits.floor, where}, size);
        }
        if (each.limits.max_batch) {
            kept.batch_may_be_lifted =
                each.limits.batch_may_be_lifted && (kept.batch_may_be_lifted || !kept.max_batch);
            kept.tighten_batch({*each.limits.max_batch, where}, size);
        }
        if (each.limits.approvals)
            add_once(kept.approvals,
                     {*each.limits.approvals, each.limits.approvals_may_be_lifted, where});
        kept.history.add(each.limits.history);
        if (each.limits.needs_expected && kept.needs_expected_in.empty())
            kept.needs_expected_in = where;
    }
    return read;
}

}  // namespace fleet
