// SPDX-License-Identifier: BSL-1.0
#include "selection.hpp"

#include <fnmatch.h>

#include <algorithm>
#include <tuple>

#include "failure.hpp"

namespace fleet {

namespace {

bool is_glob(const std::string& pattern) {
    return pattern.find_first_of("*?[") != std::string::npos;
}

void add_named(const inventory& hosts, const std::string& name, bool removed_too,
               std::vector<std::string>& chosen) {
    const host* const found = hosts.find(name);
    if (found == nullptr) bad_input("there is no host `" + name + "`");
    if (found->state == host_state::removed && !removed_too)
        bad_input("the host `" + name + "` is removed already");
    chosen.push_back(name);
}

/// Hosts that are removed already are passed over where they are not asked for: they are there only
/// for their pools' sizes.
void add_matching(const inventory& hosts, const std::string& pattern, bool removed_too,
                  std::vector<std::string>& chosen) {
    std::size_t matched = 0;
    std::size_t removed = 0;
    for (const host& each : hosts.hosts()) {
        const int verdict = ::fnmatch(pattern.c_str(), each.name.c_str(), FNM_NOESCAPE);
        if (verdict == FNM_NOMATCH) continue;
        if (verdict != 0) bad_input("the glob `" + pattern + "` cannot be matched");
        if (each.state == host_state::removed && !removed_too) {
            ++removed;
        } else {
            ++matched;
            chosen.push_back(each.name);
        }
    }
    if (matched != 0) return;
    bad_input("the glob `" + pattern + "` matches " +
              (removed == 0 ? "no host" : "only hosts that are removed already"));
}

/// First what does not serve anyway, then what serves the fewest pools; as the file has them.
void add_from_pool(const inventory& hosts, const selection_request& request,
                   std::vector<std::string>& chosen) {
    const shearpin::count number = *request.number;
    const auto pool = hosts.pools().find(request.pool);
    if (pool == hosts.pools().end())
        bad_input("there is no pool `" + request.pool + "`; `fleet pools` lists them");
    std::vector<const host*> candidates;
    for (const std::size_t each : pool->second.hosts) {
        const host& candidate = hosts.hosts()[each];
        if (candidate.state != host_state::removed && !candidate.is_protected)
            candidates.push_back(&candidate);
    }
    if (candidates.size() < number)
        bad_input("the pool " + request.pool + " has " + std::to_string(candidates.size()) +
                  " hosts that are neither removed already nor protected, but " +
                  std::to_string(number) + " were asked for");
    // Pointers into one array are in the order of the file.
    const auto rank = [](const host* which) {
        return std::tuple(which->state == host_state::in, which->pools.size(), which);
    };
    std::sort(candidates.begin(), candidates.end(),
              [&](const host* left, const host* right) { return rank(left) < rank(right); });
    for (std::size_t at = 0; at != number; ++at) chosen.push_back(candidates[at]->name);
}

}  // namespace

std::vector<std::string> select_hosts(const inventory& hosts, const selection_request& request) {
    if (request.pool.empty() == request.number.has_value())
        bad_input("--pool and --count go together");
    if (request.patterns.empty() && request.pool.empty())
        bad_input(
            "no hosts are named, and nothing never means everything; name some, or say "
            "--pool POOL --count N");
    if (!request.patterns.empty() && !request.pool.empty())
        bad_input("name hosts, or say --pool and --count, but not both");
    std::vector<std::string> chosen;
    if (!request.pool.empty()) add_from_pool(hosts, request, chosen);
    for (const std::string& pattern : request.patterns) {
        if (is_glob(pattern))
            add_matching(hosts, pattern, request.removed_too, chosen);
        else
            add_named(hosts, pattern, request.removed_too, chosen);
    }
    return chosen;
}

}  // namespace fleet
