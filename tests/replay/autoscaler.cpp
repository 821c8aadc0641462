// SPDX-License-Identifier: BSL-1.0
// cluster-autoscaler crops what it is asked to delete to two nested budgets of what is being
// deleted: of all nodes, and of those that are drained. Empty nodes come first, and groups that
// may only go whole come before single nodes.
#include <memory>

#include "peers.hpp"

namespace replay {

namespace {

struct node {
    int id;
    bool drained;
    friend auto operator<=>(const node&, const node&) = default;
};
using nodes = std::vector<node>;

/// A group, or a single node: it goes whole or not at all.
struct unit {
    nodes members;
    count group_size = 1;
};

struct node_pools {
    count size = 0;
    [[nodiscard]] bool contains(const node&) const { return true; }
    [[nodiscard]] std::vector<std::string_view> pools_of(const node& which) const {
        if (which.drained) return {"nodes", "drained"};
        return {"nodes"};
    }
    [[nodiscard]] shearpin::pool state(std::string_view) const { return {size, size}; }
};

struct request {
    count all_at_once, drained_at_once;
    count empty_in_progress, drained_in_progress;
    count empty, drained;
    std::string groups;
};

request read(const peer_row& row) {
    auto said = row.words({"maxScaleDownParallelism", "maxDrainParallelism", "inProgressEmpty",
                           "inProgressDrain", "requestEmpty", "requestDrain", "atomic"});
    return {row.number(said["maxScaleDownParallelism"]),
            row.number(said["maxDrainParallelism"]),
            row.number(said["inProgressEmpty"]),
            row.number(said["inProgressDrain"]),
            row.number(said["requestEmpty"]),
            row.number(said["requestDrain"]),
            said["atomic"]};
}

nodes make_nodes(int& id, count number, bool drained) {
    nodes made;
    for (; number != 0; --number) made.push_back({id++, drained});
    return made;
}

/// "8 and 3 of the 14": {8, 3, 14}, and `shape` becomes "# and # of the #".
std::vector<count> numbers_in(std::string_view text, std::string& shape) {
    std::vector<count> found;
    bool in_number = false;
    for (const char letter : text) {
        const bool digit = letter >= '0' && letter <= '9';
        if (digit && !in_number) found.push_back(0);
        if (digit) found.back() = found.back() * 10 + static_cast<count>(letter - '0');
        if (!digit || !in_number) shape += digit ? '#' : letter;
        in_number = digit;
    }
    return found;
}

void take_group(std::vector<unit>& units, nodes& from, count number) {
    if (number > from.size()) number = from.size();
    const auto end = from.begin() + static_cast<std::ptrdiff_t>(number);
    units.push_back({nodes(from.begin(), end), number});
    from.erase(from.begin(), end);
}

/// All that is asked for in one kind, its groups first.
void add_units(const peer_row& row, std::vector<unit>& units, nodes asked,
               const std::vector<count>& groups) {
    for (const count each : groups) {
        if (each > asked.size()) bad_case(row.where, "a group is larger than what is asked for");
        take_group(units, asked, each);
    }
    for (const node& each : asked) units.push_back({{each}, 1});
}

std::vector<unit> split(const peer_row& row, const request& asked, const nodes& empty,
                        const nodes& drained) {
    std::string shape;
    std::vector<count> sizes = numbers_in(asked.groups, shape);
    std::vector<unit> units;
    if (shape == "# of a group of #") {  // of both kinds, and not all of it
        nodes part = empty;
        part.insert(part.end(), drained.begin(), drained.end());
        if (part.size() != sizes[0]) bad_case(row.where, "not all that is asked for is of a group");
        units.push_back({part, sizes[1]});
        return units;
    }
    if (shape == "groups of # and #") {
        add_units(row, units, empty, {sizes[0]});
        add_units(row, units, drained, {sizes[1]});
        return units;
    }
    if (shape == "# of the #" || shape == "# and # of the #")
        sizes.pop_back();
    else if (shape != "group of #")
        bad_case(row.where, "\"" + asked.groups + "\" is not understood");
    if (!empty.empty() && !drained.empty()) bad_case(row.where, "of which kind is the group?");
    add_units(row, units, empty.empty() ? drained : empty, sizes);
    return units;
}

/// How many of each kind go.
struct gone {
    count empty = 0, drained = 0;
};

gone crop(const peer_row& row) {
    const request asked = read(row);
    int id = 0;
    const nodes going_empty = make_nodes(id, asked.empty_in_progress, false);
    const nodes going_drained = make_nodes(id, asked.drained_in_progress, true);
    const nodes empty = make_nodes(id, asked.empty, false);
    const nodes drained = make_nodes(id, asked.drained, true);
    const node_pools all{static_cast<count>(id)};
    shearpin::ledger ledger{shearpin::memory_store{}};

    // What is in progress was started by others, who may have had no limit.
    const auto start = [](const nodes&) {};
    const auto others =
        shearpin::guard(shearpin::policies{shearpin::for_other_pools(shearpin::unlimited)}, start,
                        all)
            .with_ledger(ledger);
    using reservation = decltype(others.reserve(going_empty));
    std::vector<std::unique_ptr<reservation>> in_progress;
    for (const nodes& each : {going_empty, going_drained}) {
        if (each.empty()) continue;
        in_progress.push_back(std::make_unique<reservation>(others.reserve(each)));
        if (!*in_progress.back()) bad_case(row.where, "what is in progress could not be begun");
    }

    const shearpin::policies budgets{
        shearpin::for_pool("nodes", *shearpin::max_in_flight::from(asked.all_at_once)),
        shearpin::for_pool("drained", *shearpin::max_in_flight::from(asked.drained_at_once))};
    gone so_far;
    const auto remove = shearpin::guard(
                            budgets,
                            [&](const nodes& which) {
                                for (const node& each : which)
                                    ++(each.drained ? so_far.drained : so_far.empty);
                            },
                            all)
                            .with_ledger(ledger);
    if (asked.groups.empty()) {
        nodes every = empty;
        every.insert(every.end(), drained.begin(), drained.end());
        const auto report = remove.as_many_as_may_go(every);
        if (report.removed() != so_far.empty + so_far.drained)
            bad_case(row.where, "the report tells of another number than went");
        return so_far;
    }
    // One call for each: a group of which not all is named is not what is expected.
    // None is settled before the last is asked for: until then all of them are under way.
    using started = decltype(remove.asking({}).reserve(empty));
    std::vector<std::unique_ptr<started>> under_way;
    for (const unit& each : split(row, asked, empty, drained))
        under_way.push_back(std::make_unique<started>(
            remove.asking({.expected = each.group_size}).reserve(each.members)));
    return so_far;
}

outcome empty_nodes(const peer_row& row) { return outcome::of(crop(row).empty); }
outcome drained_nodes(const peer_row& row) { return outcome::of(crop(row).drained); }

/// Whether a group is larger than what is left of the budget that it starts in.
bool group_overflows(const peer_row& row) {
    const request asked = read(row);
    std::string shape;
    const std::vector<count> sizes = numbers_in(asked.groups, shape);
    if (shape != "group of #") return false;
    const count left = asked.all_at_once - asked.empty_in_progress - asked.drained_in_progress;
    const count left_drained = asked.drained_at_once - asked.drained_in_progress;
    return sizes[0] > left || (asked.drained != 0 && sizes[0] > left_drained);
}

constexpr std::string_view overflow =
    "a group that is larger than what is left of the budget goes past it there, once; here a limit "
    "is one, and what may only go whole does not go";

}  // namespace

std::vector<peer_rule> autoscaler_rules() {
    return {
        {.name = "ca.crop.empty",
         .policy = "nodes: max_in_flight(n); drained: max_in_flight(m); as_many_as_may_go",
         .says = empty_nodes,
         .stricter = {{overflow, group_overflows}}},
        {.name = "ca.crop.drain",
         .policy = "the same",
         .says = drained_nodes,
         .stricter = {{overflow, group_overflows}}},
    };
}

}  // namespace replay
