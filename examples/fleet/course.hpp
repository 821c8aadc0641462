// SPDX-License-Identifier: BSL-1.0
// How the pools would stand while a plan is carried out, and pictures of that.
#pragma once

#include <shearpin/plan.hpp>

#include <ostream>
#include <string>
#include <vector>

#include "fleet_files.hpp"

namespace fleet {

/// One pool over a plan.
struct pool_course {
    std::string name{};
    shearpin::pool at_first{};
    shearpin::count floor = 0;
    std::string floor_stated{};           ///< "20 (50%)"
    std::vector<shearpin::count> left{};  ///< what serves after each wave

    [[nodiscard]] shearpin::count last() const noexcept {
        return left.empty() ? at_first.available : left.back();
    }
    /// How much more could go before the floor; what serves below it already is none.
    [[nodiscard]] shearpin::count spare() const noexcept {
        return last() < floor ? 0 : last() - floor;
    }
};

/// All pools that a plan touches, those that come nearest to their floors first.
struct course {
    std::vector<shearpin::duration> begins{};  ///< when each wave does, after the first
    std::vector<pool_course> pools{};
};

course course_of(const fleet_files& fleet, const shearpin::plan& planned,
                 const std::vector<std::string>& hosts);

/// As text of at most 78 columns: one picture for each pool, of the first so many pools.
void draw_text(std::ostream& out, const course& shown, std::size_t pools);

/// As an SVG file (SVG 1.1), for a browser and for a change ticket. `title` stands at its top.
std::string draw_svg(const course& shown, const std::string& title);

}  // namespace fleet
