// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fleet {

/// A line of a CSV file after its header (several lines, where a quoted field has line ends in it).
struct csv_row {
    std::size_t line = 0;            ///< its number in the file, from 1
    std::size_t begin = 0, end = 0;  ///< where its text stands, with its line end
    std::vector<std::string> fields{};
};

/// A whole CSV file: a header, and rows that have as many fields. It is read strictly: what looks
/// cut off or damaged is a failure with file and line, since a list that lost its end is no list.
class csv_table {
public:
    /// `name` is what failures call the file.
    static csv_table parse(std::string name, std::string text);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] const std::string& text() const noexcept { return text_; }
    [[nodiscard]] const csv_row& header() const noexcept { return header_; }
    [[nodiscard]] const std::vector<csv_row>& rows() const noexcept { return rows_; }

    /// The index of a column.
    [[nodiscard]] std::optional<std::size_t> find(std::string_view column) const;
    /// The same; a failure where there is none.
    [[nodiscard]] std::size_t need(std::string_view column) const;
    /// "the columns are: dc, cluster, host, service"
    [[nodiscard]] std::string columns() const;

    [[noreturn]] void fail(const csv_row& row, const std::string& message) const;

private:
    std::string name_;
    std::string text_;
    csv_row header_;
    std::vector<csv_row> rows_;
};

/// A field as it is written: quoted where it must be.
std::string csv_field(std::string_view text);

}  // namespace fleet
