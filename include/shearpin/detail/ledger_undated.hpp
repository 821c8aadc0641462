// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/detail/ledger_document.hpp>

namespace shearpin::inline v1::detail {

/// What was noted without a time, by a guard without a clock, is as new as can be for every rule
/// that asks for its age, and would be so for ever. It happened before now: so it is taken to be of
/// this moment, and ages from now on.
template <class When = when_used>
void date_all(deferred<ledger_document, When>& document, const instant& now) {
    const auto date = [&](instant& when) {
        if (!when.wall.known()) when = now;
    };
    deferred<std::vector<std::uint32_t>, When> log;
    log.reserve(document.log().size());
    for (std::size_t at = 0; at != document.log().size(); ++at) {
        ledger_record& each = document.record(document.log()[at]);
        date(each.settled_at);
        if (each.state == record_state::resolved) date(each.resolved_at);
        log.push_back(document.log()[at]);
    }
    document.set_log(log);
    for (ledger_pool& pool : document.pools) {
        for (instant& each : pool.forgotten) date(each);
        for (past_size& each : pool.sizes) date(each.seen_at);
        if (pool.forgotten_size) {
            instant when = *pool.forgotten_size;
            date(when);
            pool.forgotten_size = when;
        }
    }
}

}  // namespace shearpin::inline v1::detail
