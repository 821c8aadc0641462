// SPDX-License-Identifier: BSL-1.0
#include "removal.hpp"

#include <shearpin/shearpin.hpp>

#include <algorithm>
#include <exception>
#include <string_view>

#include "failure.hpp"
#include "ledger_file.hpp"

namespace fleet {

namespace {

std::string_view line_end(std::string_view line) {
    return line.substr(line.find_last_not_of("\r\n") + 1);
}

/// The hosts file with these hosts' state set to `removed`. Every other byte stays as it is; a file
/// that has no column `state` gets one.
std::string mark_removed(const fleet_files& fleet, const std::vector<std::string>& hosts) {
    std::vector<bool> marked(fleet.table.rows().size());
    for (const std::string& each : hosts)
        for (const std::size_t row : fleet.hosts.find(each)->rows) marked[row] = true;

    const std::string_view before = fleet.table.text();
    const auto column = fleet.table.find("state");
    std::string after;
    std::size_t copied = 0;
    const auto copy_up_to = [&](std::size_t end) {
        after += before.substr(copied, end - copied);
        copied = end;
    };
    const auto append_field = [&](const csv_row& row, std::string_view text) {
        const std::string_view ending = line_end(before.substr(0, row.end));
        copy_up_to(row.end - ending.size());
        (after += ',') += text;
        copy_up_to(row.end);
    };
    if (!column) append_field(fleet.table.header(), "state");
    for (std::size_t at = 0; at != marked.size(); ++at) {
        const csv_row& row = fleet.table.rows()[at];
        if (!column) {
            append_field(row, marked[at] ? "removed" : "");
        } else if (marked[at]) {
            copy_up_to(row.begin);
            for (std::size_t field = 0; field != row.fields.size(); ++field) {
                if (field != 0) after += ',';
                after += field == *column ? "removed" : csv_field(row.fields[field]);
            }
            after += line_end(before.substr(0, row.end));
            copied = row.end;
        }
    }
    copy_up_to(before.size());
    return after;
}

/// Calls `use` with the guard over the fleet: the policies of its pools, judged on its inventory
/// and, where there is one, on its ledger.
template <class Removal, class F>
auto with_guard(const fleet_files& fleet, Removal removal, F use) {
    auto guarded = shearpin::guard(fleet.policies.judged_by(), std::move(removal), fleet.hosts)
                       .with_clock(shearpin::wall_clock);
    if (fleet.ledger) return use(std::move(guarded).with_ledger(fleet.ledger->removals()));
    return use(std::move(guarded));
}

}  // namespace

shearpin::decision check_removal(const fleet_files& fleet, const std::vector<std::string>& hosts,
                                 const said& words, shearpin::place where) {
    return with_guard(
        fleet, [](const std::vector<std::string>&) {},
        [&](const auto& remove) { return words.to(remove).check(hosts, where); });
}

shearpin::result<shearpin::removed> remove_hosts(locked_file& file, const fleet_files& fleet,
                                                 const std::vector<std::string>& hosts,
                                                 const said& words, watch& told,
                                                 shearpin::place where) {
    // A failure of which it is known whether anything was removed is no exception for the guard:
    // it would be in doubt on the ledger, and count until a person resolves it.
    std::exception_ptr failed;
    std::string not_durable;
    const auto removal = [&](const std::vector<std::string>& admitted) {
        try {
            if (!told.trouble().empty())
                not_written(told.trouble() +
                            "; nothing was removed, since nobody would know of it");
            not_durable = file.replace(mark_removed(fleet, admitted));
        } catch (const failure&) {
            failed = std::current_exception();
            return shearpin::removed{0};
        }
        return shearpin::removed{admitted.size()};
    };
    const auto observer = [&](const shearpin::event& what) { told.tell(what); };
    auto outcome = with_guard(fleet, removal, [&](auto guarded) {
        auto remove = std::move(guarded).with_observer(observer);
        if (!words.in_shadow()) return words.to(remove).try_call(hosts, where);
        const auto only_tell = std::move(remove).in_shadow(words.shadow_until());
        return words.to(only_tell).try_call(hosts, where);
    });
    if (failed) std::rethrow_exception(failed);
    if (!not_durable.empty()) not_written(not_durable);
    return outcome;
}

}  // namespace fleet
