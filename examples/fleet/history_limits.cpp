// SPDX-License-Identifier: BSL-1.0
#include "history_limits.hpp"

#include <variant>

#include "times.hpp"

namespace fleet {

namespace {

template <class Rule> void append(std::string& text, const std::vector<stated_rule<Rule>>& rules) {
    for (const auto& each : rules) text += (text.empty() ? "" : ", ") + spelled(each);
}

/// "20/1h" is 20 an hour, "5%/1d" is a twentieth of the pool's size a day.
std::optional<shearpin::max_rate> read_rate(std::string_view text) {
    const std::size_t slash = text.rfind('/');
    if (slash == std::string_view::npos) return {};
    const auto most = read_amount(text.substr(0, slash));
    const auto window = read_duration(text.substr(slash + 1));
    if (!most || !window) return {};
    const auto read =
        std::visit([&](const auto& cap) { return shearpin::max_rate::from(cap, *window); }, *most);
    if (!read) return {};
    return *read;
}

}  // namespace

void history_limits::add(const history_limits& other) {
    for (const auto& each : other.rates) add_once(rates, each);
    for (const auto& each : other.rests) add_once(rests, each);
    for (const auto& each : other.in_flight) add_once(in_flight, each);
}

std::string history_limits::text() const {
    std::string all;
    append(all, rates);
    append(all, rests);
    append(all, in_flight);
    return all;
}

std::string history_limits::first() const {
    if (!rates.empty()) return spelled(rates.front());
    if (!rests.empty()) return spelled(rests.front());
    return in_flight.empty() ? "" : spelled(in_flight.front());
}

std::string history_limits::first_where() const {
    if (!rates.empty()) return rates.front().where;
    if (!rests.empty()) return rests.front().where;
    return in_flight.empty() ? "" : in_flight.front().where;
}

std::string history_limits::where(std::string_view name, std::string_view spelling) const {
    if (name == "max_rate") return stated_where(rates, spelling);
    if (name == "cooldown") return stated_where(rests, spelling);
    if (name == "max_in_flight") return stated_where(in_flight, spelling);
    return {};
}

history_limits read_history_limits(const csv_table& table, const csv_row& row,
                                   const history_columns& columns, const liftable_history& lifted,
                                   const std::string& where) {
    history_limits read;
    const auto stated = [&](const std::optional<std::size_t>& column) {
        return column ? std::string_view(row.fields[*column]) : std::string_view();
    };
    const auto wrong = [&](const char* column, std::string_view text, const char* wanted) {
        table.fail(row, std::string(column) + ": `" + std::string(text) + "` is " + wanted);
    };
    const std::string_view rates = stated(columns.max_rate);
    for (std::size_t begin = 0; !rates.empty() && begin <= rates.size();) {
        const std::size_t end = std::min(rates.find('|', begin), rates.size());
        const std::string_view one = rates.substr(begin, end - begin);
        const auto rate = read_rate(one);
        if (!rate)
            wrong("max_rate", one,
                  "no amount in a time, such as 20/1h or 5%/1d; several are written 5/1h|20/1d");
        add_once(read.rates, {*rate, lifted.max_rate, where});
        begin = end + 1;
    }
    if (const std::string_view text = stated(columns.cooldown); !text.empty()) {
        const auto rest = read_duration(text);
        if (!rest) wrong("cooldown", text, no_duration);
        read.rests.push_back({*shearpin::cooldown::from(*rest), lifted.cooldown, where});
    }
    if (const std::string_view text = stated(columns.max_in_flight); !text.empty()) {
        const auto most = read_amount(text);
        if (!most)
            wrong("max_in_flight", text,
                  "neither a number of hosts (3) nor a fraction (95%, 0.95, 2/3)");
        read.in_flight.push_back(
            {std::visit([](const auto& cap) { return *shearpin::max_in_flight::from(cap); }, *most),
             false, where});
    }
    return read;
}

}  // namespace fleet
