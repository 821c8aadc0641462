// SPDX-License-Identifier: BSL-1.0
#include "policy_file.hpp"

#include <utility>

#include "failure.hpp"
#include "files.hpp"

namespace fleet {

namespace {

/// Its words, for somebody who writes a file and not a program.
std::string words_of(const shearpin::policy_error& mistake) {
    if (mistake.what() == shearpin::policy_mistake::pools_need_parse_policies)
        return "here begin the rules of a pool, and rules of no pool stand before them; put those "
               "into every_pool { ... } or other_pools { ... }";
    return mistake.message();
}

}  // namespace

policy_file policy_file::read(const std::string& path) {
    auto read = shearpin::parse_policy_file(read_file(path));
    if (read.has_value()) return {path, std::move(read).value()};
    std::string all;
    for (const shearpin::policy_error& each : read.error())
        all += (all.empty() ? "" : "\nfleet: ") + path + ":" + std::to_string(each.line()) + ":" +
               std::to_string(each.column()) + ": " + words_of(each);
    if (read.error().may_be_more()) all += "\nfleet: there may be more; reading stopped here";
    bad_input(all);
}

}  // namespace fleet
