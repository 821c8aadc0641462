// SPDX-License-Identifier: BSL-1.0
// octoDNS judges a plan by the share of a zone's records that it changes; exactly at the threshold
// is allowed, as it is by a fraction that is rounded down.
#include "peers.hpp"

namespace replay {

namespace {

struct zone_limits {
    shearpin::fraction threshold;
    count min_existing = 0;
};
zone_limits limits_of(const peer_row& row) {
    auto said = row.words({"threshold", "min_existing"});
    const auto threshold = shearpin::fraction::parse(said["threshold"]);
    if (!threshold) bad_case(row.where, "\"" + said["threshold"] + "\" is no threshold");
    return {*threshold, row.number(said["min_existing"])};
}

outcome changes(const peer_row& row) {
    const shearpin::policy limit{*shearpin::max_batch::from(limits_of(row).threshold)};
    const shearpin::pool zone = row.pool();
    count changed = 0;
    auto change =
        shearpin::guard(limit, [&](count records) { changed += records; }, [&] { return zone; });
    const count asked = row.number(row.requested);
    const bool done = change.try_call(asked).has_value();
    if (changed != (done ? asked : 0)) bad_case(row.where, "the guard did another thing than said");
    return outcome::admitted(done);
}

/// The records of a zone that a removal names, of which some are never to be removed.
struct zone {
    shearpin::pool records;
    [[nodiscard]] bool contains(const std::string&) const { return true; }
    [[nodiscard]] bool is_protected(const std::string& record) const { return record == "root NS"; }
    [[nodiscard]] std::vector<std::string_view> pools_of(const std::string&) const {
        return {"zone"};
    }
    [[nodiscard]] shearpin::pool state(std::string_view) const { return records; }
};

outcome deletes_record(const peer_row& row) {
    constexpr static shearpin::policy limit{shearpin::max_batch(shearpin::fraction(3, 10))};
    const std::vector<std::string> records{row.words({"item"}).at("item")};
    if (row.number(row.requested) != records.size())
        bad_case(row.where, "one record is named, and another number is asked for");
    auto remove = shearpin::guard<limit>([](const std::vector<std::string>&) {}, zone{row.pool()});
    return outcome::admitted(remove.try_call(records).has_value());
}

std::vector<stricter_reason> zone_reasons() {
    return {
        {"nothing is asked for, which a guard refuses: nothing never means everything, and who has "
         "nothing to remove makes no call",
         [](const peer_row& row) { return row.number(row.requested) == 0; }},
        {"octoDNS looks at no zone of fewer than min_existing records, so that all of it may go; "
         "here a small pool has the limits of any other, unless at_least(n) says otherwise",
         [](const peer_row& row) { return row.number(row.total) < limits_of(row).min_existing; }},
    };
}

}  // namespace

std::vector<peer_rule> octodns_rules() {
    return {
        {.name = "octodns.update",
         .policy = "max_batch(threshold)",
         .says = changes,
         .stricter = zone_reasons()},
        {.name = "octodns.delete",
         .policy = "max_batch(threshold)",
         .says = changes,
         .stricter = zone_reasons()},
        {.name = "octodns.protectedItem",
         .policy = "max_batch(30%), and is_protected(root NS)",
         .says = deletes_record},
    };
}

}  // namespace replay
