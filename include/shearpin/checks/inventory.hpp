// SPDX-License-Identifier: BSL-1.0
// Of targets, by an inventory that knows them.
#pragma once

#include <shearpin/checks/selection.hpp>

namespace shearpin::inline v1::checks {

struct unknown_target : check {
    static constexpr text_view name = "unknown_target";
    void explain(const facts&, writer& out) const { out.put("not in the inventory"); }
};

struct protected_target : check {
    static constexpr text_view name = "protected_target";
    void explain(const facts&, writer& out) const { out.put("protected, never to be removed"); }
};

struct serves_no_pool : check {
    static constexpr text_view name = "serves_no_pool";
    void explain(const facts&, writer& out) const {
        out.put("in no pool, so no policy speaks of it; give spares a pool of their own");
    }
};

struct no_policy : check {
    static constexpr text_view name = "no_policy";
    void explain(const facts&, writer& out) const { out.put("no policy speaks of this pool"); }
};

}  // namespace shearpin::inline v1::checks
