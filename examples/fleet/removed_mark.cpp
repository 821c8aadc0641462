// SPDX-License-Identifier: BSL-1.0
#include "removed_mark.hpp"

#include <cstddef>
#include <string_view>

namespace fleet {

namespace {

std::string_view line_end(std::string_view line) {
    return line.substr(line.find_last_not_of("\r\n") + 1);
}

}  // namespace

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

}  // namespace fleet
