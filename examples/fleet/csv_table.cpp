// SPDX-License-Identifier: BSL-1.0
#include "csv_table.hpp"

#include <csv.h>

#include <algorithm>
#include <utility>

#include "failure.hpp"

namespace fleet {

namespace {

/// libcsv's parser, and what its callbacks collect.
class parser {
public:
    parser() {
        if (csv_init(&state_, CSV_STRICT | CSV_STRICT_FINI) != 0) throw std::bad_alloc();
    }
    parser(const parser&) = delete;
    parser& operator=(const parser&) = delete;
    ~parser() { csv_free(&state_); }

    /// False where a quote stands where none may.
    bool feed(std::string_view text) {
        return csv_parse(&state_, text.data(), text.size(), field, record, this) == text.size() ||
               failed();
    }
    /// False where a quote is still open.
    bool finish() { return csv_fini(&state_, field, record, this) == 0 || failed(); }

    std::vector<std::string> fields;
    std::size_t records = 0;

private:
    bool failed() {
        if (csv_error(&state_) != CSV_EPARSE) throw std::bad_alloc();
        return false;
    }
    // Called from C, which no exception may cross: out of memory ends the program here.
    static void field(void* text, std::size_t size, void* self) noexcept {
        static_cast<parser*>(self)->fields.emplace_back(static_cast<const char*>(text), size);
    }
    static void record(int, void* self) noexcept { ++static_cast<parser*>(self)->records; }

    csv_parser state_{};
};

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

/// Text that no terminal and no line-based tool can be led astray with.
void check_characters(const std::string& name, std::string_view text) {
    std::size_t line = 1;
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        if ((code < 0x20 && letter != '\n' && letter != '\r' && letter != '\t') || code == 0x7f)
            bad_input(name, line,
                      "a control character (code " + std::to_string(code) + "); is this CSV text?");
        if (letter == '\n') ++line;
    }
    if (text.back() != '\n')
        bad_input(name, line, "the last line has no line end, so the file may be cut off");
}

}  // namespace

csv_table csv_table::parse(std::string name, std::string text) {
    csv_table table;
    table.name_ = std::move(name);
    table.text_ = std::move(text);
    std::string_view all = table.text_;
    if (all.empty())
        bad_input(table.name_ + ": the file is empty; its first line must be a header");
    check_characters(table.name_, all);

    // Line by line, so that it is known where each row stands.
    parser reader;
    bool in_header = true;
    std::size_t line = 1;
    csv_row row{.line = line, .begin = all.starts_with(byte_order_mark) ? 3U : 0U};
    for (std::size_t begin = row.begin; begin != all.size(); ++line) {
        const std::size_t end = all.find('\n', begin) + 1;
        if (!reader.feed(all.substr(begin, end - begin)))
            bad_input(table.name_, line, "a quote (\") where none may be");
        begin = end;
        // Of a row that ends with the line nothing is left to read; but a quote may be open that
        // stands behind a carriage return, and the next row would be taken to begin a line later.
        if (reader.records > 1 || (reader.records == 1 && !reader.finish()))
            bad_input(table.name_, line, "a carriage return in the middle of the line");
        if (reader.records == 0 && !is_blank(all.substr(row.begin, end - row.begin))) continue;
        if (reader.records == 1) {
            row.end = end;
            row.fields = std::exchange(reader.fields, {});
            reader.records = 0;
            if (std::exchange(in_header, false))
                table.header_ = std::move(row);
            else
                table.rows_.push_back(std::move(row));
        }
        row = {.line = line + 1, .begin = end};
    }
    if (!reader.finish())
        bad_input(table.name_, row.line, "a quote (\") is opened here and never closed");
    if (in_header) bad_input(table.name_, 1, "there is no header");

    for (std::size_t at = 0; at != table.header_.fields.size(); ++at)
        if (*table.find(table.header_.fields[at]) != at)
            table.fail(table.header_, "two columns are called `" + table.header_.fields[at] + "`");
    for (const csv_row& each : table.rows_)
        if (each.fields.size() != table.header_.fields.size())
            table.fail(each, "the header has " + std::to_string(table.header_.fields.size()) +
                                 " columns, but this has " + std::to_string(each.fields.size()));
    return table;
}

std::optional<std::size_t> csv_table::find(std::string_view column) const {
    const auto at = std::find(header_.fields.begin(), header_.fields.end(), column);
    if (at == header_.fields.end()) return {};
    return static_cast<std::size_t>(at - header_.fields.begin());
}

std::size_t csv_table::need(std::string_view column) const {
    if (const auto found = find(column)) return *found;
    fail(header_, "there is no column `" + std::string(column) + "`; " + columns());
}

std::string csv_table::columns() const {
    std::string names;
    for (const std::string& each : header_.fields) names += (names.empty() ? "" : ", ") + each;
    return "the columns are: " + names;
}

void csv_table::fail(const csv_row& row, const std::string& message) const {
    bad_input(name_, row.line, message);
}

std::string csv_field(std::string_view text) {
    const bool plain = text.find_first_of(",\"\r\n") == std::string_view::npos &&
                       (text.empty() || (text.front() > ' ' && text.back() > ' '));
    if (plain) return std::string(text);
    std::string quoted(csv_write(nullptr, 0, text.data(), text.size()), '\0');
    csv_write(quoted.data(), quoted.size(), text.data(), text.size());
    return quoted;
}

}  // namespace fleet
