// SPDX-License-Identifier: BSL-1.0
#include "removal_log.hpp"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "failure.hpp"
#include "numbers.hpp"
#include "times.hpp"

namespace fleet {

namespace {

/// What can be judged in one call; a number beyond it is of bytes or a slip, and no log of hosts.
constexpr shearpin::count most_targets = 1'000'000;
constexpr shearpin::count largest_weight = 1'000'000'000;  // as in HOSTS.csv

struct log_columns {
    log_columns(const csv_table& table, const inventory* hosts)
        : time(table.need("time")),
          call(table.find("call")),
          host(table.find("host")),
          pool(table.find("pool")),
          amount(table.find("amount")),
          size(table.find("size")),
          available(table.find("available")),
          mistake(table.find("mistake")) {
        if (!pool && !host)
            table.fail(table.header(),
                       "there is neither a column `pool` nor `host`; " + table.columns());
        if (!pool && hosts == nullptr)
            table.fail(table.header(),
                       "which pools a host served is in no column `pool`: give --hosts HOSTS.csv");
        if (!pool && (amount || size || available))
            table.fail(table.header(),
                       "`amount`, `size` and `available` are of a pool, and there is no column "
                       "`pool`; without it, HOSTS.csv says what a host was");
    }

    std::size_t time;
    std::optional<std::size_t> call, host, pool, amount, size, available, mistake;
};

class log_reader {
public:
    log_reader(const csv_table& table, const inventory* hosts)
        : table_(table), hosts_(hosts), columns_(table, hosts) {
        read_.name = table.name();
        read_.tells_mistakes = columns_.mistake.has_value();
        if (table.rows().empty())
            bad_input(table.name() + ": there are no removals in it, only a header");
        for (const csv_row& row : table.rows()) add(row);
    }
    removal_log read_;

private:
    /// Empty where there is no such column, too.
    [[nodiscard]] std::string field(const csv_row& row,
                                    const std::optional<std::size_t>& at) const {
        return at ? row.fields[*at] : std::string();
    }

    [[nodiscard]] shearpin::time_point time_of(const csv_row& row) {
        const std::string& text = row.fields[columns_.time];
        const auto when = read_time(text);
        if (!when)
            table_.fail(row, "time: `" + text +
                                 "` is no time in UTC, such as 2026-11-24T18:00Z or "
                                 "2026-11-24T18:00:07Z");
        if (last_ != nullptr && *when < last_time_)
            table_.fail(row, "the time " + text + " is before that of line " +
                                 std::to_string(last_->line) + ", " + last_->fields[columns_.time] +
                                 "; sort the log by time, since limits over time look back");
        last_ = &row;
        last_time_ = *when;
        return *when;
    }

    [[nodiscard]] std::optional<shearpin::count> number(
        const csv_row& row, const std::optional<std::size_t>& column) const {
        const std::string text = field(row, column);
        if (text.empty()) return {};
        const auto value = read_count(text);
        if (!value)
            table_.fail(row, table_.header().fields[*column] + ": `" + text +
                                 (is_all_digits(text) ? "` is too large a number"
                                                      : "` is no whole number of 0 or more"));
        return value;
    }

    [[nodiscard]] bool is_mistake(const csv_row& row) const {
        const std::string text = field(row, columns_.mistake);
        if (text.empty() || text == "no" || text == "false") return false;
        if (text == "yes" || text == "true") return true;
        table_.fail(row, "mistake: `" + text + "` is neither `yes` nor `no` (or empty)");
    }

    void add(const csv_row& row) {
        const shearpin::time_point when = time_of(row);
        logged_removal& one = call_of(row, when);
        if (is_mistake(row)) one.was_a_mistake = true;
        if (columns_.pool)
            add_pool(row, one);
        else
            add_host(row, one);
        if (one.number > most_targets) fail_too_many(row);
    }
    [[noreturn]] void fail_too_many(const csv_row& row) const {
        table_.fail(row, "more than " + std::to_string(most_targets) +
                             " in one call; count in a larger unit, in the sizes as well");
    }

    /// The removal that the row belongs to.
    [[nodiscard]] logged_removal& call_of(const csv_row& row, shearpin::time_point when) {
        const std::string name = field(row, columns_.call);
        if (!name.empty()) {
            const auto [found, is_new] = calls_.try_emplace(name, read_.removals.size());
            if (!is_new) {
                logged_removal& one = read_.removals[found->second];
                if (one.when != when)
                    table_.fail(row, "the call `" + name + "` began in line " +
                                         std::to_string(one.line) + ", at " + time_text(one.when) +
                                         ", and this line is of " + time_text(when) +
                                         "; a removal has one time: give each its own text in "
                                         "the column `call`");
                return one;
            }
        }
        read_.removals.push_back({.line = row.line, .when = when});
        return read_.removals.back();
    }

