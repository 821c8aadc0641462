// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace fleet {

/// Columns of text: the first and the last one to the left, those between, where they are numbers,
/// to the right.
class text_table {
public:
    enum class between : unsigned char { numbers, words };

    explicit text_table(std::vector<std::string> header, between columns = between::numbers)
        : between_(columns) {
        add(std::move(header));
    }
    void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
    void print(std::ostream& out) const;

private:
    between between_;
    std::vector<std::vector<std::string>> rows_;
};

/// "1 host", "3 hosts".
std::string counted(std::size_t number, const std::string& thing);

}  // namespace fleet
