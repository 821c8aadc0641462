// SPDX-License-Identifier: BSL-1.0
#include "removal.hpp"

#include <shearpin/shearpin.hpp>

#include <algorithm>
#include <string_view>

#include "failure.hpp"

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

/// The guard over the fleet: the policies of its pools, judged on its inventory.
template <class Removal> auto guarded(const fleet_files& fleet, Removal removal) {
    return shearpin::guard(fleet.policies.judged_by(), std::move(removal), fleet.hosts)
        .with_clock(shearpin::wall_clock);
}

}  // namespace

shearpin::decision check_removal(const fleet_files& fleet, const std::vector<std::string>& hosts,
                                 const said& words, shearpin::place where) {
    const auto remove = guarded(fleet, [](const std::vector<std::string>&) {});
    return words.to(remove).check(hosts, where);
}

shearpin::result<shearpin::removed> remove_hosts(locked_file& file, const fleet_files& fleet,
                                                 const std::vector<std::string>& hosts,
                                                 const said& words, watch& told,
                                                 shearpin::place where) {
    const auto removal = [&](const std::vector<std::string>& admitted) {
        if (!told.trouble().empty())
            not_written(told.trouble() + "; nothing was removed, since nobody would know of it");
        file.replace(mark_removed(fleet, admitted));
        return shearpin::removed{admitted.size()};
    };
    const auto observer = [&](const shearpin::event& what) { told.tell(what); };
    const auto remove = guarded(fleet, removal).with_observer(observer);
    if (!words.in_shadow()) return words.to(remove).try_call(hosts, where);
    const auto only_tell =
        guarded(fleet, removal).with_observer(observer).in_shadow(words.shadow_until());
    return words.to(only_tell).try_call(hosts, where);
}

}  // namespace fleet
