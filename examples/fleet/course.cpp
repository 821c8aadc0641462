// SPDX-License-Identifier: BSL-1.0
#include "course.hpp"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "history.hpp"
#include "report.hpp"
#include "text_table.hpp"
#include "times.hpp"

namespace fleet {

course course_of(const fleet_files& fleet, const shearpin::plan& planned,
                 const std::vector<std::string>& hosts) {
    course made;
    std::map<std::string, pool_course> pools;
    for (const shearpin::planned_pool& each : planned.pools()) {
        const pool_limits& limits = fleet.policies.of(each.name);
        pool_course& pool = pools[each.name];
        pool.name = each.name;
        pool.at_first = each.there;
        pool.floor = floor_of(limits, each.there.size).value_or(0);
        pool.floor_stated = floor_text(limits, each.there.size);
    }
    for (const shearpin::planned_wave& wave : planned.waves()) {
        made.begins.push_back(wave.after());
        for (auto& [name, pool] : pools) pool.left.push_back(pool.last());
        for (std::size_t at = wave.first(); at <= wave.last(); ++at) {
            const std::string& host = hosts[at];
            if (!fleet.hosts.is_available(host)) continue;
            for (const std::string& name : fleet.hosts.pools_of(host))
                if (const auto found = pools.find(name); found != pools.end())
                    found->second.left.back() -= fleet.hosts.weight_of(host, name);
        }
    }
    for (auto& [name, pool] : pools) made.pools.push_back(std::move(pool));
    std::sort(made.pools.begin(), made.pools.end(),
              [](const pool_course& one, const pool_course& other) {
                  return std::pair(one.spare(), std::string_view(one.name)) <
                         std::pair(other.spare(), std::string_view(other.name));
              });
    return made;
}

namespace {

constexpr std::size_t columns = 60;
constexpr std::size_t rows = 8;

/// What serves in each column. Columns are of one length of time; where all waves go at once, each
/// has an equal share of them.
std::vector<shearpin::count> column_values(const course& shown, const pool_course& pool) {
    std::vector<shearpin::count> values(columns, pool.at_first.available);
    const shearpin::duration takes =
        shown.begins.empty() ? shearpin::duration{} : shown.begins.back();
    const std::size_t waves = shown.begins.size();
    for (std::size_t wave = 0; wave != waves; ++wave) {
        // The first column is what is there before, and each wave has one at least.
        const double share = takes == shearpin::duration{}
                                 ? static_cast<double>(wave) / static_cast<double>(waves)
                                 : static_cast<double>(shown.begins[wave].in_nanoseconds()) /
                                       static_cast<double>(takes.in_nanoseconds());
        const auto begin = 4 + static_cast<std::size_t>(share * (columns - 8));
        for (std::size_t at = begin; at != columns; ++at) values[at] = pool.left[wave];
    }
    return values;
}

/// What the rows stand for, from the top: each once, whole numbers as evenly as they fall.
std::vector<shearpin::count> row_values(const pool_course& pool) {
    const shearpin::count top = std::max(pool.at_first.size, pool.at_first.available);
    const shearpin::count bottom = std::min(pool.floor, pool.last());
    std::vector<shearpin::count> values;
    for (std::size_t row = 0; row != rows; ++row) {
        const shearpin::count value =
            top - static_cast<shearpin::count>(static_cast<double>(top - bottom) *
                                               static_cast<double>(row) / (rows - 1));
        if (values.empty() || value < values.back()) values.push_back(value);
    }
    return values;
}

void draw_pool(std::ostream& out, const course& shown, const pool_course& pool) {
    out << printable(pool.name) << ": " << pool.at_first.available << " of " << pool.at_first.size
        << " serve, then " << pool.last() << "; floor " << pool.floor_stated << '\n';
    const auto values = column_values(shown, pool);
    for (const shearpin::count level : row_values(pool)) {
        std::string bar;
        for (const shearpin::count each : values)
            bar += level <= pool.floor ? '=' : level <= each ? '#' : ' ';
        while (!bar.empty() && bar.back() == ' ') bar.pop_back();
        const std::string number = std::to_string(level);
        out << std::string(number.size() < 8 ? 8 - number.size() : 0, ' ') << number << " |" << bar
            << (level == pool.floor ? "  floor" : "") << '\n';
    }
}

}  // namespace

void draw_text(std::ostream& out, const course& shown, std::size_t pools) {
    if (shown.begins.empty()) return;
    const std::size_t number = std::min(pools, shown.pools.size());
    for (std::size_t at = 0; at != number; ++at) {
        draw_pool(out, shown, shown.pools[at]);
        const std::string end = duration_text(shown.begins.back());
        const bool takes_time = shearpin::duration{} < shown.begins.back();
        out << "         +" << std::string(columns, '-') << '\n'
            << "          now"
            << (takes_time ? std::string(columns - 3 - end.size(), ' ') + end : "") << '\n';
    }
    if (number != shown.pools.size())
        out << "and " << counted(shown.pools.size() - number, "pool")
            << " more, further from the floor; --all shows all\n";
}

}  // namespace fleet