    void add_pool(const csv_row& row, logged_removal& one) {
        const std::string pool = row.fields[*columns_.pool];
        if (pool.empty()) table_.fail(row, "the column `pool` is empty");
        if (hosts_ != nullptr && hosts_->pools().find(pool) == hosts_->pools().end())
            table_.fail(row, "no host of HOSTS.csv serves a pool `" + pool + "`" + known_pools());
        // What a cell that is there and empty would mean, one can only guess.
        if (columns_.amount && row.fields[*columns_.amount].empty())
            table_.fail(row, "the column `amount` is empty");
        const shearpin::count amount = number(row, columns_.amount).value_or(1);
        if (amount == 0) table_.fail(row, "amount: 0 is no removal; leave the line out of the log");
        const std::string name = field(row, columns_.host);
        if (name.empty() && amount > most_targets) fail_too_many(row);
        if (amount > largest_weight)
            table_.fail(row, "amount: a host weighs at most " + std::to_string(largest_weight));

        logged_pool& stood = one.pools[pool];
        note(row, columns_.size, pool, stood.size);
        note(row, columns_.available, pool, stood.available);
        if (name.empty()) {
            one.targets.push_back({{}, {pool}, {1}, static_cast<std::uint32_t>(amount)});
            one.number += amount;
            return;
        }
        const auto [place, is_new] = place_of(name, one);
        if (is_new) {
            one.targets.push_back({name, {pool}, {amount}, 1});
            ++one.number;
            return;
        }
        logged_targets& named = one.targets[place];
        if (std::find(named.pools.begin(), named.pools.end(), pool) != named.pools.end())
            table_.fail(row, "the host `" + name + "` went from the pool " + pool +
                                 " in this call already");
        named.pools.push_back(pool);
        named.weights.push_back(amount);
    }

    /// Where a host stands among the targets of its call, and whether it is to be put there.
    std::pair<std::size_t, bool> place_of(const std::string& name, const logged_removal& one) {
        const auto [found, is_new] =
            places_.try_emplace(std::to_string(one.line) + ' ' + name, one.targets.size());
        return {found->second, is_new};
    }

    /// How the pool stood before the call: each line of it that says it says the same.
    void note(const csv_row& row, const std::optional<std::size_t>& column, const std::string& pool,
              std::optional<shearpin::count>& stated) const {
        const auto here = number(row, column);
        if (here && stated && *here != *stated)
            table_.fail(row, table_.header().fields[*column] + ": " + std::to_string(*here) +
                                 ", and an earlier line of this call says " +
                                 std::to_string(*stated) + " of the pool " + pool +
                                 "; say what was before the call, or leave it empty here");
        if (here) stated = here;
    }

    void add_host(const csv_row& row, logged_removal& one) {
        const std::string name = row.fields[*columns_.host];
        // One that has gone since keeps its line there, so it is found.
        const host* const found = hosts_->find(name);
        if (found == nullptr)
            table_.fail(row, "there is no host `" + name +
                                 "` in HOSTS.csv, so which pools it served is not known; put it "
                                 "back in as `removed`, or name the pools in a column `pool`");
        if (!place_of(name, one).second)
            table_.fail(row, "the host `" + name + "` went in this call already");
        one.targets.push_back({name, found->pools, found->weights, 1});
        ++one.number;
        for (const std::string& pool : found->pools) one.pools.try_emplace(pool);
    }

    [[nodiscard]] std::string known_pools() const {
        std::string names;
        std::size_t told = 0;
        for (const auto& [name, entry] : hosts_->pools()) {
            if (++told > 8) return "; its pools are: " + names + ", ...";
            names += (names.empty() ? "" : ", ") + name;
        }
        return "; its pools are: " + names;
    }

    const csv_table& table_;
    const inventory* hosts_;
    log_columns columns_;
    std::map<std::string, std::size_t> calls_;
    std::unordered_map<std::string, std::size_t> places_;
    const csv_row* last_ = nullptr;
    shearpin::time_point last_time_{};
};

}  // namespace

removal_log removal_log::read(const csv_table& table, const inventory* hosts) {
    return log_reader(table, hosts).read_;
}

}  // namespace fleet
