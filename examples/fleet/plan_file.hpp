// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <shearpin/plan.hpp>

#include <string>
#include <vector>

namespace fleet {

/// How a removal is to go in waves, as the command line says it.
struct pace_request {
    std::string soak;  ///< "5m"
    std::string ramp;  ///< "1,10%"
};

/// The same, understood.
struct pace {
    shearpin::duration soak{};
    shearpin::ramp ramp{};
};
/// What cannot be understood is a failure.
pace read_pace(const pace_request& asked);

/// A plan as it stands in a file, between the person who made it, those who approved it, and the
/// run that keeps to it. Of its ground, hosts, rules and pools, the fingerprint tells whether they
/// are the same; soak and ramp are taken as they stand in the file.
struct plan_file {
    std::vector<std::string> hosts{};  ///< in the order in which they go
    pace_request how{};
    shearpin::plan made{};  ///< what it was made from; its waves are not read again
    std::string made_at{};  ///< for who reads it
};

/// One JSON object: schema (1), made_at, made_from (the fingerprint), hosts, [soak], [ramp], pools
/// [{name, size, serving}], and text, the plan as lines for who reads it.
std::string plan_file_text(const plan_file& plan);

/// A failure where there is a file of this name, so that nothing is begun that cannot be written.
void need_no_file(const std::string& path);
/// Writes a plan to a new file; one that is there already is a failure, since somebody may have
/// approved it.
void write_new_file(const std::string& path, const std::string& text);

/// Reads what plan_file_text() has written; anything else is a failure that says where it is wrong.
plan_file read_plan_file(const std::string& path);

}  // namespace fleet
