// SPDX-License-Identifier: BSL-1.0
// The rules of other tools, each rebuilt in Shearpin's own terms.
#pragma once

#include <shearpin/policy_text.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "case_files.hpp"

namespace replay {

/// Why Shearpin keeps more than the other tool does, and of which rows that is so.
struct stricter_reason {
    std::string_view why;
    bool (*applies)(const peer_row&);
};

/// One rule of another tool. `says` judges a row by a guard or a policy of Shearpin; it is null
/// where the rule is of no removal, and `policy` then says why.
struct peer_rule {
    std::string_view name;
    std::string_view policy;
    outcome (*says)(const peer_row&) = nullptr;
    bool number_is_floor = false;  ///< the number is what stays, so that a larger one is stricter
    std::vector<stricter_reason> stricter{};
};

std::vector<peer_rule> kubernetes_rules();
std::vector<peer_rule> eviction_rules();
std::vector<peer_rule> autoscaler_rules();
std::vector<peer_rule> octodns_rules();
std::vector<peer_rule> etcd_rules();

/// What became of the rows.
struct peer_counts {
    std::size_t agree = 0, stricter = 0, out_of_scope = 0;
    friend bool operator==(const peer_counts&, const peer_counts&) = default;
};

/// Judges all rows and prints what came of it. Nothing where a rule here lets go what the other
/// tool refuses, is stricter for no stated reason, or where a stated reason is of no row.
std::optional<peer_counts> replay_peers(const std::vector<peer_row>& rows);

/// A policy that is read from text, as from a file; bad_case where it is none.
shearpin::read_policy read_policy(const peer_row& row, const std::string& text);

/// How much a guard with this policy lets go of this pool: what its refusal of too much tells, and
/// it admits that much.
template <class Policy> count may_go(const Policy& policy, const shearpin::pool& there) {
    const auto remove = shearpin::guard(policy, [](count) {}, [&] { return there; });
    const shearpin::decision too_much = remove.check(there.available + 1);
    if (too_much.admitted()) return there.available + 1;
    const count most = too_much.why().max_removable();
    // A guard that refuses what it offers is not believed: then the row cannot agree.
    return most == 0 || remove.check(most).admitted() ? most : there.available + 1;
}

}  // namespace replay
