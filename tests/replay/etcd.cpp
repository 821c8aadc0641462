// SPDX-License-Identifier: BSL-1.0
// etcd's strict-reconfig-check: members leave for good, and what is left must have a majority.
#include "peers.hpp"

namespace replay {

namespace {

/// quorum(membership::shrinks) asks nothing of a member that is down, as no floor does. etcd does:
/// without it, the members that serve must be a majority of the others, so that it can be agreed.
struct majority_of_the_others {
    static constexpr std::string_view name = "majority_of_the_others";
    static constexpr shearpin::measure measures = shearpin::measure::heads;
    [[nodiscard]] constexpr count limit(const shearpin::facts& known) const {
        const count others = known.pool.size == 0 ? 0 : known.pool.size - 1;
        return known.pool.available >= others / 2 + 1 ? 1 : 0;
    }
};
constexpr shearpin::policy strict{shearpin::quorum(shearpin::membership::shrinks),
                                  majority_of_the_others{}};
constexpr shearpin::policy not_strict{shearpin::unlimited};

struct member {
    int id;
    friend auto operator<=>(const member&, const member&) = default;
};

/// A cluster of which one member is to go.
struct cluster {
    shearpin::pool members;
    bool serves = false;  ///< that member
    [[nodiscard]] bool contains(const member&) const { return true; }
    [[nodiscard]] bool is_available(const member&) const { return serves; }
    [[nodiscard]] std::vector<std::string_view> pools_of(const member&) const {
        return {"members"};
    }
    [[nodiscard]] shearpin::pool state(std::string_view) const { return members; }
};

template <const auto& Policy> outcome remove_one(const peer_row& row, const cluster& from) {
    if (row.number(row.requested) != 1) bad_case(row.where, "etcd removes one member at a time");
    auto remove = shearpin::guard<Policy>([](const std::vector<member>&) {}, from);
    return outcome::admitted(remove.try_call(std::vector<member>{{1}}).has_value());
}

bool yes(const peer_row& row, const std::string& word) {
    if (word != "true" && word != "false")
        bad_case(row.where, "\"" + word + "\" is neither true nor false");
    return word == "true";
}

outcome strict_remove(const peer_row& row) {
    return remove_one<strict>(
        row, {row.pool(), yes(row, row.words({"removedStarted"})["removedStarted"])});
}

/// Only a member that has been connected for 5 s serves.
outcome member_remove(const peer_row& row) {
    auto said = row.words({"strict", "stableFor"});
    std::string stable = said["stableFor"];
    if (stable.empty() || stable.back() != 's') bad_case(row.where, "stableFor is in seconds");
    stable.pop_back();
    shearpin::pool members = row.pool();
    const bool serves = row.number(stable) >= 5;
    if (!serves) members.available = 0;
    if (yes(row, said["strict"])) return remove_one<strict>(row, {members, serves});
    return remove_one<not_strict>(row, {members, serves});
}

}  // namespace

std::vector<peer_rule> etcd_rules() {
    return {
        {.name = "etcd.strictRemove",
         .policy = "quorum(membership::shrinks), and a majority of the others",
         .says = strict_remove},
        {.name = "etcd.strictAdd", .policy = "to add a member removes nothing"},
        {.name = "etcd.strictPromote", .policy = "to make a learner a member removes nothing"},
        {.name = "etcd.memberRemove",
         .policy = "the same, of members that are connected for 5s; unlimited where not strict",
         .says = member_remove},
    };
}

}  // namespace replay
