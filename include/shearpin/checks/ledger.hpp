// SPDX-License-Identifier: BSL-1.0
// Of the ledger.
#pragma once

#include <shearpin/checks/selection.hpp>

namespace shearpin::inline v1::checks {

struct ledger_unavailable {
    static constexpr text_view name = "ledger_unavailable";
    static constexpr bool all_or_nothing = true;
    void explain(const facts&, writer& out) const {
        out.put("what was removed before cannot be known");
    }
};

struct ledger_is_busy {
    static constexpr text_view name = "ledger_is_busy";
    static constexpr bool all_or_nothing = true;
    void explain(const facts&, writer& out) const {
        out.put("others wrote to it all the time while this call looked; try again");
    }
};

struct pool_without_a_name : check {
    static constexpr text_view name = "pool_without_a_name";
    void explain(const facts&, writer& out) const {
        out.put("a ledger knows pools by name, of at most 63 characters");
    }
};

struct unexplained_bypass : check {
    static constexpr text_view name = "unexplained_bypass";
    void explain(const facts&, writer& out) const {
        out.put("a removal without the ledger needs an actor and a reason");
    }
};

}  // namespace shearpin::inline v1::checks
