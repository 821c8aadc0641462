// SPDX-License-Identifier: BSL-1.0
#include "text_table.hpp"

#include <algorithm>

namespace fleet {

void text_table::print(std::ostream& out) const {
    std::vector<std::size_t> widths(rows_.front().size());
    for (const auto& row : rows_)
        for (std::size_t at = 0; at != row.size(); ++at)
            widths[at] = std::max(widths[at], row[at].size());
    for (const auto& row : rows_) {
        std::string line;
        for (std::size_t at = 0; at != row.size(); ++at) {
            const std::string padding(widths[at] - row[at].size(), ' ');
            const bool to_the_left = between_ == between::words || at == 0 || at + 1 == row.size();
            line += (at == 0 ? "" : "  ") + (to_the_left ? row[at] + padding : padding + row[at]);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out << line << '\n';
    }
}

std::string counted(std::size_t number, const std::string& thing) {
    return std::to_string(number) + " " + thing + (number == 1 ? "" : "s");
}

}  // namespace fleet
