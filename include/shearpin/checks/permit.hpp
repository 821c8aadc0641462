// SPDX-License-Identifier: BSL-1.0
// Of what a permit is used for.
#pragma once

#include <shearpin/checks/selection.hpp>

namespace shearpin::inline v1::checks {

struct spent_too_much {
    static constexpr text_view name = "spent_too_much";
    count admitted;
    constexpr explicit spent_too_much(count how_many_were_admitted) noexcept
        : admitted(how_many_were_admitted) {}
    constexpr count at_best(const facts&) const noexcept { return 0; }
    void explain(const facts&, writer& out) const { out.put("the permit is for ").put(admitted); }
};

struct spent_on_others : check {
    static constexpr text_view name = "spent_on_others";
    void explain(const facts&, writer& out) const {
        out.put("the permit was given for other targets");
    }
};

struct spent_twice : check {
    static constexpr text_view name = "spent_twice";
    void explain(const facts&, writer& out) const { out.put("the permit is used up"); }
};

struct spent_late : check {
    static constexpr text_view name = "spent_late";
    void explain(const facts&, writer& out) const {
        out.put("the guarded call that the permit was made for has ended");
    }
};

}  // namespace shearpin::inline v1::checks
