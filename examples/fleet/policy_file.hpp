// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/parse_policies.hpp>

#include <string>

namespace fleet {

/// A file of policies as text: the rules of several pools, or one policy, which is for each pool.
struct policy_file {
    /// All that is wrong with it is one failure, a line for each mistake: "index.policy:3:5: ...".
    static policy_file read(const std::string& path);

    std::string path;
    shearpin::read_policies pools;
};

/// What is wrong with a rule that looks at the age of an observation.
inline constexpr auto undated =
    " asks how old it is what is known of a pool, and HOSTS.csv does not say that: it would refuse "
    "everything, so leave it out";

}  // namespace fleet
